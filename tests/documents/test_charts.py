"""Charts: what is drawn is what is said, nothing hidden shows, and the same data give the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement_equality.catalogue.text import Language
from procurement_equality.documents import charts
from procurement_equality.documents.chart_texts import OUTCOMES, Outcome, Value, folded, rounded, written
from procurement_equality.documents.charts import Chart

matplotlib = pytest.importorskip("matplotlib")
numpy = pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

NAMES: Mapping[Outcome, str] = {
    "met": "Uppfyllt", "partly": "Delvis uppfyllt", "not-met": "Inte uppfyllt",
    "cannot-be-judged": "Går inte att bedöma",
}  # fmt: skip
OUTCOME_ROWS: Sequence[tuple[str, Mapping[Outcome, int]]] = [
    ("Omsorg Alfa AB", {"met": 31, "partly": 6, "not-met": 3, "cannot-be-judged": 1}),
    ("Vård Beta AB", {"met": 20, "not-met": 11}),
    ("Gamma ek. för.", {}),
]
SEX_ROWS: Sequence[tuple[str, Value, Value]] = [
    ("Deltid", 62.5, 18.26), ("Chefer", "masked", Decimal(40)), ("Nattarbete", 12, "missing"),
]  # fmt: skip
BLUE, LIGHT, INK, PAPER = (31, 92, 153), (217, 228, 240), (26, 26, 26), (255, 255, 255)


def _pixels(chart: Chart) -> dict[tuple[int, int, int], int]:
    """Give how many pixels a chart has of each colour."""
    with Image.open(io.BytesIO(chart.picture.png)) as image:
        return {colour: count for count, colour in image.convert("RGB").getcolors(1 << 24)}


def _runs(chart: Chart, colour: tuple[int, int, int]) -> list[int]:
    """Give the longest unbroken stretch of a colour on each row of pixels that has any."""
    with Image.open(io.BytesIO(chart.picture.png)) as image:
        same = (numpy.asarray(image.convert("RGB")) == colour).all(axis=2)
    rows = [row.astype("uint8").tobytes() for row in same]
    return [max(map(len, re.findall(rb"\x01+", row))) for row in rows if b"\x01" in row]


# --- what is said -------------------------------------------------------------------------------------------


def test_outcomes_are_said_row_by_row() -> None:
    """Few rows are said one by one, with every outcome that occurs and its number."""
    [chart] = charts.outcome_bars("Per leverantör", OUTCOME_ROWS, NAMES, "sv")
    assert chart.text == (
        "Stapeldiagram: Per leverantör. Omsorg Alfa AB: uppfyllt 31, delvis uppfyllt 6, inte uppfyllt 3, "
        "går inte att bedöma 1. Vård Beta AB: uppfyllt 20, inte uppfyllt 11. Gamma ek. för.: inga bedömningar."
    )


def test_many_outcomes_are_said_in_all() -> None:
    """Many rows are said in all, and the one that has most left to do is named."""
    rows: list[tuple[str, Mapping[Outcome, int]]] = [(f"Krav {n}", {"met": 1000, "not-met": n}) for n in range(8)]
    [chart] = charts.outcome_bars("Per krav", rows, NAMES, "sv")
    assert chart.text == (
        "Stapeldiagram: Per krav. 8 rader, sammanlagt uppfyllt 8\u00a0000, inte uppfyllt 28. "
        "Flest ”inte uppfyllt”: Krav 7, 7 av 1\u00a0007."
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", "Stapeldiagram: Andel. Deltid: kvinnor 62,5\u00a0%, män 18,3\u00a0%."
               " Chefer: kvinnor dolt, män 40,0\u00a0%."
               " Nattarbete: kvinnor 12,0\u00a0%, män saknas. Dolda värden visas inte, till skydd för enskilda."),
        ("en", "Bar chart: Andel. Deltid: women 62.5%, men 18.3%. Chefer: women hidden, men 40.0%. "
               "Nattarbete: women 12.0%, men missing. Hidden values are not shown, to protect individuals."),
    ],
)  # fmt: skip
def test_values_by_sex_are_said(language: Language, expected: str) -> None:
    """Women's and men's values are said as they are written in each language, and so is what is hidden or missing."""
    [chart] = charts.by_sex("Andel", SEX_ROWS, "%", language)
    assert chart.text == expected


def test_many_values_by_sex_are_compared() -> None:
    """Many rows are said as how often each sex's value is higher, with the largest difference among those that show."""
    rows: list[tuple[str, Value, Value]] = [(f"Grupp {n}", 1000 + n, 1003) for n in range(7)]
    rows += [("Dold", "masked", 5)]
    [chart] = charts.by_sex("Lön", rows, "kr", "sv")
    assert chart.text == (
        "Stapeldiagram: Lön. 8 rader: kvinnors värde är högre i 3, mäns i 3, lika i 1. "
        "Värden är dolda eller saknas i 1. "
        "Störst skillnad: Grupp 0: kvinnor 1\u00a0000\u00a0kr, män 1\u00a0003\u00a0kr. "
        "Dolda värden visas inte, till skydd för enskilda."
    )


def test_change_is_said() -> None:
    """Both years' values are said, with a minus sign below nought; of many rows, how many rose and fell."""
    [chart] = charts.change("Lönegap", [("Alla", -3.2, 1)], "%", ("2024", "2025"), "sv")
    assert chart.text == "Punktdiagram: Lönegap. Alla: −3,2\u00a0% (2024), 1,0\u00a0% (2025)."
    rows: list[tuple[str, Value, Value]] = [(f"Group {n}", 5, n) for n in range(8)]
    [chart] = charts.change("Gap", rows, "", ("2024", "2025"), "en")
    assert chart.text == (
        "Dot chart: Gap. 8 rows, from 2024 to 2025: higher in 2, lower in 5, equal in 1. "
        "Largest difference: Group 0: 5 (2024), 0 (2025)."
    )


def test_numbers_of_one_chart_have_as_many_decimals() -> None:
    """Whole numbers stay whole; where one of a chart's numbers is not, all have one decimal, rounded half to even."""
    assert rounded([1, Decimal("2.00"), "masked"]) == [Decimal(1), Decimal(2), "masked"]
    assert [str(value) for value in rounded([1, 2.25, 2.35, -0.04])] == ["1.0", "2.2", "2.4", "0.0"]
    assert written(Decimal("1234567.5"), "kr", "sv") == "1\u00a0234\u00a0567,5\u00a0kr"
    assert written(1234, "", "en") == "1,234"


# --- what is hidden stays hidden ----------------------------------------------------------------------------


@pytest.mark.parametrize("draw", ["by_sex", "change"])
def test_the_pictures_know_no_hidden_value(draw: str) -> None:
    """A hidden value is in neither picture nor text: a word is all that the drawing is given, and all that it says."""
    rows: list[tuple[str, Value, Value]] = [("A", "masked", 40), ("B", 3, "masked"), ("C", "masked", "masked")]
    [chart] = (
        charts.by_sex("x", rows, "%", "sv") if draw == "by_sex" else charts.change("x", rows, "%", ("förr", "nu"), "sv")
    )
    assert re.findall(r"[0-9]+", chart.text) == ["40", "3"]
    assert chart.text.count("dolt") == 4


def test_a_hidden_value_has_no_bar() -> None:
    """Where a sex's value is hidden there is no bar of its kind, however the other values are."""
    [hidden] = charts.by_sex("x", [("A", "masked", 40)], "%", "sv")
    [shown] = charts.by_sex("x", [("A", 20, 40)], "%", "sv")
    legend = max(_runs(hidden, BLUE))  # the sample of the legend is all that is blue
    assert legend < 60
    assert max(_runs(shown, BLUE)) > 5 * legend


def test_only_hidden_values_make_a_chart() -> None:
    """A chart where everything is hidden or missing is drawn all the same, and says so."""
    rows: list[tuple[str, Value, Value]] = [("A", "masked", "missing")]
    assert "dolt" in charts.by_sex("x", rows, "%", "sv")[0].text
    assert "saknas" in charts.change("x", rows, "%", ("förr", "nu"), "sv")[0].text


# --- what is drawn ------------------------------------------------------------------------------------------


def test_charts_are_as_wide_as_the_text_and_no_higher_than_a_page() -> None:
    """A chart fills the width of 160 mm at 200 dots per inch, grows with its rows, and fits on a page."""
    heights = []
    for number in (1, 2, 15, 30):
        [chart] = charts.outcome_bars("x", [(f"Rad {n}", {"met": n}) for n in range(number)], NAMES, "sv")
        assert round(chart.picture.width) == 160
        assert Image.open(io.BytesIO(chart.picture.png)).width == round(160 / 25.4 * 200)
        heights.append(chart.picture.height)
    assert all(before < after for before, after in pairwise(heights))
    assert heights[-1] <= 225


def test_more_rows_than_a_page_holds_become_several_charts() -> None:
    """Fifty rows become charts of equally many rows, each says which part it is, and no row is lost."""
    rows: list[tuple[str, Value, Value]] = [(f"Grupp {n}", n, 50 - n) for n in range(50)]
    parts = charts.by_sex("x", rows, "", "sv")
    assert len(parts) > 1
    assert [part.text.split(".")[0] for part in parts] == [f"Del {n} av {len(parts)}" for n in range(1, len(parts) + 1)]
    assert sum(int(re.findall(r"([0-9]+) rader", part.text)[0]) for part in parts) == 50
    assert all(part.picture.height <= 225 for part in parts)


def test_bars_are_as_long_as_their_values() -> None:
    """Women's bars on one scale: the longest fills the plot, and half its value has half its length."""
    [full] = charts.by_sex("x", [("A", 80, 80)], "", "sv")
    [half] = charts.by_sex("x", [("A", 40, 80)], "", "sv")
    assert max(_runs(half, BLUE)) == pytest.approx(max(_runs(full, BLUE)) / 2, abs=3)


def test_several_charts_share_one_scale() -> None:
    """Where rows become several charts, the same value is as long in the last as in the first."""
    first, *_, last = charts.by_sex("x", [("A", 40, 80), *[("B", 1, 1)] * 40, ("C", 40, 1)], "", "sv")
    assert max(_runs(first, BLUE)) == pytest.approx(max(_runs(last, BLUE)), abs=2)


def test_small_parts_have_room_for_their_number() -> None:
    """A part of one in ten thousand is as wide as its number, and the bar is no longer for it."""
    [chart] = charts.outcome_bars("x", [("A", {"met": 9999, "partly": 1})], NAMES, "sv")
    middle = (163, 188, 216)
    assert max(_runs(chart, middle)) >= 25
    assert max(_runs(chart, BLUE)) <= 1260


def test_kinds_of_bars_differ_in_greyscale() -> None:
    """No meaning rests on colour alone: parts differ in lightness or pattern, and their numbers have contrast."""
    fills = [charts._FILLS[outcome] for outcome in OUTCOMES] + [charts._WOMEN, charts._MEN]
    for fill in fills:
        assert _contrast(fill.letters, fill.colour) >= 4.5
        assert _contrast(fill.edge, "#FFFFFF") >= 3
    looks = {(fill.pattern, round(_luminance(fill.colour), 1)) for fill in fills[:4]}
    assert len(looks) == 4
    assert fills[4].pattern != fills[5].pattern


def _luminance(colour: str) -> float:
    """Give the relative luminance of a colour, as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first: str, second: str) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_a_name_is_no_formula() -> None:
    """A label with dollar signs, a sign that no font has, or a control character is drawn as a label."""
    for label in ("A$B$ AB", "$\\frac{1}$", "\U0001f389 \ue000", "a\x00b\u202ec\n\td", "", "å" * 300, "_^{}%s{0}"):
        [chart] = charts.by_sex(label, [(label, 1, 2)], "%", "sv")
        assert folded(label) in chart.text
        assert _pixels(chart)[BLUE] > 0
    assert folded("a\x00b\u202ec\n\td") == "abc d"
    assert len(folded("å" * 300)) == 100


def test_long_labels_wrap_within_their_column() -> None:
    """Long words are broken, so that bars keep their room and nothing is written over them."""
    long = "Jämställdhetsintegreringsarbetesplaneringsunderlag för arbetsmarknadsutskottets likabehandlingsarbete"
    [wide] = charts.by_sex("x", [(long, 10, 10)], "", "sv")
    assert max(_runs(wide, BLUE)) / 1260 * 160 > 80
    assert wide.picture.height > charts.by_sex("x", [("A", 10, 10)], "", "sv")[0].picture.height


_LABELS = st.text(max_size=120)
_VALUES = st.one_of(
    st.sampled_from(["masked", "missing"]), st.integers(0, 10**12 - 1), st.floats(0, 10**11), st.decimals(0, 1000)
)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(_LABELS, _VALUES, _VALUES), min_size=1, max_size=5))
def test_whatever_the_data_there_is_a_chart(rows: list[tuple[str, Value, Value]]) -> None:
    """Any labels and values of nought or more make charts of both kinds, each with a text in one line."""
    for chart in (*charts.by_sex("x", rows, "%", "sv"), *charts.change("x", rows, "kr", ("2024", "2025"), "en")):
        assert chart.picture.height > 0
        assert chart.text.isprintable() or "\u00a0" in chart.text
        assert not re.search(r"[\x00-\x1f]", chart.text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), 10**12, -(10**12)])
def test_what_is_no_number_is_refused(value: Value) -> None:
    """What is no finite number, or has no room on a page, is refused."""
    with pytest.raises(ValueError, match="finite"):
        charts.change("x", [("A", value, 1)], "", ("a", "b"), "sv")


def test_misuse_is_refused() -> None:
    """No rows, bars below nought, unknown outcomes, counts below nought and endless units are refused."""
    for rows in ([], [("A", -1, 1)]):
        with pytest.raises(ValueError, match=r"row|nought"):
            charts.by_sex("x", rows, "", "sv")
    with pytest.raises(ValueError, match="room"):
        charts.by_sex("x", [("A", 1, 1)], "x" * 200, "sv")
    for counts in ({"met": -1}, {"good": 1}):
        with pytest.raises(ValueError, match="outcome"):
            charts.outcome_bars("x", [("A", counts)], NAMES, "sv")  # type: ignore[list-item]


# --- the same again, and without matplotlib -----------------------------------------------------------------

_DIGESTS = """
import hashlib
from procurement_equality.documents import charts
names = {"met": "a", "partly": "b", "not-met": "c", "cannot-be-judged": "d"}
made = (
    *charts.outcome_bars("x", [("Å", {"met": 3, "partly": 1, "not-met": 2})], names, "sv"),
    *charts.by_sex("x", [("Å", 1.5, "masked")], "%", "sv"),
    *charts.change("x", [("Å", 1.5, 2)], "%", ("2024", "2025"), "sv"),
)
for chart in made:
    print(hashlib.sha256(chart.picture.png).hexdigest(), chart.text.encode())
"""


def test_same_bytes_in_every_process(tmp_path: object) -> None:
    """The same data give the same bytes, whatever the hash seed, time zone, locale and matplotlib's settings say."""
    settings_file = f"{tmp_path}/matplotlibrc"
    with open(settings_file, "w", encoding="utf-8") as file:
        file.write(
            "font.size: 30\ntext.color: red\nhatch.linewidth: 9\nfigure.facecolor: black\nlines.antialiased: False\n"
        )

    def run(seed: str, **more: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, **more}
        return subprocess.run(
            [sys.executable, "-c", _DIGESTS], capture_output=True, text=True, check=True, env=environment
        ).stdout

    first = run("0", TZ="UTC", LC_ALL="C.UTF-8")
    assert len(first.splitlines()) == 3
    assert run("4711", TZ="Pacific/Kiritimati", LC_ALL="C", MATPLOTLIBRC=settings_file) == first


def test_settings_of_the_process_are_left_alone() -> None:
    """Drawing leaves matplotlib's settings as the process has them, and gives the same bytes whatever they are."""
    [before] = charts.by_sex("x", [("A", 1, 2)], "", "sv")
    with matplotlib.rc_context({"font.size": 33, "hatch.linewidth": 7, "axes.unicode_minus": False}):
        [after] = charts.by_sex("x", [("A", 1, 2)], "", "sv")
        assert matplotlib.rcParams["font.size"] == 33
    assert hashlib.sha256(after.picture.png).digest() == hashlib.sha256(before.picture.png).digest()


def test_pictures_say_nothing_of_their_making() -> None:
    """A chart's file holds pixels, their colours and their size, and no time or program."""
    [chart] = charts.by_sex("x", [("A", 1, 2)], "", "sv")
    kinds, at = [], 8
    while at < len(chart.picture.png):
        length = int.from_bytes(chart.picture.png[at : at + 4], "big")
        kinds.append(chart.picture.png[at + 4 : at + 8].decode())
        at += 12 + length
    assert set(kinds) == {"IHDR", "PLTE", "pHYs", "IDAT", "IEND"}


def test_without_matplotlib_there_are_no_charts_and_no_failure() -> None:
    """Where matplotlib is missing the module is imported all the same, says so, and has not tried to load it."""
    code = (
        "import sys; from procurement_equality.documents import charts; loaded = 'matplotlib' in sys.modules; "
        "here = charts.available(); sys.modules['matplotlib'] = None; print(loaded, here, charts.available())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "False"]
