"""Finding answers in an OpenDocument file: `content.xml` as LibreOffice writes it.

LibreOffice 7.4 makes a plain-text control an input field without a name; 25.2 keeps tag and alias of every control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from procurement_equality.answers.reading.found import Box, Cell, Line, Page
from procurement_equality.answers.reading.names import Names

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _TABLE, _OFFICE = f"{{{_ODF}:text:1.0}}", f"{{{_ODF}:table:1.0}}", f"{{{_ODF}:office:1.0}}"
_DRAW = f"{{{_ODF}:drawing:1.0}}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_P, _H, _ROW, _CELL = f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-row", f"{_TABLE}table-cell"
_COVERED = f"{_TABLE}covered-table-cell"
_CONTROL, _INPUT, _ITEM = f"{_LOEXT}content-control", f"{_TEXT}text-input", f"{_LOEXT}list-item"
_BOOKMARKS = (f"{_TEXT}bookmark-start", f"{_TEXT}bookmark")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SKIPPED = frozenset({
    f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note", _ITEM,
    f"{_TEXT}sequence-decls", f"{_OFFICE}forms",
})  # fmt: skip
_PICTURES = frozenset({f"{_DRAW}frame", f"{_DRAW}custom-shape", f"{_DRAW}g"})
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100_000


def find(root: etree._Element, names: Names) -> Page:
    """Find everything in a document's tree that may be an answer."""
    walk = _Walk(names)
    for element in root.iter(_CONTROL, _INPUT):
        walk.control(element)
    lines = [line for row in root.iter(_ROW) if (line := walk.line(row)) is not None]
    return Page(boxes=list(walk.boxes.values()), lines=lines, loose=list(walk.loose(root)))


class _Walk:
    """One walk through a document."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.boxes: dict[etree._Element, Box] = {}
        self._in_answers: set[etree._Element] = set()

    def control(self, element: etree._Element) -> None:
        """Keep a control or an input field."""
        box = _properties(element)
        if element.tag == _INPUT:
            box.text = "".join(map(str, element.itertext()))  # verbatim: no white space folds in an input field
        else:
            parts: list[str] = []
            self._gather(element, parts, None)
            box.text = "".join(parts)
        self.boxes[element] = box

    def line(self, row: etree._Element) -> Line | None:
        """Give a row whose first cell names a question, with the cells that may hold its answer."""
        cells = [cell for cell in row if cell.tag in (_CELL, _COVERED)]
        if len(cells) < 2:
            return None
        first = cells[0]
        parts: list[str] = []
        self._gather(first, parts, Cell())
        visible = self.names.visible("".join(parts))
        bookmarks = (
            self.names.bookmarks.get(str(mark.get(f"{_TEXT}name")).lower()) for mark in first.iter(*_BOOKMARKS)
        )
        bookmarked = tuple(dict.fromkeys(name for name in bookmarks if name is not None))
        if not visible and not bookmarked:
            return None
        spare = any(name in self.names.spare for name in (*visible, *bookmarked))
        return Line(bookmarked, visible, [self._cell(first) if spare else Cell(), *map(self._cell, cells[1:])])

    def loose(self, root: etree._Element) -> Iterator[str]:
        """Give the text of every paragraph outside answer cells that is not the form's own."""
        for paragraph in root.iter(_P, _H):
            if paragraph not in self._in_answers:
                parts: list[str] = []
                self._gather(paragraph, parts, Cell())
                text = "".join(parts)
                if text.strip() and not self.names.is_own(text) and not _is_skipped(paragraph):
                    yield text

    def _cell(self, element: etree._Element) -> Cell:
        cell = Cell()
        parts: list[str] = []
        self._in_answers.update(element.iter(_P, _H))
        self._gather(element, parts, cell)
        cell.outside = "".join(parts)
        return cell

    def _gather(self, element: etree._Element, parts: list[str], cell: Cell | None) -> None:
        """Gather text in order; with a cell, its controls go there and their text stays out of `parts`."""
        if element.text:
            _add(parts, element.text)
        for child in element:
            tag = child.tag
            if tag in (_P, _H):
                if parts:
                    parts.append("\n")
                self._gather(child, parts, cell)
            elif tag in _SIGNS:
                parts.append(_SIGNS[tag])
            elif tag == f"{_TEXT}s":
                number = str(child.get(f"{_TEXT}c", "1"))
                parts.append(" " * min(int(number) if number.isdecimal() else 1, _MOST_SPACES))
            elif tag in (_CONTROL, _INPUT) and cell is not None and child in self.boxes:
                box = self.boxes[child]
                box.breaks_lost |= box.kind == "text" and bool(parts) and all(part == "\n" for part in parts)
                cell.boxes.append(box)
            elif tag not in _SKIPPED:
                if cell is not None and tag in _PICTURES:
                    cell.pictures += 1
                self._gather(child, parts, cell)
            if child.tail:
                _add(parts, child.tail)


def _add(parts: list[str], text: str) -> None:
    """Add a stretch of text with its white space folded, as OpenDocument has it."""
    folded = _WHITE.sub(" ", text)
    if folded == " " and not parts:
        return
    if folded[:1] == " " and parts and parts[-1].endswith((" ", "\n")):
        folded = folded[1:]
    if folded:
        parts.append(folded)


def _properties(element: etree._Element) -> Box:
    """Read what a control says of itself."""
    box = Box()
    box.tag = element.get(f"{_LOEXT}tag") or None
    box.alias = str(element.get(f"{_LOEXT}alias") or "").partition(" ")[0] or None
    number = str(element.get(f"{_LOEXT}id"))
    box.number = int(number) & 0x7FFFFFFF if number.lstrip("-").isdecimal() and len(number) < 12 else None
    box.is_placeholder = element.get(f"{_LOEXT}showing-place-holder") == "true"
    if element.get(f"{_LOEXT}checkbox") == "true":
        box.kind, box.checked = "checkbox", element.get(f"{_LOEXT}checked") == "true"
    elif element.get(f"{_LOEXT}date") == "true":
        box.kind = "date"
        box.date = str(element.get(f"{_LOEXT}current-date") or "")[:10] or None
    elif element.find(_ITEM) is not None:
        box.kind = "choice"
    return box


def _is_skipped(paragraph: etree._Element) -> bool:
    """Say whether a paragraph lies in what is not the document's text: deleted text, comments, notes."""
    return any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors())
