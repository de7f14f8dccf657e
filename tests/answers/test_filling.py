"""The machinery of the reader's tests does what it says: what is filled in is in the file, and every mutation bites."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import open_document
import pytest
from filling import WAYS, Filling, Job, every_way, fill_with_libreoffice
from lxml import etree
from mutations import (
    answers_swapped,
    cell_emptied,
    checkbox_disagrees,
    checkbox_overwritten,
    control_deleted,
    duplicate_tag,
    fill,
    free_text_in_date,
    free_text_in_dropdown,
    label_changed,
    paragraph_typed_between,
    paste_into_cell,
    placeholder_half_overwritten,
    placeholder_kept_as_text,
    row_copied,
    row_deleted,
    rows_reordered,
    table_in_two,
    table_moved,
    tags_swapped,
    text_beside_control,
    visible_id_deleted,
)
from program_mutations import (
    LEVELS,
    Level,
    alternate_content,
    answer_moved,
    answer_tracked,
    at_level,
    bookmarks_stripped,
    comment_in_cell,
    controls_stripped,
    emoji_as_word_writes,
    field_code,
    footnote,
    half_deleted,
    hyperlink,
    hyphens_as_elements,
    hyphens_normalised,
    placeholder_replaced_tracked,
    properties_stripped,
    property_removed,
    runs_split,
    smart_tag,
    soft_hyphens,
    tag_and_id_removed,
    tag_id_and_alias_removed,
    tag_removed,
    wrapped,
)
from suppliers import organisation_number, suppliers
from word_file import W, content_of, control_of, controls, kind_of, root_of, tag_of, text_of, unpacked

from conftest import validator_errors
from procurement_equality import Selection, compose
from procurement_equality.answers.manifest import Manifest

TEXT, OTHER, CHOICE, DATE, BOX = "LEV.name", "LEV.contact_role", "STY-01.appointed", "LEV.date", "INT.declaration"
WORDS = "Omsorg & \"Å\" <Ö> 'ä' 😀"
ANSWERS: Mapping[str, str | bool] = {TEXT: WORDS, OTHER: "HR-chef", CHOICE: "Nej", DATE: "2026-03-05", BOX: True}


@dataclass(frozen=True)
class Form:
    """A form that nobody has filled in, and what it asks."""

    data: bytes
    manifest: Manifest


def made(selection: Selection) -> Form:
    """Make the self-assessment of a selection."""
    document = compose(selection, "self-assessment")
    assert document.manifest is not None
    return Form(document.to_docx(), document.manifest)


@pytest.fixture(scope="module")
def form(home_care: Selection) -> Form:
    """Give the home-care form."""
    return made(home_care)


@pytest.fixture(scope="module")
def filled(form: Form) -> bytes:
    """Give the form with one answer of each kind."""
    return fill(form.data, ANSWERS)


def answer(data: bytes, tag: str) -> str:
    """Give the text that stands in a control."""
    return text_of(content_of(control_of(root_of(data), tag)))


def all_text(data: bytes) -> str:
    """Give all the text on the page."""
    return text_of(root_of(data))


def tags(data: bytes) -> list[str | None]:
    """Give the tags in the order of the form."""
    return [tag_of(control) for control in controls(root_of(data))]


def test_filled_as_word_saves_it(filled: bytes, tmp_path: Path) -> None:
    """Each kind of answer stands in its control, none shows a placeholder, and the file is as valid as before."""
    root = root_of(filled)
    shown = {tag: answer(filled, tag) for tag in ANSWERS}
    assert shown == {TEXT: WORDS, OTHER: "HR-chef", CHOICE: "Nej", DATE: "2026-03-05", BOX: "\u2612"}
    assert all(control_of(root, tag).find(f".//{W}showingPlcHdr") is None for tag in ANSWERS)
    date = control_of(root, DATE).find(f".//{W}date")
    assert date is not None
    assert date.get(f"{W}fullDate") == "2026-03-05T00:00:00Z"
    path = tmp_path / "filled.docx"
    path.write_bytes(filled)
    assert validator_errors(path) == []


def test_line_breaks_and_tabs_are_elements(form: Form) -> None:
    """A line break is written as `w:br` and a tab as `w:tab`, as Word does."""
    tag = next(name for name, f in form.manifest.fields.items() if f.type == "text" and "." in name and name > "A")
    data = fill(form.data, {tag: "ett\n\ntvå\ttre"})
    assert answer(data, tag) == "ett\n\ntvå\ttre"
    assert len(control_of(root_of(data), tag).findall(f".//{W}br")) == 2


IN_ITS_CONTROL: Mapping[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "free text in a drop-down": (lambda d: free_text_in_dropdown(d, CHOICE, "Kanske"), CHOICE, "Kanske"),
    "words in a date": (lambda d: free_text_in_date(d, DATE, "i mars", "2026-03-05"), DATE, "i mars"),
    "checkbox on, sign off": (lambda d: checkbox_disagrees(d, BOX, checked=True), BOX, "\u2610"),
    "checkbox off, sign on": (lambda d: checkbox_disagrees(d, BOX, checked=False), BOX, "\u2612"),
    "checkbox overwritten": (lambda d: checkbox_overwritten(d, BOX, "x"), BOX, "x"),
    "tags swapped": (lambda d: tags_swapped(d, TEXT, OTHER), TEXT, "HR-chef"),
    "smart tag": (lambda d: smart_tag(d, TEXT, "i Lund"), TEXT, "i Lund"),
    "link": (lambda d: hyperlink(d, TEXT, "example.org"), TEXT, "example.org"),
    "field": (lambda d: field_code(d, TEXT, "se länk"), TEXT, "se länk"),
    "written twice": (lambda d: alternate_content(d, TEXT, "ett"), TEXT, "ettett"),
    "emoji": (lambda d: emoji_as_word_writes(d, TEXT, "glad ", "😀"), TEXT, "glad 😀"),
    "tracked": (lambda d: answer_tracked(d, TEXT, "gammalt", "nytt"), TEXT, "nytt"),
    "half deleted": (lambda d: half_deleted(d, TEXT, "kvar", "bort"), TEXT, "kvar"),
    "placeholder replaced": (lambda d: placeholder_replaced_tracked(d, "LEV.contact", "ny"), "LEV.contact", "ny"),
    "moved": (lambda d: answer_moved(d, TEXT, "LEV.contact", "flyttat"), "LEV.contact", "flyttat"),
    "runs split": (runs_split, TEXT, WORDS),
    "commented": (lambda d: comment_in_cell(d, TEXT, "stämmer det?"), TEXT, WORDS),
    "footnote": (lambda d: footnote(d, TEXT, "enligt ägarna"), TEXT, WORDS),
    "swapped": (lambda d: answers_swapped(d, TEXT, OTHER), TEXT, WORDS),
    "hyphens as elements": (hyphens_as_elements, TEXT, WORDS),
}


@pytest.mark.parametrize("name", IN_ITS_CONTROL)
def test_what_stands_in_the_control(name: str, filled: bytes) -> None:
    """A mutation that changes a control leaves the expected text on the page in that control."""
    mutate, tag, expected = IN_ITS_CONTROL[name]
    data = mutate(filled)
    assert data != filled
    assert answer(data, tag) == expected


ON_THE_PAGE: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "beside, behind": (lambda d: text_beside_control(d, TEXT, " utanför"), f"{WORDS} utanför"),
    "beside, before": (lambda d: text_beside_control(d, TEXT, "utanför ", before=True), f"utanför {WORDS}"),
    "beside, own paragraph": (lambda d: text_beside_control(d, TEXT, "eget", own_paragraph=True), f"{WORDS}eget"),
    "control deleted": (lambda d: control_deleted(d, TEXT, "fritt"), "[LEV.name]fritt"),
    "pasted": (lambda d: paste_into_cell(d, TEXT, ["ett", "två"], [["a", "b"]]), f"{WORDS}etttvåab"),
    "pasted instead": (lambda d: paste_into_cell(d, TEXT, ["ett"], instead=True), "[LEV.name]ett"),
    "typed between": (lambda d: paragraph_typed_between(d, TEXT, "mellan tabellerna"), "mellan tabellerna"),
    "row copied": (lambda d: row_copied(d, TEXT, "kopia"), "[LEV.name]kopia"),
    "label changed": (lambda d: label_changed(d, TEXT, "OBS! "), "OBS! Leverantörens namn"),
    "half overwritten": (lambda d: placeholder_half_overwritten(d, "LEV.contact", "070"), "070t här."),
    "hyphens normalised": (hyphens_normalised, "[STY-01.appointed]"),
    "soft hyphens": (soft_hyphens, "[LEV.\u00adname]"),
}


@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_what_stands_on_the_page(name: str, filled: bytes) -> None:
    """A mutation that writes outside a control leaves its text on the page, where it was not before."""
    mutate, expected = ON_THE_PAGE[name]
    assert expected not in all_text(filled)
    assert expected in all_text(mutate(filled))


def test_what_is_taken_away(filled: bytes) -> None:
    """What is stripped or deleted is gone, and nothing else is."""
    count = len(tags(filled))
    stripped = controls_stripped(filled)
    assert not list(controls(root_of(stripped)))
    assert all_text(stripped) == all_text(filled)
    assert b"bookmarkStart" not in unpacked(bookmarks_stripped(filled))["word/document.xml"]
    assert "docProps/custom.xml" not in unpacked(properties_stripped(filled))
    assert b'"pe-form"' not in unpacked(property_removed(filled, "pe-form"))["docProps/custom.xml"]
    assert "[LEV.name]" not in all_text(visible_id_deleted(filled, TEXT))
    for mutate in (control_deleted, cell_emptied, row_deleted):
        assert len(tags(mutate(filled, TEXT))) == count - 1
    assert WORDS not in all_text(row_deleted(filled, TEXT, tracked=True))
    assert tags(tag_removed(filled, TEXT)).count(None) == 1
    assert tags(tag_and_id_removed(filled)).count(None) == count
    assert b"<w:alias" not in unpacked(tag_id_and_alias_removed(filled))["word/document.xml"]
    assert tags(duplicate_tag(filled, TEXT, OTHER)).count(TEXT) == 2


def test_what_is_put_elsewhere(filled: bytes) -> None:
    """Rows and tables that are moved keep every field, in another order; a split table keeps the order too."""
    before = tags(filled)
    for mutate in (rows_reordered, table_moved):
        after = tags(mutate(filled, TEXT))
        assert after != before
        assert sorted(map(str, after)) == sorted(map(str, before))
    split = table_in_two(filled, OTHER)
    assert tags(split) == before
    assert all_text(split) == all_text(filled)
    assert placeholder_kept_as_text(filled, "LEV.contact") != filled


@pytest.mark.parametrize("level", LEVELS)
def test_levels(level: Level, filled: bytes) -> None:
    """A control at any level keeps the page's text; its own one moves there, a foreign one comes in addition."""
    own, foreign = at_level(filled, TEXT, level), wrapped(filled, TEXT, level)
    assert all_text(own) == all_text(foreign) == all_text(filled)
    assert sorted(map(str, tags(own))) == sorted(map(str, tags(filled)))
    assert len(tags(foreign)) == len(tags(filled)) + 1
    parents = {"paragraph": "p", "block": "tc", "cell": "tr", "row": "tbl", "table": "body", "body": "body"}
    parent = control_of(root_of(own), TEXT).getparent()
    assert parent is not None
    assert parent.tag == f"{W}{parents[level]}"


@pytest.mark.parametrize("which", ["home_care", "cleaning"])
def test_suppliers(which: str, request: pytest.FixtureRequest) -> None:
    """Thirty suppliers are different, the same for the same seed, and each one's answers fit the form."""
    form = made(request.getfixturevalue(which))
    thirty = suppliers(form.manifest)
    assert thirty == suppliers(form.manifest)
    assert len({supplier.org_number for supplier in thirty}) == len({supplier.name for supplier in thirty}) == 30
    assert any(supplier.table_errors for supplier in thirty)
    for supplier in thirty:
        root = root_of(fill(form.data, supplier.answers))
        found = {tag_of(control): text_of(content_of(control)) for control in controls(root)}
        typed = {tag: text for tag, text in supplier.answers.items() if isinstance(text, str)}
        assert {tag: found[tag] for tag in typed} == typed


def test_organisation_numbers() -> None:
    """Every invented organisation number has the check digit that the Luhn algorithm asks for."""
    for serial in range(1000):
        digits = organisation_number(serial).replace("-", "")
        doubled = "".join(str(int(digit) * (2 - at % 2)) for at, digit in enumerate(digits))
        assert sum(map(int, doubled)) % 10 == 0


@pytest.fixture(scope="module")
def through_office(
    form: Form, soffice: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Filling, Mapping[str, bytes]]:
    """Give the form filled by LibreOffice and saved along every way, and what happened."""
    folder = tmp_path_factory.mktemp("filled")
    source = folder / "form.docx"
    source.write_bytes(form.data)
    outputs = every_way(folder, "filled")
    job = Job(source, {**ANSWERS, TEXT: 'Omsorg & <Å> "ö"'}, outputs, {OTHER: "typed"})
    filling = fill_with_libreoffice([job], soffice, folder)
    return filling, {name: path.read_bytes() for name, path in zip(WAYS, outputs, strict=True)}


@pytest.mark.parametrize("way", ["docx", "docx-twice", "odt-docx", "doc-docx", "rtf-docx"])
def test_libreoffice_saves_what_it_filled(way: str, through_office: tuple[Filling, Mapping[str, bytes]]) -> None:
    """What is filled in through LibreOffice stands right behind its printed id, along every way to Word."""
    text = all_text(through_office[1][way]).replace("\u2011", "-")
    for expected in ('[LEV.name]Omsorg & <Å> "ö"', "[STY-01.appointed]Nej", "[LEV.date]2026-03-05", "\u2612"):
        assert expected in text


def test_controls_that_libreoffice_keeps(through_office: tuple[Filling, Mapping[str, bytes]]) -> None:
    """Saved as Word, drop-down, date and checkbox are controls still, with their state; as .doc and .rtf, none is."""
    root = root_of(through_office[1]["docx"])
    kinds = {kind: [c for c in controls(root) if kind_of(c) == kind] for kind in ("choice", "date", "checkbox")}
    assert all(kinds.values())
    assert any(text_of(content_of(control)) == "Nej" for control in kinds["choice"])
    assert b'fullDate="2026-03-05' in etree.tostring(root)
    for way in ("doc-docx", "rtf-docx"):
        assert not list(controls(root_of(through_office[1][way])))


def test_protection_holds_labels(through_office: tuple[Filling, Mapping[str, bytes]]) -> None:
    """LibreOffice opens the form protected, and typing through its window's frame leaves a label alone."""
    (done,) = through_office[0].forms
    assert done.protected
    assert not done.label_typed


def test_tags_in_open_document(form: Form, through_office: tuple[Filling, Mapping[str, bytes]]) -> None:
    """The OpenDocument with tags has those of the form in their order, and takes an answer with line breaks."""
    odt = open_document.tagged(through_office[1]["odt"], form.data)
    found = list(open_document.fields(root_of(odt, open_document.CONTENT)))
    assert [place.get(f"{open_document.LOEXT}tag") for place in found] == tags(form.data)
    written = open_document.answer(odt, OTHER, "  ett\n\ntvå\ttre ")
    places = open_document.fields(root_of(written, open_document.CONTENT))
    place = next(place for place in places if place.get(f"{open_document.LOEXT}tag") == OTHER)
    assert open_document.text_in(place) == "  ett\n\ntvå\ttre "


def test_dates_are_dates(form: Form) -> None:
    """A supplier's own date is a date of the period that the forms come back in."""
    assert all(datetime.date(2026, 1, 5) <= one.date < datetime.date(2026, 4, 1) for one in suppliers(form.manifest))
