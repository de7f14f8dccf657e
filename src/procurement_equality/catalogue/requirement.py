"""What a requirement is: the models of one file under `requirements/`.

Everything is frozen and refuses unknown keys. Texts are language maps (`Text`); `sv` is mandatory.
Values that stand for other things (topic, source, table, ladder, headcount rule, sector, goal) are ids,
checked in `references.py`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.law import Capacity, Kind
from procurement_equality.catalogue.limit import LIMITS, STATES, Limit, Shown
from procurement_equality.catalogue.names import Key, Name, RequirementId, Slug, Version
from procurement_equality.catalogue.text import Model, Text, Words

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

Months = Annotated[int, Field(ge=0, le=240)]


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
    capacity: Capacity | None = None
    """For a selection criterion: which of the three kinds of capacity it concerns (LOU 14:1)."""

    @model_validator(mode="after")
    def _capacity_of_a_supplier(self) -> ClauseVariant:
        if self.capacity is not None and self.kind != "selection-criterion":
            raise PydanticCustomError(
                "requirement.capacity", "capacity belongs to a selection criterion", {"kind": self.kind}
            )
        return self


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


def _deadline_kind(value: object) -> str:
    return "number" if isinstance(value, int) else "name"


Deadline = Annotated[Annotated[Months, Tag("number")] | Annotated[Name, Tag("name")], Discriminator(_deadline_kind)]
"""A number of months, or the name of the parameter that holds it."""


class When(Model):
    """When a requirement is followed up: with the tender, or in months from the start of the contract."""

    with_tender: bool = False
    months_after_start: Deadline | None = None
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
    shows: Mapping[Slug, Shown] = {}
    """What an answer shows of the requirement, where it is not what `assessment.yaml` says for the type."""
    limit: Limit | None = None
    """The number or date of the clause that the answer is held against."""
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

    @property
    def states(self) -> tuple[str, ...]:
        """Give the answers that can show something of the requirement."""
        own = tuple(self.options) if self.type == "choice" else STATES.get(self.type, ())
        return (*own, *(STATES["limit"] if self.limit else ()))

    @model_validator(mode="after")
    def _rule_fits(self) -> Question:
        if self.limit is not None:
            suits = LIMITS.get(self.type, ())
            if self.limit.bound[0] not in suits or (self.limit.share is not None) != (self.type == "table"):
                data = {"key": self.key, "limits": ", ".join(suits) or "–"}
                raise PydanticCustomError("question.limit-type", "the limit does not suit the type", data)
        unknown = [state for state in self.shows if state not in self.states]
        if unknown:
            data = {"key": self.key, "answers": ", ".join(unknown), "known": ", ".join(self.states) or "–"}
            raise PydanticCustomError("question.shows", "there is no such answer", data)
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
    computed: Literal["major", "minor"] | None = None
    """The effect that `diff` works out from the words, where the author has seen it and judges that it is lower."""
    reason: Text


class Waiver(Model):
    """A finding of the language checks that someone has weighed and accepts, with the reason.

    `text` narrows the waiver to findings about exactly these words.
    """

    code: Annotated[str, StringConstraints(pattern=r"^lint\.[a-z-]+$")]
    text: Words | None = None
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
    waivers: tuple[Waiver, ...] = ()

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

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits of what the requirement demands: dates, sources and waivers do not count.

        Nor does what an answer shows, or which capacity a criterion concerns: it is how the buyer reads the answers and
        the law, and the supplier's duty is the same.
        """
        left_out: Any = dict.fromkeys(("last_verified", "changes", "sources", "waivers", "since"), True)
        of_buyer: Any = {"questions": {"__all__": {"shows", "limit"}}, "variants": {"__all__": {"capacity"}}}
        content = self.model_dump_json(exclude={**left_out, **of_buyer})
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def consequence(self, kind: Kind) -> Consequence:
        """Give what follows when the requirement, as this kind, is not met."""
        variant = self.variant(kind)
        return variant.consequence if isinstance(variant, AwardVariant) else self.follow_up.consequence

    def variant(self, kind: Kind) -> ClauseVariant | AwardVariant | None:
        """Give the variant of `kind`, or None."""
        return next((variant for variant in self.variants if variant.kind == kind), None)
