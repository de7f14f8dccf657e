"""The check report: what was checked, every finding, what has been accepted, and never that something is lawful."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from lxml import html
from word_parts import LANGUAGES, W, fold, open_package, required, text_of

from conftest import ROOT, validator_errors
from procurement_equality import Catalogue, Document, Procurement, select
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.burden import burden_of, by_headcount, rounded
from procurement_equality.checks.case import make_case
from procurement_equality.checks.check import Checked, check
from procurement_equality.checks.example import example
from procurement_equality.checks.goals import conflicts_in
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.unit_costs import unit_costs
from procurement_equality.documents.burden_views import burden_view
from procurement_equality.documents.check_report import compose_check_report
from procurement_equality.documents.numbers import unbroken
from procurement_equality.findings.words import title, way_out, what
from procurement_equality.procurement.model import made_from

TODAY = datetime.date(2026, 11, 23)

HEAD = """\
title: {sv: "Städning åt Å & Co <AB>", en: "Cleaning for Å & Co <AB>"}
reference: KS 2025/0456
authority: {name: Exempelkommunen, type: municipality}
act: LOU
object: {sv: Daglig städning av 34 skolor., en: Daily cleaning of 34 schools.}
cpv: ["90911200-8"]
value: 36000000
months: 48
languages: [sv, en]
sectors: [cleaning]
level: law
used_by_people: false
"""

CLAUSES = """\
other_clauses:
  arbetsmiljo:
    kind: contract-performance-condition
    title: {sv: Arbetsmiljö, en: Work environment}
    text: {sv: Leverantören ska arbeta aktivt för jämställdhet., en: The supplier shall work actively for equality.}
    cites: ["LOU 17:1", "en bok"]
  villkor:
    kind: contract-performance-condition
    title: {sv: Bemötande, en: Treatment}
    text: {sv: Leverantören ska i möjligaste mån ge ett gott bemötande., en: The supplier shall treat people well.}
"""

WAIVER = """\
waivers:
  - code: verif.vague
    about: villkor
    reason: {sv: Texten <ersätts> & skrivs om., en: The text is <replaced> & rewritten.}
    role: upphandlingschef
    until: 2026-12-31
"""


def checked(catalogue: Catalogue, folder: Path, text: str, date: str = "2025-11-17") -> Checked:
    """Check a procurement file with this text."""
    path = folder / "upphandling.yaml"
    path.write_text(f"{HEAD}date: {date}\n{text}", encoding="utf-8")
    return check(make_case(catalogue, Procurement.load(path)), TODAY)


def text(document: Document, way: str = "docx") -> str:
    """Give all of a document's text."""
    if way == "html":
        return fold("".join(map(str, required(html.document_fromstring(document.to_html()).find("body")).itertext())))
    body = open_package(document.to_docx())["word/document.xml"]
    return fold(" ".join(text_of(paragraph) for paragraph in body.iter(f"{W}p")))


def headings(document: Document) -> list[str]:
    """Give the headings of the first level."""
    return ["".join(map(str, heading.itertext())) for heading in document.tree.iter("h2")]


@pytest.fixture
def troubled(catalogue: Catalogue, tmp_path: Path) -> Checked:
    """Give a case with findings of several severities, one of them accepted."""
    return checked(catalogue, tmp_path, CLAUSES + WAIVER)


@pytest.fixture
def refused(catalogue: Catalogue, tmp_path: Path) -> Checked:
    """Give a case for which no requirements can be selected: the threshold is not known."""
    return checked(catalogue, tmp_path, "", "2027-05-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_sound(troubled: Checked, refused: Checked, language: Language, tmp_path: Path) -> None:
    """The validator has nothing against the report, it is no form, and the same case gives the same bytes."""
    for name, case in (("troubled", troubled), ("refused", refused)):
        document = compose_check_report(case, language)
        document.save(tmp_path / f"{name}.docx")
        document.save(tmp_path / f"{name}.html")
        assert validator_errors(tmp_path / f"{name}.docx") == []
        assert not document.is_form
        assert (tmp_path / f"{name}.docx").read_bytes() == compose_check_report(case, language).to_docx()
        assert (tmp_path / f"{name}.html").read_text(encoding="utf-8") == compose_check_report(case, language).to_html()
        assert not re.search(r"\{number\}|\{found\}|None\b", text(document))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["docx", "html"])
def test_every_finding_is_there(troubled: Checked, language: Language, way: str) -> None:
    """Code, line, what is wrong, the way out and the rule's title stand in the report, whatever the severity."""
    said = text(compose_check_report(troubled, language), way)
    assert troubled.findings
    for finding in troubled.findings:
        for part in (finding.code, what(finding, language), way_out(finding, language), title(finding.code, language)):
            assert fold(unbroken(part)) in said
        assert f"{'rad' if language == 'sv' else 'line'} {finding.line}" in said


def test_the_place_is_named_by_its_keys(troubled: Checked) -> None:
    """A finding within a clause names the keys that lead to it; one about the whole file names none."""
    said = text(compose_check_report(troubled, "sv"))
    finding = next(each for each in troubled.findings if each.code == "verif.vague")
    assert f"verif.vague · other_clauses.arbetsmiljo.text.sv, rad {finding.line}" in said
    assert "procedure.lots · rad 1" in said


def test_a_correction_keeps_its_indentation(catalogue: Catalogue, tmp_path: Path) -> None:
    """Corrected YAML can be pasted as it stands: line by line, with common spaces."""
    found = checked(catalogue, tmp_path, "")
    finding = found.case.finding("procedure.lots", (), yaml="lots:\n  divided: false\n  reasons: …\n")
    made = Checked(found.case, (finding,), (), found.examined, (), TODAY)
    body = open_package(compose_check_report(made, "sv").to_docx())["word/document.xml"]
    runs = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle[@{W}val='PECode']") is not None]
    lines = ["".join(map(str, run.itertext())) for run in runs]
    assert lines[lines.index("lots:") :][:3] == ["lots:", "  divided: false", "  reasons: …"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_been_accepted_stands_apart(troubled: Checked, language: Language) -> None:
    """An accepted deviation has its reason, role and last day, and is not counted among the findings."""
    document = compose_check_report(troubled, language)
    said = text(document).replace("\u00a0", " ")
    [(finding, waiver)] = troubled.waived
    for part in (waiver.reason[language], waiver.role, what(finding, language)):
        assert fold(part) in said
    assert ("31 december 2026" if language == "sv" else "31 December 2026") in said
    assert said.count("verif.vague · villkor") == 1
    accepted, counted = ("Godtagna avvikelser", "En anmärkning har godtagits") if language == "sv" else (
        "Accepted deviations", "One remark has been accepted")  # fmt: skip
    assert accepted in headings(document)
    assert counted in said


def test_where_nothing_could_be_selected_it_says_what_is_left(refused: Checked) -> None:
    """Without a regime the report says so, lists the rules that were not examined, and has no table of clauses."""
    document = compose_check_report(refused, "sv")
    said = text(document)
    assert "law.threshold-needed · date, rad 13" in said
    assert "Det går inte att avgöra vilka regler som gäller" in said
    assert "Kraven och deras lagliga grund" not in headings(document)
    assert ("Regler som inte kunde prövas" in headings(document)) == bool(refused.not_examined)
    assert all(rule.code in said for rule in refused.not_examined)


def test_there_are_no_empty_sections(catalogue: Catalogue, tmp_path: Path) -> None:
    """A case with one piece of information has no headings for errors, warnings or accepted deviations."""
    found = checked(catalogue, tmp_path, "")
    bare = Checked(found.case, (), (), found.examined, (), TODAY)
    document = compose_check_report(bare, "sv")
    assert not {"Fel", "Varningar", "Upplysningar", "Godtagna avvikelser"} & set(headings(document))
    assert "Regler som inte kunde prövas" not in headings(document)
    assert "Kontrollen har inget att anmärka." in text(document)
    for element in document.tree.iter("ul", "tbody", "section"):
        assert len(element)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_claims_nothing_of_what_is_lawful(catalogue: Catalogue, tmp_path: Path, language: Language) -> None:
    """With nothing found, the report says that it replaces no legal examination, and calls nothing lawful."""
    found = checked(catalogue, tmp_path, "")
    bare = Checked(found.case, (), (), found.examined, (), TODAY)
    said = text(compose_check_report(bare, language)).lower()
    beginning = said[: said.index("kraven och deras" if language == "sv" else "the requirements and their")]
    expected = "ersätter inte en juridisk prövning" if language == "sv" else "does not replace a legal examination"
    assert expected in beginning
    assert not re.search(r"\b(laglig|lagligt|lagenlig|tillåten|godkänd|lawful|legal procurement|complies)\b", beginning)


@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_stand_with_the_provisions_that_let_them_be_asked(troubled: Checked, language: Language) -> None:
    """Each clause, those of other parts too, stands under its kind; what is no citation is shown as written."""
    said = text(compose_check_report(troubled, language), "html")
    case = troubled.case
    assert case.rules is not None
    for stated in case.clauses:
        assert fold(stated.name) in said
        assert stated.kind is not None
        assert fold(case.cite(language, case.rules.kinds[stated.kind].citation)) in said
    assert "en bok" in said


def test_titles_are_escaped(troubled: Checked) -> None:
    """Signs that mean something in XML are text, in both forms."""
    document = compose_check_report(troubled, "sv")
    for way in ("docx", "html"):
        assert "Städning åt Å & Co <AB>" in text(document, way)
        assert "Texten <ersätts> & skrivs om." in text(document, way)


def test_a_kind_that_the_regime_does_not_allow_is_said_so(catalogue: Catalogue, tmp_path: Path) -> None:
    """An award criterion in a system of choice stands under the provision that leaves no room for it."""
    lov = HEAD.replace("act: LOU", "act: LOV").replace("90911200-8", "85312000-9").replace("[cleaning]", "[home-care]")
    path = tmp_path / "lov.yaml"
    award = CLAUSES.replace("contract-performance-condition", "award-criterion", 1)
    path.write_text(f"{lov}date: 2025-11-17\n{award}", encoding="utf-8")
    found = check(make_case(catalogue, Procurement.load(path)), TODAY)
    said = text(compose_check_report(found, "sv")).replace("\u00a0", " ")
    assert "Får inte ställas. Se 8 kap. 1 § lagen om valfrihetssystem (2008:962)." in said


def test_no_path_of_the_machine_is_in_it(troubled: Checked, tmp_path: Path) -> None:
    """The procurement file is called by its name, so that the same case gives the same report anywhere."""
    document = compose_check_report(troubled, "sv")
    assert str(tmp_path) not in document.to_html()
    assert "upphandling.yaml" in text(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_is_asked_of_a_supplier_and_which_goals_meet(catalogue: Catalogue, language: Language) -> None:
    """The burden stands with its totals, by size, and its heaviest clauses; each conflict has its balancing text."""
    procurement = Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml")
    found = check(make_case(catalogue, procurement), TODAY)
    selection = found.case.selection
    assert selection is not None
    document = compose_check_report(found, language)
    said = text(document)
    rows = {
        fold("".join(map(str, required(table.find("caption")).itertext()))): [
            [fold("".join(map(str, cell.itertext()))) for cell in row] for row in table.findall("tbody/tr")
        ]
        for table in document.tree.iter("table")
    }
    sizes = rows[
        "Uppskattning efter leverantörens storlek" if language == "sv" else "Estimate by the size of the supplier"
    ]
    estimates = (burden_of(selection), *by_headcount(selection))
    assert len(sizes) == len(estimates)
    for row, estimate in zip(sizes, estimates, strict=True):
        assert row[3] == str(estimate.documents[0])
        assert row[4] == str(estimate.reports_per_year)
        assert row[1].startswith(str(rounded(estimate.first_year.low / 60)))
    heaviest = rows["Kraven som väger tyngst" if language == "sv" else "Requirements that weigh most"]
    assert [row[0].split()[0] for row in heaviest] == [
        clause.id for clause in estimates[0].heaviest(unit_costs().named)
    ]
    conflicts = conflicts_in(selection)
    assert conflicts
    for present in conflicts:
        assert fold(present.conflict.balancing[language]) in said


def test_a_tiny_share_is_called_less_than_something(catalogue: Catalogue) -> None:
    """A share of a huge contract is never written as nothing."""
    procurement = Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml")
    huge = procurement.model_copy(update={"value": 10**12})
    view = burden_view(select(catalogue, huge), "sv", {"any_size": "alla", "less_than": "under {number}"})
    assert {row["share"] for row in view["rows"]} == {"under 0,01"}


def test_rules_are_shown_with_the_provisions_of_the_act_that_applies(troubled: Checked) -> None:
    """A rule that rests on several procurement acts shows those of this procurement's act, and other law."""
    [finding] = [each for each in troubled.findings if each.code == "labour.needed"]
    basis = BY_CODE[finding.code].legal_basis
    assert {text.split()[0] for text in basis} == {"LOU", "LUF", "LUK"}
    said = text(compose_check_report(troubled, "sv"))
    assert troubled.case.cite("sv", *[text for text in basis if text.startswith("LOU ")]) in said
    assert "försörjningssektorerna (2016:1146)" not in said
    assert "koncessioner (2016:1147)" not in said


def test_every_rule_can_be_reported(catalogue: Catalogue) -> None:
    """The case that breaks a rule gives a report with its message, in both languages and whatever the message holds."""
    for code in BY_CODE:
        file, findings = read(example(code).breaks.text, "upphandling.yaml")
        assert file is not None, findings
        procurement, findings = made_from(file)
        assert procurement is not None, findings
        found = check(make_case(catalogue, procurement), TODAY, [BY_CODE[code]])
        [finding] = [each for each in found.findings if each.code == code]
        for language in LANGUAGES:
            said = fold("".join(map(str, compose_check_report(found, language).tree.itertext())))
            assert fold(unbroken(what(finding, language))) in said
            assert not re.search(r"\{[a-z_]+\}", said)
