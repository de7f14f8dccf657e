"""Clauses that would themselves discriminate: quotas, preferences, choice of staff, language."""

from __future__ import annotations

from procurement_equality.checks.nearby import Wording, first_of_each, found, has
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import Texts


def quota(texts: Texts) -> Found:
    """Find a fixed share or number of a group that must be hired (DL 2:1-2)."""
    for wording in first_of_each(
        each
        for each in found(texts, "quota")
        if each.demanded and each.stated.kind != "reserved-participation" and not each.beside("quota-right")
    ):
        yield wording.stated.finding("discrimination.quota", wording.words)


def preferential_nonsex(texts: Texts) -> Found:
    """Find preference in employment on another ground than sex (DL 2:2 p.2). Age and disability are left out."""
    for wording in first_of_each(
        each
        for each in found(texts, "preference")
        if each.demanded
        and each.beside("preference-ground")
        and each.beside("employment")
        and not each.beside("refusal")
    ):
        yield wording.stated.finding("discrimination.preferential-nonsex", wording.words)


def origin_choice(texts: Texts) -> Found:
    """Find that users may choose or refuse staff by origin, skin colour, religion or accent (DL 2:1)."""
    for wording in first_of_each(each for each in found(texts, "staff-by-origin") if _may_be_chosen(each)):
        yield wording.stated.finding("discrimination.origin-choice", wording.words)


def sex_choice(texts: Texts) -> Found:
    """Find that users may choose staff by sex without a test of each case (DL 2:13 a, 2:2)."""
    for wording in first_of_each(
        each for each in found(texts, "staff-by-sex") if _may_be_chosen(each) and not each.anywhere("case-test")
    ):
        yield wording.stated.finding("discrimination.sex-choice", wording.words)


def _may_be_chosen(wording: Wording) -> bool:
    return wording.beside("choice") and not wording.beside("refusal")


def language_test(texts: Texts) -> Found:
    """Find a language requirement on staff with no link to tasks, or one that only a native speaker meets (DL 1:4)."""
    for wording in first_of_each(each for each in found(texts, "language-demanded") if _without_task(each)):
        yield wording.stated.finding("discrimination.language-test", wording.words)


def _without_task(wording: Wording) -> bool:
    if not wording.demanded or not wording.beside("language-of-staff") or wording.beside("language-training"):
        return False
    return has("language-always", wording.words, wording.language) or not wording.anywhere("task")


RULES = (
    Rule("discrimination.quota", "error", of_texts=quota, legal_basis=("DL 2:1", "DL 2:2 p.2", "DL 3:7")),
    Rule("discrimination.preferential-nonsex", "error", of_texts=preferential_nonsex, legal_basis=("DL 2:1", "DL 2:2")),
    Rule(
        "discrimination.origin-choice",
        "error",
        of_texts=origin_choice,
        legal_basis=("DL 2:1", "DL 1:4"),
        sources=("do-wishes-about-staff",),
    ),
    Rule(
        "discrimination.sex-choice",
        "warning",
        of_texts=sex_choice,
        legal_basis=("DL 2:13 a", "DL 2:1", "DL 2:2"),
        sources=("socialstyrelsen-onskemal",),
    ),
    Rule(
        "discrimination.language-test",
        "warning",
        of_texts=language_test,
        legal_basis=("DL 1:4 p.2",),
        sources=("kommunal-sprakkrav", "prop-2025-26-93"),
        verified=False,
    ),
)
