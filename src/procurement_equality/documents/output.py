"""Writing files so that nothing is ever lost: to a temporary file beside the target, then renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from procurement_equality.findings import Finding, OutputError


def write_new(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `path`, whole or not at all; a file that is there stays unless `force`.

    Raises `OutputError`.
    """
    check_new(path, force=force)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if force:
            temporary.replace(path)
        else:
            _place_new(temporary, path)
    except OutputError:
        raise
    except OSError as error:
        raise _not_written(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_new(path: Path, *, force: bool = False) -> None:
    """Say beforehand whether `path` can be written. Raises `OutputError`."""
    try:
        if path.is_dir():
            raise OutputError([Finding("output.directory", str(path))])
        if not force and path.exists():
            raise OutputError([Finding("output.exists", str(path))])
        if not path.parent.is_dir():
            raise OutputError([Finding("output.no-folder", str(path), data={"folder": str(path.parent)})])
    except OutputError:
        raise
    except OSError as error:  # a name that the file system cannot hold
        raise _not_written(path, error) from None


def _not_written(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError([Finding("output.not-written", str(path), data={"reason": reason})])


def _place_new(temporary: Path, path: Path) -> None:
    """Give the temporary file its name, unless someone else took the name meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise OutputError([Finding("output.exists", str(path))]) from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise OutputError([Finding("output.exists", str(path))]) from None
        temporary.rename(path)
