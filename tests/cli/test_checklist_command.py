"""`checklist`: the buyer's own questions, for one role or one stage, as text and for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_commands import run

from catalogue_versions import requirement, write_catalogue
from procurement_equality import Catalogue
from procurement_equality.catalogue.text import Language

OWN = """\
id: own-list
title: {sv: Egen lista, en: A list of our own}
introduction: {sv: Svara på allt., en: Answer everything.}
sections:
  - key: before
    title: {sv: Före, en: Before}
    questions:
      - id: EGE-01
        text: {sv: Är behovet känt?, en: Is the need known?}
        why: {sv: Annars köps fel sak., en: Else the wrong thing is bought.}
        roles: [strategist, board]
        type: yes-no
        result: {sv: En daterad anteckning., en: A dated note.}
        legal_basis: ["DL 3:13"]
        requirements: [LON-90]
      - id: EGE-02
        text: {sv: Finns en budget?, en: Is there a budget?}
        why: {sv: Uppföljning kostar., en: Follow-up costs.}
        roles: [board]
        type: yes-no
  - key: after
    title: {sv: Efter, en: After}
    questions:
      - id: EGE-03
        text: {sv: Vem följer upp?, en: Who follows up?}
        why: {sv: Någon måste., en: Someone must.}
        roles: [contract-manager]
        type: text
"""
BUNDLED_LISTS = ("by-stage", "equality-analysis")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small catalogue with a checklist of its own."""
    path = write_catalogue(tmp_path_factory.mktemp("small"), requirement("LON-90"))
    (path / "checklist").mkdir()
    (path / "checklist/own-list.yaml").write_text(OWN, encoding="utf-8")
    return path


def asked(folder: Path, *arguments: str) -> dict[str, list[str]]:
    """Give the ids of the questions by section, as other programs get them."""
    result = run("checklist", "own-list", "--catalogue", folder, "--json", *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    return {each["section"]: [question["id"] for question in each["questions"]] for each in json.loads(result.stdout)}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", BUNDLED_LISTS)
def test_a_bundled_checklist_is_printed_whole(name: str, language: Language, catalogue: Catalogue) -> None:
    """Title, introduction, sections and every question with its why are printed in either language."""
    checklist = catalogue.checklists[name]
    result = run("checklist", name, lang=language)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == checklist.title[language]
    assert checklist.introduction[language] in result.stdout
    for section in checklist.sections:
        assert section.title[language] in lines
        for question in section.questions:
            assert f"  {question.id}  {question.text[language]}" in result.stdout
            assert question.why[language] in result.stdout


def test_the_checklist_by_stage_is_the_one_that_is_meant() -> None:
    """Without a name the checklist by stage is printed."""
    assert run("checklist").stdout == run("checklist", "by-stage").stdout


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("sv", ["  EGE-01  Är behovet känt? (upphandlingsstrateg, nämnd eller styrelse)",
                "      Varför: Annars köps fel sak.", "      I akten: En daterad anteckning.",
                "      Krav i katalogen: LON-90", "Före", "Efter"]),
        ("en", ["  EGE-01  Is the need known? (procurement strategist, committee or board)",
                "      Why: Else the wrong thing is bought.", "      In the case file: A dated note.",
                "      Requirements in the catalogue: LON-90", "Before", "After"]),
    ],
)  # fmt: skip
def test_a_question_has_all_that_belongs_to_it(lang: str, parts: list[str], folder: Path) -> None:
    """A question is told with its roles, why, result, law and requirements, each on a line of its own."""
    result = run("checklist", "own-list", "--catalogue", folder, lang=lang)
    assert [part for part in parts if part not in result.stdout.splitlines()] == []
    told = " ".join(result.stdout.split())
    assert ("3 kap. 13 § diskrimineringslagen" if lang == "sv" else "Chapter 3, Section 13") in told
    assert "\x1b[" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {"before": ["EGE-01", "EGE-02"], "after": ["EGE-03"]}),
        (("--role", "strategist"), {"before": ["EGE-01"], "after": []}),
        (("--role", "board"), {"before": ["EGE-01", "EGE-02"], "after": []}),
        (("--role", "contract-manager"), {"before": [], "after": ["EGE-03"]}),
        (("--section", "after"), {"after": ["EGE-03"]}),
        (("--section", "before", "--role", "strategist"), {"before": ["EGE-01"]}),
        (("--section", "after", "--role", "board"), {"after": []}),
    ],
)
def test_role_and_section_narrow_the_questions(
    arguments: tuple[str, ...], expected: dict[str, list[str]], folder: Path
) -> None:
    """Only the questions of the role and the section that are asked for are given."""
    assert asked(folder, *arguments) == expected


def test_a_section_without_questions_for_the_role_is_not_printed(folder: Path) -> None:
    """In print, a heading with nothing under it is left out."""
    lines = run("checklist", "own-list", "--catalogue", folder, "--role", "strategist").stdout.splitlines()
    assert "Before" in lines
    assert "After" not in lines
    assert [line for line in lines if "EGE-0" in line] == [
        "  EGE-01  Is the need known? (procurement strategist, committee or board)"
    ]


def test_json_holds_the_whole_question(folder: Path) -> None:
    """Another program gets every key of a question, in both languages."""
    made: list[dict[str, Any]] = json.loads(run("checklist", "own-list", "--catalogue", folder, "--json").stdout)
    question = made[0]["questions"][0]
    assert question["text"] == {"sv": "Är behovet känt?", "en": "Is the need known?"}
    assert (question["roles"], question["type"]) == (["strategist", "board"], "yes-no")
    assert (question["legal_basis"], question["requirements"]) == (["DL 3:13"], ["LON-90"])


@pytest.mark.parametrize("role", ["strategist", "contract-manager", "board"])
@pytest.mark.parametrize("name", BUNDLED_LISTS)
def test_the_bundled_checklists_narrow_to_a_role(name: str, role: str, catalogue: Catalogue) -> None:
    """For each role, the questions given are just those that name it."""
    result = run("checklist", name, "--role", role, "--json")
    given = [question["id"] for each in json.loads(result.stdout) for question in each["questions"]]
    sections = catalogue.checklists[name].sections
    assert given == [question.id for each in sections for question in each.questions if role in question.roles]


@pytest.mark.parametrize(
    ("arguments", "code", "near"),
    [
        (("own-lits",), "use.no-value", "own-list"),
        (("own-list", "--section", "befor"), "use.no-value", "before"),
        (("own-list", "--role", "boss"), "use.bad-value", "board"),
        (("own-list", "extra"), "use.wrong", "extra"),
    ],
)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_unknown_name_is_refused_with_the_nearest(
    arguments: tuple[str, ...], code: str, near: str, lang: str, folder: Path
) -> None:
    """A checklist, section or role that does not exist is a sentence with what was meant, and code 2."""
    result = run("checklist", *arguments, "--catalogue", folder, lang=lang)
    assert (result.returncode, result.stdout) == (2, "")
    assert code in result.stderr
    assert near in result.stderr
    assert "Traceback" not in result.stderr
