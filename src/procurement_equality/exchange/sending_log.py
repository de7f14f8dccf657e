"""The log of what was sent to suppliers: `log.csv` in the folder that the forms lie in, for persons and programs.

A row for each supplier, with semicolons so that a Swedish Excel opens it, and a byte order mark. Whoever keeps it by
hand may use another separator or encoding: it is read as a list of suppliers is.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from procurement_equality.answers.collecting.received import Expected
from procurement_equality.answers.manifest import Manifest
from procurement_equality.catalogue.text import Model, Words
from procurement_equality.documents.output import write_new
from procurement_equality.exchange.cells import harmless, printable
from procurement_equality.exchange.sheet_reading import Row, read_rows
from procurement_equality.findings import Finding, SupplierListError

LOG = "log.csv"
MANIFESTS = "manifests"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DATES = frozenset({"deadline", "sent", "received"})


class LogRow(Model):
    """What was made for one supplier, and what has become of it."""

    organisation_number: str = ""
    """Empty for a sole trader."""
    name: Words
    file: Words
    """The form, in the log's folder."""
    form: str = ""
    """The id in its footer."""
    manifest: str = ""
    """The digest of the form's manifest, which lies in `manifests/`."""
    deadline: datetime.date | None = None
    sent: datetime.date | None = None
    reminded: tuple[datetime.date, ...] = ()
    received: datetime.date | None = None
    response_file: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """Give what tells suppliers apart: the organisation number, or else the name."""
        return self.organisation_number or self.name.casefold()

    def is_late(self, today: datetime.date) -> bool:
        """Say whether the form was sent, its last day has passed, and nothing has come."""
        return self.sent is not None and self.received is None and self.deadline is not None and self.deadline < today


Log = Mapping[str, LogRow]
"""The rows by the supplier's key, in the order of the file."""

_COLUMNS = tuple(LogRow.model_fields)


def read_log(folder: Path) -> Log:
    """Read the log of a folder; no log gives no rows. Raises `SupplierListError` with every fault and its place."""
    path = folder / LOG
    if not path.exists() and not path.is_symlink():
        return {}
    rows, _ = read_rows(path, lambda cells: sum(cell in _COLUMNS for cell in cells))
    head, *rest = rows
    findings = [
        Finding("send.list-column-missing", str(path), head.number, data={"name": name})
        for name in ("name", "file")
        if name not in head.cells
    ]
    log: dict[str, LogRow] = {}
    for row in rest if not findings else ():
        made, problems = _row(path, head.cells, row)
        findings += problems
        if made is not None and made.key in log:
            findings.append(Finding("send.log-twice", str(path), row.number, data={"name": made.name}))
        elif made is not None:
            log[made.key] = made
    if findings:
        raise SupplierListError(findings)
    return log


def write_log(folder: Path, log: Log) -> None:
    """Write the log, whole or not at all. Raises `OutputError`."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(_COLUMNS)
    for row in log.values():
        writer.writerow([_written(getattr(row, name)) for name in _COLUMNS])
    write_new(folder / LOG, b"\xef\xbb\xbf" + stream.getvalue().encode(), force=True)


def read_manifests(folder: Path) -> Mapping[str, Manifest]:
    """Read the manifests of the forms that were sent, by their digest. Raises `SupplierListError` for damaged ones."""
    found, damaged = {}, []
    for path in sorted((folder / MANIFESTS).glob("*.json")):
        try:
            manifest = Manifest.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            manifest = None
        if manifest is None or manifest.digest != path.stem:
            damaged.append(Finding("send.manifest-damaged", str(path)))
        else:
            found[manifest.digest] = manifest
    if damaged:
        raise SupplierListError(damaged)
    return found


def expected(log: Log) -> Mapping[str, Expected]:
    """Give what a collection may expect to come in, by the supplier's key."""
    return {
        key: Expected(
            key=key,
            name=row.name,
            org_number=row.organisation_number or None,
            sent=row.sent,
            deadline=row.deadline,
            reminded=row.reminded[-1] if row.reminded else None,
        )
        for key, row in log.items()
    }


def with_sent(log: Log, keys: Iterable[str], date: datetime.date) -> Log:
    """Note that forms were sent. A form that was sent before keeps its day."""
    return _changed(log, keys, lambda row: row if row.sent else row.model_copy(update={"sent": date}))


def with_reminded(log: Log, keys: Iterable[str], date: datetime.date, deadline: datetime.date | None = None) -> Log:
    """Note that reminders were sent on a day, once a day, with the new last day where there is one."""

    def reminded(row: LogRow) -> LogRow:
        days = row.reminded if date in row.reminded else (*row.reminded, date)
        return row.model_copy(update={"reminded": days, "deadline": deadline or row.deadline})

    return _changed(log, keys, reminded)


def mark_received(folder: Path, arrivals: Mapping[str, tuple[datetime.date, str]]) -> Sequence[LogRow]:
    """Note which forms have come in: for each supplier's key the day, and the file that counts.

    A day that is noted stays, also where a later file counts. Gives the rows that changed; suppliers that nothing was
    sent to are passed by. Raises `SupplierListError` or `OutputError`.
    """
    log = read_log(folder)

    def received(row: LogRow) -> LogRow:
        date, file = arrivals[row.key]
        return row.model_copy(update={"received": row.received or date, "response_file": file})

    after = _changed(log, [key for key in arrivals if key in log], received)
    changed = [row for key, row in after.items() if row != log[key]]
    if changed:
        write_log(folder, after)
    return changed


def _changed(log: Log, keys: Iterable[str], change: Callable[[LogRow], LogRow]) -> Log:
    chosen = set(keys)
    return {key: change(row) if key in chosen else row for key, row in log.items()}


def _row(path: Path, head: Sequence[str], row: Row) -> tuple[LogRow | None, list[Finding]]:
    """Make a row of its cells, or say which cells are wrong."""
    values: dict[str, Any] = {}
    findings = []
    for at, (name, cell) in enumerate(zip(head, row.cells, strict=False), 1):
        if name not in _COLUMNS or not cell:
            continue
        text = cell[1:] if cell.startswith("'") else cell
        try:
            values[name] = _read(name, text)
        except ValueError:
            findings.append(Finding("send.log-date", str(path), row.number, at, data={"text": text[:40]}))
    empty = [name for name in ("name", "file") if name not in values]
    findings += [Finding("send.log-empty", str(path), row.number, data={"name": name}) for name in empty]
    if re.search(r"[/\\]", values.get("file", "")):
        findings.append(Finding("send.log-file", str(path), row.number))
    if (digest := values.get("manifest")) and not _DIGEST.fullmatch(digest):
        findings.append(Finding("send.log-digest", str(path), row.number))
    return (None if findings else LogRow(**values)), findings


def _read(name: str, text: str) -> object:
    if name in _DATES:
        return datetime.date.fromisoformat(text)
    if name == "reminded":
        return tuple(datetime.date.fromisoformat(day) for day in re.split(r"[\s,;]+", text) if day)
    return text


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(day.isoformat() for day in value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = printable("" if value is None else str(value))
    return f"'{text}" if text.startswith("'") else harmless(text)
