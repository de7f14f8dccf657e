"""What each verb of a layer does to a requirement, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layer_folder import LayerFolder, findings_of, laid
from procurement_equality import Catalogue, Requirement
from procurement_equality.catalogue.layering import apply
from procurement_equality.catalogue.overlay import ChangeFile, Overlay, OverlayHead
from procurement_equality.catalogue.text import Text

NEW = Text(sv="Nytt.", en="New.")
TEXT = "text: {sv: Nytt., en: New.}"
CLAUSE = "contract-performance-condition"

FIELDS: dict[str, tuple[str, Callable[[Requirement], Text]]] = {
    "title": ("", lambda r: r.title),
    "rationale": ("", lambda r: r.rationale),
    "clause": (f"\nkind: {CLAUSE}", lambda r: r.variants[0].text),
    "evidence": ("", lambda r: Text(sv=r.evidence.sv, en=r.evidence.en)),
    "small-supplier": ("", lambda r: r.evidence.small_supplier),
    "indicator": ("", lambda r: r.follow_up.indicator),
    "balancing": ("\ngoal: self-determination", lambda r: r.conflicts[0].balancing),
    "question": ("\nkey: date", lambda r: r.questions[1].text),
}
"""Each text of BRU-02 that a layer may change, what says which, and where it is found."""


@pytest.fixture(scope="module")
def plain(base: Path) -> Catalogue:
    """Give the small catalogue without layers."""
    return Catalogue.load(base)


def overlay(name: str, changes: dict[str, list[dict[str, Any]]]) -> Overlay:
    """Make a layer in memory."""
    head = {"id": name, "version": "1.0.0", "title": NEW, "prefix": "EXA", "base": {"id": "procurement-equality",
            "version": "0.2.0"}}  # fmt: skip
    files = {
        identifier: ChangeFile.model_validate(
            {"requirement": identifier, "changes": tuple({**change, "reason": NEW} for change in listed)}
        )
        for identifier, listed in changes.items()
    }
    return Overlay(Path(name), OverlayHead.model_validate(head), files, {}, {}, {})


def without(requirement: Requirement, *paths: str) -> dict[str, Any]:
    """Give a requirement as data without some of its parts (`follow_up.when`)."""
    data = requirement.model_dump()
    for path in paths:
        *above, last = path.split(".")
        part: Any = data
        for key in above:
            part = part[int(key) if key.isdigit() else key]
        del part[last]
    return data


@pytest.mark.parametrize("field", FIELDS)
def test_replace_puts_a_text_in_the_place_of_one(field: str, base: Path, plain: Catalogue, layer: LayerFolder) -> None:
    """Replace gives the field the new text and leaves every other text of the requirement as it was."""
    which, get = FIELDS[field]
    text = TEXT if field != "clause" else "text: {sv: 'Nytt {{ routine_months }}.', en: 'New {{ routine_months }}.'}"
    layer.change("BRU-02", f"verb: replace\nfield: {field}{which}\n{text}")
    old, made = plain.requirements["BRU-02"], laid(base, layer).requirements["BRU-02"]
    assert get(made).sv == ("Nytt {{ routine_months }}." if field == "clause" else "Nytt.")
    assert get(made)["en"].startswith("New")
    for other, (_, get_other) in FIELDS.items():
        assert (get_other(made) == get_other(old)) == (other != field)
    assert made.parameters == old.parameters
    assert made.digest != old.digest


@pytest.mark.parametrize("field", FIELDS)
def test_append_adds_a_paragraph_to_a_text(field: str, base: Path, plain: Catalogue, layer: LayerFolder) -> None:
    """Append puts the new text after the old one as a paragraph of its own, in each language."""
    which, get = FIELDS[field]
    layer.change("BRU-02", f"verb: append\nfield: {field}{which}\n{TEXT}")
    old, made = plain.requirements["BRU-02"], laid(base, layer).requirements["BRU-02"]
    assert get(made) == Text(sv=f"{get(old).sv}\n\nNytt.", en=f"{get(old)['en']}\n\nNew.")
    assert all(get_other(made) == get_other(old) for other, (_, get_other) in FIELDS.items() if other != field)


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("questions", "[{key: known, type: yes-no, text: {sv: Vet ni?, en: Do you know?}}]"),
        ("conflicts", "[{goal: privacy, balancing: {sv: Inga namn., en: No names.}}]"),
        ("legal_basis", '["DL 1:1"]'),
        ("sources", "[cemr-deklarationen]"),
    ],
)
def test_append_adds_items_to_a_list(name: str, items: str, base: Path, plain: Catalogue, layer: LayerFolder) -> None:
    """Append puts new items after those of a list, and leaves the rest of the requirement as it was."""
    layer.change("BRU-02", f"verb: append\n{name}: {items}")
    old, made = plain.requirements["BRU-02"], laid(base, layer).requirements["BRU-02"]
    before, after = getattr(old, name), getattr(made, name)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
    assert without(made, name) == without(old, name)


def test_withdraw_takes_a_requirement_out_of_use(base: Path, plain: Catalogue, layer: LayerFolder) -> None:
    """Withdraw gives the status and the successors, and the requirement itself stays in the catalogue."""
    layer.change("BRU-02", "verb: withdraw\nreplaced_by: [AKT-01]")
    made = laid(base, layer).requirements["BRU-02"]
    assert (made.status, made.replaced_by) == ("withdrawn", ("AKT-01",))
    assert without(made, "status", "replaced_by") == without(plain.requirements["BRU-02"], "status", "replaced_by")


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        ("level: spearhead", "level", "spearhead"),
        ("parameters: {routine_months: {default: 4}}", "parameters.routine_months.default", 4),
        ("parameters: {routine_months: {min: 2}}", "parameters.routine_months.min", 2),
        ("parameters: {routine_months: {max: 3}}", "parameters.routine_months.max", 3),
        ("follow_up: {months_after_start: 9}", "follow_up.when.months_after_start", 9),
        ("follow_up: {then_every_months: 24}", "follow_up.when.then_every_months", 24),
        ("follow_up: {responsible: unit-manager}", "follow_up.responsible", "unit-manager"),
        ("follow_up: {ladder: reporting}", "follow_up.consequence.ladder", "reporting"),
    ],
)
def test_set_gives_a_new_default_and_leaves_what_is_not_named(
    setting: str, path: str, value: object, base: Path, plain: Catalogue, layer: LayerFolder
) -> None:
    """Set changes the value that it names and nothing else."""
    layer.change("BRU-02", f"verb: set\n{setting}")
    made = laid(base, layer).requirements["BRU-02"]
    found: Any = made.model_dump()
    for key in path.split("."):
        found = found[key]
    assert found == value
    assert without(made, path) == without(plain.requirements["BRU-02"], path)


def test_set_brings_a_reviewed_draft_into_use(base: Path, layer: LayerFolder) -> None:
    """A requirement that is a draft in one layer is active after the layer has set its status."""
    own = layer.own()
    layer.edit(own, "status: active", "status: draft\nreview: {sv: Se över., en: Review.}")
    assert laid(base, layer).requirements["EXA-01"].status == "draft"
    layer.change("EXA-01", "verb: add", "verb: set\nstatus: active")
    assert laid(base, layer).requirements["EXA-01"].status == "active"


def test_a_requirement_without_review_cannot_be_made_a_draft(base: Path, layer: LayerFolder) -> None:
    """Set refuses a status that the requirement cannot have: a draft says what to review."""
    name = layer.change("BRU-02", "verb: set\nstatus: draft")
    assert [(f.code, f.place) for f in findings_of(base, [layer])] == [("overlay.value", layer.place(name, "verb"))]


def test_add_brings_in_a_requirement_with_names_of_the_layers_own(base: Path, layer: LayerFolder) -> None:
    """A layer's requirement may use the layer's own topic, sector, goal, ladder, source and table."""
    text = "{sv: Egen, en: Own}"
    layer.more(
        f"topics: {{own-topic: {{prefix: EXA, title: {text}}}}}\nsectors: {{own-sector: {{title: {text}, cpv: []}}}}\n"
        f"goals: {{own-goal: {text}}}\nladders: {{own-ladder: {{title: {text}, steps: [{text}]}}}}\n"
        f"sources: {{own-source: {{title: Planen, publisher: Kommunen, seen: 2026-11-23}}}}\n"
        f"definitions: [{{term: {text}, meaning: {text}}}]\n"
    )
    table = (base / "tables" / "wishes-about-staff.yaml").read_text(encoding="utf-8")
    layer.write("tables/own-table.yaml", table.replace("id: wishes-about-staff", "id: own-table"))
    own = layer.own()
    for old, new in (
        ("topic: pay", "topic: own-topic\nconflicts: [{goal: own-goal, balancing: {sv: Vägt., en: Weighed.}}]"),
        ("ladder: reporting", "ladder: own-ladder"),
        ("[dl-2008-567]", "[own-source]\napplies: {sectors: [own-sector]}"),
        ("type: yes-no\n", "type: table\n    table: own-table\n"),
    ):
        layer.edit(own, old, new)
    (layer.path / "requirements" / "pay").rename(layer.path / "requirements" / "own-topic")
    catalogue = laid(base, layer)
    assert catalogue.findings == ()
    assert list(catalogue.requirements)[-1] == "EXA-01"
    assert catalogue.path("EXA-01") == layer.path / "requirements" / "own-topic" / "EXA-01.yaml"
    assert "own-table" in catalogue.tables
    assert catalogue.head.definitions[-1].term.sv == "Egen"


def test_the_changes_of_a_file_are_made_in_order(base: Path, plain: Catalogue, layer: LayerFolder) -> None:
    """A text is first replaced and then appended to, and the origins tell both in that order with their reasons."""
    layer.change(
        "BRU-02", f"verb: replace\nfield: title\n{TEXT}", "verb: append\nfield: title\ntext: {sv: Mer., en: More.}"
    )
    catalogue = laid(base, layer)
    assert catalogue.requirements["BRU-02"].title == Text(sv="Nytt.\n\nMer.", en="New.\n\nMore.")
    told = [(c.layer, c.verb, c.fields, c.reason.sv) for c in catalogue.origins["BRU-02"]]
    assert told == [
        ("alfa", "replace", ("title",), "Nämnden har bestämt det."),
        ("alfa", "append", ("+title",), "Nämnden har bestämt det."),
    ]


def test_what_a_layer_does_not_touch_is_the_bases_very_own(plain: Catalogue) -> None:
    """Requirements, law and tables that a layer leaves alone are the same objects as in the base."""
    made, problems = apply(plain, [overlay("alfa", {"BRU-02": [{"verb": "set", "level": "basic"}]})])
    assert [code for _, code, _, _ in problems] == ["overlay.digest-missing"]
    for identifier, requirement in plain.requirements.items():
        assert (made.requirements[identifier] is requirement) == (identifier != "BRU-02")
    assert made.law is plain.law
    assert plain.requirements["BRU-02"].level != "basic"
    assert plain.layers == ()


@given(st.lists(st.sampled_from(["alfa", "beta", "gamma"]), unique=True, min_size=1))
@settings(deadline=None, max_examples=10)
def test_layers_without_changes_leave_every_requirement_equal(names: list[str]) -> None:
    """Applying layers that change nothing leaves requirements and names equal; only the layers are told."""
    plain = _plain()
    made, problems = apply(plain, [overlay(name, {}) for name in names])
    assert problems == []
    assert made.requirements == plain.requirements
    assert list(made.requirements) == list(plain.requirements)
    assert (made.head, made.origins) == (plain.head, {})
    assert [layer.id for layer in made.layers] == names


_WORDS = st.builds(Text, sv=st.text("abcåäö ", min_size=1).filter(str.strip), en=st.text("abc", min_size=1))
_CHANGES = st.one_of(
    st.fixed_dictionaries(
        {"verb": st.just("replace"), "field": st.sampled_from(["title", "rationale", "indicator"]), "text": _WORDS}
    ),
    st.fixed_dictionaries({"verb": st.just("append"), "field": st.just("evidence"), "text": _WORDS}),
    st.fixed_dictionaries({"verb": st.just("set"), "level": st.sampled_from(["law", "basic", "advanced"])}),
    st.just({"verb": "withdraw"}),
)


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_layers_that_touch_different_requirements_lie_in_any_order(data: st.DataObject) -> None:
    """Two layers with no requirement in common give the same requirements, origins and problems in either order."""
    plain = _plain()
    owner = {identifier: data.draw(st.sampled_from(["alfa", "beta", None])) for identifier in plain.requirements}
    layers = [
        overlay(name, {i: [data.draw(_CHANGES)] for i, whose in owner.items() if whose == name})
        for name in ("alfa", "beta")
    ]
    one, problems = apply(plain, layers)
    two, other_problems = apply(plain, layers[::-1])
    assert one.requirements == two.requirements
    assert list(one.requirements) == list(two.requirements)
    assert one.origins == two.origins
    assert {code for _, code, _, _ in problems} <= {"overlay.digest-missing"}
    assert sorted(map(str, problems)) == sorted(map(str, other_problems))


_NUMBER = st.none() | st.integers(-2, 9)


@given(default=_NUMBER, low=_NUMBER, high=_NUMBER)
@settings(deadline=None, max_examples=60)
def test_a_default_is_set_exactly_when_it_lies_within_the_bounds(
    default: int | None, low: int | None, high: int | None
) -> None:
    """A parameter gets the default and bounds that are set where they hang together; otherwise there is one problem."""
    plain = _plain()
    old: Any = plain.requirements["BRU-02"].parameters["routine_months"]
    setting = {"default": default, "min": low, "max": high}
    made, problems = apply(
        plain, [overlay("alfa", {"BRU-02": [{"verb": "set", "parameters": {"routine_months": setting}}]})]
    )
    new: Any = made.requirements["BRU-02"].parameters["routine_months"]
    wanted = [getattr(old, key) if value is None else value for key, value in setting.items()]
    fits = wanted[1] <= wanted[0] <= wanted[2]
    assert [new.default, new.min, new.max] == (wanted if fits else [old.default, old.min, old.max])
    assert [code for _, code, _, _ in problems] == ["overlay.digest-missing", *([] if fits else ["overlay.value"])]


def test_the_catalogue_digest_tells_a_layer(base: Path, plain: Catalogue, layer: LayerFolder) -> None:
    """The catalogue's digest is another with a layer and with each change, and the same each time it is read."""
    bare = laid(base, layer).digest
    layer.change("BRU-02", "verb: set\nlevel: basic")
    assert len({plain.digest, bare, laid(base, layer).digest}) == 3
    assert laid(base, layer).digest == laid(base, layer).digest
    assert Catalogue.load(base, []).digest == plain.digest


def _plain(known: dict[str, Catalogue] = {}) -> Catalogue:  # noqa: B006 - read once for all examples
    """Give a few requirements of the bundled catalogue."""
    if not known:
        whole = Catalogue.load()
        few = {identifier: whole.requirements[identifier] for identifier in ("AKT-01", "LON-01", "BRU-02")}
        known["plain"] = whole.model_copy(update={"requirements": few})
    return known["plain"]
