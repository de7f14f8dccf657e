"""When requirements are more than a contract stands, and when small firms are asked for what the law does not ask."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from base_cases import base_case, clause, day, found
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement_equality import Catalogue
from procurement_equality.findings.words import describe

SIZE, SMALL = "prop.size", "prop.cumulative-small-firm"
ASKS = (
    "Leverantören ska lämna skriftlig dokumentation av arbetet med aktiva åtgärder för personal som utför kontraktet."
)
BASES = (
    "arbetsklader-lou", "bussar-luf", "hemtjanst-lou", "hemtjanst-lov", "kurs-direkt", "lokalvard-stat",
    "parkering-luk", "stadning-lou",
)  # fmt: skip


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", [SIZE, SMALL])
def test_the_law_level_is_in_proportion_everywhere(catalogue: Catalogue, base: str, code: str) -> None:
    """No base is warned about: what the law already asks, lightened for small firms, is reasonable in all of them."""
    assert found(catalogue, base, code) == []


def test_the_basic_level_is_too_much_for_a_small_course(catalogue: Catalogue) -> None:
    """Ten months and 240 000 kronor do not stand 46 requirements; the finding says why and under which provision."""
    (finding,) = found(catalogue, "kurs-direkt", SIZE, level="basic")
    assert finding.severity == "warning"
    said = describe(finding, "sv")
    assert "19 a kap. 8 §" in said.replace("\u00a0", " ")
    assert "procent av kontraktets värde" in said
    assert "krav tar vart och ett minst 2 timmar" in said
    assert "per cent of the contract's value" in describe(finding, "en")


@pytest.mark.parametrize(
    ("base", "provision"),
    [("stadning-lou", "4 kap. 1 §"), ("hemtjanst-lou", "19 kap. 2 §"), ("parkering-luk", "4 kap. 1 §"),
     ("bussar-luf", "4 kap. 1 §"), ("hemtjanst-lov", "1 kap. 2 §")],
)  # fmt: skip
def test_the_principle_is_that_of_the_regime(catalogue: Catalogue, base: str, provision: str) -> None:
    """Proportionality stands in another provision in each act."""
    case = base_case(catalogue, base, level="basic", supplier_headcount={"at_most": 2})
    (finding,) = found(catalogue, base, SIZE, level="basic", supplier_headcount={"at_most": 2})
    assert case.rules is not None
    assert provision in finding.data["basis_sv"].replace("\u00a0", " ")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["kurs-direkt", "lokalvard-stat", "hemtjanst-lov"]),
    st.sampled_from(["basic", "advanced", "spearhead"]),
    st.sampled_from([None, 4, 9, 40]),
)
def test_the_way_out_can_be_followed(catalogue: Catalogue, base: str, level: str, at_most: int | None) -> None:
    """The YAML of a finding is YAML, gives a reason for each requirement left out, and leaves no finding behind."""
    changes: dict[str, Any] = {"level": level}
    if at_most is not None:
        changes["supplier_headcount"] = {"at_most": at_most}
    for finding in found(catalogue, base, SIZE, **changes):
        left_out = yaml.safe_load(finding.data["yaml"])["requirements"]
        assert all(choice["include"] is False and choice["reason"]["sv"] for choice in left_out.values())
        own = base_case(catalogue, base).procurement.requirements
        kept = {key: choice.model_dump(exclude_unset=True) for key, choice in own.items()}
        assert found(catalogue, base, SIZE, **changes, requirements={**kept, **left_out}) == []


def test_what_goes_beyond_the_law_is_left_out_first(catalogue: Catalogue) -> None:
    """A statutory duty is the last thing to let go."""
    (finding,) = found(catalogue, "kurs-direkt", SIZE, level="basic")
    levels = [catalogue.requirements[each].level for each in finding.data["out"].split(", ")]
    assert levels == sorted(levels, key=lambda level: level == "law")


def test_the_value_of_a_system_of_choice_says_nothing_of_one_provider(catalogue: Catalogue) -> None:
    """Under LOV the value is shared by all, so no share of it is held against a bound."""
    (finding,) = found(catalogue, "hemtjanst-lov", SIZE, value=750_000, months=36, supplier_headcount={"at_most": 3})
    assert "procent" not in finding.data["measures_sv"]
    assert "ett företag med 3 anställda" in finding.data["measures_sv"]


def test_hours_for_each_employee_count_only_where_the_buyer_expects_small_firms(catalogue: Catalogue) -> None:
    """A firm that nobody has said will tender does not make a finding."""
    assert found(catalogue, "hemtjanst-lov", SIZE, level="basic") == []
    assert found(catalogue, "hemtjanst-lov", SIZE, level="basic", supplier_headcount={"at_most": 200}) == []
    assert len(found(catalogue, "hemtjanst-lov", SIZE, level="basic", supplier_headcount={"at_most": 5})) == 1


def test_a_value_in_another_unit_is_asked_about_before_anything_is_held_against_it(catalogue: Catalogue) -> None:
    """240 (thousand) kronor is a question of its own, not a contract that stands nothing."""
    assert found(catalogue, "kurs-direkt", SIZE, level="basic", value=240) == []
    assert len(found(catalogue, "kurs-direkt", "value.unit", level="basic", value=240)) == 1


# --- small firms and documents ---------------------------------------------------------------------------


def test_documentation_chosen_for_firms_too_small_for_it(catalogue: Catalogue) -> None:
    """AKT-01 is for those with 25 employees or more; asked of firms with at most nine it is found."""
    asked = {"AKT-01": {"include": True}}
    (finding,) = found(catalogue, "kurs-direkt", SMALL, supplier_headcount={"at_most": 9}, requirements=asked)
    assert finding.data["name"] == "AKT-01"
    assert finding.data["at_least"] == "25"
    assert found(catalogue, "kurs-direkt", SMALL, supplier_headcount={"at_most": 25}, requirements=asked) == []
    assert found(catalogue, "kurs-direkt", SMALL, requirements=asked) == []


def test_a_reporting_channel_is_another_rules_matter(catalogue: Catalogue) -> None:
    """Only documentation of active measures and pay surveys is meant here."""
    asked = {"TRA-08": {"include": True}}
    assert found(catalogue, "kurs-direkt", SMALL, supplier_headcount={"at_most": 9}, requirements=asked) == []


@pytest.mark.parametrize(
    ("text", "at_least"),
    [
        (ASKS, "25"),
        ("Leverantören ska dokumentera lönekartläggningen skriftligt för kontraktet.", "10"),
        ("Leverantören ska, oavsett företagets storlek, lämna en rapport om jämställdhet varje år.", "25"),
        ("Samtliga leverantörer, även små, ska lämna en handlingsplan för mångfald.", "25"),
        ({"sv": "x", "en": "The supplier shall, regardless of size, submit a report on equality every year."}, "25"),
        ({"sv": "x", "en": "The supplier shall document its pay survey every year."}, "10"),
    ],
)
def test_a_clause_that_asks_every_firm_for_documents(catalogue: Catalogue, text: Any, at_least: str) -> None:  # noqa: ANN401
    """The clause is found at its words, with the limit that it goes beyond."""
    (finding,) = found(catalogue, "stadning-lou", SMALL, other_clauses={"egen": clause(text)})
    assert (finding.data["name"], finding.data["at_least"]) == ("egen", at_least)
    assert finding.data["words"]
    mended = yaml.safe_load(finding.data["yaml"])["other_clauses"]["egen"]["text"]
    assert found(catalogue, "stadning-lou", SMALL, other_clauses={"egen": clause(mended)}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Leverantör med minst 25 arbetstagare ska lämna dokumentation av arbetet med aktiva åtgärder.",
        "Leverantören ska lämna en egen försäkran om att arbetet med aktiva åtgärder dokumenteras.",
        "Leverantören ska bemöta alla lika, oavsett verksamhetens storlek.",
        "Leverantören ska ha aktiva åtgärder.",
        "Leverantören ska, oavsett storlek, lämna en rapport om kemikalier varje år.",
        "Leverantören ska, oavsett storlek, lämna en försäkran i stället för en rapport.",
    ],
)
def test_a_clause_that_is_right_is_left_alone(catalogue: Catalogue, text: str) -> None:
    """A limit, a declaration, or no document at all gives no finding."""
    assert found(catalogue, "stadning-lou", SMALL, other_clauses={"egen": clause(text)}) == []


def test_firms_that_have_the_duty_anyway_give_no_finding(catalogue: Catalogue) -> None:
    """Where every expected firm has 25 employees or more, nobody is asked for more than the law asks."""
    clauses = {"egen": clause(ASKS)}
    large = found(catalogue, "stadning-lou", SMALL, other_clauses=clauses, supplier_headcount={"at_least": 25})
    middle = found(catalogue, "stadning-lou", SMALL, other_clauses=clauses, supplier_headcount={"at_least": 24})
    assert (len(large), len(middle)) == (0, 1)


@pytest.mark.parametrize(("date", "number"), [("2026-06-30", 1), ("2026-07-01", 1), ("2025-01-01", 1)])
def test_the_limit_is_that_of_the_procurements_date(catalogue: Catalogue, date: str, number: int) -> None:
    """The rule looks the limit up for the day; each period of the data has one."""
    case = {"other_clauses": {"egen": clause(ASKS)}, "date": day(date), "threshold": 2_500_000}
    assert len(found(catalogue, "stadning-lou", SMALL, **case)) == number


def test_before_the_duty_existed_nothing_is_said(catalogue: Catalogue) -> None:
    """Where no headcount rule was in force there is no limit to go beyond, and the rule keeps silent."""
    headcount = tuple(rule for rule in catalogue.law.headcount if rule.id != "dl-3-13")
    without = catalogue.model_copy(update={"law": catalogue.law.model_copy(update={"headcount": headcount})})
    assert len(found(catalogue, "stadning-lou", SMALL, other_clauses={"egen": clause(ASKS)})) == 1
    assert found(without, "stadning-lou", SMALL, other_clauses={"egen": clause(ASKS)}) == []


def test_a_very_long_clause_takes_linear_time(catalogue: Catalogue) -> None:
    """Words that nearly match, many thousand times, are read at once."""
    text = "dokumentation skriftlig oavsett alla leverantörer arbetstagare storlek dokumentera aktiva " * 4_000
    begun = time.perf_counter()
    found(catalogue, "stadning-lou", SMALL, other_clauses={"egen": clause(text)})
    assert time.perf_counter() - begun < 10
