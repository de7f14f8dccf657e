"""What the files of a layer may hold: each fault of form is a finding at its line and column."""

from __future__ import annotations

import pytest

from layer_folder import OWN, LayerFolder
from procurement_equality.catalogue.layers import read_overlay
from procurement_equality.findings import Finding, describe

CHANGE = "changes/BRU-02.yaml"
TEXT = "text: {sv: Nytt., en: New.}"
HEAD = "overlay.yaml"


def faults(layer: LayerFolder) -> list[tuple[str, str]]:
    """Give code and place of every finding of reading, each of them said in both languages."""
    _, findings = read_overlay(layer.path)
    assert all(describe(f, "sv") != describe(f, "en") and f.severity == "error" for f in findings)
    return [(finding.code, finding.place) for finding in findings]


def only(layer: LayerFolder) -> Finding:
    """Give the one finding of reading."""
    _, findings = read_overlay(layer.path)
    (finding,) = findings
    return finding


def test_a_layer_with_every_verb_is_read(layer: LayerFolder) -> None:
    """Head, changes, own requirements and tables are read, with the file of each."""
    layer.change(
        "BRU-02",
        f"verb: replace\nfield: title\n{TEXT}",
        "verb: append\nlegal_basis: [DL 1:1]",
        "verb: set\nlevel: basic",
        "verb: withdraw",
    )
    own = layer.own()
    overlay, findings = read_overlay(layer.path)
    assert findings == []
    assert overlay is not None
    assert (overlay.head.id, overlay.head.prefix, overlay.head.base.id) == ("alfa", "EXA", "procurement-equality")
    assert [change.verb for change in overlay.changes["BRU-02"].changes] == ["replace", "append", "set", "withdraw"]
    assert overlay.paths == {"EXA-01": layer.path / own}


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        (f"verb: replace\nfield: clause\n{TEXT}", "overlay.which", "verb"),
        (f"verb: replace\nfield: balancing\n{TEXT}", "overlay.which", "verb"),
        (f"verb: replace\nfield: question\n{TEXT}", "overlay.which", "verb"),
        (f"verb: replace\nfield: title\nkey: routine\n{TEXT}", "overlay.which", "verb"),
        (f"verb: replace\nfield: question\nkey: routine\ngoal: privacy\n{TEXT}", "overlay.which", "verb"),
        (f"verb: append\nfield: clause\n{TEXT}", "overlay.which", "verb"),
        ("verb: append\nkey: routine\nsources: [dl-2008-567]", "overlay.which", "verb"),
        ("verb: append", "overlay.append", "verb"),
        ("verb: append\nfield: title", "overlay.append", "verb"),
        (f"verb: append\n{TEXT}", "overlay.append", "verb"),
        (f"verb: append\nfield: title\n{TEXT}\nsources: [dl-2008-567]", "overlay.append", "verb"),
        ("verb: append\nlegal_basis: [DL 1:1]\nsources: [dl-2008-567]", "overlay.append", "verb"),
        ("verb: set", "overlay.set", "verb"),
        (f"verb: replace\nfield: titel\n{TEXT}", "model.not-allowed", "field"),
        (f"verb: replace\nfield: clause\nkind: contract-condition\n{TEXT}", "model.not-allowed", "kind"),
        ("verb: replace\nfield: title\ntext: {en: New.}", "text.missing-sv", "text"),
        ("verb: replace\nfield: title", "model.missing-key", "verb"),
        ("verb: replase\nfield: title", "model.not-allowed", "verb"),
        ("verb: set\nstatus: withdrawn", "model.not-allowed", "status"),
        ("verb: set\nlevel: basik", "model.not-allowed", "level"),
        ("verb: set\nparameters: {routine_months: {defualt: 3}}", "model.unknown-key", "defualt"),
        ("verb: set\nparameters: {routine_months: {min: one}}", "model.wrong-type", "min"),
        ("verb: set\nfollow_up: {then_every_months: 61}", "model.out-of-range", "then_every_months"),
        ("verb: set\nfollow_up: {responsible: nobody}", "model.not-allowed", "responsible"),
        ("verb: withdraw\nreplaced_by: [akt-01]", "model.wrong-form", "akt-01"),
        ("verb: add\ntext: x", "model.unknown-key", "text"),
    ],
)
def test_a_change_of_the_wrong_form_is_refused(change: str, code: str, at: str, layer: LayerFolder) -> None:
    """A change that lacks what its verb needs, or says more, is one finding at the change or the key."""
    name = layer.change("BRU-02", change)
    assert faults(layer) == [(code, layer.place(name, at))]


@pytest.mark.parametrize("empty", ["follow_up: {}", "parameters: {routine_months: {}}"])
def test_a_set_that_sets_nothing_is_refused(empty: str, layer: LayerFolder) -> None:
    """A set whose settings are all empty is refused as one that names nothing."""
    name = layer.change("BRU-02", f"verb: set\n{empty}")
    assert faults(layer) == [("overlay.set", layer.place(name, "verb"))]


@pytest.mark.parametrize(
    ("field", "key"), [("clause", "kind"), ("balancing", "goal"), ("question", "key")], ids=lambda value: str(value)
)
def test_the_finding_says_which_key_a_field_needs(field: str, key: str, layer: LayerFolder) -> None:
    """A clause asks for its kind, a balancing for its goal and a question for its key, in both languages."""
    layer.change("BRU-02", f"verb: replace\nfield: {field}\n{TEXT}")
    finding = only(layer)
    assert finding.data == {"field": field, "key": key}
    assert f"Lägg till eller ta bort {key}" in describe(finding, "sv")
    assert f"Add or remove {key}" in describe(finding, "en")


@pytest.mark.parametrize("verb", ["add", "replace", "append", "set", "withdraw"])
def test_every_change_takes_a_reason(verb: str, layer: LayerFolder) -> None:
    """A change without a reason is refused at the change, whatever its verb."""
    rest = {"replace": f"\nfield: title\n{TEXT}", "append": "\nlegal_basis: [DL 1:1]", "set": "\nlevel: basic"}
    name = layer.change("BRU-02", f"verb: {verb}{rest.get(verb, '')}", reason="")
    assert faults(layer) == [("model.missing-key", layer.place(name, "verb"))]
    assert only(layer).data["key"] == "reason"


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("requirement: BRU-02\n", "", "model.missing-key", "digest"),
        ("requirement: ", "requirment: BRU-02\nrequirement: ", "model.unknown-key", "requirment"),
        ("requirement: BRU-02", "requirement: bru-2", "model.wrong-form", "requirement"),
        ("requirement: BRU-02", "requirement: BRU-03", "requirement.file-name", "requirement"),
        ('digest: "', 'digest: "0', "model.wrong-form", "digest"),
        ("changes:\n", "changes: []\nx:\n", "model.out-of-range", "changes"),
        ("verb: withdraw", "verb: &v withdraw", "file.anchor", "&v"),
        ("verb: withdraw", "verb: !!str withdraw", "file.tag", "!!str"),
        ("verb: withdraw", "verb: no", "yaml.surprise", "no\n"),
        ("verb: withdraw", "verb: withdraw\n    verb: withdraw", "yaml.duplicate-key", None),
    ],
)
def test_a_fault_of_a_change_file_is_a_finding_at_its_place(
    old: str, new: str, code: str, at: str | None, layer: LayerFolder
) -> None:
    """A key, name, digest or piece of hostile YAML that a change file cannot have is a finding at its place."""
    name = layer.edit(layer.change("BRU-02", "verb: withdraw"), old, new)
    expected = (code, layer.place(name, at) if at else layer.place(name, "verb:", last=True))
    assert expected in faults(layer)
    assert {code for code, _ in faults(layer)} <= {expected[0], "model.unknown-key"}


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("prefix: ", "prefx: EXA\nprefix: ", "model.unknown-key", "prefx"),
        ("prefix: EXA\n", "", "model.missing-key", "id"),
        ("prefix: EXA", "prefix: exa", "model.wrong-form", "prefix"),
        ("version: 1.2.3", 'version: "1.2"', "model.wrong-form", "version"),
        ("id: alfa", "id: Alfa", "model.wrong-form", "id"),
        ("base: {id: procurement-equality, ", "base: {", "model.missing-key", "base"),
        ("title: {sv: ", "title: {se: x, sv: ", "model.unknown-key", "se: x"),
        ("prefix: ", "sources: {egen: {title: X, publisher: Kommunen}}\nprefix: ", "model.missing-key", "egen"),
        ("id: alfa", "id: &a alfa", "file.anchor", "&a"),
    ],
)
def test_a_fault_of_the_head_is_a_finding_at_its_place(
    old: str, new: str, code: str, at: str, layer: LayerFolder
) -> None:
    """A misspelt key, a missing one or a name of the wrong form in `overlay.yaml` is one finding at its place."""
    layer.edit(HEAD, old, new)
    assert faults(layer) == [(code, layer.place(HEAD, at))]


def test_a_misspelt_key_is_met_with_the_right_one(layer: LayerFolder) -> None:
    """A misspelt key of the head is answered with the nearest allowed one, in both languages."""
    layer.edit(HEAD, "prefix: ", "ladder: {}\nprefix: ")
    assert "Menade du ladders" in describe(only(layer), "sv")
    assert "Did you mean ladders" in describe(only(layer), "en")


def test_a_file_that_nests_too_deep_is_refused(layer: LayerFolder) -> None:
    """A change file that nests deeper than is read is refused at the level that is one too many."""
    name = layer.write(CHANGE, "requirement: BRU-02\nchanges: " + "[" * 60 + "]" * 60 + "\n")
    assert faults(layer) == [("file.too-deep", f"{layer.path / name}:2:{len('changes: ') + 40}")]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [(HEAD, b"\xe5: 1\n", "file.encoding"), (CHANGE, b" \n", "file.empty"), (HEAD, None, "file.missing")],
)
def test_a_file_that_cannot_be_read_is_refused(name: str, raw: bytes | None, code: str, layer: LayerFolder) -> None:
    """A file in another encoding, an empty one and a missing head are findings that name the file."""
    (layer.path / name).parent.mkdir(exist_ok=True)
    if raw is None:
        (layer.path / name).unlink()
    else:
        (layer.path / name).write_bytes(raw)
    assert [(finding.code, finding.path) for finding in read_overlay(layer.path)[1]] == [(code, str(layer.path / name))]


def test_a_layer_is_a_folder_that_exists(layer: LayerFolder) -> None:
    """A layer that is missing, or is a file, is refused with the path that was given."""
    for path, code in ((layer.path / "none", "file.missing"), (layer.path / HEAD, "file.not-an-overlay")):
        overlay, findings = read_overlay(path)
        assert overlay is None
        assert [(finding.code, finding.path, finding.unreadable) for finding in findings] == [(code, str(path), True)]


def test_an_own_requirement_lies_in_its_topics_folder_under_its_id(layer: LayerFolder) -> None:
    """A requirement of the layer in another topic's folder, or under another name, is refused at the file's start."""
    layer.change("EXA-01", "verb: add")
    name = layer.write("requirements/treatment/EXA-02.yaml", OWN)
    start = layer.start(name)
    assert faults(layer) == [("requirement.file-name", start), ("requirement.folder", start)]


def test_all_faults_of_form_come_at_once(layer: LayerFolder) -> None:
    """A layer with five faults in four files gives five findings."""
    layer.edit(HEAD, "prefix: ", "prefx: EXA\nprefix: ")
    name = layer.change("BRU-02", f"verb: replace\nfield: clause\n{TEXT}", "verb: set")
    layer.edit(layer.change("AKT-01", "verb: withdraw"), "AKT-01", "AKT-02")
    own = layer.own()
    layer.edit(own, "level: law", "level: lag")
    assert sorted(faults(layer)) == sorted(
        [
            ("model.unknown-key", layer.place(HEAD, "prefx")),
            ("overlay.which", layer.place(name, "verb")),
            ("overlay.set", layer.place(name, "verb", last=True)),
            ("requirement.file-name", layer.start("changes/AKT-01.yaml")),
            ("model.not-allowed", layer.place(own, "level")),
        ]
    )


@pytest.mark.parametrize("value", ["två", "2.5", "[2]"])
def test_a_default_of_no_kind_is_one_finding(value: str, layer: LayerFolder) -> None:
    """A default that is neither a number, a name nor a text is one finding, not one for each that it is not."""
    name = layer.change("BRU-02", f"verb: set\nparameters: {{routine_months: {{default: {value}}}}}")
    assert [place for _, place in faults(layer)] == [layer.place(name, "default")]
