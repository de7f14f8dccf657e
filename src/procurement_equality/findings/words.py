"""The words of findings and notes, from the files in `messages/`, in Swedish and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from procurement_equality.findings.model import Finding


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Give every message by code: `sv` and `en` (what), `sv_out` and `en_out` (the way out)."""
    found: dict[str, Mapping[str, str]] = {}
    for file in files("procurement_equality.findings").joinpath("messages").iterdir():
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def what(finding: Finding, language: Literal["sv", "en"]) -> str:
    """Say what is wrong."""
    return messages()[finding.code][language].format_map(finding.data)


def way_out(finding: Finding, language: Literal["sv", "en"]) -> str:
    """Say what to do about it."""
    return messages()[finding.code][f"{language}_out"].format_map(finding.data)


def describe(finding: Finding, language: Literal["sv", "en"], *, place: bool = True) -> str:
    """Give `place: code what way-out` as one line of plain text."""
    sentence = f"{finding.code} {what(finding, language)} {way_out(finding, language)}".rstrip()
    return f"{finding.place}: {sentence}" if place and finding.place else sentence


def sentence(code: str, language: Literal["sv", "en"], **data: str) -> str:
    """Give a sentence of `messages/` that is no finding, for example why a requirement is in."""
    return messages()[code][language].format_map(data)


def title(code: str, language: Literal["sv", "en"]) -> str:
    """Give the title of a rule."""
    return messages()[code][f"{language}_title"]


def why(code: str, language: Literal["sv", "en"]) -> str:
    """Say why a rule is there."""
    return messages()[code][f"{language}_why"]


def unverified(code: str, language: Literal["sv", "en"]) -> str | None:
    """Say what a rule rests on that has not been verified, or give None."""
    return messages()[code].get(f"{language}_unverified")
