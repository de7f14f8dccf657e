"""Files that nobody should have sent: each kind as a file name, its bytes, and the code that it must end in.

The code is that of the refusal, or of the warning for a file that may be opened; it is empty for one that is odd and
harmless. Everything is made here, from a small Word document of our own; nothing is fetched. This module holds what is
wrong with the zip file, `hostile_content` what is wrong with what lies in it.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import hostile_content
from hostile_content import Kind, field, instruction_run, with_main
from lying_zip import MAIN, Entry, deflated, document, open_document, relationships, word, zipped


def kinds() -> Iterator[Kind]:
    """Give every kind of hostile, damaged or odd file: its name, its bytes, and the code that it must end in."""
    for group in (_bombs, _sizes, _names, _structures, _broken, _odd, *hostile_content.GROUPS):
        yield from group()


def _bombs() -> Iterator[Kind]:
    """Give files that grow."""
    zeros = b"\0" * 1_000_000
    yield "bomb-ratio.docx", with_main(document("<w:p/>" * 2_000_000)), "form.bomb"
    yield "bomb-image.docx", zipped(word({"word/media/image1.png": b"\0" * 61_000_000})), "form.bomb"
    many = {f"word/media/{number}.png": Entry(zeros, packed=deflated(Entry(zeros))) for number in range(250)}
    yield "bomb-total.docx", zipped(word(many)), "form.bomb"
    yield (
        "bomb-many-entries.docx",
        zipped(word({f"word/{number}.xml": b"" for number in range(3_000)})),
        "form.zip-entries",
    )
    yield "bomb-claimed-entries.docx", zipped(word(), count=60_000), "form.zip-entries"
    yield "bomb-elements.docx", with_main(document("<w:p/>" * 700_000), method=0), "form.xml-size"
    attributes = " ".join(f'a{number}=""' for number in range(650_000))
    yield "bomb-attributes.docx", with_main(document(f"<w:p {attributes}/>"), method=0), "form.xml-size"
    allowed = " ".join(f'a{number}=""' for number in range(500_000))
    yield "bomb-attributes-below-the-limit.docx", with_main(document(f"<w:p {allowed}/>"), method=0), ""
    spaces = " ".join(f'xmlns:a{number}="u"' for number in range(400_000))
    yield "bomb-namespaces.docx", with_main(document(f"<w:p {spaces}/>"), method=0), ""
    yield "bomb-depth.docx", with_main(document("<w:p>" * 250_000 + "</w:p>" * 250_000), method=0), "form.xml-size"
    yield "bomb-long-text.docx", with_main(document("x" * 11_000_000), method=0), "form.xml-size"
    nested = f"{field('begin')}{instruction_run('DDE')}" * 50_000
    yield "bomb-fields.docx", with_main(document(nested), method=0), "form.dde-field"
    full = document('<w:t a="1" b="2">x</w:t>' * 290_000)
    yield "bomb-below-the-limits.docx", with_main(full, method=0), ""
    headers = relationships(*[("header", f"header{number}.xml", False) for number in range(3)])
    third = Entry(document("<w:fldSimple/>" + '<w:t a="1" b="2">x</w:t>' * 190_000), 0)
    more: dict[str, bytes | Entry] = {f"word/header{number}.xml": third for number in range(3)}
    more |= {MAIN: third, "word/_rels/document.xml.rels": headers}
    yield "bomb-in-all.docx", zipped(word(more)), "form.xml-size"
    listed = relationships(*[("image", "x", True)] * 60_000)
    yield "bomb-relationships.docx", zipped(word({"word/_rels/document.xml.rels": Entry(listed, 0)})), "form.xml-size"
    parts = {
        f"word/_rels/{number}.xml.rels": Entry(relationships(*[("image", "x", True)] * 40_000), 0) for number in (1, 2)
    }
    inner = zipped(word(dict.fromkeys((f"word/{number}.bin" for number in range(99)), Entry(zeros))))
    yield "bomb-in-a-bomb.docx", zipped({b"1.docx": Entry(inner), b"2.docx": Entry(inner)}), "form.archive"
    yield "many-external.docx", zipped(word(parts)), "form.external-content"


def _sizes() -> Iterator[Kind]:
    """Give files that lie about sizes and sums."""
    content = document("<w:p/>" * 5_000)
    yield "size-declared-smaller.docx", with_main(content, size=100), "form.zip-size"
    yield "size-declared-bigger.docx", with_main(content, size=len(content) + 100), "form.zip-size"
    yield "size-other-in-header.docx", with_main(content, local_size=100), "form.zip-size"
    hidden = b"\0" * 30_000_000
    packed = deflated(Entry(hidden))
    lying = Entry(hidden, packed=packed, size=len(packed) * 3)
    yield "size-hides-a-bomb.docx", zipped(word({MAIN: lying})), "form.zip-size"
    yield "size-stored-differs.docx", with_main(content, method=0, size=len(content) - 1), "form.zip-size"
    yield "size-packed-too-long.docx", with_main(content, packed_size=10_000_000), "form.zip-overlap"
    yield "size-packed-too-short.docx", zipped(word({MAIN: replace(Entry(content), packed_size=20)})), "form.zip-size"
    yield "wrong-checksum.docx", with_main(content, crc=1), "form.zip-content"
    yield "not-deflated.docx", zipped(word({MAIN: Entry(content, packed=b"\xff" * 300)})), "form.zip-content"
    yield "folder-with-content.docx", zipped(word({"word/media/": b"content"})), "form.zip-size"


def _names() -> Iterator[Kind]:
    """Give names that lead out of a folder, or to two parts."""
    slipped = ("../evil.xml", "word/../../evil.xml", "/etc/passwd", "word\\evil.xml", "C:/evil.xml", "word//evil.xml")
    for number, name in enumerate((*slipped, "word/evil\0.xml", "word/./evil.xml", "..", "")):
        yield f"name-slipped-{number}.docx", zipped(word({name: b"x"})), "form.zip-name"
    not_utf_8 = [*word().items(), (b"word/\xff\xfe.xml", Entry(b"x", flags=0x800))]
    yield "name-not-utf-8.docx", zipped(not_utf_8), "form.zip-name"
    twice = [*word().items(), (MAIN.encode(), Entry(document("<w:p/>")))]
    yield "name-twice.docx", zipped(twice), "form.zip-duplicate"
    yield "name-twice-by-case.docx", zipped(word({"Word/Document.XML": document()})), "form.zip-duplicate"
    yield "name-of-file-and-folder.docx", zipped(word({f"{MAIN}/": b""})), "form.zip-duplicate"
    other = replace(Entry(document()), local_name=b"word/innocent.xml")
    yield "name-other-in-header.docx", zipped(word({MAIN: other})), "form.zip-header"


def _structures() -> Iterator[Kind]:
    """Give directories that do not fit the file."""
    good = zipped(word())
    yield "overlap-same-data.docx", zipped(word({"word/copy.xml": Entry(b"", at=MAIN)})), "form.zip-header"
    yield "overlap-shared-header.docx", _overlapping(), "form.zip-overlap"
    yield "offset-beyond-the-file.docx", zipped(word({"word/x.xml": Entry(b"x", offset=4_000_000)})), "form.zip-overlap"
    yield "offset-into-nothing.docx", zipped(word({"word/x.xml": Entry(b"x", offset=7)})), "form.zip-header"
    yield "encrypted-entry.docx", with_main(document(), flags=1), "form.encrypted"
    yield "strongly-encrypted-entry.docx", with_main(document(), flags=0x41), "form.encrypted"
    compressed = {12: bz2.compress(document()), 14: lzma.compress(document()), 9: b"\x03\x00", 99: b"aes"}
    for method, packed in compressed.items():
        entry = Entry(document(), method=method, packed=packed)
        yield f"method-{method}.docx", zipped(word({MAIN: entry})), "form.zip-method"
    yield "garbage-before.docx", b"PK\x03\x04garbage" + good, "form.zip-damaged"
    yield "text-before.docx", b"#!/bin/sh\nexit\n" + good, "form.unknown"
    yield "garbage-after.docx", good + b"garbage", "form.zip-damaged"
    yield "nulls-after.docx", good + b"\0" * 4_096, "form.zip-damaged"
    yield "two-archives.docx", good + zipped(open_document()), "form.zip-damaged"
    yield "count-too-small.docx", zipped(word(), count=2), "form.zip-damaged"
    yield "count-too-large.docx", zipped(word(), count=9), "form.zip-damaged"
    yield "zip64-count.docx", zipped(word(), count=0xFFFF), "form.zip64"
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
    yield "zip64-locator.docx", good[:-22] + locator + good[-22:], "form.zip64"
    yield "zip64-size.docx", with_main(document(), size=0xFFFFFFFF), "form.zip64"
    yield "second-disk.docx", good[:-18] + b"\1\0" + good[-16:], "form.zip-damaged"


def _overlapping() -> bytes:
    """Give a file where the data of one part reaches over the next, as in the bombs of overlapping files."""
    inner = zipped({b"word/inner.xml": Entry(b"x" * 50, method=0)})[:94]
    parts = word({"word/outer.xml": Entry(inner, method=0)})
    data = zipped(parts)
    at = data.index(inner)
    return zipped(parts | {b"word/inner.xml": Entry(b"x" * 50, packed=b"", packed_size=50, method=0, offset=at)})


def _broken() -> Iterator[Kind]:
    """Give files that were damaged on the way."""
    good = zipped(word())
    for length in (4, 29, 100, len(good) // 2, len(good) - 23, len(good) - 1):
        yield f"truncated-{length}.docx", good[:length], "form.truncated"
    middle = len(good) // 2
    yield "middle-missing.docx", good[: middle - 50] + good[middle:], "form.zip-damaged"
    yield "line-ends-changed.docx", good.replace(b"\x03\x04", b"\x03\x04\r", 1), "form.zip-damaged"


def _odd() -> Iterator[Kind]:
    """Give files that look wrong and are not: they open."""
    chained = {
        f"word/_rels/header{number}.xml.rels": relationships(("header", f"header{number + 1}.xml", False))
        for number in range(1_500)
    }
    yield "relationship-chain.docx", zipped(word(chained)), ""
    itself = relationships(("header", "document.xml", False), ("header", "../word/document.xml", False))
    yield "relationship-loop.docx", zipped(word({"word/_rels/document.xml.rels": itself})), ""
    yield "folders.docx", zipped(word({"word/": b"", "_rels/": b""})), ""
    yield (
        "named-by-case.docx",
        zipped({name.replace(b"[Content_Types]", b"[content_types]"): part for name, part in word().items()}),
        "",
    )
    yield "streamed.docx", _streamed(), ""


def _streamed() -> bytes:
    """Give a file written to a stream, so that sizes stand after the data, as some programs write them."""

    class Stream(io.RawIOBase):
        data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            Stream.data += bytes(data)
            return len(data)

    with zipfile.ZipFile(Stream(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in word().items():
            archive.writestr(name.decode(), part.content)
    return Stream.data
