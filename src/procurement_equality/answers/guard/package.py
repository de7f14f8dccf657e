"""The door that every file from outside comes through: a Word or OpenDocument file is checked, or it is refused.

Bounded time and memory whatever the file: nothing is inflated, decoded or parsed before its size is known to be within
limits. A refusal is a `FormError` whose one finding says what is wrong and the way out.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from procurement_equality.answers.guard.active_content import refuse_macros, warnings_of_docx, warnings_of_odt
from procurement_equality.answers.guard.archive import read_directory
from procurement_equality.answers.guard.file_kind import ZIP, code_of_file, code_of_package
from procurement_equality.answers.guard.parts import Parts, resolved
from procurement_equality.answers.guard.refusal import refusal
from procurement_equality.findings import Finding, FormError

MOST_BYTES: Final = 25 * 1024 * 1024
"""Bytes that a file may have."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)

_TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORD_TYPES = frozenset({f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"})
_OTHER_TYPES = {
    "spreadsheetml": "form.spreadsheet",
    "ms-excel": "form.spreadsheet",
    "presentationml": "form.presentation",
    "ms-powerpoint": "form.presentation",
}
_ODF = b"application/vnd.oasis.opendocument."
_ODF_TYPES = {
    _ODF + b"text": None,
    _ODF + b"text-template": None,
    _ODF + b"spreadsheet": "form.spreadsheet",
    _ODF + b"spreadsheet-template": "form.spreadsheet",
    _ODF + b"presentation": "form.presentation",
    _ODF + b"presentation-template": "form.presentation",
}
_ROOTS = frozenset(
    {
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document",
        "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}document-content",
    }
)


@dataclass(frozen=True, slots=True)
class Package:
    """A checked Word or OpenDocument file. `main` is its main part, `size` and `sha256` are of the file's bytes."""

    kind: Literal["docx", "odt"]
    main: str
    names: frozenset[str]
    warnings: tuple[Finding, ...]
    size: int
    sha256: str
    path: str | None = None
    _parts: Parts = field(kw_only=True, repr=False, compare=False)

    def read(self, name: str) -> bytes | None:
        """Give the bytes of a part, or None where there is no such part.

        Raises `FormError` where the part is not what the file says of it.
        """
        with _at(self.path):
            return self._parts.read(name)

    def tree(self, name: str) -> etree._Element | None:
        """Give the root of an XML part, or None where there is no such part: the same object at each call.

        Comments and processing instructions are left out. Raises `FormError` where the part is damaged or too large.
        """
        with _at(self.path):
            return self._parts.tree(name)


def open_package(source: Path | bytes, name: str | None = None) -> Package:
    """Open a file from its path or its bytes; `name` is what findings call it where bytes are given.

    The main part is parsed at once, so that a file which is opened has one. Raises `FormError`.
    """
    path = name or (None if isinstance(source, bytes) else str(source))
    with _at(path):
        data = source if isinstance(source, bytes) else _read(source)
        if len(data) > MOST_BYTES:
            raise _too_large()
        if not data.startswith(ZIP):
            raise refusal(code_of_file(data))
        parts = Parts(data, read_directory(data))
        kind = _kind(parts)
        refuse_macros(parts)
        main = _main_of_docx(parts) if kind == "docx" else _main_of_odt(parts)
        warnings = warnings_of_docx(parts, main) if kind == "docx" else warnings_of_odt(parts)
        _check_root(parts, main)
    return Package(
        kind=kind,
        main=main,
        names=frozenset(member.name for member in parts.members.values()),
        warnings=tuple(replace(warning, path=path) for warning in warnings),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
        _parts=parts,
    )


@contextmanager
def _at(path: str | None) -> Iterator[None]:
    """Say of every refusal which file it is about."""
    try:
        yield
    except FormError as error:
        raise FormError(replace(finding, path=path) for finding in error.findings) from None


def _read(path: Path) -> bytes:
    """Read a regular file whole. Nothing else is opened: a pipe would wait, a device would act."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise refusal("form.not-a-file")
        with os.fdopen(os.open(path, _OPEN), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise refusal("form.not-a-file")
            if status.st_size > MOST_BYTES:
                raise _too_large()
            return file.read(status.st_size + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        if isinstance(error, FormError):
            raise
        raise refusal("form.missing") from None
    except OSError as error:
        raise refusal("form.unreadable", reason=error.strerror or "?") from None


def _too_large() -> FormError:
    return refusal("form.too-large", limit=str(MOST_BYTES // 1024 // 1024))


def _kind(parts: Parts) -> Literal["docx", "odt"]:
    docx, odt = parts.name(_TYPES), parts.name("mimetype")
    if docx and odt:
        raise refusal("form.two-formats")
    if docx:
        return "docx"
    if not odt:
        raise refusal(code_of_package({member.name for member in parts.members.values()}))
    code = _ODF_TYPES.get((parts.read("mimetype") or b"").strip(), "form.other-program")
    if code:
        raise refusal(code)
    return "odt"


def _main_of_docx(parts: Parts) -> str:
    mains = [one for one in parts.relationships("_rels/.rels") if one.type == "officedocument"]
    if len(mains) != 1 or mains[0].external:
        raise refusal("form.no-main-part")
    main = parts.name(resolved(mains[0].target) or "")
    said = _content_type(parts, main or "")
    for word, code in _OTHER_TYPES.items():
        if word in said:
            raise refusal(code)
    if mains[0].strict:
        raise refusal("form.strict")
    if main is None or said not in _WORD_TYPES:
        raise refusal("form.no-main-part")
    return main


def _content_type(parts: Parts, name: str) -> str:
    types = parts.tree(_TYPES)
    extension = name.rpartition(".")[2].lower()
    found = ""
    for element in () if types is None else types:
        if element.get("PartName", "").lower() == f"/{name.lower()}":
            return element.get("ContentType", "").lower()
        if element.get("Extension", "").lower() == extension:
            found = element.get("ContentType", "").lower()
    return found


def _main_of_odt(parts: Parts) -> str:
    if parts.name("encrypted-package") or b"encryption-data" in (parts.text("META-INF/manifest.xml") or b""):
        raise refusal("form.encrypted")
    return parts.name("content.xml") or "content.xml"


def _check_root(parts: Parts, main: str) -> None:
    tree = parts.tree(main)
    if tree is not None and "purl.oclc.org/ooxml" in str(tree.tag):
        raise refusal("form.strict")
    if tree is None or tree.tag not in _ROOTS:
        raise refusal("form.no-main-part")
