"""Duties that begin at a number of employees, and the day that counts."""

from __future__ import annotations

import datetime

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

LAST_VERIFIED, FIRST_UNVERIFIED = datetime.date(2026, 6, 30), datetime.date(2026, 7, 1)

FIRES: list[tuple[str, Language, str]] = [
    ("headcount.25", "sv", "Leverantör med minst 25 anställda ska ha dokumenterat sina aktiva åtgärder."),
    ("headcount.25", "sv", "Har företaget 25 eller fler arbetstagare ska lönekartläggningen visas."),
    ("headcount.25", "sv", "Fler än tjugofem medarbetare: arbetet mot diskriminering ska dokumenteras."),
    ("headcount.25", "sv", "Minst 25 anställda vid kalenderårets ingång ska ha dokumenterade aktiva åtgärder."),
    ("headcount.25", "sv", "Enligt 3 kap. 13 § diskrimineringslagen ska den med 25 anställda dokumentera."),
    ("headcount.25", "en", "A supplier with at least 25 employees shall document its active measures."),
    ("headcount.25", "en", "Firms with 25 or more workers shall show their work for equality."),
    ("headcount.50", "sv", "Leverantören ska ha en visselblåsarfunktion."),
    ("headcount.50", "sv", "Leverantör med minst 25 anställda ska ha en intern rapporteringskanal."),
    ("headcount.50", "sv", "Det ska finnas interna rapporteringskanaler hos alla utförare."),
    ("headcount.50", "sv", "Utföraren skall införa en rapporteringsfunktion för personalen."),
    ("headcount.50", "sv", "Leverantören ska ha visselblåsarsystem enligt lagen (2021:890)."),
    ("headcount.50", "en", "The supplier shall have a whistleblowing channel."),
    ("headcount.50", "en", "A supplier with at least 20 employees must have internal reporting channels."),
    ("headcount.100", "sv", "Leverantör med minst 100 anställda ska rapportera löneskillnader."),
    ("headcount.100", "sv", "Den som har 150 arbetstagare ska varje år lämna en lönegapsrapport."),
    ("headcount.100", "sv", "Leverantören ska rapportera sitt lönegap enligt lönetransparensdirektivet."),
    ("headcount.100", "sv", "Leverantören ska redovisa lönegapet enligt direktiv (EU) 2023/970."),
    ("headcount.100", "sv", "Lönerapportering ska ske av den som har 250 eller fler anställda."),
    ("headcount.100", "en", "A supplier with at least 100 employees shall submit a pay gap report."),
    ("headcount.100", "en", "The supplier shall report on pay gaps under the Pay Transparency Directive."),
]

PASSES: list[tuple[str, Language, str]] = [
    ("headcount.25", "sv", "Leverantör som vid ingången av kalenderåret sysselsatte 25 eller fler arbetstagare ska visa"
     " dokumentationen av aktiva åtgärder (3 kap. 13 § diskrimineringslagen)."),
    ("headcount.25", "sv", "Kursen om jämställdhet ska rymma 25 deltagare."),
    ("headcount.25", "sv", "Leverantören ska utbilda 25 anställda i hjärt-lungräddning."),
    ("headcount.25", "sv", "Leverantör med 125 anställda ska följa diskrimineringslagen."),
    ("headcount.25", "sv", "Arbetet mot diskriminering ska visas inom 25 dagar."),
    ("headcount.25", "en", "A supplier that at the beginning of the calendar year had 25 or more employees shall show"
     " active measures (Chapter 3, Section 13 of the Discrimination Act)."),
    ("headcount.25", "en", "The supplier shall train 25 employees in first aid."),
    ("headcount.50", "sv", "Leverantör med minst 50 anställda ska ha en visselblåsarfunktion."),
    ("headcount.50", "sv", "Leverantör som enligt lag ska ha en intern rapporteringskanal ska visa den."),
    ("headcount.50", "sv", "Leverantör som är skyldig att ha visselblåsarkanal ska visa hur den används."),
    ("headcount.50", "sv", "Kommunen har en visselblåsarfunktion för sina anställda."),
    ("headcount.50", "sv", "Avvikelser ska rapporteras i beställarens system."),
    ("headcount.50", "en", "A supplier with 50 or more employees shall have a whistleblowing channel."),
    ("headcount.50", "en", "The municipality has internal reporting channels."),
    ("headcount.100", "sv", "Leverantör som enligt lag ska rapportera löneskillnader ska visa kvittensen."),
    ("headcount.100", "sv", "Leverantören ska redovisa lönegapet bland personal som utför kontraktet."),
    ("headcount.100", "sv", "Leverantör med 100 anställda ska ha ett kundcenter."),
    ("headcount.100", "sv", "Lönetransparensdirektivet ska genomföras i svensk rätt."),
    ("headcount.100", "sv", "Löneskillnader mellan kvinnor och män ska analyseras varje år."),
    ("headcount.100", "en", "A supplier that by law shall report pay gaps shall show the receipt."),
    ("headcount.100", "en", "The supplier shall analyse pay differences every year."),
]  # fmt: skip

FROM_10: list[tuple[Language, str]] = [
    ("sv", "Leverantör med mellan 10 och 24 arbetstagare ska visa sin dokumenterade lönekartläggning."),
    ("sv", "Lönekartläggningen ska vara dokumenterad hos den som har minst 10 anställda."),
    ("sv", "Den som har 10–24 anställda ska visa lönekartläggningen."),
    ("sv", "Företag med tio eller fler medarbetare ska lämna sin lönekartläggning."),
    ("en", "A supplier with between 10 and 24 employees shall show its documented pay survey."),
    ("en", "Firms with ten or more employees shall submit the pay survey."),
]

NOT_FROM_10: list[tuple[Language, str]] = [
    ("sv", "Leverantören ska visa sin lönekartläggning senast den 10 mars."),
    ("sv", "Leverantör med minst 25 anställda ska visa sin lönekartläggning."),
    ("sv", "Leverantör med minst 10 anställda ska ha en kontaktperson."),
    ("sv", "Leverantör med 110 anställda ska visa sin lönekartläggning."),
    ("en", "A supplier with at least 25 employees shall show its pay survey."),
    ("en", "The supplier shall submit the pay survey within 10 days."),
]


@pytest.mark.parametrize(("code", "language", "written"), FIRES)
def test_a_limit_that_is_not_the_laws_is_found(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """Each wording is one that clauses on documentation, channels and pay reports have."""
    assert [finding.code for finding in found(catalogue, code, stated(written, language))] == [code]


@pytest.mark.parametrize(("code", "language", "written"), PASSES)
def test_a_limit_that_is_the_laws_or_another_number_is_not(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """What states the law, leaves it to the law, or counts something else."""
    assert found(catalogue, code, stated(written, language)) == []


@pytest.mark.parametrize(("language", "written"), FROM_10)
def test_pay_surveys_from_10_are_doubted_only_from_july_2026(
    language: Language, written: str, catalogue: Catalogue
) -> None:
    """The day counts: before the proposed change the limit is the act's, and a document without a day is new."""
    clause = stated(written, language)
    assert found(catalogue, "headcount.10", clause, date=LAST_VERIFIED) == []
    for date in (FIRST_UNVERIFIED, None):
        (finding,) = found(catalogue, "headcount.10", clause, date=date)
        assert finding.severity == "warning"
        assert "inte kontrollerad" in finding.data["figure_sv"]


@pytest.mark.parametrize(("language", "written"), NOT_FROM_10)
def test_another_number_or_no_pay_survey_is_no_limit_of_10(
    language: Language, written: str, catalogue: Catalogue
) -> None:
    """Days, other limits and other duties are left alone on any day."""
    assert found(catalogue, "headcount.10", stated(written, language), date=FIRST_UNVERIFIED) == []


def test_the_limit_of_25_says_so_where_it_is_not_verified_for_the_day(catalogue: Catalogue) -> None:
    """A clause that states the limit rightly is information only when the rule on the day has not been verified."""
    clause = stated(
        "Leverantör som vid ingången av kalenderåret sysselsatte 25 eller fler arbetstagare ska visa aktiva åtgärder"
        " enligt 3 kap. 13 § diskrimineringslagen."
    )
    assert found(catalogue, "headcount.25", clause, date=LAST_VERIFIED) == []
    (finding,) = found(catalogue, "headcount.25", clause, date=FIRST_UNVERIFIED)
    assert finding.severity == "information"
    assert "inte kontrollerad" in finding.data["says_sv"]
    assert "has not been verified" in finding.data["says_en"]


@pytest.mark.parametrize(
    ("date", "limit"),
    [(datetime.date(2022, 7, 17), 250), (datetime.date(2023, 12, 16), 250), (datetime.date(2023, 12, 17), 50)],
)
def test_the_channel_duty_came_in_two_steps(date: datetime.date, limit: int, catalogue: Catalogue) -> None:
    """What was right to ask of 250 in 2022 is right to ask of 50 today."""
    below = stated(f"Leverantör med minst {limit - 1} anställda ska ha en visselblåsarkanal.")
    at = stated(f"Leverantör med minst {limit} anställda ska ha en visselblåsarkanal.")
    assert [finding.data["at_least"] for finding in found(catalogue, "headcount.50", below, date=date)] == [str(limit)]
    assert found(catalogue, "headcount.50", at, date=date) == []


def test_before_there_was_a_duty_nothing_is_said(catalogue: Catalogue) -> None:
    """A rule that cannot apply is silent."""
    clause = stated("Leverantören ska ha en visselblåsarkanal.")
    assert found(catalogue, "headcount.50", clause, date=datetime.date(2022, 7, 16)) == []


def _channel_findings(catalogue: Catalogue, headcount: str) -> list[Finding]:
    text = example("headcount.50").holds.text.partition("other_clauses:")[0]
    file, _ = read(f"{text}{headcount}requirements:\n  TRA-08: {{}}\n", "upphandling.yaml")
    assert file is not None
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    return BY_CODE["headcount.50"].examine(make_case(catalogue, procurement))


@pytest.mark.parametrize(
    ("headcount", "names"),
    [
        ("supplier_headcount: {at_most: 49}\n", ["TRA-08"]),
        ("supplier_headcount: {at_most: 50}\n", []),
        ("supplier_headcount: {at_least: 5}\n", []),
        ("", []),
    ],
)
def test_a_channel_asked_where_every_supplier_is_small_is_found(
    headcount: str, names: list[str], catalogue: Catalogue
) -> None:
    """The buyer's own market dialogue says that nobody has the duty."""
    findings = _channel_findings(catalogue, headcount)
    assert [finding.data["name"] for finding in findings] == names
    assert all(finding.line is not None for finding in findings)


def test_the_missing_provision_is_added_to_those_that_the_clause_cites(catalogue: Catalogue) -> None:
    """The corrected file keeps what stands there, and the finding about the provision goes."""
    broken = example("headcount.25").breaks.text.replace("    evidence:", '    cites: ["DL 3:4"]\n    evidence:')
    (finding,) = _examined(catalogue, broken)
    assert yaml.safe_load(finding.data["yaml"]) == {
        "other_clauses": {"dokumentation": {"cites": ["DL 3:4", "DL 3:13"]}}
    }
    (left,) = _examined(catalogue, broken.replace('["DL 3:4"]', '["DL 3:4", "DL 3:13"]'))
    assert "yaml" not in left.data
    assert "bestämmelse" not in left.data["says_sv"]


def _examined(catalogue: Catalogue, written: str) -> list[Finding]:
    file, _ = read(written, "upphandling.yaml")
    assert file is not None
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    return BY_CODE["headcount.25"].examine(make_case(catalogue, procurement))
