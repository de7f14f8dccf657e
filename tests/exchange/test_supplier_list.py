"""Lists of suppliers: every spelling that people use, every fault with its place, and bounds."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from procurement_equality.exchange import sheet_reading
from procurement_equality.exchange.supplier_list import load_suppliers, read_suppliers
from procurement_equality.findings import SupplierListError, describe
from procurement_equality.procurement.model import Part, Procurement
from procurement_equality.procurement.organisation_number import read_organisation_number
from procurement_equality.procurement.supplier import find_supplier

ALFA, BETA = "559900-1236", "212000-1231"
PERSONAL = "811218-9876"
HEAD = "Namn;Org.nr;Kontaktfunktion;E-post;Antal anställda;Delar"


@pytest.fixture
def parts() -> Sequence[Part]:
    """Give the parts of the home-care example."""
    return Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml").parts


def written(folder: Path, text: str, name: str = "lista.csv", encoding: str = "utf-8") -> Path:
    """Write a list as text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """Write a list as an Excel workbook, with numbers as numbers."""
    path = folder / "lista.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def codes(path: Path, parts: Sequence[Part] = ()) -> list[tuple[str, str]]:
    """Give place (without the file) and code of each finding."""
    found = read_suppliers(path, parts).findings
    return [(finding.place.removeprefix(f"{path}").lstrip(":"), finding.code) for finding in found]


# --- what is read ------------------------------------------------------------------------------------------------


def test_a_whole_row_is_read(tmp_path: Path, parts: Sequence[Part]) -> None:
    """Name, number, role, contact, headcount and parts come out in their canonical form."""
    row = "Omsorg Alfa AB;5599001236;Verksamhetschef;vard@alfa.example;1 200;Serviceinsatser; personal-care"
    [supplier] = load_suppliers(written(tmp_path, f"{HEAD}\n{row}"), parts).suppliers
    assert supplier.model_dump(exclude={"sole_trader"}) == {
        "name": "Omsorg Alfa AB", "org_number": ALFA, "contact_role": "Verksamhetschef",
        "contact": "vard@alfa.example", "headcount": 1200, "parts": ("service",),
    }  # fmt: skip
    quoted = row.replace("Serviceinsatser; personal-care", '"Serviceinsatser; personal-care"')
    [supplier] = load_suppliers(written(tmp_path, f"{HEAD}\n{quoted}"), parts).suppliers
    assert supplier.parts == ("service", "personal-care")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found(tmp_path: Path, separator: str, encoding: str) -> None:
    """Comma, semicolon and tab; UTF-8, UTF-16 and Windows-1252, of which the last is said."""
    text = separator.join(["Organisationsnummer", "Leverantör"]) + "\r\n" + separator.join([ALFA, "Åäö Omsorg"])
    read = load_suppliers(written(tmp_path, text, encoding=encoding))
    assert [supplier.name for supplier in read.suppliers] == ["Åäö Omsorg"]
    assert [f.code for f in read.findings] == (["send.windows-1252"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    "head",
    [
        "Supplier,Organisation number",
        "LEVERANTÖRENS NAMN,org-nr",
        "Utförare,ORG. NR:",
        "sep=,\nNamn,Organisationsnr (10 siffror)",
        "\n\nCompany name,Org no",
    ],
)
def test_headings_in_usual_spellings(tmp_path: Path, head: str) -> None:
    """Headings are known in both languages, whatever their capitals and signs."""
    [supplier] = load_suppliers(written(tmp_path, f"{head}\nOmsorg Alfa AB,{ALFA}")).suppliers
    assert (supplier.name, supplier.org_number) == ("Omsorg Alfa AB", ALFA)


def test_numbers_of_a_workbook_are_text(tmp_path: Path) -> None:
    """An organisation number and a headcount that Excel holds as numbers are read; blank rows are passed by."""
    path = workbook(tmp_path, [["Org nr", "Namn", "Anställda"], [], [5599001236.0, "Alfa AB", 23.0], [None, "  "]])
    [supplier] = load_suppliers(path).suppliers
    assert (supplier.org_number, supplier.headcount) == (ALFA, 23)


def test_the_sheet_with_the_headings_is_read(tmp_path: Path) -> None:
    """Another sheet before it does not matter; two sheets with headings are refused."""
    listed = [["Namn", "Orgnr"], ["Alfa AB", ALFA]]
    assert len(load_suppliers(workbook(tmp_path, [["Anteckningar"], ["x"]], listed)).suppliers) == 1
    with pytest.raises(SupplierListError, match=r"file\.list-sheets"):
        load_suppliers(workbook(tmp_path, listed, listed))


def test_open_document(tmp_path: Path) -> None:
    """A list saved as .ods is read, with its repeated blank rows and columns."""
    rows = [["Namn", "Orgnr"], ["Åäö AB", ALFA]]
    cells = [
        "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        for row in rows
    ]
    blank = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="1024"/>'
    )
    body = "".join(f"<table:table-row>{cell}</table:table-row>" for cell in cells) + blank + "</table:table-row>"
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    sheet = f'<office:spreadsheet><table:table table:name="A">{body}</table:table></office:spreadsheet>'
    content = f"<office:document-content {names}><office:body>{sheet}</office:body></office:document-content>"
    path = tmp_path / "lista.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    [supplier] = load_suppliers(path).suppliers
    assert (supplier.name, supplier.org_number) == ("Åäö AB", ALFA)


def test_several_contact_columns_are_one(tmp_path: Path) -> None:
    """E-mail and telephone both become the contact."""
    path = written(tmp_path, f"Namn;Orgnr;E-post;Telefon\nAlfa;{ALFA};a@alfa.example;08-000\n")
    assert load_suppliers(path).suppliers[0].contact == "a@alfa.example, 08-000"


# --- organisation numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "canonical"),
    [
        ("5599001236", "organisation", ALFA),
        (" 559900-1236 ", "organisation", ALFA),
        ("165599001236", "organisation", ALFA),
        ("559900–1236", "organisation", ALFA),
        ("SE559900123601", "organisation", ALFA),
        ("559900-1235", "check-digit", None),
        ("NO 923609016", "foreign", "NO 923609016"),
        ("de hrb 12345", "foreign", "DE HRB12345"),
        ("XX 12345", "malformed", None),
        (PERSONAL, "personal", None),
        (f"19{PERSONAL}", "personal", None),
        ("811278-9873", "personal", None),
        ("Enskild firma", "sole-trader", None),
        ("55990012", "malformed", None),
        ("", "malformed", None),
        ("-", "malformed", None),
    ],
)
def test_organisation_numbers(text: str, kind: str, canonical: str | None) -> None:
    """Every usual spelling gives one form; what is none says why; a personal identity number is never given back."""
    assert tuple(read_organisation_number(text)) == (kind, canonical)


@given(st.text(max_size=20))
def test_any_text_is_read_as_some_kind(text: str) -> None:
    """Whatever stands in a cell, reading it gives a kind, and a number only for the first two."""
    number = read_organisation_number(text)
    assert (number.text is not None) == (number.kind in ("organisation", "foreign"))


@given(st.integers(0, 10**10 - 1).map(lambda number: f"{number:010}"))
def test_check_digits_agree_with_a_library(digits: str) -> None:
    """Where python-stdnum finds a number valid, it is an organisation's or a person's here; else the digit is wrong."""
    orgnr = pytest.importorskip("stdnum.se.orgnr")
    assert (read_organisation_number(digits).kind == "check-digit") == (not orgnr.is_valid(digits))


def test_a_personal_number_is_kept_nowhere(tmp_path: Path) -> None:
    """A sole trader's number is recognised and left out of supplier and findings; the name is the key."""
    path = written(tmp_path, f"Namn;Orgnr\nFirma Blå;{PERSONAL}\n")
    read = load_suppliers(path)
    [supplier] = read.suppliers
    assert (supplier.key, supplier.sole_trader, supplier.org_number) == ("firma blå", True, None)
    said = " ".join(describe(finding, language) for finding in read.findings for language in ("sv", "en"))
    assert "send.number-personal" in said
    assert PERSONAL not in said + repr(read)
    assert PERSONAL.replace("-", "") not in said + repr(read)


def test_suppliers_are_found_by_number_or_name() -> None:
    """Any spelling of the number, or the name in any capitals; others are not found."""
    names = {ALFA: "Omsorg Alfa AB", "firma blå": "Firma Blå"}
    assert [find_supplier(text, names) for text in ("5599001236", "omsorg ALFA ab", "FIRMA  BLÅ", "x", PERSONAL)] == [
        ALFA, ALFA, "firma blå", None, None,
    ]  # fmt: skip


# --- faults ------------------------------------------------------------------------------------------------------


def test_every_fault_at_once_with_its_place(tmp_path: Path, parts: Sequence[Part]) -> None:
    """Each cell that is wrong is a finding of its own, as row and column."""
    rows = [
        HEAD + ";Färg",
        f"Alfa;{ALFA};;;ca 3;Servis;röd",
        f"Alfa igen;{ALFA}",
        ";hej",
        "Gamma;559900-1235;;;-1",
        "Delta;",
    ]
    assert codes(written(tmp_path, "\n".join(rows)), parts) == [
        ("1:7", "send.list-column"), ("2:5", "send.headcount"), ("2:6", "send.part"), ("3:2", "send.list-twice"),
        ("4:1", "send.list-no-name"), ("4:2", "send.number-malformed"), ("5:2", "send.number-check-digit"),
        ("5:5", "send.headcount"), ("6:2", "send.number-missing"),
    ]  # fmt: skip
    with pytest.raises(SupplierListError) as raised:
        load_suppliers(written(tmp_path, "\n".join(rows)), parts)
    assert len(raised.value.findings) == 9


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Namn;Telefon\nAlfa;1", [("1", "send.list-column-missing")]),
        ("Namn;Orgnr", [("1", "send.list-no-rows")]),
        ("Namn;Firma;Orgnr\nA;B;" + ALFA, [("1:2", "send.list-column-twice")]),
        (
            "x;y\n1;2",
            [("1:1", "send.list-column"), ("1:2", "send.list-column")] + [("1", "send.list-column-missing")] * 2,
        ),
    ],
)
def test_faults_of_the_headings(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    """A column that is missing, twice or unknown is said at the headings."""
    assert codes(written(tmp_path, text)) == found


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "file.list-empty"),
        ("a.csv", b"\n ; \n", "file.list-empty"),
        ("a.csv", b"Namn\x00;", "file.list-encoding"),
        ("a.csv", b"Namn;\x81\xff", "file.list-encoding"),
        ("a.docx", b"x", "file.not-a-list"),
        ("a.xlsx", b"x", "file.list-damaged"),
        ("a.xlsx", b"", "file.list-damaged"),
        ("a.ods", b"PK\x03\x04", "file.list-damaged"),
        ("a.csv", b"Namn;Orgnr\n" + b"Alfa;1\n" * 10_001, "file.list-too-long"),
        ("a.csv", b"Namn" + b";" * 300, "file.list-too-wide"),
        ("a.csv", b"Namn;Orgnr\n" + b"A" * 20_000, "file.list-too-wide"),
        ("a.csv", b'"' + b"A" * 200_000, "file.list-damaged"),
        ("a.csv", b"A" * 10_000_001, "file.too-large"),
    ],
)
def test_files_that_are_no_list(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """Whatever the file is, it is refused with one finding, within bounds."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SupplierListError) as raised:
        load_suppliers(path)
    assert [finding.code for finding in raised.value.findings] == [code]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, is said so."""
    for path, code in ((tmp_path / "no.csv", "file.missing"), (tmp_path, "file.directory")):
        with pytest.raises(SupplierListError, match=code):
            load_suppliers(path)


def test_a_cell_far_out_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A workbook whose table would have a milliard cells is refused before it is built."""
    path = tmp_path / "lista.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Namn")
        sheet.write(1_000_000, 1_000, "x")
    with pytest.raises(SupplierListError, match=r"file\.list-too-wide"):
        load_suppliers(path)


def test_a_damaged_workbook_is_never_a_traceback(tmp_path: Path) -> None:
    """A workbook with any byte changed is read, or refused as damaged."""
    path = workbook(tmp_path, [["Namn", "Orgnr"], ["Alfa AB", ALFA]])
    data = path.read_bytes()
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(150):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path.write_bytes(bytes(changed[: chance.randint(1, len(changed))] if chance.random() < 0.2 else changed))
        try:
            read_suppliers(path)
        except SupplierListError as error:
            assert all(finding.code.startswith("file.") for finding in error.findings)  # noqa: PT017 - any outcome but a crash


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), max_size=6))
def test_any_cells_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Whatever people have in their cells, reading gives suppliers or findings."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    text = "\n".join(";".join(row) for row in [["Namn", "Orgnr", "Antal anställda", "Delar"], *rows])
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        read = read_suppliers(path)
    except SupplierListError:
        return
    assert len(read.suppliers) <= sheet_reading.MOST_ROWS
