"""What the assignment itself calls for: children, national minorities, public insight."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
