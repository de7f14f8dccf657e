"""The statistics of a report: tables by sex as texts, and the charts of what may be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procurement_equality.answers.statistics.model import Cell, Rate, RowStatistics, Statistics, TableStatistics
from procurement_equality.answers.statistics.view import cell_text, reading_words, row_label, words
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.charts import Chart, available, by_sex
from procurement_equality.documents.form import View
from procurement_equality.documents.numbers import number

_NOTHING = "–"


def statistics_views(
    statistics: Statistics, language: Language, text: Mapping[str, str]
) -> Iterator[tuple[View, tuple[Chart, ...]]]:
    """Give each table as texts, with the charts of its rates; `text` is the report's word list."""
    for table in statistics.tables:
        if table.suppliers:
            yield _table(table, language, text), _charts(table, language, text)


def certain_differences(statistics: Statistics) -> Iterator[tuple[TableStatistics, RowStatistics, Rate]]:
    """Give every rate in which women and men certainly differ."""
    for table in statistics.tables:
        for row in table.rows:
            for rate in row.rates:
                if rate.difference.reading in ("women-higher", "men-higher"):
                    yield table, row, rate


def _table(table: TableStatistics, language: Language, text: Mapping[str, str]) -> View:
    columns = [words(column.label, language) for column in table.columns]
    width = min(16, 64 // len(columns))
    return {
        "question": table.question,
        "title": words(table.title, language),
        "unit": words(table.unit, language),
        "period": words(table.period, language),
        "definition": words(table.definition, language),
        "row_heading": words(table.row_heading, language),
        "columns": columns,
        "width": width,
        "first_width": 100 - width * len(columns),
        "suppliers": number(table.suppliers, language),
        "rows": [_row(table, row, language) for row in table.rows],
        "shares": [_share(row, language) for row in table.rows if row.shares],
        "rates": [_rate(table, row, rate, language, text) for row in table.rows for rate in row.rates if rate.per_cent],
        "notes": [note.words(language) for note in table.notes],
        "has_masked": any(cell.state == "masked" for row in table.rows for cell in row.cells.values()),
        "has_change": any(cell.change is not None for row in table.rows for cell in row.cells.values()),
    }


def _row(table: TableStatistics, row: RowStatistics, language: Language) -> View:
    unit = words(row.unit, language)
    label = row_label(row, language)
    return {
        "label": label if unit == words(table.unit, language) else f"{label} ({unit})",
        "cells": [_cell(row.cells[column.key], language) for column in table.columns],
        "changes": [_signed(row.cells[column.key].change, language) for column in table.columns],
    }


def _cell(cell: Cell, language: Language) -> str:
    if cell.state == "shown" and cell.value is not None:
        return number(cell.value, language)
    told = cell_text(cell, language)
    return _NOTHING if told is None else str(told)


def _signed(change: float | None, language: Language) -> str:
    """Write a change with its sign."""
    if change is None:
        return _NOTHING
    return ("+" if change > 0 else "") + number(round(change, 1), language)


def _share(row: RowStatistics, language: Language) -> View:
    return {
        "label": row_label(row, language),
        "women": _per_cent(row.shares.get("women"), language),
        "men": _per_cent(row.shares.get("men"), language),
        "change": _signed(row.share_change.get("women"), language),
    }


def _rate(table: TableStatistics, row: RowStatistics, rate: Rate, language: Language, text: Mapping[str, str]) -> View:
    found = rate.difference
    interval = ""
    if found.low is not None and found.high is not None:
        low, high = (number(round(each, 1), language) for each in (found.low, found.high))
        interval = text["interval"].replace("{low}", low).replace("{high}", high)
    return {
        "label": _rate_label(table, row, rate, language, text),
        "women": _per_cent(rate.per_cent.get("women"), language),
        "men": _per_cent(rate.per_cent.get("men"), language),
        "difference": _signed(found.points, language) if found.points is not None else _NOTHING,
        "interval": interval,
        "reading": reading_words(found, language),
    }


def _rate_label(
    table: TableStatistics, row: RowStatistics, rate: Rate, language: Language, text: Mapping[str, str]
) -> str:
    """Say what a rate is: "Har gått utbildningen, av Personal"."""
    base = next((each for each in table.rows if each.key == rate.base), None) if rate.along == "rows" else None
    label = row_label(row, language)
    return (
        label if base is None else text["rate_of"].replace("{row}", label).replace("{base}", row_label(base, language))
    )


def _per_cent(value: float | None, language: Language) -> str:
    return _NOTHING if value is None else f"{number(round(value, 1), language)}\u00a0%"


def _charts(table: TableStatistics, language: Language, text: Mapping[str, str]) -> tuple[Chart, ...]:
    """Draw the rates of a table in which both women's and men's are shown."""
    rows = [
        (_rate_label(table, row, rate, language, text), rate.per_cent["women"], rate.per_cent["men"])
        for row in table.rows
        for rate in row.rates
        if "women" in rate.per_cent and "men" in rate.per_cent
    ]
    if not rows or not available():
        return ()
    return by_sex(words(table.title, language), rows, "%", language)
