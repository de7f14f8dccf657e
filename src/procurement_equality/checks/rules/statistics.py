"""Statistics about persons, by sex."""

from __future__ import annotations

from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.tables import counts_persons, split_by_sex, tables_of
from procurement_equality.checks.texts import Texts
from procurement_equality.checks.words import wordings


def sex_missing(case: Case) -> Found:
    """Find figures about persons that are not split by sex: in clauses of the buyer's own, and in chosen tables."""
    yield from sex_missing_texts(Texts(case.others, case.catalogue.law))
    for stated, table in tables_of(case):
        if counts_persons(table) and not split_by_sex(table):
            yield stated.finding("stat.sex-missing", table.title.sv)


def sex_missing_texts(texts: Texts) -> Found:
    """Find the same in a document's texts."""
    for stated, words in texts.first_matches(wordings("individual-statistics")):
        yield stated.finding("stat.sex-missing", words)


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
