"""`why`: in or out, which provision, and how under the other regimes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_commands import EXAMPLE, run

from conftest import ROOT

CLEANING = ROOT / "examples" / "stadtjanst-lou.yaml"


def _told(*arguments: str | Path, lang: str = "sv") -> str:
    result = run("why", *arguments, lang=lang)
    assert result.returncode == 0, result.stderr
    return " ".join(result.stdout.replace("\u00a0", " ").split())


def test_what_is_in_is_told_with_its_provision() -> None:
    """A requirement that is in says why, as what, under which provision, and its ground in other law."""
    shown = _told("LON-01", "--for", EXAMPLE)
    assert "Med: Passar upphandlingen (lagnivå)." in shown
    assert "Särskilt kontraktsvillkor enligt 4 kap. 2 § lagen om valfrihetssystem (2008:962)." in shown
    assert "Regelverk LOV" in shown
    assert "3 kap. 8–10 §§ diskrimineringslagen (2008:567)" in shown
    assert "LOU särskilt kontraktsvillkor enligt 17 kap. 1 § lagen om offentlig upphandling" in shown


def test_what_is_out_is_told_with_its_reason() -> None:
    """A requirement that the buyer has left out gives the buyer's reason."""
    shown = _told("AKT-07", "--for", CLEANING)
    record = json.loads(run("why", "AKT-07", "--for", CLEANING, "--json").stdout)
    listed = json.loads(run("list", "--for", CLEANING, "--json").stdout)["requirements"]
    row = next(row for row in listed if row["id"] == "AKT-07")
    assert record["standing"] == ("in" if row["in"] else "out")
    assert record["words"]["en"] == row["why"]
    assert record["words"]["sv"] in shown


def test_another_regime_that_has_no_room_is_told_with_its_provision() -> None:
    """An award criterion under LOU would have to be a contract performance condition under LOV."""
    shown = _told("AKT-05", "--for", CLEANING, lang="en")
    assert "Award criterion under Chapter 16, Section 2, the Public Procurement Act (2016:1145)." in shown
    assert "LOV contract performance condition under Chapter 4, Section 2, the Act on Systems of Choice" in shown
    assert "not possible as award criterion (Chapter 8, Section 1, the Act on Systems of Choice (2008:962))" in shown


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_without_a_procurement_the_regimes_are_told(lang: str) -> None:
    """Without `--for` there is a line for each of the nine regimes, and nothing of in or out."""
    result = run("why", "akt-05", lang=lang)
    regimes = ["LOU", "LOU-19", "LOU-19A", "LUF", "LUF-19", "LUF-19A", "LUK", "LUK-15", "LOV"]
    begins = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  L")]
    assert begins == regimes
    assert json.loads(run("why", "AKT-05", "--json").stdout)["standing"] is None


def test_a_clause_of_the_buyers_own_is_judged_by_its_kind(tmp_path: Path) -> None:
    """A key of other_clauses gives whether its kind may be asked here, and under which provision elsewhere."""
    path = tmp_path / "p.yaml"
    path.write_text(
        EXAMPLE.read_text(encoding="utf-8")
        + "\nother_clauses:\n  utbildning: {kind: award-criterion, title: Utbildning, text: Poäng för utbildning.}\n",
        encoding="utf-8",
    )
    shown = _told("utbildning", "--for", path)
    assert "Inte möjligt som tilldelningskriterium (8 kap. 1 § lagen om valfrihetssystem (2008:962))." in shown
    assert "LOU tilldelningskriterium enligt 16 kap. 2 § lagen om offentlig upphandling (2016:1145)" in shown
    result = run("why", "utbildnig", "--for", path)
    assert result.returncode == 2
    assert "utbildning" in result.stderr


def test_a_procurement_without_a_selection_says_that_it_cannot_be_told(tmp_path: Path) -> None:
    """Where the law refuses a choice nothing is guessed: the way to `check` is shown."""
    path = tmp_path / "p.yaml"
    text = EXAMPLE.read_text(encoding="utf-8") + "  AKT-05: {kind: award-criterion, weight: 10}\n"
    path.write_text(text, encoding="utf-8")
    assert "Kommandot check visar varför" in _told("LON-01", "--for", path)


def test_a_layer_is_asked_too() -> None:
    """With `--overlay` a layer's own requirement has its why."""
    layer = ROOT / "examples" / "overlay"
    own = sorted(path.stem for path in layer.glob("requirements/*/*.yaml"))
    assert own
    assert own[0] in _told(own[0], "--overlay", layer)
    result = run("why", own[0])
    assert result.returncode == 2
    assert "use.no-requirement" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"), [(("AKT-99",), "use.no-requirement"), (("AKT-01", "--for", "x.yaml"), "file.missing")]
)
def test_wrong_use_is_a_sentence(arguments: tuple[str, ...], code: str) -> None:
    """An id or a file that does not exist leaves with 2."""
    result = run("why", *arguments)
    assert result.returncode == 2
    assert code in result.stderr
