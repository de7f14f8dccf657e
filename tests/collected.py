"""Forms of invented suppliers, filled, collected and gathered: what documents about them are made of."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from conftest import ROOT, selected

sys.path.insert(0, str(Path(__file__).parent / "answers"))

import mutations as m
from suppliers import Supplier, suppliers

from procurement_equality import Selection, compose
from procurement_equality.answers.collecting.collect import collect
from procurement_equality.answers.follow_up import FollowUp
from procurement_equality.answers.manifest import Manifest
from procurement_equality.catalogue.requirement import AwardVariant
from procurement_equality.exchange.deciding import decide
from procurement_equality.exchange.results import gathered

__all__ = [
    "DIRECT", "LOU", "LOV", "NOW", "ROLE", "Form", "Supplier",
    "filled", "form", "gather", "good", "judge", "lay_in", "m", "settle",
]  # fmt: skip

NOW = datetime.datetime(2026, 3, 9, 12, tzinfo=datetime.UTC)
LOU, LOV, DIRECT = "stadtjanst-lou", "hemtjanst-lov", "direktupphandling-utbildning"
ROLE = "upphandlare"


@dataclass(frozen=True)
class Form:
    """A form as it is sent, and what it asks."""

    selection: Selection
    manifest: Manifest
    data: bytes

    def first(self, kind: str) -> str:
        """Give the first question of a type that every supplier must answer."""
        fields = self.manifest.fields.items()
        return next(n for n, f in fields if f.type == kind and n.count(".") == 1 and n[:3] not in ("LEV", "INT", "UPP"))

    def cells(self) -> list[str]:
        """Give the cells of counts from which small ones are hidden, in the first table that has some."""
        tables = [table for table in self.manifest.tables if table.small_numbers == "hidden" and table.required]
        listed = [[f.name for f in table.fields() if f.type == "number" and f.required] for table in tables]
        return next((cells for cells in listed if len(cells) > 2), [])


@cache
def form(example: str, template: str = "self-assessment", year: int | None = None) -> Form:
    """Give the form of an example, in Swedish."""
    selection = selected(ROOT / "examples" / f"{example}.yaml")
    document = compose(selection, template, "sv", year=year)
    assert document.manifest is not None
    return Form(selection, document.manifest, document.to_docx())


def good(sent: Form, number: int = 3) -> Iterator[Supplier]:
    """Give suppliers with nothing to look at: every field that must be filled in is, and tables add up."""
    for supplier in suppliers(sent.manifest, number):
        wrong = {name.rpartition(".")[0].rpartition(".")[0] for name in supplier.table_errors.values()}
        kept = {n: a for n, a in supplier.answers.items() if not any(n.startswith(f"{table}.") for table in wrong)}
        ticked: dict[str, str | bool] = {
            name: True
            for name, field in sent.manifest.fields.items()
            if field.type == "declaration" and not field.later
        }
        yield replace(supplier, answers={**kept, **ticked})


def filled(sent: Form, supplier: Supplier, answers: Mapping[str, str | bool] | None = None) -> bytes:
    """Give a supplier's form, with other answers where that is wanted."""
    return m.fill(sent.data, {**supplier.answers, **(answers or {})})


def lay_in(folder: Path, forms: Mapping[str, bytes]) -> Path:
    """Collect forms, by file name, and give the result folder."""
    incoming, result = folder / "in", folder / "result"
    incoming.mkdir()
    for name, data in forms.items():
        (incoming / name).write_bytes(data)
    with collect(incoming, result):
        return result


def gather(result: Path, sent: Form) -> FollowUp:
    """Gather what is collected."""
    return gathered(result, sent.selection, now=NOW)


def judge(result: Path, supplier: str, requirement: str, **said: str) -> None:
    """Let a person judge a requirement of a supplier."""
    decide(result, supplier, ("judgement", requirement), {"role": ROLE, "reason": "Skäl.", **said}, NOW)


def _most(sent: Form, requirement: str) -> int:
    """Give the most points of an award criterion."""
    clause = next(clause for clause in sent.selection.clauses if clause.requirement.id == requirement)
    variant = clause.requirement.variant(clause.kind)
    assert isinstance(variant, AwardVariant)
    return variant.scale[-1].points


def settle(result: Path, sent: Form) -> None:
    """Let a person decide everything that is open."""
    follow_up = gather(result, sent)
    for item in follow_up.items:
        if item.question:
            decide(result, item.who, ("answer", item.question), {"role": ROLE, "reason": "Prövat."}, NOW)
    for each in follow_up.assessments:
        if each.award is not None:
            judge(result, each.respondent, each.requirement, points=str(_most(sent, each.requirement)))
        elif each.kind != "contract-performance-condition" and each.observed not in (None, "met"):
            judge(result, each.respondent, each.requirement, value="met")
