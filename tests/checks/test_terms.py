"""Words of the law: abolished plans, repealed acts, the seven grounds, the six forms."""

from __future__ import annotations

import datetime

import pytest
from stated import found, stated

from procurement_equality import Catalogue
from procurement_equality.catalogue.checking import read_wording
from procurement_equality.catalogue.grounds import GROUNDS
from procurement_equality.catalogue.text import Language
from procurement_equality.resources import bundled

FIRES: list[tuple[str, Language, str]] = [
    (
        "term.jamstalldhetsplan",
        "sv",
        "Leverantören ska ha en jämställdhetsplan enligt 3 kap. 13 § diskrimineringslagen.",
    ),
    ("term.jamstalldhetsplan", "sv", "Anbudsgivaren skall bifoga sin jämställdhetsplan."),
    ("term.jamstalldhetsplan", "sv", "Utföraren ska ha en mångfaldsplan."),
    ("term.jamstalldhetsplan", "sv", "Det är ett krav att leverantören upprättar en likabehandlingsplan."),
    ("term.jamstalldhetsplan", "sv", "Jämställdhets- och mångfaldsplanen ska visas på begäran."),
    ("term.jamstalldhetsplan", "en", "The supplier shall submit its gender equality plan."),
    ("term.jamstalldhetsplan", "en", "The tenderer must have an equality plan."),
    ("term.old-acts", "sv", "Leverantören ska följa jämställdhetslagen."),
    ("term.old-acts", "sv", "Leverantören ska följa lagen (1999:130) om åtgärder mot etnisk diskriminering."),
    ("term.old-acts", "sv", "Insatsen ges enligt socialtjänstlagen (2001:453)."),
    ("term.old-acts", "sv", "Upphandlingen genomförs enligt lag (2007:1091) om offentlig upphandling."),
    ("term.old-acts", "sv", "Uppgifterna behandlas enligt personuppgiftslagens regler."),
    ("term.old-acts", "sv", "Det följer av lagen (2003:307) om förbud mot diskriminering."),
    ("term.old-acts", "en", "The supplier shall comply with the Personal Data Act."),
    ("term.old-acts", "en", "Under Act 1991:433 the supplier shall promote equality."),
    ("term.grounds", "sv", "Ingen får diskrimineras på grund av kön, etnisk tillhörighet eller religion."),
    ("term.grounds", "sv", "Alla ska bemötas lika oavsett kön, ålder och funktionsnedsättning."),
    ("term.grounds", "sv", "Trakasserier på grund av kön, ålder eller sexuell läggning ska utredas."),
    (
        "term.grounds",
        "sv",
        "Oavsett kön, könsidentitet, etnicitet, religion, funktionshinder, sexuell läggning och ålder.",
    ),
    ("term.grounds", "en", "Nobody may be discriminated against on grounds of sex, religion or age."),
    ("term.grounds", "en", "All shall be treated alike regardless of sex, disability and ethnicity."),
    ("term.forms", "sv", "Utbildningen ska ta upp de fem formerna av diskriminering."),
    ("term.forms", "sv", "Med diskriminering avses direkt diskriminering, indirekt diskriminering och trakasserier."),
    ("term.forms", "sv", "Förbudet avser direkt och indirekt diskriminering, trakasserier och sexuella trakasserier."),
    ("term.forms", "sv", "Diskriminering i fem former är förbjuden."),
    ("term.forms", "en", "The training shall cover the five forms of discrimination."),
    (
        "term.forms",
        "en",
        "Direct discrimination, indirect discrimination, harassment and sexual harassment are covered.",
    ),
]

PASSES: list[tuple[str, Language, str]] = [
    ("term.jamstalldhetsplan", "sv", "Leverantören ska redovisa sitt bidrag till kommunens jämställdhetsplan."),
    ("term.jamstalldhetsplan", "sv", "Någon plan behövs inte; leverantören ska inte ha en jämställdhetsplan."),
    ("term.jamstalldhetsplan", "sv", "Kommunen har en jämställdhetsplan sedan 2008."),
    ("term.jamstalldhetsplan", "sv", "Leverantören ska lämna en plan för lika rättigheter i kontraktet."),
    ("term.jamstalldhetsplan", "sv", "Jämställdhetsplanering ingår i planen som ska lämnas."),
    ("term.jamstalldhetsplan", "en", "The supplier shall report on the municipality's equality plan."),
    ("term.jamstalldhetsplan", "en", "The supplier shall have an action plan."),
    ("term.old-acts", "sv", "Leverantören ska följa diskrimineringslagen (2008:567)."),
    ("term.old-acts", "sv", "Insatsen ges enligt socialtjänstlagen (2025:400)."),
    ("term.old-acts", "sv", "Lagen har ersatt jämställdhetslagen (1991:433)."),
    ("term.old-acts", "sv", "Kontrakt som ingåtts enligt lagen (2007:1091) om offentlig upphandling räknas."),
    ("term.old-acts", "sv", "Lagen om förbud mot diskriminering av deltidsarbetande arbetstagare och arbetstagare"
     " med tidsbegränsad anställning (2002:293) gäller detta."),
    ("term.old-acts", "sv", "Ärendet har diarienummer KS 2001:4531."),
    ("term.old-acts", "en", "The supplier shall comply with the Discrimination Act (2008:567)."),
    ("term.old-acts", "en", "The act replaced the Personal Data Act."),
    ("term.grounds", "sv", "Ingen får diskrimineras på grund av kön, könsöverskridande identitet eller uttryck, etnisk"
     " tillhörighet, religion eller annan trosuppfattning, funktionsnedsättning, sexuell läggning eller ålder."),
    ("term.grounds", "sv", "Alla ska bemötas lika oavsett diskrimineringsgrund."),
    ("term.grounds", "sv", "Diskriminering kan gälla till exempel kön, ålder eller religion."),
    ("term.grounds", "sv", "Statistiken ska delas upp efter kön, ålder och funktionsnedsättning oavsett insats."),
    ("term.grounds", "sv", "ILO:s konvention 111 förbjuder diskriminering på grund av hudfärg, kön och religion."),
    ("term.grounds", "sv", "Kläderna ska passa alla oavsett kön och ålder."),
    ("term.grounds", "en", "All shall be treated alike regardless of the grounds of discrimination."),
    ("term.grounds", "en", "Discrimination may concern, for example, sex, age or religion."),
    ("term.forms", "sv", "Utbildningen ska ta upp de sex formerna av diskriminering."),
    ("term.forms", "sv", "Leverantören får inte diskriminera, vare sig direkt eller indirekt."),
    ("term.forms", "sv", "Rutinen ska gälla trakasserier, sexuella trakasserier och repressalier."),
    ("term.forms", "sv", "Löneskillnader med direkt eller indirekt samband med kön ska åtgärdas, liksom trakasserier."),
    ("term.forms", "sv", "Formerna är direkt diskriminering, indirekt diskriminering, bristande tillgänglighet, "
     "trakasserier, sexuella trakasserier och instruktioner att diskriminera."),
    ("term.forms", "en", "The training shall cover the six forms of discrimination."),
    ("term.forms", "en", "Direct and indirect discrimination is prohibited."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "language", "written"), FIRES)
def test_a_word_that_the_law_no_longer_has_is_found(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """Each wording is one that old clauses have."""
    assert [finding.code for finding in found(catalogue, code, stated(written, language))] == [code]


@pytest.mark.parametrize(("code", "language", "written"), PASSES)
def test_what_agrees_with_the_law_or_tells_its_history_is_not(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """The authority's own plan, an act in force, an open list, or all that the act lists."""
    assert found(catalogue, code, stated(written, language)) == []


def test_an_equality_plan_is_an_error_and_the_other_plans_are_a_warning(catalogue: Catalogue) -> None:
    """Only the equality plan stood in the provision; the others were never its word for employers."""
    severities = {
        plan: found(catalogue, "term.jamstalldhetsplan", stated(f"Leverantören ska ha en {plan}."))[0].severity
        for plan in ("jämställdhetsplan", "mångfaldsplan", "likabehandlingsplan")
    }
    assert severities == {"jämställdhetsplan": "error", "mångfaldsplan": "warning", "likabehandlingsplan": "warning"}


@pytest.mark.parametrize(
    ("date", "codes"),
    [
        (datetime.date(2025, 6, 30), []),
        (datetime.date(2025, 7, 1), ["term.old-acts"]),
        (None, ["term.old-acts"]),
    ],
)
def test_an_act_is_repealed_from_the_day_after_its_last(
    date: datetime.date | None, codes: list[str], catalogue: Catalogue
) -> None:
    """The law on the day of the procurement counts; a document without a date is held against what is known."""
    clause = stated("Insatsen ges enligt socialtjänstlagen (2001:453).")
    assert [finding.code for finding in found(catalogue, "term.old-acts", clause, date=date)] == codes


def test_a_repealed_act_names_the_one_that_applies_instead(catalogue: Catalogue) -> None:
    """The way out can be followed without looking the act up."""
    (finding,) = found(catalogue, "term.old-acts", stated("Enligt jämställdhetslagen (1991:433) ska löner kartläggas."))
    assert finding.data["words"] == "jämställdhetslagen (1991:433)"
    assert "diskrimineringslagen (2008:567)" in finding.data["now_sv"]


@pytest.mark.parametrize(
    ("date", "instead"),
    [(datetime.date(2025, 6, 30), "2001:453"), (datetime.date(2025, 7, 1), "2025:400"), (None, "2025:400")],
)
def test_the_act_that_applies_instead_is_the_one_of_the_day(
    date: datetime.date | None, instead: str, catalogue: Catalogue
) -> None:
    """The Social Services Act of 1980 was followed by two: the day decides which."""
    (finding,) = found(catalogue, "term.old-acts", stated("Enligt lagen (1980:620) ges hjälp."), date=date)
    assert instead in finding.data["now_sv"]


def test_the_grounds_that_are_missing_are_named(catalogue: Catalogue) -> None:
    """The buyer sees which of the seven the list lacks."""
    (finding,) = found(
        catalogue, "term.grounds", stated("Ingen får diskrimineras på grund av kön, ålder eller religion.")
    )
    assert "sexuell läggning" in finding.data["missing"]


def test_the_first_name_of_each_ground_is_the_acts_own(catalogue: Catalogue) -> None:
    """The rule about texts has no catalogue, and takes the act's spelling from the list of names."""
    lint, _ = read_wording(bundled("requirements_catalog"))
    assert lint is not None
    also = lint.grounds.also
    for ground in GROUNDS:
        spelled = catalogue.head.grounds[ground]
        assert (also.sv[ground][0], also.en[ground][0]) == (spelled.sv, spelled["en"])
