"""Reading a tender document, `.docx`, `.dotx`, `.odt` or `.ott`, behind the guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from procurement_equality.answers.guard.package import open_package
from procurement_equality.answers.tender_document import opendocument, word
from procurement_equality.answers.tender_document.paragraph import Paragraph, Raw
from procurement_equality.findings import Finding, FormError
from procurement_equality.findings.words import what

MOST_PARAGRAPHS: Final = 20_000
"""Paragraphs with text that a document may have: some 700 pages."""
MOST_SIGNS: Final = 4_000_000
"""Signs of text that a document may have."""

_FORMATS: Mapping[str, ModuleType] = {"docx": word, "odt": opendocument}
_WAYS_OUT = {
    "form.macros": "file.document-macros",
    "form.encrypted": "file.document-encrypted",
    "form.pdf": "file.document-pdf",
    "form.too-large": "file.document-too-large",
    "form.xml-size": "file.document-too-large",
    "form.zip-entries": "file.document-too-large",
    "form.bomb": "file.document-too-large",
}
_NOT_READ = frozenset({"form.inserted-document", "form.ole-object"})


@dataclass(frozen=True, slots=True)
class TenderDocument:
    """A document as text: its path, its paragraphs in order, and what in it could not be read."""

    path: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...] = ()


def read_tender_document(source: Path | bytes, name: str | None = None) -> TenderDocument:
    """Read a document from its path or its bytes (then `name` is what findings call it).

    Raises `FormError`, with a finding whose words suit a document and not a form, where it cannot be read.
    """
    path = name or (str(source) if isinstance(source, Path) else "")
    try:
        package = open_package(source, name)
        paragraphs = tuple(_placed(_bounded(_FORMATS[package.kind].paragraphs_of(package), path)))
    except FormError as error:
        raise FormError(_as_document(finding) for finding in error.findings) from None
    inside = sum(int(each.data["count"]) for each in package.warnings if each.code in _NOT_READ)
    notes = (Finding("scan.not-read", path, severity="information", data={"count": str(inside)}),) if inside else ()
    if not paragraphs:
        raise FormError([Finding("file.document-no-text", path or None)])
    return TenderDocument(path, paragraphs, notes)


def _as_document(finding: Finding) -> Finding:
    """Give what the guard found with a way out for a document of one's own, and not for a supplier's form."""
    if not finding.code.startswith("form."):
        return finding
    data = {"reason_sv": what(finding, "sv"), "reason_en": what(finding, "en")}
    return Finding(_WAYS_OUT.get(finding.code, "file.document"), finding.path, data=data)


def _bounded(found: Iterable[Raw], path: str) -> Iterator[Raw]:
    signs = 0
    for number, raw in enumerate(found, start=1):
        signs += len(raw.text)
        if number > MOST_PARAGRAPHS or signs > MOST_SIGNS:
            raise FormError([Finding("file.document-too-long", path, data={"limit": str(MOST_PARAGRAPHS)})])
        yield raw


def _placed(found: Iterable[Raw]) -> Iterator[Paragraph]:
    """Give each paragraph its number, and the heading that it stands under."""
    heading = ""
    for number, raw in enumerate(found, start=1):
        if raw.part not in ("body", "text-box"):
            heading = ""
        if raw.level and raw.cell is None:
            heading = f"{raw.label} {raw.text}".strip()[:200]
        yield Paragraph(number, raw.text, raw.label, raw.level, heading, raw.part, raw.cell, raw.is_item, raw.is_hidden)
