"""What a selection asks of a supplier: documents, hours and reports. An estimate of showing, not of doing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from procurement_equality.catalogue.model import Table
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Text
from procurement_equality.catalogue.wording import sentences
from procurement_equality.checks.unit_costs import Between, Minutes, UnitCosts, unit_costs
from procurement_equality.procurement.adaptation import adapt
from procurement_equality.procurement.selection import Clause, Selection

_HANDED_IN = ("document", "declaration", "register")
"""Methods by which something is handed in even where no question asks for an attachment."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range of whole minutes or kronor: adding is exact."""

    low: int = 0
    high: int = 0

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __mul__(self, times: int) -> Span:
        return Span(self.low * times, self.high * times)


@dataclass(frozen=True, slots=True)
class ClauseBurden:
    """What one clause asks of a supplier. Times are in minutes."""

    id: str
    title: Text
    method: str
    first_year: Span
    """Reading, making what is shown, the self-assessment and the follow-ups of the first year."""
    later: Span
    """The follow-ups of the rest of the term."""
    documents: tuple[int, int]
    """Documents handed in: in the first year, and later."""
    reports: tuple[int, ...]
    """When it is followed up, in months from the start of the contract, within the term."""
    small_supplier: Text
    """What is enough from a small supplier."""
    saved: Span
    """How much that shortens the first year; nothing where the words do not say."""

    @property
    def total(self) -> Span:
        """Give the minutes of the whole term."""
        return self.first_year + self.later


@dataclass(frozen=True, slots=True)
class Burden:
    """What a selection asks of one supplier. Everything is the sum of its clauses."""

    clauses: tuple[ClauseBurden, ...]
    value: int
    """Kronor for the whole term."""
    months: int
    hourly_cost: Span
    """Kronor."""
    headcount: int | None = None
    """The number of employees that it is estimated for: what does not concern such a firm is not in it."""

    @property
    def first_year(self) -> Span:
        """Give the minutes of the first year."""
        return _sum(clause.first_year for clause in self.clauses)

    @property
    def total(self) -> Span:
        """Give the minutes of the whole term."""
        return _sum(clause.total for clause in self.clauses)

    @property
    def following_year(self) -> Span:
        """Give the minutes of each year after the first, on average; none where the term is a year or less."""
        later, years = _sum(clause.later for clause in self.clauses), -(-self.months // 12) - 1
        return Span(later.low // years, later.high // years) if years > 0 else Span()

    @property
    def documents(self) -> tuple[int, int]:
        """Give the documents handed in: in the first year, and over the whole term."""
        first = sum(clause.documents[0] for clause in self.clauses)
        return first, first + sum(clause.documents[1] for clause in self.clauses)

    @property
    def reports_per_year(self) -> int:
        """Give the recurring reports of a whole year: the second, or the first where there is no second."""
        return sum(1 for clause in self.clauses for month in clause.reports if self._recurs(month))

    @property
    def occasions_per_year(self) -> int:
        """Give the different months in which those reports are due."""
        return len({month for clause in self.clauses for month in clause.reports if self._recurs(month)})

    @property
    def cost(self) -> Span:
        """Give the kronor of the whole term."""
        total = self.total
        return Span(total.low * self.hourly_cost.low // 60, total.high * self.hourly_cost.high // 60)

    @property
    def share(self) -> tuple[float, float]:
        """Give the cost as a share of the contract's value, in per cent."""
        cost = self.cost
        return 100 * cost.low / self.value, 100 * cost.high / self.value

    @property
    def per_employee(self) -> Span | None:
        """Give the minutes of the first year for each employee, where the number of employees is known."""
        if not self.headcount:
            return None
        return Span(self.first_year.low // self.headcount, self.first_year.high // self.headcount)

    def heaviest(self, number: int) -> tuple[ClauseBurden, ...]:
        """Give the clauses that weigh most over the term, the heaviest first."""
        return tuple(sorted(self.clauses, key=lambda clause: (-clause.total.high, clause.id))[:number])

    def _recurs(self, month: int) -> bool:
        return 12 < month <= 24 if self.months > 12 else 0 < month <= 12


def burden_of(selection: Selection, headcount: int | None = None, costs: UnitCosts | None = None) -> Burden:
    """Estimate what a selection asks of one supplier, of any size or with so many employees.

    What does not concern a firm of that size is not counted, and one that is small gives what is enough from it.
    """
    costs = costs or unit_costs()
    left_out = adapt(selection, headcount).names
    small = headcount is not None and headcount < costs.small_supplier.fewer_than.employees
    made = tuple(
        _clause(selection, clause, left_out, costs, small=small)
        for clause in selection.clauses
        if clause.requirement.id not in left_out
    )
    procurement, hourly = selection.procurement, costs.hourly_cost.kronor
    return Burden(made, procurement.value, procurement.months, Span(hourly.at_least, hourly.at_most), headcount)


def by_headcount(selection: Selection, costs: UnitCosts | None = None) -> tuple[Burden, ...]:
    """Estimate for firms of the sizes that the data name, as far as the buyer expects firms of that size."""
    costs = costs or unit_costs()
    expected = selection.procurement.supplier_headcount
    sizes = set(costs.headcounts.employees)
    if expected is not None:
        at_most = expected.at_most or max(*sizes, expected.at_least)
        sizes = {size for size in sizes if expected.at_least <= size <= at_most} | {at_most}
    return tuple(burden_of(selection, size, costs) for size in sorted(sizes))


def _clause(
    selection: Selection, clause: Clause, left_out: Collection[str], costs: UnitCosts, *, small: bool
) -> ClauseBurden:
    requirement, months = clause.requirement, selection.procurement.months
    asked = [q for q in requirement.questions if f"{requirement.id}.{q.key}" not in left_out]
    tables = selection.catalogue.tables
    answering = _sum(_answer(question, tables[question.table] if question.table else None, costs) for question in asked)
    method, when = requirement.follow_up.method, requirement.follow_up.when
    due = tuple(_due(clause, months))
    first = sum(1 for month in due if month <= 12)
    with_tender = 1 if when.with_tender else 0
    making, saved = _making(clause, costs) if due or with_tender else (Span(), Span())
    tables_first = _span(costs.table.first_time) * sum(1 for question in asked if question.table)
    each = answering + _span(costs.each_time[method])
    attached = sum(1 for question in asked if question.type == "attachment") or (1 if method in _HANDED_IN else 0)
    first_year = (
        _span(costs.reading) + making + tables_first + answering
        + _span(costs.each_time[method]) * with_tender + each * first
    )  # fmt: skip
    return ClauseBurden(
        requirement.id,
        requirement.title,
        method,
        Span(first_year.low - saved.low, first_year.high - saved.high) if small else first_year,
        each * (len(due) - first),
        (attached * (first + with_tender), attached * (len(due) - first)),
        due,
        requirement.evidence.small_supplier,
        saved,
    )


def _due(clause: Clause, months: int) -> Iterator[int]:
    """Yield when a clause is followed up during the term."""
    first, interval = clause.months_after_start, clause.requirement.follow_up.when.then_every_months
    if first is None:
        return
    yield from range(first, months + 1, interval) if interval else [first] if first <= months else []


def _answer(question: Question, table: Table | None, costs: UnitCosts) -> Span:
    """Give the time to answer a question once. Totals of a table are worked out from the other cells."""
    answer = _span(costs.questions[question.type])
    if table is None:
        return answer
    rows = sum(1 for row in table.rows if not row.sum_of) or table.spare_rows
    columns = sum(1 for column in table.columns if not column.sum_of)
    return answer + _span(costs.table.cell) * (rows * columns)


def _making(clause: Clause, costs: UnitCosts) -> tuple[Span, Span]:
    """Give the time to make what is shown the first time, and how much of it a small supplier is spared."""
    whole = _span(costs.making[clause.requirement.follow_up.method])
    least = _enough(clause.requirement.evidence.small_supplier.sv, costs)
    if least is None:
        return whole, Span()
    return whole, Span(max(0, whole.low - least.low), max(0, whole.high - least.high))


def _enough(words: str, costs: UnitCosts) -> Span | None:
    """Give how long it takes to make what is enough from any small supplier, where the words say it."""
    for sentence in (each.strip().lower() for each in sentences(words)):
        if not sentence.startswith(costs.small_supplier.conditional):
            for enough in costs.small_supplier.enough:
                if any(phrase in sentence for phrase in enough.phrases):
                    return _span(enough)
    return None


def _span(cost: Minutes) -> Span:
    return _between(cost.minutes)


def _between(between: Between) -> Span:
    return Span(between.at_least, between.at_most)


def _sum(spans: Iterable[Span]) -> Span:
    total = Span()
    for span in spans:
        total += span
    return total


def rounded(number: float) -> int:
    """Round so that an estimate does not look exact: 119 is 100, 73 is 75, 92 326 is 90 000."""
    whole = round(number)
    step: int = max(1, 10 ** (len(str(whole)) - 1) // 2)
    return round(whole / step) * step
