"""What the strategist knows of the procurement besides the choice of requirements: the facts that checks ask for.

A fact that is not given is not guessed: the check that needs it asks for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.law import Capacity, Kind
from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.requirement import Months
from procurement_equality.catalogue.text import Model, Text, Words


def _as_text(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    return {"sv": value} if isinstance(value, str) else value


Prose = Annotated[Text, BeforeValidator(_as_text)]
"""A text of the buyer's: plain words, or a language map where an English document is wanted too."""

PerCent = Annotated[int, Field(ge=0, le=100)]


class WeightRange(Model):
    """A weight within an interval, in per cent (LOU 16:6)."""

    at_least: PerCent
    at_most: PerCent
    max_spread: PerCent | None = None
    """The largest permitted spread, in percentage points, that the documents state."""

    @model_validator(mode="after")
    def _rises(self) -> WeightRange:
        if self.at_least >= self.at_most:
            data = {"at_least": self.at_least, "at_most": self.at_most}
            raise PydanticCustomError("choice.weight-range", "at_least is not below at_most", data)
        return self


def _weight_kind(value: object) -> str:
    return "number" if isinstance(value, int) else "range"


Weight = Annotated[
    Annotated[int, Field(ge=1, le=100), Tag("number")] | Annotated[WeightRange, Tag("range")],
    Discriminator(_weight_kind),
]


class OtherFollowUp(Model):
    """How and when a clause of the buyer's own is followed up, in months from the start of the contract."""

    method: Prose
    with_tender: bool = False
    months_after_start: Months | None = None
    then_every_months: Annotated[int, Field(ge=1, le=60)] | None = None


class OtherClause(Model):
    """A clause that stands elsewhere in the procurement documents: checked with the rest, and not printed by us."""

    kind: Kind
    title: Prose
    text: Prose
    cites: tuple[str, ...] = ()
    """The provisions that the documents give as its ground: `LOU 17:1`."""
    capacity: Capacity | None = None
    """For a selection criterion: which of the three kinds of capacity it concerns."""
    link_to_subject: Prose | None = None
    evidence: Prose | None = None
    follow_up: OtherFollowUp | None = None
    consequence: Prose | None = None
    """What follows when it is not met: a penalty and its cap, a period of grace, rescission."""
    weight: Weight | None = None
    priority: Annotated[int, Field(ge=1, le=50)] | None = None
    scale: Prose | None = None
    """How points are given, for an award criterion; for the price: how it is turned into points."""
    balancing: Prose | None = None
    """How the clause is weighed against another goal that it meets."""


class Accessibility(Model):
    """What has been decided about accessibility (LOU 9:2, LUF 9:2)."""

    special_reasons: Prose | None = None
    """Why no accessibility requirement is set although people will use what is bought."""
    products_or_services_act: bool | None = None
    """Whether the object is a product or a service of lagen (2023:254) (Directive (EU) 2019/882)."""
    referred_act: Words | None = None
    """The legal act that the technical specification refers to."""


class Assessment(Model):
    """A recorded assessment: its outcome, the reasons, and the day."""

    needed: bool
    reasons: Prose
    date: datetime.date | None = None


class Lots(Model):
    """Whether the contract is divided into lots, and why not (LOU 4:14)."""

    divided: bool
    reasons: Prose | None = None


class WholeNeed(Model):
    """The whole need that this procurement is a part of: kronor without VAT, and months."""

    value: Annotated[int, Field(ge=1)]
    months: Annotated[int, Field(ge=1, le=240)]


class RunningContract(Model):
    """A contract in force that this file changes: new requirements during its term."""

    reference: Words
    review_clause: bool
    """Whether the contract has a clause that foresees the change (LOU 17:10)."""


class FindingWaiver(Model):
    """A finding that somebody has weighed and accepts: why, in which role, and until when.

    `about` narrows it to one requirement (`AKT-03`) or other clause. Write a role, not a name.
    """

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")]
    about: Words | None = None
    reason: Prose
    role: Words
    until: datetime.date


class Facts(Model):
    """The facts of a procurement that checks ask for. None of them is mandatory."""

    evaluation: Literal["best-price-quality", "cost", "price"] | None = None
    """The ground on which tenders are evaluated (LOU 16:1)."""
    link_to_subject: Prose | None = None
    """How requirements on those who perform the contract belong to what is bought (LOU 16:2, 17:1)."""
    other_clauses: Mapping[Slug, OtherClause] = {}
    used_by_people: bool | None = None
    """Whether natural persons will use what is bought."""
    accessibility: Accessibility = Accessibility()
    digital_service: bool | None = None
    """Whether the supplier meets users through a web site or an app of its own."""
    labour_conditions: Assessment | None = None
    """The assessment of whether labour conditions are needed (LOU 17:2)."""
    outside_swedish_labour_law: bool | None = None
    """Whether a part of the work is done where Swedish labour law does not apply."""
    ilo_conditions: Assessment | None = None
    """The assessment of whether conditions after the ILO core conventions are needed (LOU 17:4)."""
    performed_in_sweden: bool = True
    subcontracting: Literal["none", "expected"] | None = None
    lots: Lots | None = None
    direct_award_record: Prose | None = None
    """Where a direct award is documented, and the reasons that it holds (LOU 19 a:11)."""
    whole_need: WholeNeed | None = None
    running_contract: RunningContract | None = None
    concerns_children: bool | None = None
    private_provider: bool | None = None
    """Whether the contract hands over a municipal matter to a private provider (KL 10:7)."""
    waivers: tuple[FindingWaiver, ...] = ()
