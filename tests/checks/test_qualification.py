"""The rules about selection criteria, at their edges."""

from __future__ import annotations

from typing import Any

import pytest
from base_cases import catalogue_texts, clause, found, paragraph_texts, severities
from pydantic import ValidationError

from procurement_equality import Catalogue
from procurement_equality.catalogue.requirement import ClauseVariant
from procurement_equality.checks.registry import BY_CODE

CAPACITY = {"capacity": "technical-and-professional"}


def criterion(text: str = "Leverantören ska ha utfört två uppdrag.", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the other clauses of a procurement file with one selection criterion."""
    return {"krav": clause(text, "selection-criterion", **more)}


# --- the closed list -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("stadning-lou", ["error"]),
        ("parkering-luk", ["error"]),
        ("bussar-luf", []),
        ("hemtjanst-lou", []),
        ("hemtjanst-lov", []),
        ("kurs-direkt", []),
    ],
)
def test_the_list_is_closed_where_the_act_says_so(base: str, expected: list[str], catalogue: Catalogue) -> None:
    """LOU 14:1 and LUK 12:2 say "endast"; LUF, chapter 19 and LOV do not."""
    assert severities(catalogue, base, "kv.closed-list", other_clauses=criterion()) == expected
    assert severities(catalogue, base, "kv.closed-list", other_clauses=criterion(**CAPACITY)) == []


def test_other_kinds_need_no_capacity(catalogue: Catalogue) -> None:
    """A contract performance condition is not about the supplier's capacity."""
    clauses = {"villkor": clause("Leverantören ska lämna schemat i förväg.")}
    assert severities(catalogue, "stadning-lou", "kv.closed-list", other_clauses=clauses) == []


def test_every_selection_criterion_of_the_catalogue_has_a_capacity(catalogue: Catalogue) -> None:
    """So that it can be asked for above the threshold."""
    variants = [(r.id, r.variant("selection-criterion")) for r in catalogue.requirements.values()]
    found_variants = [(name, variant) for name, variant in variants if isinstance(variant, ClauseVariant)]
    assert len(found_variants) >= 7
    assert [name for name, variant in found_variants if variant.capacity is None] == []
    asked = {name: {"kind": "selection-criterion"} for name, _ in found_variants}
    assert found(catalogue, "stadning-lou", "kv.closed-list", requirements=asked) == []


def test_a_capacity_belongs_to_a_selection_criterion() -> None:
    """Another kind with a capacity is refused, with words of its own."""
    text = {"sv": "Leverantören ska lämna schemat."}
    with pytest.raises(ValidationError) as caught:
        ClauseVariant.model_validate({"kind": "technical-specification", "text": text, **CAPACITY})
    assert [error["type"] for error in caught.value.errors()] == ["requirement.capacity"]


def test_a_capacity_demands_nothing(catalogue: Catalogue) -> None:
    """It changes no digest: suppliers who complied still do."""
    requirement = catalogue.requirements["KOP-01"]
    bare = requirement.model_copy(
        update={"variants": tuple(variant.model_copy(update={"capacity": None}) for variant in requirement.variants)}
    )
    assert bare != requirement
    assert bare.digest == requirement.digest


# --- policies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Leverantören ska ha en jämställdhetspolicy.", 1),
        ("Leverantören ska ha en skriftlig policy mot diskriminering.", 1),
        ("Leverantörens värdegrund ska omfatta alla människors lika värde.", 1),
        ("Arbetet ska bedrivas i hela koncernen.", 1),
        ("Leverantören ska ha jämn könsfördelning i styrelsen.", 1),
        ({"sv": "Leverantören ska kunna städa.", "en": "The supplier shall have a diversity policy."}, 1),
        ("Leverantören ska ha en rutin mot trakasserier för personal som utför kontraktet.", 0),
        ("Leverantören ska ha en policy mot diskriminering för personal som utför kontraktet.", 0),
        ("Leverantören ska följa beställarens riktlinjer när tjänsten utförs.", 0),
    ],
)
def test_a_policy_is_about_the_company_unless_it_is_kept_to_the_contract(
    text: str | dict[str, str],
    count: int,
    catalogue: Catalogue,
) -> None:
    """An error in a selection criterion above the threshold, a warning in a condition for the contract."""
    clauses = {"krav": clause("x", "selection-criterion", **CAPACITY) | {"text": text}}
    assert severities(catalogue, "stadning-lou", "kv.policy", other_clauses=clauses) == ["error"] * count
    condition = {"villkor": clause("x") | {"text": text}}
    assert severities(catalogue, "stadning-lou", "kv.policy", other_clauses=condition) == ["warning"] * count


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("parkering-luk", ["error"]),
        ("bussar-luf", ["warning"]),
        ("hemtjanst-lou", ["warning"]),
        ("hemtjanst-lov", ["warning"]),
    ],
)
def test_how_grave_a_policy_is_follows_the_act(base: str, expected: list[str], catalogue: Catalogue) -> None:
    """Where no paragraph demands the link to what is bought, the principle of proportionality is for judgement."""
    clauses = criterion("Leverantören ska ha en mångfaldspolicy.")
    assert severities(catalogue, base, "kv.policy", other_clauses=clauses) == expected


def test_a_paragraph_that_only_tells_of_a_policy_demands_none(catalogue: Catalogue) -> None:
    """The municipality's own policy may be described; a demand in the same words is found."""
    rule = BY_CODE["kv.policy"]
    told = paragraph_texts(catalogue, "Kommunen har en policy mot diskriminering.", regime="LOU")
    demanded = paragraph_texts(catalogue, "Anbudsgivaren ska ha en policy mot diskriminering.", regime="LOU")
    assert rule.examine_texts(told) == []
    assert [finding.severity for finding in rule.examine_texts(demanded)] == ["warning"]


def test_no_clause_of_the_catalogue_asks_for_a_policy(catalogue: Catalogue) -> None:
    """The catalogue's own clauses are kept to the contract."""
    for regime in catalogue.law.regimes:
        assert BY_CODE["kv.policy"].examine_texts(catalogue_texts(catalogue, regime)) == []


# --- persons' qualifications -----------------------------------------------------------------------------------------

LEADER = "Leverantören ska förfoga över en projektledare med minst tre års erfarenhet."


def both(award: str, award_evidence: str = "Planen.", first: str = LEADER, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give a selection criterion and an award criterion."""
    return criterion(first, **CAPACITY, **more) | {
        "poang": clause(award, "award-criterion", weight=20, evidence=award_evidence)
    }


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        (both("Projektledarens erfarenhet utöver tre år ger poäng."), 1),
        (both("Kompetensen hos den som leder arbetet ger poäng.", "CV för den som leder arbetet."), 1),
        (both("En plan för introduktion ger poäng."), 0),
        (both("Företagets erfarenhet av liknande uppdrag ger poäng."), 0),
        (both("Projektledarens erfarenhet ger poäng.", first="Leverantören ska ha ett kollegialt stöd."), 0),
        (
            both(
                "Nyckelpersonernas utbildning visas med CV.",
                first="Leverantören ska ha utfört två uppdrag.",
                evidence="CV",
            ),
            1,
        ),
        (criterion(LEADER, **CAPACITY), 0),
    ],
)
def test_persons_are_evidence_or_points(clauses: dict[str, Any], count: int, catalogue: Catalogue) -> None:
    """Both the clause and its evidence are read; experience of the company is another thing."""
    assert severities(catalogue, "stadning-lou", "kv.double-use", other_clauses=clauses) == ["warning"] * count
    assert severities(catalogue, "bussar-luf", "kv.double-use", other_clauses=clauses) == ["warning"] * count
    for base in ("hemtjanst-lou", "parkering-luk", "hemtjanst-lov"):
        assert severities(catalogue, base, "kv.double-use", other_clauses=clauses) == []


def test_a_requirement_of_the_catalogue_counts_as_the_first_use(catalogue: Catalogue) -> None:
    """KOP-07 asks for a named person's experience: points for the same are told of."""
    asked = {"KOP-07": {"kind": "selection-criterion"}}
    clauses = {"poang": clause("Den namngivna personens erfarenhet ger poäng.", "award-criterion", weight=20)}
    findings = found(catalogue, "stadning-lou", "kv.double-use", requirements=asked, other_clauses=clauses)
    assert [finding.data["other"] for finding in findings] == ["KOP-07"]
