"""What templates see of a form: each question as one or more fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from procurement_equality.answers.manifest import FormColumn, FormField, FormRow, FormTable
from procurement_equality.answers.response import Value
from procurement_equality.catalogue.law import HeadcountRule
from procurement_equality.catalogue.model import Table
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.addressee import Addressee
from procurement_equality.procurement.adaptation import adapt
from procurement_equality.procurement.model import Part
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

_DEVIATIONS = 6
"""Rows for what was not kept during the year."""

_LINES = (".person", ".role", ".label")
"""The ends of names, beside the supplier's own, whose text stands on one line."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no room for."""

_LINE_BREAK, _TAB = Markup("&#10;"), Markup("&#9;")
"""Written so that they survive in an attribute too."""


class Form(Mapping[str, View]):
    """The questions of each clause, by its id, made when a template asks: most documents have none.

    `fields` are answered one by one, `tables` are table questions. `year` is the year of an annual follow-up; without
    one, questions on contract conditions are about a later time. `values` are filled in. Where it is known who the
    form goes to, it does not ask what does not concern that supplier, and begins with what is known.
    """

    def __init__(
        self,
        selection: Selection,
        language: Language,
        words: Words,
        year: int | None = None,
        values: Values | None = None,
        addressee: Addressee | None = None,
    ) -> None:
        self.addressee = addressee or Addressee()
        supplier = self.addressee.supplier
        self.adaptation = adapt(selection, supplier.headcount if supplier else None, supplier.parts if supplier else ())
        asked = (clause for clause in selection.clauses if clause.requirement.id not in self.adaptation.names)
        self._clauses = {clause.requirement.id: clause for clause in asked}
        self._selection = selection
        self._language = language
        self._words = words
        self._year = year
        self._values = {**self.addressee.values(words), **(values or {})} if "supplier_name" in words else {}

    def __getitem__(self, identifier: str) -> View:
        clause = self._clauses[identifier]
        fields, tables = [], []
        for question in clause.requirement.questions:
            if f"{identifier}.{question.key}" in self.adaptation.names:
                continue
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

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Give the clauses that the form asks about."""
        return tuple(self._clauses.values())

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give the parts of the procurement."""
        return self._selection.procurement.parts

    def supplier(self) -> list[View]:
        """Give the supplier's own fields."""
        views = []
        for field in self._supplier():
            key = field.name.rpartition(".")[2]
            adapted = key == "headcount" and self.adaptation.headcount is not None
            note = self._words.get("supplier_headcount_adapted" if adapted else f"supplier_{key}_help")
            views.append(self._view(field, [note] if note else ()))
        return views

    def year_end(self) -> View:
        """Give the questions that end an annual follow-up: deviations with what is done about them, subcontractors."""
        fields, tables = [], []
        for each in self._year_end():
            if isinstance(each, FormTable):
                tables.append(self._table_view(each, [], []))
            else:
                fields.append(self._view(each))
        return {"fields": fields, "tables": tables}

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
        yield from self._year_end()
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

    def _year_end(self) -> Iterator[FormField | FormTable]:
        if "deviated" not in self._words:  # the word list of another document
            return
        words = self._words
        choices = {kind: {value: words[value.replace("-", "_")] for value in _CHOICES[kind]} for kind in _CHOICES}
        yield FormField(
            type="yes-no", name="UPP.deviated", text=words["deviated"], required=True, options=choices["yes-no"]
        )
        yield self._deviations()
        name, options = "UPP.subcontractors", choices["yes-no-partly"]
        yield FormField(type="yes-no-partly", name=name, text=words["subcontractors"], required=True, options=options)
        yield FormField(type="text", name=f"{name}.reason", text=words["subcontractors_reason"])

    def _deviations(self) -> FormTable:
        """Give the table of what was not kept, with a row of the supplier's own for each."""
        words, kinds = self._words, {"measure": "text", "role": "text", "due": "date"}
        columns = [{"key": key, "label": words[f"deviation_{key}"], "type": kind} for key, kind in kinds.items()]
        return FormTable.model_validate({
            "type": "table", "name": "UPP.deviations", "text": words["deviations"], "table": "deviations",
            "title": words["deviations_title"], "unit": words["deviations_unit"], "period": str(self._year),
            "definition": words["deviations_definition"], "row_heading": words["deviation"], "small_numbers": "shown",
            "own_row": words["own_row"], "columns": tuple(FormColumn.model_validate(column) for column in columns),
            "rows": tuple(FormRow(key=f"spare{number}", label=None) for number in range(1, _DEVIATIONS + 1)),
        })  # fmt: skip

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
            period=self._words.get("period_in_year", "{period}").replace("{period}", table.period[language]),
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
        earlier = self._earlier(field)
        one_line = field.name.startswith("LEV.") or (field.name.count(".") > 1 and field.name.endswith(_LINES))
        control = "text" if one_line and field.type == "text" else _CONTROLS[field.type]
        return {
            "name": field.name,
            "text": field.text,
            "control": control,
            "notes": [*notes, self._carried()] if earlier is not None else list(notes),
            "choices": [{"value": value, "label": label} for value, label in field.options.items()],
            "suffix": field.suffix,
            "value": self._written(field, earlier if earlier is not None else self._values.get(field.name)),
        }

    def _earlier(self, field: FormField) -> Value:
        """Give the answer of the earlier response that a field begins with, where nothing later is known."""
        earlier = self.addressee.earlier
        parts_known = bool(self.adaptation.parts) and field.name.startswith("LEV.part.")
        if earlier is None or field.name in self._values or parts_known:
            return None
        value = earlier.value(field, self._language)
        return None if value is False or value == "" else value

    def _carried(self) -> str:
        """Say that an answer is from the earlier response."""
        assert self.addressee.earlier is not None  # noqa: S101 - only asked for where an answer was found in it
        return self._words["carried"].replace("{earlier}", self.addressee.earlier.called)

    def _written(self, field: FormField, value: Value) -> str | None:
        """Give the value that a field begins with, as one would write it; None where nothing is known."""
        if value is None or value is False or value == "":
            return None
        if value is True:
            return "checked"
        if isinstance(value, int | float):
            return written_number(value, self._language)
        if field.options:
            return str(value) if value in field.options else None
        text = escape(_CONTROL.sub(" ", str(value)).replace("\r\n", "\n").replace("\r", "\n"))
        return text.replace("\n", _LINE_BREAK).replace("\t", _TAB)

    def _table_view(self, table: FormTable, notes: list[str], comments: list[View]) -> View:
        """Give a table: its rows with a name for each cell, and the width of each column in per cent."""
        described = self._selection.catalogue.tables.get(table.table)
        source = described.source if described is not None else None
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
            "notes": [*notes, self._carried()] if any(self._earlier(f) for f in table.fields()) else notes,
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


def _own_field(element: etree._Element) -> FormField:
    """Give the field of an organisation's own template that no requirement asks for."""
    kind = str(element.get("type", "text")) if element.tag == "input" else "text"
    options = {str(option.get("value")): str(option.text) for option in element.iter("option")}
    name, text = str(element.get("name")), str(element.get("title"))
    return FormField.model_validate({
        "type": "choice" if element.tag == "select" else kind, "name": name, "text": text, "options": options,
    })  # fmt: skip
