"""What the regime allows, and which act and chapter a clause may cite."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
