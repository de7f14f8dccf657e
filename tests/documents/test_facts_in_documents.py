"""What the procurement file tells beside its choices: the link to what is bought, and accepted deviations."""

from __future__ import annotations

import datetime

import pytest
from lxml import etree
from word_parts import LANGUAGES, fold

from procurement_equality import Document, Selection, compose
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.procurement.facts import FindingWaiver
from procurement_equality.procurement.model import Choice

LINK = Text(sv="Kraven gäller den personal som städar <skolor> & förskolor.", en="The staff who clean.")
OWN = Text(sv="Planen gäller städningen i skolorna.", en="The plan concerns the cleaning of the schools.")


def waiver(code: str, about: str | None = None) -> FindingWaiver:
    """Give an accepted deviation."""
    reason = Text(sv="Marknaden är <liten> & känd.", en="The market is <small> & known.")
    until = datetime.date(2026, 12, 31)
    return FindingWaiver(code=code, about=about, reason=reason, role="upphandlingschef", until=until)


def with_facts(selection: Selection, **facts: object) -> Selection:
    """Give a selection whose procurement has other facts."""
    return selection.model_copy(update={"procurement": selection.procurement.model_copy(update=facts)})


def bare(selection: Selection) -> Selection:
    """Give a selection whose procurement tells neither of links nor of accepted deviations."""
    choices = {
        key: choice.model_copy(update={"link_to_subject": None})
        for key, choice in selection.procurement.requirements.items()
    }
    return with_facts(selection, link_to_subject=None, waivers=(), requirements=choices)


def written(document: Document) -> str:
    """Give all of a document's text."""
    return fold("".join(map(str, document.tree.itertext()))).replace("\u00a0", " ")


def boxes(document: Document) -> dict[str, str]:
    """Give the text of each requirement's box by its id."""
    found = {}
    for section in document.tree.iter("section"):
        text = fold("".join(map(str, section.itertext())))
        found[text.split(" ", 1)[0]] = text
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_to_what_is_bought_is_told(cleaning: Selection, language: Language) -> None:
    """The procurement's link stands in the part about the object, a requirement's own in its box and nowhere else."""
    first = cleaning.clauses[0].requirement.id
    without = bare(cleaning)
    choices = {**without.procurement.requirements, first: Choice(link_to_subject=OWN)}
    selection = with_facts(without, link_to_subject=LINK, requirements=choices)
    document = compose(selection, "tender-section", language)
    heading = "Koppling till det som köps:" if language == "sv" else "Link to what is bought:"
    assert f"{heading} {LINK[language]}" in written(document)
    holding = [identifier for identifier, text in boxes(document).items() if heading in text]
    assert holding == [first]
    assert f"{heading} {OWN[language]}" in boxes(document)[first]


@pytest.mark.parametrize("language", LANGUAGES)
def test_accepted_deviations_have_an_appendix(cleaning: Selection, language: Language) -> None:
    """Each has its rule's title and code, what it concerns, reason, role and last day; an unknown code stands alone."""
    waivers = (waiver("procedure.lots"), waiver("verif.vague", "AKT-03"), waiver("okand.regel"))
    document = compose(with_facts(bare(cleaning), waivers=waivers), "tender-section", language)
    appendix = document.tree.findall("body/table")[-1]
    rows = [fold(" ".join(map(str, row.itertext()))) for row in appendix.findall("tbody/tr")]
    assert len(rows) == len(waivers)
    expected = (
        ("Skäl för att inte dela upp kontraktet", "procedure.lots", "hela underlaget", "31\u00a0december\u00a02026"),
        ("Ord utan mått", "verif.vague", "AKT-03", "Marknaden är <liten> & känd."),
        ("okand.regel", "upphandlingschef"),
    )  # fmt: skip
    if language == "sv":
        for row, parts in zip(rows, expected, strict=True):
            assert all(part in row for part in parts), row
    assert [row.count("okand.regel") for row in rows] == [0, 0, 1]
    assert all("upphandlingschef" in row for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_of_facts_that_are_not_given(cleaning: Selection, language: Language) -> None:
    """Without them the document has no such heading, line or appendix."""
    document = compose(bare(cleaning), "tender-section", language)
    said = written(document)
    for words in ("Koppling till det som köps", "Link to what is bought", "godtagna avvikelser", "accepted deviations"):
        assert words not in said
    assert etree.tostring(document.tree).count(b"new-page") == 0
