"""Statistics by sex: what counts, what is noted, what is compared, and what it says."""

from __future__ import annotations

import datetime
import random
import sys

import pytest
from table_answers import DAY, Given, Place, form_table, in_full, response

from procurement_equality import Catalogue
from procurement_equality.answers.manifest import FormTable
from procurement_equality.answers.response import Note
from procurement_equality.answers.statistics.model import RowStatistics, Statistics, TableStatistics
from procurement_equality.answers.statistics.tabulate import tabulate
from procurement_equality.answers.statistics.totals import MOST_OWN_ROWS, Totals, check_tables
from procurement_equality.answers.statistics.uncertainty import difference, holm, read_together
from procurement_equality.answers.statistics.view import cell_text, heading, reading_words, row_label, rows


@pytest.fixture(scope="module")
def participants(catalogue: Catalogue) -> FormTable:
    """Give the table of participants: staff, and of them trained."""
    return form_table(catalogue, "training-participants")


def _numbers(staff: tuple[Given, ...], trained: tuple[Given, ...]) -> dict[Place, Given]:
    keys = ("women", "men", "not_stated", "total")
    found = {("staff", key): value for key, value in zip(keys, staff, strict=True)}
    return found | {("trained", key): value for key, value in zip(keys, trained, strict=True)}


FULL = _numbers((40, 20, 0, 60), (30, 10, 0, 40))


def _tabulated(form: FormTable, *suppliers: dict[Place, Given]) -> TableStatistics:
    totals = Totals()
    for numbers in suppliers:
        totals.add(response(form, numbers), [form])
    return tabulate(totals, date=DAY).tables[0]


def _row(table: TableStatistics, key: str) -> RowStatistics:
    return next(row for row in table.rows if row.key == key)


def _codes(notes: tuple[Note, ...]) -> list[str]:
    return [note.code.removeprefix("note.statistics-") for note in notes]


def test_suppliers_are_added_up_with_shares_and_rates(participants: FormTable) -> None:
    """Two suppliers' numbers become one table: women's share of the row, and the trained of the staff, by sex."""
    table = _tabulated(participants, FULL, FULL)
    trained = _row(table, "trained")
    assert {key: cell.value for key, cell in trained.cells.items()} == {
        "women": 60, "men": 20, "not_stated": 0, "total": 80,
    }  # fmt: skip
    assert trained.cells["women"].suppliers == 2
    assert trained.shares == {"women": 75.0, "men": 25.0, "not_stated": 0.0}
    assert trained.rates[0].base == "staff"
    assert trained.rates[0].per_cent == {"women": 75.0, "men": 50.0, "total": pytest.approx(66.667, abs=0.001)}
    assert trained.rates[0].difference.points == 25.0
    assert _row(table, "staff").rates == ()


def test_an_answer_that_was_not_read_for_certain_counts_only_when_a_person_has_decided(
    participants: FormTable,
) -> None:
    """A number that could not be read leaves "at least", with how many suppliers; a decision takes its place."""
    unread = FULL | {("trained", "women"): "?", ("trained", "total"): "?"}
    cell = _row(_tabulated(participants, FULL, unread), "trained").cells["women"]
    assert (cell.state, cell.value, cell.suppliers, cell.not_counted) == ("at-least", 30, 1, 1)
    totals = Totals()
    totals.add(response(participants, FULL), [participants])
    name = f"{participants.name}.trained"
    decided = {f"{name}.women": 12, f"{name}.total": 22}
    totals.add(response(participants, unread), [participants], decided)
    cell = _row(tabulate(totals, date=DAY).tables[0], "trained").cells["women"]
    assert (cell.state, cell.value, cell.suppliers) == ("shown", 42, 2)


def test_a_hidden_number_makes_the_sum_at_least(participants: FormTable) -> None:
    """One supplier hides its men and leaves the totals empty: men are at least one more, and no rate is shown."""
    hiding = _numbers((40, "<5", 0, ""), (30, "<5", 0, ""))
    trained = _row(_tabulated(participants, FULL, FULL, hiding), "trained")
    assert (trained.cells["men"].state, trained.cells["men"].value, trained.cells["men"].hidden) == ("at-least", 21, 1)
    assert (trained.cells["total"].state, trained.cells["total"].value) == ("at-least", 110)
    assert "men" not in trained.rates[0].per_cent
    assert trained.rates[0].difference.reading == "not-known"


def test_what_an_empty_cell_must_be_is_worked_out(participants: FormTable) -> None:
    """An empty total is the sum of its parts, an empty part is 0 where the others make the total, and it is noted."""
    sparse = _numbers((40, 20, "", 60), (30, 10, 0, ""))
    totals = Totals()
    notes = totals.add(response(participants, sparse), [participants])
    table = tabulate(totals, date=DAY).tables[0]
    assert _codes(notes) == ["filled"]
    assert _row(table, "staff").cells["not_stated"].value == 0
    assert _row(table, "trained").cells["total"].value == 40


@pytest.mark.parametrize(
    ("change", "code", "data"),
    [
        ({("staff", "total"): 61}, "sum", {"expected_sv": "60", "found_sv": "61"}),
        ({("trained", "women"): 41, ("trained", "total"): 51}, "at-most", {"expected_sv": "40", "found_sv": "41"}),
        ({("trained", "women"): -1}, "negative", {"found_sv": "-1"}),
        ({("trained", "women"): 29.5}, "not-whole", {"found_sv": "29,5", "found_en": "29.5"}),
        ({("trained", "women"): 10**13}, "too-large", {}),
    ],
)
def test_numbers_that_do_not_agree_are_noted_and_do_not_count(
    participants: FormTable, change: dict[Place, Given], code: str, data: dict[str, str]
) -> None:
    """A wrong sum, a part larger than the whole, and impossible numbers are said with question and numbers."""
    totals = Totals()
    notes = totals.add(response(participants, FULL | change), [participants])
    assert code in _codes(notes)
    note = notes[_codes(notes).index(code)]
    assert data.items() <= note.data.items()
    assert note.data["question"].startswith(participants.name)
    assert note.words("sv")
    assert note.words("en")
    assert notes == check_tables(response(participants, FULL | change), [participants])
    assert _row(tabulate(totals, date=DAY).tables[0], "trained").cells["women"].state == "none"


def test_a_share_above_a_hundred_per_cent_is_noted(catalogue: Catalogue) -> None:
    """A pay gap of 120 per cent is said; columns in per cent are never added up."""
    form = form_table(catalogue, "pay-gap")
    numbers: dict[Place, Given] = {("spare1", "women"): 12, ("spare1", "men"): 8, ("spare1", "gap"): 120}
    totals = Totals()
    assert _codes(totals.add(response(form, numbers, {"spare1": "Undersköterska"}), [form])) == ["share"]
    cells = tabulate(totals, date=DAY).tables[0].rows[0].cells
    assert cells["gap"].state == "not-added"
    assert cells["women"].value == 12


def test_hours_may_be_rounded(catalogue: Catalogue) -> None:
    """Hours with decimals add up exactly, and a total may differ from its parts by their rounding."""
    form = form_table(catalogue, "granted-time")
    leaves = {(row.key, key): 0 for row in form.rows for key in ("women", "men", "not_stated")}
    numbers = in_full(form, leaves | {("persons", "women"): 10, ("persons", "men"): 10})
    part: dict[Place, Given] = {("performed", "women"): 100.1, ("performed", "men"): 50.2, ("performed", "total"): 150}
    totals = Totals()
    notes = [
        totals.add(
            response(form, numbers | part | {("granted", key): part["performed", key] for _, key in part}), [form]
        )
        for _ in range(10)
    ]
    assert set(notes) == {()}
    assert _row(tabulate(totals, date=DAY).tables[0], "performed").cells["women"].value == 1001


def test_the_rows_that_a_wrong_sum_binds_together_do_not_count_but_others_do(catalogue: Catalogue) -> None:
    """A wrong sum among complaints leaves deviations, which no check binds to them."""
    form = form_table(catalogue, "complaints-by-type")
    leaves = {(row.key, key): 10 for row in form.rows for key in ("women", "men", "not_stated")}
    table = _tabulated(form, in_full(form, leaves) | {("all", "women"): 99})
    assert _row(table, "treatment").cells["women"].state == "none"
    assert _row(table, "deviations").cells["women"].value == 10
    assert "not-counted" in _codes(table.notes)


def test_rows_that_suppliers_name_are_added_where_the_names_agree(catalogue: Catalogue) -> None:
    """The same name in capitals is one row; a row of few persons has no name; one that nobody named is noted."""
    form = form_table(catalogue, "staff")
    first: dict[Place, Given] = {
        ("spare1", k): v for k, v in zip(("women", "men", "not_stated", "total"), (8, 6, 0, 14), strict=True)
    }
    few: dict[Place, Given] = {
        ("spare2", k): v for k, v in zip(("women", "men", "not_stated", "total"), (1, 0, 0, 1), strict=True)
    }
    totals = Totals()
    totals.add(response(form, first | few, {"spare1": "Undersköterska", "spare2": "Tolk i teckenspråk"}), [form])
    totals.add(response(form, first, {"spare1": "undersköterska "}), [form])
    notes = totals.add(response(form, first), [form])
    assert _codes(notes) == ["unnamed-row"]
    own = [row for row in tabulate(totals, date=DAY).tables[0].rows if row.own]
    assert [row.label.get("sv") for row in own] == [None, "Undersköterska"]
    assert own[1].cells["women"].value == 16
    assert own[0].cells["women"].state == "masked"
    assert row_label(own[0], "sv") == "Egen rad (dold)"


def test_rows_that_suppliers_name_are_bounded(catalogue: Catalogue) -> None:
    """Thousands of names are not kept, and it is said how many are left out."""
    form = form_table(catalogue, "staff")
    totals = Totals()
    for number in range(MOST_OWN_ROWS + 10):
        totals.add(response(form, {("spare1", "women"): 10}, {"spare1": f"Yrke {number}"}), [form])
    table = tabulate(totals, date=DAY).tables[0]
    assert sum(row.own for row in table.rows) == MOST_OWN_ROWS
    left_out = next(note for note in table.notes if note.code == "note.statistics-own-rows-left-out")
    assert left_out.data == {"count": "10"}


def test_the_same_table_of_two_questions_is_two_tables(catalogue: Catalogue) -> None:
    """Six requirements ask for participants, each of its own training: they are never added together."""
    forms = [
        form_table(catalogue, "training-participants", name) for name in ("UTB-01.participants", "KOP-10.participants")
    ]
    totals = Totals()
    for form in forms:
        totals.add(response(form, FULL, manifest=form.name.ljust(64, "0")), [form])
    assert [table.question for table in tabulate(totals, date=DAY).tables] == [
        "KOP-10.participants",
        "UTB-01.participants",
    ]


def test_an_older_catalogue_adds_up_and_a_changed_definition_is_said(participants: FormTable) -> None:
    """Forms of two versions add up where keys agree; the changed definition is noted, and no year compares with it."""
    older = participants.model_copy(update={"definition": "Räkna alla."})
    totals = Totals()
    totals.add(response(participants, FULL, catalogue="se@1.10.0"), [participants])
    totals.add(response(older, FULL, catalogue="se@1.9.0", manifest="1" * 64), [older])
    result = tabulate(totals, date=DAY)
    assert _row(result.tables[0], "staff").cells["women"].value == 80
    assert "definition-changed" in _codes(result.tables[0].notes)
    assert result.tables[0].definition["sv"] == participants.definition
    again = tabulate(totals, date=DAY, before=result)
    assert "not-comparable" in _codes(again.tables[0].notes)


def test_few_suppliers_and_empty_tables_are_said(participants: FormTable) -> None:
    """With two suppliers each can work out the other's numbers; one who leaves all empty is counted apart."""
    table = _tabulated(participants, FULL, FULL, {})
    assert {"few-suppliers", "unanswered"} <= set(_codes(table.notes))
    assert (table.suppliers, table.unanswered) == (2, 1)


def test_totals_of_two_processes_are_those_of_one(catalogue: Catalogue) -> None:
    """Adding in two halves and merging them gives the same statistics as adding all, in whatever order."""
    form = form_table(catalogue, "staff")
    rng = random.Random(4)  # noqa: S311 - the same numbers in every run
    responses = []
    for number in range(12):
        leaves = {(row.key, column.key): rng.randint(0, 30) for row in form.rows for column in form.columns}
        own: dict[Place, Given] = {("spare1", "women"): rng.randint(0, 9)}
        responses.append(response(form, in_full(form, leaves) | own, {"spare1": ("Kock", "KOCK")[number % 2]}))
    whole, first, second = Totals(), Totals(), Totals()
    for number, one in enumerate(responses):
        whole.add(one, [form])
        (first if number % 2 else second).add(one, [form])
    first.merge(second)
    assert tabulate(first, date=DAY) == tabulate(whole, date=DAY)


def test_a_year_is_compared_with_the_one_before(participants: FormTable) -> None:
    """Values change by numbers, shares and rates by percentage points, after a round through JSON."""
    totals = Totals()
    totals.add(response(participants, FULL), [participants])
    before = tabulate(totals, date=DAY)
    totals = Totals()
    totals.add(response(participants, _numbers((40, 20, 0, 60), (34, 10, 0, 44))), [participants])
    before = Statistics.model_validate_json(before.model_dump_json())
    now = tabulate(totals, date=DAY.replace(year=2028), before=before)
    trained = _row(now.tables[0], "trained")
    assert trained.cells["women"].change == 4
    assert trained.rates[0].change["women"] == pytest.approx(10)
    assert trained.share_change["women"] == pytest.approx(100 * 34 / 44 - 75)
    assert now.compared_with == DAY


def test_nothing_is_compared_with_a_year_that_masks_it(participants: FormTable) -> None:
    """A change would give the masked number away, so there is none."""
    small, large = Totals(), Totals()
    small.add(response(participants, _numbers((40, 20, 0, 60), (3, 10, 0, 13))), [participants])
    large.add(response(participants, FULL), [participants])
    now = tabulate(large, date=DAY, before=tabulate(small, date=datetime.date(2026, 2, 1)))
    trained = _row(now.tables[0], "trained")
    assert trained.cells["women"].change is None
    assert trained.rates[0].change.keys() == {"total"}


def test_nothing_of_a_masked_number_is_left_in_the_result(participants: FormTable) -> None:
    """The result has no value, no number of suppliers, no share and no rate of what is masked."""
    table = _tabulated(participants, _numbers((40, 20, 0, 60), (3, 10, 0, 13)))
    trained = _row(table, "trained")
    masked = {key: cell for key, cell in trained.cells.items() if cell.state == "masked"}
    assert masked.keys() == {"women", "men"}
    assert all(cell.model_dump(exclude_defaults=True) == {"state": "masked"} for cell in masked.values())
    assert trained.shares.keys() == {"not_stated"}
    assert trained.rates[0].per_cent.keys() == {"total"}


@pytest.mark.parametrize(
    ("women", "men", "reading"),
    [
        ((90, 100), (50, 100), "women-higher"),
        ((50, 100), (90, 100), "men-higher"),
        ((50, 100), (52, 100), "no-certain-difference"),
        ((9, 9), (0, 100), "too-few"),
    ],
)
def test_a_difference_is_read_in_plain_words(women: tuple[int, int], men: tuple[int, int], reading: str) -> None:
    """A difference is certain, not certain, or of too few to say anything; both languages have words for it."""
    found = read_together([difference(women, men)])[0]
    assert found.reading == reading
    assert reading_words(found, "sv") != reading_words(found, "en")


def test_the_interval_is_newcombes() -> None:
    """56 of 70 against 48 of 80 gives 20 points, from 5.24 to 33.39 (Newcombe 1998, table II, method 10)."""
    found = difference((56, 70), (48, 80))
    assert found.points == pytest.approx(20)
    assert found.low == pytest.approx(5.24, abs=0.01)
    assert found.high == pytest.approx(33.39, abs=0.01)


def test_several_comparisons_raise_what_it_takes() -> None:
    """Holm's method: the least is multiplied by their number, the next by one less, and none falls below another."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    alone = difference((30, 100), (17, 100))
    assert read_together([alone])[0].reading == "women-higher"
    assert read_together([alone] * 3)[0].reading == "no-certain-difference"


def test_without_scipy_the_difference_is_given_without_certainty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The points are there, and the words say that the extra is not installed."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    found = difference((90, 100), (50, 100))
    assert found.points == pytest.approx(40)
    assert (found.low, found.reading) == (None, "no-library")
    assert "statistics" in reading_words(found, "en")


def test_certainty_is_not_reckoned_of_hours_and_columns_compare_by_sex(catalogue: Catalogue) -> None:
    """Late journeys compare women and men by column, without an interval: one person travels many times."""
    form = form_table(catalogue, "journeys-by-sex-and-age")
    leaves = {(row.key, column.key): 100 for row in form.rows for column in form.columns}
    leaves |= {(row.key, "women_late"): 30 for row in form.rows} | {(row.key, "men_late"): 20 for row in form.rows}
    rate = next(rate for rate in _row(_tabulated(form, in_full(form, leaves)), "all").rates if rate.along == "columns")
    assert (rate.base, rate.per_cent["women"]) == ("late", 30.0)
    assert rate.difference.points == pytest.approx(10)
    assert rate.difference.reading == "not-persons"
    assert rate.difference.low is None


def test_the_result_is_plain_rows_for_a_spreadsheet(participants: FormTable) -> None:
    """One row a cell, as wide as the heading, numbers as numbers, and words for what is masked or at least."""
    totals = Totals()
    totals.add(response(participants, FULL), [participants])
    totals.add(response(participants, _numbers((40, "<5", 0, ""), ("", "", 0, ""))), [participants])
    result = tabulate(totals, date=DAY)
    for language in ("sv", "en"):
        listed = list(rows(result, language))
        assert len(listed) == 8
        assert {len(row) for row in listed} == {len(heading(language))}
    texts = [row[5] for row in rows(result, "sv")]
    assert texts[0] == 80
    assert texts[1] == "minst 21"
    masked = _tabulated(participants, _numbers((40, 20, 0, 60), (3, 10, 0, 13)))
    assert cell_text(_row(masked, "trained").cells["women"], "sv") == "dolt"
    assert cell_text(_row(masked, "trained").cells["women"], "en") == "masked"
