"""Goals that meet in a selection: `requirements_catalog/goal_conflicts.yaml`, and which of its conflicts are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, RootModel

from procurement_equality.catalogue.names import RequirementId, Slug
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.text import Model, Text
from procurement_equality.catalogue.validation import validate
from procurement_equality.findings import CatalogueError
from procurement_equality.procurement.selection import Selection
from procurement_equality.resources import bundled


class Side(Model):
    """What stands for a goal: requirements, and every requirement of some topics."""

    goal: Slug
    requirements: tuple[RequirementId, ...] = ()
    topics: tuple[Slug, ...] = ()

    def holds(self, requirement: Requirement) -> bool:
        """Say whether a requirement stands on this side."""
        return requirement.id in self.requirements or requirement.topic in self.topics


class GoalConflict(Model):
    """Two goals that meet, what the authorities say, and how the goals are balanced in the documents."""

    id: Slug
    title: Text
    outcome: Literal["refused", "weighed"]
    """Whether the wish is never followed, or both goals count and the case decides."""
    sides: Annotated[tuple[Side, ...], Field(min_length=2, max_length=2)]
    balanced_by: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Goals whose balancing text in a requirement shows that the conflict has been thought of."""
    words: Slug | None = None
    """The list of `checks/words/` by which a clause that stands elsewhere is seen to touch the conflict."""
    authorities: Text
    """What the authorities say, in our words."""
    not_verified: Text | None = None
    """What has been heard of but not verified: for the buyer, never printed in the documents."""
    balancing: Text
    legal_basis: tuple[str, ...]
    """Citations: `DL 2:1`."""
    principle: bool = False
    """Whether it rests on the principles of the regime too."""
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]

    def side_of(self, requirement: Requirement) -> Side | None:
        """Give the side that a requirement stands on, the first where it stands on both; or None."""
        return next((side for side in self.sides if side.holds(requirement)), None)

    def acknowledged(self, requirement: Requirement) -> bool:
        """Say whether a requirement has a balancing text about this conflict."""
        return any(conflict.goal in self.balanced_by for conflict in requirement.conflicts)


class GoalConflicts(RootModel[tuple[GoalConflict, ...]]):
    """`goal_conflicts.yaml`: conflicts in the order that documents show them."""


@dataclass(frozen=True, slots=True)
class PresentConflict:
    """A conflict with both sides in a selection, and the requirements on each."""

    conflict: GoalConflict
    first: tuple[str, ...]
    second: tuple[str, ...]

    def legal_basis(self, selection: Selection) -> tuple[str, ...]:
        """Give the citations that it rests on under the selection's regime."""
        return (*self.conflict.legal_basis, *((selection.rules.principles,) if self.conflict.principle else ()))


@cache
def goal_conflicts() -> tuple[GoalConflict, ...]:
    """Read the conflicts between goals. Raises `CatalogueError` with every finding."""
    file, findings = read_file(bundled("requirements_catalog") / "goal_conflicts.yaml")
    made, invalid = validate(GoalConflicts, file) if file else (None, [])
    if made is None:
        raise CatalogueError([*findings, *invalid])
    return made.root


def conflicts_in(selection: Selection, conflicts: Sequence[GoalConflict] | None = None) -> tuple[PresentConflict, ...]:
    """Give the conflicts that a selection holds both sides of, with the requirements on each side by id.

    A requirement that stands on both sides does not make a conflict by itself.
    """
    requirements = [clause.requirement for clause in selection.clauses]
    present = []
    for conflict in goal_conflicts() if conflicts is None else conflicts:
        first, second = (tuple(sorted(r.id for r in requirements if side.holds(r))) for side in conflict.sides)
        if first and second and (first != second or len(first) > 1):
            present.append(PresentConflict(conflict, first, second))
    return tuple(present)
