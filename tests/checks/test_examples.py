"""The rules' examples: documents that a lawyer can read, run as tests."""

from __future__ import annotations

import datetime

import pytest

from procurement_equality import Catalogue
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import Checked, check
from procurement_equality.checks.example import Step, example
from procurement_equality.checks.registry import RULES
from procurement_equality.checks.rule import Rule
from procurement_equality.findings.words import way_out, what
from procurement_equality.procurement.model import made_from
from procurement_equality.resources import bundled

TODAY = datetime.date(2026, 11, 23)
CODES = [rule.code for rule in RULES]


def checked(catalogue: Catalogue, step: Step) -> Checked:
    """Check one of an example's procurement files, every rule in force."""
    file, findings = read(step.text, "upphandling.yaml")
    assert file is not None, findings
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    return check(make_case(catalogue, procurement), TODAY)


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_case_that_breaks_a_rule_has_exactly_the_finding_that_its_document_shows(
    rule: Rule, catalogue: Catalogue
) -> None:
    """The message, the severity and the place are those that a lawyer reads in the document."""
    document = example(rule.code)
    found = checked(catalogue, document.breaks)
    own = [finding for finding in found.findings if finding.code == rule.code]
    shown = [f"{f.severity}: {what(f, 'sv')} {way_out(f, 'sv')}" for f in own]
    assert [" ".join(words.split()) for words in shown] == [document.finding]
    file = found.case.procurement.file
    assert file is not None
    at_key, at_words = file.position(document.location), (own[0].line, own[0].column)
    assert at_words[0] is not None
    assert at_key == at_words or at_words[0] >= at_key[0], "the place lies outside what the document names"


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_mended_case_has_no_such_finding_and_no_error(rule: Rule, catalogue: Catalogue) -> None:
    """The way out can be followed: what the document shows as mended breaks no rule with an error."""
    found = checked(catalogue, example(rule.code).holds)
    assert [finding for finding in found.findings if finding.code == rule.code or finding.severity == "error"] == []


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    """A rule without a document is not done, and a document without a rule is dead."""
    assert sorted(path.stem for path in (bundled("requirements_catalog") / "checks").glob("*.md")) == sorted(CODES)
