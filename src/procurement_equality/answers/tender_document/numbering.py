"""The numbers that Word counts for paragraphs: `4.2.1`. Only what is needed to say where something stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3_999


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    style: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    levels: Mapping[str, Mapping[int, _Level]]
    """The levels of each list definition."""
    lists: Mapping[str, str]
    """The definition that each list follows."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def level_of_style(self, number: str, style: str) -> int:
        """Give the level of a list that belongs to a paragraph style, or the first."""
        levels = self.levels.get(self.lists.get(number, ""), {})
        return next((index for index, level in levels.items() if level.style == style), 0)

    def is_bullet(self, number: str, index: int) -> bool:
        """Say whether a level of a list has a sign before each item, and no number."""
        level = self.levels.get(self.lists.get(number, ""), {}).get(index)
        return level is not None and level.format in ("bullet", "none")

    def label(self, number: str, index: int) -> str:
        """Count a paragraph and give its number, without a full stop at the end; nothing for a sign."""
        definition = self.lists.get(number)
        if definition is None or not 0 <= index < _LEVELS:
            return ""
        levels = self.levels[definition]
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        count, level = counts[index], levels.get(index)
        counts[index] = (level.start if level else 1) if count is None else count + 1
        counts[index + 1 :] = [None] * (_LEVELS - index - 1)
        if level is None or level.format in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other, value = levels.get(at), counts[at]
            start = other.start if other else 1
            return _written(start if value is None else value, other.format if other else "decimal")

        return _PLACEHOLDER.sub(written, level.text).strip().rstrip(".")


def read_numbering(root: etree._Element | None) -> Numbering:
    """Read `word/numbering.xml`, or nothing where a document has none."""
    if root is None:
        return Numbering({}, {})
    levels = {str(each.get(f"{_W}abstractNumId")): _levels(each) for each in root.iterchildren(f"{_W}abstractNum")}
    lists = {str(each.get(f"{_W}numId")): value(each.find(f"{_W}abstractNumId")) for each in root.iter(f"{_W}num")}
    return Numbering(levels, {number: definition for number, definition in lists.items() if definition in levels})


def value(element: etree._Element | None) -> str:
    """Give what an element says in its `w:val`."""
    return "" if element is None else str(element.get(_VAL) or "")


def number(element: etree._Element | None) -> int | None:
    """Give the small number that an element says in its `w:val`."""
    text = value(element)
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _levels(definition: etree._Element) -> dict[int, _Level]:
    found = {}
    for element in definition.iterchildren(f"{_W}lvl"):
        index = str(element.get(f"{_W}ilvl"))
        if index.isdecimal() and len(index) == 1:
            start = number(element.find(f"{_W}start"))
            found[int(index)] = _Level(
                value(element.find(f"{_W}numFmt")) or "decimal",
                value(element.find(f"{_W}lvlText"))[:40],
                1 if start is None else start,
                value(element.find(f"{_W}pStyle")),
            )
    return found


def _written(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 3)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count <= _MOST_ROMAN:
        letters = _roman(count)
        return letters if form == "lowerRoman" else letters.upper()
    return str(count)


def _roman(count: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (count // worth)
        count %= worth
    return letters
