"""How a document is compared with the catalogue, as data: `requirements_catalog/checks/scan.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal, get_args

from pydantic import Field

from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.catalogue.validation import validate
from procurement_equality.catalogue.wording import Phrases, WordLists, by_head, tokens
from procurement_equality.findings import CatalogueError
from procurement_equality.resources import bundled

PerCent = Annotated[int, Field(ge=0, le=100)]
Aspect = Literal["obligation", "deadline", "evidence", "scope"]
"""What a near match may lack: binding words, a time, what shows it, a limit to the contract."""


class Thresholds(Model):
    """Bounds in per cent."""

    contains: PerCent
    share: PerCent
    firm: PerCent
    near: PerCent
    near_elsewhere: PerCent
    tie: PerCent
    tie_preferred: PerCent
    verbatim: PerCent


class AspectWords(Model):
    """Words for aspects that `lint.yaml` has no list of."""

    evidence: WordLists


class RuleScopes(Model):
    """Codes of rules about texts that examine something else than paragraphs with an obligation in them."""

    anywhere: tuple[str, ...] = ()
    """Every paragraph."""
    permissions: tuple[str, ...] = ()
    """Paragraphs with an obligation or with something that lets somebody choose."""
    sentences: tuple[str, ...] = ()
    """The obliging sentences of paragraphs about equality."""
    whole_section: tuple[str, ...] = ()
    """Paragraphs with an obligation, where the rule objects to the whole section too."""
    whole_document: tuple[str, ...] = ()
    """Paragraphs with an obligation, where the rule objects to the whole document too."""
    never: tuple[str, ...] = ()


class ScanSettings(Model):
    """The whole of `scan.yaml`."""

    thresholds: Thresholds
    subjects: WordLists
    obligations: WordLists
    permissions: WordLists
    bound: WordLists
    law_talk: WordLists
    weak: WordLists
    follow_up: WordLists
    aspects: AspectWords
    rules: RuleScopes


class Listed:
    """A word list that a text can be asked for."""

    def __init__(self, words: WordLists) -> None:
        self._phrases: Mapping[Language, Phrases] = {
            language: Phrases(getattr(words, language)) for language in get_args(Language)
        }

    def held(self, text: str, language: Language) -> list[str]:
        """Give the words and phrases of the list that a text holds."""
        phrases, found = self._phrases[language], tokens(text)
        words = frozenset(found)
        triggers = phrases.triggers(words, by_head(words, phrases.heads))
        return phrases.held(f" {' '.join(found)} ", triggers) if triggers else []


@cache
def scan_settings() -> ScanSettings:
    """Read the settings. Raises `CatalogueError` with every finding."""
    file, findings = read_file(bundled("requirements_catalog") / "checks" / "scan.yaml")
    made, invalid = validate(ScanSettings, file) if file else (None, [])
    if made is None:
        raise CatalogueError([*findings, *invalid])
    return made
