"""The catalogue that comes with the package: whole, translated, and true to the statutes that it cites."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest

from conftest import ROOT
from procurement_equality import Catalogue
from procurement_equality.catalogue.citation import parse
from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.reading import read_catalogue
from procurement_equality.catalogue.requirement import Ground, Level
from procurement_equality.catalogue.text import Model, Text

BUNDLED = ROOT / "requirements_catalog"
TAG_LENGTH = 64
"""The most characters that Word keeps in the tag of a content control."""

NOT_IN_THE_TEXTS = {
    "LOU 19 a:8": "the copy of LOU has no chapter 19 a",
    "LUF 19 a:7": "the copy of LUF has no chapter 19 a",
}
"""Provisions that are cited but are missing in the statute texts beside this checkout."""

VAGUE = ("bör", "sträva", "verka för", "genomsyras", "värna", "i möjligaste mån", "löpande")
SCOPES = ("utför kontraktet", "arbetar med uppdraget", "utför arbete enligt kontraktet")

"""Clauses that mention staff without naming those who perform the contract, and why."""

STAFF_WORD = re.compile(r"\b(personal|medarbetar|anställ(d|t)|arbetstagar|chef)\w*", re.IGNORECASE)
PARAMETER = re.compile(r"\{\{.*?\}\}")


def texts(value: object, place: str = "") -> Iterator[tuple[str, Text]]:
    """Give every text below a value, with its place."""
    if isinstance(value, Text):
        yield place, value
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{place}/{name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{place}/{index}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, f"{place}/{key}")


def clauses(catalogue: Catalogue) -> dict[tuple[str, str], Text]:
    """Give every clause text by id and kind, with the line breaks taken out."""
    return {
        (requirement.id, variant.kind): Text(sv=" ".join(variant.text.sv.split()), en=variant.text.en)
        for requirement in catalogue.requirements.values()
        for variant in requirement.variants
    }


def citations(catalogue: Catalogue) -> dict[str, str]:
    """Give every citation of the requirements, the regimes and the headcount rules, with one place that cites it."""
    found = {rule.citation: f"headcount {rule.id}" for rule in catalogue.law.headcount}
    for name, regime in catalogue.law.regimes.items():
        for key in ("scope", "principles", "follow_up"):
            found[getattr(regime, key)] = f"{name} {key}"
        found.update({rule.citation: f"{name} {kind}" for kind, rule in regime.kinds.items()})
    for requirement in catalogue.requirements.values():
        found.update(dict.fromkeys(requirement.legal_basis, requirement.id))
    return found


@pytest.fixture(scope="module")
def provisions(shared_law: Path) -> dict[str, dict[str, str]]:
    """Give the statute texts: act, provision, text."""
    found: dict[str, dict[str, str]] = {}
    for line in shared_law.read_text(encoding="utf-8").split("\n")[1:]:
        if line:
            act, _, provision, _, text = line.split("\t")
            found.setdefault(act, {})[provision] = text
    return found


def test_the_bundled_catalogue_has_no_findings() -> None:
    """The bundled catalogue is read without a single finding, not even a warning."""
    catalogue, findings = read_catalogue()
    assert findings == []
    assert catalogue is not None


def test_there_are_enough_requirements(catalogue: Catalogue) -> None:
    """The catalogue has at least 40 requirements, some for each topic, and every file of the folder is one of them."""
    assert len(catalogue.requirements) >= 40
    assert {requirement.topic for requirement in catalogue.requirements.values()} == set(catalogue.head.topics)
    assert len(catalogue.requirements) == len(list((BUNDLED / "requirements").rglob("*.yaml")))


def test_requirements_follow_the_order_of_topics_and_ids(catalogue: Catalogue) -> None:
    """Requirements come in the order of the topics, and by id within a topic."""
    order = list(catalogue.head.topics)
    keys = [(order.index(requirement.topic), requirement.id) for requirement in catalogue.requirements.values()]
    assert keys == sorted(keys)


def test_every_text_is_in_both_languages(catalogue: Catalogue) -> None:
    """Every text of the catalogue has Swedish and English words."""
    found = list(texts(catalogue))
    assert len(found) > 1000
    assert [place for place, text in found if not text.sv.strip() or not (text.en or "").strip()] == []


def test_both_languages_have_the_same_numbers(catalogue: Catalogue) -> None:
    """A clause text has the same numbers in digits and the same parameters in Swedish and English."""
    patterns = (PARAMETER, re.compile(r"[0-9]+"))
    drift = [
        key
        for key, text in clauses(catalogue).items()
        if any(set(pattern.findall(text.sv)) != set(pattern.findall(text.en or "")) for pattern in patterns)
    ]
    assert drift == []


def test_every_citation_exists_in_the_statutes(
    catalogue: Catalogue, provisions: Mapping[str, Mapping[str, str]]
) -> None:
    """Every provision that a requirement, a regime or a headcount rule cites exists in the text of its act."""
    missing = {}
    for text, cited_by in citations(catalogue).items():
        citation = parse(text)
        assert citation is not None, text
        known = set(provisions.get(citation.act, ()))
        if not catalogue.law.acts[citation.act].chapters:
            # the statute texts number some sections of acts without chapters as if they had one: "24:13", "2:24 b"
            known |= {provision.split(":")[-1] for provision in known}
        if not known or not set(citation.provisions) <= known:
            missing[text] = cited_by
    assert sorted(missing) == sorted(NOT_IN_THE_TEXTS), missing


def test_cited_paragraphs_do_not_go_beyond_the_act(catalogue: Catalogue) -> None:
    """A range of sections or points that is cited goes upwards."""
    for text in citations(catalogue):
        citation = parse(text)
        assert citation is not None
        if citation.section and citation.to:
            first, last = (re.match(r"([0-9]+) ?([a-z]?)", part) for part in (citation.section, citation.to))
            assert first is not None
            assert last is not None
            assert (int(first[1]), first[2]) < (int(last[1]), last[2]), text
        if citation.point and "–" in citation.point:
            low, high = citation.point.split("–")
            assert int(low) < int(high), text


def test_every_citation_can_be_written_out(catalogue: Catalogue) -> None:
    """Every citation of the catalogue is written out in both languages with the number of its act."""
    for text in citations(catalogue):
        citation = parse(text)
        assert citation is not None
        for language in ("sv", "en"):
            assert f"({catalogue.law.acts[citation.act].sfs})" in catalogue.cite((text,), language)


def test_replaced_acts_lead_to_acts_in_force(catalogue: Catalogue) -> None:
    """A repealed act names the act in force that replaced it, and an act in force names none."""
    acts = catalogue.law.acts
    for name, act in acts.items():
        assert (act.valid_to is None) == (act.replaced_by is None), name
        assert act.replaced_by is None or acts[act.replaced_by].valid_to is None, name


def test_the_grounds_are_the_seven_of_the_act_in_its_order(
    catalogue: Catalogue, provisions: Mapping[str, Mapping[str, str]]
) -> None:
    """The grounds are the seven of chapter 1, section 1 of the Discrimination Act, named as there and in its order."""
    grounds = catalogue.head.grounds
    assert list(grounds) == list(get_args(Ground))
    assert len(grounds) == 7
    names = [text.sv for text in grounds.values()]
    listed = ", ".join(names[:-1]) + f" eller {names[-1]}"
    assert f"oavsett {listed}." in provisions["DL"]["1:1"]


def test_requirements_name_their_grounds_in_the_order_of_the_act(catalogue: Catalogue) -> None:
    """Every requirement names its grounds once each, in the order of the act."""
    order = list(catalogue.head.grounds)
    for requirement in catalogue.requirements.values():
        assert list(requirement.grounds) == [ground for ground in order if ground in requirement.grounds], (
            requirement.id
        )


def test_levels_and_kinds_are_whole(catalogue: Catalogue) -> None:
    """Every level and every kind has a name, and every regime has a rule for every kind."""
    assert list(catalogue.head.levels) == list(get_args(Level))
    assert set(catalogue.law.kinds) == set(get_args(Kind))
    for name, regime in catalogue.law.regimes.items():
        assert set(regime.kinds) == set(get_args(Kind)), name


def test_tags_of_form_fields_fit_in_word(catalogue: Catalogue) -> None:
    """The tag of every field, down to the cells of tables and their spare rows, is short enough and used once."""
    tags = []
    for requirement in catalogue.requirements.values():
        for question in requirement.questions:
            tag = f"{requirement.id}.{question.key}"
            if question.table is None:
                tags.append(tag)
                continue
            table = catalogue.tables[question.table]
            rows = [row.key for row in table.rows] + [f"spare{number + 1}" for number in range(table.spare_rows)]
            tags += [f"{tag}.{row}.{column.key}" for row in rows for column in table.columns]
    assert max(map(len, tags)) <= TAG_LENGTH
    assert len(set(tags)) == len(tags)
    assert all(re.fullmatch(r"[A-Z]+-[0-9]+(\.[a-z0-9_]+){1,3}", tag) for tag in tags)


def test_every_table_is_used_and_adds_up_its_own_numbers(catalogue: Catalogue) -> None:
    """Every table belongs to a question, and a column that is a sum adds other columns of numbers."""
    used = {question.table for requirement in catalogue.requirements.values() for question in requirement.questions}
    assert set(catalogue.tables) == used - {None}
    for table in catalogue.tables.values():
        types = {column.key: column.type for column in table.columns}
        for column in table.columns:
            assert column.key not in column.sum_of
            assert all(types[key] == column.type == "number" for key in column.sum_of), table.id


@pytest.mark.parametrize("word", VAGUE)
def test_no_clause_uses_a_vague_word(word: str, catalogue: Catalogue) -> None:
    """No Swedish clause text uses a word that cannot be followed up, in any of its forms."""
    stem = re.compile(rf"\b{word.removesuffix('s').removesuffix('a')}(a|ar|ade|as|ats|s|r)?\b", re.IGNORECASE)
    exact = re.compile(rf"\b{word}\b", re.IGNORECASE)
    used = [key for key, text in clauses(catalogue).items() if exact.search(text.sv) or stem.search(text.sv)]
    assert used == []


def test_the_two_requirements_on_wishes_rest_on_different_law(catalogue: Catalogue) -> None:
    """Wishes about sex in intimate care and wishes about origin have different legal bases and grounds."""
    sex, origin = catalogue.requirements["BRU-01"], catalogue.requirements["BRU-02"]
    assert set(sex.legal_basis) != set(origin.legal_basis)
    assert "sex" in sex.grounds
    assert "sex" not in origin.grounds
    assert "ethnicity" in origin.grounds
    assert "ethnicity" not in sex.grounds


def test_the_digest_is_the_same_in_every_load(tmp_path: Path, catalogue: Catalogue) -> None:
    """The same content gives the same digest, in another load and from another folder."""
    copy = tmp_path / "copy"
    shutil.copytree(BUNDLED, copy)
    head = copy / "catalogue.yaml"
    head.write_text("# en kommentar\n" + head.read_text(encoding="utf-8"), encoding="utf-8")
    assert re.fullmatch("[0-9a-f]{64}", catalogue.digest)
    assert Catalogue.load().digest == catalogue.digest
    assert Catalogue.load(copy).digest == catalogue.digest


def test_the_digest_is_the_same_in_another_process(catalogue: Catalogue) -> None:
    """The digest does not hang on the process: another hash seed gives the same."""
    program = "from procurement_equality import Catalogue; print(Catalogue.load().digest)"
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == catalogue.digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("requirements/wishes-about-staff/BRU-01.yaml", "Leverantören ska", "Utföraren ska"),
        ("requirements/wishes-about-staff/BRU-01.yaml", "max: 6", "max: 7"),
        ("catalogue.yaml", "en: home care}", "en: home help}"),
        ("tables/staff.yaml", "Group or occupation", "Occupation or group"),
        ("law/kinds.yaml", "en: Award criterion", "en: Award criteria"),
    ],
)
def test_the_digest_changes_with_the_content(
    name: str, old: str, new: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    """A change of a text or a value in any file gives another digest."""
    copy = tmp_path / "copy"
    shutil.copytree(BUNDLED, copy)
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert Catalogue.load(copy).digest != catalogue.digest
