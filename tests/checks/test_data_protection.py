"""Personal data: what is sensitive, what is aggregated, and when small numbers need a rule."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml as plain_yaml
from base_cases import base_case, catalogue_texts, clause, found, paragraph_texts, severities

from procurement_equality import Catalogue
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Text
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.texts import Texts

SMALL = "Antal från ett till fyra redovisas inte."

INDIVIDUAL = [
    "Leverantören ska årligen redovisa personalens etniska bakgrund.",
    "Leverantören ska lämna en förteckning över anställdas kön, ålder och etniska tillhörighet.",
    "Leverantören ska lämna beställaren uppgifter om brukarnas diagnoser.",
    "Leverantören ska lämna till kommunen uppgifter om de boendes religion.",
    "Redovisningen ska omfatta personalens religion och sexuella läggning.",
    "Leverantören ska redovisa sjukfrånvaro per anställd.",
    "Leverantören ska redovisa varje medarbetares sjukfrånvaro.",
    "Leverantören ska uppge vilka anställda som är medlemmar i facket.",
    "Leverantören ska lämna läkarintyg för frånvarande personal.",
    "Leverantören ska rapportera medarbetarnas fackliga tillhörighet.",
    "Leverantören ska lämna uppgifter om arbetstagarnas funktionsnedsättningar.",
    "Leverantören ska redovisa\n\n- personalens ålder\n- personalens etnicitet.",
]
AGGREGATED = [
    "Leverantören ska redovisa antal anställda med utländsk bakgrund.",
    "Leverantören ska redovisa andelen anställda med en funktionsnedsättning.",
    "Leverantören ska ange hur många medarbetare som är fackligt anslutna.",
    "Leverantören ska redovisa statistik uppdelad på kön, ålder och religion.",
]
LAWFUL = [
    "Leverantören ska redovisa antalet kvinnor och män efter ålder.",
    "Leverantören ska redovisa sjukfrånvaron i procent för kvinnor och män.",
    "Leverantören ska redovisa antal anmälda trakasserier som har samband med etnisk tillhörighet eller religion.",
    "Leverantören ska redovisa hur personalen utbildas om etnisk tillhörighet och funktionsnedsättning.",
    "Leverantören ska redovisa åtgärder för personalens hälsa.",
    "Leverantören ska redovisa hur arbetet anpassas efter den anställdes funktionsnedsättning.",
    "Leverantören ska lämna information som är anpassad till brukarnas funktionsnedsättning.",
    "Leverantören ska lämna uppgift om behov av tolk och på vilket språk.",
    "Leverantören ska redovisa hur många som har fått tjänsten på finska, meänkieli eller samiska.",
    "Leverantören ska redovisa antal personer med funktionsnedsättning som får tjänsten.",
    "Leverantören får inte registrera personalens religion.",
    "Redovisningen ska inte innehålla uppgifter om enskildas hälsotillstånd eller diagnoser.",
    "I genomförandeplanen ska leverantören ange den enskildes diagnos.",
    "Leverantören ska respektera brukarnas religion och rapportera avvikelser.",
    "Leverantören ska ange varornas ursprung.",
    "Tjänsten ska fungera för alla oavsett brukarnas funktionsnedsättning.",
]


def _of_text(catalogue: Catalogue, code: str, text: str) -> list[str]:
    return [finding.severity for finding in BY_CODE[code].examine_texts(paragraph_texts(catalogue, text))]


@pytest.mark.parametrize("text", INDIVIDUAL)
def test_sensitive_data_about_each_person_is_an_error(catalogue: Catalogue, text: str) -> None:
    """Ethnicity, religion, sexual orientation, health and union membership of staff or users, under every act."""
    assert _of_text(catalogue, "gdpr.sensitive", text) == ["error"]
    others = {"other_clauses": {"egen": clause(text)}}
    for base in ("stadning-lou", "hemtjanst-lou", "hemtjanst-lov", "bussar-luf", "parkering-luk", "kurs-direkt"):
        assert severities(catalogue, base, "gdpr.sensitive", **others) == ["error"]


def test_consent_makes_it_a_matter_of_judgement(catalogue: Catalogue) -> None:
    """Explicit consent may allow disclosure (2018:218 3:2), but an employee's consent is not always free."""
    text = f"{INDIVIDUAL[0]} Uppgiften lämnas bara om den anställde uttryckligen har samtyckt."
    assert _of_text(catalogue, "gdpr.sensitive", text) == ["warning"]


@pytest.mark.parametrize("text", AGGREGATED)
def test_figures_about_sensitive_data_need_protection(catalogue: Catalogue, text: str) -> None:
    """A warning without a rule on small numbers or a voluntary survey, and nothing with one."""
    assert _of_text(catalogue, "gdpr.sensitive", text) == ["warning"]
    assert _of_text(catalogue, "gdpr.sensitive", f"{text} {SMALL}") == []
    assert _of_text(catalogue, "gdpr.sensitive", f"{text} Svaren är frivilliga och lämnas utan namn.") == []


@pytest.mark.parametrize("text", LAWFUL)
def test_what_is_near_is_not_objected_to(catalogue: Catalogue, text: str) -> None:
    """Sex and age, languages, measures, incidents, refusals and the supplier's own care records are no such request."""
    assert _of_text(catalogue, "gdpr.sensitive", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The supplier shall report the employees' ethnic background each year.", ["error"]),
        ("The supplier shall report sick leave per employee.", ["error"]),
        ("The supplier shall state the number of employees who are members of a trade union.", ["warning"]),
        ("The supplier shall submit statistics broken down by sex and religion.", ["warning"]),
        ("The supplier shall report harassment linked to religion or ethnicity.", []),
        ("The supplier shall not record the users' religion.", []),
    ],
)
def test_english_texts_are_read_as_swedish_ones(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    """The same requests, in the English of a bilingual file."""
    others = {"other_clauses": {"egen": clause("Se den engelska texten.") | {"text": {"sv": "Se nedan.", "en": text}}}}
    assert severities(catalogue, "stadning-lou", "gdpr.sensitive", **others) == expected


def test_reserved_participation_counts_disability_by_law(catalogue: Catalogue) -> None:
    """LOU 4:18 asks for the share of disabled employees: the act itself calls for the figure."""
    others = {"other_clauses": {"egen": clause(AGGREGATED[1], "reserved-participation")}}
    assert severities(catalogue, "stadning-lou", "gdpr.sensitive", **others) == []


@pytest.mark.parametrize("regime", ["LOU", "LOU-19", "LOV"])
def test_the_catalogues_own_texts_pass(catalogue: Catalogue, regime: str) -> None:
    """No requirement asks for sensitive data about persons, nor for figures without a rule on small numbers."""
    texts = catalogue_texts(catalogue, regime)
    for code in ("gdpr.sensitive", "gdpr.small-cells"):
        assert BY_CODE[code].examine_texts(texts) == []


def test_questions_and_tables_of_the_whole_catalogue_pass(catalogue: Catalogue) -> None:
    """Every requirement at once, with its questions and tables: interpreters, languages, sick leave, adaptations."""
    chosen = {
        identifier: {"include": True}
        for identifier, requirement in catalogue.requirements.items()
        if requirement.variant("contract-performance-condition") and not requirement.applies.regimes
    }
    case = base_case(catalogue, "hemtjanst-lou", requirements=chosen, level="spearhead")
    assert case.selection is not None
    assert len(case.clauses) > 120
    for code in ("gdpr.sensitive", "gdpr.small-cells"):
        assert BY_CODE[code].examine(case) == []


def _with_question(catalogue: Catalogue, question: dict[str, Any]) -> Catalogue:
    """Give the catalogue with a question of a layer's in AKT-01."""
    requirement = catalogue.requirements["AKT-01"]
    added = requirement.model_copy(update={"questions": (*requirement.questions, Question.model_validate(question))})
    return catalogue.model_copy(update={"requirements": {**catalogue.requirements, "AKT-01": added}})


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text", "Ange personalens religion.", ["error"]),
        ("text", "Vilken är personalens etniska tillhörighet?", ["error"]),
        ("number", "Hur många anställda är fackligt anslutna?", ["warning"]),
        ("yes-no", "Redovisar ni personalens religion någonstans?", []),
        ("text", "Hur ordnar ni tolk åt den som behöver det?", []),
    ],
)
def test_questions_of_a_requirement_are_read(catalogue: Catalogue, kind: str, text: str, expected: list[str]) -> None:
    """A question for a layer's requirement may ask for what its clause does not say."""
    asked = _with_question(catalogue, {"key": "extra", "type": kind, "text": {"sv": text, "en": "A question."}})
    findings = found(asked, "stadning-lou", "gdpr.sensitive")
    assert [finding.severity for finding in findings] == expected
    assert [finding.data["name"] for finding in findings] == ["AKT-01"] * len(expected)


def _with_table(catalogue: Catalogue, **changes: object) -> Catalogue:
    """Give the catalogue with the table of staff, which AKT-08 asks for, changed as a layer's own might be."""
    table = catalogue.tables["staff"].model_copy(update=changes)
    return catalogue.model_copy(update={"tables": {**catalogue.tables, "staff": table}})


def test_tables_about_sensitive_data_are_read(catalogue: Catalogue) -> None:
    """A row for each person is an error, shown figures a warning, hidden ones pass."""
    title = Text(sv="Personal efter etnisk tillhörighet", en="Staff by ethnicity")
    person = Text(sv="Namn", en="Name")
    code = "gdpr.sensitive"
    assert severities(_with_table(catalogue, title=title), "stadning-lou", code) == []
    assert severities(_with_table(catalogue, title=title, small_numbers="shown"), "stadning-lou", code) == ["warning"]
    assert severities(_with_table(catalogue, title=title, row_heading=person), "stadning-lou", code) == ["error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leverantören ska redovisa antal anställda per enhet.", ["warning"]),
        ("Leverantören ska redovisa hur många kvinnor och män som utför kontraktet.", ["warning"]),
        ("Leverantören ska redovisa antalet klagomål efter kön.", ["warning"]),
        ("Leverantören ska lämna statistik över brukare uppdelad på kön och ålder.", ["warning"]),
        (f"Leverantören ska redovisa antal brukare uppdelat på kön och ålder. {SMALL}", []),
        ("Leverantören ska redovisa antal anställda per enhet, men inte enheter med färre än fem anställda.", []),
        ("Leverantören ska redovisa antal bussar per område.", []),
        ("Leverantören ska redovisa antalet anställda.", []),
    ],
)
def test_statistics_by_group_need_a_rule_on_small_numbers(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    """By sex, age, unit or occupation; the total of a contract has no small group."""
    assert _of_text(catalogue, "gdpr.small-cells", text) == expected
    others = {"other_clauses": {"egen": clause(text)}}
    findings = found(catalogue, "hemtjanst-lou", "gdpr.small-cells", **others)
    assert [finding.severity for finding in findings] == expected
    for finding in findings:
        pasted = plain_yaml.safe_load(finding.data["yaml"])
        assert severities(catalogue, "hemtjanst-lou", "gdpr.small-cells", **others, **pasted) == []


def test_one_rule_covers_all_statistics_of_the_documents(catalogue: Catalogue) -> None:
    """Another clause about all statistics answers for the rest."""
    others = {
        "personal": clause("Leverantören ska redovisa antal anställda per enhet."),
        "statistik": clause("I all statistik utelämnas tal som bygger på färre än fem personer."),
    }
    assert severities(catalogue, "hemtjanst-lou", "gdpr.small-cells", other_clauses=others) == []


def test_a_table_that_shows_small_numbers_of_persons_is_found(catalogue: Catalogue) -> None:
    """The catalogue's tables by sex hide them; a layer's own may not."""
    shown = _with_table(catalogue, small_numbers="shown")
    [finding] = found(shown, "stadning-lou", "gdpr.small-cells")
    assert (finding.severity, finding.data["name"]) == ("warning", "AKT-08")
    goods = _with_table(catalogue, small_numbers="shown", unit=Text(sv="varor", en="goods"))
    assert severities(goods, "stadning-lou", "gdpr.small-cells") == []


@pytest.mark.parametrize(
    "part",
    ["personalens kön, ålder och ", "antal anställda som är ", "redovisa kön, och ", "uppgifter om ", "- personalens "],
)
def test_long_texts_take_time_in_proportion(catalogue: Catalogue, part: str) -> None:
    """Twenty times the text takes well below four hundred times the time: no pattern is worse than linear."""

    def seconds(times: int) -> float:
        text = "Leverantören ska redovisa etnisk religion antal 2006:260 " + part * times
        texts = paragraph_texts(catalogue, text)
        start = time.perf_counter()
        for code in ("gdpr.sensitive", "gdpr.small-cells", "stat.sex-missing", "ad.voluntary-municipal"):
            BY_CODE[code].examine_texts(Texts(texts.clauses, texts.law))
        return time.perf_counter() - start

    seconds(10)
    assert seconds(10_000) < 60 * max(seconds(500), 0.005)
