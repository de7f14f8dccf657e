"""The tables that suppliers fill in: whose figures they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_equality.catalogue.model import Table
from procurement_equality.catalogue.text import Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.sentences import holds
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.words import phrases


def tables_of(case: Case) -> Iterator[tuple[StatedClause, Table]]:
    """Yield the tables of the chosen requirements, each with its clause."""
    for stated in case.clauses:
        for question in stated.requirement.questions if stated.requirement else ():
            if question.table is not None:
                yield stated, case.catalogue.tables[question.table]


def about(table: Table, name: str) -> bool:
    """Say whether the title, a column or a row holds a phrase of the word list `name`."""
    return holds(_together([table.title, *_labels(table)]), phrases(name))


def counts_persons(table: Table) -> bool:
    """Say whether the cells count persons, by the table's unit."""
    return holds(table.unit, phrases("counted-persons"))


def split_by_sex(table: Table) -> bool:
    """Say whether a column or a row is about women or men."""
    return holds(_together(_labels(table)), phrases("sex-labels"))


def _labels(table: Table) -> list[Text]:
    return [*(column.label for column in table.columns), *(row.label for row in table.rows)]


def _together(texts: list[Text]) -> Text:
    return Text(sv="\n".join(text.sv for text in texts), en="\n".join(text["en"] for text in texts))


def include(identifier: str) -> str:
    """Give what to paste into a procurement file for a requirement to be included."""
    return f"requirements:\n  {identifier}: {{include: true}}\n"
