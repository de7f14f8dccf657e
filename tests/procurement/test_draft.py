"""The procurement file that `new` writes."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from procurement_equality import Procurement
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.catalogue.text import Language
from procurement_equality.procurement.draft import draft
from procurement_equality.procurement.model import made_from

FACTS: dict[str, Any] = {
    "title": "Städning",
    "reference": "KS 2025/1",
    "authority": "Exempelkommunen",
    "authority_type": "municipality",
    "act": "LOU",
    "object": "Städning av skolor.",
    "cpv": ["90911200-8"],
    "value": 4_000_000,
    "months": 24,
    "date": datetime.date(2025, 11, 17),
    "sector": ["cleaning"],
    "level": "law",
}


def uncommented(text: str) -> str:
    """Take away the comment signs before keys and what stands below them, as a user would."""
    keys = tuple(f"# {key}: " for key in Procurement.model_fields)
    lines, below = [], False
    for line in text.splitlines():
        opens = line.startswith(keys) or line in {f"# {key}:" for key in Procurement.model_fields}
        below = opens or (below and line.startswith("#   "))
        lines.append(line[2:] if below else line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_example_in_the_comments_can_be_used_as_it_stands(language: Language) -> None:
    """Taking away the comment signs gives a file that is read without a finding."""
    text = uncommented(draft(FACTS, language, "cleaning"))
    file, findings = read(text, "upphandling.yaml")
    assert file is not None, findings
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    assert procurement.other_clauses["pris"].weight == 70
    assert procurement.lots is not None
    assert set(procurement.requirements) == {"AKT-07", "BRU-02", "UTB-04"}
