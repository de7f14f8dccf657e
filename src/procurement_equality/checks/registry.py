"""Every rule, in the order of the topics; codes are unique and never reused."""

from __future__ import annotations

from procurement_equality.checks.rule import Rule
from procurement_equality.checks.rules import (
    accessibility,
    anti_discrimination,
    assignment,
    award,
    contract,
    data_protection,
    discrimination,
    facts,
    goals,
    headcount,
    labels,
    labour,
    law,
    link,
    procedure,
    proportionality,
    qualification,
    sanctions,
    statistics,
    terms,
    verification,
)

RULES: tuple[Rule, ...] = (
    *facts.RULES,
    *law.RULES,
    *procedure.RULES,
    *qualification.RULES,
    *link.RULES,
    *proportionality.RULES,
    *verification.RULES,
    *award.RULES,
    *labels.RULES,
    *accessibility.RULES,
    *labour.RULES,
    *anti_discrimination.RULES,
    *sanctions.RULES,
    *headcount.RULES,
    *terms.RULES,
    *discrimination.RULES,
    *data_protection.RULES,
    *statistics.RULES,
    *goals.RULES,
    *assignment.RULES,
    *contract.RULES,
)

BY_CODE = {rule.code: rule for rule in RULES}
"""The rules by code."""
