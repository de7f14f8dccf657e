"""Checking a case: every rule, then what the buyer has weighed and accepted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procurement_equality.catalogue.validation import nearest
from procurement_equality.checks.case import Case
from procurement_equality.checks.registry import BY_CODE, RULES
from procurement_equality.checks.rule import Rule
from procurement_equality.findings import Finding
from procurement_equality.procurement.facts import FindingWaiver


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found: `findings` count, `waived` have been accepted, `not_examined` need a selection first."""

    case: Case
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, FindingWaiver], ...]
    examined: tuple[Rule, ...]
    not_examined: tuple[Rule, ...]
    date: datetime.date
    """The day that the checks were made on."""


def check(case: Case, today: datetime.date, rules: Sequence[Rule] = RULES) -> Checked:
    """Examine a case by every rule. `today` decides which waivers have expired.

    Findings come in the order of the procurement file, those without a place in it last, then in the rules' order.
    """
    examined = [rule for rule in rules if case.selection is not None or not rule.needs_selection]
    found = [finding for rule in examined for finding in rule.examine(case)]
    found += [finding for finding in _of_selecting(case) if finding.code not in BY_CODE]
    kept, waived, of_waivers = _waive(case, found, today)
    path = case.procurement.file.path if case.procurement.file else None
    ordered = sorted((*kept, *of_waivers), key=lambda finding: _place(finding, path))
    not_examined = tuple(rule for rule in rules if rule not in examined)
    return Checked(case, tuple(ordered), tuple(waived), tuple(examined), not_examined, today)


def _of_selecting(case: Case) -> tuple[Finding, ...]:
    """Give what selecting found: why it was refused, or its warnings."""
    return case.selection.findings if case.selection is not None else case.refused


def _place(finding: Finding, path: str | None) -> tuple[bool, str, int, int]:
    return finding.path != path, finding.path or "", finding.line or 0, finding.column or 0


def _waive(
    case: Case, found: Iterable[Finding], today: datetime.date
) -> tuple[list[Finding], list[tuple[Finding, FindingWaiver]], list[Finding]]:
    """Sort findings into those that count and those that a waiver in force accepts; say which waivers do nothing."""
    kept: list[Finding] = []
    waived: list[tuple[Finding, FindingWaiver]] = []
    used: set[int] = set()
    in_force = {index: waiver for index, waiver in enumerate(case.procurement.waivers) if today <= waiver.until}
    for finding in found:
        index = next((index for index, waiver in in_force.items() if _covers(waiver, finding)), None)
        if index is None:
            kept.append(finding)
        else:
            used.add(index)
            waived.append((finding, in_force[index]))
    idle = [index for index in range(len(case.procurement.waivers)) if index not in used]
    return kept, waived, [_idle(case, index, expired=index not in in_force) for index in idle]


def _covers(waiver: FindingWaiver, finding: Finding) -> bool:
    """Say whether a waiver accepts a finding: only findings of rules can be accepted."""
    return (
        waiver.code == finding.code
        and finding.code in BY_CODE
        and (waiver.about is None or waiver.about == finding.data.get("name"))
    )


def _idle(case: Case, index: int, *, expired: bool) -> Finding:
    """Say why a waiver accepts nothing: no such rule, expired, or nothing to accept."""
    waiver, at = case.procurement.waivers[index], ("waivers", index)
    if waiver.code not in BY_CODE:
        near = nearest(waiver.code, BY_CODE)
        return case.finding("waiver.no-rule", at, waived=waiver.code, nearest=near)
    if expired:
        data = {"waived": waiver.code, "until": waiver.until.isoformat()}
        return case.finding("waiver.expired", at, **data).as_warning()
    return case.finding("waiver.unused", at, waived=waiver.code, about=waiver.about or "–").as_warning()
