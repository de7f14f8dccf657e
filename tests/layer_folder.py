"""A small catalogue in a temporary folder, and layers to lay on it: files that tests write, edit and point into."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from textwrap import indent

from procurement_equality import Catalogue
from procurement_equality.catalogue.layers import read_layered
from procurement_equality.catalogue.reading import read_catalogue
from procurement_equality.findings import Finding, describe
from procurement_equality.resources import bundled

BUNDLED = bundled("requirements_catalog")
BASE = (
    "requirements/active-measures/AKT-01.yaml",
    "requirements/wishes-about-staff/BRU-02.yaml",
    "requirements/pay/LON-01.yaml",
)
TABLE = "tables/wishes-about-staff.yaml"
REASON = "reason: {sv: Nämnden har bestämt det., en: The committee has decided it.}"

OWN = """\
id: EXA-01
title: {sv: Årlig träff, en: Yearly meeting}
topic: pay
grounds: [sex]
charter_articles: {version: 2006, articles: [4]}
level: law
status: active
since: 1.0.0
last_verified: 2026-11-23
rationale: {sv: Planen säger det., en: The plan says so.}
variants:
  - kind: contract-performance-condition
    text:
      sv: Leverantören ska varje år under avtalstiden delta i en träff som beställaren kallar till.
      en: Every year during the contract the supplier shall take part in a meeting that the authority calls.
legal_basis: []
evidence:
  sv: Deltagarlistan.
  en: The list of participants.
  small_supplier: {sv: En rapport på en sida., en: A report of one page.}
follow_up:
  method: meeting
  when: {months_after_start: 12, then_every_months: 12}
  indicator: {sv: Har leverantören deltagit?, en: Has the supplier taken part?}
  responsible: contract-manager
  consequence: {ladder: reporting}
questions:
  - key: attended
    type: yes-no
    text: {sv: Har ni deltagit?, en: Have you taken part?}
sources: [dl-2008-567]
"""
"""A requirement of a layer's own."""

PROCUREMENT = """\
title: {sv: Hemtjänst, en: Home care}
reference: SN 2026/1
authority: {name: Exempelkommunen, type: municipality}
act: LOV
object: {sv: Hemtjänst i hemmet., en: Home care at home.}
cpv: ["85312000-9"]
value: 192000000
months: 48
date: 2026-12-01
languages: [sv, en]
sectors: [home-care]
level: law
"""
"""A procurement file that BRU-02, LON-01 and AKT-01 fit."""


def small_catalogue(folder: Path) -> Path:
    """Write a catalogue of three requirements that the bundled one also has."""
    shutil.copytree(BUNDLED / "law", folder / "law")
    for name in ("catalogue.yaml", "lint.yaml", TABLE, *BASE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BUNDLED / name, folder / name)
    return folder


@cache
def digests(folder: Path) -> dict[str, str]:
    """Give the digest of each requirement of a catalogue that no test edits."""
    catalogue, findings = read_catalogue(folder)
    assert catalogue is not None, findings
    return {identifier: requirement.digest for identifier, requirement in catalogue.requirements.items()}


class LayerFolder:
    """A layer in a folder: its files can be written and edited, and places in them found."""

    def __init__(self, base: Path, path: Path, prefix: str = "EXA") -> None:
        self.base, self.path = base, path
        self.write(
            "overlay.yaml",
            f"id: {path.name}\nversion: 1.2.3\n"
            f"title: {{sv: Lagret {path.name} på svenska, en: The layer {path.name} in English}}\n"
            f"prefix: {prefix}\nbase: {{id: procurement-equality, version: 0.2.0}}\n",
        )

    def write(self, name: str, text: str) -> str:
        """Write a file of the layer; give its name."""
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")
        return name

    def more(self, text: str) -> str:
        """Add lines to `overlay.yaml`."""
        return self.write("overlay.yaml", self.text("overlay.yaml") + text)

    def change(self, identifier: str, *changes: str, digest: str | None = "", reason: str = REASON) -> str:
        """Write a change file whose changes all have the same reason; the digest is the base's where none is given."""
        pin = digests(self.base).get(identifier) if digest == "" else digest
        head = f"requirement: {identifier}\n" + (f'digest: "{pin}"\n' if pin else "")
        items = [indent(f"{change.rstrip()}\n{reason}", "    ").replace("    ", "  - ", 1) for change in changes]
        return self.write(f"changes/{identifier}.yaml", head + "changes:\n" + "\n".join(items) + "\n")

    def own(self, identifier: str = "EXA-01", text: str = OWN, *, reason: bool = True) -> str:
        """Write a requirement of the layer's own, and the change that says why it is added."""
        if reason:
            self.change(identifier, "verb: add")
        return self.write(f"requirements/pay/{identifier}.yaml", text.replace("EXA-01", identifier, 1))

    def text(self, name: str) -> str:
        """Give a file's text."""
        return (self.path / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> str:
        """Replace the first `old` in a file by `new`."""
        assert old in self.text(name), f"{name} does not hold {old!r}"
        return self.write(name, self.text(name).replace(old, new, 1))

    def place(self, name: str, part: str, *, last: bool = False) -> str:
        """Give the place where `part` stands in a file, first or last."""
        text = self.text(name)
        position = text.rindex(part) if last else text.index(part)
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        return f"{self.path / name}:{line}:{column}"

    def start(self, name: str) -> str:
        """Give the place of a file's first character."""
        return f"{self.path / name}:1:1"


def findings_of(base: Path, layers: Sequence[LayerFolder]) -> list[Finding]:
    """Read a catalogue with layers, and see that every finding can be said in both languages."""
    _, findings = read_layered(base, [layer.path for layer in layers])
    for finding in findings:
        for language in ("sv", "en"):
            assert len(describe(finding, language, place=False)) > len(f"{finding.code} ")
    return findings


def report(base: Path, *layers: LayerFolder) -> list[tuple[str, str]]:
    """Give code and place of every finding, in order."""
    return [(finding.code, finding.place) for finding in findings_of(base, layers)]


def laid(base: Path, *layers: LayerFolder) -> Catalogue:
    """Load a catalogue with layers."""
    return Catalogue.load(base, [layer.path for layer in layers])
