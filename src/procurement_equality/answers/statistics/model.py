"""Statistics by sex of all suppliers together, as they may be published: small numbers are masked already.

`totals.Totals` adds the responses up, `tabulate.tabulate` makes the result. Nothing masked is left in these models.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from procurement_equality.answers.response import Note
from procurement_equality.answers.statistics.suppression import Masking
from procurement_equality.answers.statistics.uncertainty import Difference
from procurement_equality.catalogue.text import Language, Model

Words = Mapping[Language, str]
"""A text in the languages of the forms that came back."""

Sex = Literal["women", "men", "not_stated", "total"]

_SEX: Mapping[str, Sex] = {
    "women": "women", "girls": "women", "girls_women": "women",
    "men": "men", "boys": "men", "boys_men": "men",
    "not_stated": "not_stated",
    "total": "total",
}  # fmt: skip


def sex_of(column: str) -> Sex | None:
    """Say whom a column counts, by its key; None where it is not split by sex."""
    return _SEX.get(column)


class Cell(Model):
    """A cell of all suppliers together.

    `shown`: the value. `at-least`: the value and an unknown number more. `masked`: nothing but that it is there.
    `none`: no supplier has given a number. `not-added`: a column in per cent, which cannot be added up.
    """

    state: Literal["shown", "at-least", "masked", "none", "not-added"]
    value: int | float | None = None
    suppliers: int | None = None
    """Suppliers whose numbers are in the value; None where it is masked, like the next two."""
    hidden: int | None = None
    """Suppliers who hide their number, or left the cell empty in a table that they filled in."""
    not_counted: int | None = None
    """Suppliers whose number waits for a person's decision, or contradicts their other numbers."""
    change: int | float | None = None
    """By how much the value has grown since the year before, where both are shown and mean the same."""


class Rate(Model):
    """A row as per cent of the row that it is part of, for each sex; or a column of the column that it is part of."""

    base: str
    """Key of the row that it is part of; or, among columns, what the part adds to the key (`late` of `women_late`)."""
    along: Literal["rows", "columns"]
    per_cent: Mapping[Sex, float]
    """Only where both numbers are shown."""
    difference: Difference
    change: Mapping[Sex, float] = {}
    """In percentage points since the year before."""


class RowStatistics(Model):
    """A row. `label` is empty where suppliers named the row themselves and it is masked."""

    key: str
    label: Words
    unit: Words
    own: bool = False
    """Whether suppliers named the row themselves."""
    cells: Mapping[str, Cell]
    """By column, in the table's order."""
    shares: Mapping[Sex, float] = {}
    """Women's and men's share of the row's total, in per cent, only where both are shown."""
    share_change: Mapping[Sex, float] = {}
    """In percentage points since the year before."""
    rates: tuple[Rate, ...] = ()


class Column(Model):
    """A column of numbers or of per cent."""

    key: str
    label: Words
    type: Literal["number", "per-cent"]
    sex: Sex | None


class TableStatistics(Model):
    """A table question, added up over all suppliers who were asked it."""

    question: str
    table: str
    """Id of the table in the catalogue."""
    text: Words
    """The question."""
    title: Words
    unit: Words
    period: Words
    definition: Words
    row_heading: Words
    small_numbers: Literal["hidden", "shown"]
    structure: str
    """Rows, columns and checks as one text: two years compare where it is the same, with the same definition."""
    columns: tuple[Column, ...]
    rows: tuple[RowStatistics, ...]
    suppliers: int
    """Suppliers who filled in some of the table."""
    unanswered: int
    """Suppliers who were asked and left all of it empty."""
    notes: tuple[Note, ...] = ()
    """What one must know of the figures: few suppliers, changed definitions, numbers not counted."""


class Statistics(Model):
    """The statistics of one follow-up."""

    version: Literal[1] = 1
    date: datetime.date
    """The day that the figures were put together: that no difference was found is a result of that day."""
    year: int | None = None
    masking: Masking
    suppliers: int
    """Suppliers whose responses were added up."""
    compared_with: datetime.date | None = None
    """The day of the statistics that `change` compares with."""
    tables: tuple[TableStatistics, ...]

    def table(self, question: str) -> TableStatistics | None:
        """Give the statistics of a table question; None where it was not asked."""
        return next((table for table in self.tables if table.question == question), None)
