"""What a catalogue file may hold: each fault is a finding at its line and column, and all come at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_folder import AKT_05, BRU_01, BRU_02, CatalogueFolder

from procurement_equality import Catalogue, ProcurementEqualityError
from procurement_equality.catalogue.reading import read_catalogue
from procurement_equality.findings import CatalogueError, describe

HEAD = "catalogue.yaml"
STAFF = "tables/staff.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> CatalogueFolder:
    """Give a small catalogue folder to edit."""
    return CatalogueFolder(tmp_path)


def test_the_small_catalogue_has_no_findings(folder: CatalogueFolder) -> None:
    """The folder that the other tests break is whole before they break it."""
    assert folder.findings() == []
    assert list(Catalogue.load(folder.path).requirements) == ["AKT-05", "BRU-01", "BRU-02"]


@pytest.mark.parametrize(
    ("name", "old", "new", "nearest"),
    [
        (BRU_01, "follow_up:\n", "folow_up:\n", "follow_up"),
        (BRU_01, "responsible:", "responsable:", "responsible"),
        (BRU_01, "small_supplier:", "small_suplier:", "small_supplier"),
        (BRU_01, "months_after_start:", "month_after_start:", "months_after_start"),
        (AKT_05, "points:", "point:", "points"),
        (HEAD, "charter_version:", "charter_versions:", "charter_version"),
        (STAFF, "row_heading:", "row_headings:", "row_heading"),
        ("law/acts.yaml", "chapters:", "chapter:", "chapters"),
        ("law/regimes.yaml", "ranking:", "rankings:", "ranking"),
        ("law/thresholds.yaml", "kronor:", "krono:", "kronor"),
        ("law/headcount.yaml", "at_least:", "atleast:", "at_least"),
        ("law/cpv_lists.yaml", "ranges:", "range:", "ranges"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(
    name: str, old: str, new: str, nearest: str, folder: CatalogueFolder
) -> None:
    """A misspelt key in any file is refused at its place, and the finding asks whether the right one was meant."""
    place = folder.edit(name, old, new)
    finding = folder.finding("model.unknown-key")
    assert finding.place == place
    assert finding.data["key"] == new.rstrip().rstrip(":")
    assert finding.data["nearest"].split(", ")[0] == nearest
    assert f"Did you mean {nearest}" in describe(finding, "en")
    assert f"Menade du {nearest}" in describe(finding, "sv")


@pytest.mark.parametrize(
    ("line", "key", "above"),
    [
        ("level: basic\n", "level", "id: BRU-01"),
        ("  method: document\n", "method", "follow_up:"),
        ("    default: 2\n", "default", "routine_months:"),
        ("    type: integer\n", "type", "routine_months:"),
        ("    type: yes-no-partly\n", "type", "key: routine"),
        ("  responsible: contract-manager\n", "responsible", "follow_up:"),
    ],
)
def test_a_missing_key_is_refused(line: str, key: str, above: str, folder: CatalogueFolder) -> None:
    """A missing key is refused at the place of the map that should have it."""
    folder.edit(BRU_01, line, "")
    assert folder.report() == {("model.missing-key", folder.place(BRU_01, above))}
    assert folder.finding("model.missing-key").data["key"] == key


def test_a_missing_swedish_text_is_refused(folder: CatalogueFolder) -> None:
    """A text without Swedish is refused with words of its own, at the key of the text."""
    folder.edit(BRU_01, folder.text(BRU_01).split("\n")[3] + "\n", "")
    assert folder.report() == {("text.missing-sv", folder.place(BRU_01, "title:"))}


@pytest.mark.parametrize(
    ("old", "new", "at", "key"),
    [
        ("default: ", "default: two # ", "default", "default"),
        ("default: ", "default: 2.5 # ", "default", "default"),
        ("default: ", 'default: "2" # ', "default", "default"),
        ("default: ", "default: true # ", "default", "default"),
        ("since: 0.1.0", "since: 1.0", "since", "since"),
        ("grounds: [", "grounds: sex # [", "grounds", "grounds"),
        ("sources: [", "sources: dl-2008-567 # [", "sources", "sources"),
        ("  when: {", "  when: 3 # {", "when", "when"),
        ("topic: ", "topic: 1 # ", "topic", "topic"),
        ("  sv: ", "  sv: 5 # ", "sv", "sv"),
        ("required: false", 'required: "false"', "required", "required"),
        ("last_verified: ", "last_verified: den ", "last_verified", "last_verified"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(old: str, new: str, at: str, key: str, folder: CatalogueFolder) -> None:
    """A value of another type is refused at its key and never converted."""
    place = folder.edit(BRU_01, old, new, at)
    assert folder.report() == {("model.wrong-type", place)}
    assert folder.finding("model.wrong-type").data["key"] == key


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "bound"),
    [
        (BRU_01, "when: {", "when: {months_after_start: 241} # {", "months", "≤ 240"),
        (BRU_01, "when: {", "when: {months_after_start: -1} # {", "months", "≥ 0"),
        (BRU_01, "when: {", "when: {months_after_start: 1, then_every_months: 0} # {", "then", "≥ 1"),
        (BRU_01, "articles: [", "articles: [40, ", "40", "≤ 39"),
        (BRU_01, "key: routine", "key: routine_of_the_unit", "key", "≤ 17"),
        (BRU_01, "sources: [", "sources: [] # [", "sources", "≥ 1"),
        (AKT_05, "points: 10", "points: 11", "points", "≤ 10"),
        (STAFF, "spare_rows: 4", "spare_rows: 21", "spare", "≤ 20"),
        ("law/headcount.yaml", "at_least: 25", "at_least: 0", "at_least", "≥ 1"),
        ("law/thresholds.yaml", "euro: 221000", "euro: 0", "euro", "> 0"),
    ],
)
def test_a_value_out_of_range_is_refused(
    name: str, old: str, new: str, at: str, bound: str, folder: CatalogueFolder
) -> None:
    """A number, text or list outside its bounds is refused at its place, and the finding gives the bound."""
    place = folder.edit(name, old, new, at)
    assert folder.report() == {("model.out-of-range", place)}
    assert folder.finding("model.out-of-range").data["bound"].endswith(bound)


@pytest.mark.parametrize(
    ("name", "old", "new", "at"),
    [
        (BRU_01, "id: BRU-01", "id: bru-1", "id"),
        (BRU_01, "since: 0.1.0", "since: v1", "since"),
        (BRU_01, "goal: self-determination", "goal: Self determination", "goal"),
        (BRU_01, "key: routine", "key: Routine", "key"),
        ("law/acts.yaml", 'sfs: "2008:567"', 'sfs: "567"', "sfs"),
        ("law/cpv_lists.yaml", 'first: "75200000"', 'first: "752"', "first"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(name: str, old: str, new: str, at: str, folder: CatalogueFolder) -> None:
    """A text that does not follow the pattern of its key is refused at its place."""
    place = folder.edit(name, old, new, at)
    assert folder.report() == {("model.wrong-form", place)}


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "nearest"),
    [
        (BRU_01, "level: basic", "level: basik", "level", "basic"),
        (BRU_01, "status: active", "status: activ", "status", "active"),
        (BRU_01, "grounds: [", "grounds: [sexx, ", "sexx", "sex"),
        (BRU_01, "method: document", "method: documents", "method", "document"),
        (BRU_01, "responsible: contract-manager", "responsible: contract-manger", "responsible", "contract-manager"),
        (BRU_01, "type: yes-no-partly", "type: yes-no-partially", "type", "yes-no-partly"),
        (BRU_01, "unit: months", "unit: month", "unit", "months"),
        (HEAD, "languages: [sv, en]", "languages: [sv, enn]", "enn", "en"),
        (HEAD, "  spearhead:", "  spearheads:", "spearheads", "spearhead"),
        (STAFF, "type: number", "type: numbers", "type", "number"),
        ("law/regimes.yaml", "\nLUK-15:", "\nLUK-151:", "LUK", "LUK-15"),
        ("law/regimes.yaml", "ranking: weights", "ranking: weight", "ranking", "weights"),
        ("law/thresholds.yaml", "purpose: eu-threshold", "purpose: eu-treshold", "purpose", "eu-threshold"),
        ("law/cpv_lists.yaml", "annex-2:", "annex2:", "annex", "annex-2"),
    ],
)
def test_a_word_that_is_not_allowed_is_refused_with_the_nearest(
    name: str, old: str, new: str, at: str, nearest: str, folder: CatalogueFolder
) -> None:
    """A word outside a fixed list is refused at its place, and the finding names the nearest one."""
    place = folder.edit(name, old, new, at)
    assert folder.report() == {("model.not-allowed", place)}
    finding = folder.finding("model.not-allowed")
    assert finding.data["nearest"].split(", ")[0] == nearest


@pytest.mark.parametrize(
    ("old", "new", "key", "nearest"),
    [
        ("type: integer", "type: integr", "type", "integer"),
        (
            "kind: contract-performance-condition",
            "kind: contract-performance-conditions",
            "kind",
            "contract-performance-condition",
        ),
    ],
)
def test_a_wrong_word_that_decides_the_other_keys_is_one_finding_at_the_word(
    old: str, new: str, key: str, nearest: str, folder: CatalogueFolder
) -> None:
    """A wrong type of parameter or kind of variant is one finding, which names the key and stands at it."""
    place = folder.edit(BRU_01, old, new, key)
    assert folder.report() == {("model.not-allowed", place)}
    finding = folder.finding("model.not-allowed")
    assert finding.data["key"] == key
    assert finding.data["nearest"].split(", ")[0] == nearest


def test_a_variant_without_a_kind_is_one_finding(folder: CatalogueFolder) -> None:
    """A variant without its kind is one finding at the variant."""
    folder.edit(BRU_01, "  - kind: contract-performance-condition\n    text:", "  - text:")
    assert folder.report() == {("model.missing-key", folder.place(BRU_01, "text:"))}
    assert folder.finding("model.missing-key").data["key"] == "kind"


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "key"),
    [
        (BRU_01, "grounds: [", "grounds: [sexx, ", "model.not-allowed", "grounds"),
        (BRU_01, "articles: [", "articles: [40, ", "model.out-of-range", "articles"),
        (BRU_01, "articles: [", "articles: [ten, ", "model.wrong-type", "articles"),
        (HEAD, "  spearhead:", "  spearheads:", "model.not-allowed", "levels"),
    ],
)
def test_a_finding_about_an_item_names_the_key_of_its_list(
    name: str, old: str, new: str, code: str, key: str, folder: CatalogueFolder
) -> None:
    """A finding about an item of a list, or about a key of a map, names the list or the map and no number."""
    folder.edit(name, old, new)
    assert folder.finding(code).data["key"] == key


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "above"),
    [
        (BRU_01, "default: ", "default: 99 # ", "parameter.default", "routine_months:"),
        (BRU_01, "when: {", "when: {} # {", "follow-up.when", "when:"),
        (
            BRU_01,
            "when: {",
            "when: {with_tender: true, then_every_months: 12} # {",
            "follow-up.interval",
            "when:",
        ),
        (BRU_01, "    type: date\n", "    type: choice\n", "question.options", "key: date"),
        (BRU_02, "    type: table\n", "    type: text\n", "question.table", None),
        (BRU_01, "key: date\n", "key: routine\n", "requirement.question-twice", "id:"),
        (BRU_01, "status: active", "status: draft", "requirement.draft-review", "id:"),
        (BRU_01, "status: active", "status: withdrawn", "requirement.withdrawn", "id:"),
        (AKT_05, "kind: award-criterion", "kind: technical-specification", "model.unknown-key", "scale:"),
        (AKT_05, "points: 4", "points: 8", "scale.order", "kind: award-criterion"),
        (AKT_05, "points: 0", "points: 1", "scale.order", "kind: award-criterion"),
        (STAFF, "sum_of: [women,", "sum_of: [woman,", "table.check", "id:"),
    ],
)
def test_a_rule_of_the_model_is_a_finding_at_what_breaks_it(
    name: str, old: str, new: str, code: str, above: str | None, folder: CatalogueFolder
) -> None:
    """A rule that joins several keys is a finding at the part of the file that the rule is about."""
    place = folder.edit(name, old, new)
    found = folder.finding(code)
    if above is None:
        above_line = int(place.split(":")[-2]) - 1  # the item begins with its key, on the line before
        assert found.line == above_line
    else:
        assert found.place == folder.place(name, above)


def test_two_variants_of_one_kind_are_refused(folder: CatalogueFolder) -> None:
    """A requirement with two variants of the same kind is refused."""
    text = folder.text(BRU_01)
    variant = text[text.index("  - kind:") : text.index("legal_basis:")]
    folder.edit(BRU_01, variant, variant * 2)
    assert folder.report() == {("requirement.kind-twice", folder.place(BRU_01, "id:"))}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STAFF, "key: managers", "key: employed"),
        (STAFF, "key: managers", "key: spare1"),
        ("tables/wishes-about-staff.yaml", "key: declined", "key: granted"),
    ],
    ids=["row", "spare row", "column"],
)
def test_two_rows_or_columns_with_one_key_are_refused(name: str, old: str, new: str, folder: CatalogueFolder) -> None:
    """A table is refused where two cells would get the same name: a row or column key twice, or that of a spare row."""
    folder.edit(name, old, new)
    assert {finding.path for finding in folder.findings()} == {str(folder.path / name)}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("law/kinds.yaml", "award-criterion:", "award-criterium:"),
        ("law/regimes.yaml", "    exclusion-ground:", "    exclusion-grounds:"),
        (HEAD, "  spearhead:\n    sv: Spjutspetsnivå\n    en: Spearhead level\n", ""),
        (HEAD, "  age: {sv: ålder, en: age}\n", ""),
    ],
    ids=["kind", "kind of a regime", "level", "ground"],
)
def test_a_list_that_must_be_whole_is_refused_where_a_name_is_missing(
    name: str, old: str, new: str, folder: CatalogueFolder
) -> None:
    """A kind, level or ground that has no name or rule in the catalogue is a finding, not a crash when it is used."""
    folder.edit(name, old, new)
    assert {finding.path for finding in folder.findings()} == {str(folder.path / name)}


def test_all_findings_of_all_files_come_at_once(folder: CatalogueFolder) -> None:
    """Every fault of every file is reported in one reading, in the order of path, line and column."""
    expected = [
        ("model.unknown-key", folder.edit("law/acts.yaml", "chapters:", "chapter:")),
        ("model.missing-key", folder.place("law/acts.yaml", "DL:")),
        ("yaml.surprise", folder.edit("law/kinds.yaml", "sv: Uteslutningsgrund", "sv: no", "no")),
        ("yaml.duplicate-key", folder.edit(STAFF, "row_heading:", "id: staff\nrow_heading:")),
        ("model.not-allowed", folder.edit(BRU_01, "level: basic", "level: basik")),
        ("model.unknown-key", folder.edit(BRU_01, "follow_up:\n", "folow_up:\n")),
        ("model.missing-key", folder.place(BRU_01, "id:")),
        ("model.wrong-type", folder.edit(BRU_01, "default: ", "default: two # ")),
        ("file.not-yaml", folder.edit(BRU_02, "topic: ", "topic: a: ", "a: ").rsplit(":", 1)[0] + ":9"),
        ("file.encoding", folder.start(AKT_05)),
        ("file.missing", str(folder.path / HEAD)),
    ]
    (folder.path / AKT_05).write_bytes(b"\xe5: 1\n")
    (folder.path / HEAD).unlink()
    findings = folder.findings()
    assert {(finding.code, finding.place) for finding in findings} == set(expected)
    assert len(findings) == len(expected)
    places = [(finding.path or "", finding.line or 0, finding.column or 0) for finding in findings]
    assert places == sorted(places)


def test_the_error_carries_every_finding_in_both_languages(folder: CatalogueFolder) -> None:
    """Loading a broken catalogue raises one error that carries all findings and says them in both languages."""
    folder.edit(BRU_01, "level: basic", "level: basik")
    folder.edit(BRU_02, "level: law", "level: lag")
    with pytest.raises(CatalogueError) as raised:
        Catalogue.load(folder.path)
    assert isinstance(raised.value, ProcurementEqualityError)
    assert [finding.code for finding in raised.value.findings] == ["model.not-allowed"] * 2
    said = str(raised.value)
    for words in ("basik är inte ett tillåtet värde", "basik is not an allowed value", "lag is not an allowed value"):
        assert words in said


def test_a_folder_that_is_missing_or_no_folder_is_refused(folder: CatalogueFolder) -> None:
    """A catalogue folder that does not exist, or is a file, is refused."""
    for path, code in ((folder.path / "none", "file.missing"), (folder.path / HEAD, "file.not-a-folder")):
        catalogue, findings = read_catalogue(path)
        assert catalogue is None
        assert [(finding.code, finding.path) for finding in findings] == [(code, str(path))]
