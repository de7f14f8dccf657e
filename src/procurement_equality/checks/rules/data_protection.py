"""Personal data that the documents ask the supplier for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.sentences import holds, in_sentences, matches_in
from procurement_equality.checks.tables import about, counts_persons, include, split_by_sex, tables_of
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import phrases, wordings
from procurement_equality.findings import Finding

_ANSWERED_FOR_THE_GROUP = ("yes-no", "yes-no-partly", "date", "declaration")
"""Types of questions whose answers say nothing of a person."""


def sensitive(case: Case) -> Found:
    """Find what asks for sensitive data of persons: in texts, and in questions and tables of chosen requirements."""
    said: set[str] = set()
    for finding in (*sensitive_texts(case.texts), *_questions(case), *_tables(case)):
        if finding.data["name"] not in said:
            said.add(finding.data["name"])
            yield finding


def sensitive_texts(texts: Texts) -> Found:
    """Find a clause that asks for sensitive data: about each person an error, in figures without protection a warning.

    Reserved participation counts those with disabilities by law (LOU 4:18, 19:25).
    """
    said: set[str] = set()
    for stated, _, sentence, words in in_sentences(texts, wordings("sensitive-data")):
        if stated.name in said or stated.kind == "reserved-participation":
            continue
        finding = _judged(stated, sentence, words, stated.text)
        if finding is not None:
            said.add(stated.name)
            yield finding


def small_cells(case: Case) -> Found:
    """Find statistics about groups that may be small without a rule on small numbers, in texts and tables."""
    yaml = {"yaml": include("STA-06")} if "STA-06" in case.catalogue.requirements else {}
    for finding in small_cells_texts(Texts(case.others, case.catalogue.law)):
        if not _rule_on_small_numbers(case.texts):
            yield replace(finding, data={**finding.data, **yaml})
    for stated, table in tables_of(case):
        if table.small_numbers == "shown" and counts_persons(table) and split_by_sex(table):
            yield stated.finding("gdpr.small-cells", table.title.sv)


def small_cells_texts(texts: Texts) -> Found:
    """Find the same in a document's texts."""
    protected = texts.holding(phrases("small-numbers"))
    for stated, words in texts.first_matches(wordings("statistics-by-group")):
        if stated not in protected and not _rule_on_small_numbers(texts):
            yield stated.finding("gdpr.small-cells", words)


def _rule_on_small_numbers(texts: Texts) -> bool:
    """Say whether some clause has a rule for all statistics."""
    return bool(texts.holding(phrases("small-numbers")) & texts.holding(phrases("statistics")))


def _judged(stated: StatedClause, sentence: str, words: str, whole: Text) -> Finding | None:
    """Say how grave a request is, or None where the figures are protected."""
    finding = stated.finding("gdpr.sensitive", words)
    asked = Text(sv=sentence, en=sentence)
    if holds(asked, phrases("each-person")) or not holds(asked, phrases("aggregate")):
        return finding.as_warning() if holds(whole, phrases("consent")) else finding
    if holds(whole, phrases("small-numbers")) or holds(whole, phrases("consent")):
        return None
    return finding.as_warning()


def _questions(case: Case) -> Iterator[Finding]:
    """Find questions to the supplier that ask for sensitive data."""
    for stated in case.clauses:
        if stated.requirement is None or stated.kind == "reserved-participation":
            continue
        asked = [question for question in stated.requirement.questions if question.type not in _ANSWERED_FOR_THE_GROUP]
        for language in LANGUAGES:
            if wordings("sensitive-data").hinted("\n".join(_asks(question, language) for question in asked), language):
                yield from (finding for question in asked for finding in _of_question(stated, question, language))


def _of_question(stated: StatedClause, question: Question, language: Language) -> Iterator[Finding]:
    for sentence, words in matches_in(_asks(question, language), language, wordings("sensitive-data")):
        finding = _judged(stated, sentence, words, stated.text)
        if finding is not None:
            yield finding.as_warning() if question.type in ("number", "per-cent") else finding


def _asks(question: Question, language: Language) -> str:
    """Give what a question asks, with its help."""
    texts = (text for text in (question.text, question.help) if text is not None)
    return "\n\n".join((text.sv if language == "sv" else text.en or "") for text in texts)


def _tables(case: Case) -> Iterator[Finding]:
    """Find tables about sensitive data: a row for each person is an error, figures that are shown a warning."""
    for stated, table in tables_of(case):
        each_person = bool(table.spare_rows) and holds(table.row_heading, phrases("one-person"))
        if (each_person or table.small_numbers == "shown") and about(table, "sensitive-labels"):
            finding = stated.finding("gdpr.sensitive", table.title.sv)
            yield finding if each_person else finding.as_warning()


RULES = (
    Rule(
        "gdpr.sensitive",
        "error",
        of_case=sensitive,
        of_texts=sensitive_texts,
        legal_basis=("2018:218 3:1", "2018:218 3:2"),
        sources=("eu-2016-679",),
        verified=False,
    ),
    Rule(
        "gdpr.small-cells",
        "warning",
        of_case=small_cells,
        of_texts=small_cells_texts,
        sources=("eu-2016-679",),
        verified=False,
    ),
)
