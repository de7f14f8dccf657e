"""The least and the greatest value that unknown whole numbers can have, given the sums that they are part of.

The simplex method on whole numbers with one common denominator (Edmonds' and Bareiss' fraction-free pivoting), so that
nothing is rounded, with Bland's rule, so that it ends; and branch and bound where a corner is no whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_MOST_BRANCHES = 60
"""How many branches are tried for one bound. Tables of sums have whole corners, so that more than one is rare."""


class TooHardError(ArithmeticError):
    """A bound was not found within the bounded number of branches."""


class ContradictionError(ArithmeticError):
    """No values satisfy the sums."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum: coefficient of each unknown (by its number), and what they come to."""

    terms: Mapping[int, int]
    total: int


@dataclass(frozen=True, slots=True)
class Unknowns:
    """Unknowns from 0 up with the least value of each, the greatest where there is one, and their equations."""

    least: tuple[int, ...]
    equations: tuple[Equation, ...]
    most: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Tableau:
    rows: list[list[int]]
    """Coefficients of each row, the right side last, all over `scale`."""
    basis: list[int]
    scale: int
    columns: int

    def copy(self) -> _Tableau:
        return _Tableau([row[:] for row in self.rows], self.basis[:], self.scale, self.columns)

    def pivot(self, at: int, column: int) -> None:
        """Let `column` take the place of the row's basic unknown."""
        pivot_row = self.rows[at]
        if pivot_row[column] < 0:
            pivot_row = self.rows[at] = [-value for value in pivot_row]
        pivot, scale = pivot_row[column], self.scale
        for index, row in enumerate(self.rows):
            if index == at:
                continue
            factor = row[column]
            if factor:
                pairs = zip(row, pivot_row, strict=True)
                self.rows[index] = [(value * pivot - factor * other) // scale for value, other in pairs]
            elif pivot != scale:
                self.rows[index] = [value * pivot // scale for value in row]
        self.scale = pivot
        if at < len(self.basis):
            self.basis[at] = column

    def minimise(self) -> bool:
        """Make the objective, the last row, as small as it can be. Say whether it has a least value."""
        while True:
            objective = self.rows[-1]
            column = next((at for at in range(self.columns) if objective[at] < 0), None)
            if column is None:
                return True
            leaving = self._leaving(column)
            if leaving is None:
                return False
            self.pivot(leaving, column)

    def _leaving(self, column: int) -> int | None:
        """Give the row whose unknown first falls to zero when `column` grows; None where none does."""
        best: int | None = None
        for at, basic in enumerate(self.basis):
            row = self.rows[at]
            if row[column] <= 0:
                continue
            if best is None:
                best = at
                continue
            kept = self.rows[best]
            here, there = row[-1] * kept[column], kept[-1] * row[column]
            if here < there or (here == there and basic < self.basis[best]):
                best = at
        return best


def bounds(unknowns: Unknowns, wanted: Iterable[int]) -> Iterator[tuple[int, int | None]]:
    """Give the least and the greatest whole value of each of the `wanted` unknowns; None where there is no greatest.

    Raises `ContradictionError` where no values satisfy the sums, and `TooHardError` where the search takes too long.
    """
    start = _feasible(unknowns)
    for number in wanted:
        least = _optimum(unknowns, start, number, 1)
        if least is None:  # no value is below its own least one
            raise ContradictionError
        yield least, _optimum(unknowns, start, number, -1)


def _feasible(unknowns: Unknowns) -> _Tableau:
    """Give a tableau whose basic solution satisfies the equations, every unknown counted from its least value."""
    count, most = len(unknowns.least), sorted(unknowns.most.items())
    columns = count + len(most)
    rows = []
    for equation in unknowns.equations:
        row = [0] * (columns + 1)
        for number, factor in equation.terms.items():
            row[number] = factor
        row[-1] = equation.total - sum(factor * unknowns.least[at] for at, factor in equation.terms.items())
        rows.append(row)
    for index, (number, value) in enumerate(most):
        row = [0] * (columns + 1)
        row[number] = row[count + index] = 1
        row[-1] = value - unknowns.least[number]
        rows.append(row)
    rows = [[-value for value in row] if row[-1] < 0 else row for row in rows]
    objective = [-sum(column) for column in zip(*rows, strict=True)] or [0] * (columns + 1)
    tableau = _Tableau([*rows, objective], [columns + at for at in range(len(rows))], 1, columns)
    tableau.minimise()
    if tableau.rows[-1][-1] != 0:
        raise ContradictionError
    _without_artificial(tableau)
    return tableau


def _without_artificial(tableau: _Tableau) -> None:
    """Take the artificial unknowns out of the basis, and the rows that say nothing new."""
    del tableau.rows[-1]
    at = 0
    while at < len(tableau.basis):
        if tableau.basis[at] >= tableau.columns:
            row = tableau.rows[at]
            column = next((number for number in range(tableau.columns) if row[number]), None)
            if column is None:
                del tableau.rows[at], tableau.basis[at]
                continue
            tableau.pivot(at, column)
        at += 1


def _optimum(
    unknowns: Unknowns, start: _Tableau, number: int, sign: int, budget: list[int] | None = None
) -> int | None:
    """Give the least (`sign` 1) or greatest (-1) whole value of an unknown; None where there is none."""
    budget = [_MOST_BRANCHES] if budget is None else budget
    budget[0] -= 1
    if budget[0] < 0:
        raise TooHardError
    tableau = start.copy()
    objective = [0] * (tableau.columns + 1)
    objective[number] = sign * tableau.scale
    for at, basic in enumerate(tableau.basis):
        if basic == number:
            objective = [value - sign * other for value, other in zip(objective, tableau.rows[at], strict=True)]
    tableau.rows.append(objective)
    if not tableau.minimise():
        return None
    broken = next((at for at in range(len(tableau.basis)) if tableau.rows[at][-1] % tableau.scale), None)
    if broken is None:
        return unknowns.least[number] - sign * (tableau.rows[-1][-1] // tableau.scale)
    return _branched(unknowns, tableau, broken, number, sign, budget)


def _branched(
    unknowns: Unknowns, tableau: _Tableau, broken: int, number: int, sign: int, budget: list[int]
) -> int | None:
    """Give the best of what comes below and above an unknown that is no whole number."""
    split, count = tableau.basis[broken], len(unknowns.least)
    floor = tableau.rows[broken][-1] // tableau.scale
    if split >= count:  # what is left up to a greatest value: the unknown itself is broken too
        split = sorted(unknowns.most)[split - count]
        floor = unknowns.most[split] - unknowns.least[split] - floor - 1
    border = unknowns.least[split] + floor
    least = tuple(border + 1 if at == split else value for at, value in enumerate(unknowns.least))
    found: list[int] = []
    for part in (
        Unknowns(unknowns.least, unknowns.equations, {**unknowns.most, split: border}),
        Unknowns(least, unknowns.equations, unknowns.most),
    ):
        try:
            value = _optimum(part, _feasible(part), number, sign, budget)
        except ContradictionError:
            continue
        if value is None:
            return None
        found.append(value)
    if not found:
        raise ContradictionError
    return min(found) if sign > 0 else max(found)
