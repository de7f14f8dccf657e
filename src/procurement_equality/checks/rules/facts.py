"""Facts of the procurement file that look wrong."""

from __future__ import annotations

from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.procurement.law import kronor

_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)
_OFFICIAL_EXCEPTIONS = {"85210000": "3", "03300000": "2"}
"""Codes whose check digit in the official list is another than the one worked out."""

_HARDLY_A_PROCUREMENT = 10_000
"""Kronor below which a value is more likely given in thousands or millions."""


def check_digit(cpv: str) -> str:
    """Give the check digit of the first eight digits of a CPV code."""
    worked_out = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, cpv, strict=False)) % 10
    return _OFFICIAL_EXCEPTIONS.get(cpv[:8], str(worked_out))


def wrong_check_digit(case: Case) -> Found:
    """Find CPV codes whose check digit says that a digit was mistyped."""
    for index, cpv in enumerate(case.procurement.cpv):
        right = check_digit(cpv)
        if len(cpv) > 8 and cpv[9] != right:
            codes = ", ".join(
                f'"{cpv[:8]}-{right}"' if other == index else f'"{code}"'
                for other, code in enumerate(case.procurement.cpv)
            )
            yield case.finding("cpv.check-digit", ("cpv", index), cpv=cpv, right=right, yaml=f"cpv: [{codes}]")


def value_unit(case: Case) -> Found:
    """Find a value that was probably given in thousands or millions of kronor (LOU 5:3: the whole amount)."""
    value = case.procurement.value
    if value < _HARDLY_A_PROCUREMENT:
        thousands, millions = kronor(value * 1_000), kronor(value * 1_000_000)
        yield case.finding("value.unit", ("value",), value=kronor(value), thousands=thousands, millions=millions)


RULES = (
    Rule(
        "cpv.check-digit",
        "warning",
        of_case=wrong_check_digit,
        sources=("eu-cpv-2008", "op-cpv-kontrollsiffra"),
        verified=False,
    ),
    Rule("value.unit", "warning", of_case=value_unit, legal_basis=("LOU 5:3",)),
)
