"""What a supplier's answers show of a requirement: rules of the catalogue, applied. Nothing is decided here."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from procurement_equality.answers.assessment.limits import Number, date_state, number_state, share_state
from procurement_equality.answers.manifest import FormColumn, FormRow, FormTable
from procurement_equality.answers.response import Answer, Note, Response, Value
from procurement_equality.answers.statistics.table_reading import CellRead, Layout, TableRead, read_table
from procurement_equality.catalogue.limit import STATES, Limit, Shown
from procurement_equality.catalogue.model import Table
from procurement_equality.catalogue.references import PLACEHOLDER
from procurement_equality.catalogue.requirement import IntegerParameter, Question
from procurement_equality.catalogue.text import Model
from procurement_equality.procurement.model import Choice
from procurement_equality.procurement.selection import Clause, Selection

WORST_FIRST: tuple[Shown, ...] = ("not-met", "cannot-be-judged", "partly", "met")
"""How several answers are put together: the first of these that any of them shows."""


class Observation(Model):
    """What an answer shows by the catalogue's rules, and why. `answered` is False where nothing was written."""

    question: str
    typed: str = ""
    value: Value = None
    answered: bool = True
    shows: Shown
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A response held against a selection: when it was written, and whether it is about how the contract has gone."""

    selection: Selection
    response: Response
    written: datetime.date
    is_follow_up: bool
    contract_start: datetime.date | None


def observe(case: Case, clause: Clause) -> Iterator[Observation]:
    """Give what the answers to each question of a clause show; questions for another headcount are left out."""
    for question in clause.requirement.questions:
        rule = case.selection.headcount.get(question.headcount or "")
        size = case.response.respondent.headcount
        if rule is None or size is None or rule.at_least <= size <= (rule.at_most or size):
            seen = _table if question.type == "table" else _answer
            yield seen(case, clause, question)


def is_later(case: Case, clause: Clause) -> bool:
    """Say whether the clause is about a time after the start of the contract, so that a tender need not answer."""
    return clause.kind == "contract-performance-condition" and not case.is_follow_up


def worst(shown: set[Shown]) -> Shown | None:
    """Give the worst outcome that is shown, or None where none is."""
    return next((outcome for outcome in WORST_FIRST if outcome in shown), None)


def _answer(case: Case, clause: Clause, question: Question) -> Observation:
    name = f"{clause.requirement.id}.{question.key}"
    required = question.required and not is_later(case, clause)
    answer = case.response.by_question.get(name)
    if answer is None:
        return _without(name, "note.assess-not-asked", counts=required)
    seen = Observation(question=name, typed=answer.typed, value=answer.value, shows="nothing")
    if answer.status == "missing":
        return _without(name, "note.assess-field-gone", counts=required)
    if answer.needs_a_person:
        shows: Shown = "cannot-be-judged" if required or _judges(case, question) else "nothing"
        return seen.model_copy(update={"shows": shows, "notes": (Note(code="note.assess-look"),)})
    if question.type == "declaration":
        return _declaration(case, question, seen, required=required)
    if answer.value is None:
        if not answer.typed.strip() and not answer.notes:
            return _without(name, "note.assess-unanswered", counts=required)
        return _unread(seen, counts=required and question.limit is not None)
    shows, notes = _shown(case, clause, question, answer)
    return seen.model_copy(update={"shows": shows, "notes": notes})


def _without(name: str, code: str, *, counts: bool) -> Observation:
    """Give what a question without an answer shows: that a person must look, if it had to be answered by now."""
    shows: Shown = "cannot-be-judged" if counts else "nothing"
    return Observation(question=name, answered=False, shows=shows, notes=(Note(code=code),))


def _unread(seen: Observation, *, counts: bool) -> Observation:
    """Give what a number that the supplier hides shows, since it cannot be held against the clause."""
    shows: Shown = "cannot-be-judged" if counts else "nothing"
    return seen.model_copy(update={"shows": shows, "notes": (Note(code="note.assess-hidden"),)})


def _judges(case: Case, question: Question) -> bool:
    """Say whether any answer to a question shows something of the requirement."""
    shown = case.selection.catalogue.assessment.shown
    return any(shown(question, state) != "nothing" for state in question.states)


def _declaration(case: Case, question: Question, seen: Observation, *, required: bool) -> Observation:
    rules = case.selection.catalogue.assessment
    if seen.value is True:
        return seen.model_copy(update={"shows": rules.shown(question, "ticked")})
    shows = rules.shown(question, "unticked") if required or "unticked" in question.shows else "nothing"
    return seen.model_copy(
        update={"answered": False, "shows": shows, "notes": (Note(code="note.assess-not-declared"),)}
    )


def _shown(case: Case, clause: Clause, question: Question, answer: Answer) -> tuple[Shown, tuple[Note, ...]]:
    """Give what an answer that could be read shows."""
    rules = case.selection.catalogue.assessment
    if question.limit is not None:
        state, notes = _held(case, clause, question, question.limit, answer.value)
        if state == "unknown":
            return "cannot-be-judged", notes
        return (rules.shown(question, state) if state else "nothing"), notes
    value = {True: "yes", False: "no"}.get(answer.value) if isinstance(answer.value, bool) else answer.value
    if question.type not in STATES and question.type != "choice":
        return "nothing", ()
    if value not in question.states:
        return "cannot-be-judged", (Note(code="note.assess-unknown-answer", data={"answer": str(value)[:60]}),)
    return rules.shown(question, str(value)), ()


# --- the limits that clauses have --------------------------------------------------------------------------------


def _held(
    case: Case, clause: Clause, question: Question, limit: Limit, value: Value
) -> tuple[str | None, tuple[Note, ...]]:
    """Give the state of an answer that is held against a limit; None where the clause has no such limit."""
    key, _ = limit.bound
    bound = _bound(case, clause, limit)
    if bound is None:
        return None, ()
    if question.type == "date":
        return date_state(key, bound, str(value), case.written, case.contract_start)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "unknown", (Note(code="note.assess-unknown-answer", data={"answer": str(value)[:60]}),)
    other: Number | None = None
    if isinstance(bound, str):
        other = _number(case.response.by_question.get(f"{clause.requirement.id}.{bound}"))
        if other is None:
            return "unknown", (Note(code="note.assess-other-unknown", data={"other": bound}),)
    return number_state(key, bound if other is None else other, value, question.type)


def _bound(case: Case, clause: Clause, limit: Limit) -> int | str | None:
    """Give a limit's number, or the key of the question that has it; None where the clause has no such limit."""
    key, value = limit.bound
    if limit.kinds and clause.kind not in limit.kinds:
        return None
    if isinstance(value, int) or key in ("all_of", "reaches"):
        return value
    variant, parameter = clause.requirement.variant(clause.kind), clause.requirement.parameters[value]
    if variant is None or value not in PLACEHOLDER.findall(variant.text.sv):
        return None
    choice = case.selection.procurement.requirements.get(clause.requirement.id, Choice())
    default = parameter.default if isinstance(parameter, IntegerParameter) else None
    given = choice.parameters.get(value, default)
    return given if isinstance(given, int) else None


def _number(answer: Answer | None) -> Number | None:
    """Give the number of an answer that may be used."""
    if answer is None or answer.needs_a_person or isinstance(answer.value, bool):
        return None
    return answer.value if isinstance(answer.value, (int, float)) else None


# --- tables ------------------------------------------------------------------------------------------------------


def _table(case: Case, clause: Clause, question: Question) -> Observation:
    """Give what a table shows: whether it is filled in, agrees with itself, and keeps the clause's limit."""
    name, table = f"{clause.requirement.id}.{question.key}", case.selection.catalogue.tables[str(question.table)]
    required = question.required and not is_later(case, clause)
    layout = Layout.of(_as_asked(table, name))
    if not any(cell in case.response.by_question for _, cell in layout.names):
        return _without(name, "note.assess-not-asked", counts=required)
    read = read_table(layout, case.response.by_question, {})
    if not read.answered:
        return _without(name, "note.assess-unanswered", counts=required)
    states = {cell[0] for cell in read.cells.values()}
    state = "disagrees" if "waiting" in states else "incomplete" if "blank" in states else "complete"
    codes = {"disagrees": "note.assess-table-disagrees", "incomplete": "note.assess-table-incomplete"}
    notes = (*((Note(code=codes[state]),) if state in codes else ()), *read.notes)
    shown = {case.selection.catalogue.assessment.shown(question, state)}
    if question.limit is not None:
        limited, more = _table_limit(case, clause, question, question.limit, read)
        shown, notes = {*shown, limited}, (*notes, *more)
    return Observation(question=name, shows=worst(shown) or "nothing", notes=notes)


def _table_limit(
    case: Case, clause: Clause, question: Question, limit: Limit, read: TableRead
) -> tuple[Shown, tuple[Note, ...]]:
    """Give what one cell's share of another shows."""
    bound = _bound(case, clause, limit)
    if not isinstance(bound, int) or limit.share is None:
        return "nothing", ()
    part, whole = (_cell(read, name) for name in limit.share.split(" of "))
    if part[0] != "given" or whole[0] != "given" or not whole[1]:
        return "cannot-be-judged", (Note(code="note.assess-share-unknown"),)
    state, notes = share_state(limit.bound[0], bound, part[1], whole[1])
    return case.selection.catalogue.assessment.shown(question, state), notes


def _cell(read: TableRead, name: str) -> CellRead:
    row, _, column = name.partition(".")
    return read.cells.get((row, column), ("waiting", 0))


def _as_asked(table: Table, name: str) -> FormTable:
    """Give a table of the catalogue as a form asks for it, under the name of its question."""
    rows = [
        FormRow(key=r.key, label=r.label.sv, unit=r.unit.sv if r.unit else None, sum_of=r.sum_of, at_most=r.at_most)
        for r in table.rows
    ]
    rows += [FormRow(key=f"spare{number}", label=None) for number in range(1, table.spare_rows + 1)]
    columns = [
        FormColumn(key=c.key, label=c.label.sv, type=c.type, sum_of=c.sum_of, at_most=c.at_most) for c in table.columns
    ]
    return FormTable(
        type="table",
        name=name,
        text=table.title.sv,
        table=table.id,
        title=table.title.sv,
        unit=table.unit.sv,
        period=table.period.sv,
        definition=table.definition.sv,
        row_heading=table.row_heading.sv,
        small_numbers=table.small_numbers,
        own_row="",
        rows=tuple(rows),
        columns=tuple(columns),
    )
