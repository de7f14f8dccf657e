"""Clauses as texts to examine: those of a selection, those that stand elsewhere, or the paragraphs of a document."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from procurement_equality.catalogue import citation
from procurement_equality.catalogue.law import AuthorityType, Kind, Law, RegimeId
from procurement_equality.catalogue.prose import Piece, Prose
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.wording import Phrases
from procurement_equality.checks.words import Wordings, heads
from procurement_equality.findings import Finding
from procurement_equality.procurement.facts import OtherClause
from procurement_equality.procurement.selection import Clause

LANGUAGES: tuple[Language, ...] = get_args(Language)

Locate = Callable[[str, str, Mapping[str, str]], Finding]
"""Makes a finding of a code, the words that it is about ("" for the whole clause), and what its message needs."""


@dataclass(frozen=True, eq=False)
class StatedClause:
    """A clause as the documents state it. Exactly one of `clause` and `other` is set, or none for a document's."""

    name: str
    """The requirement's id, the other clause's key, or the paragraph's number."""
    text: Text
    locate: Locate
    kind: Kind | None = None
    """None where a document does not say."""
    title: Text | None = None
    clause: Clause | None = None
    other: OtherClause | None = None

    def written(self, language: Language) -> str:
        """Give the text in a language, or nothing where it is not translated."""
        return self.text.sv if language == "sv" else self.text.en or ""

    @property
    def requirement(self) -> Requirement | None:
        """Give the catalogue's requirement that the clause comes from."""
        return self.clause.requirement if self.clause else None

    def finding(self, code: str, words: str = "", /, **data: str) -> Finding:
        """Make a finding about the clause, at `words` in its text where they are given.

        Messages get `name` and `words` besides `data`.
        """
        return self.locate(code, words, {"name": self.name, "words": " ".join(words.split()), **data})

    def waives(self, *codes: str, words: str = "") -> bool:
        """Say whether the catalogue's requirement has a waiver, with its reason, for one of these lint codes."""
        waivers = self.requirement.waivers if self.requirement else ()
        return any(
            waiver.code in codes and (waiver.text is None or waiver.text.lower() == words.lower()) for waiver in waivers
        )


@dataclass(frozen=True)
class Texts:
    """Clauses to examine as texts, with what is known of the procurement that they belong to."""

    clauses: tuple[StatedClause, ...]
    law: Law
    regime: RegimeId | None = None
    authority: AuthorityType | None = None
    date: datetime.date | None = None
    """The day whose law counts; None where a document does not say, and then the newest law that is known counts."""

    def cite(self, language: Language, *citations: str) -> str:
        """Write citations out: "17 kap. 1 § lagen om offentlig upphandling (2016:1145)"."""
        return citation.joined(tuple(citation.write_all(citations, self.law.acts, language)), language)

    @cached_property
    def _stated(self) -> dict[Piece, StatedClause]:
        return {Piece((clause.name,), clause.text, clause=True): clause for clause in self.clauses}

    @cached_property
    def _prose(self) -> Prose:
        return Prose(self._stated, heads())

    def matches(self, phrases: Mapping[Language, Phrases]) -> Iterator[tuple[StatedClause, Language, int, str]]:
        """Yield each match of phrases: the clause, the language, where in the text, and the words as written there."""
        for language in LANGUAGES:
            for piece, start, words in self._prose.matches(phrases[language], language, self._prose.pieces):
                yield self._stated[piece], language, start, words

    def wordings(self, wordings: Wordings) -> Iterator[tuple[StatedClause, Language, int, str]]:
        """Yield each match of a list of patterns, as `matches` does."""
        for stated in self.clauses:
            for language in LANGUAGES:
                if stated.written(language):
                    for start, words in wordings.matches(stated.written(language), language):
                        yield stated, language, start, words

    def first_matches(self, listed: Mapping[Language, Phrases] | Wordings) -> Iterator[tuple[StatedClause, str]]:
        """Yield each clause with a match, and the first words: what stands in both languages breaks a rule once."""
        seen: set[str] = set()
        matches = self.wordings(listed) if isinstance(listed, Wordings) else self.matches(listed)
        for stated, _, _, words in matches:
            if stated.name not in seen:
                seen.add(stated.name)
                yield stated, words

    def holding(self, phrases: Mapping[Language, Phrases]) -> set[StatedClause]:
        """Give the clauses whose text, in some language, holds one of the phrases."""
        return {stated for stated, _, _, _ in self.matches(phrases)}
