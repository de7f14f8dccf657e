"""Shares and rates of what is shown, with the difference between women and men. Nothing masked is ever an input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from procurement_equality.answers.manifest import FormTable
from procurement_equality.answers.response import Note
from procurement_equality.answers.statistics.model import Cell, Rate, RowStatistics, Sex, TableStatistics, sex_of
from procurement_equality.answers.statistics.table_reading import PERSONS
from procurement_equality.answers.statistics.uncertainty import Difference, difference, read_together

Pair = tuple[float, float]
"""A number and what it is part of."""


def shares_of(cells: Mapping[str, Cell]) -> Mapping[Sex, float]:
    """Give women's and men's share of a row's total, in per cent, where both are shown."""
    shown = _by_sex(cells)
    pairs = _pairs(shown, dict.fromkeys(shown, shown["total"]) if "total" in shown else {})
    return {sex: 100 * number / whole for sex, (number, whole) in pairs.items() if sex != "total"}


def rates_of(row: RowStatistics, rows: Sequence[RowStatistics], form: FormTable) -> RowStatistics:
    """Give the row with its rates: of the row that it is part of, and of columns that are part of others."""
    rates = (*_of_rows(row, rows, form), *_of_columns(row, form))
    return row.model_copy(update={"rates": rates}) if rates else row


def read_all(table: TableStatistics) -> TableStatistics:
    """Read the differences of a table together: the more rows are compared, the more of them differ by chance."""
    read = iter(read_together([rate.difference for row in table.rows for rate in row.rates]))
    rows = []
    for row in table.rows:
        rates = tuple(rate.model_copy(update={"difference": next(read)}) for rate in row.rates)
        rows.append(row.model_copy(update={"rates": rates}))
    compared = sum(rate.difference.p is not None for row in rows for rate in row.rates)
    notes = table.notes
    if compared > 1:
        notes = (*notes, Note(code="note.statistics-several-compared", data={"count": str(compared)}))
    return table.model_copy(update={"rows": tuple(rows), "notes": notes})


def _by_sex(cells: Mapping[str, Cell]) -> dict[Sex, Cell]:
    """Give the cells of the columns that say whom they count."""
    sexes = {key: sex_of(key) for key in cells}
    return {sex: cells[key] for key, sex in sexes.items() if sex is not None}


def _pairs(parts: Mapping[Sex, Cell], wholes: Mapping[Sex, Cell]) -> dict[Sex, Pair]:
    """Pair each number with what it is part of, where both are shown and of the same number of suppliers."""
    found: dict[Sex, Pair] = {}
    for sex, part in parts.items():
        whole = wholes.get(sex)
        if whole is None or not part.state == whole.state == "shown" or part.suppliers != whole.suppliers:
            continue
        if part.value is not None and whole.value:
            found[sex] = (part.value, whole.value)
    return found


def _of_rows(row: RowStatistics, rows: Sequence[RowStatistics], form: FormTable) -> Iterator[Rate]:
    """Compare a row with the one that it is at most, or else with the one that it is a part of the sum of."""
    base = next((found.at_most for found in form.rows if found.key == row.key), None)
    base = base or next((found.key for found in form.rows if row.key in found.sum_of), None)
    whole = next((found for found in rows if found.key == base), None)
    if base is None or whole is None or row.own or not any(map(sex_of, row.cells)):
        return
    pairs = _pairs(_by_sex(row.cells), _by_sex(whole.cells))
    yield _rate(base, "rows", pairs, persons=_persons(row) and _persons(whole))


def _of_columns(row: RowStatistics, form: FormTable) -> Iterator[Rate]:
    """Compare columns such as `women_late` and `men_late` with `women` and `men`."""
    found: dict[str, dict[Sex, Pair]] = {}
    for column in form.columns:
        sex = sex_of(column.at_most) if column.at_most else None
        if column.at_most is None or sex is None:
            continue
        pairs = found.setdefault(column.key.removeprefix(column.at_most).strip("_"), {})
        pairs.update(_pairs({sex: row.cells[column.key]}, {sex: row.cells[column.at_most]}))
    for base, pairs in found.items():
        yield _rate(base, "columns", pairs, persons=_persons(row))


def _rate(base: str, along: str, pairs: Mapping[Sex, Pair], *, persons: bool) -> Rate:
    per_cent = {sex: 100 * number / whole for sex, (number, whole) in pairs.items()}
    return Rate(
        base=base,
        along="rows" if along == "rows" else "columns",
        per_cent=per_cent,
        difference=_difference(pairs, persons=persons),
    )


def _difference(pairs: Mapping[Sex, Pair], *, persons: bool) -> Difference:
    if "women" not in pairs or "men" not in pairs:
        return Difference(points=None, reading="not-known")
    (women, all_women), (men, all_men) = pairs["women"], pairs["men"]
    if women > all_women or men > all_men:  # only where forms of several versions mean different things
        return Difference(points=None, reading="not-known")
    if not persons:
        return Difference(points=100 * (women / all_women - men / all_men), reading="not-persons")
    return difference((int(women), int(all_women)), (int(men), int(all_men)))


def _persons(row: RowStatistics) -> bool:
    return any(unit.casefold() in PERSONS for unit in row.unit.values())
