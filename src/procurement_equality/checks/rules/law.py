"""What the regime allows, and which act and chapter a clause may cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procurement_equality.catalogue import citation, wording
from procurement_equality.catalogue.citation import Citation
from procurement_equality.catalogue.law import Kind, Law, Regime, RegimeId, Threshold
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.case import Case
from procurement_equality.checks.chapters import applies
from procurement_equality.checks.cited import citations_in
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import phrases, wordings
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.law import figure, kronor

_SUGGESTED: tuple[Kind, ...] = ("contract-performance-condition", "technical-specification", "selection-criterion")
"""What a clause may be made in place of a kind that the regime does not have; every regime has them."""

_THE_ACTS = ("LOU", "LUF", "LUK")


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation in a clause: as the documents list it, or as words of its text."""

    citation: Citation
    words: str
    language: Language | None = None
    """The language of the text; None for what is listed."""

    @property
    def listed(self) -> bool:
        """Say whether the documents list the citation as a ground."""
        return self.language is None


def no_award(case: Case) -> Found:
    """Find award criteria, weights and points in a system of choice (LOV 8:1)."""
    yield from (finding for finding in case.refused if finding.code == "law.lov.no-award")
    if case.rules is None or case.regime != "LOV":
        return
    pointed = dict(case.texts.first_matches(wordings("award-wording")))
    for stated in case.others:
        other = stated.other
        assert other is not None, "case.others are other clauses"  # noqa: S101
        ranked = other.kind == "award-criterion" or other.weight is not None or other.priority is not None
        if ranked or stated in pointed:
            words = "" if ranked else pointed[stated]
            yield stated.finding("law.lov.no-award", words, **_allowed(case, case.rules, "award-criterion", stated))


def kind_not_allowed(case: Case) -> Found:
    """Find kinds of requirement that the regime does not have."""
    yield from (finding for finding in case.refused if finding.code == "law.kind-not-allowed")
    if case.rules is None:
        return
    for stated in case.others:
        kind = stated.kind
        if kind is None or case.rules.kinds[kind].allowed or (case.regime == "LOV" and kind == "award-criterion"):
            continue
        yield stated.finding("law.kind-not-allowed", **_allowed(case, case.rules, kind, stated))


def _allowed(case: Case, rules: Regime, kind: Kind, stated: StatedClause) -> dict[str, str]:
    """Give what the messages say of a kind that the regime does not have, and of those that it has."""
    names = case.catalogue.law.kinds[kind]
    better = f"other_clauses:\n  {stated.name}:\n    kind: {_SUGGESTED[0]}\n"
    data = {"kinds": ", ".join(_SUGGESTED), "yaml": better}
    for language in LANGUAGES:
        data[f"kind_{language}"] = names[language].lower()
        data[f"regime_{language}"] = rules.name[language]
        data[f"citation_{language}"] = case.cite(language, rules.kinds[kind].citation)
    return data


def lov_cpv(case: Case) -> Found:
    """Find CPV codes that the Act on Systems of Choice does not cover (LOV 1:1)."""
    yield from (finding for finding in case.refused if finding.code == "law.lov.cpv")


def annex_2(case: Case) -> Found:
    """Tell of a main code that makes the procurement follow the chapter on social and other specific services."""
    procurement, law = case.procurement, case.catalogue.law
    of_annex = procurement.category == "services" and procurement.cpv[0] in law.cpv_lists["annex-2"]
    if case.rules is None or procurement.act == "LOV" or not of_annex:
        return
    threshold = figure(procurement, law, "eu-threshold", "annex-2")
    data = {"cpv": procurement.cpv[0]}
    for language in LANGUAGES:
        data[f"regime_{language}"] = case.rules.name[language]
        data[f"annex_{language}"] = sentence("note.annex-3" if procurement.act == "LUK" else "note.annex-2", language)
        data[f"amount_{language}"] = _amount(threshold, procurement.date.isoformat(), language)
    yield case.finding("law.bilaga2.detect", ("cpv", 0), **data)


def _amount(threshold: Threshold | None, date: str, language: Language) -> str:
    if threshold is not None and threshold.kronor is not None:
        return sentence("note.annex-threshold", language, kronor=kronor(threshold.kronor))
    if threshold is not None and threshold.euro is not None:
        euro = kronor(threshold.euro).removesuffix("\u00a0kr")
        return sentence("note.annex-threshold-euro", language, euro=euro, date=date)
    return sentence("note.annex-threshold-unknown", language, date=date)


# --- citations -----------------------------------------------------------------------------------------------------


def wrong_chapter(texts: Texts) -> Found:
    """Find citations of a chapter that does not apply under the regime (LOU 1:4, 19:1)."""
    if texts.regime is None:
        return
    act = texts.law.regimes[texts.regime].act
    for stated, found in _citing(texts):
        own = [cited for cited in found if cited.citation.act == act]
        through = any((cited.citation.chapter, cited.citation.section) == ("19", "17") for cited in own)
        wrong = [
            cited
            for cited in own
            if not applies(cited.citation, texts.regime)
            and not (through and cited.citation.chapter == "13" and not texts.regime.endswith("A"))
        ]
        if wrong:
            yield stated.finding("law.wrong-chapter", wrong[0].words, **_instead(texts, texts.regime, stated, wrong))


def wrong_act(texts: Texts) -> Found:
    """Find citations of another procurement act in a system of choice (LOV 4:2, 8:1)."""
    if texts.regime != "LOV":
        return
    for stated, found in _citing(texts):
        wrong = [cited for cited in found if cited.citation.act in _THE_ACTS]
        if wrong:
            yield stated.finding("law.lov.wrong-act", wrong[0].words, **_instead(texts, texts.regime, stated, wrong))


def _citing(texts: Texts) -> Iterator[tuple[StatedClause, list[_Cited]]]:
    """Yield each clause with the citations that it rests on: those listed, then those of its text."""
    aside = {stated for stated, *_ in texts.matches(phrases("not-as-ground"))}
    for stated in texts.clauses:
        listed = stated.other.cites if stated.other else ()
        parsed = ((text, citation.parse(text)) for text in listed)
        found = [_Cited(cited, text) for text, cited in parsed if cited is not None]
        found += _in_text(stated, texts.law, doubtful=stated in aside)
        if found:
            yield stated, found


def _in_text(stated: StatedClause, law: Law, *, doubtful: bool) -> Iterator[_Cited]:
    """Yield the citations of a text. In a doubtful one, sentences that point at a provision as no ground are left."""
    for language in LANGUAGES:
        text = stated.written(language)
        sentences = wording.sentences(text) if doubtful else [text]
        for part in sentences:
            if doubtful and _no_ground(part, language):
                continue
            for cited in citations_in(part, law.acts):
                yield _Cited(cited.citation, cited.words, language)


def _no_ground(text: str, language: Language) -> bool:
    listed = phrases("not-as-ground")[language]
    words = wording.tokens(text)
    triggers = listed.triggers(frozenset(words), wording.by_head(words, listed.heads))
    return bool(listed.held(f" {' '.join(words)} ", triggers))


def _instead(texts: Texts, regime: RegimeId, stated: StatedClause, wrong: list[_Cited]) -> dict[str, str]:
    """Give what is cited and what to cite in its place, and the corrected list where the clause has one."""
    law = texts.law
    better = {cited.words: _paragraph(law, regime, stated.kind, cited.citation) for cited in wrong}
    data = {}
    for language in LANGUAGES:
        data[f"cited_{language}"] = citation.joined(tuple(_written(wrong, law, language)), language)
        data[f"instead_{language}"] = "; ".join(citation.write_all(dict.fromkeys(better.values()), law.acts, language))
        data[f"regime_{language}"] = law.regimes[regime].name[language]
    if any(cited.listed for cited in wrong) and stated.other:
        kept = dict.fromkeys(better.get(text, text) for text in stated.other.cites)
        data["yaml"] = f"other_clauses:\n  {stated.name}:\n    cites: [{', '.join(kept)}]\n"
    return data


def _written(wrong: Iterable[_Cited], law: Law, language: Language) -> list[str]:
    """Write citations out: listed ones in full, those of a text as they stand in it, in the language where it can."""
    wrong = tuple(wrong)
    in_text = [cited for cited in wrong if not cited.listed]
    shown = [cited.words for cited in in_text if cited.language == language] or [cited.words for cited in in_text]
    listed = citation.write_all([cited.words for cited in wrong if cited.listed], law.acts, language)
    return list(dict.fromkeys((*listed, *shown)))


def _paragraph(law: Law, regime: RegimeId, kind: Kind | None, cited: Citation) -> str:
    """Give the paragraph of the regime that stands for a cited one: by the clause's kind, or the cited chapter's."""
    rules = law.regimes[regime]
    if cited.chapter == "4" and cited.section not in ("18", "16", "8"):
        return rules.principles
    of_chapter = kind or _kind_of_chapter(law, cited)
    return rules.kinds[of_chapter].citation if of_chapter else rules.principles


def _kind_of_chapter(law: Law, cited: Citation) -> Kind | None:
    """Give the kind whose paragraph in the whole act is in the cited chapter."""
    whole = next((law.regimes[name] for name in ("LOU", "LUF", "LUK") if name == cited.act), None)
    for kind, rule in whole.kinds.items() if whole else ():
        parsed = citation.parse(rule.citation)
        if parsed is not None and parsed.chapter == cited.chapter:
            return kind
    return None


RULES = (
    Rule("law.lov.no-award", "error", of_case=no_award, legal_basis=("LOV 8:1", "LOV 4:2")),
    Rule("law.lov.cpv", "error", of_case=lov_cpv, legal_basis=("LOV 1:1",)),
    Rule("law.lov.wrong-act", "error", of_texts=wrong_act, legal_basis=("LOV 4:2", "LOV 8:1")),
    Rule(
        "law.wrong-chapter",
        "error",
        of_texts=wrong_chapter,
        legal_basis=("LOU 1:4", "LOU 19:1", "LUF 1:4", "LUF 19:1", "LUK 1:4", "LUK 15:1"),
    ),
    Rule("law.kind-not-allowed", "error", of_case=kind_not_allowed, legal_basis=("LOU 19:1", "LUK 15:1", "LOV 8:1")),
    Rule(
        "law.bilaga2.detect",
        "information",
        of_case=annex_2,
        legal_basis=("LOU 1:4", "LOU 19:1", "LUF 19:1", "LUK 15:1"),
        verified=False,
    ),
)
