"""What good wording is, as data (`lint.yaml`), and the measures of prose: words, sentences, LIX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from procurement_equality.catalogue.requirement import Ground, Slug
from procurement_equality.catalogue.text import Language, Model, Text

_WORD = re.compile(r"\w+(?:[-‑’']\w+)*")
_PLACEHOLDER = re.compile(r"\{\{ *\w+ *\}\}")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|[0-9]+\.) )|(?<=[.!?])[”\"]?\s+(?=[\[A-ZÅÄÖ”“])")

_HEAD = 4
"""How many letters of a word decide whether a phrase is worth looking for."""


Phrase = Annotated[str, StringConstraints(pattern=r"^([^\s*]+|[^\s*]{4,}\*)( ([^\s*]+|[^\s*]{4,}\*))*$", max_length=80)]
"""Words with one space between them; a word of at least four letters may end in `*`, which stands for any ending."""


class WordLists(Model):
    """Words or phrases in each language."""

    sv: tuple[Phrase, ...] = ()
    en: tuple[Phrase, ...] = ()


class Patterns(Model):
    """Regular expressions in each language."""

    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Reasoned(Model):
    """Why a rule is there, and where that comes from: ids of sources, and citations."""

    reason: Text
    sources: tuple[Slug, ...] = ()
    legal_basis: tuple[str, ...] = ()


class WordRule(Reasoned):
    """Words that a text must not hold, with the phrases in which they are right."""

    where: Literal["clause", "everywhere"]
    words: WordLists
    except_: Annotated[WordLists, Field(alias="except")] = WordLists()


class PatternRule(Reasoned):
    """Wordings that a text must not hold, unless it also holds another."""

    where: Literal["clause", "everywhere"]
    patterns: Patterns
    unless: Text | None = None


class ScopeRule(Reasoned):
    """Words for staff, and the phrases that limit a clause to those who perform the contract."""

    staff: WordLists
    limits: WordLists


class DeadlineRule(Reasoned):
    """Words that say when an obligation shall be met."""

    words: WordLists


class ObligationRule(Reasoned):
    """What makes an obligation in a sentence."""

    pattern: Text


class GroundsRule(Reasoned):
    """The seven grounds as they are also written."""

    also: Mapping[Language, Mapping[Ground, tuple[str, ...]]]


class DriftRule(Reasoned):
    """Number words, and words for time that must stand in both languages or in neither."""

    numbers: Mapping[Language, Mapping[str, str]]
    units: tuple[WordLists, ...]


class SentenceWords(Model):
    """The most words that a sentence may have."""

    sv: Annotated[int, Field(ge=5)]
    en: Annotated[int, Field(ge=5)]


class Bounds(Model):
    """The bounds of the measures: words a sentence, LIX (for a text of some length), likeness in per cent."""

    sentence_words: SentenceWords
    lix: Annotated[int, Field(ge=1)]
    lix_from_words: Annotated[int, Field(ge=1)]
    near_duplicate: Annotated[int, Field(ge=1, le=100)]


class Wording(Model):
    """The whole of `lint.yaml`."""

    bounds: Bounds
    words: Mapping[Literal["vague", "recommendation", "firm-wide", "outdated", "gendered-title"], WordRule]
    patterns: Mapping[Literal["quota", "label"], PatternRule]
    scope: ScopeRule
    deadline: DeadlineRule
    obligation: ObligationRule
    lix: Reasoned
    sentence: Reasoned
    grounds: GroundsRule
    drift: DriftRule


class Phrases:
    """A list of words and phrases that can be looked for fast.

    `may_hold` asks for the longest word of each phrase: a set operation that most texts fail. Only then is the text
    searched.
    """

    def __init__(self, phrases: Iterable[str], exceptions: Iterable[str] = ()) -> None:
        self._phrases = tuple(phrases)
        self._exceptions = tuple(exceptions)
        keys = [max(phrase.lower().split(), key=len) for phrase in self._phrases]
        self._words = frozenset(key for key in keys if not key.endswith("*"))
        self._heads = frozenset(key[:_HEAD] for key in keys if key.endswith("*"))

    def may_hold(self, words: Set[str], heads: Set[str]) -> bool:
        """Say whether a text with these words, and these beginnings of words, is worth searching."""
        return not (self._words.isdisjoint(words) and self._heads.isdisjoint(heads))

    def find(self, text: str) -> list[str]:
        """Give every match in the text, as it is written there."""
        return [match.group() for match in self._pattern.finditer(text) if match.lastgroup == "found"]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Compile exceptions before phrases: what matches an exception is passed over."""
        parts = [f"(?P<passed>{_either(self._exceptions)})"] if self._exceptions else []
        parts.append(f"(?P<found>{_either(self._phrases)})")
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _either(phrases: Sequence[str]) -> str:
    return "|".join(_expression(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _expression(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())


def words(text: str) -> list[str]:
    """Give the words of a text in lower case; a placeholder is one word."""
    return _WORD.findall(_PLACEHOLDER.sub("0", text).lower())


def heads(found: Iterable[str]) -> frozenset[str]:
    """Give the beginnings of words that `Phrases.may_hold` asks for."""
    return frozenset(word[:_HEAD] for word in found)


def sentences(text: str) -> list[str]:
    """Split a text into sentences and list items. A full stop before a small letter or a digit ends nothing."""
    return [part for part in _BREAK.split(text) if part.strip()]


def lix(text: str) -> float:
    """Give the readability index LIX: mean words a sentence plus per cent words of more than six letters."""
    found = words(text)
    if not found:
        return 0.0
    return len(found) / len(sentences(text)) + 100 * sum(len(word) > 6 for word in found) / len(found)
