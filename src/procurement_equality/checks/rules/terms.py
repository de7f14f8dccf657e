"""Words of the law: abolished plans, repealed acts, the seven grounds, the six forms of discrimination."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from procurement_equality.catalogue.checking import read_wording
from procurement_equality.catalogue.grounds import GROUNDS, Grounds
from procurement_equality.catalogue.law import Act
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.wording import sentences, tokens
from procurement_equality.checks.nearby import Wording, first_of_each, found, has
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.findings.words import sentence
from procurement_equality.resources import bundled


def plan(texts: Texts) -> Found:
    """Find a demand for a plan that is no longer in the law (DL 3:13)."""
    for wording in first_of_each(each for each in found(texts, "plan-abolished") if _asked_of_the_supplier(each)):
        finding = wording.stated.finding("term.jamstalldhetsplan", wording.words)
        yield finding if has("plan-of-equality", wording.words, wording.language) else finding.as_warning()


def _asked_of_the_supplier(wording: Wording) -> bool:
    return wording.demanded and not wording.beside("plan-elsewhere")


# --- repealed acts -----------------------------------------------------------------------------------------


def old_acts(texts: Texts) -> Found:
    """Find an act, by number or by name, that was repealed before the day whose law counts."""
    repealed = {key: act for key, act in texts.law.acts.items() if _is_repealed(act, texts)}
    for stated in texts.clauses:
        named = next(_named(stated, repealed, texts), None)
        if named is not None:
            words, act = named
            assert act.valid_to is not None, "only such acts are repealed"  # noqa: S101
            now = {f"now_{language}": _instead(act, texts, language) for language in LANGUAGES}
            yield stated.finding("term.old-acts", words, until=act.valid_to.isoformat(), **now)


def _is_repealed(act: Act, texts: Texts) -> bool:
    return act.valid_to is not None and (texts.date is None or act.valid_to < texts.date)


def _named(stated: StatedClause, repealed: Mapping[str, Act], texts: Texts) -> Iterator[tuple[str, Act]]:
    """Yield each repealed act that a clause names, with the words, but not where it is named as history."""
    for language in LANGUAGES:
        text = stated.written(language)
        flat = " ".join(text.lower().split())
        candidates = [act for act in repealed.values() if act.sfs in flat or act.name[language].lower() in flat]
        for part in sentences(text) if candidates else ():
            for act in candidates:
                match = _pattern(act, language, _others(act, texts, language)).search(part)
                if match and not has("act-history", part, language):
                    yield match.group(), act


def _others(act: Act, texts: Texts, language: Language) -> tuple[str, ...]:
    """Give the names in force that begin or end as the act's: they are not the act."""
    name = act.name[language].lower()
    in_force = (other for other in texts.law.acts.values() if not _is_repealed(other, texts))
    return tuple(n for other in in_force if (n := other.name[language].lower()).startswith(name) or n.endswith(name))


@cache
def _pattern(act: Act, language: Language, others: tuple[str, ...]) -> re.Pattern[str]:
    """Give what names an act: its number, and its name where no act in force has the same."""
    number = rf"(?<![\w:]){re.escape(act.sfs)}(?![\w:])"
    name = act.name[language].lower()
    if name in others:
        return re.compile(number)
    longer = "".join(rf"(?!{_spaced(other.removeprefix(name))})" for other in others if other.startswith(name))
    before = "".join(rf"(?<!{re.escape(other.removesuffix(name))})" for other in others if other.endswith(name))
    return re.compile(
        rf"{number}|(?<!\w){before}{_spaced(name)}{longer}s?(?!\w)(?:\s+\({re.escape(act.sfs)}\))?", re.IGNORECASE
    )


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split(" ")))


def _instead(act: Act, texts: Texts, language: Language) -> str:
    """Say which act applied instead on the day: its successor, or one that the successor has replaced since."""
    following = (
        other
        for key, other in texts.law.acts.items()
        if act.replaced_by is not None and act.replaced_by in (key, other.replaced_by)
    )
    applied = next((each for each in following if not _is_repealed(each, texts) and _has_begun(each, texts)), None)
    if applied is None:
        return sentence("note.term.no-successor", language)
    return sentence("note.term.instead", language, act=f"{applied.name[language]} ({applied.sfs})")


def _has_begun(act: Act, texts: Texts) -> bool:
    return act.valid_from is None or texts.date is None or act.valid_from <= texts.date


# --- grounds and forms -------------------------------------------------------------------------------------


def grounds(texts: Texts) -> Found:
    """Find a list of grounds of discrimination that is not the seven (DL 1:1)."""
    seen: set[str] = set()
    for wording in found(texts, "grounds-context"):
        if wording.stated.name in seen or wording.beside("grounds-open"):
            continue
        listed = _grounds(wording.language)
        missing = listed.may_be_listed(frozenset(tokens(wording.sentence))) and listed.missing_in(wording.sentence)
        if missing:
            seen.add(wording.stated.name)
            yield wording.stated.finding("term.grounds", wording.words, missing=", ".join(missing))


@cache
def _grounds(language: Language) -> Grounds:
    """Give the seven grounds as `lint.yaml` spells them: the first name of each is the act's own."""
    lint, _ = read_wording(bundled("requirements_catalog"))
    assert lint is not None, "the bundled file is tested"  # noqa: S101
    also = lint.grounds.also
    spelled = {ground: Text(sv=also.sv[ground][0], en=also.en[ground][0]) for ground in GROUNDS}
    return Grounds(lint.grounds, language, spelled)


_FORMS = ("form-direct", "form-indirect", "form-harassment", "form-sexual-harassment")
_NEWER_FORMS = {
    "form-accessibility": "note.term.form-accessibility",
    "form-instructions": "note.term.form-instructions",
}
_FORMS_IN_A_LIST = 3


def forms(texts: Texts) -> Found:
    """Find a list of forms of discrimination that is not the six, or another number of them (DL 1:4)."""
    wordings = [*found(texts, "forms-miscounted"), *(each for each in found(texts, "form-indirect") if _listed(each))]
    for wording in first_of_each(wordings):
        lacking = [code for form, code in _NEWER_FORMS.items() if not wording.anywhere(form)]
        data = {
            f"lacking_{language}": ", ".join(sentence(code, language) for code in lacking) or "–"
            for language in LANGUAGES
        }
        yield wording.stated.finding("term.forms", wording.words, **data)


def _listed(wording: Wording) -> bool:
    """Say whether a clause lists the forms, and not all of them."""
    return (
        sum(map(wording.anywhere, _FORMS)) >= _FORMS_IN_A_LIST
        and not all(map(wording.anywhere, _NEWER_FORMS))
        and not wording.beside("grounds-open")
    )


RULES = (
    Rule(
        "term.jamstalldhetsplan",
        "error",
        of_texts=plan,
        legal_basis=("DL 3:13",),
        sources=("uhm-diskrimineringslagen", "statlig-antidiskrimineringsklausul"),
    ),
    Rule("term.old-acts", "error", of_texts=old_acts, sources=("upplands-vasby-klausul",)),
    Rule(
        "term.grounds",
        "error",
        of_texts=grounds,
        legal_basis=("DL 1:1",),
        sources=("uhm-lika-rattigheter",),
    ),
    Rule(
        "term.forms",
        "warning",
        of_texts=forms,
        legal_basis=("DL 1:4",),
        sources=("uhm-lika-rattigheter",),
    ),
)
