"""The rules about weights and order of priority, at their edges."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import clause, found, severities
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement_equality import Catalogue
from procurement_equality.catalogue.text import Text
from procurement_equality.checks.rules.award import is_price
from procurement_equality.checks.texts import StatedClause
from procurement_equality.findings import Finding
from procurement_equality.findings.words import what


def criteria(*ranks: dict[str, Any]) -> dict[str, Any]:
    """Give other clauses that are award criteria, with a weight, a priority or nothing each."""
    return {
        f"kriterium-{index}": clause("Planen ger poäng.", "award-criterion", **rank) for index, rank in enumerate(ranks)
    }


def weights(*each: int | dict[str, int]) -> dict[str, Any]:
    """Give award criteria with weights."""
    return criteria(*({"weight": weight} for weight in each))


PLAN = {"AKT-05": {"kind": "award-criterion", "weight": 10}}


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        (weights(80, 20), 0),
        (weights(100), 0),
        (weights(80, 15), 1),
        (weights(80, 30), 1),
        (weights(80, {"at_least": 15, "at_most": 25, "max_spread": 10}), 0),
        (weights(80, {"at_least": 21, "at_most": 25, "max_spread": 4}), 1),
        (weights(80, {"at_least": 5, "at_most": 19, "max_spread": 14}), 1),
        (criteria({"priority": 1}, {"priority": 2}), 0),
        (criteria({"priority": 1}, {"priority": 1}), 1),
        (criteria({}, {}), 1),
        (criteria({"weight": 80}, {}), 1),
        (criteria({"weight": 80}, {"priority": 1}), 1),
        ({"villkor": clause("Leverantören ska lämna schemat i förväg.")}, 0),
        ({}, 0),
    ],
)
@pytest.mark.parametrize("base", ["stadning-lou", "hemtjanst-lou", "bussar-luf"])
def test_weights_make_the_whole_or_criteria_have_an_order(
    base: str, clauses: dict[str, Any], count: int, catalogue: Catalogue
) -> None:
    """One finding for the procurement: weights that make 100, within their intervals, or a place for each."""
    assert severities(catalogue, base, "weights.sum", other_clauses=clauses) == ["error"] * count


@pytest.mark.parametrize("base", ["parkering-luk", "kurs-direkt"])
def test_weights_need_no_sum_where_the_act_asks_for_none(base: str, catalogue: Catalogue) -> None:
    """A concession has an order of priority, and a direct award neither."""
    assert severities(catalogue, base, "weights.sum", other_clauses=weights(10)) == []


def test_price_alone_needs_no_weight(catalogue: Catalogue) -> None:
    """With the lowest price as the ground there is nothing to weigh."""
    clauses = criteria({})
    assert severities(catalogue, "stadning-lou", "weights.sum", evaluation="price", other_clauses=clauses) == []


def test_best_ratio_without_any_criterion_is_asked_about(catalogue: Catalogue) -> None:
    """The criteria may stand in documents that the file does not tell of: information."""
    given_ground = severities(catalogue, "stadning-lou", "weights.sum", evaluation="best-price-quality")
    assert given_ground == ["information"]
    assert severities(catalogue, "stadning-lou", "weights.sum", evaluation="cost") == []


def test_criteria_of_the_catalogue_alone_lack_the_price(catalogue: Catalogue) -> None:
    """The message says how much is left, and the clause to paste has that weight; with it there is no finding."""
    (finding,) = found(catalogue, "stadning-lou", "weights.sum", requirements=PLAN)
    assert "90 procent" in what(finding, "sv")
    assert "weight: 90" in finding.data["yaml"]
    price = {"pris": clause("Priset ger poäng.", "award-criterion", weight=90)}
    assert found(catalogue, "stadning-lou", "weights.sum", requirements=PLAN, other_clauses=price) == []


def test_the_only_missing_weight_is_worked_out(catalogue: Catalogue) -> None:
    """The correction gives the weight that is left."""
    (finding,) = found(catalogue, "stadning-lou", "weights.sum", other_clauses=criteria({"weight": 70}, {}))
    assert finding.data["yaml"] == "other_clauses:\n  kriterium-1:\n    weight: 30\n"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_only_a_whole_is_without_a_finding(catalogue: Catalogue, each: list[int]) -> None:
    """Whatever the weights, there is a finding unless they make 100."""
    findings = found(catalogue, "stadning-lou", "weights.sum", other_clauses=weights(*each))
    assert (findings == []) == (sum(each) == 100)


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        (criteria({"priority": 1}, {"priority": 2}), 0),
        (criteria({"priority": 1, "weight": 70}, {"priority": 2, "weight": 30}), 0),
        (weights(70, 30), 1),
        (criteria({"priority": 1}, {}), 1),
        (criteria({"priority": 1}, {"priority": 1}), 1),
        (criteria({}), 1),
        ({}, 0),
    ],
)
def test_a_concession_has_an_order_of_priority(clauses: dict[str, Any], count: int, catalogue: Catalogue) -> None:
    """Weights may be there too, but are not enough; other acts do not ask for it."""
    assert severities(catalogue, "parkering-luk", "weights.luk", other_clauses=clauses) == ["error"] * count
    assert severities(catalogue, "stadning-lou", "weights.luk", other_clauses=clauses) == []
    assert severities(catalogue, "parkering-luk", "weights.luk", value=4_000_000, other_clauses=clauses) == []


def test_the_order_to_paste_follows_priority_and_then_weight(catalogue: Catalogue) -> None:
    """The heaviest criterion comes first, in the part of the file where it stands."""
    plan = {"AKT-05": {"kind": "award-criterion", "weight": 10, "priority": 2}}
    (finding,) = found(catalogue, "parkering-luk", "weights.luk", requirements=plan, other_clauses=weights(20, 70))
    order = finding.data["yaml"]
    assert order.startswith(
        "requirements:\n  AKT-05:\n    priority: 1\nother_clauses:\n  kriterium-1:\n    priority: 2"
    )


@pytest.mark.parametrize(
    ("base", "rank", "expected"),
    [
        ("stadning-lou", {"weight": 20}, ["warning"]),
        ("hemtjanst-lou", {"weight": 20}, ["warning"]),
        ("stadning-lou", {"weight": 20, "scale": "0, 5 eller 10 poäng."}, []),
        ("stadning-lou", {"priority": 1}, []),
        ("parkering-luk", {"weight": 20, "priority": 1}, []),
        ("kurs-direkt", {"weight": 20}, []),
    ],
)
def test_a_weighted_criterion_has_a_scale(
    base: str, rank: dict[str, Any], expected: list[str], catalogue: Catalogue
) -> None:
    """Only weights ask for points; the catalogue's criteria have scales of their own."""
    assert severities(catalogue, base, "weights.scale", other_clauses=criteria(rank), requirements={}) == expected


def test_the_catalogues_award_criteria_have_scales(catalogue: Catalogue) -> None:
    """A chosen criterion gives no finding of its own."""
    assert severities(catalogue, "stadning-lou", "weights.scale", requirements=PLAN) == []


@pytest.mark.parametrize(
    ("base", "weight", "expected"),
    [
        ("stadning-lou", {"at_least": 15, "at_most": 25}, ["warning"]),
        ("bussar-luf", {"at_least": 15, "at_most": 25}, ["warning"]),
        ("stadning-lou", {"at_least": 15, "at_most": 25, "max_spread": 5}, []),
        ("stadning-lou", 20, []),
        ("hemtjanst-lou", {"at_least": 15, "at_most": 25}, []),
    ],
)
def test_an_interval_states_its_spread_where_the_act_asks(
    base: str,
    weight: int | dict[str, int],
    expected: list[str],
    catalogue: Catalogue,
) -> None:
    """LOU 16:6 and LUF 15:6 do; chapter 19 has no such words."""
    assert severities(catalogue, base, "weights.interval", other_clauses=weights(weight)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pris", True),
        ("Totalpris", True),
        ("Ersättning per dygn", True),
        ("Avgiftens storlek", True),
        ("Livscykelkostnad", True),
        ("Plan för introduktion", False),
        ("Tillgänglighet", False),
    ],
)
def test_the_price_is_known_by_its_title(title: str, expected: bool) -> None:
    """The price needs no link to the subject, and its scale is another."""
    stated = StatedClause("x", Text(sv="…"), lambda code, _, data: Finding(code, data=data), title=Text(sv=title))
    assert is_price(stated) is expected
