"""Letters from the command line: a file each, nothing overwritten, and what was done is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from test_commands import run

from collected import LOU, filled, form, good, lay_in, m
from conftest import ROOT

PROCUREMENT = ROOT / "examples" / f"{LOU}.yaml"
DAY = (datetime.datetime.now().astimezone() + datetime.timedelta(days=14)).date()


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a result folder: one form with something unclear, one without, two of the same name, one unreadable."""
    sent = form(LOU)
    one, two = good(sent, 2)
    empty = m.fill(sent.data, {"LEV.name": 'Å & Ö "Vård"/Nord'})
    forms = {
        "ett.docx": filled(sent, one, {"LEV.headcount": "tio"}),
        "två.docx": filled(sent, two),
        "tom.docx": empty,
        "trasig.docx": b"PK\x03\x04",
    }
    return lay_in(tmp_path_factory.mktemp("letters"), forms)


def test_a_letter_for_each_that_needs_one(result: Path, tmp_path: Path) -> None:
    """The files have safe names; the command says how many there are, who needs none, and what could not be read."""
    one, two = good(form(LOU), 2)
    made = run("letters", result, PROCUREMENT, "-o", tmp_path / "ut", "--reply-by", DAY.isoformat(), lang="sv")
    assert (made.returncode, made.stderr) == (0, "")
    names = {path.name for path in (tmp_path / "ut").iterdir()}
    stem = f"begaran-{one.name.replace(' ', '-')}_{one.org_number}.docx"
    assert names == {stem, "begaran-Å-Ö-Vård-Nord.docx"}
    assert all(str(tmp_path / "ut" / name) in made.stdout for name in names)
    assert "2 brev skrivna" in made.stdout
    assert f"1 leverantörer behöver inget brev: {two.name}." in made.stdout
    assert "trasig.docx" in made.stdout


def test_nothing_is_overwritten(result: Path, tmp_path: Path) -> None:
    """A second run writes nothing and names every file that is in the way; --force writes them anew."""
    command = ("letters", result, PROCUREMENT, "-o", tmp_path / "ut", "--language", "en")
    assert run(*command).returncode == 0
    paths = sorted((tmp_path / "ut").iterdir())
    paths[0].write_bytes(b"mine")
    again = run(*command)
    assert again.returncode == 2
    assert all(str(path) in again.stderr for path in paths)
    assert paths[0].read_bytes() == b"mine"
    assert run(*command, "--force").returncode == 0
    assert paths[0].read_bytes() != b"mine"
    assert all(path.name.startswith("request-") for path in paths)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"result": "empty"}, "file.no-result"),
        ({"folder": "no/such"}, "output.no-folder"),
        ({"day": "2020-01-01"}, "the day has passed already"),
        ({"day": "soon"}, "reply_by"),
    ],
)
def test_wrong_use_is_told(result: Path, tmp_path: Path, change: dict[str, str], said: str) -> None:
    """A folder that is no result, a folder that cannot be made and a day that is past are refused with a sentence."""
    (tmp_path / "empty").mkdir()
    source = tmp_path / change["result"] if "result" in change else result
    folder = tmp_path / change.get("folder", "ut")
    made = run("letters", source, PROCUREMENT, "-o", folder, "--reply-by", change.get("day", DAY.isoformat()))
    assert made.returncode == 2
    assert said in made.stderr
    assert "Traceback" not in made.stderr
    assert list((tmp_path / "empty").iterdir()) == []
