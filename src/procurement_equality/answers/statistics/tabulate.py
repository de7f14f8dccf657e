"""From what has been added up to statistics that may be published: masked, with shares, rates and differences."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from procurement_equality.answers.manifest import FormRow, FormTable
from procurement_equality.answers.response import Note
from procurement_equality.answers.statistics.change import with_change
from procurement_equality.answers.statistics.model import (
    Cell,
    Column,
    RowStatistics,
    Statistics,
    TableStatistics,
    Words,
    sex_of,
)
from procurement_equality.answers.statistics.rates import rates_of, read_all, shares_of
from procurement_equality.answers.statistics.suppression import Count, Masking, Place, Relation, suppress
from procurement_equality.answers.statistics.table_reading import PERSONS, limits, scale_of, sums
from procurement_equality.answers.statistics.totals import TableKey, TableTotals, Tally, Totals
from procurement_equality.catalogue.text import Language

_FORM_HIDES = 4
"""The largest number that forms tell suppliers to hide."""
_FEW = 2
"""With so few suppliers, each can take its own numbers from the sum."""


def tabulate(
    totals: Totals,
    *,
    date: datetime.date,
    year: int | None = None,
    masking: Masking | None = None,
    before: Statistics | None = None,
) -> Statistics:
    """Make the statistics of what has been added up, masked, and compared with those of the year `before`."""
    masking = masking or Masking()
    tables = [read_all(_Tabulation(key, totals.tables[key], masking).result()) for key in sorted(totals.tables)]
    if before is not None:
        tables = [with_change(table, before.table(table.question)) for table in tables]
    return Statistics(
        date=date,
        year=year,
        masking=masking,
        suppliers=totals.suppliers,
        compared_with=before.date if before else None,
        tables=tuple(tables),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    label: Words
    unit: Words
    scale: int
    own: bool
    tallies: Mapping[str, Tally]

    @property
    def persons(self) -> bool:
        return any(unit.casefold() in PERSONS for unit in self.unit.values())


class _Tabulation:
    """One table question on its way from totals to a result."""

    def __init__(self, key: TableKey, totals: TableTotals, masking: Masking) -> None:
        self.question, self.table = key
        self.totals = totals
        self.masking = masking
        newest_first = sorted(totals.forms.items(), key=lambda item: (_version(item[0][0]), item[0][1]), reverse=True)
        self.forms = [form for _, form in newest_first]
        self.languages: dict[Language, FormTable] = {}
        for (_, language), form in newest_first:
            self.languages.setdefault(language, form)
        self.hidden = any(form.small_numbers == "hidden" for form in self.forms)
        self.columns = [column for column in self.forms[0].columns if column.type in ("number", "per-cent")]
        self.numbers = [column.key for column in self.columns if column.type == "number"]
        self.rows = [*self._asked_rows(), *self._own_rows()]

    def result(self) -> TableStatistics:
        """Give the table as it may be published."""
        masked = self._masked()
        rows = tuple(self._row(row, masked) for row in self.rows)
        form = self.forms[0]
        return TableStatistics(
            question=self.question,
            table=self.table,
            text=self._words("text"),
            title=self._words("title"),
            unit=self._words("unit"),
            period=self._words("period"),
            definition=self._words("definition"),
            row_heading=self._words("row_heading"),
            small_numbers="hidden" if self.hidden else "shown",
            structure=_structure(form),
            columns=tuple(self._column(column.key) for column in self.columns),
            rows=tuple(rates_of(row, rows, form) for row in rows),
            suppliers=self.totals.suppliers,
            unanswered=self.totals.unanswered,
            notes=tuple(self._notes()),
        )

    def _words(self, name: str) -> Words:
        return {language: getattr(form, name) for language, form in self.languages.items()}

    def _column(self, key: str) -> Column:
        labels = {language: c.label for language, f in self.languages.items() for c in f.columns if c.key == key}
        kind = next(column.type for column in self.columns if column.key == key)
        return Column(key=key, label=labels, type="number" if kind == "number" else "per-cent", sex=sex_of(key))

    def _asked_rows(self) -> Iterator[_Row]:
        """Give the rows that the forms ask for: the newest form's, then those that only an older one has."""
        asked: dict[str, FormRow] = {}
        for form in self.forms:
            for row in form.rows:
                if row.label is not None:
                    asked.setdefault(row.key, row)
        for key, row in asked.items():
            words = [(lang, f, r) for lang, f in self.languages.items() for r in f.rows if r.key == key]
            tallies = {column: self.totals.cells.get((key, column), Tally()) for column in self.numbers}
            label = {language: found.label or "" for language, _, found in words}
            unit = {language: found.unit or form.unit for language, form, found in words}
            yield _Row(key, label, unit, scale_of(self.forms[0], row), own=False, tallies=tallies)

    def _own_rows(self) -> Iterator[_Row]:
        """Give the rows that suppliers named themselves, by label."""
        for number, (_, own) in enumerate(sorted(self.totals.own.items()), 1):
            label: Words = dict.fromkeys(self.languages, own.label)
            tallies = {column: own.cells.get(column, Tally()) for column in self.numbers}
            yield _Row(f"own-{number}", label, self._words("unit"), own.scale, own=True, tallies=tallies)

    def _masked(self) -> frozenset[Place]:
        """Give the masked cells: small numbers, what gives them away, and what rests on few persons."""
        if not self.hidden:
            return frozenset()
        leaning = self._leaning()
        counts: dict[Place, Count] = {
            (row.key, column): self._count(row, tally, row.key in leaning)
            for row in self.rows
            for column, tally in row.tallies.items()
        }
        relations = list(self._relations())
        masked = suppress(counts, relations, self.masking)
        if not leaning:
            return masked
        few = {c for row in self.rows if row.persons for c in self.numbers if (row.key, c) in masked}
        scales = {row.key: row.scale for row in self.rows}
        for (key, column), count in counts.items():
            if key in leaning and column in few and (count.value or scales[key] > 1):
                counts[key, column] = replace(count, small=True)
        return suppress(counts, relations, self.masking)

    def _leaning(self) -> frozenset[str]:
        """Give the rows in another unit than persons, in a table that also counts the persons behind them."""
        asked = [row for row in self.rows if not row.own]
        counted = any(row.persons for row in asked)
        return frozenset(row.key for row in asked if counted and not row.persons)

    def _count(self, row: _Row, tally: Tally, leans: bool) -> Count:
        """Say what is known of a cell, in its smallest units."""
        threshold, quantity = self.masking.threshold, row.scale > 1
        missing = tally.hidden + tally.blank
        complete = not missing and not tally.waiting
        least = tally.total + (0 if quantity else tally.hidden)
        only_hidden = tally.hidden and not quantity and not tally.blank and not tally.waiting
        small = 0 < least < threshold * row.scale or (complete and least == 0 and self.masking.zeros)
        return Count(
            value=least,
            small=small and not (quantity and leans),
            complete=complete,
            secret=0 < missing < threshold,
            most=tally.total + _FORM_HIDES * tally.hidden if only_hidden else None,
            floor=0 if quantity or self.masking.zeros else 1,
            spread=(threshold - 2 or 1) * row.scale,
        )

    def _relations(self) -> Iterator[Relation]:
        """Give what binds the cells together, in any of the forms."""
        scales = {row.key: row.scale for row in self.rows}
        found: dict[Relation, None] = {}
        for form in self.forms:
            wholes = [(parts, total, True) for parts, total in sums(form)]
            wholes += [((part,), most, False) for part, most in limits(form)]
            for parts, total, whole in wholes:
                if len({scales.get(place[0]) for place in (*parts, total)}) == 1:
                    found[Relation(total, parts, whole)] = None
        for row in self.rows if self.totals.own else ():
            for column in self.forms[0].columns:
                if row.own and column.sum_of:
                    found[Relation((row.key, column.key), tuple((row.key, part) for part in column.sum_of))] = None
                if row.own and column.at_most:
                    found[Relation((row.key, column.at_most), ((row.key, column.key),), whole=False)] = None
        yield from found

    def _row(self, row: _Row, masked: frozenset[Place]) -> RowStatistics:
        cells = {c.key: self._cell(row, c.key, (row.key, c.key) in masked) for c in self.columns}
        label = row.label
        if row.own and self.hidden and not self._may_be_named(cells):
            label = {}
        shares = shares_of(cells)
        return RowStatistics(key=row.key, label=label, unit=row.unit, own=row.own, cells=cells, shares=shares)

    def _may_be_named(self, cells: Mapping[str, Cell]) -> bool:
        """Say whether a row that suppliers named shows every number, and enough persons for its label to be shown."""
        numbers = [cells[key] for key in self.numbers]
        enough = any((cell.value or 0) >= self.masking.threshold for cell in numbers)
        return enough and all(cell.state == "shown" for cell in numbers)

    def _cell(self, row: _Row, column: str, masked: bool) -> Cell:
        tally = row.tallies.get(column)
        if tally is None:
            return Cell(state="not-added")
        if masked:
            return Cell(state="masked")
        missing, waiting = tally.hidden + tally.blank, tally.waiting
        least = tally.total + (0 if row.scale > 1 else tally.hidden)
        value = least // row.scale if least % row.scale == 0 else least / row.scale
        counts = {"suppliers": tally.suppliers, "hidden": missing, "not_counted": waiting}
        if not tally.suppliers and not least:
            return Cell(state="none", **counts)
        return Cell(state="at-least" if missing or waiting else "shown", value=value, **counts)

    def _notes(self) -> Iterator[Note]:
        """Say what one must know of the figures."""
        totals = self.totals
        tallies = [tally for row in self.rows for tally in row.tallies.values()]
        if 0 < totals.suppliers <= _FEW:
            yield Note(code="note.statistics-few-suppliers", data={"count": str(totals.suppliers)})
        if _differ(self.totals.forms):
            versions = sorted({catalogue for catalogue, _ in totals.forms})
            yield Note(code="note.statistics-definition-changed", data={"versions": ", ".join(versions)})
        if waiting := max((tally.waiting for tally in tallies), default=0):
            yield Note(code="note.statistics-not-counted", data={"count": str(waiting)})
        if any(tally.hidden or tally.blank for tally in tallies):
            yield Note(code="note.statistics-hidden-by-suppliers")
        if totals.unanswered:
            yield Note(code="note.statistics-unanswered", data={"count": str(totals.unanswered)})
        if totals.own_rows_left_out:
            yield Note(code="note.statistics-own-rows-left-out", data={"count": str(totals.own_rows_left_out)})


def _version(catalogue: str) -> tuple[tuple[int, ...], str]:
    """Give what orders `id@version`."""
    parts = catalogue.rpartition("@")[2].split(".")
    return tuple(int(part) if part.isdigit() else 0 for part in parts), catalogue


def _structure(form: FormTable) -> str:
    """Give rows, columns and checks as one text."""
    rows = [[row.key, list(row.sum_of), row.at_most] for row in form.rows if row.label is not None]
    columns = [[column.key, column.type, list(column.sum_of), column.at_most] for column in form.columns]
    return json.dumps([form.small_numbers, rows, columns])


def _differ(forms: Mapping[tuple[str, Language], FormTable]) -> bool:
    """Say whether the table has not meant the same in all forms."""
    said: dict[Language, set[Sequence[str]]] = {}
    for (_, language), form in forms.items():
        said.setdefault(language, set()).add((form.unit, form.period, form.definition))
    return len({_structure(form) for form in forms.values()}) > 1 or any(len(texts) > 1 for texts in said.values())
