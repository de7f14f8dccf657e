"""What one file says of another: every name leads somewhere, or is a finding at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from catalogue_folder import AKT_05, BRU_01, BRU_02, CatalogueFolder

TABLE = "tables/staff.yaml"
SWEDISH, ENGLISH = "sv: |-", "en: |-"  # the clause text, the only block text of BRU-01


@pytest.fixture
def folder(tmp_path: Path) -> CatalogueFolder:
    """Give a small catalogue folder to edit."""
    return CatalogueFolder(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "code", "nearest"),
    [
        (BRU_01, "sources: [dl-2008-567", "sources: [dl-2008-568", "dl-2008-568", "source", "dl-2008-567"),
        (BRU_01, "sectors: [home-care", "sectors: [home-car", "home-car", "sector", "home-care"),
        (BRU_01, "applies:\n", "applies:\n  regimes: [LOU, LOW]\n", "LOW", "regime", "LOV"),
        (BRU_02, "table: wishes-about-staff", "table: wishes-on-staff", "table", "table", "wishes-about-staff"),
        (BRU_01, "{ladder: standard}", "{ladder: standart}", "ladder", "ladder", "standard"),
        (AKT_05, "legal_basis: []", "    consequence: {ladder: awards}\nlegal_basis: []", "ladder", "ladder", "award"),
        (BRU_01, "goal: self-determination", "goal: determination", "goal", "goal", "self-determination"),
        (BRU_01, "applies:\n", "applies:\n  headcount: dl-3-15\n", "headcount", "headcount", "dl-3-14"),
        (
            BRU_01,
            "key: routine\n",
            "key: routine\n    headcount: whistleblowing-49\n",
            "headcount",
            "headcount",
            "whistleblowing-50",
        ),
        (BRU_01, "since: 0.1.0\n", "since: 0.1.0\nreplaces: [AKT-06]\n", "AKT-06", "requirement", "AKT-05"),
        (BRU_01, "since: 0.1.0\n", "since: 0.1.0\nreplaced_by: [BRU-22]\n", "BRU-22", "requirement", "BRU-02"),
        (BRU_01, "since: 0.1.0\n", "since: 0.1.0\nreplaced_by: [BRU-01]\n", "BRU-01", "requirement", "BRU-02"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused_with_the_nearest(
    name: str, old: str, new: str, at: str, code: str, nearest: str, folder: CatalogueFolder
) -> None:
    """A name that is not in the list it comes from is refused at its place, and the nearest name is given."""
    place = folder.edit(name, old, new, at)
    assert folder.report() == {(f"reference.{code}", place)}
    assert folder.finding(f"reference.{code}").data["nearest"].split(", ")[0] == nearest


def test_a_topic_that_does_not_exist_is_refused(folder: CatalogueFolder) -> None:
    """A topic that catalogue.yaml does not have is refused at its place, beside the folder that no longer fits."""
    place = folder.edit(BRU_01, "topic: wishes-about-staff", "topic: wishes-on-staff")
    assert folder.report() == {("reference.topic", place), ("requirement.folder", folder.start(BRU_01))}
    assert folder.finding("reference.topic").data["nearest"] == "wishes-about-staff"


def test_a_parameter_that_is_not_declared_is_refused(folder: CatalogueFolder) -> None:
    """A parameter that a text uses without declaring is refused in each language where it stands."""
    for _ in range(2):
        folder.edit(BRU_01, "{{ routine_months }}", "{{ routine_weeks }}")
    assert folder.report() == {
        ("parameter.undeclared", folder.place(BRU_01, SWEDISH)),
        ("parameter.undeclared", folder.place(BRU_01, ENGLISH)),
        ("parameter.unused", folder.place(BRU_01, "routine_months:")),
    }


def test_a_parameter_that_is_not_used_is_refused(folder: CatalogueFolder) -> None:
    """A parameter that no text uses is refused where it is declared."""
    declaration = "  spare_days: {type: integer, unit: days, default: 2, min: 1, max: 6, label: {sv: Tid, en: Time}}\n"
    place = folder.edit(BRU_01, "parameters:\n", "parameters:\n" + declaration, "spare_days")
    assert folder.report() == {("parameter.unused", place)}


@pytest.mark.parametrize("language", [SWEDISH, ENGLISH])
def test_a_parameter_in_one_language_only_is_refused(language: str, folder: CatalogueFolder) -> None:
    """A parameter that only one language version uses is refused at the English text, and named."""
    text = folder.text(BRU_01)
    start = text.index(language)
    broken = text[:start] + text[start:].replace("{{ routine_months }}", "two months", 1)
    (folder.path / BRU_01).write_text(broken, encoding="utf-8")
    assert folder.report() == {("parameter.one-language", folder.place(BRU_01, ENGLISH))}
    assert folder.finding("parameter.one-language").data["name"] == "routine_months"


@pytest.mark.parametrize(
    "braces",
    [
        "{% for x in y %}", "{% if a %}", "{% raw %}", "{{ a.b }}", "{{ a|e }}", "{{ a | upper }}", "{{ a() }}",
        "{{ a['b'] }}", "{{ 1 + 1 }}", "{{ 'a' }}", "{{}}", "{{ }}", "{{ Routine }}", "{{ routine months }}",
        "{{- routine_months }}", "{{ routine_months -}}", "{# note #}", "{{", "}}", "{%", "%}", "{#", "#}",
        "{{ {{ routine_months }} }}", "{{ routine_months.__class__ }}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", [SWEDISH, ENGLISH])
def test_anything_but_a_parameter_in_braces_is_refused(language: str, braces: str, folder: CatalogueFolder) -> None:
    """Loops, conditions, filters, points, calls, comments and loose braces in a clause text are refused."""
    folder.edit(BRU_01, f"{language}\n        ", f"{language}\n        {braces} ")
    assert folder.report() == {("parameter.braces", folder.place(BRU_01, language))}


@pytest.mark.parametrize(
    "braces", ["{", "}", "{a}", "{ routine_months }", "{{routine_months}}", "{{  routine_months }}"]
)
def test_single_braces_and_any_number_of_spaces_are_accepted(braces: str, folder: CatalogueFolder) -> None:
    """Single braces are ordinary signs, and a parameter may stand with or without spaces."""
    for language in (SWEDISH, ENGLISH):
        folder.edit(BRU_01, f"{language}\n        ", f"{language}\n        {braces} ")
    assert folder.report() == set()


def test_an_id_without_its_topics_prefix_is_refused(folder: CatalogueFolder) -> None:
    """An id that does not begin with the prefix of its topic is refused at the id."""
    path = folder.path / BRU_01
    path.write_text(folder.text(BRU_01).replace("id: BRU-01", "id: STA-99"), encoding="utf-8")
    path.rename(path.with_name("STA-99.yaml"))
    place = folder.place("requirements/wishes-about-staff/STA-99.yaml", "id:")
    assert folder.report() == {("requirement.prefix", place)}
    assert folder.finding("requirement.prefix").data["prefix"] == "BRU"


def test_a_file_that_is_not_named_after_its_id_is_refused(folder: CatalogueFolder) -> None:
    """A requirement's file with another name than its id is refused."""
    path = folder.path / BRU_01
    path.rename(path.with_name("BRU-09.yaml"))
    assert folder.report() == {("requirement.file-name", folder.start("requirements/wishes-about-staff/BRU-09.yaml"))}


def test_a_table_that_is_not_named_after_its_id_is_refused(folder: CatalogueFolder) -> None:
    """A table's file with another name than its id is refused, and other faults of it keep their place."""
    folder.edit(TABLE, "id: staff", "id: stuff")
    folder.edit(TABLE, "{sv: Grupp eller yrke, en: Group or occupation}", "{sv: Grupp eller yrke}")
    assert folder.report() == {
        ("requirement.file-name", folder.start(TABLE)),
        ("text.missing-en", folder.place(TABLE, "row_heading:")),
    }


def test_a_file_in_another_topics_folder_is_refused(folder: CatalogueFolder) -> None:
    """A requirement's file that lies in the folder of another topic is refused."""
    moved = "requirements/active-measures/BRU-01.yaml"
    (folder.path / BRU_01).rename(folder.path / moved)
    assert folder.report() == {("requirement.folder", folder.start(moved))}


def test_an_id_that_is_used_twice_is_refused(folder: CatalogueFolder) -> None:
    """An id that two files use is refused in the later file, which is told of the earlier."""
    copy = "requirements/wishes-about-staff/BRU-03.yaml"
    shutil.copy(folder.path / BRU_01, folder.path / copy)
    assert folder.report() == {("requirement.id-twice", folder.start(copy))}
    assert folder.finding("requirement.id-twice").data == {"id": "BRU-01", "other": str(folder.path / BRU_01)}


@pytest.mark.parametrize(
    ("name", "old", "new", "at"),
    [
        (BRU_01, "grounds: [", "review: {sv: Se över}\ngrounds: [", "review"),
        (AKT_05, "questions:\n  - key: plan", "questions:\n  - help: {sv: Kort}\n    key: plan", "help"),
        (TABLE, "row_heading: {sv: Grupp eller yrke, en: ", "row_heading: {sv: ", "row_heading"),
        ("catalogue.yaml", "title: {sv: hemtjänst, en: ", "title: {sv: ", "title"),
        ("catalogue.yaml", "  cost: {sv: kostnad för uppdraget, en: ", "  cost: {sv: ", "cost"),
    ],
    ids=["requirement", "item", "table", "sector", "goal"],
)
def test_a_missing_english_text_is_refused(name: str, old: str, new: str, at: str, folder: CatalogueFolder) -> None:
    """A text that lacks a language of the catalogue is refused at its key, in requirements, tables and head."""
    place = folder.edit(name, old, new, at)
    assert folder.report() == {("text.missing-en", place)}


def test_english_may_be_missing_where_the_catalogue_is_swedish(folder: CatalogueFolder) -> None:
    """A catalogue that has Swedish only needs no English."""
    folder.edit("catalogue.yaml", "languages: [sv, en]", "languages: [sv]")
    folder.edit(TABLE, "{sv: Grupp eller yrke, en: Group or occupation}", "{sv: Grupp eller yrke}")
    assert folder.report() == set()


@pytest.mark.parametrize(
    ("citation", "code"),
    [
        ("XYZ 1:1", "citation.act"),
        ("2099:1 5", "citation.act"),
        ("2001:453 5:1", "citation.repealed"),
        ("1991:433 3", "citation.repealed"),
        ("DL 3 kap. 13 §", "citation.form"),
        ("diskrimineringslagen", "citation.form"),
        ("DL 13", "citation.form"),
        ("LSS 2:6", "citation.form"),
        ("", "citation.form"),
    ],
)
def test_a_citation_that_leads_nowhere_is_refused(citation: str, code: str, folder: CatalogueFolder) -> None:
    """A citation of an unknown or repealed act, or in another form than the act has, is refused at its place."""
    place = folder.edit(BRU_01, 'legal_basis: ["DL 2:1"', f'legal_basis: ["{citation}"', f'"{citation}"')
    assert folder.report() == {(code, place)}


def test_a_repealed_act_is_refused_with_the_act_that_replaced_it(folder: CatalogueFolder) -> None:
    """The finding about a repealed act names the act to cite instead."""
    folder.edit(BRU_01, 'legal_basis: ["DL 2:1"', 'legal_basis: ["2001:453 5:1"')
    assert folder.finding("citation.repealed").data["replaced_by"] == "SoL"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("law/regimes.yaml", "  scope: "),
        ("law/regimes.yaml", "  principles: "),
        ("law/regimes.yaml", "  follow_up: "),
        ("law/regimes.yaml", "      citation: "),
        ("law/headcount.yaml", "  citation: "),
    ],
)
def test_citations_of_the_law_files_are_checked(name: str, key: str, folder: CatalogueFolder) -> None:
    """A citation in the files of the law is checked like that of a requirement."""
    place = folder.edit(name, key, f"{key}XYZ 1:1 # ", key.strip())
    assert folder.report() == {("citation.act", place)}
