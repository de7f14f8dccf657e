"""The texts of a requirement, each with its place and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import get_args

from procurement_equality.catalogue import wording
from procurement_equality.catalogue.requirement import AwardVariant, ChoiceParameter, Requirement, TextParameter
from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.catalogue.text import Language, Model, Text
from procurement_equality.catalogue.wording import Phrases

_NOTHING: frozenset[str] = frozenset()


class Piece:
    """A text of a requirement: where it stands, and whether it is the clause itself.

    Its words are found when they are asked for: most texts are never split.
    """

    def __init__(self, location: Location, text: Text, *, clause: bool = False) -> None:
        self.location = location
        self.text = text
        self.clause = clause
        self.written: dict[Language, str] = {"sv": text.sv} if text.en is None else {"sv": text.sv, "en": text.en}
        self._tokens: dict[Language, list[str]] = {}
        self._sets: dict[Language, frozenset[str]] = {}
        self._lowered: dict[Language, str] = {}

    def tokens(self, language: Language) -> list[str]:
        """Give the words of the text in their order; none where it is not translated."""
        if language not in self._tokens:
            self._tokens[language] = wording.tokens(self.written.get(language, ""))
        return self._tokens[language]

    def joined(self, language: Language) -> str:
        """Give the words with one space before and after each."""
        return f" {' '.join(self.tokens(language))} "

    def among(self, words: frozenset[str], language: Language) -> frozenset[str]:
        """Give those of some words that the text has: most texts have none, and need not be split to say so."""
        if language not in self._sets:
            lowered = self._lowered.get(language)
            if lowered is None:
                lowered = self._lowered[language] = self.written.get(language, "").lower()
            for word in words:
                if word in lowered:
                    break
            else:
                return _NOTHING
            self._sets[language] = frozenset(self.tokens(language))
        return words & self._sets[language]


class Prose:
    """All texts of a requirement together, so that a list of phrases is held against their words only once.

    `heads` is how words begin that any of the lists asks for.
    """

    def __init__(self, pieces: Iterable[Piece], heads: Set[str]) -> None:
        self.pieces = tuple(pieces)
        self.clauses = tuple(piece for piece in self.pieces if piece.clause)
        self.words: dict[Language, frozenset[str]] = {
            language: frozenset(wording.tokens("\n".join([p.written.get(language, "") for p in self.pieces])))
            for language in get_args(Language)
        }
        self._by_head = {language: wording.by_head(words, heads) for language, words in self.words.items()}

    def matches(
        self, phrases: Phrases, language: Language, pieces: Iterable[Piece]
    ) -> Iterator[tuple[Piece, int, str]]:
        """Yield every match of the phrases in some of the texts: where it begins, and the words as written there."""
        for piece, held in self._held(phrases, language, pieces):
            for start, words in phrases.matches(piece.written[language], held):
                yield piece, start, words

    def first(self, phrases: Phrases, language: Language) -> dict[Piece, tuple[int, str]]:
        """Give for each clause the first match of the phrases; a clause with none is left out."""
        found: dict[Piece, tuple[int, str]] = {}
        for piece, start, words in self.matches(phrases, language, self.clauses):
            found.setdefault(piece, (start, words))
        return found

    def holding(self, phrases: Phrases, language: Language) -> set[Piece]:
        """Give the clauses that hold some of the phrases."""
        return {piece for piece, _ in self._held(phrases, language, self.clauses)}

    def _held(self, phrases: Phrases, language: Language, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, list[str]]]:
        """Yield the texts that hold some of the phrases; most lists have no word in common with any of them."""
        triggers = phrases.triggers(self.words[language], self._by_head[language])
        for piece in pieces if triggers else ():
            here = piece.among(triggers, language)
            if here and (held := phrases.held(piece.joined(language), here)):
                yield piece, held


def pieces_of(r: Requirement) -> Iterator[Piece]:
    """Yield every text of a requirement that a document prints, with its place."""
    yield Piece(("title",), r.title)
    yield Piece(("rationale",), r.rationale)
    if r.on_request is not None:
        yield Piece(("on_request",), r.on_request)
    for name, parameter in r.parameters.items():
        yield Piece(("parameters", name, "label"), parameter.label)
        if isinstance(parameter, TextParameter) and parameter.default is not None:
            yield Piece(("parameters", name, "default"), parameter.default)
        if isinstance(parameter, ChoiceParameter):
            yield from (Piece(("parameters", name, "choices", key), text) for key, text in parameter.choices.items())
    for index, variant in enumerate(r.variants):
        yield Piece(("variants", index, "text"), variant.text, clause=True)
        if isinstance(variant, AwardVariant):
            for number, step in enumerate(variant.scale):
                yield Piece(("variants", index, "scale", number, "description"), step.description)
            if variant.consequence.text is not None:
                yield Piece(("variants", index, "consequence", "text"), variant.consequence.text)
    yield Piece(("evidence",), r.evidence)
    yield Piece(("evidence", "small_supplier"), r.evidence.small_supplier)
    yield Piece(("follow_up", "indicator"), r.follow_up.indicator)
    if r.follow_up.consequence.text is not None:
        yield Piece(("follow_up", "consequence", "text"), r.follow_up.consequence.text)
    for index, question in enumerate(r.questions):
        yield Piece(("questions", index, "text"), question.text)
        if question.help is not None:
            yield Piece(("questions", index, "help"), question.help)
        yield from (Piece(("questions", index, "options", key), text) for key, text in question.options.items())
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
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*location, key))
