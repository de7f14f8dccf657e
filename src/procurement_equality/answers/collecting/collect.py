"""Collecting: a folder or a zip file of forms becomes records, and of each form it is settled whether it counts.

Nothing that was collected is lost, whatever ends a run; a run reads only what is new, has changed, or was refused.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from procurement_equality.answers.collecting.file_record import FileRecord, read_bytes, record_with_manifest
from procurement_equality.answers.collecting.inbox import Item, items
from procurement_equality.answers.collecting.ledger import Asked, Entry, Ledger
from procurement_equality.answers.collecting.pool import Recorder, processors, read_all
from procurement_equality.answers.collecting.result_folder import PartWriter, ResultFolder, StoredManifests
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Response
from procurement_equality.findings import Finding, FormError, OutputError

Progress = Callable[[], None]
"""Called once for each file that has been seen."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What was collected: every file in `ledger`, every response in `folder`. Open as long as `collect` says."""

    folder: ResultFolder
    ledger: Ledger

    def responses(self, entries: Iterator[Entry] | None = None) -> Iterator[tuple[Entry, Response, Manifest]]:
        """Give the responses that count, or those of `entries`, by supplier, with the manifests of their forms.

        Responses of files are read one at a time. Raises `OutputError` where a part is damaged.
        """
        for entry in self.ledger.entries("counts") if entries is None else entries:
            response = self.folder.record(entry.place).response
            if response is not None:
                yield entry, response, self.folder.manifest(response.manifest_digest)

    def record(self, entry: Entry) -> FileRecord:
        """Give the record of a file."""
        return self.folder.record(entry.place)


@contextlib.contextmanager
def collect(
    source: Path | None,
    into: Path,
    *,
    asked: Asked | None = None,
    manifests: Mapping[str, Manifest] | None = None,
    jobs: int | None = None,
    progress: Progress = lambda: None,
    recorder: Recorder = record_with_manifest,
) -> Iterator[Collection]:
    """Read what is new in a folder or a zip file into the folder `into`, and give everything that is collected there.

    `source` None reads nothing new. `asked` says which procurement the forms shall be of, `manifests` (by digest) what
    forms asked that may have lost their own manifest. `jobs` processes read, as many as there are processors.
    The folder is held alone until the context ends. Raises `OutputError` or `FormError`.
    """
    if source is not None and _same(source, into):
        raise OutputError([Finding("use.into-itself", str(into))])
    folder = ResultFolder(into)
    listed = items(source, into) if source is not None else None  # says beforehand that a source is missing
    with folder.locked(), Ledger() as ledger:
        _list_earlier(folder, ledger)
        if listed is not None:
            known = StoredManifests(folder, manifests or {})
            with PartWriter(folder) as writer:
                run = _Run(folder, ledger, writer, progress)
                _read(listed, known, jobs or processors(), recorder, run)
        ledger.settle(asked, looked=source is not None)
        yield Collection(folder, ledger)


def _same(source: Path, into: Path) -> bool:
    try:
        return source.resolve() == into.resolve()
    except (OSError, RuntimeError):  # a path that leads in a circle
        return False


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that reads: what it writes to and what it lists in."""

    folder: ResultFolder
    ledger: Ledger
    writer: PartWriter
    progress: Progress

    def unread(self, listed: Iterator[Item]) -> Iterator[Item]:
        """Give the items that must be read: new ones, changed ones, and those that could not be read."""
        for item in listed:
            known = self.ledger.known(item.file, item.size, item.modified)
            if known is not None and known[1] in ("read", "skipped"):
                self.ledger.see(item.file)
                self.progress()
            elif (same := self._with_same_content(item)) is not None:
                self.keep(same, _line(same))
            else:
                yield item

    def keep(self, record: FileRecord, line: bytes) -> None:
        """Write a record, unless it says what an earlier one says, and list it."""
        known = self.ledger.known(record.file, record.size, record.modified)
        if known is not None and self.folder.record(known[0]) == record:
            self.ledger.see(record.file)
        else:
            place = self.writer.add(line)
            self.ledger.add(place, record, _manifest_of(record, self.folder), present=True)
        self.progress()

    def _with_same_content(self, item: Item) -> FileRecord | None:
        """Give the record of a file that was read in an earlier run and has been moved or touched since."""
        if item.member is not None or item.problem is not None or not self.ledger.had_size(item.size):
            return None
        try:
            place = self.ledger.had_content(hashlib.sha256(read_bytes(Path(item.path))).hexdigest())
        except (OSError, FormError):
            return None
        if place is None:
            return None
        record = self.folder.record(place)
        response = record.response.model_copy(update={"file": item.file}) if record.response else None
        return record.model_copy(update={"file": item.file, "modified": item.modified, "response": response})


def _read(listed: Iterator[Item], known: Mapping[str, Manifest], jobs: int, recorder: Recorder, run: _Run) -> None:
    """Read what is new, and write its records."""
    for read in read_all(run.unread(listed), known, jobs, recorder):
        if read.manifest is not None:
            run.folder.keep_manifest(read.manifest)
        run.keep(FileRecord.model_validate_json(read.line), read.line)


def _list_earlier(folder: ResultFolder, ledger: Ledger) -> None:
    """List what earlier runs have collected."""
    for number in folder.parts():
        for place, record in folder.records(number):
            ledger.add(place, record, _manifest_of(record, folder))
    ledger.begin()


def _manifest_of(record: FileRecord, folder: ResultFolder) -> Manifest | None:
    return folder.manifest(record.response.manifest_digest) if record.response is not None else None


def _line(record: FileRecord) -> bytes:
    return record.model_dump_json(exclude_defaults=True).encode() + b"\n"
