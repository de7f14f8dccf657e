"""Reading tender documents: every paragraph with its place, whatever wrote the file, and nothing that crashes."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import hostile
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from conftest import ROOT, SHARED
from procurement_equality.answers.tender_document.paragraph import Paragraph
from procurement_equality.answers.tender_document.passages import in_a_row, passages_of
from procurement_equality.answers.tender_document.reading import TenderDocument, read_tender_document
from procurement_equality.findings import FormError
from procurement_equality.findings.words import describe

HOSTS = SHARED / "hosts"


def _read(make: Callable[[Document], None]) -> TenderDocument:
    """Read a document that python-docx made."""
    document, file = docx.Document(), io.BytesIO()
    make(document)
    document.save(file)
    return read_tender_document(file.getvalue(), "anbud.docx")


def _texts(document: TenderDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _put(document: Document, inside: str) -> None:
    """Add a paragraph of WordprocessingML."""
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"))


def _numbered(document: Document, *levels: str) -> str:
    """Define a list with these level texts; give its number."""
    numbering = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, text in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="990">{made}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="991"><w:abstractNumId w:val="990"/></w:num>'))
    return "991"


def _number(paragraph: object, number: str, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_headings_lists_and_tables_have_their_places() -> None:
    """A paragraph knows its heading, a heading its level, an item that it is one, a cell its table, row and column."""

    def make(document: Document) -> None:
        document.add_heading("Krav", 1)
        document.add_paragraph("Leverantören ska visa")
        document.add_paragraph("en plan", style="List Bullet")
        table = document.add_table(2, 2)
        table.cell(1, 1).text = "I tabellen"

    krav, shows, item, cell = _read(make).paragraphs
    assert (krav.level, krav.heading) == (1, "Krav")
    assert (shows.heading, shows.is_item) == ("Krav", False)
    assert item.is_item
    assert cell.cell == (1, 2, 2)
    assert [paragraph.number for paragraph in (krav, shows, item, cell)] == [1, 2, 3, 4]


def test_numbers_that_word_counts_are_worked_out() -> None:
    """Headings and clauses of a numbered list get the numbers that Word shows: 1, 1.1, 1.2, 2, 2.1."""

    def make(document: Document) -> None:
        number = _numbered(document, "%1.", "%1.%2")
        for text, level in (("Ett", 0), ("a", 1), ("b", 1), ("Två", 0), ("c", 1)):
            paragraph = document.add_heading(text, 1) if level == 0 else document.add_paragraph(text)
            _number(paragraph, number, level)

    document = _read(make)
    assert [paragraph.label for paragraph in document.paragraphs] == ["1", "1.1", "1.2", "2", "2.1"]
    assert document.paragraphs[2].heading == "1 Ett"
    assert document.paragraphs[4].heading == "2 Två"


@pytest.mark.parametrize("name", ["heading 2", "Rubrik 2", "Überschrift 2"])
def test_headings_are_known_whatever_word_calls_them(name: str) -> None:
    """A style is a heading by its name, in Word's languages, also for a style that builds on it."""

    def make(document: Document) -> None:
        style = document.styles.add_style("Egen", 1)
        style.element.find(qn("w:name")).set(qn("w:val"), name)
        own = document.styles.add_style("Byggd", 1)
        own.base_style = style
        document.add_paragraph("Rubriken", style="Byggd")
        document.add_paragraph("Texten")

    first, second = _read(make).paragraphs
    assert first.level == 2
    assert second.heading == "Rubriken"


def test_an_outline_level_makes_a_heading() -> None:
    """A paragraph with an outline level of its own is a heading without any style."""

    def make(document: Document) -> None:
        paragraph = document.add_paragraph("Utan mall")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "2")
        paragraph._p.get_or_add_pPr().append(level)

    assert _read(make).paragraphs[0].level == 3


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>kvar </w:t></w:r><w:del><w:r><w:delText>struket</w:delText></w:r></w:del>", "kvar"),
        ("<w:r><w:t>kvar</w:t></w:r><w:ins><w:r><w:t> nytt</w:t></w:r></w:ins>", "kvar nytt"),
        ("<w:moveFrom><w:r><w:t>bort</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>hit</w:t></w:r></w:moveTo>", "hit"),
        ("<w:hyperlink><w:r><w:t>länken</w:t></w:r></w:hyperlink>", "länken"),
        ('<w:fldSimple w:instr="TITLE"><w:r><w:t>fältet</w:t></w:r></w:fldSimple>', "fältet"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5.2</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "5.2",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>kontrollen</w:t></w:r></w:sdtContent></w:sdt>", "kontrollen"),
        ("<w:r><w:t>icke</w:t><w:noBreakHyphen/><w:t>diskriminering</w:t></w:r>", "icke-diskriminering"),
        ("<w:r><w:t>två</w:t><w:tab/><w:t>ord</w:t><w:br/></w:r>", "två ord"),
    ],
)
def test_text_is_read_as_it_will_stand(inside: str, text: str) -> None:
    """What is deleted or moved away is out, what is inserted is in; fields, links and controls give their text."""
    assert _texts(_read(lambda document: _put(document, inside))) == [text]


def test_a_deleted_end_of_a_paragraph_joins_two() -> None:
    """Where a tracked change has taken away the end of a paragraph, it goes on in the next."""

    def make(document: Document) -> None:
        _put(document, "<w:r><w:t>ska visas.</w:t></w:r>")
        _put(document, "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Planen </w:t></w:r>")

    assert _texts(_read(make)) == ["Planen ska visas."]


def test_hidden_text_is_read_and_said() -> None:
    """Hidden text can bind, so it is read, and the paragraph says that it is hidden."""
    document = _read(lambda d: _put(d, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Dolt krav</w:t></w:r>"))
    assert [(p.text, p.is_hidden) for p in document.paragraphs] == [("Dolt krav", True)]


def test_a_text_box_is_read_once() -> None:
    """Word writes a text box twice, for old programs; its paragraphs come once, after the one that holds it."""
    box = "<w:txbxContent><w:p><w:r><w:t>I rutan</w:t></w:r></w:p></w:txbxContent>"
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    inside = f"<w:r><w:t>Före</w:t><mc:AlternateContent {spaces}>{twice}</mc:AlternateContent></w:r>"
    document = _read(lambda d: _put(d, inside))
    assert [(p.text, p.part) for p in document.paragraphs] == [("Före", "body"), ("I rutan", "text-box")]


def test_headers_and_footers_come_last_without_a_heading() -> None:
    """What stands in a header says so, and belongs to no section."""

    def make(document: Document) -> None:
        document.add_heading("Krav", 1)
        document.sections[0].header.paragraphs[0].text = "Diarienummer"

    assert [(p.text, p.part, p.heading) for p in _read(make).paragraphs][-1] == ("Diarienummer", "header", "")


def test_a_deleted_row_is_left_out() -> None:
    """A row that a tracked change has deleted is no text of the document."""

    def make(document: Document) -> None:
        table = document.add_table(2, 1)
        table.cell(0, 0).text, table.cell(1, 0).text = "kvar", "struken"
        table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))

    assert _texts(_read(make)) == ["kvar"]


def test_a_list_belongs_to_the_paragraph_before_it() -> None:
    """A paragraph and its items are one passage; the next paragraph begins another."""

    def make(document: Document) -> None:
        document.add_paragraph("Planen ska ange")
        document.add_paragraph("ansvarig", style="List Bullet")
        document.add_paragraph("– datum")
        document.add_paragraph("Den lämnas varje år.")

    passages = passages_of(_read(make).paragraphs)
    assert [passage.text.split("\n") for passage in passages] == [
        ["Planen ska ange", "ansvarig", "– datum"],
        ["Den lämnas varje år."],
    ]
    assert list(in_a_row(passages)) == [(0, 2)]


def test_passages_in_a_row_stop_at_a_heading() -> None:
    """Passages under different headings are never read as one."""
    paragraphs = [
        Paragraph(1, "a.", heading="A"),
        Paragraph(2, "B", level=1, heading="B"),
        Paragraph(3, "b.", heading="B"),
    ]
    assert list(in_a_row(passages_of(paragraphs))) == []


def test_an_open_document_is_read_with_its_places() -> None:
    """Headings, lists, tables, notes and tracked deletions of an OpenDocument text are told apart."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    body = (
        "<text:tracked-changes><text:p>struket</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Krav</text:h><text:p>Visa<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Noten</text:p></text:note-body></text:note><text:s/>planen</text:p>"
        "<text:list><text:list-item><text:p>punkt</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table>"
    )
    inside = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {names}>{inside}</office:document-content>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    krav, shows, note, item, cell = read_tender_document(file.getvalue(), "a.odt").paragraphs
    assert (krav.level, krav.text) == (2, "Krav")
    assert (shows.text, shows.heading) == ("Visa planen", "Krav")
    assert (note.text, note.part) == ("Noten", "footnote")
    assert item.is_item
    assert cell.cell == (1, 1, 1)


def test_no_hostile_file_crashes() -> None:
    """Each hostile, damaged or odd file is read or refused in bounded time, in words about a document and no form."""
    for name, data, _ in hostile.kinds():
        began = time.perf_counter()
        try:
            read_tender_document(data, name)
        except FormError as error:
            (finding,) = error.findings
            assert finding.code.startswith("file.document"), name
            assert "formulär" not in describe(finding, "sv").lower(), name
            assert "leverantör" not in describe(finding, "sv").lower(), name
        assert time.perf_counter() - began < 30, name


def _hosts() -> list[Path]:
    return sorted(HOSTS.glob("*.do[ct]x"))


@pytest.mark.parametrize("path", _hosts(), ids=lambda path: path.name)
def test_documents_that_others_made_are_read(path: Path) -> None:
    """Every file has the paragraph with the marker that was put into it, in a style of another language or none."""
    assert "{{ equality_section }}" in _texts(read_tender_document(path))


def test_there_are_documents_that_others_made() -> None:
    """Without the folder the test above tries nothing, and says so."""
    if not _hosts():
        pytest.skip("the Word files that others made are not beside this checkout")


def test_a_readme_is_no_document() -> None:
    """A text file is refused with the way out."""
    with pytest.raises(FormError) as caught:
        read_tender_document(ROOT / "README.md")
    assert [finding.code for finding in caught.value.findings] == ["file.document"]
