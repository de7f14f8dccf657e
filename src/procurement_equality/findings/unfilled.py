"""Codes of findings and their words before there is a finding, for those who ask what a code means."""

from __future__ import annotations

from typing import Literal

from procurement_equality.findings.model import Finding
from procurement_equality.findings.words import messages, way_out, what


class _Dots(dict[str, str]):
    """Gives … for whatever a message asks for."""

    def __missing__(self, key: str) -> str:
        return "…"


def codes() -> list[str]:
    """Give every code that a finding can have, in order."""
    return sorted(code for code, words in messages().items() if "sv_out" in words)


def words(code: str, language: Literal["sv", "en"]) -> tuple[str, str]:
    """Give what a finding of the code says and its way out, with … for what each finding fills in.

    A sentence that each finding fills in whole is left empty.
    """
    unfilled = Finding(code, data=_Dots())
    said = what(unfilled, language)
    return "" if said == "…" else said, way_out(unfilled, language)
