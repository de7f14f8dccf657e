"""A number or a date held against the limit that a clause has."""

from __future__ import annotations

import calendar
import datetime

from procurement_equality.answers.response import Note

Number = int | float
State = str
"""`kept`, `partly-kept`, `not-kept`, or `unknown`, where nothing can be said."""

_WORDS = {
    "at_least": ("minst {}", "at least {}"),
    "at_most": ("högst {}", "at most {}"),
    "all": ("alla, det vill säga {}", "all, that is {}"),
    "all_of": ("alla {}", "all {}"),
    "reaches": ("minst {}, som i det andra svaret", "at least {}, as in the other answer"),
}


def number_state(key: str, bound: Number | str, value: Number, unit: str) -> tuple[State, tuple[Note, ...]]:
    """Hold a number against a limit. `unit` is the type of the question."""
    limit = bound if not isinstance(bound, str) else 0
    told = (_told(key, limit, value, unit),)
    if key == "all_of" and value > limit:
        return "unknown", (Note(code="note.assess-more-than-all", data=_both("value", value) | _both("limit", limit)),)
    if value <= limit if key == "at_most" else value >= limit:
        return "kept", told
    return ("partly-kept" if key in ("all", "all_of") and value > 0 else "not-kept"), told


def share_state(key: str, bound: int, part: int, whole: int) -> tuple[State, tuple[Note, ...]]:
    """Hold one number's share of another against a limit in per cent, without rounding."""
    state, _ = number_state(key, bound * whole, part * 100, "per-cent")
    return state, (_told(key, bound, round(100 * part / whole, 1), "per-cent"),)


def date_state(
    key: str, bound: int | str, text: str, written: datetime.date, start: datetime.date | None
) -> tuple[State, tuple[Note, ...]]:
    """Hold a date against a limit: `written` is when the form was filled in, `start` when the contract began."""
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        return "unknown", (Note(code="note.assess-unknown-answer", data={"answer": text[:60]}),)
    if date > written:
        return "unknown", (Note(code="note.assess-future", data={"date": text, "written": str(written)}),)
    months = int(bound)
    if key == "months_after_start":
        if start is None:
            return "unknown", (Note(code="note.assess-no-start"),)
        latest = later(start, months)
        return _kept(date <= latest), (Note(code="note.assess-latest", data={"date": text, "limit": str(latest)}),)
    earliest = later(written, -months) if key == "months_old" else datetime.date(written.year - months, 1, 1)
    return _kept(date >= earliest), (Note(code="note.assess-earliest", data={"date": text, "limit": str(earliest)}),)


def later(date: datetime.date, months: int) -> datetime.date:
    """Give the date some months later (or earlier), or the last day of that month where it is shorter."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    year = min(max(year, datetime.MINYEAR), datetime.MAXYEAR)
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def _kept(kept: bool) -> State:
    return "kept" if kept else "not-kept"


def _told(key: str, limit: Number, value: Number, unit: str) -> Note:
    """Say what the answer is, and what the clause asks for."""
    sign = "\u00a0%" if unit == "per-cent" else "\u00a0kronor" if unit == "kronor" else ""
    values, limits = _both("value", value, sign), _both("limit", limit, sign)
    words = {f"limit_{lang}": _WORDS[key][n].format(limits[f"limit_{lang}"]) for n, lang in enumerate(("sv", "en"))}
    return Note(code="note.assess-limit", data={**values, **words})


def _both(key: str, value: Number, sign: str = "") -> dict[str, str]:
    """Give a number as it is written in each language."""
    text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return {f"{key}_sv": text.replace(".", ",") + sign, f"{key}_en": text + sign.replace("\u00a0%", "%")}
