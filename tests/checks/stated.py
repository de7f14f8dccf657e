"""Clauses to hold against rules about texts: a paragraph in one language, and what a rule finds in it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from procurement_equality import Catalogue
from procurement_equality.catalogue.law import Kind, RegimeId
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.texts import StatedClause, Texts
from procurement_equality.findings import Finding

BEFORE_JULY_2026 = datetime.date(2025, 11, 17)


def located(code: str, words: str, data: Mapping[str, str]) -> Finding:
    """Make a finding without a place: a paragraph by itself has none."""
    return Finding(code, data=data)


def stated(written: str, language: Language = "sv", kind: Kind | None = None) -> StatedClause:
    """Make a clause that is written in one language; a paragraph of a document has no kind."""
    text = Text(sv=written) if language == "sv" else Text(sv="Se den engelska texten.", en=written)
    return StatedClause("1", text, located, kind)


def found(
    catalogue: Catalogue,
    code: str,
    clause: StatedClause,
    *,
    regime: RegimeId | None = "LOU",
    date: datetime.date | None = BEFORE_JULY_2026,
) -> list[Finding]:
    """Give what a rule about texts finds in one clause."""
    return BY_CODE[code].examine_texts(Texts((clause,), catalogue.law, regime, date=date))
