"""The rules about the link to what is bought, at their edges."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import GONE, catalogue_texts, clause, found, paragraph_texts, severities

from procurement_equality import Catalogue
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings.words import what

LINK = "Planen gäller dem som städar skolorna."


def award(title: str = "Plan", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the other clauses of a procurement file with one award criterion."""
    return {"plan": clause("En plan ger poäng.", "award-criterion", weight=100, **more) | {"title": title}}


@pytest.mark.parametrize(
    ("base", "severity", "cited"),
    [
        ("stadning-lou", "error", "17 kap. 1 §"),
        ("bussar-luf", "error", "16 kap. 1 §"),
        ("parkering-luk", "error", "14 kap. 1 §"),
        ("hemtjanst-lou", "warning", "19 kap. 2 §"),
        ("hemtjanst-lov", "warning", "1 kap. 2 §"),
        ("kurs-direkt", "warning", "19 a kap. 8 §"),
    ],
)
def test_the_general_link_is_asked_for_once_with_what_applies(
    base: str, severity: str, cited: str, catalogue: Catalogue
) -> None:
    """However many conditions, one finding; a warning where only the principles lead there."""
    (finding,) = found(catalogue, base, "link.subject", link_to_subject=GONE)
    assert finding.severity == severity
    assert cited in what(finding, "sv").replace("\u00a0", " ")
    assert finding.data["yaml"].startswith("link_to_subject: ")
    assert found(catalogue, base, "link.subject") == []


@pytest.mark.parametrize("text", ["…", "...", "- ", "123"])
def test_a_draft_says_nothing(text: str, catalogue: Catalogue) -> None:
    """Dots in place of words are no link."""
    assert severities(catalogue, "stadning-lou", "link.subject", link_to_subject={"sv": text}) == ["error"]


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        (award(), 1),
        (award(link_to_subject=LINK), 0),
        (award("Pris"), 0),
        (award("Livscykelkostnad"), 0),
        ({"villkor": clause("Leverantören ska lämna schemat i förväg.")}, 0),
    ],
)
def test_an_award_criterion_has_a_link_of_its_own(clauses: dict[str, Any], count: int, catalogue: Catalogue) -> None:
    """The general words are about conditions for the contract; the price needs none."""
    findings = found(catalogue, "stadning-lou", "link.subject", other_clauses=clauses)
    assert [finding.severity for finding in findings] == ["error"] * count
    assert all("16 kap. 2 §" in what(finding, "sv").replace("\u00a0", " ") for finding in findings)


def test_a_chosen_award_criterion_is_linked_in_the_choice(catalogue: Catalogue) -> None:
    """The finding points at the choice, and the choice's own words are enough."""
    choice = {"kind": "award-criterion", "weight": 10}
    (finding,) = found(catalogue, "stadning-lou", "link.subject", requirements={"AKT-05": choice})
    assert finding.data["name"] == "AKT-05"
    linked = {"AKT-05": {**choice, "link_to_subject": LINK}}
    assert found(catalogue, "stadning-lou", "link.subject", requirements=linked) == []


def test_goods_are_linked_in_other_words(catalogue: Catalogue) -> None:
    """What to paste fits what is bought."""
    clauses = {"villkor": clause("Leverantören ska packa plaggen i återvunnet material.")}
    (finding,) = found(catalogue, "arbetsklader-lou", "link.subject", link_to_subject=GONE, other_clauses=clauses)
    assert "varorna" in finding.data["yaml"]


# --- staff -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Leverantören ska utbilda all personal i bemötande.", 1),
        ("Leverantören ska redovisa löner för sina anställda.", 1),
        ("Leverantören ska verka för jämn könsfördelning bland medarbetare.", 1),
        ("Leverantören ska utbilda personal som utför kontraktet i bemötande.", 0),
        ("Leverantören ska erbjuda heltid till anställda i kontraktet.", 0),
        ("Personalen ska bära synlig legitimation.", 0),
        ("Utbildning ska erbjudas skolans elever.", 0),
        ({"sv": "Utför kontraktet: personal får utbildning.", "en": "The supplier shall train all employees."}, 1),
    ],
)
def test_training_and_pay_are_kept_to_those_who_perform_the_contract(
    text: str | dict[str, str],
    count: int,
    catalogue: Catalogue,
) -> None:
    """What is neither training, pay nor balance needs no such words; each language is read by itself."""
    clauses = {"personal": clause("x") | {"text": text}}
    assert severities(catalogue, "stadning-lou", "link.staff-scope", other_clauses=clauses) == ["error"] * count
    assert severities(catalogue, "hemtjanst-lov", "link.staff-scope", other_clauses=clauses) == ["warning"] * count


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("contract-performance-condition", 1),
        ("award-criterion", 1),
        ("technical-specification", 1),
        ("selection-criterion", 0),
        ("exclusion-ground", 0),
    ],
)
def test_the_scope_is_asked_for_in_what_concerns_the_performance(kind: str, count: int, catalogue: Catalogue) -> None:
    """Selection criteria and exclusion grounds are about the supplier."""
    clauses = {"personal": clause("Leverantören ska utbilda sina anställda.", kind)}
    assert len(found(catalogue, "stadning-lou", "link.staff-scope", other_clauses=clauses)) == count


def test_a_paragraph_counts_only_where_it_demands(catalogue: Catalogue) -> None:
    """A document tells of much; without a known regime it is a warning."""
    rule = BY_CODE["link.staff-scope"]
    paragraphs = ("Kommunen utbildar sina anställda varje år.", "Leverantören ska utbilda sina anställda varje år.")
    findings = rule.examine_texts(paragraph_texts(catalogue, *paragraphs))
    assert [(finding.data["name"], finding.severity) for finding in findings] == [("1", "warning")]


def test_no_clause_of_the_catalogue_reaches_too_far(catalogue: Catalogue) -> None:
    """The catalogue's own clauses are limited, or say in a waiver why they are not."""
    for finding in BY_CODE["link.staff-scope"].examine_texts(catalogue_texts(catalogue, "LOU")):
        requirement = catalogue.requirements[finding.data["name"].split()[0]]
        assert "lint.scope" in {waiver.code for waiver in requirement.waivers}
