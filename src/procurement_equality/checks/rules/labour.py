"""Labour conditions: pay, holiday and working time when needed, and the ILO core conventions (LOU 17:2-5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procurement_equality.catalogue.law import RegimeId
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.saying import asking, said
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import phrases, wordings

_CHAPTERS: Mapping[RegimeId, str] = {"LOU": "LOU 17", "LUF": "LUF 16", "LUK": "LUK 14"}
"""The chapter whose sections 2-5 are the duty. Chapters 19 and 19 a, LUK chapter 15 and LOV have none."""

_MADE_ABROAD = {"it-systems", "products"}
"""Sectors whose goods are often made where Swedish labour law does not apply."""


def needed(case: Case) -> Found:
    """Find services or works without an assessment of whether labour conditions are needed, or without the clause."""
    procurement = case.procurement
    if case.regime not in _CHAPTERS or procurement.category == "goods" or not procurement.performed_in_sweden:
        return
    assessed = procurement.labour_conditions
    if assessed is None:
        yaml = "labour_conditions: {needed: true, reasons: …}"
        yield case.finding("labour.needed", ("labour_conditions",), **_said("note.labour-needed", case, 2), yaml=yaml)
    elif assessed.needed and not any(map(_sets_levels, _conditions(case))):
        yaml = "requirements:\n  ARB-01: {}"
        yield case.finding("labour.needed", ("labour_conditions",), **_said("note.labour-clause", case, 2), yaml=yaml)


def no_cba(texts: Texts) -> Found:
    """Find clauses that require the supplier to be bound by a collective agreement."""
    for stated, words in texts.first_matches(wordings("bound-by-agreement")):
        found = stated.finding("labour.no-cba", words)
        yield found if texts.regime in _CHAPTERS else found.as_warning()


def fallback(texts: Texts) -> Found:
    """Find labour conditions without the rule that corresponding terms of a collective agreement are enough.

    In a document the rule may stand in another paragraph. Where the regime is not known, the finding is information.
    """
    if texts.regime is not None and texts.regime not in _CHAPTERS:
        return
    enough = texts.holding(phrases("corresponding-terms"))
    for stated in texts.clauses:
        has_it = stated in enough or (stated.kind is None and enough)
        if stated.kind in (None, "contract-performance-condition") and _sets_levels(stated) and not has_it:
            found = stated.finding("labour.fallback")
            yield found if texts.regime else asking(found)


def ilo(case: Case) -> Found:
    """Find work outside Swedish labour law without an assessment after the ILO core conventions, or the clause."""
    procurement, assessed = case.procurement, case.procurement.ilo_conditions
    if case.regime not in _CHAPTERS or procurement.outside_swedish_labour_law is False:
        return
    if procurement.outside_swedish_labour_law is None:
        made_abroad = procurement.category == "goods" and _MADE_ABROAD.intersection(procurement.sectors)
        if assessed is None and (made_abroad or not procurement.performed_in_sweden):
            what, yaml = _said("note.ilo-unknown", case, 4), "outside_swedish_labour_law: true"
            yield asking(case.finding("labour.ilo", ("outside_swedish_labour_law",), **what, yaml=yaml))
    elif assessed is None:
        what, yaml = _said("note.ilo-needed", case, 4), "ilo_conditions: {needed: true, reasons: …}"
        yield case.finding("labour.ilo", ("outside_swedish_labour_law",), **what, yaml=yaml)
    elif assessed.needed and not case.texts.holding(phrases("ilo")).intersection(_conditions(case)):
        yaml = "requirements:\n  LEV-01: {}"
        yield case.finding("labour.ilo", ("ilo_conditions",), **_said("note.ilo-clause", case, 4), yaml=yaml)


def _said(note: str, case: Case, section: int) -> dict[str, str]:
    """Give a note with the regime's own section: LOU 17:2, LUF 16:2 or LUK 14:2."""
    assert case.regime is not None, "the rules apply in three regimes"  # noqa: S101
    cited = f"{_CHAPTERS[case.regime]}:{section}"
    return said(note, **{f"law_{language}": case.cite(language, cited) for language in LANGUAGES})


def _conditions(case: Case) -> Iterator[StatedClause]:
    return case.of_kind("contract-performance-condition")


def _sets_levels(stated: StatedClause) -> bool:
    """Say whether a clause sets levels of pay, holiday or working time."""
    return any(
        next(wordings("labour-levels").matches(stated.written(language), language), None) is not None
        for language in LANGUAGES
    )


RULES = (
    Rule(
        "labour.needed",
        "warning",
        of_case=needed,
        legal_basis=("LOU 17:2-3", "LUF 16:2-3", "LUK 14:2-3"),
        sources=("uhm-behovlighet", "prop-2016-17-163"),
        needs_selection=True,
    ),
    Rule(
        "labour.no-cba",
        "error",
        of_texts=no_cba,
        legal_basis=("LOU 17:3", "LOU 17:5", "LOU 19:2", "LUF 16:3", "LUF 16:5", "LUK 14:3", "LUK 14:5", "LOV 1:2"),
    ),
    Rule("labour.fallback", "warning", of_texts=fallback, legal_basis=("LOU 17:5", "LUF 16:5", "LUK 14:5")),
    Rule(
        "labour.ilo",
        "warning",
        of_case=ilo,
        legal_basis=("LOU 17:4", "LUF 16:4", "LUK 14:4"),
        needs_selection=True,
    ),
)
