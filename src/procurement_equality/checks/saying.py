"""What is wrong, where one rule can find several things wrong: the words of a note as data of the finding."""

from __future__ import annotations

from dataclasses import replace

from procurement_equality.checks.texts import LANGUAGES
from procurement_equality.findings import Finding
from procurement_equality.findings.words import sentence


def said(note: str, /, **data: str) -> dict[str, str]:
    """Give a note of `messages/` as `what_sv` and `what_en`, for a message that is written `{what_sv}`."""
    return {f"what_{language}": sentence(note, language, **data) for language in LANGUAGES}


def asking(finding: Finding) -> Finding:
    """Give a finding as information: a fact is missing, and the buyer is asked for it."""
    return replace(finding, severity="information")
