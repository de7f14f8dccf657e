"""A small catalogue in a temporary folder: the bundled head, law and tables, and three requirements to edit."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT
from procurement_equality.catalogue.reading import read_catalogue
from procurement_equality.findings import Finding, describe

BUNDLED = ROOT / "requirements_catalog"
BRU_01 = "requirements/wishes-about-staff/BRU-01.yaml"
BRU_02 = "requirements/wishes-about-staff/BRU-02.yaml"
AKT_05 = "requirements/active-measures/AKT-05.yaml"


class CatalogueFolder:
    """A catalogue folder whose files can be edited, with the places where the edits ended up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("law", "tables"):
            shutil.copytree(BUNDLED / name, path / name)
        shutil.copy(BUNDLED / "catalogue.yaml", path)
        for name in (BRU_01, BRU_02, AKT_05):
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BUNDLED / name, path / name)

    def text(self, name: str) -> str:
        """Give a file's text."""
        return (self.path / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str, at: str | None = None) -> str:
        """Replace the first `old` by `new`; give the place of `at` in the new text, or of the new text."""
        text = self.text(name)
        assert old in text, f"{name} does not hold {old!r}"
        start = text.index(old)
        text = text.replace(old, new, 1)
        (self.path / name).write_text(text, encoding="utf-8")
        return self._place(name, text, start + (new.index(at) if at else 0))

    def place(self, name: str, part: str) -> str:
        """Give the place where `part` first stands in a file."""
        text = self.text(name)
        return self._place(name, text, text.index(part))

    def start(self, name: str) -> str:
        """Give the place of a file's first character."""
        return f"{self.path / name}:1:1"

    def findings(self) -> list[Finding]:
        """Read the folder, and see that every finding can be said in both languages."""
        _, findings = read_catalogue(self.path)
        for finding in findings:
            assert describe(finding, "sv").strip()
            assert describe(finding, "en").strip()
        return findings

    def report(self) -> set[tuple[str, str]]:
        """Give code and place of every finding."""
        return {(finding.code, finding.place) for finding in self.findings()}

    def finding(self, code: str) -> Finding:
        """Give the one finding with this code."""
        (finding,) = [finding for finding in self.findings() if finding.code == code]
        return finding

    def _place(self, name: str, text: str, position: int) -> str:
        line = text.count("\n", 0, position) + 1
        return f"{self.path / name}:{line}:{position - text.rfind(chr(10), 0, position)}"
