"""Rows of a table that a person keeps: CSV in the usual encodings and with the usual separators, Excel or ODS."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from procurement_equality.findings import Finding, FormError, SupplierListError

MOST_BYTES = 10_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_SIGNS = 10_000
"""In a cell."""

_SEPARATORS = (";", "\t", ",")
_REFERENCE = re.compile(rb'[\s"]r="([A-Z]{1,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]+)"')
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

Cells = tuple[str, ...]
Known = Callable[[Sequence[str]], int]
"""Gives how many cells of a row are headings that are known: by it the separator and the sheet are found."""


class Row(NamedTuple):
    """A row that is not blank, by its number in the file, with its cells as text without white space around."""

    number: int
    cells: Cells


def read_rows(path: Path, known: Known) -> tuple[list[Row], list[Finding]]:
    """Read the rows of a table, blank ones left out, with what is worth knowing of the file.

    Raises `SupplierListError` where the file cannot be read at all.
    """
    data = _bytes(path)
    place, findings = str(path), list[Finding]()
    if path.suffix.casefold() in (".xlsx", ".xlsm", ".ods"):
        rows = list(_from_workbook(data, place, known))
    elif path.suffix.casefold() in (".csv", ".tsv", ".txt"):
        text, findings = _decoded(data, place)
        rows = list(_from_text(text, place, known))
    else:
        raise _refused("file.not-a-list", place, ending=path.suffix or "–")
    if not rows:
        raise _refused("file.list-empty", place)
    return rows, findings


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _refused("file.directory", str(path))
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _refused("file.missing", str(path)) from None
    except OSError as error:
        raise _refused("file.unreadable", str(path), reason=error.strerror or str(error)) from None
    if len(data) > MOST_BYTES:
        raise _refused("file.too-large", str(path), limit=str(MOST_BYTES))
    return data


def _refused(code: str, place: str, line: int | None = None, **data: str) -> SupplierListError:
    return SupplierListError([Finding(code, place, line, data=data)])


# --- text ------------------------------------------------------------------------------------------------------


def _decoded(data: bytes, place: str) -> tuple[str, list[Finding]]:
    """Decode by the byte order mark, else as UTF-8, else as Windows-1252, which is said."""
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(data[:2])
    for encoding in (marked,) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        findings = [Finding("send.windows-1252", place).as_warning()] if encoding == "cp1252" else []
        return text, findings
    raise _refused("file.list-encoding", place)


def _from_text(text: str, place: str, known: Known) -> Iterator[Row]:
    """Read delimited text with the separator that makes the most headings known."""
    lines = text.splitlines(keepends=True)
    start = 1 if lines and re.fullmatch(r'"?sep=.?"?\s*', lines[0], re.IGNORECASE) else 0
    body = "".join(lines[start:])
    try:
        heads = {separator: next(_parsed(body, separator, start), None) for separator in _SEPARATORS}
        best = max(_SEPARATORS, key=lambda separator: known(row.cells) if (row := heads[separator]) else 0)
        yield from _bounded(_parsed(body, best, start), place)
    except csv.Error as error:
        raise _refused("file.list-damaged", place, problem=str(error)) from None


def _parsed(text: str, separator: str, before: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = before + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cell.strip() for cell in cells))
        number = before + reader.line_num + 1


def _bounded(rows: Iterable[Row], place: str) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            raise _refused("file.list-too-long", place, row.number, rows=str(MOST_ROWS))
        if len(row.cells) > MOST_COLUMNS or any(len(cell) > MOST_SIGNS for cell in row.cells):
            raise _refused("file.list-too-wide", place, row.number)
        yield row


# --- workbooks -------------------------------------------------------------------------------------------------


def _from_workbook(data: bytes, place: str, known: Known) -> Iterator[Row]:
    """Read the one sheet that has known headings."""
    sheets = [list(_bounded(rows, place)) for rows in _sheets(data, place)]
    sheets = [rows for rows in sheets if rows]
    suited = [rows for rows in sheets if known(rows[0].cells)]
    if len(suited) > 1:
        raise _refused("file.list-sheets", place)
    yield from (suited or sheets or [[]])[0]


def _sheets(data: bytes, place: str) -> Iterator[Iterator[Row]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _guard(data, place)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield (Row(number, cells) for number, row in enumerate(rows, 1) if any(cells := _cells(row)))
    except (CalamineError, OSError, ValueError) as error:
        raise _refused("file.list-damaged", place, problem=str(error)[:200]) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the reader, which is written in Rust, shows
            raise
        raise _refused("file.list-damaged", place, problem="–") from None


def _guard(data: bytes, place: str) -> None:
    """Refuse a workbook that unpacks to too much, or whose cells stand so far out that the table fills the memory."""
    from procurement_equality.answers.guard.archive import inflate, read_directory

    try:
        parts = read_directory(data)
        for name, member in parts.items():
            if name == "content.xml" or name.startswith("xl/worksheets/"):
                _guard_size(inflate(data, member), place)
    except FormError:
        raise _refused("file.list-damaged", place, problem="zip") from None


def _guard_size(content: bytes, place: str) -> None:
    for reference in _REFERENCE.finditer(content):
        if int(reference[2]) > 20 * MOST_ROWS or _column(reference[1]) > MOST_COLUMNS:
            raise _refused("file.list-too-wide", place)
    repeated = sum(int(number) for number in _REPEATED.findall(content) if int(number) <= MOST_ROWS)
    if repeated > 100 * MOST_ROWS:
        raise _refused("file.list-too-wide", place)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(row: Sequence[object]) -> Cells:
    cells = [_cell(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> str:
    """Write a cell as one reads it: a whole number without decimals, a date as YYYY-MM-DD."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return "" if value is None else str(value).strip()
