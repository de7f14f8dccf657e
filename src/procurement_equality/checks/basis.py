"""Which provisions a finding rests on in a procurement: never those of an act or a chapter that does not apply."""

from __future__ import annotations

from typing import get_args

from procurement_equality.catalogue import citation
from procurement_equality.catalogue.law import ProcurementAct
from procurement_equality.checks.case import Case
from procurement_equality.checks.chapters import applies
from procurement_equality.checks.rule import Rule
from procurement_equality.findings import Finding

_ACTS = frozenset(get_args(ProcurementAct))
_ORDINANCE = "2006:260"


def basis_of(rule: Rule, case: Case, finding: Finding | None = None) -> tuple[str, ...]:
    """Give the citations of a rule, or of the finding where it has its own, that apply to the procurement; may be none.

    A rule about acts and chapters may cite those that do not apply: that is what it is about.
    """
    own = finding.data.get("legal_basis") if finding is not None else None
    cited = tuple(own.split("; ")) if own else rule.legal_basis
    if rule.code.startswith("law."):
        return tuple(text for text in cited if _act(text) not in _ACTS - {case.procurement.act}) or cited
    return tuple(text for text in cited if _concerns(text, rule, case))


def _concerns(text: str, rule: Rule, case: Case) -> bool:
    parsed = citation.parse(text)
    if parsed is None or parsed.act not in _ACTS:
        return parsed is not None and (parsed.act != _ORDINANCE or _about_ordinance(rule, case))
    return parsed.act == case.procurement.act and (case.regime is None or applies(parsed, case.regime))


def _about_ordinance(rule: Rule, case: Case) -> bool:
    """Say whether the ordinance counts: for the authorities that it lists, and in rules about whom it binds."""
    listed = case.catalogue.law.name_lists["listed-state-authorities"]
    return rule.code.startswith("ad.") or listed.held_in(case.procurement.authority.name) is not None


def _act(text: str) -> str:
    return text.partition(" ")[0]
