"""Texts examined sentence by sentence: for wordings that mean something only together, and only within one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_equality.catalogue.text import Language
from procurement_equality.catalogue.wording import sentences
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import Wordings


def in_sentences(texts: Texts, wordings: Wordings) -> Iterator[tuple[StatedClause, Language, str, str]]:
    """Yield each match of a list of patterns: the clause, the language, the sentence, and the words as written there.

    What the list has under `unless` holds for the sentence, not for the whole text.
    """
    for stated in texts.clauses:
        for language in LANGUAGES:
            for sentence, words in matches_in(stated.written(language), language, wordings):
                yield stated, language, sentence, words


def matches_in(text: str, language: Language, wordings: Wordings) -> Iterator[tuple[str, str]]:
    """Yield each match in one text: the sentence, and the words as written there."""
    lowered = text.lower()
    if any(hint.lower() in lowered for hint in getattr(wordings.entry.hints, language)):
        for sentence in sentences(text):
            for _, words in wordings.matches(sentence, language):
                yield sentence, words
