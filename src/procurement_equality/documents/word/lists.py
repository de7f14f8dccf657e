"""Lists: each item a paragraph of a list style, each numbered list with a number definition of its own."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from procurement_equality.documents.word.inline import Walk, inline
from procurement_equality.documents.word.xml import KEEP_NEXT, paragraph


def items(block: etree._Element, walk: Walk, style: str, level: int = 0) -> Iterator[str]:
    """Give the paragraphs of a list; a numbered list begins at 1, or where it says."""
    ordered = block.tag == "ol"
    number = walk.next_list(int(block.get("start") or 1)) if ordered else 4 if style == "PERequirementList" else 2
    if ordered and style == "ListBullet":
        style = "ListNumber"
    keep = KEEP_NEXT if style == "PERequirementList" else ""
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if ordered or level else ""
    for item in block:
        first, *more = _paragraphs(item, walk)
        yield paragraph(style, first, keep + properties)
        for content in more:  # the same item goes on: no new number or bullet
            yield paragraph(style, content, f'{keep}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
        for child in item.iterchildren("ul", "ol"):
            yield from items(child, walk, style, level + 1)


def _paragraphs(item: etree._Element, walk: Walk) -> list[str]:
    """Give the contents of an item's paragraphs: its own text, or that of each `p` in it."""
    inside = [inline(child, walk) for child in item.iterchildren("p")]
    own = inline(item, walk, skip=("ul", "ol", "p"))
    return [own, *inside] if own or not inside else inside
