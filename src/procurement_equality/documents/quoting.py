"""What others have written, quoted in a document of ours: one line, no invisible signs, and never long."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LONGEST_WORD = 40
_BREAKS = re.compile(rf"(\S{{{_LONGEST_WORD}}})(?=\S)")
SHOWN = 200
"""How many characters are quoted of an answer."""


def quoted(text: str, most: int = SHOWN) -> str:
    """Give a text in one line of at most `most` characters, with a sign where more follows.

    Control characters and signs that turn the writing direction are left out, and a very long word may be broken.
    """
    line = " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())
    short = line if len(line) <= most else f"{line[:most].rstrip()} …"
    return _BREAKS.sub("\\1\u200b", short)


def file_name(path: str) -> str:
    """Give the last part of a file's path as it came in, for a document that others read."""
    return quoted(re.split(r"[/\\!]", path)[-1] or path)
