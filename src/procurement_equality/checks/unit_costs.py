"""What requirements cost a supplier to show, as data: `requirements_catalog/burden.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.text import Model, Text, Words
from procurement_equality.catalogue.validation import validate
from procurement_equality.findings import CatalogueError
from procurement_equality.resources import bundled

Method = Literal["document", "declaration", "form", "statistics", "meeting", "visit", "sample", "register"]
"""How a requirement is followed up (`follow_up.method`)."""

QuestionType = Literal[
    "yes-no", "yes-no-partly", "text", "number", "per-cent", "kronor", "date", "attachment", "choice", "table",
    "declaration",
]  # fmt: skip

Whole = Annotated[int, Field(ge=0, le=1_000_000)]


class Basis(Model):
    """What a value rests on: a source (an id of `catalogue.yaml`), or an assumption; and what it means."""

    source: Slug | None = None
    assumption: Literal[True] | None = None
    note: Text

    @model_validator(mode="after")
    def _one(self) -> Basis:
        if (self.source is None) == (self.assumption is None):
            raise PydanticCustomError("burden.basis", "a source or an assumption, not both", {})
        return self


class Between(Model):
    """A value that is known as a range only."""

    at_least: Whole
    at_most: Whole

    @model_validator(mode="after")
    def _rises(self) -> Between:
        if self.at_least > self.at_most:
            data = {"at_least": self.at_least, "at_most": self.at_most}
            raise PydanticCustomError("burden.between", "at_least is above at_most", data)
        return self


class Minutes(Basis):
    """How long something takes."""

    minutes: Between


class Kronor(Basis):
    """What something costs."""

    kronor: Between


class Bound(Basis):
    """When the checks ask the buyer to think again."""

    value: Annotated[int, Field(ge=1)]


class Bounds(Model):
    """When requirements are heavy. The lower end of an estimate is held against a bound."""

    small_value: Bound
    """Kronor: a contract below is small."""
    short_months: Bound
    """Months: a contract of so many, or fewer, is short."""
    heavy_hours: Bound
    """Hours in the first year from which a requirement is heavy."""
    heavy_requirements: Bound
    """The number of heavy requirements that a small or short contract stands."""
    share_per_cent: Bound
    """The cost as a share of the contract's value, in per cent."""
    hours_per_employee: Bound
    """Hours in the first year for each employee of a small firm."""


class Enough(Minutes):
    """How long making takes at most where a small supplier's evidence is described in these words."""

    phrases: Annotated[tuple[Words, ...], Field(min_length=1)]
    """Swedish words, in small letters."""


class Employees(Basis):
    """A number of employees."""

    employees: Annotated[int, Field(ge=1)]


class SmallSupplier(Model):
    """Who is a small supplier, and what is enough from one, the lightest first."""

    fewer_than: Employees
    conditional: tuple[Words, ...]
    """How sentences begin that are about some small suppliers only, in small letters."""
    enough: tuple[Enough, ...]


class TableCosts(Model):
    """What a table costs: each cell each time, and finding the figures the first time."""

    cell: Minutes
    first_time: Minutes


class Headcounts(Basis):
    """The numbers of employees that an estimate is shown for."""

    employees: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]


class UnitCosts(Model):
    """`burden.yaml`: unit costs, what is enough from a small supplier, and bounds."""

    method: Basis
    hourly_cost: Kronor
    reading: Minutes
    making: Mapping[Method, Minutes]
    each_time: Mapping[Method, Minutes]
    questions: Mapping[QuestionType, Minutes]
    table: TableCosts
    small_supplier: SmallSupplier
    bounds: Bounds
    headcounts: Headcounts
    named: Annotated[int, Field(ge=1, le=20)]
    """How many requirements that weigh most are named."""


@cache
def unit_costs() -> UnitCosts:
    """Read the unit costs. Raises `CatalogueError` with every finding."""
    file, findings = read_file(bundled("requirements_catalog") / "burden.yaml")
    made, invalid = validate(UnitCosts, file) if file else (None, [])
    if made is None:
        raise CatalogueError([*findings, *invalid])
    return made
