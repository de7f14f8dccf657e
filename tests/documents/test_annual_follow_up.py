"""The annual follow-up: what it asks, of which year, and what it begins with."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_parts import LANGUAGES

from conftest import ROOT, selected, validator_errors
from procurement_equality import Selection, compose
from procurement_equality.answers.earlier import Carry, Earlier
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.reading import read_form
from procurement_equality.answers.response import Response, Value
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.addressee import Addressee
from procurement_equality.findings import TemplateError

SMALL = selected(ROOT / "examples" / "hemtjanst-lov.yaml")
SMALL = SMALL.model_copy(
    update={
        "clauses": tuple(
            c for c in SMALL.clauses if c.requirement.id in ("UTE-03", "STY-01", "STY-06", "BRU-02", "STA-03")
        )
    }
)


def manifest_of(selection: Selection, language: Language = "sv", year: int = 2026) -> Manifest:
    """Give the manifest of a selection's annual form."""
    manifest = compose(selection, "annual-follow-up", language, year=year).manifest
    assert manifest is not None
    return manifest


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_followed_up_in_the_contract_is_asked(selection: Selection, language: Language) -> None:
    """Every requirement with a follow-up after the start is asked about in full; what is for the tender only is not."""
    manifest = manifest_of(selection, language)
    asked = {clause.requirement.id for clause in selection.clauses if clause.months_after_start is not None}
    assert set(manifest.requirements) == asked
    assert {name.partition(".")[0] for name in manifest.fields} == {*asked, "LEV", "UPP", "INT"}
    names = {question.name for question in manifest.questions}
    for clause in selection.clauses:
        for question in clause.requirement.questions if clause.requirement.id in asked else ():
            assert f"{clause.requirement.id}.{question.key}" in names


def test_questions_are_about_the_year_and_none_is_for_later(selection: Selection) -> None:
    """The year stands in the manifest, in the tables' periods and in the form's own questions."""
    manifest = manifest_of(selection, year=2027)
    assert manifest.year == 2027
    assert manifest.kind == "annual-follow-up"
    assert not any(question.later for question in manifest.questions)
    for table in manifest.tables:
        assert "2027" in table.period
    assert "2027" in manifest.fields["UPP.deviated"].text


def test_deviations_subcontractors_and_declaration_end_the_form() -> None:
    """The form's own questions come last, in the manifest as in the document, with the rows of a plan."""
    document = compose(SMALL, "annual-follow-up", "sv", year=2026)
    assert document.manifest is not None
    own = [question.name for question in document.manifest.questions if question.name.startswith(("UPP.", "INT."))]
    assert own == [
        "UPP.deviated", "UPP.deviations", "UPP.subcontractors", "UPP.subcontractors.reason", "INT.declaration",
        "INT.declaration.person", "INT.declaration.role", "INT.declaration.date",
    ]  # fmt: skip
    assert [q.name for q in document.manifest.questions][-len(own) :] == own
    row = [name for name in document.manifest.fields if name.startswith("UPP.deviations.spare6.")]
    assert row == [f"UPP.deviations.spare6.{key}" for key in ("label", "measure", "role", "due")]
    controls = {str(element.get("name")) for element in document.tree.iter("input", "select", "textarea")}
    assert controls == set(document.manifest.fields)


def test_a_year_is_needed(home_care: Selection) -> None:
    """Without a year there is a finding with the way out, and no form."""
    with pytest.raises(TemplateError) as raised:
        compose(home_care, "annual-follow-up", "sv")
    assert [finding.code for finding in raised.value.findings] == ["use.no-year"]
    assert "--year" in str(raised.value)


def test_the_tenders_last_day_is_not_the_years(home_care: Selection) -> None:
    """`reply_by` of the procurement is for the tender: the annual form has only a day that is given for it."""
    assert home_care.procurement.reply_by is not None
    text = "".join(map(str, compose(home_care, "annual-follow-up", "sv", year=2027).tree.itertext()))
    assert "Svara senast" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_finds_nothing_wrong(selection: Selection, language: Language, tmp_path: Path) -> None:
    """Microsoft's validator has nothing against the form of any example."""
    path = tmp_path / "form.docx"
    compose(selection, "annual-follow-up", language, year=2027).save(path)
    assert validator_errors(path) == []


# --- filled from an earlier response -----------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


def values(manifest: Manifest) -> st.SearchStrategy[dict[str, Value]]:
    """Give answers to every question of a form."""
    made: dict[str, st.SearchStrategy[Value]] = {}
    for name, field in manifest.fields.items():
        if field.options:
            made[name] = st.sampled_from(sorted(field.options))
        elif field.type in ("checkbox", "declaration"):
            made[name] = st.just(True)
        elif field.type == "date":
            made[name] = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)).map(datetime.date.isoformat)
        elif field.type in ("number", "per-cent", "kronor"):
            made[name] = st.integers(0, 9_999) | st.sampled_from([0.5, 12.25])
        else:
            made[name] = TEXT.map(lambda text: f"a{text}a")
    return st.fixed_dictionaries({**made, "LEV.org_number": st.just("559900-1236")})


def answered(language: Language, answers: Mapping[str, Value], year: int = 2026) -> Response:
    """Give the response that a form with these answers is read as."""
    form = compose(SMALL, "annual-follow-up", language, year=year, values=answers)
    return read_form(form.to_docx(), name="svar.docx")


def begun(response: Response, carry: Carry, year: int, language: Language = "sv") -> Response:
    """Give what a new form, filled from a response through JSON, is read as."""
    earlier = Earlier(
        Response.model_validate_json(response.model_dump_json()), carry, manifest_of(SMALL, response.language)
    )
    form = compose(SMALL, "annual-follow-up", language, year=year, addressee=Addressee(earlier=earlier))
    return read_form(form.to_docx(), name="nytt.docx")


@settings(max_examples=8, deadline=None)
@given(values(manifest_of(SMALL)))
def test_a_response_fills_the_same_form_again(answers: Mapping[str, Value]) -> None:
    """Form, response, JSON, form, response: every answer is the same."""
    before = answered("sv", answers)
    after = begun(before, "everything", 2026)
    assert {a.question: (a.status, a.value) for a in after.answers} == {
        a.question: (a.status, a.value) for a in before.answers
    }


EVERY: Mapping[str, Value] = {
    name: (
        sorted(field.options)[0] if field.options
        else True if field.type in ("checkbox", "declaration")
        else "2026-03-01" if field.type == "date"
        else 7 if field.type in ("number", "per-cent", "kronor")
        else "Text"
    )
    for name, field in manifest_of(SMALL).fields.items()
} | {"LEV.org_number": "559900-1236"}  # fmt: skip


def test_figures_dates_and_declarations_are_not_carried() -> None:
    """Next year's form begins with who the supplier is, choices and texts; each says where it is from."""
    response = begun(answered("sv", EVERY), "lasting", 2027)
    kept = {answer.question for answer in response.answers if answer.status == "ok"}
    fields = manifest_of(SMALL).fields
    assert {fields[name].type for name in kept} == {"text", "yes-no", "yes-no-partly", "checkbox"}
    assert {"LEV.name", "LEV.org_number", "STY-01.appointed", "STY-01.contact", "BRU-02.routine"} <= kept
    assert not {name for name in kept if name.startswith(("INT.", "UPP.", "STA-03."))}
    assert not {name for name in kept if ".declaration" in name or name in ("LEV.headcount", "LEV.date")}
    earlier = Earlier(answered("sv", EVERY), manifest=manifest_of(SMALL))
    form = compose(SMALL, "annual-follow-up", "sv", year=2027, addressee=Addressee(earlier=earlier))
    text = "".join(map(str, form.tree.itertext()))
    assert text.count("Ifyllt från ert svar 2026. Kontrollera.") == len(kept)


def test_declarations_are_made_anew_even_where_figures_are_carried() -> None:
    """`answers` carries figures and dates, but no declaration, signature, deviation or day of answering."""
    kept = {a.question for a in begun(answered("sv", EVERY), "answers", 2026).answers if a.status == "ok"}
    assert {"STA-03.staff.employed.women", "BRU-02.date", "LEV.headcount"} <= kept
    assert not {n for n in kept if n.startswith(("INT.", "UPP.")) or ".declaration" in n or n == "LEV.date"}


def test_only_answers_without_doubt_to_the_same_question_are_carried() -> None:
    """An answer that needs a person, of another type, to other words or to choices that are gone is left out."""
    response, manifest = answered("sv", EVERY), manifest_of(SMALL)
    asked = manifest.fields["STY-01.appointed"]
    assert Earlier(response, manifest=manifest).value(asked, "sv") == "no"
    assert Earlier(response, manifest=manifest).value(asked.model_copy(update={"text": "Annat?"}), "sv") is None
    assert Earlier(response, manifest=manifest).value(asked.model_copy(update={"text": "Other?"}), "en") == "no"
    assert Earlier(response, manifest=manifest).value(asked.model_copy(update={"options": {"yes": "Ja"}}), "sv") is None
    assert Earlier(response).value(asked.model_copy(update={"type": "text", "options": {}}), "sv") is None
    doubtful = tuple(answer.model_copy(update={"status": "suspect"}) for answer in response.answers)
    assert Earlier(response.model_copy(update={"answers": doubtful})).value(asked, "sv") is None


def test_what_the_buyer_knows_goes_before_an_earlier_answer() -> None:
    """The list's name and parts stand in the form, without the note of an earlier answer."""
    from procurement_equality.procurement.supplier import Supplier

    addressee = Addressee(Supplier(name="Omsorg Alfa AB", parts=("service",)), Earlier(answered("sv", EVERY)))
    form = compose(SMALL, "annual-follow-up", "sv", year=2027, addressee=addressee)
    response = read_form(form.to_docx(), name="x.docx")
    assert response.by_question["LEV.name"].value == "Omsorg Alfa AB"
    assert response.by_question["LEV.contact"].value == "Text"
    assert response.respondent.parts == ("service",)
