"""Findings as GitHub workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from procurement_equality.catalogue.text import Language
from procurement_equality.findings import Finding
from procurement_equality.findings.words import way_out, what

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def workflow_commands(findings: Iterable[Finding], language: Language, here: Path) -> Iterator[str]:
    """Yield a line for each finding: `::error file=…,line=…,col=…,title=…::message`, paths relative to `here`."""
    for finding in findings:
        stated = {
            "file": relative(finding.path, here) if finding.path else None,
            "line": finding.line,
            "col": finding.column,
            "title": finding.code,
        }
        properties = ",".join(f"{k}={str(v).translate(_PROPERTY)}" for k, v in stated.items() if v is not None)
        message = f"{what(finding, language)} {way_out(finding, language)}".strip().translate(_MESSAGE)
        yield f"::{_COMMANDS[finding.severity]} {properties}::{message}"


def relative(path: str, here: Path) -> str:
    """Give a path from `here` with forward slashes where it lies below, else as it is."""
    whole = Path(path).absolute()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else Path(path).as_posix()
