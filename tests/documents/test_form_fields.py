"""Form fields in Word: three anchors each, the right type, and exactly the selection's questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_parts import LANGUAGES, W14, W, Word, attribute, cell_texts, fold, required, text_of, write_template

from procurement_equality import Selection, compose
from procurement_equality.answers.manifest import bookmark_name
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.word.fields import Identifiers

TAG = st.text(st.sampled_from("ABab019_.-"), min_size=1, max_size=64)
TYPES = ("dropDownList", "date", "text")


@dataclass(frozen=True)
class Control:
    """A content control, read as a program would that does not know how it was written."""

    element: etree._Element

    def find(self, name: str) -> etree._Element | None:
        """Give one of the control's properties."""
        return self.element.find(f"{W}sdtPr/{W}{name}")

    @property
    def tag(self) -> str:
        """Give the tag."""
        return str(attribute(self.find("tag")))

    @property
    def type(self) -> str:
        """Give what kind of field it is."""
        if self.element.find(f"{W}sdtPr/{W14}checkbox") is not None:
            return "checkbox"
        [kind] = [name for name in TYPES if self.find(name) is not None]
        return "multiLine" if kind == "text" and is_on_attribute(self.find("text")) else kind

    @property
    def items(self) -> list[tuple[str | None, str | None]]:
        """Give the alternatives of a drop-down list: value and text."""
        return [(attribute(i, "value"), attribute(i, "displayText")) for i in self.element.iter(f"{W}listItem")]

    @property
    def content(self) -> str:
        """Give what stands in the field."""
        return text_of(required(self.element.find(f"{W}sdtContent")))

    @property
    def row(self) -> etree._Element:
        """Give the table row that the field stands in."""
        return next(self.element.iterancestors(f"{W}tr"))


def is_on_attribute(element: etree._Element | None) -> bool:
    """Say whether `w:multiLine` is on."""
    return attribute(element, "multiLine") == "1"


@pytest.fixture(scope="module", params=LANGUAGES)
def form(request: pytest.FixtureRequest, selection: Selection) -> Word:
    """Give each example's self-assessment form in each language in turn."""
    return Word(compose(selection, "self-assessment", request.param), selection)


def controls(word: Word) -> list[Control]:
    """Give every content control of the body."""
    return [Control(element) for element in word.body.iter(f"{W}sdt")]


# --- what a form must ask, said from the selection and not from the template --------------------------------

_FIXED = {
    "LEV.name": "text", "LEV.org_number": "text", "LEV.contact_role": "text", "LEV.contact": "text",
    "LEV.headcount": "text", "LEV.date": "date", "INT.declaration": "checkbox", "INT.declaration.person": "text",
    "INT.declaration.role": "text", "INT.declaration.date": "date",
}  # fmt: skip


def expected_fields(selection: Selection) -> dict[str, str]:
    """Give the tag and type of every field that the form of a selection has."""
    fields = dict(_FIXED)
    fields.update({f"LEV.part.{part.key}": "checkbox" for part in selection.procurement.parts})
    for clause in selection.clauses:
        for question in clause.requirement.questions:
            fields.update(question_fields(selection, f"{clause.requirement.id}.{question.key}", question))
    return fields


def question_fields(selection: Selection, name: str, question: Question) -> Iterator[tuple[str, str]]:
    """Yield the tag and type of each field of a question."""
    if question.type == "table":
        table = selection.catalogue.tables[str(question.table)]
        spare = [f"spare{number}" for number in range(1, table.spare_rows + 1)]
        for row in [*(row.key for row in table.rows), *spare]:
            if row in spare:
                yield f"{name}.{row}.label", "text"
            for column in table.columns:
                yield f"{name}.{row}.{column.key}", "date" if column.type == "date" else "text"
        if table.comment:
            yield f"{name}.comment", "multiLine"
        return
    kinds = {
        "yes-no": "dropDownList", "yes-no-partly": "dropDownList", "choice": "dropDownList", "date": "date",
        "text": "multiLine", "declaration": "checkbox",
    }  # fmt: skip
    yield name, kinds.get(question.type, "text")
    if question.type == "yes-no-partly":
        yield f"{name}.reason", "multiLine"
    if question.type == "declaration":
        yield from ((f"{name}.person", "text"), (f"{name}.role", "text"), (f"{name}.date", "date"))


def test_the_forms_questions_are_the_selections(form: Word) -> None:
    """The form has a field for each question of the selection, of the right type, and no other field."""
    found = [(control.tag, control.type) for control in controls(form)]
    assert len(found) == len(dict(found))
    assert dict(found) == expected_fields(form.selection)


def test_fields_follow_their_clause(form: Word) -> None:
    """A clause's fields stand after its heading and before the next, in the order of its questions."""
    order = [control.tag for control in controls(form)]
    topics = list(form.selection.catalogue.head.topics)
    clauses = sorted(form.selection.clauses, key=lambda clause: topics.index(clause.requirement.topic))
    expected = [
        f"{clause.requirement.id}.{question.key}"
        for clause in clauses
        for question in sorted(clause.requirement.questions, key=lambda question: question.type == "table")
    ]
    seen = dict.fromkeys(".".join(tag.split(".")[:2]) for tag in order if not tag.startswith(("LEV.", "INT.")))
    assert list(seen) == expected


# --- three anchors ------------------------------------------------------------------------------------------


def test_tag_and_alias(form: Word) -> None:
    """The first anchor: a tag of at most 64 characters, and an alias of its own that begins with the tag."""
    found = controls(form)
    aliases = [str(attribute(control.find("alias"))) for control in found]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", control.tag) for control in found)
    assert all(alias.startswith(f"{control.tag} ") for control, alias in zip(found, aliases, strict=True))
    assert len(set(aliases)) == len(aliases)
    assert max(map(len, aliases)) <= 64


def bookmarks(row: etree._Element) -> dict[str, str]:
    """Give the bookmarks of a row with the text that each stands around."""
    found = {}
    for start in row.iter(f"{W}bookmarkStart"):
        pieces = []
        for sibling in start.itersiblings():
            if sibling.tag == f"{W}bookmarkEnd" and attribute(sibling, "id") == attribute(start, "id"):
                break
            pieces.append(text_of(sibling))
        found[str(attribute(start, "name"))] = "".join(pieces)
    return found


def test_bookmark_and_visible_id(form: Word) -> None:
    """The second and third anchor: in the field's row, a bookmark with the derived name around the visible id."""
    tables = {
        f"{clause.requirement.id}.{question.key}"
        for clause in form.selection.clauses
        for question in clause.requirement.questions
        if question.type == "table"
    }
    for control in controls(form):
        in_table = ".".join(control.tag.split(".")[:2]) in tables
        own_row = not in_table or control.tag.endswith(".comment")
        name = control.tag if own_row else control.tag.rpartition(".")[0]
        visible = bookmarks(control.row)[bookmark_name(name)]
        assert visible.replace("\u2011", "-") == f"[{name}]"
        assert "-" not in visible
        assert len(bookmarks(control.row)) == 1


def test_bookmark_names_are_words_own(form: Word) -> None:
    """Every bookmark has a name that Word takes: at most 40 ASCII letters, digits and underscores."""
    names = [str(attribute(mark, "name")) for mark in form.body.iter(f"{W}bookmarkStart")]
    assert names
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)


def test_every_table_row_has_its_id_in_the_first_cell(form: Word) -> None:
    """Each row with a field has its id in the first cell, where a reader of paper looks for it."""
    for control in controls(form):
        assert re.search(r"\[[A-Z]{2,5}[\u2011.][\w.\u2011]+\]", cell_texts(control.row)[0])


@settings(deadline=None, max_examples=200)
@given(tags=st.lists(TAG, unique=True, max_size=30))
def test_names_never_collide(tags: list[str]) -> None:
    """Whatever tags a form has, no two controls share an id and no two bookmarks a name, in either case of letters."""
    identifiers = Identifiers()
    numbers = [identifiers.control(tag) for tag in tags]
    names = [identifiers.bookmark_name(tag) for tag in tags]
    assert len(set(numbers)) == len(tags)
    assert all(0 < number <= 0x7FFFFFFF for number in numbers)
    assert all(re.fullmatch(r"PE_[A-Za-z0-9_]{1,37}", name) for name in names)
    assert len({name.lower() for name in names}) == len(tags)


@settings(deadline=None, max_examples=200)
@given(tag=TAG)
def test_bookmark_name_follows_from_the_tag(tag: str) -> None:
    """A bookmark's name follows from the tag alone, so that a reader can work it out."""
    assert Identifiers().bookmark_name(tag) == bookmark_name(tag)
    assert Identifiers().control(tag) == Identifiers().control(tag)


# --- how a field is made ------------------------------------------------------------------------------------


def test_controls_stand_in_runs(form: Word) -> None:
    """Every control of a form is a child of a paragraph: at other levels LibreOffice loses it."""
    assert {required(control.element.getparent()).tag for control in controls(form)} == {f"{W}p"}
    for control in controls(form):
        assert {child.tag for child in required(control.element.find(f"{W}sdtContent"))} == {f"{W}r"}


def test_one_control_in_a_cell(form: Word) -> None:
    """No cell has two fields."""
    cells = [next(control.element.iterancestors(f"{W}tc")) for control in controls(form)]
    assert len({form.body.getroottree().getpath(cell) for cell in cells}) == len(cells)


def test_controls_are_locked(form: Word) -> None:
    """No control can be deleted by mistake; each can be filled in."""
    assert {attribute(control.find("lock")) for control in controls(form)} == {"sdtLocked"}


def test_nothing_is_bound_to_data(form: Word) -> None:
    """No control is bound to an XML part, since LibreOffice empties or mixes up what is bound."""
    assert list(form.body.iter(f"{W}dataBinding")) == []
    assert [name for name in form.parts if "customXml" in name] == []


def test_placeholders(form: Word) -> None:
    """An empty field shows its placeholder, marked as such, in the document's language; a checkbox its empty box."""
    words = form.document.labels
    placeholders = {
        "dropDownList": {words["choose"]},
        "date": {words["pick_date"]},
        "multiLine": {words["write_here"]},
        "text": {words["write_here"], words["number_here"]},
        "checkbox": {"\u2610"},
    }
    for control in controls(form):
        assert control.content in placeholders[control.type]
        assert (control.find("showingPlcHdr") is not None) == (control.type != "checkbox")
        style = attribute(control.element.find(f"{W}sdtContent/{W}r/{W}rPr/{W}rStyle"))
        assert style == (None if control.type == "checkbox" else "PlaceholderText")


def test_number_fields_ask_for_a_number(form: Word) -> None:
    """A field for a number says so, and a field for words does not."""
    numbers = {"LEV.headcount"}
    for clause in form.selection.clauses:
        for question in clause.requirement.questions:
            if question.type in ("number", "per-cent", "kronor"):
                numbers.add(f"{clause.requirement.id}.{question.key}")
            if question.table:
                table = form.selection.catalogue.tables[question.table]
                rows = [*(row.key for row in table.rows), *(f"spare{n}" for n in range(1, table.spare_rows + 1))]
                for column in table.columns:
                    if column.type in ("number", "per-cent"):
                        numbers |= {f"{clause.requirement.id}.{question.key}.{row}.{column.key}" for row in rows}
    asked = {c.tag for c in controls(form) if c.content == form.document.labels["number_here"]}
    assert asked == numbers


def test_drop_downs_have_their_alternatives(form: Word) -> None:
    """A drop-down list has the alternatives of its question, with stable values and words in the language."""
    language = form.document.language
    yes_no = [("yes", {"sv": "Ja", "en": "Yes"}[language]), ("no", {"sv": "Nej", "en": "No"}[language])]
    more = {
        "sv": [("partly", "Delvis"), ("not-applicable", "Ej tillämpligt")],
        "en": [("partly", "Partly"), ("not-applicable", "Not applicable")],
    }
    found = {control.tag: control.items for control in controls(form) if control.type == "dropDownList"}
    for clause in form.selection.clauses:
        for question in clause.requirement.questions:
            expected = {
                "yes-no": yes_no,
                "yes-no-partly": yes_no + more[language],
                "choice": [(key, text[language]) for key, text in question.options.items()],
            }.get(question.type)
            assert found.pop(f"{clause.requirement.id}.{question.key}", None) == expected
    assert found == {}


def test_dates_are_iso(form: Word) -> None:
    """A date is stored as a date, written year-month-day."""
    dates = [required(control.find("date")) for control in controls(form) if control.type == "date"]
    assert dates
    assert {attribute(date.find(f"{W}dateFormat")) for date in dates} == {"yyyy-MM-dd"}
    assert {attribute(date.find(f"{W}storeMappedDataAs")) for date in dates} == {"date"}


def test_checkboxes_begin_unticked(form: Word) -> None:
    """A checkbox is unticked, in its state and in its sign."""
    boxes = [control for control in controls(form) if control.type == "checkbox"]
    assert boxes
    for control in boxes:
        state = required(control.element.find(f".//{W14}checked"))
        assert (state.get(f"{W14}val"), control.content) == ("0", "\u2610")


# --- protection ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "protected", "expected"),
    [
        ("self-assessment", None, ["forms"]),
        ("self-assessment", True, ["forms"]),
        ("self-assessment", False, []),
        ("tender-section", None, []),
        ("tender-section", True, []),
    ],
)
def test_protection(home_care: Selection, template: str, protected: bool | None, expected: list[str]) -> None:
    """A form is protected without a password unless one asks for none; a document without fields never is."""
    document = compose(home_care, template) if protected is None else compose(home_care, template, protected=protected)
    found = list(Word(document, home_care).parts["word/settings.xml"].iter(f"{W}documentProtection"))
    assert [attribute(item, "edit") for item in found] == expected
    assert all(attribute(item, "enforcement") == "1" for item in found)
    assert all(set(item.keys()) == {f"{W}edit", f"{W}enforcement"} for item in found)


# --- what stands beside the fields --------------------------------------------------------------------------


def test_headcount_questions_say_from_how_many(form: Word) -> None:
    """A question that only larger suppliers answer says from how many employees, tables too."""
    language, checked = form.document.language, 0
    rows = {control.tag: control.row for control in controls(form)}
    texts = [text_of(block) for block in form.body]
    for clause in form.selection.clauses:
        for question in clause.requirement.questions:
            rule = form.selection.headcount.get(question.headcount or "")
            if rule is None:
                continue
            checked += 1
            name = f"{clause.requirement.id}.{question.key}"
            if question.type == "table":
                start = next(i for i, text in enumerate(texts) if f"[{name}]" in text.replace("\u2011", "-"))
                said = " ".join(texts[start : start + 2])
            else:
                said = cell_texts(rows[name])[0]
            assert str(rule.at_least) in said.replace(question.text[language], "").replace(name, ""), name
            assert rule.counted[language] in said, name
            if rule.at_most is not None:
                assert str(rule.at_most) in said, name
    if form.selection.procurement.supplier_headcount is None:
        assert checked


def test_questions_stand_beside_their_fields(form: Word) -> None:
    """The first cell of a question's row begins with the question, and says what helps to answer it."""
    language = form.document.language
    rows = {control.tag: control.row for control in controls(form)}
    for clause in form.selection.clauses:
        for question in clause.requirement.questions:
            if question.type != "table":
                label = cell_texts(rows[f"{clause.requirement.id}.{question.key}"])[0]
                assert label.startswith(fold(question.text[language]))
                assert question.help is None or fold(question.help[language]) in label


def test_table_questions_have_their_rows_and_columns(form: Word) -> None:
    """A table question has a header for each column and a row for each row of the catalogue's table."""
    language = form.document.language
    rows = {control.tag: control.row for control in controls(form)}
    for clause in form.selection.clauses:
        for question in clause.requirement.questions:
            if question.table is None:
                continue
            table = form.selection.catalogue.tables[question.table]
            name, first = f"{clause.requirement.id}.{question.key}", table.columns[0].key
            keys = [*(row.key for row in table.rows), *(f"spare{n}" for n in range(1, table.spare_rows + 1))]
            element = required(rows[f"{name}.{keys[0]}.{first}"].getparent())
            header, *lines = element.findall(f"{W}tr")
            assert cell_texts(header) == [table.row_heading[language], *(c.label[language] for c in table.columns)]
            assert len(lines) == len(keys)
            for row in table.rows:
                assert cell_texts(rows[f"{name}.{row.key}.{first}"])[0].startswith(row.label[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_tags_keep_their_anchors(tmp_path: Path, home_care: Selection, language: Language) -> None:
    """A tag of 64 characters has its three anchors too: the bookmark's name is cut and stays its own."""
    tags = [f"AKT-01.{'x' * 55}.{number}" for number in range(1, 3)]
    body = "".join(
        f'<p><label for="{tag}">Fråga <span class="visible-id">[{tag}]</span></label> '
        f'<input type="text" name="{tag}" title="Fråga"/></p>'
        for tag in tags
    )
    word = Word(compose(home_care, write_template(tmp_path, body), language), home_care)
    assert [control.tag for control in controls(word)] == tags
    found = bookmarks(word.body[0]) | bookmarks(word.body[1])
    assert {name: text.replace("\u2011", "-") for name, text in found.items()} == {
        bookmark_name(tag): f"[{tag}]" for tag in tags
    }
    aliases = [attribute(control.find("alias")) for control in controls(word)]
    assert len(set(aliases)) == 2
