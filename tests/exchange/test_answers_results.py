"""A whole collect: what lies in the result folder, and that what persons decide is never lost."""

from __future__ import annotations

import csv
import datetime
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "answers"))

from incoming import NUMBERS, REQUIRED, form, lay, selection

from conftest import validator_errors
from procurement_equality.answers.assessment.judging import judgements
from procurement_equality.answers.collecting.collect import collect
from procurement_equality.answers.collecting.decisions import decided_values, read_decisions, with_decisions
from procurement_equality.answers.collecting.ledger import Standing
from procurement_equality.answers.collecting.received import Arrival, Expected
from procurement_equality.answers.manifest import FieldType
from procurement_equality.answers.response import Source, Status
from procurement_equality.catalogue.text import Language
from procurement_equality.exchange.collection_tables import WORDS
from procurement_equality.exchange.deciding import decide
from procurement_equality.exchange.publication import Summary, Wanted
from procurement_equality.exchange.results import collect_into, read_statistics
from procurement_equality.exchange.schema import schema
from procurement_equality.findings import FormError, OutputError

calamine = pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

NOW = datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)
WANTED = Wanted(now=NOW, selection=selection())
ASKS: dict[str, str | bool] = {
    **REQUIRED,
    "AKT-08.groups": "ungefär tolv",
    "STY-01.contact": "=1+1",
    "STY-01.appointed": "yes",
}
"""One answer that needs a person."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a folder with a form that needs a person, one that does not, and a file that is none."""
    files = {
        "alfa.docx": form("Omsorg Alfa AB", ASKS, NUMBERS[0]),
        "beta.docx": form("Omsorg Beta AB", REQUIRED, NUMBERS[1]),
        "gamma.pdf": b"%PDF-1.4",
    }
    return lay(tmp_path / "in", files, modified=1_775_000_000)


def run(source: Path, wanted: Wanted = WANTED) -> Summary:
    """Collect into the folder beside the source."""
    return collect_into(source, source.parent / "ut", wanted, jobs=1)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Read a workbook."""
    book = calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def named(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Give rows by their headings."""
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]


def write_in(path: Path, sheet: str, where: Mapping[str, str], what: Mapping[str, object]) -> None:
    """Write in the row of a sheet as a person does in Excel: everything else stays; rows are sorted anew."""
    read = sheets(path)
    header, *rows = read[sheet]
    for row in rows:
        if all(str(row[header.index(key)]) == value for key, value in where.items()):
            for heading, value in what.items():
                row[header.index(heading)] = value
            break
    else:
        raise KeyError(where)
    read[sheet] = [header, *reversed(rows)]
    save(path, read)


def save(path: Path, read: Mapping[str, list[list[Any]]]) -> None:
    """Save sheets as another program does."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        for name, rows in read.items():
            made = book.add_worksheet(name)
            for number, row in enumerate(rows):
                made.write_row(number, 0, row)


HAND, QUESTION = "Att kontrollera", {"Fråga": "AKT-08.groups"}
DECIDED = {
    "Beslutat värde": 12,
    "Beslutat av (roll)": "upphandlingsstrateg",
    "Skäl": "Leverantören svarade per telefon.",
}


def test_the_result_folder_holds_everything(source: Path) -> None:
    """Numbers in are numbers out, in every file."""
    summary = run(source, replace(WANTED, parquet=True))
    assert summary.files == {"counts": 2, "refused": 1}
    assert summary.needs_a_person
    assert summary.written == (
        "answers.csv", "collection.xlsx", "parquet/answers-0001.parquet", "parquet/files-0001.parquet",
        "responses.jsonl", "statistics.json", "to-check.jsonl",
    )  # fmt: skip
    into = source.parent / "ut"
    read = sheets(into / "collection.xlsx")
    assert list(read) == ["Att kontrollera", "Inkommet och saknat", "Bedömning", "Statistik", "Svar"]
    with (into / "answers.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(read["Svar"]) - 1
    assert {row["supplier"] for row in rows} == {"Omsorg Alfa AB", "Omsorg Beta AB"}
    (contact,) = [r for r in rows if r["question"] == "STY-01.contact" and r["supplier"] == "Omsorg Alfa AB"]
    assert (contact["typed"], contact["status"]) == ("'=1+1", "ok")
    assert [row["Fil"] for row in named(read["Inkommet och saknat"])] == ["alfa.docx", "beta.docx", "gamma.pdf"]
    assert read_statistics(into).suppliers == 2


def test_the_hand_list_says_who_what_and_why(source: Path) -> None:
    """A row for each thing that needs a person, with the question's text and what was found, in words."""
    run(source)
    rows = named(sheets(source.parent / "ut" / "collection.xlsx")[HAND])
    by_question = {(row["Fil"], row["Fråga"]): row for row in rows}
    assert set(by_question) == {("gamma.pdf", ""), ("alfa.docx", "AKT-08.groups")}
    asked = by_question["alfa.docx", "AKT-08.groups"]
    assert (asked["Leverantör"], asked["Inskrivet"]) == ("Omsorg Alfa AB", "ungefär tolv")
    assert asked["Frågans text"]
    assert "går inte att läsa" in asked["Vad som hittades"]
    assert "PDF" in by_question["gamma.pdf", ""]["Vad som hittades"]
    lines = (source.parent / "ut" / "to-check.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["question"] for line in lines] == [row["Fråga"] for row in rows]


@pytest.mark.parametrize(("language", "sheet"), [("sv", "Svar"), ("en", "Answers")])
def test_the_workbook_speaks_one_language(source: Path, language: Language, sheet: str) -> None:
    """Sheets and headings are in the language that was asked for, and decisions are read in either."""
    run(source, replace(WANTED, language=language))
    assert sheet in sheets(source.parent / "ut" / "collection.xlsx")
    assert run(source, replace(WANTED, language="sv")).findings == ()


def test_every_code_has_a_word() -> None:
    """Statuses, types, sources, standings and arrivals are words in the workbook, in both languages."""
    codes = {*get_args(Standing), *get_args(Arrival)}
    codes |= {f"type {kind}" for kind in get_args(FieldType)} | {f"source {source}" for source in get_args(Source)}
    codes |= set(get_args(Status))
    assert codes <= set(WORDS)


def test_every_response_is_a_line_that_its_schema_accepts(source: Path) -> None:
    """Records and responses are what the published schemas say."""
    run(source)
    into = source.parent / "ut"
    lines = [json.loads(line) for line in (into / "responses.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["file"], line["standing"]) for line in lines] == [("alfa.docx", "counts"), ("beta.docx", "counts")]
    for line in lines:
        assert not list(Draft202012Validator(schema("response")).iter_errors(line["response"]))
    for text in (into / "records" / "0001.jsonl").read_text(encoding="utf-8").splitlines():
        assert not list(Draft202012Validator(schema("file-record")).iter_errors(json.loads(text)))


def test_a_decision_in_the_workbook_survives_and_counts(source: Path) -> None:
    """It is kept with who, when and why, stands in the workbook again, and reaches every file beside the original."""
    assert run(source).to_check == 2
    book = source.parent / "ut" / "collection.xlsx"
    write_in(book, HAND, QUESTION, DECIDED)
    for expected in (1, 0):
        summary = run(source)
        assert (summary.to_check, summary.decisions, summary.new_decisions) == (1, 1, expected)
    (row,) = [row for row in named(sheets(book)[HAND]) if row["Fråga"] == "AKT-08.groups"]
    assert (row["Beslutat värde"], row["Datum"], row["Inskrivet"]) == ("12", NOW.date(), "ungefär tolv")
    with (source.parent / "ut" / "answers.csv").open(encoding="utf-8-sig", newline="") as stream:
        (told,) = [r for r in csv.DictReader(stream) if r["decided_value"]]
    assert (told["typed"], told["value"], told["decided_value"]) == ("ungefär tolv", "", "12")
    assert (told["decided_by"], told["decided_on"]) == ("upphandlingsstrateg", "2026-04-01")
    with collect(None, source.parent / "ut") as collection:
        decisions = read_decisions(collection.folder.decisions)
        response = next(r for _, r, _ in collection.responses() if r.file == "alfa.docx")
    assert decided_values(response, decisions) == {"AKT-08.groups": 12}
    counted = with_decisions(response, decisions).by_question["AKT-08.groups"]
    assert (counted.value, counted.status, counted.typed) == (12, "ok", "ungefär tolv")


def test_a_decision_can_be_changed_and_taken_back(source: Path) -> None:
    """Each is a new line in the record, so that it can be seen what was decided before."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    write_in(book, HAND, QUESTION, DECIDED)
    run(source)
    write_in(book, HAND, QUESTION, {"Beslutat värde": "13"})
    assert run(source).new_decisions == 1
    write_in(book, HAND, QUESTION, dict.fromkeys(("Beslutat värde", "Beslutat av (roll)", "Datum", "Skäl"), ""))
    summary = run(source)
    assert (summary.new_decisions, summary.decisions, summary.to_check) == (1, 0, 2)
    lines = (source.parent / "ut" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [(line.get("value"), line.get("withdrawn")) for line in told] == [("12", None), ("13", None), (None, True)]
    assert run(source).new_decisions == 0


def test_a_changed_answer_asks_anew_and_shows_the_old_decision(source: Path) -> None:
    """A decision is about what was written; another answer is not settled by it."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    write_in(book, HAND, QUESTION, DECIDED)
    run(source)
    lay(source, {"alfa.docx": form("Omsorg Alfa AB", {**ASKS, "AKT-08.groups": "kanske tio"}, NUMBERS[0])})
    assert run(source).to_check == 2
    (row,) = [row for row in named(sheets(book)[HAND]) if row["Fråga"] == "AKT-08.groups"]
    assert row["Beslutat värde"] == ""
    assert "gällde ett tidigare svar" in row["Vad som hittades"]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({**DECIDED, "Beslutat värde": "många"}, "collect.decision-value"),
        ({**DECIDED, "Beslutat av (roll)": ""}, "collect.decision-no-role"),
        ({**DECIDED, "Skäl": ""}, "collect.decision-no-reason"),
        ({**DECIDED, "Datum": "i går"}, "collect.decision-date"),
    ],
)
def test_a_decision_that_cannot_count_is_a_finding_with_its_cell(
    source: Path, what: dict[str, object], code: str
) -> None:
    """It stays as the person wrote it, counts for nothing, and is told at each run until it is mended."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    write_in(book, HAND, QUESTION, what)
    for _ in range(2):
        summary = run(source)
        (finding,) = summary.findings
        assert finding.code == code
        assert str(finding.path).startswith("collection.xlsx!Att kontrollera!")
        assert (summary.to_check, summary.decisions) == (2, 0)
    (row,) = [row for row in named(sheets(book)[HAND]) if row["Fråga"] == "AKT-08.groups"]
    assert {key: str(row[key]) for key in what} == {key: str(value) for key, value in what.items()}
    write_in(book, HAND, QUESTION, {"Datum": "", **DECIDED})
    assert run(source).findings == ()


def test_a_workbook_that_cannot_be_read_is_not_overwritten(source: Path) -> None:
    """Whatever became of it, it stays until --force, and then a copy is kept."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    read = sheets(book)
    without_column = {HAND: [row[:-1] for row in read[HAND]]}
    damages: list[bytes | dict[str, list[list[Any]]]] = [
        b"hej",
        b"",
        book.read_bytes()[:2_000],
        {"Blad1": [["a"]]},
        without_column,
    ]
    for number, damage in enumerate(damages):
        save(book, damage) if isinstance(damage, dict) else book.write_bytes(damage)
        before = book.read_bytes()
        (finding,) = run(source).findings
        assert (finding.code, book.read_bytes()) == ("collect.workbook-unreadable", before)
        later = replace(WANTED, now=NOW + datetime.timedelta(minutes=number), force=True)
        assert len(run(source, later).findings) == 1
        assert sheets(book)[HAND] == read[HAND]
        assert (book.parent / f"collection-20260401-12{number:02}00.xlsx").read_bytes() == before


@pytest.mark.parametrize("mark", ["~$collection.xlsx", ".~lock.collection.xlsx#"])
def test_a_workbook_that_is_open_is_not_overwritten(source: Path, mark: str) -> None:
    """What is saved in it is taken in; the workbook stays as it is."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    write_in(book, HAND, QUESTION, DECIDED)
    before = book.read_bytes()
    (book.parent / mark).touch()
    for new in (1, 0):
        summary = run(source)
        assert [finding.code for finding in summary.findings] == ["collect.workbook-open"]
        assert (summary.new_decisions, summary.decisions) == (new, 1)
    assert book.read_bytes() == before
    (book.parent / mark).unlink()
    assert run(source).new_decisions == 0


def test_a_decision_without_the_workbook_is_the_same(source: Path) -> None:
    """It is recorded at once, is in the next workbook, and an unchanged row of the old workbook does not undo it."""
    run(source)
    into = source.parent / "ut"
    said = {"value": "12", "role": "avtalsansvarig", "reason": "Samtal."}
    decision = decide(into, NUMBERS[0], ("answer", "AKT-08.groups"), said, NOW)
    assert decision is not None
    assert (decision.read, decision.date) == (12, "2026-04-01")
    assert decide(into, "omsorg alfa ab", ("answer", "AKT-08.groups"), said, NOW) is None
    summary = run(source)
    assert (summary.to_check, summary.decisions, summary.new_decisions) == (1, 1, 0)
    withdrawn = decide(into, "alfa.docx", ("answer", "AKT-08.groups"), {}, NOW)
    assert withdrawn is not None
    assert withdrawn.withdrawn
    assert run(source).decisions == 0


@pytest.mark.parametrize(
    ("supplier", "question", "said", "code"),
    [
        ("Omsorg Delta AB", "AKT-08.groups", {"value": "12"}, "use.no-supplier"),
        (NUMBERS[0], "AKT-08.grupper", {"value": "12"}, "use.no-question"),
        (NUMBERS[0], "AKT-08.groups", {"value": "många"}, "collect.decision-value"),
    ],
)
def test_a_decision_that_cannot_be_made_is_said_and_not_recorded(
    source: Path, supplier: str, question: str, said: dict[str, str], code: str
) -> None:
    """The finding names what is nearest, and nothing is written."""
    run(source)
    into = source.parent / "ut"
    with pytest.raises(FormError) as raised:
        decide(into, supplier, ("answer", question), {"role": "strateg", "reason": "x", **said}, NOW)
    assert raised.value.findings[0].code == code
    assert not (into / "decisions.jsonl").exists()
    with pytest.raises(OutputError):
        decide(source, supplier, ("answer", question), {}, NOW)


def test_a_judgement_in_the_workbook_survives_and_counts(source: Path) -> None:
    """It is kept with its reason, is what the assessment takes, and asks anew when the answers change."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    row = next(row for row in named(sheets(book)["Bedömning"]) if row["Fil"] == "alfa.docx" and row["Krav"] == "STY-01")
    judged = {
        "Bedömning": "Uppfyllt", "Bedömt av (roll)": "avtalsansvarig", "Skäl": "Intyg visat.",
        "Datum": datetime.date(2026, 3, 30), "Åtgärdas senast": "",
    }  # fmt: skip
    write_in(book, "Bedömning", {"Nyckel": row["Nyckel"]}, judged)
    assert [run(source).new_decisions for _ in range(2)] == [1, 0]
    again = next(r for r in named(sheets(book)["Bedömning"]) if r["Nyckel"] == row["Nyckel"])
    assert (again["Bedömning"], again["Datum"]) == ("Uppfyllt", datetime.date(2026, 3, 30))
    with collect(None, source.parent / "ut") as collection:
        decisions = read_decisions(collection.folder.decisions)
        response = next(r for _, r, _ in collection.responses() if r.file == "alfa.docx")
    ((key, judgement),) = judgements(response, decisions).items()
    assert key == (NUMBERS[0], "STY-01")
    assert (judgement.outcome, judgement.date) == ("met", datetime.date(2026, 3, 30))
    lay(source, {"alfa.docx": form("Omsorg Alfa AB", {**ASKS, "STY-01.contact": "annan"}, NUMBERS[0])})
    run(source)
    assert {row["Bedömning"] for row in named(sheets(book)["Bedömning"])} == {""}


def test_a_judgement_that_cannot_be_read_is_a_finding(source: Path) -> None:
    """An outcome that does not exist, or points where there are none, count for nothing."""
    run(source)
    book = source.parent / "ut" / "collection.xlsx"
    judged = {"Bedömning": "sådär", "Bedömt av (roll)": "strateg", "Skäl": "x"}
    write_in(book, "Bedömning", {"Krav": "STY-01", "Fil": "beta.docx"}, judged)
    (finding,) = run(source).findings
    assert str(finding.path).startswith("collection.xlsx!Bedömning!")


def test_the_list_says_who_is_missing_and_late(source: Path) -> None:
    """Each supplier that something was sent to is there, with what came and when."""
    sent, early, late = (datetime.date(2026, month, 1) for month in (2, 3, 5))
    expected = {
        NUMBERS[0]: Expected(NUMBERS[0], "Omsorg Alfa AB", NUMBERS[0], sent, late),
        NUMBERS[2]: Expected(NUMBERS[2], "Omsorg Gamma AB", NUMBERS[2], sent, early),
        NUMBERS[3]: Expected(NUMBERS[3], "Omsorg Delta AB", NUMBERS[3], sent, late),
    }
    summary = run(source, replace(WANTED, expected=expected))
    assert summary.arrivals == {"received": 1, "unasked": 1, "overdue": 1, "missing": 1}
    assert summary.came == {NUMBERS[0]: (datetime.date(2026, 3, 31), "alfa.docx")}
    rows = named(sheets(source.parent / "ut" / "collection.xlsx")["Inkommet och saknat"])
    told = {(row["Leverantör"], row["Läge"]) for row in rows}
    assert ("Omsorg Gamma AB", "saknas, sista dag har passerat") in told
    assert ("Omsorg Delta AB", "har inte svarat än") in told
    strict = {**expected, NUMBERS[0]: expected[NUMBERS[0]]._replace(deadline=early)}
    assert run(source, replace(WANTED, expected=strict)).arrivals["late"] == 1


def test_the_workbook_is_valid(source: Path) -> None:
    """Microsoft's own validator has nothing against it."""
    run(source)
    assert validator_errors(source.parent / "ut" / "collection.xlsx") == []


def test_when_nothing_needs_a_person_it_says_so(tmp_path: Path) -> None:
    """A folder of forms that are filled as they should be leaves nothing to do."""
    source = lay(tmp_path / "in", {"b.docx": form("Omsorg Beta AB", REQUIRED, NUMBERS[1]), "bild.png": b"x"})
    summary = run(source)
    assert not summary.needs_a_person
    assert summary.files == {"counts": 1, "not-a-form": 1}


def test_a_full_disk_leaves_the_workbook_and_decisions_as_they_were(source: Path, tmp_path: Path) -> None:
    """Everything is written beside the old files before any of them is replaced."""
    run(source)
    into = tmp_path / "ut"
    before = {path.name: path.read_bytes() for path in into.iterdir() if path.is_file()}
    (into / ".writing-old").write_text("x", encoding="utf-8")
    blocked = into / "answers.csv"
    blocked.unlink()
    blocked.mkdir()
    (blocked / "x").touch()
    with pytest.raises(OutputError):
        run(source)
    for name in ("collection.xlsx", "responses.jsonl"):
        assert (into / name).read_bytes() == before[name]
    shutil.rmtree(blocked)
    run(source)
    assert sorted(path.name for path in into.iterdir() if path.is_file() and path.name[0] != ".") == sorted(
        name for name in before if name[0] != "."
    )
