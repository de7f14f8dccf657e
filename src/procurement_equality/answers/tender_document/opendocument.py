"""The paragraphs of an OpenDocument text: body, tables, text boxes, notes, headers and footers.

Tracked deletions are left out, insertions are in. The numbers that the program counts are not worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from procurement_equality.answers.guard.package import Package
from procurement_equality.answers.tender_document.paragraph import Cell, Part, Raw, normalised

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_P, _H, _LIST_ITEM = _NAMES % ("text", "p"), _NAMES % ("text", "h"), _NAMES % ("text", "list-item")
_TABLE, _ROW = _NAMES % ("table", "table"), _NAMES % ("table", "table-row")
_CELLS = (_NAMES % ("table", "table-cell"), _NAMES % ("table", "covered-table-cell"))
_LEVEL = _NAMES % ("text", "outline-level")
_BOX, _NOTE, _NOTE_BODY = _NAMES % ("draw", "text-box"), _NAMES % ("text", "note"), _NAMES % ("text", "note-body")
_SPACES = frozenset({_NAMES % ("text", "s"), _NAMES % ("text", "tab"), _NAMES % ("text", "line-break")})
_SKIPPED = frozenset({
    _NAMES % ("text", "tracked-changes"), _NAMES % ("office", "annotation"), _NAMES % ("text", "note-citation"),
    _NAMES % ("text", "sequence-decls"), _NAMES % ("office", "forms"), _NAMES % ("svg-compatible", "desc"),
})  # fmt: skip
_MARGINS: dict[object, Part] = {
    _NAMES % ("style", "header"): "header",
    _NAMES % ("style", "footer"): "footer",
}
_TYPED_ITEM = re.compile(r"[-–—•·*▪◦]\s")


def paragraphs_of(package: Package) -> Iterator[Raw]:
    """Give the paragraphs of a document in their order; headers and footers come last."""
    walk = _Walk()
    body = package.tree(package.main)
    if body is not None:
        walk.blocks(body, "body", None, is_item=False)
    styles = package.tree("styles.xml")
    for element in () if styles is None else styles.iter(*map(str, _MARGINS)):
        walk.blocks(element, _MARGINS[element.tag], None, is_item=False)
    return iter(walk.found)


class _Walk:
    """One walk through a document."""

    def __init__(self) -> None:
        self.found: list[Raw] = []
        self._tables = 0
        self._apart: list[tuple[etree._Element, Part]] = []

    def blocks(self, element: etree._Element, part: Part, cell: Cell | None, *, is_item: bool) -> None:
        """Keep the paragraphs in an element."""
        for child in element:
            if child.tag in (_P, _H):
                self._paragraph(child, part, cell, is_item=is_item)
            elif child.tag == _TABLE:
                self._table(child, part)
            elif child.tag == _BOX and part == "body":
                self.blocks(child, "text-box", cell, is_item=False)
            elif child.tag not in _SKIPPED:
                self.blocks(child, part, cell, is_item=is_item or child.tag == _LIST_ITEM)

    def _table(self, table: etree._Element, part: Part) -> None:
        self._tables += 1
        number = self._tables
        rows = (row for row in table.iter(_ROW) if _table_of(row) is table)
        for row, element in enumerate(rows, start=1):
            for column, cell in enumerate((child for child in element if child.tag in _CELLS), start=1):
                self.blocks(cell, part, Cell(number, row, column), is_item=False)

    def _paragraph(self, element: etree._Element, part: Part, cell: Cell | None, *, is_item: bool) -> None:
        apart, self._apart = self._apart, []
        pieces: list[str] = []
        self._inline(element, pieces)
        text = normalised("".join(pieces))
        said = str(element.get(_LEVEL) or "1") if element.tag == _H else ""
        level = min(int(said), 9) if said.isdecimal() and len(said) < 3 else 0
        if text:
            self.found.append(Raw(text, "", level, part, cell, is_item or _TYPED_ITEM.match(text) is not None))
        inside, self._apart = self._apart, apart
        for box, of in inside:
            self.blocks(box, of, cell, is_item=False)

    def _inline(self, element: etree._Element, pieces: list[str]) -> None:
        """Gather the text of a paragraph; its boxes and notes are kept for later."""
        pieces.append(element.text or "")
        for child in element:
            if child.tag == _BOX:
                self._apart.append((child, "text-box"))
            elif child.tag == _NOTE:
                body = child.find(_NOTE_BODY)
                if body is not None:
                    self._apart.append((body, "footnote"))
            elif child.tag in _SPACES:
                pieces.append(" ")
            elif child.tag not in _SKIPPED:
                self._inline(child, pieces)
            pieces.append(child.tail or "")


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(_TABLE), None)
