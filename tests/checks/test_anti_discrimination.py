"""Förordningen (2006:260): whom it binds, in which contracts, and what its conditions must have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml as plain_yaml
from base_cases import GONE, base_case, clause, day, found, paragraph_texts, severities

from procurement_equality import Catalogue
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings.words import what

REASON = {"include": False, "reason": "Ställs inte här."}
YEARLY = {"method": "Redovisningen gås igenom.", "months_after_start": 12, "then_every_months": 12}
AGAINST = "Leverantören ska varje år redovisa hur förbudet mot diskriminering följs."
PENALTY = "Brister rättas inom 30 dagar. Därefter tas vite ut, högst 100 000 kronor."


def without_conditions(catalogue: Catalogue, base: str) -> dict[str, Any]:
    """Leave out every chosen condition that rests on chapter 2 or 3 of the Discrimination Act."""
    chosen = [stated for stated in base_case(catalogue, base).clauses if stated.requirement]
    against = [
        stated.name
        for stated in chosen
        if stated.requirement and any(basis.startswith(("DL 2:", "DL 3:")) for basis in stated.requirement.legal_basis)
    ]
    assert against
    return {"requirements": dict.fromkeys(against, REASON)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["error"]),
        ({"value": 750_000, "months": 8}, ["error"]),
        ({"value": 749_999}, []),
        ({"months": 7}, []),
        ({"category": "goods"}, []),
        ({"category": "works", "value": 90_000_000}, ["error"]),
        ({"performed_in_sweden": False}, []),
        ({"authority": {"name": "Kronofogdemyndigheten", "type": "central-government"}}, []),
        ({"authority": {"name": "TRAFIKVERKET, Region Mitt", "type": "central-government"}}, ["error"]),
        ({"authority": {"name": "Lunds universitet", "type": "other-authority"}}, ["error"]),
        ({"authority": {"name": "Lantmäteriet", "type": "municipality"}}, []),
        ({"authority": {"name": "Exempelkommunen", "type": "municipality"}}, []),
        ({"act": "LUF"}, ["error"]),
        ({"act": "LUK", "value": 90_000_000}, []),  # 2006:260 4 § names LOU and LUF only
        ({"date": day("2024-03-01")}, ["error"]),
    ],
)
def test_a_listed_authority_must_have_conditions_in_long_and_large_contracts(
    catalogue: Catalogue, changes: dict[str, Any], expected: list[str]
) -> None:
    """Eight months and 750 000 kronor, services and works in Sweden, LOU and LUF, the authorities of the annex."""
    changed = {**without_conditions(catalogue, "lokalvard-stat"), **changes}
    assert severities(catalogue, "lokalvard-stat", "ad.mandatory-state", **changed) == expected


@pytest.mark.parametrize(
    ("date", "expected"), [("2016-12-31", []), ("2017-01-01", ["error"]), ("2025-09-30", ["error"]), ("2025-10-01", [])]
)
def test_the_limits_carry_dates(catalogue: Catalogue, date: str, expected: list[str]) -> None:
    """Before the wording that was read, and after a last day where there is one, the rules do not guess."""
    [limit] = [one for one in catalogue.law.thresholds if one.purpose == "anti-discrimination-conditions"]
    assert (limit.kronor, limit.months, limit.source, limit.valid_to) == (750_000, 8, "2006:260 4", None)
    ended = limit.model_copy(update={"valid_to": day("2025-09-30")})
    listed = tuple(ended if one is limit else one for one in catalogue.law.thresholds)
    law = catalogue.law.model_copy(update={"thresholds": listed})
    dated = catalogue.model_copy(update={"law": law})
    case = base_case(dated, "lokalvard-stat", date=day(date), other_clauses={"egen": clause(AGAINST)})
    assert [f.severity for f in BY_CODE["ad.sanction"].examine(case) if f.data["name"] == "egen"] == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (clause(AGAINST), []),
        (clause("Leverantören ska följa bilaga 4.", title="Antidiskriminering"), []),
        (clause("Städningen utförs varje vardag."), ["error"]),
        (clause(AGAINST, "technical-specification"), ["error"]),
        (clause("Beställaren följer principerna om likabehandling och icke-diskriminering."), ["error"]),
    ],
)
def test_a_condition_of_the_authoritys_own_is_enough(
    catalogue: Catalogue, other: dict[str, Any], expected: list[str]
) -> None:
    """A contract condition about discrimination counts, by its text or title; the principles of procurement do not."""
    changed = {**without_conditions(catalogue, "lokalvard-stat"), "other_clauses": {"egen": other}}
    assert severities(catalogue, "lokalvard-stat", "ad.mandatory-state", **changed) == expected


def test_the_way_out_can_be_pasted(catalogue: Catalogue) -> None:
    """The suggested YAML is a part of a procurement file that mends the case."""
    changed = without_conditions(catalogue, "lokalvard-stat")
    [finding] = found(catalogue, "lokalvard-stat", "ad.mandatory-state", **changed)
    pasted = plain_yaml.safe_load(finding.data["yaml"])["requirements"]
    mended = {"requirements": {**changed["requirements"], **pasted}}
    assert severities(catalogue, "lokalvard-stat", "ad.mandatory-state", **mended) == []


SV_BINDS = [
    "Kommunen är enligt förordningen (2006:260) skyldig att ställa kravet.",
    "Enligt förordning (2006:260) är kommunen skyldig att ställa villkor.",
    "Enligt förordningen (2006:260) ska leverantören motverka diskriminering.",
    "Leverantören ska motverka diskriminering i enlighet med förordning (2006:260).",
    "Kommunen är skyldig att ställa villkoren enligt förordningen 2006:260.",
    "Förordningen (2006:260) gäller för kommunen.",
    "Avtalet omfattas av förordningen (2006:260) om antidiskrimineringsvillkor i upphandlingskontrakt.",
    "Med stöd av 4 § förordningen om antidiskrimineringsvillkor i upphandlingskontrakt ska leverantören redovisa.",
]
SV_VOLUNTARY = [
    "Kommunen ställer frivilligt villkor enligt förordningen (2006:260), och leverantören ska följa dem.",
    "Leverantören ska följa villkoret, som har förordningen (2006:260) som förebild.",
    "Förordningen (2006:260) gäller inte kommuner, men leverantören ska följa diskrimineringslagen.",
    "Kommunen är inte skyldig att ställa villkor enligt förordningen (2006:260).",
    "Enligt förordningen (2006:260) är kommunen inte skyldig att ställa villkor.",
    "Villkoren ska motsvara dem i förordningen (2006:260), som gäller för vissa statliga myndigheter.",
    "Leverantören ska följa diskrimineringslagen (2008:567).",
    "Förordningen (2006:260) nämns i bilaga 2. Leverantören ska läsa den.",
]


@pytest.mark.parametrize("text", SV_BINDS)
def test_a_text_that_says_that_the_ordinance_binds_a_municipality_is_wrong(catalogue: Catalogue, text: str) -> None:
    """An error for municipalities, regions and their companies, a warning for others outside the annex."""
    code, others = "ad.voluntary-municipal", {"other_clauses": {"egen": clause(text)}}
    for kind in ("municipality", "region", "municipal-company"):
        buyer = {"authority": {"name": "Exempel", "type": kind}}
        assert severities(catalogue, "stadning-lou", code, **others, **buyer) == ["error"]
    unlisted = {"authority": {"name": "Kronofogdemyndigheten", "type": "central-government"}}
    assert severities(catalogue, "lokalvard-stat", code, **others, **unlisted) == ["warning"]
    assert severities(catalogue, "lokalvard-stat", code, **others) == []


@pytest.mark.parametrize("text", SV_VOLUNTARY)
def test_a_text_that_follows_the_ordinance_voluntarily_is_right(catalogue: Catalogue, text: str) -> None:
    """A municipality may set the same conditions of its own will, and may say what it is modelled on."""
    others = {"other_clauses": {"egen": clause(text)}}
    assert severities(catalogue, "stadning-lou", "ad.voluntary-municipal", **others) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under Ordinance 2006:260 the supplier shall counteract discrimination.", 1),
        ("The municipality is bound by Ordinance 2006:260.", 1),
        ("The municipality voluntarily sets conditions under Ordinance 2006:260, which the supplier shall meet.", 0),
        ("Ordinance 2006:260 does not apply to municipalities.", 0),
    ],
)
def test_the_same_holds_in_english(catalogue: Catalogue, text: str, expected: int) -> None:
    """An English text is read as a Swedish one."""
    others = {"other_clauses": {"egen": clause({"sv": "Se den engelska texten.", "en": text})}}  # type: ignore[arg-type]
    assert len(found(catalogue, "stadning-lou", "ad.voluntary-municipal", **others)) == expected


def test_a_ground_that_is_cited_counts_as_well_as_a_text(catalogue: Catalogue) -> None:
    """`cites: [2006:260 4]` says that a municipality's condition rests on the ordinance."""
    cited = {"other_clauses": {"egen": clause(AGAINST, cites=["2006:260 4"])}}
    [finding] = found(catalogue, "stadning-lou", "ad.voluntary-municipal", **cited)
    assert finding.data["words"] == "2006:260 4"


def test_a_document_whose_buyer_is_not_known_gives_a_warning(catalogue: Catalogue) -> None:
    """Scanning knows only the text; with a municipality as buyer it is an error, with the state nothing is said."""
    rule, texts = BY_CODE["ad.voluntary-municipal"], paragraph_texts(catalogue, SV_BINDS[0], SV_VOLUNTARY[0])
    assert [finding.severity for finding in rule.examine_texts(texts)] == ["warning"]
    municipal = replace(texts, authority="municipality")
    assert [finding.severity for finding in rule.examine_texts(municipal)] == ["error"]
    assert rule.examine_texts(replace(texts, authority="central-government")) == []


@pytest.mark.parametrize(
    ("consequence", "expected"),
    [
        (GONE, ["error"]),
        (PENALTY, []),
        ("Beställaren får häva avtalet vid väsentlig brist.", []),
        ("Brister rättas inom 30 dagar.", ["warning"]),
    ],
)
def test_a_condition_under_the_ordinance_needs_a_sanction(
    catalogue: Catalogue, consequence: object, expected: list[str]
) -> None:
    """Nothing said is an error, something that may not be a sanction is for judgement (2006:260 5 §)."""
    given: dict[str, Any] = {} if consequence is GONE else {"consequence": consequence}
    own = clause(AGAINST, follow_up=YEARLY, **given)
    assert severities(catalogue, "lokalvard-stat", "ad.sanction", other_clauses={"egen": own}) == expected
    assert severities(catalogue, "stadning-lou", "ad.sanction", other_clauses={"egen": own}) == []
    small = {"other_clauses": {"egen": own}, "months": 6, "value": 1_600_000}
    assert severities(catalogue, "lokalvard-stat", "ad.sanction", **small) == []


def test_a_ladder_without_a_sanction_is_found(catalogue: Catalogue) -> None:
    """The catalogue's own ladders hold a sanction; one that only reminds does not."""
    assert severities(catalogue, "lokalvard-stat", "ad.sanction") == []
    reminder = catalogue.head.ladders["reporting"].model_copy(
        update={"steps": catalogue.head.ladders["reporting"].steps[:1]}
    )
    head = catalogue.head.model_copy(update={"ladders": {**catalogue.head.ladders, "reporting": reminder}})
    milder = catalogue.model_copy(update={"head": head})
    names = {finding.data["name"] for finding in found(milder, "lokalvard-stat", "ad.sanction")}
    assert "AKT-01" in names
    assert "TRA-01" not in names


@pytest.mark.parametrize(
    ("months", "follow_up", "expected"),
    [
        (36, YEARLY, []),
        (36, {"method": "M.", "months_after_start": 18}, ["error"]),
        (36, {"method": "M.", "months_after_start": 12, "then_every_months": 24}, ["error"]),
        (36, {"method": "M.", "months_after_start": 14, "then_every_months": 12}, ["error"]),
        (36, {"method": "M.", "with_tender": True}, ["error"]),
        (36, {"method": "M."}, ["error"]),
        (36, GONE, ["error"]),
        (24, {"method": "M.", "months_after_start": 12}, ["error"]),
        (23, {"method": "M.", "months_after_start": 12}, []),
        (10, {"method": "M.", "months_after_start": 5}, []),
        (10, {"method": "M.", "months_after_start": 11}, ["error"]),
        (7, GONE, []),
    ],
)
def test_a_condition_under_the_ordinance_is_checked_each_year(
    catalogue: Catalogue, months: int, follow_up: object, expected: list[str]
) -> None:
    """At least once a year during the contract, or once in a contract shorter than a year (2006:260 6 §)."""
    given: dict[str, Any] = {} if follow_up is GONE else {"follow_up": follow_up}
    own = clause(AGAINST, consequence=PENALTY, **given)
    changes = {"months": months, "other_clauses": {"egen": own}}
    findings = found(catalogue, "lokalvard-stat", "ad.followup", **changes)
    assert [finding.severity for finding in findings] == expected
    for finding in findings:
        pasted = plain_yaml.safe_load(finding.data["yaml"])["other_clauses"]["egen"]
        mended = {**changes, "other_clauses": {"egen": {**own, **pasted}}}
        assert severities(catalogue, "lokalvard-stat", "ad.followup", **mended) == []


def test_requirements_of_the_catalogue_are_taken_together(catalogue: Catalogue) -> None:
    """SPR-01 is followed up every second year: alone that is too seldom, with others each year it is enough."""
    assert severities(catalogue, "lokalvard-stat", "ad.followup") == []
    alone = without_conditions(catalogue, "lokalvard-stat")["requirements"]
    alone.pop("SPR-01")
    [finding] = found(catalogue, "lokalvard-stat", "ad.followup", requirements=alone)
    assert (finding.severity, finding.data["name"]) == ("error", "SPR-01")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"value": 600_000, "months": 6}, ["warning"]),
        ({"value": 600_000, "months": 12}, ["warning"]),
        ({"value": 5_000_000, "months": 7}, ["warning"]),
        ({"value": 800_000, "months": 12}, []),  # the part itself reaches the limits: ad.mandatory-state
        ({"value": 600_000, "months": 6, "whole_need": {"value": 700_000, "months": 12}}, []),
        ({"value": 600_000, "months": 6, "whole_need": {"value": 1_200_000, "months": 7}}, []),
        ({"value": 600_000, "months": 6, "whole_need": GONE}, []),
        ({"value": 600_000, "months": 6, "category": "goods"}, []),
        ({"value": 600_000, "months": 6, "requirements": {}}, []),  # the conditions are set all the same
    ],
)
def test_a_part_below_the_limits_of_a_need_that_reaches_them(
    catalogue: Catalogue, changes: dict[str, Any], expected: list[str]
) -> None:
    """The purpose of a division is for judgement, and conditions that are set anyway take the question away."""
    whole = {"whole_need": {"value": 1_200_000, "months": 12}}
    changed = {**without_conditions(catalogue, "lokalvard-stat"), **whole, **changes}
    assert severities(catalogue, "lokalvard-stat", "ad.split", **changed) == expected
    municipal = {**changed, "authority": {"name": "Exempelkommunen", "type": "municipality"}}
    assert severities(catalogue, "lokalvard-stat", "ad.split", **municipal) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Villkoret ställs enligt förordningen (2006:260).", ["warning"]),
        ("Villkoret ställs enligt förordningen (2006:260). Det gäller inte varor.", []),
        ("Leverantören ska följa diskrimineringslagen (2008:567).", []),
    ],
)
def test_the_ordinance_is_not_about_goods(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    """A text that rests on the ordinance is questioned in a purchase of goods only, unless it excepts goods."""
    others = {"other_clauses": {"egen": clause(text)}}
    assert severities(catalogue, "arbetsklader-lou", "ad.goods", **others) == expected
    assert severities(catalogue, "stadning-lou", "ad.goods", **others) == []


def test_the_amount_is_written_as_each_language_writes_it(catalogue: Catalogue) -> None:
    """750 000 in Swedish, 750,000 in English."""
    changes = {"value": 600_000, "months": 6, "whole_need": {"value": 1_200_000, "months": 12}}
    [finding] = found(
        catalogue, "lokalvard-stat", "ad.split", **without_conditions(catalogue, "lokalvard-stat"), **changes
    )
    assert "750 000 kronor och 8 månader" in what(finding, "sv")
    assert "SEK 750,000 and 8 months" in what(finding, "en")
