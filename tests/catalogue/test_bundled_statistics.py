"""The twelve statistics by sex, and the buyer's checklists, as they come along."""

from __future__ import annotations

import pytest

from procurement_equality import Catalogue

NO_SEX = {"T8", "T12"}
"""Wishes about staff and pay: their definitions say why no column is split by sex."""


@pytest.mark.parametrize("statistic", [f"T{number}" for number in range(1, 13)])
def test_each_of_the_twelve_statistics_has_a_table(statistic: str, catalogue: Catalogue) -> None:
    """T1 to T12 each have a table that some requirement asks for."""
    tables = [table for table in catalogue.tables.values() if table.statistic == statistic]
    asked = {q.table for r in catalogue.requirements.values() for q in r.questions}
    assert tables
    assert {table.id for table in tables} & asked


def test_a_statistic_says_what_is_counted_where_from_and_leaves_room_for_a_comment(catalogue: Catalogue) -> None:
    """Every statistic has a unit, a source, a comment on difference, cause and measure, and hides small numbers."""
    for table in catalogue.tables.values():
        if table.statistic is not None:
            assert table.unit.en, table.id
            assert table.source is not None, table.id
            assert table.comment, table.id
            assert table.small_numbers == "hidden" or table.statistic == "T12", table.id


def test_a_statistic_is_split_by_sex_with_a_total_that_can_be_checked(catalogue: Catalogue) -> None:
    """Women and men (girls and boys in schools) and not stated have columns, and a total is their sum."""
    for table in catalogue.tables.values():
        if table.statistic is None or table.statistic in NO_SEX:
            continue
        keys = {column.key for column in table.columns}
        assert "not_stated" in keys, table.id
        assert any(key.startswith(("women", "girls")) for key in keys), table.id
        assert any(key.startswith(("men", "boys")) for key in keys), table.id
        totals = [column for column in table.columns if column.sum_of]
        assert totals or any(row.sum_of for row in table.rows), table.id


def test_the_checklist_has_the_four_stages_and_the_three_roles(catalogue: Catalogue) -> None:
    """Prepare, carry out, realise and learn, for the strategist, the contract manager and the board."""
    checklist = catalogue.checklists["by-stage"]
    assert [section.key for section in checklist.sections] == ["prepare", "carry-out", "realise", "learn"]
    for section in checklist.sections:
        assert len(section.questions) >= 8, section.key
    roles = {role for section in checklist.sections for question in section.questions for role in question.roles}
    assert roles == {"strategist", "contract-manager", "board"}


def test_the_equality_analysis_goes_from_baseline_to_measure(catalogue: Catalogue) -> None:
    """Baseline, difference, cause, effect and measure, in this order."""
    sections = catalogue.checklists["equality-analysis"].sections
    assert [section.key for section in sections] == ["baseline", "difference", "cause", "effect", "measure"]


def test_every_requirement_that_a_checklist_leads_to_is_there(catalogue: Catalogue) -> None:
    """A question's requirements exist and are in use."""
    for checklist in catalogue.checklists.values():
        for section in checklist.sections:
            for question in section.questions:
                for identifier in question.requirements:
                    assert catalogue.requirements[identifier].status != "withdrawn", question.id
