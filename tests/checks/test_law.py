"""The rules about act and chapter, at their edges."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from base_cases import base_case, catalogue_texts, clause, day, found, paragraph_texts

from procurement_equality import Catalogue
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.findings.words import describe, way_out, what
from procurement_equality.resources import bundled

CONDITION = "Leverantören ska lämna schemat två veckor i förväg."


def one(text: str | dict[str, str] = CONDITION, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the other clauses of a procurement file with one clause."""
    return {"schema": clause(CONDITION, **more) | {"text": text}}


@pytest.mark.parametrize(
    ("base", "cites", "count"),
    [
        ("hemtjanst-lou", ["LOU 17:1"], 1),
        ("hemtjanst-lou", ["LOU 9:2"], 1),
        ("hemtjanst-lou", ["LOU 4:3"], 1),
        ("hemtjanst-lou", ["LOU 13:1"], 1),
        ("hemtjanst-lou", ["LOU 13:1", "LOU 19:17"], 0),
        ("hemtjanst-lou", ["LOU 19:9 p.5", "LOU 1:4", "LOU 5:1", "LOU 20:1", "DL 3:13", "SoL 17:1"], 0),
        ("stadning-lou", ["LOU 17:1", "LOU 13:1", "LOU 4:18"], 0),
        ("stadning-lou", ["LOU 19:9 p.5"], 1),
        ("bussar-luf", ["LUF 16:1"], 0),
        ("bussar-luf", ["LUF 19:9"], 1),
        ("parkering-luk", ["LUK 14:1"], 0),
        ("parkering-luk", ["LUK 15:4"], 1),
        ("kurs-direkt", ["LOU 17:1"], 1),
        ("kurs-direkt", ["LOU 19:9"], 1),
        ("kurs-direkt", ["LOU 19:1 st.3", "LOU 19 a:2"], 0),
        ("hemtjanst-lov", ["LOU 17:1"], 0),
    ],
)
def test_which_chapters_apply_follows_from_the_regime(
    base: str, cites: list[str], count: int, catalogue: Catalogue
) -> None:
    """The same citation is right under one regime and wrong under another."""
    assert len(found(catalogue, base, "law.wrong-chapter", other_clauses=one(cites=cites))) == count


def test_small_concessions_and_small_utilities_have_chapters_of_their_own(catalogue: Catalogue) -> None:
    """LUF-19 does not import chapter 16, nor LUK-15 chapter 14; what 15:5 refers to in chapter 8 may be cited."""
    for base, value, wrong, right in (
        ("bussar-luf", 2_000_000, "LUF 16:1", "LUF 19:9 p.5"),
        ("parkering-luk", 4_000_000, "LUK 14:1", "LUK 8:2"),
    ):
        for cites, count in ((wrong, 1), (right, 0)):
            case = base_case(catalogue, base, value=value, other_clauses=one(cites=[cites]))
            assert case.regime in ("LUF-19", "LUK-15")
            assert len(BY_CODE["law.wrong-chapter"].examine(case)) == count


@pytest.mark.parametrize(
    ("kind", "cites", "instead"),
    [
        ("contract-performance-condition", "LOU 17:2", "19 kap. 9 § 5"),
        ("selection-criterion", "LOU 14:1", "19 kap. 9 § 2"),
        ("exclusion-ground", "LOU 13:1", "19 kap. 17 §"),
        ("technical-specification", "LOU 9:1", "19 kap. 9 § 3"),
        ("contract-performance-condition", "LOU 4:1", "19 kap. 2 §"),
    ],
)
def test_the_way_out_is_the_paragraph_of_the_kind(kind: str, cites: str, instead: str, catalogue: Catalogue) -> None:
    """What to cite comes from regime and kind, and the corrected list can be pasted."""
    (finding,) = found(
        catalogue, "hemtjanst-lou", "law.wrong-chapter", other_clauses=one(kind=kind, cites=["DL 3:13", cites])
    )
    assert instead in way_out(finding, "sv").replace("\u00a0", " ")
    assert finding.data["yaml"].startswith("other_clauses:\n  schema:\n    cites: [DL 3:13, LOU 19:")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Enligt 9 kap. 2 § lagen (2016:1145) om offentlig upphandling ska tjänsten vara tillgänglig.", 1),
        ("Villkoret ställs med stöd av LOU 17:1.", 1),
        ({"sv": CONDITION, "en": "Under Chapter 17, Section 1 of the Public Procurement Act it applies."}, 1),
        ("17 kap. LOU gäller inte, men villkoren är frivilliga.", 0),
        ("Villkoren motsvarar dem i 17 kap. 2–5 §§ LOU.", 0),
        ("17 kap. 2 § LOU gäller inte. Villkoret ställs enligt 16 kap. 2 § LOU.", 1),
        ("Leverantören ska följa 17 kap. 1 § socialtjänstlagen (2025:400).", 0),
        ("Leverantören får uteslutas enligt 19 kap. 17 § LOU och 13 kap. 1 § LOU.", 0),
    ],
)
def test_running_text_is_read_in_both_languages(text: str | dict[str, str], count: int, catalogue: Catalogue) -> None:
    """A sentence that says that a provision does not apply, or only compares with it, is no mistake."""
    assert len(found(catalogue, "hemtjanst-lou", "law.wrong-chapter", other_clauses=one(text))) == count


def test_a_clause_is_told_of_once_whatever_it_cites(catalogue: Catalogue) -> None:
    """The finding names every wrong citation of a clause."""
    clauses = one("Se 17 kap. 1 § LOU.", cites=["LOU 16:2", "LOU 14:1"])
    (finding,) = found(catalogue, "hemtjanst-lou", "law.wrong-chapter", other_clauses=clauses)
    told = what(finding, "sv").replace("\u00a0", " ")
    assert all(cited in told for cited in ("16 kap. 2 §", "14 kap. 1 §", "17 kap. 1 § LOU"))


def test_a_document_without_a_known_regime_is_not_judged_by_one(catalogue: Catalogue) -> None:
    """No regime, no finding; with it, a paragraph of no known kind gets the paragraph of the cited chapter's kind."""
    rule = BY_CODE["law.wrong-chapter"]
    text = "Villkoret ställs enligt 17 kap. 1 § LOU."
    assert rule.examine_texts(paragraph_texts(catalogue, text)) == []
    (finding,) = rule.examine_texts(paragraph_texts(catalogue, text, regime="LOU-19"))
    assert "19 kap. 9 § 5" in way_out(finding, "sv").replace("\u00a0", " ")


def test_the_catalogues_clauses_cite_no_wrong_chapter(catalogue: Catalogue) -> None:
    """Only clauses made for one regime name its chapter, and they are asked for under no other."""
    for regime in catalogue.law.regimes:
        for code in ("law.wrong-chapter", "law.lov.wrong-act"):
            for finding in BY_CODE[code].examine_texts(catalogue_texts(catalogue, regime)):
                applies = catalogue.requirements[finding.data["name"].split()[0]].applies.regimes
                assert applies
                assert regime not in applies


def test_a_message_shows_the_words_of_its_own_language(catalogue: Catalogue) -> None:
    """A clause in two languages is cited as it stands in each of them."""
    text = {"sv": "Se 17 kap. 1 § LOU.", "en": "See Chapter 17, Section 1 of LOU."}
    (finding,) = found(catalogue, "hemtjanst-lou", "law.wrong-chapter", other_clauses=one(text))
    assert "Chapter" not in what(finding, "sv")
    assert "17 kap." not in what(finding, "en")


# --- systems of choice ---------------------------------------------------------------------------------------------


def test_a_chosen_award_criterion_under_lov_comes_once_and_from_the_rule(catalogue: Catalogue) -> None:
    """Selecting refuses it, and the rule passes that on with the kind to use instead."""
    case = base_case(catalogue, "hemtjanst-lov", requirements={"AKT-05": {"kind": "award-criterion", "weight": 10}})
    assert case.selection is None
    (finding,) = BY_CODE["law.lov.no-award"].examine(case)
    assert finding.data["name"] == "AKT-05"
    assert "kind: " in finding.data["yaml"]
    assert BY_CODE["law.kind-not-allowed"].examine(case) == []
    assert "8 kap. 1 §" in describe(finding, "sv").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"kind": "award-criterion"}, 1),
        ({"weight": 10}, 1),
        ({"priority": 1}, 1),
        ({"text": "En sådan plan ger högst 20 poäng."}, 1),
        ({"text": {"sv": CONDITION, "en": "Such a plan is given 20 points."}}, 1),
        ({"text": "Planen viktas till 30 procent."}, 1),
        ({"text": "Vägledningen har viktiga punkter, och nöjdheten ska vara 80 poäng av 100."}, 0),
        ({"text": "Systemet har inga tilldelningskriterier."}, 0),
        ({}, 0),
    ],
)
def test_weights_and_points_have_no_place_under_lov(changes: dict[str, Any], count: int, catalogue: Catalogue) -> None:
    """Kind, weight, priority and wording are each enough; a measure of quality in points is not."""
    clauses = {"plan": clause(CONDITION) | changes}
    assert len(found(catalogue, "hemtjanst-lov", "law.lov.no-award", other_clauses=clauses)) == count
    assert found(catalogue, "stadning-lou", "law.lov.no-award", other_clauses=clauses) == []


@pytest.mark.parametrize(
    ("text", "cites", "count"),
    [
        (CONDITION, ["LOU 17:1"], 1),
        (CONDITION, ["LOU"], 1),
        (CONDITION, ["LUF 16:1"], 1),
        (CONDITION, ["LOV 4:2", "DL 3:13"], 0),
        ("Villkoret ställs enligt 17 kap. 1 § LOU.", [], 1),
        ("Hjälpmedel upphandlas för sig enligt LOU.", [], 0),
        ("17 kap. 2 § LOU är inte tillämplig.", [], 0),
    ],
)
def test_another_act_is_no_ground_under_lov(text: str, cites: list[str], count: int, catalogue: Catalogue) -> None:
    """A citation counts, and a mention of what is bought under another act does not."""
    clauses = one(text, cites=cites)
    assert len(found(catalogue, "hemtjanst-lov", "law.lov.wrong-act", other_clauses=clauses)) == count
    assert found(catalogue, "stadning-lou", "law.lov.wrong-act", other_clauses=clauses) == []


@pytest.mark.parametrize(("cpv", "count"), [(["85312000-9"], 0), (["98514000-9"], 1), (["85311300-5", "90911200"], 2)])
def test_lov_covers_the_codes_that_it_lists(cpv: list[str], count: int, catalogue: Catalogue) -> None:
    """Each code outside the act gives a finding, the three exceptions too."""
    case = base_case(catalogue, "hemtjanst-lov", cpv=cpv)
    assert len(BY_CODE["law.lov.cpv"].examine(case)) == count


# --- kinds and annex 2 ---------------------------------------------------------------------------------------------


def test_a_reserved_contract_is_for_regimes_that_have_it(catalogue: Catalogue) -> None:
    """Chapter 19 a and small concessions have no provision on it; the others do."""
    reserved = one("Bara skyddade verkstäder får lämna anbud.", kind="reserved-participation")
    assert len(found(catalogue, "kurs-direkt", "law.kind-not-allowed", other_clauses=reserved)) == 1
    for base in ("stadning-lou", "hemtjanst-lou", "hemtjanst-lov", "bussar-luf", "parkering-luk"):
        assert found(catalogue, base, "law.kind-not-allowed", other_clauses=reserved) == []
    small = base_case(catalogue, "parkering-luk", value=4_000_000, other_clauses=reserved)
    assert len(BY_CODE["law.kind-not-allowed"].examine(small)) == 1


@pytest.mark.parametrize(
    ("base", "changes", "told"),
    [
        ("hemtjanst-lou", {"date": day("2025-06-01")}, "8 109 450 kr"),
        ("hemtjanst-lou", {}, "750 000 euro"),
        ("bussar-luf", {"cpv": ["85312000-9"]}, "10 812 600 kr"),
        ("parkering-luk", {"cpv": ["85312000-9"]}, "bilaga 3"),
        ("kurs-direkt", {}, "19 a kap."),
    ],
)
def test_a_service_of_the_annex_gives_its_threshold_for_the_date(
    base: str, changes: dict[str, Any], told: str, catalogue: Catalogue
) -> None:
    """The figure is the date's; where it is not known in kronor, that is said."""
    (finding,) = found(catalogue, base, "law.bilaga2.detect", **changes)
    assert finding.severity == "information"
    assert told in describe(finding, "sv").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("base", "changes"),
    [
        ("stadning-lou", {}),
        ("hemtjanst-lov", {}),
        ("arbetsklader-lou", {"cpv": ["85312000-9"]}),
        ("stadning-lou", {"cpv": ["90911200-8", "85312000-9"]}),
    ],
)
def test_goods_other_codes_and_lov_are_outside_the_annex(
    base: str, changes: dict[str, Any], catalogue: Catalogue
) -> None:
    """The main code decides, for services, and LOV has no annex."""
    assert found(catalogue, base, "law.bilaga2.detect", **changes) == []


@pytest.mark.parametrize("code", ["law.wrong-chapter", "law.lov.wrong-act", "kv.policy", "link.staff-scope"])
@pytest.mark.parametrize(
    "unit", ["17 kap. 1 § LOU gäller inte. ", "1 § ", "en egen policy ", "jämställdhets", "x", "lön "]
)
def test_hostile_text_takes_no_more_than_its_length(unit: str, code: str, catalogue: Catalogue) -> None:
    """A hundred thousand characters of what a rule looks for are examined in less than seconds."""
    regime = "LOV" if code == "law.lov.wrong-act" else "LOU-19"
    texts = paragraph_texts(catalogue, unit * (100_000 // len(unit)), regime=regime)
    start = time.process_time()
    BY_CODE[code].examine_texts(texts)
    assert time.process_time() - start < 3


def test_a_list_of_words_has_a_name_of_its_own() -> None:
    """Two files with the same name for a list would silently take one of them away."""
    files = sorted((bundled("requirements_catalog") / "checks" / "words").glob("*.yaml"))
    names = [name for path in files for name in re.findall(r"^([a-z][a-z0-9-]*):", path.read_text("utf-8"), re.M)]
    assert [name for name in set(names) if names.count(name) > 1] == []
