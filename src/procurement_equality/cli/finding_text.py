"""A finding on a terminal: its line with carets below the words, what is wrong, the way out, and what it rests on.

Pure: texts in, lines out. `style` puts colour around a text, or leaves it as it is.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import get_character_cell_size

from procurement_equality.cli.words import say
from procurement_equality.findings import Finding
from procurement_equality.findings.extent import extent

Style = Callable[[str, str], str]
"""Takes a text and the name of what it is (`error`, `warning`, `information`, `place`, `dim`), and gives it styled."""

WIDEST = 100
"""The greatest width of a text, in columns."""
TAB = "    "
_CUT = "…"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a rule's finding rests on, written out in one language."""

    law: str = ""
    unverified: str | None = None


def plain(text: str) -> str:
    """Make a text harmless to a terminal: control characters and those that turn the direction become �."""
    return "".join("\ufffd" if _is_control(sign) else sign for sign in text)


def _is_control(sign: str) -> bool:
    return sign in _BIDI or (sign not in "\n\t" and unicodedata.category(sign) == "Cc")


def excerpt(line: str, column: int, length: int, width: int) -> tuple[str, str]:
    """Give a line and the carets below it, no wider than `width` columns; what is left out is shown as ….

    `column` (from 1) and `length` count code points. Tabs become spaces; wide and combining characters count as the
    terminal shows them.
    """
    offset = max(0, column - 1 - 2 * width)
    cells = [_cell(sign) for sign in line[offset : column - 1 + length + 2 * width]]
    start = min(column - 1 - offset, len(cells))
    end = min(start + max(1, length), max(len(cells), start + 1))
    first, last = _window(cells, start, end, width)
    before = _CUT if first > 0 or offset > 0 else ""
    after = _CUT if last < len(cells) or offset + len(cells) < len(line) else ""
    shown = before + "".join(text for text, _ in cells[first:last]) + after
    indent = len(before) + sum(size for _, size in cells[first:start])
    under = sum(size for _, size in cells[start : min(end, last)])
    return shown.rstrip(), " " * indent + "^" * max(1, under)


def _cell(sign: str) -> tuple[str, int]:
    """Give what is shown for a character, and its width in columns."""
    if sign == "\t":
        return TAB, len(TAB)
    if _is_control(sign):
        return "\ufffd", 1
    return sign, 0 if unicodedata.combining(sign) else get_character_cell_size(sign)


def _window(cells: Sequence[tuple[str, int]], start: int, end: int, width: int) -> tuple[int, int]:
    """Choose which characters are shown: as many as fit around the words, which come first."""
    if sum(size for _, size in cells) <= width:
        return 0, len(cells)
    room = width - 2 * len(_CUT)
    last = start
    while last < end and last < len(cells) and (room := room - cells[last][1]) >= 0:
        last += 1
    first = start
    third = room // 3
    first, room = _leftwards(cells, first, room, third)
    while last < len(cells) and room >= cells[last][1]:
        room -= cells[last][1]
        last += 1
    first, _ = _leftwards(cells, first, room, room)
    while first < start and cells[first][1] == 0:
        first += 1
    return first, last


def _leftwards(cells: Sequence[tuple[str, int]], first: int, room: int, most: int) -> tuple[int, int]:
    """Move the beginning to the left by at most so many columns; give it and the room that is left."""
    while first > 0 and most >= cells[first - 1][1]:
        first -= 1
        most -= cells[first][1]
        room -= cells[first][1]
    return first, room


def wrapped(text: str, width: int, first: str = "  ", rest: str = "  ") -> str:
    """Wrap a text; a word that is longer than the line stays whole."""
    return textwrap.fill(
        plain(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )


def finding_lines(
    finding: Finding, words: tuple[str, str], line: str, grounds: Grounds, width: int, style: Style
) -> Iterator[str]:
    """Yield the lines of a finding. `words` are what and way out, `line` is what it points at ("" for none)."""
    severity = style(say(f"severity.{finding.severity}"), finding.severity)
    place = f"  {style(plain(finding.place), 'place')}" if finding.place else ""
    yield f"{severity} {style(finding.code, finding.severity)}{place}"
    if line.strip() and finding.line is not None and finding.column is not None:
        yield from _source_lines(finding, line, width, style)
    text = min(width, WIDEST)
    for said in filter(None, words):
        yield wrapped(said, text)
    if grounds.law:
        yield wrapped(say("check.law", law=grounds.law), text)
    if grounds.unverified:
        yield wrapped(say("check.unverified", words=grounds.unverified), text)
    if "yaml" in finding.data:
        yield wrapped(say("check.paste"), text)
        yield from (f"      {style(plain(row), 'paste')}" for row in finding.data["yaml"].rstrip().split("\n"))


def _source_lines(finding: Finding, line: str, width: int, style: Style) -> Iterator[str]:
    """Yield the line with its number, and the carets."""
    assert finding.column is not None, "a finding without a column has no caret"  # noqa: S101
    number = f"{finding.line:>5} │ "
    length = extent(line, finding.column, finding.data.get("words", ""))
    shown, carets = excerpt(line, finding.column, length, max(20, width - len(number)))
    yield f"{style(number, 'dim')}{shown}"
    yield f"{style('      │ ', 'dim')}{style(carets, finding.severity)}"
