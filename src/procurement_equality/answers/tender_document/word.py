"""The paragraphs of a Word file: body, tables, text boxes, headers, footers and notes.

Tracked changes are read as accepted: what is deleted or moved away is left out, what is inserted is in. Text in fields,
links and content controls is text, and so is hidden text. Comments are no part of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from procurement_equality.answers.guard.package import Package
from procurement_equality.answers.tender_document.numbering import Numbering, read_numbering, value
from procurement_equality.answers.tender_document.paragraph import Cell, Part, Raw, normalised
from procurement_equality.answers.tender_document.styles import Style, list_of, outline_level, read_styles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = f"{_W}val"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_PROPERTIES, _RUN, _RUN_PROPERTIES, _TEXT = f"{_W}pPr", f"{_W}r", f"{_W}rPr", f"{_W}t"
_BOX, _ALTERNATIVES = f"{_W}txbxContent", f"{_MC}AlternateContent"
_SKIPPED = frozenset({
    f"{_W}del", f"{_W}moveFrom", f"{_W}sdtPr", f"{_W}sdtEndPr", f"{_W}tblPr", f"{_W}tblGrid", f"{_W}trPr", f"{_W}tcPr",
    f"{_W}sectPr", f"{_W}instrText", f"{_W}delText", f"{_W}rt", _PROPERTIES,
})  # fmt: skip
_SPACES = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"})
_SIGNS = {f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_OFF = frozenset({"0", "false", "off"})
_OTHER_PARTS: tuple[tuple[str, Part], ...] = (
    (r"word/footnotes\.xml", "footnote"),
    (r"word/endnotes\.xml", "endnote"),
    (r"word/header[0-9]*\.xml", "header"),
    (r"word/footer[0-9]*\.xml", "footer"),
)
_MOST_PARTS = 60
"""Headers and footers, each, that are read: a document has a few for each section."""
_TYPED_ITEM = re.compile(r"[-–—•·*▪◦]\s")


def paragraphs_of(package: Package) -> Iterator[Raw]:
    """Give the paragraphs of a document in their order; those outside the body come last."""
    folder = package.main.rpartition("/")[0]
    styles = read_styles(package.tree(f"{folder}/styles.xml"))
    numbering = read_numbering(package.tree(f"{folder}/numbering.xml"))
    yield from _Walk(styles, numbering).read(package.tree(package.main), "body")
    for pattern, part in _OTHER_PARTS:
        for name in sorted(name for name in package.names if re.fullmatch(pattern, name))[:_MOST_PARTS]:
            yield from _Walk(styles, read_numbering(None)).read(package.tree(name), part)


class _Walk:
    """One walk through a part. The parser bounds the depth, so that each level may be a call."""

    def __init__(self, styles: Mapping[str, Style], numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._found: list[Raw] = []
        self._tables = 0
        self._joined = ""
        """Text of a paragraph whose end a tracked change has deleted: it goes on in the next."""
        self._boxes: list[etree._Element] = []
        self._hidden = False

    def read(self, root: etree._Element | None, part: Part) -> list[Raw]:
        """Give the paragraphs of a part."""
        if root is not None:
            self._blocks(root, part, None)
        return self._found

    def _blocks(self, element: etree._Element, part: Part, cell: Cell | None) -> None:
        for child in element:
            if child.tag == _PARAGRAPH:
                self._paragraph(child, part, cell)
            elif child.tag == _TABLE:
                self._table(child, part)
            elif child.tag == _ALTERNATIVES:
                self._blocks(next(iter(child), child), part, cell)
            elif child.tag not in _SKIPPED:
                self._blocks(child, part, cell)

    def _table(self, table: etree._Element, part: Part) -> None:
        self._tables += 1
        number = self._tables
        for row, each in enumerate(_within(table, _ROW), start=1):
            if each.find(f"{_W}trPr/{_W}del") is None:
                for column, cell in enumerate(_within(each, _CELL), start=1):
                    if cell.find(f"{_W}tcPr/{_W}cellDel") is None:
                        self._blocks(cell, part, Cell(number, row, column))

    def _paragraph(self, element: etree._Element, part: Part, cell: Cell | None) -> None:
        properties = element.find(_PROPERTIES)
        boxes, hidden = self._boxes, self._hidden
        self._boxes, self._hidden = [], False
        pieces = [self._joined]
        self._inline(element, pieces)
        text, self._joined = "".join(pieces), ""
        if properties is not None and properties.find(f"{_RUN_PROPERTIES}/{_W}del") is not None:
            self._joined = text
        else:
            self._keep(text, properties, part, cell)
        inside, self._boxes, self._hidden = self._boxes, boxes, hidden
        for box in inside:
            self._blocks(box, "text-box" if part == "body" else part, cell)

    def _keep(self, text: str, properties: etree._Element | None, part: Part, cell: Cell | None) -> None:
        written = normalised(text)
        style = self._styles.get("" if properties is None else value(properties.find(f"{_W}pStyle")), Style())
        label, is_item = self._label(properties, style, is_empty=not written)
        level = outline_level(properties)
        if written:
            self._found.append(
                Raw(
                    written,
                    label,
                    style.level if level is None else level,
                    part,
                    cell,
                    is_item or _TYPED_ITEM.match(written) is not None,
                    self._hidden,
                )
            )

    def _label(self, properties: etree._Element | None, style: Style, *, is_empty: bool) -> tuple[str, bool]:
        """Count a numbered paragraph; give its number, and whether it is an item with a sign before it."""
        said, at = list_of(properties)
        number = style.list if said is None else said
        if not number or number == "0" or is_empty:
            return "", False
        if at is None and said is None:
            at = style.list_level
            if at is None:
                at = self._numbering.level_of_style(number, style.list_style)
        level = at or 0
        return self._numbering.label(number, level), self._numbering.is_bullet(number, level)

    def _inline(self, element: etree._Element, pieces: list[str]) -> None:
        """Gather the text of a paragraph; its text boxes are kept for later."""
        for child in element:
            tag = child.tag
            if tag == _TEXT:
                pieces.append(child.text or "")
            elif tag == _RUN_PROPERTIES:
                hidden = child.find(f"{_W}vanish")
                self._hidden |= hidden is not None and hidden.get(_VAL) not in _OFF
            elif tag in _SPACES:
                pieces.append(" ")
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == _BOX:
                self._boxes.append(child)
            elif tag == _ALTERNATIVES:
                self._alternative(child, pieces)
            elif tag not in _SKIPPED:
                self._inline(child, pieces)

    def _alternative(self, element: etree._Element, pieces: list[str]) -> None:
        """Take the first of the ways in which something is written that holds any text."""
        before = len(pieces) + len(self._boxes)
        for way in element:
            self._inline(way, pieces)
            if len(pieces) + len(self._boxes) > before:
                return


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Give the rows of a table or the cells of a row, those inside controls and insertions too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag not in (_PARAGRAPH, _TABLE, _CELL):
            yield from _within(child, tag)
