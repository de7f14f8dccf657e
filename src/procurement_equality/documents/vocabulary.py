"""The strict XHTML that documents are made of: which elements, attributes and classes there are.

A template that uses anything else gets an error that names file, line and element; nothing is dropped.
"""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterator
from functools import cache

from lxml import etree

INLINE = frozenset({"strong", "em", "code", "a", "br", "span", "label", "input", "select", "textarea"})
BLOCKS = frozenset({"h1", "h2", "h3", "h4", "p", "ul", "ol", "table", "section", "nav", "figure"})

CHILDREN: dict[str, frozenset[str]] = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"title"}),
    "title": frozenset(),
    "body": BLOCKS | {"header", "footer"},
    "header": frozenset({"p"}),
    "footer": frozenset({"p"}),
    "section": frozenset({"p", "ul", "ol"}),
    "nav": frozenset(),
    "h1": frozenset({"em", "br", "span"}),
    "h2": frozenset({"em", "span"}),
    "h3": frozenset({"em", "span"}),
    "h4": frozenset({"em", "span"}),
    "p": INLINE,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "li": INLINE | {"p", "ul", "ol"},
    "table": frozenset({"caption", "colgroup", "thead", "tbody"}),
    "caption": frozenset({"em", "span"}),
    "figure": frozenset({"img", "figcaption"}),
    "img": frozenset(),
    "figcaption": frozenset({"em", "span"}),
    "colgroup": frozenset({"col"}),
    "col": frozenset(),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "th": INLINE,
    "td": INLINE | {"p", "ul", "ol"},
    "strong": INLINE - {"strong", "input", "select", "textarea", "label"},
    "em": INLINE - {"em", "input", "select", "textarea", "label"},
    "code": frozenset(),
    "a": frozenset({"strong", "em", "code", "span"}),
    "br": frozenset(),
    "span": frozenset({"strong", "em", "code", "br", "span"}),
    "label": frozenset({"strong", "em", "span", "br"}),
    "input": frozenset(),
    "select": frozenset({"option"}),
    "option": frozenset(),
    "textarea": frozenset(),
}
"""What may stand in what. Text may stand where inline elements may."""

ATTRIBUTES: dict[str, dict[str, str]] = {
    "html": {"lang": r"sv|en"},
    "h2": {"class": r"new-page"},
    "section": {"class": r"requirement"},
    "ol": {"start": r"[0-9]{1,4}"},
    "nav": {"class": r"toc", "title": r".+"},
    "p": {"class": r"subtitle|id-line|follow-up|note|intro"},
    "table": {"class": r"answers|grid"},
    "col": {"style": r"width: [0-9]{1,3}%"},
    "th": {"scope": r"col|row", "class": r"number"},
    "td": {"class": r"number"},
    "img": {"src": r"chart:[a-z0-9][a-z0-9-]{0,63}", "alt": r"\s*\S.*"},
    "span": {"class": r"visible-id|condition", "lang": r"sv|en"},
    "a": {"href": r"(https?://|mailto:|#)\S+"},
    "label": {"for": r"[A-Za-z0-9_.-]{1,64}"},
    "input": {
        "name": r"[A-Za-z0-9_.-]{1,64}",
        "type": r"text|number|date|checkbox",
        "title": r".+",
        "value": r".+",
        "checked": r"checked",
    },
    "select": {"name": r"[A-Za-z0-9_.-]{1,64}", "title": r".+"},
    "textarea": {"name": r"[A-Za-z0-9_.-]{1,64}", "title": r".+", "rows": r"[0-9]{1,2}"},
    "option": {"value": r"[a-z0-9-]+", "selected": r"selected"},
}
"""The attributes that elements may have, each with the pattern of its whole value."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "html": ("lang",), "nav": ("class", "title"), "section": ("class",), "col": ("style",), "a": ("href",),
    "label": ("for",), "input": ("name", "type", "title"), "select": ("name", "title"),
    "textarea": ("name", "title"), "option": ("value",), "img": ("src", "alt"),
}  # fmt: skip

_PARTS: dict[str, tuple[str, ...]] = {
    "html": ("head", "body"), "head": ("title",), "figure": ("img", "figcaption"),
}  # fmt: skip
"""The children that an element must have, once each."""

_LOOKED_AT = (*_PARTS, "table", "title", "option", "figcaption", "img")
"""The elements of which a document type definition cannot say all."""

PLACE = "data-place"
"""Attribute that says where in the template an element stands; only in a rendering made to find a fault."""

_TEXT_ALLOWED = frozenset(name for name, children in CHILDREN.items() if children & {"em", "strong", "span"}) | {
    "title", "option", "code", "textarea",
}  # fmt: skip


Fault = tuple[etree._Element, str, dict[str, str]]

_PATTERNS = {
    (tag, name): re.compile(pattern + r"\Z", re.DOTALL)
    for tag, attributes in ATTRIBUTES.items()
    for name, pattern in attributes.items()
}
_TOKENS = re.compile(r"[a-z-]+(\|[a-z-]+)*\Z")
_FREE = {
    ("//@" if name in ("name", "title") else f"//{tag}/@") + name: pattern
    for (tag, name), pattern in _PATTERNS.items()
    if not _TOKENS.match(ATTRIBUTES[tag][name]) and tag != "img"
}
"""The attributes whose values a document type definition cannot list, as queries. `name` and `title` have one pattern
wherever they stand."""


def picture_name(image: etree._Element) -> str:
    """Give the name of the picture that an `img` shows."""
    return str(image.get("src")).removeprefix("chart:")


def holds(root: etree._Element, pictures: Container[str] = ()) -> bool:
    """Say whether a tree keeps to the vocabulary: libxml2 looks at every element, Python only where it cannot.

    `pictures` are the names that an `img` may show.
    """
    if root.tag != "html" or not _dtd().validate(root):
        return False
    if next(root.iter(etree.Comment, etree.ProcessingInstruction), None) is not None:
        return False
    if any(True for image in root.iter("img") for _ in _element_faults(image)):
        return False
    for query, pattern in _FREE.items():
        if not all(map(pattern.match, _values(root, query))):
            return False
    names = _values(root, "//input/@name | //select/@name | //textarea/@name")
    looked_at = root.iter(*_LOOKED_AT)
    return len(names) == len(set(names)) and not any(
        True for element in looked_at for _ in _part_faults(element, pictures)
    )


@cache
def _dtd() -> etree.DTD:
    """Give the vocabulary as a document type definition: what may stand in what, with which attributes."""
    lines = []
    for tag, children in CHILDREN.items():
        names = ["#PCDATA", *sorted(children)] if tag in _TEXT_ALLOWED else sorted(children)
        content = f"({'|'.join(names)})*" if names else "EMPTY"
        lines.append(f"<!ELEMENT {tag} {content}>")
        for name, pattern in ATTRIBUTES.get(tag, {}).items():
            kind = f"({pattern})" if _TOKENS.match(pattern) else "CDATA"
            needed = "#REQUIRED" if name in REQUIRED.get(tag, ()) else "#IMPLIED"
            lines.append(f"<!ATTLIST {tag} {name} {kind} {needed}>")
    return etree.DTD(io.StringIO("\n".join(lines)))


def _values(root: etree._Element, query: str) -> list[str]:
    """Give the values of attributes."""
    found = _query(query)(root)
    return found if isinstance(found, list) else []  # type: ignore[return-value]  # attributes are strings


@cache
def _query(query: str) -> etree.XPath:
    return etree.XPath(query, smart_strings=False)


def faults(root: etree._Element, pictures: Container[str] = ()) -> Iterator[Fault]:
    """Yield (element, code, data) for everything in the tree that the vocabulary does not have."""
    if root.tag != "html":
        yield root, "template.root", {"element": str(root.tag)}
        return
    names: set[str] = set()
    for element in root.iter():
        yield from _element_faults(element)
        tag = element.tag
        if tag in _LOOKED_AT:
            yield from _part_faults(element, pictures)
        if tag in ("input", "select", "textarea"):
            name = element.get("name")
            if name is not None and name in names:
                yield element, "template.name-twice", {"name": name}
            names.add(str(name))


def _part_faults(element: etree._Element, pictures: Container[str]) -> Iterator[Fault]:
    """Yield what an element lacks or has too many of: heads and bodies, text, pictures, rows, cells."""
    tag = str(element.tag)
    for name in _PARTS.get(tag, ()):
        if sum(child.tag == name for child in element) != 1:
            yield element, "template.parts", {"element": tag, "part": name}
    if tag in ("title", "option", "figcaption") and not "".join(map(str, element.itertext())).strip():
        yield element, "template.no-text", {"element": tag}
    if (
        tag == "img"
        and _PATTERNS["img", "src"].match(str(element.get("src")))
        and picture_name(element) not in pictures
    ):
        yield element, "template.no-picture", {"name": picture_name(element)}
    if tag == "table":
        rows = list(element.iter("tr"))
        columns = len(list(element.iter("col"))) or (len(rows[0]) if rows else 0)
        if not columns or not rows:
            yield element, "template.parts", {"element": tag, "part": "tr"}
        for row in rows:
            if len(row) != columns:
                yield row, "template.cells", {"cells": str(len(row)), "columns": str(columns)}


def _element_faults(element: etree._Element) -> Iterator[Fault]:
    tag = element.tag
    if not isinstance(tag, str):  # a comment or a processing instruction
        yield element, "template.comment", {}
        return
    allowed = CHILDREN.get(tag)
    if allowed is None:
        yield element, "template.element", {"element": tag}
        return
    for child in element:
        if isinstance(child.tag, str) and child.tag in CHILDREN and child.tag not in allowed:
            yield child, "template.nesting", {"element": child.tag, "parent": tag}
    if tag not in _TEXT_ALLOWED:
        stray = [part for part in (element.text, *(child.tail for child in element)) if part and part.strip()]
        if stray:
            yield element, "template.stray-text", {"element": tag, "text": stray[0].strip()[:60]}
        elif not allowed and element.text is not None:  # white space, which a definition of an empty element refuses
            yield element, "template.not-empty", {"element": tag}
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        pattern = _PATTERNS.get((tag, name))
        if name != PLACE and (pattern is None or not pattern.match(value)):
            yield element, "template.attribute", {"element": tag, "attribute": f'{name}="{value}"'}
    for name in REQUIRED.get(tag, ()):
        if element.get(name) is None:
            yield element, "template.attribute-missing", {"element": tag, "attribute": name}
