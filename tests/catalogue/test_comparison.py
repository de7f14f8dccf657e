"""What a change of a requirement means for those who already comply, and what its author must say of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_versions import BUNDLED, CONDITION, declared, edited, requirement, snapshot
from procurement_equality.catalogue.comparison import (
    EFFECTS,
    Effect,
    FieldChange,
    RequirementChange,
    Shown,
    compare,
    word_changes,
)
from procurement_equality.catalogue.snapshot import Snapshot, Tree, take
from procurement_equality.findings import describe

BASE = requirement()
CLAUSE = "variants.contract-performance-condition"
LETTER = {"sv": "Brev", "en": "Letter"}
SHARE: Tree = {"type": "integer", "unit": "per cent", "default": 10, "min": 1, "max": 50, "label": LETTER}
CHOICE: Tree = {
    "type": "choice",
    "label": LETTER,
    "default": "short",
    "choices": {"short": {"sv": "en kort kurs", "en": "a short course"}, "long": {"sv": "två", "en": "two"}},
}
WITH_MORE = edited(BASE, "parameters", to=BASE["parameters"] | {"share": SHARE, "course": CHOICE})
TIMES = edited(BASE, "variants", 0, "text", "sv", to="Den som har minst 25 anställda ska svara inom 10 dagar.")
MORE_WORDS = CONDITION + " Resultatet ska redovisas."
FEWER_WORDS = CONDITION.replace(" och varje år följas upp av beställaren", "")
IN_ANOTHER_ORDER = CONDITION.replace("Leverantören ska senast {{ months }}", "Senast {{ months }} ska leverantören")
QUESTION = {"key": "more", "type": "text", "text": LETTER}
CONDITION_TEXT = ("variants", 0, "text", "sv")
MONTHS = ("parameters", "months")

RULES: list[tuple[str, Tree, tuple[str | int, ...], object, str, Effect]] = [
    ("title", BASE, ("title", "sv"), "Kurs i något helt annat", "title", "patch"),
    ("rationale", BASE, ("rationale", "sv"), "Ett annat skäl.", "rationale", "patch"),
    ("sources", BASE, ("sources",), ["sol-2025-400"], "sources", "patch"),
    ("legal basis", BASE, ("legal_basis",), ["DL 2:1"], "legal_basis", "patch"),
    ("charter", BASE, ("charter_articles", "articles"), [6], "charter_articles", "patch"),
    ("balancing", BASE, ("conflicts",), [], "conflicts", "patch"),
    ("review", BASE, ("review",), LETTER, "review", "patch"),
    ("new words", BASE, CONDITION_TEXT, MORE_WORDS, CLAUSE, "major"),
    ("fewer words", BASE, CONDITION_TEXT, FEWER_WORDS, CLAUSE, "minor"),
    ("another order", BASE, CONDITION_TEXT, IN_ANOTHER_ORDER, CLAUSE, "patch"),
    ("function word gone", BASE, CONDITION_TEXT, CONDITION.replace("den personal", "personal"), CLAUSE, "patch"),
    ("function word come", BASE, CONDITION_TEXT, CONDITION.replace("minst", "minst de"), CLAUSE, "patch"),
    ("another form", BASE, CONDITION_TEXT, CONDITION.replace("beställaren", "beställarens"), CLAUSE, "patch"),
    ("English alone", BASE, ("variants", 0, "text", "en"), "Something else.", CLAUSE, "patch"),
    ("higher number", BASE, CONDITION_TEXT, CONDITION.replace("2", "3"), CLAUSE, "major"),
    ("lower number", BASE, CONDITION_TEXT, CONDITION.replace("2", "1"), CLAUSE, "major"),
    ("number for a name", BASE, CONDITION_TEXT, CONDITION.replace("{{ months }}", "6 månader"), CLAUSE, "major"),
    ("known number", TIMES, CONDITION_TEXT, TIMES["variants"][0]["text"]["sv"].replace("25", "10"), CLAUSE, "major"),
    ("points", BASE, ("variants", 1, "scale", 1, "points"), 10, "variants.award-criterion", "major"),
    ("step", BASE, ("variants", 1, "scale", 1, "description", "sv"), "Plan.", "variants.award-criterion", "major"),
    ("award ladder", BASE, ("variants", 1, "consequence"), {"ladder": "law"}, "variants.award-criterion", "minor"),
    ("kind gone", BASE, ("variants",), BASE["variants"][:1], "variants.award-criterion", "major"),
    ("kind come", edited(BASE, "variants", to=BASE["variants"][1:]), ("variants",), BASE["variants"], CLAUSE, "minor"),
    ("question come", BASE, ("questions",), [*BASE["questions"], QUESTION], "questions.more", "minor"),
    ("question gone", BASE, ("questions",), BASE["questions"][:1], "questions.date", "minor"),
    ("question's text", BASE, ("questions", 0, "text", "sv"), "Hur många?", "questions.trained", "minor"),
    ("question's type", BASE, ("questions", 0, "type"), "text", "questions.trained", "minor"),
    ("status", BASE, ("status",), "draft", "status", "minor"),
    ("level", BASE, ("level",), "advanced", "level", "minor"),
    ("grounds", BASE, ("grounds",), ["sex"], "grounds", "minor"),
    ("sectors", BASE, ("applies", "sectors"), [], "applies.sectors", "minor"),
    ("method", BASE, ("follow_up", "method"), "visit", "follow_up.method", "minor"),
    ("ladder", BASE, ("follow_up", "consequence", "ladder"), "law", "follow_up.consequence", "minor"),
    ("evidence", BASE, ("evidence", "sv"), "Närvarolista.", "evidence", "minor"),
    ("evidence's order", BASE, ("evidence", "sv"), "Datum, med intyg.", "evidence", "patch"),
    ("small supplier", BASE, ("evidence", "small_supplier", "sv"), "En lista med namn.", "evidence", "minor"),
    ("shorter time", BASE, (*MONTHS, "default"), 3, "parameters.months", "major"),
    ("longer time", BASE, (*MONTHS, "default"), 12, "parameters.months", "minor"),
    ("same number of days", BASE, (*MONTHS, "unit"), "days", "parameters.months", "major"),
    ("months to days", BASE, MONTHS, BASE["parameters"]["months"] | {"unit": "days", "default": 14},
     "parameters.months", "major"),
    ("least value", BASE, (*MONTHS, "min"), 2, "parameters.months", "minor"),
    ("greatest value", BASE, (*MONTHS, "max"), 12, "parameters.months", "minor"),
    ("label", BASE, (*MONTHS, "label"), LETTER, "parameters.months", "patch"),
    ("parameter come", BASE, ("parameters", "share"), SHARE, "parameters.share", "minor"),
    ("parameter gone", WITH_MORE, ("parameters", "share"), None, "parameters.share", "minor"),
    ("higher share", WITH_MORE, ("parameters", "share", "default"), 20, "parameters.share", "major"),
    ("lower share", WITH_MORE, ("parameters", "share", "default"), 5, "parameters.share", "major"),
    ("another choice", WITH_MORE, ("parameters", "course", "default"), "long", "parameters.course", "major"),
    ("the choice's words", WITH_MORE, ("parameters", "course", "choices", "short"), LETTER,
     "parameters.course", "major"),
]  # fmt: skip
"""What is changed, in what, where, to what, the field that is told, and its effect."""


def only(old: Snapshot, new: Snapshot) -> RequirementChange:
    """Give the one requirement that differs."""
    (change,) = compare(old, new).requirements
    return change


def codes(old: Snapshot, new: Snapshot) -> list[tuple[str, str]]:
    """Give code and severity of each finding, and see that it can be said in both languages."""
    findings = compare(old, new).findings
    for finding in findings:
        assert "{" not in describe(finding, "sv") + describe(finding, "en")
    return [(finding.code, finding.severity) for finding in findings]


@st.composite
def versions(draw: st.DrawFn) -> Snapshot:
    """Draw a version: some ids, each with the requirement as it is or with some of the changes above."""
    chosen = draw(st.sets(st.sampled_from(["AKT-01", "BRU-02", "LON-01", "LON-02"])))
    trees = []
    for identifier in sorted(chosen):
        tree = WITH_MORE
        for _, _, path, value, _, _ in draw(st.lists(st.sampled_from(RULES), max_size=2, unique_by=lambda r: r[2][0])):
            tree = edited(tree, *path, to=value)
        trees.append(tree | {"id": identifier})
    return snapshot(*trees)


@given(versions())
@settings(deadline=None, max_examples=60)
def test_a_version_compared_with_itself_has_no_changes(version: Snapshot) -> None:
    """Whatever a version holds, nothing differs between it and a copy of it, and there is no finding."""
    comparison = compare(version, version.model_copy(deep=True))
    assert (comparison.requirements, comparison.effect, comparison.findings) == ((), "none", ())


def test_the_bundled_folder_compared_with_itself_has_no_changes() -> None:
    """The catalogue that comes along, read twice, does not differ from itself."""
    comparison = compare(take(str(BUNDLED)), take(str(BUNDLED)))
    assert (comparison.requirements, comparison.effect, comparison.findings) == ((), "none", ())


@given(versions(), versions())
@settings(deadline=None, max_examples=60)
def test_the_reverse_comparison_is_the_mirror(first: Snapshot, second: Snapshot) -> None:
    """What one direction adds the other removes, and a field's before is the other direction's after."""
    there, back = compare(first, second), compare(second, first)
    mirror = {"added": "removed", "removed": "added", "changed": "changed", "withdrawn": "withdrawn"}
    assert {change.id: mirror[change.happened] for change in there.requirements} == {
        change.id: change.happened for change in back.requirements
    }
    assert {(c.id, f.field, f.before, f.after) for c in there.requirements for f in c.fields} == {
        (c.id, f.field, f.after, f.before) for c in back.requirements for f in c.fields
    }


@given(versions(), versions())
@settings(deadline=None, max_examples=60)
def test_the_effect_is_the_greatest_of_its_parts(first: Snapshot, second: Snapshot) -> None:
    """A requirement's effect is that of its heaviest field, and the whole's that of its heaviest requirement."""
    comparison = compare(first, second)
    whole = [EFFECTS.index(change.effect) for change in comparison.requirements]
    assert EFFECTS.index(comparison.effect) == max(whole, default=0)
    for change in comparison.requirements:
        if change.happened == "changed":
            assert EFFECTS.index(change.effect) == max(EFFECTS.index(field.effect) for field in change.fields)


@pytest.mark.parametrize(
    ("before", "path", "value", "field", "effect"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES]
)
def test_each_field_has_its_effect(
    before: Tree, path: tuple[str | int, ...], value: object, field: str, effect: Effect
) -> None:
    """A change of one field is told as that field alone, with the effect that its rule gives."""
    change = only(snapshot(before), snapshot(edited(before, *path, to=value)))
    assert [(each.field, each.effect) for each in change.fields] == [(field, effect)]
    assert (change.effect, change.happened) == (effect, "changed")


@pytest.mark.parametrize(
    "fields",
    [
        {"last_verified": "2026-03-01"},
        {"since": "0.2.0"},
        {"waivers": [{"code": "lint.vague", "reason": LETTER}]},
        {"last_verified": "2026-03-01", "since": "0.2.0"},
    ],
    ids=lambda fields: "+".join(fields),
)
def test_what_binds_no_one_is_no_change(fields: dict[str, Any]) -> None:
    """The day of verification, the first version and the waivers differ without the requirement having changed."""
    comparison = compare(snapshot(BASE), snapshot(BASE | fields))
    assert (comparison.requirements, comparison.effect, comparison.findings) == ((), "none", ())


def test_an_entry_of_changes_alone_has_no_effect() -> None:
    """An entry under `changes` without a change of anything else has no field, no effect and no finding."""
    comparison = compare(snapshot(BASE), snapshot(declared(BASE, "patch")))
    assert (comparison.effect, comparison.findings) == ("none", ())
    assert [field for change in comparison.requirements for field in change.fields] == []


@pytest.mark.parametrize("unit", ["months", "weeks", "days", "hours", "years"])
@pytest.mark.parametrize(("default", "effect"), [(12, "minor"), (3, "major")])
def test_a_longer_time_is_minor_in_every_unit(default: int, effect: Effect, unit: str) -> None:
    """In each unit of time a longer default is `minor` and a shorter one `major`."""
    before = edited(BASE, *MONTHS, "unit", to=unit)
    assert only(snapshot(before), snapshot(edited(before, *MONTHS, "default", to=default))).effect == effect


def test_another_order_of_the_kinds_is_told() -> None:
    """Kinds stand in order of preference, so another order is a change."""
    change = only(snapshot(BASE), snapshot(edited(BASE, "variants", to=BASE["variants"][::-1])))
    assert change.effect == "minor"


@pytest.mark.parametrize("name", [rule[0] for rule in RULES])
def test_what_changed_can_be_seen(name: str) -> None:
    """The before and the after of every field that is told differ in Swedish or English."""
    before, path, value = next(rule[1:4] for rule in RULES if rule[0] == name)
    (field,) = only(snapshot(before), snapshot(edited(before, *path, to=value))).fields
    assert field.before != field.after


@pytest.mark.parametrize(
    ("value", "effect", "computed", "expected"),
    [
        (MORE_WORDS, None, None, "version.undeclared"),
        (MORE_WORDS, "patch", None, "version.effect"),
        (MORE_WORDS, "minor", None, "version.effect"),
        (MORE_WORDS, "minor", "minor", "version.effect"),
        (MORE_WORDS, "minor", "major", None),
        (MORE_WORDS, "patch", "major", None),
        (MORE_WORDS, "major", None, None),
        (FEWER_WORDS, "patch", None, "version.effect"),
        (FEWER_WORDS, "patch", "minor", None),
        (FEWER_WORDS, "minor", None, None),
        (FEWER_WORDS, "major", None, None),
        (IN_ANOTHER_ORDER, None, None, "version.undeclared"),
        (IN_ANOTHER_ORDER, "patch", None, None),
    ],
)
def test_the_author_declares_the_effect(
    value: str, effect: str | None, computed: str | None, expected: str | None
) -> None:
    """A change without a declaration, or with one too low that no `computed` acknowledges, is a warning."""
    after = edited(BASE, *CONDITION_TEXT, to=value)
    after = declared(after, effect, computed) if effect else after
    assert codes(snapshot(BASE), snapshot(after, version="0.2.0")) == ([(expected, "warning")] if expected else [])


def test_only_new_entries_declare() -> None:
    """An entry that the old version already has says nothing of the new change."""
    before = declared(BASE, "major", date="2026-01-20")
    after = edited(before, *CONDITION_TEXT, to=MORE_WORDS)
    assert codes(snapshot(before), snapshot(after, version="0.2.0")) == [("version.undeclared", "warning")]


def test_the_highest_of_several_new_entries_counts() -> None:
    """Two changes between versions declare together what the heavier of them does, with both reasons."""
    after = declared(declared(edited(BASE, *CONDITION_TEXT, to=MORE_WORDS), "major"), "patch", date="2026-02-02")
    change = only(snapshot(BASE), snapshot(after, version="0.2.0"))
    assert change.declared == "major"
    assert [reason["en"] for reason in change.reasons] == ["Reason 2026-02-01.", "Reason 2026-02-02."]
    assert codes(snapshot(BASE), snapshot(after, version="0.2.0")) == []


def test_an_id_that_disappears_is_an_error() -> None:
    """A requirement that is gone is `major` and an error, since an id is for ever."""
    old, new = snapshot(BASE, requirement("LON-91")), snapshot(BASE, version="0.2.0")
    assert (only(old, new).happened, only(old, new).effect) == ("removed", "major")
    assert codes(old, new) == [("version.removed", "error")]


def test_a_requirement_that_is_withdrawn_is_no_finding() -> None:
    """A withdrawn requirement that names its successor and declares the change has no finding."""
    gone = declared(BASE | {"status": "withdrawn", "replaced_by": ["LON-91"]}, "minor")
    old, new = snapshot(BASE), snapshot(gone, version="0.2.0")
    assert (only(old, new).happened, only(old, new).effect) == ("withdrawn", "minor")
    assert codes(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "effect", "too_low"),
    [
        ("0.1.0", "0.1.0", "patch", True),
        ("0.1.0", "0.1.1", "patch", False),
        ("0.1.0", "0.1.0", "minor", True),
        ("0.1.0", "0.1.1", "minor", False),
        ("0.1.0", "0.1.1", "major", True),
        ("0.1.0", "0.2.0", "major", False),
        ("0.9.0", "0.10.0", "major", False),
        ("0.10.0", "0.9.0", "patch", True),
        ("0.9.0", "1.0.0", "major", False),
        ("1.0.0", "1.0.0", "patch", True),
        ("1.0.0", "1.0.1", "patch", False),
        ("1.0.0", "1.0.1", "minor", True),
        ("1.0.0", "1.1.0", "minor", False),
        ("1.9.0", "1.10.0", "minor", False),
        ("1.0.0", "1.9.9", "major", True),
        ("1.0.0", "2.0.0", "major", False),
        ("2.0.0", "1.9.0", "minor", True),
        ("0.1.0", "0.1.0", "none", False),
    ],
)
def test_the_catalogue_version_rises_as_the_changes_ask(old: str, new: str, effect: Effect, too_low: bool) -> None:
    """Before 1.0.0 `major` raises the second number and others the third; after it each raises its own."""
    texts = {"major": MORE_WORDS, "minor": FEWER_WORDS, "patch": IN_ANOTHER_ORDER, "none": CONDITION}
    after = edited(BASE, *CONDITION_TEXT, to=texts[effect])
    after = declared(after, effect) if effect != "none" else after
    found = codes(snapshot(BASE, version=old), snapshot(after, version=new))
    assert found == ([("version.too-low", "warning")] if too_low else [])


def test_another_catalogue_has_a_version_of_its_own() -> None:
    """The versions of two catalogues are not held against each other."""
    after = declared(edited(BASE, *CONDITION_TEXT, to=MORE_WORDS), "major")
    assert codes(snapshot(BASE), snapshot(after, name="another")) == []


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
@settings(deadline=None, max_examples=60)
def test_word_changes_hold_every_word_once(old: list[str], new: list[str]) -> None:
    """The stretches of each side are its text, and what is marked unchanged is the same on both sides."""
    before, after = (Shown(sv=" ".join(side), en="") for side in (old, new))
    first, second = word_changes(FieldChange(field="x", effect="patch", before=before, after=after), "sv")
    assert " ".join(text for text, _ in first) == before.sv
    assert " ".join(text for text, _ in second) == after.sv
    assert [text for text, changed in first if not changed] == [text for text, changed in second if not changed]
