"""What one file says of another: every reference of the catalogue leads somewhere.

Each function yields (code, location in the file, data); `reading.py` adds the place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import get_args

from procurement_equality.catalogue import citation
from procurement_equality.catalogue.checklist import Checklist
from procurement_equality.catalogue.law import Kind, Law
from procurement_equality.catalogue.model import CatalogueHead, Table
from procurement_equality.catalogue.requirement import AwardVariant, Ground, IntegerParameter, Level, Requirement
from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.catalogue.text import Model, Text
from procurement_equality.catalogue.validation import nearest

Problem = tuple[str, Location, dict[str, str]]

PLACEHOLDER = re.compile(r"\{\{ *([a-z][a-z0-9_]*) *\}\}")
"""The only thing that may stand in braces in a clause text: the name of a parameter."""

_BRACES = re.compile(r"\{[{%#]|[%#}]\}")


def problems(
    requirement: Requirement,
    head: CatalogueHead,
    law: Law,
    tables: Collection[str],
    ids: Collection[str],
    prefix: str | None = None,
) -> Iterator[Problem]:
    """Yield everything in a requirement that leads nowhere, in the order of the file.

    Its id begins with `prefix`, or with its topic's where none is given.
    """
    yield from _names(requirement, head, law, tables, prefix)
    yield from _requirements(requirement, ids)
    for index, text in enumerate(requirement.legal_basis):
        yield from _citation(text, ("legal_basis", index), law)
    yield from _parameters(requirement)
    yield from _deadline(requirement)
    yield from _limits(requirement)
    yield from untranslated(requirement, head)


def of_checklist(checklist: Checklist, head: CatalogueHead, law: Law, ids: Collection[str]) -> Iterator[Problem]:
    """Yield everything in a checklist that leads nowhere, in the order of the file."""
    for number, section in enumerate(checklist.sections):
        for index, question in enumerate(section.questions):
            at: Location = ("sections", number, "questions", index)
            for key, names, known in (
                ("regimes", question.regimes, law.regimes),
                ("requirements", question.requirements, ids),
                ("sources", question.sources, head.sources),
            ):
                code = f"reference.{key.removesuffix('s')}"
                for place, name in enumerate(names):
                    if name not in known:
                        yield _dangling(code, (*at, key, place), name, known)
            for place, text in enumerate(question.legal_basis):
                yield from _citation(text, (*at, "legal_basis", place), law)
    yield from untranslated(checklist, head)


def _names(
    requirement: Requirement, head: CatalogueHead, law: Law, tables: Collection[str], prefix: str | None
) -> Iterator[Problem]:
    """Check every name against the list that it comes from."""
    topic = head.topics.get(requirement.topic)
    if topic is None:
        yield _dangling("reference.topic", ("topic",), requirement.topic, head.topics)
    elif not requirement.id.startswith((prefix or topic.prefix) + "-"):
        data = {"id": requirement.id, "prefix": prefix or topic.prefix, "topic": requirement.topic}
        yield "requirement.prefix", ("id",), data
    rules = {rule.id for rule in law.headcount}
    named: list[tuple[str, Location, str | None, Iterable[str]]] = [
        ("reference.headcount", ("applies", "headcount"), requirement.applies.headcount, rules),
        (
            "reference.ladder",
            ("follow_up", "consequence", "ladder"),
            requirement.follow_up.consequence.ladder,
            head.ladders,
        ),
    ]
    for index, variant in enumerate(requirement.variants):
        if isinstance(variant, AwardVariant):
            at = ("variants", index, "consequence", "ladder")
            named.append(("reference.ladder", at, variant.consequence.ladder, head.ladders))
    for index, sector in enumerate(requirement.applies.sectors):
        named.append(("reference.sector", ("applies", "sectors", index), sector, head.sectors))
    for index, regime in enumerate(requirement.applies.regimes):
        named.append(("reference.regime", ("applies", "regimes", index), regime, law.regimes))
    for index, source in enumerate(requirement.sources):
        named.append(("reference.source", ("sources", index), source, head.sources))
    for index, conflict in enumerate(requirement.conflicts):
        named.append(("reference.goal", ("conflicts", index, "goal"), conflict.goal, head.goals))
    for index, question in enumerate(requirement.questions):
        named.append(("reference.headcount", ("questions", index, "headcount"), question.headcount, rules))
        named.append(("reference.table", ("questions", index, "table"), question.table, tables))
    for code, location, name, known in named:
        if name is not None and name not in known:
            yield _dangling(code, location, name, known)


def _requirements(requirement: Requirement, ids: Collection[str]) -> Iterator[Problem]:
    for key in ("replaces", "replaced_by"):
        for index, other in enumerate(getattr(requirement, key)):
            if other not in ids or (other == requirement.id and key == "replaced_by"):
                yield _dangling("reference.requirement", (key, index), other, set(ids) - {requirement.id})


def cycles(requirements: Mapping[str, Requirement]) -> Iterator[tuple[str, Problem]]:
    """Yield (id, problem) for every requirement that by way of others replaces itself."""
    for identifier in requirements:
        path, seen = [identifier], {identifier}
        while path:
            following = [r for r in requirements[path[-1]].replaces if r in requirements]
            if identifier in following:
                data = {"name": identifier, "path": " → ".join((*path, identifier))}
                yield identifier, ("reference.cycle", ("replaces",), data)
                break
            step = next((r for r in following if r not in seen), None)
            if step is None:
                path.pop()
            else:
                seen.add(step)
                path.append(step)


def _dangling(code: str, location: Location, name: str, known: Iterable[str]) -> Problem:
    return code, location, {"name": name, "nearest": nearest(name, known)}


def _citation(text: str, location: Location, law: Law) -> Iterator[Problem]:
    """Check that a citation can be read and names an act of the list that is in force."""
    parsed = citation.parse(text)
    if parsed is None:
        yield "citation.form", location, {"citation": text}
    elif parsed.act not in law.acts:
        yield "citation.act", location, {"act": parsed.act, "nearest": nearest(parsed.act, law.acts)}
    elif law.acts[parsed.act].valid_to is not None:
        yield "citation.repealed", location, {"act": parsed.act, "replaced_by": str(law.acts[parsed.act].replaced_by)}
    elif law.acts[parsed.act].version_seen is None:
        yield "citation.unread", location, {"act": parsed.act}
    elif parsed.section and law.acts[parsed.act].chapters != (parsed.chapter is not None):
        yield "citation.form", location, {"citation": text}


def _parameters(requirement: Requirement) -> Iterator[Problem]:
    """Check that clause texts use declared parameters only, and every one of them in each language."""
    declared = set(requirement.parameters)
    used: set[str] = set()
    for index, variant in enumerate(requirement.variants):
        per_language: dict[str, set[str]] = {}
        for language, text in (("sv", variant.text.sv), ("en", variant.text.en)):
            if text is None:
                continue
            location: Location = ("variants", index, "text", language)
            names = set(PLACEHOLDER.findall(text))
            per_language[language] = names
            if _BRACES.search(PLACEHOLDER.sub("", text)):
                yield "parameter.braces", location, {}
            for name in sorted(names - declared):
                yield "parameter.undeclared", location, {"name": name, "nearest": nearest(name, declared)}
        if len(per_language) == 2 and per_language["sv"] != per_language["en"]:
            odd = ", ".join(sorted(per_language["sv"] ^ per_language["en"]))
            yield "parameter.one-language", ("variants", index, "text", "en"), {"name": odd}
        used.update(*per_language.values())
    for name in sorted(declared - used):
        yield "parameter.unused", ("parameters", name), {"name": name}


def _deadline(requirement: Requirement) -> Iterator[Problem]:
    """Check that a follow-up that is set by a parameter names one in months."""
    name = requirement.follow_up.when.months_after_start
    parameter = requirement.parameters.get(name) if isinstance(name, str) else None
    if isinstance(name, str) and not (isinstance(parameter, IntegerParameter) and parameter.unit == "months"):
        months = [key for key, p in requirement.parameters.items() if getattr(p, "unit", None) == "months"]
        at = ("follow_up", "when", "months_after_start")
        yield "follow-up.parameter", at, {"name": name, "nearest": ", ".join(months) or "–"}


def _limits(requirement: Requirement) -> Iterator[Problem]:
    """Check that the limit of a question names a parameter that is a number, or another question that asks for one."""
    numbers = {name: p for name, p in requirement.parameters.items() if isinstance(p, IntegerParameter)}
    counted = {question.key for question in requirement.questions if question.type in ("number", "per-cent", "kronor")}
    for index, question in enumerate(requirement.questions):
        if question.limit is None:
            continue
        key, value = question.limit.bound
        at: Location = ("questions", index, "limit", key)
        if key in ("all_of", "reaches"):
            if value == question.key or value not in counted:
                others = ", ".join(sorted(counted - {question.key})) or "–"
                yield "question.limit-question", at, {"name": str(value), "nearest": others}
        elif isinstance(value, str):
            suits = [n for n, p in numbers.items() if question.type != "date" or p.unit == "months"]
            if value not in suits:
                yield "question.limit-parameter", at, {"name": value, "nearest": ", ".join(suits) or "–"}


def cells(requirement: Requirement, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield the cells in the limits of a requirement's table questions that their tables do not have."""
    for index, question in enumerate(requirement.questions):
        table = tables.get(question.table or "")
        if table is None or question.limit is None or question.limit.share is None:
            continue
        known = [f"{row.key}.{column.key}" for row in table.rows for column in table.columns if column.type == "number"]
        for cell in question.limit.share.split(" of "):
            if cell not in known:
                at: Location = ("questions", index, "limit", "share")
                yield "question.limit-cell", at, {"name": cell, "nearest": nearest(cell, known)}


def untranslated(model: Model, head: CatalogueHead, location: Location = ()) -> Iterator[Problem]:
    """Yield every text that lacks a language of the catalogue.

    Pydantic writes JSON much faster than Python walks a model, and quotes inside a text are escaped there: the walk
    is made only where something is missing.
    """
    if "en" in head.languages and '"en":null' in model.model_dump_json():
        yield from _untranslated_in(model, location)


def _untranslated_in(value: object, location: Location) -> Iterator[Problem]:
    if isinstance(value, Model):
        if isinstance(value, Text) and value.en is None:
            yield "text.missing-en", location, {}
        for name in type(value).model_fields:
            yield from _untranslated_in(getattr(value, name), (*location, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _untranslated_in(item, (*location, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _untranslated_in(item, (*location, key))


def incomplete(head: CatalogueHead) -> Iterator[Problem]:
    """Yield the levels and grounds that have no name, and the ladders whose days are not in their words."""
    for name, ladder in head.ladders.items():
        days = str(ladder.remedy_days or "")
        if days and any(days not in re.findall("[0-9]+", ladder.steps[0][language]) for language in head.languages):
            yield "ladder.days", ("ladders", name, "remedy_days"), {"days": days, "ladder": name}
    for key, names, known in (("levels", head.levels, get_args(Level)), ("grounds", head.grounds, get_args(Ground))):
        missing = [name for name in known if name not in names]
        if missing:
            yield "catalogue.incomplete", (key,), {"names": ", ".join(missing)}


def law_problems(law: Law) -> Iterator[tuple[str, Problem]]:
    """Yield (file name, problem) for citations of the law files that cannot be read or name no act."""
    kinds = get_args(Kind)
    if missing := [kind for kind in kinds if kind not in law.kinds]:
        yield "kinds.yaml", ("catalogue.incomplete", (), {"names": ", ".join(missing)})
    for name, regime in law.regimes.items():
        if missing := [kind for kind in kinds if kind not in regime.kinds]:
            yield "regimes.yaml", ("catalogue.incomplete", (name, "kinds"), {"names": ", ".join(missing)})
        for key in ("scope", "principles", "follow_up"):
            for problem in _citation(getattr(regime, key), (name, key), law):
                yield "regimes.yaml", problem
        for kind, rule in regime.kinds.items():
            for problem in _citation(rule.citation, (name, "kinds", kind, "citation"), law):
                yield "regimes.yaml", problem
    for index, headcount in enumerate(law.headcount):
        for problem in _citation(headcount.citation, (index, "citation"), law):
            yield "headcount.yaml", problem
