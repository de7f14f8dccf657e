"""What changed between two versions of a catalogue, and what it means for those who already comply.

The effect answers one question: could one who complied before still say so without a new check? Yes: `patch` where no
one needs to read it again, `minor` where it is new or asked in another way. No: `major`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, get_args

from procurement_equality.catalogue.search import stem
from procurement_equality.catalogue.snapshot import Snapshot, Tree, asked, has_rules, whole
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.catalogue.wording import words
from procurement_equality.findings import Finding

Effect = Literal["none", "patch", "minor", "major"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
Happened = Literal["added", "changed", "withdrawn", "removed"]

_FUNCTION_WORDS = frozenset(
    ["och", "att", "som", "en", "ett", "den", "det", "de", "dem", "i", "på", "av", "för", "med", "till", "är"]
)
"""Words that can come and go without changing what is demanded."""

_TURNING = frozenset(["inte", "ej", "aldrig", "bara", "endast", "högst", "minst", "senast", "eller", "om", "utan"])
"""Words that can turn what is demanded into its opposite, whether they come or go."""

_TIMES = ("months", "weeks", "days", "hours", "years")


class Shown(Model):
    """A value written for a reader in each language."""

    sv: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """Give the value in `language`."""
        return self.sv if language == "sv" else self.en


class FieldChange(Model):
    """A field that changed, what it was and is, and the effect worked out."""

    field: str
    effect: Effect
    before: Shown | None
    after: Shown | None


class RequirementChange(Model):
    """What happened to a requirement, the effect worked out, and the one that its author declares."""

    id: str
    title: Shown
    happened: Happened
    effect: Effect
    declared: Effect | None
    acknowledged: Effect
    """The computed effect that the author has seen and judged to be too high."""
    reasons: tuple[Shown, ...]
    fields: tuple[FieldChange, ...]


class Comparison(Model):
    """Two versions side by side: every requirement that differs, and the effect of the whole."""

    catalogue: str
    old: str
    new: str
    old_origin: str
    new_origin: str
    effect: Effect
    requirements: tuple[RequirementChange, ...]
    findings: tuple[Finding, ...]


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """Compare two versions. A thing compared with itself has no changes and the effect `none`."""
    changes = tuple(_changes(old, new))
    effect = _greatest(_settled(change) for change in changes)
    return Comparison(
        catalogue=new.id,
        old=old.version,
        new=new.version,
        old_origin=old.origin,
        new_origin=new.origin,
        effect=effect,
        requirements=changes,
        findings=(*_declaration_findings(new, changes), *_version_findings(old, new, effect)),
    )


def _settled(change: RequirementChange) -> Effect:
    """Give the effect that counts: the computed one, or the author's where it is higher or the computed is weighed."""
    if change.declared is None:
        return change.effect
    if EFFECTS.index(change.acknowledged) >= EFFECTS.index(change.effect):
        return change.declared
    return max(change.declared, change.effect, key=EFFECTS.index)


def _changes(old: Snapshot, new: Snapshot) -> Iterator[RequirementChange]:
    ruled = has_rules(old) and has_rules(new)  # a first rule changes nothing for anyone
    for identifier in sorted({*old.requirements, *new.requirements}):
        before, after = whole(old, identifier, ruled=ruled), whole(new, identifier, ruled=ruled)
        if before is None and after is not None:
            yield _change(identifier, after, "added", "minor", ())
        elif after is None and before is not None:
            yield _change(identifier, before, "removed", "major", ())
        elif before is not None and after is not None and before != after:
            fields = tuple(_fields(before, after))
            withdrawn = after.get("status") == "withdrawn" != before.get("status")
            effect = _greatest(field.effect for field in fields)
            entries = _new_entries(before, after)
            declared = _highest(entries, "effect")
            happened: Happened = "withdrawn" if withdrawn else "changed"
            if fields:
                yield _change(identifier, after, happened, effect, fields, declared, entries)


def _change(
    identifier: str,
    tree: Tree,
    happened: Happened,
    effect: Effect,
    fields: tuple[FieldChange, ...],
    declared: Effect | None = None,
    entries: list[Tree] | None = None,
) -> RequirementChange:
    return RequirementChange(
        id=identifier,
        title=_texts(tree.get("title")),
        happened=happened,
        effect=effect,
        declared=declared,
        acknowledged=_highest(entries or [], "computed") or "none",
        reasons=tuple(_texts(entry.get("reason")) for entry in entries or ()),
        fields=fields,
    )


def _new_entries(before: Tree, after: Tree) -> list[Tree]:
    """Give the entries of `changes` that came with the new version."""
    known = before.get("changes") or []
    return [entry for entry in after.get("changes") or [] if isinstance(entry, dict) and entry not in known]


def _highest(entries: list[Tree], key: str) -> Effect | None:
    effects = [entry.get(key) for entry in entries]
    known = [effect for effect in EFFECTS if effect in effects]
    return known[-1] if known else None


def _greatest(effects: Iterable[Effect]) -> Effect:
    return max(effects, key=EFFECTS.index, default="none")


# --- what each field means -----------------------------------------------------------------------------------------


def _fields(before: Tree, after: Tree) -> Iterator[FieldChange]:
    """Yield every field that differs, in the order of the new file, then those that went away."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old == new or key in ("changes", "last_verified", "waivers", "since"):
            continue
        if key in _BY_NAME:
            yield from _named_items(key, old, new)
        else:
            effect = _EFFECTS.get(key, _minor)(old, new)
            yield FieldChange(field=key, effect=effect, before=_shown(old), after=_shown(new))


def _named_items(key: str, old: Any, new: Any) -> Iterator[FieldChange]:  # noqa: ANN401 - whatever the file holds
    """Yield the differences of a list or map whose items have names: clauses by kind, questions by key."""
    name, effect = _BY_NAME[key]
    first, second = _by_name(old, name), _by_name(new, name)
    for item in dict.fromkeys((*second, *first)):
        before, after = first.get(item), second.get(item)
        if before != after:
            yield FieldChange(
                field=f"{key}.{item}", effect=effect(before, after), before=_shown(before), after=_shown(after)
            )
    shared = [item for item in first if item in second]
    if key == "variants" and shared != [item for item in second if item in first]:
        yield FieldChange(
            field=key, effect="minor", before=_shown(list(first)), after=_shown(list(second))
        )  # the order of the kinds is one of preference


def _by_name(value: Any, name: str | None) -> dict[str, Any]:  # noqa: ANN401
    if isinstance(value, dict):
        return value
    return {str(item.get(name)): item for item in value or () if isinstance(item, dict)}


def _patch(old: Any, new: Any) -> Effect:  # noqa: ANN401, ARG001 - one signature for every rule
    return "patch"


def _minor(old: Any, new: Any) -> Effect:  # noqa: ANN401, ARG001
    return "minor"


def _prose(old: Any, new: Any) -> Effect:  # noqa: ANN401
    """Judge words that say what shows a requirement: `minor` if other words carry them, else `patch`."""
    small = [text.get("small_supplier") if isinstance(text, dict) else None for text in (old, new)]
    effects = (_wording_effect(old, new), _wording_effect(*small))
    return "minor" if any(effect in ("minor", "major") for effect in effects) else "patch"


def _variant(old: Any, new: Any) -> Effect:  # noqa: ANN401
    """Judge a clause: a new kind is `minor`, one that goes is `major`, else what its words and its scale say."""
    if old is None:
        return "minor"
    if new is None:
        return "major"
    scale: Effect = "none" if old.get("scale") == new.get("scale") else "major"
    consequence: Effect = "none" if old.get("consequence") == new.get("consequence") else "minor"
    text: Effect = "none" if old.get("text") == new.get("text") else _wording_effect(old.get("text"), new.get("text"))
    return _greatest((scale, consequence, text))


def _wording_effect(old: Any, new: Any) -> Effect:  # noqa: ANN401
    """Compare the Swedish words: new ones may demand more, fewer demand less, the same in another form nothing.

    Numbers count in their order, and so do the words that turn a demand around ("inte", "högst"). A change in English
    alone is `patch`: the Swedish text counts.
    """
    before, after = _counted(_texts(old).sv), _counted(_texts(new).sv)
    first, second = set(before), set(after)
    if second - first or _turning(before) != _turning(after):
        return "major"
    return "minor" if first - second else "patch"


def _counted(text: str) -> list[str]:
    """Give the words that count, inflected forms alike, in their order."""
    bare = text.replace("{{", " ").replace("}}", " ")
    return [stem(word, "sv") for word in words(bare) if word not in _FUNCTION_WORDS]


def _turning(counted: list[str]) -> list[str]:
    return [word for word in counted if word in _TURNING or word[0].isdigit()]


def _parameter(old: Any, new: Any) -> Effect:  # noqa: ANN401
    """Judge a parameter: a shorter time demands more, which is `major`, and so may any other change of a default."""
    if old is None or new is None:
        return "minor"
    if any(old.get(key) != new.get(key) for key in ("type", "unit")):
        return "major"
    before, after = old.get("default"), new.get("default")
    if before != after:
        longer = isinstance(before, int) and isinstance(after, int) and after > before
        return "minor" if old.get("unit") in _TIMES and longer else "major"
    choices, others = old.get("choices") or {}, new.get("choices") or {}
    if choices.get(before) != others.get(before):
        return "major"
    bounds = (old.get("min"), old.get("max")) != (new.get("min"), new.get("max"))
    return "minor" if bounds or choices != others else "patch"


def _question(old: Any, new: Any) -> Effect:  # noqa: ANN401
    """Judge a question: what is asked is `minor`, and what its answers show, which demands nothing, `patch`."""
    return "patch" if asked(old) == asked(new) else "minor"


def _table(old: Any, new: Any) -> Effect:  # noqa: ANN401
    """Judge a table: other rows, columns, checks, period or definition are `minor`, and the rest is `patch`."""
    if old is None or new is None:
        return "patch"  # the question that asks for it has changed too
    asked = ("rows", "columns", "spare_rows", "period", "definition")
    return "minor" if any(old.get(key) != new.get(key) for key in asked) else "patch"


_EFFECTS: Mapping[str, Callable[[Any, Any], Effect]] = {
    "title": _patch,
    "rationale": _patch,
    "review": _patch,
    "charter_articles": _patch,
    "legal_basis": _patch,
    "conflicts": _patch,
    "sources": _patch,
    "evidence": _prose,
}
"""The effect of a field that differs; what is not named is `minor`."""

_BY_NAME: Mapping[str, tuple[str | None, Callable[[Any, Any], Effect]]] = {
    "variants": ("kind", _variant),
    "parameters": (None, _parameter),
    "questions": ("key", _question),
    "tables": (None, _table),
    "follow_up": (None, _minor),
    "applies": (None, _minor),
}
"""Fields whose items are compared one by one: the key that names an item, and the effect of its change."""


# --- what is wrong with it -----------------------------------------------------------------------------------------


def _declaration_findings(new: Snapshot, changes: tuple[RequirementChange, ...]) -> Iterator[Finding]:
    """Yield requirements that went away, and changes whose declared effect is missing or too low."""
    for change in changes:
        data = {"id": change.id, "computed": change.effect, "declared": change.declared or "–"}
        data["fields"] = ", ".join(field.field for field in change.fields if field.effect == change.effect)
        if change.happened == "removed":
            yield Finding("version.removed", new.origin, data=data)
        elif change.happened == "added":
            continue
        elif change.declared is None:
            yield Finding("version.undeclared", new.origin, data=data, severity="warning")
        elif max(map(EFFECTS.index, (change.declared, change.acknowledged))) < EFFECTS.index(change.effect):
            yield Finding("version.effect", new.origin, data=data, severity="warning")


def _version_findings(old: Snapshot, new: Snapshot, effect: Effect) -> Iterator[Finding]:
    """Yield a catalogue version that does not rise as its changes ask: before 1.0.0 one step lower is enough."""
    if effect == "none" or old.id != new.id:
        return
    before, after = _numbers(old.version), _numbers(new.version)
    step = {"major": 0, "minor": 1, "patch": 2}[effect]
    step = min(step + 1, 2) if before[0] == 0 == after[0] else step
    if after[: step + 1] <= before[: step + 1]:
        data = {"old": old.version, "new": new.version, "effect": effect}
        yield Finding("version.too-low", new.origin, data=data, severity="warning")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


# --- how a value is shown ------------------------------------------------------------------------------------------


def _texts(value: Any) -> Shown:  # noqa: ANN401
    """Give a text in Swedish and English; a plain value is the same in both."""
    if isinstance(value, dict):
        sv = str(value.get("sv", ""))
        return Shown(sv=sv, en=str(value.get("en", sv)))
    text = "" if value is None else str(value)
    return Shown(sv=text, en=text)


def _shown(value: Any) -> Shown | None:  # noqa: ANN401
    """Write a value for a reader: its text, or else its parts."""
    return None if value is None else Shown(sv=_written(value, "sv"), en=_written(value, "en"))


def _written(value: Any, language: Language) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        if "text" in value:
            rest = {key: item for key, item in value.items() if key not in ("text", "key", "kind")}
            return " ".join(filter(None, (_written(value["text"], language), _written(rest, language))))
        if "sv" in value:
            small = value.get("small_supplier")
            parts = [_texts(value)[language], *([_written(small, language)] if small else [])]
            return " ".join(parts)
        return ", ".join(f"{key}: {_written(item, language)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_written(item, language) for item in value)
    return str(value)


def word_changes(change: FieldChange, language: Language) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Give what was and what is as stretches of words, each with whether the other side lacks it."""
    old = change.before[language].split() if change.before else []
    new = change.after[language].split() if change.after else []
    first: list[tuple[str, bool]] = []
    second: list[tuple[str, bool]] = []
    for what, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, part in ((first, old[start:end]), (second, new[begin:stop])):
            if part:
                side.append((" ".join(part), what != "equal"))
    return first, second
