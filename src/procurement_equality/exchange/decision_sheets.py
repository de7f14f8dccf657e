"""What persons have written in the workbook: read before the workbook is made anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from procurement_equality.answers.collecting.decisions import Subject, Written
from procurement_equality.exchange.cells import Column
from procurement_equality.exchange.collection_tables import DECIDED, JUDGED, KEYS
from procurement_equality.findings import Finding, OutputError


class _Kind(NamedTuple):
    """A sheet that persons write in: its names, and the column of each thing that is read."""

    subject: Subject
    names: tuple[str, str]
    columns: Mapping[str, Column]


_KEY, _WHO, _ABOUT, _NUMBER = KEYS
_SHARED = {"key": _KEY, "who": _WHO, "about": _ABOUT, "based_on": _NUMBER}
_TYPED = Column("typed", "Inskrivet", "As written")
_KINDS = (
    _Kind(
        "answer",
        ("Att kontrollera", "To check"),
        {**_SHARED, "typed": _TYPED, **dict(zip(("value", "role", "date", "reason"), DECIDED, strict=True))},
    ),
    _Kind(
        "judgement",
        ("Bedömning", "Assessment"),
        {**_SHARED, **dict(zip(("value", "points", "role", "date", "reason", "deadline"), JUDGED, strict=True))},
    ),
)


class Stamp(NamedTuple):
    """What a file is known by: whether it is the one that was read."""

    size: int
    modified: int


def stamp(path: Path) -> Stamp | None:
    """Give the stamp of a file; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns)


def open_elsewhere(path: Path) -> bool:
    """Say whether Excel or LibreOffice has left the mark that it has a file open."""
    return any(path.with_name(name).exists() for name in (f"~${path.name}", f".~lock.{path.name}#"))


def read_written(path: Path) -> list[Written]:
    """Give every row in which a person has written, or in which a decision stood when the workbook was made.

    Raises `OutputError` (`collect.workbook-unreadable`) where the workbook or its sheet of answers cannot be read.
    """
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            found = [
                row for kind in _KINDS for name in _sheets(kind, book.sheet_names) for row in _rows(book, kind, name)
            ]
            missing = not _sheets(_KINDS[0], book.sheet_names)
    except OutputError:
        raise
    except Exception as error:  # the reader raises errors of its own, and some of the machine below it
        raise _unreadable(path, f"{type(error).__name__}: {error}"[:200]) from None
    if missing:
        raise _unreadable(path, " / ".join(_KINDS[0].names))
    return found


def _sheets(kind: _Kind, names: Sequence[str]) -> list[str]:
    """Give the sheets of a kind; a long list goes on in `Att kontrollera 2`."""
    return [name for name in names if any(name == own or name.startswith(f"{own} ") for own in kind.names)]


def _rows(book: Any, kind: _Kind, sheet: str) -> Iterator[Written]:  # noqa: ANN401 - python-calamine's workbook
    rows = iter(book.get_sheet_by_name(sheet).iter_rows())
    places = _places(next(rows, []), kind, sheet)
    for number, row in enumerate(rows, 2):
        texts = {name: _text(row[at]) if at < len(row) else "" for name, at in places.items()}
        key, based_on = texts.pop("key"), texts.pop("based_on")
        said = [name for name in texts if name not in ("who", "about", "typed") and texts[name]]
        if key and (said or based_on):
            place = _letters(places[said[0] if said else "value"])
            source = f"collection.xlsx!{sheet}!{place}{number}"
            based = int(based_on) if based_on.isdecimal() else None
            yield Written(subject=kind.subject, key=key, based_on=based, source=source, **texts)


def _places(header: Iterable[object], kind: _Kind, sheet: str) -> dict[str, int]:
    """Find each column by its heading, in either language. Raises `OutputError` for one that is gone."""
    headings = [str(cell).strip() for cell in header]
    places: dict[str, int] = {}
    for name, column in kind.columns.items():
        at = next((at for at, heading in enumerate(headings) if heading in (column.sv, column.en)), None)
        if at is None:
            raise _unreadable(Path("collection.xlsx"), f"{sheet}: {column.sv} / {column.en}")
        places[name] = at
    return places


def _text(cell: object) -> str:
    """Write a cell as a person would: a number with a decimal comma, a date as 2026-11-02."""
    if isinstance(cell, bool):
        return "Ja" if cell else "Nej"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def _letters(at: int) -> str:
    """Give a column's letters: A, B, …, Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _unreadable(path: Path, problem: str) -> OutputError:
    return OutputError([Finding("collect.workbook-unreadable", str(path), data={"problem": problem})])
