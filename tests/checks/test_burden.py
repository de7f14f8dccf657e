"""What a selection asks of a supplier: sums that can be trusted, and ranges that do not pretend."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import get_args

import pytest
from base_cases import base_case
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from conftest import ROOT
from procurement_equality import Catalogue, Procurement, Selection, select
from procurement_equality.catalogue.requirement import FollowUp, Question
from procurement_equality.catalogue.text import Model
from procurement_equality.checks.burden import Burden, Span, burden_of, by_headcount, rounded
from procurement_equality.checks.unit_costs import Basis, Minutes, UnitCosts, unit_costs

CATALOGUE = Catalogue.load()
HOME_CARE = select(CATALOGUE, Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml"))
NUMBER = len(HOME_CARE.clauses)
HEADCOUNTS = st.sampled_from([None, 1, 9, 10, 24, 25, 100])


def part(indexes: Iterable[int]) -> Selection:
    """Give the home-care selection with these clauses only, in this order."""
    return HOME_CARE.model_copy(update={"clauses": tuple(HOME_CARE.clauses[index] for index in indexes)})


def only(identifier: str, **update: object) -> Selection:
    """Give the home-care selection with one clause, and other values of some fields."""
    clauses = tuple(clause for clause in HOME_CARE.clauses if clause.requirement.id == identifier)
    assert clauses, identifier
    return HOME_CARE.model_copy(update={"clauses": clauses, **update})


def flat(minutes: tuple[int, int] = (1, 2)) -> UnitCosts:
    """Give unit costs where everything takes the same time, so that sums can be made by hand."""
    one = {"at_least": minutes[0], "at_most": minutes[1]}
    data = unit_costs().model_dump(exclude_none=True)

    def level(value: object) -> object:
        if isinstance(value, dict):
            return {key: one if key == "minutes" else level(item) for key, item in value.items()}
        return tuple(level(item) for item in value) if isinstance(value, list | tuple) else value

    return UnitCosts.model_validate(level(data))


def figures(burden: Burden) -> tuple[int, ...]:
    """Give every total of an estimate as numbers."""
    return (
        burden.first_year.low, burden.first_year.high, burden.total.low, burden.total.high, *burden.documents,
        burden.reports_per_year, burden.occasions_per_year, burden.cost.low, burden.cost.high,
        burden.following_year.low, burden.following_year.high,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, NUMBER - 1)), st.integers(0, NUMBER - 1), HEADCOUNTS)
def test_one_requirement_more_never_lowers_a_total(chosen: set[int], more: int, headcount: int | None) -> None:
    """The estimate is monotone."""
    fewer = figures(burden_of(part(sorted(chosen - {more})), headcount))
    with_it = figures(burden_of(part(sorted(chosen | {more})), headcount))
    assert all(a <= b for a, b in zip(fewer, with_it, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, NUMBER - 1)), HEADCOUNTS)
def test_two_halves_add_up_to_the_whole(chosen: set[int], headcount: int | None) -> None:
    """The estimate is additive: exact in minutes, in documents and in reports."""
    rest = set(range(NUMBER)) - chosen
    one, two = (burden_of(part(sorted(each)), headcount) for each in (chosen, rest))
    whole = burden_of(part(range(NUMBER)), headcount)
    assert one.total + two.total == whole.total
    assert one.first_year + two.first_year == whole.first_year
    assert tuple(a + b for a, b in zip(one.documents, two.documents, strict=True)) == whole.documents
    assert one.reports_per_year + two.reports_per_year == whole.reports_per_year


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), HEADCOUNTS)
def test_the_order_of_requirements_does_not_matter(shuffle: random.Random, headcount: int | None) -> None:
    """The same requirements in another order give the same figures, and the same ones weigh most."""
    order = list(range(NUMBER))
    shuffle.shuffle(order)
    one, other = burden_of(HOME_CARE, headcount), burden_of(part(order), headcount)
    assert figures(one) == figures(other)
    assert one.heaviest(5) == other.heaviest(5)


def test_a_declaration_each_year_is_counted_as_by_hand() -> None:
    """AKT-02 has two questions and is followed up after 6, 18, 30 and 42 months of 48."""
    burden = burden_of(only("AKT-02"), costs=flat())
    reading, making, answering, submitting = 1, 1, 2, 1
    first = reading + making + answering + (answering + submitting)
    later = 3 * (answering + submitting)
    assert burden.first_year == Span(first, 2 * first)
    assert burden.total == Span(first + later, 2 * (first + later))
    assert burden.following_year == Span(later // 3, 2 * later // 3)
    assert burden.documents == (1, 4)
    assert (burden.reports_per_year, burden.occasions_per_year) == (1, 1)
    assert burden.clauses[0].reports == (6, 18, 30, 42)


def test_every_cell_of_a_table_is_counted_but_sums_are_not() -> None:
    """STA-02 asks for more the more cells its table has, and none for what the program adds up."""
    clause = next(clause for clause in HOME_CARE.clauses if clause.requirement.id == "STA-02")
    tables = [CATALOGUE.tables[q.table] for q in clause.requirement.questions if q.table]
    cells = sum(
        (sum(1 for row in table.rows if not row.sum_of) or table.spare_rows)
        * sum(1 for column in table.columns if not column.sum_of)
        for table in tables
    )
    assert cells > 10
    dearer = flat().model_copy(update={"table": flat().table.model_copy(update={"cell": flat((2, 2)).table.cell})})
    each_time = 1 + len(burden_of(only("STA-02")).clauses[0].reports)
    difference = burden_of(only("STA-02"), costs=dearer).total.low - burden_of(only("STA-02"), costs=flat()).total.low
    assert difference == cells * each_time


def test_what_comes_after_the_contract_is_not_counted() -> None:
    """A contract of five months never reaches a follow-up after six."""
    procurement = HOME_CARE.procurement.model_copy(update={"months": 5})
    burden = burden_of(only("AKT-02", procurement=procurement), costs=flat())
    assert burden.clauses[0].reports == ()
    assert burden.total == Span(3, 6), "reading and the self-assessment"
    assert burden.following_year == Span()
    assert burden.documents == (0, 0)


@pytest.mark.parametrize(("headcount", "concerned"), [(5, "AKT-02"), (24, "AKT-02"), (25, "AKT-01"), (100, "AKT-01")])
def test_what_does_not_concern_a_size_is_not_counted(headcount: int, concerned: str) -> None:
    """A firm is asked for its documentation or for a declaration, never for both."""
    counted = {clause.id for clause in burden_of(HOME_CARE, headcount).clauses}
    assert {"AKT-01", "AKT-02"} & counted == {concerned}
    assert {"AKT-01", "AKT-02"} <= {clause.id for clause in burden_of(HOME_CARE).clauses}


def test_before_a_headcount_rule_was_in_force_nothing_is_left_out_for_it() -> None:
    """The rules are those of the procurement's date."""
    before = HOME_CARE.model_copy(update={"headcount": {}})
    assert len(burden_of(before, 5).clauses) == NUMBER


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 24))
def test_what_is_enough_from_a_small_supplier_never_costs_more(headcount: int) -> None:
    """A small supplier is spared something of the making, and never more than all of it."""
    large = {clause.id: clause for clause in burden_of(HOME_CARE).clauses}
    small = burden_of(HOME_CARE, headcount)
    alike = [clause for clause in small.clauses if clause.later == large[clause.id].later]
    assert len(alike) > 40
    for clause in alike:
        assert 0 <= clause.first_year.low <= large[clause.id].first_year.low
        assert 0 <= clause.first_year.high <= large[clause.id].first_year.high
        assert clause.first_year.low <= clause.first_year.high
    assert small.first_year.low < burden_of(HOME_CARE, 100).first_year.low


def test_most_texts_for_small_suppliers_say_how_much_is_enough() -> None:
    """The phrases know the words that the catalogue uses, so that the estimate does not exaggerate."""
    phrases = [phrase for enough in unit_costs().small_supplier.enough for phrase in enough.phrases]
    texts = [requirement.evidence.small_supplier.sv.lower() for requirement in CATALOGUE.requirements.values()]
    known = [text for text in texts if any(phrase in text for phrase in phrases)]
    assert len(known) / len(texts) > 0.65
    assert all(any(phrase in text for text in texts) for phrase in phrases), "a phrase that no text has is dead"


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        ("En sida räcker.", Span(120 - 60, 480 - 180)),
        ("Leverantör utan anställda lämnar ett e-brev. En sida räcker.", Span(120 - 60, 480 - 180)),
        ("Ett e-brev räcker. Annars räcker en sida.", Span(120 - 10, 480 - 45)),
        ("Den som har färre än tio anställda lämnar ett e-brev.", Span()),
        ("Allt lämnas som vanligt.", Span()),
    ],
)
def test_what_is_enough_is_read_from_the_first_sentence_that_is_about_everyone(words: str, spared: Span) -> None:
    """A page instead of a routine saves hours; what only some small suppliers may give saves nothing here."""
    selection = only("BRU-02")
    clause = selection.clauses[0]
    evidence = clause.requirement.evidence
    changed = evidence.model_copy(update={"small_supplier": evidence.small_supplier.model_copy(update={"sv": words})})
    requirement = clause.requirement.model_copy(update={"evidence": changed})
    other = selection.model_copy(update={"clauses": (clause.model_copy(update={"requirement": requirement}),)})
    assert requirement.follow_up.method == "document"
    assert burden_of(other).clauses[0].saved == spared


def test_sizes_follow_what_the_buyer_expects() -> None:
    """Firms that are not expected are not shown, and the largest expected one is."""
    assert [burden.headcount for burden in by_headcount(HOME_CARE)] == [5, 20, 100]
    small = base_case(CATALOGUE, "kurs-direkt", supplier_headcount={"at_most": 9}).selection
    large = base_case(CATALOGUE, "kurs-direkt", supplier_headcount={"at_least": 300}).selection
    middle = base_case(CATALOGUE, "kurs-direkt", supplier_headcount={"at_least": 10}).selection
    assert small is not None
    assert large is not None
    assert middle is not None
    assert [burden.headcount for burden in by_headcount(small)] == [5, 9]
    assert [burden.headcount for burden in by_headcount(large)] == [300]
    assert [burden.headcount for burden in by_headcount(middle)] == [20, 100]


def test_hours_for_each_employee() -> None:
    """The first year is shared by the employees; a firm of unknown size has no such figure."""
    burden = burden_of(HOME_CARE, 5)
    assert burden.per_employee == Span(burden.first_year.low // 5, burden.first_year.high // 5)
    assert burden_of(HOME_CARE).per_employee is None


def test_cost_and_share_follow_from_the_hours() -> None:
    """The lowest cost is the lowest time at the lowest hourly cost, and the share is of the value."""
    burden = Burden((), 1_000_000, 24, Span(400, 700))
    assert burden.cost == Span()
    made = burden_of(HOME_CARE)
    assert made.cost.low == made.total.low * 400 // 60
    assert made.share[1] == pytest.approx(100 * made.cost.high / 192_000_000)


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (7, 7), (12, 10), (73, 75), (119, 100), (453, 450), (92_326, 90_000), (9.6, 10)]
)
def test_rounding_does_not_pretend(number: float, shown: int) -> None:
    """A digit and a half is what an estimate can bear."""
    assert rounded(number) == shown


@given(st.integers(0, 10**9))
def test_rounding_stays_near(number: int) -> None:
    """What is shown is never more than a quarter away, and rounding it again changes nothing."""
    assert abs(rounded(number) - number) <= max(0.5, number / 4)
    assert rounded(rounded(number)) == rounded(number)


def test_every_method_and_type_of_question_has_its_cost() -> None:
    """Nothing that the catalogue can hold is left without a cost."""
    methods = set(get_args(FollowUp.model_fields["method"].annotation))
    types = set(get_args(Question.model_fields["type"].annotation))
    costs = unit_costs()
    assert set(costs.making) == set(costs.each_time) == methods
    assert set(costs.questions) == types


def test_every_value_says_what_it_rests_on_in_both_languages() -> None:
    """A source is one of the catalogue's, and what has none is marked as an assumption."""
    bases = list(_bases(unit_costs()))
    assert len(bases) > 40
    for basis in bases:
        assert basis.note.en is not None
        assert basis.assumption or basis.source in CATALOGUE.head.sources


def _bases(value: object) -> Iterable[Basis]:
    if isinstance(value, Basis):
        yield value
    inner: Iterable[object] = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    if isinstance(value, Model):
        inner = [getattr(value, name) for name in type(value).model_fields]
    for each in inner:
        yield from _bases(each)


def test_a_cost_needs_a_basis_and_a_range_that_rises() -> None:
    """A value that rests on nothing, or on two things, is refused."""
    note = {"sv": "x", "en": "x"}
    rising = {"at_least": 1, "at_most": 2}
    assert Minutes.model_validate({"minutes": rising, "assumption": True, "note": note}).minutes.at_most == 2
    for wrong in (
        {"minutes": rising, "note": note},
        {"minutes": rising, "note": note, "assumption": True, "source": "x"},
        {"minutes": {"at_least": 3, "at_most": 2}, "note": note, "assumption": True},
    ):
        with pytest.raises(ValidationError):
            Minutes.model_validate(wrong)
