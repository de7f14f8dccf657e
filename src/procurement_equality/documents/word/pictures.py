"""Pictures: an inline drawing with its alternative text, and its caption, on one page."""

from __future__ import annotations

from typing import Final

from lxml import etree

from procurement_equality.documents.vocabulary import picture_name
from procurement_equality.documents.word.inline import Walk, inline
from procurement_equality.documents.word.xml import KEEP_NEXT, escape, paragraph

TEXT_WIDTH_MM: Final = 160
_MOST_HEIGHT_MM: Final = 225
"""The text's height is 242 mm; the rest is for a caption of two lines."""

_EMU: Final = 36_000
"""English metric units in a millimetre."""

_DRAWINGML: Final = "http://schemas.openxmlformats.org/drawingml/2006"


def figure(block: etree._Element, walk: Walk, previous: str) -> list[str]:  # noqa: ARG001 - one shape for all blocks
    """Give a picture and its caption in the template's order; the first of them keeps with the second."""
    parts = []
    for index, child in enumerate(block):
        if child.tag == "img":
            parts.append(paragraph("PEFigure", _drawing(child, walk), KEEP_NEXT if index == 0 else ""))
        else:
            parts.append(paragraph("Caption", inline(child, walk), "" if index == 0 else '<w:keepNext w:val="0"/>'))
    return parts


def _drawing(image: etree._Element, walk: Walk) -> str:
    """Give the run that holds a picture, no wider than the text and no higher than a page."""
    name = picture_name(image)
    number, relationship = walk.picture(name)
    width, height = (round(side * _EMU) for side in walk.pictures[name].within(TEXT_WIDTH_MM, _MOST_HEIGHT_MM))
    properties = f'id="{number}" name="{escape(name)}" descr="{escape(" ".join(str(image.get("alt")).split()))}"'
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWINGML}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent {size}/><wp:docPr {properties}/><wp:cNvGraphicFramePr><a:graphicFrameLocks '
        f'xmlns:a="{_DRAWINGML}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic '
        f'xmlns:a="{_DRAWINGML}/main"><a:graphicData uri="{_DRAWINGML}/picture"><pic:pic '
        f'xmlns:pic="{_DRAWINGML}/picture"><pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
