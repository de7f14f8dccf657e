"""Sanctions in clauses of the buyer's own: bounds, and that something follows at all."""

from __future__ import annotations

from typing import Any

import pytest
import yaml as plain_yaml
from base_cases import clause, found, severities

from procurement_equality import Catalogue

DUTY = "Leverantören ska lämna schemat till personal som utför kontraktet senast 14 dagar innan det börjar gälla."
DATED = {"method": "Stickprov.", "months_after_start": 6}


@pytest.mark.parametrize(
    ("consequence", "expected"),
    [
        ("Vite med 10 000 kronor tas ut.", ["warning"]),
        ("Vite tas ut med 5 000 kronor per påbörjad vecka.", ["warning"]),
        ("Bristen ska rättas inom 30 dagar. Därefter tas vite ut med 5 000 kronor per påbörjad vecka.", ["warning"]),
        ("Vite tas ut med 5 000 kronor per vecka, högst 50 000 kronor.", []),
        ("Bristen ska rättas inom 30 dagar. Därefter får vite tas ut enligt avtalet.", []),
        ("Om bristen kvarstår efter påminnelse får beställaren ta ut vite.", []),
        ("Beställaren får häva avtalet vid väsentlig brist.", []),
        ("Inget vite tas ut.", []),
        ({"sv": "Se avtalet.", "en": "A penalty of SEK 5,000 per started week."}, ["warning"]),
        ({"sv": "Se avtalet.", "en": "A penalty of SEK 5,000 per started week, capped at SEK 50,000."}, []),
    ],
)
def test_a_penalty_has_a_cap_or_time_to_remedy(catalogue: Catalogue, consequence: object, expected: list[str]) -> None:
    """Without a cap a penalty must leave time to remedy, and one that grows needs the cap."""
    others = {"other_clauses": {"schema": clause(DUTY, consequence=consequence)}}
    for base in ("stadning-lou", "hemtjanst-lou", "hemtjanst-lov", "bussar-luf", "parkering-luk", "kurs-direkt"):
        assert severities(catalogue, base, "sanction.prop", **others) == expected


def test_a_penalty_in_the_clause_itself_counts(catalogue: Catalogue) -> None:
    """The text may hold the penalty, and the consequence its cap's absence."""
    text = f"{DUTY} Vid försening tas vite ut med 1 000 kronor per dag."
    assert severities(catalogue, "stadning-lou", "sanction.prop", other_clauses={"a": clause(text)}) == ["warning"]


def test_a_limit_of_something_else_is_no_cap_of_the_penalty(catalogue: Catalogue) -> None:
    """The words "högst 40 timmar per vecka" in the duty neither bounds the penalty nor makes it recurring."""
    duty = "Arbetstiden för personal som utför kontraktet ska vara högst 40 timmar per vecka."
    unbound = clause(duty, consequence="Vite med 10 000 kronor tas ut.")
    assert severities(catalogue, "stadning-lou", "sanction.prop", other_clauses={"tid": unbound}) == ["warning"]
    remedied = clause(duty, consequence="Bristen rättas inom 14 dagar, annars tas vite ut.")
    assert severities(catalogue, "stadning-lou", "sanction.prop", other_clauses={"tid": remedied}) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["warning"]),
        ({"follow_up": {"method": "Stickprov."}}, ["warning"]),
        ({"follow_up": DATED}, []),
        ({"follow_up": {"method": "Prövas i anbudet.", "with_tender": True}}, []),
        ({"consequence": "Brister rättas inom 14 dagar."}, []),
    ],
)
def test_a_condition_needs_a_consequence_or_a_time_of_follow_up(
    catalogue: Catalogue, more: dict[str, Any], expected: list[str]
) -> None:
    """One of the two is enough: the rule is about conditions that nobody returns to."""
    findings = found(catalogue, "hemtjanst-lov", "sanction.none", other_clauses={"schema": clause(DUTY, **more)})
    assert [finding.severity for finding in findings] == expected
    for finding in findings:
        pasted = plain_yaml.safe_load(finding.data["yaml"])["other_clauses"]["schema"]
        mended = {"schema": clause(DUTY, **{**more, **pasted})}
        assert severities(catalogue, "hemtjanst-lov", "sanction.none", other_clauses=mended) == []
        assert severities(catalogue, "hemtjanst-lov", "sanction.prop", other_clauses=mended) == []


@pytest.mark.parametrize("kind", ["technical-specification", "selection-criterion", "award-criterion"])
def test_other_kinds_are_examined_before_the_contract(catalogue: Catalogue, kind: str) -> None:
    """What is examined in the tender has its consequence in the procedure."""
    assert severities(catalogue, "stadning-lou", "sanction.none", other_clauses={"a": clause(DUTY, kind)}) == []


def test_a_penalty_in_the_text_is_a_consequence(catalogue: Catalogue) -> None:
    """A clause that states its own sanction is not one from which nothing follows."""
    text = f"{DUTY} Annars får beställaren häva avtalet."
    assert severities(catalogue, "stadning-lou", "sanction.none", other_clauses={"a": clause(text)}) == []


@pytest.mark.parametrize("code", ["sanction.prop", "sanction.none"])
def test_requirements_of_the_catalogue_are_not_questioned(catalogue: Catalogue, code: str) -> None:
    """They have a ladder of consequences; the penalty in it is last, after time to remedy."""
    assert found(catalogue, "stadning-lou", code) == []


def test_a_very_long_text_is_examined_in_reasonable_time(catalogue: Catalogue) -> None:
    """Words are looked up, so that length costs no more than reading."""
    long = {"a": clause("vite per vecka " * 20_000, consequence="frist " * 20_000)}
    assert severities(catalogue, "stadning-lou", "sanction.prop", other_clauses=long) == ["warning"]
