"""What templates see of a form: each question as one or more fields, and the manifest that tells a reader the same."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lxml import etree

from procurement_equality.answers.manifest import (
    FormColumn,
    FormField,
    FormRow,
    FormTable,
    Manifest,
    paragraph_mark,
)
from procurement_equality.answers.response import Value
from procurement_equality.catalogue.law import HeadcountRule
from procurement_equality.catalogue.model import Table
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Language
from procurement_equality.procurement.parameters import written_number
from procurement_equality.procurement.selection import Clause, Selection

View = dict[str, Any]
Words = Mapping[str, str]
Values = Mapping[str, Value]
"""Answers that are known beforehand, by the field's name."""

_CONTROLS = {
    "text": "textarea", "number": "number", "per-cent": "number", "kronor": "number", "date": "date",
    "attachment": "text", "choice": "select", "yes-no": "select", "yes-no-partly": "select", "declaration": "checkbox",
    "checkbox": "checkbox",
}  # fmt: skip
"""The control that each type of field is answered with."""

_CHOICES = {"yes-no": ("yes", "no"), "yes-no-partly": ("yes", "no", "partly", "not-applicable")}
_SUPPLIER: Mapping[str, tuple[Any, bool]] = {
    "name": ("text", True), "org_number": ("text", True), "contact_role": ("text", True), "contact": ("text", False),
    "headcount": ("number", True), "date": ("date", True),
}  # fmt: skip
"""The supplier's own fields: the type, and whether it must be filled in."""

_LINES = (".person", ".role", ".label")
"""The ends of names, beside the supplier's own, whose text stands on one line."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no room for."""

_BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "caption", "th", "td")


class Form(Mapping[str, View]):
    """The questions of each clause, by its id, made when a template asks: most documents have none.

    `fields` are answered one by one, `tables` are table questions. `year` is the year of an annual follow-up; without
    one, questions on contract conditions are about a later time. `values` are filled in.
    """

    def __init__(
        self,
        selection: Selection,
        language: Language,
        words: Words,
        year: int | None = None,
        values: Values | None = None,
    ) -> None:
        self._clauses = {clause.requirement.id: clause for clause in selection.clauses}
        self._selection = selection
        self._language = language
        self._words = words
        self._year = year
        self._values = values or {}

    def __getitem__(self, identifier: str) -> View:
        clause = self._clauses[identifier]
        fields, tables = [], []
        for question in clause.requirement.questions:
            notes = self._notes(question)
            asked = list(self._asked(clause, question))
            if isinstance(asked[0], FormTable):
                comments = [self._view(each) for each in asked[1:] if isinstance(each, FormField)]
                tables.append(self._table_view(asked[0], notes, comments))
            else:
                fields += [
                    self._view(each, () if n else notes) for n, each in enumerate(asked) if isinstance(each, FormField)
                ]
        return {"caption": f"{self._words['answers_to']} {identifier}", "fields": fields, "tables": tables}

    def __iter__(self) -> Iterator[str]:
        return iter(self._clauses)

    def __len__(self) -> int:
        return len(self._clauses)

    def supplier(self) -> list[View]:
        """Give the supplier's own fields."""
        views = []
        for field in self._supplier():
            note = self._words.get(f"supplier_{field.name.rpartition('.')[2]}_help")
            views.append(self._view(field, [note] if note else ()))
        return views

    def declaration(self) -> list[View]:
        """Give the fields of the declaration that ends the form."""
        return [self._view(field) for field in self._declaration()]

    def questions(self, tree: etree._Element) -> Iterator[FormField | FormTable]:
        """Give everything that the document asks: of what the selection asks, what the template wrote, and its own."""
        controls = {str(element.get("name")): element for element in tree.iter("input", "select", "textarea")}
        asked = {".".join(name.split(".")[:2]) for name in controls}
        for each in self._everything(asked):
            names = [field.name for field in each.fields()] if isinstance(each, FormTable) else [each.name]
            if names[0] in controls:
                yield each
            for name in names:
                controls.pop(name, None)
        yield from map(_own_field, controls.values())

    def _everything(self, asked: Collection[str]) -> Iterator[FormField | FormTable]:
        yield from self._supplier()
        for identifier, clause in self._clauses.items():
            for question in clause.requirement.questions:
                if f"{identifier}.{question.key}" in asked:
                    yield from self._asked(clause, question)
        yield from self._declaration()

    # --- what is asked -------------------------------------------------------------------------------------

    def _supplier(self) -> Iterator[FormField]:
        if "supplier_name" not in self._words:  # the word list of a document that is no form
            return
        for key, (kind, required) in _SUPPLIER.items():
            yield FormField(type=kind, name=f"LEV.{key}", text=self._words[f"supplier_{key}"], required=required)
        for part in self._selection.procurement.parts:
            text = f"{self._words['part_offered']} {part.title[self._language]}"
            yield FormField(type="checkbox", name=f"LEV.part.{part.key}", text=text, suffix=self._words["yes"])

    def _declaration(self) -> Iterator[FormField]:
        if "declaration_text" not in self._words:
            return
        name, text, suffix = "INT.declaration", self._words["declaration_text"], self._words["declared"]
        yield FormField(type="declaration", name=name, text=text, required=True, suffix=suffix)
        yield from self._signature(name)

    def _signature(self, name: str, **shared: Any) -> Iterator[FormField]:  # noqa: ANN401 - fields of the model
        """Give the fields of the one who makes a declaration."""
        for key, kind in (("person", "text"), ("role", "text"), ("date", "date")):
            yield FormField.model_validate({"type": kind, "name": f"{name}.{key}", "text": self._words[key], **shared})

    def _asked(self, clause: Clause, question: Question) -> Iterator[FormField | FormTable]:
        """Give the question's own field or table, then those that belong to its type."""
        words, name = self._words, f"{clause.requirement.id}.{question.key}"
        rule = self._rule(question)
        shared = {
            "later": self._year is None and clause.kind == "contract-performance-condition",
            "headcount": (rule.at_least, rule.at_most) if rule else None,
        }
        if question.type == "table":
            table = self._selection.catalogue.tables[str(question.table)]
            yield self._table(table, name, question, shared)
            if table.comment:
                yield FormField.model_validate(
                    {"type": "text", "name": f"{name}.comment", "text": words["table_comment"], **shared}
                )
            return
        language = self._language
        labels = {key: text[language] for key, text in question.options.items()}
        labels |= {value: words[value.replace("-", "_")] for value in _CHOICES.get(question.type, ())}
        suffix = {"per-cent": "%", "kronor": words["kronor"], "declaration": words["declared"]}.get(question.type)
        own = {"type": question.type, "text": question.text[language], "options": labels, "suffix": suffix}
        yield FormField.model_validate({**own, "name": name, "required": question.required, **shared})
        if question.type == "yes-no-partly":
            yield FormField.model_validate(
                {"type": "text", "name": f"{name}.reason", "text": words["reason"], **shared}
            )
        if question.type == "declaration":
            yield from self._signature(name, **shared)

    def _table(self, table: Table, name: str, question: Question, shared: Mapping[str, Any]) -> FormTable:
        language = self._language
        rows = [
            FormRow(
                key=row.key,
                label=row.label[language],
                unit=row.unit[language] if row.unit else None,
                sum_of=row.sum_of,
                at_most=row.at_most,
            )
            for row in table.rows
        ]
        rows += [FormRow(key=f"spare{number}", label=None) for number in range(1, table.spare_rows + 1)]
        columns = tuple(
            FormColumn(
                key=column.key,
                label=column.label[language],
                type=column.type,
                sum_of=column.sum_of,
                at_most=column.at_most,
            )
            for column in table.columns
        )
        return FormTable(
            type="table",
            name=name,
            text=question.text[language],
            table=table.id,
            title=table.title[language],
            unit=table.unit[language],
            period=table.period[language],
            definition=table.definition[language],
            row_heading=table.row_heading[language],
            small_numbers=table.small_numbers,
            required=question.required,
            own_row=self._words["own_row"],
            rows=tuple(rows),
            columns=columns,
            **shared,
        )

    def _rule(self, question: Question) -> HeadcountRule | None:
        return self._selection.headcount.get(question.headcount or "")

    # --- what a template sees ------------------------------------------------------------------------------

    def _notes(self, question: Question) -> list[str]:
        """Say from how many employees a question applies, what helps to answer it, and whether it may be left."""
        language, words = self._language, self._words
        notes = []
        rule = self._rule(question)
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

    def _view(self, field: FormField, notes: list[str] | tuple[str, ...] = ()) -> View:
        """Give one field: its name (the tag), the question's text, its control, and what is filled in."""
        one_line = field.name.startswith("LEV.") or (field.name.count(".") > 1 and field.name.endswith(_LINES))
        control = "text" if one_line and field.type == "text" else _CONTROLS[field.type]
        return {
            "name": field.name,
            "text": field.text,
            "control": control,
            "notes": list(notes),
            "choices": [{"value": value, "label": label} for value, label in field.options.items()],
            "suffix": field.suffix,
            "value": self._written(field),
        }

    def _written(self, field: FormField) -> str | None:
        """Give the value that a field begins with, as one would write it; None where nothing is known."""
        value = self._values.get(field.name)
        if value is None or value is False or value == "":
            return None
        if value is True:
            return "checked"
        if isinstance(value, int | float):
            return written_number(value, self._language)
        text = _CONTROL.sub(" ", str(value))
        return text if not field.options or text in field.options else None

    def _table_view(self, table: FormTable, notes: list[str], comments: list[View]) -> View:
        """Give a table: its rows with a name for each cell, and the width of each column in per cent."""
        source = self._selection.catalogue.tables[table.table].source
        fields = {field.name: self._view(field) for field in table.fields()}
        width = min(20, 66 // len(table.columns))
        columns = [
            {
                "key": c.key,
                "label": c.label,
                "width": width,
                "control": c.type if c.type in ("text", "date") else "number",
            }
            for c in table.columns
        ]
        rows = []
        for number, row in enumerate(table.rows, 1):
            name = f"{table.name}.{row.key}"
            cells = [fields[f"{name}.{column['key']}"] for column in columns]
            for cell, column in zip(cells, columns, strict=True):
                cell |= {"title": f"{row.label or number}, {column['label']}", "control": column["control"]}
            label = f"{row.label} ({row.unit})" if row.label and row.unit else row.label
            own = fields.get(f"{name}.label", {"name": f"{name}.label", "value": None})
            rows.append({
                "name": name, "label": label, "label_name": own["name"], "label_value": own["value"], "number": number,
                "cells": cells,
            })  # fmt: skip
        return {
            "name": table.name,
            "text": table.text,
            "notes": notes,
            "comments": comments,
            "title": table.title,
            "row_heading": table.row_heading,
            "unit": table.unit,
            "period": table.period,
            "source": source[self._language] if source else None,
            "definition": table.definition,
            "rows": rows,
            "columns": columns,
            "first_width": 100 - width * len(columns),
        }


def make_manifest(
    selection: Selection,
    form: Form,
    kind: str,
    language: Language,
    words: Words,
    tree: etree._Element,
    year: int | None,
) -> Manifest:
    """Say what the form in `tree` asks: of everything that the selection asks, what the template wrote."""
    procurement, head = selection.procurement, selection.catalogue.head
    questions = tuple(form.questions(tree))
    asked = {question.name.partition(".")[0] for question in questions}
    return Manifest(
        kind=kind,
        language=language,
        title=procurement.title[language],
        reference=procurement.reference,
        authority=procurement.authority.name,
        form=form_id(selection),
        catalogue=f"{head.id}@{head.version}",
        catalogue_digest=selection.catalogue.digest,
        selection_digest=selection.digest,
        year=year,
        placeholders=(words["choose"], words["write_here"], words["pick_date"], words["number_here"]),
        requirements={
            c.requirement.id: c.requirement.title[language] for c in selection.clauses if c.requirement.id in asked
        },
        questions=questions,
        paragraphs=_marks(tree),
    )


def _own_field(element: etree._Element) -> FormField:
    """Give the field of an organisation's own template that no requirement asks for."""
    kind = str(element.get("type", "text")) if element.tag == "input" else "text"
    options = {str(option.get("value")): str(option.text) for option in element.iter("option")}
    name, text = str(element.get("name")), str(element.get("title"))
    return FormField.model_validate({
        "type": "choice" if element.tag == "select" else kind, "name": name, "text": text, "options": options,
    })  # fmt: skip


def form_id(selection: Selection) -> str:
    """Give the id that is printed in the form's footer: catalogue, version, and the selection's first twelve signs."""
    head = selection.catalogue.head
    return f"{head.id}-{head.version}-{selection.digest[:12]}"


def _marks(tree: etree._Element) -> str:
    """Give the marks of every paragraph that is the form's own text, in base 64."""
    marks = {paragraph_mark(_own_text(element)) for element in tree.iter(*_BLOCKS)}
    return base64.b64encode(b"".join(sorted(marks))).decode("ascii")


def _own_text(element: etree._Element) -> str:
    """Give the text of a block without that of the blocks in it, and without what is filled in."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in ("p", "ul", "ol", "select", "textarea"):
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
