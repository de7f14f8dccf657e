"""The letter to a supplier: everything that is open of its own, nothing of any other, and words that the law allows."""

from __future__ import annotations

import datetime
import re
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from lxml import html
from word_parts import LANGUAGES, W, cell_texts, fold, open_package, required, text_of

from collected import DIRECT, LOU, LOV, Form, Supplier, filled, form, gather, good, lay_in, m, settle
from conftest import validator_errors
from procurement_equality import Document
from procurement_equality.answers.follow_up import FollowUp
from procurement_equality.catalogue.law import RegimeId
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.legal_grounds import APPROVAL, CLARIFICATION, DOCUMENTATION, PRIORITY
from procurement_equality.documents.quoting import SHOWN
from procurement_equality.documents.reply_letter import compose_reply_letters

REPLY_BY = datetime.date(2026, 3, 23)
FORMS = ("docx", "html")
Letters = dict[str, Document]


def letters(follow_up: FollowUp, language: Language = "sv", reply_by: datetime.date | None = REPLY_BY) -> Letters:
    """Give the letters by the supplier's name."""
    return {who.name: document for who, document in compose_reply_letters(follow_up, language, reply_by)}


def text(document: Document, way: str = "html") -> str:
    """Give all of a document's text."""
    if way == "html":
        return fold("".join(map(str, required(html.document_fromstring(document.to_html()).find("body")).itertext())))
    body = open_package(document.to_docx())["word/document.xml"]
    return fold(" ".join(text_of(paragraph) for paragraph in body.iter(f"{W}p")))


def rows(document: Document) -> list[list[str]]:
    """Give the cells of the letter's tables, without the heads."""
    body = open_package(document.to_docx())["word/document.xml"]
    found = [[fold(cell) for cell in cell_texts(row)] for row in body.iter(f"{W}tr")]
    return [row for row in found if row[0] not in ("Fråga", "Question")]


def squeezed(said: str) -> str:
    """Leave white space out."""
    return "".join(said.split())


def damaged(sent: Form, supplier: Supplier) -> bytes:
    """Give a form with an answer of each status that a person must look at, and text that belongs to none."""
    data = filled(sent, supplier, {"LEV.headcount": "några stycken"})
    data = m.free_text_in_dropdown(data, sent.first("yes-no-partly"), "Ja, i stort sett")
    data = m.text_beside_control(data, sent.first("declaration"), "se bilaga 4")
    data = m.row_deleted(data, sent.first("text"))
    data = m.checkbox_disagrees(data, "INT.declaration", checked=True)
    data = m.placeholder_half_overwritten(data, "LEV.contact", "växeln")
    data = m.fill(data, dict(zip(sent.cells(), ("ca 12", "1.234"), strict=False)))
    return m.paragraph_typed_between(data, "INT.declaration", f"Vi på {supplier.name} har en egen policy.")


@pytest.fixture(scope="module", params=[LOU, LOV, DIRECT])
def sent(request: pytest.FixtureRequest) -> Form:
    """Give the form of each regime in turn."""
    return form(request.param)


@pytest.fixture(scope="module")
def follow_up(sent: Form, tmp_path_factory: pytest.TempPathFactory) -> FollowUp:
    """Give a collection with two damaged forms, one empty form, one form with nothing open, and one unreadable file."""
    one, two, three = good(sent)
    forms = {
        "ett.docx": damaged(sent, one),
        "två.docx": damaged(sent, two),
        "tre.docx": filled(sent, three),
        "tom.docx": m.fill(sent.data, {"LEV.name": "Tomma svar AB", "LEV.contact_role": "Vd"}),
        "trasig.docx": b"PK\x03\x04",
    }
    return gather(lay_in(tmp_path_factory.mktemp("letters"), forms), sent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_sound(follow_up: FollowUp, language: Language, tmp_path: Path) -> None:
    """Microsoft's validator has nothing against any letter, and HTML has the same text as Word."""
    made = letters(follow_up, language)
    assert len(made) == 3
    for number, document in enumerate(made.values()):
        document.save(tmp_path / f"{number}.docx")
        assert validator_errors(tmp_path / f"{number}.docx") == []
        assert not document.is_form
        whole = squeezed(text(document))
        assert all(squeezed(cell) in whole for row in rows(document) for cell in row)


@pytest.mark.parametrize("way", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_open_is_in_the_letter(follow_up: FollowUp, language: Language, way: str) -> None:
    """The letter states the number of the supplier's open items, and names every one of their questions."""
    made = letters(follow_up, language)
    for respondent in follow_up.respondents:
        items = [item for item in follow_up.items if item.file == respondent.file]
        assert (respondent.name in made) == bool(items)
        if items:
            said = text(made[respondent.name], way)
            counted = r"(\d+) uppgifter i formuläret" if language == "sv" else r"(\d+) items of the form"
            found = re.search(counted, said)
            assert found is not None
            assert int(found[1]) == len(items)
            assert {item.question for item in items if item.question} <= set(re.findall(r"\[([\w.-]+)\]", said))


def test_every_row_says_what_was_seen_and_what_to_do(follow_up: FollowUp) -> None:
    """No cell of a letter is empty, and no row speaks to the buyer."""
    for language in LANGUAGES:
        for document in letters(follow_up, language).values():
            for row in rows(document):
                assert all(row), row
                assert not re.search(r"\bdu\b|avgjort|räknas|stickprov|Leverantören|{|}", " ".join(row[1:])), row


def test_nothing_of_one_supplier_is_in_the_letter_to_another(follow_up: FollowUp) -> None:
    """Names, numbers, files and written texts of other suppliers are in no part of a letter's package."""
    made = letters(follow_up)
    of = {
        each.name: [text for text in (each.name, each.org_number, each.file) if text] for each in follow_up.respondents
    }
    assert all(
        f"Vi på {name} har en egen policy." in text(made[name]) for name in list(made)[:2] if "Tomma" not in name
    )
    for name, document in made.items():
        with zipfile.ZipFile(BytesIO(document.to_docx())) as package:
            whole = " ".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
        for other, secrets in of.items():
            if other != name:
                assert not [secret for secret in secrets if secret in whole + document.to_html()]
        assert "trasig" not in whole


def test_a_letter_is_a_pure_function_of_what_is_open(follow_up: FollowUp) -> None:
    """The same collection gives the same bytes."""
    one, two = letters(follow_up), letters(follow_up)
    assert {name: d.to_docx() for name, d in one.items()} == {name: d.to_docx() for name, d in two.items()}


def test_what_is_decided_is_not_asked(tmp_path: Path) -> None:
    """When persons have decided everything there is no letter; when they have decided one answer it is not in it."""
    sent = form(LOU)
    one, two, _ = good(sent)
    damaged_one = m.free_text_in_dropdown(
        filled(sent, one, {"LEV.headcount": "tio"}), sent.first("yes-no-partly"), "Ja?"
    )
    result = lay_in(tmp_path, {"ett.docx": damaged_one, "två.docx": filled(sent, two)})
    assert list(letters(gather(result, sent))) == [one.name]
    settle(result, sent)
    assert letters(gather(result, sent)) == {}


def without(sent: Form, question: str) -> bytes:
    """Give a form in which one question is not answered."""
    one = next(good(sent))
    return m.fill(sent.data, {name: answer for name, answer in one.answers.items() if name != question})


ASKED: dict[str, tuple[Callable[[Form, bytes], bytes], str, str]] = {
    "choice": (lambda s, d: m.free_text_in_dropdown(d, s.first("yes-no-partly"), "Ja?"), "inget av alternativen",
               "Välj ett av alternativen: Ja, Nej, Delvis, Ej tillämpligt."),
    "number": (lambda _, d: m.fill(d, {"LEV.headcount": "tio"}), "inte att läsa som ett tal",
               "Skriv talet med siffror."),
    "date": (lambda _, d: m.free_text_in_date(d, "LEV.date", "i våras"), "inte att läsa som ett datum",
             "Skriv datumet som 2026-11-02."),
    "org-number": (lambda _, d: m.fill(d, {"LEV.org_number": "559999-1001"}), "inget riktigt organisationsnummer",
                   "Skriv organisationsnumret med tio siffror."),
    "cell": (lambda s, d: m.fill(d, {s.cells()[0]: "ca 12"}), "inte att läsa som ett tal",
             "Skriv antalet med siffror: 0 om det inte finns någon, 1–4 om det är från en till fyra personer."),
    "beside": (lambda _, d: m.text_beside_control(d, "LEV.contact_role", "eller vd"), "Text står bredvid svarsfältet.",
               "Skriv hela svaret i fältet."),
    "deleted": (lambda _, d: m.row_deleted(d, "LEV.contact"), "Frågan finns inte kvar i er fil.",
                "Svara på frågan i en fil där den finns kvar."),
    "half": (lambda s, _: m.placeholder_half_overwritten(without(s, "LEV.contact"), "LEV.contact", "växeln"),
             "Vi är inte säkra", "Skriv svaret på nytt i fältet, utan hjälptexten."),
    "tick": (lambda _, d: m.checkbox_disagrees(d, "INT.declaration", checked=False), "stämmer inte överens",
             "Skriv i fältet det svar som gäller. Kryssa i rutan om ni lämnar försäkran."),
    "unanswered": (lambda _, d: m.fill(d, {"INT.declaration": False}), "Frågan ska besvaras men är tom.",
                   "Kryssa i rutan om ni lämnar försäkran."),
    "loose": (lambda _, d: m.paragraph_typed_between(d, "INT.declaration", "Vi har en policy."), "Vi har en policy.",
              "Skriv texten i fältet för den fråga som den hör till, eller ta bort den."),
}  # fmt: skip


@pytest.mark.parametrize("case", ASKED)
def test_each_thing_is_asked_for_in_its_own_way(case: str, tmp_path: Path) -> None:
    """What was done to a form is told in plain words, with what the supplier shall do about it."""
    sent = form(LOU)
    change, seen, to_do = ASKED[case]
    one = next(good(sent))
    [document] = letters(gather(lay_in(tmp_path, {"ett.docx": change(sent, filled(sent, one))}), sent)).values()
    matching = [row for row in rows(document) if seen in row[1]]
    assert matching, rows(document)
    assert to_do in matching[0][2]
    assert "{" not in text(document)


def test_a_table_whose_cells_lack_the_same_shares_a_row(tmp_path: Path) -> None:
    """Cells that the supplier wrote alike in stand together, each with its id."""
    sent = form(LOU)
    one = next(good(sent))
    cells = sent.cells()[:3]
    data = filled(sent, one, dict.fromkeys(cells, "ca 12"))
    [document] = letters(gather(lay_in(tmp_path, {"ett.docx": data}), sent)).values()
    [row] = [row for row in rows(document) if "ca 12" in row[1]]
    assert all(f"[{cell}]" in row[0] for cell in cells)


def test_what_the_supplier_wrote_is_data(tmp_path: Path) -> None:
    """Markup and template signs stand as they were written, a long text is cut, and no sign turns the line around."""
    sent = form(LOU)
    one = next(good(sent))
    wrote = "<b>&amp;</b> {{ 7*7 }} {% x %} \u202eABC\u202c " + "lång text " * 60
    data = m.free_text_in_dropdown(filled(sent, one), sent.first("yes-no-partly"), wrote)
    [document] = letters(gather(lay_in(tmp_path, {"ett.docx": data}), sent)).values()
    for way in FORMS:
        said = text(document, way)
        assert "<b>&amp;</b> {{ 7*7 }} {% x %} ABC lång text" in said
        assert "\u202e" not in said
        assert max(map(len, re.findall(r"(?:lång text )+", said))) < SHOWN


# --- the law ----------------------------------------------------------------------------------------------------


def test_the_request_rests_on_the_act(follow_up: FollowUp) -> None:
    """The letter cites what lets the authority ask, where the act has it, and equal treatment, where it was seen."""
    said = text(next(iter(letters(follow_up).values()))).replace("\u00a0", " ")
    cited = {
        "LOU": ["med stöd av 4 kap. 9 § lagen om offentlig", "enligt 4 kap. 1 § lagen", "ingen förhandling", "i sak"],
        "LOV": ["med stöd av 6 kap. 2 § lagen om valfrihetssystem", "enligt 1 kap. 2 § lagen", "en ny ansökan"],
        "LOU-19A": ["Vi behandlar leverantörer på ett likvärdigt", "ingen förhandling"],
    }[follow_up.selection.regime]
    assert [part for part in cited if part not in said] == []
    assert "Brevet är ingen bedömning." in said
    assert "senast den 23 mars 2026" in said
    if follow_up.selection.regime == "LOU-19A":
        assert "med stöd av" not in said
        assert " kap. " not in said
    if follow_up.selection.regime == "LOV":
        assert "anbud" not in said.lower()


def test_each_provision_says_what_it_is_cited_for(shared_law: Path) -> None:
    """The acts' own texts have the provisions, and they are about what the documents say of them."""
    lines = shared_law.read_text(encoding="utf-8").splitlines()[1:]
    texts = {f"{act} {provision}": body for act, _, provision, _, body in (line.split("\t")[:5] for line in lines)}
    for citation in CLARIFICATION.values():
        assert re.search("förtydliga", texts[citation]), citation
    for citation in DOCUMENTATION.values():
        assert "löpande dokumentera genom" in texts[citation], citation
    assert "ska godkänna samtliga sökande" in texts[APPROVAL["LOV"]]
    assert "tilldelningskriterierna i prioritetsordning" in texts[PRIORITY]


@pytest.mark.parametrize("regime", get_args(RegimeId))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_regime_has_a_letter(regime: RegimeId, language: Language, tmp_path: Path) -> None:
    """A letter can be written under each regime, and only those with a provision cite one for the request."""
    sent = form(LOU)
    one = next(good(sent))
    other = sent.selection.model_copy(update={"regime": regime})
    result = lay_in(tmp_path, {"ett.docx": filled(sent, one, {"LEV.headcount": "tio"})})
    [document] = letters(gather(result, Form(other, sent.manifest, sent.data)), language).values()
    said = text(document)
    assert (("med stöd av" if language == "sv" else "is made under") in said) == (regime in CLARIFICATION)
    assert "{" not in said


def test_an_annual_follow_up_rests_on_the_contract(tmp_path: Path) -> None:
    """The letter about a follow-up speaks of the contract, and not of tenders, acts or negotiation."""
    sent = form(LOU, "annual-follow-up", 2026)
    data = m.fill(sent.data, {"LEV.name": "Städ Alfa AB", "LEV.headcount": "tio"})
    [document] = letters(gather(lay_in(tmp_path, {"ett.docx": data}), sent)).values()
    said = text(document)
    assert "enligt avtalets villkor om uppföljning" in said
    assert "för 2026" in said
    assert not re.search(r"anbud|med stöd av|kap\.|förhandling", said)


def test_without_a_last_day_it_asks_for_a_reply_soon(follow_up: FollowUp) -> None:
    """Where no day is given the letter says so in words."""
    said = text(next(iter(letters(follow_up, "sv", None).values())))
    assert "Svara senast: så snart ni kan" in said
    assert "None" not in said


def test_forms_about_different_parts_share_a_letter(tmp_path: Path) -> None:
    """A supplier that has sent two forms that both count gets one letter, with a table for each file."""
    sent = form(LOV)
    one = next(good(sent))
    parts = [name for name in sent.manifest.fields if name.startswith("LEV.part.")]
    forms = {
        f"{key}.docx": filled(sent, one, {"LEV.headcount": "tio", **{part: part == name for part in parts}})
        for key, name in zip(("ett", "två"), parts, strict=False)
    }
    [document] = letters(gather(lay_in(tmp_path, forms), sent)).values()
    assert len([row for row in rows(document) if "LEV.headcount" in row[0]]) == 2
    assert all(name in text(document) for name in forms)


def test_libreoffice_shows_all_of_it(follow_up: FollowUp, soffice: list[str], tmp_path: Path) -> None:
    """LibreOffice opens every letter and makes a PDF of a few pages."""
    paths = []
    for number, document in enumerate(letters(follow_up).values()):
        paths.append(tmp_path / f"{number}.docx")
        document.save(paths[-1])
    command = [*soffice, "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, paths)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    assert all(path.with_suffix(".pdf").stat().st_size > 5_000 for path in paths)
