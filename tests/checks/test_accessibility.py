"""Accessibility: which regimes and facts call for it, and what counts as a technical specification on it."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import GONE, base_case, clause, day, found, severities

from procurement_equality import Catalogue
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings.words import what

USED: dict[str, Any] = {"used_by_people": True}
RAMP = clause("Lokalen ska ha ramp och plats för rullstol.", "technical-specification")
OUT = {"include": False, "reason": "Det köps för sig."}
NO_ITA = {"ITA-04": OUT}


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("stadning-lou", USED, ["error"]),
        ("lokalvard-stat", USED, ["error"]),
        ("bussar-luf", {"requirements": NO_ITA}, ["error"]),
        ("bussar-luf", {}, []),  # ITA-04 is a technical specification on accessibility
        ("stadning-lou", {"used_by_people": False}, []),
        ("stadning-lou", {"used_by_people": GONE}, []),  # nobody asks who uses the cleaning of premises
        ("parkering-luk", USED, []),  # LUK has no such duty
        ("hemtjanst-lou", USED, []),
        ("hemtjanst-lov", USED, []),
        ("kurs-direkt", USED, []),
        ("stadning-lou", {**USED, "accessibility": {"special_reasons": "Ingen annan än städarna är där."}}, []),
        ("stadning-lou", {**USED, "other_clauses": {"ramp": RAMP}}, []),
        ("stadning-lou", {**USED, "requirements": {"FUN-04": {"kind": "technical-specification"}}}, []),
        ("arbetsklader-lou", {"accessibility": {}}, ["error"]),
        ("arbetsklader-lou", {"accessibility": {}, "used_by_people": GONE}, ["information"]),
        ("bussar-luf", {"used_by_people": GONE, "requirements": NO_ITA}, ["information"]),
    ],
)
def test_accessibility_is_required_of_what_people_use_above_the_threshold(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """LOU 9:2 and LUF 9:2 call for it, special reasons excuse it, and a missing fact is asked for."""
    assert severities(catalogue, base, "access.required", **changes) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Systemet ska vara tillgängligt 99,5 procent av tiden.",
        "Handlingarna ska hållas tillgängliga för beställaren.",
        "Golven ska vara torra när lokalen öppnar.",
    ],
)
def test_what_is_available_is_not_accessible(catalogue: Catalogue, text: str) -> None:
    """A specification with "tillgänglig" in another sense does not count."""
    changes = {**USED, "other_clauses": {"annat": clause(text, "technical-specification")}}
    assert severities(catalogue, "stadning-lou", "access.required", **changes) == ["error"]


def test_an_accessibility_condition_is_no_technical_specification(catalogue: Catalogue) -> None:
    """What stands only as a contract condition is a warning that names it, for somebody to judge."""
    own = clause("Personer med funktionsnedsättning ska kunna använda utrustningen.")
    (finding,) = found(catalogue, "stadning-lou", "access.required", **USED, other_clauses={"alla": own})
    assert (finding.severity, "alla" in what(finding, "sv")) == ("warning", True)
    chosen = {"FUN-04": {"kind": "contract-performance-condition"}}
    (finding,) = found(catalogue, "stadning-lou", "access.required", **USED, requirements=chosen)
    assert finding.severity == "warning"
    assert finding.data["yaml"] == "requirements:\n  FUN-04: {kind: technical-specification}"


def test_the_offered_requirement_mends_the_case(catalogue: Catalogue) -> None:
    """The YAML names a requirement of the sector that can be a technical specification on accessibility."""
    (finding,) = found(catalogue, "arbetsklader-lou", "access.required", accessibility={})
    assert finding.data["yaml"] == "requirements:\n  PRO-09: {kind: technical-specification}"
    mended = {"PRO-09": {"kind": "technical-specification"}}
    assert found(catalogue, "arbetsklader-lou", "access.required", accessibility={}, requirements=mended) == []


ACT = {"products_or_services_act": True}
NAMES_IT = clause("Automaterna ska uppfylla lagen (2023:254).", "technical-specification")


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("arbetsklader-lou", {"accessibility": ACT}, ["warning"]),
        ("arbetsklader-lou", {"accessibility": {**ACT, "referred_act": "lagen (2023:254)"}}, []),
        ("arbetsklader-lou", {"accessibility": ACT, "requirements": {"ITA-04": {}}}, []),
        ("arbetsklader-lou", {"accessibility": ACT, "other_clauses": {"a": NAMES_IT}}, []),
        ("arbetsklader-lou", {"accessibility": ACT, "other_clauses": {"a": clause(NAMES_IT["text"])}}, ["warning"]),
        ("arbetsklader-lou", {"accessibility": ACT, "used_by_people": False}, []),
        ("arbetsklader-lou", {}, []),  # workwear: nobody asks
        ("arbetsklader-lou", {"accessibility": {}, "sectors": ["it-systems"]}, []),  # ITA-04 is in
        (
            "arbetsklader-lou",
            {"accessibility": {}, "sectors": ["it-systems"], "requirements": NO_ITA},
            ["information"],
        ),
        ("bussar-luf", {"requirements": NO_ITA}, ["information"]),
        (
            "bussar-luf",
            {"requirements": NO_ITA, "accessibility": {"products_or_services_act": False}},
            [],
        ),
        ("hemtjanst-lou", {"accessibility": ACT}, []),
        ("parkering-luk", {"accessibility": ACT}, []),
    ],
)
def test_specifications_refer_to_the_legal_act(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """An object under 2023:254 needs the reference in a technical specification; where it is unknown, it is asked."""
    assert severities(catalogue, base, "access.eu-act", **changes) == expected


NO_FUN = {"FUN-03": OUT}
STATEMENT = clause("Utföraren ska publicera en redogörelse.", cites=["2018:1937 13"])


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("hemtjanst-lov", {"digital_service": True}, []),  # FUN-03 is in
        ("hemtjanst-lov", {"digital_service": True, "requirements": NO_FUN}, ["information"]),
        ("hemtjanst-lou", {"digital_service": True, "requirements": NO_FUN}, ["information"]),
        ("hemtjanst-lov", {"requirements": NO_FUN}, ["information"]),
        ("hemtjanst-lov", {"digital_service": False, "requirements": NO_FUN}, []),
        ("hemtjanst-lov", {"digital_service": True, "private_provider": False, "requirements": NO_FUN}, []),
        ("hemtjanst-lov", {"requirements": NO_FUN, "other_clauses": {"r": STATEMENT}}, []),
        ("stadning-lou", {"digital_service": True, "private_provider": True}, []),
    ],
)
def test_a_private_provider_of_social_services_is_a_public_sector_actor(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """2018:1937 4 § covers providers of health and social services, whatever the regime."""
    assert severities(catalogue, base, "access.dos-provider", **changes) == expected


def test_without_a_selection_nothing_is_said_to_be_missing(catalogue: Catalogue) -> None:
    """Rules about what the clauses lack wait until there are clauses."""
    case = base_case(catalogue, "stadning-lou", used_by_people=True, date=day("2026-02-01"))
    assert case.selection is None
    codes = ("access.required", "access.eu-act", "access.dos-provider")
    assert all(BY_CODE[code].needs_selection for code in codes)
