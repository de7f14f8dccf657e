"""Whether what is asked is in proportion to the contract and to the firms that may tender."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
