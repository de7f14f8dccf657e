"""Word and OpenDocument files written part by part, with any lie about them that a zip file can hold."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN: Final = "word/document.xml"


@dataclass(frozen=True)
class Entry:
    """A part of a zip file with what is said of it, where that is not the truth."""

    content: bytes
    method: int = 8
    flags: int = 0
    packed: bytes | None = None
    size: int | None = None
    local_size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    offset: int | None = None
    at: str | None = None
    """The name of an earlier part whose data this one claims as its own."""


def zipped(parts: Mapping[bytes, Entry] | list[tuple[bytes, Entry]], *, count: int | None = None) -> bytes:
    """Write a zip file with every lie that its entries hold."""
    data, directory = bytearray(), bytearray()
    places: dict[bytes, int] = {}
    listed = list(parts.items()) if isinstance(parts, Mapping) else parts
    for name, part in listed:
        packed = part.packed if part.packed is not None else deflated(part)
        crc = zlib.crc32(part.content) if part.crc is None else part.crc
        size = len(part.content) if part.size is None else part.size
        length = len(packed) if part.packed_size is None else part.packed_size
        local_size = size if part.local_size is None else part.local_size
        local_name = name if part.local_name is None else part.local_name
        offset = places[part.at.encode()] if part.at else len(data)
        places[name] = offset
        local = (20, part.flags, part.method, 0, 33, crc, length, local_size, len(local_name), 0)
        if part.at is None:
            data += struct.pack("<4s5H3I2H", b"PK\x03\x04", *local) + local_name + packed
        offset = offset if part.offset is None else part.offset
        central = (20, 20, part.flags, part.method, 0, 33, crc, length, size, len(name), 0, 0, 0, 0, 0, offset)
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *central) + name
    total = len(listed) if count is None else count
    return bytes(data + directory) + struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, total, total, len(directory), len(data), 0
    )


def deflated(part: Entry) -> bytes:
    """Give the content as it stands in the file."""
    if part.method != 8:
        return part.content
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(part.content) + stream.flush()


def document(body: str = "<w:p/>") -> bytes:
    """Give a main part with this body."""
    return f'{HEAD}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def relationships(*listed: tuple[str, str, bool]) -> bytes:
    """Give a `.rels` part that lists (last word of the type, target, whether it is external)."""
    mode = {True: "External", False: "Internal"}
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode[external]}"/>'
        for number, (kind, target, external) in enumerate(listed, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def content_types(main: str = _WORD_TYPE, more: str = "") -> bytes:
    """Give the part that says what each part is."""
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{more}'
        f'<Override PartName="/{MAIN}" ContentType="{main}"/></Types>'
    ).encode()


def word(changes: Mapping[str, bytes | Entry | None] | None = None) -> dict[bytes, Entry]:
    """Give the parts of a small Word document, with parts put in, changed, or (None) left out."""
    parts: dict[str, bytes | Entry | None] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("officeDocument", MAIN, False)),
        MAIN: document("<w:p><w:r><w:t>Svar</w:t></w:r></w:p>" * 40),
    }
    return _entries(parts | dict(changes or {}))


def open_document(changes: Mapping[str, bytes | Entry | None] | None = None) -> dict[bytes, Entry]:
    """Give the parts of a small OpenDocument text, with parts put in, changed, or (None) left out."""
    parts: dict[str, bytes | Entry | None] = {
        "mimetype": Entry(b"application/vnd.oasis.opendocument.text", method=0),
        "content.xml": odf_content(),
        "META-INF/manifest.xml": odf_manifest(),
    }
    return _entries(parts | dict(changes or {}))


def odf_content(body: str = "<text:p>Svar</text:p>") -> bytes:
    """Give an OpenDocument text with this body."""
    names = ("office", "text", "draw", "script")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    return (
        f'{HEAD}<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    ).encode()


def odf_manifest(of_content: str = "") -> bytes:
    """Give the list of parts of an OpenDocument file."""
    return (
        f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{of_content}</manifest:file-entry></manifest:manifest>"
    ).encode()


def _entries(parts: Mapping[str, bytes | Entry | None]) -> dict[bytes, Entry]:
    return {
        name.encode(): part if isinstance(part, Entry) else Entry(part)
        for name, part in parts.items()
        if part is not None
    }


def compound(*streams: str) -> bytes:
    """Give an OLE compound file whose directory lists these streams: a header, a table and one directory sector."""
    header = struct.pack("<8s16x5H6x6I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0)
    table = struct.pack("<3I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF).ljust(512, b"\xff")
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, 2, 1).ljust(64, b"\0")
        for name in ("Root Entry", *streams)
    )
    return header.ljust(512, b"\xff") + table + entries.ljust(512, b"\0")
