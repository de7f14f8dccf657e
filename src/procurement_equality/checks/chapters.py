"""Which chapters of a procurement act apply under a regime."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.catalogue.citation import Citation
from procurement_equality.catalogue.law import RegimeId

_WHOLE_ACT = frozenset(["4", *map(str, range(6, 19))])
"""Chapters of LOU and LUF that Chapter 19 does not import (19:1): all but 1-3, 5, 20 and 21."""

_DO_NOT_APPLY: Mapping[RegimeId, frozenset[str]] = {
    "LOU": frozenset(["19", "19 a"]),
    "LUF": frozenset(["19", "19 a"]),
    "LUK": frozenset(["15"]),
    "LOU-19": _WHOLE_ACT,
    "LUF-19": _WHOLE_ACT,
    "LOU-19A": _WHOLE_ACT | {"19"},
    "LUF-19A": _WHOLE_ACT | {"19"},
    # Chapter 15 refers to provisions in 5, 8 and 10 (15:5-8), and 16 and 17 apply (15:11).
    "LUK-15": frozenset(["4", "6", "7", "9", "11", "12", "13", "14"]),
}
"""Chapters of the regime's own act that do not apply (LOU and LUF 1:4 and 19:1, LUK 1:4 and 15:1)."""


def applies(cited: Citation, regime: RegimeId) -> bool:
    """Say whether a provision of the regime's own act applies under it.

    The section that leads to Chapter 19 a (19:1) applies to a direct award, though the rest of Chapter 19 does not.
    """
    leading = cited.chapter == "19" and cited.section == "1" and regime.endswith("A")
    return leading or cited.chapter not in _DO_NOT_APPLY.get(regime, frozenset())
