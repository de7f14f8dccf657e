"""`check`, run as a user runs it: what is found, in every format, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from test_commands import EXAMPLE, run
from test_terminal import on_terminal

from conftest import ROOT
from procurement_equality.checks.example import example

TODAY = ("--today", "2026-03-01")
VAGUE = example("verif.vague").breaks.text
WAIVERS = """
waivers:
  - {code: verif.vague, about: jamstalldhet, reason: Prövat med nämnden., role: upphandlingschef, until: 2026-12-31}
  - {code: verif.vague, about: annat, reason: Glömt., role: upphandlare, until: 2026-12-31}
  - {code: procedure.lots, reason: Gammalt., role: upphandlare, until: 2026-01-31}
"""


@pytest.fixture
def vague(tmp_path: Path) -> Path:
    """Give a file with one warning, at words in it."""
    path = tmp_path / "vag.yaml"
    path.write_text(VAGUE, encoding="utf-8")
    return path


@pytest.fixture
def waived(tmp_path: Path) -> Path:
    """Give a file with a waiver in force, one that is not needed and one that has expired."""
    path = tmp_path / "undantag.yaml"
    path.write_text(VAGUE + WAIVERS, encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Give a file with a choice that the law does not allow, so that no selection can be made, and a vague clause."""
    path = tmp_path / "fel.yaml"
    path.write_text(VAGUE + "\nrequirements:\n  AKT-05: {kind: award-criterion, weight: 10}\n", encoding="utf-8")
    return path


def _record(*arguments: str | Path, lang: str = "sv") -> Any:  # noqa: ANN401 - JSON
    result = run("check", *arguments, *TODAY, "--format", "json", lang=lang)
    assert result.stderr == ""
    return json.loads(result.stdout)


def _codes(record: Any, key: str = "findings") -> list[str]:  # noqa: ANN401 - JSON
    (file,) = record["files"]
    return [finding["code"] for finding in file[key]]


def test_a_finding_is_told_with_line_caret_law_and_way_out(vague: Path) -> None:
    """The words stand under their line, with what is wrong, the way out and the provision written out."""
    shown = run("check", vague, *TODAY, lang="sv").stdout
    lines = shown.splitlines()
    line = next(i for i, text in enumerate(lines) if "aktivt verka för" in text and "│" in text)
    caret = lines[line + 1]
    assert lines[line - 1].startswith(f"varning verif.vague  {vague}:")
    assert lines[line][caret.index("^") : caret.rindex("^") + 1] == "aktivt verka"
    assert "går inte att följa upp" in shown
    assert "Skriv vem som ska göra vad" in shown
    assert "Lag: 1 kap. 2 § lagen om valfrihetssystem" in " ".join(shown.split())


def test_what_a_rule_rests_on_is_told_once_a_file(tmp_path: Path) -> None:
    """Two findings of one rule have two lines and carets, and the provision once."""
    path = tmp_path / "p.yaml"
    twice = VAGUE[VAGUE.index("  jamstalldhet:") :].replace("jamstalldhet:", "mangfald:")
    path.write_text(VAGUE + twice, encoding="utf-8")
    shown = run("check", path, *TODAY).stdout
    told = [part for part in shown.split("\n\n") if part.startswith("warning verif.vague")]
    assert ["^" in part for part in told] == [True, True]
    assert ["Law:" in part for part in told] == [True, False]


@pytest.mark.parametrize(("lang", "words"), [("sv", "1 varning"), ("en", "1 warning")])
def test_the_counts_come_last_and_speak_the_language(lang: str, words: str, vague: Path) -> None:
    """The last line counts the findings by severity."""
    assert words in run("check", vague, *TODAY, lang=lang).stdout.splitlines()[-1]


def test_warnings_stop_only_when_strict(vague: Path) -> None:
    """A warning leaves with 0, and with 1 under `--strict`."""
    assert run("check", vague, *TODAY).returncode == 0
    assert run("check", vague, *TODAY, "--strict").returncode == 1


def test_information_stops_nothing(tmp_path: Path) -> None:
    """A file with nothing but information leaves with 0, strict or not."""
    path = tmp_path / "p.yaml"
    path.write_text(example("procedure.lots").breaks.text, encoding="utf-8")
    (file,) = _record(path)["files"]
    assert "procedure.lots" in [finding["code"] for finding in file["findings"]]
    assert {finding["severity"] for finding in file["findings"]} == {"information"}
    assert run("check", path, *TODAY, "--strict").returncode == 0


def test_corrected_yaml_is_shown_to_be_pasted(tmp_path: Path) -> None:
    """Where a correction can be written it stands in the output, and reads as YAML in the file."""
    path = tmp_path / "p.yaml"
    path.write_text(example("procedure.lots").breaks.text, encoding="utf-8")
    shown = run("check", path, *TODAY).stdout
    assert "To paste into the procurement file:\n      lots: {divided: false, reasons: …}" in shown


def test_an_error_is_told_with_all_others_and_leaves_with_1(wrong: Path) -> None:
    """A choice that the law forbids does not hide what else is wrong; rules that need a selection are named."""
    record = _record(wrong)
    assert "verif.vague" in _codes(record)
    assert [f["about"] for f in record["files"][0]["findings"] if f["severity"] == "error"] == ["AKT-05"]
    assert run("check", wrong, *TODAY).returncode == 1
    (file,) = record["files"]
    if file["not_examined"]:
        shown = " ".join(run("check", wrong, *TODAY, lang="sv").stdout.split())
        assert "kunde inte prövas" in shown
        assert all(code in shown for code in file["not_examined"])


def test_a_sound_file_says_so(tmp_path: Path) -> None:
    """A file without findings is told as such, with how many rules it was examined by."""
    path = tmp_path / "p.yaml"
    base = (ROOT / "requirements_catalog/checks/base/stadning-lou.yaml").read_text(encoding="utf-8")
    accepted = "{code: conflict.both-sides, reason: Vägt., role: upphandlingschef, until: 2026-12-31}"
    path.write_text(f"{base}\nwaivers: [{accepted}]\n", encoding="utf-8")
    result = run("check", path, *TODAY, "--strict")
    assert result.returncode == 0
    assert "rules examined, nothing found" in result.stdout


def test_waivers_in_force_expired_and_not_needed(waived: Path) -> None:
    """What is waived does not count and is listed with its role and day; idle waivers are findings."""
    record = _record(waived)
    assert "verif.vague" not in _codes(record)
    assert _codes(record, "waived") == ["verif.vague"]
    assert {"waiver.unused", "waiver.expired"} <= set(_codes(record))
    shown = run("check", waived, *TODAY, lang="sv").stdout
    assert "  verif.vague (jamstalldhet): upphandlingschef, till och med 2026-12-31" in shown
    assert "1 undantagen" in shown.splitlines()[-1]


def test_today_decides_whether_a_waiver_is_in_force(waived: Path) -> None:
    """On its last day a waiver is in force, the day after it is not."""
    for day, found in (("2026-12-31", False), ("2027-01-01", True)):
        record = json.loads(run("check", waived, "--today", day, "--format", "json").stdout)
        assert ("verif.vague" in _codes(record)) is found


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_missing_file_is_a_finding_in_every_format(form: str, tmp_path: Path) -> None:
    """A file that is not there leaves with 2, and each format says so."""
    result = run("check", tmp_path / "saknas.yaml", "--format", form)
    assert result.returncode == 2
    assert "file.missing" in result.stdout
    assert "Traceback" not in result.stderr


def test_bad_yaml_is_shown_where_it_is_bad_and_leaves_with_2(tmp_path: Path) -> None:
    """What keeps a file from being read is told at once, with its lines; the other file is checked all the same."""
    path = tmp_path / "p.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("months: 48", "monhts: 48").replace("value: ", "value: x")
    path.write_text(text, encoding="utf-8")
    result = run("check", path, ROOT / "requirements_catalog/checks/base/stadning-lou.yaml", *TODAY)
    assert result.returncode == 2
    assert "monhts: 48" in result.stdout
    assert len([line for line in result.stdout.splitlines() if line.startswith("error ")]) >= 2
    assert "stadning-lou.yaml:" in result.stdout


def test_a_catalogue_that_cannot_be_read_is_told_once(vague: Path, tmp_path: Path) -> None:
    """Two files with the same missing catalogue give one finding and leave with 2."""
    result = run("check", vague, vague, "--catalogue", tmp_path / "ingen")
    assert result.returncode == 2
    assert result.stdout.count("file.missing") == 1


def test_a_folder_stands_for_its_files(vague: Path, wrong: Path) -> None:
    """Every YAML file of a folder is checked, and the worst code wins."""
    result = run("check", vague.parent, *TODAY, "--format", "json")
    assert result.returncode == 1
    assert [Path(file["path"]).name for file in json.loads(result.stdout)["files"]] == [wrong.name, vague.name]


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    """A folder that holds no YAML file cannot be checked."""
    result = run("check", tmp_path)
    assert result.returncode == 2
    assert "file.directory" in result.stdout


def test_layers_of_the_file_and_of_the_command_are_used(tmp_path: Path) -> None:
    """A file is checked with the layers that it names and with `--overlay`; a folder that is no layer is refused."""
    own = ROOT / "examples" / "hemtjanst-eget-lager.yaml"
    assert _codes(_record(own)) == _codes(_record(own, "--overlay", ROOT / "examples" / "overlay"))
    assert _record(own)["files"][0]["read"] is True
    result = run("check", own, "--overlay", tmp_path)
    assert result.returncode == 2
    assert f"file.missing  {tmp_path}" in result.stdout


def test_github_annotations_are_one_line_each(vague: Path) -> None:
    """Each finding is a workflow command with its file, place and code, escaped as GitHub reads it."""
    lines = run("check", vague, *TODAY, "--format", "github", lang="sv").stdout.splitlines()
    assert all(line.startswith(("::warning file=", "::notice file=")) for line in lines)
    (line,) = [line for line in lines if line.startswith("::warning ")]
    assert ",title=verif.vague::jamstalldhet: ”aktivt verka” går inte" in line


def test_text_in_a_pipe_has_no_colour_and_a_terminal_has(vague: Path) -> None:
    """Colour is for terminals, and not where NO_COLOR is set."""
    assert "\x1b[" not in run("check", vague, *TODAY).stdout
    shown, code = on_terminal("check", str(vague), *TODAY, answers=[])
    assert code == 0
    assert "\x1b[33m" in shown
    os.environ["NO_COLOR"] = "1"
    try:
        shown, _ = on_terminal("check", str(vague), *TODAY, answers=[])
    finally:
        del os.environ["NO_COLOR"]
    assert "\x1b[" not in shown
    assert "aktivt verka" in shown


def test_long_lines_are_cut_around_the_words(tmp_path: Path) -> None:
    """No line with a caret is wider than the terminal, and the caret stands under the words."""
    path = tmp_path / "p.yaml"
    filler = "Det här är en lång rad. " * 30
    path.write_text(VAGUE.replace("text: Leverantören", f"text: {filler}Leverantören"), encoding="utf-8")
    shown = run("check", path, *TODAY).stdout.splitlines()
    line = next(i for i, text in enumerate(shown) if "│" in text and "aktivt verka" in text)
    assert len(shown[line]) <= 100
    assert "│ …" in shown[line]
    caret = shown[line + 1]
    assert shown[line][caret.index("^") : caret.rindex("^") + 1] == "aktivt verka"


def test_decomposed_letters_and_emoji_keep_the_caret_in_place(tmp_path: Path) -> None:
    """Columns count what the terminal shows: å of two characters is one column, an emoji two."""
    path = tmp_path / "p.yaml"
    before = unicodedata.normalize("NFD", "Både förare 🙂 ska. ")
    path.write_text(VAGUE.replace("text: Leverantören", f"text: {before}Leverantören"), encoding="utf-8")
    lines = run("check", path, *TODAY).stdout.splitlines()
    line = next(i for i, text in enumerate(lines) if "│" in text and "aktivt verka" in text)
    shown = unicodedata.normalize("NFC", lines[line])
    assert lines[line + 1].index("^") == shown.index("aktivt verka") + 1  # the emoji is one more column than characters


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """An escape sequence that a file hides in a text is shown as �, never sent."""
    path = tmp_path / "p.yaml"
    path.write_text(
        VAGUE.replace("text: Leverantören ska aktivt verka för jämställdhet hos personal som utför kontraktet.",
                      'text: "Leverantören ska aktivt verka \\e[31m för det."'),
        encoding="utf-8",
    )  # fmt: skip
    assert "\\e[31m" in path.read_text(encoding="utf-8")
    assert "\x1b" not in run("check", path, *TODAY).stdout
    for form in ("json", "sarif", "github"):
        assert run("check", path, *TODAY, "--format", form).returncode in (0, 1)


@pytest.mark.parametrize("arguments", [(), ("p.yaml", "--format", "xml"), ("p.yaml", "--today", "i går")])
def test_wrong_use_leaves_with_2(arguments: tuple[str, ...]) -> None:
    """Wrong use is a sentence."""
    result = run("check", *arguments)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


# --- the report ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_report_is_written_beside_the_output(ending: str, vague: Path, tmp_path: Path) -> None:
    """`--report` writes a document; JSON on standard output stays JSON."""
    report = tmp_path / f"rapport{ending}"
    result = run("check", vague, *TODAY, "--format", "json", "--report", report, lang="sv")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["counts"]["warning"] == 1
    assert report.stat().st_size > 1000
    assert str(report) in result.stderr


def test_a_report_that_exists_is_kept_without_force(vague: Path, tmp_path: Path) -> None:
    """What the user may have edited stays, unless `--force`; another ending is refused."""
    report = tmp_path / "rapport.html"
    report.write_text("min", encoding="utf-8")
    result = run("check", vague, *TODAY, "--report", report)
    assert (result.returncode, result.stdout) == (2, "")
    assert report.read_text(encoding="utf-8") == "min"
    assert run("check", vague, *TODAY, "--report", report, "--force").returncode == 0
    assert "<html" in report.read_text(encoding="utf-8")
    assert run("check", vague, *TODAY, "--report", tmp_path / "rapport.pdf").returncode == 2


def test_a_report_is_about_one_file(vague: Path, wrong: Path, tmp_path: Path) -> None:
    """Several files and one report do not go together, and a file that cannot be read gives none."""
    report = tmp_path / "rapport.html"
    result = run("check", vague, wrong, *TODAY, "--report", report)
    assert result.returncode == 2
    assert "use.bad-value" in result.stderr
    result = run("check", tmp_path / "saknas.yaml", "--report", report)
    assert result.returncode == 2
    assert "No report is written" in result.stderr
    assert not report.exists()


def test_a_closed_pipe_is_no_failure(wrong: Path) -> None:
    """`check | head -1` ends quietly."""
    command = f"{sys.executable} -m procurement_equality check {wrong} | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)  # noqa: S602 - a pipe is what is tested
    assert result.stderr == ""
