"""`list` with filters and words, alone and for a procurement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from test_commands import run

from catalogue_versions import edited, requirement, write_catalogue
from procurement_equality import Catalogue
from procurement_equality.catalogue.search import filtered, values
from procurement_equality.cli.list_requirements import FILTERS, command
from procurement_equality.findings import CatalogueError, describe

PROCUREMENT = """\
title: {sv: Städning av skolor, en: Cleaning of schools}
reference: KS 2025/0456
authority: {name: Exempelkommunen, type: municipality}
act: LOU
object: {sv: Daglig städning., en: Daily cleaning.}
cpv: ["90911200-8"]
value: 36000000
months: 48
date: 2025-11-17
languages: [sv, en]
sectors: [cleaning]
level: basic
reply_by: 2026-01-16
"""
HOME_CARE = {"regimes": ["LOV"], "sectors": ["home-care"], "cpv": ["853"], "headcount": "dl-3-13"}
TABLE = {"key": "table", "type": "table", "table": "staff", "text": {"sv": "Hur många är ni?", "en": "How many?"}}
TREES = (
    edited(requirement("LON-90"), "title", to={"sv": "Årlig lönekartläggning", "en": "Yearly pay survey"}),
    edited(requirement("LON-91"), "follow_up", "method", to="visit"),
    requirement("LON-92", applies=HOME_CARE, level="law", questions=[TABLE]),
    requirement("STY-90", topic="governance", replaces=["LON-90"], level="advanced", since="0.2.0"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small catalogue."""
    return write_catalogue(tmp_path_factory.mktemp("small"), *TREES)


@pytest.fixture(scope="module")
def small(folder: Path) -> Catalogue:
    """Give the small catalogue."""
    return Catalogue.load(folder)


@pytest.fixture(scope="module")
def procurement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a procurement of cleaning under LOU."""
    path = tmp_path_factory.mktemp("procurement") / "städning.yaml"
    path.write_text(PROCUREMENT, encoding="utf-8")
    return path


def listed(folder: Path, *arguments: str | Path, lang: str = "en") -> list[str]:
    """Give the ids that the command lists, in order."""
    result = run("list", "--catalogue", folder, "--json", *arguments, lang=lang)
    assert (result.returncode, result.stderr) == (0, "")
    made = json.loads(result.stdout)
    return [row["id"] for row in (made["requirements"] if isinstance(made, dict) else made)]


@pytest.fixture(scope="module")
def unnarrowed(folder: Path, procurement: Path) -> dict[str, Any]:
    """Give the whole list for the procurement."""
    result = run("list", "--catalogue", folder, "--for", procurement, "--json", lang="sv")
    assert (result.returncode, result.stderr) == (0, "")
    made: dict[str, Any] = json.loads(result.stdout)
    assert {row["id"]: row["in"] for row in made["requirements"]} == {
        "LON-90": True, "LON-91": True, "LON-92": False, "STY-90": False,
    }  # fmt: skip
    return made


def typed(*arguments: str | Path) -> None:
    """Run the command here, without a process of its own."""
    command.main([str(argument) for argument in arguments], standalone_mode=False)


def test_every_filter_is_an_option_with_help() -> None:
    """Each field that can be filtered by is an option of its own name, with help in words."""
    options = {name: each for each in command.params if isinstance(each, click.Option) for name in each.opts}
    assert [name for name in FILTERS if f"--{name}" not in options] == []
    assert [name for name in FILTERS if not options[f"--{name}"].help] == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_help_lists_every_filter(lang: str) -> None:
    """`list --help` names each filter in either language."""
    told = run("list", "--help", lang=lang).stdout.split()
    assert [name for name in FILTERS if f"--{name}" not in told] == []


@pytest.mark.parametrize("name", FILTERS)
def test_each_option_lists_what_its_filter_lets_through(
    name: str, folder: Path, small: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    """For the first and last value of each field, the option lists the requirements that the field's rule gives."""
    for value in {values(small, name)[0], values(small, name)[-1]}:
        typed("--catalogue", folder, "--json", f"--{name}", value)
        rows = json.loads(capsys.readouterr().out)
        assert [row["id"] for row in rows] == [r.id for r in filtered(small, {name: value})]


@pytest.mark.parametrize("name", FILTERS)
def test_an_unknown_value_is_refused_with_the_nearest(name: str, folder: Path, small: Catalogue) -> None:
    """A value that no requirement has is refused, with the field's name and the value that was meant."""
    known = values(small, name)
    with pytest.raises(CatalogueError) as caught:
        typed("--catalogue", folder, f"--{name}", f"x{known[0]}")
    (finding,) = caught.value.findings
    assert finding.code == "use.no-value"
    assert (finding.data["field"], finding.data["name"]) == (name, f"x{known[0]}")
    assert known[0] in finding.data["nearest"].split(", ")
    assert f"x{known[0]}" in describe(finding, "sv")


@pytest.mark.parametrize(("name", "value"), [("provision", "DL 3:131"), ("verified", "2026-01-151")])
def test_more_than_a_beginning_is_no_value(name: str, value: str, folder: Path) -> None:
    """A citation or date may be cut short, but one with more than any requirement has is refused."""
    with pytest.raises(CatalogueError) as caught:
        typed("--catalogue", folder, f"--{name}", value)
    assert [finding.code for finding in caught.value.findings] == ["use.no-value"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("sv", "hemtjänst är inget värde på sector i katalogen."), ("en", "hemtjänst is no value of sector")],
)
def test_every_unknown_value_is_told_at_once(lang: str, said: str, folder: Path) -> None:
    """Two wrong values are two lines on standard error, the code is 2, and nothing is listed."""
    result = run("list", "--catalogue", folder, "--sector", "hemtjänst", "--level", "basics", lang=lang)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Menade du basic" in result.stderr or "Did you mean basic" in result.stderr
    assert result.stderr.count("use.no-value") == 2


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ((), ["STY-90", "LON-90", "LON-91", "LON-92"]),
        (("--topic", "pay", "--level", "basic"), ["LON-90", "LON-91"]),
        (("--topic", "pay", "--level", "basic", "--method", "visit"), ["LON-91"]),
        (("--level", "law", "--replaces", "LON-90"), []),
        (("--search", "lönekartläggningen"), ["LON-90"]),
        (("--search", "lonekartlaggning", "--method", "visit"), []),
        (("--search", "utbildning likabehandling", "--topic", "pay"), ["LON-91", "LON-92"]),
        (("--search", "utbildning", "--topic", "governance"), ["STY-90"]),
        (("--search", ""), []),
    ],
)
def test_filters_and_words_narrow_together(arguments: tuple[str, ...], ids: list[str], folder: Path) -> None:
    """What is listed has every value and every word that was asked for."""
    assert listed(folder, *arguments, lang="sv") == ids


def test_words_are_sought_in_the_language_of_the_run(folder: Path) -> None:
    """An English run finds English words and no Swedish ones."""
    assert listed(folder, "--search", "surveys", lang="en") == ["LON-90"]
    assert listed(folder, "--search", "lönekartläggning", lang="en") == []


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--method", "visit"), {"LON-91"}),
        (("--search", "lönekartläggning"), {"LON-90"}),
        (("--topic", "pay", "--search", "utbildning likabehandling"), {"LON-91", "LON-92"}),
        (("--level", "law", "--replaces", "LON-90"), set()),
    ],
)
def test_filters_narrow_the_list_for_a_procurement(
    arguments: tuple[str, ...], ids: set[str], folder: Path, procurement: Path, unnarrowed: dict[str, Any]
) -> None:
    """For a procurement the same requirements are chosen, and each keeps whether it is in and why."""
    result = run("list", "--catalogue", folder, "--for", procurement, "--json", *arguments, lang="sv")
    rows = [row for row in unnarrowed["requirements"] if row["id"] in ids]
    assert json.loads(result.stdout) == unnarrowed | {"requirements": rows}


@pytest.mark.parametrize(("lang", "words"), [("sv", ("Med", "Inte med")), ("en", ("In", "Out"))])
def test_a_procurement_in_a_pipe_is_lines_of_four_fields(
    lang: str, words: tuple[str, str], folder: Path, procurement: Path
) -> None:
    """Each line says whether the requirement is in, its id, its title and why."""
    result = run("list", "--catalogue", folder, "--for", procurement, "--topic", "pay", lang=lang)
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert [row[:2] for row in rows] == [[words[0], "LON-90"], [words[0], "LON-91"], [words[1], "LON-92"]]
    assert all(len(row) == 4 and row[3] for row in rows)
