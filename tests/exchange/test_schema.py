"""The JSON Schemas that editors use say what the models say, as far as JSON Schema has words for it."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from conftest import ROOT
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.text import Model
from procurement_equality.exchange.schema import RULES, SCHEMAS, schema, written

CATALOGUE = ROOT / "requirements_catalog"
EXAMPLES = ROOT / "examples"
LAYER = EXAMPLES / "overlay"
MARK = "# yaml-language-server: $schema="


def _files() -> Iterator[tuple[str, Path]]:
    """Give every YAML file of the catalogue and the examples, with the name of its schema."""
    for path in sorted((CATALOGUE / "law").glob("*.yaml")):
        yield path.stem, path
    yield "catalogue", CATALOGUE / "catalogue.yaml"
    yield "lint", CATALOGUE / "lint.yaml"
    yield "assessment", CATALOGUE / "assessment.yaml"
    yield "scan", CATALOGUE / "checks" / "scan.yaml"
    yield "burden", CATALOGUE / "burden.yaml"
    yield "goal_conflicts", CATALOGUE / "goal_conflicts.yaml"
    yield "overlay", LAYER / "overlay.yaml"
    for name, folder, pattern in (
        ("table", CATALOGUE, "tables/*.yaml"),
        ("checklist", CATALOGUE, "checklist/*.yaml"),
        ("requirement", CATALOGUE, "requirements/*/*.yaml"),
        ("procurement", EXAMPLES, "*.yaml"),
        ("procurement", CATALOGUE, "checks/base/*.yaml"),
        ("words", CATALOGUE, "checks/words/*.yaml"),
        ("change", LAYER, "changes/*.yaml"),
        ("table", LAYER, "tables/*.yaml"),
        ("requirement", LAYER, "requirements/*/*.yaml"),
    ):
        for path in sorted(folder.glob(pattern)):
            yield name, path


FILES = tuple(_files())
VALIDATORS = {
    name: Draft202012Validator(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER) for name in SCHEMAS
}


def _value(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    file, findings = read_file(path)
    assert file is not None, findings
    return _thawed(file.value)


def _thawed(value: Any) -> Any:  # noqa: ANN401
    """Give a value with lists that can be edited."""
    if isinstance(value, dict):
        return {key: _thawed(item) for key, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value


def _read(value: Any) -> Any:  # noqa: ANN401
    """Give a value as the strict reader does: sequences are tuples."""
    if isinstance(value, dict):
        return {key: _read(item) for key, item in value.items()}
    return tuple(_read(item) for item in value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Give a value as a language server does: dates are strings."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _model_accepts(name: str, value: Any) -> bool:  # noqa: ANN401
    try:
        SCHEMAS[name].model_validate(_read(value))
    except ValidationError:
        return False
    return True


def _schema_accepts(name: str, value: Any) -> bool:  # noqa: ANN401
    return VALIDATORS[name].is_valid(_plain(value))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_a_schema_with_title_and_description(name: str) -> None:
    """Each is valid by the metaschema of draft 2020-12, says so, and says what it is for."""
    made = schema(name)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"]
    assert made["description"].endswith(".")


def test_fields_carry_their_docstrings() -> None:
    """What the models say of a field, or of the type it is written as, is shown in the editor."""
    properties = schema("requirement")["properties"]
    assert properties["review"]["description"] == "What a lawyer must look at: mandatory for a draft."
    assert "Level of ambition" in properties["level"]["description"]
    assert "Key of a question" in schema("requirement")["$defs"]["Question"]["properties"]["key"]["description"]


def test_the_published_schemas_are_what_the_code_gives() -> None:
    """Editors see the models of this version."""
    folder = CATALOGUE / "schema"
    mend = "run: procurement-equality schema --all requirements_catalog/schema --force"
    assert {path.name for path in folder.iterdir()} == {f"{name}.json" for name in SCHEMAS}, mend
    for name in SCHEMAS:
        assert (folder / f"{name}.json").read_text(encoding="utf-8") == written(name), mend


def test_every_file_is_valid_by_its_schema() -> None:
    """Nothing that the catalogue, the examples and their layer hold is underlined in an editor."""
    assert len(FILES) > 200
    for name, path in FILES:
        errors = [f"{error.json_path}: {error.message}" for error in VALIDATORS[name].iter_errors(_plain(_value(path)))]
        assert not errors, path


def test_every_file_names_its_schema_on_the_first_line() -> None:
    """An editor finds the schema without any setting."""
    everything = {path for folder in (CATALOGUE, EXAMPLES) for path in folder.rglob("*.yaml")}
    assert everything == {path for _, path in FILES}
    for name, path in FILES:
        line = path.read_text(encoding="utf-8-sig").partition("\n")[0]
        assert line.startswith(MARK), f"{path} does not begin with {MARK}"
        named = (path.parent / line.removeprefix(MARK)).resolve()
        assert named == (CATALOGUE / "schema" / f"{name}.json").resolve(), path
        assert named.is_file(), path


AKT_01 = CATALOGUE / "requirements" / "active-measures" / "AKT-01.yaml"
PAY_GAP = CATALOGUE / "tables" / "pay-gap.yaml"
CLEANING = EXAMPLES / "stadtjanst-lou.yaml"
HEAD = CATALOGUE / "catalogue.yaml"
LINT = CATALOGUE / "lint.yaml"
LAW = CATALOGUE / "law"
STY_05 = LAYER / "changes" / "STY-05.yaml"
OVERLAY = LAYER / "overlay.yaml"

GONE = object()
"""In the place of a value: the key is deleted."""

DAY = datetime.date(2026, 11, 23)
SV = {"sv": "Text."}
CLAUSE = {"kind": "contract-performance-condition", "text": SV}
AWARD = {
    "kind": "award-criterion",
    "text": SV,
    "scale": [{"points": 0, "description": SV}, {"points": 5, "description": SV}, {"points": 10, "description": SV}],
}
QUESTION = {"key": "one", "type": "text", "text": SV}
COUNT = {**QUESTION, "type": "number"}
TABLE = {**QUESTION, "type": "table", "table": "training-participants"}
ASSESSMENT = CATALOGUE / "assessment.yaml"
FALLING = {**CLAUSE, "title": SV, "weight": {"at_least": 40, "at_most": 30}}
REPLACE = {"verb": "replace", "field": "title", "text": SV, "reason": SV}
APPEND = {"verb": "append", "field": "title", "text": SV, "reason": SV}
SET = {"verb": "set", "level": "basic", "reason": SV}
WHEN = ("follow_up", "when")
CHANGE = ("changes", 0)
PARAMETERS = ("requirements", "AKT-05", "parameters")
NUMBER = {"type": "integer", "label": SV, "default": 2, "min": 1, "max": 3, "unit": "months"}
CHOICE = {"type": "choice", "label": SV, "default": "a", "choices": {"a": SV, "b": SV}}

Case = tuple[str, Path, tuple[int | str, ...], object]
"""Schema, file, place, and the value that is put there."""


def _award(*points: object) -> dict[str, Any]:
    return {**AWARD, "scale": [{"points": each, "description": SV} for each in points]}


REFUSED: dict[str, Case] = {
    "capacity on a contract condition": (
        "requirement", AKT_01, ("variants", 0), {**CLAUSE, "capacity": "financial-standing"},
    ),
    "a missing key": ("requirement", AKT_01, ("rationale",), GONE),
    "a misspelt key": ("requirement", AKT_01, ("folow_up",), "x"),
    "a misspelt key deep down": ("requirement", AKT_01, ("follow_up", "indikator"), SV),
    "a number for a text": ("requirement", AKT_01, ("title", "sv"), 7),
    "a text for a language map": ("requirement", AKT_01, ("title",), "Titel"),
    "a list for a language map": ("requirement", AKT_01, ("title",), [SV]),
    "a language map without Swedish": ("requirement", AKT_01, ("title", "sv"), GONE),
    "a third language": ("requirement", AKT_01, ("title", "fi"), "Otsikko"),
    "an empty text": ("requirement", AKT_01, ("title", "en"), ""),
    "a text of spaces": ("requirement", AKT_01, ("title", "sv"), "  \n"),
    "an unknown level": ("requirement", AKT_01, ("level",), "expert"),
    "an unknown ground": ("requirement", AKT_01, ("grounds", 0), "gender"),
    "an id in small letters": ("requirement", AKT_01, ("id",), "akt-01"),
    "an id without number": ("requirement", AKT_01, ("id",), "AKT"),
    "a version of two numbers": ("requirement", AKT_01, ("since",), "0.1"),
    "a topic with a capital": ("requirement", AKT_01, ("topic",), "Active"),
    "a topic that is too long": ("requirement", AKT_01, ("topic",), "a" * 41),
    "a date that is no date": ("requirement", AKT_01, ("last_verified",), "i dag"),
    "a number for a date": ("requirement", AKT_01, ("last_verified",), 2026),
    "an article above 39": ("requirement", AKT_01, ("charter_articles", "articles", 0), 40),
    "no articles": ("requirement", AKT_01, ("charter_articles", "articles"), []),
    "a charter of another year": ("requirement", AKT_01, ("charter_articles", "version"), 2010),
    "a charter of a year in quotes": ("requirement", AKT_01, ("charter_articles", "version"), "2006"),
    "a draft without review": ("requirement", AKT_01, ("status",), "draft"),
    "a withdrawn requirement without successor": ("requirement", AKT_01, ("status",), "withdrawn"),
    "no variants": ("requirement", AKT_01, ("variants",), []),
    "two variants of a kind": ("requirement", AKT_01, ("variants",), [CLAUSE, CLAUSE]),
    "an unknown kind": ("requirement", AKT_01, ("variants", 0, "kind"), "condition"),
    "a variant without kind": ("requirement", AKT_01, ("variants", 0, "kind"), GONE),
    "a scale for a clause": ("requirement", AKT_01, ("variants", 0, "scale"), AWARD["scale"]),
    "an award criterion without scale": ("requirement", AKT_01, ("variants", 0), {**CLAUSE, "kind": "award-criterion"}),
    "a scale of one step": ("requirement", AKT_01, ("variants", 0), _award(0)),
    "a scale that does not begin at 0": ("requirement", AKT_01, ("variants", 0), _award(1, 2)),
    "a scale that returns to 0": ("requirement", AKT_01, ("variants", 0), _award(0, 0)),
    "the same points twice": ("requirement", AKT_01, ("variants", 0), _award(0, 5, 5)),
    "points above 10": ("requirement", AKT_01, ("variants", 0), _award(0, 11)),
    "a decimal of points": ("requirement", AKT_01, ("variants", 0), _award(0, 2.5)),
    "no time of follow-up": ("requirement", AKT_01, WHEN, {}),
    "follow-up without the tender and without months": ("requirement", AKT_01, WHEN, {"with_tender": False}),
    "an interval without first time": ("requirement", AKT_01, WHEN, {"with_tender": True, "then_every_months": 12}),
    "months below 0": ("requirement", AKT_01, WHEN, {"months_after_start": -1}),
    "true for months": ("requirement", AKT_01, WHEN, {"months_after_start": True}),
    "a decimal of months": ("requirement", AKT_01, WHEN, {"months_after_start": 1.5}),
    "a parameter name with a capital": ("requirement", AKT_01, WHEN, {"months_after_start": "First"}),
    "a text for true": ("requirement", AKT_01, WHEN, {"with_tender": "true"}),
    "1 for true": ("requirement", AKT_01, WHEN, {"with_tender": 1}),
    "no questions": ("requirement", AKT_01, ("questions",), []),
    "a map for a list": ("requirement", AKT_01, ("questions",), {"one": QUESTION}),
    "a key of a question that is too long": ("requirement", AKT_01, ("questions", 0, "key"), "a" * 18),
    "a key of a question with a dash": ("requirement", AKT_01, ("questions", 0, "key"), "a-b"),
    "a choice without options": ("requirement", AKT_01, ("questions", 0, "type"), "choice"),
    "a choice with no option": ("requirement", AKT_01, ("questions", 0), {**QUESTION, "type": "choice", "options": {}}),
    "options of a question that is no choice": ("requirement", AKT_01, ("questions", 0, "options"), {"a": SV}),
    "an option whose key has a capital": (
        "requirement", AKT_01, ("questions", 0), {**QUESTION, "type": "choice", "options": {"A": SV}},
    ),
    "a limit without value": ("requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {}}),
    "a limit of two values": ("requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {"at_least": 1, "all": 2}}),
    "a limit below 0": ("requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {"at_least": -1}}),
    "a limit of a text": ("requirement", AKT_01, ("questions", 0), {**QUESTION, "limit": {"at_least": 1}}),
    "a limit of a yes": ("requirement", AKT_01, ("questions", 0, "limit"), {"at_least": 1}),
    "a date's limit of a number": ("requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {"months_old": 6}}),
    "a number's limit of a date": ("requirement", AKT_01, ("questions", 1, "limit"), {"at_least": 6}),
    "a table's limit without cells": ("requirement", AKT_01, ("questions", 0), {**TABLE, "limit": {"at_least": 1}}),
    "cells of a number": (
        "requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {"all": 1, "share": "a.b of c.d"}},
    ),
    "an answer that is none": ("requirement", AKT_01, ("questions", 0, "shows"), {"maybe": "met"}),
    "an answer that shows no such thing": ("requirement", AKT_01, ("questions", 0, "shows"), {"yes": "fulfilled"}),
    "an answer to a number without limit": (
        "requirement", AKT_01, ("questions", 0), {**COUNT, "shows": {"kept": "met"}},
    ),
    "an answer to a text": ("requirement", AKT_01, ("questions", 0), {**QUESTION, "shows": {"yes": "met"}}),
    "rules without a type": ("assessment", ASSESSMENT, ("answers", "table"), GONE),
    "rules without an answer": ("assessment", ASSESSMENT, ("answers", "yes-no", "no"), GONE),
    "rules for an answer that is none": ("assessment", ASSESSMENT, ("answers", "yes-no", "maybe"), "met"),
    "rules for a type that is none": ("assessment", ASSESSMENT, ("answers", "text"), {"long": "met"}),
    "days of a ladder below 1": ("catalogue", HEAD, ("ladders", "standard", "remedy_days"), 0),
    "setting a question to nothing": (
        "change", STY_05, CHANGE, {"verb": "set", "reason": SV, "questions": {"one": {}}},
    ),
    "a table question without table": ("requirement", AKT_01, ("questions", 0, "type"), "table"),
    "a table of a question that is none": ("requirement", AKT_01, ("questions", 0, "table"), "pay-gap"),
    "a list for parameters": ("requirement", AKT_01, ("parameters",), [NUMBER]),
    "a parameter with a dash": ("requirement", AKT_01, ("parameters", "first-months"), NUMBER),
    "a parameter of unknown type": ("requirement", AKT_01, ("parameters", "p"), {**NUMBER, "type": "number"}),
    "a default of a date": ("requirement", AKT_01, ("parameters", "p"), {"type": "date", "label": SV, "default": "x"}),
    "a choice of one": ("requirement", AKT_01, ("parameters", "p"), {**CHOICE, "choices": {"a": SV}}),
    "a CPV prefix of nine digits": ("requirement", AKT_01, ("applies", "cpv"), ["123456789"]),
    "no sources": ("requirement", AKT_01, ("sources",), []),
    "a waiver of what is no language check": (
        "requirement", AKT_01, ("waivers",), [{"code": "file.missing", "reason": SV}],
    ),
    "a table without rows": ("table", PAY_GAP, ("spare_rows",), 0),
    "a table with no key for rows": ("table", PAY_GAP, ("spare_rows",), GONE),
    "a negative number of rows": ("table", PAY_GAP, ("spare_rows",), -1),
    "more spare rows than a page holds": ("table", PAY_GAP, ("spare_rows",), 21),
    "a table without columns": ("table", PAY_GAP, ("columns",), []),
    "a table of seven columns": (
        "table", PAY_GAP, ("columns",), [{"key": f"c{n}", "label": SV, "type": "text"} for n in range(7)],
    ),
    "a thirteenth statistic": ("table", PAY_GAP, ("statistic",), "T13"),
    "an unknown level in the head": ("catalogue", HEAD, ("levels", "expert"), SV),
    "a topic without prefix": ("catalogue", HEAD, ("topics", "new"), {"title": SV}),
    "an address without protocol": (
        "catalogue", HEAD, ("sources", "new"), {"title": "T", "publisher": "P", "url": "x.se", "seen": DAY},
    ),
    "an unknown act": ("procurement", CLEANING, ("act",), "LOPU"),
    "a CPV code with a point": ("procurement", CLEANING, ("cpv",), ["90911200.8"]),
    "no CPV code": ("procurement", CLEANING, ("cpv",), []),
    "a value of 0": ("procurement", CLEANING, ("value",), 0),
    "a decimal value": ("procurement", CLEANING, ("value",), 1000.5),
    "a value in quotes": ("procurement", CLEANING, ("value",), "1000"),
    "a title of spaces": ("procurement", CLEANING, ("title",), " "),
    "a number for a title": ("procurement", CLEANING, ("title",), 7),
    "Finnish documents": ("procurement", CLEANING, ("languages",), ["fi"]),
    "leaving out without reason": ("procurement", CLEANING, ("requirements", "AKT-01"), {"include": False}),
    "a choice about what is no id": ("procurement", CLEANING, ("requirements", "akt_01"), {"include": True}),
    "a weight above 100": ("procurement", CLEANING, ("requirements", "AKT-05", "weight"), 101),
    "a parameter that is a list": ("procurement", CLEANING, PARAMETERS, {"p": [1]}),
    "a parameter that is a decimal": ("procurement", CLEANING, PARAMETERS, {"p": 1.5}),
    "a parameter that is true": ("procurement", CLEANING, PARAMETERS, {"p": True}),
    "a prefix of six letters": ("overlay", OVERLAY, ("prefix",), "ABCDEF"),
    "a layer without base": ("overlay", OVERLAY, ("base",), GONE),
    "no changes": ("change", STY_05, ("changes",), []),
    "a short digest": ("change", STY_05, ("digest",), "abc"),
    "an unknown verb": ("change", STY_05, CHANGE, {**SET, "verb": "delete"}),
    "a change without reason": ("change", STY_05, ("changes", 0, "reason"), GONE),
    "a clause without kind": ("change", STY_05, CHANGE, {**REPLACE, "field": "clause"}),
    "a kind of a title": ("change", STY_05, CHANGE, {**REPLACE, "kind": "award-criterion"}),
    "a balancing without goal": ("change", STY_05, CHANGE, {**APPEND, "field": "balancing"}),
    "a key of a title": ("change", STY_05, CHANGE, {**APPEND, "key": "one"}),
    "an appended field without text": ("change", STY_05, CHANGE, {"verb": "append", "reason": SV, "field": "title"}),
    "an appended text without field": ("change", STY_05, CHANGE, {"verb": "append", "reason": SV, "text": SV}),
    "appending nothing": ("change", STY_05, CHANGE, {"verb": "append", "reason": SV}),
    "appending an empty list": ("change", STY_05, CHANGE, {"verb": "append", "reason": SV, "sources": []}),
    "appending two things": ("change", STY_05, CHANGE, {**APPEND, "questions": [QUESTION]}),
    "setting nothing": ("change", STY_05, CHANGE, {"verb": "set", "reason": SV}),
    "setting no parameters": ("change", STY_05, CHANGE, {"verb": "set", "reason": SV, "parameters": {}}),
    "setting a requirement withdrawn": ("change", STY_05, CHANGE, {**SET, "status": "withdrawn"}),
    "a bound of 0 words": ("lint", LINT, ("bounds", "sentence_words", "sv"), 0),
    "exceptions under Python's name": ("lint", LINT, ("words", "vague", "except_"), {"sv": []}),
    "words in a third language": ("lint", LINT, ("words", "vague", "words", "fi"), ["x"]),
    "number words in a third language": ("lint", LINT, ("drift", "numbers", "fi"), {"1": "yksi"}),
    "an act without number": ("acts", LAW / "acts.yaml", ("DL", "sfs"), "2008"),
    "a name of no kind": ("kinds", LAW / "kinds.yaml", ("wish",), SV),
    "a regime that is not known": ("regimes", LAW / "regimes.yaml", ("LOU-20",), {}),
    "a rule without citation": (
        "regimes", LAW / "regimes.yaml", ("LOU", "kinds", "award-criterion"), {"allowed": True},
    ),
    "a threshold of 0 euro": ("thresholds", LAW / "thresholds.yaml", (0, "euro"), 0),
    "a threshold for no act": ("thresholds", LAW / "thresholds.yaml", (0, "acts"), []),
    "a cost without basis": ("burden", CATALOGUE / "burden.yaml", ("reading", "assumption"), GONE),
    "a cost with two bases": ("burden", CATALOGUE / "burden.yaml", ("reading", "source"), "uhm-sma-foretag"),
    "a cost that is assumed not": ("burden", CATALOGUE / "burden.yaml", ("reading", "assumption"), False),
    "a conflict with one side": ("goal_conflicts", CATALOGUE / "goal_conflicts.yaml", (0, "sides"), []),
    "a conflict without outcome": ("goal_conflicts", CATALOGUE / "goal_conflicts.yaml", (0, "outcome"), "lost"),
    "a rule from 0 employees": ("headcount", LAW / "headcount.yaml", (0, "at_least"), 0),
    "a list without ranges": ("cpv_lists", LAW / "cpv_lists.yaml", ("annex-2", "ranges"), []),
    "a range without end": ("cpv_lists", LAW / "cpv_lists.yaml", ("annex-2", "ranges", 0, "last"), GONE),
    "a list without names": ("name_lists", LAW / "name_lists.yaml", ("sami-area", "names"), []),
    "an area of no listed language": ("name_lists", LAW / "name_lists.yaml", ("yiddish-area",), {}),
}  # fmt: skip
"""What both the models and the schemas refuse."""

ACCEPTED: dict[str, Case] = {
    "Swedish alone": ("requirement", AKT_01, ("title", "en"), GONE),
    "a draft with review": ("requirement", AKT_01, (), {"status": "draft", "review": SV}),
    "a withdrawn requirement with successor": (
        "requirement", AKT_01, (), {"status": "withdrawn", "replaced_by": ["AKT-02"]},
    ),
    "a clause and an award criterion": ("requirement", AKT_01, ("variants",), [CLAUSE, AWARD]),
    "follow-up with the tender": ("requirement", AKT_01, WHEN, {"with_tender": True}),
    "months as a number": ("requirement", AKT_01, WHEN, {"months_after_start": 6, "then_every_months": 12}),
    "a choice with options": (
        "requirement", AKT_01, ("questions", 0), {**QUESTION, "type": "choice", "options": {"a": SV}},
    ),
    "no options of a text": ("requirement", AKT_01, ("questions", 0), {**QUESTION, "options": {}}),
    "a limit that is a parameter": (
        "requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {"at_least": "months"}},
    ),
    "a limit of an age": ("requirement", AKT_01, ("questions", 1, "limit"), {"months_old": 12}),
    "a limit of a table": (
        "requirement", AKT_01, ("questions", 0), {**TABLE, "limit": {"all": 100, "share": "a.b of c.d"}},
    ),
    "what keeping a limit shows": (
        "requirement", AKT_01, ("questions", 0), {**COUNT, "limit": {"at_most": 0}, "shows": {"not-kept": "partly"}},
    ),
    "what an answer shows": ("requirement", AKT_01, ("questions", 0, "shows"), {"no": "not-applicable"}),
    "what a choice shows": (
        "requirement", AKT_01, ("questions", 0),
        {**QUESTION, "type": "choice", "options": {"a": SV}, "shows": {"a": "met"}},
    ),
    "setting what answers show": (
        "change", STY_05, CHANGE, {"verb": "set", "reason": SV, "questions": {"met": {"limit": {"all": 100}}}},
    ),
    "a table question": ("requirement", AKT_01, ("questions", 0), {**QUESTION, "type": "table", "table": "pay-gap"}),
    "a parameter of a few words": ("requirement", AKT_01, ("parameters", "p"), {"type": "text", "label": SV}),
    "rows without spare rows": ("table", PAY_GAP, (), {"rows": [{"key": "a", "label": SV}], "spare_rows": 0}),
    "a title as plain words": ("procurement", CLEANING, ("title",), "Städning"),
    "a title in Swedish alone": ("procurement", CLEANING, ("title",), SV),
    "leaving out with reason": (
        "procurement", CLEANING, ("requirements", "AKT-01"), {"include": False, "reason": "Nej."},
    ),
    "a parameter that is a date": (
        "procurement", CLEANING, PARAMETERS, {"p": DAY},
    ),
    "a CPV code without check digit": ("procurement", CLEANING, ("cpv",), ["90911200"]),
    "a clause with its kind": (
        "change", STY_05, CHANGE, {**REPLACE, "field": "clause", "kind": "award-criterion"},
    ),
    "a balancing with its goal": ("change", STY_05, CHANGE, {**APPEND, "field": "balancing", "goal": "privacy"}),
    "appending a source": ("change", STY_05, CHANGE, {"verb": "append", "reason": SV, "sources": ["a"]}),
    "setting a follow-up": ("change", STY_05, CHANGE, {"verb": "set", "reason": SV, "follow_up": {"ladder": "a"}}),
    "a default in words": (
        "change", STY_05, CHANGE, {"verb": "set", "reason": SV, "parameters": {"p": {"default": SV}}},
    ),
    "exceptions under their own name": ("lint", LINT, ("words", "vague", "except"), {"sv": []}),
}  # fmt: skip
"""What both accept."""

BEYOND: dict[str, tuple[str, Case]] = {
    "a range of weights that falls": (
        "one number is held against another", ("procurement", CLEANING, ("other_clauses",), {"pris": FALLING}),
    ),
    "a range of minutes that falls": (
        "one number is held against another",
        ("burden", CATALOGUE / "burden.yaml", ("reading", "minutes"), {"at_least": 2, "at_most": 1}),
    ),
    "a default outside its bounds": (
        "one value is held against another", ("requirement", AKT_01, ("parameters", "p"), {**NUMBER, "default": 4}),
    ),
    "a default that is no choice": (
        "a value is held against keys", ("requirement", AKT_01, ("parameters", "p"), {**CHOICE, "default": "c"}),
    ),
    "a scale that falls": (
        "an item is held against the one before", ("requirement", AKT_01, ("variants", 0), _award(0, 5, 3)),
    ),
    "two questions with one key": (
        "uniqueItems compares whole items",
        ("requirement", AKT_01, ("questions",), [QUESTION, {**QUESTION, "help": SV}]),
    ),
    "two columns with one key": (
        "uniqueItems compares whole items",
        ("table", PAY_GAP, ("columns",), [{"key": "a", "label": SV, "type": kind} for kind in ("text", "number")]),
    ),
    "a sum of columns that are not there": (
        "a value is held against keys",
        ("table", PAY_GAP, ("columns",), [{"key": "a", "label": SV, "type": "number", "sum_of": ["b", "c"]}]),
    ),
    "a column at most itself": (
        "a value is held against a key",
        ("table", PAY_GAP, ("columns",), [{"key": "a", "label": SV, "type": "number", "at_most": "a"}]),
    ),
    "a row that is named as a spare row": (
        "spare rows have names that are counted out",
        ("table", PAY_GAP, ("rows",), [{"key": "spare1", "label": SV}]),
    ),
    "a date in quotes": (
        "a date is a text to a language server", ("requirement", AKT_01, ("last_verified",), "2026-11-23"),
    ),
    "a date for a text": (
        "a date is a text to a language server", ("requirement", AKT_01, ("title", "sv"), DAY),
    ),
    "a whole number with a decimal point": (
        "JSON Schema reads 6.0 as the integer 6", ("requirement", AKT_01, WHEN, {"months_after_start": 6.0}),
    ),
}  # fmt: skip
"""What the models refuse though JSON Schema cannot say it, and why it cannot: `validate` finds it."""


def _changed(case: Case) -> tuple[str, Any]:
    """Make the change. A map put at the top is laid over the file's own."""
    name, path, place, new = case
    value = _value(path)
    if not place:
        assert isinstance(new, dict)
        return name, {**value, **new}
    inner = value
    for part in place[:-1]:
        inner = inner.setdefault(part, {}) if isinstance(inner, dict) else inner[part]
    if new is GONE:
        del inner[place[-1]]
    else:
        inner[place[-1]] = new
    return name, value


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_the_models_refuse_the_schemas_refuse(case: Case) -> None:
    """An editor underlines what `validate` would find."""
    name, value = _changed(case)
    assert not _model_accepts(name, value)
    assert not _schema_accepts(name, value)


@pytest.mark.parametrize("case", ACCEPTED.values(), ids=ACCEPTED)
def test_what_the_models_accept_the_schemas_accept(case: Case) -> None:
    """An editor underlines nothing that is right."""
    name, value = _changed(case)
    assert _model_accepts(name, value)
    errors = [f"{error.json_path}: {error.message}" for error in VALIDATORS[name].iter_errors(_plain(value))]
    assert not errors


@pytest.mark.parametrize(("reason", "case"), BEYOND.values(), ids=BEYOND)
def test_what_json_schema_cannot_say_is_left_to_validate(reason: str, case: Case) -> None:
    """These are the known differences; one that JSON Schema learns to say moves to the list of what both refuse."""
    name, value = _changed(case)
    assert not _model_accepts(name, value)
    assert _schema_accepts(name, value), f"no longer true: {reason}"


def test_every_check_of_a_model_is_said_or_known_to_be_beyond() -> None:
    """A new check in a model is also a rule of the schemas, or one of those that JSON Schema cannot say."""
    beyond = {"IntegerParameter", "ChoiceParameter", "Checklist", "WeightRange", "Between"}
    named = {title for name in SCHEMAS for title in (SCHEMAS[name].__name__, *schema(name).get("$defs", {}))}
    checking = {
        model.__name__
        for model in _below(Model)
        if model.__pydantic_decorators__.model_validators or model.__pydantic_decorators__.field_validators
    }
    assert checking & named == {model.__name__ for model in RULES} | beyond


def _below(model: type[Model]) -> Iterator[type[Model]]:
    for each in model.__subclasses__():
        yield each
        yield from _below(each)


@pytest.mark.parametrize(
    ("name", "path"),
    [("table", PAY_GAP), ("change", STY_05), ("overlay", OVERLAY), ("kinds", LAW / "kinds.yaml")],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)
def test_every_part_of_a_file_is_judged_alike_when_it_is_deleted_or_becomes_another_value(
    name: str, path: Path
) -> None:
    """Model and schema agree on each part of a file, in the place of which stands nothing or something else."""
    for place in _places(_value(path)):
        for new in (GONE, "", "a", "A b", 0, 7, 1000, 1.5, True, [], {}, ["a"], SV):
            _, value = _changed((name, path, place, new))
            assert _model_accepts(name, value) == _schema_accepts(name, value), f"{new!r} at {place}"


def _places(value: Any, place: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:  # noqa: ANN401
    """Give the place of everything below `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*place, key)
        yield from _places(item, (*place, key))


def test_a_value_that_is_left_empty_is_refused() -> None:
    """`en:` with nothing after it is null to a language server; the reader refuses it, and so does the schema."""
    value = _value(AKT_01)
    value["title"]["en"] = None
    assert not _schema_accepts("requirement", value)


def test_a_checklist_follows_its_schema() -> None:
    """The questions of a checklist have ids of three letters, and someone who answers."""
    question = {"id": "BEH-01", "text": SV, "why": SV, "roles": ["strategist"], "type": "yes-no"}
    value: dict[str, Any] = {
        "id": "stages", "title": SV, "introduction": SV,
        "sections": [{"key": "needs", "title": SV, "questions": [question]}],
    }  # fmt: skip
    assert _model_accepts("checklist", value)
    assert _schema_accepts("checklist", value)
    value["sections"][0]["questions"] = [question, question]
    assert not _model_accepts("checklist", value)
    assert _schema_accepts("checklist", value), "an id used twice is beyond JSON Schema"
    for key, wrong in (("id", "BEHO-1"), ("roles", []), ("type", "choice"), ("why", "Därför")):
        value["sections"] = [{"key": "needs", "title": SV, "questions": [{**question, key: wrong}]}]
        assert not _model_accepts("checklist", value)
        assert not _schema_accepts("checklist", value)


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PROCUREMENT_EQUALITY_LANG": "en", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "procurement_equality", "schema", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_the_command_prints_one_schema_and_lists_all() -> None:
    """With a name it prints the schema as the published file has it; without, one line for each."""
    result = _run("requirement")
    assert (result.returncode, result.stdout) == (0, written("requirement"))
    assert [line.split()[0] for line in _run().stdout.splitlines()] == list(SCHEMAS)


def test_the_command_writes_all_and_replaces_nothing_without_force(tmp_path: Path) -> None:
    """One file that is there already stops them all, unless `--force`."""
    (tmp_path / "table.json").write_text("mitt eget", encoding="utf-8")
    result = _run("--all", tmp_path)
    assert result.returncode == 2
    assert "output.exists" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["table.json"]
    assert _run("--all", tmp_path, "--force").returncode == 0
    texts = {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert texts == {name: written(name) for name in SCHEMAS}


def test_an_unknown_name_gives_the_nearest() -> None:
    """A slip of the pen is a sentence with the way out."""
    result = _run("requirment")
    assert result.returncode == 2
    assert "use.no-value" in result.stderr
    assert "Did you mean requirement?" in result.stderr
    assert _run("table", "--all", "x").returncode == 2
