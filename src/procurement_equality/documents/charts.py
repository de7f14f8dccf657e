"""The charts of the follow-up report: from data to pictures, each with the text that says the same.

Drawing needs matplotlib, which comes with the extra `report`; where `available()` is false, callers leave the pictures
out, and the tables say what there is to say. No meaning rests on colour alone, and nothing is smaller than 9 points.
More rows than a page holds become several charts on the same scale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from itertools import accumulate
from typing import Any, Final, Generic, TypeVar

from procurement_equality.catalogue.text import Language
from procurement_equality.documents import chart_canvas as look
from procurement_equality.documents.chart_canvas import LINE, WIDTH, Canvas, Fill, widest, width_of, wrapped
from procurement_equality.documents.chart_texts import (
    OUTCOMES,
    WORDS,
    Counts,
    Outcome,
    Pair,
    Value,
    change_text,
    folded,
    outcome_text,
    rounded,
    sex_text,
    written,
)
from procurement_equality.documents.picture import Picture

_FILLS: Final[Mapping[Outcome, Fill]] = {
    "met": Fill(look.BLUE, look.BLUE, look.PAPER),
    "partly": Fill(look.MIDDLE, look.RULE, look.INK),
    "not-met": Fill(look.DARK, look.DARK, look.PAPER, "////", look.PAPER),
    "cannot-be-judged": Fill(look.PAPER, look.RULE, look.INK),
}
_WOMEN = Fill(look.BLUE, look.BLUE, look.PAPER)
_MEN = Fill(look.LIGHT, look.DARK, look.INK, "////", look.DARK)

_GAP = 3.0
"""Between a label and its bar, and between a bar and its value, in millimetres."""
_BETWEEN = 2.2
"""Between a row and the next."""
_BAR, _THIN_BAR, _DOTS = 4.8, 4.4, 4.8
_EDGE = 0.5
_SEAM = 0.5
"""White between two parts of a bar."""
_WIDEST_LABEL, _LEAST_PLOT = 62.0, 40.0
_MOST_HEIGHT = 222.0
"""What a page holds, with room for the caption."""
_MOST_ROWS = 30
_MOST_COUNT, _MOST_VALUE = 10**9, 10**12
_SWATCH = 6.0

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the picture, and the alternative text that says what it shows."""

    picture: Picture
    text: str


def available() -> bool:
    """Say whether charts can be drawn here: matplotlib is installed."""
    return find_spec("matplotlib") is not None


def outcome_bars(
    title: str, rows: Sequence[tuple[str, Mapping[Outcome, int]]], names: Mapping[Outcome, str], language: Language
) -> tuple[Chart, ...]:
    """Draw a bar for each row: how many assessments came out how, with the number in each part.

    `names` gives each outcome's name in `language`. A part is as wide as its share, but never narrower than its number.
    Raises `ValueError` where there are no rows, and for an unknown outcome or a count below nought.
    """
    counted: list[Counts] = [(folded(label), counts) for label, counts in rows]
    for _, counts in counted:
        if any(outcome not in OUTCOMES or not 0 <= count < _MOST_COUNT for outcome, count in counts.items()):
            raise ValueError(f"counts are nought or more, by outcome: {', '.join(OUTCOMES)}")
    with look.own_settings():
        start, labels = _labels(counted, room=0)
        scale = (WIDTH - start) / max([1, *(sum(counts.values()) for _, counts in counted)])
        key = [(_FILLS[outcome], names[outcome]) for outcome in OUTCOMES]
        plan: _Plan[Counts] = _Plan(
            labels=labels,
            row_height=_BAR,
            head_height=_legend(key),
            head=lambda canvas, _: _draw_legend(canvas, key),
            row=lambda canvas, row, middle: _draw_outcomes(canvas, row[1], start, middle, scale, language),
            says=lambda part: outcome_text(folded(title), part, names, language),
        )
        return _charts(counted, plan, language)


def by_sex(title: str, rows: Sequence[tuple[str, Value, Value]], unit: str, language: Language) -> tuple[Chart, ...]:
    """Draw two bars for each row, women's value over men's, each with its value and `unit` (`%`, `kr` or none).

    A value that is `masked` or `missing` has the word and no bar. Raises `ValueError` where there are no rows, and for
    values below nought.
    """
    pairs = _rounded(rows)
    values = [value for _, *both in pairs for value in both]
    most = max((value for value in values if isinstance(value, Decimal)), default=Decimal(0))
    if any(isinstance(value, Decimal) and value < 0 for value in values):
        raise ValueError("bars show values of nought or more")
    with look.own_settings():
        room = _GAP / 2 + widest([written(value, unit, language) for value in values])
        start, labels = _labels(pairs, room)
        scale = (WIDTH - room - start) / float(most or 1)
        key = [(_WOMEN, WORDS[language]["women"]), (_MEN, WORDS[language]["men"])]
        plan: _Plan[Pair] = _Plan(
            labels=labels,
            row_height=2 * _THIN_BAR,
            head_height=_legend(key),
            head=lambda canvas, _: _draw_legend(canvas, key),
            row=lambda canvas, row, middle: _draw_sexes(canvas, row, start, middle, scale, unit, language),
            says=lambda part: sex_text(folded(title), part, unit, language),
        )
        return _charts(pairs, plan, language)


def change(
    title: str, rows: Sequence[tuple[str, Value, Value]], unit: str, years: tuple[str, str], language: Language
) -> tuple[Chart, ...]:
    """Draw two dots for each row, last year's as a ring and this year's filled, with both values beside them.

    `years` are the names of last year and this year. A value that is `masked` or `missing` has the word and no dot.
    Raises `ValueError` where there are no rows.
    """
    pairs = _rounded(rows)
    numbers = [float(value) for _, *both in pairs for value in both if isinstance(value, Decimal)]
    before, after = (folded(year) for year in years)
    with look.own_settings():
        columns = [
            max(widest([written(value, unit, language) for value in column]), width_of(year, "bold") + 4.2) + _GAP
            for year, column in ((before, [row[1] for row in pairs]), (after, [row[2] for row in pairs]))
        ]
        start, labels = _labels(pairs, room=sum(columns))
        axis = _Axis.of(numbers, start, WIDTH - sum(columns) - _GAP, language)
        plan: _Plan[Pair] = _Plan(
            labels=labels,
            row_height=_DOTS,
            head_height=2 * LINE,
            head=lambda canvas, height: _draw_years(canvas, height, (before, after), columns[1], axis),
            row=lambda canvas, row, middle: _draw_change(canvas, row, middle, columns[1], axis, unit, language),
            says=lambda part: change_text(folded(title), part, unit, language, (before, after)),
        )
        return _charts(pairs, plan, language)


# --- rows, labels and pages ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan(Generic[Row]):
    """What is drawn: each row's label in lines, heights in millimetres, and how head and rows are drawn and said."""

    labels: Sequence[Sequence[str]]
    row_height: float
    head_height: float
    head: Callable[[Canvas, float], None]
    row: Callable[[Canvas, Row, float], None]
    says: Callable[[Sequence[Row]], str]

    def height(self, index: int) -> float:
        """Give the height of a row with the space below it."""
        return max(self.row_height, len(self.labels[index]) * LINE) + _BETWEEN


def _rounded(rows: Sequence[tuple[str, Value, Value]]) -> list[Pair]:
    """Round the values of all rows alike. Raises `ValueError` for what is no finite number, or has no room."""
    given = [value for _, first, second in rows for value in (first, second)]
    numbers = [Decimal(str(value)) for value in given if not isinstance(value, str)]
    if not all(number.is_finite() and abs(number) < _MOST_VALUE for number in numbers):
        raise ValueError(f"a chart shows finite numbers below {_MOST_VALUE:,}")
    values = iter(rounded(given))
    return [(folded(label), next(values), next(values)) for label, _, _ in rows]


def _labels(rows: Sequence[tuple[Any, ...]], room: float) -> tuple[float, list[list[str]]]:
    """Give where the plot begins, and each row's label in lines; `room` is what is needed to the plot's right."""
    if not rows:
        raise ValueError("a chart has at least one row")
    most = min(_WIDEST_LABEL, WIDTH - room - _LEAST_PLOT - _GAP)
    if most < _LEAST_PLOT / 2:
        raise ValueError("the unit and the values leave no room for a chart")
    lines = [wrapped(row[0], most) for row in rows]
    return widest([line for label in lines for line in label]) + _GAP, lines


def _charts(rows: Sequence[Row], plan: _Plan[Row], language: Language) -> tuple[Chart, ...]:
    """Draw as many charts as the rows need, about equally many rows on each."""
    full = _pages(rows, plan, _MOST_ROWS)
    pages = _pages(rows, plan, -(-len(rows) // len(full)))
    charts = []
    for number, page in enumerate(pages, 1):
        text = plan.says([rows[index] for index in page])
        if len(pages) > 1:
            text = f"{WORDS[language]['part'].format(part=number, parts=len(pages))} {text}"
        charts.append(Chart(_drawn(rows, plan, page), text))
    return tuple(charts)


def _pages(rows: Sequence[Row], plan: _Plan[Row], most: int) -> list[list[int]]:
    """Give the rows of each page: at most `most`, and no more than its height holds."""
    pages: list[list[int]] = [[]]
    left = _MOST_HEIGHT - plan.head_height
    for index in range(len(rows)):
        if pages[-1] and (len(pages[-1]) == most or plan.height(index) > left):
            pages.append([])
            left = _MOST_HEIGHT - plan.head_height
        pages[-1].append(index)
        left -= plan.height(index)
    return pages


def _drawn(rows: Sequence[Row], plan: _Plan[Row], page: Sequence[int]) -> Picture:
    height = plan.head_height + sum(plan.height(index) for index in page) - _BETWEEN + _EDGE
    canvas = Canvas(height)
    plan.head(canvas, height)
    top = plan.head_height
    for index in page:
        middle = top + (plan.height(index) - _BETWEEN) / 2
        canvas.lines(0, middle, plan.labels[index])
        plan.row(canvas, rows[index], middle)
        top += plan.height(index)
    return canvas.picture()


# --- bars ---------------------------------------------------------------------------------------------------

Key = Sequence[tuple[Fill, str]]


def _places(key: Key) -> list[tuple[float, float]]:
    """Give left edge and middle of each entry of a legend; what does not fit on a line begins the next."""
    places, left, middle = [], 0.0, _BAR / 2
    for _, name in key:
        width = _SWATCH + 1.5 + width_of(name)
        if left and left + width > WIDTH:
            left, middle = 0.0, middle + _BAR + 1
        places.append((left, middle))
        left += width + 2 * _GAP
    return places


def _legend(key: Key) -> float:
    """Give the height of a legend with the space below it."""
    return _places(key)[-1][1] + _BAR / 2 + _GAP


def _draw_legend(canvas: Canvas, key: Key) -> None:
    for (left, middle), (fill, name) in zip(_places(key), key, strict=True):
        canvas.surface(left + 0.2, middle - 1.7, _SWATCH, 3.4, fill)
        canvas.text(left + _SWATCH + 1.5, middle, name)


def _draw_outcomes(
    canvas: Canvas, counts: Mapping[Outcome, int], start: float, middle: float, scale: float, language: Language
) -> None:
    parts = [(_FILLS[outcome], counts.get(outcome, 0)) for outcome in OUTCOMES if counts.get(outcome, 0)]
    if not parts:
        canvas.text(start, middle, WORDS[language]["none"], look.GREY, weight="italic")
        return
    numbers = [written(count, "", language) for _, count in parts]
    widths = _widths([count for _, count in parts], scale, [width_of(number) + 3 for number in numbers])
    lefts = accumulate(widths, initial=start)
    for (fill, _), number, width, left in zip(parts, numbers, widths, lefts, strict=False):
        canvas.surface(left, middle - _BAR / 2, width - _SEAM, _BAR, fill)
        centre = left + (width - _SEAM) / 2
        if fill.pattern:  # the number stands on a plain field
            plain = Fill(fill.colour, fill.colour, fill.letters)
            canvas.surface(centre - width_of(number) / 2 - 0.6, middle - 1.7, width_of(number) + 1.2, 3.4, plain)
        canvas.text(centre, middle, number, fill.letters, align="center")


def _widths(counts: Sequence[int], scale: float, least: Sequence[float]) -> list[float]:
    """Share a bar's width by the counts, where no part may have less than its least."""
    whole = max(sum(counts) * scale, sum(least))
    narrow: set[int] = set()
    while True:
        left = whole - sum(least[index] for index in narrow)
        each = left / max(sum(count for index, count in enumerate(counts) if index not in narrow), 1)
        more = {index for index, count in enumerate(counts) if count * each < least[index]} - narrow
        if not more:
            return [least[index] if index in narrow else count * each for index, count in enumerate(counts)]
        narrow |= more


def _draw_sexes(
    canvas: Canvas, row: Pair, start: float, middle: float, scale: float, unit: str, language: Language
) -> None:
    canvas.line((start, middle - _THIN_BAR), (start, middle + _THIN_BAR), look.RULE, 0.8)
    for value, fill, top in ((row[1], _WOMEN, middle - _THIN_BAR), (row[2], _MEN, middle)):
        text = written(value, unit, language)
        if isinstance(value, str):
            canvas.text(start + _GAP / 2, top + _THIN_BAR / 2, text, look.GREY, weight="italic")
            continue
        width = float(value) * scale
        if width:
            canvas.surface(start, top + _SEAM / 2, width, _THIN_BAR - _SEAM, fill)
        canvas.text(start + width + _GAP / 2, top + _THIN_BAR / 2, text)


# --- dots ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scale between two places on the sheet, with its marks."""

    left: float
    right: float
    marks: tuple[float, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, numbers: Sequence[float], left: float, right: float, language: Language) -> _Axis:
        """Give a scale that holds the numbers; its span is at least a tenth of the largest, lest little seem much."""
        if not numbers:
            return cls(left, right, (), ())
        from matplotlib.ticker import MaxNLocator

        low, high = min(numbers), max(numbers)
        whole = all(number.is_integer() for number in numbers)
        spare = max(max(abs(low), abs(high), 20 if whole else 5) / 10 - (high - low), 0) / 2
        ends = (max(low - spare, 0) if low >= 0 else low - spare, high + spare)
        locator = MaxNLocator(4, steps=[1, 2, 5, 10], integer=whole)
        marks = [float(mark) for mark in locator.tick_values(*ends)]
        names = [written(value, "", language) for value in rounded(marks) if isinstance(value, Decimal)]
        room = int((right - left) / (widest(names) + _GAP))
        if room < len(names):  # the ends only, or none
            names = [name if room > 1 and name in (names[0], names[-1]) else "" for name in names]
        inset = max(widest(names) / 2, 2)
        return cls(left + inset, right - inset, tuple(marks), tuple(names))

    def at(self, number: float) -> float:
        """Give the place of a number."""
        share = (number - self.marks[0]) / (self.marks[-1] - self.marks[0])
        return self.left + share * (self.right - self.left)


def _draw_years(canvas: Canvas, height: float, years: tuple[str, str], last: float, axis: _Axis) -> None:
    """Draw the scale, and over each column of values its year with its kind of dot."""
    middle = LINE / 2
    for mark, name in zip(axis.marks, axis.names, strict=True):
        canvas.text(axis.at(mark), middle, name, look.GREY, align="center")
        canvas.line((axis.at(mark), 1.5 * LINE), (axis.at(mark), height - _EDGE), look.LIGHT, 0.8)
    for year, edge, draw in zip(years, (WIDTH - last, WIDTH), (_ring, _disc), strict=True):
        canvas.text(edge, middle, year, weight="bold", align="right")
        draw(canvas, edge - width_of(year, "bold") - 2.5, middle)


def _draw_change(
    canvas: Canvas, row: Pair, middle: float, last: float, axis: _Axis, unit: str, language: Language
) -> None:
    places = [axis.at(float(value)) if isinstance(value, Decimal) else None for value in row[1:]]
    if places[0] is not None and places[1] is not None:
        canvas.line((places[0], middle), (places[1], middle), look.RULE, 2)
    for value, place, edge, draw in zip(row[1:], places, (WIDTH - last, WIDTH), (_ring, _disc), strict=True):
        if place is not None:
            draw(canvas, place, middle)
        text = written(value, unit, language)
        known = place is not None
        canvas.text(
            edge, middle, text, look.INK if known else look.GREY, align="right", weight="normal" if known else "italic"
        )


def _ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.dot(x, y, 8, look.PAPER, look.DARK)


def _disc(canvas: Canvas, x: float, y: float) -> None:
    canvas.dot(x, y, 5, look.BLUE, look.BLUE)
