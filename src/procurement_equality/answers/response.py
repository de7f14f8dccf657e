"""A response: who answered which form, and each answer with how it was found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from procurement_equality.answers.manifest import FieldType, Manifest
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.findings.words import sentence

Status = Literal["ok", "empty", "recovered", "outside", "suspect", "invalid", "conflict", "missing"]
"""How it went with an answer. Only `ok` and `empty` pass in silence."""

Source = Literal["tag", "id", "alias", "bookmark", "visible-id", "json"]
"""What an answer was found by."""

Value = bool | int | float | str | None
"""An answer as read: a date as `YYYY-MM-DD`, a choice as its value, a number as int or float, else the text."""

SILENT: frozenset[Status] = frozenset({"ok", "empty"})
"""Statuses that need no word."""

SETTLED: frozenset[Status] = frozenset({"ok", "empty", "recovered"})
"""Statuses whose value may be used before a person has looked at the answer; a recovered one is still told of."""


class Note(Model):
    """Something to know of an answer or a file: a code of `messages/` and what its words need."""

    code: str
    data: Mapping[str, str] = {}

    def words(self, language: Language) -> str:
        """Say it."""
        return sentence(self.code, language, **self.data)


class Answer(Model):
    """One answer: `typed` as it stood in the form, `value` as it was read, and `source`, what it was found by."""

    question: str
    type: FieldType
    status: Status
    typed: str = ""
    value: Value = None
    source: Source | None = None
    notes: tuple[Note, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Say whether someone must look at the answer before it counts."""
        return self.status not in SETTLED


class Respondent(Model):
    """Who answered, as far as the form says: `org_number` as ten digits with a hyphen where it is a valid one."""

    name: str | None = None
    org_number: str | None = None
    contact_role: str | None = None
    contact: str | None = None
    headcount: int | None = None
    date: datetime.date | None = None
    """The date that the respondent wrote."""
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """Give what tells respondents apart: the organisation number, or else the name."""
        return self.org_number or (self.name.casefold() if self.name else None)


class EvidenceReference(Model):
    """What a supplier refers to as evidence: the number or file name of an attachment."""

    question: str
    reference: str


class Response(Model):
    """A filled form as data. The form's own manifest goes with it, so that it can be understood alone."""

    version: Literal[1] = 1
    file: str
    """Name of the file that it was read from."""
    sha256: str
    saved: datetime.datetime | None = None
    """When the file says that it was last saved."""
    form: str
    kind: str
    language: Language
    reference: str
    catalogue: str
    catalogue_digest: str
    selection_digest: str
    manifest_digest: str
    respondent: Respondent
    answers: tuple[Answer, ...]
    """Every field of the form, in its order."""
    evidence: tuple[EvidenceReference, ...] = ()
    notes: tuple[Note, ...] = ()
    """What is worth knowing of the file as a whole: text that belongs to no answer, links to templates."""

    @cached_property
    def by_question(self) -> Mapping[str, Answer]:
        """Give the answers by their question."""
        return {answer.question: answer for answer in self.answers}

    def of_requirement(self, identifier: str) -> Iterator[Answer]:
        """Give the answers that belong to a requirement."""
        return (answer for answer in self.answers if answer.question.partition(".")[0] == identifier)

    def unanswered(self, manifest: Manifest) -> Iterator[str]:
        """Give the questions that had to be answered by now, by one of this size, and were not."""
        for name, field in manifest.fields.items():
            answer = self.by_question.get(name)
            asked = field.required and not field.later and field.applies_to(self.respondent.headcount)
            if asked and (answer is None or answer.status == "empty"):
                yield name
