"""An organisation's own layer over the catalogue: models of its files.

A layer never edits a base file: it says what it adds, replaces, appends, withdraws or sets, each with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.limit import Limit, Shown
from procurement_equality.catalogue.model import (
    Definition,
    Ladder,
    Sector,
    Source,
    Table,
    Topic,
)
from procurement_equality.catalogue.names import Key, Name, RequirementId, Slug, Version
from procurement_equality.catalogue.requirement import (
    Conflict,
    Deadline,
    Level,
    Question,
    Requirement,
)
from procurement_equality.catalogue.text import Model, Text

TextField = Literal["title", "rationale", "clause", "evidence", "small-supplier", "indicator", "balancing", "question"]
"""The texts of a requirement that a layer may replace or append to."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Base(Model):
    """The catalogue that a layer lies on, and the version that it was written for."""

    id: Slug
    version: Version


class OverlayHead(Model):
    """`overlay.yaml`: what the layer is called, what its own ids begin with, and the names that it adds."""

    id: Slug
    version: Version
    title: Text
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    base: Base
    topics: Mapping[Slug, Topic] = {}
    sectors: Mapping[Slug, Sector] = {}
    goals: Mapping[Slug, Text] = {}
    ladders: Mapping[Slug, Ladder] = {}
    sources: Mapping[Slug, Source] = {}
    definitions: tuple[Definition, ...] = ()


class Add(Model):
    """Bring in a requirement of the layer's own: `requirements/<topic>/<id>.yaml`."""

    verb: Literal["add"]
    reason: Text


class Withdraw(Model):
    """Take a base requirement out of use here; `replaced_by` says what to use instead, if anything."""

    verb: Literal["withdraw"]
    reason: Text
    replaced_by: tuple[RequirementId, ...] = ()


class Replace(Model):
    """Put another text in the place of one. `kind` says which clause, `goal` which balancing, `key` which question."""

    verb: Literal["replace"]
    reason: Text
    field: TextField
    kind: Kind | None = None
    goal: Slug | None = None
    key: str | None = None
    text: Text

    @model_validator(mode="after")
    def _says_which(self) -> Replace:
        _say_which(self.field, {"clause": self.kind, "balancing": self.goal, "question": self.key})
        return self


class Append(Model):
    """Add a paragraph to a text, or items to a list: one of them in each change."""

    verb: Literal["append"]
    reason: Text
    field: TextField | None = None
    kind: Kind | None = None
    goal: Slug | None = None
    key: str | None = None
    text: Text | None = None
    questions: tuple[Question, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    legal_basis: tuple[str, ...] = ()
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _one_thing(self) -> Append:
        things = [self.field, self.questions, self.conflicts, self.legal_basis, self.sources]
        if sum(bool(thing) for thing in things) != 1 or (self.field is None) != (self.text is None):
            raise PydanticCustomError("overlay.append", "append takes a text or one list", {})
        _say_which(self.field, {"clause": self.kind, "balancing": self.goal, "question": self.key})
        return self


def _default_kind(value: object) -> str:
    return "number" if isinstance(value, int) else "name" if isinstance(value, str) else "text"


Default = Annotated[
    Annotated[int, Tag("number")] | Annotated[Slug, Tag("name")] | Annotated[Text, Tag("text")],
    Discriminator(_default_kind),
]
"""A number, the key of a choice, or a text: what the parameter's own type takes."""


class ParameterSetting(Model):
    """New default and bounds of a parameter; what is not named stays."""

    default: Default | None = None
    min: int | None = None
    max: int | None = None


class FollowUpSetting(Model):
    """New times, responsible and ladder of a follow-up; what is not named stays."""

    months_after_start: Deadline | None = None
    then_every_months: Annotated[int, Field(ge=1, le=60)] | None = None
    responsible: Literal["procurement-officer", "contract-manager", "unit-manager"] | None = None
    ladder: Slug | None = None


class QuestionSetting(Model):
    """What the answers to a question show, and the limit that they are held against; what is not named stays."""

    shows: Mapping[Slug, Shown] | None = None
    limit: Limit | None = None


class Set(Model):
    """Set defaults: of parameters, of the follow-up, of what answers show, the level, or the status of a draft."""

    verb: Literal["set"]
    reason: Text
    parameters: Mapping[Name, ParameterSetting] = {}
    follow_up: FollowUpSetting | None = None
    questions: Mapping[Key, QuestionSetting] = {}
    level: Level | None = None
    status: Literal["draft", "active"] | None = None

    @model_validator(mode="after")
    def _something(self) -> Set:
        settings = [*self.parameters.values(), *self.questions.values(), *([self.follow_up] if self.follow_up else [])]
        empty = [setting for setting in settings if not setting.model_fields_set]
        if empty or not (settings or self.level or self.status):
            raise PydanticCustomError("overlay.set", "nothing is set", {})
        return self


Change = Annotated[Add | Replace | Append | Withdraw | Set, Field(discriminator="verb")]


class ChangeFile(Model):
    """`changes/<id>.yaml`: everything that the layer does to one requirement.

    `digest` is the base requirement's as it was when this was written (`show` prints it): a change under the layer is
    then found.
    """

    requirement: RequirementId
    digest: Digest | None = None
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Overlay:
    """A layer as it was read: head, changes and own requirements, with the file of each."""

    folder: Path
    head: OverlayHead
    changes: Mapping[str, ChangeFile]
    requirements: Mapping[str, Requirement]
    tables: Mapping[str, Table]
    paths: Mapping[str, Path]
    """The file of each requirement of the layer's own, and of each table."""


def _say_which(name: str | None, which: Mapping[str, str | None]) -> None:
    """Hold a change to naming what its field needs, and nothing else: a clause its kind, a question its key."""
    for key, value in which.items():
        if (name == key) != (value is not None):
            needed = {"clause": "kind", "balancing": "goal", "question": "key"}[key]
            raise PydanticCustomError("overlay.which", "a clause needs its kind", {"field": key, "key": needed})
