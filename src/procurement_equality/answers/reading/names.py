"""The names that a form's anchors may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from procurement_equality.answers.manifest import Manifest, bookmark_name, control_id

_Key = TypeVar("_Key", int, str)

_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
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
        self.own_paragraphs = manifest.own_paragraphs

    def visible(self, text: str) -> tuple[str, ...]:
        """Give the questions whose visible id stands in a text."""
        found = ("".join(each.translate(_HYPHENS).split()) for each in _BRACKETED.findall(text))
        return tuple(dict.fromkeys(name for name in found if name in self.cells))


def without_visible_id(text: str) -> str:
    """Give a text without the visible ids in it."""
    return re.sub(r"\[[A-Za-z0-9_.\-\u2010\u2011\u00ad\s]{1,80}\]", "", text)


def _unique(pairs: Iterable[tuple[_Key, str]]) -> Mapping[_Key, str]:
    """Give what each key stands for, without those that stand for two things."""
    found: dict[_Key, str | None] = {}
    for key, name in pairs:
        found[key] = None if key in found else name
    return {key: name for key, name in found.items() if name is not None}
