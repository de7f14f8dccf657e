"""What a finding cites: never an act or a chapter that does not apply to the procurement."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from procurement_equality import Catalogue, Procurement
from procurement_equality.catalogue import citation
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.checks.basis import basis_of
from procurement_equality.checks.case import make_case
from procurement_equality.checks.chapters import applies
from procurement_equality.checks.check import check
from procurement_equality.checks.example import example
from procurement_equality.checks.registry import BY_CODE, RULES
from procurement_equality.procurement.model import made_from
from procurement_equality.resources import bundled

BASES = sorted((bundled("requirements_catalog") / "checks" / "base").glob("*.yaml"))

ACTS = {"LOU", "LUF", "LUK", "LOV"}
TODAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("base", BASES, ids=lambda path: path.stem)
def test_no_rule_cites_what_the_rule_about_chapters_would_object_to(base: Path, catalogue: Catalogue) -> None:
    """The tool follows its own rule: a chapter that does not apply is not given as a ground."""
    case = make_case(catalogue, Procurement.load(base))
    assert case.regime is not None
    for rule in RULES:
        for text in basis_of(rule, case):
            parsed = citation.parse(text)
            assert parsed is not None
            if parsed.act in ACTS and not rule.code.startswith("law."):
                assert parsed.act == case.procurement.act, (rule.code, text)
                assert applies(parsed, case.regime), (rule.code, text)


def test_the_ordinance_is_no_ground_for_a_municipality(catalogue: Catalogue) -> None:
    """2006:260 binds the authorities that it lists: subcontractors of a municipality are not its matter."""
    by_name = {path.stem: make_case(catalogue, Procurement.load(path)) for path in BASES}
    rule = BY_CODE["contract.subcontractors"]
    assert any(text.startswith("2006:260") for text in rule.legal_basis)
    assert not any(text.startswith("2006:260") for text in basis_of(rule, by_name["stadning-lou"]))
    assert any(text.startswith("2006:260") for text in basis_of(rule, by_name["lokalvard-stat"]))


def test_a_conflict_cites_its_own_provisions(catalogue: Catalogue) -> None:
    """Two goals that meet in working hours are not a matter of data protection."""
    file, _ = read(example("conflict.both-sides").breaks.text, "upphandling.yaml")
    assert file is not None
    procurement, _ = made_from(file)
    assert procurement is not None
    case = make_case(catalogue, procurement)
    found = [finding for finding in check(case, TODAY).findings if finding.code == "conflict.both-sides"]
    assert found
    for finding in found:
        cited = basis_of(BY_CODE[finding.code], case, finding)
        assert cited == tuple(finding.data["legal_basis"].split("; "))
        assert set(cited) <= set(BY_CODE[finding.code].legal_basis)
