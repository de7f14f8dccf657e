"""What stands in a line: text, emphasis, links and form fields, as runs. And what one walk gathers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from procurement_equality.documents.picture import Picture
from procurement_equality.documents.word.fields import Identifiers, control
from procurement_equality.documents.word.xml import LANGUAGES, escape, run

FIRST_LIST_NUMBER = 5
"""The number definitions 1 to 4 stand in the base document; each numbered list gets one of its own after them."""

_SPACE = re.compile(r"[ \t\r\n]+")
_RUN_PROPERTIES = {
    "strong": "<w:b/><w:bCs/>", "em": "<w:i/><w:iCs/>", "code": '<w:rStyle w:val="PECode"/>',
    "visible-id": '<w:rStyle w:val="PEVisibleId"/>', "condition": '<w:rStyle w:val="PEVisibleId"/>',
}  # fmt: skip


@dataclass
class Walk:
    """What one walk gathers: links, numbered lists, ids and the headings that the contents list."""

    language: str
    placeholders: Mapping[str, str]
    identifiers: Identifiers = field(default_factory=Identifiers)
    links: dict[str, str] = field(default_factory=dict)
    list_starts: list[int] = field(default_factory=list)
    """The first number of each numbered list, in order."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    """The name of the picture of each drawing, in order."""
    headings: list[tuple[int, str, str, str]] = field(default_factory=list)
    """(level, number, text, bookmark) of every heading of level 1 and 2, in order."""

    def link(self, address: str) -> str:
        """Give the relationship id of a web address."""
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")

    def picture(self, name: str) -> tuple[int, str]:
        """Give the number of a new drawing, and the relationship id of its picture."""
        self.drawn.append(name)
        return len(self.drawn), f"rIdPicture{list(dict.fromkeys(self.drawn)).index(name) + 1}"

    def next_list(self, start: int) -> int:
        """Give the number definition of a new numbered list."""
        self.list_starts.append(start)
        return FIRST_LIST_NUMBER + len(self.list_starts) - 1


def plain(element: etree._Element) -> str:
    """Give an element's text with white space folded."""
    text = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
    return _folded(text).strip(" ")


def _folded(text: str) -> str:
    """Fold white space to single spaces; most texts have none to fold, and four searches beat one `sub`."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        return _SPACE.sub(" ", text)
    return text


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

    def verbatim(self, text: str, properties: str) -> None:
        """Add a stretch of text with its spaces as they stand."""
        self.parts.append(run(self.pending + text, properties))
        self.pending, self.at_start = "", False

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
    if tag == "code":
        if child.text:
            line.verbatim(child.text, str(own) + properties)
    elif own is not None and not len(child):  # bold or italic with nothing but text in it
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
