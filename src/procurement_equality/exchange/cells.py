"""Cells of tables that leave the program: what a spreadsheet must not take for a formula, and what no file can hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Cell = str | int | float | bool | datetime.date | None

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d \u00a0\u202f]*([.,]\d+)?( ?%)?\Z")


class Column(NamedTuple):
    """A column: its name for programs, its headings, and its width in characters."""

    name: str
    sv: str
    en: str
    width: int = 18
    for_persons: bool = False
    """Persons fill it in."""
    hidden: bool = False
    choices: Sequence[str] = ()
    """What a person chooses between, as a list in the cell."""


class Table(NamedTuple):
    """A table: names of the sheet, columns, and rows that are made when they are written."""

    sv: str
    en: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def printable(text: str) -> str:
    """Take away control characters, which spreadsheets and XML do not hold; line breaks and tabs stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def visible(text: str) -> str:
    r"""Show control characters and signs that turn the writing direction as `\n` or `\u202e`: for names of files."""
    return _INVISIBLE.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def harmless(text: str) -> str:
    """Put `'` before a text that a spreadsheet would take for a formula; a plain number (`-5`, `+2,5 %`) stays."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
