"""The zip file of a package, read from its bytes and checked before anything is inflated.

Every number in a zip file is a claim of its writer. The claims are checked against each other, against the file and
against limits; a part is then inflated no further than it was said to be. Source: APPNOTE.TXT 6.3.10, PKWARE.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from procurement_equality.answers.guard.refusal import refusal

MOST_ENTRIES: Final = 2_000
MOST_IN_A_PART: Final = 60_000_000
"""Bytes that one part may inflate to."""
MOST_IN_ALL: Final = 200_000_000
"""Bytes that all parts together may inflate to."""
MOST_RATIO: Final = 200
"""How many times larger than deflated a part above a megabyte may be; a form with empty answers reaches 22."""

_FREE_OF_RATIO = 1_000_000
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x2041
"""Traditional and strong encryption, and masked headers."""
_SIZES_FOLLOW = 0x0008
_UTF_8 = 0x0800
_ZIP64_COUNT, _ZIP64_SIZE = 0xFFFF, 0xFFFFFFFF

_END = struct.Struct("<4s4H2IH")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_MOST_COMMENT = 0xFFFF
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f\\]|^[A-Za-z]:|(?:^|/)(?:\.{0,2})(?:/|$)")


class Member(NamedTuple):
    """A part in the file, as its directory entry claims it; `start` is where its data begins."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


class _Entry(NamedTuple):
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def read_directory(data: bytes) -> Mapping[str, Member]:
    """Give the parts of a zip file by their names in lower case; folders are checked and left out.

    Raises `FormError` where a name, a size, a method or a place is not to be trusted, or a limit is passed.
    """
    start, end, count = _end_record(data)
    entries = list(_central(data, start, end, count))
    names = [_name(entry) for entry in entries]
    _check_unique(names)
    _check_limits(entries, names, len(data))
    starts = _data_starts(data, entries, names, start)
    return {
        name.casefold(): Member(name, entry.method, entry.crc, entry.packed, entry.size, at)
        for name, entry, at in zip(names, entries, starts, strict=True)
        if not name.endswith("/")
    }


def inflate(data: bytes, member: Member) -> bytes:
    """Give the content of a part. Raises `FormError` where it is not exactly what its entry claims."""
    packed = memoryview(data)[member.start : member.start + member.packed]
    if member.method == _STORED:
        content = bytes(packed)
    else:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = stream.decompress(packed, member.size + 1)
        except zlib.error:
            raise refusal("form.zip-content", part=member.name) from None
        if not stream.eof or stream.unused_data:
            raise refusal("form.zip-size", part=member.name)
    if len(content) != member.size:
        raise refusal("form.zip-size", part=member.name)
    if zlib.crc32(content) != member.crc:
        raise refusal("form.zip-content", part=member.name)
    return content


def _end_record(data: bytes) -> tuple[int, int, int]:
    """Give where the directory begins and ends, and the number of its entries."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _MOST_COMMENT))
    if at < 0 or at + _END.size > len(data):
        raise refusal("form.truncated")
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, at)
    if count == _ZIP64_COUNT or _ZIP64_SIZE in (size, start) or data[at - 20 : at - 16] == b"PK\x06\x07":
        raise refusal("form.zip64")
    if at + _END.size + comment != len(data) or start + size != at or disk or first_disk or here != count:
        raise refusal("form.zip-damaged")
    if count > MOST_ENTRIES:
        raise refusal("form.zip-entries", count=str(count), limit=str(MOST_ENTRIES))
    return start, at, count


def _central(data: bytes, start: int, end: int, count: int) -> Iterator[_Entry]:
    at = start
    for _ in range(count):
        if at + _CENTRAL.size > end:
            raise refusal("form.zip-damaged")
        (mark, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, disk, _, _, offset) = (
            _CENTRAL.unpack_from(data, at)
        )
        if mark != b"PK\x01\x02" or disk:
            raise refusal("form.zip-damaged")
        at += _CENTRAL.size
        yield _Entry(data[at : at + name], flags, method, crc, packed, size, offset)
        at += name + extra + comment
    if at != end:
        raise refusal("form.zip-damaged")


def _name(entry: _Entry) -> str:
    try:
        name = entry.raw_name.decode("utf-8" if entry.flags & _UTF_8 else "cp437")
    except UnicodeDecodeError:
        raise refusal("form.zip-name", part=entry.raw_name.decode("latin-1")) from None
    if _BAD_NAME.search(name.removesuffix("/")):
        raise refusal("form.zip-name", part=name)
    return name


def _check_unique(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        key = name.removesuffix("/").casefold()
        if key in seen:
            raise refusal("form.zip-duplicate", part=name)
        seen.add(key)


def _check_limits(entries: list[_Entry], names: list[str], file_size: int) -> None:
    for entry, name in zip(entries, names, strict=True):
        if entry.flags & _ENCRYPTED:
            raise refusal("form.encrypted")
        if entry.method not in (_STORED, _DEFLATED):
            raise refusal("form.zip-method", part=name, method=str(entry.method))
        if _ZIP64_SIZE in (entry.packed, entry.size, entry.offset):
            raise refusal("form.zip64")
        if entry.size > MOST_IN_A_PART or _swells(entry.size, entry.packed):
            raise refusal("form.bomb", part=name)
        if (entry.method == _STORED and entry.size != entry.packed) or (entry.size and name.endswith("/")):
            raise refusal("form.zip-size", part=name)
    total = sum(entry.size for entry in entries)
    if total > MOST_IN_ALL or _swells(total, file_size):
        raise refusal("form.bomb", part="*")


def _swells(size: int, packed: int) -> bool:
    return size > _FREE_OF_RATIO and size > MOST_RATIO * packed


def _data_starts(data: bytes, entries: list[_Entry], names: list[str], directory: int) -> list[int]:
    """Give where the data of each entry begins, after a look at each local header: none may reach into the next."""
    starts = [_data_start(data, entry, name, directory) for entry, name in zip(entries, names, strict=True)]
    spans = sorted((entry.offset, at + entry.packed) for entry, at in zip(entries, starts, strict=True))
    if any(end > following for (_, end), (following, _) in pairwise([*spans, (directory, directory)])):
        raise refusal("form.zip-overlap")
    return starts


def _data_start(data: bytes, entry: _Entry, name: str, directory: int) -> int:
    if entry.offset + _LOCAL.size > directory:
        raise refusal("form.zip-overlap")
    header: tuple[bytes, int, int, int, int, int, int, int, int, int, int] = _LOCAL.unpack_from(data, entry.offset)
    mark, _, flags, method, _, _, crc, packed, size, length, extra = header
    if flags & _ENCRYPTED:
        raise refusal("form.encrypted")
    at = entry.offset + _LOCAL.size
    if mark != b"PK\x03\x04" or method != entry.method or data[at : at + length] != entry.raw_name:
        raise refusal("form.zip-header", part=name)
    known = {0, _ZIP64_SIZE} if flags & _SIZES_FOLLOW else set()
    if size not in known | {entry.size} or packed not in known | {entry.packed}:
        raise refusal("form.zip-size", part=name)
    if crc != entry.crc and not flags & _SIZES_FOLLOW:
        raise refusal("form.zip-header", part=name)
    return at + length + extra
