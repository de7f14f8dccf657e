"""How the procurement is carried out: lots, and the record of a direct award."""

from __future__ import annotations

from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.procurement.law import kronor


def lots(case: Case) -> Found:
    """Find a contract above the threshold that is not divided, without reasons (LOU 4:14)."""
    stated = case.procurement.lots
    if case.regime != "LOU" or (stated is not None and (stated.divided or stated.reasons is not None)):
        return
    yield case.finding("procedure.lots", ("lots",), yaml="lots: {divided: false, reasons: …}")


_RECORDED_FROM = 100_000
"""Kronor from which a direct award must be documented."""


def direct_award_record(case: Case) -> Found:
    """Find a direct award of some value without a record of how it was made (LOU 19 a:11)."""
    procurement = case.procurement
    if case.regime not in ("LOU-19A", "LUF-19A") or procurement.value < _RECORDED_FROM:
        return
    if procurement.direct_award_record is None:
        yaml = "direct_award_record: …"
        value = kronor(procurement.value)
        yield case.finding("procedure.direct-award-record", ("direct_award_record",), value=value, yaml=yaml)


RULES = (
    Rule("procedure.lots", "information", of_case=lots, legal_basis=("LOU 4:14",)),
    Rule(
        "procedure.direct-award-record",
        "warning",
        of_case=direct_award_record,
        legal_basis=("LOU 19:1", "LUF 19:1"),
        sources=("uhm-direktupphandling-dokumentation",),
        verified=False,
    ),
)
