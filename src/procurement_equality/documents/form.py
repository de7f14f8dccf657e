"""What templates see of a form: each question as one or more fields, ready to be written as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from procurement_equality.catalogue.model import Table
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Language
from procurement_equality.procurement.selection import Selection

View = dict[str, Any]
Words = Mapping[str, str]

_CONTROLS = {
    "text": "textarea", "number": "number", "per-cent": "number", "kronor": "number", "date": "date",
    "attachment": "text", "choice": "select", "yes-no": "select", "yes-no-partly": "select", "declaration": "checkbox",
}  # fmt: skip
"""The control that each type of question is answered with."""

_ANSWERS = {"yes-no": ("yes", "no"), "yes-no-partly": ("yes", "no", "partly", "not-applicable")}
_SUPPLIER = {
    "name": "text", "org_number": "text", "contact_role": "text", "contact": "text", "headcount": "number",
    "date": "date",
}  # fmt: skip


class Questions(Mapping[str, View]):
    """The questions of each clause, by its id, made when a template asks: most documents have none.

    `fields` are answered one by one, `tables` are table questions.
    """

    def __init__(self, selection: Selection, language: Language, words: Words) -> None:
        self._requirements = {clause.requirement.id: clause.requirement for clause in selection.clauses}
        self._selection = selection
        self._language = language
        self._words = words

    def __getitem__(self, identifier: str) -> View:
        questions = self._requirements[identifier].questions
        return {
            "caption": f"{self._words['answers_to']} {identifier}",
            "fields": [
                field for q in questions if q.type != "table" for field in self._fields(f"{identifier}.{q.key}", q)
            ],
            "tables": [self._table(f"{identifier}.{q.key}", q) for q in questions if q.table],
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._requirements)

    def __len__(self) -> int:
        return len(self._requirements)

    def _fields(self, name: str, question: Question) -> Iterator[View]:
        """Give the question's own field, and those that belong to its type."""
        language, words = self._language, self._words
        choices = [(key, text[language]) for key, text in question.options.items()]
        choices += [(value, words[value.replace("-", "_")]) for value in _ANSWERS.get(question.type, ())]
        suffix = {"per-cent": "%", "kronor": words["kronor"], "declaration": words["declared"]}.get(question.type)
        control = _CONTROLS[question.type]
        yield field(name, question.text[language], control, self._notes(question), choices, suffix)
        if question.type == "yes-no-partly":
            yield field(f"{name}.reason", words["reason"], "textarea")
        if question.type == "declaration":
            yield from signature(name, words)

    def _notes(self, question: Question) -> list[str]:
        """Say from how many employees a question applies, what helps to answer it, and whether it may be left."""
        language, words = self._language, self._words
        notes = []
        rule = self._selection.headcount.get(question.headcount or "")
        if rule is not None:
            key = "condition_from" if rule.at_most is None else "condition_between"
            numbers = {"{at_least}": rule.at_least, "{at_most}": rule.at_most, "{counted}": rule.counted[language]}
            note = words[key]
            for mark, value in numbers.items():
                note = note.replace(mark, str(value))
            notes.append(note)
        if question.help is not None:
            notes.append(question.help[language])
        if question.type == "attachment":
            notes.append(words["attachment_help"])
        return notes if question.required else [*notes, words["voluntary"]]

    def _table(self, name: str, question: Question) -> View:
        table = self._selection.catalogue.tables[str(question.table)]
        view = {"name": name, "text": question.text[self._language], "notes": self._notes(question)}
        comments = [field(f"{name}.comment", self._words["table_comment"], "textarea")] if table.comment else []
        return {**view, "comments": comments, **_table(table, name, self._language)}


def field(
    name: str,
    text: str,
    control: str,
    notes: list[str] | None = None,
    choices: list[tuple[str, str]] | None = None,
    suffix: str | None = None,
) -> View:
    """Give one field: its name (the tag), the question's text, and its control (`select`, `textarea`, a type)."""
    listed = [{"value": value, "label": label} for value, label in choices or ()]
    return {"name": name, "text": text, "control": control, "notes": notes or [], "choices": listed, "suffix": suffix}


def signature(name: str, words: Words) -> Iterator[View]:
    """Give the fields of the one who makes a declaration."""
    for key, control in (("person", "text"), ("role", "text"), ("date", "date")):
        yield field(f"{name}.{key}", words[key], control)


def form_view(selection: Selection, language: Language, words: Words) -> View:
    """Give the form's id, and the fields that every form has: supplier, parts, declaration."""
    head = selection.catalogue.head
    made: View = {"id": f"{head.id}-{head.version}-{selection.digest[:12]}", "supplier": [], "declaration": []}
    if "supplier_name" not in words:  # the word list of a document that is no form
        return made
    for key, control in _SUPPLIER.items():
        note = words.get(f"supplier_{key}_help")
        made["supplier"].append(field(f"LEV.{key}", words[f"supplier_{key}"], control, [note] if note else None))
    for part in selection.procurement.parts:
        text = f"{words['part_offered']} {part.title[language]}"
        made["supplier"].append(field(f"LEV.part.{part.key}", text, "checkbox", suffix=words["yes"]))
    name = "INT.declaration"
    declaration = field(name, words["declaration_text"], "checkbox", suffix=words["declared"])
    made["declaration"] = [declaration, *signature(name, words)]
    return made


def _table(table: Table, name: str, language: Language) -> View:
    """Give a table: its rows with a name for each cell, and the width of each column in per cent."""
    labels: list[tuple[str, str | None]] = [
        (row.key, f"{row.label[language]} ({row.unit[language]})" if row.unit else row.label[language])
        for row in table.rows
    ]
    labels += [(f"spare{number}", None) for number in range(1, table.spare_rows + 1)]
    width = min(20, 66 // len(table.columns))
    columns = [
        {
            "key": column.key,
            "label": column.label[language],
            "width": width,
            "control": column.type if column.type in ("text", "date") else "number",
        }
        for column in table.columns
    ]
    rows = []
    for number, (key, label) in enumerate(labels, 1):
        row = f"{name}.{key}"
        cells = [
            {
                "name": f"{row}.{column['key']}",
                "title": f"{label or number}, {column['label']}",
                "control": column["control"],
            }
            for column in columns
        ]
        rows.append({"name": row, "label": label, "label_name": f"{row}.label", "number": number, "cells": cells})
    return {
        "title": table.title[language],
        "row_heading": table.row_heading[language],
        "unit": table.unit[language],
        "period": table.period[language],
        "source": table.source[language] if table.source else None,
        "definition": table.definition[language],
        "rows": rows,
        "columns": columns,
        "first_width": 100 - width * len(columns),
    }
