"""What templates see of the goals that meet in a selection."""

from __future__ import annotations

from procurement_equality.catalogue.text import Language
from procurement_equality.checks.goals import PresentConflict, conflicts_in
from procurement_equality.documents.form import View
from procurement_equality.procurement.selection import Selection


def balancing_views(selection: Selection, language: Language) -> list[View]:
    """Give each conflict between goals that the selection holds both sides of, in the order of the data."""
    return [_view(selection, present, language) for present in conflicts_in(selection)]


def cited_by_balancing(selection: Selection) -> tuple[list[str], set[str]]:
    """Give the citations and the ids of the sources that the conflicts of a selection rest on."""
    found = conflicts_in(selection)
    citations = [text for present in found for text in present.legal_basis(selection)]
    return citations, {source for present in found for source in present.conflict.sources}


def _view(selection: Selection, present: PresentConflict, language: Language) -> View:
    catalogue, conflict = selection.catalogue, present.conflict
    goals = [catalogue.head.goals[side.goal][language] for side in conflict.sides]
    sources = [catalogue.head.sources[source] for source in conflict.sources]
    statutes = {act.url for act in catalogue.law.acts.values()}
    return {
        "id": conflict.id,
        "title": conflict.title[language],
        "outcome": f"outcome_{conflict.outcome}",
        "sides": [
            {"goal": goal[:1].upper() + goal[1:], "requirements": list(identifiers)}
            for goal, identifiers in zip(goals, (present.first, present.second), strict=True)
        ],
        "text": conflict.balancing[language],
        "authorities": conflict.authorities[language],
        "legal": catalogue.cite(present.legal_basis(selection), language),
        "sources": [f"{each.publisher}: {each.title}" for each in sources if each.url not in statutes],
    }
