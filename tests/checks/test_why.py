"""Why a requirement is in or out, and how it may be asked: over the whole catalogue."""

from __future__ import annotations

import pytest

from procurement_equality import Catalogue, Selection
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.case import Case
from procurement_equality.checks.why import REGIMES, how, why


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_requirement_has_words_under_every_regime(catalogue: Catalogue, language: Language) -> None:
    """No requirement and regime is without an answer, and each kind that is written is in exactly one list."""
    for requirement in catalogue.requirements.values():
        found = why(catalogue, requirement)
        assert [under.regime for under in found.under] == list(REGIMES)
        for under in found.under:
            assert how(catalogue, under, language)
            if not under.only_in:
                kinds = [way.kind for way in (*under.may, *under.may_not)]
                assert sorted(kinds) == sorted(variant.kind for variant in requirement.variants)


def test_what_is_chosen_under_the_procurements_own_regime_is_the_first_way(selection: Selection) -> None:
    """A clause that the buyer has not given another kind is asked as the first way of its regime."""
    case = Case(selection.catalogue, selection.procurement, selection, selection.regime)
    for clause in selection.clauses:
        found = why(selection.catalogue, clause.requirement, case)
        assert found.asked is not None
        assert (found.standing, found.asked.kind, found.asked.citation) == ("in", clause.kind, clause.citation)
        choice = selection.procurement.requirements.get(clause.requirement.id)
        if choice is None or choice.kind is None:
            (under,) = [under for under in found.under if under.regime == selection.regime]
            assert under.may[0].kind == clause.kind


def test_what_is_out_has_the_words_of_the_selection(selection: Selection) -> None:
    """An omission's why is the selection's."""
    case = Case(selection.catalogue, selection.procurement, selection, selection.regime)
    for omission in selection.omissions:
        found = why(selection.catalogue, selection.catalogue.requirements[omission.id], case)
        assert (found.standing, found.words, found.reason) == ("out", omission.why, omission.reason)
