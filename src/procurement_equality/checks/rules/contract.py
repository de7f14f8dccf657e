"""The contract while it runs: changes to it, and those who do a part of the work."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.catalogue.law import RegimeId
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.saying import asking, said
from procurement_equality.checks.texts import LANGUAGES, StatedClause
from procurement_equality.checks.words import phrases

_CHANGES: Mapping[RegimeId, tuple[str, str]] = {
    "LOU": ("LOU 17:10", "LOU 17:14"),
    "LUF": ("LUF 16:10", "LUF 16:14"),
    "LUK": ("LUK 14:10", "LUK 14:14"),
}
"""Where the act says how a contract may be changed: by a review clause, or not substantially."""

_NAMED: Mapping[RegimeId, str] = {"LOU": "LOU 17:6-7", "LUF": "LUF 16:6-7", "LUK": "LUK 14:6-7"}
"""Where the act says what may and must be asked about subcontractors."""

_SHOWN = 5
"""How many clauses a finding names."""


def review_clause(case: Case) -> Found:
    """Find new statistics or reports in a running contract that has no review clause (LOU 17:10, 17:14)."""
    running = case.procurement.running_contract
    if running is None or running.review_clause or case.regime is None:
        return
    reports = [clause.name for clause in case.clauses if _asks_for_reports(clause)]
    own = case.texts.holding(phrases("new-reports"))
    reports += [clause.name for clause in case.others if clause in own]
    if not reports:
        return
    names = ", ".join(reports[:_SHOWN]) + (", …" if len(reports) > _SHOWN else "")
    data = {"names": names, "reference": running.reference}
    if case.regime in _CHANGES:
        cited = {f"law_{language}": case.cite(language, *_CHANGES[case.regime]) for language in LANGUAGES}
        what = said("note.review-regulated", **data, **cited)
    else:
        principles = case.catalogue.law.regimes[case.regime].principles
        cited = {f"law_{language}": case.cite(language, principles) for language in LANGUAGES}
        what = said("note.review-principles", **data, **cited)
    yield case.finding("contract.review-clause", ("running_contract", "review_clause"), **what)


def _asks_for_reports(clause: StatedClause) -> bool:
    """Say whether a requirement of the catalogue asks for statistics or a table."""
    requirement = clause.requirement
    if requirement is None:
        return False
    return requirement.follow_up.method == "statistics" or any(q.type == "table" for q in requirement.questions)


def subcontractors(case: Case) -> Found:
    """Find clauses that are silent on subcontractors where some are expected (2006:260 5, LOU 17:6-7)."""
    expected = case.procurement.subcontracting
    if expected == "none" or any(c.requirement and c.requirement.topic == "subcontractors" for c in case.clauses):
        return
    if any(clause.other for clause in case.texts.holding(phrases("subcontractors"))):
        return
    at = ("subcontracting",)
    if expected == "expected":
        yield case.finding("contract.subcontractors", at, **_silent(case), yaml="requirements:\n  UND-01: {}")
    elif case.procurement.category != "goods":
        what = said("note.subcontractors-unknown")
        yield asking(case.finding("contract.subcontractors", at, **what, yaml="subcontracting: expected"))


def _silent(case: Case) -> dict[str, str]:
    """Give what is wrong, with the act's own sections where it has some."""
    if case.regime is None or case.regime not in _NAMED:
        return said("note.subcontractors-silent")
    cited = {f"law_{language}": case.cite(language, _NAMED[case.regime]) for language in LANGUAGES}
    return said("note.subcontractors-named", **cited)


RULES = (
    Rule(
        "contract.review-clause",
        "warning",
        of_case=review_clause,
        legal_basis=("LOU 17:10", "LOU 17:14", "LUF 16:10", "LUF 16:14", "LUK 14:10", "LUK 14:14"),
        needs_selection=True,
    ),
    Rule(
        "contract.subcontractors",
        "warning",
        of_case=subcontractors,
        legal_basis=("2006:260 5", "LOU 17:6-7", "LUF 16:6-7", "LUK 14:6-7"),
        needs_selection=True,
    ),
)
