"""What is wrong, where, and the way out: findings as data, their words in `messages/`."""

from procurement_equality.findings.model import (
    CatalogueError,
    DocumentError,
    Finding,
    FormError,
    OutputError,
    ProcurementEqualityError,
    ProcurementError,
    SelectionError,
    Severity,
    SupplierListError,
    TemplateError,
)
from procurement_equality.findings.words import describe

__all__ = [
    "CatalogueError",
    "DocumentError",
    "Finding",
    "FormError",
    "OutputError",
    "ProcurementEqualityError",
    "ProcurementError",
    "SelectionError",
    "Severity",
    "SupplierListError",
    "TemplateError",
    "describe",
]
