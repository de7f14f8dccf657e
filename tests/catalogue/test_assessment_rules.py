"""What answers show, as the catalogue says it: every question looked at, every limit in its clause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from catalogue_folder import AKT_05, BRU_01, BRU_02, CatalogueFolder

from catalogue_versions import declared, edited, requirement, snapshot
from layer_folder import LayerFolder, laid, report
from procurement_equality import Catalogue, Requirement
from procurement_equality.catalogue.comparison import compare
from procurement_equality.catalogue.limit import STATES
from procurement_equality.catalogue.references import PLACEHOLDER
from procurement_equality.catalogue.requirement import Question

NUMBERS = ("number", "per-cent", "kronor", "date")
JUDGING = ("yes-no", "yes-no-partly", "declaration")

BY_DEFAULT = Path(__file__).with_name("questions_by_default.txt")
"""The questions that someone has looked at, and for which the default of `assessment.yaml` is right."""

WORDS_FOR_NONE = re.compile(
    r"^(Tar ni (?!emot och besvarar)|Har ni minst|Begär ni|Kräver ni|Ingår det|Använder|Lämnar ni digitala)"
)
"""How a question begins that asks whether the requirement concerns the supplier at all."""

SPELLED = {2: "minst ett led före", 4: "fyra", 6: "sex delar"}
"""Numbers that clauses spell out."""


def questions(catalogue: Catalogue) -> list[tuple[Requirement, Question]]:
    """Give every question with its requirement."""
    return [(r, question) for r in catalogue.requirements.values() for question in r.questions]


def default_questions(catalogue: Catalogue) -> list[str]:
    """Give the closed questions whose answers show what `assessment.yaml` says, with their words."""
    return [
        f"{r.id}.{q.key} {q.type}: {q.text.sv}" for r, q in questions(catalogue) if q.type in JUDGING and not q.shows
    ]


def test_every_question_that_follows_the_default_has_been_looked_at(catalogue: Catalogue) -> None:
    """A question that is new or worded anew is looked at: is yes good, and is it about what the clause demands.

    Where it is, add the line to the file. Where it is not, give the question `shows`.
    """
    known = BY_DEFAULT.read_text(encoding="utf-8").splitlines()
    assert default_questions(catalogue) == known, f"look at each line that differs, then mend {BY_DEFAULT.name}"


def test_no_question_that_follows_the_default_asks_whether_the_requirement_applies(catalogue: Catalogue) -> None:
    """A gate says what its answers show, since a no to it is no shortcoming."""
    assert [line for line in default_questions(catalogue) if WORDS_FOR_NONE.match(line.partition(": ")[2])] == []


def test_every_choice_says_what_each_option_shows(catalogue: Catalogue) -> None:
    """A choice has no default, so every one of its options is named."""
    choices = {f"{r.id}.{q.key}": q for r, q in questions(catalogue) if q.type == "choice"}
    assert len(choices) >= 12
    assert {name: set(q.shows) for name, q in choices.items()} == {name: set(q.options) for name, q in choices.items()}


def test_a_gate_leaves_the_rest_to_those_it_concerns(catalogue: Catalogue) -> None:
    """Where one answer shows that the requirement does not apply, the other shows nothing of fulfilment."""
    gates = [(r, q) for r, q in questions(catalogue) if "not-applicable" in q.shows.values()]
    assert len(gates) >= 8
    for r, gate in gates:
        assert dict(gate.shows) == {"yes": "nothing", "no": "not-applicable"}, r.id
        assert len(r.questions) > 1, r.id


def test_every_limit_stands_in_a_clause(catalogue: Catalogue) -> None:
    """A limit is what a clause says: its parameter or its number is in the text of a kind that it counts for."""
    found = 0
    for r, question in questions(catalogue):
        if question.limit is None:
            continue
        key, value = question.limit.bound
        kinds = [v for v in r.variants if not question.limit.kinds or v.kind in question.limit.kinds]
        texts = [variant.text.sv for variant in kinds]
        assert texts, r.id
        if isinstance(value, str) and key not in ("all_of", "reaches"):
            assert any(value in PLACEHOLDER.findall(text) for text in texts), f"{r.id}.{question.key}"
        elif isinstance(value, int) and key in ("at_least", "all") and value != 100:
            said = (str(value), SPELLED.get(value, "?"))
            assert all(any(word in text for word in said) for text in texts), f"{r.id}.{question.key}"
        found += 1
    assert found >= 80


def test_only_all_and_none_are_limits_without_words_in_the_clause(catalogue: Catalogue) -> None:
    """Besides parameters and numbers of the clause, a limit is all of what it counts (100 per cent), or none (0)."""
    for r, question in questions(catalogue):
        if question.limit is not None and isinstance(question.limit.bound[1], int):
            key, value = question.limit.bound
            allowed = [("all", 100), ("all", 4), ("all", 6), ("at_most", 0), ("at_least", 30), ("at_least", 2)]
            assert (key, value) in [*allowed, ("years_back", 1)], f"{r.id}.{question.key}"
            assert (value != 100) or question.type in ("per-cent", "table"), r.id


def test_the_days_of_each_ladder_are_in_its_words(catalogue: Catalogue) -> None:
    """The first step of a ladder gives the days that the data has, and one that names days has them as data."""
    for name, ladder in catalogue.head.ladders.items():
        said = re.findall(r"([0-9]+) dagar", ladder.steps[0].sv)
        assert said == ([str(ladder.remedy_days)] if ladder.remedy_days else []), name


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> CatalogueFolder:
    """Give a small catalogue folder to edit."""
    return CatalogueFolder(tmp_path)


@pytest.mark.parametrize(
    ("name", "after", "rule", "at", "code"),
    [
        (BRU_01, "    type: date\n", "    limit: {months_old: routine_month}\n", "months_old", "limit-parameter"),
        (BRU_01, "    type: number\n", "    limit: {at_least: months}\n", "at_least", "limit-parameter"),
        (BRU_01, "    type: number\n", "    limit: {all_of: routine}\n", "all_of", "limit-question"),
        (BRU_01, "    type: number\n", "    limit: {all_of: examined}\n", "all_of", "limit-question"),
        (BRU_01, "    type: date\n", "    limit: {all_of: examined}\n", "limit", "limit-type"),
        (BRU_01, "    type: number\n", "    limit: {at_least: 1, at_most: 2}\n", "limit", "limit"),
        (BRU_01, "    type: yes-no-partly\n", "    shows: {maybe: met}\n", "type: yes-no-partly", "shows"),
        (
            BRU_02, "    type: table\n", "    limit: {at_least: 1, share: received.all of received.total}\n",
            "share", "limit-cell",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_leads_nowhere_is_refused_at_its_place(
    name: str, after: str, rule: str, at: str, code: str, folder: CatalogueFolder
) -> None:
    """A limit names a parameter in a fitting unit, another question about a number, or a cell; answers must exist."""
    folder.edit(name, after, after + rule)
    found = [finding for finding in folder.findings() if finding.code.startswith(f"question.{code}")]
    assert {finding.code for finding in found} == {f"question.{code}"}
    assert found[0].line is not None
    text = folder.text(name).splitlines()
    assert at.split(":")[0] in "\n".join(text[found[0].line - 2 : found[0].line + 2])


def test_days_that_the_ladders_words_do_not_have_are_refused(folder: CatalogueFolder) -> None:
    """The number of days is said once in words and once as data, and both are the same."""
    place = folder.edit("catalogue.yaml", "remedy_days: 30", "remedy_days: 31", "remedy_days")
    assert folder.report() == {("ladder.days", place)}


def test_rules_that_leave_out_an_answer_are_refused(folder: CatalogueFolder) -> None:
    """Every answer of every type has a meaning, in a catalogue's own file too."""
    text = (Path(__file__).parents[2] / "requirements_catalog" / "assessment.yaml").read_text(encoding="utf-8")
    (folder.path / "assessment.yaml").write_text(text.replace(", not-applicable: cannot-be-judged", ""), "utf-8")
    assert {finding.code for finding in folder.findings()} == {"assess.incomplete"}


def test_a_catalogue_may_have_rules_of_its_own(folder: CatalogueFolder, catalogue: Catalogue) -> None:
    """Without a file the bundled rules hold; with one, its own, and the digest tells the difference."""
    before = Catalogue.load(folder.path)
    assert before.assessment == catalogue.assessment
    text = (Path(__file__).parents[2] / "requirements_catalog" / "assessment.yaml").read_text(encoding="utf-8")
    (folder.path / "assessment.yaml").write_text(text.replace("unticked: not-met", "unticked: nothing"), "utf-8")
    after = Catalogue.load(folder.path)
    question = catalogue.requirements["AKT-02"].questions[1]
    assert (before.assessment.shown(question, "unticked"), after.assessment.shown(question, "unticked")) == (
        "not-met", "nothing",
    )  # fmt: skip
    assert before.digest != after.digest


# --- digests, versions, layers -----------------------------------------------------------------------------------


def test_what_answers_show_is_not_part_of_what_is_demanded(folder: CatalogueFolder) -> None:
    """A layer's pin stands when only the reading of an answer changes, and the catalogue's digest tells of it."""
    before = Catalogue.load(folder.path)
    folder.edit(AKT_05, "    type: yes-no-partly\n", "    type: yes-no-partly\n    shows: {partly: not-met}\n")
    after = Catalogue.load(folder.path)
    assert before.requirements["AKT-05"].digest == after.requirements["AKT-05"].digest
    assert before.digest != after.digest


def test_a_first_rule_changes_nothing_and_a_new_one_is_a_patch() -> None:
    """Against a version from before there were rules nothing is told; later a changed rule must be declared."""
    plain = requirement()
    ruled = edited(plain, "questions", 0, "shows", to={"no": "nothing"})
    other = edited(plain, "questions", 0, "shows", to={"no": "cannot-be-judged"})
    assert compare(snapshot(plain), snapshot(ruled)).requirements == ()
    (change,) = compare(snapshot(ruled), snapshot(other, version="0.1.1")).requirements
    assert (change.effect, [f.field for f in change.fields]) == ("patch", ["questions.trained"])
    assert [f.code for f in compare(snapshot(ruled), snapshot(other, version="0.1.1")).findings] == [
        "version.undeclared"
    ]
    told = declared(other, "patch")
    assert compare(snapshot(ruled), snapshot(told, version="0.1.1")).findings == ()
    asked = edited(other, "questions", 0, "text", "sv", to="Är all personal utbildad?")
    (change,) = compare(snapshot(ruled), snapshot(asked)).requirements
    assert change.effect == "minor"


def test_a_layer_sets_what_answers_show(layer: LayerFolder, base: Path) -> None:
    """An organisation may read an answer in another way, with a reason, and hold it against a number of its own."""
    layer.change("BRU-02", "verb: set\nquestions:\n  routine: {shows: {partly: not-met}}")
    assert report(base, layer) == []
    question = laid(base, layer).requirements["BRU-02"].questions[0]
    assert dict(question.shows) == {"partly": "not-met"}


def test_a_layer_cannot_set_what_is_not_there(layer: LayerFolder, base: Path) -> None:
    """A question that the requirement does not have, an answer that it cannot get, and a limit from nowhere."""
    name = layer.change("BRU-02", "verb: set\nquestions:\n  routines: {shows: {partly: not-met}}")
    assert report(base, layer) == [("overlay.no-target", layer.place(name, "questions"))]
    layer.change("BRU-02", "verb: set\nquestions:\n  routine: {shows: {kept: not-met}}")
    assert [code for code, _ in report(base, layer)] == ["overlay.value"]
    layer.change("BRU-02", "verb: set\nquestions:\n  date: {limit: {months_old: age}}")
    ((code, place),) = report(base, layer)
    assert code == "question.limit-parameter"
    assert "BRU-02.yaml" in place


def test_two_layers_may_not_both_decide_what_an_answer_shows(layer: LayerFolder, base: Path, tmp_path: Path) -> None:
    """As with any other part of a requirement."""
    other = LayerFolder(base, tmp_path / "beta", "EXB")
    for each in (layer, other):
        each.change("BRU-02", "verb: set\nquestions:\n  routine: {shows: {partly: not-met}}")
    assert [code for code, _ in report(base, layer, other)] == ["overlay.disagree"]


def test_every_state_is_said_for_every_type(catalogue: Catalogue) -> None:
    """The bundled rules say what each answer of each type shows."""
    assert {name: set(shown) for name, shown in catalogue.assessment.answers.items()} == {
        name: set(states) for name, states in STATES.items()
    }
