"""Persons' judgements, from decisions to what the assessment takes. A judgement is about the answers it was made on."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.answers.assessment.assessment import Judgement, judgement_of, problem
from procurement_equality.answers.collecting.decisions import Decision, Decisions, Written, decision_key, who_answers
from procurement_equality.answers.response import Note, Response
from procurement_equality.catalogue.limit import Outcome
from procurement_equality.catalogue.text import Language
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.selection import Selection

_OUTCOMES: Mapping[Outcome, str] = {
    "met": "note.collect-met",
    "partly": "note.collect-partly",
    "not-met": "note.collect-not-met",
    "cannot-be-judged": "note.collect-cannot-be-judged",
}


def outcome_word(outcome: Outcome, language: Language) -> str:
    """Give what an outcome is called in a workbook."""
    return sentence(_OUTCOMES[outcome], language)


def outcome_words(language: Language) -> tuple[str, ...]:
    """Give what a person chooses between."""
    return tuple(outcome_word(outcome, language) for outcome in _OUTCOMES)


def outcome_code(text: str) -> str:
    """Give the code of an outcome that is written as a word of either language; any other text as it is."""
    wanted = " ".join(text.split()).casefold()
    codes = {sentence(code, language): outcome for outcome, code in _OUTCOMES.items() for language in ("sv", "en")}
    return {word.casefold(): str(outcome) for word, outcome in codes.items()}.get(wanted, text)


def judgement_problem(row: Written, selection: Selection | None) -> Note | None:
    """Say what is wrong with a judgement as a person wrote it; without a selection only its form is looked at."""
    outcome = outcome_code(row.value)
    if selection is not None and (note := problem(selection, row.about, outcome, row.points)) is not None:
        return note
    if judgement_of(outcome, row.points, row.role, row.date or "2000-01-01", row.reason, row.deadline) is None:
        return Note(code="collect.judgement", data={"outcome": row.value[:60], "points": row.points[:20]})
    return None


def observed(response: Response, requirement: str) -> str:
    """Give what a judgement is about: everything that was written about the requirement."""
    return "\n".join(f"{answer.question}={answer.typed}" for answer in response.of_requirement(requirement))


def judgements(response: Response, decisions: Decisions) -> dict[tuple[str, str], Judgement]:
    """Give the judgements of a response that count, by respondent and requirement."""
    who = who_answers(response)
    found: dict[tuple[str, str], Judgement] = {}
    for requirement in dict.fromkeys(answer.question.partition(".")[0] for answer in response.answers):
        decision = decisions.in_force(decision_key("judgement", who, requirement, observed(response, requirement)))
        judgement = _judgement_in(decision) if decision is not None else None
        if judgement is not None:
            found[who, requirement] = judgement
    return found


def _judgement_in(decision: Decision) -> Judgement | None:
    outcome = outcome_code(decision.value)
    return judgement_of(outcome, decision.points, decision.role, decision.date, decision.reason, decision.deadline)
