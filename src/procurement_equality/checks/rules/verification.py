"""Whether a requirement can be checked at all."""

from __future__ import annotations

from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import Texts
from procurement_equality.checks.words import phrases


def vague(texts: Texts) -> Found:
    """Find words without a measure in a clause."""
    for stated, words in texts.first_matches(phrases("lint.vague")):
        if not stated.waives("lint.vague", words=words):
            yield stated.finding("verif.vague", words)


RULES = (
    Rule(
        "verif.vague",
        "warning",
        of_texts=vague,
        legal_basis=("LOU 16:2 st.3",),
        sources=("ka-lov-krav-2014", "gu-lov-jamstalldhet-2017"),
    ),
)
