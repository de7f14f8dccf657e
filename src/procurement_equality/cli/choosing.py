"""Which suppliers a command is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def choose(wanted: tuple[str, ...], names: Mapping[str, str], place: Path) -> list[str]:
    """Give the keys of the suppliers that are meant, or all where none is named. Raises `SupplierListError`."""
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.findings import Finding, SupplierListError
    from procurement_equality.procurement.supplier import find_supplier

    found = {text: find_supplier(text, names) for text in wanted}
    missing = [
        Finding("send.no-supplier", data={"name": text, "place": str(place), "nearest": nearest(text, names.values())})
        for text, key in found.items()
        if key is None
    ]
    if missing:
        raise SupplierListError(missing)
    return [key for key in found.values() if key is not None] if wanted else list(names)
