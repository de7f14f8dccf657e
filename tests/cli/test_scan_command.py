"""The command scan: our own documents hold every clause and give no objection; others' say what is wrong, and where."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pytest

from conftest import ROOT, selected
from procurement_equality import Catalogue, Selection, compose
from procurement_equality.answers.scan import Context, Scanned, Scanner
from procurement_equality.answers.tender_document.reading import read_tender_document
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.scan_settings import scan_settings

pytest.importorskip("sklearn", reason="the extra scan is not installed")

CLEANING = ROOT / "examples" / "stadtjanst-lou.yaml"


def _run(*arguments: str | Path, lang: str = "sv") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "procurement_equality", "scan", *map(str, arguments)],
        env={**os.environ, "PROCUREMENT_EQUALITY_LANG": lang, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def _document(path: Path, *paragraphs: str) -> Path:
    """Write a Word file: a text that begins with # is a heading."""
    document = docx.Document()
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text[2:], 1)
        else:
            document.add_paragraph(text)
    document.save(str(path))
    return path


def _context(selection: Selection) -> Context:
    ids = frozenset(clause.requirement.id for clause in selection.clauses)
    authority = selection.procurement.authority.type
    return Context(selection.catalogue, selection.procurement.date, selection.regime, authority, ids)


def _scan(catalogue: Catalogue, path: Path) -> Scanned:
    scanner = Scanner(Context(catalogue, datetime.date(2026, 11, 23), "LOU", "municipality"))
    return scanner.scan(read_tender_document(path))


def _codes(scanned: Scanned) -> set[str]:
    return {objection.finding.code for objection in scanned.objections}


def test_our_own_section_holds_every_clause_and_nothing_to_object_to(example: Path, tmp_path: Path) -> None:
    """Every clause of an example's tender section is found in it, and no rule has an error or a warning."""
    selection = selected(example)
    compose(selection, "tender-section", "sv").save(tmp_path / "krav.docx")
    scanned = Scanner(_context(selection)).scan(read_tender_document(tmp_path / "krav.docx"))
    assert {clause.requirement.id for clause in selection.clauses} - scanned.ids == set()
    grave = [each for each in scanned.objections if each.finding.severity != "information"]
    assert [(each.finding.code, each.paragraph.text) for each in grave] == []


def test_the_english_section_is_compared_in_english(cleaning: Selection, tmp_path: Path) -> None:
    """A document in English is told from one in Swedish, and its clauses are found."""
    compose(cleaning, "tender-section", "en").save(tmp_path / "requirements.docx")
    scanned = Scanner(_context(cleaning)).scan(read_tender_document(tmp_path / "requirements.docx"))
    assert scanned.language == "en"
    assert {clause.requirement.id for clause in cleaning.clauses} - scanned.ids == set()


def test_what_is_wrong_in_a_document_is_told_with_its_place(catalogue: Catalogue, tmp_path: Path) -> None:
    """A word of a repealed act, and a word without a measure, are found in the paragraph that has them."""
    path = _document(
        tmp_path / "gammalt.docx",
        "# Krav",
        "Leverantören ska ha en jämställdhetsplan som lämnas till beställaren.",
        "Leverantören ska löpande visa hur diskriminering motverkas.",
        "Leverantören ska följa jämställdhetslagen (1991:433).",
    )
    found = {each.finding.code: each.paragraph for each in _scan(catalogue, path).objections}
    assert found["term.jamstalldhetsplan"].number == 2
    assert found["term.jamstalldhetsplan"].heading == "Krav"
    assert found["verif.vague"].number == 3
    assert found["term.old-acts"].number == 4


def test_the_ordinance_does_not_bind_a_municipality(catalogue: Catalogue, tmp_path: Path) -> None:
    """A municipality's document that says that the ordinance requires its condition is objected to."""
    text = "Enligt förordningen (2006:260) ska kommunen ställa följande villkor mot diskriminering."
    assert "ad.voluntary-municipal" in _codes(_scan(catalogue, _document(tmp_path / "a.docx", "# Villkor", text)))


def test_a_right_to_choose_staff_is_objected_to_though_it_obliges_nobody(catalogue: Catalogue, tmp_path: Path) -> None:
    """What somebody is let to do is read too, by the rules that object to a choice; a heading lets nobody."""
    path = _document(
        tmp_path / "k.docx",
        "# Önskemål om personalens ursprung",
        "Den enskilde har rätt att välja bort personal på grund av hudfärg.",
        "Den enskilde får välja personal utifrån kön.",
        "Den enskilde har rätt att välja vilken dag städningen görs.",
    )
    found = [(objection.finding.code, objection.paragraph.number) for objection in _scan(catalogue, path).objections]
    assert found == [("discrimination.origin-choice", 2), ("discrimination.sex-choice", 3)]


def test_vague_words_are_objected_to_only_where_something_is_required(catalogue: Catalogue, tmp_path: Path) -> None:
    """Prose about the municipality, and vague words about something else than equality, are left alone."""
    path = _document(
        tmp_path / "prosa.docx",
        "Kommunen arbetar aktivt för jämställdhet och strävar efter god service.",
        "Leverantören ska löpande hålla lokalerna i gott skick.",
    )
    assert "verif.vague" not in _codes(_scan(catalogue, path))


def test_an_obligation_that_nothing_follows_up_is_found(catalogue: Catalogue, tmp_path: Path) -> None:
    """An obligation about equality with nothing nearby on how it is shown is found once in its section."""
    bare = ["# Krav", "Leverantören ska motverka diskriminering av resenärer.", "Leverantören ska vara jämställd."]
    found = [
        o for o in _scan(catalogue, _document(tmp_path / "a.docx", *bare)).objections if "follow" in o.finding.code
    ]
    assert [(each.finding.severity, each.paragraph.number) for each in found] == [("warning", 2)]
    shown = [*bare, "Det redovisas skriftligt varje år."]
    assert "scan.no-follow-up" not in _codes(_scan(catalogue, _document(tmp_path / "b.docx", *shown)))
    elsewhere = _scan(catalogue, _document(tmp_path / "c.docx", *bare, "# Uppföljning", "Möten hålls."))
    assert {o.finding.severity for o in elsewhere.objections if "follow" in o.finding.code} == {"information"}


def test_what_the_law_demands_of_others_is_no_obligation(catalogue: Catalogue, tmp_path: Path) -> None:
    """A paragraph that tells what employers must do by law requires nothing of the supplier, so nothing is missing."""
    text = "En arbetsgivare får inte missgynna en arbetstagare av skäl som har samband med etnisk tillhörighet."
    assert _scan(catalogue, _document(tmp_path / "a.docx", text)).objections == ()


def test_the_settings_name_rules_about_texts() -> None:
    """Every code under `rules` in scan.yaml is a rule that examines texts, with one answer to where and how far."""
    rules = scan_settings().rules
    where, how_far = [*rules.anywhere, *rules.sentences, *rules.never], [*rules.whole_section, *rules.whole_document]
    assert len(where) == len(set(where))
    assert len(how_far) == len(set(how_far))
    codes = [*where, *how_far]
    assert [code for code in codes if code not in BY_CODE or BY_CODE[code].of_texts is None] == []


def test_a_procurement_says_what_is_lacking(tmp_path: Path) -> None:
    """With --for, what the document lacks is counted against the procurement's requirements; 0 means no objection."""
    text = (
        "Leverantören ska senast tre månader efter avtalsstart ha skriftliga riktlinjer och rutiner mot trakasserier, "
    )
    text += (
        "sexuella trakasserier och repressalier, och visa dem för beställaren. De gäller personal som utför kontraktet."
    )
    path = _document(tmp_path / "a.docx", text)
    done = _run(path, "--for", CLEANING, "--json")
    assert done.returncode == 0, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    assert [match["id"] for match in data["documents"][0]["contains"]] == ["TRA-01"]
    lacking = {each["id"] for each in data["lacks"]}
    assert "LON-01" in lacking
    assert "TRA-01" not in lacking
    assert len(lacking) == data["compared_with"] - 1


def test_a_folder_is_scanned_whole(tmp_path: Path) -> None:
    """Every document in it is told; one that cannot be read gives 2 and is named, and temporary files are said."""
    _document(tmp_path / "bra.docx", "Beskrivning av uppdraget.")
    (tmp_path / "~$bra.docx").write_bytes(b"x")
    (tmp_path / "priser.xlsx").write_bytes(b"x")
    inner = tmp_path / "bilagor"
    inner.mkdir()
    (inner / "trasig.docx").write_bytes(b"PK\x03\x04 damaged")
    done = _run(tmp_path)
    assert done.returncode == 2
    assert "bra.docx" in done.stdout
    assert "~$bra.docx: hoppades över, tillfällig fil." in done.stdout
    assert "priser.xlsx: hoppades över" in done.stdout
    assert "trasig.docx: file.document" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("lang", "words"), [("sv", "säger inte att ett dokument är lagligt"), ("en", "not say that a")]
)
def test_it_never_says_that_a_document_is_lawful(tmp_path: Path, lang: str, words: str) -> None:
    """Every answer ends with what the comparison cannot say, in the language of the run."""
    path = _document(tmp_path / "a.docx", "Leverantören ska ha en jämställdhetsplan.")
    done = _run(path, lang=lang)
    assert done.returncode == 1
    assert words in done.stdout
    assert "term.jamstalldhetsplan" in done.stdout


def test_what_a_sector_lacks_is_listed(tmp_path: Path) -> None:
    """With --sector the requirements of that sector are what a document may lack; a name that is none is refused."""
    path = _document(tmp_path / "a.docx", "Beskrivning av uppdraget.")
    done = _run(path, "--sector", "cleaning", "--level", "basic", "--json")
    lacking = {each["id"] for each in json.loads(done.stdout)["lacks"]}
    assert "ARB-13" in lacking
    assert "MIN-01" not in lacking
    assert _run(path, "--sector", "rymdfart").returncode == 2


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    """Nothing to scan is no success."""
    done = _run(tmp_path)
    assert done.returncode == 2
    assert "file.scan-none" in done.stderr
