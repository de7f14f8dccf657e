"""Labels, certificates, standards and brands."""

from __future__ import annotations

import pytest
from stated import found, stated

from procurement_equality import Catalogue
from procurement_equality.catalogue.law import Kind, RegimeId
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.case import make_case
from procurement_equality.checks.example import example
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings import Finding
from procurement_equality.procurement.model import made_from

FIRES: list[tuple[str, Language, str]] = [
    ("label.equivalent", "sv", "Fabriken ska vara certifierad enligt SA 8000."),
    ("label.equivalent", "sv", "Webbplatsen ska uppfylla WCAG 2.1 på nivå AA."),
    ("label.equivalent", "sv", "Lösningen ska följa EN 301 549."),
    ("label.equivalent", "sv", "Leverantören ska ha ett ledningssystem enligt ISO 9001."),
    ("label.equivalent", "sv", "Poäng ges för HBTQI-diplomerad personal i uppdraget."),
    ("label.equivalent", "en", "The factory shall be certified to SA 8000."),
    ("label.equivalent", "en", "The website must meet WCAG 2.1."),
    ("label.equivalent", "en", "The supplier shall work to ISO 14001."),
    ("label.broad", "sv", "Leverantören ska vara certifierad enligt ISO 26000."),
    ("label.broad", "sv", "Utföraren ska senast den 1 maj bli HBTQI-diplomerad."),
    ("label.broad", "sv", "Företaget ska inneha ett SA 8000-certifikat eller likvärdigt."),
    ("label.broad", "sv", "Hela företaget ska vara jämställdhetscertifierat."),
    ("label.broad", "en", "The supplier shall be certified according to SA 8000 or equivalent."),
    ("label.broad", "en", "The provider must hold an LGBTQ certification."),
    ("label.brand", "sv", "Personalen ska ha genomgått RFSL:s HBTQI-certifiering eller likvärdig."),
    ("label.brand", "sv", "Kaffet ska vara Fairtrade-märkt."),
    ("label.brand", "sv", "Leverantören ska vara ansluten till Sedex."),
    ("label.brand", "sv", "Skärmarna ska vara TCO-märkta."),
    ("label.brand", "en", "The supplier shall have an EcoVadis rating or equivalent."),
    ("label.brand", "en", "The coffee must be Fairtrade certified."),
]

PASSES: list[tuple[str, Language, str]] = [
    ("label.equivalent", "sv", "Fabriken ska vara certifierad enligt SA 8000 eller likvärdigt."),
    ("label.equivalent", "sv", "Maskinen ska vara CE-märkt och ha bruksanvisning."),
    ("label.equivalent", "sv", "Kommunen är certifierad enligt ISO 14001."),
    ("label.equivalent", "sv", "Resan tar en timme och kostar en 100-lapp, och ska bokas i förväg."),
    ("label.equivalent", "sv", "Någon certifiering krävs inte, men kunskapen ska visas."),
    ("label.equivalent", "sv", "Provet ska göras av ett ackrediterat organ."),
    ("label.equivalent", "sv", "Leverantören ska ha ett miljöledningssystem, till exempel ISO 14001 eller Emas."),
    ("label.equivalent", "en", "The factory shall be certified to SA 8000 or equivalent."),
    ("label.equivalent", "en", "The municipality is certified to ISO 14001."),
    ("label.broad", "sv", "Leverantören ska leverera varor som är certifierade enligt SA 8000 eller likvärdigt."),
    ("label.broad", "sv", "Leverantören ska vara certifierad enligt ISO 9001 eller likvärdigt."),
    ("label.broad", "sv", "Leverantören ska ha personal som är diplomerad."),
    (
        "label.broad",
        "sv",
        "Leverantören ska, för det som kontraktet avser, vara certifierad enligt SA 8000 eller likvärdigt.",
    ),
    ("label.broad", "sv", "Leverantören behöver inte vara certifierad."),
    ("label.broad", "en", "The supplier shall deliver goods that are certified to SA 8000 or equivalent."),
    ("label.brand", "sv", "Kaffet ska vara Fairtrade-märkt eller likvärdigt."),
    ("label.brand", "sv", "Ett intyg, till exempel från RFSL, eller likvärdigt godtas, och kunskapen ska visas."),
    ("label.brand", "sv", "Kommunen är en Fairtrade City och ska främja rättvis handel."),
    ("label.brand", "sv", "Hbtqi-personer ska bemötas med respekt."),
    ("label.brand", "sv", "Regnbågsfamiljer ska kunna ange två mödrar."),
    ("label.brand", "en", "The coffee must be Fairtrade certified or equivalent."),
    ("label.brand", "en", "The supplier shall pay a fair price."),
]


@pytest.mark.parametrize(("code", "language", "written"), FIRES)
def test_a_label_that_must_be_mended_is_found(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """Each wording is one that tender documents have."""
    assert [finding.code for finding in found(catalogue, code, stated(written, language))] == [code]


@pytest.mark.parametrize(("code", "language", "written"), PASSES)
def test_what_only_looks_like_such_a_label_is_not(
    code: str, language: Language, written: str, catalogue: Catalogue
) -> None:
    """An equivalent, a duty by law, a description, or a label of what is bought."""
    assert found(catalogue, code, stated(written, language)) == []


@pytest.mark.parametrize("code", ["label.equivalent", "label.broad"])
@pytest.mark.parametrize(
    ("regime", "severity"),
    [
        ("LOU", "error"),
        ("LUF", "error"),
        ("LUK", "warning"),
        ("LOU-19", "warning"),
        ("LOV", "warning"),
        (None, "warning"),
    ],
)
def test_where_chapter_9_does_not_apply_a_label_is_a_warning(
    code: str, regime: RegimeId | None, severity: str, catalogue: Catalogue
) -> None:
    """The finding says what it rests on in the regime: the chapter, or its principles."""
    clause = stated("Leverantören ska vara certifierad enligt SA 8000.", kind="contract-performance-condition")
    (finding,) = found(catalogue, code, clause, regime=regime)
    assert finding.severity == severity
    principles = catalogue.law.regimes[regime].principles if regime else "LOU 9:4"
    if (code, regime) == ("label.equivalent", "LUK"):
        principles = "LUK 7:3"  # an equivalent solution must be accepted, though the words need not stand there
    chapter = "9" if severity == "error" or regime is None else principles.split()[1].partition(":")[0]
    assert f"{chapter}\u00a0kap." in finding.data["ground_sv"]


@pytest.mark.parametrize(
    ("kind", "severities"),
    [
        ("selection-criterion", []),
        ("technical-specification", ["error"]),
        ("contract-performance-condition", ["error"]),
    ],
)
def test_quality_management_may_be_proof_of_a_selection_criterion(
    kind: Kind, severities: list[str], catalogue: Catalogue
) -> None:
    """LOU 15:14-15 lets certificates of quality and environmental management prove capacity, and nothing else."""
    clause = stated("Leverantören ska vara certifierad enligt ISO 9001 eller likvärdigt.", kind=kind)
    assert [finding.severity for finding in found(catalogue, "label.broad", clause)] == severities


@pytest.mark.parametrize(
    "text",
    [
        "Fabriken ska vara certifierad enligt SA 8000.",
        "{sv: Webbplatsen ska uppfylla WCAG 2.1., en: The website shall meet WCAG 2.1.}",
        "{sv: Webbplatsen ska uppfylla EN 301 549 eller likvärdigt., en: The website shall meet EN 301 549.}",
    ],
)
def test_the_corrected_text_has_no_such_finding(text: str, catalogue: Catalogue) -> None:
    """What the finding offers can be pasted into the procurement file as it stands."""
    head = example("label.equivalent").holds.text.partition("other_clauses:")[0]
    clause = f"other_clauses:\n  krav:\n    kind: contract-performance-condition\n    title: Krav\n    text: {text}\n"
    (finding,) = _equivalent(catalogue, head + clause)
    mended = finding.data["yaml"].replace("  krav:", "  krav:\n    kind: technical-specification\n    title: Krav")
    assert _equivalent(catalogue, f"{head}{mended}\n") == []


def _equivalent(catalogue: Catalogue, written: str) -> list[Finding]:
    file, findings = read(written, "upphandling.yaml")
    assert file is not None, findings
    procurement, findings = made_from(file)
    assert procurement is not None, findings
    return BY_CODE["label.equivalent"].examine(make_case(catalogue, procurement))
