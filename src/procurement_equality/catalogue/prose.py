"""The texts of a requirement, each with its place and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import get_args

from procurement_equality.catalogue import wording
from procurement_equality.catalogue.requirement import AwardVariant, Requirement
from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.catalogue.text import Language, Model, Text
from procurement_equality.catalogue.wording import Phrases


class Piece:
    """A text of a requirement: where it stands, its words, and whether it is the clause itself."""

    def __init__(self, location: Location, text: Text, *, clause: bool = False) -> None:
        self.location = location
        self.text = text
        self.clause = clause
        self.written: dict[Language, str] = {"sv": text.sv} if text.en is None else {"sv": text.sv, "en": text.en}
        self.words = {language: wording.words(written) for language, written in self.written.items()}
        self.sets = {language: frozenset(words) for language, words in self.words.items()}
        self._joined: dict[Language, str] = {}

    def joined(self, language: Language) -> str:
        """Give the words with one space before and after each."""
        if language not in self._joined:
            self._joined[language] = f" {' '.join(self.words[language])} "
        return self._joined[language]


class Prose:
    """All texts of a requirement together, so that a list of phrases is held against their words only once."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self.clauses = tuple(piece for piece in self.pieces if piece.clause)
        self.words: dict[Language, Set[str]] = {
            language: frozenset().union(*(piece.sets.get(language, ()) for piece in self.pieces))
            for language in get_args(Language)
        }
        self._by_head = {language: wording.by_head(words) for language, words in self.words.items()}

    def matches(self, phrases: Phrases, language: Language, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, str]]:
        """Yield every match of the phrases in some of the texts, as it is written there."""
        for piece, held in self._held(phrases, language, pieces):
            for match in phrases.matches(piece.written[language], held):
                yield piece, match

    def first(self, phrases: Phrases, language: Language) -> dict[Piece, str]:
        """Give for each clause the first of the phrases that it holds; a clause with none is left out."""
        return {piece: held[0] for piece, held in self._held(phrases, language, self.clauses)}

    def _held(self, phrases: Phrases, language: Language, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, list[str]]]:
        """Yield the texts that hold some of the phrases; most lists have no word in common with any of them."""
        triggers = phrases.triggers(self.words[language], self._by_head[language])
        for piece in pieces if triggers else ():
            here = triggers & piece.sets.get(language, frozenset())
            if here and (held := phrases.held(piece.joined(language), here)):
                yield piece, held


def pieces_of(r: Requirement) -> Iterator[Piece]:
    """Yield every text of a requirement with its place."""
    yield Piece(("title",), r.title)
    yield Piece(("rationale",), r.rationale)
    for index, variant in enumerate(r.variants):
        yield Piece(("variants", index, "text"), variant.text, clause=True)
        if isinstance(variant, AwardVariant):
            for number, step in enumerate(variant.scale):
                yield Piece(("variants", index, "scale", number, "description"), step.description)
    yield Piece(("evidence",), r.evidence)
    yield Piece(("evidence", "small_supplier"), r.evidence.small_supplier)
    yield Piece(("follow_up", "indicator"), r.follow_up.indicator)
    for index, question in enumerate(r.questions):
        yield Piece(("questions", index, "text"), question.text)
        if question.help is not None:
            yield Piece(("questions", index, "help"), question.help)
    for index, conflict in enumerate(r.conflicts):
        yield Piece(("conflicts", index, "balancing"), conflict.balancing)


def texts_of(model: Model) -> Iterator[tuple[Location, Text]]:
    """Yield every text in a model with its place, wherever it stands."""
    yield from _texts(model, ())


def _texts(value: object, location: Location) -> Iterator[tuple[Location, Text]]:
    if isinstance(value, Text):
        yield location, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*location, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*location, index))
