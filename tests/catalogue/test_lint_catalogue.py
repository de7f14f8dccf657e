"""The language checks over a whole catalogue: waivers, duplicates, tables, an organisation's own rules, and laws."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_folder import BUNDLED, EN, FILE, SV, LintFolder, requirement, rules, small_catalogue

from procurement_equality import Catalogue, Requirement
from procurement_equality.catalogue.checking import check_catalogue, read_wording
from procurement_equality.catalogue.lint import Problem, lint
from procurement_equality.catalogue.requirement import Applies, Waiver
from procurement_equality.catalogue.text import Text
from procurement_equality.findings import describe

OTHER = "requirements/active-measures/AKT-02.yaml"
THIRD = "requirements/active-measures/AKT-03.yaml"
BAD = "Maten är god. Rutinen är lämplig. Personalen bör läsa."
TABLE = """\
id: staff
title: {sv: "Personal", en: "Staff"}
row_heading: {sv: "Grupp", en: "Group"}
unit: {sv: "antal", en: "number"}
period: {sv: "Ett år", en: "One year"}
definition: {sv: "DEFINITION", en: "One row for each group."}
small_numbers: hidden
spare_rows: 2
columns:
  - {key: number, label: {sv: "Antal", en: "Number"}, type: number}
"""
CHECKLIST = """\
id: stage
title: {sv: "Lista", en: "List"}
introduction: {sv: "Svara.", en: "Answer."}
sections:
  - key: first
    title: {sv: "Först", en: "First"}
    questions:
      - {id: FOR-01, text: {sv: "DEFINITION", en: "Is it so?"}, why: {sv: "Det styr.", en: "It decides."}, roles: [board], type: yes-no}
"""  # noqa: E501 - YAML
LONG = "Det " + " ".join(["x"] * 30)


@pytest.fixture
def folder(tmp_path: Path) -> LintFolder:
    """Give a small catalogue folder to edit."""
    return LintFolder(tmp_path)


def write_like(folder: LintFolder, name: str, *, regimes: str = "") -> None:
    """Write a requirement with the same contract condition under another id, and another award criterion."""
    award = {OTHER: "Ett annat mervärde ges av priset", THIRD: "Poäng följer antalet turer för varje dygn"}[name]
    text = requirement().replace("AKT-01", Path(name).stem).replace("Anbudet beskriver rutinen", award)
    folder.write(name, text.replace("parameters:\n", f"applies: {{regimes: [{regimes}]}}\nparameters:\n", 1))


@pytest.mark.parametrize(
    ("waivers", "left"),
    [
        ([], ["god", "lämplig", "bör"]),
        ([("lint.vague", None)], ["bör"]),
        ([("lint.vague", "god")], ["lämplig", "bör"]),
        ([("lint.vague", "GOD")], ["lämplig", "bör"]),
        ([("lint.vague", "god"), ("lint.vague", "lämplig"), ("lint.recommendation", None)], []),
        ([("lint.vague", None), ("lint.recommendation", "bör")], []),
    ],
)
def test_a_waiver_covers_its_code_or_only_its_words(
    waivers: list[tuple[str, str | None]], left: list[str], folder: LintFolder
) -> None:
    """A waiver of a code covers all its findings, one with words only those about the words, and neither any other."""
    folder.write(FILE, requirement(f"{SV} {BAD.replace('Personalen', 'Den')}", waivers=waivers))
    assert sorted(finding.data["words"] for finding in folder.findings()) == sorted(left)


@pytest.mark.parametrize(
    ("code", "words"), [("lint.vague", None), ("lint.vague", "god"), ("lint.quota", None), ("lint.no-such-rule", None)]
)
def test_a_waiver_of_nothing_is_a_finding_at_the_waiver(code: str, words: str | None, folder: LintFolder) -> None:
    """A waiver that waives nothing is a finding where it stands, and says what it would have waived."""
    folder.write(FILE, requirement(f"{SV} Den är bra.", waivers=[("lint.vague", "bra"), (code, words)]))
    same = 2 if words else 1  # the first waiver of the same code stands above
    at = f"{{code: {code}, reason" if words is None else f"{{code: {code}, text"
    (finding,) = folder.findings()
    assert (finding.code, finding.place) == ("lint.waiver-unused", folder.place(at, number=same))
    assert describe(finding, "en").count(code) == 1


def test_a_waiver_covers_words_on_two_lines(folder: LintFolder) -> None:
    """The words of a waiver are those of the finding also where a line breaks between them."""
    waived = requirement(waivers=[("lint.vague", "så långt som möjligt")])
    folder.write(
        FILE, waived.replace(f'sv: "{SV}"', f"sv: |-\n        {SV}\n        Den läses så långt\n        som möjligt.")
    )
    assert folder.report() == []


def test_the_same_clause_in_two_requirements_is_a_finding_in_the_second(folder: LintFolder) -> None:
    """A clause like that of an earlier requirement is a finding at its Swedish text, which names the other."""
    write_like(folder, OTHER)
    (finding,) = folder.findings()
    assert (finding.code, finding.place) == ("lint.duplicate", folder.place('sv: "Leverantören', OTHER))
    assert (finding.data["other"], finding.data["share"]) == ("AKT-01", "100")


def test_a_clause_with_other_words_is_no_duplicate(folder: LintFolder) -> None:
    """A clause that demands another thing is no duplicate, nor is the same clause as another kind."""
    write_like(folder, OTHER)
    folder.edit(OTHER, "visa beställaren en rutin.", "anmäla varje arbetsplatsolycka till beställarens kontaktperson.")
    assert folder.report() == []
    write_like(folder, OTHER)
    folder.edit(OTHER, "contract-performance-condition", "technical-specification")
    assert folder.report() == []


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [("LOU", "LOV", 0), ("LOU, LUF", "LOV, LUK", 0), ("LOU", "LOU, LOV", 1), ("", "LOV", 1), ("LOU", "", 1)],
)
def test_what_no_procurement_can_hold_together_is_no_duplicate(
    first: str, second: str, number: int, folder: LintFolder
) -> None:
    """Like clauses whose regimes have nothing in common are no duplicates; an empty list means every regime."""
    folder.edit(FILE, "parameters:\n", f"applies: {{regimes: [{first}]}}\nparameters:\n")
    write_like(folder, OTHER, regimes=second)
    assert folder.codes() == ["lint.duplicate"] * number


def test_two_duplicates_are_found_behind_a_third_that_is_none(folder: LintFolder) -> None:
    """Two like clauses of one regime are found also where a like clause of another regime came first."""
    folder.edit(FILE, "parameters:\n", "applies: {regimes: [LOU]}\nparameters:\n")
    for name in (OTHER, THIRD):
        write_like(folder, name, regimes="LOV")
    assert [(finding.code, finding.data["other"]) for finding in folder.findings()] == [("lint.duplicate", "AKT-02")]


@pytest.mark.parametrize(("name", "text"), [("tables/staff.yaml", TABLE), ("checklist/stage.yaml", CHECKLIST)])
@pytest.mark.parametrize(
    ("code", "words", "broken"),
    [
        (None, "", "En god rad bör finnas för varje grupp."),
        ("outdated", "Handikappade", "Handikappade räknas."),
        ("gendered-title", "tjänsteman", "Varje tjänsteman räknas."),
        ("sentence", "Det x x x", f"{LONG}."),
        ("act-repealed", "jämställdhetslagen", "Den följer jämställdhetslagen."),
        ("grounds", "", "Den rör kön, ålder och funktionsnedsättning."),
    ],
)
def test_a_table_and_a_checklist_are_checked_for_what_holds_for_any_text(
    name: str, text: str, code: str | None, words: str, broken: str, folder: LintFolder
) -> None:
    """A table and a checklist give the findings that any text gives, and none of those about clauses."""
    folder.write(name, text.replace("DEFINITION", broken))
    at = words or f'sv: "{broken}'
    assert folder.report() == ([(f"lint.{code}", folder.place(at, name))] if code else [])


def test_a_folder_is_checked_by_its_own_rules(folder: LintFolder) -> None:
    """The `lint.yaml` of a catalogue folder is used; where there is none, the bundled one is."""
    folder.write(FILE, requirement(f"{SV} Den är god och turkos."))
    folder.edit("lint.yaml", "sv: [sträva*", "sv: [turkos*")
    folder.edit("lint.yaml", "om möjligt, god,", "om möjligt,")
    assert [finding.data["words"] for finding in folder.findings()] == ["turkos"]
    (folder.path / "lint.yaml").unlink()
    assert [finding.data["words"] for finding in folder.findings()] == ["god"]
    assert read_wording(folder.path) == read_wording(BUNDLED)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("near_duplicate: 80", "near_duplicate: 101", "near_duplicate"),
        ("where: clause", "where: clauses", "where: clauses"),
        ("  lix: 60", "  liks: 60", "liks"),
        ("sv: [sträva*", 'sv: ["", sträva*', ""),
        ("sv: [sträva*", "sv: [bö*, sträva*", ""),
        ("'varannan (?:kvinnor", "'varannan (?:(kvinnor", ""),
    ],
)
def test_a_fault_in_the_rules_is_a_finding_in_their_file(old: str, new: str, at: str, folder: LintFolder) -> None:
    """A rule file with a fault gives a finding in that file, and neither a crash nor a rule that never finds."""
    folder.edit("lint.yaml", old, new)
    findings = folder.findings()
    assert {finding.path for finding in findings} == {str(folder.path / "lint.yaml")}
    if at:
        assert folder.place(at, "lint.yaml") in [finding.place for finding in findings]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('legal_basis: ["LOU 4:1"]', 'legal_basis: ["XX 4:1"]'),
        ('legal_basis: ["LOU 4:1"]', 'legal_basis: ["nonsens"]'),
        ('legal_basis: ["LOU 4:1"]', "sources: [no-such-source]"),
        ("    en: {two:", "    # en: {two:"),
    ],
    ids=["act", "citation", "source", "language"],
)
def test_rules_that_name_what_the_catalogue_lacks_do_not_stop_the_check(old: str, new: str, folder: LintFolder) -> None:
    """A rule whose act, source or language the catalogue lacks gives a finding at the text or at the rule file."""
    folder.edit("lint.yaml", old, new)
    folder.write(FILE, requirement(f"{SV} Den har 12 delar."))
    assert {finding.path for finding in folder.findings()} & {str(folder.path / name) for name in ("lint.yaml", FILE)}


TAILS = ["Den är god.", "Den är lämplig.", "Den bör läsas.", "Den nämner personal.", "Handikapp nämns.", LONG, ""]
CODES = ["lint.vague", "lint.recommendation", "lint.scope", "lint.outdated", "lint.sentence", "lint.quota"]


def varied(
    identifier: str, tails: list[str], regimes: tuple[str, ...] = (), waivers: tuple[Waiver, ...] = ()
) -> Requirement:
    """Give the small catalogue's requirement with another id and clause."""
    (one,) = small_catalogue().requirements.values()
    clause = one.variants[0].model_copy(update={"text": Text(sv=" ".join([SV, *tails]), en=EN)})
    update = {"id": identifier, "variants": (clause,), "waivers": waivers, "applies": Applies(regimes=regimes)}
    return one.model_copy(update=update)


def checked(requirements: list[Requirement]) -> list[Problem]:
    """Give the findings of the small catalogue with these requirements."""
    by_id = {one.id: one for one in requirements}
    return lint(small_catalogue().model_copy(update={"requirements": by_id}), rules())


WAIVER = st.builds(
    lambda code, text: Waiver(code=code, text=text, reason=Text(sv="Skäl", en="Reason")),
    st.sampled_from(CODES),
    st.sampled_from([None, "god", "lämplig", "bör", "personal", "Handikapp", "kvot"]),
)


@given(st.lists(st.lists(st.sampled_from(TAILS), max_size=3), min_size=2, max_size=4))
@settings(deadline=None, max_examples=40)
def test_the_findings_do_not_depend_on_the_order_of_requirements(tails: list[list[str]]) -> None:
    """In any order the same findings come, except for which of two duplicates is named."""
    requirements = [varied(f"AKT-{number:02}", tail) for number, tail in enumerate(tails, 1)]
    orders = [checked(list(order)) for order in permutations(requirements)]
    plain = [sorted((p.of, p.code, p.text) for p in order if p.code != "lint.duplicate") for order in orders]
    assert plain == [plain[0]] * len(orders)


@pytest.mark.parametrize("order", list(permutations([("LOU",), ("LOV",), ("LOV",), ("LUK",)])))
def test_a_pair_of_duplicates_is_found_in_any_order(order: tuple[tuple[str, ...], ...]) -> None:
    """Of four like clauses, of which two can meet in one procurement, one is a duplicate whatever the order."""
    problems = checked([varied(f"AKT-{number:02}", [], regimes) for number, regimes in enumerate(order, 1)])
    assert [problem.code for problem in problems] == ["lint.duplicate"]


@given(st.lists(st.sampled_from(TAILS), max_size=5), st.lists(WAIVER, max_size=3), WAIVER)
@settings(deadline=None, max_examples=100)
def test_another_waiver_adds_no_finding_but_its_own(tails: list[str], waivers: list[Waiver], another: Waiver) -> None:
    """With one waiver more, every finding was there before, except for waivers that are not needed."""
    before = checked([varied("AKT-01", tails, waivers=tuple(waivers))])
    after = checked([varied("AKT-01", tails, waivers=(*waivers, another))])
    assert all(problem in before for problem in after if problem.code != "lint.waiver-unused")
    covered = [problem for problem in before if problem not in after]
    assert all(problem.code == another.code for problem in covered)


def test_the_bundled_catalogue_has_no_unwaived_finding() -> None:
    """Every text of the bundled catalogue follows the rules, or says why not."""
    assert [(finding.code, finding.place) for finding in check_catalogue(BUNDLED)] == []


def test_every_waiver_of_the_bundled_catalogue_says_why(catalogue: Catalogue) -> None:
    """A waiver of the bundled catalogue gives its reason in both languages."""
    for one in catalogue.requirements.values():
        assert all(waiver.reason.en for waiver in one.waivers)


TWICE = SV.replace(" visa", " läsa och ska visa")


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("verbs: {sv: [ska, ", "verbs: {sv: [", "obligation"),
        ("  pattern:\n    sv: '", "  pattern:\n    sv: '(x+)+y|", "obligation"),
        ("varannan (?:kvinnor", "varannan (?:(?:x+)+y|kvinnor", "patterns"),
    ],
)
def test_expressions_are_ours(old: str, new: str, part: str, folder: LintFolder) -> None:
    """An expression of a folder's own, or what triggers it, is not used, and a warning says so where it stands."""
    folder.write(FILE, requirement(TWICE))
    before = folder.report()
    assert "lint.obligations" in dict(before)
    folder.edit("lint.yaml", old, new)
    place = folder.place(f"\n{part}:", "lint.yaml").split(":")
    assert folder.report() == [("lint.patterns-ignored", f"{place[0]}:{int(place[1]) + 1}:1"), *before]


def test_a_reason_may_be_a_folders_own(folder: LintFolder) -> None:
    """Why a clause holds one obligation may be said in an organisation's own words."""
    folder.write(FILE, requirement(TWICE))
    folder.edit("lint.yaml", "sv: En klausul ska ha en förpliktelse.", "sv: Vi vill kunna följa upp.")
    (finding,) = [finding for finding in folder.findings() if finding.code == "lint.obligations"]
    assert "Vi vill kunna följa upp." in describe(finding, "sv")
    assert "lint.patterns-ignored" not in folder.codes()
