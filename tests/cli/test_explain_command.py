"""`explain`: every rule and every other code, in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from test_commands import run

from procurement_equality import Catalogue
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.example import example
from procurement_equality.checks.groups import grouped
from procurement_equality.checks.registry import RULES
from procurement_equality.cli.words import WORDS
from procurement_equality.exchange.check_records import rule_record
from procurement_equality.findings.unfilled import codes, words


def test_without_a_code_every_rule_is_listed() -> None:
    """Each rule stands on a line with its severity and title, under its topic."""
    shown = run("explain", lang="sv").stdout
    for rule in RULES:
        assert f"  {rule.code} " in shown
    assert "Kontroll och uppföljning" in shown
    assert shown.rstrip().endswith(f"{len(RULES)} regler.")


def test_every_topic_has_its_name() -> None:
    """A topic without words would be a traceback."""
    assert {f"group.{name}" for name in grouped()} <= set(WORDS)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_rule_is_explained(language: Language, catalogue: Catalogue) -> None:
    """Each rule has why it is there, what it rests on, its finding with nothing filled in, and its example."""
    for rule in RULES:
        record: Any = rule_record(rule, catalogue, language)
        assert record["title"]
        assert record["why"]
        assert all(provision["written"] and provision["url"] for provision in record["legal_basis"])
        assert words(rule.code, language)[1]
        assert example(rule.code).breaks.shown != example(rule.code).holds.shown


def test_a_rule_as_json() -> None:
    """Another program gets the rule with its topic and example."""
    record = json.loads(run("explain", "verif.vague", "--json", lang="en").stdout)
    assert (record["code"], record["group"]) == ("verif.vague", "verification")
    assert "aktivt verka" in record["example"]["breaks"]
    assert record["example"]["finding"].startswith("warning: ")


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("sv", ("varning", "Vad regeln vilar på", "Bryter mot regeln", "Följer regeln", "aktivt verka")),
        ("en", ("warning", "What the rule rests on", "Breaks the rule", "Holds", "The example is in Swedish")),
    ],
)
def test_a_rule_is_told_in_full(lang: str, parts: tuple[str, ...]) -> None:
    """Title, severity, provisions with where the act is read, sources, and the example are there."""
    shown = run("explain", "VERIF.VAGUE", lang=lang).stdout
    for part in (*parts, "https://www.riksdagen.se/", "2016:1145", "verif.vague"):
        assert part in shown


def test_what_is_not_verified_is_told() -> None:
    """A rule that rests on something unverified says so."""
    for rule in RULES:
        if not rule.verified:
            assert "Inte verifierat" in run("explain", rule.code, lang="sv").stdout
            break
    else:
        pytest.fail("some rule rests on what is not verified")


def test_other_codes_say_what_they_are() -> None:
    """A notice about a file, a selection or wording is told, with … for what each finding fills in."""
    shown = run("explain", "file.missing", lang="sv").stdout
    assert "ingen regel" in shown
    assert words("file.missing", "sv")[0] in shown
    record = json.loads(run("explain", "lint.vague", "--json").stdout)
    assert record["group"] is None
    assert "…" in record["what"]


def test_every_code_has_words_without_a_finding() -> None:
    """No message needs data in a form that … cannot stand for, and none is … alone."""
    for code in codes():
        for language in ("sv", "en"):
            assert any(words(code, language))
            assert "…" not in words(code, language)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_unknown_code_gives_the_nearest(lang: str) -> None:
    """A slip of the pen is a sentence with the nearest codes, each once."""
    result = run("explain", "verif.vage", lang=lang)
    assert result.returncode == 2
    assert result.stderr.count("verif.vague") == 1
    assert "use.no-code" in result.stderr


def test_every_rule_as_json() -> None:
    """The list for other programs has every rule with its topic."""
    rows = json.loads(run("explain", "--json").stdout)
    assert [row["code"] for row in rows] == [rule.code for rule in RULES]
    assert all(row["group"] for row in rows)


def test_completion_knows_codes() -> None:
    """The shell completes a code from its first letters."""
    environment = {
        **os.environ, "_PROCUREMENT_EQUALITY_COMPLETE": "bash_complete",
        "COMP_WORDS": "procurement-equality explain verif.v", "COMP_CWORD": "2",
    }  # fmt: skip
    command = [sys.executable, "-c", "from procurement_equality.cli import main; main()"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "verif.vague" in result.stdout
    assert "procedure.lots" not in result.stdout
