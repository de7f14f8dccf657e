"""Sending from the command line: forms to a list, what was sent, reminders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_commands import EXAMPLE, run

from procurement_equality.answers.reading import read_form

LIST = """Namn;Org.nr;Antal anställda;Delar
Omsorg Alfa AB;559900-1236;12;Serviceinsatser
Vård Beta HB;212000-1231;40;
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Give a list of two suppliers."""
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with forms that were made; no test changes it."""
    folder = tmp_path_factory.mktemp("mailed")
    (folder / "lista.csv").write_text(LIST, encoding="utf-8")
    made = run(
        "render",
        "annual-follow-up",
        EXAMPLE,
        "--suppliers",
        folder / "lista.csv",
        "-o",
        folder / "ut",
        "--year",
        "2026",
        "--reply-by",
        "2027-01-31",
        "--contact",
        "avtalsansvarig",
    )
    assert made.returncode == 0, made.stderr
    return folder / "ut"


@pytest.fixture
def folder(mailed: Path, tmp_path: Path) -> Path:
    """Give a copy of that folder."""
    return Path(shutil.copytree(mailed, tmp_path / "ut"))


def test_forms_are_written_and_the_next_step_is_told(mailed: Path) -> None:
    """A form and a letter each, and the log."""
    names = {path.name for path in mailed.iterdir()}
    stems = ("Omsorg-Alfa-AB_559900-1236", "Vård-Beta-HB_212000-1231")
    assert names == {*(f"{s}.docx" for s in stems), *(f"missiv-{s}.txt" for s in stems), "log.csv", "manifests"}


def test_one_supplier_of_the_list(listed: Path, tmp_path: Path) -> None:
    """`--supplier` takes a number in any spelling, or a name; one that is not there gives the nearest, and 1."""
    arguments = ("render", "self-assessment", EXAMPLE, "--suppliers", listed, "-o", tmp_path / "en", "--supplier")
    result = run(*arguments, "2120001231")
    assert result.returncode == 0
    assert [path.name for path in (tmp_path / "en").glob("*.docx")] == ["Vård-Beta-HB_212000-1231.docx"]
    assert "sent" in result.stdout
    unknown = run(*arguments, "Omsorg Alpha AB")
    assert (unknown.returncode, "Omsorg Alfa AB" in unknown.stderr) == (1, True)


def test_a_list_with_faults_writes_nothing(tmp_path: Path) -> None:
    """Every fault is told with its place, and no folder is made."""
    path = tmp_path / "lista.csv"
    path.write_text(LIST + "Gamma;1\n;559900-1236\n", encoding="utf-8")
    result = run("render", "self-assessment", EXAMPLE, "--suppliers", path, "-o", tmp_path / "ut", lang="sv")
    assert result.returncode == 1
    assert f"{path}:4:2: send.number-malformed" in result.stderr
    assert f"{path}:5:1: send.list-no-name" in result.stderr
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("render", "annual-follow-up", EXAMPLE, "-o", "x.docx"), "--year"),
        (("render", "annual-follow-up", EXAMPLE, "-o", "x.docx", "--year", "26"), "year"),
        (("render", "self-assessment", EXAMPLE, "-o", "x.docx", "--supplier", "Alfa"), "--suppliers"),
        (("render", "self-assessment", EXAMPLE, "-o", "x.docx", "--prefill-all"), "--prefill"),
        (("render", "self-assessment", EXAMPLE, "-o", "x.docx", "--prefill", "no.json"), "no.json"),
        (("render", "self-assessment", EXAMPLE, "-o", "x.docx", "--suppliers", "no.csv"), "no.csv"),
        (("sent", "no-such-folder"), "no-such-folder"),
        (("sent", "tests"), "log.csv"),
        (("remind", "tests", "--date", "i morgon"), "date"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str | Path, ...], word: str) -> None:
    """Exit code 2, with what is wrong and the way out."""
    result = run(*arguments)
    assert result.returncode == 2
    assert word in result.stderr
    assert "Traceback" not in result.stderr


def test_what_was_sent_is_noted_once(folder: Path) -> None:
    """`sent` notes those without a day; a form that was sent keeps its day."""
    assert "1 forms noted" in run("sent", folder, "--supplier", "omsorg alfa ab", "--date", "2027-01-05").stdout
    assert "1 forms noted" in run("sent", folder, "--date", "2027-01-07").stdout
    again = run("sent", folder, "--supplier", "5599001236", "--date", "2027-01-09")
    assert (again.returncode, "2027-01-05" in again.stdout) == (0, True)
    assert "0 forms noted" in again.stdout


def test_reminders(folder: Path) -> None:
    """`remind --list` lists and writes nothing; `remind` writes one each, and again only another day."""
    run("sent", folder, "--date", "2027-01-05")
    before = sorted(folder.iterdir())
    listed = run("remind", folder, "--date", "2027-02-02", "--list")
    assert "2 late, 0 reminders written" in listed.stdout
    assert sorted(folder.iterdir()) == before
    assert "2 late, 2 reminders written" in run("remind", folder, "--date", "2027-02-02").stdout
    assert "2 late, 0 reminders written" in run("remind", folder, "--date", "2027-02-02").stdout
    assert len(list(folder.glob("paminnelse-*-2027-02-02.txt"))) == 2


def test_a_second_run_keeps_what_is_there(folder: Path, listed: Path) -> None:
    """Running again writes nothing; a new line of the list gives one form."""
    arguments = ("render", "annual-follow-up", EXAMPLE, "--suppliers", listed, "-o", folder, "--year", "2026")
    assert "0 forms written, 2 were there already" in run(*arguments).stdout
    listed.write_text(LIST + "Gamma AB;NO 923609016;;\n", encoding="utf-8")
    assert "1 forms written, 2 were there already" in run(*arguments).stdout


def test_a_form_is_filled_from_a_response(folder: Path, tmp_path: Path) -> None:
    """`--prefill` with one response fills one form; `--prefill-all` carries the numbers too."""
    response = read_form(folder / "Omsorg-Alfa-AB_559900-1236.docx")
    path = tmp_path / "svar.json"
    path.write_text(response.model_dump_json(), encoding="utf-8")
    arguments = ("render", "annual-follow-up", EXAMPLE, "--year", "2026", "--prefill", path, "-o")
    assert run(*arguments, tmp_path / "a.docx").returncode == 0
    assert run(*arguments, tmp_path / "b.docx", "--prefill-all").returncode == 0
    found = [read_form(tmp_path / name).respondent for name in ("a.docx", "b.docx")]
    assert [(each.name, each.headcount) for each in found] == [("Omsorg Alfa AB", None), ("Omsorg Alfa AB", 12)]
