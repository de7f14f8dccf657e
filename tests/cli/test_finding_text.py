"""A line of a file and the carets below it, whatever the line holds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from procurement_equality.cli.finding_text import Grounds, excerpt, finding_lines, plain
from procurement_equality.findings import Finding
from procurement_equality.findings.extent import extent

TEXTS = st.text(st.sampled_from("abc åä\u0301\u030a🙂漢\t,:{\x1b\u202e"), max_size=400)


@pytest.mark.parametrize(
    ("line", "column", "length", "shown", "carets"),
    [
        ("level: law", 1, 5, "level: law", "^^^^^"),
        ("\ta: b", 2, 1, "    a: b", "    ^"),
        ("🙂 ord", 3, 3, "🙂 ord", "   ^^^"),
        ("a\u030aå ord", 5, 3, "a\u030aå ord", "   ^^^"),
        ("漢字", 2, 1, "漢字", "  ^^"),
        ("kort", 40, 3, "kort", "    ^"),
        ("", 1, 1, "", "^"),
        ("a\x1b[31m", 2, 1, "a\ufffd[31m", " ^"),
    ],
)
def test_carets_stand_below_the_words(line: str, column: int, length: int, shown: str, carets: str) -> None:
    """Tabs, wide, combining and control characters are counted as the terminal shows them."""
    assert excerpt(line, column, length, 80) == (shown, carets)


def test_a_long_line_is_cut_on_both_sides() -> None:
    """What is left out is shown as …, and the words are whole."""
    shown, carets = excerpt("x" * 500 + " ORDET " + "y" * 500, 502, 5, 40)
    assert len(shown) <= 40
    assert (shown[0], shown[-1]) == ("…", "…")
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "ORDET"


def test_words_wider_than_the_terminal_are_cut_at_the_end() -> None:
    """The beginning of the words is what is shown."""
    shown, carets = excerpt("a" * 300, 1, 300, 40)
    assert shown == "a" * 38 + "…"
    assert carets == "^" * 38


@given(TEXTS, st.integers(1, 420), st.integers(1, 60), st.integers(20, 100))
def test_nothing_is_wider_than_asked_and_nothing_harmful_is_shown(
    line: str, column: int, length: int, width: int
) -> None:
    """Whatever the line, line and carets fit, and no control character is left."""
    shown, carets = excerpt(line, column, length, width)
    assert cell_len(shown) <= width
    assert len(carets) <= width + 1
    assert carets.strip(" ").strip("^") == ""
    assert "^" in carets
    assert not set(shown) & set("\t\x1b\u202e")


@example(" ", 1, " ")
@given(TEXTS, st.integers(1, 420), st.text(max_size=30))
def test_the_extent_stays_on_the_line(line: str, column: int, words: str) -> None:
    """A finding reaches at least one character, and never past the end of its line."""
    length = extent(line, column, words)
    assert length == 1 or column - 1 + length <= len(line)
    assert length >= 1


@pytest.mark.parametrize(
    ("line", "column", "words", "length"),
    [
        ("  text: Aktivt verka för", 9, "aktivt verka", 12),
        ("  text: aktivt", 9, "aktivt verka", 6),
        ("  level: law", 3, "", 5),
        ('cpv: ["90911200-8"]', 7, "", 12),
        ("- {code: x}", 3, "", 1),
        ("a: b", 1, "finns inte", 1),
    ],
)
def test_the_extent_is_the_words_or_the_key(line: str, column: int, words: str, length: int) -> None:
    """Words are followed as far as they go on the line, else the YAML key or value there."""
    assert extent(line, column, words) == length


def test_a_very_long_line_takes_no_time() -> None:
    """A line of a million characters is cut before anything is counted."""
    shown, _ = excerpt("å" * 1_000_000, 500_000, 10, 80)
    assert cell_len(shown) <= 80


def test_a_finding_without_a_place_has_no_line() -> None:
    """A finding about no file is told without line and caret."""
    finding = Finding("use.no-code", data={"name": "x", "nearest": "y"})
    lines = list(finding_lines(finding, ("Fel.", "Rätta."), "", Grounds(), 80, lambda text, _: text))
    assert lines[1:] == ["  Fel.", "  Rätta."]


def test_plain_keeps_text_and_drops_controls() -> None:
    """Letters, tabs and line breaks stay; escape sequences and turned directions do not."""
    assert plain("å\t\n") == "å\t\n"
    assert plain("\x1b[2J\u202e\x9b") == "\ufffd[2J\ufffd\ufffd"
