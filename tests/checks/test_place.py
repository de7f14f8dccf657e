"""The keys that lead to a finding: as a person would point at the place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import EXAMPLES
from procurement_equality.catalogue.strict_yaml import Location, Value, YamlFile, read, read_file
from procurement_equality.checks.place import key_path
from procurement_equality.findings import Finding

TEXT = """\
title: Städning
waivers:
  - code: verif.vague
    role: chef
  - {code: link.subject, role: chef}
other_clauses:
  pris: {kind: award-criterion, text: "Lägst pris vinner."}
  bemotande:
    text: >-
      Leverantören ska så långt
      möjligt vara artig.
"""


def locations(value: Value, at: Location = ()) -> Iterator[Location]:
    """Yield the location of every part of a value."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*at, key)
            yield from locations(part, (*at, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield (*at, index)
            yield from locations(part, (*at, index))


def made(text: str) -> YamlFile:
    """Read a text."""
    file, findings = read(text, "upphandling.yaml")
    assert file is not None, findings
    return file


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_finding_at_a_location_is_found_at_its_keys(path: Path) -> None:
    """For every key of every example, the keys lead back to the location, or to the list element that begins there."""
    file, findings = read_file(path)
    assert file is not None, findings
    seen = 0
    for location in locations(file.value):
        written = ".".join(map(str, location))
        found = key_path(file.finding("x.y", location), file)
        if file.position(location) == file.position(()):
            assert found == ""
        elif file.position(location) == file.position(location[:-1]):
            assert found == ".".join(map(str, location[:-1]))
        else:
            assert found == written
        seen += 1
    assert seen > 20


@pytest.mark.parametrize(
    ("words", "location", "keys"),
    [
        ("så långt", ("other_clauses", "bemotande", "text"), "other_clauses.bemotande.text"),
        ("Lägst pris", ("other_clauses", "pris", "text"), "other_clauses.pris.text"),
        ("chef", ("waivers", 1), "waivers.1.role"),
    ],
)
def test_words_within_a_text_are_found_at_the_texts_key(words: str, location: Location, keys: str) -> None:
    """A finding at words in a folded or quoted text names the key of the text."""
    file = made(TEXT)
    assert key_path(file.finding_at(words, 0, "x.y", location), file) == keys


def test_an_element_of_a_list_is_named_by_its_number() -> None:
    """An element stands for its first key too, which begins at the same place."""
    file = made(TEXT)
    assert key_path(file.finding("x.y", ("waivers", 0)), file) == "waivers.0"
    assert key_path(file.finding("x.y", ("waivers", 0, "role")), file) == "waivers.0.role"


def test_a_missing_key_is_found_at_what_should_have_it() -> None:
    """What is missing in a clause is found at the clause, and what is missing in the file has no keys."""
    file = made(TEXT)
    assert key_path(file.finding("x.y", ("other_clauses", "pris", "scale")), file) == "other_clauses.pris"
    assert key_path(file.finding("x.y", ("lots",)), file) == ""


def test_other_files_have_no_keys_here() -> None:
    """A finding in the catalogue, or without a place, has no keys in the procurement file."""
    file = made(TEXT)
    assert key_path(Finding("x.y", "AKT-01.yaml", 3, 5), file) == ""
    assert key_path(Finding("x.y"), file) == ""
    assert key_path(Finding("x.y", "upphandling.yaml", 3, 5), None) == ""
