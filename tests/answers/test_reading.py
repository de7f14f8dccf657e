"""The reader on Word files that people and programs have changed: each change with the status it must give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import mutations as m
import program_mutations as p
import pytest

from procurement_equality import Selection, compose
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.reading import read_form, read_with_manifest
from procurement_equality.answers.response import Answer, Response, Value
from procurement_equality.findings import FormError

DATE, TICK = "LEV.date", "INT.declaration"


@dataclass(frozen=True)
class Form:
    """A filled form: its bytes, what was filled in, and its manifest."""

    data: bytes
    without_text: bytes
    """The same with the field `text` untouched."""
    manifest: Manifest
    filled: Mapping[str, str | bool]
    text: str
    other: str
    choice: str
    number: str
    cell: str

    def answer(self, data: bytes, tag: str) -> Answer:
        """Read a changed file and give one answer."""
        return read_form(data, name="svar.docx").by_question[tag]


def _answers(manifest: Manifest) -> dict[str, str | bool]:
    filled: dict[str, str | bool] = {}
    for number, (name, field) in enumerate(manifest.fields.items()):
        if field.options:
            filled[name] = list(field.options)[number % len(field.options)]
        elif field.type in ("declaration", "checkbox"):
            filled[name] = True
        elif field.type == "date":
            filled[name] = "2026-05-17"
        elif field.type in ("number", "per-cent", "kronor"):
            filled[name] = str(number)
        else:
            filled[name] = f"Svar nummer {number}: åäö & <b>"
    return {**filled, "LEV.org_number": "559900-0006"}


@pytest.fixture(scope="module")
def form(home_care: Selection) -> Form:
    """Give a form in which every field is filled in as Word would save it."""
    document = compose(home_care, "self-assessment")
    assert document.manifest is not None
    fields = document.manifest.fields
    texts = [
        name for name, field in fields.items() if field.type == "text" and name.count(".") == 1 and "LEV" not in name
    ]
    choices = [name for name, field in fields.items() if field.type == "yes-no-partly"]
    cells = [name for name, field in fields.items() if field.type == "number" and name.count(".") == 3]
    numbers = [
        name for name, field in fields.items() if field.type == "number" and name.count(".") == 1 and "LEV" not in name
    ]
    filled = _answers(document.manifest)
    data = document.to_docx()
    return Form(
        m.fill(data, filled),
        m.fill(data, {name: value for name, value in filled.items() if name != texts[0]}),
        document.manifest,
        filled,
        texts[0],
        texts[1],
        choices[0],
        numbers[0],
        cells[0],
    )


def expected(form: Form, name: str) -> object:
    """Give the value that a filled field must be read as."""
    kind, filled = form.manifest.fields[name].type, form.filled[name]
    return int(str(filled)) if kind in ("number", "per-cent", "kronor") else filled


def silently_wrong(form: Form, response: Response) -> list[Answer]:
    """Give the answers that are told as right and are not what was filled in."""
    return [a for a in response.answers if not a.needs_a_person and a.value != expected(form, a.question)]


def test_a_form_as_word_saves_it_is_read_whole(form: Form) -> None:
    """Every answer is found by its tag and has the value that was filled in."""
    response, manifest = read_with_manifest(form.data, name="svar.docx")
    assert manifest == form.manifest
    assert {answer.status for answer in response.answers} == {"ok"}
    assert {answer.source for answer in response.answers} == {"tag"}
    assert silently_wrong(form, response) == []
    assert response.notes == ()
    assert response.respondent.org_number == "559900-0006"
    assert [answer.question for answer in response.answers] == list(form.manifest.fields)


def test_an_untouched_form_is_empty(home_care: Selection) -> None:
    """A form that nobody has filled in has no answers and nothing to look at."""
    response = read_form(compose(home_care, "self-assessment").to_docx(), name="tomt.docx")
    assert {answer.status for answer in response.answers} == {"empty"}
    assert response.notes == ()


# --- anchors that are gone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sources"),
    [
        (lambda data: p.tag_removed(data), {"id"}),
        (lambda data: p.tag_and_id_removed(data), {"alias"}),
        (lambda data: p.tag_id_and_alias_removed(data), {"bookmark"}),
        (lambda data: p.bookmarks_stripped(p.tag_id_and_alias_removed(data)), {"visible-id"}),
        (lambda data: p.controls_stripped(data), {"bookmark"}),
        (lambda data: p.bookmarks_stripped(p.controls_stripped(data)), {"visible-id"}),
        (lambda data: p.hyphens_normalised(p.bookmarks_stripped(p.controls_stripped(data))), {"visible-id"}),
        (lambda data: p.soft_hyphens(p.bookmarks_stripped(p.controls_stripped(data))), {"visible-id"}),
        (lambda data: p.hyphens_as_elements(p.bookmarks_stripped(p.controls_stripped(data))), {"visible-id"}),
        (lambda data: p.runs_split(p.bookmarks_stripped(p.controls_stripped(data))), {"visible-id"}),
    ],
    ids=[
        "tags", "tags and ids", "tags, ids and aliases", "all but the printed id", "controls", "controls and bookmarks",
        "plain hyphens", "soft hyphens", "hyphens as elements", "torn runs",
    ],
)  # fmt: skip
def test_answers_are_recovered_by_what_is_left(form: Form, change: Callable[[bytes], bytes], sources: set[str]) -> None:
    """Whatever anchors are gone, every answer is found by the next one, with its value, and the file's notes say so."""
    response = read_form(change(form.data), name="svar.docx")
    assert {answer.status for answer in response.answers} == {"recovered"}
    assert {str(answer.source) for answer in response.answers} == sources
    assert silently_wrong(form, response) == []
    assert [note.code for note in response.notes] == ["note.recovered"]


def test_no_anchor_at_all_is_missing(form: Form) -> None:
    """A row that is gone leaves its answer missing; the others are untouched."""
    response = read_form(m.row_deleted(form.data, form.text), name="svar.docx")
    assert response.by_question[form.text].status == "missing"
    assert [answer.question for answer in response.answers if answer.status != "ok"] == [form.text]


def test_a_row_deleted_with_tracked_changes_is_missing(form: Form) -> None:
    """A row that tracked changes take away is read as gone."""
    answer = form.answer(m.row_deleted(form.data, form.text, tracked=True), form.text)
    assert (answer.status, answer.value) == ("missing", None)


# --- answers that people have put elsewhere ------------------------------------------------------------------------


CHANGES: list[tuple[str, Callable[[Form], tuple[bytes, str]], str]] = [
    ("text beside the control", lambda f: (m.text_beside_control(f.data, f.text, "och mer"), f.text), "outside"),
    ("text before the control", lambda f: (m.text_beside_control(f.data, f.text, "a", before=True), f.text), "outside"),
    ("a paragraph more", lambda f: (m.text_beside_control(f.data, f.text, "b", own_paragraph=True), f.text), "outside"),
    ("text beside a number", lambda f: (m.text_beside_control(f.data, f.number, "ungefär"), f.number), "outside"),
    ("text beside a choice", lambda f: (m.text_beside_control(f.data, f.choice, "ibland"), f.choice), "outside"),
    ("text beside a tick", lambda f: (m.text_beside_control(f.data, TICK, "med förbehåll"), TICK), "outside"),
    ("control deleted, text typed", lambda f: (m.control_deleted(f.data, f.text, "Nytt svar"), f.text), "recovered"),
    ("control deleted", lambda f: (m.control_deleted(f.data, f.text), f.text), "empty"),
    ("row copied", lambda f: (m.row_copied(f.data, f.text, "Ett annat svar"), f.text), "conflict"),
    ("row copied exactly", lambda f: (m.row_copied(f.data, f.text, "Annat", as_word_does=False), f.text), "conflict"),
    ("pasted behind", lambda f: (m.paste_into_cell(f.data, f.text, ["Ett", "Två"], [["a", "b"]]), f.text), "outside"),
    ("half a placeholder", lambda f: (m.placeholder_half_overwritten(f.without_text, f.text, "Ja"), f.text), "suspect"),
    ("free text in a choice", lambda f: (m.free_text_in_dropdown(f.data, f.choice, "Ibland"), f.choice), "invalid"),
    ("free text in a date", lambda f: (m.free_text_in_date(f.data, DATE, "i våras"), DATE), "invalid"),
    ("two dates", lambda f: (m.free_text_in_date(f.data, DATE, "2026-05-18", "2026-05-17"), DATE), "conflict"),
    ("tick and sign", lambda f: (m.checkbox_disagrees(f.data, TICK, checked=True), TICK), "conflict"),
    ("sign and no tick", lambda f: (m.checkbox_disagrees(f.data, TICK, checked=False), TICK), "conflict"),
    ("words instead of a tick", lambda f: (m.checkbox_overwritten(f.data, TICK, "Nja"), TICK), "invalid"),
    ("answers swapped", lambda f: (m.answers_swapped(f.data, f.text, f.other), f.text), "conflict"),
    ("tags swapped", lambda f: (m.tags_swapped(f.data, f.text, f.other), f.text), "conflict"),
    ("a tag twice", lambda f: (m.duplicate_tag(f.data, f.text, f.other), f.text), "conflict"),
    ("a tag taken by another", lambda f: (m.duplicate_tag(f.data, f.text, f.other), f.other), "conflict"),
    ("rows reordered", lambda f: (m.rows_reordered(f.data, f.text), f.text), "ok"),
    ("table rows reordered", lambda f: (m.rows_reordered(f.data, f.cell), f.cell), "ok"),
    ("table moved", lambda f: (m.table_moved(f.data, f.text), f.text), "ok"),
    ("table in two", lambda f: (m.table_in_two(f.data, f.text), f.text), "ok"),
    ("printed id deleted", lambda f: (m.visible_id_deleted(f.data, f.text), f.text), "ok"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "status"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_what_people_do_gives_its_status(form: Form, change: Callable[[Form], tuple[bytes, str]], status: str) -> None:
    """Each change of a form gives the status that it should, and no other answer becomes silently wrong."""
    data, tag = change(form)
    response = read_form(data, name="svar.docx")
    assert response.by_question[tag].status == status
    assert [a.question for a in silently_wrong(form, response) if a.question != tag] == []


def test_a_piece_of_the_placeholder_is_seen_without_its_mark(form: Form) -> None:
    """Words of the placeholder that are left in an answer make it doubtful; all of them alone are no answer."""
    piece = m.fill(form.data, {form.text: "Ja, vi haret här."})
    assert form.answer(piece, form.text).status == "suspect"
    assert form.answer(m.placeholder_kept_as_text(form.without_text, form.text), form.text).status == "empty"


def test_what_stands_beside_is_shown(form: Form) -> None:
    """Text beside a control is shown with the answer, and said in a note."""
    answer = form.answer(m.text_beside_control(form.data, form.text, "och mer"), form.text)
    assert answer.value == form.filled[form.text]
    assert answer.typed.endswith("och mer")
    assert [note.code for note in answer.notes] == ["note.beside"]


def test_a_conflict_has_no_value(form: Form) -> None:
    """Where two places disagree there is no value, and both are shown."""
    answer = form.answer(m.row_copied(form.data, form.text, "Ett annat svar"), form.text)
    assert answer.value is None
    assert "Ett annat svar" in answer.typed
    assert str(form.filled[form.text]) in answer.typed


def test_a_control_typed_into_after_it_was_deleted_is_read(form: Form) -> None:
    """Text that stands where a control was is the answer."""
    assert form.answer(m.control_deleted(form.data, form.text, "Nytt svar"), form.text).value == "Nytt svar"
    assert form.answer(m.control_deleted(form.data, form.number, "1 234,5"), form.number).value == 1234.5


def test_pasted_instead_of_the_control_is_read_as_text(form: Form) -> None:
    """Paragraphs pasted over a control are the answer, line by line."""
    answer = form.answer(m.paste_into_cell(form.data, form.text, ["Ett", "Två"], instead=True), form.text)
    assert (answer.status, answer.value) == ("recovered", "Ett\nTvå")


def test_text_that_belongs_to_no_answer_is_listed(form: Form) -> None:
    """What is typed between the tables, or in a label, is told of with its words."""
    response = read_form(m.paragraph_typed_between(form.data, form.text, "Vi återkommer."), name="svar.docx")
    assert [(note.code, note.data["text"]) for note in response.notes] == [("note.loose-text", "Vi återkommer.")]
    response = read_form(m.label_changed(form.data, form.text, "NEJ! "), name="svar.docx")
    assert [note.code for note in response.notes] == ["note.loose-text"]
    assert "NEJ!" in response.notes[0].data["text"]


# --- tracked changes, levels, and how programs write ---------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted(form: Form) -> None:
    """Inserted text is the answer, deleted and moved-away text is not."""
    assert form.answer(p.answer_tracked(form.data, form.text, "Gammalt", "Nytt"), form.text).value == "Nytt"
    assert form.answer(p.half_deleted(form.data, form.text, "Kvar", " borta"), form.text).value == "Kvar"
    moved = p.answer_moved(form.data, form.text, form.other, "Flyttat")
    assert form.answer(moved, form.text).status == "empty"
    assert form.answer(moved, form.other).value == "Flyttat"


@pytest.mark.parametrize("level", ["paragraph", "block", "cell", "row", "table", "body"])
def test_controls_at_every_level(form: Form, level: p.Level) -> None:
    """A foreign control around the paragraph, cell, row, table or tables hides no answer."""
    response = read_form(p.wrapped(form.data, form.text, level), name="svar.docx")
    assert response.by_question[form.text].value == form.filled[form.text]
    assert silently_wrong(form, response) == []


@pytest.mark.parametrize("level", ["block", "cell"])
def test_the_fields_own_control_around_more(form: Form, level: p.Level) -> None:
    """A field's own control may hold the paragraph or the cell instead of a line."""
    answer = form.answer(p.at_level(form.data, form.text, level), form.text)
    assert (answer.status, answer.value) == ("ok", form.filled[form.text])


@pytest.mark.parametrize("level", ["row", "table", "body"])
def test_the_fields_own_control_around_its_label_is_no_silent_answer(form: Form, level: p.Level) -> None:
    """A field's own control around row or tables takes the label in: a person must look."""
    response = read_form(p.at_level(form.data, form.text, level), name="svar.docx")
    answer = response.by_question[form.text]
    assert answer.needs_a_person or answer.value == form.filled[form.text]
    assert silently_wrong(form, response) == []


def test_words_own_noise_changes_nothing(form: Form) -> None:
    """Torn runs, proofing marks, smart tags, links, field codes and alternatives leave the answer as it is."""
    torn = read_form(p.runs_split(form.data), name="svar.docx")
    assert {answer.status for answer in torn.answers} == {"ok"}
    assert silently_wrong(form, torn) == []
    for change in (p.smart_tag, p.hyperlink, p.field_code, p.alternate_content):
        assert form.answer(change(form.data, form.text, "Svaret"), form.text).value == "Svaret"
    assert form.answer(p.emoji_as_word_writes(form.data, form.text, "Bra ", "😀"), form.text).value == "Bra 😀"
    assert form.answer(p.comment_in_cell(form.data, form.text, "hm"), form.text).value == form.filled[form.text]
    assert form.answer(p.footnote(form.data, form.text, "se not"), form.text).value == form.filled[form.text]


# --- which form it is ------------------------------------------------------------------------------------------------


def test_a_form_without_properties_is_read_by_its_footer(form: Form) -> None:
    """Where the manifest is gone, the footer says which one is meant, among those that were sent."""
    data = p.properties_stripped(form.data)
    with pytest.raises(FormError) as error:
        read_form(data, name="svar.docx")
    assert [finding.code for finding in error.value.findings] == ["form.no-manifest"]
    response = read_form(data, {form.manifest.digest: form.manifest}, "svar.docx")
    assert silently_wrong(form, response) == []
    assert [note.code for note in response.notes] == ["note.manifest-from-footer"]


def test_a_changed_manifest_is_refused(form: Form) -> None:
    """A manifest whose digest is another is not believed."""
    data = p.property_changed(form.data, "pe-manifest-002", lambda text: text[::-1])
    with pytest.raises(FormError) as error:
        read_form(data, name="svar.docx")
    assert [finding.code for finding in error.value.findings] == ["form.manifest-damaged"]


def test_another_document_is_no_form(home_care: Selection) -> None:
    """A Word file that is none of our forms is refused with a sentence."""
    with pytest.raises(FormError) as error:
        read_form(compose(home_care, "tender-section").to_docx(), name="krav.docx")
    assert [finding.code for finding in error.value.findings] == ["form.not-a-form"]


def test_an_identity_number_is_not_kept(form: Form, home_care: Selection) -> None:
    """A sole trader's personal identity number is recognised and not kept in the response."""
    data = m.fill(form.data, {"LEV.org_number": "811218-9876"})
    response = read_form(data, name="svar.docx")
    assert "811218" not in response.model_dump_json()
    assert response.respondent.org_number is None
    assert [n.code for n in response.by_question["LEV.org_number"].notes] == ["note.identity-number"]


def test_values_filled_in_beforehand_are_read(home_care: Selection, tmp_path: Path) -> None:
    """A form that begins with values gives them back when it is read, whatever their type."""
    values: dict[str, Value] = {
        "LEV.name": "Omsorg Alfa & Co <AB>",
        "LEV.headcount": 1234,
        "LEV.date": "2026-05-17",
        "LEV.part.service": True,
    }
    path = tmp_path / "svar.docx"
    compose(home_care, "self-assessment", values=values).save(path)
    found = {answer.question: answer.value for answer in read_form(path).answers if answer.status != "empty"}
    assert found == values
