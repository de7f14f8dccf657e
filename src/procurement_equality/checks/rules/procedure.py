"""How the procurement is carried out: lots, and the record of a direct award."""

from __future__ import annotations

from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule


def lots(case: Case) -> Found:
    """Find a contract above the threshold that is not divided, without reasons (LOU 4:14)."""
    stated = case.procurement.lots
    if case.regime != "LOU" or (stated is not None and (stated.divided or stated.reasons is not None)):
        return
    yield case.finding("procedure.lots", ("lots",), yaml="lots: {divided: false, reasons: …}")


RULES = (Rule("procedure.lots", "information", of_case=lots, legal_basis=("LOU 4:14",)),)
