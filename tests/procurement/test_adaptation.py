"""A selection as it concerns one supplier: by size, by part, by sector."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EXAMPLES, ROOT, selected
from procurement_equality import Catalogue, Procurement, Selection, compose, select
from procurement_equality.documents.addressee import Addressee
from procurement_equality.procurement.adaptation import adapt
from procurement_equality.procurement.supplier import Supplier

SELECTIONS = [selected(example) for example in EXAMPLES]


@pytest.mark.parametrize(
    ("headcount", "out"),
    [
        (None, []),
        (0, ["AKT-01", "AKT-02", "AKT-04", "LON-03", "TRA-08"]),
        (24, ["AKT-01", "AKT-04", "LON-03", "TRA-08"]),
        (25, ["AKT-02", "TRA-08"]),
        (49, ["AKT-02", "TRA-08"]),
        (50, ["AKT-02"]),
    ],
)
def test_size_decides_at_the_limits(cleaning: Selection, headcount: int | None, out: list[str]) -> None:
    """Duties from 25 and 50 employees are asked of those, and the one for smaller employers of the others."""
    assert [each.name for each in adapt(cleaning, headcount).left_out] == out


def test_parts_decide(home_care: Selection) -> None:
    """A requirement of one part is not asked of one who performs another; one who may perform any is asked all."""
    assert {e.name for e in adapt(home_care, None, ["service"]).left_out} == {"BRU-01"}
    assert not adapt(home_care, None, ["service", "personal-care"]).left_out
    assert not adapt(home_care, None, []).left_out


def test_reasons_say_whom_it_is_for(home_care: Selection) -> None:
    """Each reason names the limit or the part, in both languages, and none says that the requirement is not binding."""
    why = {each.name: each.why for each in adapt(home_care, 12, ["service"]).left_out}
    assert why["AKT-01"].sv == "Gäller den som har minst 25 arbetstagare vid ingången av kalenderåret."
    assert why["AKT-01"]["en"] == "Applies to those with at least 25 employees at the beginning of the calendar year."
    assert why["BRU-01"].sv == "Gäller delen Personlig omvårdnad."


@given(st.sampled_from(SELECTIONS), st.integers(0, 300), st.data())
def test_what_is_asked_and_what_is_left_out_are_everything(
    selection: Selection, headcount: int, data: st.DataObject
) -> None:
    """Nothing is both asked and left out, nothing is lost, and knowing more never asks more."""
    keys = [part.key for part in selection.procurement.parts]
    parts = data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    adaptation = adapt(selection, headcount, parts)
    requirements = {clause.requirement.id for clause in selection.clauses}
    questions = {f"{c.requirement.id}.{q.key}" for c in selection.clauses for q in c.requirement.questions}
    assert adaptation.names <= requirements | questions
    assert adapt(selection, None, parts).names <= adaptation.names
    for clause in selection.clauses:
        of_clause = {f"{clause.requirement.id}.{question.key}" for question in clause.requirement.questions}
        assert not (clause.requirement.id in adaptation.names and of_clause & adaptation.names)
        assert not of_clause <= adaptation.names  # then the requirement itself is left out


def test_the_form_asks_the_rest_and_lists_what_is_left_out(cleaning: Selection) -> None:
    """The form keeps the selection's id and digest, lacks the questions, and ends with the list and its reasons."""
    whole, adapted = (
        compose(cleaning, "self-assessment", "sv", addressee=Addressee(Supplier(name="Alfa AB", headcount=count)))
        for count in (None, 12)
    )
    assert whole.manifest is not None
    assert adapted.manifest is not None
    assert adapted.manifest.form == whole.manifest.form
    assert adapted.properties == whole.properties
    gone = whole.manifest.fields.keys() - adapted.manifest.fields.keys()
    assert {name.partition(".")[0] for name in gone} == {"AKT-01", "AKT-04", "LON-03", "TRA-08"}
    text = " ".join("".join(map(str, adapted.tree.itertext())).split())
    end = text.partition("Det ni inte behöver svara på")[2]
    assert "Antal arbetstagare: 12." in end
    assert "Kraven i listan ingår i avtalet." in end
    assert (
        end.index("AKT-01")
        < end.index("minst 25 arbetstagare")
        < end.index("TRA-08")
        < end.index("minst 50 arbetstagare")
    )
    assert "Det ni inte behöver svara på" not in "".join(map(str, whole.tree.itertext()))


def test_the_manifest_tells_what_a_larger_supplier_should_have_been_asked(cleaning: Selection) -> None:
    """Where the supplier states another headcount than the form was made for, it can be said what the form lacks."""
    document = compose(cleaning, "self-assessment", "sv", addressee=Addressee(Supplier(name="Alfa AB", headcount=12)))
    assert document.manifest is not None
    assert list(document.manifest.lacks(12)) == []
    assert list(document.manifest.lacks(None)) == []
    assert list(document.manifest.lacks(30)) == ["AKT-01", "AKT-04", "LON-03"]


def test_sector_decides_in_the_selection(catalogue: Catalogue) -> None:
    """The same purchase in another sector gets that sector's requirements, and the form their questions."""
    procurement = Procurement.load(ROOT / "examples" / "stadtjanst-lou.yaml")
    other = procurement.model_copy(update={"sectors": ("home-care",)})
    asked = []
    for each in (procurement, other):
        manifest = compose(select(catalogue, each), "self-assessment", "sv").manifest
        assert manifest is not None
        asked.append(set(manifest.requirements))
    for identifier in asked[1] - asked[0]:
        assert "home-care" in catalogue.requirements[identifier].applies.sectors
    assert asked[1] - asked[0]
    for identifier in asked[0] - asked[1]:
        assert "cleaning" in catalogue.requirements[identifier].applies.sectors
