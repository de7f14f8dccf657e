"""Finding the catalogue's requirements in texts: the measured figures hold, and a near match says what it lacks."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement_equality import Catalogue
from procurement_equality.checks.matching import Matcher, language_of

pytest.importorskip("sklearn", reason="the extra scan is not installed")

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "scanning.py"


@pytest.fixture(scope="module")
def matcher(catalogue: Catalogue) -> Matcher:
    """Give the bundled clauses made ready."""
    return Matcher(catalogue)


@pytest.fixture(scope="module")
def scanning() -> ModuleType:
    """Give the benchmark, whose paragraphs and figures the tests share."""
    spec = importlib.util.spec_from_file_location("scanning", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scanning"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("kind", "least"), [("contains", 0.92), ("near", 0.55)])
def test_what_was_measured_still_holds(scanning: ModuleType, catalogue: Catalogue, kind: str, least: float) -> None:
    """On the held-out paragraphs F1 was 0.97 for what is contained and 0.64 for what is near."""
    judged = scanning.read("held_out")
    assert scanning.figures(scanning.ours(catalogue, judged), judged, kind).f1 >= least


def test_the_paragraphs_name_requirements_that_exist(scanning: ModuleType, catalogue: Catalogue) -> None:
    """There are at least 120, of every kind in both halves, none in both, and their ids are the catalogue's."""
    tuning, held_out = scanning.read("tuning"), scanning.read("held_out")
    assert len(tuning) + len(held_out) >= 120
    assert {each.text for each in tuning}.isdisjoint(each.text for each in held_out)
    for half in (tuning, held_out):
        assert {each.expect for each in half} == {"contains", "near", "none"}
        assert {name for each in half for name in each.ids} <= set(catalogue.requirements)
        assert all(bool(each.ids) == (each.expect != "none") for each in half)


def test_every_clause_of_the_catalogue_contains_itself(matcher: Matcher, catalogue: Catalogue) -> None:
    """Each clause, as it stands, is found to contain its own requirement, or one with the same words."""
    pairs = [(r.id, v.text.sv) for r in catalogue.requirements.values() for v in r.variants]
    found = matcher.match([text for _, text in pairs])
    missed = [
        name
        for (name, _), like in zip(pairs, found, strict=True)
        if like is None or name not in (like.requirement.id, *like.others)
    ]
    assert missed == []


def test_a_near_match_says_what_it_lacks(matcher: Matcher) -> None:
    """A wish about pay surveys lacks binding words, a time, and what shows it; the clause's rare words are named."""
    (like,) = matcher.match(["Leverantören bör arbeta för jämställda löner, till exempel genom lönekartläggning."])
    assert like is not None
    assert like.is_near
    assert like.requirement.topic == "pay"
    assert {"obligation", "deadline", "evidence"} <= set(like.lacks)
    assert like.missing


def test_another_contact_person_is_no_contact_person_for_equality(matcher: Matcher) -> None:
    """A clause about the same thing for another purpose does not contain the requirement."""
    assert matcher.match(["Leverantören ska utse en kontaktperson som beställaren kan nå på vardagar."]) == [None]


def test_of_equal_clauses_the_procurements_own_is_meant(matcher: Matcher, catalogue: Catalogue) -> None:
    """Grounds for exclusion read the same in three acts: the one that was selected is given, and the others named."""
    text = catalogue.requirements["UTE-01"].variants[0].text.sv
    (like,) = matcher.match([text], preferred={"UTE-06"})
    assert like is not None
    assert like.requirement.id == "UTE-06"


def test_english_clauses_are_compared_in_english(catalogue: Catalogue) -> None:
    """The English text of a clause is found among the English clauses."""
    text = catalogue.requirements["TRA-01"].variants[0].text.en
    assert text is not None
    assert language_of([text]) == "en"
    (like,) = Matcher(catalogue, "en").match([text])
    assert like is not None
    assert like.requirement.id == "TRA-01"
    assert not like.is_near


def test_a_catalogue_without_clauses_is_like_nothing(catalogue: Catalogue) -> None:
    """Nothing to compare with gives nothing."""
    assert Matcher(catalogue, only=()).match(["Leverantören ska vara jämställd."]) == [None]


@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_text_can_be_compared(matcher: Matcher, texts: list[str]) -> None:
    """There is one answer for each text, whatever it holds, with per cents between 0 and 100."""
    found = matcher.match(texts)
    assert len(found) == len(texts)
    assert all(like is None or (0 <= like.likeness <= 100 and 0 <= like.share <= 100) for like in found)
