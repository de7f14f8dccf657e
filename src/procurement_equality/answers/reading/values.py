"""From what someone typed to a value: numbers with decimal comma and thousands space, dates in the usual ways, choices.

What can be read in two ways is not read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from procurement_equality.answers.manifest import FormField
from procurement_equality.answers.response import Note, Value

TICKED, UNTICKED = "\u2612\u2611\u2714\u2713\U0001f5f9\U0001f5f5", "\u2610\u25a1\U0001f78e"
"""The signs that checkboxes are printed with."""

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]")
_NUMBER = re.compile(r"[-\u2212]?[0-9]+(?:\.[0-9]+)?\Z")
_GROUPED = re.compile("[-\u2212]?[0-9]{1,3}(?:[\\s\u00a0\u2007\u2009\u202f'’][0-9]{3})+(?![0-9])")
_TWO_WAYS = re.compile(r"[-\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}\Z")
_UNITS = {
    "per-cent": re.compile(r"\s*(?:%|procent|per cent|percent)\Z", re.IGNORECASE),
    "kronor": re.compile(r"\s*(?:kr\.?|kronor|sek|:-)\Z", re.IGNORECASE),
    "number": re.compile(r"\s*(?:st\.?|stycken|personer|persons)\Z", re.IGNORECASE),
}
_HIDDEN = re.compile(
    "(?:<\\s*5|1\\s*[-\u2010-\u2013]\\s*4|färre än (?:5|fem)|mindre än (?:5|fem)|fewer than (?:5|five)"
    "|less than (?:5|five)|\\.\\.)\\Z",
    re.IGNORECASE,
)
"""How one writes that a number is from one to four and therefore not told."""

_MOST_DIGITS = 15
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"), ("februari", "february", "feb", "febr"), ("mars", "march", "mar"),
            ("april", "apr"), ("maj", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"),
            ("augusti", "august", "aug"), ("september", "sep", "sept"), ("oktober", "october", "okt", "oct"),
            ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_ISO = re.compile(r"([0-9]{4})([-./ ]?)([0-9]{1,2})\2([0-9]{1,2})\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-]) ?([0-9]{1,2})([./ -]) ?([0-9]{4})\Z")
_WORDED = re.compile(r"(?:den )?([0-9]{1,2})(?:\.|:e|st|nd|rd|th)?\s+([a-zåäö]+)\.?,?\s+([0-9]{4})\Z")


@dataclass(frozen=True, slots=True)
class Read:
    """A value, or why there is none: `problem` is the code of a note."""

    value: Value = None
    problem: str | None = None
    notes: tuple[Note, ...] = ()


def read(field: FormField, typed: str) -> Read:
    """Read what was typed in a field. The text is not empty."""
    return _READERS.get(field.type, _text)(field, typed)


def _text(field: FormField, typed: str) -> Read:  # noqa: ARG001 - one shape for all types
    return Read(typed)


def _choice(field: FormField, typed: str) -> Read:
    """Read a choice by its label, whatever its case."""
    wanted = " ".join(typed.split()).casefold()
    values = [value for value, label in field.options.items() if " ".join(label.split()).casefold() == wanted]
    return Read(values[0]) if len(values) == 1 else Read(problem="note.not-a-choice")


def _number(field: FormField, typed: str) -> Read:
    """Read a number: "1 234,5", "1 234 kr", "12 %". Either decimal sign will do, unless it could part thousands."""
    text = typed.strip()
    if _HIDDEN.match(text):
        return Read(notes=(Note(code="note.hidden-small"),))
    unit = _UNITS.get(field.type)
    text = unit.sub("", text) if unit else text
    if _SPACES.search(text) or "'" in text or "’" in text:
        grouped = _GROUPED.match(text)
        if grouped is None:
            return Read(problem="note.not-a-number")
        text = re.sub("['’]", "", _SPACES.sub("", grouped[0])) + text[grouped.end() :]
    elif _TWO_WAYS.match(text):
        return Read(problem="note.number-two-ways")
    text = _one_decimal_sign(text)
    if not _NUMBER.match(text):
        return Read(problem="note.not-a-number")
    if sum(sign.isdigit() for sign in text) > _MOST_DIGITS:
        return Read(problem="note.number-too-long")
    text = text.replace("\u2212", "-")
    return Read(float(text) if "." in text else int(text))


def _one_decimal_sign(text: str) -> str:
    """Take a comma for a decimal point; where both stand, the last is the decimal sign."""
    if "," not in text:
        return text
    if "." not in text:
        return text.replace(",", ".") if text.count(",") == 1 else text
    thousands, decimal = (",", ".") if text.rindex(".") > text.rindex(",") else (".", ",")
    whole, _, rest = text.rpartition(decimal)
    groups = whole.lstrip("-\u2212").split(thousands)
    if all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) <= 3:
        return f"{whole.replace(thousands, '')}.{rest}"
    return text


def _date(field: FormField, typed: str) -> Read:  # noqa: ARG001 - one shape for all types
    """Read a date: 2026-11-23, 20261123, 23/11 2026, 23.11.2026, 23 november 2026.

    05/06/2026 is 5 June or 6 May, so it is not read; nor is a year of two digits.
    """
    text = " ".join(typed.split()).lower()
    if found := _ISO.match(text):
        return _calendar(found[1], found[3], found[4]) if found[2] or len(text) == 8 else _NO_DATE
    if found := _WORDED.match(text):
        month = _MONTHS.get(found[2])
        return _calendar(found[3], str(month), found[1]) if month else _NO_DATE
    if found := _DAY_FIRST.match(text):
        day, first, month_number, second, year = found.groups()
        if (
            first != "."
            and first == second
            and int(day) <= 12
            and int(month_number) <= 12
            and int(day) != int(month_number)
        ):
            return Read(problem="note.date-two-ways")
        return _calendar(year, month_number, day)
    return _NO_DATE


_NO_DATE = Read(problem="note.not-a-date")


def _calendar(year: str, month: str, day: str) -> Read:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return _NO_DATE
    return Read(date.isoformat()) if 1900 <= date.year <= 2200 else _NO_DATE


def _checkbox(field: FormField, typed: str) -> Read:  # noqa: ARG001 - one shape for all types
    """Read the sign of a checkbox."""
    signs = typed.strip()
    if signs.casefold() == "x" or (signs and all(sign in TICKED for sign in signs)):
        return Read(True)
    if signs and all(sign in UNTICKED for sign in signs):
        return Read(False)
    return Read(problem="note.not-a-tick")


_READERS: Mapping[str, Callable[[FormField, str], Read]] = {
    "yes-no": _choice,
    "yes-no-partly": _choice,
    "choice": _choice,
    "number": _number,
    "per-cent": _number,
    "kronor": _number,
    "date": _date,
    "declaration": _checkbox,
    "checkbox": _checkbox,
}
