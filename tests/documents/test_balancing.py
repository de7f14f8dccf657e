"""The tender section says how goals that meet are balanced."""

from __future__ import annotations

from typing import get_args

import pytest

from procurement_equality import Selection
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.goals import conflicts_in
from procurement_equality.documents.balancing import balancing_views
from procurement_equality.documents.compose import compose
from procurement_equality.documents.html import write_html

HEADING = {"sv": "Avvägningar mellan mål", "en": "Balancing of goals"}


def section(selection: Selection, language: Language) -> str:
    """Give the tender section as one line of text."""
    return " ".join(write_html(compose(selection, "tender-section", language)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", get_args(Language))
def test_each_conflict_of_the_selection_is_balanced_with_its_sources(selection: Selection, language: Language) -> None:
    """Title, text, both sides, what the authorities say and the sources are there; nothing where nothing meets."""
    text = section(selection, language)
    present = conflicts_in(selection)
    assert (HEADING[language] in text) == bool(present)
    head = selection.catalogue.head
    for each in present:
        conflict = each.conflict
        for words in (conflict.title[language], conflict.balancing[language], conflict.authorities[language]):
            assert " ".join(words.split()) in text
        assert ", ".join(each.first) in text
        assert ", ".join(each.second) in text
        statutes = {act.url for act in selection.catalogue.law.acts.values()}
        sources = [head.sources[source] for source in conflict.sources]
        for source in (each for each in sources if each.url not in statutes):
            assert text.count(source.title) >= 2, "once in the section, and in the list of sources"


def test_what_is_not_verified_is_not_printed(home_care: Selection) -> None:
    """Suppliers get the law that is, not a proposal that the buyer should look up."""
    told = [each.conflict.not_verified for each in conflicts_in(home_care) if each.conflict.not_verified]
    assert told
    text = section(home_care, "sv")
    assert not [words for words in told if words.sv in text]


def test_the_principle_cited_is_that_of_the_regime(home_care: Selection, cleaning: Selection) -> None:
    """Proportionality is LOV 1:2 in a system of choice and LOU 4:1 above the threshold."""
    legal = {
        regime: next(view["legal"] for view in balancing_views(selection, "sv") if "small" in view["id"])
        for regime, selection in (("LOV", home_care), ("LOU", cleaning))
    }
    assert "lagen om valfrihetssystem" in legal["LOV"]
    assert "lagen om offentlig upphandling" in legal["LOU"]
