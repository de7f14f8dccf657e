"""What needs a person: answers that the program does not settle, and files that it could not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from procurement_equality.answers.collecting.decisions import Decision, Decisions, decision_key, who_answers
from procurement_equality.answers.collecting.file_record import FileRecord
from procurement_equality.answers.manifest import FormField, Manifest
from procurement_equality.answers.response import Answer, Note, Response, Status
from procurement_equality.catalogue.text import Language
from procurement_equality.findings import Finding
from procurement_equality.findings.words import way_out

_STATUS: Mapping[Status, str] = {
    "outside": "note.collect-outside",
    "suspect": "note.collect-suspect",
    "invalid": "note.collect-invalid",
    "conflict": "note.collect-conflict",
    "missing": "note.collect-missing",
}
"""What is said of an answer of each status that needs a person."""


class HandItem(NamedTuple):
    """Something that a person looks at. `question` is empty where it is about the file as a whole."""

    key: str
    """As of `decision_key`: the same as long as the supplier has written the same."""
    who: str
    supplier: str
    org_number: str
    file: str
    question: str
    text: str
    """The question as the form puts it."""
    typed: str
    found: tuple[Note, ...]
    field: FormField | None = None
    decision: Decision | None = None
    """What a person has decided of it, whether it counts or not."""
    earlier: Decision | None = None
    """A decision about an earlier answer to the same question."""

    @property
    def is_settled(self) -> bool:
        """Say whether a person has decided."""
        return self.decision is not None and self.decision.counts

    def words(self, language: Language) -> str:
        """Say what was found, and the way out where there is one."""
        return " ".join(filter(None, (note_words(note, language) for note in self.found)))


def response_items(
    response: Response, manifest: Manifest, decisions: Decisions, notes: Iterable[Note] = ()
) -> Iterator[HandItem]:
    """Give what needs a person in a response that counts; what has been decided is there with its decision.

    `notes` are those of others: of the whole collection, of statistics (with `question` in their data).
    """
    make = _Maker(response, manifest, decisions)
    if response.respondent.key is None:
        yield make.of_note(Note(code="note.collect-no-supplier"))
    for note in (*response.notes, *_left_out(response, manifest), *notes):
        yield make.of_note(note)
    unanswered = dict.fromkeys(response.unanswered(manifest))
    for answer in response.answers:
        found = _found(answer, answer.question in unanswered)
        if found:
            yield make.of_answer(answer, found)
    for question in unanswered:
        if question not in response.by_question:
            yield make.of_question(question, "", (Note(code="note.collect-unanswered"),))


def file_item(record: FileRecord, decisions: Decisions) -> HandItem:
    """Give the item of a file that could not be read."""
    key = decision_key("answer", record.file, "", record.sha256 or "")
    return HandItem(key, record.file, "", "", record.file, "", "", "", record.findings, decision=decisions.of(key))


def unsettled(items: Iterable[HandItem]) -> Iterator[HandItem]:
    """Give the items that nobody has decided yet."""
    return (item for item in items if not item.is_settled)


class _Maker(NamedTuple):
    """Makes items of one response."""

    response: Response
    manifest: Manifest
    decisions: Decisions

    def of_answer(self, answer: Answer, found: tuple[Note, ...]) -> HandItem:
        return self.of_question(answer.question, answer.typed, found)

    def of_note(self, note: Note) -> HandItem:
        made = self.of_question(note.data.get("question", ""), note.model_dump_json(), (note,))
        return made._replace(typed="", earlier=None)

    def of_question(self, question: str, typed: str, found: tuple[Note, ...]) -> HandItem:
        who = who_answers(self.response)
        key = decision_key("answer", who, question, typed)
        field = self.manifest.fields.get(question)
        respondent = self.response.respondent
        return HandItem(
            key,
            who,
            respondent.name or "",
            respondent.org_number or "",
            self.response.file,
            question,
            field.text if field is not None else "",
            typed,
            found,
            field,
            self.decisions.of(key),
            self.decisions.about_earlier("answer", who, question, key) if question else None,
        )


def _left_out(response: Response, manifest: Manifest) -> Iterator[Note]:
    """Say what the form left out though it concerns a supplier of the size and the parts that was answered."""
    lacking = ", ".join(manifest.lacks(response.respondent.headcount, response.respondent.parts))
    if lacking:
        yield Note(code="note.collect-left-out", data={"questions": lacking})


def _found(answer: Answer, unanswered: bool) -> tuple[Note, ...]:
    """Say why an answer needs a person; nothing where it does not."""
    if unanswered:
        return (Note(code="note.collect-unanswered"), *answer.notes)
    if not answer.needs_a_person:
        return ()
    return (Note(code=_STATUS[answer.status]), *answer.notes)


def note_words(note: Note, language: Language) -> str:
    """Say a note, and the way out where it has one."""
    said = note.words(language)
    if note.code.startswith("note."):
        return said
    return f"{said} {way_out(Finding(note.code, data=note.data), language)}"
