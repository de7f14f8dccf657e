"""What an answer shows of its requirement, and the number or date of the clause that it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.names import Key, Name
from procurement_equality.catalogue.text import Model

Outcome = Literal["met", "partly", "not-met", "cannot-be-judged"]
"""How a supplier stands with a requirement."""

Shown = Literal["met", "partly", "not-met", "cannot-be-judged", "not-applicable", "nothing"]
"""What an answer shows: an outcome, that the requirement does not apply to the supplier, or nothing of either."""

STATES: Mapping[str, tuple[str, ...]] = {
    "yes-no": ("yes", "no"),
    "yes-no-partly": ("yes", "partly", "no", "not-applicable"),
    "declaration": ("ticked", "unticked"),
    "table": ("complete", "incomplete", "disagrees"),
    "limit": ("kept", "partly-kept", "not-kept"),
}
"""The answers that show something, by the type of question; `limit` is any question with a limit."""

LIMITS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("number", "per-cent", "kronor"), ("at_least", "at_most", "all", "all_of", "reaches")),
    "date": ("months_after_start", "months_old", "years_back"),
    "table": ("at_least", "at_most", "all"),
}
"""The limits that suit each type of question."""

BOUNDS = tuple(dict.fromkeys(bound for bounds in LIMITS.values() for bound in bounds))


def _bound_kind(value: object) -> str:
    return "number" if isinstance(value, int) else "name"


Bound = Annotated[Annotated[int, Field(ge=0), Tag("number")] | Annotated[Name, Tag("name")], Discriminator(_bound_kind)]
"""A whole number, or the name of the parameter that holds it."""

Share = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+ of [a-z0-9_]+\.[a-z0-9_]+$")]
"""For a table: which cell's share of which (row.column), in per cent: `trained.total of staff.total`."""


class Limit(Model):
    """The number or the date that the clause asks for, and nothing that it does not say: one bound.

    A bound that is a parameter counts only where the clause of the kind has the parameter in its text.
    """

    at_least: Bound | None = None
    at_most: Bound | None = None
    all: Bound | None = None
    """As many as there are, `100` for a share: some of them, but not all, keep the limit partly."""
    all_of: Key | None = None
    """The question whose number this one counts some of: all of them keep the limit."""
    reaches: Key | None = None
    """The question whose number this one must reach, for example what was promised."""
    months_after_start: Bound | None = None
    """The latest date, in months from the start of the contract."""
    months_old: Bound | None = None
    """The greatest age of a date, in months, when the form is filled in."""
    years_back: Annotated[int, Field(ge=0, le=10)] | None = None
    """How many calendar years before the one when the form is filled in a date may lie."""
    share: Share | None = None
    kinds: tuple[Kind, ...] = ()
    """The kinds whose clause has the limit; none named means all."""

    @property
    def bound(self) -> tuple[str, int | str]:
        """Give the limit's key and value."""
        return next(given for given in self._bounds())

    def _bounds(self) -> Iterator[tuple[str, int | str]]:
        return ((key, value) for key, value in self if key in BOUNDS and value is not None)

    @model_validator(mode="after")
    def _one_bound(self) -> Limit:
        if len(list(self._bounds())) != 1:
            raise PydanticCustomError("question.limit", "a limit is one bound", {})
        return self
