"""Which files of a folder are documents to scan, and which are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

MOST_FILES: Final = 5_000
"""Files that are looked at in a folder."""

_DOCUMENTS = frozenset({
    ".docx", ".dotx", ".odt", ".ott", ".docm", ".dotm", ".doc", ".dot", ".rtf", ".pdf",
})  # fmt: skip
"""What is tried: those that cannot be read then say so themselves."""

Reason = Literal["temporary", "other", "too-many"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not tried, and why: a word processor's temporary file, or no document."""

    path: Path
    reason: Reason


def documents_in(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """Give the documents of files and folders in order, and what is skipped. A file that is named is always tried."""
    found: dict[Path, None] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for number, file in enumerate(_files(path)):
            if number >= MOST_FILES:
                skipped.append(Skipped(file, "too-many"))
                break
            if file.name.startswith(("~$", ".~lock.", "~WRL")):
                skipped.append(Skipped(file, "temporary"))
            elif file.suffix.lower() in _DOCUMENTS:
                found[file] = None
            else:
                skipped.append(Skipped(file, "other"))
    return list(found), skipped


def _files(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and its folders, in order; links to folders are not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif not path.is_dir():
            yield path
