"""The document of what changed between two versions: sound in both forms and languages, with before beside after."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html
from word_parts import LANGUAGES, LOCALES, W, cell_texts, fold, is_on, open_package, text_of

from catalogue_versions import CONDITION, declared, edited, requirement, snapshot
from conftest import validator_errors
from procurement_equality import Document
from procurement_equality.catalogue.comparison import Comparison, compare
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.compose import compose_comparison

AFTER = CONDITION.replace("2 timmar", "3 timmar & <em>mer</em>")
FORMS = ("docx", "html")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Compare two versions in which requirements are added, changed, withdrawn and removed."""
    kept, gone = requirement("LON-90"), requirement("LON-91", title={"sv": "Gammalt krav", "en": "Old requirement"})
    changed = edited(kept, "variants", 0, "text", "sv", to=AFTER)
    changed = edited(changed, "variants", 0, "text", "en", to="At least 3 hours.")
    withdrawn = declared(requirement("LON-92", status="withdrawn", replaced_by=["LON-93"]), "minor")
    added = requirement("LON-93", title={"sv": "Nytt krav", "en": "New requirement"})
    old = snapshot(kept, gone, requirement("LON-92"), version="1.0.0")
    return compare(old, snapshot(changed, withdrawn, added, version="1.1.0"))


def rows(document: Document, form: str) -> list[list[str]]:
    """Give the text of every cell of every row of a document's tables, as its form holds it."""
    if form == "html":
        tree = html.document_fromstring(document.to_html())
        return [[fold("".join(map(str, cell.itertext()))) for cell in row.iter("td", "th")] for row in tree.iter("tr")]
    body = open_package(document.to_docx())["word/document.xml"]
    return [[fold(text) for text in cell_texts(row)] for row in body.iter(f"{W}tr")]


def whole_text(document: Document, form: str) -> str:
    """Give all of a document's text."""
    if form == "html":
        return fold("".join(map(str, html.document_fromstring(document.to_html()).itertext())))
    paragraphs = open_package(document.to_docx())["word/document.xml"].iter(f"{W}p")
    return fold(" ".join(text_of(paragraph) for paragraph in paragraphs))


def marked(document: Document, form: str, word: str, html_name: str) -> str:
    """Give the text of the tables that is in italics (`i`, `em`) or bold (`b`, `strong`)."""
    if form == "html":
        cells = html.document_fromstring(document.to_html()).iter("td")
        return " ".join(str(text) for cell in cells for part in cell.iter(html_name) for text in part.itertext())
    runs: list[etree._Element] = []
    for row in open_package(document.to_docx())["word/document.xml"].iter(f"{W}tr"):
        for cell in row.findall(f"{W}tc")[2:]:
            runs += [run for run in cell.iter(f"{W}r") if is_on(run.find(f"{W}rPr/{W}{word}"))]
    return " ".join(text_of(run) for run in runs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_has_no_error(comparison: Comparison, language: Language, tmp_path: Path) -> None:
    """Microsoft's validator has nothing against the document in either language."""
    path = tmp_path / "changes.docx"
    compose_comparison(comparison, language).save(path)
    assert validator_errors(path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_changed_is_a_document_too(language: Language, tmp_path: Path) -> None:
    """Two versions that do not differ give a sound document that says so."""
    version = snapshot(requirement())
    document = compose_comparison(compare(version, version), language)
    said = "Verkan av ändringarna tillsammans: ingen." if language == "sv" else "Effect of the changes together: none."
    assert all(said in whole_text(document, form) for form in FORMS)
    document.save(tmp_path / "changes.docx")
    assert validator_errors(tmp_path / "changes.docx") == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_and_after_stand_in_the_table(comparison: Comparison, language: Language, form: str) -> None:
    """The row of a field holds what it was and what it is, letter for letter, also what looks like markup."""
    field = next(change for change in comparison.requirements if change.id == "LON-90").fields[0]
    assert field.before is not None
    assert field.after is not None
    listed = [row[2:] for row in rows(compose_comparison(comparison, language), form) if len(row) == 4]
    assert [fold(field.before[language]), fold(field.after[language])] in listed


@pytest.mark.parametrize("form", FORMS)
def test_what_went_and_what_came_are_marked(comparison: Comparison, form: str) -> None:
    """In the table, words that have gone are in italics and words that have come are bold."""
    document = compose_comparison(comparison, "sv")
    gone, came = marked(document, form, "i", "em"), marked(document, form, "b", "strong")
    assert "2" in gone.split()
    assert "3" in came.split()
    assert "<em>mer</em>" in came
    assert "Leverantören" not in gone + came


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("sv", ["LON-91 Gammalt krav", "LON-93 Nytt krav", "Tillbakadraget. Beräknad verkan: mindre.", "större",
                "1.0.0", "1.1.0", "Skäl 2026-02-01.", "LON-91 har försvunnit", "inte angiven"]),
        ("en", ["LON-91 Old requirement", "LON-93 New requirement", "Withdrawn. Computed effect: minor.", "major",
                "1.0.0", "1.1.0", "Reason 2026-02-01.", "LON-91 has gone", "not declared"]),
    ],
)  # fmt: skip
def test_everything_that_happened_is_told(
    comparison: Comparison, language: Language, parts: list[str], form: str
) -> None:
    """Added, changed, withdrawn and removed requirements are named, with effects, reasons and findings."""
    text = whole_text(compose_comparison(comparison, language), form)
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counts_are_those_of_the_comparison(comparison: Comparison, language: Language, form: str) -> None:
    """The first table counts what was added, changed, withdrawn and removed."""
    counted = [row[1] for row in rows(compose_comparison(comparison, language), form) if len(row) == 2]
    happened = [change.happened for change in comparison.requirements]
    assert counted[1:] == [str(happened.count(key)) for key in ("added", "changed", "withdrawn", "removed")]
    assert counted[1:] == ["1", "1", "1", "1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_comparison_gives_the_same_bytes(comparison: Comparison, language: Language) -> None:
    """The document depends on the two versions and on nothing else, and has nothing to fill in."""
    one, two = (compose_comparison(comparison, language) for _ in range(2))
    assert (one.to_docx(), one.to_html()) == (two.to_docx(), two.to_html())
    assert not one.is_form
    assert f'<html lang="{LOCALES[language]}"' in one.to_html()
