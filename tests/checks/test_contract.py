"""The contract while it runs: new reports without a review clause, and conditions that reach subcontractors."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import GONE, clause, found, severities

from procurement_equality import Catalogue
from procurement_equality.findings.words import what

RUNNING = {"reference": "SN 2024/0088", "review_clause": False}


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("hemtjanst-lou", {"running_contract": RUNNING}, ["warning"]),
        ("hemtjanst-lov", {"running_contract": RUNNING}, ["warning"]),
        ("stadning-lou", {"running_contract": RUNNING}, ["warning"]),
        ("stadning-lou", {"running_contract": {**RUNNING, "review_clause": True}}, []),
        ("stadning-lou", {}, []),
    ],
)
def test_new_reports_in_a_running_contract_need_a_review_clause(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """Under every regime, as far as the contract's own clause does not foresee the change."""
    assert severities(catalogue, base, "contract.review-clause", **changes) == expected


@pytest.mark.parametrize(
    ("base", "cited"),
    [
        ("stadning-lou", "17 kap. 10 § och 17 kap. 14 §"),
        ("bussar-luf", "16 kap. 10 § och 16 kap. 14 §"),
        ("parkering-luk", "14 kap. 10 § och 14 kap. 14 §"),
        ("hemtjanst-lou", "principerna (19 kap. 2 §"),
        ("hemtjanst-lov", "principerna (1 kap. 2 § lagen om valfrihetssystem"),
    ],
)
def test_the_finding_cites_what_the_regime_says_on_changes(catalogue: Catalogue, base: str, cited: str) -> None:
    """Chapter 19 and LOV have no sections on changes: the contract and the principles decide."""
    (finding,) = found(catalogue, base, "contract.review-clause", running_contract=RUNNING)
    assert cited in what(finding, "sv").replace("\xa0", " ")


def test_clauses_of_the_documents_own_are_named(catalogue: Catalogue) -> None:
    """A clause that asks for statistics counts, one that does not ask for any report does not."""
    own = {
        "siffror": clause("Leverantören ska varje år lämna statistik efter kön."),
        "tvatt": clause("Mopparna ska tvättas i 60 grader."),
    }
    without = {name: {"include": False, "reason": "Inget nytt i år."} for name in ("AKT-08", "LON-03")}
    (finding,) = found(
        catalogue, "stadning-lou", "contract.review-clause", running_contract=RUNNING, other_clauses=own,
        requirements=without,
    )  # fmt: skip
    assert "siffror begär" in what(finding, "sv")
    assert found(
        catalogue, "stadning-lou", "contract.review-clause", running_contract=RUNNING, requirements=without
    ) == []  # fmt: skip


PASSED_ON = clause("Underleverantörer som direkt medverkar ska uppfylla samma villkor.")
NO_NAMES = {"UND-04": {"include": False, "reason": "Begärs vid avtalsstart."}}


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("hemtjanst-lov", {"subcontracting": "expected"}, ["warning"]),
        ("hemtjanst-lou", {"subcontracting": "expected"}, ["warning"]),
        ("kurs-direkt", {"subcontracting": "expected"}, ["warning"]),
        ("arbetsklader-lou", {"subcontracting": "expected"}, ["warning"]),
        ("stadning-lou", {"subcontracting": "expected"}, []),  # UND-04 is in
        ("stadning-lou", {"subcontracting": "expected", "requirements": NO_NAMES}, ["warning"]),
        ("hemtjanst-lov", {"subcontracting": "expected", "requirements": {"UND-01": {}}}, []),
        ("hemtjanst-lov", {"subcontracting": "expected", "level": "basic"}, []),
        ("hemtjanst-lov", {"subcontracting": "expected", "other_clauses": {"vidare": PASSED_ON}}, []),
        ("hemtjanst-lov", {"subcontracting": "none"}, []),
        ("hemtjanst-lov", {"subcontracting": GONE}, ["information"]),
        ("arbetsklader-lou", {"subcontracting": GONE}, []),
    ],
)
def test_conditions_reach_the_subcontractors_that_are_expected(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """A requirement on subcontractors or a clause that names them is enough; services and works are asked about."""
    assert severities(catalogue, base, "contract.subcontractors", **changes) == expected


@pytest.mark.parametrize(("base", "cited"), [("bussar-luf", "16 kap. 6–7 §§"), ("parkering-luk", "14 kap. 6–7 §§")])
def test_the_acts_own_sections_on_subcontractors_are_cited(catalogue: Catalogue, base: str, cited: str) -> None:
    """Above the threshold the act says what may and must be asked about them."""
    (finding,) = found(catalogue, base, "contract.subcontractors", subcontracting="expected")
    assert cited in what(finding, "sv").replace("\xa0", " ")
