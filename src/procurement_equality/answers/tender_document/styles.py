"""What Word's paragraph styles say of headings and lists, whatever language Word names them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from procurement_equality.answers.tender_document.numbering import number, value

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|rubrik|überschrift|titre|otsikko|overskrift)\s*([1-9])", re.IGNORECASE)
_MOST_STEPS = 20
_BODY_TEXT = 9
"""The outline level that stands for no heading."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: level of heading (0 for none), and the list that its paragraphs belong to ("" for none)."""

    level: int = 0
    list: str = ""
    list_level: int | None = None
    list_style: str = ""
    """The style, this one or one that it builds on, which names the list."""


def read_styles(root: etree._Element | None) -> Mapping[str, Style]:
    """Read `word/styles.xml`: each paragraph style by its id, with what it inherits."""
    if root is None:
        return {}
    elements = {
        str(each.get(f"{_W}styleId")): each
        for each in root.iterchildren(f"{_W}style")
        if each.get(f"{_W}type") in (None, "paragraph")
    }
    return {name: _style(name, elements) for name in elements}


def outline_level(properties: etree._Element | None) -> int | None:
    """Give the heading level, 1 to 9, that paragraph properties say, 0 for body text, None where they say nothing."""
    said = None if properties is None else number(properties.find(f"{_W}outlineLvl"))
    if said is None:
        return None
    return said + 1 if said < _BODY_TEXT else 0


def list_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Give the list and the level in it that paragraph properties say; list "0" stands for none."""
    numbered = None if properties is None else properties.find(f"{_W}numPr")
    if numbered is None:
        return None, None
    return value(numbered.find(f"{_W}numId")) or None, number(numbered.find(f"{_W}ilvl"))


def _style(name: str, elements: Mapping[str, etree._Element]) -> Style:
    """Follow a style through those it builds on: the nearest that says something counts."""
    level: int | None = None
    found: str | None = None
    at: int | None = None
    of = ""
    for _ in range(_MOST_STEPS):
        element = elements.get(name)
        if element is None:
            break
        properties = element.find(f"{_W}pPr")
        said, own = list_of(properties)
        if found is None and said is not None:
            found, of = said, name
        at = own if at is None else at
        if level is None:
            named = _HEADING.fullmatch(value(element.find(f"{_W}name")).strip())
            level = int(named[1]) if named else outline_level(properties)
        name = value(element.find(f"{_W}basedOn"))
    return Style(level or 0, found if found not in (None, "0") else "", at, of)
