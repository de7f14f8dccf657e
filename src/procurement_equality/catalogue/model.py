"""The catalogue's models: its head, the tables that suppliers fill in, and the whole."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.assessment import AssessmentRules
from procurement_equality.catalogue.checklist import Checklist
from procurement_equality.catalogue.citation import joined, write_all
from procurement_equality.catalogue.law import Law
from procurement_equality.catalogue.names import Key, Slug, Version
from procurement_equality.catalogue.requirement import Ground, Level, Requirement
from procurement_equality.catalogue.text import Language, Model, Text, Words
from procurement_equality.findings import Finding


class Topic(Model):
    """A topic: its folder's name is its key, and its requirements' ids begin with `prefix`."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    title: Text


class Sector(Model):
    """A kind of purchase, with the CPV prefixes by which it is usually recognised."""

    title: Text
    cpv: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]{2,8}$")], ...]


class Source(Model):
    """Where a requirement comes from. `seen` is the day it was noted, which is not to say that all of it was read."""

    title: Words
    publisher: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    seen: datetime.date


class Ladder(Model):
    """A ladder of consequences in proportion, from the mildest step to the hardest."""

    title: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]
    remedy_days: Annotated[int, Field(ge=1, le=365)] | None = None
    """The days that the first step gives to remedy the shortcoming, from the notice: the number in its words."""


class Definition(Model):
    """A term of the documents and what it means there."""

    term: Text
    meaning: Text


class TableColumn(Model):
    """A column of a table question. `sum_of` names the columns whose sum it must be, `at_most` one it cannot exceed."""

    key: Key
    label: Text
    type: Literal["text", "number", "per-cent", "date"]
    sum_of: tuple[Key, ...] = ()
    at_most: Key | None = None


class TableRow(Model):
    """A row of a table question with a label of its own; `sum_of` and `at_most` name other rows."""

    key: Key
    label: Text
    unit: Text | None = None
    """Where the row is counted in another unit than the table."""
    sum_of: tuple[Key, ...] = ()
    at_most: Key | None = None


class Table(Model):
    """A table that suppliers fill in: fixed rows, then spare rows in which they name the row themselves.

    The checks that must hold stand with the row or column that they bind (`sum_of`, `at_most`). Besides these, no
    number is below 0 and no share above 100 per cent.
    """

    id: Slug
    statistic: Annotated[str, StringConstraints(pattern=r"^T(1[0-2]|[1-9])$")] | None = None
    """Which of the twelve statistics by sex the table belongs to (T1 users … T12 pay)."""
    title: Text
    row_heading: Text
    unit: Text
    """What the cells count: "personer", "timmar"."""
    period: Text
    source: Text | None = None
    """Where the supplier finds the figures."""
    definition: Text
    small_numbers: Literal["hidden", "shown"]
    """`hidden` where a cell counts persons, or rests on so few that one could be recognised."""
    comment: bool = False
    """Whether the supplier comments the figures below the table: difference, cause, measure."""
    rows: tuple[TableRow, ...] = ()
    spare_rows: Annotated[int, Field(ge=0, le=20)] = 0
    columns: Annotated[tuple[TableColumn, ...], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Table:
        if not self.rows and not self.spare_rows:
            raise PydanticCustomError("table.no-rows", "a table needs rows", {})
        rows = [row.key for row in self.rows] + [f"spare{number}" for number in range(1, self.spare_rows + 1)]
        for names in (rows, [column.key for column in self.columns]):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise PydanticCustomError("table.key-twice", "a key is used twice", {"keys": ", ".join(twice)})
        unknown = [*_unknown(self.columns), *_unknown(self.rows)]
        if unknown:
            raise PydanticCustomError("table.check", "a check names what is not there", {"keys": ", ".join(unknown)})
        return self


def _unknown(lines: Sequence[TableColumn] | Sequence[TableRow]) -> list[str]:
    """Give the keys that a check names though no other line of the table has them."""
    keys = {line.key for line in lines}
    named = [(line.key, key) for line in lines for key in (*line.sum_of, *([line.at_most] if line.at_most else []))]
    return [key for own, key in named if key not in keys or key == own]


class CatalogueHead(Model):
    """`catalogue.yaml`: what the catalogue is called, and everything that requirements refer to."""

    id: Slug
    version: Version
    title: Text
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    licence: Words
    charter_version: Literal[2006, 2022]
    levels: Mapping[Level, Text]
    grounds: Mapping[Ground, Text]
    topics: Annotated[Mapping[Slug, Topic], Field(min_length=1)]
    sectors: Mapping[Slug, Sector]
    goals: Mapping[Slug, Text]
    ladders: Mapping[Slug, Ladder]
    definitions: tuple[Definition, ...]
    sources: Mapping[Slug, Source]


class Layer(Model):
    """An organisation's layer that lies on the catalogue."""

    id: Slug
    version: Version
    title: Text


class LayerChange(Model):
    """What a layer did to a requirement, to which of its fields, and why. A field with + was appended to."""

    layer: Slug
    verb: Literal["add", "replace", "append", "withdraw", "set"]
    fields: tuple[str, ...]
    reason: Text


class Catalogue(Model):
    """A whole catalogue: head, law, tables, checklists, and requirements in the order of topics and ids.

    With layers it is the catalogue as they leave it, and `origins` says what each of them did to a requirement.
    """

    head: CatalogueHead
    law: Law
    tables: Mapping[str, Table]
    assessment: AssessmentRules
    checklists: Mapping[str, Checklist] = {}
    requirements: Mapping[str, Requirement]
    layers: tuple[Layer, ...] = ()
    origins: Mapping[str, tuple[LayerChange, ...]] = {}

    _findings: tuple[Finding, ...] = PrivateAttr(())
    """Warnings of reading: nothing that stops the catalogue from being used."""
    _folders: tuple[Path, ...] = PrivateAttr(())
    """The folders of the layers."""
    _paths: dict[str, Path] = PrivateAttr(default_factory=dict)
    """The file that each requirement, table and checklist was read from."""
    _cited: dict[tuple[tuple[str, ...], Language], str] = PrivateAttr(default_factory=dict)
    """Citations that have been written: documents repeat them."""

    @classmethod
    def load(cls, folder: Path | str | None = None, overlays: Iterable[Path | str] = ()) -> Catalogue:
        """Read and check the catalogue in `folder`, or the bundled one, with an organisation's layers on it.

        Raises `CatalogueError` with every finding of every file.
        """
        from procurement_equality.catalogue.layers import load_catalogue

        return load_catalogue(folder, overlays)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give the warnings of reading, for example of a layer whose base has changed."""
        return self._findings

    @property
    def folders(self) -> tuple[Path, ...]:
        """Give the resolved folders of the layers that lie on the catalogue."""
        return self._folders

    def path(self, identifier: str) -> Path | None:
        """Give the file that a requirement, table or checklist was read from; None where it was made in memory."""
        return self._paths.get(identifier)

    def cite(self, citations: tuple[str, ...], language: Language) -> str:
        """Write citations out as one text, grouped by act: "4 kap. 2 § lagen om valfrihetssystem (2008:962)".

        Raises KeyError for an unknown act and ValueError for a citation that cannot be read.
        """
        written = self._cited.get((citations, language))
        if written is None:
            written = joined(tuple(write_all(citations, self.law.acts, language)), language)
            self._cited[citations, language] = written
        return written

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the catalogue's content, in hexadecimal: the same content gives the same digest."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
