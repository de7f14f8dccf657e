"""CSV for spreadsheets and programs: UTF-8 with a byte order mark, comma, decimal point, lines that end with CR LF."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from procurement_equality.exchange.cells import Cell, harmless, printable


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows one at a time, and give their number. Raises OSError."""
    number = 0
    with path.open("x", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for row in rows:
            writer.writerow([_written(cell) for cell in row])
            number += 1
    return number


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, str):
        return harmless(printable(cell))
    return "" if cell is None else str(cell)
