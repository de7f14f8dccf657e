"""Which requirement of the catalogue a text contains, or nearly contains.

A text and a clause are compared by the stems of their words and by runs of four and five letters in them, since Swedish
writes compounds together, each weighted by how rare it is among the clauses (TF-IDF, scikit-learn). Two measures count:
the likeness (cosine), and the share of the clause's weight that the text holds. What was measured is in
`benchmarks/README.md`. Needs the extra `scan`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from procurement_equality.catalogue.checking import read_wording
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.search import stem
from procurement_equality.catalogue.text import Language
from procurement_equality.catalogue.wording import words
from procurement_equality.checks.scan_settings import Aspect, Listed, scan_settings
from procurement_equality.findings import CatalogueError, Finding, ProcurementError
from procurement_equality.resources import bundled

if TYPE_CHECKING:
    from procurement_equality.catalogue.law import Kind

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_RUNS = (4, 5)
_LONGEST_WORD = 60
_TITLES = 2
"""How often a requirement's title counts beside its clause."""
_BATCH = 1_000
_MISSING_WORDS = 6
_MOST_TIES = 12
_MOST_LACKING = 2
"""Aspects of a clause that make a text near it, and no more, when it lacks so many and is not firmly like it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a text is to a clause, in per cent."""

    requirement: Requirement
    kind: Kind
    likeness: int
    share: int
    """How much of the clause's weight the text holds."""
    is_near: bool
    lacks: tuple[Aspect, ...] = ()
    missing: tuple[str, ...] = ()
    """Of a near match: the weightiest words of the clause that the text lacks."""
    others: tuple[str, ...] = ()
    """Ids of requirements that are as like the text as this one."""

    @property
    def is_verbatim(self) -> bool:
        """Say whether the text is the catalogue's own clause, or nearly."""
        return not self.is_near and self.likeness >= scan_settings().thresholds.verbatim


def check_extra() -> None:
    """Say beforehand whether texts can be compared. Raises `ProcurementError`."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise ProcurementError([Finding("use.missing-scan")]) from None


class Matcher:
    """The clauses of a catalogue in one language, made ready. Raises `ProcurementError` without the extra `scan`."""

    def __init__(self, catalogue: Catalogue, language: Language = "sv", only: Collection[str] | None = None) -> None:
        check_extra()
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._language: Language = language
        self._clauses = [
            (requirement, variant.kind, _PLACEHOLDER.sub(" ", variant.text[language]))
            for requirement in catalogue.requirements.values()
            if only is None or requirement.id in only
            for variant in requirement.variants
        ]
        self._vectorizer: Any = TfidfVectorizer(analyzer=partial(features, language=language), sublinear_tf=True)
        self._aspects = _Aspects(language)
        if self._clauses:
            texts = [text + f" {each.title[language]}" * _TITLES for each, _, text in self._clauses]
            weights = self._vectorizer.fit_transform(texts)
            self._weights = weights.T.tocsr()
            self._squares = weights.multiply(weights).T.tocsr()

    def match(self, texts: Sequence[str], preferred: Collection[str] = ()) -> list[Likeness | None]:
        """Give for each text the requirement that it is most like, or None where it is near none.

        Of requirements that are equally like it, one of the `preferred` ids is given.
        """
        found: list[Likeness | None] = []
        for start in range(0, len(texts), _BATCH):
            found += self._batch(texts[start : start + _BATCH], preferred)
        return found

    def _batch(self, texts: Sequence[str], preferred: Collection[str]) -> Iterator[Likeness | None]:
        if not self._clauses:
            yield from (None for _ in texts)
            return
        vectors = self._vectorizer.transform(texts)
        present = vectors.copy()
        present.data[:] = 1.0
        rows = zip(texts, (vectors @ self._weights).toarray(), (present @ self._squares).toarray(), strict=True)
        for text, likeness, share in rows:
            yield self._best(text, likeness, share, preferred)

    def _best(self, text: str, likeness: Any, share: Any, preferred: Collection[str]) -> Likeness | None:  # noqa: ANN401
        limits, language = scan_settings().thresholds, self._language
        best = float(likeness.max())
        about_equality = bool(_subjects().held(text, language))
        if round(100 * best) < (limits.near if about_equality else limits.near_elsewhere):
            return None
        nearest = [int(at) for at in (-likeness).argsort()[:_MOST_TIES]]
        ties = [at for at in nearest if 100 * likeness[at] >= limits.tie * best]
        own = (at for at in nearest if 100 * likeness[at] >= limits.tie_preferred * best)
        at = next((at for at in own if self._clauses[at][0].id in preferred), nearest[0])
        requirement, kind, clause = self._clauses[at]
        others = dict.fromkeys(self._clauses[each][0].id for each in ties)
        others.pop(requirement.id, None)
        like, held = round(100 * float(likeness[at])), round(100 * float(share[at]))
        is_firm = like >= limits.firm
        if not is_firm and not about_equality and is_about_equality(clause, language):
            return None
        lacks = self._aspects.lacking(clause, text) if kind == "contract-performance-condition" else ()
        weak: tuple[Aspect, ...] = ("obligation",) if _weak().held(text, language) else ()
        enough = is_firm or len(lacks) < _MOST_LACKING
        if like >= limits.contains and held >= limits.share and enough and not weak:
            return Likeness(requirement, kind, like, held, False, others=tuple(others))
        missing = self._missing(clause, text)
        return Likeness(requirement, kind, like, held, True, weak + lacks, missing, tuple(others))

    def _missing(self, clause: str, text: str) -> tuple[str, ...]:
        """Give the rarest words of a clause whose stems a text lacks, in the order of the clause."""
        known: dict[str, int] = self._vectorizer.vocabulary_
        own = {stem(word, self._language) for word in words(text)}
        lacking = {
            word: float(self._vectorizer.idf_[known[stem(word, self._language)]])
            for word in words(clause)
            if len(word) > 3 and (each := stem(word, self._language)) not in own and each in known
        }
        rarest = sorted(lacking, key=lambda word: -lacking[word])[:_MISSING_WORDS]
        return tuple(word for word in lacking if word in rarest)


class _Aspects:
    """What a clause has that makes it possible to follow up."""

    def __init__(self, language: Language) -> None:
        rules, findings = read_wording(bundled("requirements_catalog"))
        if rules is None:
            raise CatalogueError(findings)
        self._language: Language = language
        self._lists: tuple[tuple[Aspect, Listed], ...] = (
            ("deadline", Listed(rules.deadline.words)),
            ("evidence", Listed(scan_settings().aspects.evidence)),
            ("scope", Listed(rules.scope.limits)),
        )

    def lacking(self, clause: str, text: str) -> tuple[Aspect, ...]:
        """Give the aspects that a clause has and a text lacks."""
        return tuple(
            aspect
            for aspect, listed in self._lists
            if listed.held(clause, self._language) and not listed.held(text, self._language)
        )


def features(text: str, language: Language) -> list[str]:
    """Give what texts are compared by: the stems of their words, and runs of letters in them."""
    return [feature for word in words(text) for feature in _of_word(word[:_LONGEST_WORD], language)]


@lru_cache(maxsize=50_000)
def _of_word(word: str, language: Language) -> tuple[str, ...]:
    marked = f"_{word}_"
    runs = [marked[at : at + size] for size in _RUNS for at in range(max(len(marked) - size + 1, 1))]
    return (stem(word, language), *runs) if len(word) > 1 else tuple(runs)


@lru_cache(maxsize=1)
def _subjects() -> Listed:
    return Listed(scan_settings().subjects)


@lru_cache(maxsize=1)
def _weak() -> Listed:
    return Listed(scan_settings().weak)


def is_about_equality(text: str, language: Language) -> bool:
    """Say whether a text names a subject of equality or non-discrimination."""
    return bool(_subjects().held(text, language))


def language_of(texts: Iterable[str]) -> Language:
    """Tell Swedish from English by the commonest words of each."""
    counts = {"sv": 0, "en": 0}
    for text in texts:
        for word in words(text):
            counts["sv"] += word in _COMMON_SV
            counts["en"] += word in _COMMON_EN
    return "en" if counts["en"] > counts["sv"] else "sv"


_COMMON_SV = frozenset({"och", "att", "som", "för", "är", "ska", "av", "på", "den", "till", "med", "inte"})
_COMMON_EN = frozenset({"and", "the", "of", "to", "shall", "for", "is", "that", "with", "by", "not", "be"})
