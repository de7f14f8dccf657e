"""The words of findings."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

from procurement_equality.catalogue.wording import Wording
from procurement_equality.checks.registry import BY_CODE, RULES
from procurement_equality.cli.words import WORDS
from procurement_equality.findings.words import messages

SOURCE = Path(__file__).resolve().parents[1] / "src" / "procurement_equality"
CODE = re.compile(r'"((?:[a-z-]+\.)+[a-z0-9.-]+)"')

ROOMS = [
    "catalogue",
    "file",
    "form",
    "note",
    "collect",
    "send",
    "assess",
    "scan",
    "statistics",
    "yaml",
    "model",
    "text",
    "reference",
    "requirement",
    "parameter",
    "scale",
    "follow-up",
    "question",
    "table",
    "citation",
    "choice",
    "ladder",
    "law",
    "lint",
    "overlay",
    "selection",
    "template",
    "version",
    "output",
    "use",
    "ask",
    "burden",
    "why",
    "waiver",
    *dict.fromkeys(rule.code.split(".")[0] for rule in RULES),
]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_finding_has_what_and_way_out_in_both_languages() -> None:
    """No message is half translated, and both languages use the same data."""
    for code, message in messages().items():
        keys = {"sv", "en"} if code.startswith(("why.", "note.")) else {"sv", "en", "sv_out", "en_out"}
        if code in BY_CODE:
            keys |= {"sv_title", "en_title", "sv_why", "en_why"}
            keys |= set() if BY_CODE[code].verified else {"sv_unverified", "en_unverified"}
        assert set(message) == keys, code
        strip = {name.removesuffix("_sv").removesuffix("_en") for name in _fields(message["sv"])} - {"sv"}
        assert strip == {name.removesuffix("_sv").removesuffix("_en") for name in _fields(message["en"])} - {"en"}, code


def test_every_code_in_the_source_has_words_and_every_message_is_used() -> None:
    """A code without words would be a traceback, and words without a code are dead."""
    used = {
        code
        for path in SOURCE.rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
        if code.split(".")[0] in ROOMS and not code.endswith((".py", ".yaml", ".html", ".toml", ".xml", ".json"))
    }
    used -= {"law.threshold", "lint.yaml"}  # a prefix in cli/new.py, a file
    used -= {"lint.scope-staff", "lint.scope-limits"}  # lists of words
    used -= set(WORDS) - set(messages())  # what commands say
    names = (*get_args(get_args(Wording.model_fields["words"].annotation)[0]), "quota", "label")
    used |= {f"lint.{name}" for name in names}  # made from the rule's name in lint.yaml
    assert set(messages()) - used == set()
    assert {code for code in used if not code.startswith("table.cell")} - set(messages()) == set()
