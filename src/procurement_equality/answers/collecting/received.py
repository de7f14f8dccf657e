"""What was sent, what came in and what is missing: the log of a mailing against the list of files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from procurement_equality.answers.collecting.ledger import Entry, Ledger, day_of

Arrival = Literal["received", "late", "missing", "overdue", "unasked"]
"""`missing` before the last day, `overdue` after it; `unasked` came from someone that nothing was sent to."""


class Expected(NamedTuple):
    """A form that was sent to a supplier. `key` is the organisation number, else the name in lower case."""

    key: str
    name: str
    org_number: str | None = None
    sent: datetime.date | None = None
    deadline: datetime.date | None = None
    reminded: datetime.date | None = None


class Line(NamedTuple):
    """A supplier that nothing has come from (`entry` is None), or a file. `arrival` is about the file that counts."""

    expected: Expected | None
    entry: Entry | None
    received: datetime.date | None
    arrival: Arrival | None


def compare(
    expected: Mapping[str, Expected] | None, ledger: Ledger, today: datetime.date, timezone: datetime.tzinfo
) -> Iterator[Line]:
    """Give a line for each file, by supplier, and one for each supplier that nothing has come from.

    `expected` is None where it is not known what was sent. A file has come in on the day that it was last changed,
    in `timezone`.
    """
    came: set[str] = set()
    for entry in ledger.entries():
        received = day_of(entry.modified, timezone)
        sent = (expected or {}).get(entry.supplier or "")
        if entry.standing == "counts" and sent is not None:
            came.add(sent.key)
        yield Line(sent, entry, received, _arrival(entry, sent, received, known=expected is not None))
    for key, sent in (expected or {}).items():
        if key not in came:
            late = sent.deadline is not None and today > sent.deadline
            yield Line(sent, None, None, "overdue" if late else "missing")


def _arrival(entry: Entry, sent: Expected | None, received: datetime.date | None, *, known: bool) -> Arrival | None:
    if entry.standing != "counts" or not known:
        return None
    if sent is None:
        return "unasked"
    late = sent.deadline is not None and received is not None and received > sent.deadline
    return "late" if late else "received"
