"""Laying an organisation's layers on a catalogue: each change made in order, and every problem told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from procurement_equality.catalogue.model import Catalogue, Layer, LayerChange
from procurement_equality.catalogue.overlay import (
    Add,
    Append,
    Change,
    ChangeFile,
    FollowUpSetting,
    Overlay,
    Replace,
    Set,
    Withdraw,
)
from procurement_equality.catalogue.requirement import FollowUp, Question, Requirement
from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.catalogue.text import Model, Text
from procurement_equality.catalogue.validation import nearest

Problem = tuple[Path, str, Location, dict[str, str]]
"""File, code, location and data of what is wrong with a layer."""

_NAMES = ("topics", "sectors", "goals", "ladders", "sources")
"""The names that a layer may add to the catalogue's."""

_LISTS = ("questions", "conflicts", "legal_basis", "sources")
"""The lists of a requirement that a layer may append to."""


@dataclass
class _State:
    """The catalogue as it grows, layer by layer, and what is wrong so far."""

    requirements: dict[str, Requirement]
    origins: dict[str, tuple[LayerChange, ...]] = field(default_factory=dict)
    decided: dict[str, dict[str, Path]] = field(default_factory=dict)
    """Which file has decided over each field of a requirement, or (with +) was the last to append to it."""
    names: dict[tuple[str, str], Path] = field(default_factory=dict)
    """Which layer has brought in a name."""
    problems: list[Problem] = field(default_factory=list)


class _NoSuchError(Exception):
    """A change points at a clause, question, goal or parameter that the requirement does not have."""

    def __init__(self, key: str, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.key, self.name, self.known = key, name, ", ".join(known) or "–"


def apply(base: Catalogue, overlays: Sequence[Overlay]) -> tuple[Catalogue, list[Problem]]:
    """Lay layers on a catalogue, in order. Gives the catalogue as they leave it, and every problem."""
    state = _State(dict(base.requirements))
    for overlay in overlays:
        state.problems += _head_problems(state, base, overlay)
        _add(state, overlay)
        for identifier, file in overlay.changes.items():
            _change(state, base, overlay, overlay.folder / "changes" / f"{identifier}.yaml", file)
    head = base.head.model_copy(update=_names(base, overlays))
    places = {topic: place for place, topic in enumerate(head.topics)}
    ordered = sorted(state.requirements.values(), key=lambda r: (places.get(r.topic, -1), r.id))
    made = base.model_copy(
        update={
            "head": head,
            "tables": {**base.tables, **{key: table for o in overlays for key, table in o.tables.items()}},
            "requirements": {requirement.id: requirement for requirement in ordered},
            "layers": tuple(Layer(id=o.head.id, version=o.head.version, title=o.head.title) for o in overlays),
            "origins": state.origins,
        }
    )
    return made, state.problems


def _names(base: Catalogue, overlays: Sequence[Overlay]) -> dict[str, Any]:
    """Give the base's names with those that the layers add."""
    merged = {key: dict(getattr(base.head, key)) for key in _NAMES}
    for overlay in overlays:
        for key in _NAMES:
            merged[key].update(getattr(overlay.head, key))
    return {**merged, "definitions": (*base.head.definitions, *(d for o in overlays for d in o.head.definitions))}


def _head_problems(state: _State, base: Catalogue, overlay: Overlay) -> Iterator[Problem]:
    """Yield what the layer's head says that the base or an earlier layer does not bear out."""
    path, head = overlay.folder / "overlay.yaml", overlay.head
    if state.names.setdefault(("id", head.id), path) != path:
        yield path, "overlay.name-taken", ("id",), {"name": head.id}
    if head.base.id != base.head.id:
        yield path, "overlay.base", ("base", "id"), {"base": head.base.id, "catalogue": base.head.id}
    if head.prefix in {topic.prefix for topic in base.head.topics.values()}:
        yield path, "overlay.prefix-taken", ("prefix",), {"prefix": head.prefix}
    for key in _NAMES:
        for name in getattr(head, key):
            if name in getattr(base.head, key) or state.names.setdefault((key, name), path) != path:
                yield path, "overlay.name-taken", (key, name), {"name": name}
    for identifier, table in overlay.tables.items():
        if table.id in base.tables or state.names.setdefault(("tables", table.id), path) != path:
            yield overlay.paths[identifier], "overlay.name-taken", ("id",), {"name": table.id}


def _add(state: _State, overlay: Overlay) -> None:
    """Bring in the layer's own requirements: each with an id of its prefix, and a change that says why."""
    for identifier, requirement in overlay.requirements.items():
        path, file = overlay.paths[identifier], overlay.changes.get(identifier)
        if not identifier.startswith(f"{overlay.head.prefix}-"):
            data = {"id": identifier, "prefix": overlay.head.prefix}
            state.problems.append((path, "overlay.prefix", ("id",), data))
        elif identifier in state.requirements:
            state.problems.append((path, "overlay.id-taken", ("id",), {"id": identifier}))
        elif file is None or not any(change.verb == "add" for change in file.changes):
            state.problems.append((path, "overlay.add-missing", ("id",), {"id": identifier}))
        else:
            state.requirements[identifier] = requirement


def _change(state: _State, base: Catalogue, overlay: Overlay, path: Path, file: ChangeFile) -> None:
    """Make the changes of one file, in order."""
    identifier = file.requirement
    if identifier not in state.requirements:
        if identifier in overlay.requirements:
            return  # refused where it was added, with the reason
        data = {"id": identifier, "nearest": nearest(identifier, state.requirements)}
        state.problems.append((path, "overlay.no-requirement", ("requirement",), data))
        return
    state.problems += [(path, *problem) for problem in _digest_problems(base, file)]
    for index, change in enumerate(file.changes):
        at: Location = ("changes", index)
        fields = _fields(change)
        disagreements = list(_disagreements(state, path, identifier, at, fields))
        state.problems += [(path, *problem) for problem in disagreements]
        if disagreements:
            continue
        if isinstance(change, Add) and identifier not in overlay.requirements:
            state.problems.append((path, "overlay.add-base", (*at, "verb"), {"id": identifier}))
        try:
            state.requirements[identifier] = _changed(state.requirements[identifier], change)
        except _NoSuchError as error:
            data = {"id": identifier, "name": error.name, "nearest": error.known}
            state.problems.append((path, "overlay.no-target", (*at, error.key), data))
        except ValidationError as error:
            state.problems.append((path, "overlay.value", at, {"problem": str(error.errors()[0]["msg"])}))
        made = LayerChange(layer=overlay.head.id, verb=change.verb, fields=tuple(fields), reason=change.reason)
        state.origins[identifier] = (*state.origins.get(identifier, ()), made)


def _digest_problems(base: Catalogue, file: ChangeFile) -> Iterator[tuple[str, Location, dict[str, str]]]:
    """Yield a pin that is missing, or that the base has moved away from."""
    requirement = base.requirements.get(file.requirement)
    if requirement is None:
        return
    data = {"id": requirement.id, "digest": requirement.digest}
    if file.digest is None:
        yield "overlay.digest-missing", ("requirement",), data
    elif file.digest != requirement.digest:
        yield "overlay.digest", ("digest",), data


def _fields(change: Change) -> list[str]:
    """Name what a change decides over. A field with + is only appended to, which two layers may do."""
    if isinstance(change, Add):
        return []
    if isinstance(change, Withdraw):
        return ["status"]
    if isinstance(change, Set):
        follow_up = _given(change.follow_up) if change.follow_up else {}
        named = [*(f"parameters.{name}" for name in change.parameters), *(f"follow_up.{key}" for key in follow_up)]
        named += [f"questions.{key}.{part}" for key, setting in change.questions.items() for part in _given(setting)]
        return named + [key for key in ("level", "status") if getattr(change, key) is not None]
    if isinstance(change, Append) and change.field is None:
        return [f"+{key}" for key in _LISTS if getattr(change, key)]
    which = change.kind or change.goal or change.key
    name = f"{change.field}.{which}" if which else str(change.field)
    return [f"+{name}" if isinstance(change, Append) else name]


def _disagreements(
    state: _State, path: Path, identifier: str, at: Location, fields: Sequence[str]
) -> Iterator[tuple[str, Location, dict[str, str]]]:
    """Yield what another file, or an earlier change of the same, has already decided.

    A withdrawal decides over everything. Two layers may append to the same text, but one may not replace what the other
    appends to.
    """
    decided = state.decided.setdefault(identifier, {})
    for name in fields:
        others = [
            (known, other)
            for known, other in decided.items()
            if (other == path and known == name and not name.startswith("+"))
            or (other != path and _collide(known, name))
        ]
        for known, other in others[:1]:
            if other == path:
                yield "overlay.twice", (*at, "verb"), {"id": identifier, "field": name}
            else:
                field_name = "status" if "status" in (known, name) else name.removeprefix("+")
                yield "overlay.disagree", (*at, "verb"), {"id": identifier, "field": field_name, "other": str(other)}
        decided.setdefault(name, path)


def _collide(one: str, other: str) -> bool:
    """Say whether two changes by different layers cannot both stand."""
    if "status" in (one, other):
        return True
    return one.removeprefix("+") == other.removeprefix("+") and not (one.startswith("+") and other.startswith("+"))


def _changed(requirement: Requirement, change: Change) -> Requirement:
    """Give the requirement as the change leaves it. Raises `_NoSuchError` and Pydantic's ValidationError."""
    if isinstance(change, Add):
        return requirement
    if isinstance(change, Withdraw):
        return requirement.model_copy(update={"status": "withdrawn", "replaced_by": change.replaced_by})
    if isinstance(change, Set):
        return _set(requirement, change)
    if change.text is None:
        lists = {key: (*getattr(requirement, key), *getattr(change, key)) for key in _LISTS}
        return Requirement.model_validate({**dict(requirement), **lists})
    return _with_text(requirement, change, change.text)


def _set(requirement: Requirement, change: Set) -> Requirement:
    """Give the requirement with new defaults; what is set is validated anew."""
    update = _given(change, "level", "status")
    parameters = dict(requirement.parameters)
    for name, setting in change.parameters.items():
        if name not in parameters:
            raise _NoSuchError("parameters", name, list(parameters))
        parameters[name] = type(parameters[name]).model_validate({**dict(parameters[name]), **_given(setting)})
    if change.parameters:
        update["parameters"] = parameters
    if change.follow_up is not None:
        update["follow_up"] = _follow_up(requirement.follow_up, change.follow_up)
    if change.questions:
        update["questions"] = tuple(_questions(requirement, change))
    return Requirement.model_validate({**dict(requirement), **update})


def _questions(requirement: Requirement, change: Set) -> Iterator[Question]:
    """Give the questions with what their answers show set anew; what is set is validated anew."""
    keys = [question.key for question in requirement.questions]
    for key in change.questions:
        if key not in keys:
            raise _NoSuchError("questions", key, keys)
    for question in requirement.questions:
        setting = change.questions.get(question.key)
        yield Question.model_validate({**dict(question), **_given(setting)}) if setting else question


def _follow_up(follow_up: FollowUp, setting: FollowUpSetting) -> FollowUp:
    new = _given(setting)
    when = {key: new.pop(key) for key in ("months_after_start", "then_every_months") if key in new}
    update: dict[str, Any] = {"when": type(follow_up.when).model_validate({**dict(follow_up.when), **when})}
    if "ladder" in new:
        update["consequence"] = follow_up.consequence.model_copy(update={"ladder": new.pop("ladder")})
    return follow_up.model_copy(update={**update, **new})


def _given(model: Model, *keys: str) -> dict[str, Any]:
    """Give the values of a setting that are set: of all its keys, or of some."""
    return {key: value for key, value in dict(model).items() if value is not None and (not keys or key in keys)}


def _with_text(requirement: Requirement, change: Replace | Append, text: Text) -> Requirement:
    """Give the requirement with a text replaced, or with a paragraph after it."""

    def new(old: Text) -> Text:
        return _joined(old, text) if isinstance(change, Append) else text

    evidence, follow_up = requirement.evidence, requirement.follow_up
    update: dict[str, Any]
    if change.field in ("title", "rationale"):
        update = {change.field: new(getattr(requirement, change.field))}
    elif change.field == "evidence":
        made = new(Text(sv=evidence.sv, en=evidence.en))
        update = {"evidence": evidence.model_copy(update=dict(made))}
    elif change.field == "small-supplier":
        update = {"evidence": evidence.model_copy(update={"small_supplier": new(evidence.small_supplier)})}
    elif change.field == "indicator":
        update = {"follow_up": follow_up.model_copy(update={"indicator": new(follow_up.indicator)})}
    else:
        update = _in_a_list(requirement, change, new)
    return requirement.model_copy(update=update)


def _in_a_list(requirement: Requirement, change: Replace | Append, new: Callable[[Text], Text]) -> dict[str, Any]:
    """Give the list that holds a clause, a balancing or a question, with its text changed."""
    name, key, which, inner = {
        "clause": ("variants", "kind", change.kind, "text"),
        "balancing": ("conflicts", "goal", change.goal, "balancing"),
        "question": ("questions", "key", change.key, "text"),
    }[str(change.field)]
    items = getattr(requirement, name)
    if not any(getattr(item, key) == which for item in items):
        raise _NoSuchError(key, str(which), [getattr(item, key) for item in items])
    changed = [
        item.model_copy(update={inner: new(getattr(item, inner))}) if getattr(item, key) == which else item
        for item in items
    ]
    return {name: tuple(changed)}


def _joined(first: Text, second: Text) -> Text:
    """Put one text after another as a paragraph of its own, in the languages that both have."""
    en = f"{first.en}\n\n{second.en}" if first.en is not None and second.en is not None else None
    return Text(sv=f"{first.sv}\n\n{second.sv}", en=en)
