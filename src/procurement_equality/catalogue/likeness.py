"""Clauses that are nearly the same."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from procurement_equality.catalogue.requirement import Requirement

_SKETCH = 4


class Clauses:
    """The clause texts seen so far, found again by the smallest of their shingles' checksums.

    Two texts that share four fifths of their four-word shingles share one of the four smallest with a probability
    above 99 per cent, so that each text is compared with a few others however many there are. A text that is like an
    earlier one is not kept: the earlier one stands for both.
    """

    def __init__(self, per_cent: int) -> None:
        self._per_cent = per_cent
        self._by_mark: dict[tuple[str, int], list[tuple[Requirement, frozenset[int]]]] = {}
        self._checksums: dict[str, int] = {}

    def like(self, requirement: Requirement, kind: str, words: Sequence[str]) -> tuple[str, int] | None:
        """Give the id of an earlier requirement whose text is like this one, and how like in per cent.

        Two that no regime can hold together are not compared.
        """
        shingles = self._shingles(words)
        marks = [(kind, mark) for mark in sorted(shingles)[:_SKETCH]]
        for mark in marks:
            for other, theirs in self._by_mark.get(mark, ()):
                if other.id == requirement.id or _never_together(other, requirement):
                    continue
                share = 100 * len(shingles & theirs) // len(shingles | theirs)
                if share >= self._per_cent:
                    return other.id, share
        for mark in marks:
            self._by_mark.setdefault(mark, []).append((requirement, shingles))
        return None

    def _shingles(self, words: Sequence[str]) -> frozenset[int]:
        """Give a number for each four words in a row, put together from the checksums of the words."""
        known = self._checksums
        for word in words:
            if word not in known:
                known[word] = zlib.crc32(word.encode())
        sums = [known[word] for word in words] + [0] * (4 - len(words))
        rows = zip(sums, sums[1:], sums[2:], sums[3:], strict=False)
        return frozenset([a ^ (b << 3) ^ (c << 6) ^ (d << 9) for a, b, c, d in rows])


def _never_together(one: Requirement, other: Requirement) -> bool:
    first, second = one.applies.regimes, other.applies.regimes
    return bool(first and second) and set(first).isdisjoint(second)
