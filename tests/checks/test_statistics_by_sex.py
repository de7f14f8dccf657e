"""Statistics about persons that are not split by sex."""

from __future__ import annotations

import pytest
import yaml as plain_yaml
from base_cases import base_case, catalogue_texts, clause, found, paragraph_texts, severities

from procurement_equality import Catalogue
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.rule import Rule

CODE = "stat.sex-missing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leverantören ska redovisa antalet klagomål på hemtjänsten.", ["warning"]),
        ("Leverantören ska varje år redovisa hur många anställda som har gått utbildningen.", ["warning"]),
        ("Leverantören ska redovisa antalet utbildningstimmar.", ["warning"]),
        ("Antalet brukare som har fast omsorgskontakt ska redovisas varje år.", ["warning"]),
        ("Leverantören ska föra statistik över sökande till lediga tjänster.", ["warning"]),
        ("Leverantören ska varje år rapportera sjukfrånvaron.", ["warning"]),
        ("Leverantören ska redovisa antalet klagomål för kvinnor, män, ej uppgivet och totalt.", []),
        ("Leverantören ska redovisa könsuppdelad statistik över sökande till lediga tjänster.", []),
        ("Leverantören ska redovisa antalet klagomål efter kön.", []),
        ("Leverantören ska redovisa hur många flickor och pojkar som har valt varje ämne bland antalet elever.", []),
        ("Leverantören ska redovisa antalet bussar och antalet avgångar.", []),
        ("Leverantören ska ange antalet anställda vid ingången av kalenderåret.", []),
        ("I försäkran anges antalet arbetstagare vid årsskiftet.", []),
        ("Utbildningen ska ges till minst två anställda.", []),
        ("Leverantören ska vid varje klagomål svara inom tre dagar.", []),
        ("Leverantören ska lämna en plan för att antalet anställda ska räcka.", []),
    ],
)
def test_figures_about_persons_are_split_by_sex(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    """Users, staff, complaints, training and absence; things, sizes of firms and duties are something else."""
    examined = BY_CODE[CODE].examine_texts(paragraph_texts(catalogue, text))
    assert [finding.severity for finding in examined] == expected
    others = {"other_clauses": {"egen": clause(text)}}
    for base in ("hemtjanst-lou", "hemtjanst-lov", "stadning-lou", "bussar-luf", "parkering-luk", "kurs-direkt"):
        findings = found(catalogue, base, CODE, **others)
        assert [finding.severity for finding in findings] == expected
        for finding in findings:
            pasted = plain_yaml.safe_load(finding.data["yaml"])
            assert severities(catalogue, base, CODE, **others, **pasted) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The supplier shall report the number of complaints each year.", ["warning"]),
        ("The number of participants shall be reported after each course.", ["warning"]),
        ("The supplier shall report the number of complaints for women, men, not stated and total.", []),
        ("The supplier shall report the number of departures.", []),
        ("Measures are taken for employees, and how many is decided later.", []),
    ],
)
def test_english_texts_are_read_as_swedish_ones(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    """The same figures, in the English of a bilingual file."""
    others = {"other_clauses": {"egen": clause("–") | {"text": {"sv": "Se nedan.", "en": text}}}}
    assert severities(catalogue, "hemtjanst-lou", CODE, **others) == expected


def test_a_clause_about_all_statistics_answers_for_the_others(catalogue: Catalogue) -> None:
    """As STA-01 of the catalogue does, so does a clause of the buyer's own."""
    others = {
        "klagomal": clause("Leverantören ska redovisa antalet klagomål."),
        "statistik": clause("Leverantören ska dela upp statistik om personer efter kön."),
    }
    assert severities(catalogue, "hemtjanst-lou", CODE, other_clauses=others) == []


def test_tables_of_a_layer_are_read(catalogue: Catalogue) -> None:
    """A table that counts persons has rows or columns for women and men; one that counts goods need not."""
    staff = catalogue.tables["staff"]
    bare = staff.model_copy(update={"columns": staff.columns[3:]})
    lacking = catalogue.model_copy(update={"tables": {**catalogue.tables, "staff": bare}})
    [finding] = found(lacking, "stadning-lou", CODE)
    assert (finding.severity, finding.data["name"]) == ("warning", "AKT-08")
    goods = bare.model_copy(update={"unit": catalogue.tables["exchanges-by-fit"].unit})
    other = catalogue.model_copy(update={"tables": {**catalogue.tables, "staff": goods}})
    assert severities(other, "stadning-lou", CODE) == []


def test_the_catalogues_own_tables_and_texts_pass(catalogue: Catalogue) -> None:
    """Every table that counts persons is split by sex, and STA-01 covers what texts ask for."""
    chosen = {
        identifier: {"include": True}
        for identifier, requirement in catalogue.requirements.items()
        if requirement.variant("contract-performance-condition") and not requirement.applies.regimes
    }
    case = base_case(catalogue, "hemtjanst-lou", requirements=chosen, level="spearhead")
    assert case.selection is not None
    tables = {q.table for s in case.clauses if s.requirement for q in s.requirement.questions if q.table}
    assert len(tables) > 30
    assert BY_CODE[CODE].examine(case) == []
    assert BY_CODE[CODE].examine_texts(catalogue_texts(catalogue, "LOU")) == []


def test_the_rule_says_what_it_rests_on_that_was_not_read() -> None:
    """Section 14 of the ordinance on official statistics is known from a web page only."""
    rule: Rule = BY_CODE[CODE]
    assert not rule.verified
    assert rule.legal_basis == ()
