"""Labour conditions: where they are a duty, what sets levels, and what demands an agreement instead."""

from __future__ import annotations

import time
from typing import Any

import pytest
from base_cases import GONE, base_case, catalogue_texts, clause, found, paragraph_texts, severities

from procurement_equality import Catalogue
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings.words import what

NEEDED = {"needed": True, "reasons": "Risken för oskäliga villkor är stor."}
NOT_NEEDED = {"needed": False, "reasons": "Risken är liten."}
LEVELS = (
    "Leverantören ska ge arbetstagare som utför kontraktet minst den lön, semester och arbetstid som bilaga 4 anger."
)
ENOUGH = " Leverantören anses uppfylla villkoret om den tillämpar motsvarande villkor i ett centralt kollektivavtal."


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("stadning-lou", {"labour_conditions": GONE}, ["warning"]),
        ("bussar-luf", {"labour_conditions": GONE}, ["warning"]),
        ("parkering-luk", {"labour_conditions": GONE}, ["warning"]),
        ("stadning-lou", {"labour_conditions": NOT_NEEDED}, []),
        ("stadning-lou", {"labour_conditions": NEEDED}, ["warning"]),
        ("stadning-lou", {"labour_conditions": NEEDED, "requirements": {"ARB-01": {}}}, []),
        ("stadning-lou", {"labour_conditions": NEEDED, "other_clauses": {"lon": clause(LEVELS)}}, []),
        (
            "stadning-lou",
            {"labour_conditions": NEEDED, "other_clauses": {"lon": clause(LEVELS, "technical-specification")}},
            ["warning"],
        ),
        ("stadning-lou", {"labour_conditions": GONE, "performed_in_sweden": False}, []),
        ("stadning-lou", {"labour_conditions": GONE, "value": 900_000}, []),  # chapter 19
        ("arbetsklader-lou", {}, []),
        ("hemtjanst-lou", {}, []),
        ("hemtjanst-lov", {}, []),
        ("kurs-direkt", {}, []),
    ],
)
def test_the_assessment_is_recorded_where_the_duty_applies(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """Services and works under LOU, LUF and LUK; a need that was found must show in a contract condition."""
    assert severities(catalogue, base, "labour.needed", **changes) == expected


@pytest.mark.parametrize(
    ("base", "section"),
    [("stadning-lou", "17 kap. 2 §"), ("bussar-luf", "16 kap. 2 §"), ("parkering-luk", "14 kap. 2 §")],
)
def test_the_finding_cites_the_regimes_own_section(catalogue: Catalogue, base: str, section: str) -> None:
    """LOU, LUF and LUK have the duty in different chapters."""
    (finding,) = found(catalogue, base, "labour.needed", labour_conditions=GONE)
    assert section in what(finding, "sv").replace("\xa0", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Leverantören ska vara bunden av kollektivavtal.",
        "Leverantören ska ha kollektivavtal eller teckna hängavtal.",
        "Anbudsgivaren ska vara kollektivavtalsbunden under hela avtalstiden.",
        "Leverantören ska, senast vid avtalsstart, ha tecknat ett svenskt kollektivavtal för branschen.",
        "Beställaren kräver att leverantören är bunden av kollektivavtal.",
        "En leverantör utan avtal tecknar hängavtal innan arbetet börjar.",
        "Leverantören måste\n  ingå ett centralt kollektivavtal.",
        "Samtliga anställda ska omfattas av kollektivavtal.",
        "Leverantören ska inneha kollektivavtal.",
    ],
)
def test_a_demand_to_be_bound_is_found(catalogue: Catalogue, text: str) -> None:
    """To sign, to have or to be bound by an agreement is demanded in many ways."""
    assert severities(catalogue, "stadning-lou", "labour.no-cba", other_clauses={"avtal": clause(text)}) == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        LEVELS + ENOUGH,
        "Lönen ska motsvara den lägsta nivån enligt ett centralt kollektivavtal för branschen.",
        "Leverantören ska tillämpa villkor som minst motsvarar kollektivavtalets lägsta nivåer.",
        "Leverantören ska inte behöva vara bunden av kollektivavtal.",
        "Leverantören behöver inte teckna hängavtal.",
        "Det krävs inte att leverantören är bunden av kollektivavtal.",
        "Leverantören ska redovisa vilket kollektivavtal villkoren hämtas ur.",
        "Leverantören ska ha villkor om lön enligt ett centralt kollektivavtal.",
        "Leverantören ska ha tecknat kollektivavtal eller tillämpa motsvarande villkor.",
        "Leverantören ska respektera arbetstagares rätt att teckna kollektivavtal.",
        "Anställda ska omfattas av avtalsförsäkringar enligt kollektivavtal.",
        "Villkoren ska gälla arbetstagare som omfattas av kollektivavtal.",
    ],
)
def test_levels_after_an_agreement_are_no_demand_to_be_bound(catalogue: Catalogue, text: str) -> None:
    """A clause that takes its levels from an agreement, or says that none is needed, is right."""
    assert severities(catalogue, "stadning-lou", "labour.no-cba", other_clauses={"avtal": clause(text)}) == []


@pytest.mark.parametrize(("base", "expected"), [("parkering-luk", "error"), ("hemtjanst-lov", "warning")])
def test_a_demand_to_be_bound_is_an_error_where_the_chapter_applies(
    catalogue: Catalogue, base: str, expected: str
) -> None:
    """Where no section says that levels are enough, the principles decide: a warning."""
    own = {"avtal": clause("Leverantören ska vara bunden av kollektivavtal.")}
    assert severities(catalogue, base, "labour.no-cba", other_clauses=own) == [expected]


def test_a_clause_in_both_languages_is_found_once(catalogue: Catalogue) -> None:
    """The English text alone is enough, and the same demand in both languages is one finding."""
    both = {"sv": "Leverantören ska ha kollektivavtal.", "en": "The supplier shall have a collective agreement."}
    english = {"sv": "Leverantören ska följa bilagan.", "en": "The supplier shall be bound by a collective agreement."}
    own = {"a": {**clause(""), "text": both}, "b": {**clause(""), "text": english}}
    findings = found(catalogue, "stadning-lou", "labour.no-cba", other_clauses=own)
    assert [finding.data["name"] for finding in findings] == ["a", "b"]


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("stadning-lou", LEVELS, ["warning"]),
        ("bussar-luf", LEVELS, ["warning"]),
        ("parkering-luk", LEVELS, ["warning"]),
        ("stadning-lou", LEVELS + ENOUGH, []),
        ("stadning-lou", "Minimilönen är 150 kronor i timmen.", ["warning"]),
        ("stadning-lou", "Städarna ska få minst 25 semesterdagar.", ["warning"]),
        ("stadning-lou", "Leverantören ska varje år göra en lönekartläggning.", []),
        ("stadning-lou", "Utbildningen sker på betald arbetstid.", []),
        ("hemtjanst-lou", LEVELS, []),
        ("hemtjanst-lov", LEVELS, []),
        ("kurs-direkt", LEVELS, []),
    ],
)
def test_labour_conditions_say_that_corresponding_terms_are_enough(
    catalogue: Catalogue, base: str, text: str, expected: list[str]
) -> None:
    """Only where LOU 17:5 and its counterparts apply, and only of clauses that set levels."""
    assert severities(catalogue, base, "labour.fallback", other_clauses={"lon": clause(text)}) == expected


def test_other_kinds_of_clause_set_no_labour_conditions(catalogue: Catalogue) -> None:
    """An award criterion on working conditions is judged by other rules."""
    own = {"lon": clause(LEVELS, "award-criterion", weight=10)}
    assert severities(catalogue, "stadning-lou", "labour.fallback", other_clauses=own) == []


def test_in_a_document_the_fallback_may_stand_in_another_paragraph(catalogue: Catalogue) -> None:
    """Paragraphs belong together, and where the regime is not known the finding is information."""
    rule = BY_CODE["labour.fallback"]
    assert rule.examine_texts(paragraph_texts(catalogue, LEVELS, ENOUGH, regime="LOU")) == []
    (alone,) = rule.examine_texts(paragraph_texts(catalogue, LEVELS, regime="LOU"))
    (unknown,) = rule.examine_texts(paragraph_texts(catalogue, LEVELS))
    assert (alone.severity, unknown.severity) == ("warning", "information")


@pytest.mark.parametrize("regime", ["LOU", "LUF", "LUK", "LOU-19", "LOV", None])
def test_the_catalogues_own_clauses_are_right(catalogue: Catalogue, regime: str | None) -> None:
    """No clause of the catalogue demands an agreement, and those that set levels say what is enough."""
    texts = catalogue_texts(catalogue, regime)
    assert BY_CODE["labour.no-cba"].examine_texts(texts) == []
    assert BY_CODE["labour.fallback"].examine_texts(texts) == []


ABROAD: dict[str, Any] = {"outside_swedish_labour_law": True}


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        ("arbetsklader-lou", ABROAD, ["warning"]),
        ("bussar-luf", ABROAD, ["warning"]),
        ("parkering-luk", ABROAD, ["warning"]),
        ("arbetsklader-lou", {**ABROAD, "ilo_conditions": NOT_NEEDED}, []),
        ("arbetsklader-lou", {**ABROAD, "ilo_conditions": NEEDED}, ["warning"]),
        ("arbetsklader-lou", {**ABROAD, "ilo_conditions": NEEDED, "requirements": {"LEV-01": {}}}, []),
        (
            "arbetsklader-lou",
            {**ABROAD, "ilo_conditions": NEEDED, "other_clauses": {"ilo": clause("Plaggen sys enligt ILO:s krav.")}},
            [],
        ),
        (
            "arbetsklader-lou",
            {**ABROAD, "ilo_conditions": NEEDED, "other_clauses": {"ilo": clause("Filodling är förbjuden.")}},
            ["warning"],
        ),
        ("arbetsklader-lou", {}, ["information"]),
        ("arbetsklader-lou", {"ilo_conditions": NOT_NEEDED}, []),
        ("arbetsklader-lou", {"outside_swedish_labour_law": False}, []),
        ("stadning-lou", {"outside_swedish_labour_law": GONE}, []),
        ("stadning-lou", {"outside_swedish_labour_law": GONE, "performed_in_sweden": False}, ["information"]),
        ("hemtjanst-lou", ABROAD, []),
        ("kurs-direkt", ABROAD, []),
    ],
)  # fmt: skip
def test_work_outside_swedish_labour_law_is_assessed(
    catalogue: Catalogue, base: str, changes: dict[str, Any], expected: list[str]
) -> None:
    """LOU 17:4 and its counterparts: the assessment, then the clause; goods that may be made abroad are asked about."""
    assert severities(catalogue, base, "labour.ilo", **changes) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ska " * 40_000 + "kollektivavtal",
        "ska" + " " * 150_000 + "kollektivavtal",
        "ska kollektivavtal" + "a" * 150_000,
        "ska ha ett ett ett " * 8_000 + "kollektivavtal",
        "lön ska " * 20_000,
        "semester " * 20_000,
    ],
)
def test_long_texts_are_searched_in_linear_time(catalogue: Catalogue, text: str) -> None:
    """A hostile document does not stop the checks."""
    texts = paragraph_texts(catalogue, text, regime="LOU")
    begun = time.perf_counter()
    BY_CODE["labour.no-cba"].examine_texts(texts)
    BY_CODE["labour.fallback"].examine_texts(texts)
    assert time.perf_counter() - begun < 5


def test_the_rules_about_the_case_wait_for_a_selection(catalogue: Catalogue) -> None:
    """Whether a clause is in cannot be said before there is a selection."""
    assert base_case(catalogue, "stadning-lou").selection is not None
    assert BY_CODE["labour.needed"].needs_selection
    assert BY_CODE["labour.ilo"].needs_selection
