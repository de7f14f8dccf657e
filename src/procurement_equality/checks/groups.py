"""The topics that rules are grouped by: one module of `checks/rules/` each."""

from __future__ import annotations

from procurement_equality.checks.registry import RULES
from procurement_equality.checks.rule import Rule


def group(rule: Rule) -> str:
    """Give the topic of a rule: the name of the module that its function lives in."""
    examine = rule.of_case or rule.of_texts
    assert examine is not None, "a rule examines a case or texts"  # noqa: S101
    return examine.__module__.rpartition(".")[2]


def grouped() -> dict[str, list[Rule]]:
    """Give every rule by topic, both in the registry's order."""
    found: dict[str, list[Rule]] = {}
    for rule in RULES:
        found.setdefault(group(rule), []).append(rule)
    return found
