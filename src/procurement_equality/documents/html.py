"""A document as one HTML file: the tree as it stands, with style sheet, contents list and field ids added."""

from __future__ import annotations

import base64
import copy
from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from procurement_equality.documents.vocabulary import picture_name
from procurement_equality.documents.word.xml import LANGUAGES

if TYPE_CHECKING:
    from procurement_equality.documents.document import Document

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_PICTURES = "; img-src data:"
_PIXELS = 96 / 25.4
"""The pixels of a style sheet in a millimetre."""


def write_html(document: Document) -> str:
    """Write a document as HTML that needs no other file and fetches nothing."""
    root = copy.deepcopy(document.tree)
    root.set("lang", LANGUAGES[document.language])
    images = list(root.iter("img"))
    for image in images:
        _fill_image(image, document)
    head = root.find("head")
    assert head is not None, "the vocabulary was checked"  # noqa: S101
    _fill_head(head, document, _POLICY + _PICTURES if images else _POLICY)
    body, footer = root.find("body"), root.find("body/footer")
    if body is not None and footer is not None:
        body.append(footer)  # a page's footer is said first in a template, and stands last on a screen
    for nav in root.iter("nav"):
        _fill_contents(root, nav)
    for element in root.iter("input", "select", "textarea"):
        element.set("id", str(element.get("name")))
    ids = {str(element.get("id")) for element in root.iter("input", "select", "textarea")}
    for label in root.iter("label"):
        if label.get("for") not in ids:  # the label of a table's row, which has a field in each cell
            label.tag = "span"
            del label.attrib["for"]
    for select in root.iter("select"):
        select.insert(0, _element("option", document.labels["choose"], value=""))
    for textarea in root.iter("textarea"):
        textarea.text = textarea.text or ""
    text = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n"


def _fill_head(head: etree._Element, document: Document, policy: str) -> None:
    style = files("procurement_equality.documents").joinpath("document.css").read_text(encoding="utf-8")
    head.insert(0, _element("meta", charset="utf-8"))
    head.append(_element("meta", name="viewport", content="width=device-width, initial-scale=1"))
    security = _element("meta", content=policy)
    security.set("http-equiv", "Content-Security-Policy")
    head.append(security)
    for name, value in sorted(document.properties.items()):
        head.append(_element("meta", name=f"pe-{name}", content=value))
    head.append(_element("style", style))


def _fill_image(image: etree._Element, document: Document) -> None:
    """Put the picture itself where its name stands, with the size that it takes before it is drawn."""
    picture = document.pictures[picture_name(image)]
    image.set("src", f"data:image/png;base64,{base64.b64encode(picture.png).decode()}")
    image.set("width", str(round(picture.width * _PIXELS)))
    image.set("height", str(round(picture.height * _PIXELS)))


def _fill_contents(root: etree._Element, nav: etree._Element) -> None:
    """List the headings of level 1 and 2 with links; their numbers come from the style sheet's counters."""
    nav.append(_element("p", str(nav.attrib.pop("title"))))
    body = root.find("body")
    top = etree.SubElement(nav, "ol")
    inner: etree._Element | None = None
    for number, heading in enumerate(body.iter("h2", "h3") if body is not None else (), 1):
        heading.set("id", f"section-{number}")
        item = _element("li")
        item.append(_element("a", " ".join("".join(map(str, heading.itertext())).split()), href=f"#section-{number}"))
        if heading.tag == "h2":
            top.append(item)
            inner = None
        elif len(top):
            if inner is None:
                inner = etree.SubElement(top[-1], "ol")
            inner.append(item)


def _element(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(tag, dict(attributes))
    element.text = text
    return element
