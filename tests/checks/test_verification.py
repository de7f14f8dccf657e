"""Whether a requirement can be checked at all."""

from __future__ import annotations

import pytest
import yaml
from stated import found, stated

from procurement_equality import Catalogue
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.case import make_case
from procurement_equality.checks.example import example
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings import Finding
from procurement_equality.procurement.model import made_from

VAGUE: list[tuple[Language, str]] = [
    ("sv", "Leverantören ska aktivt arbeta för jämställdhet."),
    ("sv", "Verksamheten ska genomsyras av ett jämställdhetsperspektiv."),
    ("sv", "Leverantören ska i största möjliga mån erbjuda heltid."),
    ("sv", "Personalen ska ha god kännedom om diskrimineringslagen."),
    ("sv", "Leverantören ska värna mångfald och ha ett mångfaldsperspektiv."),
    ("sv", "Utföraren ska efter bästa förmåga motverka trakasserier."),
    ("sv", "Leverantören ska bedriva ett aktivt jämställdhetsarbete."),
    ("sv", "Utbildning om trakasserier ska ges regelbundet."),
    ("sv", "Leverantören ska aktivt verka för jämställdhet under 12 månader."),
    ("en", "The supplier shall strive for equality."),
    ("en", "Staff shall have good knowledge of the Discrimination Act."),
    ("en", "The supplier must to the greatest extent possible offer full-time work."),
    ("en", "The provider shall actively promote diversity."),
]

MEASURED: list[tuple[Language, str]] = [
    ("sv", "Personalen ska ha god kännedom om lagen, visad med ett prov med minst 80 procent rätt."),
    ("sv", "Utbildning ska ges regelbundet, minst 2 gånger per år."),
    ("sv", "Leverantören ska följa god redovisningssed."),
    ("sv", "Kommunen eftersträvar en god livsmiljö."),
    ("sv", "Leverantören ska löpande, varje månad, lämna schemat."),
    ("sv", "Leverantören ska erbjuda heltid till alla som utför kontraktet senast den 1 maj."),
    ("sv", "Medlen ska vara lämpliga och nödvändiga."),
    ("sv", "Intyg ska godtas från alla utbildare."),
    ("sv", "Leverantören ska vid behov delta i möten, och lämna maskinerna i gott skick."),
    ("en", "Staff shall have good knowledge of the act, shown by a test with at least 80 per cent right."),
    ("en", "Training shall be given regularly, at least twice a year."),
    ("en", "The municipality strives for equality."),
    ("en", "Goods shall be delivered within 5 days."),
]


@pytest.mark.parametrize(("language", "written"), VAGUE)
def test_words_without_a_measure_are_found(language: Language, written: str, catalogue: Catalogue) -> None:
    """What nobody can follow up is found in a paragraph of a document too."""
    assert [finding.code for finding in found(catalogue, "verif.vague", stated(written, language))] == ["verif.vague"]


@pytest.mark.parametrize(("language", "written"), MEASURED)
def test_words_with_a_measure_and_plain_prose_are_not(language: Language, written: str, catalogue: Catalogue) -> None:
    """A number, a date or a standard beside the word, a term of art, or a sentence that demands nothing."""
    assert found(catalogue, "verif.vague", stated(written, language)) == []


def test_every_sentence_of_a_clause_demands(catalogue: Catalogue) -> None:
    """A clause is a demand in all its sentences; a paragraph of a document only where it says so."""
    written = "Leverantören arbetar aktivt för jämställdhet."
    assert found(catalogue, "verif.vague", stated(written)) == []
    assert len(found(catalogue, "verif.vague", stated(written, kind="technical-specification"))) == 1


def test_the_measure_must_stand_in_the_same_sentence(catalogue: Catalogue) -> None:
    """A number elsewhere in the clause measures something else."""
    written = "Personalen ska ha god kännedom om diskrimineringslagen. Rapporten lämnas senast den 1 maj 2026."
    assert [f.data["words"] for f in found(catalogue, "verif.vague", stated(written))] == ["god"]


def _missing(catalogue: Catalogue, clause: str) -> list[Finding]:
    head = example("verif.missing").holds.text.partition("other_clauses:")[0]
    file, findings = read(
        f"{head}other_clauses:\n  krav: {{title: Krav, text: En text., {clause}}}\n", "upphandling.yaml"
    )
    assert file is not None, findings
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    return BY_CODE["verif.missing"].examine(make_case(catalogue, procurement))


CONDITION = "kind: contract-performance-condition"


@pytest.mark.parametrize(
    ("clause", "lacking"),
    [
        (CONDITION, "evidence, follow_up"),
        (f"{CONDITION}, evidence: En rapport.", "follow_up"),
        (f"{CONDITION}, evidence: En rapport., follow_up: {{method: Läsning.}}", "months_after_start"),
        (f"{CONDITION}, follow_up: {{method: Läsning., months_after_start: 6}}", "evidence"),
        ("kind: selection-criterion", "evidence"),
        ("kind: reserved-participation", "evidence"),
        ("kind: award-criterion, weight: 20", "evidence, follow_up"),
    ],
)
def test_a_clause_without_proof_or_follow_up_is_found(clause: str, lacking: str, catalogue: Catalogue) -> None:
    """The corrected file holds exactly the keys that were missing."""
    (finding,) = _missing(catalogue, clause)
    corrected = yaml.safe_load(finding.data["yaml"])["other_clauses"]["krav"]
    follow_up = corrected.get("follow_up", {})
    if lacking == "months_after_start":
        assert (list(corrected), follow_up["method"]) == (["follow_up"], "Läsning.")
    else:
        assert ", ".join(corrected) == lacking
    assert not follow_up or follow_up["months_after_start"] == 12
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "clause",
    [
        f"{CONDITION}, evidence: En rapport., follow_up: {{method: Läsning., months_after_start: 6}}",
        f"{CONDITION}, evidence: En rapport., follow_up: {{method: Läsning., then_every_months: 12}}",
        f"{CONDITION}, evidence: En rapport., follow_up: {{method: Läsning., with_tender: true}}",
        "kind: selection-criterion, evidence: Ett intyg.",
        "kind: exclusion-ground",
    ],
)
def test_a_clause_that_can_be_checked_is_not(clause: str, catalogue: Catalogue) -> None:
    """What is examined once, with the tender, needs no time of follow-up, and the authority shows a ground itself."""
    assert _missing(catalogue, clause) == []


@pytest.mark.parametrize(("title", "number"), [("Pris", 0), ("Anbudspris", 0), ("Timkostnad", 0), ("Kvalitet", 1)])
def test_the_price_is_shown_by_the_tender(title: str, number: int, catalogue: Catalogue) -> None:
    """An award criterion that is the price needs no other proof."""
    head = example("verif.missing").holds.text.partition("other_clauses:")[0]
    clause = f"{{kind: award-criterion, title: {title}, text: Det som vägs in., weight: 60}}"
    file, _ = read(f"{head}other_clauses:\n  k: {clause}\n", "upphandling.yaml")
    assert file is not None
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    assert len(BY_CODE["verif.missing"].examine(make_case(catalogue, procurement))) == number
