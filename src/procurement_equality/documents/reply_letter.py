"""The letter that asks one supplier for what is missing or unclear in its form. It judges nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from procurement_equality.answers.assessment.assessment import FOLLOW_UP
from procurement_equality.answers.collecting.hand_list import HandItem
from procurement_equality.answers.follow_up import FollowUp, Respondent
from procurement_equality.answers.response import Note
from procurement_equality.catalogue.text import Language
from procurement_equality.documents import templates
from procurement_equality.documents.compose import follow_up_document
from procurement_equality.documents.document import Document
from procurement_equality.documents.form import View
from procurement_equality.documents.legal_grounds import CLARIFICATION, ground, principles
from procurement_equality.documents.numbers import day, number
from procurement_equality.documents.quoting import file_name, quoted
from procurement_equality.procurement.selection import Selection
from procurement_equality.resources import bundled

_ACTIONS: Mapping[str, str] = {
    "note.collect-missing": "do_missing",
    "note.collect-outside": "do_outside",
    "note.collect-suspect": "do_suspect",
    "note.collect-conflict": "do_conflict",
    "note.collect-no-supplier": "do_no_supplier",
    "note.collect-older": "do_older",
    "note.collect-left-out": "do_left_out",
    "note.loose-text": "do_loose_text",
    "note.more-loose-text": "do_loose_text",
    "note.unknown-control": "do_loose_text",
    "note.footer-differs": "do_own_form",
    "note.manifest-from-footer": "do_own_file",
    "note.recovered": "do_own_file",
    "note.statistics-sum": "do_agree",
    "note.statistics-at-most": "do_agree",
    "note.statistics-filled": "do_filled",
    "note.statistics-unnamed-row": "do_name_row",
}
"""What the supplier shall do about each thing that was found, as keys of the word list; the others depend on what the
question takes."""

_TICKS = ("declaration", "checkbox")
"""The fields whose typed text is the sign of a box."""

_NAME = re.compile(r"[^a-z]+")


def compose_reply_letters(
    follow_up: FollowUp, language: Language, reply_by: datetime.date | None = None
) -> Iterator[tuple[Respondent, Document]]:
    """Give a letter to each supplier whose form lacks something, or is unclear, where no person has decided.

    A supplier gets one letter for each kind of form (self-assessment, annual follow-up), whatever number of files it
    has sent. `reply_by` is the last day to reply. Raises `TemplateError`.
    """
    path = bundled("templates") / templates.LETTER
    words = templates.words(path, language)
    offer = follow_up.selection.rules.offer_term[language]
    documents = follow_up.selection.rules.documents_term[language]
    words = {key: text.replace("{offer}", offer).replace("{documents}", documents) for key, text in words.items()}
    by_file: dict[str, list[HandItem]] = {}
    for item in follow_up.items:
        by_file.setdefault(item.file, []).append(item)
    for respondents in _together(follow_up.respondents):
        forms = [(each.file, by_file[each.file]) for each in respondents if each.file in by_file]
        if forms:
            view = _Letter(follow_up, language, words).view(respondents[0], forms, reply_by)
            yield respondents[0], follow_up_document(path, language, view, words, follow_up)


def _together(respondents: Sequence[Respondent]) -> Iterator[list[Respondent]]:
    """Give the forms of one kind from one supplier together, in the order of the first."""
    found: dict[tuple[str, bool], list[Respondent]] = {}
    for each in respondents:
        found.setdefault((each.key, each.kind == FOLLOW_UP), []).append(each)
    return iter(found.values())


class _Letter:
    """What a letter says, in one language. It is given the items of one supplier, and nothing of any other."""

    def __init__(self, follow_up: FollowUp, language: Language, words: Mapping[str, str]) -> None:
        self._selection = follow_up.selection
        self._date = follow_up.date
        self._year = follow_up.statistics.year
        self._language = language
        self._words = words
        self._questions = _Questions(follow_up.selection, language)

    def view(
        self, respondent: Respondent, forms: Sequence[tuple[str, Sequence[HandItem]]], reply_by: datetime.date | None
    ) -> View:
        """Give everything that the template may say."""
        selection, language = self._selection, self._language
        procurement, count = selection.procurement, sum(len(items) for _, items in forms)
        return {
            "t": self._words,
            "language": language,
            "procurement": {
                "title": procurement.title[language],
                "reference": procurement.reference,
                "authority": procurement.authority.name,
                "choice_system": selection.regime == "LOV",
            },
            "supplier": {"name": quoted(respondent.name), "org_number": respondent.org_number},
            "date": day(self._date, language),
            "reply_by": day(reply_by, language),
            "is_follow_up": respondent.kind == FOLLOW_UP,
            "year": self._year,
            "clarification": ground(CLARIFICATION, selection, language),
            "principles": principles(selection, language),
            "number": number(count, language),
            "count": count,
            "forms": [{"file": file_name(file), "points": list(self._points(items))} for file, items in forms],
        }

    def _points(self, items: Sequence[HandItem]) -> Iterator[View]:
        """Give a row for each item; cells of a table that lack the same thing share one."""
        for key, group in groupby(items, key=self._sharing):
            listed = list(group)
            cells = [{"id": each.question, "text": each.text} for each in listed] if isinstance(key, tuple) else []
            yield {**self._row(listed[0], in_table=bool(cells)), "cells": cells}

    def _sharing(self, item: HandItem) -> tuple[str, ...] | int:
        """Give what cells share a row by; anything else is like no other."""
        if item.question.count(".") < 3:
            return id(item)
        return (_table(item.question), item.typed, self._found(item), self._to_do(item))

    def _row(self, item: HandItem, *, in_table: bool) -> View:
        question = _table(item.question) if in_table else item.question
        return {
            "id": question,
            "text": self._questions.text(question) if in_table else item.text or self._questions.text(question),
            "requirement": self._questions.requirement(question),
            "found": self._found(item),
            "typed": "" if item.field is not None and item.field.type in _TICKS else quoted(item.typed),
            "do": self._to_do(item),
        }

    def _found(self, item: HandItem) -> str:
        return " ".join(dict.fromkeys(self._said(note) for note in item.found))

    def _said(self, note: Note) -> str:
        """Say what was found, to the supplier: in the letter's own words where the note speaks to the buyer."""
        own = self._words.get(f"found_{_NAME.sub('_', note.code.removeprefix('note.'))}")
        if own is None:
            return quoted(note.words(self._language))
        for name, value in note.data.items():
            own = own.replace(f"{{{name.removesuffix(f'_{self._language}')}}}", quoted(value))
        return own

    def _to_do(self, item: HandItem) -> str:
        codes = [note.code for note in item.found]
        key = next((_ACTIONS[code] for code in codes if code in _ACTIONS), None)
        if key is None and codes[0].startswith("form."):
            key = "do_clean_copy"
        told = [self._words[key]] if key is not None else []
        if item.field is not None and key not in ("do_agree", "do_filled") and not (told and item.field.type == "text"):
            told.append(self._manner(item))
        return " ".join(told) or self._words["do_check"]

    def _manner(self, item: HandItem) -> str:
        """Say what an answer to the question is written as."""
        field = item.field
        assert field is not None, "items without a field have no manner"  # noqa: S101
        if field.options:
            return self._words["as_choice"].replace("{options}", ", ".join(field.options.values()))
        if item.question == "LEV.org_number":
            return self._words["as_org_number"]
        if field.type == "number" and self._questions.hides_small_numbers(item.question):
            return self._words["as_count"]
        return self._words[f"as_{field.type.replace('-', '_')}"]


class _Questions:
    """What the procurement's requirements ask, for questions that are known by their ids alone."""

    def __init__(self, selection: Selection, language: Language) -> None:
        self._language = language
        self._tables = selection.catalogue.tables
        self._requirements = {clause.requirement.id: clause.requirement for clause in selection.clauses}

    def requirement(self, question: str) -> str | None:
        """Give the title of the requirement that a question belongs to, or None where it belongs to none."""
        found = self._requirements.get(question.partition(".")[0])
        return found.title[self._language] if found is not None else None

    def text(self, question: str) -> str:
        """Give the text of a question or of the table that a cell belongs to, or nothing where it is not known."""
        identifier, _, key = _table(question).partition(".")
        requirement = self._requirements.get(identifier)
        asked = requirement.questions if requirement is not None else ()
        return next((each.text[self._language] for each in asked if each.key == key), "")

    def hides_small_numbers(self, question: str) -> bool:
        """Say whether counts from one to four are not told in the table that a cell belongs to."""
        identifier, _, key = _table(question).partition(".")
        requirement = self._requirements.get(identifier)
        names = [each.table for each in requirement.questions if each.key == key] if requirement is not None else []
        return any(self._tables[name].small_numbers == "hidden" for name in names if name is not None)


def _table(question: str) -> str:
    """Give the question that a cell belongs to: `STA-03.table` of `STA-03.table.employed.women`."""
    return ".".join(question.split(".")[:2])
