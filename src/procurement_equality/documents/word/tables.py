"""Tables, of answers and others."""

from __future__ import annotations

from typing import Final

from lxml import etree

from procurement_equality.documents.word.inline import Walk, inline, plain
from procurement_equality.documents.word.lists import items
from procurement_equality.documents.word.xml import KEEP_NEXT, escape, paragraph

TEXT_WIDTH: Final = 9071
"""Width of the text in twentieths of a point: 160 mm."""


def table(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    """Give a table with its caption: a header row that repeats, no merged cells, fixed widths."""
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
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def _cell(cell: etree._Element, walk: Walk, width: int, *, header: bool, label: bool, keep: bool) -> str:
    style = "PETableHead" if cell.tag == "th" else "PETableText"
    extra = KEEP_NEXT if keep else ""
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
            parts.extend(items(child, walk, "PETableList"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{"".join(parts)}</w:tc>'
