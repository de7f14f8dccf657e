"""Equality and non-discrimination requirements for Swedish public procurement, as data and as Word documents.

    from procurement_equality import Catalogue, Procurement, compose, select

    selection = select(Catalogue.load(), Procurement.load("hemtjanst.yaml"))
    compose(selection, "tender-section").save("krav.docx")

Names are imported when they are used, so that a command line starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procurement_equality.answers.reading import read_form
    from procurement_equality.answers.response import Response
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.catalogue.requirement import Requirement
    from procurement_equality.documents.compose import compose
    from procurement_equality.documents.document import Document
    from procurement_equality.findings import Finding, ProcurementEqualityError, describe
    from procurement_equality.procurement.model import Procurement
    from procurement_equality.procurement.selection import Selection, select

__version__ = "0.2.0"

_HOMES = {
    "Catalogue": "procurement_equality.catalogue.model",
    "Document": "procurement_equality.documents.document",
    "Finding": "procurement_equality.findings",
    "Procurement": "procurement_equality.procurement.model",
    "ProcurementEqualityError": "procurement_equality.findings",
    "Requirement": "procurement_equality.catalogue.requirement",
    "Response": "procurement_equality.answers.response",
    "Selection": "procurement_equality.procurement.selection",
    "compose": "procurement_equality.documents.compose",
    "describe": "procurement_equality.findings",
    "read_form": "procurement_equality.answers.reading",
    "select": "procurement_equality.procurement.selection",
}

__all__ = [
    "Catalogue",
    "Document",
    "Finding",
    "Procurement",
    "ProcurementEqualityError",
    "Requirement",
    "Response",
    "Selection",
    "compose",
    "describe",
    "read_form",
    "select",
]


def __getattr__(name: str) -> object:
    """Import a public name from its room."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
