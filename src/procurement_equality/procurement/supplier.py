"""A supplier that forms are sent to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.text import Model, Words
from procurement_equality.procurement.organisation_number import read_organisation_number

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


def find_supplier(wanted: str, names: Mapping[str, str]) -> str | None:
    """Give the key of the supplier that someone means by a number, in any spelling, or a name; `names` are by key."""
    number = read_organisation_number(wanted).text
    if number in names:
        return number
    name = " ".join(wanted.split()).casefold()
    return next((key for key, known in names.items() if known.casefold() == name), None)
