"""`collect` and `decide`, run as a user runs them."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "answers"))

from incoming import EXAMPLE, NUMBERS, OTHER, REQUIRED, blank, form, lay
from test_commands import run

from procurement_equality.answers.collecting.result_folder import ResultFolder

pytest.importorskip("xlsxwriter")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a folder with two forms, one of them of another procurement, and a PDF."""
    files = {
        "alfa.docx": form("Omsorg Alfa AB", {**REQUIRED, "AKT-08.groups": "tolv"}, NUMBERS[0]),
        "annan.docx": blank(OTHER),
        "x.pdf": b"%PDF-1.4",
    }
    return lay(tmp_path / "in", files)


def test_collect_tells_what_became_of_every_file(source: Path) -> None:
    """The numbers of the lines are the number of files, and the exit code says that a person is needed."""
    into = source.parent / "ut"
    result = run("collect", source, "--into", into, "--procurement", EXAMPLE, lang="sv")
    assert (result.returncode, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "3 filer:"
    told = {line[9:]: int(line[:7]) for line in lines[1:4]}
    assert told == {"räknas": 1, "hör till en annan upphandling": 1, "kunde inte läsas": 1}
    assert lines[-1] == f"2 saker behöver en människa: se {into / 'collection.xlsx'}."


def test_collect_leaves_with_nothing_to_do(tmp_path: Path) -> None:
    """Where nothing needs a person the exit code is 0."""
    source = lay(tmp_path / "in", {"b.docx": form("Omsorg Beta AB", REQUIRED, NUMBERS[1])})
    result = run("collect", source, "--into", tmp_path / "ut", "--parquet")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith(f"Nothing needs a person. Everything is in {tmp_path / 'ut' / 'collection.xlsx'}.\n")


def test_collect_gives_its_numbers_to_programs(source: Path) -> None:
    """`--json` is one object whose files add up."""
    result = run("collect", source, "--into", source.parent / "ut", "--json")
    told = json.loads(result.stdout)
    assert sum(told["files"].values()) == 3
    assert told["references"] == sorted(told["references"])
    assert len(told["references"]) == 2
    assert told["needs_a_person"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("finns-inte", "--into", "ut"), "file.missing"),
        (("in", "--into", "in"), "use.into-itself"),
        (("in",), "use.missing"),
        (("in", "--into", "ut", "--jobs", "0"), "use.bad-value"),
        (("in", "--into", "ut", "--procurement", "finns-inte.yaml"), "file.missing"),
        (("in", "--into", "ut", "--before", "in"), "file.no-statistics"),
        (("in", "--into", "in/alfa.docx"), "output.result-not-written"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(source: Path, arguments: tuple[str, ...], word: str) -> None:
    """The exit code is 2, and what to do is said; nothing is left behind."""
    result = run("collect", *arguments, cwd=source.parent)
    assert result.returncode == 2
    assert word in result.stderr
    assert "Traceback" not in result.stderr
    assert not (source.parent / "ut").exists()


def test_decide_records_a_decision_that_collect_takes_in(source: Path) -> None:
    """A value that cannot be an answer is refused; one that can is recorded and settles the question."""
    into = source.parent / "ut"
    run("collect", source, "--into", into, "--procurement", EXAMPLE)
    about = ("decide", into, "--supplier", NUMBERS[0], "--question", "AKT-08.groups", "--by", "avtalsansvarig")
    wrong = run(*about, "--value", "många", "--reason", "Samtal.", lang="sv")
    assert wrong.returncode == 1
    assert "Frågan tar ett tal" in wrong.stderr
    assert run(*about, "--value", "12").returncode == 1
    assert run(*about, "--value", "12", "--reason", "Samtal.").returncode == 0
    assert "already" in run(*about, "--value", "12", "--reason", "Samtal.").stdout
    result = run("collect", source, "--into", into, "--procurement", EXAMPLE)
    assert "1 decisions are in force, 0 of them new." in result.stdout
    judged = ("decide", into, "--supplier", "alfa.docx", "--requirement", "STY-01", "--by", "avtalsansvarig")
    assert run(*judged, "--value", "sådär", "--reason", "x").returncode == 1
    assert run(*judged, "--value", "inte uppfyllt", "--reason", "x", "--deadline", "2026-12-01").returncode == 0
    assert run(*judged, "--withdraw").returncode == 0


def test_decide_is_about_a_question_or_a_requirement(source: Path) -> None:
    """Neither or both is wrong use."""
    about = ("decide", source, "--supplier", "x")
    assert run(*about).returncode == 2
    assert run(*about, "--question", "a.b", "--requirement", "a").returncode == 2
    assert run(*about, "--question", "a.b").returncode == 2


def test_ctrl_c_keeps_what_was_read(tmp_path: Path) -> None:
    """The command says where it lies, shows no traceback, and leaves no process behind."""
    data = form("Omsorg Alfa AB", REQUIRED, NUMBERS[0])
    source = lay(tmp_path / "in", {f"{n:03}.docx": data + bytes(n) for n in range(600)})
    command = [sys.executable, "-m", "procurement_equality", "collect", str(source), "--into", str(tmp_path / "ut")]
    environment = {**os.environ, "PROCUREMENT_EQUALITY_LANG": "en"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    unfinished = tmp_path / "ut" / "records" / "0001.unfinished"
    for _ in range(600):
        if unfinished.exists() and unfinished.stat().st_size:
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (
        2,
        f"Interrupted. What was read is kept in {tmp_path / 'ut'}; run again to go on.\n",
    )
    assert list(ResultFolder(tmp_path / "ut").records(1))
    with pytest.raises(ProcessLookupError):  # noqa: PT012 - the last process is given a moment to end
        for _ in range(200):
            os.killpg(process.pid, 0)
            time.sleep(0.05)


def test_a_terminal_sees_a_progress_bar(source: Path) -> None:
    """The bar is on standard error, and only where that is a terminal."""
    into = source.parent / "ut"
    here, there = pty.openpty()
    command = [sys.executable, "-m", "procurement_equality", "collect", str(source), "--into", str(into)]
    environment = {**os.environ, "PROCUREMENT_EQUALITY_LANG": "en", "TERM": "xterm-256color", "COLUMNS": "100"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=there, text=True, env=environment, check=False)
    os.close(there)
    shown = os.read(here, 100_000).decode()
    os.close(here)
    assert "Reading" in shown
    assert "3/3" in shown
    assert "Reading" not in done.stdout


def test_collect_knows_what_was_sent(tmp_path: Path) -> None:
    """Who has not answered is told, the log of the mailing gets the day, and lost manifests are taken from it."""
    header = "organisation_number;name;file;form;manifest;deadline;sent;reminded;received;response_file;note"
    rows = [
        f"{NUMBERS[n]};Omsorg {n} AB;{n}.docx;;;{day};2026-02-01;;;;"
        for n, day in ((0, "2999-01-01"), (1, "2026-03-01"))
    ]
    sent = lay(tmp_path / "utskick", {"log.csv": "\n".join((header, *rows, "")).encode()})
    source = lay(tmp_path / "in", {"alfa.docx": form("Omsorg Alfa AB", REQUIRED, NUMBERS[0])})
    result = run("collect", source, "--into", tmp_path / "ut", "--sent", sent)
    assert result.returncode == 1, result.stderr
    assert "      1  in time" in result.stdout
    assert "      1  missing, the last day has passed" in result.stdout
    assert "alfa.docx" in (sent / "log.csv").read_text(encoding="utf-8-sig")
    assert run("collect", source, "--into", tmp_path / "ut", "--sent", source).returncode == 2
