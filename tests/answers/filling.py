"""Forms filled by LibreOffice: the wrapper that tests call. A skip says what is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

Way = tuple[str, ...]
"""The file endings that a form goes through: `("docx", "docx")` is saved, opened and saved again."""

WAYS: Mapping[str, Way] = {
    "docx": ("docx",),
    "docx-twice": ("docx", "docx"),
    "odt": ("odt",),
    "odt-docx": ("odt", "docx"),
    "doc": ("doc",),
    "doc-docx": ("doc", "docx"),
    "rtf": ("rtf",),
    "rtf-docx": ("rtf", "docx"),
}


@dataclass(frozen=True)
class Job:
    """One form to fill: answers by tag (true and false for a checkbox), and where to save it along which way."""

    source: Path
    answers: Mapping[str, str | bool]
    outputs: Mapping[Path, Way]
    typed: Mapping[str, str] = field(default_factory=dict)
    """Text that is typed through the frame first, as a person does, to learn what protection lets through."""


@dataclass(frozen=True)
class Filled:
    """What happened to one form; `typed` says of each field whether typing changed anything."""

    seconds: float
    protected: bool
    typed: Mapping[str, bool]
    label_typed: bool


@dataclass(frozen=True)
class Filling:
    """What happened to all of them, in their order, in one LibreOffice."""

    version: str
    start: float
    forms: tuple[Filled, ...]


@cache
def python_with_uno() -> str | None:
    """Give a Python that reaches LibreOffice: the one named in LIBREOFFICE_PYTHON, the system's, LibreOffice's own."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    own = Path(office).resolve().with_name("python") if office else None
    candidates = [os.environ.get("LIBREOFFICE_PYTHON"), "/usr/bin/python3", str(own) if own else None]
    return next((path for path in candidates if path and _has_uno(path)), None)


def _has_uno(python: str) -> bool:
    if not Path(python).is_file():
        return False
    return subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=60, check=False).returncode == 0


def fill_with_libreoffice(jobs: Sequence[Job], soffice: Sequence[str], folder: Path) -> Filling:
    """Fill and save every form in one LibreOffice, whose command is `soffice`; `folder` is for our own small file.

    Skips where no Python with `uno` is found (Debian's package python3-uno).
    """
    python = python_with_uno()
    if python is None:
        pytest.skip("no Python with LibreOffice's `uno` (package python3-uno)")
    task = folder / "jobs.json"
    listed = [
        {
            "source": str(job.source),
            "answers": dict(job.answers),
            "outputs": {str(path): list(way) for path, way in job.outputs.items()},
            "type": dict(job.typed),
        }
        for job in jobs
    ]
    task.write_text(json.dumps({"command": list(soffice), "jobs": listed}), encoding="utf-8")
    script = Path(__file__).with_name("libreoffice_fill.py")
    run = subprocess.run(
        [python, str(script), str(task)], capture_output=True, text=True, timeout=60 + 30 * len(jobs), check=False
    )
    if run.returncode:
        raise AssertionError(f"LibreOffice did not fill the forms:\n{run.stderr}")
    result = json.loads(run.stdout)
    return Filling(result["version"], result["start"], tuple(Filled(**form) for form in result["jobs"]))


def every_way(folder: Path, stem: str) -> dict[Path, Way]:
    """Give outputs along every way: `stem-docx.docx`, `stem-odt-docx.docx` and so on."""
    return {folder / f"{stem}-{name}.{way[-1]}": way for name, way in WAYS.items()}


def copies(source: Path, folder: Path, ways: Sequence[str]) -> Iterator[tuple[Path, Way]]:
    """Give one output of a form for each named way."""
    return ((folder / f"{source.stem}-{name}.{WAYS[name][-1]}", WAYS[name]) for name in ways)
