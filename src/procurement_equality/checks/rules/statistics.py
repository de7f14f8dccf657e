"""Statistics about persons, by sex."""

from __future__ import annotations

from dataclasses import replace

from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.tables import counts_persons, include, split_by_sex, tables_of
from procurement_equality.checks.texts import Texts
from procurement_equality.checks.words import phrases, wordings


def sex_missing(case: Case) -> Found:
    """Find figures about persons that are not split by sex: in clauses of the buyer's own, and in chosen tables."""
    yaml = {"yaml": include("STA-01")} if "STA-01" in case.catalogue.requirements else {}
    for finding in sex_missing_texts(Texts(case.others, case.catalogue.law)):
        if not _rule_on_sex(case.texts):
            yield replace(finding, data={**finding.data, **yaml})
    for stated, table in tables_of(case):
        if counts_persons(table) and not split_by_sex(table):
            yield stated.finding("stat.sex-missing", table.title.sv)


def sex_missing_texts(texts: Texts) -> Found:
    """Find the same in a document's texts."""
    for stated, words in texts.first_matches(wordings("individual-statistics")):
        if not _rule_on_sex(texts):
            yield stated.finding("stat.sex-missing", words)


def _rule_on_sex(texts: Texts) -> bool:
    """Say whether some clause has all statistics split by sex."""
    return bool(texts.holding(phrases("all-statistics")) & texts.holding(phrases("sex-labels")))


RULES = (
    Rule(
        "stat.sex-missing",
        "warning",
        of_case=sex_missing,
        of_texts=sex_missing_texts,
        sources=("gu-lov-jamstalldhet-2017", "jamstall-statistik"),
        verified=False,
    ),
)
