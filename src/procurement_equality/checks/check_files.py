"""Checking procurement files: each is read with its catalogue and layers, made a case of, and checked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from procurement_equality.catalogue.layers import load_catalogue
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import Checked, check
from procurement_equality.findings import CatalogueError, Finding
from procurement_equality.procurement.model import Procurement, read_procurement


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What became of one file: `checked`, or None where it or its catalogue cannot be used; `unread` says why."""

    path: str
    checked: Checked | None
    unread: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give the findings that count: those of the checks, or those of reading."""
        return self.checked.findings if self.checked is not None else self.unread


def check_files(
    paths: Iterable[Path], today: datetime.date, catalogue: Path | None = None, overlays: Sequence[Path] = ()
) -> list[CheckedFile]:
    """Check procurement files, and every YAML file directly in a folder that is named.

    `catalogue` is a folder, None for the bundled catalogue; the layers are those that a file names, then `overlays`.
    A catalogue that several files share is read once.
    """
    read: dict[tuple[Path, ...], tuple[Catalogue | None, list[Finding]]] = {}

    def layered(layers: tuple[Path, ...]) -> tuple[Catalogue | None, list[Finding]]:
        key = tuple(folder.resolve() for folder in layers)
        if key not in read:
            read[key] = _layered(catalogue, layers)
        return read[key]

    made = []
    for path in (each for named in paths for each in _files(named)):
        procurement, findings = read_procurement(path)
        named_layers = procurement.overlay_folders if procurement is not None else ()
        loaded, problems = layered((*named_layers, *overlays))
        made.append(_checked(path, procurement, loaded, [*findings, *problems], today))
    return made


def _files(named: Path) -> list[Path]:
    """Give the files that a path stands for. A folder without YAML files stands for itself, and is told as one."""
    return sorted(named.glob("*.yaml")) or [named]


def _layered(catalogue: Path | None, layers: tuple[Path, ...]) -> tuple[Catalogue | None, list[Finding]]:
    """Read a catalogue with its layers. Gives it, or None and every finding."""
    try:
        return load_catalogue(catalogue, layers), []
    except CatalogueError as error:
        return None, list(error.findings)


def _checked(
    path: Path,
    procurement: Procurement | None,
    catalogue: Catalogue | None,
    problems: list[Finding],
    today: datetime.date,
) -> CheckedFile:
    if procurement is None or catalogue is None:
        return CheckedFile(str(path), None, tuple(problems))
    return CheckedFile(str(path), check(make_case(catalogue, procurement), today))
