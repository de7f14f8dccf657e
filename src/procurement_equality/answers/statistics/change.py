"""What has changed since the year before, where both years show it and mean the same by it."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.answers.response import Note
from procurement_equality.answers.statistics.model import Cell, Rate, RowStatistics, Sex, TableStatistics

_CHANGED = "note.statistics-definition-changed"


def with_change(table: TableStatistics, before: TableStatistics | None) -> TableStatistics:
    """Give a table with what has changed; with a note in its place where the two do not compare."""
    if before is None:
        return table
    if not _comparable(table, before):
        notes = (*table.notes, Note(code="note.statistics-not-comparable"))
        return table.model_copy(update={"notes": notes})
    earlier = {row.key: row for row in before.rows if not row.own}
    rows = tuple(_row(row, earlier[row.key]) if not row.own and row.key in earlier else row for row in table.rows)
    return table.model_copy(update={"rows": rows})


def _comparable(table: TableStatistics, before: TableStatistics) -> bool:
    """Say whether two tables mean the same: in structure, and word for word in a language that both have."""
    shared = table.definition.keys() & before.definition.keys()
    same = all(
        table.definition[language] == before.definition[language] and table.unit[language] == before.unit[language]
        for language in shared
    )
    whole = all(note.code != _CHANGED for note in (*table.notes, *before.notes))
    return bool(shared) and same and whole and table.structure == before.structure and table.table == before.table


def _row(row: RowStatistics, before: RowStatistics) -> RowStatistics:
    if row.unit.items().isdisjoint(before.unit.items()):
        return row
    cells = {key: _cell(cell, before.cells.get(key)) for key, cell in row.cells.items()}
    earlier = {(rate.base, rate.along): rate for rate in before.rates}
    rates = tuple(_rate(rate, earlier.get((rate.base, rate.along))) for rate in row.rates)
    changed = {"cells": cells, "rates": rates, "share_change": _points(row.shares, before.shares)}
    return row.model_copy(update=changed)


def _cell(cell: Cell, before: Cell | None) -> Cell:
    if before is None or cell.state != "shown" or before.state != "shown":
        return cell
    if cell.value is None or before.value is None:
        return cell
    change = cell.value - before.value
    return cell.model_copy(update={"change": change if isinstance(change, int) else round(change, 4)})


def _rate(rate: Rate, before: Rate | None) -> Rate:
    return rate if before is None else rate.model_copy(update={"change": _points(rate.per_cent, before.per_cent)})


def _points(now: Mapping[Sex, float], before: Mapping[Sex, float]) -> Mapping[Sex, float]:
    return {sex: value - before[sex] for sex, value in now.items() if sex in before}
