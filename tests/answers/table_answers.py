"""What the tests of statistics share: forms of catalogue tables, suppliers' numbers in them, and one who attacks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from procurement_equality import Catalogue
from procurement_equality.answers.manifest import FieldType, FormColumn, FormRow, FormTable
from procurement_equality.answers.response import Answer, Note, Respondent, Response, Status, Value
from procurement_equality.answers.statistics.model import TableStatistics
from procurement_equality.catalogue.text import Language

Place = tuple[str, str]
Given = int | float | str | None
"""A number; "" for an empty cell; "<5" for a hidden one; "?" for one that could not be read; None for 0."""

DAY = datetime.date(2027, 2, 1)


def form_table(
    catalogue: Catalogue, identifier: str, name: str = "STA-03.table", language: Language = "sv"
) -> FormTable:
    """Give a table of the catalogue as a form asks it."""
    table = catalogue.tables[identifier]
    rows = [
        FormRow(
            key=row.key,
            label=row.label[language],
            unit=row.unit[language] if row.unit else None,
            sum_of=row.sum_of,
            at_most=row.at_most,
        )
        for row in table.rows
    ]
    rows += [FormRow(key=f"spare{number}", label=None) for number in range(1, table.spare_rows + 1)]
    columns = tuple(
        FormColumn(key=c.key, label=c.label[language], type=c.type, sum_of=c.sum_of, at_most=c.at_most)
        for c in table.columns
    )
    return FormTable(
        type="table",
        name=name,
        text="Redovisa efter kön." if language == "sv" else "Report by sex.",
        table=table.id,
        title=table.title[language],
        unit=table.unit[language],
        period=table.period[language],
        definition=table.definition[language],
        row_heading=table.row_heading[language],
        small_numbers=table.small_numbers,
        own_row="Egen rad",
        rows=tuple(rows),
        columns=columns,
    )


def response(
    form: FormTable,
    numbers: Mapping[Place, Given],
    labels: Mapping[str, str] | None = None,
    *,
    catalogue: str = "se@1.0.0",
    language: Language = "sv",
    manifest: str = "0" * 64,
) -> Response:
    """Give a supplier's response with one table; cells that are not named are empty."""
    answers = []
    for row in form.rows:
        if row.label is None:
            label = (labels or {}).get(row.key, "")
            status: Status = "ok" if label else "empty"
            answers.append(
                Answer(question=f"{form.name}.{row.key}.label", type="text", status=status, value=label or None)
            )
        for column in form.columns:
            given = numbers.get((row.key, column.key), "")
            answers.append(_answer(f"{form.name}.{row.key}.{column.key}", column.type, given))
    return Response(
        file="svar.docx",
        sha256="0" * 64,
        form="se-1",
        kind="annual-follow-up",
        language=language,
        reference="Dnr 1",
        catalogue=catalogue,
        catalogue_digest="",
        selection_digest="",
        manifest_digest=manifest,
        respondent=Respondent(name="Omsorg Alfa AB"),
        answers=tuple(answers),
    )


def _answer(name: str, kind: FieldType, given: Given) -> Answer:
    made: dict[str, Any] = {"question": name, "type": kind}
    if given == "":
        return Answer(**made, status="empty")
    if given == "<5":
        return Answer(**made, status="ok", typed="<5", notes=(Note(code="note.hidden-small"),))
    if given == "?":
        return Answer(**made, status="invalid", typed="cirka tolv")
    value: Value = given
    return Answer(**made, status="ok", typed=str(given), value=value)


def in_full(form: FormTable, leaves: Mapping[Place, int]) -> dict[Place, Given]:
    """Give a whole table that agrees: totals added up, and parts no more than what they are part of."""
    summed = {part for row in form.rows for part in row.sum_of}
    plain = [column for column in form.columns if column.type == "number" and not column.sum_of]
    cells: dict[Place, int] = {}
    waiting = [row for row in form.rows if row.label is not None]
    while waiting:
        row = waiting.pop(0)
        limit = row.at_most if row.key not in summed else None
        if any(other in {left.key for left in waiting} for other in (*row.sum_of, *([limit] if limit else []))):
            waiting.append(row)
            continue
        for column in plain:
            value = sum(cells[part, column.key] for part in row.sum_of) if row.sum_of else leaves[row.key, column.key]
            value = min(value, cells[limit, column.key]) if limit else value
            cells[row.key, column.key] = min(value, cells[row.key, column.at_most]) if column.at_most else value
        for column in form.columns:
            if column.sum_of:
                cells[row.key, column.key] = sum(cells[row.key, part] for part in column.sum_of)
    return dict(cells)


def possible(form: FormTable, table: TableStatistics, wanted: Sequence[Place]) -> dict[Place, tuple[float, float]]:
    """Work out, as one who has only what is published, the least and the greatest that each cell can be.

    A masked number is known to be at least 1, one of hours at least 0, and numbers of persons are whole.
    """
    optimize, numpy = import_module("scipy.optimize"), import_module("numpy")
    places = [(row.key, column) for row in table.rows for column in row.cells]
    at = {place: number for number, place in enumerate(places)}
    cells = {(row.key, key): cell for row in table.rows for key, cell in row.cells.items()}
    hours = {row.key for row in table.rows if "timmar" in row.unit.values()}
    lower, upper = numpy.zeros(len(places)), numpy.full(len(places), numpy.inf)
    for place, cell in cells.items():
        if cell.state == "shown":
            lower[at[place]] = upper[at[place]] = cell.value
        elif cell.state == "at-least":
            lower[at[place]] = cell.value
        elif cell.state == "masked":
            lower[at[place]] = 0 if place[0] in hours else 1
    constraints = [
        optimize.LinearConstraint([line.get(place, 0) for place in places], 0, high) for line, high in _lines(form)
    ]
    whole = numpy.array([0 if row in hours else 1 for row, _ in places])
    found = {}
    for place in wanted:
        ends = []
        for sign in (1, -1):
            aim = numpy.zeros(len(places))
            aim[at[place]] = sign
            solved = optimize.milp(
                aim,
                constraints=constraints,
                integrality=whole,
                bounds=optimize.Bounds(lower, upper),
                options={"presolve": False},  # with it, HiGHS in SciPy 1.17 loses solutions, the true one too
            )
            assert solved.status in (0, 3, 4), solved.message
            ends.append(float(solved.fun) * sign if solved.status == 0 else sign * -float("inf"))
        found[place] = (ends[0], ends[1])
    return found


def _lines(form: FormTable) -> list[tuple[dict[Place, int], float]]:
    """Give every check as the factors of total less parts, from 0 to 0, or from 0 up for `at_most`."""
    lines: list[tuple[dict[Place, int], float]] = []
    numbers = [column for column in form.columns if column.type == "number"]
    for row in (row for row in form.rows if row.label is not None):
        for column in numbers:
            total = (row.key, column.key)
            sums = [(row.key, key) for key in column.sum_of], [(key, column.key) for key in row.sum_of]
            lines += [(dict.fromkeys(parts, -1) | {total: 1}, 0.0) for parts in sums if parts]
            if row.at_most:
                lines.append(({(row.at_most, column.key): 1, total: -1}, float("inf")))
            if column.at_most:
                lines.append(({(row.key, column.at_most): 1, total: -1}, float("inf")))
    return lines
