"""Statistics as plain rows, one a cell, for a spreadsheet or a table in a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procurement_equality.answers.statistics.model import (
    Cell,
    Column,
    Rate,
    RowStatistics,
    Sex,
    Statistics,
    TableStatistics,
    Words,
)
from procurement_equality.answers.statistics.uncertainty import Difference, Reading
from procurement_equality.catalogue.text import Language
from procurement_equality.findings.words import sentence

Field = str | int | float | None

HEADINGS = (
    "note.statistics-head-question", "note.statistics-head-table", "note.statistics-head-row",
    "note.statistics-head-column", "note.statistics-head-unit", "note.statistics-head-value",
    "note.statistics-head-suppliers", "note.statistics-head-not-counted", "note.statistics-head-share",
    "note.statistics-head-rate", "note.statistics-head-difference", "note.statistics-head-low",
    "note.statistics-head-high", "note.statistics-head-reading", "note.statistics-head-change",
    "note.statistics-head-rate-change",
)  # fmt: skip

_READINGS: Mapping[Reading, str] = {
    "women-higher": "note.statistics-women-higher",
    "men-higher": "note.statistics-men-higher",
    "no-certain-difference": "note.statistics-no-certain-difference",
    "too-few": "note.statistics-too-few",
    "not-persons": "note.statistics-not-persons",
    "no-library": "note.statistics-no-library",
    "not-known": "note.statistics-not-known",
}


def heading(language: Language) -> tuple[str, ...]:
    """Give the heading of each column of `rows`."""
    return tuple(sentence(code, language) for code in HEADINGS)


def rows(statistics: Statistics, language: Language) -> Iterator[tuple[Field, ...]]:
    """Give one row a cell, in the order of `heading`: numbers as numbers, rounded; a masked one as a word.

    Shares and rates are per cent with one decimal, differences and changes of rates percentage points. The difference
    between women and men stands on the row of women.
    """
    for table in statistics.tables:
        for row in table.rows:
            for column in table.columns:
                yield _row(table, row, column, language)


def cell_text(cell: Cell, language: Language) -> str | int | float | None:
    """Give what stands in a cell: its value, "minst 12", "dolt", or None where no supplier has given a number."""
    if cell.state == "masked":
        return sentence("note.statistics-masked", language)
    if cell.state == "not-added":
        return sentence("note.statistics-not-added", language)
    if cell.state == "at-least":
        value = str(cell.value)
        return sentence("note.statistics-at-least", language, value_sv=value.replace(".", ","), value_en=value)
    return cell.value


def reading_words(difference: Difference, language: Language) -> str:
    """Say what a difference means, in plain words."""
    return sentence(_READINGS[difference.reading], language)


def row_label(row: RowStatistics, language: Language) -> str:
    """Give a row's label; words that say so where it is masked."""
    return words(row.label, language) or sentence("note.statistics-own-row-masked", language)


def words(text: Words, language: Language) -> str:
    """Give a text in a language, or in the other where no form came back in it."""
    return text.get(language) or next(iter(text.values()), "")


def _row(table: TableStatistics, row: RowStatistics, column: Column, language: Language) -> tuple[Field, ...]:
    cell, sex = row.cells[column.key], column.sex
    rate = row.rates[0] if row.rates and sex is not None else None
    return (
        table.question,
        words(table.title, language),
        row_label(row, language),
        words(column.label, language),
        words(row.unit, language),
        cell_text(cell, language),
        cell.suppliers,
        (cell.hidden or 0) + (cell.not_counted or 0) if cell.hidden is not None else None,
        _rounded(row.shares.get(sex) if sex else None),
        _rounded(rate.per_cent.get(sex) if rate and sex else None),
        *_difference(rate, sex, language),
        cell.change,
        _rounded(rate.change.get(sex) if rate and sex else None),
    )


def _difference(rate: Rate | None, sex: Sex | None, language: Language) -> tuple[Field, ...]:
    if rate is None or sex != "women":
        return (None,) * 4
    found = rate.difference
    points = (_rounded(found.points), _rounded(found.low), _rounded(found.high))
    return (*points, reading_words(found, language))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
