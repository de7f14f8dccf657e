"""The ordinance on anti-discrimination conditions in state contracts (2006:260)."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
