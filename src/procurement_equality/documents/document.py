"""A composed document, and the writers that its file ending chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from procurement_equality.answers.manifest import Manifest
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.output import write_new
from procurement_equality.documents.picture import Picture
from procurement_equality.findings import DocumentError, Finding


@dataclass(frozen=True, slots=True)
class Document:
    """One tree of the document vocabulary, ready to be written as Word or HTML.

    `properties` become document properties; `labels` are the few words that writers add themselves (placeholders of
    empty fields, "Sida … av …").
    """

    kind: str
    language: Language
    tree: etree._Element
    properties: Mapping[str, str]
    labels: Mapping[str, str]
    protected: bool = True
    manifest: Manifest | None = None
    """What the document asks, where it is a form: it travels in the Word file."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures that the tree may show, by name; those that it does not show are not written."""

    @property
    def title(self) -> str:
        """Give the document's title."""
        return str(self.tree.findtext("head/title"))

    @property
    def is_form(self) -> bool:
        """Say whether there is anything to fill in."""
        return next(self.tree.iter("input", "select", "textarea"), None) is not None

    def to_docx(self) -> bytes:
        """Write the document as Word (Office Open XML). The same document gives the same bytes."""
        from procurement_equality.documents.word.writer import write_docx

        return write_docx(self)

    def to_html(self) -> str:
        """Write the document as one self-contained HTML file."""
        from procurement_equality.documents.html import write_html

        return write_html(self)

    def save(self, path: Path | str, *, force: bool = False) -> str:
        """Write to a file; its ending, `.docx` or `.html`, says in which form.

        Gives the content digest (SHA-256, hexadecimal). Raises `OutputError` where the file exists (unless
        `force`) or cannot be written, and `DocumentError` for another ending; nothing is left half written.
        """
        path = Path(path)
        if path.suffix == ".docx":
            from procurement_equality.documents.word.package import content_digest

            data = self.to_docx()
            digest = content_digest(data)
        elif path.suffix in (".html", ".htm"):
            import hashlib

            data = self.to_html().encode()
            digest = hashlib.sha256(data).hexdigest()
        else:
            raise DocumentError([Finding("use.ending", str(path), data={"ending": path.suffix or "–"})])
        write_new(path, data, force=force)
        return digest
