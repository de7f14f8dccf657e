"""How far the words of a finding reach on their line, for a caret below them or a mark in an editor."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"""(?P<quoted>["'][^"'\n]{0,200}["'])|[^\s:,\[\]{}#"']+""")


def extent(line: str, column: int, words: str = "") -> int:
    """Give the number of characters (code points) from `column` (from 1) that a finding is about; at least 1.

    They are `words` where these stand there, as far as they go on the line, else the YAML key or value there.
    """
    rest = line[column - 1 :]
    if words:
        length = _common(rest, words)
        if length == len(words) or (length and not rest[length:].strip()):
            return max(1, len(rest[:length].rstrip()))
    token = _TOKEN.match(rest)
    return max(1, token.end() if token else 1)


def _common(rest: str, words: str) -> int:
    """Give how many of the first characters agree, whatever their case."""
    pairs = zip(rest, words, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a.lower() != b.lower()), min(len(rest), len(words)))
