"""How a supplier stands: what answers show by the catalogue's rules, what a person decides, and what follows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from procurement_equality import Catalogue, Procurement, Selection, select
from procurement_equality.answers.assessment.assessment import (
    OUTCOMES,
    Assessment,
    Judgement,
    assess,
    judgement_of,
    misplaced,
    problem,
)
from procurement_equality.answers.assessment.limits import later
from procurement_equality.answers.assessment.standing import Summary, points, summary
from procurement_equality.answers.response import Answer, Note, Respondent, Response
from procurement_equality.catalogue.limit import Outcome
from procurement_equality.catalogue.requirement import AwardVariant

CATALOGUE = Catalogue.load()
HOME_CARE = ROOT / "examples" / "hemtjanst-lov.yaml"
CLEANING = ROOT / "examples" / "stadtjanst-lou.yaml"
TODAY = datetime.date(2028, 3, 1)
START = datetime.date(2027, 2, 1)
WRITTEN = datetime.date(2028, 2, 1)
WHO = "556000-0000"
RANK = {None: 4, "met": 3, "partly": 2, "cannot-be-judged": 1, "not-met": 0}
"""From the best outcome to the worst."""


def selection_of(example: Any = HOME_CARE, **requirements: Mapping[str, Any]) -> Selection:  # noqa: ANN401 - a path
    """Give an example's selection, with some requirements asked for besides."""
    procurement = Procurement.load(example)
    raw = procurement.model_dump()
    raw["requirements"] = {**raw["requirements"], **{name.replace("_", "-"): c for name, c in requirements.items()}}
    return select(CATALOGUE, Procurement.model_validate(raw))


SELECTION = selection_of(
    FUN_03={}, UTB_05={}, REK_01={}, ARB_06={}, RES_04={}, ARB_03={}, STA_03={}, STY_02={}, UTB_01={}, LON_01={},
    AKT_07={}, FUN_06={}, BEM_16={}, STY_06={}, LON_07={}, TRA_05={},
)  # fmt: skip
AWARDS = selection_of(CLEANING)


def question_type(name: str, selection: Selection) -> str:
    """Give the type of a field, down to the cells of tables."""
    identifier, _, rest = name.partition(".")
    questions = {q.key: q for q in selection.catalogue.requirements[identifier].questions}
    found = questions[rest.partition(".")[0]].type
    return "number" if found == "table" else found


def cells_beside(answers: Mapping[str, Any], selection: Selection) -> list[str]:
    """Give every cell of the tables that some answers are in: the form has them all."""
    cells = []
    for identifier, key in {tuple(name.split(".")[:2]) for name in answers}:
        requirement = selection.catalogue.requirements[identifier]
        table = next((q.table for q in requirement.questions if q.key == key), None)
        rows = selection.catalogue.tables[table] if table else None
        cells += [f"{identifier}.{key}.{row.key}.{c.key}" for row in rows.rows for c in rows.columns] if rows else []
    return cells


def response(
    selection: Selection = SELECTION,
    kind: str = "annual-follow-up",
    **facts: Any,  # noqa: ANN401 - many types
) -> Response:
    """Make a response of answers: `facts["answers"]` is a name to a value, or to a status and a value."""
    answers = []
    named = facts.get("answers", {})
    for name, given_value in {**dict.fromkeys(cells_beside(named, selection)), **named}.items():
        status, value = given_value if isinstance(given_value, tuple) else ("ok", given_value)
        status = "empty" if value is None and status == "ok" else status
        typed = "" if value is None else str(value)
        made = {"question": name, "type": question_type(name, selection), "status": status, "typed": typed}
        answers.append(Answer.model_validate({**made, "value": value}))
    respondent = {"name": "Omsorg Alfa AB", "org_number": WHO, "date": WRITTEN, "headcount": 30}
    return Response(
        file="svar.docx", sha256="0" * 64, form="f", kind=kind, language="sv", reference="SN 2026/0123",
        catalogue="procurement-equality@0.2.0", catalogue_digest="", selection_digest="", manifest_digest="",
        respondent=Respondent.model_validate({**respondent, **facts.get("respondent", {})}), answers=tuple(answers),
    )  # fmt: skip


def assessed(
    identifier: str,
    answers: Mapping[str, Any],
    *,
    selection: Selection = SELECTION,
    judgement: Judgement | None = None,
    start: datetime.date | None = START,
    **facts: Any,  # noqa: ANN401
) -> Assessment:
    """Assess one requirement; answers are named by the question's key."""
    named = {f"{identifier}.{key}": value for key, value in answers.items()}
    judgements = {(WHO, identifier): judgement} if judgement else {}
    made = assess(selection, response(selection, answers=named, **facts), judgements, TODAY, start)
    (found,) = [each for each in made if each.requirement == identifier]
    for note in (*found.why, *(note for each in found.observations for note in each.notes)):
        assert "{" not in note.words("sv") + note.words("en")
    return found


def codes(assessment: Assessment) -> set[str]:
    """Give the codes of everything that was noted."""
    return {n.code for n in (*assessment.why, *(n for each in assessment.observations for n in each.notes))}


TRAINED = {"content": "yes", "participants.staff.total": 20, "participants.trained.total": 18}
MEALS = {"routine": "yes", "survey": "yes"}
CASES: dict[str, tuple[str, dict[str, Any], Outcome | None]] = {
    "yes": ("BEM-01", {"routine": "yes", "survey": "yes"}, "met"),
    "one no": ("BEM-01", {"routine": "yes", "survey": "no"}, "not-met"),
    "one partly": ("BEM-01", {"routine": "partly", "survey": "yes"}, "partly"),
    "not applicable is looked at": ("BEM-01", {"routine": "not-applicable", "survey": "yes"}, "cannot-be-judged"),
    "a required answer is missing": ("BEM-01", {"routine": "yes", "survey": None}, "cannot-be-judged"),
    "a shortcoming is worse than a missing answer": ("BEM-01", {"routine": "no", "survey": None}, "not-met"),
    "an answer in conflict": ("BEM-01", {"routine": ("conflict", "yes"), "survey": "yes"}, "cannot-be-judged"),
    "an invalid answer": ("BEM-01", {"routine": ("invalid", None), "survey": "yes"}, "cannot-be-judged"),
    "text beside the field": ("BEM-01", {"routine": ("outside", None), "survey": "yes"}, "cannot-be-judged"),
    "a suspect answer": ("BEM-01", {"routine": ("suspect", "yes"), "survey": "yes"}, "cannot-be-judged"),
    "a field that is gone": ("BEM-01", {"routine": ("missing", None), "survey": "yes"}, "cannot-be-judged"),
    "an answer found by its bookmark": ("BEM-01", {"routine": ("recovered", "yes"), "survey": "yes"}, "met"),
    "a question that the form lacks": ("BEM-01", {"routine": "yes"}, "cannot-be-judged"),
    "an unknown answer": ("BEM-01", {"routine": "perhaps", "survey": "yes"}, "cannot-be-judged"),
    "a gate that is closed": ("FUN-03", {"covered": "no", "statement": None}, None),
    "a gate that is closed, and not applicable": ("FUN-03", {"covered": "no", "statement": "not-applicable"}, None),
    "a gate that is closed, and a shortcoming": ("FUN-03", {"covered": "no", "statement": "no"}, "cannot-be-judged"),
    "a gate that is open": ("FUN-03", {"covered": "yes", "statement": "yes"}, "met"),
    "a gate that is open and nothing more": ("FUN-03", {"covered": "yes", "statement": None}, "cannot-be-judged"),
    "a gate in conflict": ("FUN-03", {"covered": ("conflict", "no"), "statement": None}, "cannot-be-judged"),
    "an inequality that the law may allow": ("ARB-03", {"equal": "no"}, "cannot-be-judged"),
    "all of the cases": ("REK-01", {"recruitments": 4, "documented": 4}, "met"),
    "no cases": ("REK-01", {"recruitments": 0, "documented": 0}, "met"),
    "some of the cases": ("REK-01", {"recruitments": 4, "documented": 1}, "partly"),
    "none of the cases": ("REK-01", {"recruitments": 4, "documented": 0}, "not-met"),
    "more than all cases": ("REK-01", {"recruitments": 4, "documented": 5}, "cannot-be-judged"),
    "cases without their number": ("REK-01", {"recruitments": ("invalid", None), "documented": 5}, "cannot-be-judged"),
    "the share": ("UTB-01", {"share": 90, **TRAINED}, "met"),
    "below the share": ("UTB-01", {"share": 89.9, **TRAINED}, "not-met"),
    "the share by the table": ("UTB-05", {**TRAINED, "contact": "yes", "participants.trained.total": 16}, "met"),
    "below by the table": ("UTB-05", {**TRAINED, "contact": "yes", "participants.trained.total": 15}, "not-met"),
    "a table without the number": (
        "UTB-05", {"content": "yes", "contact": "yes", "participants.trained.total": 15}, "cannot-be-judged",
    ),
    "more trained than there are": (
        "UTB-05", {**TRAINED, "contact": "yes", "participants.trained.total": 25}, "cannot-be-judged",
    ),
    "all are trained": (
        "TRA-05", {"trained": "yes", "numbers.staff.total": 7, "numbers.trained.total": 7, "programme": None}, "met",
    ),
    "some are trained": (
        "TRA-05", {"trained": "yes", "numbers.staff.total": 7, "numbers.trained.total": 6, "programme": None}, "partly",
    ),
    "at most so many": ("BEM-16", {"kept": "yes", "women": 14, "men": 14}, "met"),
    "too many for women": ("BEM-16", {"kept": "yes", "women": 15, "men": 14}, "not-met"),
    "a date within the age": (
        "ARB-06", {"assessed": "yes", "date": "2027-02-01", "completed": 50, "attachment": "1"}, "met",
    ),
    "a date that is too old": (
        "ARB-06", {"assessed": "yes", "date": "2027-01-31", "completed": 50, "attachment": "1"}, "not-met",
    ),
    "a date to come": (
        "ARB-06", {"assessed": "yes", "date": "2028-02-02", "completed": 50, "attachment": "1"}, "cannot-be-judged",
    ),
    "a survey of last year": (
        "LON-01", {"date": "2027-01-01", "complete": "yes", "groups": 3, "certificate": True}, "met",
    ),
    "an older survey": (
        "LON-01", {"date": "2026-12-31", "complete": "yes", "groups": 3, "certificate": True}, "not-met",
    ),
    "a declaration that is not given": (
        "LON-01", {"date": "2027-01-01", "complete": "yes", "groups": 3, "certificate": None}, "not-met",
    ),
    "a choice": ("AKT-07", {"occasions": 2, "dates": "maj", "information": "no-agreement"}, "met"),
    "the other choice": ("AKT-07", {"occasions": 2, "dates": "maj", "information": "not-given"}, "not-met"),
    "texts alone": ("STA-03", {"staff.managers.women": None}, "cannot-be-judged"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_answers_show(name: str) -> None:
    """Each answer shows what the catalogue's rule says, and several show the worst of them."""
    identifier, answers, outcome = CASES[name]
    assert assessed(identifier, answers).observed == outcome


def test_the_answers_and_the_limit_are_told_in_both_languages() -> None:
    """A person sees the answer beside the number of the clause."""
    seen = next(o for o in assessed("UTB-01", {"share": 89.5, **TRAINED}).observations if o.question == "UTB-01.share")
    assert seen.notes[0].words("sv") == "Svaret är 89,5\u00a0%. Kravet anger minst 90\u00a0%."
    assert seen.notes[0].words("en") == "The answer is 89.5%. The requirement says at least 90%."


def test_the_buyers_own_value_is_the_limit() -> None:
    """A limit is what the clause says in this procurement."""
    choice = {"parameters": {"share": 60}}
    selection = selection_of(UTB_01=choice)
    assert assessed("UTB-01", {"share": 65, **TRAINED}, selection=selection).observed == "met"


def test_a_limit_that_the_clause_lacks_is_none() -> None:
    """A parameter that only another kind's clause has does not bind this one."""
    procurement = Procurement.load(CLEANING).model_dump()
    procurement["requirements"]["KOP-02"] = {"kind": "award-criterion", "weight": 5}
    selection = select(CATALOGUE, Procurement.model_validate(procurement))
    found = assessed("KOP-02", {"number": 1, "list": "Ett uppdrag", "person": "x"}, selection=selection)
    (number, *_) = found.observations
    assert number.shows == "nothing"


# --- time --------------------------------------------------------------------------------------------------------


def test_an_answer_shows_no_shortcoming_before_the_clauses_own_time() -> None:
    """A tender that says no to a routine that is due two months after the start breaches nothing."""
    tender = assessed("BRU-02", {"routine": "no", "date": None}, kind="self-assessment", start=None)
    assert (tender.observed, "note.assess-not-due-unknown" in codes(tender)) == ("cannot-be-judged", True)
    early = assessed("BRU-02", {"routine": "no", "date": None}, respondent={"date": START})
    assert "note.assess-not-due" in codes(early)
    assert early.why[-1].data["date"] == "2027-05-01"
    assert assessed("BRU-02", {"routine": "no", "date": None}).observed == "not-met"


def test_a_condition_need_not_be_answered_in_a_tender() -> None:
    """An unanswered question about the time of the contract is no gap in a tender, but it is in a follow-up."""
    answers = {"routine": "yes", "date": None}
    assert assessed("BRU-02", answers, kind="self-assessment", start=None).observed == "met"
    assert assessed("BRU-02", answers).observed == "cannot-be-judged"
    nothing = assessed("BRU-02", {"routine": None, "date": None}, kind="self-assessment", start=None)
    assert codes(nothing) >= {"note.assess-later"}


def test_a_form_filled_in_during_the_contract_is_a_follow_up() -> None:
    """Whatever the form is called, it is about the contract once that has begun."""
    answers = {"routine": "no", "date": "2027-09-01"}
    assert assessed("BRU-02", answers, kind="egen-mall").observed == "not-met"
    assert assessed("BRU-02", answers, kind="egen-mall", start=None).observed == "cannot-be-judged"


def test_a_follow_up_without_the_contracts_start_says_so() -> None:
    """The shortcoming is told, with the advice to check the time."""
    found = assessed("BRU-02", {"routine": "no", "date": "2027-09-01"}, start=None)
    assert (found.observed, "note.assess-time-unknown" in codes(found)) == ("not-met", True)


def test_a_date_that_counts_from_the_start_needs_the_start() -> None:
    """Whether a meeting was held in time cannot be said when nobody has said when the contract began."""
    answers = {"date": "2027-02-20", "divided": "yes"}
    assert assessed("STY-02", answers).observed == "met"
    assert codes(assessed("STY-02", answers, start=None)) >= {"note.assess-no-start"}
    assert assessed("STY-02", answers, start=None).observed == "cannot-be-judged"


@given(st.dates(datetime.date(1900, 1, 31), datetime.date(2900, 1, 1)), st.integers(-240, 240))
def test_months_later_is_the_same_day_or_the_last(date: datetime.date, months: int) -> None:
    """A number of months later is in that month, on the same day or the month's last."""
    made = later(date, months)
    assert (made.year * 12 + made.month) - (date.year * 12 + date.month) == months
    assert made.day == date.day or (made + datetime.timedelta(days=1)).day == 1


# --- whom it applies to, and versions ------------------------------------------------------------------------------


def test_a_requirement_for_larger_suppliers_does_not_apply_to_a_small_one() -> None:
    """The number of employees decides, and the reason is told."""
    small = assessed("AKT-01", {"documented": "no"}, respondent={"headcount": 9})
    assert (small.outcome, small.applies, codes(small)) == (None, False, {"note.assess-headcount"})
    assert "minst 25" in small.why[0].words("sv")
    unknown = assessed("AKT-01", {"documented": "no", "date": None, "attachment": None}, respondent={"headcount": None})
    assert unknown.observed == "not-met"


def test_a_requirement_for_one_part_does_not_apply_to_another() -> None:
    """A supplier of service alone is not asked about personal care; one that names no part is."""
    answers = {"routine": "no", "date": None}
    assert assessed("BRU-01", answers, respondent={"parts": ("service",)}).outcome is None
    for parts in (("service", "personal-care"), ()):
        assert assessed("BRU-01", answers, respondent={"parts": parts}).outcome == "not-met"


def test_every_clause_is_there_and_nothing_is_lost() -> None:
    """The clauses come in the selection's order, then what only the response has."""
    older = response(answers={"BEM-01.routine": "yes", "KLA-05.received": "no"})
    selection = selection_of()
    made = assess(selection, older, {}, TODAY, START)
    ids = [clause.requirement.id for clause in selection.clauses]
    assert "KLA-05" not in ids
    assert [each.requirement for each in made] == [*ids, "KLA-05"]
    assert (made[-1].kind, made[-1].outcome) == (None, "cannot-be-judged")
    assert {n.code for n in made[-1].why} == {"note.assess-not-in-selection"}
    assert not any(each.applies for each in made[:-1] if each.requirement != "BEM-01")


def test_what_a_form_does_not_ask_is_no_shortcoming() -> None:
    """What the yearly form leaves out does not apply there; what a tender's form lacks cannot be judged."""
    answers = {"BEM-01.routine": "yes"}
    for kind, outcome in (("annual-follow-up", None), ("self-assessment", "cannot-be-judged")):
        made = assess(selection_of(), response(answers=answers, kind=kind), {}, TODAY, START)
        not_asked = [e for e in made if [note.code for note in e.why] == ["note.assess-no-questions"]]
        assert not_asked
        assert {each.outcome for each in not_asked} == {outcome}


def test_one_who_is_not_named_is_known_by_the_file() -> None:
    """Judgements find a response without name by its file."""
    made = assess(SELECTION, response(respondent={"name": None, "org_number": None}), {}, TODAY)
    assert {each.respondent for each in made} == {"svar.docx"}


# --- what a person decides -------------------------------------------------------------------------------------------


def judged(outcome: Outcome | None = "not-met", **more: Any) -> Judgement:  # noqa: ANN401
    """Make a judgement."""
    told = {"role": "avtalsansvarig", "date": datetime.date(2028, 2, 10), "reason": "Besök", "outcome": outcome}
    return Judgement.model_validate({**told, **more})


def test_a_judgement_wins_and_the_observation_is_kept() -> None:
    """What the answers show is not lost when someone has decided otherwise."""
    found = assessed("BEM-01", MEALS, judgement=judged())
    assert (found.observed, found.outcome) == ("met", "not-met")
    assert found.observations[0].shows == "met"


def test_a_shortcoming_has_a_day_and_a_ladder() -> None:
    """The days of the ladder count from the decision, unless another day is decided."""
    found = assessed("BEM-01", MEALS, judgement=judged())
    assert (found.ladder, found.remedy_days) == ("standard", 30)
    assert (found.remedy_by, found.is_overdue) == (datetime.date(2028, 3, 11), False)
    own = assessed("BEM-01", MEALS, judgement=judged(remedy_by=datetime.date(2028, 2, 20)))
    assert (own.remedy_by, own.is_overdue) == (datetime.date(2028, 2, 20), True)
    seen_only = assessed("BEM-01", {**MEALS, "routine": "no"})
    assert (seen_only.is_deviation, seen_only.remedy_by) == (True, None)
    assert assessed("BEM-01", MEALS, judgement=judged("met")).remedy_by is None


def test_a_judgement_may_say_that_a_requirement_applies_after_all() -> None:
    """A supplier's own word that a requirement does not apply is not the last one."""
    found = assessed("FUN-03", {"covered": "no"}, judgement=judged("not-met"))
    assert (found.observed, found.outcome, found.applies) == (None, "not-met", True)


def test_judgements_that_cannot_count_are_told() -> None:
    """A requirement that is not there, an outcome that is none, and points that are no step have words."""
    award = next(c for c in AWARDS.clauses if c.kind == "award-criterion")
    variant = award.requirement.variant("award-criterion")
    assert isinstance(variant, AwardVariant)
    wrong = next(n for n in range(11) if n not in [step.points for step in variant.scale])
    name = award.requirement.id
    notes = {
        "assess.not-in-selection": problem(AWARDS, "ZZZ-99", "met", ""),
        "assess.outcome": problem(AWARDS, name, "good", ""),
        "assess.empty": problem(AWARDS, name, "", ""),
        "assess.no-award": problem(AWARDS, AWARDS.clauses[-1].requirement.id, "", "5"),
        "assess.no-step": problem(AWARDS, name, "", str(wrong)),
    }
    for code, note in notes.items():
        assert note is not None
        assert note.code == code
        assert "{" not in note.words("sv") + note.words("en")
    assert problem(AWARDS, name, "met", str(variant.scale[-1].points)) is None
    bad = {(WHO, name): judged(None, points=wrong), (WHO, "ZZZ-99"): judged()}
    assert [note.code for _, note in misplaced(AWARDS, bad)] == ["assess.no-step", "assess.not-in-selection"]


def test_a_judgement_is_made_of_what_a_person_wrote() -> None:
    """Texts become a judgement, and what is none becomes None."""
    made = judgement_of("met", "5", "upphandlare", "2028-02-10", "Läst", "2028-03-01")
    assert made is not None
    assert (made.outcome, made.points, made.remedy_by) == ("met", 5, datetime.date(2028, 3, 1))
    assert judgement_of("bra", "", "upphandlare", "2028-02-10", "Läst") is None
    assert judgement_of("met", "", "", "2028-02-10", "Läst") is None


# --- points ----------------------------------------------------------------------------------------------------------


def awarded(steps: Mapping[str, int]) -> tuple[Assessment, ...]:
    """Assess the cleaning example's award criteria with points."""
    judgements = {(WHO, name): judged(None, points=step) for name, step in steps.items()}
    return assess(AWARDS, response(AWARDS, kind="self-assessment"), judgements, TODAY)


def scales() -> dict[str, list[int]]:
    """Give the steps of each award criterion of the example."""
    return {
        c.requirement.id: [step.points for step in variant.scale]
        for c in AWARDS.clauses
        if isinstance(variant := c.requirement.variant(c.kind), AwardVariant)
    }


def test_full_points_give_the_whole_weight() -> None:
    """Weight times points by most points; nothing is added up until every criterion has points."""
    full = {name: steps[-1] for name, steps in scales().items()}
    (all_given,) = points(AWARDS, awarded(full))
    assert all_given.total == all_given.most == sum(c.weight or 0 for c in AWARDS.clauses)
    (none,) = points(AWARDS, awarded(dict.fromkeys(full, 0)))
    assert none.total == 0
    (some,) = points(AWARDS, awarded(dict(list(full.items())[1:])))
    assert (some.total, some.missing) == (None, (next(iter(full)),))


def test_points_that_are_no_step_do_not_count() -> None:
    """Nobody gets points that the scale does not have."""
    name, steps = next(iter(scales().items()))
    wrong = next(n for n in range(11) if n not in steps)
    (found,) = [a for a in awarded({name: wrong}) if a.requirement == name]
    assert found.award is not None
    assert found.award.points is None


def test_criteria_in_order_of_priority_are_not_added_up() -> None:
    """A concession's criteria have an order and no weights (LUK 13:3)."""
    facts = Procurement.load(CLEANING).model_dump()
    chosen = [name for name, choice in facts["requirements"].items() if choice["weight"]]
    for place, name in enumerate(chosen, 1):
        facts["requirements"][name] |= {"weight": None, "priority": len(chosen) + 1 - place, "kind": "award-criterion"}
    selection = select(CATALOGUE, Procurement.model_validate({**facts, "act": "LUK", "value": 90_000_000}))
    judgements = {(WHO, name): judged(None, points=scales()[name][-1]) for name in chosen}
    (found,) = points(selection, assess(selection, response(selection), judgements, TODAY))
    assert (found.total, found.most) == (None, None)
    assert [each.requirement for each in found.criteria] == list(reversed(chosen))


def test_an_award_criterion_is_not_judged_by_rule_in_a_tender() -> None:
    """Points are a person's to give."""
    name = next(iter(scales()))
    found = next(a for a in awarded({}) if a.requirement == name)
    assert found.outcome == "cannot-be-judged"


# --- added up --------------------------------------------------------------------------------------------------------


def test_a_summary_counts_everything_once() -> None:
    """Outcomes by requirement, by supplier and by article of the charter, one response at a time."""
    one = assess(SELECTION, response(answers={"BEM-01.routine": "yes", "BEM-01.survey": "yes"}), {}, TODAY, START)
    other = assess(
        SELECTION, response(answers={"BEM-01.routine": "no"}, respondent={"org_number": "556000-0018"}),
        {("556000-0018", "BEM-01"): judged("partly")}, TODAY, START,
    )  # fmt: skip
    made = summary([one, other])
    assert made.requirements["BEM-01"] == {"met": 1, "partly": 1}
    assert sum(made.outcomes.values()) == len(one) + len(other)
    assert {who: sum(counts.values()) for who, counts in made.suppliers.items()} == {
        WHO: len(one), "556000-0018": len(other),
    }  # fmt: skip
    assert made.judged == 1
    articles = SELECTION.catalogue.requirements["BEM-01"].charter_articles.articles
    assert all(made.articles[article]["met"] >= 1 for article in articles)
    merged, second = Summary(), Summary()
    merged.add(one)
    second.add(other)
    merged.merge(second)
    assert merged == made


# --- laws --------------------------------------------------------------------------------------------------------


CLOSED = {"yes-no": ("yes", "no"), "yes-no-partly": ("yes", "partly", "no", "not-applicable")}
STATUSES = ("ok", "recovered", "outside", "suspect", "invalid", "conflict", "missing")


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw answers to the questions of a selection, of any status, some of them left out."""
    clauses = draw(st.lists(st.sampled_from(SELECTION.clauses), max_size=6, unique_by=lambda c: c.requirement.id))
    made: dict[str, Any] = {}
    for clause in clauses:
        for question in clause.requirement.questions:
            name = f"{clause.requirement.id}.{question.key}"
            if question.type == "table":
                table = CATALOGUE.tables[str(question.table)]
                cells = [f"{name}.{row.key}.{c.key}" for row in table.rows for c in table.columns if c.type == "number"]
                made |= {cell: draw(st.none() | st.integers(0, 40)) for cell in cells}
                continue
            value: st.SearchStrategy[Any] = {
                "date": st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)).map(str),
                "declaration": st.booleans(), "text": st.text(), "attachment": st.text(),
            }.get(question.type, st.integers(0, 100) | st.floats(0, 100, allow_nan=False))  # fmt: skip
            closed = CLOSED.get(question.type) or tuple(question.options)
            value = st.sampled_from(closed) if closed else value
            if draw(st.booleans()):
                made[name] = (draw(st.sampled_from(STATUSES)), draw(st.none() | value))
    return made


@settings(deadline=None, max_examples=60)
@given(answers(), st.sampled_from(["self-assessment", "annual-follow-up"]), st.sampled_from([None, START]))
def test_any_answers_give_an_outcome(drawn: dict[str, Any], kind: str, start: datetime.date | None) -> None:
    """Whatever comes in, each clause has one outcome or does not apply, and every why has words."""
    made = assess(SELECTION, response(answers=drawn, kind=kind), {}, TODAY, start)
    assert len(made) == len(SELECTION.clauses)
    for each in made:
        assert each.outcome in (*OUTCOMES, None)
        assert each.why
        for note in (*each.why, *(note for seen in each.observations for note in seen.notes)):
            assert "{" not in note.words("sv") + note.words("en") or "answer" in note.data


@settings(deadline=None, max_examples=60)
@given(answers(), st.data())
def test_a_failing_answer_never_makes_it_better(drawn: dict[str, Any], data: st.DataObject) -> None:
    """An answer that turns from anything to a plain no can only make the outcome worse, or leave it."""
    closed = [
        (clause.requirement.id, question)
        for clause in SELECTION.clauses
        for question in clause.requirement.questions
        if question.type in CLOSED and not question.shows
    ]
    identifier, question = data.draw(st.sampled_from(closed))
    name = f"{identifier}.{question.key}"

    def outcome(given_answers: dict[str, Any]) -> Outcome | None:
        made = assess(SELECTION, response(answers=given_answers), {}, TODAY, START)
        return next(each.observed for each in made if each.requirement == identifier)

    others = {key: value for key, value in drawn.items() if key != name}
    assert RANK[outcome({**others, name: "no"})] <= RANK[outcome({**others, name: "yes"})]
    if name not in drawn:
        asked = {**others, name: None}
        assert RANK[outcome({**others, name: "no"})] <= RANK[outcome(asked)]


@settings(deadline=None, max_examples=30)
@given(answers(), st.sampled_from(OUTCOMES), st.sampled_from(SELECTION.clauses))
def test_a_judgement_always_wins(drawn: dict[str, Any], decided: Outcome, clause: Any) -> None:  # noqa: ANN401
    """Whatever was answered, the outcome is the one decided, and the rest is as it was."""
    key = (WHO, clause.requirement.id)
    before = assess(SELECTION, response(answers=drawn), {}, TODAY, START)
    after = assess(SELECTION, response(answers=drawn), {key: judged(decided)}, TODAY, START)
    for one, other in zip(before, after, strict=True):
        assert one.observed == other.observed
        assert one.observations == other.observations
        assert other.outcome == (decided if other.requirement == clause.requirement.id else one.outcome)


def test_a_note_can_be_read_without_the_catalogue() -> None:
    """What is stored of an assessment comes back the same."""
    found = assessed("UTB-01", {"share": 89.5, **TRAINED}, judgement=judged())
    assert Assessment.model_validate_json(found.model_dump_json()) == found
    assert isinstance(found.why[0], Note)
