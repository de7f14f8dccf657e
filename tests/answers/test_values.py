"""From what is typed to values: usual ways of writing are read, what can be read in two ways is not."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from procurement_equality.answers.manifest import FieldType, FormField
from procurement_equality.answers.reading.values import read
from procurement_equality.answers.response import Value

CHOICE = FormField(type="yes-no-partly", name="A.b", text="?", options={"yes": "Ja", "partly": "Delvis", "no": "Nej"})


def field(kind: FieldType) -> FormField:
    """Give a field of a type."""
    return FormField(type=kind, name="A.b", text="?")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", 0), ("12", 12), (" 12 ", 12), ("007", 7), ("-5", -5), ("\u22125", -5), ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1234567), ("1\u202f234,5", 1234.5), ("12,5", 12.5), ("12.5", 12.5), ("0,125", 0.125),
        ("0.125", 0.125), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1,234,567.5", 1234567.5), ("1'234", 1234),
        ("12 st", 12), ("12 personer", 12), ("123456789012345", 123456789012345), ("1 234 567,25", 1234567.25),
    ],
)  # fmt: skip
def test_numbers(typed: str, value: float) -> None:
    """Decimal comma or point, thousands parted by any space: the usual ways of writing a number are read."""
    got = read(field("number"), typed)
    assert (got.value, got.problem) == (value, None)
    assert type(got.value) is type(value)


@pytest.mark.parametrize(
    "typed",
    ["ca 20", "20-25", "tjugo", "1 23", "12 34", "1,2,3", "1.2.3", "--5", "5-", "1e5", "١٢", "½", "12 13", "1 2345",
     "0x1F", "-", "–", "1 234 5", "12,", ",5", "∞", "nan", "1_000", "12 kr"],
)  # fmt: skip
def test_no_numbers(typed: str) -> None:
    """What is no number is not made one."""
    assert read(field("number"), typed).problem == "note.not-a-number"


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12.345", "123,456", "-1,234"])
def test_a_number_of_two_meanings_is_not_read(typed: str) -> None:
    """1,234 is one and a bit, or a thousand and more: nobody guesses."""
    assert read(field("number"), typed).problem == "note.number-two-ways"


def test_units_of_the_type_are_read_away() -> None:
    """A share may be written with its sign and an amount with its currency, and no other type with either."""
    assert read(field("per-cent"), "45 %").value == 45
    assert read(field("per-cent"), "12,5\u00a0%").value == 12.5
    assert read(field("kronor"), "1 250 000 kr").value == 1250000
    assert read(field("kronor"), "99,50 SEK").value == 99.5
    assert read(field("number"), "45 %").problem == "note.not-a-number"
    assert read(field("number"), "1234567890123456").problem == "note.number-too-long"


@pytest.mark.parametrize("typed", ["<5", "< 5", "1-4", "1–4", "färre än 5", "färre än fem", "Fewer than 5", ".."])
def test_a_small_number_that_is_not_told_is_no_number(typed: str) -> None:
    """A number from one to four may be held back: no value, nothing wrong, and a note that says so."""
    got = read(field("number"), typed)
    assert (got.value, got.problem, [note.code for note in got.notes]) == (None, None, ["note.hidden-small"])


@pytest.mark.parametrize(
    "typed",
    ["2026-11-03", "2026-11-3", "20261103", "2026/11/03", "2026.11.03", "3.11.2026", "03.11.2026", "3/11 2026",
     "3/11-2026", "3 november 2026", "den 3 november 2026", "3 nov 2026", "3 nov. 2026", "3:e november 2026",
     "3 NOVEMBER 2026", "3 November 2026", "3rd November 2026", "3  november  2026"],
)  # fmt: skip
def test_dates(typed: str) -> None:
    """The usual ways of writing a date, Swedish and English, give the day."""
    assert read(field("date"), typed).value == "2026-11-03"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-13-01",
        "2026-02-30",
        "26-11-03",
        "03/11/26",
        "november 2026",
        "2026",
        "i går",
        "1 hösten 2026",
        "9999-01-01",
    ],
)
def test_no_dates(typed: str) -> None:
    """What is no day is not made one, nor is a year of two digits."""
    assert read(field("date"), typed).problem == "note.not-a-date"


def test_a_date_of_two_meanings_is_not_read() -> None:
    """05/06/2026 is in May or June; 25/06/2026 and 06/06/2026 are not."""
    assert read(field("date"), "05/06/2026").problem == "note.date-two-ways"
    assert read(field("date"), "05-06-2026").problem == "note.date-two-ways"
    assert read(field("date"), "25/06/2026").value == "2026-06-25"
    assert read(field("date"), "06/06/2026").value == "2026-06-06"


@pytest.mark.parametrize(
    ("typed", "value", "problem"),
    [("Ja", "yes", None), ("ja", "yes", None), (" Delvis ", "partly", None), ("yes", None, "note.not-a-choice"),
     ("Ja, oftast", None, "note.not-a-choice"), ("Ja Nej", None, "note.not-a-choice")],
)  # fmt: skip
def test_choices(typed: str, value: Value, problem: str | None) -> None:
    """A choice is read by its label, whatever its case, and by nothing else."""
    got = read(CHOICE, typed)
    assert (got.value, got.problem) == (value, problem)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("\u2612", True), ("\u2611", True), ("x", True), ("X", True), ("\u2610", False), ("\u25a1", False)],
)
def test_ticks(typed: str, value: bool) -> None:
    """The signs of ticked and empty boxes are known."""
    assert read(field("checkbox"), typed).value is value
    assert read(field("checkbox"), f"{typed} kanske").problem == "note.not-a-tick"


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2, allow_nan=False))
def test_numbers_as_sweden_writes_them_are_read(number: Decimal) -> None:
    """Whatever number is written the Swedish way is read as itself."""
    got = read(field("number"), format_decimal(number, format="#,##0.00", locale="sv_SE"))
    assert got.value == float(number)


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)), st.sampled_from(["long", "medium"]), st.booleans()
)
def test_dates_as_babel_writes_them_are_read(date: datetime.date, width: str, swedish: bool) -> None:
    """Whatever date is written in words is read as itself, in both languages."""
    written = format_date(date, width, locale="sv_SE" if swedish else "en_GB")
    assert read(field("date"), written).value == date.isoformat()


@given(st.text(min_size=1), st.sampled_from(["number", "date", "per-cent", "kronor", "checkbox", "text"]))
def test_anything_typed_gives_a_value_or_a_reason(typed: str, kind: FieldType) -> None:
    """No text makes the reader fail: it has a value, a note of a hidden number, or a reason."""
    got = read(field(kind), typed)
    assert (got.value is not None) or got.problem or got.notes
