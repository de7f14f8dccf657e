"""LibreOffice opens what we write, shows all of it, and keeps what finds an answer again."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from word_parts import LANGUAGES, TEMPLATES, W, attribute, open_package, text_of

from conftest import EXAMPLES, selected
from procurement_equality import Selection, compose
from procurement_equality.catalogue.text import Language

WHOLE = ("direktupphandling-utbildning", "hemtjanst-eget-lager", "hemtjanst-lov", "stadtjanst-lou")
"""Examples that between them have every kind of box, table and field: laid out in every template and language."""

CASES = [
    (path.stem, template, language)
    for path in EXAMPLES
    for template in TEMPLATES
    for language in LANGUAGES
    if path.stem in WHOLE or (template, language) == ("tender-section", "sv")
]


@dataclass(frozen=True)
class Written:
    """A document of ours on disk."""

    selection: Selection
    template: str
    language: Language
    path: Path


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Written]:
    """Give every case, written to disk."""
    folder = tmp_path_factory.mktemp("documents")
    written: dict[tuple[str, str, str], Written] = {}
    selections = {path.stem: selected(path) for path in EXAMPLES}
    for example, template, language in CASES:
        path = folder / f"{example}-{template}-{language}.docx"
        compose(selections[example], template, language).save(path)
        written[example, template, language] = Written(selections[example], template, language, path)
    return written


def convert(soffice: list[str], ending: str, sources: Iterable[Path], folder: Path) -> Path:
    """Convert files with LibreOffice, all in one call; give the folder that they are in."""
    subprocess.run(
        [*soffice, "--convert-to", ending, "--outdir", str(folder), *map(str, sources)],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    return folder


Documents = Mapping[tuple[str, str, str], Written]


@pytest.fixture(scope="module")
def pdfs(soffice: list[str], documents: Documents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with each document as PDF."""
    folder = tmp_path_factory.mktemp("pdf")
    return convert(soffice, "pdf", (written.path for written in documents.values()), folder)


@pytest.fixture(scope="module")
def resaved(soffice: list[str], documents: Documents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with each document opened by LibreOffice and saved as Word again."""
    folder = tmp_path_factory.mktemp("docx")
    return convert(soffice, "docx", (written.path for written in documents.values()), folder)


@pytest.fixture(scope="module")
def through_odt(soffice: list[str], documents: Documents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with each document saved as OpenDocument, and that saved as Word."""
    odt = tmp_path_factory.mktemp("odt")
    convert(soffice, "odt", (written.path for written in documents.values()), odt)
    return convert(soffice, "docx", sorted(odt.glob("*.odt")), tmp_path_factory.mktemp("from-odt"))


def squeezed(text: str) -> str:
    """Leave out white space and every kind of hyphen, since lines are broken anew."""
    return re.sub(r"[\s\u00a0\u00ad\u2010\u2011\u200b-]+", "", text)


def pdf_text(path: Path, *options: str) -> str:
    """Give the text of a PDF, in the order of reading; with `-layout`, line by line across the page."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    return subprocess.run(
        [program, "-enc", "UTF-8", *options, str(path), "-"], capture_output=True, check=True
    ).stdout.decode()


@pytest.fixture(params=CASES, ids="-".join)
def written(request: pytest.FixtureRequest, documents: Documents) -> Written:
    """Give each written document in turn."""
    found: Written = documents[request.param]
    return found


def test_opens_and_shows_every_clause(written: Written, pdfs: Path) -> None:
    """LibreOffice opens the document and its PDF has every clause's title and id."""
    path = pdfs / f"{written.path.stem}.pdf"
    assert path.is_file()
    text = squeezed(pdf_text(path))
    for clause in written.selection.clauses:
        assert squeezed(clause.requirement.title[written.language]) in text
        assert squeezed(clause.requirement.id) in text


def test_headings_are_numbered_in_order(written: Written, pdfs: Path) -> None:
    """LibreOffice numbers the main headings 1, 2, 3 …, as the contents of a tender section say too."""
    text = squeezed(pdf_text(pdfs / f"{written.path.stem}.pdf", "-layout"))
    document = open_package(written.path.read_bytes())["word/document.xml"]
    headings = [text_of(p) for p in document.iter(f"{W}p") if attribute(p.find(f"{W}pPr/{W}pStyle")) == "Heading1"]
    times = 2 if written.template == "tender-section" else 1
    for number, heading in enumerate(headings, 1):
        assert text.count(f"{number}{squeezed(heading)}") >= times


def test_page_numbers_are_counted(written: Written, pdfs: Path) -> None:
    """The footer counts the pages: the last says its own number twice."""
    pages = pdf_text(pdfs / f"{written.path.stem}.pdf").rstrip("\f").split("\f")
    words = {"sv": ("Sida", "av"), "en": ("Page", "of")}[written.language]
    for number, page in enumerate(pages, 1):
        assert f"{words[0]} {number} {words[1]} {len(pages)}" in " ".join(page.split())


def test_saved_again_keeps_the_text(written: Written, resaved: Path) -> None:
    """Saved again as Word by LibreOffice, the document has every clause's title, id and text as before."""
    after = squeezed(text_of(open_package((resaved / written.path.name).read_bytes())["word/document.xml"]))
    before = open_package(written.path.read_bytes())["word/document.xml"]
    for paragraph in before.iter(f"{W}p"):
        style = str(attribute(paragraph.find(f"{W}pPr/{W}pStyle")))
        if not style.startswith("TOC") and paragraph.find(f".//{W}sdt") is None:
            assert squeezed(text_of(paragraph)) in after


def _marks(path: Path) -> dict[str, str]:
    """Give the bookmarks of a Word file with the text that stands right after each one's start."""
    document = open_package(path.read_bytes())["word/document.xml"]
    found = {}
    for start in document.iter(f"{W}bookmarkStart"):
        pieces = []
        for sibling in start.itersiblings():
            if sibling.tag == f"{W}bookmarkEnd" and attribute(sibling, "id") == attribute(start, "id"):
                break
            pieces.append(text_of(sibling))
        found[str(attribute(start, "name"))] = squeezed("".join(pieces))
    return found


def _properties(path: Path) -> dict[str, str]:
    custom = open_package(path.read_bytes())["docProps/custom.xml"]
    return {str(item.get("name")): "".join(map(str, item.itertext())) for item in custom}


@pytest.mark.parametrize("way", ["resaved", "through_odt"])
def test_bookmarks_survive(written: Written, way: str, request: pytest.FixtureRequest) -> None:
    """Through LibreOffice, as Word and as OpenDocument, every bookmark of a field keeps its name and its id."""
    folder: Path = request.getfixturevalue(way)
    before = {name: text for name, text in _marks(written.path).items() if name.startswith("PE_")}
    after = _marks(folder / written.path.name)
    assert bool(before) == (written.template == "self-assessment")
    assert {name: after.get(name) for name in before} == before


@pytest.mark.parametrize("way", ["resaved", "through_odt"])
def test_properties_survive(written: Written, way: str, request: pytest.FixtureRequest) -> None:
    """Through LibreOffice, as Word and as OpenDocument, the properties that find the form's catalogue stay."""
    folder: Path = request.getfixturevalue(way)
    before = _properties(written.path)
    after = _properties(folder / written.path.name)
    assert {name: after.get(name) for name in before} == before


@pytest.mark.parametrize("way", ["resaved", "through_odt"])
def test_fields_survive_beside_their_ids(written: Written, way: str, request: pytest.FixtureRequest) -> None:
    """Through LibreOffice, every table keeps its rows, each with the visible id that finds its answer again."""
    folder: Path = request.getfixturevalue(way)

    def rows(path: Path) -> list[str]:
        document = open_package(path.read_bytes())["word/document.xml"]
        firsts = [squeezed(text_of(row[1] if row[0].tag == f"{W}trPr" else row[0])) for row in document.iter(f"{W}tr")]
        return [match[0] for first in firsts if (match := re.search(r"\[[\w.]+\]", first))]

    before = rows(written.path)
    assert bool(before) == (written.template == "self-assessment")
    assert rows(folder / written.path.name) == before


@pytest.mark.parametrize(("example", "template", "language"), CASES)
def test_no_box_is_torn_apart(
    example: str, template: str, language: Language, documents: Documents, pdfs: Path
) -> None:
    """The first and the last line of a requirement's box stand on one page, and so do heading and box.

    In a form, the question or the head of the answer table stands there too.
    """
    written = documents[example, template, language]
    form = template == "self-assessment"
    last = ("Visas genom:", "Shown by:") if form else ("Laglig grund:", "Legal basis:")
    laid_out = pages(pdfs / f"{written.path.stem}.pdf")
    assert [number for number, page in enumerate(laid_out, 1) if not _whole(page, last, form=form)] == []


def _whole(page: str, last: tuple[str, str], *, form: bool) -> bool:
    """Say whether every box on a page has its heading, its first and its last line, and in a form what follows."""
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    heads = [index for index, line in enumerate(lines) if re.match(r"[A-Z]{3}-[0-9]{2} ·", line)]
    ends = [index for index, line in enumerate(lines) if line.startswith(last)]
    if len(heads) != len(ends):
        return False
    for head, end in zip(heads, ends, strict=True):
        above = lines[max(head - 2, 0) : head]  # a long heading takes two lines
        after = [line.replace("\u2011", "-") for line in lines[end + 1 :]]
        own = f"[{lines[head].partition(' ')[0]}."
        asked = not form or any(own in line or line.startswith(("Fråga ", "Question ")) for line in after)
        if head >= end or not asked or not any(re.match(r"[0-9]+\.[0-9]+ ", line) for line in above):
            return False
    return True


def pages(path: Path) -> list[str]:
    """Give the text of each page of a PDF, laid out as it stands."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    run = subprocess.run([program, "-layout", str(path), "-"], capture_output=True, text=True, timeout=60, check=True)
    return run.stdout.split("\f")[:-1]
