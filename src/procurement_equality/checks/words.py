"""What rules look for in texts, as data: `requirements_catalog/checks/words/*.yaml`, and the lists of `lint.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, get_args

from pydantic import Field, RootModel

from procurement_equality.catalogue.checking import read_wording
from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.catalogue.validation import validate
from procurement_equality.catalogue.wording import Hints, Patterns, Phrases, WordLists, compiled
from procurement_equality.findings import CatalogueError, Finding
from procurement_equality.resources import bundled

LANGUAGES: tuple[Language, ...] = get_args(Language)


class WordEntry(Model):
    """Words or phrases to look for, with the phrases in which they are right."""

    words: WordLists
    except_: Annotated[WordLists, Field(alias="except")] = WordLists()


class PatternEntry(Model):
    """Wordings to look for as regular expressions, in texts with one of the `hints` and without `unless`.

    In `unless` each language has words of which one is enough.
    """

    hints: Hints
    patterns: Patterns
    unless: Hints = Hints()


class WordFile(RootModel[Mapping[Slug, WordEntry | PatternEntry]]):
    """One file of `checks/words/`: lists by name."""


@dataclass(frozen=True)
class Wordings:
    """A list of patterns made ready."""

    entry: PatternEntry
    compiled: Mapping[Language, re.Pattern[str]]

    def hinted(self, text: str, language: Language) -> bool:
        """Say whether a text holds one of the hints: only such a text is worth searching."""
        lowered = text.lower()
        return any(hint in lowered for hint in self._hints[language])

    @cached_property
    def _hints(self) -> Mapping[Language, tuple[str, ...]]:
        return {language: tuple(hint.lower() for hint in getattr(self.entry.hints, language)) for language in LANGUAGES}

    def matches(self, text: str, language: Language) -> Iterator[tuple[int, str]]:
        """Yield each match in a text: where it begins, and the words as written there."""
        if not self.hinted(text, language):
            return
        lowered = text.lower()
        if any(words.lower() in lowered for words in getattr(self.entry.unless, language)):
            return
        for match in self.compiled[language].finditer(text):
            yield match.start(), match.group()


@cache
def _entries() -> dict[str, WordEntry | PatternEntry]:
    """Read every list. Those of `lint.yaml` are named `lint.vague` and so on."""
    entries: dict[str, WordEntry | PatternEntry] = {}
    findings: list[Finding] = []
    for path in sorted((bundled("requirements_catalog") / "checks" / "words").glob("*.yaml")):
        file, problems = read_file(path)
        made, invalid = validate(WordFile, file) if file else (None, [])
        findings += [*problems, *invalid]
        entries |= made.root if made else {}
    lint, problems = read_wording(bundled("requirements_catalog"))
    if lint is None or findings:
        raise CatalogueError([*findings, *problems])
    for list_name, rule in lint.words.items():
        entries[f"lint.{list_name}"] = WordEntry.model_construct(words=rule.words, except_=rule.except_)
    entries["lint.scope-staff"] = WordEntry(words=lint.scope.staff)
    entries["lint.scope-limits"] = WordEntry(words=lint.scope.limits)
    for pattern_name, pattern in lint.patterns.items():
        unless = Hints(sv=(pattern.unless.sv,), en=(pattern.unless["en"],)) if pattern.unless else Hints()
        entries[f"lint.{pattern_name}"] = PatternEntry(hints=pattern.hints, patterns=pattern.patterns, unless=unless)
    return entries


@cache
def phrases(name: str) -> Mapping[Language, Phrases]:
    """Give the word list `name`, or `lint.vague` and so on of `lint.yaml`. Raises KeyError where there is none."""
    entry = _entries()[name]
    assert isinstance(entry, WordEntry), f"{name} is a list of patterns"  # noqa: S101
    return {
        language: Phrases(getattr(entry.words, language), getattr(entry.except_, language)) for language in LANGUAGES
    }


@cache
def wordings(name: str) -> Wordings:
    """Give the pattern list `name`, or `lint.quota` and so on of `lint.yaml`. Raises KeyError where there is none."""
    entry = _entries()[name]
    assert isinstance(entry, PatternEntry), f"{name} is a list of words"  # noqa: S101
    return Wordings(entry, {language: compiled(getattr(entry.patterns, language)) for language in LANGUAGES})


@cache
def heads() -> frozenset[str]:
    """Give how words begin that some list stands for with every ending: asked for when texts are made ready."""
    names = [name for name, entry in _entries().items() if isinstance(entry, WordEntry)]
    return frozenset().union(*(listed.heads for name in names for listed in phrases(name).values()))
