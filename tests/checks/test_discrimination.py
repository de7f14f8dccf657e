"""Clauses that would themselves discriminate: quotas, preferences, choice of staff, language."""

from __future__ import annotations

import pytest
from stated import found, stated

from procurement_equality import Catalogue
from procurement_equality.catalogue.text import Language

QUOTA, PREFERENCE = "discrimination.quota", "discrimination.preferential-nonsex"
ORIGIN, SEX, LANGUAGE = "discrimination.origin-choice", "discrimination.sex-choice", "discrimination.language-test"

FIRES: list[tuple[str, Language, str]] = [
    (QUOTA, "sv", "Minst 40 procent av de anställda ska vara kvinnor."),
    (QUOTA, "sv", "Personalen ska bestå av minst hälften män."),
    (QUOTA, "sv", "Varannan nyanställd ska vara kvinna."),
    (QUOTA, "sv", "Leverantören ska anställa minst två utrikes födda."),
    (QUOTA, "sv", "Minst 20 % av personalen ska ha utländsk bakgrund."),
    (QUOTA, "sv", "Underrepresenterade könet ska utgöra minst 30 procent av cheferna."),
    (QUOTA, "sv", "Leverantören ska kvotera in män i verksamheten."),
    (QUOTA, "sv", "Leverantören ska ha lika många kvinnor som män i arbetsledningen."),
    (QUOTA, "en", "At least 40 per cent of the staff shall be women."),
    (QUOTA, "en", "The supplier shall hire at least two foreign-born drivers."),
    (QUOTA, "en", "The supplier shall apply a gender quota."),
    (PREFERENCE, "sv", "Vid rekrytering ska sökande med utländsk bakgrund ges företräde."),
    (PREFERENCE, "sv", "Leverantören ska tillämpa positiv särbehandling av etniska minoriteter vid anställning."),
    (PREFERENCE, "sv", "Personer av annan etnisk tillhörighet ska prioriteras när vikarier anställs."),
    (PREFERENCE, "sv", "Sökande med viss religion ska i första hand anställas."),
    (PREFERENCE, "sv", "Hbtqi-personer ska ha förtur till lediga tjänster."),
    (PREFERENCE, "en", "Applicants of foreign background shall be given preference."),
    (PREFERENCE, "en", "The supplier shall use positive action for ethnic minorities in recruitment."),
    (ORIGIN, "sv", "Den enskilde får tacka nej till personal med utländsk bakgrund."),
    (ORIGIN, "sv", "Önskemål om personalens etniska ursprung ska tillgodoses."),
    (ORIGIN, "sv", "Brukaren kan välja bort personal på grund av hudfärg eller religion."),
    (ORIGIN, "sv", "Kunden har rätt att byta till svenskfödd personal."),
    (ORIGIN, "sv", "Den enskilde kan begära personal utan brytning."),
    (ORIGIN, "sv", "Brukaren får välja muslimsk vårdare."),
    (ORIGIN, "en", "The user may refuse staff of foreign background."),
    (ORIGIN, "en", "Wishes about the religion of staff shall be accommodated."),
    (SEX, "sv", "Den enskilde har rätt att välja personalens kön."),
    (SEX, "sv", "Önskemål om kvinnlig personal ska tillgodoses."),
    (SEX, "sv", "Brukaren får välja personal utifrån kön."),
    (SEX, "sv", "Den som önskar manlig vårdare ska få det."),
    (SEX, "sv", "Den enskilde kan begära att få hjälp av en kvinna."),
    (SEX, "sv", "Kunden får välja kön på den personal som kommer."),
    (SEX, "en", "The user may choose the sex of staff."),
    (SEX, "en", "Requests for female carers shall be granted."),
    (LANGUAGE, "sv", "All personal ska behärska svenska i tal och skrift."),
    (LANGUAGE, "sv", "Städarna ska ha goda kunskaper i svenska."),
    (LANGUAGE, "sv", "Personalen ska ha svenska på lägst nivå B2."),
    (LANGUAGE, "sv", "Förarna ska ha godkänt språktest."),
    (LANGUAGE, "sv", "Konsulten ska ha svenska som modersmål för att kunna skriva rapporter."),
    (LANGUAGE, "sv", "Personal i köket ska tala svenska utan brytning."),
    (LANGUAGE, "en", "All staff shall speak and write Swedish."),
    (LANGUAGE, "en", "The consultants must be native speakers in order to write reports."),
]

PASSES: list[tuple[str, Language, str]] = [
    (QUOTA, "sv", "Målet är att minst 40 procent av de anställda ska vara kvinnor."),
    (QUOTA, "sv", "Leverantören ska anställa minst två långtidsarbetslösa."),
    (QUOTA, "sv", "Leverantören ska redovisa hur många kvinnor och män som utför kontraktet."),
    (QUOTA, "sv", "Plaggen ska finnas i minst två modeller för kvinnor och män."),
    (QUOTA, "sv", "Rekryteringen ska ske utan kvotering."),
    (QUOTA, "sv", "Minst hälften av deltagarna i kursen ska vara kvinnor."),
    (QUOTA, "sv", "Av Sveriges städare var 75 procent kvinnor år 2020."),
    (QUOTA, "en", "The goal is that at least 40 per cent of the staff are women."),
    (QUOTA, "en", "The supplier shall report the number of women and men."),
    (PREFERENCE, "sv", "Vid lika meriter får det underrepresenterade könet ges företräde."),
    (PREFERENCE, "sv", "Sökande får inte ges företräde på grund av etnisk tillhörighet vid rekrytering."),
    (PREFERENCE, "sv", "Upphandlingsdokumenten har företräde framför anbudet och anställningsavtalen."),
    (PREFERENCE, "sv", "Personer med funktionsnedsättning ska prioriteras vid rekrytering."),
    (PREFERENCE, "sv", "Klagomål om etnisk tillhörighet ska prioriteras."),
    (PREFERENCE, "sv", "Leverantören ska rekrytera brett, även bland utrikes födda."),
    (PREFERENCE, "en", "No preference shall be given by ethnic origin when staff are hired."),
    (PREFERENCE, "en", "Urgent cases shall be given priority."),
    (ORIGIN, "sv", "Önskemål om personalens ursprung får inte styra schemat."),
    (ORIGIN, "sv", "Den enskilde får välja personal som talar finska."),
    (ORIGIN, "sv", "Personalen ska respektera den enskildes val av mat utifrån religion."),
    (ORIGIN, "sv", "Den enskilde har rätt till hjälp oavsett ursprung, och får byta personal."),
    (ORIGIN, "sv", "Önskemål om personalens religion ska avböjas."),
    (ORIGIN, "sv", "Leverantören ska ge personal med utländsk bakgrund samma introduktion."),
    (ORIGIN, "en", "Wishes about the origin of staff may not decide the schedule."),
    (ORIGIN, "en", "The user may choose staff who speak Finnish."),
    (SEX, "sv", "Varje önskemål om personalens kön ska prövas för sig."),
    (SEX, "sv", "Önskemål om kvinnlig personal följs om det har ett berättigat syfte och är lämpligt och nödvändigt."),
    (SEX, "sv", "Leverantören ska redovisa antalet önskemål efter den enskildes kön."),
    (SEX, "sv", "Önskemål om personalens kön tillgodoses inte."),
    (SEX, "sv", "Skyddskläder ska finnas i storlekar för kvinnlig personal."),
    (SEX, "sv", "Den enskilde får välja utförare."),
    (SEX, "en", "Every request for female carers is assessed individually."),
    (SEX, "en", "The user may choose a provider."),
    (LANGUAGE, "sv", "Anbudet ska vara skrivet på svenska."),
    (LANGUAGE, "sv", "Personalen ska ha den svenska som krävs för att läsa säkerhetsanvisningar och larma."),
    (LANGUAGE, "sv", "Leverantören ska erbjuda personalen språkutbildning i svenska."),
    (LANGUAGE, "sv", "Personalens modersmål får inte registreras."),
    (LANGUAGE, "sv", "Bruksanvisningen ska finnas på svenska språket i tal och skrift."),
    (LANGUAGE, "sv", "Personalen ska kunna svenska på den nivå som arbetsuppgifterna kräver."),
    (LANGUAGE, "sv", "Förarna ska tala svenska så att resenärerna får rätt hjälp."),
    (LANGUAGE, "sv", "Leverantören ska ha en kontaktperson som behärskar svenska."),
    (LANGUAGE, "en", "The tender shall be written in Swedish."),
    (LANGUAGE, "en", "Staff shall speak Swedish at the level that the tasks demand."),
]


@pytest.mark.parametrize(("code", "language", "written"), FIRES)
def test_a_clause_that_would_discriminate_is_found(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """Each wording is one that well-meant clauses have."""
    clause = stated(written, language, "contract-performance-condition")
    assert [finding.code for finding in found(catalogue, code, clause)] == [code]


@pytest.mark.parametrize(("code", "language", "written"), PASSES)
def test_a_goal_a_refusal_a_test_or_another_matter_is_not(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """What the law permits, or what only shares words with what it forbids."""
    clause = stated(written, language, "contract-performance-condition")
    assert found(catalogue, code, clause) == []


@pytest.mark.parametrize(
    "written",
    [
        "Minst 30 procent av dem som sysselsätts i kontraktet ska vara utrikes födda.",
        "Minst 30 procent av de sysselsatta ska ha utländsk bakgrund.",
    ],
)
def test_a_reserved_contract_may_state_a_share(written: str, catalogue: Catalogue) -> None:
    """LOU 4:18 itself has a share for those who have difficulty entering the labour market."""
    assert found(catalogue, QUOTA, stated(written, kind="reserved-participation")) == []
    assert len(found(catalogue, QUOTA, stated(written, kind="contract-performance-condition"))) == 1


def test_a_paragraph_that_demands_nothing_is_no_quota(catalogue: Catalogue) -> None:
    """A document also describes how things are."""
    assert found(catalogue, QUOTA, stated("I dag är minst 80 procent kvinnor i yrket.")) == []


def test_the_severities_are_those_of_the_law(catalogue: Catalogue) -> None:
    """A choice by origin is refused, a choice by sex is weighed."""
    by_origin = found(catalogue, ORIGIN, stated("Den enskilde får välja bort personal på grund av hudfärg."))
    by_sex = found(catalogue, SEX, stated("Den enskilde får välja personalens kön."))
    assert [finding.severity for finding in (*by_origin, *by_sex)] == ["error", "warning"]
