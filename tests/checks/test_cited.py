"""Citations in running text."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement_equality import Catalogue
from procurement_equality.catalogue import citation
from procurement_equality.catalogue.law import Act
from procurement_equality.checks.cited import citations_in

_PIECES = (
    "17 kap. 1 § LOU och , 9:2 19 a kapitlet §§ 1–5 DL lagen (2016:1145) om offentlig upphandling Chapter Section of "
    "the 2 first stycket p. diskrimineringslagen ( ) . LOU: -"
)


@cache
def acts() -> Mapping[str, Act]:
    """Give the bundled catalogue's acts, read once for all examples of a property."""
    return Catalogue.load().law.acts


def cited(catalogue: Catalogue, text: str) -> list[tuple[str, str | None, str | None]]:
    """Give act, chapter and section of each citation in a text."""
    return [
        (one.citation.act, one.citation.chapter, one.citation.section) for one in citations_in(text, catalogue.law.acts)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Enligt 17 kap. 1 § LOU ska leverantören",
        "LOU 17:1",
        "LOU 17 kap. 1 §",
        "17 kap. 1 § lagen (2016:1145) om offentlig upphandling",
        "17 kap. 1 § lagen om offentlig upphandling (2016:1145)",
        "17 kap. 1 § första stycket 2 lagen (2016:1145) om offentlig upphandling (LOU)",
        "17\u00a0kap.\n1\u00a0§\nLOU",
        "17 kap 1§ LOU",
        "lagen om offentlig upphandling, 17 kap. 1 §",
        "Chapter 17, Section 1 of the Public Procurement Act",
        "Section 1 of Chapter 17 of the Public Procurement Act (2016:1145)",
    ],
)
def test_a_citation_is_found_however_it_is_written(text: str, catalogue: Catalogue) -> None:
    """Abbreviation, number or name, before or after, in Swedish and English, across a line break."""
    assert cited(catalogue, text) == [("LOU", "17", "1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13 kap. 1, 2 och 3 §§ LOU", [("LOU", "13", "1"), ("LOU", "13", "2"), ("LOU", "13", "3")]),
        ("4 kap. 18 § och 19 kap. 25 § LOU", [("LOU", "4", "18"), ("LOU", "19", "25")]),
        ("LOU 9:2, 14:1 och 16:2", [("LOU", "9", "2"), ("LOU", "14", "1"), ("LOU", "16", "2")]),
        ("LOU och 3 kap. 13 § diskrimineringslagen (2008:567)", [("DL", "3", "13")]),
        ("17 kap. 1 § LOU samt 3 kap. 13 § DL", [("LOU", "17", "1"), ("DL", "3", "13")]),
        ("19a kap. LOU", [("LOU", "19 a", None)]),
        ("13 kap. 1 a § LOU", [("LOU", "13", "1 a")]),
        ("9 § LSS", [("LSS", None, "9")]),
        ("14 kap. 1 § lag (2007:1091) om offentlig upphandling", [("2007:1091", "14", "1")]),
        ("5 § lagen (1950:1) om annat", [("1950:1", None, "5")]),
        ("17 kap. 1 § och 2 § LOU", [("LOU", "17", "1"), ("LOU", "17", "2")]),
    ],
)
def test_lists_and_several_acts_are_told_apart(
    text: str, expected: list[tuple[str, str | None, str | None]], catalogue: Catalogue
) -> None:
    """Each provision gets its own act, and a section alone the chapter before it."""
    assert cited(catalogue, text) == expected


@pytest.mark.parametrize(
    "text", ["", "17 kap. 1 §", "klockan 10:30", "kvot 17:1", "16 kap. 1 § den lagen", "LOU", "1 § 17 kap", "2016:1145"]
)
def test_what_names_no_act_or_no_provision_is_no_citation(text: str, catalogue: Catalogue) -> None:
    """A provision of an unnamed act may be of any act."""
    assert cited(catalogue, text) == []


def test_the_words_are_those_of_the_text(catalogue: Catalogue) -> None:
    """A reader, and a caret, can find them."""
    text = "Se 9 kap. 2 § lagen (2016:1145) om offentlig upphandling och LOU 17:1."
    words = [one.words for one in citations_in(text, catalogue.law.acts)]
    assert words == ["9 kap. 2 § lagen (2016:1145) om offentlig upphandling", "LOU 17:1"]
    assert all(each in text for each in words)


@settings(deadline=None)
@given(chapter=st.integers(1, 22), section=st.integers(1, 99), act=st.sampled_from(["LOU", "LUF", "LUK", "LOV"]))
def test_what_the_catalogue_writes_can_be_read_back(chapter: int, section: int, act: str) -> None:
    """A citation written out in either language is found again as the same citation."""
    for language in ("sv", "en"):
        written = citation.write_all([f"{act} {chapter}:{section}"], acts(), language)
        assert [one.citation for one in citations_in(written[0], acts())] == [
            citation.Citation(act, str(chapter), str(section))
        ]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split()), max_size=30))
def test_any_order_of_words_gives_citations_of_known_words(pieces: list[str]) -> None:
    """Nothing throws, and what is found stands in the text."""
    text = " ".join(pieces)
    flat = " ".join(text.split())
    assert all(one.words in flat and one.citation.act for one in citations_in(text, acts()))


@pytest.mark.parametrize(
    "unit", ["1, ", "17 kap. ", "17 kap. 1 § LOU ", "lagen ", "LOU ", "((", "1 a ", "1-", "17:1 ", "1 och ", "lagen (1"]
)
def test_time_grows_with_the_length_and_not_faster(unit: str, catalogue: Catalogue) -> None:
    """Ten times as much hostile text takes about ten times as long, and never seconds."""
    text = (unit * (40_000 // len(unit))) + " kap."
    start = time.process_time()
    citations_in(text, catalogue.law.acts)
    assert time.process_time() - start < 2
