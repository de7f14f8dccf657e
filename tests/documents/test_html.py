"""HTML: one file that needs no other, with labels, languages and links in order."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from lxml import etree
from word_parts import LANGUAGES, LOCALES, TEMPLATES, fold, write_template

from procurement_equality import Document, Selection, compose

_HTML5 = {"section", "nav", "header", "footer"}
"""Elements that libxml2's parser, which knows HTML 4, complains about."""


@pytest.fixture(scope="module", params=[(t, lang) for t in TEMPLATES for lang in LANGUAGES], ids=lambda p: "-".join(p))
def document(request: pytest.FixtureRequest, selection: Selection) -> Document:
    """Give each example's document for each template and language in turn."""
    template, language = request.param
    return compose(selection, template, language)


@pytest.fixture(scope="module")
def page(document: Document) -> lxml.html.HtmlElement:
    """Give the page as a browser would read it."""
    return lxml.html.document_fromstring(document.to_html().encode())


def test_parses_without_faults(document: Document) -> None:
    """The page begins with its doctype and parses without a fault."""
    text = document.to_html()
    assert text.startswith("<!DOCTYPE html>\n<html")
    parser = etree.HTMLParser()
    etree.fromstring(text.encode(), parser)
    faults = [entry.message for entry in parser.error_log]
    assert [fault for fault in faults if not any(f"Tag {name} invalid" in fault for name in _HTML5)] == []


def test_encoding_is_said_first(document: Document) -> None:
    """The page says UTF-8 once, within the first 1024 bytes, where browsers look."""
    data = document.to_html().encode()
    assert b'<meta charset="utf-8">' in data[:1024]
    assert data.lower().count(b"charset") == 1


def test_self_contained(page: lxml.html.HtmlElement) -> None:
    """The page loads nothing: no script, no style sheet, no picture, no frame, and a policy that forbids them."""
    loading = page.xpath("//script | //link | //img | //iframe | //object | //embed | //base | //*[@src] | //form")
    assert loading == []
    assert page.xpath("//*[@*[starts-with(name(), 'on')]]") == []
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    [style] = page.xpath("//style")
    assert not re.search(r"url\(|@import", style.text_content())


def test_links_lead_out_or_to_an_id(page: lxml.html.HtmlElement) -> None:
    """A link leads to a web address or to an id of the page."""
    ids = set(page.xpath("//@id"))
    for address in page.xpath("//@href"):
        assert address.startswith(("https://", "http://")) or address.removeprefix("#") in ids


def test_title_and_language(document: Document, page: lxml.html.HtmlElement) -> None:
    """The page has the document's title, one heading of the first level, and says its language."""
    assert page.get("lang") == LOCALES[document.language]
    assert page.xpath("string(//head/title)") == document.title
    assert len(page.xpath("//h1")) == 1


def test_properties(document: Document, page: lxml.html.HtmlElement) -> None:
    """The page names catalogue and selection as the Word document does."""
    found = {str(m.get("name")): str(m.get("content")) for m in page.xpath("//meta[starts-with(@name, 'pe-')]")}
    assert found == {f"pe-{name}": value for name, value in document.properties.items()}


def test_ids_are_unique(page: lxml.html.HtmlElement) -> None:
    """No two elements of the page have the same id."""
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)


def test_fields_have_ids_and_names(document: Document, page: lxml.html.HtmlElement) -> None:
    """Every field has an id that is its name, and a name that can be heard."""
    fields = page.xpath("//input | //select | //textarea")
    assert len(fields) == len(list(document.tree.iter("input", "select", "textarea")))
    for field in fields:
        assert field.get("id") == field.get("name")
        assert field.get("title")


def test_labels_belong_to_fields(page: lxml.html.HtmlElement) -> None:
    """Every label is for a field that is there."""
    fields = set(page.xpath("//input/@id | //select/@id | //textarea/@id"))
    assert [label for label in page.xpath("//label/@for") if label not in fields] == []


def test_choices_begin_with_none_made(document: Document, page: lxml.html.HtmlElement) -> None:
    """A choice begins with an alternative without a value, so that no answer is given by silence."""
    for select in page.xpath("//select"):
        first = select.xpath("option")[0]
        assert (first.get("value"), first.text) == ("", document.labels["choose"])


def test_contents_lead_to_headings(document: Document, page: lxml.html.HtmlElement) -> None:
    """The contents link to every heading of the first two levels, in order and nested as they are."""
    if document.kind != "tender-section":
        assert page.xpath("//nav") == []
        return
    targets = {str(heading.get("id")): fold(heading.text_content()) for heading in page.xpath("//h2 | //h3")}
    links = page.xpath("//nav//a")
    assert [(a.get("href"), a.text_content()) for a in links] == [(f"#{key}", text) for key, text in targets.items()]
    depth = [len(a.xpath("ancestor::ol")) for a in links]
    assert depth == [int(str(heading.tag)[1]) - 1 for heading in page.xpath("//h2 | //h3")]
    assert page.xpath("string(//nav/p)") == {"sv": "Innehåll", "en": "Contents"}[document.language]


def test_tables_have_captions_and_headers(page: lxml.html.HtmlElement) -> None:
    """Every table has a caption and header cells that say what they head."""
    for table in page.xpath("//table"):
        assert fold(table.xpath("string(caption)"))
        assert table.xpath("thead/tr/th[@scope='col']")
        assert table.xpath("thead/tr/th[not(@scope)]") == []


def test_headings_make_no_jumps(page: lxml.html.HtmlElement) -> None:
    """No heading is more than one level below the one before it."""
    levels = [int(str(heading.tag)[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_same_words_as_the_tree(document: Document, page: lxml.html.HtmlElement) -> None:
    """Every paragraph, cell and heading of the composed tree stands word for word in the page."""
    text = fold(page.text_content())
    for element in document.tree.iter("p", "li", "td", "th", "h1", "h2", "h3", "h4", "caption"):
        if next(element.iter("input", "select", "textarea"), None) is None:
            assert fold("".join(map(str, element.itertext()))) in text


def test_same_text_again(document: Document) -> None:
    """Writing the page twice gives the same text and leaves the document's tree as it was."""
    before = etree.tostring(document.tree)
    assert document.to_html() == document.to_html()
    assert etree.tostring(document.tree) == before


def test_own_doctype_is_not_doubled(tmp_path: Path, home_care: Selection) -> None:
    """A template that begins with a doctype gives a page with one."""
    path = write_template(tmp_path, "<p>a</p>")
    path.write_text(f"<!DOCTYPE html>\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert compose(home_care, path).to_html().lower().count("<!doctype") == 1


def test_second_contents_and_no_headings(tmp_path: Path, home_care: Selection) -> None:
    """A document with contents but without headings is a page all the same."""
    path = write_template(tmp_path, '<nav class="toc" title="Innehåll"></nav><p>a</p>')
    page = lxml.html.document_fromstring(compose(home_care, path).to_html())
    assert page.xpath("//nav//a") == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_browser_shows_it(tmp_path: Path, home_care: Selection, template: str) -> None:
    """A browser draws the page: the picture is there and is not of one colour."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed")
    source, picture = tmp_path / "page.html", tmp_path / "page.png"
    compose(home_care, template).save(source)
    subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=800,1000", f"--screenshot={picture}", source.as_uri(),
        ],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    assert picture.is_file()
    assert len(_rows(picture.read_bytes())) > 20


def _rows(png: bytes) -> set[bytes]:
    """Give the different rows of pixels of a PNG picture, as they are stored."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, stride = 8, b"", 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", chunk[:10])
            stride = 1 + width * depth // 8 * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
        elif kind == b"IDAT":
            data += chunk
        at += 12 + length
    pixels = zlib.decompress(data)
    return {pixels[start : start + stride] for start in range(0, len(pixels), stride)}


def test_the_footer_stands_last(home_care: Selection) -> None:
    """What is a footer on paper stands at the end of the page on a screen."""
    page = lxml.html.document_fromstring(compose(home_care, "tender-section", "sv").to_html())
    assert [child.tag for child in page.iter("body", "footer")] == ["body", "footer"]
    assert page.xpath("boolean(/html/body/*[last()][self::footer])")
