"""A supplier that forms are sent to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.text import Model, Words

MOST_EMPLOYEES = 5_000_000


class Supplier(Model):
    """One supplier, as far as the buyer knows it. Roles and functions, never a person's name."""

    name: Words
    org_number: str | None = None
    """`559900-1234`, or the number of a foreign register after its country code; None for a sole trader."""
    sole_trader: bool = False
    """Whether the number is the owner's personal identity number, which is kept nowhere."""
    contact_role: Words | None = None
    contact: Words | None = None
    """E-mail or telephone of a function."""
    headcount: Annotated[int, Field(ge=0, le=MOST_EMPLOYEES)] | None = None
    parts: tuple[Slug, ...] = ()
    """The parts that the supplier performs; none named means that it is not known."""

    @property
    def key(self) -> str:
        """Give what tells suppliers apart, as a response's respondent does: the number, or else the name."""
        return self.org_number or self.name.casefold()
