"""A procurement file that uses layers: what is read with it, what is refused, and what a layer has taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from layer_folder import PROCUREMENT, LayerFolder, laid, small_catalogue
from procurement_equality import Catalogue, Finding, Procurement, describe, select
from procurement_equality.findings import SelectionError
from procurement_equality.procurement.validation import check_path

PATH = "overlays: [layers/alfa]\n"
ASKED = "requirements:\n  BRU-02: {reason: Vi vill ha det.}\n"


@pytest.fixture
def layer(base: Path, tmp_path: Path) -> LayerFolder:
    """Give a layer that changes nothing, beside the procurement file."""
    return LayerFolder(base, tmp_path / "layers" / "alfa")


def procurement(folder: Path, *more: str) -> Procurement:
    """Write a procurement file with more lines, and read it."""
    path = folder / "upphandling.yaml"
    path.write_text(PROCUREMENT + "".join(more), encoding="utf-8")
    return Procurement.load(path)


def refused(catalogue: Catalogue, asked: Procurement) -> list[Finding]:
    """Give the findings that stop a selection."""
    with pytest.raises(SelectionError) as raised:
        select(catalogue, asked)
    assert all(describe(finding, "sv") != describe(finding, "en") for finding in raised.value.findings)
    return list(raised.value.findings)


def test_layers_are_found_from_where_the_procurement_file_lies(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """The folders in `overlays` are relative to the file, and the catalogue read with them has the layer's text."""
    layer.change("BRU-02", "verb: set\nparameters: {routine_months: {default: 5}}")
    asked = procurement(tmp_path, PATH)
    assert [folder.resolve() for folder in asked.overlay_folders] == [layer.path.resolve()]
    selection = select(Catalogue.load(base, asked.overlay_folders), asked)
    clause = next(clause for clause in selection.clauses if clause.requirement.id == "BRU-02")
    assert "5 månader" in clause.text.sv.replace("\u00a0", " ")
    assert clause.months_after_start == 5


def test_a_layer_that_has_not_been_read_is_refused(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """A selection from a catalogue without the file's layer is refused at the layer's place in the file."""
    asked = procurement(tmp_path, PATH)
    (finding,) = refused(Catalogue.load(base), asked)
    assert (finding.code, finding.path) == ("selection.overlay", str(tmp_path / "upphandling.yaml"))
    assert (finding.line, finding.column) == (PROCUREMENT.count("\n") + 1, len("overlays: [") + 1)
    assert str(Path("layers/alfa")) in finding.data["folder"]
    assert select(laid(base, layer), asked).clauses


def test_a_procurement_made_in_memory_is_held_to_its_layers_too(base: Path, tmp_path: Path) -> None:
    """A procurement that was not read from a file is refused without its layer, with no place."""
    asked = procurement(tmp_path)
    made = Procurement.model_validate({**dict(asked), "overlays": ("somewhere",)})
    (finding,) = refused(Catalogue.load(base), made)
    assert (finding.code, finding.place) == ("selection.overlay", "")


def test_what_a_layer_withdraws_is_out_with_its_reason(base: Path, layer: LayerFolder) -> None:
    """A requirement that a layer withdraws is out, and the why names the layer and its reason in both languages."""
    layer.change("BRU-02", "verb: withdraw\nreplaced_by: [LON-01]")
    selection = select(laid(base, layer), procurement(layer.path.parent))
    (why,) = [omission.why for omission in selection.omissions if omission.id == "BRU-02"]
    assert "alfa" in why.sv
    assert "Nämnden har bestämt det." in why.sv
    assert "alfa" in why["en"]
    assert "The committee has decided it." in why["en"]
    assert "BRU-02" not in {clause.requirement.id for clause in selection.clauses}


def test_a_withdrawn_requirement_that_is_asked_for_is_refused(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """A procurement file that asks for what a layer withdrew is refused at the id, with what to use instead."""
    layer.change("BRU-02", "verb: withdraw\nreplaced_by: [LON-01]")
    (finding,) = refused(laid(base, layer), procurement(tmp_path, ASKED))
    assert (finding.code, finding.line, finding.column) == ("selection.withdrawn", PROCUREMENT.count("\n") + 2, 3)
    assert "LON-01" in describe(finding, "en")


def test_a_withdrawal_without_a_successor_is_told_in_whole_sentences(
    base: Path, layer: LayerFolder, tmp_path: Path
) -> None:
    """A requirement that a layer withdraws with nothing in its place is refused in words that name no nothing."""
    layer.change("BRU-02", "verb: withdraw")
    (finding,) = refused(laid(base, layer), procurement(tmp_path, ASKED))
    assert finding.code == "selection.withdrawn-by-layer"
    assert not describe(finding, "sv").endswith("Använd .")
    assert not describe(finding, "en").endswith("Use .")


def test_what_is_left_out_may_be_withdrawn(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """A procurement file that leaves out what a layer withdraws is fine, and its own reason stands."""
    layer.change("BRU-02", "verb: withdraw")
    asked = procurement(tmp_path, "requirements:\n  BRU-02: {include: false, reason: Behövs inte.}\n")
    selection = select(laid(base, layer), asked)
    (omission,) = [omission for omission in selection.omissions if omission.id == "BRU-02"]
    assert omission.reason is not None
    assert omission.reason.sv == "Behövs inte."


def test_an_own_requirement_is_chosen_like_any_other(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """A requirement that a layer adds comes in, and can push out one that it replaces."""
    layer.edit(layer.own(), "legal_basis: []", "legal_basis: []\nreplaces: [LON-01]")
    selection = select(laid(base, layer), procurement(tmp_path))
    assert "EXA-01" in {clause.requirement.id for clause in selection.clauses}
    (why,) = [omission.why["en"] for omission in selection.omissions if omission.id == "LON-01"]
    assert "EXA-01" in why


def test_a_layers_warnings_come_with_the_selection(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """A pin that has moved stops no selection, and its warning is among the selection's findings."""
    name = layer.change("BRU-02", "verb: set\nlevel: basic", digest="0" * 12)
    catalogue = laid(base, layer)
    selection = select(catalogue, procurement(tmp_path))
    assert [(f.code, f.place) for f in selection.findings if f.code.startswith("overlay.")] == [
        ("overlay.digest", layer.place(name, "digest"))
    ]
    assert all(finding in selection.findings for finding in catalogue.findings)


def test_a_layer_makes_another_selection_digest(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """The selection's digest tells whether a layer lay on the catalogue."""
    asked = procurement(tmp_path)
    assert select(Catalogue.load(base), asked).digest != select(laid(base, layer), asked).digest


def test_checking_a_procurement_file_checks_its_layers(base: Path, layer: LayerFolder, tmp_path: Path) -> None:
    """The findings of a procurement file are those of its layers where these cannot be used, and none when they can."""
    procurement(tmp_path, PATH)
    name = layer.change("AKT-99", "verb: withdraw")
    found = check_path(tmp_path / "upphandling.yaml", base)
    assert [(f.code, f.place) for f in found] == [("overlay.no-requirement", layer.place(name, "requirement"))]
    (layer.path / name).unlink()
    assert check_path(tmp_path / "upphandling.yaml", base) == []


def test_a_catalogue_and_its_layers_are_checked_together(tmp_path: Path) -> None:
    """A catalogue folder checked with a layer gives the findings of both, none of them twice."""
    folder = small_catalogue(tmp_path / "own")
    layer = LayerFolder(folder, tmp_path / "layers" / "alfa")
    layer.change("BRU-02", "verb: replace\nfield: title\ntext: {sv: Plan för vårdtagare., en: New.}")

    def codes() -> list[str]:
        return sorted(finding.code for finding in check_path(folder, overlays=[layer.path]))

    assert codes() == ["lint.outdated"]
    words = folder / "lint.yaml"
    words.write_text(words.read_text(encoding="utf-8").replace("varannan (?:", "varannan (?:x|"), encoding="utf-8")
    assert codes() == ["lint.outdated", "lint.patterns-ignored"]
    title = folder / "requirements/pay/LON-01.yaml"
    title.write_text(title.read_text(encoding="utf-8").replace("  en: Yearly pay survey\n", ""), encoding="utf-8")
    assert codes() == ["text.missing-en"]
