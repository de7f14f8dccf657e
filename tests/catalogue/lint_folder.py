"""A catalogue of one requirement without findings, in a temporary folder: the tests of the language checks edit it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from conftest import ROOT
from procurement_equality import Catalogue
from procurement_equality.catalogue.checking import check_catalogue, read_wording
from procurement_equality.catalogue.wording import Wording
from procurement_equality.findings import Finding, describe

BUNDLED = ROOT / "requirements_catalog"
FILE = "requirements/active-measures/AKT-01.yaml"
SV = "Leverantören ska senast {{ first_months }} efter avtalsstart visa beställaren en rutin."
EN = "Within {{ first_months }} of the start of the contract the supplier shall show the buyer a routine."

REQUIREMENT = """\
id: AKT-01
title:
  sv: "Rutin för aktiva åtgärder"
  en: "Routine for active measures"
topic: active-measures
grounds: [sex]
charter_articles: {version: 2006, articles: [11]}
level: basic
status: active
since: 0.1.0
last_verified: 2026-11-23
rationale:
  sv: "Rutinen visar vad som görs."
  en: "The routine shows what is done."
on_request: {sv: "Köpet avgör.", en: "The purchase decides."}
parameters:
  first_months:
    type: integer
    unit: months
    default: 6
    min: 2
    max: 12
    label: {sv: "Tid till rutinen", en: "Time to the routine"}
  form:
    type: choice
    default: paper
    label: {sv: "Form", en: "Form"}
    choices:
      paper: {sv: "på papper", en: "on paper"}
      file: {sv: "som fil", en: "as a file"}
  place:
    type: text
    label: {sv: "Plats", en: "Place"}
    default: {sv: "i huset", en: "in the house"}
variants:
  - kind: contract-performance-condition
    text:
      sv: "SV"
      en: "EN"
  - kind: award-criterion
    text:
      sv: "Anbudet beskriver rutinen, {{ form }}, {{ place }}, {{ first_months }}."
      en: "The tender describes the routine, {{ form }}, {{ place }}, {{ first_months }}."
    scale:
      - {points: 0, description: {sv: "Rutinen saknas.", en: "The routine is missing."}}
      - {points: 9, description: {sv: "Rutinen finns.", en: "The routine exists."}}
    consequence: {ladder: award, text: {sv: "Vitet höjs.", en: "The penalty rises."}}
legal_basis: ["DL 3:4"]
evidence:
  sv: "Rutinen."
  en: "The routine."
  small_supplier: {sv: "En sida räcker.", en: "One page is enough."}
follow_up:
  method: document
  when: {months_after_start: first_months}
  indicator: {sv: "Om rutinen finns.", en: "Whether the routine exists."}
  responsible: contract-manager
  consequence: {ladder: standard, text: {sv: "Avtalet hävs.", en: "The contract ends."}}
questions:
  - key: routine
    type: choice
    text: {sv: "Finns rutinen?", en: "Does the routine exist?"}
    help: {sv: "Svara för i dag.", en: "Answer for today."}
    options:
      exists: {sv: "Den finns", en: "It exists"}
      missing: {sv: "Den saknas", en: "It is missing"}
conflicts:
  - goal: privacy
    balancing: {sv: "Inga namn lämnas.", en: "No names are given."}
sources: [dl-2008-567]
"""


class LintFolder:
    """A catalogue folder with the bundled law and one requirement, and what the language checks find in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(BUNDLED / "law", path / "law")
        for name in ("catalogue.yaml", "lint.yaml"):
            shutil.copy(BUNDLED / name, path)
        self.write(FILE, requirement())

    def write(self, name: str, text: str) -> None:
        """Write a file of the folder."""
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file by `new`."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        self.write(name, text.replace(old, new, 1))

    def place(self, part: str, name: str = FILE, *, number: int = 1) -> str:
        """Give the place where `part` stands in a file for the first (or second …) time."""
        text = (self.path / name).read_text(encoding="utf-8")
        position = -1
        for _ in range(number):
            position = text.index(part, position + 1)
        line = text.count("\n", 0, position) + 1
        return f"{self.path / name}:{line}:{position - text.rfind(chr(10), 0, position)}"

    def findings(self) -> list[Finding]:
        """Check the folder, and see that every finding can be said in both languages."""
        found = check_catalogue(self.path)
        for finding in found:
            assert describe(finding, "sv") != describe(finding, "en")
        return found

    def report(self) -> list[tuple[str, str]]:
        """Give code and place of every finding."""
        return [(finding.code, finding.place) for finding in self.findings()]

    def codes(self) -> list[str]:
        """Give the code of every finding."""
        return [finding.code for finding in self.findings()]


def requirement(sv: str = SV, en: str = EN, *, waivers: Sequence[tuple[str, str | None]] = ()) -> str:
    """Give the requirement's file with these clauses, each on one line, and with waivers of (code, words)."""
    text = REQUIREMENT.replace('"SV"', f'"{sv}"').replace('"EN"', f'"{en}"')
    if waivers:
        text += "waivers:\n"
    for code, words in waivers:
        narrowed = f'text: "{words}", ' if words else ""
        text += f'  - {{code: {code}, {narrowed}reason: {{sv: "Det är prövat.", en: "It has been weighed."}}}}\n'
    return text


def block(sv: str = SV, en: str = EN) -> str:
    """Give the requirement's file with the clauses as literal blocks, so that lines may break inside a sentence."""

    def lines(text: str) -> str:
        return "|-\n" + "\n".join(f"        {line}".rstrip() for line in text.split("\n"))

    return REQUIREMENT.replace('"SV"', lines(sv)).replace('"EN"', lines(en))


@cache
def small_catalogue() -> Catalogue:
    """Give the catalogue of one requirement without findings."""
    with tempfile.TemporaryDirectory() as path:
        return Catalogue.load(LintFolder(Path(path)).path)


@cache
def rules() -> Wording:
    """Give the bundled rules."""
    wording, findings = read_wording(BUNDLED)
    assert wording is not None, findings
    return wording
