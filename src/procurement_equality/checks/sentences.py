"""Single texts, and texts sentence by sentence: for words that mean something only within one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procurement_equality.catalogue.prose import Piece, Prose
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.wording import Phrases, sentences
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import Wordings, heads


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
    if wordings.hinted(text, language):
        for sentence in sentences(text):
            for _, words in wordings.matches(sentence, language):
                yield sentence, words


def holds(text: Text | None, phrases: Mapping[Language, Phrases]) -> bool:
    """Say whether a text, in some language, holds one of the phrases; no text holds none."""
    if text is None:
        return False
    prose = Prose([Piece((), text)], heads())
    return any(True for language in LANGUAGES for _ in prose.matches(phrases[language], language, prose.pieces))
