"""The evaluation record: what answers show beside what persons judged, points by the scale, and nothing left unsaid."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import get_args

import pytest
from lxml import html
from word_parts import LANGUAGES, W, cell_texts, fold, open_package, required, text_of

from collected import DIRECT, LOU, LOV, ROLE, Form, filled, form, gather, good, judge, lay_in, m, settle
from conftest import validator_errors
from procurement_equality import Document
from procurement_equality.answers.follow_up import FollowUp
from procurement_equality.catalogue.law import RegimeId
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.evaluation_record import compose_evaluation_record

FORMS = ("docx", "html")


def text(document: Document, way: str = "docx") -> str:
    """Give all of a document's text."""
    if way == "html":
        return fold("".join(map(str, required(html.document_fromstring(document.to_html()).find("body")).itertext())))
    body = open_package(document.to_docx())["word/document.xml"]
    return fold(" ".join(text_of(paragraph) for paragraph in body.iter(f"{W}p"))).replace("\u00a0", " ")


def tables(document: Document) -> dict[str, list[list[str]]]:
    """Give the rows of each table, without its head, by its caption."""
    body = open_package(document.to_docx())["word/document.xml"]
    found = {}
    for table in body.iter(f"{W}tbl"):
        caption = required(table.find(f"{W}tblPr/{W}tblCaption")).get(f"{W}val")
        found[str(caption)] = [[fold(cell) for cell in cell_texts(row)] for row in table.iter(f"{W}tr")][1:]
    return found


def gathered(folder: Path, example: str, number: int = 3) -> tuple[Path, Form]:
    """Collect forms with nothing to look at."""
    sent = form(example)
    forms = {f"{at}.docx": filled(sent, supplier) for at, supplier in enumerate(good(sent, number))}
    return lay_in(folder, forms), sent


@pytest.fixture(scope="module", params=[LOU, LOV, DIRECT])
def follow_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FollowUp:
    """Give three suppliers' forms under each regime, of which a person has judged one requirement."""
    result, sent = gathered(tmp_path_factory.mktemp("record"), request.param)
    follow_up = gather(result, sent)
    first = follow_up.respondents[0]
    examined = next(each for each in first.assessments if each.award is None)
    judge(result, first.key, examined.requirement, value="partly", reason="Rutinen <saknar> & datum.")
    return gather(result, sent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_sound(follow_up: FollowUp, language: Language, tmp_path: Path) -> None:
    """Microsoft's validator has nothing against the record, it is no form, and the same input gives the same bytes."""
    document = compose_evaluation_record(follow_up, language)
    document.save(tmp_path / "record.docx")
    document.save(tmp_path / "record.html")
    assert validator_errors(tmp_path / "record.docx") == []
    assert not document.is_form
    assert (tmp_path / "record.docx").read_bytes() == compose_evaluation_record(follow_up, language).to_docx()
    assert not re.search(r"[{}]|None\b", text(document))


@pytest.mark.parametrize("way", FORMS)
def test_it_says_what_is_procured_and_what_it_rests_on(follow_up: FollowUp, way: str) -> None:
    """Title, reference, authority, rules, catalogue, digests and every file's checksum are there."""
    said, selection = text(compose_evaluation_record(follow_up, "sv"), way), follow_up.selection
    for part in (
        selection.procurement.title.sv, selection.procurement.reference, selection.procurement.authority.name,
        selection.catalogue.head.version, selection.digest[:12], selection.catalogue.digest[:12],
        *(each.sha256[:12] for each in follow_up.respondents), *(each.file for each in follow_up.respondents),
    ):  # fmt: skip
        assert part in said
    assert all(len(each.sha256) == 64 for each in follow_up.respondents)


def test_requirements_stand_in_the_order_of_the_process(follow_up: FollowUp) -> None:
    """Every clause that is examined has its text and a row for each supplier; conditions are only listed."""
    found = tables(compose_evaluation_record(follow_up, "sv"))
    order = list(follow_up.selection.catalogue.law.kinds)
    examined = [c for c in follow_up.selection.clauses if c.kind != "contract-performance-condition"]
    examined.sort(key=lambda clause: order.index(clause.kind))
    captions = [caption for caption in found if caption.startswith("Prövning av ")]
    assert captions == [f"Prövning av {clause.requirement.id}" for clause in examined]
    for caption in captions:
        assert [row[0] for row in found[caption]] == [each.name for each in follow_up.respondents]
    conditions = found.get("Det som leverantörerna har svarat om villkoren", [])
    assert len(conditions) == len(follow_up.selection.clauses) - len(examined)
    for row in conditions:
        assert sum(map(int, row[1:4])) <= len(follow_up.respondents)


def test_observation_and_judgement_are_in_columns_of_their_own(follow_up: FollowUp) -> None:
    """The judgement has outcome, role, day and reason, as written; the answers' column has none of them."""
    found = tables(compose_evaluation_record(follow_up, "sv"))
    first = follow_up.respondents[0]
    judged = next(each for each in first.assessments if each.judged is not None)
    caption = f"Prövning av {judged.requirement}"
    if caption in found:
        row = found[caption][0]
        assert row[-1].startswith(("Delvis uppfyllt.", "Grund för uteslutning i någon del."))
        assert f"{ROLE}, 9\u00a0mars\u00a02026." in row[-1]
        assert "Rutinen <saknar> & datum." in row[-1]
        assert ROLE not in row[1]
        assert "Rutinen" not in row[1]
        assert all(each.question in row[1] for each in judged.observations if each.answered)
        assert all(row[-1] == "Ingen bedömning av en person." for row in found[caption][1:] if row[1] != "Gäller inte.")


def test_no_supplier_is_put_before_another(follow_up: FollowUp) -> None:
    """Suppliers stand in the order of the collection everywhere, whatever they were given."""
    found = tables(compose_evaluation_record(follow_up, "sv"))
    names = [each.name for each in follow_up.respondents]
    assert names == sorted(names)
    for caption in ("Leverantörer och när deras formulär kom in", "Antal krav per leverantör, efter utfall"):
        assert [row[0] for row in found[caption]] == names


@pytest.mark.parametrize(
    ("language", "foreign"), [("sv", r"anbud|tilldelning|utvärdering|vinnare"), ("en", r"tender|award|evaluat|winner")]
)
def test_a_system_of_choice_has_no_award(language: Language, foreign: str, tmp_path: Path) -> None:
    """Under LOV the record is about applications and approval: no word of tenders, award or winners."""
    result, sent = gathered(tmp_path, LOV, 2)
    document = compose_evaluation_record(gather(result, sent), language)
    said = text(document)
    own = said.partition("Valfrihetssystemet" if language == "sv" else "The system of choice")[0]
    assert not re.search(foreign, own, re.IGNORECASE)
    assert ("Protokoll över prövade ansökningar" if language == "sv" else "Record of examined applications") in said
    assert ("8 kap. 1 §" if language == "sv" else "Chapter 8, Section 1") in said


def test_an_exclusion_ground_is_never_called_met(tmp_path: Path) -> None:
    """A supplier that declares that no ground exists is said to have none; "met" would say the opposite."""
    result, sent = gathered(tmp_path, LOU, 1)
    found = tables(compose_evaluation_record(gather(result, sent), "sv"))
    grounds = [c.requirement.id for c in sent.selection.clauses if c.kind == "exclusion-ground"]
    assert len(grounds) == 3
    for identifier in grounds:
        [row] = found[f"Prövning av {identifier}"]
        assert row[1].startswith("Ingen grund för uteslutning.")


# --- points -----------------------------------------------------------------------------------------------------


def test_points_are_weighed_and_added_up(tmp_path: Path) -> None:
    """Each criterion shows points of most and weighted points; the sum is there only where no points are missing."""
    result, sent = gathered(tmp_path, LOU, 2)
    one, two = gather(result, sent).respondents
    judge(result, one.key, "KOP-03", points="6", reason="Tre områden.")
    judge(result, one.key, "AKT-05", points="4", reason="Plan utan slutdatum.")
    judge(result, two.key, "KOP-03", points="10", reason="Fyra områden.")
    found = tables(compose_evaluation_record(gather(result, sent), "sv"))
    given = {row[0]: row[1:] for row in found["Poäng per leverantör"]}
    assert given[one.name] == ["KOP-03: 6 av 10 AKT-05: 4 av 10", "13", "–"]
    assert given[two.name][1] == "–"
    assert "AKT-05" in given[two.name][2]
    weighted = {row[0]: row[2:4] for row in found["Prövning av KOP-03"]}
    assert weighted == {one.name: ["6 av 10", "9"], two.name: ["10 av 10", "15"]}
    said = text(compose_evaluation_record(gather(result, sent), "sv"))
    assert "Kriterierna här väger 25 procent av hela utvärderingen." in said
    assert "10 poäng:" in said


@pytest.mark.parametrize(
    ("regime", "why"),
    [("LUK", "prioritetsordning (13 kap. 3 § lagen om upphandling av koncessioner"), ("LUK-15", "kräver inte")],
)
def test_no_sum_where_criteria_are_not_weighed(regime: RegimeId, why: str, tmp_path: Path) -> None:
    """Where the rules rank by priority, or not at all, no points are added up, and the record says why."""
    result, sent = gathered(tmp_path, LOU, 1)
    settle(result, sent)
    selection = sent.selection.model_copy(update={"regime": regime})
    document = compose_evaluation_record(gather(result, Form(selection, sent.manifest, sent.data)), "sv")
    assert why in text(document).replace("inte kräver", "kräver inte")
    [row] = tables(document)["Poäng per leverantör"]
    assert row[2] == "–"


@pytest.mark.parametrize("regime", get_args(RegimeId))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_regime_has_a_record(regime: RegimeId, language: Language, tmp_path: Path) -> None:
    """A record can be written under each regime."""
    result, sent = gathered(tmp_path, DIRECT, 1)
    selection = sent.selection.model_copy(update={"regime": regime})
    follow_up = gather(result, Form(selection, sent.manifest, sent.data))
    assert sent.selection.procurement.reference in text(compose_evaluation_record(follow_up, language))


# --- what is open -----------------------------------------------------------------------------------------------


def test_what_nobody_has_decided_is_listed(tmp_path: Path) -> None:
    """Unclear answers, points that nobody gave, shortcomings that nobody judged, and unreadable files are all open."""
    sent = form(LOU)
    one = next(good(sent))
    data = filled(sent, one, {"LEV.headcount": "tio", "UTE-02.declaration": False})
    result = lay_in(tmp_path, {"ett.docx": data, "trasig.docx": b"PK\x03\x04"})
    document = compose_evaluation_record(gather(result, sent), "sv")
    listed = [" ".join(row) for row in tables(document)["Det som ska avgöras"]]
    for part in ("KOP-03", "AKT-05", "UTE-02", "LEV.headcount", "trasig.docx"):
        assert any(part in row for row in listed), part
    assert f"Protokollet är inte färdigt. {len(listed)} frågor är öppna" in text(document)


def test_when_all_is_decided_it_says_so(tmp_path: Path) -> None:
    """With every question settled by a person the record says that none is open, first and in its own section."""
    result, sent = gathered(tmp_path, LOU, 2)
    settle(result, sent)
    document = compose_evaluation_record(gather(result, sent), "sv")
    assert "Det som ska avgöras" not in tables(document)
    assert text(document).count("Inga frågor är öppna.") == 2
    assert "inte färdigt" not in text(document)


def test_points_off_the_scale_are_open(tmp_path: Path) -> None:
    """Points that are no step of the scale do not count, and the record says that they are not on it."""
    result, sent = gathered(tmp_path, LOU, 1)
    judge(result, gather(result, sent).respondents[0].key, "KOP-03", points="7", reason="Mellan två steg.")
    document = compose_evaluation_record(gather(result, sent), "sv")
    [row] = [row for row in tables(document)["Det som ska avgöras"] if "KOP-03" in row[1]]
    assert row[2] == "Poängen som har angetts finns inte i skalan."


def test_nothing_came_in(tmp_path: Path) -> None:
    """A record without forms says so and is sound."""
    sent = form(LOU)
    document = compose_evaluation_record(gather(lay_in(tmp_path, {}), sent), "sv")
    assert "Inget formulär har kommit in." in text(document)
    document.save(tmp_path / "record.docx")
    assert validator_errors(tmp_path / "record.docx") == []


def test_annual_follow_ups_are_not_evaluated(tmp_path: Path) -> None:
    """A form of the contract's follow-up in the same folder has no part in the record."""
    sent, later = form(LOU), form(LOU, "annual-follow-up", 2026)
    one = next(good(sent))
    forms = {"ett.docx": filled(sent, one), "senare.docx": m.fill(later.data, {"LEV.name": "Uppföljd AB"})}
    said = text(compose_evaluation_record(gather(lay_in(tmp_path, forms), sent), "sv"))
    assert one.name in said
    assert "Uppföljd AB" not in said
    assert "senare.docx" not in said


@pytest.mark.parametrize("way", FORMS)
def test_what_suppliers_wrote_is_data(way: str, tmp_path: Path) -> None:
    """Markup, template signs and a name that turns the line around stand as text; contacts are not in the record."""
    sent = form(LOU)
    one = next(good(sent))
    wrote = {"UTE-01.circumstances": "<script>1</script> {{ 7*7 }} \u202eABC", "LEV.name": "A & <B> \u202eAB"}
    result = lay_in(tmp_path, {"ett.docx": filled(sent, one, {**wrote, "LEV.contact": "namn@exempel.se"})})
    said = text(compose_evaluation_record(gather(result, sent), "sv"), way)
    assert "<script>1</script> {{ 7*7 }} ABC" in said
    assert "A & <B> AB" in said
    assert "namn@exempel.se" not in said
    assert "\u202e" not in said


def test_many_suppliers(tmp_path: Path) -> None:
    """Thirty suppliers are within what a template may write."""
    result, sent = gathered(tmp_path, LOU, 30)
    document = compose_evaluation_record(gather(result, sent), "sv")
    assert len(tables(document)["Prövning av UTE-01"]) == 30


def test_libreoffice_shows_it(follow_up: FollowUp, soffice: list[str], tmp_path: Path) -> None:
    """LibreOffice opens the record and makes a PDF."""
    path = tmp_path / "record.docx"
    compose_evaluation_record(follow_up, "sv").save(path)
    command = [*soffice, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    assert path.with_suffix(".pdf").stat().st_size > 10_000
