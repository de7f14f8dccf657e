"""Form fields: run-level content controls, each with three anchors that survive what Word files go through.

The tag is the question's id; a bookmark stands around the visible id in the label cell; the id itself is printed.
See `docs/decisions/0005-three-anchors.md`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from lxml import etree

from procurement_equality.documents.word.xml import escape

_NOT_ASCII_NAME = re.compile(r"[^A-Za-z0-9]")
_PLACEHOLDER = '<w:rStyle w:val="PlaceholderText"/>'


class Identifiers:
    """Ids and bookmark names of one document: derived from the question's id, and never used twice."""

    def __init__(self) -> None:
        self._controls: set[int] = set()
        self._names: set[str] = set()
        self._bookmark = 0

    def control(self, tag: str) -> int:
        """Give a control's `w:id`: crc32 of its tag with the top bit cleared, and the next free one if taken."""
        number = zlib.crc32(tag.encode()) & 0x7FFFFFFF
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


def bookmark_name(tag: str) -> str:
    """Give the bookmark name that belongs to a tag: `AKT-01.date` gives `PE_AKT_01_date`."""
    name = "PE_" + _NOT_ASCII_NAME.sub("_", tag)
    return name if len(name) <= 40 else f"{name[:31]}_{zlib.crc32(tag.encode()):08x}"


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
        return head + _CHECKBOX
    if kind == "select":
        return f"{head}<w:showingPlcHdr/>{_choices(element)}</w:sdtPr>{_placeholder(words['choose'])}"
    if kind == "date":
        return f"{head}<w:showingPlcHdr/>{_date(language)}</w:sdtPr>{_placeholder(words['pick_date'])}"
    if kind == "textarea":
        return f'{head}<w:showingPlcHdr/><w:text w:multiLine="1"/></w:sdtPr>{_placeholder(words["write_here"])}'
    placeholder = words["number_here"] if kind == "number" else words["write_here"]
    return f"{head}<w:showingPlcHdr/><w:text/></w:sdtPr>{_placeholder(placeholder)}"


_CHECKBOX = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'
    "<w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
)


def _choices(element: etree._Element) -> str:
    items = "".join(
        f'<w:listItem w:displayText="{escape(str(option.text))}" w:value="{escape(str(option.get("value")))}"/>'
        for option in element.iter("option")
    )
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _date(language: str) -> str:
    return (
        f'<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="{language}"/>'
        '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
    )


def _placeholder(text: str) -> str:
    return f"<w:sdtContent><w:r><w:rPr>{_PLACEHOLDER}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>"
