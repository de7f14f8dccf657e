"""Hostile files whose zip file is sound: what lies in it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lying_zip import (
    HEAD,
    MAIN,
    Entry,
    W,
    compound,
    content_types,
    document,
    odf_content,
    odf_manifest,
    open_document,
    relationships,
    word,
    zipped,
)

Kind = tuple[str, bytes, str]


def with_main(content: bytes, **more: int) -> bytes:
    """Give a Word document with this main part, and what is said of it."""
    return zipped(word({MAIN: replace(Entry(content), **more)}))  # type: ignore[arg-type]


def field(kind: str) -> str:
    """Give a mark of a field: its begin, its separate, its end."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction_run(text: str) -> str:
    """Give a run with a piece of a field's instruction."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def entities() -> Iterator[Kind]:
    """Give document types and entities, in both encodings."""
    levels = (f'<!ENTITY a{level} "' + f"&a{level - 1};" * 10 + '">' for level in range(1, 10))
    laughs = '<!ENTITY a0 "ha">' + "".join(levels)
    declared = {
        "billion-laughs": (laughs, "&a9;"),
        "quadratic-entity": (f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 10_000),
        "external-entity": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        "external-entity-web": ('<!ENTITY a SYSTEM "http://127.0.0.1:9/">', "&a;"),
        "parameter-entity": ('<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;', ""),
    }
    for name, (declaration, use) in declared.items():
        text = document(f"<w:p><w:r><w:t>{use}</w:t></w:r></w:p>").decode()
        marked = text.replace("<w:document", f"<!DOCTYPE x [{declaration}]><w:document", 1)
        yield f"{name}.docx", with_main(marked.encode()), "form.doctype"
        if name == "billion-laughs":
            for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
                wide = marked.replace("UTF-8", "UTF-16").encode(encoding)
                yield f"{name}-{encoding}.docx", with_main(wide), "form.doctype"
    undeclared = document("<w:p><w:r><w:t>&nbsp;</w:t></w:r></w:p>")
    yield "undeclared-entity.docx", with_main(undeclared), "form.xml-damaged"
    external = document().replace(b"<w:document", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document', 1)
    yield "external-document-type.docx", with_main(external), "form.doctype"
    late = document().replace(b"<w:document", b"<!-- <a> --><?x?>\n<!DOCTYPE x []><w:document", 1)
    yield "document-type-after-a-comment.docx", with_main(late), "form.doctype"
    comments = HEAD.encode() + b"<!--a-->" * 400_000 + b"<!"
    yield "comments-without-end.docx", with_main(comments, method=0), "form.xml-damaged"
    types = content_types().replace(b"<Types", b'<!DOCTYPE x [<!ENTITY a "b">]><Types', 1)
    yield "entity-in-content-types.docx", zipped(word({"[Content_Types].xml": types})), "form.doctype"


def encodings() -> Iterator[Kind]:
    """Give encodings that XML parsers disagree about, and the two that are allowed."""
    text = document("<w:p><w:r><w:t>Åäö</w:t></w:r></w:p>").decode()
    for said in ("utf-7", "iso-8859-1", "windows-1252", "utf-16", "utf-32", "ebcdic-cp-us"):
        yield f"encoding-said-{said}.docx", with_main(text.replace("UTF-8", said).encode()), "form.xml-encoding"
    yield "encoding-utf-32.docx", with_main(text.encode("utf-32")), "form.xml-encoding"
    yield "encoding-ebcdic.docx", with_main(document().decode().encode("cp500")), "form.xml-encoding"
    yield "encoding-declaration-twisted.docx", with_main(text.replace("standalone", "x").encode()), "form.xml-encoding"
    yield "encoding-not-utf-8.docx", with_main(text.encode("latin-1")), "form.xml-damaged"
    yield "encoding-overlong.docx", with_main(document().replace(b"<w:p/>", b"\xc0\xbcw:p/>")), "form.xml-damaged"
    yield (
        "encoding-half-a-pair.docx",
        with_main(text.replace("UTF-8", "UTF-16").encode("utf-16") + b"\0\xd8"),
        "form.xml-encoding",
    )
    yield "encoding-utf-16-says-utf-8.docx", with_main(text.encode("utf-16")), "form.xml-encoding"
    yield "encoding-utf-16.docx", with_main(text.replace("UTF-8", "UTF-16").encode("utf-16")), ""
    yield "encoding-utf-8-marked.docx", with_main(text.encode("utf-8-sig")), ""


def xml() -> Iterator[Kind]:
    """Give parts that are not proper XML."""
    broken = {
        "control-character": document("<w:p>\x01</w:p>"),
        "control-character-reference": document("<w:p>&#1;</w:p>"),
        "null": document("<w:p>\0</w:p>"),
        "cut-off": document()[:-20],
        "text-after": document() + b"text",
        "undeclared-prefix": document("<x:p/>"),
        "same-attribute-twice": document('<w:p a="1" a="2"/>'),
        "empty": b"",
        "wrong-nesting": document("<w:p><w:r></w:p></w:r>"),
    }
    for name, content in broken.items():
        yield f"xml-{name}.docx", with_main(content), "form.xml-damaged"
    yield "xml-other-root.docx", with_main(b"<html/>"), "form.no-main-part"
    broken_rels = zipped(word({"_rels/.rels": b"<Relationships"}))
    yield "xml-broken-relationships.docx", broken_rels, "form.xml-damaged"


def locked() -> Iterator[Kind]:
    """Give files behind a password."""
    yield "password.docx", compound("EncryptionInfo", "EncryptedPackage"), "form.encrypted"
    mark = '<manifest:encryption-data manifest:checksum="x"/>'
    locked = open_document({"META-INF/manifest.xml": odf_manifest(mark), "content.xml": Entry(b"\x93" * 300, method=0)})
    yield "password.odt", zipped(locked), "form.encrypted"
    whole = open_document({"content.xml": None, "encrypted-package": Entry(b"\x93" * 300, method=0)})
    yield "password-whole.odt", zipped(whole), "form.encrypted"


def macros() -> Iterator[Kind]:
    """Give files with macros."""
    vba = compound("VBA")
    yield "macros.docx", zipped(word({"word/vbaProject.bin": vba})), "form.macros"
    yield "macros-by-case.docx", zipped(word({"word/VBAPROJECT.BIN": vba})), "form.macros"
    enabled = "application/vnd.ms-word.document.macroEnabled.main+xml"
    yield "macros.docm", zipped(word({"[Content_Types].xml": content_types(enabled)})), "form.macros"
    yield (
        "macros-renamed.docx",
        zipped(word({"[Content_Types].xml": content_types(enabled), "word/vbaProject.bin": vba})),
        "form.macros",
    )
    typed = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vba&#80;roject"/>'
    disguised = {"[Content_Types].xml": content_types(more=typed), "word/x.bin": vba}
    yield "macros-under-another-name.docx", zipped(word(disguised)), "form.macros"
    yield "macros-basic.odt", zipped(open_document({"Basic/Standard/Module1.xml": b"<x/>"})), "form.macros"
    yield "macros-python.odt", zipped(open_document({"Scripts/python/run.py": b"pass"})), "form.macros"
    listener = '<script:event-listener xlink:href="vnd.sun.star.script:x.py$run?location=share"/>'
    yield "macros-event.odt", zipped(open_document({"content.xml": odf_content(listener)})), "form.macros"


def others() -> Iterator[Kind]:
    """Give files of another kind than their name says."""
    yield "empty.docx", b"", "form.empty"
    yield "too-large.docx", b"PK\x03\x04".ljust(26 * 1024 * 1024, b"\0"), "form.too-large"
    named = {
        "pdf.docx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "form.pdf"),
        "pdf-late.docx": (b"\r\n\r\n%PDF-1.4\n", "form.pdf"),
        "rtf.docx": (b"{\\rtf1\\ansi Svar}", "form.rtf"),
        "web-page.docx": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><body>Logga in</body></html>", "form.web-page"),
        "web-archive.docx": (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "form.web-page"),
        "mail.docx": (b"Received: from x\nSubject: Formular\n", "form.mail"),
        "flat.docx": (b'<?xml version="1.0"?><pkg:package/>', "form.flat-xml"),
        "text.docx": ("Svar på frågorna: ja".encode(), "form.text"),
        "text-16.docx": ("Svar på frågorna: ja".encode("utf-16"), "form.text"),
        "picture.docx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "form.image"),
        "photograph.docx": (b"\0\0\0\x18ftypheic", "form.image"),
        "7z.docx": (b"7z\xbc\xaf\x27\x1c\0\x04", "form.archive"),
        "nulls.docx": (b"\0" * 5_000, "form.unknown"),
        "noise.docx": (bytes(range(256)) * 8, "form.unknown"),
        "word-97.docx": (compound("WordDocument", "1Table"), "form.legacy-doc"),
        "excel-97.docx": (compound("Workbook"), "form.spreadsheet"),
        "powerpoint-97.docx": (compound("PowerPoint Document"), "form.presentation"),
        "outlook.docx": (compound("__properties_version1.0"), "form.mail"),
        "compound.docx": (compound("Contents"), "form.other-program"),
    }
    for name, (data, code) in named.items():
        yield name, data, code
    office = "application/vnd.openxmlformats-officedocument"
    excel = content_types(f"{office}.spreadsheetml.sheet.main+xml")
    yield "excel.docx", zipped(word({"[Content_Types].xml": excel})), "form.spreadsheet"
    powerpoint = content_types(f"{office}.presentationml.presentation.main+xml")
    yield "powerpoint.docx", zipped(word({"[Content_Types].xml": powerpoint})), "form.presentation"
    for kind, code in {"spreadsheet": "form.spreadsheet", "presentation": "form.presentation"}.items():
        mime = Entry(f"application/vnd.oasis.opendocument.{kind}".encode(), method=0)
        yield f"{kind}.odt", zipped(open_document({"mimetype": mime})), code
    book = Entry(b"application/epub+zip", method=0)
    yield "book.odt", zipped(open_document({"mimetype": book})), "form.other-program"
    yield "pages.docx", zipped({b"Index/Document.iwa": Entry(b"x")}), "form.other-program"
    yield "forms-in-a-zip.docx", zipped({b"Alfa/svar.docx": Entry(zipped(word()))}), "form.archive"
    yield "both.docx", zipped(open_document() | word()), "form.two-formats"


def mains() -> Iterator[Kind]:
    """Give files whose main part is missing or cannot be told."""
    without = {"main": MAIN, "content-types": "[Content_Types].xml", "relationships": "_rels/.rels"}
    for name, part in without.items():
        yield f"no-{name}.docx", zipped(word({part: None})), "form.no-main-part"
    yield "no-parts.docx", zipped({}), "form.no-main-part"
    yield "folder-as-main.docx", zipped(word({MAIN: None, f"{MAIN}/": b""})), "form.no-main-part"
    targets = {
        "outside": ("../../document.xml", False),
        "external": ("http://example.org/document.xml", True),
        "relationships": ("_rels/.rels", False),
    }
    for name, (target, external) in targets.items():
        rels = relationships(("officeDocument", target, external))
        yield f"main-{name}.docx", zipped(word({"_rels/.rels": rels})), "form.no-main-part"
    two = relationships(("officeDocument", MAIN, False), ("officeDocument", "word/other.xml", False))
    yield "main-twice.docx", zipped(word({"_rels/.rels": two, "word/other.xml": document()})), "form.no-main-part"
    strict = relationships(("officeDocument", MAIN, False)).replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"
    )
    yield "strict.docx", zipped(word({"_rels/.rels": strict})), "form.strict"
    strict_root = document().replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    yield "strict-root.docx", zipped(word({MAIN: strict_root})), "form.strict"
    yield "no-content.odt", zipped(open_document({"content.xml": None})), "form.no-main-part"


def fetching() -> Iterator[Kind]:
    """Give relationships that fetch or embed something."""
    listed = {
        "remote-template": ("attachedTemplate", "http://example.org/a.dotm", True, "form.remote-template"),
        "remote-image": ("image", "http://example.org/a.png", True, "form.external-content"),
        "remote-frame": ("frame", "\\\\server\\a.htm", True, "form.external-content"),
        "remote-object": ("oleObject", "http://example.org/a.bin", True, "form.ole-object"),
        "ole-object": ("oleObject", "embeddings/oleObject1.bin", False, "form.ole-object"),
        "embedded-package": ("package", "embeddings/a.xlsx", False, "form.ole-object"),
        "active-x": ("control", "activeX/activeX1.xml", False, "form.active-x"),
        "inserted-document": ("aFChunk", "chunk.html", False, "form.inserted-document"),
        "web-link": ("hyperlink", "http://example.org/", True, ""),
    }
    for name, (kind, target, external, code) in listed.items():
        rels = relationships((kind, target, external))
        part = "settings" if kind == "attachedTemplate" else "document"
        yield f"{name}.docx", zipped(word({f"word/_rels/{part}.xml.rels": rels})), code
    spelled = relationships(("image", "http://example.org/", True)).replace(b"External", b"&#69;xternal")
    yield "remote-spelled.docx", zipped(word({"word/_rels/document.xml.rels": spelled})), "form.external-content"


def _instruction(*texts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    return f"<w:p>{field('begin')}{runs}{field('separate')}<w:r><w:t>x</w:t></w:r>{field('end')}</w:p>"


def fields() -> Iterator[Kind]:
    """Give fields that start or fetch something, plain and disguised."""
    condition = instruction_run(" IF "), _instruction(" PAGE "), instruction_run(" = 1 x")
    number_in_a_condition = f"{field('begin')}{''.join(condition)}{field('end')}"
    hidden = f"<w:p>{field('begin')}{_instruction('QUOTE 68 68 69')}{field('end')}</w:p>"
    bodies = {
        "dde": (_instruction('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), "form.dde-field"),
        "dde-split": (_instruction(" D", "D", "EAUTO", " c:\\\\cmd.exe"), "form.dde-field"),
        "dde-comment": (_instruction("D<!-- -->DE x"), "form.dde-field"),
        "dde-spelled": (_instruction("&#68;de x"), "form.dde-field"),
        "dde-cdata": (_instruction("<![CDATA[DDE]]> x"), "form.dde-field"),
        "dde-simple": ('<w:p><w:fldSimple w:instr=" DDE excel x"/></w:p>', "form.dde-field"),
        "dde-unclosed": (f"{field('begin')}<w:r><w:instrText>DDE x</w:instrText></w:r>", "form.dde-field"),
        "dde-hidden": (hidden, "form.dde-field"),
        "included-picture": (_instruction(' INCLUDEPICTURE "http://example.org/a.png" '), "form.linked-field"),
        "linked-sheet": (_instruction(' LINK Excel.Sheet.12 "a.xlsx" '), "form.linked-field"),
        "page-number": (_instruction(" PAGE "), ""),
        "word-dde-in-an-answer": ("<w:p><w:r><w:t>DDE instrText</w:t></w:r></w:p>", ""),
        "nested-number": (number_in_a_condition, ""),
    }
    for name, (body, code) in bodies.items():
        yield f"{name}.docx", with_main(document(body)), code
    header = document(_instruction("DDE x")).replace(b"w:document", b"w:hdr")
    rels = relationships(("header", "header1.xml", False))
    parts = {"word/header1.xml": header, "word/_rels/document.xml.rels": rels}
    yield "dde-in-header.docx", zipped(word(parts)), "form.dde-field"


def open_documents() -> Iterator[Kind]:
    """Give the same in OpenDocument files."""
    bodies = {
        "remote-image": ('<draw:image xlink:href="http://example.org/a.png"/>', "form.external-content"),
        "remote-section": ('<text:section-source xlink:href="../other.odt"/>', "form.external-content"),
        "object": ('<draw:object xlink:href="./Object 1"/>', "form.ole-object"),
        "dde": ('<office:dde-source office:dde-application="soffice"/>', "form.dde-field"),
        "web-link": ('<text:p><text:a xlink:href="http://example.org/">x</text:a></text:p>', ""),
        "own-image": ('<draw:image xlink:href="Pictures/a.png"/>', ""),
    }
    for name, (body, code) in bodies.items():
        yield f"{name}.odt", zipped(open_document({"content.xml": odf_content(body)})), code
    yield "entity.odt", zipped(open_document({"content.xml": b"<!DOCTYPE a>" + odf_content()[56:]})), "form.doctype"
    template = (
        b'<a xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        b'<meta:template xlink:href="http://example.org/a.ott"/></a>'
    )
    yield "remote-template.odt", zipped(open_document({"meta.xml": template})), "form.remote-template"
    many = odf_content("<text:p/>" * 700_000)
    yield "bomb-elements.odt", zipped(open_document({"content.xml": Entry(many, method=0)})), "form.xml-size"


GROUPS: tuple[Callable[[], Iterator[Kind]], ...] = (
    entities,
    encodings,
    xml,
    locked,
    macros,
    others,
    mains,
    fetching,
    fields,
    open_documents,
)
