"""The questions that must be answered before anything can be judged: findings of reading, put as questions."""

from __future__ import annotations

import re
from dataclasses import replace

from procurement_equality.findings import Finding

_QUESTIONS = {
    "value": "ask.value",
    "date": "ask.date",
    "cpv": "ask.cpv",
    "months": "ask.months",
    "act": "ask.act",
    "authority": "ask.authority",
}
_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?\Z")
_UNITS = {
    "": 1, "kr": 1, "kronor": 1, "sek": 1, "tkr": 1_000, "tusen": 1_000, "mkr": 1_000_000, "msek": 1_000_000,
    "miljon": 1_000_000, "miljoner": 1_000_000, "million": 1_000_000, "mnkr": 1_000_000, "miljard": 1_000_000_000,
    "miljarder": 1_000_000_000,
}  # fmt: skip


def asked(finding: Finding) -> Finding:
    """Give a finding about a fact that the law depends on as a question; any other finding as it is."""
    key = finding.data.get("key", "")
    missing = finding.code == "model.missing-key" or (finding.code == "model.out-of-range" and key == "cpv")
    if missing and key in _QUESTIONS:
        return replace(finding, code=_QUESTIONS[key], data={})
    if finding.code == "model.wrong-type" and key == "value":
        return _about_unit(finding)
    return finding


def _about_unit(finding: Finding) -> Finding:
    """Ask what a value that is no whole number of kronor means: `2.4` is hardly two kronor and forty öre."""
    value = finding.data["value"]
    kronor = _kronor(value)
    if kronor is None:
        return replace(finding, code="ask.value-words", data={"value": value})
    meant = f"{kronor:,} kr".replace(",", "\u00a0").replace(" kr", "\u00a0kr")
    return replace(finding, code="ask.value-unit", data={"value": value, "meant": meant, "plain": str(kronor)})


def _kronor(written: str) -> int | None:
    """Read an amount as people write it: `2.4` (millions), `2,4 miljoner`, `2 400 tkr`, `2 400 000,50 kr`."""
    words = written.lower().replace("\u00a0", " ").split()
    digits = "".join(word for word in words if word[0].isdigit() or word[0] in ",.")
    unit = " ".join(word for word in words if not (word[0].isdigit() or word[0] in ",."))
    if not _NUMBER.match(digits) or unit not in _UNITS:
        return None
    number = float(digits.replace(",", "."))
    factor = _UNITS[unit] if unit or number >= 1_000 else 1_000_000
    return round(number * factor)
