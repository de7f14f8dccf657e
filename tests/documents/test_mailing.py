"""Forms and letters to the suppliers of a list: what is written, what stays, what the log says."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement_equality import Selection
from procurement_equality.answers.earlier import Earlier
from procurement_equality.answers.reading import read_form
from procurement_equality.exchange.earlier_responses import read_earlier
from procurement_equality.exchange.mailing import Order, file_stem, write_forms, write_reminders
from procurement_equality.exchange.sending_log import (
    LogRow,
    expected,
    mark_received,
    read_log,
    read_manifests,
    with_sent,
    write_log,
)
from procurement_equality.findings import FormError, OutputError, SupplierListError, TemplateError
from procurement_equality.procurement.supplier import Supplier

ALFA = Supplier(name="Omsorg Alfa AB", org_number="559900-1236", contact_role="Verksamhetschef", headcount=12,
                parts=("service",))  # fmt: skip
BLUE = Supplier(name="Firma Blå", sole_trader=True)
NORD = Supplier(name='Å & Ö "Vård"/Nord', org_number="NO 923609016")
SENT, DUE, LATE = datetime.date(2027, 1, 5), datetime.date(2027, 1, 31), datetime.date(2027, 2, 2)


@pytest.fixture
def order(home_care: Selection) -> Order:
    """Give an order of annual follow-ups."""
    few = tuple(c for c in home_care.clauses if c.requirement.id in ("STY-01", "AKT-01", "BRU-01", "STA-03"))
    return Order(home_care.model_copy(update={"clauses": few}), "annual-follow-up", "sv", 2026, DUE, "avtalsansvarig")


def content(folder: Path) -> Mapping[str, bytes]:
    """Give every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_form_a_letter_and_a_row_for_each(order: Order, tmp_path: Path) -> None:
    """Each supplier gets a form with what is known, a letter, a manifest by its digest, and a row of the log."""
    folder = tmp_path / "utskick"
    mailing = write_forms(order, [ALFA, BLUE, NORD], folder)
    stems = ["Omsorg-Alfa-AB_559900-1236", "Firma-Blå", "Å-Ö-Vård-Nord_NO-923609016"]
    digests = [row.manifest for row in mailing.written]
    names = {*(f"{s}.docx" for s in stems), *(f"missiv-{s}.txt" for s in stems), "log.csv"}
    assert content(folder).keys() == names | {f"manifests/{digest}.json" for digest in digests}
    assert [row.file for row in read_log(folder).values()] == [f"{stem}.docx" for stem in stems]
    response = read_form(folder / f"{stems[0]}.docx")
    assert response.respondent.model_dump(exclude={"date", "contact"}) == {
        "name": ALFA.name, "org_number": ALFA.org_number, "contact_role": "Verksamhetschef", "headcount": 12,
        "parts": ("service",),
    }  # fmt: skip
    assert response.respondent.key == ALFA.key
    assert read_form(folder / f"{stems[1]}.docx").respondent.key == BLUE.key
    assert read_form(folder / f"{stems[2]}.docx").respondent.key == NORD.key
    assert read_manifests(folder).keys() == set(digests)
    assert not [each.question for each in response.answers if each.question.startswith(("AKT-01", "BRU-01"))]


def test_the_letter_says_what_to_do(order: Order, tmp_path: Path) -> None:
    """Whom it is to, what it is about, the last day, how to return it, that it becomes official, whom to ask."""
    write_forms(order, [ALFA], tmp_path)
    [letter] = [path.read_text(encoding="utf-8") for path in tmp_path.glob("missiv-*.txt")]
    for words in (
        "Till Omsorg Alfa AB, Verksamhetschef",
        "följer upp avtalet",
        "för 2026.",
        "SN 2026/0123",
        "senast den 31 januari 2027",
        "(.docx)",
        "allmän handling",
        "sekretess",
        "Frågor besvaras av: avtalsansvarig",
        "Exempelkommunen",
        "Frågor som inte gäller er",
    ):
        assert words in letter
    assert not re.search(r"[<>{}]|&amp;|\bNone\b", letter)


def test_a_second_run_writes_only_what_is_new(order: Order, tmp_path: Path) -> None:
    """Forms that are there, edited or not, and the log's dates stay as they are; a new supplier gets a form."""
    write_forms(order, [ALFA, BLUE], tmp_path)
    write_log(tmp_path, with_sent(read_log(tmp_path), [ALFA.key], SENT))
    edited = tmp_path / "Firma-Blå.docx"
    edited.write_bytes(b"edited")
    before = content(tmp_path)
    mailing = write_forms(replace(order, reply_by=LATE), [ALFA, BLUE, NORD], tmp_path)
    assert [row.key for row in mailing.written] == [NORD.key]
    assert [row.key for row in mailing.kept] == [ALFA.key, BLUE.key]
    after = content(tmp_path)
    assert {name: data for name, data in after.items() if name in before and name != "log.csv"} == {
        name: data for name, data in before.items() if name != "log.csv"
    }
    assert [(row.sent, row.deadline) for row in read_log(tmp_path).values()] == [(SENT, DUE), (None, DUE), (None, LATE)]


def test_force_writes_anew_and_says_what_was_sent(order: Order, tmp_path: Path) -> None:
    """With force the form is made again and the dates stay; that it was sent before is a warning."""
    write_forms(order, [ALFA], tmp_path)
    write_log(tmp_path, with_sent(read_log(tmp_path), [ALFA.key], SENT))
    path = tmp_path / "Omsorg-Alfa-AB_559900-1236.docx"
    path.write_bytes(b"edited")
    mailing = write_forms(replace(order, force=True), [ALFA], tmp_path)
    assert [finding.code for finding in mailing.findings] == ["send.remade"]
    assert path.read_bytes().startswith(b"PK")
    assert read_log(tmp_path)[ALFA.key].sent == SENT


def test_a_file_that_is_in_the_way_stays(order: Order, tmp_path: Path) -> None:
    """A file with the form's name that the log does not know is not overwritten, and the others are written."""
    (tmp_path / "Firma-Blå.docx").write_bytes(b"mine")
    mailing = write_forms(order, [BLUE, ALFA], tmp_path)
    assert [finding.code for finding in mailing.findings] == ["send.not-in-log"]
    assert (tmp_path / "Firma-Blå.docx").read_bytes() == b"mine"
    assert list(read_log(tmp_path)) == [ALFA.key]


def test_a_run_that_was_stopped_before_the_log_goes_on(order: Order, tmp_path: Path) -> None:
    """Forms as this program writes them, without a log, are taken up in the log again."""
    write_forms(order, [ALFA], tmp_path)
    (tmp_path / "log.csv").unlink()
    mailing = write_forms(order, [ALFA], tmp_path)
    assert not mailing.findings
    assert list(read_log(tmp_path)) == [ALFA.key]


def test_what_was_written_before_an_error_is_logged(order: Order, tmp_path: Path) -> None:
    """A folder that takes the name of the second form stops the run; the first is in the log."""
    (tmp_path / "Firma-Blå.docx").mkdir()
    with pytest.raises(OutputError):
        write_forms(replace(order, force=True), [ALFA, BLUE], tmp_path)
    assert list(read_log(tmp_path)) == [ALFA.key]


def test_a_folder_holds_one_mailing(order: Order, tmp_path: Path) -> None:
    """Another year or template in the same folder is refused; a changed selection is a warning, and forms stay."""
    write_forms(order, [ALFA], tmp_path)
    for other in (replace(order, year=2027), replace(order, template="self-assessment", year=None)):
        with pytest.raises(SupplierListError, match=r"send\.other-forms"):
            write_forms(other, [ALFA], tmp_path)
    fewer = order.selection.model_copy(update={"clauses": order.selection.clauses[1:]})
    mailing = write_forms(replace(order, selection=fewer), [ALFA, BLUE], tmp_path)
    assert [finding.code for finding in mailing.findings] == ["send.earlier-selection"]


def test_a_document_that_is_no_form_is_refused(order: Order, tmp_path: Path) -> None:
    """A tender section has nothing to fill in."""
    with pytest.raises(TemplateError, match=r"use\.not-a-form"):
        write_forms(replace(order, template="tender-section", year=None), [ALFA], tmp_path)


@given(st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip())))
def test_names_of_files_are_safe_everywhere(name: str) -> None:
    """No name leads out of the folder, is reserved, ends badly or is too long."""
    for supplier in (Supplier(name=name), Supplier(name=name, org_number="NO 1/..\\2")):
        stem = file_stem(supplier)
        assert re.fullmatch(r"[\w-]{1,100}", stem)
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)", stem)


def test_suppliers_with_names_that_fold_alike_get_files_of_their_own(order: Order, tmp_path: Path) -> None:
    """Two sole traders whose names differ only in signs or capitals do not share a file."""
    names = ["A & B", "A-B", "a b"]
    mailing = write_forms(order, [Supplier(name=name, sole_trader=True) for name in names], tmp_path)
    assert [row.file for row in mailing.written] == ["A-B.docx", "A-B-2.docx", "a-b-3.docx"]


# --- the log -----------------------------------------------------------------------------------------------------

ROW = LogRow(organisation_number="559900-1236", name="Alfa", file="Alfa.docx", deadline=DUE)
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20).map(str.strip)
DAYS = st.none() | st.dates()


@given(CELLS.filter(bool), CELLS, st.tuples(DAYS, DAYS, DAYS), st.lists(st.dates(), max_size=3))
def test_the_log_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    note: str,
    days: tuple[datetime.date | None, ...],
    reminded: list[datetime.date],
) -> None:
    """Any name and note, also one that a spreadsheet would take for a formula, comes back."""
    folder = tmp_path_factory.getbasetemp()
    row = ROW.model_copy(
        update={
            "name": name,
            "note": note,
            "sent": days[0],
            "deadline": days[1],
            "received": days[2],
            "reminded": tuple(reminded),
        }
    )
    write_log(folder, {row.key: row})
    assert read_log(folder) == {row.key: row}


def test_no_cell_of_the_log_is_a_formula(tmp_path: Path) -> None:
    """A name that begins like a formula is written so that a spreadsheet shows it as text; Excel finds UTF-8."""
    row = ROW.model_copy(update={"name": '=HYPERLINK("http://x")', "note": "+1 -@"})
    write_log(tmp_path, {row.key: row})
    data = (tmp_path / "log.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    for line in csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"):
        assert not [cell for cell in line if cell[:1] in ("=", "+", "@")]


def test_a_log_that_excel_has_saved_is_read(tmp_path: Path) -> None:
    """Commas for semicolons, Windows-1252 for UTF-8, and columns in another order make no difference."""
    text = "name,file,sent,organisation_number\r\nÅkes,a.docx,2027-01-05,559900-1236\r\n"
    (tmp_path / "log.csv").write_bytes(text.encode("cp1252"))
    assert read_log(tmp_path)["559900-1236"].sent == SENT


def test_faults_of_the_log_are_placed(tmp_path: Path) -> None:
    """Each cell that was spoilt is a finding with its row and column; nothing is guessed."""
    text = "name;file;sent;manifest\nA;a.docx;5 januari;\nB;;;\nC;../c.docx;;xyz\nD;d.docx\nd;e.docx\n"
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SupplierListError) as raised:
        read_log(tmp_path)
    assert [(finding.line, finding.code) for finding in raised.value.findings] == [
        (2, "send.log-date"),
        (3, "send.log-empty"),
        (4, "send.log-file"),
        (4, "send.log-digest"),
        (6, "send.log-twice"),
    ]


def test_what_comes_in_is_noted_once(tmp_path: Path) -> None:
    """The first day stays, the file that counts is the last; suppliers that nothing was sent to are passed by."""
    write_log(tmp_path, {ROW.key: ROW})
    assert len(mark_received(tmp_path, {ROW.key: (SENT, "a.docx"), "other": (SENT, "b.docx")})) == 1
    assert len(mark_received(tmp_path, {ROW.key: (LATE, "c.docx")})) == 1
    assert len(mark_received(tmp_path, {ROW.key: (LATE, "c.docx")})) == 0
    row = read_log(tmp_path)[ROW.key]
    assert (row.received, row.response_file) == (SENT, "c.docx")


def test_a_collection_learns_what_to_expect(tmp_path: Path) -> None:
    """The log gives name, number, days and the last reminder by the supplier's key."""
    row = ROW.model_copy(update={"sent": SENT, "reminded": (DUE, LATE)})
    [wanted] = expected({row.key: row}).values()
    assert (wanted.key, wanted.org_number, wanted.sent, wanted.deadline, wanted.reminded) == (
        row.key, "559900-1236", SENT, DUE, LATE,
    )  # fmt: skip


# --- reminders ---------------------------------------------------------------------------------------------------


def test_who_is_late_is_reminded_once_a_day(order: Order, tmp_path: Path) -> None:
    """A reminder for each form that was sent, is due and has not come; the day is noted; the same day gives no more."""
    write_forms(order, [ALFA, BLUE, NORD], tmp_path)
    write_log(tmp_path, with_sent(read_log(tmp_path), [ALFA.key, BLUE.key], SENT))
    mark_received(tmp_path, {BLUE.key: (SENT, "svar.docx")})
    assert not write_reminders(tmp_path, DUE).written
    reminders = write_reminders(tmp_path, LATE, datetime.date(2027, 2, 15))
    assert list(reminders.written) == [ALFA.key]
    assert [finding.code for finding in reminders.findings] == ["send.not-sent"]
    text = reminders.written[ALFA.key].read_text(encoding="utf-8")
    for words in (
        "Till Omsorg Alfa AB",
        "Den 5 januari 2027 skickade vi",
        "31 januari 2027",
        "senast den 15 februari 2027",
    ):
        assert words in text
    row = read_log(tmp_path)[ALFA.key]
    assert (row.reminded, row.deadline) == ((LATE,), datetime.date(2027, 2, 15))
    assert not write_reminders(tmp_path, LATE).written


def test_a_reminder_without_its_manifest_is_a_finding(order: Order, tmp_path: Path) -> None:
    """Where the record of the form is gone, it is said, and the others are reminded."""
    write_forms(order, [ALFA, BLUE], tmp_path)
    write_log(tmp_path, with_sent(read_log(tmp_path), [ALFA.key, BLUE.key], SENT))
    (tmp_path / "manifests" / f"{read_log(tmp_path)[ALFA.key].manifest}.json").unlink()
    reminders = write_reminders(tmp_path, LATE)
    assert list(reminders.written) == [BLUE.key]
    assert [finding.code for finding in reminders.findings] == ["send.no-manifest"]


# --- earlier responses -------------------------------------------------------------------------------------------


def test_forms_are_filled_from_a_collection(order: Order, tmp_path: Path) -> None:
    """The response that counts, with what a person decided, fills the supplier's form; other suppliers' do not."""
    write_forms(order, [ALFA], tmp_path / "forra")
    response = read_form(tmp_path / "forra" / "Omsorg-Alfa-AB_559900-1236.docx")
    line = f'{{"standing": "%s", "decided": {{"STY-01.appointed": "%s"}}, "response": {response.model_dump_json()}}}'
    (tmp_path / "responses.jsonl").write_text(
        "\n".join((line % ("counts", "yes"), line % ("earlier", "no"))), encoding="utf-8"
    )
    earlier = read_earlier(tmp_path)
    assert list(earlier) == [ALFA.key]
    write_forms(replace(order, year=2027, earlier=earlier), [ALFA, NORD], tmp_path / "nytt")
    found = [read_form(tmp_path / "nytt" / row.file) for row in read_log(tmp_path / "nytt").values()]
    assert [each.by_question["STY-01.appointed"].value for each in found] == ["yes", None]


def test_what_is_no_response_is_placed(tmp_path: Path) -> None:
    """Every line that is no response is a finding with its number; a missing file is one too."""
    path = tmp_path / "svar.jsonl"
    path.write_text('{}\n[]\n"x"\nnull\n{"response": 1}\n' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(FormError) as raised:
        read_earlier(path)
    assert [finding.line for finding in raised.value.findings] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(OutputError):
        read_earlier(tmp_path / "no.json")


def test_a_response_is_called_by_its_day_where_its_form_is_not_known(order: Order, tmp_path: Path) -> None:
    """Without the manifest, the day that the supplier wrote names it."""
    write_forms(order, [ALFA], tmp_path)
    response = read_form(tmp_path / "Omsorg-Alfa-AB_559900-1236.docx")
    dated = response.model_copy(update={"respondent": response.respondent.model_copy(update={"date": SENT})})
    assert Earlier(dated).called == "2027-01-05"
