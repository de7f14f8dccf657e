"""What is wrong with a layer on its catalogue: each fault is a finding at its place, and all come at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from layer_folder import REASON, LayerFolder, digests, findings_of, laid, report
from procurement_equality import Catalogue
from procurement_equality.catalogue.checking import check_overlays
from procurement_equality.catalogue.reading import read_catalogue
from procurement_equality.findings import CatalogueError, describe

TEXT = "text: {sv: Nytt., en: New.}"
HEAD = "overlay.yaml"
MONTHS = "verb: set\nparameters: {routine_months: {default: 3}}"
SOURCE = "sources: {own-plan: {title: Plan, publisher: Kommunen, seen: 2026-11-23}}\n"


@pytest.fixture
def alfa(base: Path, tmp_path: Path) -> LayerFolder:
    """Give a layer that changes nothing."""
    return LayerFolder(base, tmp_path / "alfa")


@pytest.fixture
def beta(base: Path, tmp_path: Path) -> LayerFolder:
    """Give another layer that changes nothing."""
    return LayerFolder(base, tmp_path / "beta", "EXB")


def test_a_layer_without_faults_has_no_findings(base: Path, alfa: LayerFolder, beta: LayerFolder) -> None:
    """Two layers, one with a requirement of its own, are read without findings and known by their folders."""
    alfa.own()
    beta.change("BRU-02", MONTHS)
    catalogue = laid(base, alfa, beta)
    assert catalogue.findings == ()
    assert [(layer.id, layer.version) for layer in catalogue.layers] == [("alfa", "1.2.3"), ("beta", "1.2.3")]
    assert catalogue.folders == (alfa.path.resolve(), beta.path.resolve())
    assert list(catalogue.requirements) == ["AKT-01", "EXA-01", "LON-01", "BRU-02"]
    assert sorted(catalogue.origins) == ["BRU-02", "EXA-01"]


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        (f"verb: replace\nfield: clause\nkind: award-criterion\n{TEXT}", "overlay.no-target", "kind"),
        (f"verb: append\nfield: question\nkey: rutin\n{TEXT}", "overlay.no-target", "key"),
        (f"verb: replace\nfield: balancing\ngoal: privacy\n{TEXT}", "overlay.no-target", "goal"),
        ("verb: set\nparameters: {routine_weeks: {default: 3}}", "overlay.no-target", "parameters"),
        ("verb: set\nparameters: {routine_months: {default: 7}}", "overlay.value", "verb"),
        ("verb: set\nparameters: {routine_months: {min: 3}}", "overlay.value", "verb"),
        ("verb: set\nparameters: {routine_months: {default: two}}", "overlay.value", "verb"),
        ("verb: append\nquestions: [{key: date, type: date, text: {sv: När?}}]", "overlay.value", "verb"),
        ("verb: add", "overlay.add-base", "verb"),
        ("verb: append\nsources: [nowhere]", "reference.source", "sources"),
        ("verb: append\nlegal_basis: [XYZ 1:1]", "citation.act", "legal_basis"),
        ("verb: append\nconflicts: [{goal: nowhere, balancing: {sv: A, en: A}}]", "reference.goal", "conflicts"),
        (f"verb: replace\nfield: clause\nkind: contract-performance-condition\n{TEXT}", "parameter.unused", "text"),
        ("verb: replace\nfield: rationale\ntext: {sv: Nytt.}", "text.missing-en", "text"),
        ("verb: set\nfollow_up: {ladder: nowhere}", "reference.ladder", "ladder"),
        ("verb: set\nfollow_up: {months_after_start: nowhere}", "follow-up.parameter", "months_after_start"),
        ("verb: withdraw\nreplaced_by: [AKT-99]", "reference.requirement", "AKT-99"),
    ],
)
def test_a_change_that_does_not_fit_its_requirement_is_one_finding(
    change: str, code: str, at: str, base: Path, alfa: LayerFolder
) -> None:
    """A target or name that is not there, or a value that does not fit, is one finding at its place."""
    name = alfa.change("BRU-02", change)
    assert report(base, alfa) == [(code, alfa.place(name, at))]


def test_a_target_that_is_not_there_is_met_with_those_that_are(base: Path, alfa: LayerFolder) -> None:
    """The finding about an unknown question lists the questions of the requirement, in both languages."""
    alfa.change("BRU-02", f"verb: replace\nfield: question\nkey: rutin\n{TEXT}")
    (finding,) = findings_of(base, [alfa])
    assert "Välj bland: routine, date, wishes" in describe(finding, "sv")
    assert "Choose among: routine, date, wishes" in describe(finding, "en")


def test_a_change_of_a_missing_requirement_is_refused_with_the_nearest(base: Path, alfa: LayerFolder) -> None:
    """A change of a requirement that the catalogue does not have is a finding that names the nearest ids."""
    name = alfa.change("BRU-20", "verb: withdraw")
    assert report(base, alfa) == [("overlay.no-requirement", alfa.place(name, "requirement"))]
    assert "BRU-02" in findings_of(base, [alfa])[0].data["nearest"]


@pytest.mark.parametrize("first", [f"verb: replace\nfield: title\n{TEXT}", MONTHS, "verb: set\nlevel: basic"])
def test_a_field_that_one_file_changes_twice_is_refused(first: str, base: Path, alfa: LayerFolder) -> None:
    """The same field twice in a file is a finding at the second change."""
    name = alfa.change("BRU-02", first, first)
    assert report(base, alfa) == [("overlay.twice", alfa.place(name, "verb", last=True))]


@pytest.mark.parametrize(
    ("one", "two", "field"),
    [
        (MONTHS, "verb: set\nparameters: {routine_months: {max: 4}}", "parameters.routine_months"),
        ("verb: set\nfollow_up: {ladder: reporting}", "verb: set\nfollow_up: {ladder: award}", "follow_up.ladder"),
        (f"verb: replace\nfield: title\n{TEXT}", f"verb: replace\nfield: title\n{TEXT}", "title"),
        ("verb: withdraw", "verb: set\nstatus: active", "status"),
        ("verb: withdraw", MONTHS, "status"),
        (MONTHS, "verb: withdraw", "status"),
        (f"verb: append\nfield: title\n{TEXT}", f"verb: replace\nfield: title\n{TEXT}", "title"),
    ],
)
def test_layers_that_disagree_are_refused(
    one: str, two: str, field: str, base: Path, alfa: LayerFolder, beta: LayerFolder
) -> None:
    """What two layers decide differently is a finding at the second, which names the first one's file and the field."""
    other, name = alfa.change("BRU-02", one), beta.change("BRU-02", two)
    assert report(base, alfa, beta) == [("overlay.disagree", beta.place(name, "verb"))]
    (finding,) = findings_of(base, [alfa, beta])
    assert finding.data == {"id": "BRU-02", "field": field, "other": str(alfa.path / other)}


def test_two_layers_may_append_to_the_same_text(base: Path, alfa: LayerFolder, beta: LayerFolder) -> None:
    """Two layers that append to one field do not disagree: both paragraphs stand, in the order of the layers."""
    for layer, words in ((alfa, "Ett."), (beta, "Två.")):
        layer.change("BRU-02", f"verb: append\nfield: rationale\ntext: {{sv: {words}, en: {words}}}")
    assert laid(base, alfa, beta).requirements["BRU-02"].rationale.sv.endswith("\n\nEtt.\n\nTvå.")


def test_a_layer_may_change_what_another_has_added(base: Path, alfa: LayerFolder, beta: LayerFolder) -> None:
    """A layer that lies on another one changes a requirement of that one's own."""
    alfa.own()
    beta.change("EXA-01", "verb: set\nlevel: basic", digest=None)
    assert report(base, alfa, beta) == []
    assert laid(base, alfa, beta).requirements["EXA-01"].level == "basic"


def test_a_fault_is_told_once_and_where_it_was_written(base: Path, alfa: LayerFolder, beta: LayerFolder) -> None:
    """An unknown source that one layer appends is not blamed on another layer that changes the same requirement."""
    name = alfa.change("BRU-02", "verb: append\nsources: [nowhere]")
    beta.change("BRU-02", MONTHS)
    assert report(base, alfa, beta) == [("reference.source", alfa.place(name, "sources"))]


@pytest.mark.parametrize("identifier", ["EXB-01", "LON-02", "LON-01"])
def test_an_own_requirement_outside_the_prefix_is_one_finding(identifier: str, base: Path, alfa: LayerFolder) -> None:
    """An own requirement with another prefix, even the id of one in the catalogue, is one finding at its id."""
    name = alfa.own(identifier)
    assert report(base, alfa) == [("overlay.prefix", alfa.place(name, "id"))]


def test_a_prefix_that_a_topic_has_is_refused(base: Path, alfa: LayerFolder) -> None:
    """A layer cannot take the prefix of a topic of the catalogue."""
    alfa.edit(HEAD, "prefix: EXA", "prefix: LON")
    assert report(base, alfa) == [("overlay.prefix-taken", alfa.place(HEAD, "prefix"))]


@pytest.mark.parametrize("change", [None, "verb: set\nlevel: basic"], ids=["no file", "no add"])
def test_an_own_requirement_takes_a_reason(change: str | None, base: Path, alfa: LayerFolder) -> None:
    """An own requirement without a change that adds it is one finding at its id."""
    name = alfa.own(reason=False)
    if change:
        alfa.change("EXA-01", change)
    assert report(base, alfa) == [("overlay.add-missing", alfa.place(name, "id"))]


def test_an_id_that_another_layer_has_is_refused(base: Path, alfa: LayerFolder, tmp_path: Path) -> None:
    """Two layers that add the same id are one finding, at the second one's id."""
    other = LayerFolder(base, tmp_path / "beta")
    alfa.own()
    name = other.own()
    assert report(base, alfa, other) == [("overlay.id-taken", other.place(name, "id"))]


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("sources", "dl-2008-567", "{title: Plan, publisher: Kommunen, seen: 2026-11-23}"),
        ("topics", "pay", "{prefix: EXA, title: {sv: Lön, en: Pay}}"),
        ("goals", "privacy", "{sv: Integritet, en: Privacy}"),
        ("sectors", "home-care", "{title: {sv: Hemtjänst, en: Home care}, cpv: []}"),
        ("ladders", "reporting", "{title: {sv: Stege, en: Ladder}, steps: [{sv: Ett, en: One}]}"),
    ],
)
def test_a_name_that_the_catalogue_has_is_refused(
    key: str, name: str, value: str, base: Path, alfa: LayerFolder
) -> None:
    """A layer cannot give a name of the catalogue another meaning."""
    alfa.more(f"{key}: {{{name}: {value}}}\n")
    assert report(base, alfa) == [("overlay.name-taken", alfa.place(HEAD, f"{name}:"))]


def test_a_table_that_the_catalogue_has_is_refused(base: Path, alfa: LayerFolder) -> None:
    """A layer's table cannot have the name of one in the catalogue."""
    name = "tables/wishes-about-staff.yaml"
    alfa.write(name, (base / name).read_text(encoding="utf-8"))
    assert report(base, alfa) == [("overlay.name-taken", alfa.place(name, "id:"))]


def test_a_name_that_another_layer_has_is_refused(base: Path, alfa: LayerFolder, beta: LayerFolder) -> None:
    """Two layers cannot give one name two meanings: the second is refused."""
    alfa.more(SOURCE)
    beta.more(SOURCE.replace("Plan,", "En annan plan,"))
    assert report(base, alfa, beta) == [("overlay.name-taken", beta.place(HEAD, "own-plan"))]


def test_two_layers_with_one_id_are_refused(base: Path, alfa: LayerFolder, beta: LayerFolder) -> None:
    """Two layers with the same id cannot be told apart in documents and lists, so the second is refused."""
    beta.edit(HEAD, "id: beta", "id: alfa")
    assert [place for _, place in report(base, alfa, beta)] == [beta.place(HEAD, "id")]


def test_a_layer_for_another_catalogue_is_refused(base: Path, alfa: LayerFolder) -> None:
    """A layer that was written for another catalogue is a finding at the base's id."""
    alfa.edit(HEAD, "{id: procurement-equality", "{id: another-catalogue")
    assert report(base, alfa) == [("overlay.base", alfa.place(HEAD, "id: another"))]


@pytest.mark.parametrize(
    ("digest", "code", "at"),
    [(None, "overlay.digest-missing", "requirement"), ("0" * 12, "overlay.digest", "digest")],
)
def test_a_pin_that_is_missing_or_has_moved_is_a_warning(
    digest: str | None, code: str, at: str, base: Path, alfa: LayerFolder
) -> None:
    """A pin that does not hold stops nothing; the catalogue carries the warning, and the finding gives the new pin."""
    name = alfa.change("BRU-02", MONTHS, digest=digest)
    catalogue = laid(base, alfa)
    (finding,) = catalogue.findings
    assert (finding.code, finding.place, finding.severity) == (code, alfa.place(name, at), "warning")
    assert digests(base)["BRU-02"] in describe(finding, "sv")
    assert digests(base)["BRU-02"] in describe(finding, "en")
    assert catalogue.requirements["BRU-02"].digest != digests(base)["BRU-02"]


def test_a_change_under_the_layer_is_found(base: Path, tmp_path: Path) -> None:
    """A base requirement that is rewritten under a pinned layer gives the warning, whatever field was rewritten."""
    own = Path(shutil.copytree(base, tmp_path / "base"))
    layer = LayerFolder(base, tmp_path / "alfa")
    name = layer.change("LON-01", "verb: set\nlevel: basic")
    assert report(own, layer) == []
    path = own / "requirements" / "pay" / "LON-01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("min: 2", "min: 1"), encoding="utf-8")
    assert report(own, layer) == [("overlay.digest", layer.place(name, "digest"))]


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("[dl-2008-567]", "[nowhere]", "reference.source", "nowhere"),
        ("ladder: reporting", "ladder: nowhere", "reference.ladder", "ladder"),
        ("legal_basis: []", "legal_basis: [XYZ 1:1]", "citation.act", "XYZ"),
        ("legal_basis: []", "legal_basis: []\nreplaces: [AKT-99]", "reference.requirement", "AKT-99"),
        (", en: A report of one page.}", "}", "text.missing-en", "small_supplier"),
    ],
)
def test_an_own_requirement_is_held_to_what_the_catalogues_are(
    old: str, new: str, code: str, at: str, base: Path, alfa: LayerFolder
) -> None:
    """A name of an own requirement that leads nowhere is one finding in its own file."""
    name = alfa.edit(alfa.own(), old, new)
    assert report(base, alfa) == [(code, alfa.place(name, at))]


def test_a_circle_of_replaces_is_found_in_a_layer_and_between_layers(
    base: Path, alfa: LayerFolder, beta: LayerFolder
) -> None:
    """Own requirements that replace one another are findings in both layers; to replace a base one is none."""
    one, two = alfa.own(), beta.own("EXB-01")
    alfa.edit(one, "legal_basis: []", "legal_basis: []\nreplaces: [EXB-01, LON-01]")
    assert report(base, alfa, beta) == []
    beta.edit(two, "legal_basis: []", "legal_basis: []\nreplaces: [EXA-01]")
    assert sorted(report(base, alfa, beta)) == [
        ("reference.cycle", alfa.place(one, "replaces")),
        ("reference.cycle", beta.place(two, "replaces")),
    ]
    assert "EXA-01 → EXB-01 → EXA-01" in describe(findings_of(base, [alfa, beta])[0], "en")


def test_a_circle_of_replaces_is_found_in_the_catalogue(base: Path, tmp_path: Path) -> None:
    """Requirements of the catalogue that replace one another in a circle are one finding each, with the path."""
    own = Path(shutil.copytree(base, tmp_path / "base"))
    paths = sorted(own.glob("requirements/*/*.yaml"))  # AKT-01, LON-01, BRU-02
    for path, replaced in zip(paths, ("LON-01", "BRU-02", "AKT-01"), strict=True):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("legal_basis:", f"replaces: [{replaced}]\nlegal_basis:"), encoding="utf-8")
    catalogue, findings = read_catalogue(own)
    assert catalogue is None
    assert [finding.code for finding in findings] == ["reference.cycle"] * 3
    assert [finding.path for finding in findings] == [str(path) for path in paths]
    assert "AKT-01 → LON-01 → BRU-02 → AKT-01" in describe(findings[0], "sv")


def _five_faults(layer: LayerFolder) -> list[tuple[str, str]]:
    """Put five faults in a layer that can be read; give their codes and places."""
    layer.edit(HEAD, "prefix: EXA", "prefix: LON")
    layer.more("goals: {privacy: {sv: Integritet, en: Privacy}}\n")
    twice = layer.change("BRU-02", MONTHS, MONTHS)
    missing = layer.change("BRU-20", "verb: withdraw")
    source = layer.change("AKT-01", "verb: append\nsources: [nowhere]")
    return [
        ("reference.source", layer.place(source, "sources")),
        ("overlay.twice", layer.place(twice, "verb", last=True)),
        ("overlay.no-requirement", layer.place(missing, "requirement")),
        ("overlay.prefix-taken", layer.place(HEAD, "prefix")),
        ("overlay.name-taken", layer.place(HEAD, "privacy")),
    ]


def test_all_findings_come_at_once(base: Path, alfa: LayerFolder) -> None:
    """A layer with five faults gives five findings, and the error that loading raises carries them all."""
    expected = _five_faults(alfa)
    assert sorted(report(base, alfa)) == sorted(expected)
    with pytest.raises(CatalogueError) as raised:
        laid(base, alfa)
    assert {finding.code for finding in raised.value.findings} == {code for code, _ in expected}


def test_findings_stand_in_the_order_of_their_places(base: Path, alfa: LayerFolder) -> None:
    """The findings of a layer are ordered by path, line and column, as those of a catalogue are."""
    _five_faults(alfa)
    places = [(f.path or "", f.line or 0, f.column or 0) for f in findings_of(base, [alfa])]
    assert places == sorted(places)


def test_a_fault_of_form_does_not_hide_the_others(base: Path, alfa: LayerFolder) -> None:
    """A change file that cannot be read does not keep the faults of the other files back."""
    expected = _five_faults(alfa)
    name = alfa.write("changes/LON-01.yaml", f"requirement: LON-01\nchanges:\n  - verb: set\n    {REASON}\n")
    assert sorted(report(base, alfa)) == sorted([*expected, ("overlay.set", alfa.place(name, "verb"))])


def test_the_faults_of_base_and_layers_come_together(tmp_path: Path, base: Path, alfa: LayerFolder) -> None:
    """A broken base, a broken layer and a layer that is missing are all told in one reading."""
    own = Path(shutil.copytree(base, tmp_path / "base"))
    path = own / "requirements" / "pay" / "LON-01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: law", "level: lag"), encoding="utf-8")
    alfa.edit(HEAD, "prefix: ", "prefx: EXA\nprefix: ")
    with pytest.raises(CatalogueError) as raised:
        Catalogue.load(own, [alfa.path, tmp_path / "none"])
    codes = [finding.code for finding in raised.value.findings]
    assert codes == ["model.not-allowed", "model.unknown-key", "file.missing"]


def test_a_layer_that_is_named_twice_lies_once(base: Path, alfa: LayerFolder) -> None:
    """One folder under two spellings is one layer."""
    alfa.own()
    other = alfa.path / ".." / "alfa"
    assert [layer.id for layer in Catalogue.load(base, [alfa.path, other]).layers] == ["alfa"]


def test_the_example_layer_lies_on_the_bundled_catalogue() -> None:
    """The example of a layer loads; at most its pins need to be read anew."""
    folder = ROOT / "examples" / "overlay"
    catalogue = Catalogue.load(None, [folder])
    assert {finding.code for finding in catalogue.findings} <= {"overlay.digest"}
    assert {change.verb for changes in catalogue.origins.values() for change in changes} == {
        "add", "append", "replace", "set", "withdraw",
    }  # fmt: skip
    assert {finding.code for finding in check_overlays(None, [folder])} <= {"overlay.digest"}
