"""A list of suppliers to send forms to: CSV, Excel or ODS, with Swedish or English headings in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from procurement_equality.catalogue.validation import nearest
from procurement_equality.exchange.sheet_reading import MOST_SIGNS, Row, read_rows
from procurement_equality.findings import Finding, SupplierListError
from procurement_equality.procurement.model import Part
from procurement_equality.procurement.organisation_number import read_organisation_number
from procurement_equality.procurement.supplier import MOST_EMPLOYEES, Supplier

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "namn", "leverantör", "leverantörens namn", "leverantörsnamn", "utförare", "utförarens namn", "företag",
        "företagsnamn", "firma", "organisation", "name", "supplier", "supplier name", "provider", "company",
        "company name",
    ),
    "org_number": (
        "orgnr", "org nummer", "organisationsnr", "organisationsnummer", "organisations nummer", "org id",
        "organisation number", "organization number", "organisation no", "organization no", "org number", "org no",
        "registration number", "registreringsnummer",
    ),
    "contact_role": (
        "kontaktroll", "kontaktfunktion", "funktion", "roll", "kontaktens roll", "contact role", "role", "function",
        "contact function",
    ),
    "contact": (
        "kontakt", "kontaktuppgift", "kontaktuppgifter", "epost", "epostadress", "mejl", "mejladress", "mail",
        "telefon", "telefonnummer", "tfn", "e post eller telefon", "contact", "contact details", "email",
        "email address", "telephone", "phone", "phone number",
    ),
    "headcount": (
        "antal anställda", "anställda", "antal arbetstagare", "arbetstagare", "antal medarbetare", "headcount",
        "employees", "number of employees",
    ),
    "parts": ("del", "delar", "uppdragets delar", "avtalsdel", "avtalsdelar", "område", "part", "parts", "lots", "lot"),
}  # fmt: skip
"""The usual headings of each column, folded as `_folded` does."""

_COLUMNS = {
    _squeezed: column for column, names in _HEADINGS.items() for name in names if (_squeezed := "".join(name.split()))
}
_MANDATORY = {"name": "Namn", "org_number": "Organisationsnummer"}
_COUNT = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})*|[0-9]+")


class SupplierList(NamedTuple):
    """The suppliers of a list in its order, and what was found: errors mean that the list cannot be used."""

    suppliers: tuple[Supplier, ...]
    findings: tuple[Finding, ...]


def read_suppliers(path: Path, parts: Sequence[Part] = ()) -> SupplierList:
    """Read a list; `parts` are those that the procurement has. Findings are placed as file, row and column.

    Raises `SupplierListError` where the file cannot be read at all.
    """
    rows, findings = read_rows(path, lambda cells: sum(_column(cell) is not None for cell in cells))
    reading = _Reading(str(path), parts, findings)
    suppliers = reading.suppliers(rows)
    return SupplierList(suppliers, tuple(reading.findings))


def load_suppliers(path: Path, parts: Sequence[Part] = ()) -> SupplierList:
    """Read a list as `read_suppliers` does. Raises `SupplierListError` with every finding where there is an error."""
    read = read_suppliers(path, parts)
    if any(finding.severity == "error" for finding in read.findings):
        raise SupplierListError(read.findings)
    return read


class _Reading:
    """One reading of a list, which gathers what it finds."""

    def __init__(self, path: str, parts: Sequence[Part], findings: list[Finding]) -> None:
        self.path, self.findings = path, findings
        self._parts = {_folded(name): part.key for part in parts for name in _names(part)}
        self._known_parts = ", ".join(part.title.sv for part in parts)
        self._columns: dict[str, list[int]] = {}
        self._first: dict[str, int] = {}

    def suppliers(self, rows: list[Row]) -> tuple[Supplier, ...]:
        """Read the headings and then each row."""
        head, *rest = rows
        if not self._headings(head):
            return ()
        if not rest:
            self._find("send.list-no-rows", head.number)
        made = [self._supplier(row) for row in rest]
        return tuple(supplier for supplier in made if supplier is not None)

    def _find(self, code: str, line: int, column: int | None = None, **data: str) -> None:
        self.findings.append(Finding(code, self.path, line, column, data=data))

    def _warn(self, code: str, line: int, column: int | None = None, **data: str) -> None:
        self.findings.append(Finding(code, self.path, line, column, data=data).as_warning())

    def _headings(self, head: Row) -> bool:
        """Find out what each column is, and say whether those that must be there are."""
        for at, cell in enumerate(head.cells):
            column = _column(cell)
            if column is not None:
                self._columns.setdefault(column, []).append(at)
            elif cell:
                self._warn("send.list-column", head.number, at + 1, name=cell[:60])
        for column, places in self._columns.items():
            if len(places) > 1 and column != "contact":
                self._find("send.list-column-twice", head.number, places[1] + 1, name=head.cells[places[1]])
        missing = [heading for column, heading in _MANDATORY.items() if column not in self._columns]
        for heading in missing:
            self._find("send.list-column-missing", head.number, None, name=heading)
        return not missing

    def _supplier(self, row: Row) -> Supplier | None:
        """Read one row; None where anything in it is wrong."""
        before = sum(finding.severity == "error" for finding in self.findings)
        name = self._one_line(row, "name")
        if not name:
            self._find("send.list-no-name", row.number, self._columns["name"][0] + 1)
        number, sole_trader = self._number(row)
        role, contact = self._one_line(row, "contact_role"), self._one_line(row, "contact")
        headcount, parts = self._headcount(row), self._supplier_parts(row)
        self._check_first(row, number, name)
        if sum(finding.severity == "error" for finding in self.findings) > before:
            return None
        return Supplier(
            name=name, org_number=number, sole_trader=sole_trader, contact_role=role or None, contact=contact or None,
            headcount=headcount, parts=parts,
        )  # fmt: skip

    def _check_first(self, row: Row, number: str | None, name: str) -> None:
        key = number or name.casefold()
        first = self._first.setdefault(key, row.number) if key else row.number
        if first != row.number:
            self._find(
                "send.list-twice",
                row.number,
                self._columns["org_number" if number else "name"][0] + 1,
                first=str(first),
            )

    def _text(self, row: Row, column: str) -> str:
        cells = [row.cells[at] for at in self._columns.get(column, ()) if at < len(row.cells)]
        return ", ".join(cell for cell in cells if cell)

    def _one_line(self, row: Row, column: str) -> str:
        return " ".join(self._text(row, column).split())[:MOST_SIGNS]

    def _number(self, row: Row) -> tuple[str | None, bool]:
        """Read the organisation number. No finding repeats it: it may be a personal identity number."""
        text, column = self._text(row, "org_number"), self._columns["org_number"][0] + 1
        if not text:
            self._find("send.number-missing", row.number, column)
            return None, False
        number = read_organisation_number(text)
        if number.kind == "personal":
            self._warn("send.number-personal", row.number, column)
        elif number.kind == "foreign":
            self._warn("send.number-foreign", row.number, column)
        elif number.kind == "check-digit":
            self._find("send.number-check-digit", row.number, column)
        elif number.kind == "malformed":
            self._find("send.number-malformed", row.number, column)
        return number.text, number.kind in ("personal", "sole-trader")

    def _headcount(self, row: Row) -> int | None:
        text = self._text(row, "headcount")
        if not text:
            return None
        if not _COUNT.fullmatch(text) or (number := int("".join(text.split()))) > MOST_EMPLOYEES:
            self._find("send.headcount", row.number, self._columns["headcount"][0] + 1, text=text[:40])
            return None
        return number

    def _supplier_parts(self, row: Row) -> tuple[str, ...]:
        text = self._text(row, "parts")
        found = []
        for name in self._part_names(text):
            if (key := self._parts.get(_folded(name))) is not None:
                found.append(key)
                continue
            near = nearest(name, self._known_parts.split(", ")) if self._known_parts else "–"
            column = self._columns["parts"][0] + 1
            self._find("send.part", row.number, column, name=name[:60], nearest=near)
        return tuple(dict.fromkeys(found))

    def _part_names(self, text: str) -> Iterator[str]:
        """Split a cell into names of parts; a name may itself hold a comma."""
        for line in re.split(r"[;\n|]", text):
            names = [line] if _folded(line) in self._parts else line.split(",")
            yield from (name.strip() for name in names if name.strip())


def _names(part: Part) -> Iterator[str]:
    yield part.key
    yield part.title.sv
    if part.title.en is not None:
        yield part.title.en


def _column(heading: str) -> str | None:
    return _COLUMNS.get(_squeezed_heading(heading))


def _squeezed_heading(text: str) -> str:
    """Fold a heading so that "Org.nr", "ORG NR" and "org-nr:" are one."""
    text = re.sub(r"\([^)]*\)", "", _folded(text))
    return "".join(sign for sign in text if sign.isalnum())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
