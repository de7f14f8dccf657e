"""Form fields: run-level content controls, each with three anchors that survive what Word files go through.

The tag is the question's id; a bookmark stands around the visible id in the label cell; the id itself is printed.
See `docs/decisions/0005-three-anchors.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from procurement_equality.answers.manifest import bookmark_name, control_id
from procurement_equality.documents.word.xml import escape

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PLACEHOLDER = '<w:rStyle w:val="PlaceholderText"/>'


class Identifiers:
    """Ids and bookmark names of one document: derived from the question's id, and never used twice."""

    def __init__(self) -> None:
        self._controls: set[int] = set()
        self._names: set[str] = set()
        self._bookmark = 0

    def control(self, tag: str) -> int:
        """Give a control's `w:id`: crc32 of its tag with the top bit cleared, and the next free one if taken."""
        number = control_id(tag)
        while number == 0 or number in self._controls:
            number = (number + 1) & 0x7FFFFFFF
        self._controls.add(number)
        return number

    def bookmark(self) -> int:
        """Give the next bookmark id."""
        self._bookmark += 1
        return self._bookmark

    def bookmark_name(self, tag: str) -> str:
        """Give a bookmark name for a question: at most 40 ASCII letters, digits and underscores."""
        name = bookmark_name(tag)
        while name.lower() in self._names:  # Word does not tell names apart by case
            name = bookmark_name(name + "_")
        self._names.add(name.lower())
        return name


def control(element: etree._Element, identifiers: Identifiers, words: Mapping[str, str], language: str) -> str:
    """Give the content control of an `input`, `select` or `textarea`."""
    tag = str(element.get("name"))
    alias = f"{tag} {element.get('title')}"[:64]
    head = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(alias)}"/><w:tag w:val="{escape(tag)}"/>'
        f'<w:id w:val="{identifiers.control(tag)}"/><w:lock w:val="sdtLocked"/>'
    )
    kind = element.get("type") if element.tag == "input" else str(element.tag)
    if kind == "checkbox":
        return head + _checkbox(checked=element.get("checked") is not None)
    value, placeholder, properties = _FILLERS.get(str(kind), _text)(element, words, language)
    if value is None:
        return f"{head}<w:showingPlcHdr/>{properties}</w:sdtPr>{_placeholder(placeholder)}"
    return f"{head}{properties}</w:sdtPr><w:sdtContent>{_lines(value)}</w:sdtContent></w:sdt>"


_Filled = tuple[str | None, str, str]
"""What is filled in, the words of an empty field, and the properties that say what kind of field it is."""


def _text(element: etree._Element, words: Mapping[str, str], language: str) -> _Filled:  # noqa: ARG001 - one shape
    placeholder = words["number_here"] if element.get("type") == "number" else words["write_here"]
    value = element.get("value")
    return None if value is None else str(value), placeholder, "<w:text/>"


def _textarea(element: etree._Element, words: Mapping[str, str], language: str) -> _Filled:  # noqa: ARG001 - one shape
    return element.text or None, words["write_here"], '<w:text w:multiLine="1"/>'


def _select(element: etree._Element, words: Mapping[str, str], language: str) -> _Filled:  # noqa: ARG001 - one shape
    options = list(element.iter("option"))
    items = "".join(
        f'<w:listItem w:displayText="{escape(str(option.text))}" w:value="{escape(str(option.get("value")))}"/>'
        for option in options
    )
    chosen = next((str(option.text) for option in options if option.get("selected")), None)
    return chosen, words["choose"], f"<w:dropDownList>{items}</w:dropDownList>"


def _date(element: etree._Element, words: Mapping[str, str], language: str) -> _Filled:
    value = element.get("value")
    full = f' w:fullDate="{escape(str(value))}T00:00:00Z"' if value and _ISO_DATE.match(str(value)) else ""
    properties = (
        f'<w:date{full}><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="{language}"/>'
        '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return None if value is None else str(value), words["pick_date"], properties


_FILLERS: Mapping[str, Callable[[etree._Element, Mapping[str, str], str], _Filled]] = {
    "select": _select,
    "date": _date,
    "textarea": _textarea,
}


def _checkbox(*, checked: bool) -> str:
    state, glyph = ("1", "\u2612") if checked else ("0", "\u2610")
    return (
        f'<w14:checkbox><w14:checked w14:val="{state}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
        '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'
        f"<w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _lines(text: str) -> str:
    """Give what is filled in as one run, with its line breaks and tabs."""
    lines = []
    for line in text.split("\n"):
        pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in line.split("\t"))
        lines.append("<w:tab/>".join(pieces))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def _placeholder(text: str) -> str:
    return f"<w:sdtContent><w:r><w:rPr>{_PLACEHOLDER}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>"
