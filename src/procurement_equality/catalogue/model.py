"""The catalogue's models: what a requirement is, and what it may refer to.

Everything is frozen and refuses unknown keys. Texts are language maps (`Text`); `sv` is mandatory.
Values that stand for other things (topic, source, table, ladder, headcount rule, sector, goal) are ids,
checked in `references.py`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.law import Law
from procurement_equality.catalogue.text import Language, Model, Text, Words

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal[
    "exclusion-ground",
    "selection-criterion",
    "technical-specification",
    "award-criterion",
    "contract-performance-condition",
    "reserved-participation",
]
"""Kind of requirement, in the words of Directive 2014/24/EU and OCDS, in the order of the process."""

Level = Literal["law", "basic", "advanced", "spearhead"]
"""Level of ambition, cumulative: `basic` already goes beyond the law."""

Ground = Literal[
    "sex",
    "transgender-identity-or-expression",
    "ethnicity",
    "religion-or-belief",
    "disability",
    "sexual-orientation",
    "age",
]
"""The seven grounds of discrimination (1 kap. 1 § diskrimineringslagen)."""

RequirementId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-[0-9]{2,3}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=17)]
"""Key of a question, row or column: three of them and an id fit in the 64 characters of a form field's tag."""
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
Months = Annotated[int, Field(ge=0, le=240)]


# --- what a requirement is made of -------------------------------------------------------------------


class CharterArticles(Model):
    """Articles of the European charter for equality of women and men in local life, in a dated version."""

    version: Literal[2006, 2022]
    articles: Annotated[tuple[Annotated[int, Field(ge=1, le=39)], ...], Field(min_length=1)]


class Applies(Model):
    """Where a requirement fits. An empty list means everywhere; `cpv` holds prefixes of CPV codes."""

    regimes: tuple[str, ...] = ()
    sectors: tuple[Slug, ...] = ()
    cpv: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]{2,8}$")], ...] = ()
    headcount: Slug | None = None
    """Id of the headcount rule in `law/headcount.yaml` from which the underlying duty applies."""


class IntegerParameter(Model):
    """A whole number that the buyer may set: `unit` decides how it is written ("2 månader", "10 %")."""

    type: Literal["integer"]
    label: Text
    default: int
    min: int
    max: int
    unit: Literal["months", "days", "weeks", "years", "hours", "per cent", "number", "kronor"]

    @model_validator(mode="after")
    def _default_within(self) -> IntegerParameter:
        if not self.min <= self.default <= self.max:
            raise PydanticCustomError(
                "parameter.default", "default outside min and max", {"min": self.min, "max": self.max}
            )
        return self


class DateParameter(Model):
    """A date that the buyer must set, since no date suits every procurement."""

    type: Literal["date"]
    label: Text


class TextParameter(Model):
    """A few words that the buyer may set, at most 200 characters, on one line."""

    type: Literal["text"]
    label: Text
    default: Text | None = None


class ChoiceParameter(Model):
    """One of a few named texts."""

    type: Literal["choice"]
    label: Text
    default: Slug
    choices: Annotated[Mapping[Slug, Text], Field(min_length=2)]

    @model_validator(mode="after")
    def _default_exists(self) -> ChoiceParameter:
        if self.default not in self.choices:
            raise PydanticCustomError("parameter.choice", "default is no choice", {"choices": ", ".join(self.choices)})
        return self


Parameter = Annotated[IntegerParameter | DateParameter | TextParameter | ChoiceParameter, Field(discriminator="type")]


class ScaleStep(Model):
    """A step of an award criterion's scale: points (0 to 10) and what the tender must show to get them."""

    points: Annotated[int, Field(ge=0, le=10)]
    description: Text


class Consequence(Model):
    """What follows when the requirement is not met: a ladder of `catalogue.yaml`, and a text of its own."""

    ladder: Slug
    text: Text | None = None


class ClauseVariant(Model):
    """The clause text of one kind: CommonMark with `{{ parameter }}` and nothing else in braces."""

    kind: Literal[
        "exclusion-ground",
        "selection-criterion",
        "technical-specification",
        "contract-performance-condition",
        "reserved-participation",
    ]
    text: Text


class AwardVariant(Model):
    """The clause text of an award criterion, with its scale from no points to full points."""

    kind: Literal["award-criterion"]
    text: Text
    scale: Annotated[tuple[ScaleStep, ...], Field(min_length=2)]
    consequence: Consequence = Consequence(ladder="award")
    """What follows when the added value that earned points is not delivered."""

    @model_validator(mode="after")
    def _scale_rises_from_zero(self) -> AwardVariant:
        points = [step.points for step in self.scale]
        if points[0] != 0 or points != sorted(set(points)):
            raise PydanticCustomError("scale.order", "scale must rise from 0", {"points": ", ".join(map(str, points))})
        return self


Variant = Annotated[ClauseVariant | AwardVariant, Field(discriminator="kind")]


class Evidence(Text):
    """What shows that the requirement is met, and what is enough from a small supplier."""

    small_supplier: Text


class When(Model):
    """When a requirement is followed up: with the tender, or in months from the start of the contract."""

    with_tender: bool = False
    months_after_start: Months | Name | None = None
    """A number, or the name of the parameter (in months) that the clause's own deadline has."""
    then_every_months: Annotated[int, Field(ge=1, le=60)] | None = None

    @model_validator(mode="after")
    def _some_time(self) -> When:
        if not self.with_tender and self.months_after_start is None:
            raise PydanticCustomError("follow-up.when", "no time given", {})
        if self.then_every_months is not None and self.months_after_start is None:
            raise PydanticCustomError("follow-up.interval", "interval without first time", {})
        return self


class FollowUp(Model):
    """How, when and by whom the requirement is followed up, and what follows if it is not met."""

    method: Literal["document", "declaration", "form", "statistics", "meeting", "visit", "sample", "register"]
    when: When
    indicator: Text
    responsible: Literal["procurement-officer", "contract-manager", "unit-manager"]
    consequence: Consequence


class Question(Model):
    """What the supplier answers. `headcount` is the id of the rule from which the question applies."""

    key: Key
    type: Literal[
        "yes-no",
        "yes-no-partly",
        "text",
        "number",
        "per-cent",
        "kronor",
        "date",
        "attachment",
        "choice",
        "table",
        "declaration",
    ]
    text: Text
    help: Text | None = None
    required: bool = True
    headcount: Slug | None = None
    options: Mapping[Slug, Text] = {}
    table: Slug | None = None

    @model_validator(mode="after")
    def _type_has_what_it_needs(self) -> Question:
        if (self.type == "choice") != bool(self.options):
            raise PydanticCustomError("question.options", "options belong to a choice", {"key": self.key})
        if (self.type == "table") != (self.table is not None):
            raise PydanticCustomError("question.table", "table belongs to a table question", {"key": self.key})
        return self


class Conflict(Model):
    """Another goal that the requirement meets, and how the two are balanced."""

    goal: Slug
    balancing: Text


class Change(Model):
    """A change of a requirement.

    `effect` answers: could one who complied before still say so without a new check? No: major.
    """

    date: datetime.date
    effect: Literal["major", "minor", "patch"]
    reason: Text


class Requirement(Model):
    """One requirement of the catalogue: `requirements/<topic>/<id>.yaml`."""

    id: RequirementId
    title: Text
    topic: Slug
    grounds: tuple[Ground, ...]
    charter_articles: CharterArticles
    level: Level
    status: Literal["draft", "active", "withdrawn"]
    review: Text | None = None
    """What a lawyer must look at: mandatory for a draft."""
    since: Version
    """The catalogue version that the requirement came with."""
    last_verified: datetime.date
    """The day when every citation was last read against its statute."""
    changes: tuple[Change, ...] = ()
    replaces: tuple[RequirementId, ...] = ()
    """Requirements of a lower level that this one makes superfluous."""
    replaced_by: tuple[RequirementId, ...] = ()
    """For a withdrawn requirement: what to use instead."""
    rationale: Text
    on_request: Text | None = None
    """Why the requirement waits until the procurement file asks for it, for example an assessment by the buyer."""
    applies: Applies = Applies()
    parameters: Mapping[Name, Parameter] = {}
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    """One for each kind, in order of preference."""
    legal_basis: tuple[str, ...]
    """Substantive law only (`DL 3:13`): the procurement paragraph follows from regime and kind."""
    evidence: Evidence
    follow_up: FollowUp
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    conflicts: tuple[Conflict, ...] = ()
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Requirement:
        kinds = [variant.kind for variant in self.variants]
        if len(set(kinds)) < len(kinds):
            raise PydanticCustomError("requirement.kind-twice", "a kind has two variants", {"kinds": ", ".join(kinds)})
        keys = [question.key for question in self.questions]
        if len(set(keys)) < len(keys):
            raise PydanticCustomError("requirement.question-twice", "a key is used twice", {"keys": ", ".join(keys)})
        if self.status == "draft" and self.review is None:
            raise PydanticCustomError("requirement.draft-review", "a draft says what to review", {})
        if self.status == "withdrawn" and not self.replaced_by:
            raise PydanticCustomError("requirement.withdrawn", "a withdrawn requirement names its successor", {})
        return self

    def consequence(self, kind: Kind) -> Consequence:
        """Give what follows when the requirement, as this kind, is not met."""
        variant = self.variant(kind)
        return variant.consequence if isinstance(variant, AwardVariant) else self.follow_up.consequence

    def variant(self, kind: Kind) -> ClauseVariant | AwardVariant | None:
        """Give the variant of `kind`, or None."""
        return next((variant for variant in self.variants if variant.kind == kind), None)


# --- what a requirement refers to ---------------------------------------------------------------------


class Topic(Model):
    """A topic: its folder's name is its key, and its requirements' ids begin with `prefix`."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    title: Text


class Sector(Model):
    """A kind of purchase, with the CPV prefixes by which it is usually recognised."""

    title: Text
    cpv: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]{2,8}$")], ...]


class Source(Model):
    """Where a requirement comes from."""

    title: Words
    publisher: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    seen: datetime.date


class Ladder(Model):
    """A ladder of consequences in proportion, from the mildest step to the hardest."""

    title: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]


class Definition(Model):
    """A term of the documents and what it means there."""

    term: Text
    meaning: Text


class TableColumn(Model):
    """A column of a table question. `sum_of` names the columns whose sum it must be."""

    key: Key
    label: Text
    type: Literal["text", "number", "per-cent", "date"]
    sum_of: tuple[Key, ...] = ()


class TableRow(Model):
    """A row of a table question with a label of its own."""

    key: Key
    label: Text


class Table(Model):
    """A table that suppliers fill in: fixed rows, then spare rows in which they name the row themselves."""

    id: Slug
    title: Text
    row_heading: Text
    period: Text
    definition: Text
    rows: tuple[TableRow, ...] = ()
    spare_rows: Annotated[int, Field(ge=0, le=20)] = 0
    columns: Annotated[tuple[TableColumn, ...], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Table:
        if not self.rows and not self.spare_rows:
            raise PydanticCustomError("table.no-rows", "a table needs rows", {})
        keys = {column.key for column in self.columns}
        unknown = [key for column in self.columns for key in column.sum_of if key not in keys]
        if unknown:
            raise PydanticCustomError("table.sum-of", "sum of unknown columns", {"keys": ", ".join(unknown)})
        return self


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


class Catalogue(Model):
    """A whole catalogue: head, law, tables and requirements in the order of topics and ids."""

    head: CatalogueHead
    law: Law
    tables: Mapping[str, Table]
    requirements: Mapping[str, Requirement]

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Catalogue:
        """Read and check the catalogue in `folder`, or the bundled one.

        Raises `CatalogueError` with every finding of every file.
        """
        from procurement_equality.catalogue.reading import load_catalogue

        return load_catalogue(folder)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the catalogue's content, in hexadecimal: the same content gives the same digest."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
