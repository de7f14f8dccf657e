"""JSON Schemas (draft 2020-12) of every kind of file, so that an editor completes and checks the YAML.

They are generated from the models that the files are read with. What a model checks in Python is said once more in
`RULES` where JSON Schema has words for it. It has none for references, sums, sizes of one value against another, or
uniqueness among names that anyone may choose: those are found by `validate`.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from procurement_equality.answers.collecting.file_record import FileRecord
from procurement_equality.answers.response import Response
from procurement_equality.catalogue.assessment import AssessmentRules
from procurement_equality.catalogue.checklist import Checklist
from procurement_equality.catalogue.law import Kind, Known
from procurement_equality.catalogue.limit import BOUNDS, LIMITS, STATES, Limit
from procurement_equality.catalogue.model import CatalogueHead, Table
from procurement_equality.catalogue.overlay import Append, ChangeFile, OverlayHead, Replace, Set
from procurement_equality.catalogue.reading import (
    _Acts,
    _CpvLists,
    _Headcount,
    _Kinds,
    _NameLists,
    _Regimes,
    _Thresholds,
)
from procurement_equality.catalogue.requirement import AwardVariant, ClauseVariant, Question, Requirement, When
from procurement_equality.catalogue.text import Model
from procurement_equality.catalogue.wording import Wording
from procurement_equality.checks.goals import GoalConflicts
from procurement_equality.checks.scan_settings import ScanSettings
from procurement_equality.checks.unit_costs import (
    Basis,
    Bound,
    Employees,
    Enough,
    Headcounts,
    Kronor,
    Minutes,
    UnitCosts,
)
from procurement_equality.checks.words import WordFile
from procurement_equality.procurement.facts import _as_text
from procurement_equality.procurement.model import Choice, Procurement

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "requirement": Requirement,
    "table": Table,
    "checklist": Checklist,
    "catalogue": CatalogueHead,
    "procurement": Procurement,
    "overlay": OverlayHead,
    "change": ChangeFile,
    "lint": Wording,
    "assessment": AssessmentRules,
    "response": Response,
    "file-record": FileRecord,
    "acts": _Acts,
    "kinds": _Kinds,
    "regimes": _Regimes,
    "thresholds": _Thresholds,
    "headcount": _Headcount,
    "cpv_lists": _CpvLists,
    "name_lists": _NameLists,
    "known": Known,
    "scan": ScanSettings,
    "words": WordFile,
    "burden": UnitCosts,
    "goal_conflicts": GoalConflicts,
}
"""The kinds of file, and the model that each is read with."""

ABOUT: Mapping[str, tuple[str, str]] = {
    "requirement": ("Requirement", "One requirement of a catalogue or a layer: `requirements/<topic>/<id>.yaml`."),
    "table": ("Table", "A table that suppliers fill in: `tables/<id>.yaml`."),
    "checklist": ("Checklist", "The buying organisation's own questions: `checklist/<id>.yaml`."),
    "catalogue": ("Catalogue", "What the catalogue is called, and all that requirements refer to: `catalogue.yaml`."),
    "procurement": ("Procurement", "One procurement: what is bought, by whom, under which act, and the choices."),
    "overlay": ("Layer", "An organisation's own layer over a catalogue, and the names that it adds: `overlay.yaml`."),
    "change": ("Changes of a layer", "What a layer does to one requirement, and why: `changes/<id>.yaml`."),
    "lint": ("Language checks", "What good wording is, as data: `lint.yaml`."),
    "assessment": ("Assessment", "What an answer shows of its requirement, by type of question: `assessment.yaml`."),
    "response": ("Response", "A filled form as data: who answered, each answer, and how it was found."),
    "file-record": ("File record", "A file that came in, a line of `records/*.jsonl`: what was found, or why not."),
    "acts": ("Acts", "Acts that citations may name, by abbreviation: `law/acts.yaml`."),
    "kinds": ("Kinds", "The name of each kind of requirement: `law/kinds.yaml`."),
    "regimes": ("Regimes", "The rules that a procurement follows, and what they allow: `law/regimes.yaml`."),
    "thresholds": ("Thresholds", "EU thresholds and national limits, for periods: `law/thresholds.yaml`."),
    "headcount": ("Headcount rules", "Duties that apply from a number of employees: `law/headcount.yaml`."),
    "cpv_lists": ("CPV lists", "Lists of CPV codes that an act draws a line by: `law/cpv_lists.yaml`."),
    "known": (
        "What is known",
        "How far the law is known, and the changes that were not seen in force: `law/known.yaml`.",
    ),
    "name_lists": ("Lists of names", "Authorities and municipalities that an act lists: `law/name_lists.yaml`."),
    "scan": ("Scanning documents", "How tender documents are compared with the catalogue: `checks/scan.yaml`."),
    "words": ("Words", "What rules look for in texts: `checks/words/<group>.yaml`."),
    "burden": ("Burden", "What requirements cost a supplier to show, and when that is much: `burden.yaml`."),
    "goal_conflicts": ("Conflicts between goals", "Goals that meet, and how they are balanced: `goal_conflicts.yaml`."),
}
"""Title and description of each schema, in English."""

_PRINTABLE = r"\S"
"""What is left when the ends of a text are stripped: at least one character."""


def _has(**properties: JsonSchemaValue) -> JsonSchemaValue:
    """Give the schema of an object that has these keys, with values like these."""
    values = {key: value for key, value in properties.items() if value}
    return {**({"properties": values} if values else {}), "required": list(properties)}


def _belongs(key: str, to: JsonSchemaValue) -> JsonSchemaValue:
    """Say that a key is there where `to` holds, and nowhere else."""
    return {"if": to, "then": {"required": [key]}, "else": {"properties": {key: False}}}


_SAYS_WHICH = tuple(
    _belongs(key, _has(field={"const": field}))
    for field, key in (("clause", "kind"), ("balancing", "goal"), ("question", "key"))
)
_SOME: JsonSchemaValue = {"minItems": 1}
_LISTS = ("questions", "conflicts", "legal_basis", "sources")


def _exactly(names: Sequence[str]) -> JsonSchemaValue:
    """Give the schema of a mapping that has these keys and no others."""
    return {"required": list(names), "propertyNames": {"enum": list(names)}}


def _of_type(*names: str) -> JsonSchemaValue:
    return _has(type={"enum": list(names)})


_FREE = ("text", "attachment")
_ANSWERS = (
    {"if": _of_type(*_FREE), "then": {"properties": {"limit": False, "shows": {"maxProperties": 0}}}},
    *(
        {
            "if": {**_of_type(name), "not": {"required": ["limit"]}},
            "then": {"properties": {"shows": {"propertyNames": {"enum": list(states)}}}},
        }
        for name, states in STATES.items()
        if name != "limit"
    ),
    {
        "if": {**_of_type("number", "per-cent", "kronor", "date"), "not": {"required": ["limit"]}},
        "then": {"properties": {"shows": {"maxProperties": 0}}},
    },
    {
        "if": {**_of_type("number", "per-cent", "kronor", "date"), "required": ["type", "limit"]},
        "then": {"properties": {"shows": {"propertyNames": {"enum": list(STATES["limit"])}}}},
    },
    {
        "if": {**_of_type("table"), "required": ["type", "limit"]},
        "then": {"properties": {"shows": {"propertyNames": {"enum": [*STATES["table"], *STATES["limit"]]}}}},
    },
)
"""Which answers to each type of question can show something; those to a choice are its own."""

_LIMITS = (
    *(
        {
            "if": _of_type(name),
            "then": {"properties": {"limit": {"properties": {key: False for key in BOUNDS if key not in bounds}}}},
        }
        for name, bounds in LIMITS.items()
    ),
    *(
        {"if": _of_type(name), "then": {"properties": {"limit": False}}}
        for name in ("yes-no", "yes-no-partly", "declaration", "choice")
    ),
    {
        "if": _of_type("table"),
        "then": {"properties": {"limit": {"required": ["share"]}}},
        "else": {"properties": {"limit": {"properties": {"share": False}}}},
    },
)
"""Which limits suit each type of question."""

_GROUNDED = ({"oneOf": [_has(source={}), _has(assumption={})]},)
"""A value rests on a source or is an assumption."""

RULES: Mapping[type[BaseModel], tuple[JsonSchemaValue, ...]] = {
    Requirement: (
        {"if": _has(status={"const": "draft"}), "then": _has(review={})},
        {"if": _has(status={"const": "withdrawn"}), "then": _has(replaced_by=_SOME)},
        *(
            {"properties": {"variants": {"contains": _has(kind={"const": kind}), "minContains": 0, "maxContains": 1}}}
            for kind in get_args(Kind)
        ),
    ),
    ClauseVariant: (
        {"if": {"required": ["capacity"]}, "then": {"properties": {"kind": {"const": "selection-criterion"}}}},
    ),
    AwardVariant: (
        {
            "properties": {
                "scale": {
                    "prefixItems": [{"properties": {"points": {"const": 0}}}],
                    "items": {"properties": {"points": {"minimum": 1}}},
                }
            }
        },
        *(
            {"properties": {"scale": {"contains": _has(points={"const": points}), "minContains": 0, "maxContains": 1}}}
            for points in range(1, 11)
        ),
    ),
    When: (
        {"anyOf": [_has(with_tender={"const": True}), _has(months_after_start={})]},
        {"dependentRequired": {"then_every_months": ["months_after_start"]}},
    ),
    Question: (
        {
            "if": _has(type={"const": "choice"}),
            "then": _has(options={"minProperties": 1}),
            "else": {"properties": {"options": {"maxProperties": 0}}},
        },
        _belongs("table", _has(type={"const": "table"})),
        *_ANSWERS,
        *_LIMITS,
    ),
    Limit: ({"oneOf": [_has(**{bound: {}}) for bound in BOUNDS]},),
    AssessmentRules: (
        {"properties": {"answers": {"required": list(STATES)}}},
        *({"properties": {"answers": {"properties": {name: _exactly(states)}}}} for name, states in STATES.items()),
    ),
    Table: ({"anyOf": [_has(rows=_SOME), _has(spare_rows={"minimum": 1})]},),
    Replace: _SAYS_WHICH,
    Append: (
        {"oneOf": [_has(field={}), *(_has(**{key: _SOME}) for key in _LISTS)]},
        _belongs("text", _has(field={})),
        *_SAYS_WHICH,
    ),
    Set: (
        {"properties": {"questions": {"additionalProperties": {"minProperties": 1}}}},
        {
            "anyOf": [
                _has(parameters={"minProperties": 1}),
                _has(questions={"minProperties": 1}),
                *(_has(**{k: {}}) for k in ("follow_up", "level", "status")),
            ]
        },
    ),
    Choice: ({"if": _has(include={"const": False}), "then": _has(reason={})},),
    **dict.fromkeys((Basis, Bound, Employees, Enough, Headcounts, Kronor, Minutes), _GROUNDED),
}
"""What models check in Python, said in JSON Schema."""


def schema(name: str) -> JsonSchemaValue:
    """Give the JSON Schema of a kind of file. Raises KeyError for a name that is not in `SCHEMAS`."""
    made = SCHEMAS[name].model_json_schema(schema_generator=_Generator)
    title, description = ABOUT[name]
    return {**made, "$schema": _Generator.schema_dialect, "title": title, "description": description}


def written(name: str) -> str:
    """Give a schema as the text of its file: the same models give the same bytes. Raises KeyError as `schema` does."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with what an editor needs: descriptions, closed mappings, and no null.

    A value that is missing is left out: the reader refuses YAML's null, so the schema does too.
    """

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - Pydantic's signature
        """Give fields no title: it would be the key once more."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out a default that is None."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401 - Pydantic's signature
        """Write a default model as it would stand in the file."""
        if isinstance(dft, BaseModel):
            return dft.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return super().encode_default(dft)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Refuse a text of spaces alone, where the model strips it before it counts."""
        made = super().str_schema(schema)
        if schema.get("strip_whitespace") and made.pop("minLength", 0):
            made["pattern"] = _PRINTABLE
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Close a mapping: keys that can be listed become properties, others must be names of the right form."""
        made = super().dict_schema(schema)
        for key in ("patternProperties", "additionalProperties", "propertyNames"):
            made.pop(key, None)
        keys = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        listed = keys.get("enum", [keys["const"]] if "const" in keys else [])
        if listed:
            return {**made, "properties": dict.fromkeys(listed, values), "additionalProperties": False}
        return {**made, "propertyNames": keys, "additionalProperties": values}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Let a buyer's text be plain words or a language map."""
        made = super().function_before_schema(schema)
        if schema["function"]["function"] is _as_text:
            return {"anyOf": [{"type": "string", "pattern": _PRINTABLE}, made]}
        return made

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """Leave out OpenAPI's `discriminator`, which JSON Schema does not know."""
        made = super().tagged_union_schema(schema)
        made.pop("discriminator", None)
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add the fields' descriptions and the rules of the model."""
        made = super().model_schema(schema)
        cls = schema["cls"]
        for name, description in _descriptions(cls).items():
            if name in made.get("properties", {}):
                made["properties"][name]["description"] = description
        if cls in RULES:
            made["allOf"] = [*made.get("allOf", ()), *RULES[cls]]
        return made


def _descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    """Give the docstrings of a model's fields, by the keys in the file; else those of the types they are written as.

    Pydantic's `use_attribute_docstrings` would read the sources whenever the models are imported; this reads them only
    when a schema is made.
    """
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if not issubclass(cls, Model):  # Pydantic's own bases, and the nameless roots of law files
            continue
        module = sys.modules[cls.__module__]
        definition = next(n for n in _tree(module).body if isinstance(n, ast.ClassDef) and n.name == cls.__name__)
        documented = _documented(definition.body)
        for name, annotation in cls.__annotations__.items():
            text = documented.get(name) or _type_description(module, str(annotation).removesuffix(" | None"))
            if name in cls.model_fields and text:
                found[cls.model_fields[name].alias or name] = text
    return found


def _type_description(module: ModuleType, name: str) -> str | None:
    """Give the docstring of a type that has a name of its own in `module`, or where `module` has it from."""
    for node in _tree(module).body:
        if isinstance(node, ast.ImportFrom) and name in [imported.name for imported in node.names]:
            source = sys.modules[str(node.module)]
            return _type_description(source, name) if source.__name__.startswith("procurement_equality.") else None
    return _documented(_tree(module).body).get(name)


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _documented(body: list[ast.stmt]) -> Mapping[str, str]:
    """Give the names that are assigned or declared in `body` and have a docstring below them."""
    found: dict[str, str] = {}
    for node, below in pairwise(body):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(below, ast.Expr):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and isinstance(below.value, ast.Constant):
                found[target.id] = " ".join(str(below.value.value).split())
    return found
