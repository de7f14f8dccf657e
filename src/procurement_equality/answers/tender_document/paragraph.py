"""A paragraph of a document, and where in the document it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Part = Literal["body", "text-box", "header", "footer", "footnote", "endnote"]

_WHITE = re.compile(r"\s+")
_SIGNS = str.maketrans({"\u2011": "-", "\u00ad": None, "\u200b": None, "\ufeff": None})


class Cell(NamedTuple):
    """A table's number in the document, a row's in the table and a cell's in the row, from 1."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with text. `number` counts those from 1, in the order of the document."""

    number: int
    text: str
    label: str = ""
    """The paragraph's own number where it has one: `4.2.1`."""
    level: int = 0
    """Of a heading: 1 to 9."""
    heading: str = ""
    """The nearest heading before it, with its number; its own text where it is a heading."""
    part: Part = "body"
    cell: Cell | None = None
    is_item: bool = False
    """Whether it is an item of a list."""
    is_hidden: bool = False
    """Whether some of the text is hidden: it is examined all the same."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A paragraph as a reader finds it, before it is known where it stands."""

    text: str
    label: str = ""
    level: int = 0
    part: Part = "body"
    cell: Cell | None = None
    is_item: bool = False
    is_hidden: bool = False


def normalised(text: str) -> str:
    """Give a text with one space for each stretch of white space, plain hyphens and no invisible signs."""
    return _WHITE.sub(" ", text.translate(_SIGNS)).strip()
