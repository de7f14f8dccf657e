"""Fill, then read: whatever the answers, they come back as they were."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

import mutations as m
import program_mutations as p
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, selected
from procurement_equality import Selection, compose
from procurement_equality.answers.manifest import FormField, Manifest
from procurement_equality.answers.reading import read_form
from procurement_equality.answers.response import Response, Value

ALPHABET = st.characters(
    exclude_categories=("Cs", "Cc"), include_characters="\n\t&<>\"'=+-@😀שלוםåäö", exclude_characters="\ufffe\uffff"
)
SPECIAL = (
    '=HYPERLINK("x")', "&amp; <b>", "rad 1\nrad 2\n\nrad 4", " blanksteg ", "😀🏳️‍🌈", "שלום abc", "a\u0301\u200d",
    "x" * 9000, "-12", "@alla", "\ta\tb",
)  # fmt: skip
TEXTS = st.text(ALPHABET, min_size=1, max_size=40).map(lambda text: f"{text}.") | st.sampled_from(SPECIAL)
_NAMES = (
    "LEV.name", "LEV.headcount", "LEV.date", "INT.declaration", "INT.declaration.role", "STA-03.staff.employed.women",
    "STA-03.staff.spare1.label",
)  # fmt: skip


@cache
def small() -> Selection:
    """Give a selection with few requirements, so that many forms can be filled."""
    selection = selected(ROOT / "examples" / "hemtjanst-lov.yaml")
    kept = [clause for clause in selection.clauses if clause.requirement.id in ("STA-03", "BRU-02", "STY-01", "AKT-01")]
    return selection.model_copy(update={"clauses": tuple(kept)})


def _value(field: FormField) -> st.SearchStrategy[Value]:
    if field.options:
        return st.sampled_from(sorted(field.options))
    if field.type in ("declaration", "checkbox"):
        return st.just(True)
    if field.type == "date":
        return st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)).map(lambda date: date.isoformat())
    if field.type in ("number", "per-cent", "kronor"):
        return st.integers(-(10**9), 10**9) | st.integers(-(10**6), 10**6).map(lambda number: number / 100)
    return TEXTS


def _answers(manifest: Manifest) -> st.SearchStrategy[dict[str, Value]]:
    """Give answers for fields of every type, and for a few others."""
    fields = {name: field for name, field in manifest.fields.items() if name != "LEV.org_number"}
    strategies = {name: _value(field) for name, field in fields.items()}
    return st.fixed_dictionaries(
        {name: strategies[name] for name in _NAMES},
        optional={name: strategies[name] for name in [*fields][5:40:5] if name not in _NAMES},
    )


def _typed(value: Value) -> str | bool:
    """Give what one types for a value."""
    return (
        value if isinstance(value, bool) else str(value).replace(".", ",") if isinstance(value, float) else str(value)
    )


def _given(response: Response) -> dict[str, Value]:
    """Give what was answered, whatever its status, where a value was read."""
    return {answer.question: answer.value for answer in response.answers if answer.status != "empty"}


def _same(found: Mapping[str, Value], wanted: Mapping[str, Value]) -> bool:
    return {n: float(v) if type(v) is int else v for n, v in found.items()} == {
        n: float(v) if type(v) is int else v for n, v in wanted.items()
    }


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_we_fill_in_is_read(data: st.DataObject) -> None:
    """Values that a form is composed with come back the same, with nothing to look at."""
    manifest = compose(small(), "self-assessment").manifest
    assert manifest is not None
    answers = data.draw(_answers(manifest))
    response = read_form(compose(small(), "self-assessment", values=answers).to_docx(), name="svar.docx")
    assert _same(_given(response), answers)
    assert response.notes == ()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_word_fills_in_is_read(data: st.DataObject) -> None:
    """Answers that Word writes into the controls come back the same; without controls, none is silently wrong."""
    document = compose(small(), "self-assessment")
    assert document.manifest is not None
    answers = data.draw(_answers(document.manifest))
    filled = m.fill(document.to_docx(), {name: _typed(value) for name, value in answers.items()})
    assert _same(_given(read_form(filled, name="svar.docx")), answers)
    for change in (p.controls_stripped, lambda form: p.bookmarks_stripped(p.controls_stripped(form))):
        for answer in read_form(change(filled), name="svar.docx").answers:
            if not answer.needs_a_person and answer.status != "empty":
                assert str(answer.value).strip() == str(answers.get(answer.question)).strip() or _same(
                    {"": answer.value}, {"": answers.get(answer.question)}
                )


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_response_is_the_same_through_json(data: st.DataObject) -> None:
    """A response written as JSON and read again is the same response."""
    manifest = compose(small(), "self-assessment").manifest
    assert manifest is not None
    answers = data.draw(_answers(manifest))
    response = read_form(compose(small(), "self-assessment", values=answers).to_docx(), name="svar.docx")
    assert Response.model_validate_json(response.model_dump_json()) == response
