"""What matters of a Word document for its answers: paragraphs, rows, cells and controls, with the text in them.

The tree is gone through once, with a filter of tags that the parser's library applies: to go from each element to its
children in Python costs five times as much. Tracked changes are taken as accepted: deleted and moved-away text is no
part of what is around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from lxml import etree

from procurement_equality.answers.reading.found import Box
from procurement_equality.answers.reading.names import Names

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

CELL, ROW, CONTROL, FIELD = f"{_W}tc", f"{_W}tr", f"{_W}sdt", f"{_W}fldChar"
ALTERNATIVES = f"{_MC}AlternateContent"
_PROPERTIES, _TABLE, _ROW_PROPERTIES = f"{_W}sdtPr", f"{_W}tbl", f"{_W}trPr"
_PARAGRAPH, _TEXT, _SYMBOL, _CHAR, _GRID_SPAN = f"{_W}p", f"{_W}t", f"{_W}sym", f"{_W}char", f"{_W}gridSpan"
_VAL, _BOOKMARK, _NAME = f"{_W}val", f"{_W}bookmarkStart", f"{_W}name"
_TAG, _ALIAS, _ID, _PLACEHOLDER = f"{_W}tag", f"{_W}alias", f"{_W}id", f"{_W}showingPlcHdr"
_FULL_DATE, _CHECKED, _VAL14 = f"{_W}fullDate", f"{_W14}checked", f"{_W14}val"
_KINDS: Mapping[object, Literal["text", "choice", "date", "checkbox"]] = {
    f"{_W}text": "text", f"{_W}richText": "text", f"{_W}dropDownList": "choice", f"{_W}comboBox": "choice",
    f"{_W}date": "date", f"{_W14}checkbox": "checkbox",
}  # fmt: skip
_MOST_COLUMNS = 20
_MOST_OF_AN_INSTRUCTION = 1_000
_OFF = frozenset({"0", "false", "off"})

_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_APART = frozenset({*_DELETED, f"{_W}tabs"})
"""What holds elements that are text elsewhere and none here: deleted text, the tab stops of a paragraph."""

_SIGNS = {
    f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad",
}  # fmt: skip
_SYMBOLS = {"F0FE": "\u2612", "F0FD": "\u2612", "F052": "\u2612", "F0A8": "\u2610", "F06F": "\u2610", "F0A3": "\u2610"}
"""Ticked and empty boxes of the symbol fonts."""

_PICTURES = frozenset({f"{_W}drawing", f"{_W}pict", f"{_W}object"})
_INSTRUCTION, _FIELD_MARK = f"{_W}instrText", f"{_W}fldCharType"
_PLACES = frozenset({CELL, ROW, ALTERNATIVES, f"{_MC}Choice", f"{_MC}Fallback", *_APART})
_WANTED = (
    _TEXT,
    _PARAGRAPH,
    CONTROL,
    _BOOKMARK,
    _SYMBOL,
    _GRID_SPAN,
    FIELD,
    _INSTRUCTION,
    *_PLACES,
    *_SIGNS,
    *_PICTURES,
)


class Place:
    """A cell, a row, a control, or something else that means something for the text in it."""

    # These stand in the class and not in each object: most places need none of them, and there are thousands.
    box: Box | None = None
    bookmarks: list[str] | None = None
    pictures = 0
    columns = 1
    has_lost_breaks = False
    """Two stretches of text stand side by side in one run, where there was a line break between them."""
    is_answer = False
    mark = ""
    """Of a field: whether it begins here, its result does, or it ends."""
    instruction = ""
    """Of a field that begins here: what it does, or the beginning of that."""
    field: Place | None = None
    """The last mark of a field in this place."""

    def __init__(self, tag: str, *, is_deleted: bool = False) -> None:
        self.tag = tag
        self.is_deleted = is_deleted
        self.parts: list[str | Place | None] = []
        """Text, the places in it, and None where a paragraph begins, in order."""

    def within(self) -> Iterator[Place]:
        """Give every place in this one, in order. Not recursive: each step would go through every level."""
        waiting = [iter(self.parts)]
        while waiting:
            for part in waiting[-1]:
                if isinstance(part, Place):
                    yield part
                    waiting.append(iter(part.parts))
                    break
            else:
                waiting.pop()


class Outline:
    """A document as places, with its rows and controls in their order, also those in one another."""

    def __init__(self, root: etree._Element, names: Names) -> None:
        self.names = names
        self.whole = Place(str(root.tag))
        self.rows: list[Place] = []
        self.controls: list[Place] = []
        self._places: dict[etree._Element | None, Place] = dict.fromkeys((root, *root), self.whole)
        """The place that an element is, or lies in. What is not here changes nothing: runs, links, insertions."""
        self._gather(root)

    def _gather(self, root: etree._Element) -> None:
        """Go through the tree. All that is not rare is done here: a call for each element would double the time."""
        places, before = self._places, None
        passed: list[etree._Element] = []
        for element in root.iter(*_WANTED):
            tag = element.tag
            parent = run = element.getparent()
            while (around := places.get(parent)) is None and parent is not None:
                if parent is not run:
                    passed.append(parent)
                parent = parent.getparent()
            if around is not None and passed:  # not the same long way for each of many runs
                places.update(dict.fromkeys(passed, around))
                passed.clear()
            if around is None:
                continue
            if tag == _TEXT:
                around.parts.append(element.text or "")
                if run is before and _stands_after_text(element):
                    around.has_lost_breaks = True
                before = run
            elif tag == _PARAGRAPH:
                around.parts.append(None)
                places[element] = around
            elif tag == CONTROL:
                self._control(element, around)
            elif tag == _BOOKMARK:
                if around.bookmarks is None:
                    around.bookmarks = []
                around.bookmarks.append(str(element.get(_NAME)).lower())
            elif tag in _PLACES:
                self._place(element, tag, around)
            else:
                _sign(element, tag, around)

    def _place(self, element: etree._Element, tag: str, around: Place) -> None:
        if tag in _DELETED and (parent := element.getparent()) is not None and parent.tag == _ROW_PROPERTIES:
            around.is_deleted = True
            return
        place = self._places[element] = Place(tag, is_deleted=around.is_deleted or tag in _DELETED)
        if tag not in _APART:
            around.parts.append(place)
        if tag == ROW:
            self.rows.append(place)

    def _control(self, element: etree._Element, around: Place) -> None:
        """Keep a control with what it says of itself, unless a tracked change has taken it away."""
        properties = next((child for child in element if child.tag == _PROPERTIES), None)
        if properties is None or around.is_deleted:
            return
        place = self._places[element] = Place(CONTROL)
        around.parts.append(place)
        self.controls.append(place)
        place.box = _properties(properties, self.names)
        if place.box.tag is None and place.box.alias is None:
            _inherit(place.box, element, self.names)


def _stands_after_text(element: etree._Element) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == _TEXT


def _sign(element: etree._Element, tag: str, around: Place) -> None:
    """Note what stands for a sign or a picture, the parts of a field, and how many columns a cell covers."""
    if tag in _SIGNS:
        around.parts.append(_SIGNS[tag])
    elif tag == _SYMBOL:
        around.parts.append(_SYMBOLS.get(str(element.get(_CHAR)).upper(), "\ufffd"))
    elif tag in _PICTURES:
        around.pictures += 1
    elif tag == FIELD:
        around.field = Place(FIELD)
        around.field.mark = str(element.get(_FIELD_MARK))
        around.parts.append(around.field)
    elif tag == _INSTRUCTION:
        if around.field is not None and len(around.field.instruction) < _MOST_OF_AN_INSTRUCTION:
            around.field.instruction += (element.text or "")[:_MOST_OF_AN_INSTRUCTION]
    elif around.tag == CELL:
        width = str(element.get(_VAL))
        if width.isdecimal() and len(width) < 4:
            around.columns = min(int(width), _MOST_COLUMNS)


def _properties(element: etree._Element, names: Names) -> Box:
    """Read what a control says of itself."""
    said = {child.tag: child for child in element}
    box = Box(tag=_value(said.get(_TAG)))
    if box.tag not in names.tags:  # else nothing else is asked for
        box.alias = (_value(said.get(_ALIAS)) or "").partition(" ")[0] or None
        number = _value(said.get(_ID)) or ""
        box.number = int(number) & 0x7FFFFFFF if number.lstrip("-").isdecimal() and len(number) < 12 else None
    if _PLACEHOLDER in said:
        box.is_placeholder = said[_PLACEHOLDER].get(_VAL) not in _OFF
    for tag, child in said.items():
        if tag in _KINDS:
            box.kind = _KINDS[tag]
            if box.kind == "date":
                box.date = (child.get(_FULL_DATE) or "")[:10] or None
            elif box.kind == "checkbox":
                state = child.find(_CHECKED)
                box.checked = state is not None and state.get(_VAL14) not in _OFF
    return box


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(_VAL) or None


def _inherit(box: Box, element: etree._Element, names: Names) -> None:
    """Give a control the names of one around it: LibreOffice makes two controls of a checkbox with words beside it."""
    for outer in element.iterancestors(CONTROL, _TABLE):
        properties = outer.find(_PROPERTIES)
        if properties is None:
            return
        named = _properties(properties, names)
        if named.tag or named.alias:
            box.tag, box.alias, box.number = named.tag, named.alias, named.number
            return
