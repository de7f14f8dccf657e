"""A decision that is recorded without the workbook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from procurement_equality.answers.assessment.judging import judgement_problem, observed
from procurement_equality.answers.collecting.collect import Collection, collect
from procurement_equality.answers.collecting.decisions import (
    Decision,
    Rules,
    Subject,
    Written,
    decision_key,
    new_decisions,
    read_decisions,
    who_answers,
)
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Response
from procurement_equality.catalogue.validation import nearest
from procurement_equality.exchange.results import fields_by_name, keep_decision
from procurement_equality.findings import Finding, FormError, OutputError


def decide(
    result: Path, supplier: str, about: tuple[Subject, str], said: Mapping[str, str], now: datetime.datetime
) -> Decision | None:
    """Record what a person decides about a question or a requirement of a supplier's form that counts.

    `supplier` is an organisation number, a name or a file; `said` has the fields of `Written` that a person fills in,
    none to take a decision back. Gives None where it is in force already. Raises `FormError` where it cannot count,
    `OutputError` where the folder cannot be used.
    """
    if not (result / "records").is_dir():
        raise OutputError([Finding("file.no-result", str(result))])
    with collect(None, result) as collection:
        response, manifest = _response(collection, supplier)
        subject, name = about
        typed = _typed(response, manifest, subject, name)
        decisions = read_decisions(collection.folder.decisions)
        key = decision_key(subject, who_answers(response), name, typed)
        last = decisions.of(key)
        number = last.number if last is not None else None
        shared = {"key": key, "who": who_answers(response), "typed": typed, "based_on": number, "source": "decide"}
        written = Written.model_validate({**shared, "subject": subject, "about": name, **said})
        rules = Rules(fields_by_name(collection.folder), lambda row: judgement_problem(row, None))
        for decision in new_decisions([written], decisions, rules, now):
            if decision.problem is not None:
                raise FormError([Finding(decision.problem.code, data=decision.problem.data)])
            keep_decision(collection.folder, decision)
            return decision
    return None


def _response(collection: Collection, supplier: str) -> tuple[Response, Manifest]:
    """Find the form of a supplier that counts. Raises `FormError` where there is none, or more than one."""
    wanted = supplier.strip().casefold()
    names: set[str] = set()
    found = []
    for entry in collection.ledger.entries("counts"):
        called = {text.casefold() for text in (entry.supplier, entry.name, entry.file) if text}
        names |= {text for text in (entry.supplier, entry.name) if text}
        found += [entry] if wanted in called else []
    if not found:
        raise FormError(
            [Finding("use.no-supplier", supplier, data={"nearest": nearest(supplier, sorted(names)) or "–"})]
        )
    if len(found) > 1:
        files = ", ".join(entry.file for entry in found)
        raise FormError([Finding("use.several-forms", supplier, data={"files": files})])
    ((_, response, manifest),) = collection.responses(iter(found))
    return response, manifest


def _typed(response: Response, manifest: Manifest, subject: Subject, name: str) -> str:
    """Give what was written, which the decision is about. Raises `FormError` for what the form does not ask."""
    known = manifest.fields if subject == "answer" else manifest.requirements
    if name not in known:
        data = {"question": name, "nearest": nearest(name, known) or "–"}
        raise FormError([Finding("use.no-question", data=data)])
    if subject == "judgement":
        return observed(response, name)
    answer = response.by_question.get(name)
    return answer.typed if answer is not None else ""
