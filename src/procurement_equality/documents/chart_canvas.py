"""A sheet that charts are drawn on: measures in millimetres from the upper left corner, letters in points.

matplotlib draws, with its own defaults whatever the machine's settings say, so that the same chart gives the same
bytes. The PNG holds pixels and their size, and nothing of when or with what it was made.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from procurement_equality.documents.picture import Picture

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

WIDTH: Final = 159.5
"""What may be drawn on, in millimetres."""
_SHEET = 160.0
"""The width of every chart: that of the text."""
DOTS_PER_INCH: Final = 200
POINTS: Final = 10.0
"""The size of all letters, as in tables."""
LINE: Final = 4.2
"""From one line of text to the next, in millimetres."""

INK: Final = "#1A1A1A"
GREY: Final = "#595959"
DARK: Final = "#17365D"
BLUE: Final = "#1F5C99"
MIDDLE: Final = "#A3BCD8"
LIGHT: Final = "#D9E4F0"
RULE: Final = "#6B7F99"
PAPER: Final = "#FFFFFF"

_MILLIMETRES = 25.4
_FAMILIES = ("Carlito", "DejaVu Sans")
_HALF_CAPITAL = 1.1
"""Half the height of a capital or a digit: from the middle of a line down to what the letters stand on."""

Weight = Literal["normal", "bold", "italic"]


@dataclass(frozen=True, slots=True)
class Fill:
    """How a surface looks: its colour, its edge, the colour of its letters, and a pattern that greyscale keeps."""

    colour: str
    edge: str
    letters: str
    pattern: str = ""
    pattern_colour: str = PAPER


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw with matplotlib's defaults, then give the process its settings back; not for two threads at once."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # a sign that no font has is drawn as a box
        matplotlib.rcdefaults()
        matplotlib.rcParams["hatch.linewidth"] = 0.8
        yield


@cache
def _font(weight: Weight) -> FontProperties:
    """Give the letters: Carlito where it is installed, or else DejaVu Sans, which comes with matplotlib."""
    from matplotlib.font_manager import FontProperties, fontManager

    installed = {font.name for font in fontManager.ttflist}
    return FontProperties(
        family=[name for name in _FAMILIES if name in installed],
        weight="bold" if weight == "bold" else "normal",
        style="italic" if weight == "italic" else "normal",
        size=POINTS,
    )


@cache
def _agg() -> Any:  # noqa: ANN401 - this part of matplotlib has no types
    from matplotlib.backends import backend_agg

    return backend_agg


@cache
def _ruler() -> Any:  # noqa: ANN401
    return _agg().RendererAgg(1, 1, DOTS_PER_INCH)


def width_of(text: str, weight: Weight = "normal") -> float:
    """Give the width of a line of text in millimetres."""
    if not text:
        return 0.0
    width, _, _ = _ruler().get_text_width_height_descent(text, _font(weight), ismath=False)
    return float(width) / DOTS_PER_INCH * _MILLIMETRES


def widest(texts: Sequence[str], weight: Weight = "normal") -> float:
    """Give the width of the widest of some lines of text in millimetres."""
    return max((width_of(text, weight) for text in texts), default=0.0)


def wrapped(text: str, width: float, most: int = 4) -> list[str]:
    """Break a text into lines no wider than `width`; what does not fit in `most` lines ends in `…`."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= width:
            lines[-1] = longer
        else:
            pieces = _pieces(word, width)
            lines = [*lines, *pieces] if lines[-1] else pieces
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(f"{last}…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last}…"]
    return lines


def _pieces(word: str, width: float) -> list[str]:
    """Break a word that is wider than a line, with hyphens; a hyphen of its own is used where there is one."""
    pieces = []
    while width_of(word) > width and len(word) > 1:
        fits = max((n for n in range(1, len(word)) if width_of(f"{word[:n]}-") <= width), default=1)
        own = word.rfind("-", 1, fits) + 1
        pieces.append(word[:own] if own else f"{word[:fits]}-")
        word = word[own or fits :]
    return [*pieces, word]


class Canvas:
    """A white sheet, as wide as the text and `height` millimetres high."""

    def __init__(self, height: float) -> None:
        from matplotlib.figure import Figure

        dots = (round(side / _MILLIMETRES * DOTS_PER_INCH) + 0.01 for side in (_SHEET, height))  # cut to whole dots
        width, tall = (side / DOTS_PER_INCH for side in dots)
        self._figure = Figure(figsize=(width, tall), dpi=DOTS_PER_INCH, facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, _SHEET), ylim=(height, 0))
        self._axes.set_axis_off()

    def surface(self, left: float, top: float, width: float, height: float, fill: Fill) -> None:
        """Draw a rectangle."""
        from matplotlib.patches import Rectangle

        def add(**how: Any) -> None:  # noqa: ANN401 - matplotlib's own words for a surface
            self._axes.add_patch(Rectangle((left, top), width, height, snap=True, **how))

        add(facecolor=fill.colour, linewidth=0)
        if fill.pattern:
            add(fill=False, edgecolor=fill.pattern_colour, hatch=fill.pattern, linewidth=0)
        add(fill=False, edgecolor=fill.edge, linewidth=0.8)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, points: float) -> None:
        """Draw a straight line, `points` thick."""
        from matplotlib.lines import Line2D

        xs, ys = zip(start, end, strict=True)
        self._axes.add_line(Line2D(xs, ys, color=colour, linewidth=points, solid_capstyle="butt"))

    def dot(self, x: float, y: float, points: float, colour: str, edge: str) -> None:
        """Draw a disc, `points` across, with an edge."""
        from matplotlib.lines import Line2D

        disc = Line2D([x], [y], marker="o", markersize=points, markerfacecolor=colour, linestyle="none")
        disc.set_markeredgecolor(edge)
        disc.set_markeredgewidth(1.4)
        self._axes.add_line(disc)

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        colour: str = INK,
        *,
        align: Literal["left", "center", "right"] = "left",
        weight: Weight = "normal",
    ) -> None:
        """Write a line of text with the middle of its digits at `middle`."""
        self._axes.text(
            x, middle + _HALF_CAPITAL, text, color=colour, ha=align, va="baseline", fontproperties=_font(weight),
            parse_math=False,  # a name with two dollar signs is a name
        )  # fmt: skip

    def lines(self, x: float, middle: float, lines: Sequence[str]) -> None:
        """Write lines of text under each other around `middle`."""
        first = middle - LINE * (len(lines) - 1) / 2
        for index, line in enumerate(lines):
            self.text(x, first + LINE * index, line)

    def picture(self) -> Picture:
        """Give what was drawn as a PNG picture."""
        agg = _agg().FigureCanvasAgg(self._figure)
        agg.draw()
        return Picture.at(_png(agg.buffer_rgba()), DOTS_PER_INCH)


def _png(drawn: memoryview) -> bytes:
    """Give pixels (rows of red, green, blue and opacity) as a PNG of at most 256 colours: a third of the bytes.

    The commonest colours stay as they are; the rest, on the edges of letters and lines, become the nearest of them.
    """
    import numpy as np
    from PIL import Image

    pixels = np.asarray(drawn)[:, :, :3].astype(np.int32)
    packed = pixels[:, :, 0] << 16 | pixels[:, :, 1] << 8 | pixels[:, :, 2]
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = colours[np.lexsort((colours, -counts))][:256]
    apart = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    palette = np.stack([kept >> 16, kept >> 8 & 255, kept & 255], axis=1)
    nearest = np.square(apart[:, None, :] - palette[None, :, :]).sum(axis=2).argmin(axis=1)
    image = Image.fromarray(nearest[places].reshape(packed.shape).astype(np.uint8))
    image.putpalette(palette.astype(np.uint8).tobytes())
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return buffer.getvalue()
