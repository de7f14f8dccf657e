"""Pictures: supplied by the document alone, heard as well as seen, and the same in Word, HTML and PDF."""

from __future__ import annotations

import base64
import io
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.shared import Mm
from lxml import etree
from word_parts import END, START, R, W, attribute, open_package, style_of, text_of, write_template

from conftest import validator_errors
from procurement_equality import Document, Selection, compose
from procurement_equality.documents import templates
from procurement_equality.documents.picture import Picture
from procurement_equality.documents.vocabulary import faults, holds
from procurement_equality.findings import TemplateError

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 36_000
RED = (200, 10, 30)
CONTENT = (
    '<p>först</p><figure><figcaption>Över <em>bilden</em></figcaption><img src="chart:small" '
    'alt="Ett &quot;&lt;b&gt;&quot; &amp; två"/></figure><p>sedan</p>'
    '<figure><img src="chart:tall" alt="En hög bild"/><figcaption>Under bilden</figcaption></figure>'
    '<figure><figcaption>Igen</figcaption><img src="chart:small" alt="Samma bild"/></figure><p>sist</p>'
)
ALTERNATIVES = ['Ett "<b>" & två', "En hög bild", "Samma bild"]


def png(width: int, height: int) -> bytes:
    """Give a red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(RED) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {
    "small": Picture.at(png(400, 200), 200),
    "tall": Picture.at(png(2000, 4000), 200),
    "unused": Picture(png(3, 3), 10, 10),
}


@pytest.fixture(scope="module")
def plain(home_care: Selection, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Give a document without pictures."""
    return compose(home_care, write_template(tmp_path_factory.mktemp("plain"), "<p>text</p>"), "sv")


@pytest.fixture(scope="module")
def document(plain: Document) -> Document:
    """Give a document with three drawings of two pictures, and a third picture that it does not show."""
    tree = etree.fromstring(f"{START}{CONTENT}{END}".replace("{{ language }}", "sv"))
    assert holds(tree, PICTURES)
    return replace(plain, tree=tree, pictures=PICTURES)


@pytest.fixture(scope="module")
def body(document: Document) -> etree._Element:
    """Give the body of the Word document."""
    return open_package(document.to_docx())["word/document.xml"][0]


# --- the vocabulary -----------------------------------------------------------------------------------------

_CAPTION = "<figcaption>c</figcaption>"
_IMAGE = '<img src="chart:small" alt="a"/>'


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (f"<figure>{_IMAGE}{_CAPTION}</figure>", []),
        (f"<figure>{_CAPTION}{_IMAGE}</figure>", []),
        ('<figure><img src="chart:other" alt="a"/><figcaption>c</figcaption></figure>', ["template.no-picture"]),
        ('<figure><img src="https://a.se/b.png" alt="a"/><figcaption>c</figcaption></figure>', ["template.attribute"]),
        ('<figure><img src="file:///b.png" alt="a"/><figcaption>c</figcaption></figure>', ["template.attribute"]),
        (f'<figure><img src="data:image/png;base64,AA" alt="a"/>{_CAPTION}</figure>', ["template.attribute"]),
        ('<figure><img src="chart:../b" alt="a"/><figcaption>c</figcaption></figure>', ["template.attribute"]),
        ('<figure><img src="small" alt="a"/><figcaption>c</figcaption></figure>', ["template.attribute"]),
        (f'<figure><img alt="a"/>{_CAPTION}</figure>', ["template.attribute-missing"]),
        (f'<figure><img src="chart:small"/>{_CAPTION}</figure>', ["template.attribute-missing"]),
        (f'<figure><img src="chart:small" alt=" "/>{_CAPTION}</figure>', ["template.attribute"]),
        (f'<figure><img src="chart:small" alt="a" width="9"/>{_CAPTION}</figure>', ["template.attribute"]),
        (f'<figure><img src="chart:small" alt="a"> </img>{_CAPTION}</figure>', ["template.not-empty"]),
        (f"<figure>{_IMAGE}</figure>", ["template.parts"]),
        (f"<figure>{_CAPTION}</figure>", ["template.parts"]),
        (f"<figure>{_IMAGE}{_IMAGE}{_CAPTION}</figure>", ["template.parts"]),
        (f"<figure>{_IMAGE}<figcaption> <em/> </figcaption></figure>", ["template.no-text"]),
        (f"<figure>text{_IMAGE}{_CAPTION}</figure>", ["template.stray-text"]),
        (f"<p>{_IMAGE}</p>", ["template.nesting"]),
        (f'<section class="requirement"><p>a</p><figure>{_IMAGE}{_CAPTION}</figure></section>', ["template.nesting"]),
    ],
)  # fmt: skip
def test_a_figure_has_one_supplied_picture_and_one_caption(content: str, codes: list[str], tmp_path: Path) -> None:
    """A figure holds a picture that the document supplies, its alternative text and its caption; faults have a line."""
    template = write_template(tmp_path, f"<p>first</p>\n{content}")
    tree = etree.fromstring(f"{START}{content}{END}".replace("{{ language }}", "sv"))
    assert holds(tree, PICTURES) == (next(faults(tree, PICTURES), None) is None) == (not codes)
    if not codes:
        assert templates.render(template, {"language": "sv"}, PICTURES).find("body/figure/img") is not None
        return
    with pytest.raises(TemplateError) as raised:
        templates.render(template, {"language": "sv"}, PICTURES)
    assert [finding.code for finding in raised.value.findings] == codes
    assert {(finding.path, finding.line) for finding in raised.value.findings} == {(str(template), 5)}


def test_a_document_that_supplies_no_picture_shows_none(home_care: Selection, tmp_path: Path) -> None:
    """A template of a tender section that asks for a picture gets a finding that names it in both languages."""
    with pytest.raises(TemplateError) as raised:
        compose(home_care, write_template(tmp_path, f"<figure>{_IMAGE}{_CAPTION}</figure>"))
    assert [(finding.code, finding.line) for finding in raised.value.findings] == [("template.no-picture", 4)]
    assert str(raised.value).count("small") == 2


def test_a_picture_is_a_png_file_with_a_size() -> None:
    """Bytes that are no PNG file, and sizes that are not above zero, are refused when the picture is made."""
    for data, width in ((b"GIF89a", 10.0), (png(1, 1), 0.0), (png(1, 1), float("nan")), (png(1, 1), float("inf"))):
        with pytest.raises(ValueError, match=r"PNG|above zero"):
            Picture(data, width, 10)
    with pytest.raises(ValueError, match="PNG"):
        Picture.at(b"\x89PNG\r\n\x1a\n", 200)
    assert round(Picture.at(png(400, 200), 200).width, 3) == 50.8


# --- Word ---------------------------------------------------------------------------------------------------


def test_word_document_with_pictures_is_valid(document: Document, tmp_path: Path) -> None:
    """Microsoft's own validator has nothing against a document with pictures."""
    path = tmp_path / "document.docx"
    path.write_bytes(document.to_docx())
    assert validator_errors(path) == []


def test_python_docx_finds_the_pictures(document: Document) -> None:
    """Another library finds every drawing, none of them wider than the text or higher than a page, in proportion."""
    shapes = docx.Document(io.BytesIO(document.to_docx())).inline_shapes
    sizes = [(shape.width / Mm(1), shape.height / Mm(1)) for shape in shapes]
    assert [round(width / height, 3) for width, height in sizes] == [2.0, 0.5, 2.0]
    assert round(sizes[0][0], 1) == 50.8
    assert all(width <= 160 and height <= 242 for width, height in sizes)


def test_each_picture_is_written_once(document: Document) -> None:
    """A picture that is shown twice is one part of the package, byte for byte; one that is not shown is none."""
    with zipfile.ZipFile(io.BytesIO(document.to_docx())) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
        types = etree.fromstring(archive.read("[Content_Types].xml"))
    assert media == {
        "word/media/image1.png": PICTURES["small"].png,
        "word/media/image2.png": PICTURES["tall"].png,
    }
    assert [item.get("ContentType") for item in types if item.get("Extension") == "png"] == ["image/png"]


def test_each_drawing_leads_to_its_picture(document: Document, body: etree._Element) -> None:
    """The relationship of each drawing leads to the part with its picture."""
    rows = open_package(document.to_docx())["word/_rels/document.xml.rels"]
    targets = {str(row.get("Id")): str(row.get("Target")) for row in rows}
    drawn = [targets[str(blip.get(f"{R}embed"))] for blip in body.iter(f"{A}blip")]
    assert drawn == ["media/image1.png", "media/image2.png", "media/image1.png"]


def test_alternative_text_in_word(body: etree._Element) -> None:
    """Every drawing has its alternative text and a number of its own."""
    properties = list(body.iter(f"{WP}docPr"))
    assert [item.get("descr") for item in properties] == ALTERNATIVES
    assert [item.get("name") for item in properties] == ["small", "tall", "small"]
    assert len({item.get("id") for item in properties}) == 3


def test_picture_and_caption_stay_together(body: etree._Element) -> None:
    """Picture and caption stand in the template's order; the first keeps with the second, and that lets go."""
    paragraphs = [p for p in body.iter(f"{W}p") if style_of(p) in ("PEFigure", "Caption")]
    assert [(style_of(p), text_of(p)) for p in paragraphs] == [
        ("Caption", "Över bilden"), ("PEFigure", ""), ("PEFigure", ""), ("Caption", "Under bilden"),
        ("Caption", "Igen"), ("PEFigure", ""),
    ]  # fmt: skip
    keeps = [p.find(f"{W}pPr/{W}keepNext") for p in paragraphs]
    said = [None if keep is None else attribute(keep) or "on" for keep in keeps]
    assert said == [None, None, "on", "0", None, None]  # the style of captions keeps with what follows


def test_a_document_without_pictures_says_nothing_of_them(plain: Document) -> None:
    """Pictures that no element shows leave no trace in Word or HTML: the bytes are those of a document without any."""
    supplied = replace(plain, pictures=PICTURES)
    assert supplied.to_docx() == plain.to_docx()
    assert supplied.to_html() == plain.to_html()
    assert b"png" not in plain.to_html().encode()
    assert "img-src" not in plain.to_html()


# --- HTML and PDF -------------------------------------------------------------------------------------------


def test_html_holds_the_pictures(document: Document) -> None:
    """The page holds the bytes of each picture, its alternative text and its size, and fetches nothing."""
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(document.to_html().encode())
    images = page.xpath("//figure/img")
    assert [image.get("alt") for image in images] == ALTERNATIVES
    prefix = "data:image/png;base64,"
    sources = [image.get("src") for image in images]
    assert all(source.startswith(prefix) for source in sources)
    shown = [base64.b64decode(source.removeprefix(prefix), validate=True) for source in sources]
    assert shown == [PICTURES[name].png for name in ("small", "tall", "small")]
    assert (images[0].get("width"), images[0].get("height")) == ("192", "96")
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_writing_leaves_the_tree_alone(document: Document) -> None:
    """Writing twice gives the same bytes, and the tree still names its pictures."""
    assert document.to_html() == document.to_html()
    assert document.to_docx() == document.to_docx()
    assert [image.get("src") for image in document.tree.iter("img")] == ["chart:small", "chart:tall", "chart:small"]


def test_a_browser_shows_the_picture(document: Document, tmp_path: Path) -> None:
    """A browser draws the picture, under the page's own policy, in its colour."""
    image = pytest.importorskip("PIL.Image")
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed")
    source, shot = tmp_path / "page.html", tmp_path / "page.png"
    document.save(source)
    subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=800,1000", f"--screenshot={shot}", source.as_uri(),
        ],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    with image.open(shot) as opened:
        colours = {colour: count for count, colour in opened.convert("RGB").getcolors(1 << 24)}
    assert colours.get(RED, 0) >= 192 * 96


def test_alternative_text_reaches_an_accessible_pdf(document: Document, soffice: list[str], tmp_path: Path) -> None:
    """LibreOffice opens the document, and its accessible PDF has the pictures with their alternative texts in order."""
    source = tmp_path / "document.docx"
    document.save(source)
    export = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [*soffice, "--convert-to", export, "--outdir", str(tmp_path), str(source)],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    data = (tmp_path / "document.pdf").read_bytes()
    texts = [bytes.fromhex(text.decode()).decode("utf-16") for text in re.findall(rb"/Alt\s*<([0-9A-F]+)>", data)]
    assert texts == ALTERNATIVES


def test_picture_and_caption_share_a_page(document: Document, tmp_path: Path, soffice: list[str]) -> None:
    """A picture stands on the page of its caption, also where it fills the page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    source = tmp_path / "document.docx"
    document.save(source)
    subprocess.run(
        [*soffice, "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    pages = subprocess.run(
        ["pdftotext", str(tmp_path / "document.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")[:-1]
    holding = [next(i for i, page in enumerate(pages) if text in page) for text in ("Över", "Under bilden", "Igen")]
    assert holding == [0, 1, 2]
