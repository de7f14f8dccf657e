"""Which cells of a table are masked, so that a number of one to four persons cannot be read or worked out.

Primary cells are masked for their own sake. Secondary cells are masked so that no primary one follows from what is
shown: from totals of rows and columns, from rows that are part of another row, or from knowing that a masked number
is at least one. What remains possible is computed exactly (see `exact_bounds`), as one who wants to know would do.

A number of 0 is shown unless `Masking.zeros` says otherwise: that nobody complained is a result, the form asks
suppliers to write it, and it points at no one. It can still tell something of a small known group (0 of 6 men were
satisfied): whoever publishes tables of small groups sets `zeros`, and perhaps `complements`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field

from procurement_equality.answers.statistics.exact_bounds import (
    ContradictionError,
    Equation,
    TooHardError,
    Unknowns,
    bounds,
)
from procurement_equality.catalogue.text import Model

Place = tuple[str, ...]
"""What names a cell: row and column."""

_MOST_CHECKS = 400
"""How many times a group of cells is solved before all of it is masked."""
_MOST_UNKNOWN = 120
"""How many unknowns are solved together at most."""


class Masking(Model):
    """How small numbers are masked: those from 1 up to, not including, `threshold`."""

    threshold: Annotated[int, Field(ge=2, le=100)] = 5
    zeros: bool = False
    """Whether 0 is masked like a small number."""
    complements: bool = False
    """Whether the rest is protected too, where a row is part of another: 19 of 20 leaves one."""


@dataclass(frozen=True, slots=True)
class Count:
    """A cell before masking. `value` is what is known of it, exactly, or at least where it is not `complete`."""

    value: int
    small: bool = False
    """Whether it must be masked."""
    complete: bool = True
    secret: bool = False
    """Whether what is missing from it must not be worked out either."""
    most: int | None = None
    """The most that it can be, where it is not complete."""
    floor: int = 1
    """The least that one who reads the table knows a masked cell to be."""
    spread: int = 3
    """How far apart its least and greatest possible value must be, when it must not be worked out."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` is the sum of `parts`; or, where it is not `whole`, the parts are some of it."""

    total: Place
    parts: tuple[Place, ...]
    whole: bool = True

    @property
    def places(self) -> tuple[Place, ...]:
        """Give the parts and the total."""
        return (*self.parts, self.total)


def suppress(counts: Mapping[Place, Count], relations: Iterable[Relation], masking: Masking) -> frozenset[Place]:
    """Give the places of a table that are masked, primary and secondary alike.

    Every count that is `small` or `secret` keeps at least two possible values, and `spread` between the least and the
    greatest, as far as masking every number above 0 can bring it about. The same counts give the same masks.
    """
    known = [relation for relation in relations if all(place in counts for place in relation.places)]
    masked: set[Place] = set()
    for group in _groups(counts, known):
        inside = {place: counts[place] for place in group}
        if any(count.small or count.secret for count in inside.values()) or masking.complements:
            masked |= _Group(inside, [r for r in known if r.total in inside], masking).masked()
    return frozenset(masked)


def _groups(counts: Mapping[Place, Count], relations: Sequence[Relation]) -> list[list[Place]]:
    """Give the places that relations bind together, in the order of the table."""
    group = {place: {place} for place in counts}
    for relation in relations:
        for place in relation.parts:
            if group[place] is not group[relation.total]:
                larger, smaller = sorted((group[relation.total], group[place]), key=len, reverse=True)
                larger |= smaller
                for moved in smaller:
                    group[moved] = larger
    order = {place: number for number, place in enumerate(counts)}
    unique = {id(members): members for members in group.values()}
    return [sorted(members, key=order.__getitem__) for members in unique.values()]


class _Group:
    """Cells that relations bind together. Beside them each part of a whole has a rest, which is never printed."""

    def __init__(self, counts: Mapping[Place, Count], relations: Sequence[Relation], masking: Masking) -> None:
        self.counts = dict(counts)
        self.masking = masking
        self.relations: list[tuple[tuple[Place, ...], Place, int]] = []
        """Parts, total, and by how much the parts exceed the total in what is known (rounded hours)."""
        self.rests: set[Place] = set()
        for relation in relations:
            self._add(relation)
        self.order = {place: number for number, place in enumerate(self.counts)}
        self.small = {place for place, count in self.counts.items() if count.small}
        self.checks = 0

    def _add(self, relation: Relation) -> None:
        counted = [self.counts[place] for place in relation.places]
        complete = all(count.complete for count in counted)
        over = sum(count.value for count in counted[:-1]) - counted[-1].value
        parts = relation.parts
        if not relation.whole:
            rest: Place = ("rest", *relation.parts[0], *relation.total)
            left = -over if complete else 0
            small = self.masking.complements and complete and 0 < left < self.masking.threshold
            self.counts[rest] = Count(max(left, 0), secret=small, floor=0, spread=self.masking.threshold - 2)
            self.rests.add(rest)
            parts, over = (*parts, rest), over + max(left, 0)
        self.relations.append((parts, relation.total, over if complete else 0))

    def masked(self) -> set[Place]:
        """Give the cells to mask."""
        masked = set(self.small)
        while (weak := self._weak(masked)) is not None:
            cell = self._next(masked, weak) if self.checks < _MOST_CHECKS else None
            if cell is None:
                return masked | self._free(masked)
            masked.add(cell)
        return self._without_needless(masked)

    @cached_property
    def _guarded(self) -> tuple[Place, ...]:
        return tuple(place for place, count in self.counts.items() if count.small or count.secret)

    @cached_property
    def _of(self) -> Mapping[Place, tuple[int, ...]]:
        found: dict[Place, list[int]] = {place: [] for place in self.counts}
        for number, (parts, total, _) in enumerate(self.relations):
            for place in (*parts, total):
                found[place].append(number)
        return {place: tuple(numbers) for place, numbers in found.items()}

    def _unknown(self, place: Place, masked: set[Place]) -> bool:
        return place in masked or place in self.rests or not self.counts[place].complete

    def _weak(self, masked: set[Place]) -> Place | None:
        """Give the first guarded cell that can be worked out too closely, None where there is none."""
        if not self._guarded:
            return None
        self.checks += 1
        alone = next((place for place in self._guarded if self._determined(place, masked)), None)
        if alone is not None:
            return alone
        unknown = [place for place in self.counts if self._unknown(place, masked)]
        if len(unknown) > _MOST_UNKNOWN:
            return self._guarded[0]
        number = {place: at for at, place in enumerate(unknown)}
        problem = self._problem(unknown, number, masked)
        try:
            possible = bounds(problem, (number[place] for place in self._guarded))
            for place, (least, most) in zip(self._guarded, possible, strict=True):
                if most is not None and most - least < self.counts[place].spread:
                    return place
        except (ContradictionError, TooHardError):
            return self._guarded[0]
        return None

    def _determined(self, place: Place, masked: set[Place]) -> bool:
        """Say whether a relation has the place as its only unknown."""
        return any(self._lone(number, masked) == place for number in self._of[place])

    def _lone(self, number: int, masked: set[Place]) -> Place | None:
        parts, total, _ = self.relations[number]
        unknown = [place for place in (*parts, total) if self._unknown(place, masked)]
        return unknown[0] if len(unknown) == 1 else None

    def _problem(self, unknown: Sequence[Place], number: Mapping[Place, int], masked: set[Place]) -> Unknowns:
        equations = []
        for parts, total, over in self.relations:
            terms = {number[place]: 1 for place in parts if place in number}
            if total in number:
                terms[number[total]] = -1
            if terms:
                shown = sum(self.counts[place].value for place in parts if place not in number)
                right = over - shown + (0 if total in number else self.counts[total].value)
                equations.append(Equation(terms, right))
        counts = [self.counts[place] for place in unknown]
        least = tuple(
            count.floor if place in masked or place in self.rests else count.value
            for place, count in zip(unknown, counts, strict=True)
        )
        most = {
            at: count.most
            for at, (place, count) in enumerate(zip(unknown, counts, strict=True))
            if count.most is not None and place not in masked
        }
        return Unknowns(least, tuple(equations), most)

    def _free(self, masked: set[Place]) -> set[Place]:
        """Give the cells that may still be masked: printed ones, and no zeros that a reader knows not to be masked."""
        return {
            place
            for place, count in self.counts.items()
            if place not in masked and place not in self.rests and count.value >= max(count.floor, 0) and count.value
        }

    def _next(self, masked: set[Place], weak: Place) -> Place | None:
        """Give the cell that is masked next: one beside a cell that its row or column gives away, the least first."""
        free = self._free(masked)
        lone = [n for n in range(len(self.relations)) if self._gives_away(self._lone(n, masked), masked)]
        lone.sort(key=lambda n: n not in self._of[weak])
        for number in lone:
            parts, total, _ = self.relations[number]
            near = [place for place in (*parts, total) if place in free]
            if near:
                return min(near, key=self._cost(masked))
        touched = {n for place in self.counts if self._unknown(place, masked) for n in self._of[place]}
        near = [place for place in free if touched.intersection(self._of[place])]
        return min(near, key=self._cost(masked)) if near else None

    def _gives_away(self, lone: Place | None, masked: set[Place]) -> bool:
        return lone is not None and (lone in masked or self.counts[lone].secret)

    def _cost(self, masked: set[Place]) -> Callable[[Place], tuple[int, bool, int, int]]:
        """Give the order in which cells are masked: few new gaps, then no totals, then small numbers first."""
        totals = {total for _, total, _ in self.relations}

        def cost(place: Place) -> tuple[int, bool, int, int]:
            gaps = 0
            for number in self._of[place]:
                parts, total, _ = self.relations[number]
                gaps += not any(self._unknown(other, masked) for other in (*parts, total))
            return gaps, place in totals, self.counts[place].value, self.order[place]

        return cost

    def _without_needless(self, masked: set[Place]) -> set[Place]:
        """Show again every secondary cell that nothing rests on, the greatest first."""
        secondary = sorted(masked - self.small, key=lambda place: (-self.counts[place].value, self.order[place]))
        for place in secondary:
            if self.checks < _MOST_CHECKS and self._weak(masked - {place}) is None:
                masked = masked - {place}
        return masked
