"""What good wording is, as data (`lint.yaml`), and the measures of prose: words, sentences, LIX."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import accumulate
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.requirement import Ground
from procurement_equality.catalogue.text import Model, Text

_WORD = re.compile(r"\w+(?:[-‑’']\w+)*")
_LOWERED = bytes(
    ord(sign.lower()) if (sign.isalnum() or sign == "_") and ord(sign.lower()) < 256 else ord(" ")
    for sign in map(chr, range(256))
)
"""Each sign of Latin-1 in lower case, or a space for what is no part of a word."""
_PLACEHOLDER = re.compile(r"\{\{ *\w+ *\}\}")
_END = re.compile(r"[.!?\n](?:(?<=[.!?])[”\"]?\s+(?=[\[A-ZÅÄÖ”“])|(?<=\n)(?:\s*\n|(?=\s*(?:[-*]|[0-9]+\.) )))")
"""Where a sentence, a paragraph or a list item ends; it begins with a set of signs so that the rest is skipped fast."""

_SPACE = re.compile(r"(?<!\[) (?![?*+\]])")
"""A space of a pattern that is no part of a class and not optional."""

_HEAD = 4
"""How many letters of a word decide whether a phrase is worth looking for."""


Phrase = Annotated[str, StringConstraints(pattern=r"^[^\s*]+( [^\s*]+)*$|^([^\s*]+ )*[^\s*]{4,}\*$", max_length=80)]
"""Words with one space between them; the last, if it has four letters, may end in `*`, which stands for any ending."""


class WordLists(Model):
    """Words or phrases in each language."""

    sv: tuple[Phrase, ...] = ()
    en: tuple[Phrase, ...] = ()


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PydanticCustomError("lint.pattern", "no regular expression", {"problem": str(error)}) from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Patterns(Model):
    """Regular expressions in each language."""

    sv: tuple[Pattern, ...] = ()
    en: tuple[Pattern, ...] = ()


class Hints(Model):
    """Parts of words, one of which a text must hold to be searched; one in capitals counts only in capitals."""

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
    """Wordings that a text must not hold, unless it also holds another.

    Only a text with one of the `hints` in it is searched.
    """

    where: Literal["clause", "everywhere"]
    hints: Hints
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
    """What makes an obligation in a sentence, and the verbs that it cannot do without."""

    verbs: Hints
    pattern: Text


class GroundNames(Model):
    """How the grounds are also written, in each language."""

    sv: Mapping[Ground, tuple[str, ...]] = {}
    en: Mapping[Ground, tuple[str, ...]] = {}


class GroundsRule(Reasoned):
    """The seven grounds as they are also written."""

    also: GroundNames


class NumberWords(Model):
    """Numbers in words, each with its digits, in each language."""

    sv: Mapping[str, str] = {}
    en: Mapping[str, str] = {}


class DriftRule(Reasoned):
    """Number words, and words for time that must stand in both languages or in neither."""

    numbers: NumberWords
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

    Each phrase has its longest word as its key. Only phrases whose key is among a text's words are looked for in it,
    first among the words with one space between them, and only then, for their place, in the text as it is written.
    """

    def __init__(self, phrases: Iterable[str], exceptions: Iterable[str] = ()) -> None:
        self._exceptions = tuple(exceptions)
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        self._by_head: dict[str, list[tuple[str, str]]] = {}
        for phrase in phrases:
            parts = tokens(phrase)
            starred = phrase.endswith("*")
            key = max(parts, key=len)
            needle = " " + " ".join(parts) + ("" if starred else " ")
            if starred and key == parts[-1]:
                self._by_head.setdefault(key[:_HEAD], []).append((phrase, needle))
            else:
                self._by_word.setdefault(key, []).append((phrase, needle))
        self._words = frozenset(self._by_word)
        self.heads = frozenset(self._by_head)
        """How the words begin that stand for every ending."""

    def triggers(self, words: frozenset[str], by_head: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """Give those of the words of a text that make it worth searching; `by_head` has them by how they begin."""
        exact = self._words & words
        heads = self.heads.intersection(by_head)
        return exact.union(*(by_head[head] for head in heads)) if heads else exact

    def held(self, joined: str, triggers: Iterable[str]) -> list[str]:
        """Give the phrases of the list that a text holds; `joined` is its words with a space before and after each."""
        asked = [pair for word in triggers for pair in self._by_word.get(word, ())]
        asked += [pair for word in triggers for pair in self._by_head.get(word[:_HEAD], ())]
        return sorted({phrase for phrase, needle in asked if needle in joined})

    def matches(self, text: str, held: Iterable[str]) -> list[tuple[int, str]]:
        """Give the places of phrases in a text with the words as written there, in order.

        What is part of an exception, or of a longer phrase, is left out.
        """
        taken = [match.span() for phrase in self._exceptions for match in _expression(phrase).finditer(text)]
        found = []
        for phrase in sorted(held, key=len, reverse=True):
            within = _Spans(taken)
            for match in _expression(phrase).finditer(text):
                if match.span() not in within:
                    found.append((match.start(), match.group()))
                    taken.append(match.span())
        return sorted(found)


class _Spans:
    """Spans of a text that can be asked whether one of them holds another span, however many they are."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, span: tuple[int, int]) -> bool:
        before = bisect_right(self._starts, span[0])
        return before > 0 and span[1] <= self._furthest[before - 1]


@cache
def _expression(phrase: str) -> re.Pattern[str]:
    between = r"\s+".join(re.escape(word) for word in phrase.removesuffix("*").split())
    end = r"\w*" if phrase.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){between}{end}", re.IGNORECASE)


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile alternatives, or what never matches where there are none; a space stands for any break in the text."""
    return re.compile(_SPACE.sub(r"\\s+", "|".join(patterns)) or r"(?!)", re.IGNORECASE)


def tokens(text: str) -> list[str]:
    """Give the letters-and-digits words of a text in lower case: what phrases are looked for among.

    A byte table does it in half the time of an expression. A sign that Latin-1 lacks ends a word, which can only make
    a phrase worth a closer look.
    """
    bare = _PLACEHOLDER.sub("0", text) if "{{" in text else text
    return bare.encode("latin-1", "replace").translate(_LOWERED).decode("latin-1").split()


def words(text: str) -> list[str]:
    """Give the words of a text in lower case, as a reader counts them; a placeholder is one word."""
    return _WORD.findall((_PLACEHOLDER.sub("0", text) if "{{" in text else text).lower())


def by_head(found: Iterable[str], heads: Set[str]) -> dict[str, list[str]]:
    """Group the words that begin with one of `heads` by it, as `Phrases.triggers` asks for them."""
    grouped: dict[str, list[str]] = {}
    for word in [word for word in found if word[:_HEAD] in heads]:
        grouped.setdefault(word[:_HEAD], []).append(word)
    return grouped


def sentences(text: str) -> list[str]:
    """Split a text into sentences and list items. A full stop before a small letter or a digit ends nothing."""
    parts, start = [], 0
    for match in _END.finditer(text):
        parts.append(text[start : match.start()] if match[0][0] == "\n" else text[start : match.start() + 1])
        start = match.end()
    return [part for part in (*parts, text[start:]) if part.strip()]


def lix(text: str) -> float:
    """Give the readability index LIX: mean words a sentence plus per cent words of more than six letters."""
    found = words(text)
    if not found:
        return 0.0
    return len(found) / len(sentences(text)) + 100 * sum(len(word) > 6 for word in found) / len(found)
