"""The law that counts is the law on the procurement's date."""

from __future__ import annotations

import datetime
import re

import pytest
from babel.dates import get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import EXAMPLES, SHARED
from procurement_equality import Catalogue, Procurement
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import check
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings import Finding

CATALOGUE = Catalogue.load()
TODAY = datetime.date(2026, 11, 23)
HOME_CARE = Procurement.load(next(path for path in EXAMPLES if path.stem == "hemtjanst-lov"))
OF_DATES = [BY_CODE["law.date-past-known"], BY_CODE["law.not-in-force"]]


def found(catalogue: Catalogue, date: datetime.date) -> list[Finding]:
    """Give what the rules about dates find in the home-care example on a day."""
    case = make_case(catalogue, HOME_CARE.model_copy(update={"date": date}))
    return [finding for rule in OF_DATES for finding in rule.examine(case)]


def test_the_day_the_law_was_last_read_is_the_last_that_is_known(catalogue: Catalogue) -> None:
    """The day itself is known, the day after is not."""
    read_to = catalogue.law.known.read_to
    assert found(catalogue, read_to) == []
    assert [f.code for f in found(catalogue, read_to + datetime.timedelta(days=1))] == ["law.date-past-known"]


@settings(deadline=None)
@given(st.dates(datetime.date(2022, 2, 1), datetime.date(2040, 1, 1)))
def test_a_date_past_what_is_known_gives_exactly_one_finding_with_what_was_pending_then(date: datetime.date) -> None:
    """However far ahead the date lies, the reader is told once, and of nothing that comes later."""
    catalogue = CATALOGUE
    of_known = [finding for finding in found(catalogue, date) if finding.code == "law.date-past-known"]
    assert len(of_known) == (date > catalogue.law.known.read_to)
    for pending in catalogue.law.known.pending:
        told = bool(of_known) and pending.change.sv in of_known[0].data["pending_sv"]
        assert told == (pending.valid_from <= date and date > catalogue.law.known.read_to)


def test_an_act_that_came_later_is_told_once_with_every_clause_that_rests_on_it(catalogue: Catalogue) -> None:
    """The new Social Services Act applies from 1 July 2025."""
    last_day_before = datetime.date(2025, 6, 30)
    (finding,) = found(catalogue, last_day_before)
    assert (finding.code, finding.data["sfs"]) == ("law.not-in-force", "2025:400")
    case = make_case(catalogue, HOME_CARE.model_copy(update={"date": last_day_before}))
    assert case.selection is not None
    resting = [
        clause.requirement.id
        for clause in case.selection.clauses
        if any(basis.startswith("SoL ") for basis in clause.requirement.legal_basis)
    ]
    assert finding.data["clauses"] == ", ".join(resting)
    assert len(resting) > 3
    assert found(catalogue, last_day_before + datetime.timedelta(days=1)) == []


def test_an_act_is_in_force_before_it_is_repealed(catalogue: Catalogue) -> None:
    """No act ends before it begins, and one that replaces another begins the day after."""
    acts = catalogue.law.acts
    for act in acts.values():
        assert act.valid_from is None or act.valid_to is None or act.valid_from <= act.valid_to
        successor = acts.get(act.replaced_by or "")
        if act.valid_to and successor and successor.valid_from and act.sfs in ("2001:453", "1991:900", "2007:1091"):
            assert successor.valid_from == act.valid_to + datetime.timedelta(days=1)


def test_the_days_are_those_of_the_transitional_provisions(catalogue: Catalogue) -> None:
    """Where the statute text holds its transitional provisions, they give the day."""
    path = SHARED / "law" / "provisions.tsv"
    if not path.is_file():
        pytest.skip("the statute text is not in this checkout")
    months = get_month_names(locale="sv_SE")
    said: dict[str, datetime.date] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        sfs, text = (line.split("\t")[1], line.split("\t")[4]) if line.count("\t") == 4 else ("", "")
        if sfs and (match := re.search(rf"{sfs} 1\. Denna lag träder i kraft den (\d+) (\w+) (\d+)", text)):
            day, month, year = match.groups()
            number = next(number for number, name in months.items() if name == month)
            said[sfs] = datetime.date(int(year), number, int(day))
    checked = {act.sfs for act in catalogue.law.acts.values() if act.valid_from and act.sfs in said}
    assert checked >= {"2025:400", "2017:725", "2018:218", "2018:1937", "2021:890", "2023:254"}
    for act in catalogue.law.acts.values():
        if act.sfs in checked:
            assert act.valid_from == said[act.sfs], act.sfs


def test_every_example_is_checked_on_its_own_day(catalogue: Catalogue) -> None:
    """Checking twice gives the same, whatever the clock says: only waivers look at today."""
    case = make_case(catalogue, HOME_CARE)
    assert check(case, TODAY).findings == check(case, datetime.date(2031, 1, 1)).findings
