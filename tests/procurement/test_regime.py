"""Which regime a procurement follows."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement_equality import Catalogue, Procurement
from procurement_equality.procurement.law import derive_regime, figure, headcount_rule, in_force

FACTS: dict[str, Any] = {
    "title": "Test",
    "reference": "T 1",
    "authority": {"name": "Exempelkommunen", "type": "municipality"},
    "act": "LOU",
    "object": "En tjänst.",
    "cpv": ("90910000",),
    "value": 3_000_000,
    "months": 24,
    "date": datetime.date(2025, 3, 1),
    "languages": ("sv",),
    "sectors": ("cleaning",),
    "level": "law",
}
UTILITY = {"name": "Exempelvatten", "type": "municipal-company"}
STATE = {"name": "Exempelverket", "type": "central-government"}


def procurement(**facts: Any) -> Procurement:  # noqa: ANN401 - the fields have many types
    """Make a procurement of the facts above, some of them changed."""
    return Procurement.model_validate({**FACTS, **facts})


@pytest.mark.parametrize(
    ("facts", "regime"),
    [
        ({}, "LOU"),
        ({"value": 2_389_585}, "LOU"),
        ({"value": 2_389_584}, "LOU-19"),
        ({"value": 1_600_000, "authority": STATE}, "LOU"),
        ({"value": 1_546_201, "authority": STATE}, "LOU-19"),
        ({"cpv": ("85312000",), "value": 90_000_000}, "LOU-19"),
        ({"cpv": ("85312000-9",), "value": 90_000_000, "act": "LOV"}, "LOV"),
        ({"category": "works", "cpv": ("45214000",), "value": 50_000_000}, "LOU-19"),
        ({"category": "works", "cpv": ("45214000",), "value": 60_000_000}, "LOU"),
        ({"category": "goods", "cpv": ("85312000",), "value": 3_000_000}, "LOU"),
        ({"value": 400_000, "direct_award": True}, "LOU-19A"),
        ({"cpv": ("80511000",), "value": 7_000_000, "direct_award": True}, "LOU-19A"),
        ({"act": "LUF", "authority": UTILITY, "value": 5_000_000}, "LUF"),
        ({"act": "LUF", "authority": UTILITY, "value": 4_000_000}, "LUF-19"),
        ({"act": "LUF", "authority": UTILITY, "value": 900_000, "direct_award": True}, "LUF-19A"),
        ({"act": "LUK", "value": 70_000_000}, "LUK"),
        ({"act": "LUK", "value": 20_000_000}, "LUK-15"),
        ({"act": "LUK", "cpv": ("85312000",), "value": 70_000_000}, "LUK-15"),
    ],
)
def test_regime_follows_from_the_facts(catalogue: Catalogue, facts: dict[str, Any], regime: str) -> None:
    """Act, value, CPV, kind of authority and date decide the regime, and a sentence says why."""
    derivation = derive_regime(procurement(**facts), catalogue.law)
    assert derivation.regime == regime
    assert derivation.why is not None
    assert derivation.why.en


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"date": datetime.date(2026, 12, 1)}, "law.threshold-needed"),
        ({"date": datetime.date(2031, 1, 1)}, "law.threshold-needed"),
        ({"date": datetime.date(2020, 1, 1)}, "law.date-too-early"),
        ({"act": "LOV"}, "law.lov.cpv"),
        ({"act": "LOV", "cpv": ("85321000",)}, "law.lov.cpv"),
        ({"act": "LOV", "cpv": ("85312000",), "direct_award": True}, "law.lov.direct-award"),
    ],
)
def test_missing_or_impossible_facts_are_asked_about(catalogue: Catalogue, facts: dict[str, Any], code: str) -> None:
    """Where the regime cannot be known, there is none, and the finding says what is needed."""
    derivation = derive_regime(procurement(**facts), catalogue.law)
    assert derivation.regime is None
    assert [finding.code for finding in derivation.findings] == [code]


def test_the_buyers_own_threshold_counts_where_the_catalogue_has_none(catalogue: Catalogue) -> None:
    """A threshold in the file decides for a date whose figure the catalogue does not know."""
    date = datetime.date(2026, 12, 1)
    assert derive_regime(procurement(date=date, threshold=2_500_000), catalogue.law).regime == "LOU"
    assert derive_regime(procurement(date=date, threshold=3_500_000), catalogue.law).regime == "LOU-19"


def test_the_catalogues_threshold_wins_over_the_files(catalogue: Catalogue) -> None:
    """A threshold in the file does not overrule a figure that the catalogue knows."""
    assert derive_regime(procurement(threshold=99_000_000), catalogue.law).regime == "LOU"


@pytest.mark.parametrize("value", [100_000, 699_999])
def test_a_value_that_is_below_for_certain_needs_no_threshold(catalogue: Catalogue, value: int) -> None:
    """Below the national limit for direct awards nobody is asked for a threshold that cannot matter."""
    made = derive_regime(procurement(date=datetime.date(2026, 12, 1), value=value), catalogue.law)
    assert made.regime == "LOU-19"


def test_a_direct_award_above_the_limit_is_a_warning(catalogue: Catalogue) -> None:
    """Another lawful ground may exist, so the document can be made, with a warning."""
    derivation = derive_regime(procurement(value=900_000, direct_award=True), catalogue.law)
    assert derivation.regime == "LOU-19A"
    assert [(f.code, f.severity) for f in derivation.findings] == [("law.direct-award.limit", "warning")]


def test_a_direct_award_above_the_eu_threshold_follows_the_whole_act(catalogue: Catalogue) -> None:
    """Chapter 19 a is not for purchases above the threshold outside annex 2."""
    assert derive_regime(procurement(value=9_000_000, direct_award=True), catalogue.law).regime == "LOU"


def test_every_regime_has_a_rule_for_every_kind(catalogue: Catalogue) -> None:
    """No regime leaves a kind without an answer and a paragraph."""
    for regime in catalogue.law.regimes.values():
        assert set(regime.kinds) == set(catalogue.law.kinds)


def test_award_criteria_have_no_room_in_a_system_of_choice(catalogue: Catalogue) -> None:
    """LOV 8:1: every applicant that meets the requirements is approved."""
    rule = catalogue.law.regimes["LOV"].kinds["award-criterion"]
    assert (rule.allowed, rule.citation) == (False, "LOV 8:1")


def test_headcount_rule_is_the_one_in_force(catalogue: Catalogue) -> None:
    """The pay-survey rule has a verified and an unverified period, and the date chooses."""
    before = headcount_rule(catalogue.law, "dl-3-14", datetime.date(2026, 6, 30))
    after = headcount_rule(catalogue.law, "dl-3-14", datetime.date(2026, 7, 1))
    assert before is not None
    assert before.verified
    assert after is not None
    assert not after.verified
    assert headcount_rule(catalogue.law, "dl-3-14", datetime.date(2010, 1, 1)) is None


def test_thresholds_of_one_kind_never_overlap(catalogue: Catalogue) -> None:
    """For any purpose, object, act and authority there is at most one figure a day."""
    listed = catalogue.law.thresholds
    for index, one in enumerate(listed):
        for other in listed[index + 1 :]:
            same = (one.purpose, one.object) == (other.purpose, other.object)
            if same and set(one.acts) & set(other.acts) and set(one.authorities) & set(other.authorities):
                assert not in_force(one.valid_from, one.valid_to, other.valid_from), (one.id, other.id)
                assert not in_force(other.valid_from, other.valid_to, one.valid_from), (one.id, other.id)


@given(st.integers(min_value=1, max_value=10**9), st.dates(datetime.date(2022, 2, 1), datetime.date(2025, 12, 31)))
def test_a_higher_value_never_gives_a_lighter_regime(value: int, date: datetime.date) -> None:
    """Regimes are monotone in the value on any day whose threshold is known."""
    law = _LAW.law
    order = ["LOU-19", "LOU"]
    low = derive_regime(procurement(value=value, date=date), law).regime
    high = derive_regime(procurement(value=value + 1, date=date), law).regime
    assert low in order
    assert high in order
    assert order.index(str(low)) <= order.index(str(high))


_LAW = Catalogue.load()


def test_figures_are_found_by_date(catalogue: Catalogue) -> None:
    """The threshold of 2024 and 2025 for a municipality is the one that SFS 2024:30 gives."""
    found = figure(procurement(), catalogue.law, "eu-threshold", "goods-or-services")
    assert found is not None
    assert (found.kronor, found.euro) == (2_389_585, 221_000)
