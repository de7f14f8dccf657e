"""Finding answers in a Word file: `word/document.xml` as Word, LibreOffice, Google Docs and converters leave it.

Tracked changes are read as accepted: deleted and moved-away text is skipped, inserted text kept. Controls may stand in
a line, around a paragraph, a cell, a row or a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from lxml import etree

from procurement_equality.answers.manifest import paragraph_mark
from procurement_equality.answers.reading.found import Box, Cell, Line, Page
from procurement_equality.answers.reading.names import Names

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_SDT, _SDT_PR, _SDT_CONTENT = f"{_W}sdt", f"{_W}sdtPr", f"{_W}sdtContent"
_P, _R, _T, _TC, _TR, _TBL = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}tc", f"{_W}tr", f"{_W}tbl"
_BR, _VAL, _BOOKMARK, _NAME = f"{_W}br", f"{_W}val", f"{_W}bookmarkStart", f"{_W}name"
_TAG, _ALIAS, _ID, _PLACEHOLDER = f"{_W}tag", f"{_W}alias", f"{_W}id", f"{_W}showingPlcHdr"
_FULL_DATE, _CHECKED, _VAL14 = f"{_W}fullDate", f"{_W14}checked", f"{_W14}val"
_SYM, _CHAR, _TC_PR, _GRID_SPAN = f"{_W}sym", f"{_W}char", f"{_W}tcPr", f"{_W}gridSpan"
_KINDS: Mapping[object, Literal["text", "choice", "date", "checkbox"]] = {
    f"{_W}text": "text", f"{_W}richText": "text", f"{_W}dropDownList": "choice", f"{_W}comboBox": "choice",
    f"{_W}date": "date", f"{_W14}checkbox": "checkbox",
}  # fmt: skip
_MOST_COLUMNS = 20

_SKIPPED = frozenset(
    f"{_W}{name}" for name in (
        "del", "moveFrom", "rPr", "pPr", "tcPr", "trPr", "tblPr", "tblGrid", "tblPrEx", "sdtPr", "sdtEndPr", "sectPr",
        "instrText", "delText", "delInstrText", "ffData", "commentRangeStart", "commentRangeEnd", "commentReference",
        "footnoteReference", "endnoteReference", "annotationRef", "lastRenderedPageBreak", "proofErr",
    )
)  # fmt: skip
_SIGNS = {
    f"{_W}tab": "\t", _BR: "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad",
}  # fmt: skip
_NOT_PLAIN = (f"{_W}noBreakHyphen", f"{_W}del", f"{_W}ins", f"{_W}moveFrom", f"{_MC}Fallback")
"""What makes the plain text of a label other than its `w:t` one after another."""

_PICTURES = frozenset({f"{_W}drawing", f"{_W}pict", f"{_W}object"})
_SYMBOLS = {"F0FE": "\u2612", "F0FD": "\u2612", "F052": "\u2612", "F0A8": "\u2610", "F06F": "\u2610", "F0A3": "\u2610"}
"""Ticked and empty boxes of the symbol fonts."""

_ALTERNATIVES = f"{_MC}AlternateContent"
_OFF = frozenset({"0", "false", "off"})


def find(root: etree._Element, names: Names) -> Page:
    """Find everything in a document's tree that may be an answer."""
    walk = _Walk(root, names)
    for control in root.iter(_SDT):
        walk.control(control)
    lines = [line for row in root.iter(_TR) if (line := walk.line(row)) is not None]
    return Page(boxes=list(walk.boxes.values()), lines=lines, loose=list(walk.loose(root)))


class _Walk:
    """One walk through a document: the controls that may be answers, and the paragraphs of answer cells."""

    def __init__(self, root: etree._Element, names: Names) -> None:
        self.names = names
        self.boxes: dict[etree._Element, Box] = {}
        self._in_answers: set[etree._Element] = set()
        self._deleted = _deleted(root)
        self._is_plain = next(root.iter(*_NOT_PLAIN), None) is None

    def control(self, element: etree._Element) -> None:
        """Keep a control that may be an answer; one that only holds rows, cells or paragraphs together is none."""
        properties = content = None
        for child in element:
            if child.tag == _SDT_PR:
                properties = child
            elif child.tag == _SDT_CONTENT:
                content = child
        if properties is None or content is None or element in self._deleted:
            return
        box = _properties(properties)
        text = _Text()
        if len(content) == 1 and content[0].tag == _R:  # a line of text, as nearly all are
            self._gather(content[0], text, None)
        elif next(content.iter(_SDT), None) is not None:
            return  # what it says of itself goes to the control in it, see `_inherit`
        else:
            known = box.tag in self.names.tags or box.alias in self.names.tags or box.number in self.names.numbers
            if not known and any(child.tag in (_P, _TC, _TR, _TBL) for child in content):
                return
            self._gather(content, text, None)
        if box.tag is None and box.alias is None:
            _inherit(box, element)
        box.text, box.breaks_lost = text.joined(), text.adjacent
        self.boxes[element] = box

    def line(self, row: etree._Element) -> Line | None:
        """Give a row whose first cell names a question, with the cells that may hold its answer."""
        cells = list(_cells(row))
        if len(cells) < 2 or row in self._deleted:
            return None
        first = cells[0]
        visible = self.names.visible(self._label(first))
        bookmarks = [str(mark.get(_NAME)).lower() for mark in first.iter(_BOOKMARK)]
        bookmarked = tuple(
            dict.fromkeys(self.names.bookmarks[name] for name in bookmarks if name in self.names.bookmarks)
        )
        if not visible and not bookmarked:
            return None
        spare = not self.names.spare.isdisjoint((*visible, *bookmarked))
        return Line(bookmarked, visible, [self._cell(first) if spare else Cell(), *map(self._cell, cells[1:])])

    def loose(self, root: etree._Element) -> Iterator[str]:
        """Give the text of every paragraph outside answer cells that is not the form's own."""
        own = self.names.own_paragraphs
        for paragraph in root.iter(_P):
            if paragraph in self._in_answers or paragraph_mark("".join(paragraph.itertext(_T))) in own:  # type: ignore[arg-type]  # text is str
                continue
            text = _Text()
            self._gather(paragraph, text, Cell())
            joined = text.joined()
            if joined.strip() and paragraph_mark(joined) not in own:
                yield joined

    def _label(self, cell: etree._Element) -> str:
        """Give the text of a label, where only words count."""
        if self._is_plain:
            return "".join(cell.itertext(_T))  # type: ignore[arg-type]  # text is str
        text = _Text()
        self._gather(cell, text, Cell())
        return text.joined()

    def _cell(self, element: etree._Element) -> Cell:
        cell, text = Cell(), _Text()
        self._in_answers.update(element.iter(_P))
        self._gather(element, text, cell)
        cell.outside = text.joined()
        return cell

    def _gather(self, element: etree._Element, text: _Text, cell: Cell | None) -> None:
        """Gather text in order; with a cell, its controls go there and their text stays out of `text`."""
        before: object = None
        for child in element:
            tag = child.tag
            if tag == _T:
                text.adjacent |= before == _T
                text.parts.append(child.text or "")
            elif tag in _SIGNS:
                text.parts.append(_SIGNS[tag])
            elif tag == _P:
                text.paragraph()
                self._gather(child, text, cell)
            elif tag == _SDT:
                self._control(child, text, cell)
            elif tag == _ALTERNATIVES:
                self._alternative(child, text, cell)
            elif tag == _SYM:
                text.parts.append(_SYMBOLS.get(str(child.get(_CHAR)).upper(), "\ufffd"))
            elif tag not in _SKIPPED:
                if cell is not None and tag in _PICTURES:
                    cell.pictures += 1
                self._gather(child, text, cell)
            before = tag

    def _alternative(self, element: etree._Element, text: _Text, cell: Cell | None) -> None:
        """Take the first of the ways in which something is written that holds any text: Word writes emoji twice."""
        before = len(text.parts)
        for way in element:
            self._gather(way, text, cell)
            if len(text.parts) > before:
                return

    def _control(self, element: etree._Element, text: _Text, cell: Cell | None) -> None:
        box = self.boxes.get(element) if cell is not None else None
        if box is not None and cell is not None:
            box.breaks_lost |= box.kind == "text" and text.ends_in_breaks()
            cell.boxes.append(box)
            return
        content = element.find(_SDT_CONTENT)
        if content is not None:
            self._gather(content, text, cell)


class _Text:
    """Text in the making: pieces, and the signs that a program has swallowed line breaks."""

    __slots__ = ("adjacent", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.adjacent = False
        """Two stretches of text stand side by side in one run, where there was a line break between them."""

    def paragraph(self) -> None:
        """Begin a paragraph: on a new line, unless it is the first."""
        if self.parts:
            self.parts.append("\n")

    def ends_in_breaks(self) -> bool:
        """Say whether nothing but line breaks has come so far."""
        return bool(self.parts) and all(part == "\n" for part in self.parts)

    def joined(self) -> str:
        """Give the text."""
        return "".join(self.parts)


def _properties(element: etree._Element) -> Box:
    """Read what a control says of itself."""
    box = Box()
    for child in element:
        tag = child.tag
        if tag == _TAG:
            box.tag = child.get(_VAL) or None
        elif tag == _ALIAS:
            box.alias = str(child.get(_VAL) or "").partition(" ")[0] or None
        elif tag == _ID:
            number = str(child.get(_VAL))
            box.number = int(number) & 0x7FFFFFFF if number.lstrip("-").isdecimal() and len(number) < 12 else None
        elif tag == _PLACEHOLDER:
            box.is_placeholder = str(child.get(_VAL, "1")) not in _OFF
        elif tag in _KINDS:
            box.kind = _KINDS[tag]
            if box.kind == "date":
                box.date = (child.get(_FULL_DATE) or "")[:10] or None
            elif box.kind == "checkbox":
                state = child.find(_CHECKED)
                box.checked = state is not None and str(state.get(_VAL14, "1")) not in _OFF
    return box


def _inherit(box: Box, element: etree._Element) -> None:
    """Give a control the names of one around it: LibreOffice makes two controls of a checkbox with words beside it."""
    for outer in element.iterancestors(_SDT, _TBL):
        properties = outer.find(_SDT_PR)
        if properties is None:
            return
        named = _properties(properties)
        if named.tag or named.alias:
            box.tag, box.alias, box.number = named.tag, named.alias, named.number
            return


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Give a row's cells, those inside controls too; one that was merged counts for as many as it covers."""
    for child in row:
        if child.tag == _TC:
            yield child
            for _ in range(1, _span(child)):
                yield etree.Element(_TC)
        elif child.tag == _SDT:
            content = child.find(_SDT_CONTENT)
            if content is not None:
                yield from _cells(content)


def _span(cell: etree._Element) -> int:
    """Give how many columns a cell covers."""
    if len(cell) and cell[0].tag == _TC_PR:
        for child in cell[0]:
            if child.tag == _GRID_SPAN:
                width = str(child.get(_VAL))
                return min(int(width), _MOST_COLUMNS) if width.isdecimal() and len(width) < 4 else 1
    return 1


def _deleted(root: etree._Element) -> set[etree._Element]:
    """Give the controls and rows that tracked changes have taken away."""
    gone: set[etree._Element] = set()
    for mark in root.iter(f"{_W}del", f"{_W}moveFrom"):
        parent = mark.getparent()
        taken = parent.getparent() if parent is not None and parent.tag == f"{_W}trPr" else mark
        gone.update(taken.iter(_SDT, _TR) if taken is not None else ())
    return gone
