"""How a supplier stands with each requirement: what its answers show, and what a person has decided, kept apart.

The rules are in the catalogue (`assessment.yaml`, and `shows` and `limit` of each question). Several answers are put
together by the worst of them: not-met, cannot-be-judged, partly, met. A person's judgement always wins, and what the
rules saw is kept beside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Annotated, get_args

from pydantic import Field, ValidationError

from procurement_equality.answers.assessment.limits import later
from procurement_equality.answers.assessment.observation import Case, Observation, is_later, observe, worst
from procurement_equality.answers.response import Note, Response
from procurement_equality.catalogue.law import HeadcountRule, Kind
from procurement_equality.catalogue.limit import Outcome, Shown
from procurement_equality.catalogue.requirement import AwardVariant, Requirement
from procurement_equality.catalogue.text import Language, Model, Words
from procurement_equality.procurement.selection import Clause, Selection

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
FOLLOW_UP = "annual-follow-up"
"""The kind of form that is about how the contract has gone."""


class Judgement(Model):
    """What a person has decided of one supplier and one requirement. `role` is the person's role, never a name."""

    outcome: Outcome | None = None
    """None where only points are given."""
    points: Annotated[int, Field(ge=0, le=10)] | None = None
    """Of an award criterion: a step of its scale."""
    role: Words
    date: datetime.date
    reason: Words
    remedy_by: datetime.date | None = None
    """When the shortcoming shall be remedied, where it is not what the ladder says, counted from `date`."""


Judgements = Mapping[tuple[str, str], Judgement]
"""Judgements by respondent (see `respondent_key`) and requirement."""


class Award(Model):
    """What an award criterion is given: `points` of `most`, and its weight in per cent of the whole evaluation."""

    points: int | None
    most: int
    weight: int | None
    priority: int | None

    @property
    def weighted(self) -> float | None:
        """Give the share of the whole evaluation, in per cent; None without points or weight."""
        if self.points is None or self.weight is None:
            return None
        return self.weight * self.points / self.most


class Assessment(Model):
    """How one supplier stands with one requirement."""

    respondent: str
    """As of `respondent_key`."""
    name: str | None
    file: str
    requirement: str
    kind: Kind | None
    """None where the requirement is in the response and no longer in the selection."""
    articles: tuple[int, ...] = ()
    """Articles of the CEMR charter."""
    observed: Outcome | None
    """What the rules make of the answers; None where the requirement does not apply to the supplier."""
    why: tuple[Note, ...]
    observations: tuple[Observation, ...] = ()
    judged: Judgement | None = None
    award: Award | None = None
    ladder: str | None = None
    """What follows when the requirement is not met: a ladder of the catalogue."""
    remedy_days: int | None = None
    """The days that the ladder's first step gives, from the notice."""
    is_overdue: bool = False
    """Whether the day when a shortcoming should have been remedied has passed."""

    @property
    def outcome(self) -> Outcome | None:
        """Give the judgement where there is one, else what the rules observed."""
        return self.judged.outcome if self.judged is not None and self.judged.outcome else self.observed

    @property
    def applies(self) -> bool:
        """Say whether the requirement applies to the supplier."""
        return self.outcome is not None

    @property
    def is_deviation(self) -> bool:
        """Say whether the requirement is not met, or only partly. Something follows when a person has decided so."""
        return self.outcome in ("not-met", "partly")

    @property
    def remedy_by(self) -> datetime.date | None:
        """Give the day when a deviation shall be remedied: decided, or counted by the ladder from the decision."""
        if self.judged is None or self.judged.outcome is None or not self.is_deviation:
            return None
        if self.judged.remedy_by is not None or self.remedy_days is None:
            return self.judged.remedy_by
        return self.judged.date + datetime.timedelta(days=self.remedy_days)


def respondent_key(response: Response) -> str:
    """Give what stands for the supplier in judgements: its key, or the file where nobody is named."""
    return response.respondent.key or response.file


def assess(
    selection: Selection,
    response: Response,
    judgements: Judgements,
    today: datetime.date,
    contract_start: datetime.date | None = None,
) -> tuple[Assessment, ...]:
    """Assess a response: every clause in the order of the selection, then requirements that the selection lacks.

    A clause that does not apply to the supplier is there with `observed` None and the reason. `today` stands for the
    date of a response that has none. Without `contract_start` no time limit that is counted from it is judged.
    """
    written = min(_written(response) or today, today)
    follow_up = response.kind == FOLLOW_UP or (contract_start is not None and written >= contract_start)
    case = Case(selection, response, written, follow_up, contract_start)
    known = {clause.requirement.id for clause in selection.clauses}
    asked = dict.fromkeys(answer.question.partition(".")[0] for answer in response.answers)
    made = (_assessed(case, clause, asked, judgements, today) for clause in selection.clauses)
    return tuple(chain(made, (_unknown(case, name, judgements) for name in asked if "-" in name and name not in known)))


def problem(selection: Selection, requirement: str, outcome: str, points: str) -> Note | None:
    """Say what is wrong with a judgement as a person wrote it, or give None."""
    clause = next((clause for clause in selection.clauses if clause.requirement.id == requirement), None)
    if clause is None:
        return Note(code="assess.not-in-selection", data={"id": requirement})
    if outcome and outcome not in OUTCOMES:
        return Note(code="assess.outcome", data={"outcome": outcome[:60], "outcomes": ", ".join(OUTCOMES)})
    if not points:
        return None if outcome else Note(code="assess.empty", data={"id": requirement})
    steps = [str(step) for step in _steps(clause)]
    if not steps:
        return Note(code="assess.no-award", data={"id": requirement})
    if points.strip() not in steps:
        data = {"id": requirement, "points": points[:20], "steps": ", ".join(steps)}
        return Note(code="assess.no-step", data=data)
    return None


def judgement_of(outcome: str, points: str, role: str, date: str, reason: str, deadline: str = "") -> Judgement | None:
    """Make a judgement of the texts that a person wrote; None where they are none (see `problem`)."""
    given = {"outcome": outcome, "points": points, "role": role, "date": date, "reason": reason, "remedy_by": deadline}
    try:
        return Judgement.model_validate_strings({key: text.strip() for key, text in given.items() if text.strip()})
    except ValidationError:
        return None


def _written(response: Response) -> datetime.date | None:
    """Give the day when a form was filled in: as the respondent wrote, or else as the file says."""
    return response.respondent.date or (response.saved.date() if response.saved else None)


def _steps(clause: Clause) -> tuple[int, ...]:
    variant = clause.requirement.variant(clause.kind)
    return tuple(step.points for step in variant.scale) if isinstance(variant, AwardVariant) else ()


def _assessed(
    case: Case, clause: Clause, asked: Iterable[str], judgements: Judgements, today: datetime.date
) -> Assessment:
    requirement, who = clause.requirement, respondent_key(case.response)
    judged = judgements.get((who, requirement.id))
    ladder = requirement.consequence(clause.kind).ladder
    seen, observed, why = _looked_at(case, clause, asked)
    made = Assessment(
        respondent=who,
        name=case.response.respondent.name,
        file=case.response.file,
        requirement=requirement.id,
        kind=clause.kind,
        articles=requirement.charter_articles.articles,
        observed=observed,
        why=why,
        observations=seen,
        judged=judged,
        award=_award(clause, judged),
        ladder=ladder,
        remedy_days=case.selection.catalogue.head.ladders[ladder].remedy_days,
    )
    return made.model_copy(update={"is_overdue": made.remedy_by is not None and made.remedy_by < today})


def _looked_at(
    case: Case, clause: Clause, asked: Iterable[str]
) -> tuple[tuple[Observation, ...], Outcome | None, tuple[Note, ...]]:
    """Give what each answer shows, what they show together, and why."""
    misfit = _misfit(case, clause)
    if misfit is not None:
        return (), None, (misfit,)
    if clause.requirement.id not in asked:  # the yearly form leaves out what is settled before the contract
        is_yearly = case.response.kind == FOLLOW_UP
        return (), None if is_yearly else "cannot-be-judged", (Note(code="note.assess-no-questions"),)
    seen = tuple(observe(case, clause))
    return (seen, *_observed(case, clause, seen))


def _unknown(case: Case, identifier: str, judgements: Judgements) -> Assessment:
    """Give a requirement that the response answers and the selection no longer has."""
    who = respondent_key(case.response)
    answers = case.response.of_requirement(identifier)
    return Assessment(
        respondent=who,
        name=case.response.respondent.name,
        file=case.response.file,
        requirement=identifier,
        kind=None,
        observed="cannot-be-judged",
        why=(Note(code="note.assess-not-in-selection", data={"catalogue": case.response.catalogue}),),
        observations=tuple(
            Observation(question=a.question, typed=a.typed, value=a.value, shows="nothing") for a in answers
        ),
        judged=judgements.get((who, identifier)),
    )


def _award(clause: Clause, judged: Judgement | None) -> Award | None:
    """Give an award criterion's points; those that are no step of its scale do not count."""
    steps = _steps(clause)
    if not steps:
        return None
    points = judged.points if judged is not None and judged.points in steps else None
    return Award(points=points, most=steps[-1], weight=clause.weight, priority=clause.priority)


def _misfit(case: Case, clause: Clause) -> Note | None:
    """Say why a clause does not apply to the respondent, or give None."""
    respondent = case.response.respondent
    if clause.parts and respondent.parts and not set(clause.parts) & set(respondent.parts):
        titles = [part.title for part in case.selection.procurement.parts if part.key in clause.parts]
        data = {f"parts_{language}": ", ".join(t[language] for t in titles) for language in get_args(Language)}
        return Note(code="note.assess-part", data=data)
    rule = case.selection.headcount.get(clause.requirement.applies.headcount or "")
    size = respondent.headcount
    if rule is None or size is None or rule.at_least <= size <= (rule.at_most or size):
        return None
    return Note(code="note.assess-headcount", data={"headcount": str(size), **_range(rule)})


def _range(rule: HeadcountRule) -> dict[str, str]:
    low, high = rule.at_least, rule.at_most
    sv = f"minst {low}" if high is None else f"{low}–{high}"
    return {"range_sv": sv, "range_en": f"at least {low}" if high is None else f"{low}–{high}"}


def _observed(case: Case, clause: Clause, seen: tuple[Observation, ...]) -> tuple[Outcome | None, tuple[Note, ...]]:
    """Put together what the answers show, and say why."""
    shown = {each.shows for each in seen}
    if clause.kind == "award-criterion" and not case.is_follow_up:
        return "cannot-be-judged", (Note(code="note.assess-award"),)
    if "not-applicable" in shown:
        against = [each for each in seen if each.answered and each.shows in ("not-met", "partly", "cannot-be-judged")]
        if all(each.value == "not-applicable" for each in against):
            return None, (Note(code="note.assess-not-applicable"),)
        return "cannot-be-judged", (Note(code="note.assess-contradiction"),)
    found = worst(shown)
    if found is None:
        later_on = is_later(case, clause) and not any(each.answered for each in seen)
        return "cannot-be-judged", (Note(code="note.assess-later" if later_on else "note.assess-no-rule"),)
    return _in_time(case, clause, found, _reasons(seen, found))


def _reasons(seen: tuple[Observation, ...], found: Shown) -> tuple[Note, ...]:
    """Say which answers made the outcome what it is."""
    names = ", ".join(each.question for each in seen if each.shows == found)
    return (Note(code="note.assess-shown", data={"questions": names}),)


def _in_time(case: Case, clause: Clause, found: Shown, why: tuple[Note, ...]) -> tuple[Outcome, tuple[Note, ...]]:
    """Let no answer show a shortcoming before the clause's own time has come."""
    outcome: Outcome = found  # type: ignore[assignment]  # worst() gives outcomes only
    if outcome not in ("not-met", "partly") or _due_with_tender(clause.requirement, clause.kind):
        return outcome, why
    months = clause.months_after_start or 0
    if case.contract_start is None:
        if case.is_follow_up:
            return outcome, (*why, Note(code="note.assess-time-unknown", data=_time(months)))
        return "cannot-be-judged", (*why, Note(code="note.assess-not-due-unknown", data=_time(months)))
    due = later(case.contract_start, months)
    if case.written < due:
        return "cannot-be-judged", (*why, Note(code="note.assess-not-due", data={"date": due.isoformat()}))
    return outcome, why


def _time(months: int) -> dict[str, str]:
    if not months:
        return {"time_sv": "från avtalsstart", "time_en": "from the start of the contract"}
    sv, en = ("månad", "month") if months == 1 else ("månader", "months")
    return {"time_sv": f"{months} {sv} efter avtalsstart", "time_en": f"{months} {en} after the start of the contract"}


def _due_with_tender(requirement: Requirement, kind: Kind) -> bool:
    """Say whether a tender must meet the requirement: conditions and promises are met in the contract."""
    return requirement.follow_up.when.with_tender and kind not in ("contract-performance-condition", "award-criterion")


def misplaced(selection: Selection, judgements: Judgements) -> Iterator[tuple[tuple[str, str], Note]]:
    """Yield the judgements that cannot count, each with the reason."""
    for (who, requirement), judged in judgements.items():
        points = "" if judged.points is None else str(judged.points)
        note = problem(selection, requirement, judged.outcome or "", points)
        if note is not None:
            yield (who, requirement), note
