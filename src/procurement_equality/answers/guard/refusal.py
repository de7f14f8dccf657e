"""What every part of the guard refuses with."""

from __future__ import annotations

import re

from procurement_equality.findings import Finding, FormError

_MOST_SHOWN = 120
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+")


def refusal(code: str, **data: str) -> FormError:
    """Give the error that says why a file is refused. What the file itself says is made fit to show."""
    return FormError([Finding(code, data={name: shown(value) for name, value in data.items()})])


def shown(text: str) -> str:
    """Give at most 120 characters of a text that a stranger wrote, without what could disturb a screen."""
    clean = _UNPRINTABLE.sub("\ufffd", text[: 4 * _MOST_SHOWN])
    return clean if len(clean) <= _MOST_SHOWN else f"{clean[: _MOST_SHOWN - 1]}…"
