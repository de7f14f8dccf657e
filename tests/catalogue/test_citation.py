"""Citations of statutes: read in one short form, written out as a lawyer writes them in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement_equality import Catalogue
from procurement_equality.catalogue.citation import Citation, parse, write_all
from procurement_equality.catalogue.law import Act
from procurement_equality.catalogue.text import Language


def write(text: str, acts: Mapping[str, Act], language: Language) -> str:
    """Write one citation out."""
    return write_all([text], acts, language)[0]


FORMS = [
    ("DL", Citation("DL")),
    ("2018:1197", Citation("2018:1197")),
    ("DL 3:13", Citation("DL", "3", "13")),
    ("DL 2:13 a", Citation("DL", "2", "13 a")),
    ("LOU 19 a:8", Citation("LOU", "19 a", "8")),
    ("LSS 6", Citation("LSS", None, "6")),
    ("LSS 24 d-24 f", Citation("LSS", None, "24 d", "24 f")),
    ("2006:260 5", Citation("2006:260", None, "5")),
    ("2021:890 5:2", Citation("2021:890", "5", "2")),
    ("DL 3:8-10", Citation("DL", "3", "8", "10")),
    ("DL 3:8–10", Citation("DL", "3", "8", "10")),
    ("LOU 19:25-25 a", Citation("LOU", "19", "25", "25 a")),
    ("SoL 10:3 st.2", Citation("SoL", "10", "3", None, 2)),
    ("LOU 13:3 p.1", Citation("LOU", "13", "3", None, None, "1")),
    ("DL 3:13 p.3-6", Citation("DL", "3", "13", None, None, "3–6")),
    ("DL 2:1 st.1 p.3-4", Citation("DL", "2", "1", None, 1, "3–4")),
]
WRITTEN = [
    ("DL", "diskrimineringslagen (2008:567)", "the Discrimination Act (2008:567)"),
    (
        "DL 3:13",
        "3~kap.~13~§ diskrimineringslagen (2008:567)",
        "Chapter~3, Section~13, the Discrimination Act (2008:567)",
    ),
    (
        "DL 2:13 a",
        "2~kap.~13~a~§ diskrimineringslagen (2008:567)",
        "Chapter~2, Section~13~a, the Discrimination Act (2008:567)",
    ),
    (
        "LOU 19 a:8",
        "19~a~kap.~8~§ lagen om offentlig upphandling (2016:1145)",
        "Chapter~19~a, Section~8, the Public Procurement Act (2016:1145)",
    ),
    (
        "2006:260 5",
        "5~§ förordningen om antidiskrimineringsvillkor i upphandlingskontrakt (2006:260)",
        "Section~5, the Ordinance on Anti-discrimination Conditions in Public Contracts (2006:260)",
    ),
    (
        "DL 3:8-10",
        "3~kap.~8–10~§§ diskrimineringslagen (2008:567)",
        "Chapter~3, Sections~8–10, the Discrimination Act (2008:567)",
    ),
    (
        "LSS 24 d-24 f",
        "24~d–24~f~§§ lagen om stöd och service till vissa funktionshindrade (1993:387)",
        "Sections~24~d–24~f, the Act on Support and Service for Persons with Certain Functional Impairments (1993:387)",
    ),
    (
        "SoL 10:3 st.2",
        "10~kap.~3~§~andra~stycket socialtjänstlagen (2025:400)",
        "Chapter~10, Section~3, second paragraph, the Social Services Act (2025:400)",
    ),
    (
        "LOU 13:3 p.1",
        "13~kap.~3~§~1 lagen om offentlig upphandling (2016:1145)",
        "Chapter~13, Section~3, point~1, the Public Procurement Act (2016:1145)",
    ),
    (
        "DL 2:1 st.1 p.3-4",
        "2~kap.~1~§~första~stycket~3–4 diskrimineringslagen (2008:567)",
        "Chapter~2, Section~1, first paragraph, point~3–4, the Discrimination Act (2008:567)",
    ),
]
NUMBER = st.integers(1, 99).map(str)
SECTION = st.builds("{}{}".format, NUMBER, st.sampled_from(["", " a", " b", " z"]))


@st.composite
def citations(draw: st.DrawFn, acts: list[str]) -> str:
    """Give a citation of one of the acts, in any of the forms."""
    parts = [draw(st.sampled_from(acts))]
    if draw(st.booleans()):
        chapter = draw(st.one_of(st.just(""), SECTION.map("{}:".format)))
        to = draw(st.one_of(st.just(""), SECTION.map("-{}".format)))
        parts.append(chapter + draw(SECTION) + to)
        parts += draw(st.one_of(st.just([]), st.integers(1, 9).map(lambda number: [f"st.{number}"])))
        parts += draw(st.one_of(st.just([]), NUMBER.map(lambda number: [f"p.{number}"])))
    return " ".join(parts)


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_every_form_is_read(text: str, expected: Citation) -> None:
    """Act, chapter, section, range, paragraph and point are read from the short form."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "DL ", " DL 3:13", "DL 3:13 ", "DL  3:13", "DL3:13", "dl 3:13", "DL 3:", "DL :13", "DL 3:13:2",
        "DL 3 kap. 13 §", "3 kap. 13 § diskrimineringslagen", "DL 3:13 st.", "DL 3:13 st.10", "DL 3:13 st.0",
        "DL 3:13 p.", "DL 3:13 p.1 st.2", "DL p.1", "DL 3:8-", "DL 3:8,10", "DL 3:8 och 10", "DL 3:13\n", "2008 3:13",
    ],
)  # fmt: skip
def test_what_is_no_citation_is_not_read(text: str) -> None:
    """A text that does not follow the short form is not read as a citation."""
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "provisions"),
    [
        ("DL", ()),
        ("DL 3:13", ("3:13",)),
        ("DL 3:8-10", ("3:8", "3:10")),
        ("LSS 24 d-24 f", ("24 d", "24 f")),
        ("LOU 19 a:8", ("19 a:8",)),
        ("LOU 19:25-25 a", ("19:25", "19:25 a")),
    ],
)
def test_a_citation_names_its_provisions(text: str, provisions: tuple[str, ...]) -> None:
    """A citation gives its first and last provision, with the chapter where there is one."""
    citation = parse(text)
    assert citation is not None
    assert citation.provisions == provisions


@pytest.mark.parametrize(("text", "swedish", "english"), WRITTEN, ids=[text for text, _, _ in WRITTEN])
def test_a_citation_is_written_out(text: str, swedish: str, english: str, catalogue: Catalogue) -> None:
    """A citation is written out in Swedish and English, with non-breaking spaces (~) beside numbers and signs."""
    assert write(text, catalogue.law.acts, "sv").replace("\u00a0", "~") == swedish
    assert write(text, catalogue.law.acts, "en").replace("\u00a0", "~") == english


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_every_citation_of_a_known_act_can_be_written(data: st.DataObject, catalogue: Catalogue) -> None:
    """A citation in any form of any act of the list is read, and written in both languages around the act's name."""
    text = data.draw(citations(sorted(catalogue.law.acts)))
    citation = parse(text)
    assert citation is not None
    act = catalogue.law.acts[citation.act]
    for language in ("sv", "en"):
        written = write(text, catalogue.law.acts, language)
        name = f"{act.name[language]} ({act.sfs})"
        assert written.endswith(name)
        provision = written.removesuffix(name).replace("\u00a0", " ")
        for number in filter(None, (citation.chapter, citation.section, citation.to, citation.point)):
            assert re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", provision)


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_a_line_never_breaks_inside_a_swedish_provision(data: st.DataObject, catalogue: Catalogue) -> None:
    """In Swedish the only ordinary spaces are those of the act's name and the one before it."""
    text = data.draw(citations(sorted(catalogue.law.acts)))
    citation = parse(text)
    assert citation is not None
    act = catalogue.law.acts[citation.act]
    provision = write(text, catalogue.law.acts, "sv").removesuffix(f"{act.name.sv} ({act.sfs})")
    assert " " not in provision.removesuffix(" ")


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="DLOUSo 0123456789:.-–stpa§\n", max_size=20))
def test_reading_any_text_raises_nothing(text: str) -> None:
    """Whatever the text, reading it as a citation gives a citation or nothing."""
    citation = parse(text)
    assert citation is None or citation.act


def test_an_unknown_act_cannot_be_written(catalogue: Catalogue) -> None:
    """Writing a citation of an act that is not in the list raises KeyError with the act."""
    with pytest.raises(KeyError, match="XYZ"):
        write("XYZ 1:1", catalogue.law.acts, "sv")


def test_what_cannot_be_read_cannot_be_written(catalogue: Catalogue) -> None:
    """Writing what is no citation raises ValueError with the text."""
    with pytest.raises(ValueError, match="DL 3 kap"):
        write("DL 3 kap. 13 §", catalogue.law.acts, "sv")


@pytest.mark.parametrize(
    ("texts", "swedish", "english"),
    [
        ([], [], []),
        (
            ["DL 1:4", "DL 2:1"],
            ["1~kap.~4~§ och 2~kap.~1~§ diskrimineringslagen (2008:567)"],
            ["Chapter~1, Section~4 and Chapter~2, Section~1, the Discrimination Act (2008:567)"],
        ),
        (
            ["DL 2:1", "SoL 10:3", "DL 2:1"],
            ["2~kap.~1~§ diskrimineringslagen (2008:567)", "10~kap.~3~§ socialtjänstlagen (2025:400)"],
            [
                "Chapter~2, Section~1, the Discrimination Act (2008:567)",
                "Chapter~10, Section~3, the Social Services Act (2025:400)",
            ],
        ),
        (
            ["DL 2:1", "DL 2:1 st.1", "DL"],
            ["2~kap.~1~§~första~stycket diskrimineringslagen (2008:567)"],
            ["Chapter~2, Section~1, first paragraph, the Discrimination Act (2008:567)"],
        ),
    ],
    ids=["none", "one act", "two acts", "closest"],
)
def test_several_citations_are_written_by_act(
    texts: list[str], swedish: list[str], english: list[str], catalogue: Catalogue
) -> None:
    """Citations are joined by act, in the order given, without repeats and without what another names more closely."""
    assert [text.replace("\u00a0", "~") for text in write_all(texts, catalogue.law.acts, "sv")] == swedish
    assert [text.replace("\u00a0", "~") for text in write_all(texts, catalogue.law.acts, "en")] == english
