"""What persons decide: about an answer that the program does not settle, or about whether a requirement is met.

Decisions are kept in `decisions.jsonl`, which is only added to. One that is changed or taken back is a new line, so
that it can be seen who decided what, and when. A decision is about what was written: another answer asks anew.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from procurement_equality.answers.manifest import FormField
from procurement_equality.answers.reading.values import read
from procurement_equality.answers.response import Answer, Note, Response, Status, Value
from procurement_equality.catalogue.text import Model
from procurement_equality.findings import Finding, OutputError

Subject = Literal["answer", "judgement"]
"""An answer (or a file), or whether a supplier meets a requirement."""


_TICKS: Mapping[str, bool] = {"ja": True, "yes": True, "nej": False, "no": False}

_TAKES: Mapping[str, str] = {
    "yes-no": "note.collect-takes-option",
    "yes-no-partly": "note.collect-takes-option",
    "choice": "note.collect-takes-option",
    "number": "note.collect-takes-number",
    "per-cent": "note.collect-takes-number",
    "kronor": "note.collect-takes-number",
    "date": "note.collect-takes-date",
    "checkbox": "note.collect-takes-tick",
    "declaration": "note.collect-takes-tick",
}


class Decision(Model):
    """What a person has decided. Everything is as the person wrote it; `problem` says why it does not count."""

    version: Literal[1] = 1
    number: int
    subject: Subject
    key: str
    """Stands for who, about what, and what was written then: see `decision_key`."""
    who: str
    """The respondent's key, or the file of one who is not known."""
    about: str
    """The question, or the requirement."""
    typed: str = ""
    """What was written when it was decided."""
    value: str = ""
    """The value that shall count (of a judgement: the outcome)."""
    read: Value = None
    """The value of an answer, as the program reads what the person wrote."""
    points: str = ""
    deadline: str = ""
    role: str = ""
    date: str = ""
    reason: str = ""
    withdrawn: bool = False
    source: str
    """Where it was written: `collection.xlsx!Att kontrollera!K5`, or `decide`."""
    recorded: datetime.datetime
    problem: Note | None = None

    @property
    def counts(self) -> bool:
        """Say whether it is in force."""
        return self.problem is None and not self.withdrawn

    @property
    def says(self) -> tuple[str, ...]:
        """Give what stands in the workbook's columns."""
        return ("",) * 6 if self.withdrawn else _columns(self)


class Written(Model):
    """What a person has written in a row of a workbook, or to the command `decide`."""

    subject: Subject
    key: str
    who: str
    about: str
    typed: str = ""
    value: str = ""
    points: str = ""
    deadline: str = ""
    role: str = ""
    date: str = ""
    reason: str = ""
    based_on: int | None = None
    """The number of the decision that stood in the row when the workbook was made."""
    source: str

    @property
    def says(self) -> tuple[str, ...]:
        """Give what stands in the workbook's columns."""
        return _columns(self)


class Decisions:
    """All decisions, by key. The last line about a key is the one that holds."""

    def __init__(self, listed: Iterable[Decision] = ()) -> None:
        self._by_key: dict[str, Decision] = {}
        self._by_question: dict[tuple[Subject, str, str], Decision] = {}
        self._numbered: dict[int, Decision] = {}
        self.last = 0
        for decision in listed:
            self.add(decision)

    def add(self, decision: Decision) -> None:
        """Put a decision last."""
        self._by_key[decision.key] = self._numbered[decision.number] = decision
        self._by_question[decision.subject, decision.who, decision.about] = decision
        self.last = max(self.last, decision.number)

    def of(self, key: str) -> Decision | None:
        """Give the last decision about a key, whether it counts or not."""
        return self._by_key.get(key)

    def numbered(self, number: int | None) -> Decision | None:
        """Give a decision by its number."""
        return self._numbered.get(number) if number is not None else None

    def in_force(self, key: str) -> Decision | None:
        """Give the decision about a key that counts."""
        decision = self._by_key.get(key)
        return decision if decision is not None and decision.counts else None

    def of_answer(self, who: str, answer: Answer) -> Decision | None:
        """Give the decision about an answer that counts."""
        return self.in_force(decision_key("answer", who, answer.question, answer.typed)) if self._by_key else None

    def about_earlier(self, subject: Subject, who: str, about: str, key: str) -> Decision | None:
        """Give a decision that was about an earlier answer to the same question."""
        decision = self._by_question.get((subject, who, about))
        return decision if decision is not None and decision.key != key and decision.counts else None

    def with_problems(self) -> list[Decision]:
        """Give those that cannot count as they are written."""
        return [decision for decision in self._by_key.values() if decision.problem is not None]

    def __len__(self) -> int:
        """Give the number of keys that something is decided about."""
        return sum(decision.counts for decision in self._by_key.values())


def decision_key(subject: Subject, who: str, about: str, typed: str) -> str:
    """Give 16 hexadecimal digits for who, about what, and what was written."""
    return hashlib.sha256("\0".join((subject, who, about, typed)).encode()).hexdigest()[:16]


def who_answers(response: Response) -> str:
    """Give what stands for the supplier in decisions: its key, or the file where nobody is named."""
    return response.respondent.key or response.file


def read_decisions(path: Path) -> Decisions:
    """Read `decisions.jsonl`; no file means no decisions. Raises `OutputError` with every line that is damaged."""
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError([Finding("file.unreadable", str(path), data={"reason": reason})]) from None
    decisions, damaged = Decisions(), []
    for number, line in enumerate(lines, 1):
        try:
            decisions.add(Decision.model_validate_json(line))
        except ValidationError:
            damaged.append(Finding("file.decisions-damaged", str(path), number))
    if damaged:
        raise OutputError(damaged)
    return decisions


class Rules(NamedTuple):
    """What decisions are checked against: the field of each question, and what is wrong with a judgement."""

    fields: Mapping[str, FormField] = {}
    judgement: Callable[[Written], Note | None] = lambda _: None


def new_decisions(
    written: Iterable[Written], decisions: Decisions, rules: Rules, now: datetime.datetime
) -> list[Decision]:
    """Give what persons have written since last time, as decisions to add.

    A row that is as it was when the workbook was made says nothing, even if someone has decided with `decide` since.
    """
    found: list[Decision] = []
    for row in written:
        base, last = decisions.numbered(row.based_on), decisions.of(row.key)
        if any(_same(row.says, before.says if before is not None else ("",) * 6) for before in (base, last)):
            continue
        found.append(_decided(row, decisions.last + len(found) + 1, rules, now))
    return found


def _decided(row: Written, number: int, rules: Rules, now: datetime.datetime) -> Decision:
    """Make a decision of what a person wrote, with what is wrong with it."""
    told = row.model_dump(exclude={"based_on"})
    if not any(row.says):
        return Decision(**told, number=number, recorded=now, withdrawn=True)
    value, problem = None, _problem(row)
    if problem is None and row.subject == "judgement":
        problem = rules.judgement(row)
    elif problem is None and row.value:
        value, problem = _value(row, rules.fields.get(row.about))
    if problem is None:
        told["date"] = row.date or now.date().isoformat()
    return Decision(**told, number=number, recorded=now, read=value, problem=problem)


def _problem(row: Written) -> Note | None:
    """Say what a decision lacks, whatever it is about."""
    if not row.role:
        return Note(code="collect.decision-no-role")
    if not row.reason:
        return Note(code="collect.decision-no-reason")
    for text in (row.date, row.deadline):
        if text and not _is_date(text):
            return Note(code="collect.decision-date", data={"date": text[:60]})
    return None


def _value(row: Written, field: FormField | None) -> tuple[Value, Note | None]:
    """Read the decided value as an answer to the question would be read."""
    if field is None:
        return row.value, None
    if field.type in ("checkbox", "declaration") and row.value.casefold() in _TICKS:
        return _TICKS[row.value.casefold()], None
    if row.value in field.options:
        return row.value, None
    answer = read(field, row.value)
    if answer.problem is None:
        return answer.value, None
    takes = Note(
        code=_TAKES.get(field.type, "note.collect-takes-text"), data={"options": ", ".join(field.options.values())}
    )
    data = {"value": row.value[:60], "takes_sv": takes.words("sv"), "takes_en": takes.words("en")}
    return None, Note(code="collect.decision-value", data=data)


def _columns(row: Decision | Written) -> tuple[str, ...]:
    return (row.value, row.points, row.deadline, row.role, row.date, row.reason)


def _same(written: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Say whether a row is as it was. A date that was left out may have been filled in since."""
    at = 4
    filled_in = any(written) and not written[at] and _is_date(before[at])
    dates = filled_in or written[at] == before[at]
    return dates and written[:at] + written[at + 1 :] == before[:at] + before[at + 1 :]


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def decided_values(response: Response, decisions: Decisions) -> dict[str, Value]:
    """Give what persons have decided of a response's answers, by question; None for one that is to be left out."""
    who = who_answers(response)
    found = ((answer.question, decisions.of_answer(who, answer)) for answer in response.answers)
    return {question: decision.read for question, decision in found if decision is not None}


def with_decisions(response: Response, decisions: Decisions) -> Response:
    """Give a response in which what persons have decided counts: the value is theirs, `typed` is the supplier's.

    An answer that was decided to have no value becomes `empty`.
    """
    who = who_answers(response)
    answers = tuple(_with_decision(answer, who, decisions) for answer in response.answers)
    return response if answers == response.answers else response.model_copy(update={"answers": answers})


def _with_decision(answer: Answer, who: str, decisions: Decisions) -> Answer:
    decision = decisions.of_answer(who, answer)
    if decision is None:
        return answer
    note = Note(code="note.collect-decided", data={"role": decision.role, "date": decision.date})
    status: Status = "ok" if decision.value else "empty"
    return answer.model_copy(update={"value": decision.read, "status": status, "notes": (*answer.notes, note)})
