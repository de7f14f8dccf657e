"""SARIF that code hosts take: the standard's form, places, fingerprints that hold, and waivers as suppressions."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from procurement_equality import Catalogue
from procurement_equality.catalogue.source_lines import line_reader
from procurement_equality.checks.check_files import CheckedFile, check_files
from procurement_equality.checks.example import example
from procurement_equality.checks.registry import RULES
from procurement_equality.exchange.annotations import relative, workflow_commands
from procurement_equality.exchange.sarif import sarif, uri
from procurement_equality.findings import Finding

TODAY = datetime.date(2026, 3, 1)
NAMES = st.text(st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)
VAGUE = example("verif.vague").breaks.text
WAIVER = "\nwaivers:\n  - {code: verif.vague, reason: Prövat., role: upphandlingschef, until: 2026-12-31}\n"


def _checked(folder: Path, text: str = VAGUE, name: str = "p.yaml") -> list[CheckedFile]:
    (folder / name).write_text(text, encoding="utf-8")
    return check_files([folder / name], TODAY)


def _run(files: Sequence[CheckedFile], catalogue: Catalogue, here: Path, language: Any = "sv") -> Any:  # noqa: ANN401 - JSON
    made: Any = sarif(files, catalogue, language, here, line_reader())
    (run,) = json.loads(json.dumps(made))["runs"]
    return run


def _result(run: Any, code: str) -> Any:  # noqa: ANN401 - JSON
    (found,) = [result for result in run["results"] if result["ruleId"] == code]
    return found


def _multitool() -> str:
    """Give Microsoft's SARIF Multitool, which holds logs against the standard's schema and its prose, or skip."""
    local = ROOT / ".tools" / "node_modules" / ".bin" / "sarif-multitool"
    program = (
        os.environ.get("SARIF_MULTITOOL") or shutil.which("sarif-multitool") or (str(local) if local.exists() else None)
    )
    if program is None:
        pytest.skip("the SARIF Multitool is not installed")
    return program


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_log_is_valid_by_the_standard(language: str, catalogue: Catalogue, tmp_path: Path) -> None:
    """Findings of every severity, a waiver, an unread file and a strange name break nothing in SARIF 2.1.0."""
    lots = example("procedure.lots").breaks.text
    folder = tmp_path / "å mapp%20#1"
    folder.mkdir()
    for name, text in (
        ("vag.yaml", VAGUE), ("undantag.yaml", VAGUE + WAIVER), ("delar.yaml", lots), ("trasig.yaml", "act: [\n"),
        ("fel.yaml", VAGUE + "\nrequirements:\n  AKT-05: {kind: award-criterion, weight: 10}\n"),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    files = check_files([folder], TODAY)
    log = tmp_path / "fynd.sarif"
    made = sarif(files, catalogue, language, tmp_path, line_reader())  # type: ignore[arg-type]  # both are languages
    assert {result["level"] for result in made["runs"][0]["results"]} >= {"error", "warning", "note"}  # type: ignore[index]
    log.write_text(json.dumps(made), encoding="utf-8")
    judged = tmp_path / "judged.sarif"
    command = [_multitool(), "validate", str(log), "--output", str(judged)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    found = json.loads(judged.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    # The tool wants a page about the program, and there is none.
    assert [(r["ruleId"], r["message"]) for r in found if r["ruleId"] != "SARIF2005"] == []


def test_the_multitool_sees_what_is_wrong(tmp_path: Path) -> None:
    """The judge of the test above does find a log that breaks the standard."""
    log, judged = tmp_path / "fel.sarif", tmp_path / "judged.sarif"
    log.write_text('{"version": "2.1.0", "runs": [{"tool": {"driver": {}}, "results": []}]}', encoding="utf-8")
    command = [_multitool(), "validate", str(log), "--output", str(judged)]
    subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    found = json.loads(judged.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    assert "JSON1002" in {result["ruleId"] for result in found}


def test_every_rule_is_described(catalogue: Catalogue, tmp_path: Path) -> None:
    """Each rule has its name, words, help and level, and results point at the rule by id and index."""
    run = _run(_checked(tmp_path), catalogue, tmp_path)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules[: len(RULES)]] == [rule.code for rule in RULES]
    for rule, described in zip(RULES, rules, strict=False):
        assert described["shortDescription"]["text"].endswith(".")
        assert described["fullDescription"]["text"]
        assert described["help"]["text"]
        assert described["help"]["markdown"]
        assert described["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert described["properties"]["verified"] is rule.verified
    assert len({described["name"] for described in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert (run["language"], run["columnKind"]) == ("sv-SE", "unicodeCodePoints")


def test_a_region_holds_the_words(catalogue: Catalogue, tmp_path: Path) -> None:
    """Line and columns enclose exactly the words that the finding is about, counted in code points."""
    text = VAGUE.replace("text: Leverantören", "text: 🙂 A\u030a Leverantören")
    result = _result(_run(_checked(tmp_path, text), catalogue, tmp_path), "verif.vague")
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "aktivt verka"
    assert place["artifactLocation"] == {"uri": "p.yaml"}


def test_fingerprints_hold_when_lines_move_and_tell_findings_apart(catalogue: Catalogue, tmp_path: Path) -> None:
    """New lines above a finding leave its fingerprint; no two findings share one."""
    before = _run(_checked(tmp_path), catalogue, tmp_path)
    after = _run(_checked(tmp_path, "# en rad\n# en till\n" + VAGUE), catalogue, tmp_path)
    one, other = _result(before, "verif.vague"), _result(after, "verif.vague")
    assert one["locations"] != other["locations"]
    assert one["partialFingerprints"] == other["partialFingerprints"]
    two = VAGUE + VAGUE[VAGUE.index("  jamstalldhet:") :].replace("jamstalldhet:", "mangfald:")
    listed = [
        r["partialFingerprints"]["finding/v1"] for r in _run(_checked(tmp_path, two), catalogue, tmp_path)["results"]
    ]
    assert len(listed) == len(set(listed)) >= 2


def test_equal_findings_have_fingerprints_of_their_own(catalogue: Catalogue) -> None:
    """Two findings that nothing tells apart still differ, by their order."""
    twice = [CheckedFile("p.yaml", None, (Finding("file.empty", "p.yaml"), Finding("file.empty", "p.yaml")))]
    results = _run(twice, catalogue, Path("/"))["results"]
    assert results[0]["partialFingerprints"] != results[1]["partialFingerprints"]


def test_waived_findings_are_suppressed_with_their_reason(catalogue: Catalogue, tmp_path: Path) -> None:
    """A waiver in force is a suppression with reason, role and day; a finding that counts has none."""
    run = _run(_checked(tmp_path, VAGUE + WAIVER), catalogue, tmp_path)
    (suppression,) = _result(run, "verif.vague")["suppressions"]
    assert suppression["justification"] == "Prövat. (upphandlingschef, 2026-12-31)"
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    assert _result(_run(_checked(tmp_path), catalogue, tmp_path), "verif.vague")["suppressions"] == []


def test_an_unread_file_makes_the_run_unsuccessful(catalogue: Catalogue, tmp_path: Path) -> None:
    """What could not be read is a result too, and the invocation says that it did not succeed."""
    run = _run(check_files([tmp_path / "saknas.yaml"], TODAY), catalogue, tmp_path)
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert _result(run, "file.missing")["level"] == "error"


def test_paths_outside_are_whole_uris(tmp_path: Path) -> None:
    """A path below is relative and percent-encoded; one outside is a file URI."""
    assert uri(str(tmp_path / "å b" / "c#%.yaml"), tmp_path) == "%C3%A5%20b/c%23%25.yaml"
    assert uri(str(tmp_path.parent / "x.yaml"), tmp_path).startswith("file:///")


@given(NAMES)
def test_any_name_of_a_file_comes_back(name: str) -> None:
    """Decoding the URI of a file gives its name, whatever that is."""
    assert unquote(uri(f"/somewhere/{name}", Path("/somewhere"))) == name


# --- GitHub --------------------------------------------------------------------------------------------------


def test_annotations_escape_what_github_would_read() -> None:
    """Per cent, line breaks, and in properties colon and comma, are written as GitHub wants them."""
    finding = Finding("file.anchor", "/a/b,c:%.yaml", 3, 5, data={"anchor": "100 %\nrad"})
    (line,) = workflow_commands([finding], "sv", Path("/a"))
    properties, _, message = line.removeprefix("::error ").partition("::")
    assert properties == "file=b%2Cc%3A%25.yaml,line=3,col=5,title=file.anchor"
    assert "100 %25%0Arad" in message
    assert "\n" not in line


@pytest.mark.parametrize(
    ("severity", "command"), [("error", "error"), ("warning", "warning"), ("information", "notice")]
)
def test_annotations_have_githubs_severities(severity: Any, command: str) -> None:  # noqa: ANN401 - a severity
    """Information is a notice."""
    (line,) = workflow_commands([Finding("file.empty", severity=severity)], "en", Path("/"))
    assert line.startswith(f"::{command} title=file.empty::")


def test_a_path_elsewhere_stays_as_it_is(tmp_path: Path) -> None:
    """Only what lies below the working folder is made relative."""
    assert relative(str(tmp_path / "x" / "y.yaml"), tmp_path) == "x/y.yaml"
    assert relative("/elsewhere/y.yaml", tmp_path) == "/elsewhere/y.yaml"
