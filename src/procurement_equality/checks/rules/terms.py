"""Terms, lists and acts that the law no longer has, or has otherwise."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
