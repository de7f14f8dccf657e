"""The texts of a requirement, each with its place and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
        self.heads = {language: wording.heads(words) for language, words in self.sets.items()}

    def all_held(self, phrases: Phrases, language: Language) -> list[str]:
        """Give every match of the phrases in the text."""
        if language not in self.sets or not phrases.may_hold(self.sets[language], self.heads[language]):
            return []
        return phrases.find(self.written[language])

    def holds(self, phrases: Mapping[Language, Phrases], language: Language) -> str | None:
        """Give the first of the phrases that the text holds."""
        return next(iter(self.all_held(phrases[language], language)), None)


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
