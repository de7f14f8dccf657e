"""Wordings and what stands nearby: what is right or wrong often hangs on the other words of the sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from procurement_equality.catalogue.text import Language
from procurement_equality.catalogue.wording import sentences
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import wordings


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that a list of patterns looks for, and where it was found."""

    stated: StatedClause
    language: Language
    sentence: str
    words: str
    """As written there."""

    def beside(self, name: str) -> bool:
        """Say whether the sentence has a wording of another list."""
        return has(name, self.sentence, self.language)

    def anywhere(self, name: str) -> bool:
        """Say whether the clause, in the same language, has a wording of another list."""
        return has(name, self.stated.written(self.language), self.language)

    @property
    def demanded(self) -> bool:
        """Say whether the sentence demands something: a paragraph of a document may only tell of it."""
        return self.stated.kind is not None or self.beside("demand")


@lru_cache(maxsize=1024)
def has(name: str, text: str, language: Language) -> bool:
    """Say whether a text has a wording of a list; the list's hints and `unless` do not count here.

    The answer is kept, since a whole text may be asked about once for each of its sentences.
    """
    return wordings(name).compiled[language].search(text) is not None


def found(texts: Texts, name: str) -> Iterator[Wording]:
    """Yield the first wording of a list in each sentence. The list's `unless` counts within the sentence."""
    listed = wordings(name)
    for stated in texts.clauses:
        for language in LANGUAGES:
            text = stated.written(language)
            for sentence in sentences(text) if listed.hinted(text, language) else ():
                for _, words in listed.matches(sentence, language):
                    yield Wording(stated, language, sentence, words)
                    break


class Sentences:
    """The sentences of a text, to be asked which of them holds a place in it."""

    def __init__(self, text: str) -> None:
        self.all = sentences(text)
        self._starts: list[int] = []
        end = 0
        for sentence in self.all:
            self._starts.append(text.index(sentence, end))
            end = self._starts[-1] + len(sentence)

    def at(self, start: int) -> int:
        """Give the number of the sentence that a place is in, from 0."""
        return max(bisect_right(self._starts, start) - 1, 0)


def first_of_each(wordings_found: Iterable[Wording]) -> Iterator[Wording]:
    """Yield the first wording of each clause: what stands in both languages breaks a rule once."""
    seen: set[str] = set()
    for wording in wordings_found:
        if wording.stated.name not in seen:
            seen.add(wording.stated.name)
            yield wording
