"""Goals that meet: found when both sides are there, never when one is, and balanced in the documents."""

from __future__ import annotations

import time

import pytest
import yaml
from base_cases import base_case, clause, found
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from procurement_equality import Catalogue, Procurement, Selection, select
from procurement_equality.catalogue import citation
from procurement_equality.checks.case import Case
from procurement_equality.checks.goals import GoalConflict, Side, conflicts_in, goal_conflicts
from procurement_equality.checks.rules.goals import both_sides, unacknowledged
from procurement_equality.checks.words import wordings
from procurement_equality.findings.words import describe

BOTH, UNACKNOWLEDGED = "conflict.both-sides", "conflict.unacknowledged"
CATALOGUE = Catalogue.load()
HOME_CARE = select(CATALOGUE, Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml"))
BY_ID = {conflict.id: conflict for conflict in goal_conflicts()}


def part(identifiers: set[str]) -> Selection:
    """Give the home-care selection with these requirements only."""
    kept = tuple(clause for clause in HOME_CARE.clauses if clause.requirement.id in identifiers)
    return HOME_CARE.model_copy(update={"clauses": kept})


def everything() -> Selection:
    """Give a selection that holds every requirement of the catalogue."""
    first = HOME_CARE.clauses[0]
    clauses = [first.model_copy(update={"requirement": each}) for each in CATALOGUE.requirements.values()]
    return HOME_CARE.model_copy(update={"clauses": tuple(clauses)})


# --- the data --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("conflict", goal_conflicts(), ids=list(BY_ID))
def test_everything_that_a_conflict_names_exists(conflict: GoalConflict) -> None:
    """Requirements, topics, goals, sources and word lists are there, and the texts are in both languages."""
    head = CATALOGUE.head
    for side in conflict.sides:
        assert side.goal in head.goals
        assert set(side.requirements) <= set(CATALOGUE.requirements)
        assert set(side.topics) <= set(head.topics)
        assert side.requirements or side.topics
        assert len(set(side.requirements)) == len(side.requirements)
    assert conflict.sides[0].goal != conflict.sides[1].goal
    assert set(conflict.balanced_by) <= set(head.goals)
    assert set(conflict.sources) <= set(head.sources)
    assert all(text.en for text in (conflict.title, conflict.authorities, conflict.balancing))
    if conflict.words is not None:
        assert wordings(conflict.words)
    for text in conflict.legal_basis:
        parsed = citation.parse(text)
        assert parsed is not None
        assert parsed.act in CATALOGUE.law.acts
        assert CATALOGUE.cite((text,), "sv")


def test_a_wish_about_origin_is_refused_and_one_about_sex_is_weighed() -> None:
    """They are two conflicts, with different outcomes, provisions and texts."""
    origin, sex = BY_ID["origin-of-staff"], BY_ID["sex-of-staff"]
    assert (origin.outcome, sex.outcome) == ("refused", "weighed")
    assert "DL 2:13 a" in sex.legal_basis
    assert "DL 2:13 a" not in origin.legal_basis
    assert "do-wishes-about-staff" in origin.sources
    assert "socialstyrelsen-onskemal" in sex.sources
    assert "avböjs" in origin.balancing.sv
    assert "prövas för sig" in sex.balancing.sv


@pytest.mark.parametrize("conflict", goal_conflicts(), ids=list(BY_ID))
def test_a_balancing_text_adds_no_requirement(conflict: GoalConflict) -> None:
    """The section says that its texts add none: what the supplier shall do stands in clauses, with evidence."""
    assert "leverantören ska" not in conflict.balancing.sv.lower()
    assert "supplier shall" not in conflict.balancing["en"].lower()


@pytest.mark.parametrize("conflict", goal_conflicts(), ids=list(BY_ID))
def test_every_requirement_on_a_side_says_how_the_goals_are_balanced(conflict: GoalConflict) -> None:
    """The bundled catalogue leaves no conflict without a word."""
    sides = [r for r in CATALOGUE.requirements.values() if conflict.side_of(r)]
    assert [r.id for r in sides if not conflict.acknowledged(r)] == []


# --- where both sides are --------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(st.sets(st.sampled_from([clause.requirement.id for clause in HOME_CARE.clauses])))
def test_a_conflict_is_there_just_when_both_sides_are(chosen: set[str]) -> None:
    """No conflict without something on each side, and none is missed; the ids are those of the selection."""
    selection = part(chosen)
    present = {each.conflict.id: each for each in conflicts_in(selection)}
    for conflict in goal_conflicts():
        one, two = ({i for i in chosen if i in side.requirements} for side in conflict.sides)
        assert (conflict.id in present) == bool(one and two)
        if conflict.id in present:
            assert (set(present[conflict.id].first), set(present[conflict.id].second)) == (one, two)


@pytest.mark.parametrize("conflict", goal_conflicts(), ids=list(BY_ID))
@pytest.mark.parametrize("index", [0, 1])
def test_one_side_alone_is_no_conflict(conflict: GoalConflict, index: int) -> None:
    """However many requirements stand on one side, nothing meets them."""
    one, other = set(conflict.sides[index].requirements), set(conflict.sides[1 - index].requirements)
    whole = everything()
    kept = tuple(each for each in whole.clauses if each.requirement.id in one - other)
    selection = whole.model_copy(update={"clauses": kept})
    assert kept
    assert conflict.id not in {each.conflict.id for each in conflicts_in(selection)}


def test_an_empty_selection_has_no_conflict_and_a_full_one_all() -> None:
    """Nothing meets nothing; with every requirement chosen, each conflict of the data is there."""
    assert conflicts_in(part(set())) == ()
    assert [each.conflict.id for each in conflicts_in(everything())] == list(BY_ID)


def test_one_requirement_on_both_sides_does_not_meet_itself() -> None:
    """A requirement that balances two goals in its own text is no conflict by itself."""
    side = Side(goal="privacy", requirements=("AKT-02",))
    other = Side(goal="follow-up", requirements=("AKT-02", "AKT-01"))
    conflict = BY_ID["small-firms-and-documentation"].model_copy(update={"sides": (side, other)})
    assert conflicts_in(part({"AKT-02"}), [conflict]) == ()
    assert len(conflicts_in(part({"AKT-01", "AKT-02"}), [conflict])) == 1


def test_the_finding_names_both_sides_and_says_what_the_authorities_say(catalogue: Catalogue) -> None:
    """It is information, with the requirements on each side, in both languages."""
    findings = found(catalogue, "hemtjanst-lov", BOTH, level="basic")
    by_name = {finding.data["name"]: finding for finding in findings}
    assert set(by_name) == set(BY_ID)
    assert {finding.severity for finding in findings} == {"information"}
    origin, sex = by_name["origin-of-staff"], by_name["sex-of-staff"]
    assert "BRU-02" in origin.data["second"]
    assert "följs inte" in describe(origin, "sv")
    assert "is not followed" in describe(origin, "en")
    assert "BRU-01" in sex.data["first"]
    assert "inte kontrollerat" in describe(sex, "sv")
    assert "vägs mot varandra" in describe(sex, "sv")


# --- where the balance is missing ------------------------------------------------------------------------


def test_the_bundled_catalogue_gives_no_finding(catalogue: Catalogue) -> None:
    """Every requirement of ours is examined as a clause: none lacks its balance."""
    case = base_case(catalogue, "hemtjanst-lov")
    whole = Case(catalogue, case.procurement, everything(), "LOV")
    assert len(whole.clauses) == len(catalogue.requirements)
    assert list(unacknowledged(whole)) == []
    assert len(list(both_sides(whole))) == len(BY_ID)


def test_a_requirement_of_a_layer_without_balance_is_found(catalogue: Catalogue) -> None:
    """One that takes the balancing away from a side of a conflict is told what to write."""
    case = base_case(catalogue, "hemtjanst-lov")
    assert case.selection is not None
    bare = [
        each.model_copy(update={"requirement": each.requirement.model_copy(update={"conflicts": ()})})
        if each.requirement.id == "BRU-02" else each for each in case.selection.clauses
    ]  # fmt: skip
    selection = case.selection.model_copy(update={"clauses": tuple(bare)})
    findings = list(unacknowledged(Case(catalogue, case.procurement, selection, case.regime)))
    assert {finding.data["name"] for finding in findings} == {"BRU-02"}
    assert "önskemål om personalens ursprung eller religion" in findings[0].data["title_sv"]
    (written,) = yaml.safe_load(findings[0].data["yaml"])["conflicts"]
    assert written["goal"] in catalogue.head.goals
    assert written["balancing"]["sv"] == BY_ID["origin-of-staff"].balancing.sv


@pytest.mark.parametrize(
    ("conflict", "text"),
    [
        ("sex-of-staff", "Den enskilde får välja om hjälpen ges av en kvinna eller en man vid dusch."),
        ("sex-of-staff", "Leverantören ska tillgodose önskemål om kvinnlig personal vid intim omvårdnad."),
        ("sex-of-staff", {"sv": "x", "en": "The user may choose female staff for intimate care."}),
        ("privacy-and-statistics", "Leverantören ska varje år lämna statistik om varje anställd, med ålder och kön."),
        ("privacy-and-statistics", "Leverantören ska lämna könsuppdelad statistik varje år."),
        ("small-firms-and-documentation", "Leverantören ska lämna dokumentation av arbetet med aktiva åtgärder."),
        ("working-hours-and-choice-of-time", "Den enskilde ska kunna välja vilken tid hjälpen ges."),
        (
            "working-hours-and-choice-of-time",
            {"sv": "x", "en": "The user may choose the time of each visit."},
        ),
    ],
)
def test_an_own_clause_that_touches_a_conflict_is_asked_for_its_balance(
    catalogue: Catalogue, conflict: str, text: object
) -> None:
    """The finding points at the words, and its YAML mends the clause."""
    own = {"egen": clause(text)}  # type: ignore[arg-type]
    findings = found(catalogue, "hemtjanst-lov", UNACKNOWLEDGED, other_clauses=own)
    assert [finding.data["yaml"] for finding in findings if BY_ID[conflict].balancing.sv in finding.data["yaml"]]
    balanced = yaml.safe_load(findings[0].data["yaml"])["other_clauses"]["egen"]["balancing"]
    mended = {"egen": {**own["egen"], "balancing": balanced}}
    assert found(catalogue, "hemtjanst-lov", UNACKNOWLEDGED, other_clauses=mended) == []


@pytest.mark.parametrize(
    "text",
    [
        "Leverantören ska ha en kontaktperson för jämställdhetsfrågor.",
        "Personal som utför kontraktet, kvinnor och män, ska erbjudas utbildning.",
        "Leverantören ska välja lokaler som är tillgängliga.",
        "Beställaren bestämmer tiden för det årliga mötet.",
        "Leverantören ska redovisa antalet klagomål.",
        "Leverantören ska lämna dokumentation av aktiva åtgärder, eller en egen försäkran.",
        "Leverantör med minst 25 arbetstagare ska lämna dokumentation av arbetet med aktiva åtgärder.",
    ],
)
def test_a_clause_that_touches_no_conflict_is_left_alone(catalogue: Catalogue, text: str) -> None:
    """Words that only look alike do not ask for a balance."""
    assert found(catalogue, "hemtjanst-lov", UNACKNOWLEDGED, other_clauses={"egen": clause(text)}) == []


def test_a_wish_about_origin_is_not_asked_to_be_balanced(catalogue: Catalogue) -> None:
    """What is refused has no balance to write: another rule says that it is not allowed."""
    assert BY_ID["origin-of-staff"].words is None
    own = {"egen": clause("Den enskilde får välja bort personal med utländsk bakgrund.")}
    assert found(catalogue, "hemtjanst-lov", UNACKNOWLEDGED, other_clauses=own) == []


def test_a_very_long_clause_takes_linear_time(catalogue: Catalogue) -> None:
    """Words that nearly match, many thousand times, are read at once."""
    text = "önskemål välja statistik redovisning brukaren den enskilde önskar dokumentation tid kön " * 4_000
    begun = time.perf_counter()
    found(catalogue, "hemtjanst-lov", UNACKNOWLEDGED, other_clauses={"egen": clause(text)})
    assert time.perf_counter() - begun < 10
