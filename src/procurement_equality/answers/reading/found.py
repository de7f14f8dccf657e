"""What a reader finds in a file, whatever its format: controls, and rows whose first cell says what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(slots=True, eq=False)
class Box:
    """A control (or what a program has made of it): its anchors, the text in it and what its format says of it."""

    tag: str | None = None
    alias: str | None = None
    """The first word of the alias, which is the tag too."""
    number: int | None = None
    kind: Literal["text", "choice", "date", "checkbox"] = "text"
    text: str = ""
    is_placeholder: bool = False
    checked: bool | None = None
    date: str | None = None
    """The date (`YYYY-MM-DD`) that stands beside the text."""
    breaks_lost: bool = False
    """A program has swallowed line breaks of the text."""
    is_form_field: bool = False
    """A program has made a form field of an older kind of the control; its line breaks may be lost without a trace."""


@dataclass(slots=True)
class Cell:
    """A cell: its controls in order, and the text that stands outside them."""

    boxes: list[Box] = field(default_factory=list)
    outside: str = ""
    pictures: int = 0

    @property
    def text(self) -> str:
        """Give all text of the cell; a control that only shows a placeholder has none."""
        inside = "".join(box.text for box in self.boxes if not box.is_placeholder)
        return inside + self.outside


@dataclass(slots=True)
class Line:
    """A row of a table: the questions that its first cell names, by bookmark and by visible id, and its cells."""

    bookmarked: tuple[str, ...]
    visible: tuple[str, ...]
    cells: Sequence[Cell]


@dataclass(slots=True)
class Page:
    """Everything found: controls, rows, and paragraphs that belong to no answer."""

    boxes: list[Box]
    lines: list[Line]
    loose: list[str]
    """The text of paragraphs outside answer cells that are not the form's own."""
