"""What follows when a condition is not met."""

from __future__ import annotations

import json

from procurement_equality.catalogue.text import Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.sentences import holds
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.words import phrases
from procurement_equality.procurement.facts import OtherClause, OtherFollowUp


def prop(case: Case) -> Found:
    """Find a penalty of the buyer's own without a cap, that grows without limit or comes without time to remedy."""
    for stated in case.others:
        written = _written(stated)
        fined = [text for text in written if holds(text, phrases("penalty"))]
        if not fined or _any(fined, "penalty-cap"):
            continue
        if _any(fined, "penalty-recurring") or not _any(written, "penalty-grace"):
            yield stated.finding("sanction.prop", "", yaml=f"other_clauses:\n  {stated.name}:\n{_consequence(case)}")


def none(case: Case) -> Found:
    """Find a contract condition of the buyer's own from which nothing follows, and that nobody follows up."""
    for stated in case.others:
        other = stated.other
        if other is None or other.kind != "contract-performance-condition" or _has_date(other.follow_up):
            continue
        if other.consequence is None and not _any(_written(stated), "sanctions"):
            yield stated.finding("sanction.none", "", yaml=_complete(case, stated.name, other))


def _written(stated: StatedClause) -> list[Text]:
    consequence = stated.other.consequence if stated.other else None
    return [stated.text, *([consequence] if consequence is not None else [])]


def _any(written: list[Text], name: str) -> bool:
    return any(holds(text, phrases(name)) for text in written)


def _has_date(follow_up: OtherFollowUp | None) -> bool:
    """Say whether a follow-up has a time: with the tender, or during the contract."""
    if follow_up is None:
        return False
    return follow_up.with_tender or follow_up.months_after_start is not None or follow_up.then_every_months is not None


def _consequence(case: Case) -> str:
    """Write the steps of the catalogue's ladder with a cap, or leave the words to the buyer."""
    ladder = case.catalogue.head.ladders.get("reporting")
    steps = [step.sv for step in ladder.steps] if ladder else ["…"]
    return "    consequence: >-\n" + "".join(f"      {step}\n" for step in steps)


def _complete(case: Case, name: str, other: OtherClause) -> str:
    method = json.dumps(other.follow_up.method.sv if other.follow_up else "…", ensure_ascii=False)
    months = case.procurement.months
    when = "months_after_start: 12, then_every_months: 12" if months > 12 else f"months_after_start: {months // 2}"
    follow_up = f"    follow_up: {{method: {method}, {when}}}\n"
    return f"other_clauses:\n  {name}:\n{follow_up}{_consequence(case)}"


RULES = (
    Rule(
        "sanction.prop",
        "warning",
        of_case=prop,
        legal_basis=("LOU 4:1", "LOU 19:2", "LUF 4:1", "LUF 19:2", "LUK 4:1", "LOV 1:2"),
        sources=("uhm-diskrimineringslagen",),
    ),
    Rule("sanction.none", "warning", of_case=none, sources=("uhm-diskrimineringslagen",)),
)
