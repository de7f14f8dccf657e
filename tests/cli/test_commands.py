"""The command line, run as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import EXAMPLES, ROOT
from procurement_equality import __version__

EXAMPLE = ROOT / "examples" / "hemtjanst-lov.yaml"
NEW = (
    "--title", 'Å & Co: "test" #1', "--reference", "KS 2026:17", "--authority", "Exempelkommunen", "--act", "LOU",
    "--object", "Städning av lokaler.", "--cpv", "90910000-9", "--value", "500000", "--months", "12",
    "--date", "2026-11-02", "--sector", "cleaning", "--level", "basic",
)  # fmt: skip


def run(*arguments: str | Path, lang: str = "en", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, without a terminal."""
    environment = {**os.environ, "PROCUREMENT_EQUALITY_LANG": lang, "PYTHONUTF8": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "procurement_equality", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=cwd or ROOT, timeout=120, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_version_is_printed() -> None:
    """`--version` prints name and version and leaves with 0."""
    result = run("--version")
    assert (result.returncode, result.stdout) == (0, f"procurement-equality {__version__}\n")


@pytest.mark.parametrize(("lang", "word"), [("sv", "Kommandon"), ("en", "Commands")])
def test_help_speaks_the_language(lang: str, word: str) -> None:
    """Help is whole in Swedish and in English, and lists every command."""
    result = run("--help", lang=lang)
    assert result.returncode == 0
    assert word in result.stdout
    for command in ("new", "list", "show", "validate", "render", "completion"):
        assert f"  {command}" in result.stdout


def test_lang_option_wins_over_the_locale() -> None:
    """`--lang sv` gives Swedish on an English computer."""
    assert "Kommandon" in run("--lang", "sv", "--help", lang="en").stdout
    assert "Kommandon" in run("--lang=sv", "--help", lang="en").stdout


@pytest.mark.parametrize("command", ["new", "list", "show", "validate", "render", "completion"])
def test_every_command_has_help(command: str) -> None:
    """Each command explains itself."""
    result = run(command, "--help", lang="sv")
    assert result.returncode == 0
    assert "Användning: procurement-equality" in result.stdout


@pytest.mark.parametrize(
    ("example", "template"),
    [*((path, "tender-section") for path in EXAMPLES), (EXAMPLES[0], "self-assessment")],
    ids=lambda value: getattr(value, "stem", value),
)
def test_render_writes_every_document(example: Path, template: str, tmp_path: Path) -> None:
    """Each example becomes each document; the digest is printed, and the second run gives the same bytes."""
    outputs = [tmp_path / "one.docx", tmp_path / "two.docx"]
    printed = [run("render", template, example, "-o", output) for output in outputs]
    assert [result.returncode for result in printed] == [0, 0]
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert len(printed[0].stdout.split()[-1]) == 64
    assert printed[0].stdout.split()[-1] == printed[1].stdout.split()[-1]


def test_the_ending_decides_the_format(tmp_path: Path) -> None:
    """`.html` gives HTML, and an unknown ending is refused."""
    page = tmp_path / "krav.html"
    assert run("render", "tender-section", EXAMPLE, "-o", page).returncode == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    result = run("render", "tender-section", EXAMPLE, "-o", tmp_path / "krav.pdf")
    assert result.returncode == 2
    assert "use.ending" in result.stderr


def test_an_existing_file_is_not_replaced_without_force(tmp_path: Path) -> None:
    """What the user may have edited stays, unless `--force`."""
    output = tmp_path / "krav.docx"
    output.write_text("mitt eget", encoding="utf-8")
    result = run("render", "tender-section", EXAMPLE, "-o", output)
    assert result.returncode == 2
    assert "output.exists" in result.stderr
    assert output.read_text(encoding="utf-8") == "mitt eget"
    assert run("render", "tender-section", EXAMPLE, "-o", output, "--force").returncode == 0
    assert output.read_bytes().startswith(b"PK")
    assert [path.name for path in tmp_path.iterdir()] == ["krav.docx"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("render", "tender-section", "finns-inte.yaml", "-o", "x.docx"), "file.missing"),
        (("render", "tender-section", "examples", "-o", "x.docx"), "file.directory"),
        (("render", "tender-sectoin", EXAMPLE, "-o", "x.docx"), "use.no-template"),
        (("render", "tender-section", EXAMPLE, "-o", "nowhere/x.docx"), "output.no-folder"),
        (("render", "tender-section", EXAMPLE), "use.missing"),
        (("render", "tender-section", EXAMPLE, "-o", "x.docx", "--langauge", "sv"), "use.no-such-option"),
        (("render", "tender-section", EXAMPLE, "-o", "x.docx", "--language", "fi"), "use.bad-value"),
        (("rendr",), "use.wrong"),
        (("show", "AKT-99"), "use.no-requirement"),
        (("list", "--topic", "lön"), "use.no-value"),
        (("list", "--sector", "hemtjänst"), "use.no-value"),
        (("validate", "finns-inte"), "file.missing"),
        (("list", "--catalogue", "README.md"), "file.not-a-folder"),
        (("new", "examples", *NEW), "output.directory"),
        (("new", "ny.yaml", "--title", "X"), "use.missing"),
    ],
)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_wrong_use_is_a_sentence_and_exit_code_2(arguments: tuple[str, ...], code: str, lang: str) -> None:
    """Wrong use names what is wrong and the way out, without a traceback."""
    result = run(*arguments, lang=lang)
    assert result.returncode == 2
    assert code in result.stderr
    assert "Traceback" not in result.stderr


def test_findings_give_exit_code_1(tmp_path: Path) -> None:
    """A procurement that the law does not allow is a finding, not wrong use."""
    path = tmp_path / "p.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(text + "  AKT-05: {kind: award-criterion, weight: 10}\n", encoding="utf-8")
    for arguments in (("validate", path), ("render", "tender-section", path, "-o", tmp_path / "x.docx")):
        result = run(*arguments)
        assert result.returncode == 1
        assert f"{path}:" in result.stderr
        assert "law.lov.no-award" in result.stderr
    assert not (tmp_path / "x.docx").exists()


def test_validate_as_json_holds_code_place_and_words(tmp_path: Path) -> None:
    """Another program gets every finding with its place, what, and the way out."""
    path = tmp_path / "p.yaml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("months: 48", "months: no"), encoding="utf-8")
    result = run("validate", "--json", path)
    assert result.returncode == 1
    findings = json.loads(result.stdout)
    assert [finding["code"] for finding in findings] == ["yaml.surprise"]
    assert findings[0]["path"] == str(path)
    assert findings[0]["line"] > 1
    assert findings[0]["what"]
    assert findings[0]["way_out"]


def test_validate_without_paths_checks_the_bundled_catalogue() -> None:
    """The catalogue that comes along has no finding."""
    result = run("validate")
    assert (result.returncode, result.stderr) == (0, "")


def test_list_in_a_pipe_is_plain_tab_separated_lines() -> None:
    """Each requirement is one line of five fields."""
    lines = run("list").stdout.splitlines()
    assert len(lines) >= 40
    assert {len(line.split("\t")) for line in lines} == {5}


def test_list_for_a_procurement_says_why() -> None:
    """What is in and what is out both have their reason."""
    result = json.loads(run("list", "--for", EXAMPLE, "--json").stdout)
    assert result["regime"] == "LOV"
    assert all(row["why"] for row in result["requirements"])
    assert {row["in"] for row in result["requirements"]} == {True, False}


def test_list_filters() -> None:
    """Filters narrow the list by topic, level, kind and sector."""
    everything = json.loads(run("list", "--json").stdout)
    for option, value, key in (("--topic", "pay", "topic"), ("--level", "law", "level")):
        chosen = json.loads(run("list", option, value, "--json").stdout)
        assert chosen == [row for row in everything if row[key] == value]
    award = json.loads(run("list", "--kind", "award-criterion", "--json").stdout)
    assert award == [row for row in everything if "award-criterion" in row["kinds"]]
    assert len(json.loads(run("list", "--sector", "cleaning", "--json").stdout)) < len(everything)


def test_show_prints_a_whole_requirement() -> None:
    """Title, clause, questions, law and sources are all there, whatever the case of the id."""
    shown = run("show", "bru-02").stdout
    for part in ("BRU-02", "routine_months", "[BRU-02.routine]", "Chapter", "Diskrimineringsombudsmannen"):
        assert part in shown
    assert json.loads(run("show", "BRU-02", "--json").stdout)["id"] == "BRU-02"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_new_writes_a_file_that_validates(lang: str, tmp_path: Path) -> None:
    """What `new` writes reads back as it was given, and renders."""
    path = tmp_path / "ny.yaml"
    assert run("new", path, *NEW, lang=lang).returncode == 0
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["title"] == 'Å & Co: "test" #1'
    assert run("validate", path).returncode == 0
    assert run("render", "tender-section", path, "-o", tmp_path / "ny.docx").returncode == 0
    again = run("new", path, *NEW)
    assert again.returncode == 2
    assert "output.exists" in again.stderr


def test_new_writes_nothing_that_is_wrong(tmp_path: Path) -> None:
    """A sector that does not exist is told before anything is written."""
    path = tmp_path / "ny.yaml"
    result = run("new", path, *NEW, "--sector", "städning")
    assert result.returncode == 1
    assert "städning" in result.stderr
    assert not path.exists()


def test_new_tells_what_is_still_needed(tmp_path: Path) -> None:
    """When only the threshold is unknown, the file is written and the question is asked."""
    path = tmp_path / "ny.yaml"
    arguments = [part if part != "500000" else "5000000" for part in NEW]
    result = run("new", path, *arguments)
    assert result.returncode == 1
    assert "law.threshold-needed" in result.stderr
    assert path.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(shell: str) -> None:
    """Each shell gets a script that calls our command."""
    result = run("completion", shell)
    assert result.returncode == 0
    assert "_PROCUREMENT_EQUALITY_COMPLETE" in result.stdout


def test_completion_knows_requirement_ids() -> None:
    """The shell completes an id from its first letters."""
    environment = {
        **os.environ, "_PROCUREMENT_EQUALITY_COMPLETE": "bash_complete", "COMP_WORDS": "procurement-equality show BR",
        "COMP_CWORD": "2",
    }  # fmt: skip
    command = [sys.executable, "-c", "from procurement_equality.cli import main; main()"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "BRU-01" in result.stdout


def test_a_closed_pipe_is_no_failure() -> None:
    """`list | head -1` ends quietly."""
    command = f"{sys.executable} -m procurement_equality list | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)  # noqa: S602 - a pipe is what is tested
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 1
