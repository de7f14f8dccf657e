"""Pydantic's errors as findings: each with its place in the file and the nearest allowed word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from procurement_equality.catalogue.strict_yaml import YamlFile, keys_above
from procurement_equality.findings import Finding

ModelType = TypeVar("ModelType", bound=BaseModel)

_EXPECTED = {
    "string_type": ("text", "text"),
    "int_type": ("ett heltal", "a whole number"),
    "bool_type": ("true eller false", "true or false"),
    "date_type": ("ett datum, 2026-02-12", "a date, 2026-02-12"),
    "tuple_type": ("en lista", "a list"),
    "dict_type": ("nycklar med värden", "keys with values"),
    "mapping_type": ("nycklar med värden", "keys with values"),
    "model_type": ("nycklar med värden", "keys with values"),
    "model_attributes_type": ("nycklar med värden", "keys with values"),
}
_BOUNDS = {
    "greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le", "less_than": "lt",
    "too_short": "min_length", "too_long": "max_length", "string_too_short": "min_length",
    "string_too_long": "max_length",
}  # fmt: skip
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "min_length": "längd/length ≥", "max_length": "längd/length ≤"}


def validate(model: type[ModelType], file: YamlFile) -> tuple[ModelType | None, list[Finding]]:
    """Make a model of a file's value. Gives the model, or None and every finding."""
    try:
        return model.model_validate(file.value), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return None, [_finding(model, file, detail) for detail in details if not _follows(detail, details)]


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Say whether an error only repeats another: a list that is too short because an item of it is wrong."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in details
    )


def nearest(word: str, words: Iterable[str], number: int = 3) -> str:
    """Give the nearest of `words`, or all of them where none is near, as one readable string."""
    choices = [str(choice) for choice in words]
    near = difflib.get_close_matches(word, choices, number, 0.6)
    return ", ".join(near or sorted(choices)[:12])


def _finding(model: type[BaseModel], file: YamlFile, detail: ErrorDetails) -> Finding:
    location, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    if kind == "union_tag_invalid":
        location = (*location, str(context["discriminator"]).strip("'"))
    last = _key(location)
    if kind == "missing":
        code = "text.missing-sv" if last == "sv" else "model.missing-key"
        return file.finding(code, location, key=last)
    if kind == "extra_forbidden":
        parent = tuple(location[:-1])
        unused = set(_fields(model, parent)) - set(keys_above(file.node, parent))
        return file.finding(
            "model.unknown-key", location, key=last, nearest=nearest(last, unused or _fields(model, parent))
        )
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = [
            part.strip(" '")
            for part in str(context.get("expected") or context["expected_tags"]).replace(" or ", ", ").split(",")
        ]
        value = str(context.get("tag", detail["input"]))
        return file.finding("model.not-allowed", location, key=last, value=value, nearest=nearest(value, allowed))
    if kind == "union_tag_not_found":
        return file.finding("model.missing-key", location, key=str(context["discriminator"]).strip("'"))
    if kind in _EXPECTED:
        sv, en = _EXPECTED[kind]
        return file.finding(
            "model.wrong-type", location, key=last, expected_sv=sv, expected_en=en, value=_short(detail["input"])
        )
    if kind == "string_pattern_mismatch":
        return file.finding(
            "model.wrong-form", location, key=last, value=_short(detail["input"]), pattern=str(context["pattern"])
        )
    if kind in _BOUNDS:
        bound = next(f"{_SIGNS[name]} {context[name]}" for name in _SIGNS if name in context)
        return file.finding("model.out-of-range", location, key=last, value=_short(detail["input"]), bound=bound)
    if "." in kind:  # a rule of our own, raised in a model
        return file.finding(kind, location, **{name: str(value) for name, value in context.items()})
    return file.finding("model.invalid", location, key=last, value=_short(detail["input"]), problem=detail["msg"])


def _key(location: tuple[int | str, ...]) -> str:
    """Give the key that a location is about: its last name, or for a key of a mapping the mapping's own."""
    names = [part for part in location if isinstance(part, str)]
    if names and names[-1] == "[key]":
        return names[-3] if len(names) > 2 else names[0]  # mapping, key, "[key]"
    return names[-1] if names else ""


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _fields(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Give the keys allowed at `location` below `model`."""
    models: list[type[BaseModel]] = [model]
    annotations: list[Any] = [model]
    for part in location:
        annotations = [inner for a in annotations for inner in _step(a, part)] or annotations
        models = [a for a in annotations if isinstance(a, type) and issubclass(a, BaseModel)] or models
    return [field for each in models for field in each.model_fields]


def _step(annotation: Any, part: int | str) -> Iterator[Any]:  # noqa: ANN401 - annotations have no common type
    """Give what a key or index leads to below an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        for inner in _alternatives(annotation.model_fields["root"].annotation):
            yield from _step(inner, part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if part in annotation.model_fields:
            yield from _alternatives(annotation.model_fields[str(part)].annotation)
    elif get_origin(annotation) is tuple:
        yield from _alternatives(get_args(annotation)[0])
    elif isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Mapping):
        yield from _alternatives(get_args(annotation)[1])


def _alternatives(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - annotations have no common type
    """Give the members of a union, or the annotation itself."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for member in get_args(annotation):
            yield from _alternatives(member)
    else:
        yield annotation
