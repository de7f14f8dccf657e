"""The coverage page is true: every row of the inventory is told, and what is derived is a draft."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SHARED
from procurement_equality import Catalogue
from procurement_equality.catalogue.strict_yaml import read_file

SECTORS = {
    "home-care", "special-housing", "personal-assistance", "education", "meals", "cleaning", "transport",
    "special-transport", "construction", "security", "it-systems", "consultants", "products", "communication",
}  # fmt: skip


@pytest.fixture(scope="module")
def inventory() -> dict[str, dict[str, Any]]:
    """Give where each row of the inventory went."""
    file, findings = read_file(ROOT / "docs" / "inventory.yaml")
    assert file is not None, findings
    assert isinstance(file.value, dict)
    return file.value  # type: ignore[return-value]


def test_the_coverage_page_is_what_the_catalogue_gives() -> None:
    """The page is generated from the catalogue and the inventory as they stand."""
    command = [sys.executable, str(ROOT / "docs" / "make_coverage.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, "run: python docs/make_coverage.py"


def test_every_row_of_the_inventory_is_told(inventory: dict[str, dict[str, Any]]) -> None:
    """No inventoried requirement is lost: each row names the requirements that carry it, or says why none does."""
    path = SHARED / "requirements.tsv"
    if not path.is_file():
        pytest.skip("the inventory is not beside this checkout")
    with Path(path).open(encoding="utf-8", newline="") as stream:
        rows = {row["id"]: row["support"] for row in csv.DictReader(stream, delimiter="\t")}
    assert list(inventory) == list(rows)
    assert {name: row["support"] for name, row in inventory.items()} == rows


def test_every_requirement_that_a_row_names_exists(inventory: dict[str, dict[str, Any]], catalogue: Catalogue) -> None:
    """A row points at requirements that are there, and a row without any says why."""
    for name, row in inventory.items():
        assert set(row["requirements"]) <= set(catalogue.requirements), name
        assert row["requirements"] or row.get("note"), name


def test_what_only_derived_rows_carry_is_a_draft(inventory: dict[str, dict[str, Any]], catalogue: Catalogue) -> None:
    """A requirement whose rows are all our own derivation stays out of documents until someone asks for it."""
    support: dict[str, set[str]] = {}
    for row in inventory.values():
        for identifier in row["requirements"]:
            support.setdefault(identifier, set()).add(row["support"])
    derived = {identifier for identifier, grades in support.items() if grades == {"C"}}
    assert derived, "the inventory has derived rows"
    assert {i for i in derived if catalogue.requirements[i].status != "draft"} == set()


def test_the_catalogue_covers_what_municipalities_buy(catalogue: Catalogue) -> None:
    """There are at least 150 active requirements in 25 topics or more, and each sector has some of its own."""
    active = [r for r in catalogue.requirements.values() if r.status == "active"]
    assert len(active) >= 150
    assert len({r.topic for r in active}) >= 25
    for sector in SECTORS:
        own = [r for r in catalogue.requirements.values() if sector in r.applies.sectors]
        assert len(own) >= 4, sector


def test_a_draft_says_what_a_lawyer_must_look_at(catalogue: Catalogue) -> None:
    """Every draft has its review in both languages."""
    drafts = [r for r in catalogue.requirements.values() if r.status == "draft"]
    assert drafts
    assert [r.id for r in drafts if r.review is None or r.review.en is None] == []
