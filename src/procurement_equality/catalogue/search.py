"""Finding requirements: by the value of any field, and by words in their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Protocol

from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.text import Language
from procurement_equality.catalogue.wording import words

_FOLDED = str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuAAOEU")
_COMPOUND = 5
"""Length from which a word is also looked for inside others, since Swedish writes compounds together."""

FIELDS: Mapping[str, Callable[[Requirement], Iterable[object]]] = {
    "topic": lambda r: [r.topic],
    "level": lambda r: [r.level],
    "kind": lambda r: [variant.kind for variant in r.variants],
    "status": lambda r: [r.status],
    "ground": lambda r: [*r.grounds],
    "article": lambda r: [*r.charter_articles.articles],
    "sector": lambda r: r.applies.sectors,
    "regime": lambda r: r.applies.regimes,
    "cpv": lambda r: r.applies.cpv,
    "headcount": lambda r: [h for h in [r.applies.headcount, *[q.headcount for q in r.questions]] if h],
    "parameter": lambda r: r.parameters,
    "act": lambda r: [text.split()[0] for text in r.legal_basis],
    "provision": lambda r: r.legal_basis,
    "method": lambda r: [r.follow_up.method],
    "responsible": lambda r: [r.follow_up.responsible],
    "ladder": lambda r: dict.fromkeys(r.consequence(variant.kind).ladder for variant in r.variants),
    "question": lambda r: dict.fromkeys(question.type for question in r.questions),
    "table": lambda r: [question.table for question in r.questions if question.table],
    "goal": lambda r: [conflict.goal for conflict in r.conflicts],
    "source": lambda r: r.sources,
    "replaces": lambda r: r.replaces,
    "since": lambda r: [r.since],
    "verified": lambda r: [r.last_verified.isoformat()],
}
"""What each filter looks at. A filter that is not in a requirement's list leaves it out, but see `EVERYWHERE`."""

EVERYWHERE = frozenset({"sector", "regime", "cpv"})
"""Fields where an empty list means that the requirement fits everything."""


def values(catalogue: Catalogue, name: str) -> list[str]:
    """Give the values that a field has anywhere in the catalogue, in order."""
    if name == "layer":
        return [catalogue.head.id, *(layer.id for layer in catalogue.layers)]
    found = {str(value) for r in catalogue.requirements.values() for value in FIELDS[name](r)}
    named: dict[str, Iterable[str]] = {
        "topic": catalogue.head.topics,
        "sector": catalogue.head.sectors,
        "regime": catalogue.law.regimes,
    }
    return sorted(found.union(named.get(name, ())))


def filtered(catalogue: Catalogue, filters: Mapping[str, str]) -> list[Requirement]:
    """Give the requirements that every filter lets through (field name to wanted value)."""
    return [
        requirement
        for requirement in catalogue.requirements.values()
        if all(_lets_through(catalogue, requirement, name, wanted) for name, wanted in filters.items())
    ]


def search(found: Iterable[Requirement], query: str, language: Language) -> list[Requirement]:
    """Give the requirements in which every word of the query occurs, the most fitting first.

    Inflected forms count as the same word ("lönekartläggning", "lönekartläggningen"), and letters without dots and
    rings as those with ("jamstalldhet").
    """
    terms = [_Term(word, language) for word in words(query)]
    scored = [(score, requirement) for requirement in found if (score := _score(requirement, terms, language))]
    return [requirement for _, requirement in sorted(scored, key=lambda pair: (-pair[0], pair[1].id))]


def _lets_through(catalogue: Catalogue, requirement: Requirement, name: str, wanted: str) -> bool:
    if name == "layer":
        changes = catalogue.origins.get(requirement.id, ())
        if wanted == catalogue.head.id:
            return not any(change.verb == "add" for change in changes)
        return any(change.layer == wanted for change in changes)
    own = [str(value) for value in FIELDS[name](requirement)]
    if name in EVERYWHERE and not own:
        return True
    if name == "cpv":
        return any(wanted.startswith(prefix) or prefix.startswith(wanted) for prefix in own)
    return any(value == wanted or (name in ("provision", "verified") and value.startswith(wanted)) for value in own)


class _Term:
    """A word of the query, ready to be compared with the words of a text."""

    def __init__(self, word: str, language: Language) -> None:
        self._language = language
        self._plain = word.isascii()
        self._word = word
        self._stem = stem(word, language)

    def fits(self, word: str) -> bool:
        if word == self._word:
            return True
        if self._plain:
            word = word.translate(_FOLDED)
        if word[:2] == self._stem[:2] and stem(word, self._language) == self._stem:
            return True
        return len(self._stem) >= _COMPOUND and self._stem in word


@cache
def stem(word: str, language: Language) -> str:
    """Give the stem of a word in lower case (Snowball's algorithm)."""
    return _stemmer(language).stemWord(word)


class _Stemmer(Protocol):
    """What we use of the library, which has no types."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 - its name


@cache
def _stemmer(language: Language) -> _Stemmer:
    from snowballstemmer import stemmer

    made: _Stemmer = stemmer("swedish" if language == "sv" else "english")
    return made


def _score(requirement: Requirement, terms: Iterable[_Term], language: Language) -> int:
    """Add up, for each term, the weight of the heaviest text that it occurs in; 0 where one occurs nowhere."""
    texts = [(weight, frozenset(words(text))) for weight, text in _weighted(requirement, language)]
    best = [max((w for w, own in texts if any(term.fits(word) for word in own)), default=0) for term in terms]
    return sum(best) if all(best) else 0


def _weighted(r: Requirement, language: Language) -> Iterator[tuple[int, str]]:
    yield 8, f"{r.id} {r.title[language]}"
    yield from ((4, variant.text[language]) for variant in r.variants)
    yield 2, r.rationale[language]
    yield 1, f"{r.evidence[language]} {r.evidence.small_supplier[language]} {r.follow_up.indicator[language]}"
    yield 1, " ".join(question.text[language] for question in r.questions)
    yield 1, " ".join(conflict.balancing[language] for conflict in r.conflicts)
