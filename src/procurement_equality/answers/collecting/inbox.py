"""What came in: the files of a folder with all its folders, or of a zip file."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from procurement_equality.answers.collecting.file_record import MOST_BYTES, too_large
from procurement_equality.answers.response import Note
from procurement_equality.findings import Finding, FormError, OutputError

_MOST_MEMBERS = 100_000
_MOST_DIRECTORY = 64_000_000
_MOST_INFLATED = 8_000_000_000
_MOST_RATIO = 50
_ENDS = struct.Struct("<4s4H2LH")
_ENDS_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENCRYPTED = 1
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read: in a folder, or the member of that number in a zip file.

    `problem` is why it is not to be read at all.
    """

    file: str
    path: str
    size: int | None = None
    modified: int | None = None
    member: int | None = None
    problem: Note | None = None


def items(source: Path, without: Path | None = None) -> Iterator[Item]:
    """Give every file of a folder or a zip file, in a fixed order, each under a name of its own.

    The folder `without` is left out: the result may lie in the folder that is read.
    Raises `OutputError` or `FormError` where the source itself cannot be used.
    """
    return _named(_found(source, without))


def _named(found: Iterator[Item]) -> Iterator[Item]:
    """Give each item a name of its own: a zip file may hold the same one twice."""
    seen: set[str] = set()
    for item in found:
        if item.member is None and "\\" not in item.file:  # a file system has each name once; only escapes may meet
            yield item
            continue
        path, number = PurePosixPath(item.file), 1
        file = item.file
        while file in seen:
            number += 1
            file = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        seen.add(file)
        yield replace(item, file=file)


def member_bytes(item: Item) -> bytes:
    """Read a member of a zip file into memory. Raises `FormError` where it is damaged or larger than any form."""
    assert item.member is not None  # noqa: S101 - only members come here
    try:
        archive = _opened(item.path, Path(item.path).stat().st_mtime_ns)
        with archive.open(archive.infolist()[item.member]) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise FormError([Finding("collect.zip-member", data={"problem": str(error)[:200]})]) from None
    if len(data) > MOST_BYTES:
        raise FormError([too_large()])
    return data


def shown(path: str) -> str:
    r"""Write a path so that it is text: bytes that are no UTF-8 become `\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def _found(source: Path, without: Path | None) -> Iterator[Item]:
    try:
        folder, file, exists = source.is_dir(), source.is_file(), source.exists()
    except (OSError, ValueError):
        folder = file = exists = False
    if not exists:
        raise OutputError([Finding("file.missing", str(source))])
    if folder:
        return _in_folder(source, without.resolve() if without is not None else None)
    if not file:
        raise FormError([Finding("file.not-a-zip", str(source))])
    return _in_zip(source)


def _in_folder(source: Path, without: Path | None) -> Iterator[Item]:
    """Walk a folder without following links to folders, which may lead in circles."""
    waiting = [str(source)]
    while waiting:
        folder = waiting.pop()
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            if folder == str(source):
                reason = error.strerror or str(error)
                raise OutputError([Finding("file.unreadable", folder, data={"reason": reason})]) from None
            yield Item(_below(source, folder) + "/", folder, problem=_unreadable(error))
            continue
        below = []
        for name in names:
            path = os.path.join(folder, name)
            item = _item(source, path)
            if item is not None:
                yield item
            elif without is None or Path(path).resolve() != without:
                below.append(path)
        waiting.extend(reversed(below))


def _item(source: Path, path: str) -> Item | None:
    """Give the item of a path, or None for a folder."""
    name = _below(source, path)
    try:
        status = os.lstat(path)
        if stat.S_ISDIR(status.st_mode):
            return None
        if stat.S_ISLNK(status.st_mode):
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                return Item(name, path, problem=Note(code="collect.link-to-folder"))
    except OSError as error:
        return Item(name, path, problem=_unreadable(error))
    return Item(name, path, status.st_size, status.st_mtime_ns)


def _below(source: Path, path: str) -> str:
    return shown(path[len(str(source)) :].lstrip(os.sep))


def _unreadable(error: OSError) -> Note:
    return Note(code="file.unreadable", data={"reason": error.strerror or type(error).__name__})


def _in_zip(source: Path) -> Iterator[Item]:
    """List a zip file's members, after a look at how much it says that it holds."""
    try:
        with source.open("rb") as stream:
            _guard_directory(stream, source)
        status = source.stat()
        members = _opened(str(source), status.st_mtime_ns).infolist()
    except FormError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError):
        raise FormError([Finding("file.not-a-zip", str(source))]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError([Finding("file.unreadable", str(source), data={"reason": reason})]) from None
    inflated = sum(member.file_size for member in members)
    if inflated > min(_MOST_INFLATED, max(_MOST_RATIO * status.st_size, MOST_BYTES)):
        raise FormError([Finding("file.zip-too-much", str(source))])
    for number, member in enumerate(members):
        if not member.is_dir():
            yield _member(source, number, member)


def _member(source: Path, number: int, member: zipfile.ZipInfo) -> Item:
    try:
        modified = int(datetime(*member.date_time, tzinfo=UTC).timestamp()) * 1_000_000_000
    except ValueError:  # the 31st of February
        modified = None
    name = member.filename.encode("utf-8", "backslashreplace").decode("utf-8")
    return Item(name, str(source), member.file_size, modified, number, _member_problem(member))


def _member_problem(member: zipfile.ZipInfo) -> Note | None:
    """Say why a member is not read: it is encrypted, too large, or its name leads out of the folder."""
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name):
        return Note(code="collect.zip-name")
    if member.flag_bits & _ENCRYPTED:
        return Note(code="collect.zip-encrypted")
    if member.file_size > MOST_BYTES:
        finding = too_large()
        return Note(code=finding.code, data=finding.data)
    return None


@lru_cache(maxsize=1)
def _opened(path: str, modified: int) -> zipfile.ZipFile:  # noqa: ARG001 - a file that was changed is opened anew
    return zipfile.ZipFile(path)


def _guard_directory(stream: BinaryIO, source: Path) -> None:
    """Refuse a zip file by its end record, before a list of its members is built."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _ENDS.size - 65_535))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _ENDS.size:
        raise zipfile.BadZipFile
    _, _, _, _, members, directory, _, _ = _ENDS.unpack_from(tail, at)
    if at >= _LOCATOR_64.size and tail[at - _LOCATOR_64.size :].startswith(b"PK\x06\x07"):
        stream.seek(_LOCATOR_64.unpack_from(tail, at - _LOCATOR_64.size)[2])
        ends = _ENDS_64.unpack(stream.read(_ENDS_64.size))
        members, directory = ends[7], ends[8]
    if members > _MOST_MEMBERS or directory > _MOST_DIRECTORY:
        raise FormError([Finding("file.zip-too-much", str(source))])
