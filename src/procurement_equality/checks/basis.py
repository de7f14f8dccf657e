"""Which of a rule's provisions concern a procurement."""

from __future__ import annotations

from typing import get_args

from procurement_equality.catalogue.law import ProcurementAct
from procurement_equality.checks.rule import Rule

_ACTS = frozenset(get_args(ProcurementAct))


def basis_under(rule: Rule, act: ProcurementAct) -> tuple[str, ...]:
    """Give the citations that are not of another procurement act than `act`; all of them where none is left."""
    kept = tuple(text for text in rule.legal_basis if text.partition(" ")[0] not in _ACTS - {act})
    return kept or rule.legal_basis
