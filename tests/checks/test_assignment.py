"""What an assignment brings with it: children, minority languages, insight and follow-up."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import GONE, clause, found, severities

from procurement_equality import Catalogue
from procurement_equality.findings.words import what

OUT = {"include": False, "reason": "Det regleras på annat sätt."}
BEST = clause("Leverantören ska bedöma barnets bästa före varje ändring.")
SCHOOL = {"sectors": ["education"], "cpv": ["80210000-9"], "concerns_children": GONE}
NO_BAR = {f"BAR-0{number}": OUT for number in (3, 4, 5)}


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("hemtjanst-lov", {"concerns_children": True}, ["information"]),
        ("hemtjanst-lou", {"concerns_children": True}, ["information"]),
        ("stadning-lou", {"concerns_children": True}, ["information"]),
        ("kurs-direkt", {"concerns_children": True}, ["information"]),
        ("hemtjanst-lov", {"concerns_children": True, "requirements": {"BAR-01": {}}}, []),
        ("hemtjanst-lov", {"concerns_children": True, "other_clauses": {"barn": BEST}}, []),
        ("hemtjanst-lov", {"concerns_children": GONE}, []),
        ("hemtjanst-lov", {"concerns_children": False}, []),
        ("hemtjanst-lou", SCHOOL, []),  # the catalogue's own requirements for schools are in
        ("hemtjanst-lou", {**SCHOOL, "requirements": NO_BAR}, ["information"]),
        ("hemtjanst-lou", {**SCHOOL, "requirements": NO_BAR, "concerns_children": False}, []),
        ("hemtjanst-lou", {"cpv": ["85312110-3"], "concerns_children": GONE}, ["information"]),
        ("bussar-luf", {"concerns_children": True, "other_clauses": {"b": clause("Barnkort säljs.")}}, ["information"]),
    ],
)  # fmt: skip
def test_what_concerns_children_deals_with_their_best_interests(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """Under every regime; sector and CPV code lead to a question where nobody has said."""
    assert severities(catalogue, base, "assignment.child", **changes) == expected


def _municipality(name: str) -> dict[str, str]:
    return {"name": name, "type": "municipality"}


FINNISH = clause("Den enskilde ska få omvårdnad på finska av personal som utför kontraktet.")
SAMI = clause("Den enskilde ska få omvårdnad på samiska av personal som utför kontraktet.")


@pytest.mark.parametrize(
    ("base", "changes", "languages"),
    [
        ("hemtjanst-lov", {"authority": _municipality("Kiruna kommun")}, "finska, meänkieli och samiska"),
        ("hemtjanst-lou", {"authority": _municipality("Stockholms stad")}, "finska"),
        ("hemtjanst-lov", {"authority": _municipality("Östersunds kommun")}, "samiska"),
        ("hemtjanst-lov", {"authority": _municipality("umeå kommun")}, "samiska"),
        (
            "hemtjanst-lov",
            {"authority": _municipality("Gällivare kommun"), "other_clauses": {"sprak": FINNISH}},
            "meänkieli och samiska",
        ),
        ("hemtjanst-lov", {"authority": _municipality("Solna stad"), "sectors": ["special-housing"]}, "finska"),
    ],
)
def test_elderly_care_in_an_administrative_area_says_how_the_languages_are_given(
    catalogue: Catalogue, base: str, changes: dict[str, Any], languages: str
) -> None:
    """The finding names the languages of the municipality's areas that no clause deals with."""
    (finding,) = found(catalogue, base, "assignment.minority-area", **changes)
    assert finding.severity == "warning"
    assert f"omvårdnad på {languages} ges" in what(finding, "sv")


@pytest.mark.parametrize(
    ("base", "changes"),
    [
        ("hemtjanst-lov", {}),  # Exempelkommunen
        ("hemtjanst-lov", {"authority": _municipality("Lidköpings kommun")}),
        ("hemtjanst-lov", {"authority": {"name": "Region Stockholm", "type": "region"}}),
        ("stadning-lou", {"authority": _municipality("Kiruna kommun")}),
        (
            "hemtjanst-lov",
            {
                "authority": _municipality("Kiruna kommun"),
                "requirements": {"MIN-01": {"parameters": {"languages": "finska, meänkieli eller samiska"}}},
            },
        ),
        ("hemtjanst-lov", {"authority": _municipality("Åre kommun"), "other_clauses": {"sprak": SAMI}}),
        (
            "hemtjanst-lov",
            {"authority": _municipality("Åre kommun"), "other_clauses": {"s": clause("Bilaga 2.", cites=["SoL 8:6"])}},
        ),
        ("hemtjanst-lov", {"authority": _municipality("Kiruna kommun"), "sectors": ["personal-assistance"]}),
    ],
)  # fmt: skip
def test_other_municipalities_and_services_are_left_alone(
    catalogue: Catalogue, base: str, changes: dict[str, Any]
) -> None:
    """Only elderly care of a listed municipality needs it, and a clause on the duty or the language is enough."""
    assert found(catalogue, base, "assignment.minority-area", **changes) == []


NO_INSIGHT = {"STY-04": OUT}
NO_FOLLOW_UP = {"STY-03": OUT}
INSIGHT = clause("Utföraren ska lämna de uppgifter som behövs för allmänhetens insyn.")
FOLLOW_UP = clause("Utföraren ska delta i beställarens uppföljning.")
CITED = clause("Utföraren ska lämna uppgifter enligt bilaga 3.", cites=["KL 10:8-9"])


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("hemtjanst-lov", {}, []),
        ("hemtjanst-lov", {"requirements": NO_INSIGHT}, ["error"]),
        ("hemtjanst-lou", {"requirements": NO_INSIGHT}, ["error"]),
        ("hemtjanst-lov", {"requirements": NO_FOLLOW_UP}, ["warning"]),
        ("hemtjanst-lov", {"requirements": NO_INSIGHT | NO_FOLLOW_UP}, ["error"]),
        ("hemtjanst-lov", {"requirements": NO_INSIGHT, "other_clauses": {"insyn": INSIGHT}}, []),
        ("hemtjanst-lov", {"requirements": NO_FOLLOW_UP, "other_clauses": {"insyn": INSIGHT}}, ["warning"]),
        ("hemtjanst-lov", {"requirements": NO_FOLLOW_UP, "other_clauses": {"kontroll": FOLLOW_UP}}, []),
        ("hemtjanst-lov", {"requirements": NO_INSIGHT | NO_FOLLOW_UP, "other_clauses": {"b": CITED}}, []),
        ("hemtjanst-lov", {"requirements": NO_INSIGHT, "private_provider": GONE}, ["information"]),
        ("hemtjanst-lov", {"requirements": NO_INSIGHT, "private_provider": False}, []),
        ("stadning-lou", {}, []),  # cleaning is not handed over as a matter of its own: nobody asks
        ("stadning-lou", {"private_provider": True}, ["error"]),
        ("lokalvard-stat", {"private_provider": True}, []),  # a state authority
        (
            "hemtjanst-lou",
            {"authority": {"name": "Exempelbolaget", "type": "municipal-company"}, "requirements": NO_INSIGHT},
            [],
        ),
    ],
)
def test_a_contract_with_a_private_provider_secures_insight(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """KL 10:9 demands it of the contract; that follow-up (KL 10:8) has no clause is a warning."""
    assert severities(catalogue, base, "assignment.insight", **changes) == expected


def test_what_is_missing_is_named(catalogue: Catalogue) -> None:
    """One finding says which of the two is missing, and the YAML names their requirements."""
    (both,) = found(catalogue, "hemtjanst-lov", "assignment.insight", requirements=NO_INSIGHT | NO_FOLLOW_UP)
    assert both.data["yaml"] == "requirements:\n  STY-04: {}\n  STY-03: {}"
    (one,) = found(catalogue, "hemtjanst-lov", "assignment.insight", requirements=NO_FOLLOW_UP)
    assert one.data["yaml"] == "requirements:\n  STY-03: {}"
