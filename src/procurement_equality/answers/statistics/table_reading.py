"""One supplier's table as numbers that agree, and what does not agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from procurement_equality.answers.manifest import FormRow, FormTable
from procurement_equality.answers.response import Answer, Note, Status, Value

PERSONS = frozenset(
    ("personer", "persons", "barn och elever", "children and pupils", "barn", "children", "elever", "pupils")
)
"""Units that count persons, each once."""
QUANTITIES = frozenset(
    ("timmar", "hours", "minuter", "minutes", "dagar", "days", "kronor", "årsarbetare", "full-time equivalents")
)
"""Units that measure and do not count: decimals are right, and a small number is not a few persons."""

DECIMALS = 10_000
"""Quantities are kept as whole numbers of ten-thousandths, so that sums are exact."""

COUNTED: frozenset[Status] = frozenset({"ok", "recovered"})
"""The statuses whose numbers count without a person's decision."""

_HIDDEN = "note.hidden-small"
_LARGEST = 10**12
_OWN_LABEL = 120

State = Literal["given", "blank", "hidden", "waiting"]
"""A number; an empty cell; a number that the supplier hides; one that does not count until a person has decided."""
Place = tuple[str, str]
"""Row and column of a cell."""
CellRead = tuple[State, int]
"""State of a cell, and its number, or what it is at least."""


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of `parts`; it may differ by `rounding`."""

    parts: tuple[Place, ...]
    total: Place
    rounding: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A form's table, laid out once for all responses to the same form."""

    form: FormTable
    scales: Mapping[str, int]
    """Row to `DECIMALS`, where it is a quantity, or 1."""
    columns: tuple[str, ...]
    """Columns of numbers that add up."""
    names: tuple[tuple[Place, str], ...]
    """Every such cell with its question."""
    shares: tuple[str, ...]
    """Questions in per cent."""
    sums: tuple[Sum, ...]
    limits: tuple[tuple[Place, Place], ...]
    """Cells that are at most another."""
    linked: Mapping[str, frozenset[str]]
    """The rows that checks bind to each row, with itself."""

    @classmethod
    def of(cls, form: FormTable) -> Layout:
        """Lay a table out."""
        scales = {row.key: scale_of(form, row) for row in form.rows}
        columns = tuple(column.key for column in form.columns if column.type == "number")
        names = tuple(((row.key, key), f"{form.name}.{row.key}.{key}") for row in form.rows for key in columns)
        per_cent = [column.key for column in form.columns if column.type == "per-cent"]
        shares = tuple(f"{form.name}.{row.key}.{key}" for row in form.rows for key in per_cent)
        sums = tuple(_sums(form, scales, columns))
        return cls(form, scales, columns, names, shares, sums, _limits(form, scales), _linked(form.rows))


@dataclass(frozen=True, slots=True)
class TableRead:
    """A supplier's table: cells by row and column, labels of its own rows, and what was noted."""

    cells: Mapping[Place, CellRead]
    labels: Mapping[str, str]
    notes: tuple[Note, ...]
    answered: bool
    """Whether the supplier gave any number, or hid one."""


def scale_of(form: FormTable, row: FormRow) -> int:
    """Give how many parts a unit of the row is kept in: `DECIMALS` for a quantity, else 1."""
    return DECIMALS if (row.unit or form.unit).casefold() in QUANTITIES else 1


def sums(form: FormTable) -> Iterator[tuple[tuple[Place, ...], Place]]:
    """Give every sum of a table as parts and total: along its rows, then along its columns."""
    for row in form.rows:
        for column in form.columns:
            if column.sum_of:
                yield tuple((row.key, part) for part in column.sum_of), (row.key, column.key)
    for column in form.columns:
        for row in form.rows:
            if row.sum_of and column.type == "number":
                yield tuple((part, column.key) for part in row.sum_of), (row.key, column.key)


def limits(form: FormTable) -> Iterator[tuple[Place, Place]]:
    """Give every cell that is at most another, with that other."""
    numbers = [column for column in form.columns if column.type == "number"]
    for row in form.rows:
        for column in numbers:
            if row.at_most:
                yield (row.key, column.key), (row.at_most, column.key)
            if column.at_most:
                yield (row.key, column.key), (row.key, column.at_most)


def read_table(layout: Layout, answers: Mapping[str, Answer], decided: Mapping[str, Value]) -> TableRead:
    """Read a supplier's table. A number that a person has `decided` stands in for the answer; None leaves it out."""
    notes: list[Note] = []
    cells: dict[Place, CellRead] = {}
    answered = False
    for place, name in layout.names:
        cells[place] = cell = _cell(name, answers, decided, layout.scales[place[0]], notes)
        answered = answered or cell[0] != "blank"
    for name in layout.shares:
        _cell(name, answers, decided, DECIMALS, notes, 100)
    if not answered:
        return TableRead({}, {}, tuple(notes), answered=False)
    labels = _labels(layout, answers, cells, notes)
    if _agrees(layout, cells):
        return TableRead(cells, labels, tuple(notes), answered=True)
    _fill(layout, cells, notes)
    for row in sorted(_contradicted(layout, cells, notes)):
        for column in layout.columns:
            cells[row, column] = ("waiting", 0)
    _at_least(layout, cells)
    return TableRead(cells, labels, tuple(notes), answered=True)


def _cell(
    name: str,
    answers: Mapping[str, Answer],
    decided: Mapping[str, Value],
    scale: int,
    notes: list[Note],
    most: int = _LARGEST,
) -> CellRead:
    """Read one number; say what keeps it from counting."""
    answer = answers.get(name)
    if decided and name in decided:
        value = decided[name]
    elif answer is None:
        return "waiting", 0
    elif answer.status == "empty":
        return "blank", 0
    elif answer.status not in COUNTED:
        return "waiting", 0
    else:
        value = answer.value
        if value is None:
            hidden = any(note.code == _HIDDEN for note in answer.notes)
            return ("hidden" if hidden else "blank"), 0
    if type(value) is int and 0 <= value <= most:
        return "given", value * scale
    return _unusual(name, value, scale, notes, most)


def _unusual(name: str, value: Value, scale: int, notes: list[Note], most: int) -> CellRead:
    """Read a number that is not a whole one from 0 up."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return "waiting", 0
    data = {"question": name, **_both("found", value)}
    if value < 0:
        notes.append(Note(code="note.statistics-negative", data=data))
    elif value > most:
        code = "note.statistics-share" if most == 100 else "note.statistics-too-large"
        notes.append(Note(code=code, data=data))
    elif scale == 1 and value != int(value):
        notes.append(Note(code="note.statistics-not-whole", data=data))
    else:
        return "given", round(value * scale)
    return "waiting", 0


def _both(key: str, value: float) -> dict[str, str]:
    """Give a number as it is written in each language."""
    text = f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return {f"{key}_sv": text.replace(".", ","), f"{key}_en": text}


def _labels(
    layout: Layout, answers: Mapping[str, Answer], cells: dict[Place, CellRead], notes: list[Note]
) -> dict[str, str]:
    """Give the labels of the rows that the supplier named; a row with numbers and no label does not count."""
    labels: dict[str, str] = {}
    for row in layout.form.rows:
        if row.label is not None:
            continue
        answer = answers.get(f"{layout.form.name}.{row.key}.label")
        value = answer.value if answer is not None and answer.status in COUNTED else None
        label = " ".join(value.split())[:_OWN_LABEL] if isinstance(value, str) else ""
        used = any(cells[row.key, column][0] != "blank" for column in layout.columns)
        if label:
            labels[row.key] = label
        elif used:
            notes.append(Note(code="note.statistics-unnamed-row", data={"question": f"{layout.form.name}.{row.key}"}))
        if not (label and used):
            labels.pop(row.key, None)
            for column in layout.columns:
                del cells[row.key, column]
    return labels


def _agrees(layout: Layout, cells: Mapping[Place, CellRead]) -> bool:
    """Say whether every number is there and every check holds, as in most tables."""
    if any(state != "given" for state, _ in cells.values()):
        return False
    for check in layout.sums:
        if check.total in cells:
            parts = 0
            for place in check.parts:
                parts += cells[place][1]
            if abs(parts - cells[check.total][1]) > check.rounding:
                return False
    return all(cells[part][1] <= cells[most][1] for part, most in layout.limits if part in cells and most in cells)


def _fill(layout: Layout, cells: dict[Place, CellRead], notes: list[Note]) -> None:
    """Work out what an empty cell must be: a total with all its parts, and 0 where the parts make the total."""
    filled = 0
    for total_sum in layout.sums:
        parts = [(place, cells[place]) for place in total_sum.parts if place in cells]
        if total_sum.total not in cells or len(parts) < len(total_sum.parts):
            continue
        state, total = cells[total_sum.total]
        blank = [place for place, cell in parts if cell[0] == "blank"]
        given = sum(number for _, (kind, number) in parts if kind == "given")
        if any(kind in ("hidden", "waiting") for _, (kind, _) in parts):
            continue
        if state == "blank" and not blank:
            cells[total_sum.total] = ("given", given)
            filled += 1
        elif state == "given" and blank and given == total:
            cells.update(dict.fromkeys(blank, ("given", 0)))
            filled += len(blank)
    if filled:
        data = {"question": layout.form.name, "count": str(filled)}
        notes.append(Note(code="note.statistics-filled", data=data))


def _contradicted(layout: Layout, cells: Mapping[Place, CellRead], notes: list[Note]) -> set[str]:
    """Give the rows that do not agree, with those that checks bind to them."""
    wrong: set[str] = set()
    for check in layout.sums:
        if check.total not in cells or cells[check.total][0] != "given":
            continue
        total = cells[check.total][1]
        read = [cells[place] for place in check.parts if place in cells]
        parts = sum(number for state, number in read if state == "given")
        whole = len(read) == len(check.parts) and all(state == "given" for state, _ in read)
        if parts - total > check.rounding or (whole and total - parts > check.rounding):
            notes.append(_disagreement("note.statistics-sum", layout, check.total, parts, total))
            wrong |= layout.linked[check.total[0]]
    for part, whole_place in layout.limits:
        if part in cells and whole_place in cells:
            (state, number), (other, most) = cells[part], cells[whole_place]
            if state == other == "given" and number > most:
                notes.append(_disagreement("note.statistics-at-most", layout, part, most, number))
                wrong |= layout.linked[part[0]]
    return {row for row in wrong if (row, layout.columns[0]) in cells}


def _disagreement(code: str, layout: Layout, place: Place, expected: int, found: int) -> Note:
    scale = layout.scales[place[0]]
    numbers = {**_both("expected", _unscaled(expected, scale)), **_both("found", _unscaled(found, scale))}
    return Note(code=code, data={"question": f"{layout.form.name}.{place[0]}.{place[1]}", **numbers})


def _unscaled(number: int, scale: int) -> float:
    return number // scale if number % scale == 0 else number / scale


def _at_least(layout: Layout, cells: dict[Place, CellRead]) -> None:
    """Let a total that is missing be at least the sum of its parts."""
    for check in layout.sums:
        state, least = cells.get(check.total, ("given", 0))
        if state != "given":
            known = sum(cells[place][1] for place in check.parts if place in cells)
            cells[check.total] = (state, max(least, known))


def _sums(form: FormTable, scales: Mapping[str, int], columns: Sequence[str]) -> Iterator[Sum]:
    for parts, total in sums(form):
        if total[1] in columns and all(part[1] in columns and scales[part[0]] == scales[total[0]] for part in parts):
            half = scales[total[0]] // 2
            yield Sum(parts, total, half * (len(parts) + 1))


def _limits(form: FormTable, scales: Mapping[str, int]) -> tuple[tuple[Place, Place], ...]:
    return tuple((part, most) for part, most in limits(form) if scales[part[0]] == scales[most[0]])


def _linked(rows: Iterable[FormRow]) -> dict[str, frozenset[str]]:
    """Give the rows that sums and limits bind together, for each row."""
    group = {row.key: {row.key} for row in rows}
    for row in rows:
        for other in (*row.sum_of, *([row.at_most] if row.at_most else [])):
            if other in group and group[other] is not group[row.key]:
                group[row.key] |= group[other]
                for moved in group[other]:
                    group[moved] = group[row.key]
    return {key: frozenset(members) for key, members in group.items()}
