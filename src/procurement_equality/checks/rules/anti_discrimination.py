"""Conditions against discrimination that listed state authorities set in their contracts (förordningen 2006:260)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from procurement_equality.catalogue.law import AuthorityType, Kind, Threshold
from procurement_equality.catalogue.text import Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.sentences import holds, in_sentences
from procurement_equality.checks.tables import include
from procurement_equality.checks.texts import StatedClause, Texts
from procurement_equality.checks.words import phrases, wordings
from procurement_equality.findings import Finding
from procurement_equality.procurement.law import figure

_MUNICIPAL: tuple[AuthorityType, ...] = ("municipality", "region", "municipal-company")

_CONDITION: Kind = "contract-performance-condition"
_YEAR = 12


def mandatory_state(case: Case) -> Found:
    """Find a contract of a listed authority, long and large enough, without any such condition (2006:260 4 §)."""
    if not _bound(case) or _selected(case) or _own(case):
        return
    left_out = [identifier for identifier, choice in case.procurement.requirements.items() if not choice.include]
    against = [identifier for identifier in left_out if _rests_on_the_act(case, identifier)]
    yaml = {"yaml": include(against[0])} if against else {}
    yield case.finding(
        "ad.mandatory-state", ("authority", "name"), name=case.procurement.authority.name, **_limits(case), **yaml
    )


def split(case: Case) -> Found:
    """Find a part below the limits of a need that reaches them, without conditions (2006:260 4 § second paragraph)."""
    whole, limit = case.procurement.whole_need, _limit(case)
    if whole is None or limit is None or _bound(case) or not _reaches(limit, whole.value, whole.months):
        return
    if not _selected(case) and not _own(case):
        yield case.finding("ad.split", ("whole_need",), **_limits(case))


def voluntary_municipal(case: Case) -> Found:
    """Find a text that says that the ordinance binds a buyer that is not in its annex (2006:260 3 §)."""
    authority = case.procurement.authority
    if case.catalogue.law.name_lists["listed-state-authorities"].held_in(authority.name):
        return
    for finding in _claims(case.texts):
        yield finding if authority.type in _MUNICIPAL else finding.as_warning()


def voluntary_municipal_text(texts: Texts) -> Found:
    """Find the same in a document: with an unknown buyer it is for judgement."""
    if texts.authority is None or texts.authority in _MUNICIPAL:
        for finding in _claims(texts):
            yield finding if texts.authority else finding.as_warning()


def sanction(case: Case) -> Found:
    """Find a condition under the ordinance without a sanction (2006:260 5 §); an unclear one is for judgement."""
    if not _bound(case):
        return
    for stated in (*_selected(case), *_own(case)):
        if any(holds(text, phrases("sanctions")) for text in _follows(case, stated)):
            continue
        unclear = stated.other is not None and stated.other.consequence is not None
        finding = stated.finding("ad.sanction", "", **_with_sanction(case, stated))
        yield finding.as_warning() if unclear else finding


def followup(case: Case) -> Found:
    """Find a condition of the buyer's own, or a whole selection of them, not followed up each year (2006:260 6 §)."""
    if not _bound(case):
        return
    own, selected, months = _own(case), _selected(case), case.procurement.months
    for stated in own:
        if not _each_year(stated, months):
            yield stated.finding("ad.followup", "", months=str(months), yaml=_yearly(stated, months))
    if selected and not own and not any(_each_year(stated, months) for stated in selected):
        yield selected[0].finding("ad.followup", "", months=str(months))


def goods(case: Case) -> Found:
    """Find a text that rests on the ordinance in a purchase of goods only (2006:260 4 §)."""
    if case.procurement.category != "goods":
        return
    for stated, words in case.texts.first_matches(wordings("cites-ordinance")):
        yield stated.finding("ad.goods", words)


def _limit(case: Case) -> Threshold | None:
    """Give the limits from which the ordinance asks this buyer for conditions, on the procurement's date."""
    procurement, law = case.procurement, case.catalogue.law
    listed = law.name_lists["listed-state-authorities"].held_in(procurement.authority.name)
    if listed is None or procurement.category == "goods" or not procurement.performed_in_sweden:
        return None
    return figure(procurement, law, "anti-discrimination-conditions", "services-or-works")


def _reaches(limit: Threshold, value: int, months: int) -> bool:
    return value >= (limit.kronor or 0) and months >= (limit.months or 0)


def _bound(case: Case) -> bool:
    """Say whether the ordinance asks for conditions in this contract."""
    limit = _limit(case)
    return limit is not None and _reaches(limit, case.procurement.value, case.procurement.months)


def _limits(case: Case) -> dict[str, str]:
    """Give the limits as messages write them."""
    limit = _limit(case)
    amount = f"{limit.kronor or 0:,}" if limit else ""
    months = str(limit.months) if limit else ""
    return {"limit_sv": amount.replace(",", " "), "limit_en": amount, "term": months}


def _selected(case: Case) -> list[StatedClause]:
    """Give the chosen conditions that rest on chapter 2 or 3 of the Discrimination Act."""
    conditions = [stated for stated in case.of_kind(_CONDITION) if stated.requirement is not None]
    return [stated for stated in conditions if _rests_on_the_act(case, stated.name)]


def _rests_on_the_act(case: Case, identifier: str) -> bool:
    requirement = case.catalogue.requirements.get(identifier)
    return requirement is not None and any(basis.startswith(("DL 2:", "DL 3:")) for basis in requirement.legal_basis)


def _own(case: Case) -> list[StatedClause]:
    """Give the conditions against discrimination that stand elsewhere in the documents, by title or text."""
    against = phrases("against-discrimination")
    conditions = [stated for stated in case.others if stated.kind == _CONDITION]
    return [stated for stated in conditions if holds(stated.text, against) or holds(stated.title, against)]


def _claims(texts: Texts) -> Iterator[Finding]:
    """Find each clause that says that the ordinance binds the buyer, in a sentence or as the ground that it cites."""
    said: set[str] = set()
    for stated, _, _, words in in_sentences(texts, wordings("ordinance-binds")):
        if stated.name not in said:
            said.add(stated.name)
            yield stated.finding("ad.voluntary-municipal", words)
    for stated in texts.clauses:
        cited = [cite for cite in stated.other.cites if cite.startswith("2006:260")] if stated.other else []
        if cited and stated.name not in said:
            yield stated.finding("ad.voluntary-municipal", cited[0])


def _follows(case: Case, stated: StatedClause) -> list[Text | None]:
    """Give the texts that say what follows when a condition is not met."""
    if stated.other is not None:
        return [stated.other.consequence, stated.text]
    assert stated.clause is not None, "a clause is chosen or stands elsewhere"  # noqa: S101
    consequence = stated.clause.requirement.consequence(stated.clause.kind)
    return [*case.catalogue.head.ladders[consequence.ladder].steps, consequence.text]


def _with_sanction(case: Case, stated: StatedClause) -> dict[str, str]:
    """Give a consequence to paste: the steps of the catalogue's standard ladder."""
    ladder = case.catalogue.head.ladders.get("standard")
    if stated.other is None or ladder is None:
        return {}
    steps = "".join(f"      {step.sv}\n" for step in ladder.steps)
    return {"yaml": f"other_clauses:\n  {stated.name}:\n    consequence: >-\n{steps}"}


def _each_year(stated: StatedClause, months: int) -> bool:
    """Say whether a condition is checked at least once a year, or once in a contract shorter than a year."""
    if stated.clause is not None:
        first = stated.clause.months_after_start
        then = stated.clause.requirement.follow_up.when.then_every_months
    else:
        follow_up = stated.other.follow_up if stated.other else None
        first = follow_up.months_after_start if follow_up else None
        then = follow_up.then_every_months if follow_up else None
    if first is None or first > min(months, _YEAR):
        return False
    return months - first < _YEAR or (then is not None and then <= _YEAR)


def _yearly(stated: StatedClause, months: int) -> str:
    """Give a follow-up to paste."""
    given = stated.other.follow_up if stated.other else None
    method = json.dumps(given.method.sv if given else "…", ensure_ascii=False)
    when = f"months_after_start: {months // 2}" if months < _YEAR else "months_after_start: 12, then_every_months: 12"
    return f"other_clauses:\n  {stated.name}:\n    follow_up: {{method: {method}, {when}}}\n"


RULES = (
    Rule(
        "ad.mandatory-state",
        "error",
        of_case=mandatory_state,
        legal_basis=("2006:260 3", "2006:260 4"),
        sources=("uhm-antidiskriminering",),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "ad.voluntary-municipal",
        "error",
        of_case=voluntary_municipal,
        of_texts=voluntary_municipal_text,
        legal_basis=("2006:260 3",),
        sources=("uhm-antidiskriminering",),
        verified=False,
    ),
    Rule("ad.sanction", "error", of_case=sanction, legal_basis=("2006:260 5",), verified=False),
    Rule("ad.followup", "error", of_case=followup, legal_basis=("2006:260 6",), verified=False),
    Rule(
        "ad.split",
        "warning",
        of_case=split,
        legal_basis=("2006:260 4 st.2",),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "ad.goods",
        "warning",
        of_case=goods,
        legal_basis=("2006:260 4",),
        sources=("statlig-antidiskrimineringsklausul",),
    ),
)
