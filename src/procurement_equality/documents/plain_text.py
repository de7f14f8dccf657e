"""A document as plain text, for an e-mail: headings and paragraphs with a blank line between, lists with dashes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from procurement_equality.documents.document import Document

_BREAK = "\v"


def write_text(document: Document) -> str:
    """Write the body of a document; what stands in the page's header and footer is left out. Lines end with LF."""
    blocks = (block for block in _blocks(document.tree.find("body")) if block)
    return "\n\n".join(blocks) + "\n"


def _blocks(parent: etree._Element | None) -> Iterator[str]:
    for element in parent if parent is not None else ():
        if element.tag in ("ul", "ol"):
            yield "\n".join(
                _item(item, number if element.tag == "ol" else None) for number, item in enumerate(element, 1)
            )
        elif element.tag == "section":
            yield from _blocks(element)
        elif element.tag not in ("header", "footer"):
            yield _line(element)


def _item(element: etree._Element, number: int | None) -> str:
    mark = "– " if number is None else f"{number}. "
    return mark + _line(element).replace("\n", "\n" + " " * len(mark))


def _line(element: etree._Element) -> str:
    """Give the text of a block with its white space folded; `br` begins a new line."""
    lines = "".join(_pieces(element)).split(_BREAK)
    return "\n".join(" ".join(line.split()) for line in lines).replace("\u00a0", " ").replace("\u2011", "-")


def _pieces(element: etree._Element) -> Iterator[str]:
    yield (element.text or "").replace(_BREAK, " ")
    for child in element:
        yield _BREAK if child.tag == "br" else ""
        yield from _pieces(child)
        yield (child.tail or "").replace(_BREAK, " ")
