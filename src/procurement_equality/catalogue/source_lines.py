"""The lines that findings point at, as they stand in their files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from procurement_equality.catalogue.strict_yaml import read_text
from procurement_equality.findings import Finding

LineOf = Callable[[Finding], str]
"""Gives the line that a finding points at, without its end; "" where there is none."""

_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML, so that numbers of lines agree with the parser's."""


def line_reader() -> LineOf:
    """Make a function that gives the line of a finding. Each file is read once, and only up to the reader's limit."""
    read: dict[str, list[str]] = {}

    def line_of(finding: Finding) -> str:
        if finding.path is None or finding.line is None:
            return ""
        if finding.path not in read:
            text, _ = read_text(Path(finding.path), finding.path)
            read[finding.path] = _END.split(text or "")
        lines = read[finding.path]
        return lines[finding.line - 1] if finding.line <= len(lines) else ""

    return line_of
