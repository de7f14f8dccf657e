"""The provisions that letters and records rest on, by regime. Each was read in the act's text; none is inferred."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.catalogue.law import RegimeId
from procurement_equality.catalogue.text import Language
from procurement_equality.procurement.selection import Selection

CLARIFICATION: Mapping[RegimeId, str] = {
    "LOU": "LOU 4:9",
    "LOU-19": "LOU 19:15",
    "LUF": "LUF 4:8",
    "LUF-19": "LUF 19:15",
    "LOV": "LOV 6:2",
}
"""The authority may ask for clarification or supplementing. LUK has no such provision (the procedure is free within the
principles, LUK 6:1), nor has LUF 19 a; the text of LOU 19 a was not seen. There letters name the principles only."""

DOCUMENTATION: Mapping[RegimeId, str] = {
    "LOU": "LOU 12:14",
    "LOU-19": "LOU 19:22",
    "LUF": "LUF 12:14",
    "LUF-19": "LUF 19:22",
    "LUK": "LUK 10:14",
    "LUK-15": "LUK 15:9",
}
"""The procurement is documented as it goes, so that decisions can be justified. LOV has no such provision; LUF 19 a has
one above 100 000 kronor, and the text of LOU 19 a was not seen."""

APPROVAL: Mapping[RegimeId, str] = {"LOV": "LOV 8:1"}
"""Every applicant that meets the requirements and is not excluded is approved."""

PRIORITY = "LUK 13:3"
"""Award criteria in order of priority."""


def ground(grounds: Mapping[RegimeId, str], selection: Selection, language: Language) -> str | None:
    """Write out the provision of a selection's regime, or give None where the regime has none."""
    found = grounds.get(selection.regime)
    return selection.catalogue.cite((found,), language) if found is not None else None


def principles(selection: Selection, language: Language) -> str | None:
    """Write out the provision on equal treatment and openness, or give None where its text was not seen."""
    rules = selection.rules
    return selection.catalogue.cite((rules.principles,), language) if rules.verified else None
