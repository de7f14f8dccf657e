"""Word documents: valid, accessible, with right properties, and the same bytes for the same input."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from lxml import etree
from word_parts import (
    LANGUAGES,
    LOCALES,
    TEMPLATES,
    R,
    W,
    Word,
    attribute,
    cell_texts,
    faults,
    fold,
    is_on,
    open_package,
    paragraph_property,
    required,
    style_chain,
    style_of,
    text_of,
    write_template,
)

from conftest import EXAMPLES, ROOT, selected, validator_errors
from procurement_equality import Document, Selection, compose
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.word.package import content_digest, pack

DC = "{http://purl.org/dc/elements/1.1/}"
BOX = ("PERequirementId", "PERequirementText", "PERequirementNote", "PERequirementList")
HEADINGS = {"Title": 0, "Heading1": 1, "Heading2": 2, "Heading3": 3}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    """Give each language in turn."""
    value: Language = request.param
    return value


@pytest.fixture(scope="module", params=TEMPLATES)
def word(request: pytest.FixtureRequest, selection: Selection, language: Language) -> Word:
    """Give each example's Word document for each template and language in turn."""
    return Word(compose(selection, request.param, language), selection)


@pytest.fixture(scope="module")
def section(selection: Selection, language: Language) -> Word:
    """Give each example's tender section in each language in turn."""
    return Word(compose(selection, "tender-section", language), selection)


# --- validity -----------------------------------------------------------------------------------------------


def test_valid(word: Word, tmp_path: Path) -> None:
    """Microsoft's own validator has nothing against any example in any template and language."""
    path = tmp_path / "document.docx"
    path.write_bytes(word.data)
    assert validator_errors(path) == []


@pytest.mark.parametrize(
    "body",
    [
        '<section class="requirement"><p>a</p><ol><li>b</li></ol></section>',
        '<section class="requirement"><p>a</p><ul><li>b<ul><li>c</li></ul></li></ul></section><h2>d</h2>',
        "<ol><li>a<ol><li>b</li></ol></li></ol><ul><li>c<ol><li>d</li></ol></li></ul>",
        "<table><tbody><tr><td><ul><li>a</li></ul></td><td><p>b</p><ol><li>c</li></ol></td></tr></tbody></table>",
        '<p><a href="https://a.se/?b=1&amp;c=2"><strong>d</strong></a> <span lang="en">e</span> <code>f</code></p>',
        '<p><em><a href="mailto:a@b.se">x</a></em><strong><em lang="en">y</em></strong></p>'.replace(' lang="en"', ""),
        '<p><strong><span lang="en">x</span> <span class="condition" >y</span></strong></p>',
        '<nav class="toc" title="x"></nav>',
        '<nav class="toc" title="x"></nav><h2>a</h2>',
        '<h2 class="new-page">a</h2><p>b</p>',
        '<h2>a <em>b</em> <span lang="en">c</span></h2><h3>d</h3><h4>e</h4>',
        "<p>a<br/>b<br/> c</p>",
        '<p><input type="checkbox" name="a" title="b &quot;c&quot;"/> <input type="date" name="d" title="e"/></p>',
        '<p><label for="a">b <span class="visible-id">[a]</span></label> <textarea name="a" title="b"></textarea></p>',
        '<table><thead><tr><th scope="col" class="number">a</th></tr></thead>'
        '<tbody><tr><td class="number"><p>b</p></td></tr></tbody></table>',
    ],
)
def test_valid_for_all_of_the_vocabulary(tmp_path: Path, home_care: Selection, body: str) -> None:
    """Whatever a template makes of the vocabulary, the Word document is valid."""
    document = compose(home_care, write_template(tmp_path, f"<p>first</p>\n{body}\n"))
    path = tmp_path / "document.docx"
    path.write_bytes(document.to_docx())
    assert validator_errors(path) == []


def test_python_docx_opens_it(word: Word) -> None:
    """Another library opens the document and finds its title, its headings and its page."""
    opened = docx.Document(io.BytesIO(word.data))
    assert opened.core_properties.title == word.document.title
    headings = [p.text for p in opened.paragraphs if p.style is not None and p.style.style_id == "Heading1"]
    tree_headings = [fold("".join(map(str, h.itertext()))) for h in word.document.tree.iter("h2")]
    assert headings == tree_headings
    [part] = opened.sections
    assert (round((part.page_width or 0) / Mm(1)), round((part.page_height or 0) / Mm(1))) == (210, 297)


def test_a4_and_margins(word: Word) -> None:
    """The page is A4 with 30 mm at the top and 25 mm at the sides and bottom."""
    [properties] = word.body.iter(f"{W}sectPr")
    size, margins = required(properties.find(f"{W}pgSz")), required(properties.find(f"{W}pgMar"))
    assert (attribute(size, "w"), attribute(size, "h")) == ("11906", "16838")
    sides = {
        side: round(int(attribute(margins, side) or 0) / 1440 * 25.4) for side in ("top", "right", "bottom", "left")
    }
    assert sides == {"top": 30, "right": 25, "bottom": 25, "left": 25}


def test_every_part_is_declared(word: Word) -> None:
    """Every part of the package has a content type, and every internal relationship leads to a part."""
    types = word.parts["[Content_Types].xml"]
    declared = {str(item.get("PartName")).lstrip("/") for item in types if item.get("PartName")}
    assert declared == {name for name in word.parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    for rels, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        internal = [str(row.get("Target")) for row in word.parts[rels] if row.get("TargetMode") != "External"]
        assert {f"{folder}{target}" for target in internal} <= declared


def test_referenced_styles_exist(word: Word) -> None:
    """Every style that is used is defined, so that no look is left to chance."""
    defined = {str(style.get(f"{W}styleId")) for style in word.parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        attribute(element)
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml")
        for element in word.parts[part].iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert used <= defined


# --- properties and language --------------------------------------------------------------------------------


def test_core_properties(word: Word) -> None:
    """Title, subject, author and language stand among the document's properties."""
    core, procurement = word.parts["docProps/core.xml"], word.selection.procurement
    language = word.document.language
    title = str(core.findtext(f"{DC}title"))
    assert title == word.document.title
    assert procurement.title[language] in title
    assert core.findtext(f"{DC}subject") == procurement.reference
    assert core.findtext(f"{DC}creator") == procurement.authority.name
    assert core.findtext(f"{DC}language") == LOCALES[language]


def test_custom_properties(word: Word) -> None:
    """The form's id, the catalogue and the digests stand among the custom properties, for a program to find."""
    properties = {str(item.get("name")): str(item[0].text) for item in word.parts["docProps/custom.xml"]}
    head, selection = word.selection.catalogue.head, word.selection
    assert properties["pe-catalogue"] == f"{head.id}@{head.version}"
    assert properties["pe-catalogue-digest"] == selection.catalogue.digest
    assert properties["pe-selection-digest"] == selection.digest
    assert properties["pe-form"] == f"{head.id}-{head.version}-{selection.digest[:12]}"
    pids = [str(item.get("pid")) for item in word.parts["docProps/custom.xml"]]
    assert pids == [str(number) for number in range(2, 2 + len(pids))]


def test_selection_is_printed(word: Word) -> None:
    """The footer names catalogue, version and the selection's digest, so that paper can be traced too."""
    head, footer = word.selection.catalogue.head, text_of(word.parts["word/footer1.xml"])
    for expected in (head.id, head.version, word.selection.digest[:12]):
        assert expected in footer


def test_default_language(word: Word) -> None:
    """The default language of the text is the document's, for spelling and for those who listen."""
    locale = LOCALES[word.document.language]
    [default] = word.parts["word/styles.xml"].iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert attribute(default) == locale
    [theme] = word.parts["word/settings.xml"].iter(f"{W}themeFontLang")
    assert attribute(theme) == locale


def test_reference_in_header_and_page_number_in_footer(word: Word) -> None:
    """The header says the reference number, the footer the page and how many there are."""
    assert word.selection.procurement.reference in text_of(word.parts["word/header1.xml"])
    fields = [str(attribute(f, "instr")).strip() for f in word.parts["word/footer1.xml"].iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    targets = {str(row.get("Id")): str(row.get("Target")) for row in word.parts["word/_rels/document.xml.rels"]}
    references = word.body.iter(f"{W}headerReference", f"{W}footerReference")
    assert [targets[str(reference.get(f"{R}id"))] for reference in references] == ["header1.xml", "footer1.xml"]


# --- structure ----------------------------------------------------------------------------------------------


def test_headings_make_no_jumps(word: Word) -> None:
    """The document begins with its title, and no heading is more than one level below the one before it."""
    levels = [HEADINGS[style_of(p)] for p in word.paragraphs if style_of(p) in HEADINGS]
    assert levels[0] == 0
    assert levels.count(0) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    outline = {name: paragraph_outline(word, name) for name in HEADINGS if name != "Title"}
    assert outline == {"Heading1": "0", "Heading2": "1", "Heading3": "2"}


def paragraph_outline(word: Word, style: str) -> str | None:
    """Give the outline level that a style gives its paragraphs."""
    levels = (attribute(holder.find(f"{W}pPr/{W}outlineLvl")) for holder in style_chain(word, style))
    return next((level for level in levels if level is not None), None)


def test_tables_are_accessible(word: Word) -> None:
    """Every table has a header row and a caption of its own, and no merged cell or table within it."""
    tables = list(word.body.iter(f"{W}tbl"))
    captions = [attribute(table.find(f"{W}tblPr/{W}tblCaption")) for table in tables]
    assert tables
    assert all(captions)
    for table, caption in zip(tables, captions, strict=True):
        rows = table.findall(f"{W}tr")
        headers = [is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows]
        assert headers[0]
        assert not any(headers[1:])
        assert all(cell_texts(rows[0]))
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert {len(row.findall(f"{W}tc")) for row in rows} == {columns}
        assert [next(table.iter(f"{W}{name}"), None) for name in ("gridSpan", "vMerge", "hMerge")] == [None] * 3
        assert len(list(table.iter(f"{W}tbl"))) == 1
        assert text_of(required(table.getprevious())) == caption


def test_tables_fill_the_text_width(word: Word) -> None:
    """The columns of every table add up to the text's width, and cells are as wide as their columns."""
    for table in word.body.iter(f"{W}tbl"):
        widths = [int(attribute(column, "w") or 0) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert sum(widths) == 9071
        for row in table.iterfind(f"{W}tr"):
            assert [int(attribute(c, "w") or 0) for c in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")] == widths


def test_no_empty_paragraphs(word: Word) -> None:
    """No paragraph is empty: space comes from styles, and a reader with a screen reader hears no blanks."""
    assert [style_of(p) for p in word.paragraphs if not text_of(p).strip()] == []


def test_boxes_stay_together(word: Word) -> None:
    """The lines of a requirement's box keep with each other, and the last with its table, and with nothing else."""
    blocks = [block for block in word.body if block.tag in (f"{W}p", f"{W}tbl")]
    boxes = 0
    for block, following in pairwise(blocks):
        if block.tag != f"{W}p" or style_of(block) not in BOX:
            continue
        inside = following.tag == f"{W}p" and style_of(following) in BOX
        leads = following.tag == f"{W}p" and style_of(following) in ("Caption", "PEIntro")
        assert is_on(paragraph_property(word, block, "keepNext")) == (inside or leads)
        assert is_on(paragraph_property(word, block, "keepLines"))
        boxes += not inside
    assert boxes == len(word.selection.clauses)


def test_captions_and_headings_keep_with_what_follows(word: Word) -> None:
    """No heading and no caption is left alone at the foot of a page."""
    for paragraph in word.paragraphs:
        if style_of(paragraph) in ("Caption", "PEIntro", "Heading1", "Heading2", "Heading3"):
            assert is_on(paragraph_property(word, paragraph, "keepNext"))


def test_a_box_is_one_box(section: Word) -> None:
    """All styles of a box have the same borders, fill and indents, or white gaps would show."""
    looks = set()
    for style in BOX:
        for name in ("pBdr", "shd", "ind"):
            held = (holder.find(f"{W}pPr/{W}{name}") for holder in style_chain(section, style))
            look = required(next(element for element in held if element is not None))
            sides = f"{attribute(look, 'left')} {attribute(look, 'right')}"
            looks.add((name, sides if name == "ind" else etree.tostring(look, method="c14n").decode()))
    assert sorted(name for name, _ in looks) == ["ind", "pBdr", "shd"]


def test_box_holds_id_and_text(section: Word) -> None:
    """Each clause's heading is followed by a box that begins with its id."""
    paragraphs = [(style_of(p), text_of(p)) for p in section.paragraphs]
    for clause in section.selection.clauses:
        heading = ("Heading2", fold(clause.requirement.title[section.document.language]))
        style, text = paragraphs[paragraphs.index(heading) + 1]
        assert style == "PERequirementId"
        assert text.startswith(f"{clause.requirement.id} · ")


def test_numbered_lists_begin_again(section: Word) -> None:
    """Each numbered list has a number definition of its own that starts at 1."""
    lists = [len(item.findall("li")) for item in section.document.tree.iter("ol")]
    used = [
        str(attribute(p.find(f"{W}pPr/{W}numPr/{W}numId"))) for p in section.paragraphs if style_of(p) == "ListNumber"
    ]
    numbers = list(dict.fromkeys(used))
    assert [used.count(number) for number in numbers] == lists
    assert len(numbers) > 1
    definitions = {attribute(num, "numId"): num for num in section.parts["word/numbering.xml"].iter(f"{W}num")}
    for number in numbers:
        assert attribute(definitions[number].find(f"{W}lvlOverride/{W}startOverride")) == "1"


def test_links_lead_somewhere(word: Word) -> None:
    """Every link has its relationship or its bookmark, and every relationship is used."""
    rows = {str(row.get("Id")): row for row in word.parts["word/_rels/document.xml.rels"]}
    used = {str(link.get(f"{R}id")) for link in word.body.iter(f"{W}hyperlink") if link.get(f"{R}id")}
    external = {identifier for identifier, row in rows.items() if row.get("TargetMode") == "External"}
    assert used == external
    assert {str(rows[i].get("Target")) for i in used} == {str(a.get("href")) for a in word.document.tree.iter("a")}
    anchors = {attribute(link, "anchor") for link in word.body.iter(f"{W}hyperlink")} - {None}
    assert anchors <= {attribute(mark, "name") for mark in word.body.iter(f"{W}bookmarkStart")}


def test_ids_are_unique(word: Word) -> None:
    """No two controls, and no two bookmarks, share an id or a name; each bookmark ends."""
    controls = [attribute(item) for item in word.body.iterfind(f".//{W}sdtPr/{W}id")]
    starts = list(word.body.iter(f"{W}bookmarkStart"))
    numbers = [attribute(mark, "id") for mark in starts]
    names = [str(attribute(mark, "name")).lower() for mark in starts]
    for listed in (controls, numbers, names):
        assert len(set(listed)) == len(listed)
    assert [attribute(mark, "id") for mark in word.body.iter(f"{W}bookmarkEnd")] == numbers


def test_contents_list_every_heading(section: Word) -> None:
    """The contents name every heading in order, with its number and a link to it, and fit on a page.

    Two levels where they fit, or else the first: a longer list makes LibreOffice tear boxes apart.
    """
    targets = {}
    headings = [p for p in section.paragraphs if HEADINGS.get(style_of(p), 0) in (1, 2)]
    levels = 2 if len(headings) <= 30 else 1
    expected, counters = [], [0, 0]
    for paragraph in section.paragraphs:
        level = HEADINGS.get(style_of(paragraph), 0)
        if level in (1, 2):
            counters = [counters[0] + 1, 0] if level == 1 else [counters[0], counters[1] + 1]
            number = ".".join(map(str, counters[:level]))
            if level <= levels:
                expected.append((f"TOC{level}", f"{number}\t{text_of(paragraph)}"))
            targets[str(attribute(paragraph.find(f"{W}bookmarkStart"), "name"))] = text_of(paragraph)
    entries = [p for p in section.paragraphs if style_of(p).startswith("TOC") and style_of(p) != "TOCHeading"]
    assert [(style_of(p), text_of(p)) for p in entries] == expected
    links = [required(p.find(f"{W}hyperlink")) for p in entries]
    assert [targets[str(attribute(link, "anchor"))] for link in links] == [text.split("\t")[1] for _, text in expected]


def test_a_heading_may_begin_a_page(tmp_path: Path, home_care: Selection) -> None:
    """A heading with the class `new-page`, and what follows the contents, begin a page; other headings do not."""
    body = '<nav class="toc" title="x"></nav><h2>a</h2><p>b</p><h2>c</h2><p>d</p><h2 class="new-page">e</h2><p>f</p>'
    document = compose(home_care, write_template(tmp_path, f"<p>first</p>{body}"))
    root = open_package(document.to_docx())["word/document.xml"]
    headings = [p for p in root.iter(f"{W}p") if attribute(p.find(f"{W}pPr/{W}pStyle")) == "Heading1"]
    assert [p.find(f"{W}pPr/{W}pageBreakBefore") is not None for p in headings] == [True, False, True]


def test_contents_are_one_field(section: Word) -> None:
    """The contents are a field that Word can update: one beginning, one separator, one end, in that order."""
    marks = [attribute(mark, "fldCharType") for mark in section.body.iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"]
    [instruction] = section.body.iter(f"{W}instrText")
    assert str(instruction.text).split()[:2] == ["TOC", "\\o"]


def test_nothing_is_dropped(word: Word) -> None:
    """Every word of the composed tree is found in the Word document: body, header or footer."""
    written = "".join(
        "".join(text_of(word.parts[f"word/{part}.xml"])) for part in ("document", "header1", "footer1")
    ).replace("\u2011", "-")
    for element in required(word.document.tree.find("body")).iter("p", "li", "th", "h1", "h2", "h3", "h4", "caption"):
        for text in map(str, element.itertext()):
            assert fold(text).replace("\u2011", "-") in written


# --- the same again -----------------------------------------------------------------------------------------

_DIGESTS = """
import hashlib, sys
from procurement_equality import Catalogue, Procurement, compose, select
from procurement_equality.documents.word.package import content_digest
for path in sys.argv[1:]:
    procurement = Procurement.load(path)
    selection = select(Catalogue.load(overlays=procurement.overlay_folders), procurement)
    for template in ("tender-section", "self-assessment"):
        for language in ("sv", "en"):
            data = compose(selection, template, language).to_docx()
            print(hashlib.sha256(data).hexdigest(), content_digest(data))
"""


def test_same_bytes_in_every_process() -> None:
    """The same input gives the same bytes and digest, whatever the hash seed, time zone, locale and folder."""

    def run(seed: str, zone: str, locale: str, folder: Path) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        return subprocess.run(
            [sys.executable, "-c", _DIGESTS, *map(str, EXAMPLES)],
            capture_output=True, text=True, check=True, env=environment, cwd=folder,
        ).stdout  # fmt: skip

    first = run("0", "UTC", "C.UTF-8", ROOT)
    assert len(first.split()) == 2 * len(EXAMPLES) * len(TEMPLATES) * len(LANGUAGES)
    assert len(set(first.split())) == len(first.split())
    assert run("4711", "Pacific/Kiritimati", "C", Path("/")) == first


def test_same_bytes_for_a_file_read_again(example: Path) -> None:
    """A procurement file that is read anew with the catalogue gives the bytes that it gave before."""
    first, second = (compose(selected(example), "self-assessment").to_docx() for _ in range(2))
    assert first == second


def test_package_says_nothing_of_its_making(word: Word) -> None:
    """Times, systems and attributes in the package are fixed, and no part holds an author's session."""
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        for member in archive.infolist():
            assert (member.date_time, member.create_system) == ((1980, 1, 1, 0, 0, 0), 0)
            assert b"w:rsid" not in archive.read(member)
        assert len({member.external_attr for member in archive.infolist()}) == 1
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_content_digest_is_of_content(word: Word) -> None:
    """The digest stays when parts are compressed otherwise or stand in another order, and changes with a part."""
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        parts = {name: archive.read(name).decode() for name in reversed(archive.namelist())}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert buffer.getvalue() != word.data
    assert content_digest(buffer.getvalue()) == content_digest(word.data)
    assert content_digest(pack({**parts, "word/settings.xml": ""})) != content_digest(word.data)


# --- what a template may do ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('<input type="text" name="a" title="b" value="ifyllt"/>', "ifyllt"),
        ('<textarea name="a" title="b">ifyllt</textarea>', "ifyllt"),
        (
            '<select name="a" title="b"><option value="c">nej</option>'
            '<option value="d" selected="selected">ifyllt</option></select>',
            "ifyllt",
        ),
        ('<input type="checkbox" name="a" title="b" checked="checked"/>', "\u2612"),
    ],
    ids=["input", "textarea", "select", "checkbox"],
)
def test_fields_filled_in_by_the_template(tmp_path: Path, home_care: Selection, field: str, expected: str) -> None:
    """A field that the template has filled in is filled in, in Word too, or is refused: nothing is dropped."""
    path = write_template(tmp_path, f"<p>{field}</p>")
    if faults(home_care, path):
        return
    word = Word(compose(home_care, path), home_care)
    [content] = word.body.iter(f"{W}sdtContent")
    assert text_of(content) == expected


def test_an_option_without_text_is_not_none(tmp_path: Path, home_care: Selection) -> None:
    """An alternative without words is refused or shown by its value, never as Python's None."""
    body = '<p><select name="a" title="b"><option value="c"></option></select></p>'
    try:
        document = compose(home_care, write_template(tmp_path, body))
    except ValueError:
        return
    [item] = open_package(document.to_docx())["word/document.xml"].iter(f"{W}listItem")
    assert attribute(item, "displayText") != "None"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>  a  <strong> b </strong>\n c </p>", ["a b c"]),
        ("<p>a<strong>b</strong>c</p>", ["abc"]),
        ("<p>a <em></em> b</p>", ["a b"]),
        ("<p>a <br/> b</p>", ["a\nb"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", ["a", "b"]),
        ("<p>a\u00a0 b</p>", ["a\u00a0 b"]),
    ],
)
def test_white_space_folds_as_in_html(tmp_path: Path, home_care: Selection, body: str, texts: list[str]) -> None:
    """White space in a template folds to one space as in HTML; no-break spaces stay."""
    word = Word(compose(home_care, write_template(tmp_path, body)), home_care)
    assert [text_of(paragraph) for paragraph in word.paragraphs] == texts


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><p>one</p><p>two</p></li></ul>",
        "<table><tbody><tr><td><p>one</p><p>two</p></td></tr></tbody></table>",
        '<section class="requirement"><ol><li><p>one</p><p>two</p></li></ol></section>',
    ],
)
def test_paragraphs_stay_apart(tmp_path: Path, home_care: Selection, body: str) -> None:
    """Two paragraphs in a list item or a cell do not run together into one word."""
    word = Word(compose(home_care, write_template(tmp_path, body)), home_care)
    assert " ".join(text_of(paragraph) for paragraph in word.paragraphs).split() == ["one", "two"]


def test_document_knows_whether_it_is_a_form(home_care: Selection) -> None:
    """Only a document with fields is a form."""
    forms = {template: compose(home_care, template).is_form for template in TEMPLATES}
    assert forms == {"tender-section": False, "self-assessment": True}


def test_document_is_unchanged_by_writing(home_care: Selection) -> None:
    """Writing a document as HTML changes nothing in what is then written as Word, and the other way round."""
    document: Document = compose(home_care, "tender-section")
    before, page = document.to_docx(), document.to_html()
    assert document.to_docx() == before
    assert document.to_html() == page
