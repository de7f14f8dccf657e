"""Masking, tried by one who wants to know what is masked."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from table_answers import DAY, Given, Place, form_table, in_full, possible, response

from procurement_equality import Catalogue
from procurement_equality.answers.manifest import FormTable
from procurement_equality.answers.statistics.exact_bounds import (
    ContradictionError,
    Equation,
    TooHardError,
    Unknowns,
    bounds,
)
from procurement_equality.answers.statistics.model import TableStatistics
from procurement_equality.answers.statistics.suppression import Count, Masking, Relation, suppress
from procurement_equality.answers.statistics.tabulate import tabulate
from procurement_equality.answers.statistics.totals import Totals

LEVELS = [
    "staff", "training-hours", "complaints-by-type", "users-by-age", "users-by-support", "service-and-care", "survey",
    "journeys-by-sex-and-age", "sick-leave", "care-contact-by-sex", "wishes-about-staff", "granted-time",
]  # fmt: skip
"""Tables with one, two and three levels of totals, with rows that are part of others, and with hours."""


def _published(form: FormTable, suppliers: list[dict[Place, Given]], masking: Masking | None = None) -> TableStatistics:
    totals = Totals()
    for numbers in suppliers:
        totals.add(response(form, numbers), [form])
    return tabulate(totals, date=DAY, masking=masking).tables[0]


def _states(table: TableStatistics) -> dict[Place, str]:
    return {(row.key, key): cell.state for row in table.rows for key, cell in row.cells.items()}


def _leaves(form: FormTable, data: st.DataObject, number: st.SearchStrategy[int]) -> dict[Place, int]:
    places = [(row.key, column.key) for row in form.rows for column in form.columns]
    return dict(zip(places, data.draw(st.lists(number, min_size=len(places), max_size=len(places))), strict=True))


def _line(*numbers: int, masking: Masking | None = None) -> set[str]:
    masking = masking or Masking()
    least = 0 if masking.zeros else 1
    counts: dict[tuple[str, ...], Count] = {
        (key,): Count(value, small=least <= value < masking.threshold, floor=least)
        for key, value in zip(("women", "men", "not_stated", "total"), numbers, strict=True)
    }
    masked = suppress(counts, [Relation(("total",), (("women",), ("men",), ("not_stated",)))], masking)
    return {place[0] for place in masked}


@pytest.mark.parametrize(
    ("numbers", "masked"),
    [
        ((3, 40, 0, 43), {"women", "men"}),
        ((10, 40, 0, 50), set()),
        ((3, 0, 0, 3), {"women", "total"}),
        ((4, 40, 4, 48), {"women", "not_stated"}),
        ((1, 40, 1, 42), {"women", "men", "not_stated"}),
        ((5, 5, 0, 10), set()),
    ],
)
def test_no_more_than_needed_is_masked(numbers: tuple[int, ...], masked: set[str]) -> None:
    """A small number takes one number with it, the least that leaves it enough possible values, and the total stays.

    Two numbers that make 2 together are both 1, so a third is masked.
    """
    assert _line(*numbers) == masked


def test_the_threshold_and_zeros_are_settings() -> None:
    """A threshold of 3 shows 3 and 4; and 0 is masked, and may take part in masking, where zeros are."""
    assert _line(4, 40, 0, 44, masking=Masking(threshold=3)) == set()
    assert _line(2, 40, 0, 42, masking=Masking(threshold=3)) == {"women", "men"}
    assert "not_stated" in _line(7, 40, 0, 47, masking=Masking(zeros=True))


def test_a_rest_of_few_is_protected_where_complements_are() -> None:
    """That 19 of 20 were trained leaves one: with `complements` one of the two numbers is masked."""
    counts: dict[tuple[str, ...], Count] = {("staff",): Count(20), ("trained",): Count(19)}
    relation = Relation(("staff",), (("trained",),), whole=False)
    assert suppress(counts, [relation], Masking()) == frozenset()
    assert suppress(counts, [relation], Masking(complements=True)) == {("trained",)}


def test_four_cells_are_masked_for_one_in_a_table_with_both_totals(catalogue: Catalogue) -> None:
    """A small number in a table with totals both ways is hidden by a rectangle, and every total is shown."""
    form = form_table(catalogue, "users-by-age")
    leaves = {(row.key, key): 20 for row in form.rows for key in ("women", "men")}
    leaves |= {(row.key, "not_stated"): 0 for row in form.rows} | {("from_95", "men"): 2}
    states = _states(_published(form, [in_full(form, leaves)]))
    masked = {place for place, state in states.items() if state == "masked"}
    assert len(masked) == 4
    assert ("from_95", "men") in masked
    assert not any(row == "all" or column == "total" for row, column in masked)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), identifier=st.sampled_from(LEVELS))
def test_what_is_masked_cannot_be_worked_out(catalogue: Catalogue, data: st.DataObject, identifier: str) -> None:
    """Whatever the numbers, an exact solver finds at least two possible values for every small number."""
    form = form_table(catalogue, identifier)
    leaves = _leaves(form, data, st.one_of(st.integers(0, 6), st.integers(0, 60)))
    true = in_full(form, leaves)
    table = _published(form, [true])
    states = _states(table)
    hours = {row.key for row in table.rows if "timmar" in row.unit.values()}
    small = [place for place, value in true.items() if place[0] not in hours and 0 < int(value or 0) < 5]
    assert all(states[place] == "masked" for place in small)
    shown = {(row.key, key): cell.value for row in table.rows for key, cell in row.cells.items()}
    assert all(shown[place] == true[place] for place, state in states.items() if state == "shown" and place in true)
    for place, (least, most) in possible(form, table, small).items():
        assert least <= int(true[place] or 0) <= most
        assert most - least >= 1, place
    assert _states(_published(form, [true])) == states


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), identifier=st.sampled_from(["users-by-age", "staff", "survey"]))
def test_what_suppliers_hide_cannot_be_worked_out_from_the_sum(
    catalogue: Catalogue, data: st.DataObject, identifier: str
) -> None:
    """A number that a supplier hides has at least two possible values in the sum too, whatever is left in the table."""
    form = form_table(catalogue, identifier)
    number = st.sampled_from((0, 3, 6, 20, 45))
    suppliers = [in_full(form, _leaves(form, data, number)) for _ in range(2)]
    hidden = [place for place, value in suppliers[0].items() if 0 < int(value or 0) < 5]
    table = _published(form, [suppliers[0] | dict.fromkeys(hidden, "<5"), suppliers[1]])
    states = _states(table)
    assert all(states[place] != "shown" for place in hidden)
    for place, (least, most) in possible(form, table, hidden).items():
        assert most - least >= 1, place


def test_hours_are_masked_where_the_persons_behind_them_are(catalogue: Catalogue) -> None:
    """Hours of few persons are masked in the column of the persons, and cannot be worked out from the total either."""
    form = form_table(catalogue, "granted-time")
    hours = {"granted": 900, "performed": 900, "declined": 0, "other": 0}
    leaves = {(row, key): value for row, value in hours.items() for key in ("women", "men")}
    leaves |= {("persons", "women"): 3, ("persons", "men"): 30}
    leaves |= {(row, "not_stated"): 0 for row in ("persons", *hours)}
    table = _published(form, [in_full(form, leaves)])
    states = _states(table)
    assert states["performed", "women"] == states["persons", "women"] == "masked"
    least, most = possible(form, table, [("performed", "women")])["performed", "women"]
    assert most - least > 100


def test_nothing_is_masked_in_a_table_that_shows_small_numbers(catalogue: Catalogue) -> None:
    """A table of goods shows three exchanged shoes."""
    form = form_table(catalogue, "exchanges-by-fit")
    leaves = {(row.key, column.key): 3 for row in form.rows for column in form.columns}
    assert set(_states(_published(form, [in_full(form, leaves)])).values()) == {"shown"}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bounds_are_those_of_an_integer_program_solver(data: st.DataObject) -> None:
    """The least and greatest whole value agree with SciPy's solver, for any few equations, unless it gives up."""
    optimize = import_module("scipy.optimize")
    count = data.draw(st.integers(1, 6))
    true = data.draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    least = tuple(data.draw(st.integers(0, value)) for value in true)
    lines = data.draw(st.lists(st.lists(st.sampled_from((-1, 0, 1)), min_size=count, max_size=count), max_size=5))
    most = {at: value + data.draw(st.integers(0, 4)) for at, value in enumerate(true)}
    totals = [sum(factor * value for factor, value in zip(line, true, strict=True)) for line in lines]
    equations = tuple(
        Equation({at: factor for at, factor in enumerate(line) if factor}, total)
        for line, total in zip(lines, totals, strict=True)
    )
    try:
        found = list(bounds(Unknowns(least, equations, most), range(count)))
    except TooHardError:
        return
    limits = optimize.Bounds(least, [most[at] for at in range(count)])
    constraints = [optimize.LinearConstraint(line, total, total) for line, total in zip(lines, totals, strict=True)]
    for at in range(count):
        for sign, value in zip((1, -1), found[at], strict=True):
            aim = [sign * (number == at) for number in range(count)]
            solved = optimize.milp(
                aim,
                constraints=constraints or None,
                integrality=[1] * count,
                bounds=limits,
                options={"presolve": False},
            )
            assert round(solved.fun) * sign == value


def test_a_number_without_a_greatest_value_is_said_to_have_none() -> None:
    """Of two unknown parts of an unknown total, each can be as large as it likes."""
    unknowns = Unknowns((1, 1, 1), (Equation({0: 1, 1: 1, 2: -1}, 0),))
    assert list(bounds(unknowns, [0, 2])) == [(1, None), (2, None)]


def test_sums_that_contradict_each_other_are_said_to() -> None:
    """No value is both 3 and 4."""
    with pytest.raises(ContradictionError):
        list(bounds(Unknowns((0,), (Equation({0: 1}, 3), Equation({0: 1}, 4))), [0]))
