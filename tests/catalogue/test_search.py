"""Finding requirements: by words in any form, and by the value of any field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_versions import edited, requirement, write_catalogue
from procurement_equality import Catalogue
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.search import FIELDS, filtered, search, values
from procurement_equality.catalogue.snapshot import Tree
from procurement_equality.catalogue.text import Language
from procurement_equality.cli.list_requirements import FILTERS

TEXT = ("variants", 0, "text", "sv")
PAY = requirement("LON-90", title={"sv": "Årlig lönekartläggning", "en": "Yearly pay survey"})
HARASSMENT = edited(
    requirement("LON-91", title={"sv": "Rutin mot trakasserier", "en": "Routine against harassment"}),
    *TEXT,
    to="Leverantören ska inom {{ months }} ha riktlinjer mot sexuella trakasserier och en jämställdhetsplan.",
)
EQUALITY = requirement(
    "LON-92",
    title={"sv": "Jämställdhet i ledningen", "en": "Gender equality in management"},
    rationale={"sv": "Löner kartläggs. Lönekartläggningar visar skillnader.", "en": "Pay surveys show differences."},
)
TREES = (PAY, HARASSMENT, EQUALITY)
WORDS = ["lönekartläggning", "trakasserier", "personal", "plan", "xyz"]

TABLE = {"key": "table", "type": "table", "table": "staff", "text": {"sv": "Hur många är ni?", "en": "How many?"}}
ANYWHERE = requirement(
    "STY-90", topic="governance", level="advanced", status="draft", review={"sv": "Se över.", "en": "Look."},
    applies=None, parameters=None, grounds=["disability"], charter_articles={"version": 2006, "articles": [6]},
    variants=[{"kind": "technical-specification", "text": {"sv": "Lokalen ska ha hiss.", "en": "It has a lift."}}],
    legal_basis=["SoL 11:1", "DL 1:4"], sources=["sol-2025-400"], since="0.2.0", last_verified="2026-02-20",
    replaces=["LON-90"], questions=[TABLE],
    follow_up={
        "method": "visit", "when": {"months_after_start": 3}, "responsible": "unit-manager",
        "indicator": {"sv": "Om den finns.", "en": "Whether it exists."}, "consequence": {"ladder": "reporting"},
    },
    conflicts=[{"goal": "small-suppliers", "balancing": {"sv": "Inget mer begärs.", "en": "Nothing more."}}],
)  # fmt: skip
SIZED = requirement(
    "LON-93", applies={"regimes": ["LOV"], "sectors": ["home-care"], "cpv": ["853"], "headcount": "dl-3-13"}
)

EXPECTED: dict[str, Callable[[Requirement, str], bool]] = {
    "topic": lambda r, wanted: r.topic == wanted,
    "level": lambda r, wanted: r.level == wanted,
    "kind": lambda r, wanted: any(variant.kind == wanted for variant in r.variants),
    "status": lambda r, wanted: r.status == wanted,
    "ground": lambda r, wanted: wanted in r.grounds,
    "article": lambda r, wanted: int(wanted) in r.charter_articles.articles,
    "sector": lambda r, wanted: not r.applies.sectors or wanted in r.applies.sectors,
    "regime": lambda r, wanted: not r.applies.regimes or wanted in r.applies.regimes,
    "cpv": lambda r, wanted: not r.applies.cpv or wanted in r.applies.cpv,
    "headcount": lambda r, wanted: wanted in {r.applies.headcount, *(q.headcount for q in r.questions)},
    "parameter": lambda r, wanted: wanted in r.parameters,
    "act": lambda r, wanted: any(text.startswith(f"{wanted} ") for text in r.legal_basis),
    "provision": lambda r, wanted: any(text.startswith(wanted) for text in r.legal_basis),
    "method": lambda r, wanted: r.follow_up.method == wanted,
    "responsible": lambda r, wanted: r.follow_up.responsible == wanted,
    "ladder": lambda r, wanted: any(r.consequence(v.kind).ladder == wanted for v in r.variants),
    "question": lambda r, wanted: any(question.type == wanted for question in r.questions),
    "table": lambda r, wanted: any(question.table == wanted for question in r.questions),
    "goal": lambda r, wanted: any(conflict.goal == wanted for conflict in r.conflicts),
    "source": lambda r, wanted: wanted in r.sources,
    "replaces": lambda r, wanted: wanted in r.replaces,
    "since": lambda r, wanted: r.since == wanted,
    "verified": lambda r, wanted: str(r.last_verified) == wanted,
    "layer": lambda r, wanted: wanted == "procurement-equality" and r.since != "",
}
"""What each filter shall let through, said without the code that is tested; there is only one layer here."""


def models(trees: Iterable[Tree]) -> list[Requirement]:
    """Make requirements of their values."""
    return [Requirement.model_validate_json(json.dumps(tree)) for tree in trees]


def found(query: str, language: Language = "sv", trees: Iterable[Tree] = TREES) -> list[str]:
    """Give the ids that a query finds, in order."""
    return [each.id for each in search(models(trees), query, language)]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Give a catalogue of a few requirements that differ in every field."""
    return Catalogue.load(write_catalogue(tmp_path_factory.mktemp("small"), PAY, ANYWHERE, SIZED))


@pytest.mark.parametrize(
    ("query", "language", "ids"),
    [
        pytest.param("lönekartläggning", "sv", ["LON-90", "LON-92"], id="as-written"),
        pytest.param("lönekartläggningen", "sv", ["LON-90", "LON-92"], id="definite"),
        pytest.param("Lönekartläggningarna", "sv", ["LON-90", "LON-92"], id="plural-and-capital"),
        pytest.param("trakasserierna", "sv", ["LON-91", "LON-90"], id="definite-plural"),
        pytest.param("rutinerna", "sv", ["LON-91"], id="plural-of-a-title"),
        pytest.param("jämställdhet", "sv", ["LON-92", "LON-91"], id="inside-a-compound"),
        pytest.param("kartläggning", "sv", ["LON-90", "LON-92"], id="end-of-a-compound"),
        pytest.param("jamstalldhet", "sv", ["LON-92", "LON-91"], id="plain-letters"),
        pytest.param("lonekartlaggningen", "sv", ["LON-90", "LON-92"], id="plain-letters-in-another-form"),
        pytest.param("loner", "sv", ["LON-92"], id="short-and-plain"),
        pytest.param("trakasserier rutin", "sv", ["LON-91"], id="all-words"),
        pytest.param("rutin lönekartläggning", "sv", [], id="never-all-words"),
        pytest.param("surveys", "en", ["LON-90", "LON-92"], id="english-plural"),
        pytest.param("harassment", "en", ["LON-91", "LON-90"], id="english-title-before-reason"),
        pytest.param("managing", "en", ["LON-92"], id="english-form"),
        pytest.param("lönekartläggning", "en", [], id="only-the-language-that-is-asked"),
        pytest.param("LON-91", "sv", ["LON-91"], id="id"),
        pytest.param("finnsinte", "sv", [], id="nowhere"),
        pytest.param("", "sv", [], id="empty"),
        pytest.param(" – !\n", "sv", [], id="no-words"),
    ],
)
def test_words_are_found_in_every_form(query: str, language: Language, ids: list[str]) -> None:
    """A query finds the requirements with all its words, inflected, compounded or in plain letters."""
    assert found(query, language, TREES) == ids


@pytest.mark.parametrize(
    ("path", "weight"),
    [
        (("title", "sv"), 8),
        (TEXT, 4),
        (("variants", 1, "text", "sv"), 4),
        (("rationale", "sv"), 2),
        (("evidence", "sv"), 1),
        (("evidence", "small_supplier", "sv"), 1),
        (("follow_up", "indicator", "sv"), 1),
        (("questions", 1, "text", "sv"), 1),
        (("conflicts", 0, "balancing", "sv"), 1),
    ],
)
def test_a_heavier_text_comes_first(path: tuple[str | int, ...], weight: int) -> None:
    """A word in the title comes before one in the clause, then reason, then the rest; equals stand by id."""
    places = [("conflicts", 0, "balancing", "sv"), ("rationale", "sv"), TEXT, ("title", "sv")]
    steps = dict(zip((1, 2, 4, 8), places, strict=True))
    trees = [edited(requirement(f"LON-0{step}"), *place, to="Xylofon.") for step, place in steps.items()]
    trees.append(edited(requirement("LON-00"), *path, to="Xylofoner."))
    others = {step: f"LON-0{step}" for step in steps}
    heavier = [others[step] for step in (8, 4, 2, 1) if step > weight]
    rest = [others[step] for step in (8, 4, 2, 1) if step <= weight]
    assert found("xylofon", "sv", trees) == [*heavier, "LON-00", *rest]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
@settings(deadline=None, max_examples=30)
def test_more_words_never_find_more(terms: list[str]) -> None:
    """Every requirement that several words find is found by each of them, and their order is of no account."""
    together = found(" ".join(terms))
    assert all(set(together) <= set(found(term)) for term in terms)
    assert together == found(" ".join(reversed(terms)))


def test_every_filter_has_its_field() -> None:
    """Each filter of the command line looks at a field, and no field is left without a filter."""
    assert len(set(FILTERS)) == len(FILTERS)
    assert set(FILTERS) == {*FIELDS, "layer"} == set(EXPECTED)


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_lets_the_right_requirements_through(name: str, small: Catalogue) -> None:
    """For each value that a field has, the filter gives just the requirements that have it, in their order."""
    known = values(small, name)
    assert known
    assert len(set(known)) == len(known)
    everything = list(small.requirements.values())
    expected = {value: [r.id for r in everything if EXPECTED[name](r, value)] for value in known}
    assert {value: [r.id for r in filtered(small, {name: value})] for value in known} == expected
    assert any(expected.values())


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"layer", "sector", "regime", "cpv"}))
def test_each_filter_leaves_something_out(name: str, small: Catalogue) -> None:
    """No filter lets everything through: some value of each field is not in every requirement."""
    assert any(len(filtered(small, {name: value})) < len(small.requirements) for value in values(small, name))


@pytest.mark.parametrize(
    ("name", "wanted", "ids"),
    [
        ("cpv", "85300000-2", ["STY-90", "LON-93"]),
        ("cpv", "85", ["STY-90", "LON-93"]),
        ("cpv", "90910000-9", ["STY-90", "LON-90"]),
        ("cpv", "30", ["STY-90"]),
        ("provision", "DL 1", ["STY-90"]),
        ("provision", "DL", ["STY-90", "LON-90", "LON-93"]),
        ("verified", "2026-01", ["LON-90", "LON-93"]),
        ("verified", "2026", ["STY-90", "LON-90", "LON-93"]),
        ("verified", "2025", []),
        ("sector", "cleaning", ["STY-90", "LON-90"]),
        ("regime", "LUF", ["STY-90"]),
    ],
)
def test_a_filter_takes_a_beginning_where_it_says_so(name: str, wanted: str, ids: list[str], small: Catalogue) -> None:
    """A CPV code fits prefixes both ways, a citation and a date their beginnings, and no list means everywhere."""
    assert sorted(r.id for r in filtered(small, {name: wanted})) == sorted(ids)


@given(st.dictionaries(st.sampled_from(FILTERS), st.integers(0, 50), max_size=3))
@settings(deadline=None, max_examples=40)
def test_filters_narrow_together(small: Catalogue, picked: dict[str, int]) -> None:
    """Several filters let through what each of them does, and none lets everything through."""
    wanted = {name: values(small, name)[index % len(values(small, name))] for name, index in picked.items()}
    each = [{r.id for r in filtered(small, {name: value})} for name, value in wanted.items()]
    together = [r.id for r in filtered(small, wanted)]
    assert together == [name for name in small.requirements if all(name in ids for ids in each)]


def test_a_layer_is_a_filter(tmp_path: Path) -> None:
    """The catalogue's id gives what comes from it, and a layer's id what that layer has touched."""
    base = write_catalogue(tmp_path / "base", PAY, SIZED, version="0.2.0")
    layer = tmp_path / "layer"
    (layer / "changes").mkdir(parents=True)
    (layer / "overlay.yaml").write_text(
        "id: own\nversion: 1.0.0\ntitle: {sv: Eget, en: Own}\nprefix: EXK\nbase: {id: procurement-equality, version: "
        "0.2.0}\n",
        encoding="utf-8",
    )
    digest = Catalogue.load(base).requirements["LON-93"].digest
    (layer / "changes/LON-93.yaml").write_text(
        f'requirement: LON-93\ndigest: "{digest}"\nchanges:\n  - verb: set\n    parameters:\n'
        "      months: {default: 3}\n    reason: {sv: Fort., en: Soon.}\n",
        encoding="utf-8",
    )
    layered = Catalogue.load(base, [layer])
    assert values(layered, "layer") == ["procurement-equality", "own"]
    assert [r.id for r in filtered(layered, {"layer": "own"})] == ["LON-93"]
    assert [r.id for r in filtered(layered, {"layer": "procurement-equality"})] == ["LON-90", "LON-93"]
