"""What belongs together in a document: a paragraph with the list that follows it, and such passages in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procurement_equality.answers.tender_document.paragraph import Paragraph

_MOST_IN_A_ROW = 3
_MOST_SIGNS = 4_000
"""Signs of passages in a row: a clause of the catalogue has at most about 2 000."""
_MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs that are read together. `first` says where it stands."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def first(self) -> Paragraph:
        """Give the first paragraph."""
        return self.paragraphs[0]

    @property
    def text(self) -> str:
        """Give the paragraphs as lines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def name(self) -> str:
        """Give what findings call it: `¶ 14`."""
        return f"¶ {self.first.number}"

    @property
    def is_heading(self) -> bool:
        """Say whether it is a heading."""
        return bool(self.first.level)


def passages_of(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """Put the items of a list together with the paragraph before them."""
    found: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        before = found[-1] if found else None
        if before is not None and _continues(before, paragraph):
            before.append(paragraph)
        else:
            found.append([paragraph])
    return [Passage(tuple(each)) for each in found]


def in_a_row(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Give where passages under one heading stand two or three in a row: from, and up to but not with."""
    for start in range(len(passages)):
        signs = len(passages[start].text)
        for end in range(start + 2, min(start + _MOST_IN_A_ROW, len(passages)) + 1):
            signs += len(passages[end - 1].text)
            if signs > _MOST_SIGNS or not _are_together(passages[end - 2].first, passages[end - 1].first):
                break
            yield start, end


def _continues(before: list[Paragraph], paragraph: Paragraph) -> bool:
    first = before[0]
    return (
        paragraph.is_item
        and not paragraph.level
        and not first.level
        and len(before) <= _MOST_ITEMS
        and not first.is_item
        and paragraph.part == first.part
        and paragraph.cell == first.cell
    )


def _are_together(one: Paragraph, other: Paragraph) -> bool:
    same = (one.heading, one.part, one.cell) == (other.heading, other.part, other.cell)
    return same and not one.level and not other.level
