"""Forms as they come in: made of an example, filled as Word fills them, and laid in a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from mutations import fill

from conftest import ROOT, selected
from procurement_equality import Selection, compose

EXAMPLE = ROOT / "examples" / "direktupphandling-utbildning.yaml"
OTHER = ROOT / "examples" / "stadtjanst-lou.yaml"
NUMBERS = ("559900-1111", "559900-2226", "559900-3331", "559900-4446")
"""Invented organisation numbers whose check digit is right."""

REQUIRED: dict[str, str | bool] = {
    "LEV.contact_role": "avtalsansvarig",
    "LEV.contact": "avtal@exempel.se",
    "LEV.headcount": "12",
    "LEV.date": "2026-03-02",
    "INT.declaration": True,
}


@cache
def selection(example: Path = EXAMPLE) -> Selection:
    """Give the selection that the forms are made of."""
    return selected(example)


@cache
def blank(example: Path = EXAMPLE) -> bytes:
    """Give the empty form of an example."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        compose(selection(example), "self-assessment").save(path)
        return path.read_bytes()


def form(name: str | None = None, answers: Mapping[str, str | bool] | None = None, number: str | None = None) -> bytes:
    """Give a filled form: a name, an organisation number, and answers by tag."""
    own = {"LEV.name": name, "LEV.org_number": number}
    return fill(blank(), {**{tag: text for tag, text in own.items() if text}, **(answers or {})})


def lay(folder: Path, files: Mapping[str, bytes], modified: int | None = None) -> Path:
    """Write files below a folder; `modified` is their time of change, in seconds since 1970."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if modified is not None:
            os.utime(path, (modified, modified))
    return folder
