"""The lists of authorities and municipalities that an act draws a line by."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from catalogue_folder import CatalogueFolder

from conftest import SHARED
from procurement_equality import Catalogue
from procurement_equality.catalogue.law import NameListId
from procurement_equality.catalogue.reading import read_catalogue


@pytest.fixture
def folder(tmp_path: Path) -> CatalogueFolder:
    """Give a small catalogue in a folder of its own."""
    return CatalogueFolder(tmp_path)


def test_every_list_is_there_and_has_each_name_once(catalogue: Catalogue) -> None:
    """The annex to 2006:260 lists 28 authorities; 2009:724 lists 23, 5 and 17 municipalities."""
    lists = catalogue.law.name_lists
    assert {name: len(listed.names) for name, listed in lists.items()} == dict(
        zip(get_args(NameListId), (28, 23, 5, 17), strict=True)
    )
    assert all(len({name.casefold() for name in listed.names}) == len(listed.names) for listed in lists.values())


def test_the_names_are_those_of_the_statute_text(catalogue: Catalogue) -> None:
    """The lists were read, not remembered: what the text lists is what they hold, in its order."""
    path = SHARED / "law" / "provisions.tsv"
    if not path.is_file():
        pytest.skip("the statute text is not in this checkout")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line.count("\t") == 4]
    text = {(act, provision): words for act, _, provision, _, words in rows}
    lists = catalogue.law.name_lists
    annex = text["2006:260", "6"].partition(" Bilaga ")[2].partition(" Förordning (2014:1296)")[0]
    assert annex == " ".join(lists["listed-state-authorities"].names)
    areas = text["2009:724", "6"].split(" Med ")
    for area, name in zip(areas, ("finnish-area", "meankieli-area", "sami-area"), strict=True):
        listed = area.partition("avses kommunerna ")[2].rstrip(".").replace(" och ", ", ").split(", ")
        assert listed == list(lists[name].names)  # type: ignore[index]


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("Kiruna kommun", "Kiruna"),
        ("KIRUNA KOMMUN", "Kiruna"),
        ("Stockholms stad", "Stockholm"),
        ("Äldrenämnden i  Upplands\nVäsby kommun", "Upplands Väsby"),
        ("Upplands-Bro kommun", "Upplands-Bro"),
        ("Lidköpings kommun", None),
        ("Köpings kommun", "Köping"),
        ("Exempelkommunen", None),
        ("Nya-Solna kommun", None),
        ("", None),
    ],
)
def test_a_listed_name_is_found_in_the_authoritys_own(
    catalogue: Catalogue, authority: str, expected: str | None
) -> None:
    """A name stands as words of its own, in any case, with or without a genitive s."""
    assert catalogue.law.name_lists["finnish-area"].held_in(authority) == expected


def test_no_listed_name_is_held_in_another(catalogue: Catalogue) -> None:
    """Each authority and municipality is found by its own name."""
    for listed in catalogue.law.name_lists.values():
        assert [listed.held_in(name) for name in listed.names] == list(listed.names)


def test_a_folder_without_lists_of_names_has_the_bundled_ones(catalogue: Catalogue, folder: CatalogueFolder) -> None:
    """A catalogue made before there were such lists can still be read."""
    (folder.path / "law" / "name_lists.yaml").unlink()
    read, findings = read_catalogue(folder.path)
    assert read is not None, findings
    assert read.law.name_lists == catalogue.law.name_lists


def test_a_folders_own_lists_count(folder: CatalogueFolder) -> None:
    """An organisation that knows of a newer list writes it in its own catalogue."""
    folder.edit("law/name_lists.yaml", "  names: [Arjeplog,", "  names: [Exempelkommunen, Arjeplog,")
    read, findings = read_catalogue(folder.path)
    assert read is not None, findings
    assert read.law.name_lists["sami-area"].held_in("Exempelkommunen") == "Exempelkommunen"
