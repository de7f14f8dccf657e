"""The examples that come with the program: one for each regime, and what the checks say of them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

from conftest import EXAMPLES, ROOT
from procurement_equality import Catalogue, Procurement
from procurement_equality.catalogue.law import RegimeId
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import Checked, check

TODAY = datetime.date(2026, 11, 23)

EXPECTED: Mapping[str, tuple[RegimeId, Mapping[str, int]]] = {
    "direktupphandling-utbildning": (
        "LOU-19A",
        {"headcount.25": 1, "law.bilaga2.detect": 1, "law.date-past-known": 1, "law.unverified": 1},
    ),
    "hemtjanst-eget-lager": ("LOV", {"conflict.both-sides": 3, "headcount.25": 1, "law.date-past-known": 1}),
    "hemtjanst-lov": ("LOV", {"conflict.both-sides": 5, "headcount.25": 1, "law.date-past-known": 1}),
    "linjetrafik-luf": ("LUF", {"conflict.both-sides": 1}),
    "lokalvard-stat": ("LOU", {"conflict.both-sides": 1}),
    "parkering-luk": ("LUK", {"conflict.both-sides": 1}),
    "sarskilt-boende-lou19": ("LOU-19", {"conflict.both-sides": 3, "law.bilaga2.detect": 1}),
    "stadtjanst-lou": ("LOU", {"conflict.both-sides": 2}),
}
"""Each example's regime, and its findings: how many of each code."""


def checked(path: Path) -> Checked:
    """Check an example with the layers that it names."""
    procurement = Procurement.load(path)
    return check(make_case(Catalogue.load(overlays=procurement.overlay_folders), procurement), TODAY)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_its_regime_and_exactly_the_findings_that_are_right(path: Path) -> None:
    """No example has an error, and no warning but that the text of chapter 19 a was not seen."""
    found = checked(path)
    regime, counts = EXPECTED[path.stem]
    assert found.case.regime == regime
    codes = [finding.code for finding in found.findings]
    assert {code: codes.count(code) for code in sorted(set(codes))} == counts
    assert {finding.code for finding in found.findings if finding.severity != "information"} <= {"law.unverified"}
    assert found.not_examined == ()


def test_there_is_an_example_for_each_regime_that_an_authority_meets_every_week() -> None:
    """LOU above the threshold, chapters 19 and 19 a, LUF, LUK and LOV; the light rules of LUF and LUK have none."""
    regimes = {regime for regime, _ in EXPECTED.values()}
    assert set(get_args(RegimeId)) - regimes == {"LUF-19", "LUF-19A", "LUK-15"}


def test_a_state_authority_under_the_ordinance_is_among_them(catalogue: Catalogue) -> None:
    """The example names an authority of the annex, and its contract reaches the limits of the ordinance."""
    procurement = Procurement.load(ROOT / "examples" / "lokalvard-stat.yaml")
    assert catalogue.law.name_lists["listed-state-authorities"].held_in(procurement.authority.name) is not None
    assert procurement.authority.type == "central-government"
    assert procurement.months >= 8
    assert procurement.value >= 750_000


def test_without_its_conditions_the_state_example_breaks_the_ordinance(catalogue: Catalogue) -> None:
    """That the example has no finding is due to what it asks for: without that, the ordinance is broken."""
    procurement = Procurement.load(ROOT / "examples" / "lokalvard-stat.yaml")
    case = make_case(catalogue, procurement)
    assert case.selection is not None
    kept = tuple(
        clause
        for clause in case.selection.clauses
        if not any(basis.startswith("DL ") for basis in clause.requirement.legal_basis)
    )
    assert kept
    emptied = dataclasses.replace(case, selection=case.selection.model_copy(update={"clauses": kept}))
    assert "ad.mandatory-state" in [finding.code for finding in check(emptied, TODAY).findings]
