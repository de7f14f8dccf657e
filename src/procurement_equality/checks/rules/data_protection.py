"""Personal data that may not be asked for."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
