"""The command line with layers: `--overlay` on list, show, validate and render, and files that name layers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from test_commands import run

from layer_folder import PROCUREMENT, LayerFolder

FORMS = {"sv": ("Nämnden har bestämt det.", "inställt"), "en": ("The committee has decided it.", "set")}


@pytest.fixture
def layer(base: Path, tmp_path: Path) -> LayerFolder:
    """Give a layer with a requirement of its own, a changed and a withdrawn one."""
    made = LayerFolder(base, tmp_path / "alfa")
    made.own()
    made.change("BRU-02", "verb: set\nparameters: {routine_months: {default: 5}}")
    made.change("AKT-01", "verb: withdraw")
    return made


@pytest.fixture
def procurement(tmp_path: Path) -> Path:
    """Give a procurement file that names the layer."""
    path = tmp_path / "upphandling.yaml"
    path.write_text(f"{PROCUREMENT}overlays: [alfa]\n", encoding="utf-8")
    return path


def rows(result: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    """Give the rows of a list by their ids."""
    assert result.returncode == 0, result.stderr
    found = [line.split("\t") for line in result.stdout.splitlines()]
    return {row[0]: row for row in found}


def test_list_has_a_layer_column_only_with_layers(base: Path, layer: LayerFolder) -> None:
    """Without layers a row has five columns; with them a sixth names the base and the layers of each requirement."""
    assert {len(row) for row in rows(run("list", "--catalogue", base)).values()} == {5}
    found = rows(run("list", "--catalogue", base, "--overlay", layer.path))
    assert {identifier: row[5:] for identifier, row in found.items()} == {
        "AKT-01": ["procurement-equality + alfa"],
        "BRU-02": ["procurement-equality + alfa"],
        "LON-01": ["procurement-equality"],
        "EXA-01": ["alfa"],
    }


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [("alfa", {"AKT-01", "BRU-02", "EXA-01"}), ("procurement-equality", {"AKT-01", "BRU-02", "LON-01"})],
)
def test_list_filters_by_layer(wanted: str, ids: set[str], base: Path, layer: LayerFolder) -> None:
    """`list --layer` gives what a layer touches, or what comes from the catalogue."""
    assert set(rows(run("list", "--catalogue", base, "--overlay", layer.path, "--layer", wanted))) == ids


def test_list_refuses_a_layer_that_is_not_there(base: Path, layer: LayerFolder) -> None:
    """`list --layer` with a name that no layer has is refused with those that are."""
    result = run("list", "--catalogue", base, "--overlay", layer.path, "--layer", "alpha")
    assert result.returncode == 2
    assert "use.no-value" in result.stderr
    assert "alfa" in result.stderr


def test_list_as_json_names_the_layers(base: Path, layer: LayerFolder, procurement: Path) -> None:
    """The rows of `list --json` name the layers, of the catalogue and of a selection alike."""
    plain = json.loads(run("list", "--catalogue", base, "--overlay", layer.path, "--json").stdout)
    assert {row["id"]: row["layers"] for row in plain}["EXA-01"] == ["alfa"]
    chosen = json.loads(run("list", "--for", procurement, "--catalogue", base, "--json").stdout)["requirements"]
    assert {row["id"]: row["layers"] for row in chosen}["BRU-02"] == ["procurement-equality", "alfa"]
    withdrawn = next(row for row in chosen if row["id"] == "AKT-01")
    assert not withdrawn["in"]
    assert "The committee has decided it." in withdrawn["why"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_show_names_layer_verb_and_reason(lang: str, base: Path, layer: LayerFolder) -> None:
    """`show` names the base and its version, the layer and its, what it did and why, in both languages."""
    result = run("show", "bru-02", "--catalogue", base, "--overlay", layer.path, lang=lang)
    assert result.returncode == 0
    said = " ".join(result.stdout.split())
    reason, verb = FORMS[lang]
    assert "procurement-equality 0." in said
    assert f"alfa 1.2.3: {verb} parameters.routine_months. {reason}" in said


def test_show_gives_the_digest_that_a_layer_pins(base: Path, layer: LayerFolder) -> None:
    """The digest that `show` gives without the layer is the one that the change file pins."""
    pin = layer.text("changes/BRU-02.yaml").split('"')[1]
    assert pin in run("show", "BRU-02", "--catalogue", base).stdout


def test_show_as_json_has_the_origins(base: Path, layer: LayerFolder) -> None:
    """`show --json` gives each change with layer, verb, fields and reason, and none where there is no layer."""
    made = json.loads(run("show", "BRU-02", "--catalogue", base, "--overlay", layer.path, "--json").stdout)
    assert made["origins"] == [
        {
            "layer": "alfa",
            "verb": "set",
            "fields": ["parameters.routine_months"],
            "reason": {"sv": "Nämnden har bestämt det.", "en": "The committee has decided it."},
        }
    ]
    assert json.loads(run("show", "BRU-02", "--catalogue", base, "--json").stdout)["origins"] == []


def test_validate_takes_a_layer(base: Path, layer: LayerFolder) -> None:
    """`validate` of a layer's folder is clean for a layer that fits, and leaves with 1 for one that does not."""
    clean = run("validate", layer.path, "--catalogue", base)
    assert (clean.returncode, clean.stderr) == (0, "")
    name = layer.change("AKT-99", "verb: withdraw")
    result = run("validate", layer.path, "--catalogue", base)
    assert result.returncode == 1
    assert f"{layer.place(name, 'requirement')}: overlay.no-requirement" in result.stderr


def test_validate_checks_a_layer_on_another(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """`validate` of one layer with `--overlay` of another finds where the two disagree."""
    other = LayerFolder(base, tmp_path / "beta", "EXB")
    other.change("BRU-02", "verb: set\nparameters: {routine_months: {default: 6}}")
    assert run("validate", other.path, "--catalogue", base).returncode == 0
    result = run("validate", other.path, "--overlay", layer.path, "--catalogue", base)
    assert result.returncode == 1
    assert "overlay.disagree" in result.stderr


def test_validate_checks_the_layers_that_are_named_with_a_catalogue(base: Path, layer: LayerFolder) -> None:
    """`validate CATALOGUE --overlay LAYER` says what is wrong with the layer, and does not pass over it."""
    layer.change("AKT-99", "verb: withdraw")
    result = run("validate", base, "--overlay", layer.path)
    assert result.returncode == 1
    assert "overlay.no-requirement" in result.stderr


def test_validate_of_a_procurement_file_reads_its_layers(base: Path, layer: LayerFolder, procurement: Path) -> None:
    """`validate` of a procurement file finds the faults of the layers that it names."""
    assert run("validate", procurement, "--catalogue", base).returncode == 0
    layer.edit("overlay.yaml", "prefix: ", "prefx: EXA\nprefix: ")
    result = run("validate", procurement, "--catalogue", base)
    assert result.returncode == 1
    assert layer.place("overlay.yaml", "prefx") in result.stderr


def test_render_uses_the_layers_of_the_procurement_file(base: Path, layer: LayerFolder, procurement: Path) -> None:
    """`render` reads the layers from beside the file, wherever it is run, and tells the warnings of a moved pin."""
    layer.change("BRU-02", "verb: set\nparameters: {routine_months: {default: 5}}", digest="0" * 12)
    page = layer.path.parent / "krav.html"
    result = run("render", "tender-section", procurement, "-o", page, "--catalogue", base, cwd=base)
    assert result.returncode == 0, result.stderr
    assert "overlay.digest" in result.stderr
    text = page.read_text(encoding="utf-8")
    assert "Lagret alfa på svenska 1.2.3" in text
    assert "Årlig träff" in text


def test_render_takes_a_layer_that_the_file_does_not_name(base: Path, layer: LayerFolder, procurement: Path) -> None:
    """`render --overlay` lays one more layer on the catalogue, also where the file names none."""
    procurement.write_text(PROCUREMENT, encoding="utf-8")
    page = layer.path.parent / "krav.html"
    command = ("render", "tender-section", procurement, "-o", page, "--catalogue", base, "--force")
    assert run(*command).returncode == 0
    assert "Årlig träff" not in page.read_text(encoding="utf-8")
    assert run(*command, "--overlay", layer.path).returncode == 0
    assert "Årlig träff" in page.read_text(encoding="utf-8")


def test_a_layer_may_be_named_both_in_the_file_and_as_an_option(
    base: Path, layer: LayerFolder, procurement: Path
) -> None:
    """The layer that the file names may be given as an option too, under another spelling of its path."""
    page = layer.path.parent / "krav.html"
    result = run(
        "render", "tender-section", procurement.name, "-o", page, "--catalogue", base, "--overlay", layer.path,
        cwd=procurement.parent,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("name", "code"), [("none", "file.missing"), ("file.txt", "file.not-an-overlay")])
@pytest.mark.parametrize("command", ["list", "show", "render"])
def test_a_layer_that_is_no_folder_is_wrong_use(
    command: str, name: str, code: str, base: Path, procurement: Path
) -> None:
    """A layer that is missing or a file is told in a sentence and leaves with 2."""
    (procurement.parent / "file.txt").write_text("x", encoding="utf-8")
    procurement.write_text(PROCUREMENT, encoding="utf-8")
    path = procurement.parent / name
    more = {"list": (), "show": ("BRU-02",), "render": ("tender-section", procurement, "-o", "x.html")}[command]
    result = run(command, *more, "--catalogue", base, "--overlay", path, cwd=procurement.parent)
    assert result.returncode == 2
    assert f"{path}: {code}" in result.stderr
    assert "Traceback" not in result.stderr
