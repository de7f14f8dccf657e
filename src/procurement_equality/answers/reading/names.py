"""The names that a form's anchors may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from procurement_equality.answers.manifest import Manifest, bookmark_name, control_id, paragraph_mark

_Key = TypeVar("_Key", int, str)

_BRACKETED = re.compile(r"\[([^\[\]]{1,200})\]")
"""A name of at most 64 signs, with whatever soft hyphens and spaces have come into it."""
_SHORT = 2_000
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200b": None})


class Names:
    """Every name by which an answer of a form can be found; made once for each manifest.

    `rows` are what visible ids and bookmarks name: a field, or a row of a table whose cells are fields.
    """

    def __init__(self, manifest: Manifest) -> None:
        self.tags = frozenset(manifest.fields)
        self.cells: dict[str, tuple[str | None, ...]] = {name: (None, name) for name in manifest.fields}
        """The field in each cell of a row, the first cell included, by the name that the row has."""
        self.spare: set[str] = set()
        for table in manifest.tables:
            for row in table.rows:
                name = f"{table.name}.{row.key}"
                label = None if row.label is not None else f"{name}.label"
                self.cells[name] = (label, *(f"{name}.{column.key}" for column in table.columns))
                if label is not None:
                    self.spare.add(name)
        self.numbers = _unique((control_id(name), name) for name in manifest.fields)
        self.bookmarks = _unique((bookmark_name(name).lower(), name) for name in self.cells)
        self.placeholders = {
            name: " ".join(manifest.placeholder(field).split()) for name, field in manifest.fields.items()
        }
        """The words of each field while it is empty."""
        self._own_paragraphs = manifest.own_paragraphs

    def visible(self, text: str) -> tuple[str, ...]:
        """Give the questions whose visible id stands in a text."""
        return tuple(dict.fromkeys(name for name in map(_plain, _BRACKETED.findall(text)) if name in self.cells))

    def is_own(self, text: str) -> bool:
        """Say whether the text of a paragraph is the form's own."""
        return (_mark(text) if len(text) < _SHORT else paragraph_mark(text)) in self._own_paragraphs


def without_visible_id(text: str) -> str:
    """Give a text without the visible ids in it."""
    return re.sub(r"\[[A-Za-z0-9_.\-\u2010\u2011\u00ad\s]{1,80}\]", "", text)


@lru_cache(maxsize=4_000)
def _mark(text: str) -> bytes:
    """Give the mark of a short paragraph; the same stand in every form of a procurement."""
    return paragraph_mark(text)


@lru_cache(maxsize=4_000)
def _plain(text: str) -> str:
    """Give a visible id as the form was given it: with hyphens in place of those that do not break."""
    return "".join(text.translate(_HYPHENS).split())


def _unique(pairs: Iterable[tuple[_Key, str]]) -> Mapping[_Key, str]:
    """Give what each key stands for, without those that stand for two things."""
    found: dict[_Key, str | None] = {}
    for key, name in pairs:
        found[key] = None if key in found else name
    return {key: name for key, name in found.items() if name is not None}
