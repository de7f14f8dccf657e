"""The registry of rules: codes, words, and what they rest on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SHARED
from procurement_equality import Catalogue
from procurement_equality.catalogue import citation
from procurement_equality.checks.registry import BY_CODE, RULES
from procurement_equality.checks.rule import Rule
from procurement_equality.findings.words import messages, unverified

CODES_OF_ROWS = {
    "double-use": "kv.double-use",
    "brand": "label.brand",
    "ilo": "labour.ilo",
    "quota": "discrimination.quota",
    "preferential-nonsex": "discrimination.preferential-nonsex",
    "origin-choice": "discrimination.origin-choice",
    "sex-choice": "discrimination.sex-choice",
    "language.test": "discrimination.language-test",
    "child": "assignment.child",
    "minority.area": "assignment.minority-area",
    "kl.insight": "assignment.insight",
    "review-clause": "contract.review-clause",
    "doc.subcontractors": "contract.subcontractors",
    "lots": "procedure.lots",
    "dir.doc": "procedure.direct-award-record",
    "headcount.100-150": "headcount.100",
}
"""Rows of the table of rules whose code is another than the row's own name."""


def test_codes_are_unique() -> None:
    """A code names one rule."""
    assert len(BY_CODE) == len(RULES)


def test_every_row_of_the_table_has_its_rule() -> None:
    """No rule of the domain notes has been forgotten."""
    notes = SHARED / "domain.md"
    if not notes.is_file():
        pytest.skip("the domain notes are not in this checkout")
    table = notes.read_text(encoding="utf-8").partition("## 2. Lint rules")[2].partition("### 2.1")[0]
    rows = re.findall(r"^\| ([a-z][a-z0-9.-]+) \|", table, re.MULTILINE)
    assert len([row for row in rows if row != "id"]) >= 60
    assert [row for row in rows if row != "id" and CODES_OF_ROWS.get(row, row) not in BY_CODE] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_rule_says_why_and_what_it_rests_on(rule: Rule, catalogue: Catalogue) -> None:
    """Each rule cites a provision or a source that the catalogue knows, and says so where it is not verified."""
    words = messages()[rule.code]
    assert {f"{language}_{part}" for language in ("sv", "en") for part in ("title", "why", "out")} <= set(words)
    assert rule.legal_basis or rule.sources
    assert set(rule.sources) <= set(catalogue.head.sources)
    for text in rule.legal_basis:
        parsed = citation.parse(text)
        assert parsed is not None, text
        assert parsed.act in catalogue.law.acts, text
    assert (unverified(rule.code, "sv") is None) == rule.verified
    assert (unverified(rule.code, "en") is None) == rule.verified


def test_every_provision_that_a_rule_cites_is_in_the_statute_text(catalogue: Catalogue) -> None:
    """Citations were looked up, not remembered."""
    path = SHARED / "law" / "provisions.tsv"
    if not path.is_file():
        pytest.skip("the statute text is not in this checkout")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    known = {(row[0], row[2]) for row in rows if len(row) > 2}
    missing = []
    for rule in RULES:
        for text in rule.legal_basis:
            parsed = citation.parse(text)
            assert parsed is not None
            missing += [(rule.code, text) for provision in parsed.provisions if (parsed.act, provision) not in known]
    assert missing == []


def test_the_page_of_rules_is_up_to_date() -> None:
    """`docs/rules.md` lists what the registry has."""
    script = Path(__file__).resolve().parents[2] / "docs" / "make_rules.py"
    result = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
