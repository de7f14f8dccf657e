"""Whom a form or a letter goes to, and what is known beforehand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from procurement_equality.answers.earlier import Earlier
from procurement_equality.answers.response import Value
from procurement_equality.procurement.supplier import Supplier


@dataclass(frozen=True, slots=True)
class Addressee:
    """A supplier, its earlier response, the day to reply by, and the buyer's function that answers questions."""

    supplier: Supplier | None = None
    earlier: Earlier | None = None
    reply_by: datetime.date | None = None
    contact: str | None = None

    def values(self, words: Mapping[str, str]) -> dict[str, Value]:
        """Give what a form begins with of the supplier, by the field's name; `words` is the form's word list."""
        supplier = self.supplier
        if supplier is None:
            return {}
        number = words["supplier_sole_trader"] if supplier.sole_trader else supplier.org_number
        known: dict[str, Value] = {
            "LEV.name": supplier.name, "LEV.org_number": number, "LEV.contact_role": supplier.contact_role,
            "LEV.contact": supplier.contact, "LEV.headcount": supplier.headcount,
            **{f"LEV.part.{part}": True for part in supplier.parts},
        }  # fmt: skip
        return {name: value for name, value in known.items() if value is not None}
