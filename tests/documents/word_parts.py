"""What the document tests share: templates of our own making, and Word packages as trees."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from procurement_equality import Document, Finding, ProcurementEqualityError, Selection, compose
from procurement_equality.catalogue.text import Language

TEMPLATES: Final = ("tender-section", "self-assessment")
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
LOCALES: Final = {"sv": "sv-SE", "en": "en-GB"}

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"

START: Final = '<html lang="{{ language }}">\n<head><title>x</title></head>\n<body>\n'
"""Three lines: the body of a template of our own begins on line 4."""
END: Final = "\n</body>\n</html>\n"


def write_template(folder: Path, body: str, *, words: str = "title: {sv: Ord, en: Word}\n") -> Path:
    """Write a template with `body` from line 4 on, and its word list."""
    return write_whole(folder, f"{START}{body}{END}", words=words)


def write_whole(folder: Path, source: str, *, words: str = "title: {sv: Ord, en: Word}\n") -> Path:
    """Write a whole template and its word list."""
    path = folder / "own.html"
    path.write_text(source, encoding="utf-8")
    path.with_name("own.words.yaml").write_text(words, encoding="utf-8")
    return path


def faults(selection: Selection, template: Path | str, language: Language = "sv") -> Sequence[Finding]:
    """Give what composing, and writing in both forms, has against a template."""
    try:
        document = compose(selection, template, language)
        document.to_docx()
        document.to_html()
    except ProcurementEqualityError as error:
        return error.findings
    return ()


def fold(text: str) -> str:
    """Fold white space as a document does; no-break spaces and their kin stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


@dataclass
class Word:
    """A Word package, opened."""

    document: Document
    selection: Selection
    data: bytes = b""
    parts: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.data = self.data or self.document.to_docx()
        self.parts = open_package(self.data)

    @property
    def body(self) -> etree._Element:
        """Give `w:body`."""
        return self.parts["word/document.xml"][0]

    @property
    def paragraphs(self) -> list[etree._Element]:
        """Give every paragraph of the body, those in tables too, in order."""
        return list(self.body.iter(f"{W}p"))


def open_package(data: bytes) -> dict[str, etree._Element]:
    """Give every part of a package as a tree."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def text_of(element: etree._Element) -> str:
    """Give the text that a reader sees in a part of a document; a line break is one."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(signs.get(str(node.tag)) or node.text or "" for node in element.iter(f"{W}t", *signs))


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """Give a `w:` attribute of an element that may not be there."""
    value = None if element is None else element.get(f"{W}{name}")
    return None if value is None else str(value)


def required(element: etree._Element | None) -> etree._Element:
    """Give an element that must be there."""
    assert element is not None
    return element


def style_of(paragraph: etree._Element) -> str:
    """Give a paragraph's style id."""
    return attribute(paragraph.find(f"{W}pPr/{W}pStyle")) or "Normal"


def style_chain(word: Word, style_id: str) -> Iterator[etree._Element]:
    """Yield a style, then those it is based on."""
    styles = {str(style.get(f"{W}styleId")): style for style in word.parts["word/styles.xml"].iter(f"{W}style")}
    current: str | None = style_id
    while current is not None:
        yield styles[current]
        current = attribute(styles[current].find(f"{W}basedOn"))


def paragraph_property(word: Word, paragraph: etree._Element, name: str) -> etree._Element | None:
    """Give a property of a paragraph as it holds: its own, else its style's, else what that is based on."""
    for holder in (paragraph, *style_chain(word, style_of(paragraph))):
        found = holder.find(f"{W}pPr/{W}{name}")
        if found is not None:
            return found
    return None


def is_on(element: etree._Element | None) -> bool:
    """Say whether a property that is on or off is on."""
    return element is not None and attribute(element) not in ("0", "false", "off")


def cell_texts(row: etree._Element) -> list[str]:
    """Give the text of each cell of a row."""
    return [text_of(cell) for cell in row.iterfind(f"{W}tc")]
