"""Duties that begin at a number of employees: what the law asked on the day of the procurement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from procurement_equality.catalogue.law import HeadcountRule
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.case import Case
from procurement_equality.checks.nearby import Wording, first_of_each, found
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import wordings
from procurement_equality.findings import Finding
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.law import headcount_rule


def from_25(texts: Texts) -> Found:
    """Find a limit of 25 without its provision or day of counting, or not verified for the day (DL 3:13)."""
    rule = _rule(texts, "dl-3-13")
    doubtful = rule is None or not rule.verified
    wordings_of_25 = (each for each in found(texts, "headcount-of-25") if each.anywhere("active-measures"))
    for wording in sorted(first_of_each(wordings_of_25), key=lambda each: each.stated.name):
        lacking = _lacking(wording)
        if lacking or doubtful:
            doubtful = False  # said once: it is the same limit in every clause
            stated = wording.stated
            says = {f"says_{language}": _says(texts, rule, lacking, language) for language in LANGUAGES}
            yield stated.finding("headcount.25", wording.words, **says, **_corrected(stated, lacking))


def _corrected(stated: StatedClause, lacking: Sequence[str]) -> dict[str, str]:
    """Write the provisions that the buyer's own clause cites, with the one that is missing."""
    if stated.other is None or "note.headcount.no-provision" not in lacking:
        return {}
    cites = json.dumps([*stated.other.cites, "DL 3:13"])
    return {"yaml": f"other_clauses:\n  {stated.name}:\n    cites: {cites}"}


def _lacking(wording: Wording) -> list[str]:
    """Give the codes of what a text does not say. What a catalogue's requirement rests on stands in its own file."""
    other, requirement = wording.stated.other, wording.stated.requirement
    cited = other is not None and any(citation.startswith("DL 3:13") for citation in other.cites)
    lacking = []
    if requirement is None and not cited and not wording.anywhere("provision-of-25"):
        lacking.append("note.headcount.no-provision")
    if not wording.anywhere("counted-on"):
        lacking.append("note.headcount.no-day")
    return lacking


def _says(texts: Texts, rule: HeadcountRule | None, lacking: Iterable[str], language: Language) -> str:
    """Say what a text lacks, then which limit was in force, and whether that has been verified."""
    return " ".join((*(sentence(code, language) for code in lacking), _figure(texts, rule, language)))


def _figure(texts: Texts, rule: HeadcountRule | None, language: Language) -> str:
    """Say which limit was in force on the day, and what is not verified about it."""
    if rule is None:
        return sentence("note.headcount.no-rule", language)
    data = {
        "at_least": str(rule.at_least),
        "counted": rule.counted[language],
        "cited": texts.cite(language, rule.citation),
    }
    if rule.verified:
        return sentence("note.headcount.figure", language, **data)
    doubt = sentence("note.headcount.figure-unverified", language, **data)
    return f"{doubt} {rule.note[language]}" if rule.note else doubt


def _rule(texts: Texts, identifier: str) -> HeadcountRule | None:
    """Give the rule in force on the day; for a document without one, the newest that is known."""
    if texts.date is not None:
        return headcount_rule(texts.law, identifier, texts.date)
    rules = [rule for rule in texts.law.headcount if rule.id == identifier]
    return max(rules, key=lambda rule: rule.valid_from, default=None)


def from_10(texts: Texts) -> Found:
    """Find pay-survey documentation demanded from 10 employees on a day when the limit may have changed (DL 3:14)."""
    rule = _rule(texts, "dl-3-14")
    if rule is not None and rule.verified:
        return
    for wording in first_of_each(each for each in found(texts, "headcount-of-10") if each.anywhere("pay-survey")):
        figure = {f"figure_{language}": _figure(texts, rule, language) for language in LANGUAGES}
        yield wording.stated.finding("headcount.10", wording.words, **figure)


def from_50(texts: Texts) -> Found:
    """Find a reporting channel demanded of firms that need not have one (2021:890 5:2)."""
    rule = _rule(texts, "whistleblowing-50")
    if rule is None:
        return
    for wording in first_of_each(each for each in found(texts, "whistleblowing") if _of_all(each, rule)):
        what = dict.fromkeys(("what_sv", "what_en"), wording.words)
        yield _channel(texts, rule, wording.stated, wording.words, what)


def from_50_of_small(case: Case) -> Found:
    """Find the same in texts, and a requirement on a channel where every expected supplier is below the limit."""
    yield from from_50(case.texts)
    rule = _rule(case.texts, "whistleblowing-50")
    expected = case.procurement.supplier_headcount
    if rule is None or expected is None or expected.at_most is None or expected.at_most >= rule.at_least:
        return
    for stated in case.clauses:
        requirement = stated.requirement
        if requirement is not None and requirement.applies.headcount == "whistleblowing-50":
            what = {f"what_{language}": requirement.title[language] for language in LANGUAGES}
            yield _channel(case.texts, rule, stated, "", what)


def _of_all(wording: Wording, rule: HeadcountRule) -> bool:
    """Say whether a channel is demanded also of those below the limit."""
    text = wording.stated.written(wording.language)
    numbers = wordings("employees").compiled[wording.language].findall(text)
    limited = any(int(number) >= rule.at_least for number in numbers)
    return wording.demanded and not limited and not wording.anywhere("by-law")


def _channel(texts: Texts, rule: HeadcountRule, stated: StatedClause, words: str, what: dict[str, str]) -> Finding:
    figure = {f"figure_{language}": _figure(texts, rule, language) for language in LANGUAGES}
    return stated.finding("headcount.50", words, at_least=str(rule.at_least), **what, **figure)


def from_100(texts: Texts) -> Found:
    """Find pay reporting demanded by the limits of the directive, whose Swedish wording has not been seen."""
    for wording in first_of_each(each for each in found(texts, "pay-report") if _by_directive(each)):
        yield wording.stated.finding("headcount.100", wording.words)


def _by_directive(wording: Wording) -> bool:
    return wording.demanded and wording.anywhere("pay-report-duty") and not wording.anywhere("by-law")


RULES = (
    Rule("headcount.25", "information", of_texts=from_25, legal_basis=("DL 3:13",)),
    Rule(
        "headcount.10",
        "warning",
        of_texts=from_10,
        legal_basis=("DL 3:14",),
        sources=("arbetsgivarverket-lonetransparens", "deloitte-lonetransparens"),
        verified=False,
    ),
    Rule(
        "headcount.50",
        "warning",
        of_case=from_50_of_small,
        of_texts=from_50,
        legal_basis=("2021:890 5:2-3",),
    ),
    Rule("headcount.100", "warning", of_texts=from_100, sources=("eu-2023-970",), verified=False),
)
