"""Excel workbooks, written row by row so that memory stays flat. Text is always text: nothing becomes a formula."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from procurement_equality.catalogue.text import Language
from procurement_equality.exchange.cells import Cell, Column, Table, printable

MOST_ROWS = 1_048_576
LONGEST = 32_767
_CUT = {
    "sv": " … [Texten är kortad: en cell i Excel rymmer inte mer. Hela finns i responses.jsonl.]",
    "en": " … [The text is cut: a cell in Excel holds no more. All of it is in responses.jsonl.]",
}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_EARLIEST = datetime.date(1900, 3, 1)
"""Excel counts the days before this one wrong."""

_PRECISE = 10**15


def write_workbook(
    path: Path, tables: Iterable[Table], language: Language, scratch: Path, most_rows: int = MOST_ROWS
) -> None:
    """Write each table to a sheet of its own, or to several where it has more rows than a sheet holds.

    Row by row in `scratch`, then together in `path`. Raises OSError.
    """
    book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(scratch)})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    writer = _Writer(book, language, most_rows)
    for table in tables:
        writer.write(table)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from None


class _Writer:
    """Writes tables to a workbook."""

    def __init__(self, book: xlsxwriter.Workbook, language: Language, most_rows: int) -> None:
        self._book, self._language, self._most_rows = book, language, most_rows
        shared = {"text_wrap": True, "valign": "top"}
        self._text = book.add_format(shared)
        self._date = book.add_format({**shared, "num_format": "yyyy-mm-dd", "align": "left"})
        self._head = book.add_format({**shared, "bold": True, "bg_color": "#D9E4F0", "bottom": 1})
        self._ask = book.add_format({**shared, "bold": True, "bg_color": "#FFF2CC", "bottom": 1})
        self._fill_in = book.add_format({**shared, "bg_color": "#FFFBEF"})

    def write(self, table: Table) -> None:
        """Write a table, on a further sheet where one is full."""
        sheets, sheet, at = 1, self._begin(table, 1), 1
        for row in table.rows:
            if at == self._most_rows:
                self._end(sheet, table, at)
                sheets += 1
                sheet, at = self._begin(table, sheets), 1
            for number, cell in enumerate(row):
                self._cell(sheet, at, number, cell, table.columns[number])
            at += 1
        self._end(sheet, table, at)

    def _begin(self, table: Table, number: int) -> Worksheet:
        name = table.sv if self._language == "sv" else table.en
        sheet = self._book.add_worksheet(name if number == 1 else f"{name} {number}")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
            title = column.sv if self._language == "sv" else column.en
            sheet.write_string(0, at, title, self._ask if column.for_persons else self._head)
        return sheet

    def _end(self, sheet: Worksheet, table: Table, rows: int) -> None:
        sheet.autofilter(0, 0, max(rows - 1, 0), len(table.columns) - 1)
        for at, column in enumerate(table.columns):
            if column.choices and rows > 1:
                offered = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
                sheet.data_validation(1, at, rows - 1, at, offered)

    def _cell(self, sheet: Worksheet, row: int, at: int, cell: Cell, column: Column) -> None:
        style: Format = self._fill_in if column.for_persons else self._text
        if cell is None or cell == "":
            if column.for_persons:
                sheet.write_blank(row, at, None, style)
        elif isinstance(cell, bool):
            sheet.write_string(row, at, self._yes_or_no(cell), style)
        elif isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < _PRECISE:
            sheet.write_number(row, at, cell, style)
        elif isinstance(cell, datetime.date) and cell >= _EARLIEST:
            sheet.write_datetime(row, at, cell, self._date)
        else:
            sheet.write_string(row, at, self._fitting(str(cell)), style)

    def _yes_or_no(self, cell: bool) -> str:
        return ("Ja" if cell else "Nej") if self._language == "sv" else ("Yes" if cell else "No")

    def _fitting(self, text: str) -> str:
        """Cut a text to what a cell holds, counted in UTF-16 as Excel counts, and say that it was cut."""
        text = printable(text)
        if len(text.encode("utf-16-le")) // 2 <= LONGEST:
            return text
        cut = _CUT[self._language]
        kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(cut))]
        return kept.decode("utf-16-le", "ignore") + cut


def titles(columns: Sequence[Column], language: Language) -> list[str]:
    """Give the headings of columns."""
    return [column.sv if language == "sv" else column.en for column in columns]
