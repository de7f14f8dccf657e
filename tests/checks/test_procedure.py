"""How the procurement is carried out: lots, and the record of a direct award."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import GONE, severities

from procurement_equality import Catalogue


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("stadning-lou", {"lots": GONE}, ["information"]),
        ("stadning-lou", {"lots": {"divided": False}}, ["information"]),
        ("stadning-lou", {"lots": {"divided": False, "reasons": "Samma personal behövs överallt."}}, []),
        ("stadning-lou", {"lots": {"divided": True}}, []),
        ("stadning-lou", {"lots": GONE, "value": 900_000}, []),
        ("bussar-luf", {"lots": GONE}, []),
        ("parkering-luk", {"lots": GONE}, []),
        ("hemtjanst-lov", {"lots": GONE}, []),
    ],
)
def test_reasons_for_one_contract_are_asked_for_under_lou_above_the_threshold(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """LOU 4:14 has no counterpart in chapter 19, LUF, LUK and LOV."""
    assert severities(catalogue, base, "procedure.lots", **changes) == expected


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("kurs-direkt", {}, []),
        ("kurs-direkt", {"direct_award_record": GONE}, ["warning"]),
        ("kurs-direkt", {"direct_award_record": GONE, "value": 100_000}, ["warning"]),
        ("kurs-direkt", {"direct_award_record": GONE, "value": 99_999}, []),
        ("kurs-direkt", {"direct_award_record": GONE, "act": "LUF"}, ["warning"]),
        ("kurs-direkt", {"direct_award_record": GONE, "direct_award": False}, []),
        ("stadning-lou", {}, []),
    ],
)
def test_a_direct_award_of_some_value_is_documented(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """From 100 000 kronor, under chapter 19 a of LOU and of LUF only."""
    assert severities(catalogue, base, "procedure.direct-award-record", **changes) == expected
