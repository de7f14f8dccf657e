"""What documents say of an organisation's layer: its name, what it did and why, in the box of the clause."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree, html
from word_parts import W, fold

from layer_folder import PROCUREMENT, LayerFolder, laid
from procurement_equality import Catalogue, Procurement, Selection, compose, select
from procurement_equality.catalogue.text import Language

TEMPLATES = ("tender-section", "self-assessment")
TITLES: dict[Language, str] = {"sv": "Lagret alfa på svenska 1.2.3", "en": "The layer alfa in English 1.2.3"}
REASONS: dict[Language, str] = {"sv": "Nämnden har bestämt det.", "en": "The committee has decided it."}
CLAUSE = "contract-performance-condition"
TEXT = "text: {sv: Nytt innehåll., en: New content.}"
WITH_NAME = "text: {sv: 'Nytt efter {{ routine_months }}.', en: 'New after {{ routine_months }}.'}"

CHANGES: dict[str, tuple[str, str, str]] = {
    "title": (f"verb: replace\nfield: title\n{TEXT}", "ersatt: rubrik", "replaced: title"),
    "rationale": (f"verb: replace\nfield: rationale\n{TEXT}", "ersatt: skäl", "replaced: rationale"),
    "clause": (f"verb: replace\nfield: clause\nkind: {CLAUSE}\n{WITH_NAME}", "ersatt: kravets", "replaced: clause"),
    "evidence": (f"verb: append\nfield: evidence\n{TEXT}", "tillägg: det som", "appended: evidence"),
    "small-supplier": (f"verb: append\nfield: small-supplier\n{TEXT}", "tillägg: det som räcker", "appended: what is"),
    "indicator": (f"verb: replace\nfield: indicator\n{TEXT}", "ersatt: mått", "replaced: indicator"),
    "balancing": (
        f"verb: replace\nfield: balancing\ngoal: self-determination\n{TEXT}",
        "ersatt: avvägning", "replaced: balancing",
    ),
    "question": (f"verb: replace\nfield: question\nkey: date\n{TEXT}", "ersatt: fråga", "replaced: question"),
    "questions": (f"verb: append\nquestions: [{{key: k, type: text, {TEXT}}}]", "tillägg: fråga", "appended: question"),
    "conflicts": (
        "verb: append\nconflicts: [{goal: privacy, balancing: {sv: Inga namn., en: No names.}}]",
        "tillägg: avvägning", "appended: balancing",
    ),
    "legal_basis": ('verb: append\nlegal_basis: ["DL 1:1"]', "tillägg: laglig grund", "appended: legal basis"),
    "sources": ("verb: append\nsources: [cemr-deklarationen]", "tillägg: källa", "appended: source"),
    "parameters": ("verb: set\nparameters: {routine_months: {default: 5}}", "inställt: värde", "set: value"),
    "follow_up": ("verb: set\nfollow_up: {ladder: reporting}", "inställt: uppföljning", "set: follow-up"),
    "level": ("verb: set\nlevel: law", "inställt: nivå", "set: level"),
    "status": ("verb: set\nstatus: active", "inställt: status", "set: status"),
}  # fmt: skip
"""Each part of a requirement that a layer can decide over, and what a document says that it did."""


def selected(catalogue: Catalogue, folder: Path) -> Selection:
    """Give the selection of a procurement file that is written for this."""
    path = folder / "upphandling.yaml"
    path.write_text(PROCUREMENT, encoding="utf-8")
    return select(catalogue, Procurement.load(path))


def box(selection: Selection, template: str, identifier: str, language: Language) -> str:
    """Give the text of a clause's box in the HTML of a document."""
    page = html.fromstring(compose(selection, template, language).to_html())
    found = [fold("".join(map(str, section.itertext()))) for section in page.iter("section")]
    (text,) = [text for text in found if text.startswith(identifier)]
    return text


def word_lines(selection: Selection, template: str, language: Language, path: Path) -> list[str]:
    """Give the paragraphs of a document as Word has them."""
    compose(selection, template, language).save(path)
    with zipfile.ZipFile(path) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    return [fold("".join(t.text or "" for t in p.iter(f"{W}t"))) for p in tree.iter(f"{W}p")]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_box_of_a_clause_names_the_layer_and_its_reason(
    language: Language, template: str, base: Path, layer: LayerFolder, tmp_path: Path
) -> None:
    """The box of a changed clause names layer and reason in HTML and in Word, and that of an untouched one does not."""
    layer.change("BRU-02", CHANGES["parameters"][0])
    selection = selected(laid(base, layer), tmp_path)
    text = box(selection, template, "BRU-02", language)
    assert TITLES[language] in text
    assert REASONS[language] in text
    assert TITLES[language] not in box(selection, template, "LON-01", language)
    lines = word_lines(selection, template, language, tmp_path / "out.docx")
    (line,) = [line for line in lines if REASONS[language] in line]
    assert line.startswith(f"{TITLES[language]}:")


@pytest.mark.parametrize("part", CHANGES)
def test_a_document_says_what_a_layer_did(part: str, base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """For every part that a layer can decide over there are words for what it did, in both languages."""
    change, sv, en = CHANGES[part]
    layer.change("BRU-02", change)
    selection = selected(laid(base, layer), tmp_path)
    assert f"{TITLES['sv']}: {sv}" in box(selection, "tender-section", "BRU-02", "sv")
    assert f"{TITLES['en']}: {en}" in box(selection, "tender-section", "BRU-02", "en")


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_added_requirement_stands_in_the_document(
    template: str, base: Path, layer: LayerFolder, tmp_path: Path
) -> None:
    """A requirement of the layer's own stands in both documents with its text."""
    layer.own()
    text = box(selected(laid(base, layer), tmp_path), template, "EXA-01", "sv")
    assert "delta i en träff som beställaren kallar till" in text


@pytest.mark.parametrize(("language", "said"), [("sv", "kravet är tillagt"), ("en", "the requirement is added")])
def test_an_added_requirement_is_said_to_be_added(
    language: Language, said: str, base: Path, layer: LayerFolder, tmp_path: Path
) -> None:
    """The box of a layer's own requirement says that the layer added it and why."""
    layer.own()
    text = box(selected(laid(base, layer), tmp_path), "tender-section", "EXA-01", language)
    assert f"{TITLES[language]}: {said}. {REASONS[language]}" in text


def test_two_layers_are_told_in_order(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """A clause that two layers changed tells both, in the order in which they lie."""
    other = LayerFolder(base, tmp_path / "beta", "EXB")
    layer.change("BRU-02", CHANGES["parameters"][0])
    other.change("BRU-02", CHANGES["evidence"][0])
    text = box(selected(laid(base, layer, other), tmp_path), "tender-section", "BRU-02", "sv")
    assert 0 < text.index("Lagret alfa på svenska") < text.index("Lagret beta på svenska")


def test_a_withdrawn_requirement_is_in_no_document(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """Nothing of what a layer withdraws is in the tender section or the form."""
    layer.change("BRU-02", "verb: withdraw")
    selection = selected(laid(base, layer), tmp_path)
    assert all("BRU-02" not in compose(selection, template, "sv").to_html() for template in TEMPLATES)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_document_names_its_layers_even_where_no_clause_is_changed(
    language: Language, base: Path, layer: LayerFolder, tmp_path: Path
) -> None:
    """The foot of the tender section names the layers beside the catalogue, and only where there are any."""
    with_layer = compose(selected(laid(base, layer), tmp_path), "tender-section", language)
    without = compose(selected(Catalogue.load(base), tmp_path), "tender-section", language)
    assert TITLES[language] in with_layer.to_html()
    assert TITLES[language] not in without.to_html()
