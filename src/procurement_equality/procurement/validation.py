"""Checking what a user names: a catalogue folder, or a procurement file against a catalogue."""

from __future__ import annotations

from pathlib import Path

from procurement_equality.catalogue.reading import load_catalogue, read_catalogue
from procurement_equality.findings import Finding, ProcurementEqualityError
from procurement_equality.procurement.model import read_procurement
from procurement_equality.procurement.selection import select


def check_path(path: Path, catalogue: Path | None = None) -> list[Finding]:
    """Give every finding of a catalogue folder, or of a procurement file and the selection made from it."""
    if path.is_dir():
        return read_catalogue(path)[1]
    procurement, findings = read_procurement(path)
    if procurement is None:
        return findings
    try:
        return list(select(load_catalogue(catalogue), procurement).findings)
    except ProcurementEqualityError as error:
        return list(error.findings)
