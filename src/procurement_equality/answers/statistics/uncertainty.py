"""How sure a difference between women and men is.

The interval is Newcombe's for the difference of two shares, from Wilson's interval of each; the test is Fisher's exact
one. Both come from SciPy. Where several rows of a table are compared, Holm's method keeps the risk of finding any
difference that is not there, in the whole table, at five per cent.

The figures are of everyone, not of a sample. The interval says something else than in a survey: how far a result of
the same size can go from one year to another by chance alone, when nothing has changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Literal

from procurement_equality.catalogue.text import Model

FEWEST = 10
"""With fewer women or fewer men than this behind a share, nothing is said of the difference."""
LEVEL = 0.05

Reading = Literal[
    "women-higher", "men-higher", "no-certain-difference", "too-few", "not-persons", "no-library", "not-known"
]
"""What a difference says in plain words. `not-persons`: what is counted can be the same person several times, so that
chance cannot be reckoned; `no-library`: SciPy is not installed; `not-known`: a number that it rests on is not shown."""


Interval = tuple[float, float, float]
"""A share with the least and the greatest that it may be."""


class Difference(Model):
    """Women's share less men's, in percentage points, with its 95 per cent interval."""

    points: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    """Fisher's exact test, two-sided, after Holm's correction over the table."""
    reading: Reading


def difference(women: tuple[int, int], men: tuple[int, int]) -> Difference:
    """Compare two shares, each given as number and base, the base above 0. The test is not yet corrected."""
    points = 100 * (women[0] / women[1] - men[0] / men[1])
    try:
        stats: Any = import_module("scipy.stats")
    except ImportError:
        return Difference(points=points, reading="no-library")
    low, high = _newcombe(_wilson(stats.binomtest, *women), _wilson(stats.binomtest, *men))
    table = [[women[0], women[1] - women[0]], [men[0], men[1] - men[0]]]
    p = min(1.0, float(stats.fisher_exact(table)[1]))
    reading: Reading = "too-few" if min(women[1], men[1]) < FEWEST else "no-certain-difference"
    return Difference(points=points, low=100 * low, high=100 * high, p=p, reading=reading)


def read_together(differences: Sequence[Difference]) -> list[Difference]:
    """Give the differences of one table with corrected tests, and say which are certain."""
    tested = [at for at, found in enumerate(differences) if found.p is not None and found.reading != "too-few"]
    corrected = dict(zip(tested, holm([differences[at].p or 0.0 for at in tested]), strict=True))
    return [_read(found, corrected.get(at)) for at, found in enumerate(differences)]


def holm(tests: Sequence[float]) -> list[float]:
    """Correct p-values for being several (Holm 1979)."""
    corrected, highest = [0.0] * len(tests), 0.0
    for rank, at in enumerate(sorted(range(len(tests)), key=tests.__getitem__)):
        highest = max(highest, min(1.0, (len(tests) - rank) * tests[at]))
        corrected[at] = highest
    return corrected


def _read(found: Difference, p: float | None) -> Difference:
    """Call a difference certain where both the corrected test and the interval say so."""
    if p is None or found.low is None or found.high is None:
        return found
    reading: Reading = "no-certain-difference"
    if p < LEVEL and found.low > 0:
        reading = "women-higher"
    elif p < LEVEL and found.high < 0:
        reading = "men-higher"
    return found.model_copy(update={"p": p, "reading": reading})


def _newcombe(women: Interval, men: Interval) -> tuple[float, float]:
    """Give Newcombe's interval (1998, method 10) for the difference of two shares."""
    (w, w_low, w_high), (m, m_low, m_high) = women, men
    low = w - m - math.hypot(w - w_low, m_high - m)
    high = w - m + math.hypot(w_high - w, m - m_low)
    return max(-1.0, low), min(1.0, high)


def _wilson(binomtest: Callable[..., Any], number: int, base: int) -> Interval:
    """Give a share with Wilson's 95 per cent interval."""
    interval = binomtest(number, base).proportion_ci(confidence_level=1 - LEVEL, method="wilson")
    return number / base, float(interval.low), float(interval.high)
