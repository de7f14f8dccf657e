"""A file that came in, as a record: from a path to what the file held. A bad file raises nothing."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Note, Response
from procurement_equality.catalogue.text import Model
from procurement_equality.findings import Finding, FormError

Outcome = Literal["read", "refused", "not-a-form", "skipped"]
"""How it went with a file: `skipped` is what programs leave behind (`~$…`, `.DS_Store`), `not-a-form` other things."""

MOST_BYTES = 25_000_000
"""No form is larger: a larger file is refused before it is read."""

FORM_SUFFIXES = frozenset({"", ".docx", ".odt", ".docm", ".dotx", ".dotm", ".ott", ".fodt", ".doc", ".rtf", ".pdf"})
"""What the reader is asked about; it says itself how a .doc, .rtf or .pdf becomes a form that can be read."""

_NOT_OURS = frozenset({"form.not-a-form"})
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


class FileRecord(Model):
    """A file that came in, and what was found in it. One line of JSON in `records/`."""

    version: Literal[1] = 1
    file: str
    """The path below the folder that was read, with `/`; bytes that are no UTF-8 are written as `\\xff`."""
    size: int | None = None
    modified: int | None = None
    """When the file was last changed, in nanoseconds since 1970."""
    sha256: str | None = None
    """Of the whole file, in hexadecimal; None where it was not read."""
    outcome: Outcome
    findings: tuple[Note, ...] = ()
    """Why it was not read: codes of `messages/`, with what their words need."""
    response: Response | None = None


def record(source: Path | bytes, name: str, manifests: Mapping[str, Manifest] | None = None) -> FileRecord:
    """Give the record of one file, whatever the file is. `name` is its path below the folder.

    `manifests`, by digest, are those of forms that may have lost their own.
    """
    return record_with_manifest(source, name, manifests)[0]


def record_with_manifest(
    source: Path | bytes, name: str, manifests: Mapping[str, Manifest] | None = None, modified: int | None = None
) -> tuple[FileRecord, Manifest | None]:
    """Give the record of one file with the manifest of its form, as `record` does."""
    size = len(source) if isinstance(source, bytes) else None
    sha256: str | None = None
    try:
        if isinstance(source, Path):
            size, modified = _size_and_time(source)
        if (code := _passed_by(name)) is not None:
            outcome: Outcome = "skipped" if code.startswith("note.") else "not-a-form"
            return _without_response(name, outcome, [Note(code=code)], size, modified), None
        data = source if isinstance(source, bytes) else read_bytes(source)
        size, sha256 = len(data), hashlib.sha256(data).hexdigest()
        response, manifest = _read(data, manifests or {}, name)
    except FormError as error:
        notes = [_note(finding) for finding in error.findings]
        outcome = "not-a-form" if {note.code for note in notes} <= _NOT_OURS else "refused"
        return _without_response(name, outcome, notes, size, modified, sha256), None
    except OSError as error:
        note = Note(code="file.unreadable", data={"reason": error.strerror or type(error).__name__})
        return _without_response(name, "refused", [note], size, modified, sha256), None
    except Exception as error:  # a fault of ours must not cost the other files
        note = Note(code="collect.unexpected", data={"problem": f"{type(error).__name__}: {error}"[:300]})
        return _without_response(name, "refused", [note], size, modified, sha256), None
    response = response.model_copy(update={"file": name})
    read = FileRecord(file=name, size=size, modified=modified, sha256=sha256, outcome="read", response=response)
    return read, manifest


def refused(name: str, code: str, size: int | None = None, modified: int | None = None, **data: str) -> FileRecord:
    """Give the record of a file that could not be read, for the reason that `code` says."""
    return _without_response(name, "refused", [Note(code=code, data=data)], size, modified)


def read_bytes(path: Path) -> bytes:
    """Read a regular file of at most `MOST_BYTES`. Raises OSError or `FormError`; never waits for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise FormError([Finding("collect.not-a-file")])
        data = stream.read(MOST_BYTES + 1) if status.st_size <= MOST_BYTES else b""
    if status.st_size > MOST_BYTES or len(data) > MOST_BYTES:
        raise FormError([too_large()])
    return data


def too_large() -> Finding:
    """Give the finding of a file that is larger than any form."""
    return Finding("collect.too-large", data={"limit": str(MOST_BYTES // 1_000_000)})


def _read(data: bytes, manifests: Mapping[str, Manifest], name: str) -> tuple[Response, Manifest]:
    from procurement_equality.answers.reading import read_with_manifest

    return read_with_manifest(data, manifests, name)


def _size_and_time(path: Path) -> tuple[int, int]:
    """Give size and time of a regular file. Raises OSError, or `FormError` for what is no file at all."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FormError([Finding("collect.not-a-file")])
    return status.st_size, status.st_mtime_ns


def _passed_by(name: str) -> str | None:
    """Give the code for a file that is not read because of its name."""
    last = name.rpartition("/")[2]
    if last.startswith((".", "~$", "__MACOSX")) or last.casefold() in _LEFT_BEHIND or name.startswith("__MACOSX/"):
        return "note.collect-left-behind"
    suffix = Path(last).suffix.casefold()
    return None if suffix in FORM_SUFFIXES else "collect.not-a-form"


def _note(finding: Finding) -> Note:
    return Note(code=finding.code, data={key: str(value) for key, value in finding.data.items()})


def _without_response(
    name: str,
    outcome: Outcome,
    findings: list[Note],
    size: int | None,
    modified: int | None,
    sha256: str | None = None,
) -> FileRecord:
    return FileRecord(file=name, size=size, modified=modified, sha256=sha256, outcome=outcome, findings=tuple(findings))
