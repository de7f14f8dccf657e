"""Answers and files as typed columns, for Parquet: what DuckDB, Polars and Dask ask."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from procurement_equality.answers.collecting.decisions import Decisions, who_answers
from procurement_equality.answers.collecting.file_record import FileRecord
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Answer, Response
from procurement_equality.exchange.cells import Cell

ANSWER_TYPES: Mapping[str, str] = {
    "file": "string", "sha256": "string", "supplier": "string", "org_number": "string",
    "reference": "string", "form": "string", "kind": "string", "year": "int64", "catalogue": "string",
    "requirement": "string", "question": "string", "text": "string", "type": "string", "status": "string",
    "typed": "string", "value": "string", "number": "float64", "yes": "bool_", "date": "date32", "source": "string",
    "notes": "string", "decided": "bool_", "decided_value": "string", "decided_by": "string",
    "decided_on": "date32", "decision_reason": "string",
}  # fmt: skip
"""The columns of `answers-*.parquet`, with their types.

`value` is the answer as read, as text; `number`, `yes` and `date` hold it where it is one. `notes` are codes.
"""

FILE_TYPES: Mapping[str, str] = {
    "file": "string", "size": "int64", "modified": "int64", "sha256": "string", "outcome": "string",
    "findings": "string", "supplier": "string", "org_number": "string", "reference": "string", "kind": "string",
    "saved": "string", "answers": "int64", "to_check": "int64",
}  # fmt: skip
"""The columns of `files-*.parquet`: every file, whether it could be read or not."""

_NOBODY = Decisions()


def answer_columns(
    response: Response, manifest: Manifest, decisions: Decisions = _NOBODY
) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each answer, as `ANSWER_TYPES`."""
    who, respondent = who_answers(response), response.respondent
    head = (response.file, response.sha256, respondent.name, respondent.org_number)
    form = (response.reference, response.form, response.kind, manifest.year, response.catalogue)
    for answer in response.answers:
        decision = decisions.of_answer(who, answer)
        decided: tuple[Cell, ...] = (False, None, None, None, None)
        if decision is not None:
            value = None if decision.read is None else str(decision.read)
            decided = (True, value, decision.role, day(decision.date), decision.reason)
        yield (*head, *form, *_answer(answer, manifest), *decided)


def file_columns(record: FileRecord) -> tuple[Cell, ...]:
    """Give the row of a file, as `FILE_TYPES`."""
    modified = None if record.modified is None else max(-(2**63), min(record.modified, 2**63 - 1))
    head = (record.file, record.size, modified, record.sha256, record.outcome)
    codes = " ".join(note.code for note in record.findings)
    response = record.response
    if response is None:
        return (*head, codes, None, None, None, None, None, 0, 0)
    who = (response.respondent.name, response.respondent.org_number, response.reference, response.kind)
    saved = response.saved.isoformat() if response.saved is not None else None
    to_check = sum(answer.needs_a_person for answer in response.answers)
    return (*head, codes, *who, saved, len(response.answers), to_check)


def day(text: str) -> datetime.date | None:
    """Give the date that a text is, or None."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _answer(answer: Answer, manifest: Manifest) -> tuple[Cell, ...]:
    value, field = answer.value, manifest.fields.get(answer.question)
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    date = day(value) if answer.type == "date" and isinstance(value, str) else None
    return (
        answer.question.partition(".")[0],
        answer.question,
        field.text if field is not None else None,
        answer.type,
        answer.status,
        answer.typed,
        None if value is None else str(value),
        number,
        value if isinstance(value, bool) else None,
        date,
        answer.source,
        " ".join(note.code for note in answer.notes),
    )
