"""The walk: each element of the document vocabulary becomes WordprocessingML text.

The tree has been checked against the vocabulary, so every element that can come has its place here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from procurement_equality.documents.word.fields import Identifiers, control
from procurement_equality.documents.word.xml import LANGUAGES, escape, paragraph, run

TEXT_WIDTH: Final = 9071
"""Width of the text in twentieths of a point: 160 mm."""

_SPACE = re.compile(r"[ \t\r\n]+")
_HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_KEEP = "<w:keepNext/>"
_PARAGRAPH_STYLES = {
    None: "Normal", "subtitle": "Subtitle", "note": "PENote", "intro": "PEIntro", "id-line": "PERequirementId",
    "follow-up": "PERequirementNote",
}  # fmt: skip
_RUN_PROPERTIES = {
    "strong": "<w:b/><w:bCs/>", "em": "<w:i/><w:iCs/>", "code": '<w:rStyle w:val="PECode"/>',
    "visible-id": '<w:rStyle w:val="PEVisibleId"/>', "condition": '<w:rStyle w:val="PEVisibleId"/>',
}  # fmt: skip
_FIRST_LIST_NUMBER = 5
"""The number definitions 1 to 4 stand in the base document; each numbered list gets one of its own after them."""


@dataclass
class Walk:
    """What one walk gathers: links, numbered lists, ids and the headings that the contents list."""

    language: str
    placeholders: Mapping[str, str]
    identifiers: Identifiers = field(default_factory=Identifiers)
    links: dict[str, str] = field(default_factory=dict)
    numbered_lists: int = 0
    headings: list[tuple[int, str, str, str]] = field(default_factory=list)
    """(level, number, text, bookmark) of every heading of level 1 and 2, in order."""

    def link(self, address: str) -> str:
        """Give the relationship id of a web address."""
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")

    def next_list(self) -> int:
        """Give the number definition of a new numbered list."""
        self.numbered_lists += 1
        return _FIRST_LIST_NUMBER + self.numbered_lists - 1


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
            parts.append(_heading(block, walk, remaining))
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


def plain(element: etree._Element) -> str:
    """Give an element's text with white space folded."""
    text = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
    return _folded(text).strip(" ")


def _folded(text: str) -> str:
    """Fold white space to single spaces; most texts have none to fold, and four searches beat one `sub`."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        return _SPACE.sub(" ", text)
    return text


def _heading(block: etree._Element, walk: Walk, remaining: Iterator[tuple[int, str, str, str]]) -> str:
    level = _HEADINGS[str(block.tag)]
    content = inline(block, walk)
    if level <= 2:
        number, name = walk.identifiers.bookmark(), next(remaining)[3]
        content = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
    return paragraph(f"Heading{level}", content)


def _title(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    return [paragraph("Title", inline(block, walk))]


def _paragraph(block: etree._Element, walk: Walk, previous: str) -> list[str]:
    style = _PARAGRAPH_STYLES[block.get("class")]
    if style == "Normal" and previous == "table":
        style = "PEAfterTable"
    extra = _KEEP if _leads_to_list(block) else ""
    return [paragraph(style, inline(block, walk), extra)]


def _leads_to_list(block: etree._Element) -> bool:
    following = block.getnext()
    return following is not None and following.tag in ("ul", "ol", "table")


def _list(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    return list(_items(block, walk, "ListBullet", 0))


def _items(block: etree._Element, walk: Walk, style: str, level: int) -> Iterator[str]:
    """Give the paragraphs of a list; a numbered list starts again at 1."""
    ordered = block.tag == "ol"
    number = walk.next_list() if ordered else 4 if style == "PERequirementList" else 2
    if ordered and style == "ListBullet":
        style = "ListNumber"
    keep = _KEEP if style == "PERequirementList" else ""
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if ordered or level else ""
    for item in block:
        inner = [child for child in item if child.tag in ("ul", "ol", "p")]
        yield paragraph(style, inline(item, walk, skip=("ul", "ol")), keep + properties)
        for child in inner:
            if child.tag != "p":
                yield from _items(child, walk, style, level + 1)


def _requirement(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    """Give a requirement's box; its last line lets go of what follows unless that is its table."""
    parts: list[str] = []
    for child in block:
        if child.tag in ("ul", "ol"):
            parts.extend(_items(child, walk, "PERequirementList", 0))
        else:
            css = child.get("class")
            style = _PARAGRAPH_STYLES[css] if css else "PERequirementText"
            parts.append(paragraph(style, inline(child, walk), _KEEP))
    following = block.getnext()
    if parts and (following is None or following.tag not in ("table", "p")):
        parts[-1] = parts[-1].replace(_KEEP, '<w:keepNext w:val="0"/>', 1)
    return parts


def _contents(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    """Give a table of contents: a field that Word updates, filled with links so that it is right from the start."""
    title = paragraph("TOCHeading", run(str(block.get("title"))))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        'TOC \\o "1-2" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entries = []
    last = len(walk.headings) - 1
    for index, (level, number, text, bookmark) in enumerate(walk.headings):
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


# --- tables ------------------------------------------------------------------------------------------------


def _table(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    caption = block.find("caption")
    widths = _widths(block)
    parts = [paragraph("Caption", inline(caption, walk))] if caption is not None else []
    description = f'<w:tblCaption w:val="{escape(plain(caption))}"/>' if caption is not None else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    parts.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PETable"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{description}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    rows = list(block.iter("tr"))
    answers = block.get("class") == "answers"
    for index, row in enumerate(rows):
        keep = index == 0 or (not answers and len(rows) <= 8 and index < len(rows) - 1)
        parts.append(_row(row, walk, widths, answers=answers, keep=keep))
    parts.append("</w:tbl>")
    return parts


def _widths(block: etree._Element) -> list[int]:
    """Give the widths of the columns, from `width: N%` or shared evenly; they fill the text's width."""
    columns = [int(str(col.get("style"))[7:-1]) for col in block.iter("col")]
    number = len(next(block.iter("tr")))
    if len(columns) != number:
        columns = [100 // number] * number
    widths = [TEXT_WIDTH * share // 100 for share in columns]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _row(row: etree._Element, walk: Walk, widths: list[int], *, answers: bool, keep: bool) -> str:
    """Give a row.

    One that keeps with the next says so in every cell but the first: said in the first cell of a table, LibreOffice
    takes it as said of the whole table.
    """
    parent = row.getparent()
    header = parent is not None and parent.tag == "thead"
    cells = "".join(
        _cell(cell, walk, width, header=header, label=answers and index == 0, keep=keep and index > 0)
        for index, (cell, width) in enumerate(zip(row, widths, strict=False))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def _cell(cell: etree._Element, walk: Walk, width: int, *, header: bool, label: bool, keep: bool) -> str:
    style = "PETableHead" if cell.tag == "th" else "PETableText"
    extra = _KEEP if keep else ""
    justified = '<w:jc w:val="right"/>' if cell.get("class") == "number" else ""
    fill = "D9E4F0" if header else "EEF3F8" if label else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    parts = []
    content = inline(cell, walk, skip=("p", "ul", "ol"))
    blocks = [child for child in cell if child.tag in ("p", "ul", "ol")] if len(cell) else []
    if content or not blocks:
        parts.append(paragraph(style, content, extra + justified))
    for child in blocks:
        if child.tag == "p":
            parts.append(paragraph(style, inline(child, walk), extra + justified))
        else:
            parts.extend(_items(child, walk, "PETableList", 0))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{"".join(parts)}</w:tc>'


_BLOCKS: dict[str, Callable[[etree._Element, Walk, str], list[str]]] = {
    "h1": _title,
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "section": _requirement,
    "nav": _contents,
    "table": _table,
}


# --- what stands in a line ---------------------------------------------------------------------------------


def inline(element: etree._Element, walk: Walk, skip: tuple[str, ...] = ()) -> str:
    """Give the runs of an element, with white space folded as HTML does."""
    if not len(element):  # most paragraphs and cells hold text and nothing else
        text = element.text
        return run(_folded(text).strip(" ")) if text else ""
    line = _Line()
    _gather(element, walk, "", line, skip)
    return "".join(line.parts)


class _Line:
    """Runs in the making: white space folds to one space, and none stands at the line's ends."""

    __slots__ = ("at_start", "parts", "pending")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at_start = True
        self.pending = ""

    def text(self, text: str, properties: str) -> None:
        """Add a stretch of text with its run properties."""
        text = _folded(text)
        if text[0] == " ":
            self.pending = "" if self.at_start else " "
            text = text[1:]
        if not text:
            return
        if text[-1] == " ":
            self.parts.append(run(self.pending + text[:-1], properties))
            self.pending = " "
        else:
            self.parts.append(run(self.pending + text, properties))
            self.pending = ""
        self.at_start = False

    def markup(self, markup: str) -> None:
        """Add markup that is ready."""
        self.parts.append(run(self.pending) + markup)
        self.pending, self.at_start = "", False

    def line_break(self) -> None:
        """Add a line break; the space before it goes."""
        self.parts.append("<w:r><w:br/></w:r>")
        self.pending, self.at_start = "", True


def _gather(element: etree._Element, walk: Walk, properties: str, line: _Line, skip: tuple[str, ...]) -> None:
    text = element.text
    if text:
        line.text(text, properties)
    for child in element:
        tag = child.tag
        if tag not in skip:
            _gather_child(child, str(tag), walk, properties, line)
        tail = child.tail
        if tail:
            line.text(tail, properties)


def _gather_child(child: etree._Element, tag: str, walk: Walk, properties: str, line: _Line) -> None:
    own = _RUN_PROPERTIES.get(tag)
    if own is not None and not len(child):  # bold, italic or code with nothing but text in it
        if child.text:
            line.text(child.text, own + properties if own.startswith("<w:rStyle") else properties + own)
    elif tag == "br":
        line.line_break()
    elif tag in ("input", "select", "textarea"):
        line.markup(control(child, walk.identifiers, walk.placeholders, LANGUAGES[walk.language]))
    elif tag == "a":
        _gather_link(child, walk, properties, line)
    elif tag == "label":
        _gather_label(child, walk, properties, line)
    else:
        own = own or _RUN_PROPERTIES.get(str(child.get("class")), "")
        language = child.get("lang")
        if language:
            own += f'<w:lang w:val="{LANGUAGES[str(language)]}"/>'
        _gather(child, walk, own + properties if own.startswith("<w:rStyle") else properties + own, line, ())


def _gather_link(child: etree._Element, walk: Walk, properties: str, line: _Line) -> None:
    address = str(child.get("href"))
    target = f'w:anchor="{escape(address[1:])}"' if address.startswith("#") else f'r:id="{walk.link(address)}"'
    content = run(plain(child), '<w:rStyle w:val="Hyperlink"/>' + properties)
    line.markup(f"<w:hyperlink {target}>{content}</w:hyperlink>")


def _gather_label(child: etree._Element, walk: Walk, properties: str, line: _Line) -> None:
    """Gather a label; its visible id gets the bookmark that finds the row again."""
    name = str(child.get("for"))
    if child.text:
        line.text(child.text, properties)
    for part in child:
        if part.get("class") == "visible-id":
            number = walk.identifiers.bookmark()
            start = f'<w:bookmarkStart w:id="{number}" w:name="{walk.identifiers.bookmark_name(name)}"/>'
            content = run(plain(part).replace("-", "\u2011"), _RUN_PROPERTIES["visible-id"])
            line.markup(f'{start}{content}<w:bookmarkEnd w:id="{number}"/>')
        else:
            _gather_child(part, str(part.tag), walk, properties, line)
        if part.tail:
            line.text(part.tail, properties)
