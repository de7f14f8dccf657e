"""Which file counts: a list of everything that was collected, in a temporary database, so that memory stays flat."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self, get_args

from procurement_equality.answers.collecting.file_record import FileRecord, Outcome
from procurement_equality.answers.collecting.result_folder import Place
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Response

Standing = Literal["counts", "earlier", "identical", "other-procurement", "refused", "not-a-form", "skipped"]
"""What a file is in the whole: `earlier` and `identical` are listed, but another file counts in their place."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)

OWN_QUESTIONS = "LEV."
"""Questions about the supplier, which a sent form has answers to already."""

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE files (
    id INTEGER PRIMARY KEY, part INTEGER, start INTEGER, length INTEGER,
    file TEXT, size INTEGER, modified INTEGER, sha256 TEXT, outcome TEXT,
    supplier TEXT, name TEXT, kind TEXT, reference TEXT, selection TEXT, year INTEGER, parts TEXT, answered INTEGER,
    day TEXT, saved TEXT, present INTEGER DEFAULT 0, standing TEXT, instead TEXT
);
CREATE UNIQUE INDEX by_file ON files (file);
CREATE INDEX by_hash ON files (sha256);
CREATE INDEX by_size ON files (size);
"""
_ADD = f"INSERT OR REPLACE INTO files VALUES ({', '.join('?' * 22)})"  # noqa: S608 - question marks
_RANK = "present DESC, answered DESC, day DESC, saved DESC, modified DESC, file"
_GROUP = "supplier, kind, reference, year, parts"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which procurement the forms shall be of: its reference number, or the digest of the selection."""

    reference: str
    selection: str


class Entry(NamedTuple):
    """A file of the list."""

    file: str
    place: Place
    outcome: Outcome
    standing: Standing
    present: bool
    """Whether it is still in the folder that was read."""
    supplier: str | None
    name: str | None
    instead: str | None
    """The file that counts in its place."""
    modified: int | None
    kind: str | None
    """Which form it is: `self-assessment`, `annual-follow-up`."""
    day: str | None
    """The day that decides which file is the latest."""
    older: bool
    """Whether the form was made from another version of the procurement's requirements."""


class Ledger:
    """The list of all files: the newest record of each. A context manager, since it has a database open."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # "": on disk where it grows, gone when it is closed
        self._base.executescript(_SCHEMA)
        self._asked: Asked | None = None
        self._earlier = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """Throw the list away."""
        self._base.close()

    def add(self, place: Place, record: FileRecord, manifest: Manifest | None, *, present: bool = False) -> None:
        """Put a record in the list; it takes the place of an earlier one of the same file."""
        head = _head(record.response, manifest, record.modified) if record.response else (None,) * 10
        values = (record.file, record.size, _stored(record.modified), record.sha256, record.outcome, *head)
        self._base.execute(_ADD, (None, *place, *values, present, None, None))

    def known(self, file: str, size: int | None, modified: int | None) -> tuple[Place, Outcome] | None:
        """Find the record of a file that has not changed since."""
        row = self._base.execute(
            "SELECT part, start, length, outcome FROM files WHERE file = ? AND size IS ? AND modified IS ?",
            (file, size, _stored(modified)),
        ).fetchone()
        return (Place(*row[:3]), row[3]) if row else None

    def begin(self) -> None:
        """Say that all earlier records are listed, and that those of this run follow."""
        self._earlier = self._base.execute("SELECT coalesce(max(id), 0) FROM files").fetchone()[0]

    def had_size(self, size: int | None) -> bool:
        """Say whether an earlier run read a file of this size."""
        query = "SELECT 1 FROM files WHERE size = ? AND outcome = 'read' AND id <= ? LIMIT 1"
        return self._base.execute(query, (size, self._earlier)).fetchone() is not None

    def had_content(self, sha256: str) -> Place | None:
        """Find the record of a file with this content that an earlier run read."""
        query = "SELECT part, start, length FROM files WHERE sha256 = ? AND outcome = 'read' AND id <= ? LIMIT 1"
        row = self._base.execute(query, (sha256, self._earlier)).fetchone()
        return Place(*row) if row else None

    def see(self, file: str) -> None:
        """Note that a file is still there."""
        self._base.execute("UPDATE files SET present = 1 WHERE file = ?", (file,))

    def settle(self, asked: Asked | None, *, looked: bool = True) -> None:
        """Decide what each file is in the whole.

        Where it was `looked` for files, those that could not be read and are no longer there are left out.

        Of files with the same content one counts. Of several forms from one supplier, of the same kind, procurement,
        year and parts, one counts: one that is still in the folder before one that was removed, one with answers before
        an empty one, then the latest by the day that the supplier wrote (else the day that the file was saved, else
        its time of change), by when it was saved, and by its time of change.
        """
        run = self._base.execute
        if looked:
            run("DELETE FROM files WHERE NOT present AND outcome != 'read'")
        run("UPDATE files SET standing = CASE outcome WHEN 'read' THEN NULL ELSE outcome END, instead = NULL")
        self._asked = asked
        if asked is not None:
            condition = "standing IS NULL AND selection != ? AND lower(trim(reference)) != lower(trim(?))"
            values = (asked.selection, asked.reference)
            run(f"UPDATE files SET standing = 'other-procurement' WHERE {condition}", values)  # noqa: S608 - our own words
        self._one_counts("identical", "sha256", "1")
        self._one_counts("earlier", _GROUP, "supplier IS NOT NULL")
        run("UPDATE files SET standing = 'counts' WHERE standing IS NULL")

    def _one_counts(self, standing: Standing, group: str, where: str) -> None:
        """Let the first of each group stand, and mark the others with the one that they yield to."""
        over = f"OVER (PARTITION BY {group} ORDER BY {_RANK})"
        ranked = f"SELECT id, row_number() {over} AS place, first_value(file) {over} AS best FROM files"  # noqa: S608 - our own words
        query = f"{ranked} WHERE standing IS NULL AND {where}"
        self._base.execute(
            f"UPDATE files SET standing = ?, instead = ranked.best FROM ({query}) AS ranked "  # noqa: S608 - our own words
            "WHERE ranked.id = files.id AND ranked.place > 1",
            (standing,),
        )

    def entries(self, only: Standing | None = None) -> Iterator[Entry]:
        """Give every file, or those of one standing, by supplier and then by file."""
        selection = self._asked.selection if self._asked else None
        rows = self._base.execute(
            "SELECT file, part, start, length, outcome, standing, present, supplier, name, instead, modified, "
            "kind, day, selection FROM files WHERE ? IS NULL OR standing = ? "
            "ORDER BY name IS NULL, name, supplier, file",
            (only, only),
        )
        for row in rows:
            older = selection is not None and row[5] == "counts" and row[13] != selection
            yield Entry._make((row[0], Place(*row[1:4]), *row[4:6], bool(row[6]), *row[7:13], older))

    def counts(self) -> Mapping[Standing, int]:
        """Give the number of files of each standing; together they are all files."""
        found = dict(self._base.execute("SELECT standing, count(*) FROM files GROUP BY standing"))
        return {standing: found[standing] for standing in STANDINGS if standing in found}

    def removed(self) -> int:
        """Give the number of files that are no longer in the folder."""
        (number,) = self._base.execute("SELECT count(*) FROM files WHERE NOT present").fetchone()
        return int(number)

    def references(self) -> list[str]:
        """Give the reference numbers of the procurements that files count for."""
        rows = self._base.execute("SELECT DISTINCT reference FROM files WHERE standing = 'counts' ORDER BY reference")
        return [row[0] for row in rows]

    def suppliers_with_several(self) -> Iterator[tuple[str, int]]:
        """Give suppliers of whom several files of one kind count, since they are about different parts."""
        query = (
            "SELECT supplier, count(*) FROM files WHERE standing = 'counts' AND supplier IS NOT NULL "
            "GROUP BY supplier, kind, reference, year HAVING count(*) > 1 ORDER BY supplier"
        )
        yield from self._base.execute(query)


def answers_given(response: Response) -> bool:
    """Say whether the supplier has answered anything but who they are."""
    return any(
        a.status not in ("empty", "missing") for a in response.answers if not a.question.startswith(OWN_QUESTIONS)
    )


def _head(response: Response, manifest: Manifest | None, modified: int | None) -> tuple[object, ...]:
    """Give what the list needs of a response: see the columns from `supplier` on."""
    who = response.respondent
    saved = response.saved.astimezone(datetime.UTC).isoformat() if response.saved else ""
    day = who.date or (response.saved.date() if response.saved else day_of(modified, datetime.UTC))
    year = manifest.year if manifest else None
    group = (response.kind, response.reference, response.selection_digest, year, "\n".join(sorted(who.parts)))
    return (who.key, who.name, *group, answers_given(response), day.isoformat() if day else "", saved)


def _stored(time: int | None) -> int | None:
    """Keep a time in the 64 bits of the database: a file may say that it was changed in the year 2500."""
    return None if time is None else max(-(2**63), min(time, 2**63 - 1))


def day_of(time: int | None, timezone: datetime.tzinfo) -> datetime.date | None:
    """Give the day of a time in nanoseconds since 1970; None for one that no calendar has."""
    if time is None:
        return None
    try:
        return datetime.datetime.fromtimestamp(time // 1_000_000_000, timezone).date()
    except (OverflowError, OSError, ValueError):
        return None
