"""The walk: each block of the document vocabulary becomes WordprocessingML text.

The tree has been checked against the vocabulary, so every element that can come has its place here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from procurement_equality.documents.word.inline import Walk, inline, plain
from procurement_equality.documents.word.lists import items
from procurement_equality.documents.word.pictures import figure
from procurement_equality.documents.word.tables import table
from procurement_equality.documents.word.xml import KEEP_NEXT, paragraph, run

_HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_PARAGRAPH_STYLES = {
    None: "Normal", "subtitle": "Subtitle", "note": "PENote", "intro": "PEIntro", "id-line": "PERequirementId",
    "follow-up": "PERequirementNote",
}  # fmt: skip


def body(root: etree._Element, walk: Walk) -> str:
    """Give everything between `w:body` and the section's properties."""
    content = root.find("body")
    assert content is not None, "the vocabulary was checked"  # noqa: S101
    _number_headings(content, walk)
    remaining = iter(list(walk.headings))
    alive = list(content.iter())  # lxml makes an element's Python side anew at each visit unless someone holds it
    parts: list[str] = []
    previous = ""
    for block in content:
        tag = str(block.tag)
        if tag in _HEADINGS:
            parts.append(_heading(block, walk, remaining, new_page=_on_new_page(block, previous)))
        elif tag not in ("header", "footer"):
            parts.extend(_BLOCKS[tag](block, walk, previous))
        previous = tag
    del alive
    return "".join(parts)


def _number_headings(content: etree._Element, walk: Walk) -> None:
    counters = [0, 0]
    for block in content:
        level = _HEADINGS.get(str(block.tag), 0)
        if level in (1, 2):
            counters = [counters[0] + 1, 0] if level == 1 else [counters[0], counters[1] + 1]
            number = ".".join(map(str, counters[:level]))
            walk.headings.append((level, number, plain(block), f"_Toc{len(walk.headings) + 1:06d}"))


def _heading(
    block: etree._Element, walk: Walk, remaining: Iterator[tuple[int, str, str, str]], *, new_page: bool
) -> str:
    """Give a heading."""
    level = _HEADINGS[str(block.tag)]
    content = inline(block, walk)
    if level <= 2:
        number, name = walk.identifiers.bookmark(), next(remaining)[3]
        content = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
    return paragraph(f"Heading{level}", content, "<w:pageBreakBefore/>" if new_page else "")


def _on_new_page(block: etree._Element, previous: str) -> bool:
    """Say whether a heading begins a page: it has the class, or it follows the table of contents.

    Without the latter, LibreOffice lays the pages out before it knows how long the contents are, and tears boxes apart.
    """
    return block.get("class") == "new-page" or previous == "nav"


def _title(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    return [paragraph("Title", inline(block, walk))]


def _paragraph(block: etree._Element, walk: Walk, previous: str) -> list[str]:
    style = _PARAGRAPH_STYLES[block.get("class")]
    if style == "Normal" and previous == "table":
        style = "PEAfterTable"
    extra = KEEP_NEXT if _leads_to_list(block) else ""
    return [paragraph(style, inline(block, walk), extra)]


def _leads_to_list(block: etree._Element) -> bool:
    following = block.getnext()
    return following is not None and following.tag in ("ul", "ol", "table", "figure")


def _list(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    return list(items(block, walk, "ListBullet"))


def _requirement(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    """Give a requirement's box; its last line lets go of what follows unless that is its table."""
    parts: list[str] = []
    for child in block:
        if child.tag in ("ul", "ol"):
            parts.extend(items(child, walk, "PERequirementList"))
        else:
            css = child.get("class")
            style = _PARAGRAPH_STYLES[css] if css else "PERequirementText"
            parts.append(paragraph(style, inline(child, walk), KEEP_NEXT))
    following = block.getnext()
    if parts and (following is None or following.tag not in ("table", "p")):
        parts[-1] = parts[-1].replace(KEEP_NEXT, '<w:keepNext w:val="0"/>', 1)
    return parts


def _contents(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    """Give a table of contents: a field that Word updates, filled with links so that it is right from the start.

    Contents that would not fit on a page have the first level only: behind longer ones LibreOffice tears boxes apart.
    """
    depth = 2 if len(walk.headings) <= _CONTENTS_ON_A_PAGE else 1
    headings = [heading for heading in walk.headings if heading[0] <= depth]
    title = paragraph("TOCHeading", run(str(block.get("title"))))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'TOC \\o "1-{depth}" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entries = []
    last = len(headings) - 1
    for index, (level, number, text, bookmark) in enumerate(headings):
        link = (
            f'<w:hyperlink w:anchor="{bookmark}" w:history="1"><w:r><w:t>{number}</w:t></w:r><w:r><w:tab/></w:r>'
            f"{run(text)}</w:hyperlink>"
        )
        entries.append(paragraph(f"TOC{level}", (begin if index == 0 else "") + link + (end if index == last else "")))
    return [
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        "</w:sdtPr><w:sdtContent>",
        title,
        *entries,
        "</w:sdtContent></w:sdt>",
    ]


_CONTENTS_ON_A_PAGE = 30
"""How many headings the contents may have to fit on the page of the title, with some that take two lines."""

_BLOCKS: dict[str, Callable[[etree._Element, Walk, str], list[str]]] = {
    "h1": _title,
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "section": _requirement,
    "nav": _contents,
    "table": table,
    "figure": figure,
}
