"""What is made of answers: CSV, JSON Lines, Excel and Parquet that no spreadsheet takes for anything but data."""

from __future__ import annotations

import csv
import datetime
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement_equality.exchange.cells import Cell, Column, Table, harmless, printable, visible
from procurement_equality.exchange.csv_files import write_csv
from procurement_equality.exchange.excel import LONGEST, write_workbook

calamine = pytest.importorskip("python_calamine")

DANGEROUS = (
    "=1+1", "+46-8-123", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\")", "＝1",
    "＋1", "－1", "＠x", "{=1}", "http://exempel.se", "mailto:a@b.se", "_x0041_", "internal:A1",
)  # fmt: skip
COLUMNS = (Column("text", "Text", "Text"), Column("other", "Annat", "Other"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def sheet(path: Path, rows: Sequence[Sequence[Cell]], most_rows: int = 1_048_576) -> dict[str, list[list[object]]]:
    """Write rows to a workbook and read every sheet of it."""
    with tempfile.TemporaryDirectory() as scratch:
        write_workbook(path, [Table("Svar", "Answers", COLUMNS, rows)], "sv", Path(scratch), most_rows)
    book = calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_that_a_supplier_writes_becomes_a_formula_or_a_link_in_excel(text: str, tmp_path: Path) -> None:
    """The cell holds the text as text, and the workbook neither formulas nor links."""
    rows = sheet(tmp_path / "x.xlsx", [(text, None)])["Svar"]
    assert rows[1][0] == printable(text)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        written = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in written
    assert b"hyperlink" not in written.replace(b"relationships/hyperlink", b"")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_in_csv_begins_with_an_apostrophe(text: str) -> None:
    """A spreadsheet that opens the file shows the text."""
    assert harmless(text) == (f"'{text}" if text[0] in "=+-@\t\r\n＝＋－＠" else text)


@pytest.mark.parametrize("text", ["-5", "+2,5 %", "-1 234,50", "-0.5", "5", "", "–", "a-b", "-1\u00a0000"])
def test_numbers_with_a_sign_stay_as_they_are_in_csv(text: str) -> None:
    """A negative number is no formula."""
    assert harmless(text) == text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_any_text_comes_back_from_csv(rows: list[tuple[str, str]], tmp_path: Path) -> None:
    """A program that reads the file gets what was written, but for control characters and the apostrophe."""
    path = tmp_path / "x.csv"
    path.unlink(missing_ok=True)
    assert write_csv(path, ["text", "other"], rows) == len(rows)
    text = path.read_bytes().decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["text", "other"], *([harmless(printable(cell)) for cell in row] for row in rows)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_any_text_comes_back_from_excel(rows: list[tuple[str, str]], tmp_path: Path) -> None:
    """A cell holds what was written, but for control characters."""
    read = sheet(tmp_path / "x.xlsx", rows)["Svar"][1:]
    for row, cells in zip(rows, read, strict=False):
        for text, cell in zip(row, cells, strict=False):
            assert str(cell) == printable(text)


def test_numbers_and_dates_are_numbers_and_dates_in_excel(tmp_path: Path) -> None:
    """A person can count with them; what Excel cannot hold as a number or a date is text."""
    day = datetime.date(2026, 3, 2)
    values: list[Cell] = [12, -2.5, day, True, False, datetime.date(1899, 1, 1), 10**20, float("inf")]
    read = [row[0] for row in sheet(tmp_path / "x.xlsx", [(value, "x") for value in values])["Svar"][1:]]
    assert read == [12.0, -2.5, day, "Ja", "Nej", "1899-01-01", str(10**20), "inf"]


def test_a_text_that_no_cell_holds_is_cut_with_a_note(tmp_path: Path) -> None:
    """The text is cut to what Excel holds, counted as Excel counts, and says that it was cut."""
    read = [str(row[0]) for row in sheet(tmp_path / "x.xlsx", [("a" * LONGEST, ""), ("🙈" * LONGEST, "")])["Svar"][1:]]
    assert read[0] == "a" * LONGEST
    assert len(read[1].encode("utf-16-le")) // 2 <= LONGEST
    assert read[1].endswith("Hela finns i responses.jsonl.]")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path) -> None:
    """Every row is there, with the headings on each sheet."""
    sheets = sheet(tmp_path / "x.xlsx", [(str(n), "x") for n in range(25)], most_rows=11)
    assert list(sheets) == ["Svar", "Svar 2", "Svar 3"]
    assert [row[0] for rows in sheets.values() for row in rows[1:]] == [str(n) for n in range(25)]
    assert {rows[0][0] for rows in sheets.values()} == {"Text"}


def test_the_same_rows_give_the_same_workbook(tmp_path: Path) -> None:
    """Nothing in the file tells when it was made."""
    for name in ("a.xlsx", "b.xlsx"):
        sheet(tmp_path / name, [("x", 1)])
    contents = []
    for name in ("a.xlsx", "b.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            contents.append({part: archive.read(part) for part in archive.namelist()})
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", ["rad\nbrytning", "\u202egnp.docx", "\x1b[31m", "a\u2028b", "\ufeffx"])
def test_a_name_of_a_file_cannot_hide_anything(name: str) -> None:
    """Line breaks, colours and signs that turn the direction of writing are shown as codes."""
    shown = visible(name)
    assert shown.isprintable() or "\ufeff" in shown
    assert "\\" in shown or "\ufeff" in shown
    assert visible("Å & Co עברית 🙈.docx") == "Å & Co עברית 🙈.docx"


def test_parquet_goes_on_in_a_new_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are in order over the parts, with their types; no rows give one part with the columns."""
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    from procurement_equality.exchange import parquet as ours

    monkeypatch.setattr(ours, "ROWS_A_PART", 20_000)
    types = {"text": "string", "number": "float64", "day": "date32", "yes": "bool_"}
    day = datetime.date(2026, 3, 2)
    rows: list[tuple[Cell, ...]] = [(f"å{n}", n / 2, day, n % 2 == 0) for n in range(45_000)]
    assert ours.write_parquet(tmp_path, types, iter(rows)) == 3
    read = [parquet.read_table(path).to_pydict() for path in sorted(tmp_path.glob("answers-*.parquet"))]
    assert [value for part in read for value in part["text"]] == [row[0] for row in rows]
    assert (read[0]["day"][0], read[0]["yes"][:2], read[0]["number"][3]) == (day, [True, False], 1.5)
    assert ours.write_parquet(tmp_path, types, [], "files") == 1
    assert parquet.read_table(tmp_path / "files-0001.parquet").column_names == list(types)


def test_json_lines_hold_any_text() -> None:
    """A line of JSON is one line, whatever the text."""
    assert "\n" not in json.dumps("a\nb\u2028c", ensure_ascii=False)
