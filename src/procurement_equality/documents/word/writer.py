"""A document as a Word file: the walk's body, our base parts, and the parts that belong to this document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from procurement_equality.documents.word.blocks import body
from procurement_equality.documents.word.inline import FIRST_LIST_NUMBER, Walk, plain
from procurement_equality.documents.word.package import pack
from procurement_equality.documents.word.xml import DECLARATION, LANGUAGES, NAMESPACES, escape, field, paragraph, run

if TYPE_CHECKING:
    from procurement_equality.documents.document import Document

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = ("styles", "numbering", "settings", "fontTable", "header", "footer")
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1417" w:bottom="1417" w:left="1417" '
    'w:header="709" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_START = f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
_PROTECTION = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
_PNG = '  <Default Extension="png" ContentType="image/png"/>\n'
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def write_docx(document: Document) -> bytes:
    """Write a document as a Word package."""
    walk = Walk(document.language, document.labels, pictures=document.pictures)
    content = body(document.tree, walk)
    protected = document.protected and document.is_form
    media = {name: f"media/image{number}.png" for number, name in enumerate(dict.fromkeys(walk.drawn), 1)}
    return pack(
        {
            "[Content_Types].xml": _content_types(media),
            "_rels/.rels": _base("package_rels"),
            "docProps/core.xml": _core(document),
            "docProps/custom.xml": _custom(_properties(document)),
            "word/document.xml": f"{_START}{content}{_SECTION}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relationships(walk.links, media),
            "word/styles.xml": _in_language(_base("styles"), document.language),
            "word/numbering.xml": _numbering(walk.list_starts),
            "word/settings.xml": _settings(document.language, protected=protected),
            "word/fontTable.xml": _base("fontTable"),
            "word/header1.xml": _header(document.tree),
            "word/footer1.xml": _footer(document.tree, document.labels),
            **{f"word/{path}": document.pictures[name].png for name, path in media.items()},
        }
    )


@cache
def _base(name: str) -> str:
    """Read a part of the base document."""
    return files("procurement_equality.documents.word").joinpath("base", f"{name}.xml").read_text(encoding="utf-8")


def _in_language(part: str, language: str) -> str:
    return part.replace("sv-SE", LANGUAGES[language])


def _settings(language: str, *, protected: bool) -> str:
    settings = _in_language(_base("settings"), language)
    if language == "en":
        settings = settings.replace('decimalSymbol w:val=","', 'decimalSymbol w:val="."')
    return settings.replace("  <w:defaultTabStop", f"  {_PROTECTION}\n  <w:defaultTabStop") if protected else settings


def _numbering(starts: Sequence[int]) -> str:
    """Add a number definition for each numbered list, so that each begins at its own first number."""
    numbers = "".join(
        f'  <w:num w:numId="{number}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>\n'
        for number, start in enumerate(starts, FIRST_LIST_NUMBER)
    )
    return _base("numbering").replace("</w:numbering>", f"{numbers}</w:numbering>")


def _content_types(media: Mapping[str, str]) -> str:
    """Declare the parts, and the kind of pictures where there are any."""
    types = _base("content_types")
    return types.replace("  <Override", f"{_PNG}  <Override", 1) if media else types


def _relationships(links: Mapping[str, str], media: Mapping[str, str]) -> str:
    rows = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{part}" '
        f'Target="{part}{"1" if part in ("header", "footer") else ""}.xml"/>'
        for number, part in enumerate(_PARTS, 1)
    ]
    rows += [
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/relationships/hyperlink" Target="{escape(address)}" '
        'TargetMode="External"/>'
        for address, identifier in links.items()
    ]
    rows += [
        f'<Relationship Id="rIdPicture{number}" Type="{_OFFICE}/relationships/image" Target="{path}"/>'
        for number, path in enumerate(media.values(), 1)
    ]
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _header(tree: etree._Element) -> str:
    cells = [plain(cell) for cell in tree.iterfind("body/header/p")]
    content = "<w:r><w:tab/></w:r>".join(run(cell) for cell in cells)
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{paragraph('Header', content)}</w:hdr>"


def _footer(tree: etree._Element, words: Mapping[str, str]) -> str:
    """Give the footer: what the template says to the left, "Sida 1 av 9" to the right."""
    left = " ".join(plain(cell) for cell in tree.iterfind("body/footer/p"))
    right = run(f"{words['page']} ") + field("PAGE", "1") + run(f" {words['of']} ") + field("NUMPAGES", "1")
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('Footer', run(left) + '<w:r><w:tab/></w:r>' + right)}</w:ftr>"


def _core(document: Document) -> str:
    subject, author = document.properties.get("subject", ""), document.properties.get("author", "")
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>{LANGUAGES[document.language]}</dc:language></cp:coreProperties>"
    )


def _properties(document: Document) -> Mapping[str, str]:
    """Give the document's own properties, and those that carry its manifest."""
    return (
        document.properties if document.manifest is None else {**document.properties, **document.manifest.properties()}
    )


def _custom(properties: Mapping[str, str]) -> str:
    """Give the properties that a program finds the form's catalogue and selection by."""
    rows = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{number}" name="pe-{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(properties.items()), 2)
    )
    namespaces = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"{DECLARATION}<Properties {namespaces}>{rows}</Properties>"
