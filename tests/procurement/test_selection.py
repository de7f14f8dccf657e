"""What is in a selection, what is out, and why."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_regime import procurement

from conftest import ROOT, selected
from procurement_equality import Catalogue, Procurement, Selection, select
from procurement_equality.findings import ProcurementError, SelectionError
from procurement_equality.procurement.selection import KINDS, LEVELS

HOME_CARE: dict[str, Any] = {"act": "LOV", "cpv": ("85312000",), "sectors": ("home-care",)}
_CATALOGUE = Catalogue.load()


def ids(selection: Selection) -> set[str]:
    """Give the ids of a selection's clauses."""
    return {clause.requirement.id for clause in selection.clauses}


def why_out(selection: Selection, identifier: str) -> str:
    """Give the English why of a requirement that is out."""
    return next(omission.why["en"] for omission in selection.omissions if omission.id == identifier)


def codes(catalogue: Catalogue, **facts: Any) -> list[str]:  # noqa: ANN401 - the fields have many types
    """Give the codes of the findings that stop a selection."""
    with pytest.raises(SelectionError) as caught:
        select(catalogue, procurement(**facts))
    return [finding.code for finding in caught.value.findings]


def test_every_requirement_is_either_in_or_out_with_a_why(selection: Selection) -> None:
    """The clauses and the omissions are the catalogue, and each says why in both languages."""
    out = {omission.id for omission in selection.omissions}
    assert ids(selection) | out == set(selection.catalogue.requirements)
    assert not ids(selection) & out
    for why in [c.why for c in selection.clauses] + [o.why for o in selection.omissions]:
        assert why.sv
        assert why.en


def test_clauses_stand_in_the_order_of_the_process(selection: Selection) -> None:
    """Exclusion comes first and contract conditions last."""
    order = [KINDS.index(clause.kind) for clause in selection.clauses]
    assert order == sorted(order)


def test_citations_come_from_the_regime(home_care: Selection, cleaning: Selection) -> None:
    """The same condition cites LOV 4:2 in a system of choice and LOU 17:1 above the threshold."""
    for selection, citation in ((home_care, "LOV 4:2"), (cleaning, "LOU 17:1")):
        cited = {c.citation for c in selection.clauses if c.kind == "contract-performance-condition"}
        assert cited == {citation}


def test_home_care_under_lou_cites_chapter_19(catalogue: Catalogue) -> None:
    """Home care is in annex 2, so 17:1 must not be cited whatever the value."""
    selection = select(catalogue, procurement(cpv=("85312000",), sectors=("home-care",), value=90_000_000))
    cited = {c.citation for c in selection.clauses if c.kind == "contract-performance-condition"}
    assert cited == {"LOU 19:9 p.5"}


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(LEVELS)))
def test_levels_are_cumulative(catalogue: Catalogue, lower: str, higher: str) -> None:
    """A higher level keeps what the lower had, except what a requirement of it replaces."""
    low = select(catalogue, procurement(**HOME_CARE, level=lower))
    high = select(catalogue, procurement(**HOME_CARE, level=higher))
    replaced = {r for clause in high.clauses for r in clause.requirement.replaces}
    assert ids(low) - replaced <= ids(high)


def test_replaces_pushes_the_lower_requirement_out(catalogue: Catalogue) -> None:
    """A requirement that names another in `replaces` takes its place, and the why says so."""
    requirement = catalogue.requirements["AKT-06"].model_copy(update={"replaces": ("AKT-01",)})
    changed = catalogue.model_copy(update={"requirements": {**catalogue.requirements, "AKT-06": requirement}})
    selection = select(changed, procurement(level="basic"))
    assert "AKT-01" not in ids(selection)
    assert "AKT-06" in why_out(selection, "AKT-01")
    asked = select(changed, procurement(level="basic", requirements={"AKT-01": {"include": True}}))
    assert {"AKT-01", "AKT-06"} <= ids(asked)


def test_sector_and_cpv_filter(catalogue: Catalogue) -> None:
    """A requirement for home care is out of a cleaning contract, and the why names the sector."""
    selection = select(catalogue, procurement(level="basic"))
    assert "home care" in why_out(selection, "BRU-02")


def test_small_expected_suppliers_leave_out_duties_of_large_ones(catalogue: Catalogue) -> None:
    """With at most 24 employees expected, a duty from 25 is out and says so."""
    selection = select(catalogue, procurement(supplier_headcount={"at_most": 24}))
    assert "at least 25" in why_out(selection, "AKT-01")


def test_drafts_wait_until_they_are_asked_for(catalogue: Catalogue) -> None:
    """A draft is out by itself, and comes in with a warning when the file asks for it."""
    drafts = [r.id for r in catalogue.requirements.values() if r.status == "draft"]
    assert drafts
    plain = select(catalogue, procurement(**HOME_CARE, level="spearhead"))
    assert not ids(plain) & set(drafts)
    asked = select(catalogue, procurement(**HOME_CARE, requirements={"REK-02": {"include": True}}))
    assert "REK-02" in ids(asked)
    assert [f.code for f in asked.findings if f.severity == "warning"] == ["selection.draft"]


def test_award_criteria_come_in_only_with_a_weight(catalogue: Catalogue) -> None:
    """A requirement that is only an award criterion waits for its weight."""
    assert "weight" in why_out(select(catalogue, procurement(level="advanced")), "BEM-10")
    choice = {"BEM-10": {"kind": "award-criterion", "weight": 15}}
    selection = select(catalogue, procurement(level="advanced", requirements=choice))
    clause = next(clause for clause in selection.clauses if clause.requirement.id == "BEM-10")
    assert (clause.kind, clause.weight, clause.citation) == ("award-criterion", 15, "LOU 16:2")


def test_an_award_criterion_under_lov_is_refused_with_its_paragraph(catalogue: Catalogue) -> None:
    """LOV has no award criteria, and the error cites the paragraph in both languages."""
    choice = {"AKT-05": {"kind": "award-criterion", "weight": 10}}
    with pytest.raises(SelectionError) as caught:
        select(catalogue, procurement(**HOME_CARE, requirements=choice))
    assert [finding.code for finding in caught.value.findings] == ["law.lov.no-award"]
    assert "8 kap. 1 §" in str(caught.value).replace("\u00a0", " ")
    assert "Chapter 8, Section 1" in str(caught.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"XYZ-01": {}}, "reference.requirement"),
        ({"AKT-01": {"kind": "exclusion-ground"}}, "selection.no-variant"),
        ({"AKT-05": {"kind": "award-criterion"}}, "selection.weight-missing"),
        ({"AKT-01": {"weight": 10}}, "selection.weight-without-award"),
        ({"AKT-01": {"parameters": {"first_month": 3}}}, "selection.parameter"),
        ({"AKT-01": {"parameters": {"first_months": 99}}}, "parameter.out-of-range"),
        ({"AKT-01": {"parameters": {"first_months": "tre"}}}, "parameter.not-integer"),
        ({"AKT-01": {"parts": ("service",)}}, "selection.part"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(catalogue: Catalogue, choice: dict[str, Any], code: str) -> None:
    """Each kind of impossible choice has its own finding."""
    assert codes(catalogue, requirements=choice) == [code]


def test_all_impossible_choices_are_told_at_once(catalogue: Catalogue) -> None:
    """Nobody mends one thing only to be told of the next."""
    choice = {"XYZ-01": {}, "AKT-01": {"parameters": {"first_months": 99}}}
    assert codes(catalogue, requirements=choice, sectors=("hemvard",), date=procurement().date.replace(2030)) == [
        "law.threshold-needed",
        "reference.sector",
        "reference.requirement",
        "parameter.out-of-range",
    ]


def test_an_unknown_id_is_met_with_the_nearest(catalogue: Catalogue) -> None:
    """A slip of the pen gets a suggestion."""
    with pytest.raises(SelectionError) as caught:
        select(catalogue, procurement(requirements={"BRU-22": {}}))
    assert "BRU-02" in str(caught.value)


def test_findings_point_into_the_procurement_file(catalogue: Catalogue, tmp_path: Path) -> None:
    """A wrong parameter is placed at its own line."""
    text = (ROOT / "examples" / "hemtjanst-lov.yaml").read_text(encoding="utf-8")
    path = tmp_path / "p.yaml"
    path.write_text(text.replace("routine_months: 3", "routine_months: 30"), encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "routine_months" in row)
    with pytest.raises(SelectionError) as caught:
        select(catalogue, Procurement.load(path))
    finding = caught.value.findings[0]
    assert (finding.code, finding.path, finding.line) == ("parameter.out-of-range", str(path), line)


def test_leaving_out_takes_a_reason(tmp_path: Path) -> None:
    """A requirement is not left out in silence."""
    text = (ROOT / "examples" / "stadtjanst-lou.yaml").read_text(encoding="utf-8")
    path = tmp_path / "p.yaml"
    path.write_text(text + "  AKT-01: {include: false}\n", encoding="utf-8")
    with pytest.raises(ProcurementError) as caught:
        Procurement.load(path)
    assert [finding.code for finding in caught.value.findings] == ["choice.reason"]


def test_parameters_are_written_with_their_unit(catalogue: Catalogue) -> None:
    """One month is singular, several are plural, in both languages, and lines do not break inside."""
    texts = {}
    for months in (1, 3):
        choice = {"BRU-02": {"parameters": {"routine_months": months}}}
        selection = select(catalogue, procurement(**HOME_CARE, requirements=choice))
        clause = next(clause for clause in selection.clauses if clause.requirement.id == "BRU-02")
        texts[months] = clause.text
    assert "1\u00a0månad efter" in texts[1].sv
    assert "1\u00a0month of" in texts[1]["en"]
    assert "3\u00a0månader efter" in texts[3].sv
    assert "3\u00a0months of" in texts[3]["en"]


def test_no_placeholder_is_left_in_a_clause(selection: Selection) -> None:
    """Every parameter has found its value in both languages."""
    for clause in selection.clauses:
        assert "{{" not in clause.text.sv + clause.text["en"]


def test_the_same_input_gives_the_same_digest(example: Path) -> None:
    """Two loads of the same files give the same selection; another choice gives another digest."""
    made = [selected(example).digest for _ in range(2)]
    assert made[0] == made[1]
    other = Procurement.load(example).model_copy(update={"reference": "X"})
    assert select(Catalogue.load(overlays=Procurement.load(example).overlay_folders), other).digest != made[0]


def test_a_selection_that_is_empty_is_told(catalogue: Catalogue) -> None:
    """A procurement that no requirement fits gets a sentence, not an empty document."""
    everything = {i: {"include": False, "reason": "Prov."} for i in catalogue.requirements}
    assert codes(catalogue, requirements=everything) == ["selection.empty"]


def test_another_catalogue_version_is_a_warning(catalogue: Catalogue) -> None:
    """A file made with another version of the catalogue says so, and the document can still be made."""
    selection = select(catalogue, procurement(catalogue_version="9.9.9"))
    assert [finding.code for finding in selection.findings] == ["selection.catalogue-version"]


_FITTING = st.fixed_dictionaries(
    {
        "level": st.sampled_from(LEVELS),
        "sectors": st.lists(st.sampled_from(sorted(_CATALOGUE.head.sectors)), min_size=1, max_size=3).map(tuple),
        "act": st.sampled_from(["LOU", "LUF", "LUK"]),
        "value": st.integers(1, 10**8),
        "cpv": st.sampled_from([("85312000",), ("90910000",), ("80511000",), ("60130000",)]),
    }
)


@settings(deadline=None, max_examples=40)
@given(_FITTING, st.data())
def test_selecting_never_fails_for_sound_facts(facts: dict[str, Any], data: st.DataObject) -> None:
    """Whatever fits, every requirement is in or out, and no kind is one that the regime has no room for."""
    left_out = data.draw(st.sets(st.sampled_from(sorted(_CATALOGUE.requirements)), max_size=5))
    choices = {identifier: {"include": False, "reason": "Prov."} for identifier in left_out}
    selection = select(_CATALOGUE, procurement(**facts, requirements=choices))
    assert len(selection.clauses) + len(selection.omissions) == len(_CATALOGUE.requirements)
    assert not ids(selection) & left_out
    assert all(selection.rules.kinds[clause.kind].allowed for clause in selection.clauses)
