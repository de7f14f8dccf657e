"""Checking what a user names: a catalogue folder, a layer over it, or a procurement file against both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from procurement_equality.catalogue.checking import check_catalogue, check_overlays
from procurement_equality.catalogue.layers import load_catalogue
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.findings import Finding, ProcurementEqualityError
from procurement_equality.procurement.model import Procurement, made_from, read_procurement
from procurement_equality.procurement.selection import select


def check_path(path: Path, catalogue: Path | None = None, overlays: Sequence[Path] = ()) -> list[Finding]:
    """Give every finding of a catalogue folder, a layer, or a procurement file and the selection made from it.

    A layer is checked on the catalogue, together with `overlays`.
    """
    if (path / "overlay.yaml").is_file():
        return check_overlays(catalogue, (*overlays, path))
    if path.is_dir():
        found = check_catalogue(path)
        return [*found, *(each for each in check_overlays(path, overlays) if each not in found)] if overlays else found
    procurement, findings = read_procurement(path)
    return findings if procurement is None else _selected(procurement, catalogue, overlays)


def check_text(text: str, name: str, catalogue: Path | None = None) -> list[Finding]:
    """Give every finding of a procurement file that is not written yet; `name` is its path to be."""
    file, findings = read(text, name)
    procurement, findings = made_from(file) if file else (None, findings)
    return findings if procurement is None else _selected(procurement, catalogue)


def _selected(procurement: Procurement, catalogue: Path | None, overlays: Sequence[Path] = ()) -> list[Finding]:
    try:
        loaded = load_catalogue(catalogue, (*procurement.overlay_folders, *overlays))
        return list(select(loaded, procurement).findings)
    except ProcurementEqualityError as error:
        return list(error.findings)
