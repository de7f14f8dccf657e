"""A selection of at least 150 requirements: reading the catalogue, selecting, every check, in one run.

What is the same: the bundled catalogue. Reading parses and validates every file; selecting chooses the clauses of one
procurement with many sectors at the highest level; the checks examine that selection by every rule, with everything
they work out anew each round (texts, words, burden), except the lists of words, which a process reads once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from rounds import alternate, rounds_from_command_line, show

from procurement_equality.catalogue.model import Catalogue
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import check
from procurement_equality.checks.registry import RULES
from procurement_equality.procurement.model import Procurement
from procurement_equality.procurement.selection import select

TODAY = datetime.date(2026, 11, 23)
SIZE = 150


def large(catalogue: Catalogue) -> Procurement:
    """Give a procurement that gets at least 150 requirements, with a few clauses of the buyer's own."""
    sectors = tuple(catalogue.head.sectors)
    own = {
        f"egen-{number}": {
            "kind": "contract-performance-condition",
            "title": f"Villkor {number}",
            "text": (
                "Leverantören ska senast en månad efter avtalsstart redovisa hur många kvinnor och män som ingår i"
                f" personal som utför kontraktet, fördelat på {number} befattningar."
            ),
            "evidence": "En förteckning.",
            "follow_up": {"method": "Förteckningen gås igenom.", "months_after_start": 1, "then_every_months": 12},
            "consequence": "Brister rättas inom en månad.",
        }
        for number in range(2, 12)
    }
    return Procurement.model_validate(
        {
            "title": "Stort uppdrag",
            "reference": "KS 2025/0001",
            "authority": {"name": "Exempelkommunen", "type": "municipality"},
            "act": "LOU",
            "object": "Allt på en gång.",
            "cpv": ("85312000-9", "90911200-8"),
            "value": 400_000_000,
            "months": 48,
            "date": datetime.date(2025, 10, 1),
            "languages": ("sv", "en"),
            "sectors": sectors,
            "level": "spearhead",
            "other_clauses": own,
        }
    )


def main() -> None:
    """Measure, and say whether the checks cost at most as much as reading."""
    rounds = rounds_from_command_line(__doc__, 9)
    catalogue = Catalogue.load()
    procurement = large(catalogue)
    selection = select(catalogue, procurement)
    assert len(selection.clauses) >= SIZE, len(selection.clauses)
    ways: dict[str, Callable[[], object]] = {
        "reading the catalogue": Catalogue.load,
        "selecting": partial(select, catalogue, procurement),
        "selecting and every check": lambda: check(make_case(catalogue, procurement), TODAY),
    }
    medians = alternate(ways, rounds)
    medians["every check"] = medians["selecting and every check"] - medians["selecting"]
    title = f"{len(selection.clauses)} requirements and {len(procurement.other_clauses)} clauses of the buyer's own"
    show(
        f"{title}, {len(RULES)} rules",
        medians,
        "reading the catalogue",
        [("reading the catalogue", "every check", 1)],
    )
    case = make_case(catalogue, procurement)
    each: dict[str, Callable[[], object]] = {rule.code: partial(rule.examine, case) for rule in RULES}
    taken = alternate(each, 3)
    slowest = sorted(taken, key=lambda code: -taken[code])[:8]
    print("\n  slowest rules: " + ", ".join(f"{code} {taken[code] * 1000:.1f} ms" for code in slowest))


if __name__ == "__main__":
    main()
