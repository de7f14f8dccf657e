"""What the check report sees of a selection's burden: an estimate for suppliers of several sizes, rounded."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.catalogue.text import Language
from procurement_equality.checks.burden import Burden, ClauseBurden, Span, burden_of, by_headcount, rounded
from procurement_equality.checks.unit_costs import unit_costs
from procurement_equality.documents.form import View
from procurement_equality.documents.numbers import number
from procurement_equality.procurement.selection import Selection

_LEAST_SHARE = 0.01
"""Per cent: a smaller share is called less than that."""


def burden_view(selection: Selection, language: Language, words: Mapping[str, str]) -> View:
    """Give the estimate for firms of the expected sizes, the clauses that weigh most, and what a small firm may give.

    `words` has `any_size` and `less_than`.
    """
    whole = burden_of(selection)
    return {
        "value": number(whole.value, language),
        "months": number(whole.months, language),
        "rows": [_row(each, language, words) for each in (whole, *by_headcount(selection))],
        "heaviest": [_clause(clause, language) for clause in whole.heaviest(unit_costs().named)],
    }


def _row(burden: Burden, language: Language, words: Mapping[str, str]) -> View:
    return {
        "size": words["any_size"] if burden.headcount is None else number(burden.headcount, language),
        "first_year": _hours(burden.first_year, language),
        "following_year": _hours(burden.following_year, language),
        "documents": number(burden.documents[0], language),
        "reports": number(burden.reports_per_year, language),
        "cost": _between(rounded(burden.cost.low), rounded(burden.cost.high), language),
        "share": _share(burden.share[1], language, words),
    }


def _clause(clause: ClauseBurden, language: Language) -> View:
    return {
        "id": clause.id,
        "title": clause.title[language],
        "hours": _hours(clause.total, language),
        "small_supplier": clause.small_supplier[language],
    }


def _hours(span: Span, language: Language) -> str:
    """Write a range of minutes as hours: "25–100"."""
    return _between(rounded(span.low / 60), rounded(span.high / 60), language)


def _between(low: int, high: int, language: Language) -> str:
    return number(low, language) if low == high else f"{number(low, language)}–{number(high, language)}"


def _share(share: float, language: Language, words: Mapping[str, str]) -> str:
    """Write the highest share of the value, in per cent with the first two digits that say something."""
    if share < _LEAST_SHARE:
        return words["less_than"].replace("{number}", number(_LEAST_SHARE, language))
    return number(round(share, 2 if share < 1 else 1), language)
