"""The folder that a collection lies in: parts that are written once and never changed, and what is made from them.

    records/0001.jsonl        a line for each file that was read; at most 1,000 files a part
    manifests/<digest>.json   what the forms ask
    decisions.jsonl           what persons have decided; only ever added to

Everything else in it is made anew from these at each run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from pydantic import ValidationError

from procurement_equality.answers.collecting.file_record import FileRecord
from procurement_equality.answers.manifest import Manifest
from procurement_equality.findings import Finding, OutputError

FILES_A_PART = 1_000
_STAGING = ".writing-"


class Place(NamedTuple):
    """Where a record lies: the number of its part, the byte that it begins at, and its length."""

    part: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class ResultFolder:
    """The folder of a collection."""

    path: Path

    @property
    def decisions(self) -> Path:
        """Give the file of decisions."""
        return self.path / "decisions.jsonl"

    @property
    def workbook(self) -> Path:
        """Give the workbook that persons decide in."""
        return self.path / "collection.xlsx"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder, and hold it alone. Raises `OutputError` where another run holds it, or it cannot be made."""
        with _saying(self.path):
            for folder in (self.path, self.path / "records", self.path / "manifests"):
                folder.mkdir(parents=True, exist_ok=True)
            stream = (self.path / ".lock").open("ab")
        with stream:
            if not _hold(stream):
                raise OutputError([Finding("output.locked", str(self.path))])
            self._tidy()
            yield

    def parts(self) -> list[int]:
        """Give the numbers of the parts, in the order in which they were written."""
        return sorted(int(path.stem) for path in (self.path / "records").glob("[0-9]*.jsonl") if path.stem.isdigit())

    def part(self, number: int) -> Path:
        """Give the path of a part."""
        return self.path / "records" / f"{number:04}.jsonl"

    def records(self, number: int) -> Iterator[tuple[Place, FileRecord]]:
        """Read a part line by line. Raises `OutputError` where it is damaged."""
        offset = 0
        with _saying(self.part(number)), self.part(number).open("rb") as stream:
            for count, line in enumerate(stream, 1):
                yield Place(number, offset, len(line)), self._record(line, number, count)
                offset += len(line)

    def record(self, place: Place) -> FileRecord:
        """Read one record."""
        with _saying(self.part(place.part)), self.part(place.part).open("rb") as stream:
            stream.seek(place.offset)
            return self._record(stream.read(place.length), place.part, None)

    def manifest(self, digest: str) -> Manifest:
        """Give the manifest of a form that was read. Raises `OutputError` where it is missing or damaged."""
        return _manifest(self.path / "manifests" / f"{digest}.json")

    def manifest_digests(self) -> Iterator[str]:
        """Give the digests of the forms that were read."""
        return (path.stem for path in sorted((self.path / "manifests").glob("*.json")))

    def has_manifest(self, digest: str) -> bool:
        """Say whether a manifest is there."""
        return (self.path / "manifests" / f"{digest}.json").is_file()

    def keep_manifest(self, manifest: Manifest) -> None:
        """Write a manifest, unless it is there."""
        path = self.path / "manifests" / f"{manifest.digest}.json"
        if not path.exists():
            with _saying(path), self.staging() as folder:
                _write(folder / path.name, manifest.model_dump_json(exclude_defaults=True).encode())
                (folder / path.name).replace(path)

    @contextlib.contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a folder to write in, on the same disk; what is left in it is thrown away."""
        with _saying(self.path), tempfile.TemporaryDirectory(dir=self.path, prefix=_STAGING) as name:
            yield Path(name)

    def add_line(self, path: Path, line: bytes) -> None:
        """Add a line to a file, whole or not at all. Raises `OutputError`."""
        with _saying(path), path.open("ab") as stream:
            end = stream.tell()
            try:
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.truncate(path, end)
                raise

    def _record(self, line: bytes, number: int, count: int | None) -> FileRecord:
        try:
            return FileRecord.model_validate_json(line)
        except ValidationError:
            raise OutputError([Finding("file.part-damaged", str(self.part(number)), count)]) from None

    def _tidy(self) -> None:
        """Take care of what a run left that was stopped: whole records are kept, the rest is thrown away."""
        for left in sorted((self.path / "records").glob("*.unfinished")):
            with _saying(left):
                _cut_to_whole_lines(left)
                if left.stat().st_size:
                    left.replace(self.part(max(self.parts(), default=0) + 1))
                else:
                    left.unlink()
        for folder in self.path.glob(f"{_STAGING}*"):
            shutil.rmtree(folder, ignore_errors=True)


class PartWriter:
    """Writes records to new parts. A part has its name when it is whole; what was written is kept, whatever happens."""

    def __init__(self, folder: ResultFolder) -> None:
        self._folder = folder
        self._number = max(folder.parts(), default=0) + 1
        self._stream: BinaryIO | None = None
        self._files = 0
        self._end = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the part that is being written, whatever ended the run."""
        self._finish()

    def add(self, line: bytes) -> Place:
        """Write a record, and say where it lies. Raises `OutputError` where the disk takes no more."""
        place = Place(self._number, self._end, len(line))
        with _saying(self._folder.part(self._number)):
            if self._stream is None:
                self._stream = self._unfinished().open("xb", buffering=0)
            _write_all(self._stream, line)
        self._end += len(line)
        self._files += 1
        if self._files == FILES_A_PART:
            self._finish()
        return place

    def _unfinished(self) -> Path:
        return self._folder.part(self._number).with_suffix(".unfinished")

    def _finish(self) -> None:
        """Give the part its name, without the record that could not be written whole."""
        if self._stream is None:
            return
        with _saying(self._folder.part(self._number)):
            with self._stream as stream:
                stream.truncate(self._end)
                os.fsync(stream.fileno())
            self._stream = None
            if self._end:
                self._unfinished().replace(self._folder.part(self._number))
                _sync_folder(self._unfinished().parent)
            else:
                self._unfinished().unlink()
        self._number, self._files, self._end = self._number + 1, 0, 0


@contextlib.contextmanager
def _saying(path: Path) -> Iterator[None]:
    """Turn an error of the file system into a finding."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError([Finding("output.result-not-written", str(path), data={"reason": reason})]) from None


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write to an unbuffered stream, which may take a part at a time."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) or 0 :]


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system can."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cut_to_whole_lines(path: Path) -> None:
    with path.open("rb+") as stream:
        end = 0
        for line in stream:
            end += len(line) if line.endswith(b"\n") else 0
        stream.truncate(end)


@lru_cache(maxsize=64)
def _manifest(path: Path) -> Manifest:
    """Read a manifest, and hold its bytes against its name: a later version may write the same in other bytes."""
    try:
        data = path.read_bytes()
        manifest = Manifest.model_validate_json(data)
    except (OSError, ValidationError):
        raise OutputError([Finding("file.manifest-damaged", str(path))]) from None
    if hashlib.sha256(data).hexdigest() != path.stem:
        raise OutputError([Finding("file.manifest-damaged", str(path))])
    return manifest


def _hold(stream: BinaryIO) -> bool:
    """Lock a file for this process alone, until it ends; say whether it could be done."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class StoredManifests(Mapping[str, Manifest]):
    """The manifests of a result folder by digest, read when they are asked for: there may be one for each supplier.

    `others` are looked at first.
    """

    def __init__(self, folder: ResultFolder, others: Mapping[str, Manifest]) -> None:
        self._folder, self._others = folder, others

    def __getitem__(self, digest: str) -> Manifest:
        """Read a manifest. Raises KeyError for a digest that is not there, `OutputError` for a damaged file."""
        if digest in self._others:
            return self._others[digest]
        if not self._folder.has_manifest(digest):
            raise KeyError(digest)
        return self._folder.manifest(digest)

    def __iter__(self) -> Iterator[str]:
        """Give the digests."""
        yield from self._others
        yield from (digest for digest in self._folder.manifest_digests() if digest not in self._others)

    def __len__(self) -> int:
        """Count the files."""
        return sum(1 for _ in self)
