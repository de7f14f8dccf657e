"""`burden`: a plain sentence first, then tables; JSON for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_commands import run

from conftest import ROOT

COURSE = ROOT / "examples" / "direktupphandling-utbildning.yaml"
CLEANING = ROOT / "examples" / "stadtjanst-lou.yaml"
HOME_CARE = ROOT / "examples" / "hemtjanst-lov.yaml"


def test_a_sentence_comes_first_and_says_that_it_is_an_estimate() -> None:
    """Who reads one line knows the hours; who reads four knows what they rest on."""
    result = run("--lang", "sv", "burden", CLEANING)
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Städning av skolor och förskolor: att visa att ")
    assert "timmar första året och" in lines[0]
    assert "procent av kontraktets värde" in lines[1]
    assert "grov" in lines[3]
    sizes = lines.index("Efter leverantörens storlek")
    assert [line.split("\t")[0] for line in lines[sizes + 2 : sizes + 5]] == ["5", "20", "100"]
    heaviest = lines.index("Väger mest under hela tiden")
    assert all(len(line.split("\t")) == 4 for line in lines[heaviest + 1 : heaviest + 7])


def test_it_speaks_english_too() -> None:
    """The same in the other language."""
    result = run("--lang", "en", "burden", CLEANING, "--headcount", "9")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Cleaning of schools and preschools: showing that ")
    assert "The estimate is rough." in result.stdout


def test_a_contract_of_less_than_a_year_has_no_year_after_it() -> None:
    """Nothing is said of years that do not come."""
    assert "varje år därefter" not in run("--lang", "sv", "burden", COURSE).stdout.splitlines()[0]


def test_the_share_is_not_told_where_many_share_the_value() -> None:
    """In a system of choice the value says nothing of one provider."""
    sentence = run("--lang", "sv", "burden", HOME_CARE).stdout.splitlines()[1]
    assert "procent" not in sentence
    assert "delas av alla" in sentence


def test_json_gives_what_was_counted_and_one_size_where_it_is_asked_for() -> None:
    """Minutes and kronor are not rounded; what does not concern the size is not counted."""
    whole = json.loads(run("--lang", "sv", "burden", CLEANING, "--json").stdout)
    nine = json.loads(run("--lang", "sv", "burden", CLEANING, "--json", "--headcount", "9").stdout)
    assert whole["requirements"] > nine["requirements"]
    assert whole["minutes_first_year"][0] > nine["minutes_first_year"][0]
    assert [each["headcount"] for each in whole["by_headcount"]] == [5, 20, 100]
    assert [each["headcount"] for each in nine["by_headcount"]] == [9]
    assert len(whole["heaviest"]) == 5


@pytest.mark.parametrize("number", ["0", "-1", "nine", "1000001"])
def test_a_number_of_employees_that_cannot_be_is_wrong_use(number: str) -> None:
    """It is refused with exit code 2 and no traceback."""
    result = run("--lang", "sv", "burden", CLEANING, "--headcount", number)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    """Exit code 2, the file's name, no traceback."""
    result = run("--lang", "sv", "burden", tmp_path / "saknas.yaml")
    assert result.returncode == 2
    assert "saknas.yaml" in result.stderr
    assert "Traceback" not in result.stderr
