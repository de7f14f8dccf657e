"""Finding answers in a Word file: `word/document.xml` as Word, LibreOffice, Google Docs and converters leave it.

Tracked changes are read as accepted: deleted and moved-away text is skipped, inserted text kept. Controls may stand in
a line, around a paragraph, a cell, a row or a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from procurement_equality.answers.reading.found import Box, Cell, Line, Page
from procurement_equality.answers.reading.names import Names
from procurement_equality.answers.reading.word_outline import ALTERNATIVES, CELL, CONTROL, FIELD, ROW, Outline, Place

_FORM_FIELD = re.compile(r"\b(?:FORMTEXT|FILLIN)\b")


def find(root: etree._Element, names: Names) -> Page:
    """Find everything in a document's tree that may be an answer."""
    outline = Outline(root, names)
    boxes = [box for control in outline.controls if (box := _box(control, names)) is not None]
    lines = [line for row in outline.rows if (line := _line(row, names)) is not None]
    return Page(boxes=boxes, lines=lines, loose=_Loose(outline.whole, names).texts)


def _box(control: Place, names: Names) -> Box | None:
    """Give what a control holds; one that only holds rows, cells, paragraphs or controls together is none."""
    box = control.box
    assert box is not None, "every control has one"  # noqa: S101
    known = _is_known(box, names)
    holds_blocks = None in control.parts
    if (holds_blocks and not known) or any(_is_other(place, known) for place in control.within()):
        control.box = None
        return None
    text = _Text(control)
    box.text, box.breaks_lost = text.joined(), text.has_lost_breaks
    return box


def _is_other(place: Place, known: bool) -> bool:
    """Say whether a place makes the control that it is in one that only holds things together."""
    return place.tag == CONTROL or (not known and place.tag in (CELL, ROW))


def _is_known(box: Box, names: Names) -> bool:
    return box.tag in names.tags or box.alias in names.tags or box.number in names.numbers


def _line(row: Place, names: Names) -> Line | None:
    """Give a row whose first cell names a question, with the cells that may hold its answer."""
    cells = list(_cells(row))
    if len(cells) < 2 or row.is_deleted:
        return None
    first = cells[0]
    visible = names.visible(_Text(first).joined())
    marks = (mark for place in (first, *first.within()) for mark in place.bookmarks or ())
    bookmarked = tuple(dict.fromkeys(names.bookmarks[mark] for mark in marks if mark in names.bookmarks))
    if not visible and not bookmarked:
        return None
    is_spare = not names.spare.isdisjoint((*visible, *bookmarked))
    return Line(bookmarked, visible, [_cell(first) if is_spare else Cell(), *map(_cell, cells[1:])])


def _cells(place: Place) -> Iterator[Place]:
    """Give a row's cells, those inside controls too; one that was merged counts for as many as it covers."""
    for part in place.parts:
        if isinstance(part, Place) and part.tag == CELL:
            yield part
            for _ in range(1, part.columns):
                yield Place(CELL)
        elif isinstance(part, Place) and part.tag == CONTROL:
            yield from _cells(part)


def _cell(place: Place) -> Cell:
    place.is_answer = True
    cell = Cell()
    if any(isinstance(part, Place) and part.tag == FIELD for part in place.parts):
        place.parts = list(_with_form_fields(place))
    cell.outside = _Text(place, cell).joined()
    return cell


def _with_form_fields(place: Place) -> Iterator[str | Place | None]:
    """Give a cell's parts with its form fields as controls: programs that lack these make such fields of them."""
    field: Place | None = None
    for part in place.parts:
        mark = part.mark if isinstance(part, Place) else ""
        if mark == "begin" and isinstance(part, Place) and _FORM_FIELD.search(part.instruction):
            field = Place(CONTROL)
            field.box = Box(is_form_field=True)
        elif mark == "end" and field is not None and field.box is not None:
            text = _Text(field)
            field.box.text, field.box.breaks_lost = text.joined(), text.has_lost_breaks
            yield field
            field = None
        elif field is not None:
            field.parts.append(part)
        else:
            yield part
    if field is not None:  # a field that never ends holds what is there
        yield from field.parts


class _Text:
    """The text of a place. With a cell, the controls in the place go there, and their text stays out."""

    def __init__(self, place: Place, cell: Cell | None = None) -> None:
        self.has_lost_breaks = False
        self._cell = cell
        self._parts: list[str] = []
        self._breaks = 0
        self._gather(place)

    def joined(self) -> str:
        """Give the text."""
        return "".join(self._parts)

    def _gather(self, place: Place) -> None:
        self.has_lost_breaks |= place.has_lost_breaks
        if self._cell is not None:
            self._cell.pictures += place.pictures
        for part in place.parts:
            if isinstance(part, str):
                self._parts.append(part)
            elif part is None:
                self._begin_paragraph()
            elif part.box is not None:
                self._control(part, part.box)
            elif part.tag == ALTERNATIVES:
                self._alternative(part)
            else:
                self._gather(part)

    def _begin_paragraph(self) -> None:
        if self._parts:
            self._parts.append("\n")

    def _control(self, place: Place, box: Box) -> None:
        if self._cell is None:
            self._gather(place)
        else:
            box.breaks_lost |= box.kind == "text" and self._has_only_breaks()
            self._cell.boxes.append(box)

    def _has_only_breaks(self) -> bool:
        """Say whether nothing but line breaks has come so far. What was looked at is not looked at again."""
        while self._breaks < len(self._parts) and self._parts[self._breaks] == "\n":
            self._breaks += 1
        return 0 < self._breaks == len(self._parts)

    def _alternative(self, place: Place) -> None:
        """Take the first of the ways in which something is written that holds any text: Word writes emoji twice."""
        before = len(self._parts)
        for way in place.parts:
            if isinstance(way, Place):
                self._gather(way)
            if len(self._parts) > before:
                return


class _Loose(_Text):
    """The texts of paragraphs outside answer cells and controls that are not the form's own."""

    def __init__(self, whole: Place, names: Names) -> None:
        self.texts: list[str] = []
        self._names = names
        super().__init__(whole)
        self._begin_paragraph()

    def _gather(self, place: Place) -> None:
        if not place.is_answer:
            super()._gather(place)

    def _begin_paragraph(self) -> None:
        """Look at the paragraph that ends here."""
        text = self.joined()
        self._parts.clear()
        if text and not self._names.is_own(text) and text.strip():
            self.texts.append(text)

    def _control(self, place: Place, box: Box) -> None:
        """Leave out what a name leads to; text in any other control would be read by nobody."""
        if box.tag is None and not box.is_placeholder and not _is_known(box, self._names):
            self._gather(place)
