"""Clauses that would themselves discriminate, or may."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
