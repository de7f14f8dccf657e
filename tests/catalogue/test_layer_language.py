"""The language checks of a layer: what the layer wrote is judged, at its place, and the base's own texts are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from layer_folder import LayerFolder, small_catalogue
from procurement_equality.catalogue.checking import check_overlays

OUTDATED = "text: {sv: Plan för vårdtagare., en: Plan for the handicapped.}"
CLAUSE = "contract-performance-condition"


def judged(base: Path, layer: LayerFolder, code: str | None = None) -> list[tuple[str, str]]:
    """Give code and place of the language findings of a layer, or of those with one code; all are warnings."""
    findings = check_overlays(base, [layer.path])
    assert {finding.severity for finding in findings} <= {"warning"}
    return [(f.code, f.place) for f in findings if code is None or f.code == code]


def test_a_layer_without_texts_is_not_judged(base: Path, layer: LayerFolder) -> None:
    """A layer that only sets values and withdraws has no language findings, whatever the base says."""
    layer.change("BRU-02", "verb: set\nlevel: basic")
    layer.change("LON-01", "verb: withdraw")
    assert judged(base, layer) == []


def test_a_vague_word_in_a_replaced_clause_is_found_in_the_change_file(base: Path, layer: LayerFolder) -> None:
    """A vague word in a clause that the layer wrote is found at the word, in each language."""
    name = layer.change(
        "BRU-02",
        f"verb: replace\nfield: clause\nkind: {CLAUSE}\ntext:\n"
        "  sv: >-\n    Leverantören ska senast {{ routine_months }} efter avtalsstart\n    vid behov lämna en rutin.\n"
        "  en: >-\n    Within {{ routine_months }} of the start of the contract\n"
        "    the supplier shall regularly submit a routine.",
    )
    places = [layer.place(name, "vid behov"), layer.place(name, "regularly")]
    assert judged(base, layer, "lint.vague") == [("lint.vague", place) for place in places]


@pytest.mark.parametrize(
    "target",
    ["title", "rationale", "evidence", "small-supplier", "indicator", "question\nkey: date",
     "balancing\ngoal: self-determination"],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["replace", "append"])
def test_an_outdated_word_is_found_wherever_a_layer_writes_it(
    verb: str, target: str, base: Path, layer: LayerFolder
) -> None:
    """An outdated word in any text that a layer replaces or appends is found at the word."""
    name = layer.change("BRU-02", f"verb: {verb}\nfield: {target}\n{OUTDATED}")
    places = [layer.place(name, "vårdtagare"), layer.place(name, "handicapped")]
    assert judged(base, layer, "lint.outdated") == [("lint.outdated", place) for place in places]


def test_an_outdated_word_in_an_appended_question_is_found(base: Path, layer: LayerFolder) -> None:
    """An outdated word in a question that a layer appends is found at the word."""
    name = layer.change("BRU-02", f"verb: append\nquestions: [{{key: plan, type: yes-no, {OUTDATED}}}]")
    assert ("lint.outdated", layer.place(name, "vårdtagare")) in judged(base, layer)


def test_an_own_requirement_is_judged_in_its_file(base: Path, layer: LayerFolder) -> None:
    """An outdated word in an own requirement is found in its own file."""
    name = layer.edit(layer.own(), "sv: Planen säger det.", "sv: Vårdtagare är med.")
    assert ("lint.outdated", layer.place(name, "Vårdtagare")) in judged(base, layer)


@pytest.mark.parametrize(
    ("old", "change"),
    [
        ("sv: Rutinen, och", "verb: replace\nfield: title\ntext: {sv: Nytt, en: New}"),
        ("sv: Önskemål som rör", "verb: replace\nfield: evidence\ntext: {sv: Rutinen., en: The routine.}"),
        ("sv: Finns en", "verb: replace\nfield: question\nkey: date\ntext: {sv: När?, en: When?}"),
        ("sv: Finns en", "verb: append\nquestions: [{key: plan, type: yes-no, text: {sv: Vet ni?, en: Known?}}]"),
        ("sv: Rutinen, och", "verb: append\nfield: evidence\ntext: {sv: Planen., en: The plan.}"),
    ],
    ids=["evidence", "title", "another question", "before an appended question", "before an appended paragraph"],
)
def test_the_bases_own_texts_are_not_judged(old: str, change: str, tmp_path: Path, layer: LayerFolder) -> None:
    """An outdated word in a text of the base is not blamed on a layer that changes something else of it."""
    own = small_catalogue(tmp_path / "base")
    path = own / "requirements" / "wishes-about-staff" / "BRU-02.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, old.replace("sv: ", "sv: Vårdtagare. ")), encoding="utf-8")
    layer.base = own
    layer.change("BRU-02", change)
    assert judged(own, layer, "lint.outdated") == []


def test_what_is_wrong_with_the_layer_comes_before_its_language(base: Path, layer: LayerFolder) -> None:
    """A layer that does not fit its base gives those findings, and its language is judged when they are mended."""
    layer.change("BRU-02", f"verb: replace\nfield: title\n{OUTDATED}")
    name = layer.change("AKT-99", "verb: withdraw")
    found = [(finding.code, finding.severity) for finding in check_overlays(base, [layer.path])]
    assert found == [("overlay.no-requirement", "error")]
    (layer.path / name).unlink()
    assert {code for code, _ in judged(base, layer)} == {"lint.outdated"}


def test_a_layer_is_judged_by_the_words_of_its_catalogue(tmp_path: Path, layer: LayerFolder) -> None:
    """The `lint.yaml` of the catalogue that a layer lies on says which words are found."""
    own = small_catalogue(tmp_path / "base")
    lint = own / "lint.yaml"
    lint.write_text(lint.read_text(encoding="utf-8").replace("vårdtagare, ", "").replace("handicap*, ", ""), "utf-8")
    layer.change("BRU-02", f"verb: replace\nfield: title\n{OUTDATED}")
    assert ("lint.outdated" in {code for code, _ in judged(own, layer)}) is False
    shutil.copy(Path(layer.base) / "lint.yaml", lint)
    assert ("lint.outdated" in {code for code, _ in judged(own, layer)}) is True
