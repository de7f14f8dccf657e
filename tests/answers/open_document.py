"""OpenDocument forms as later LibreOffice writes them, made of what LibreOffice 7.4 writes.

7.4 saves plain-text controls as input fields and drops tags; later ones save every control as `loext:content-control`
with `loext:tag`, `loext:alias`, `loext:id` and `loext:lock` (the names in LibreOffice's own reader,
`xmloff/source/text/xmlcontentcontrolcontext.cxx`).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from word_file import W, controls, edited, kind_of, properties_of, root_of, tag_of

CONTENT = "content.xml"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PLAIN = {"text": "plain-text", "choice": "dropdown"}


def tagged(odt: bytes, form: bytes) -> bytes:
    """Give the OpenDocument with the tags of the Word form that it was made of, control by control in order.

    Raises ValueError where the numbers of controls differ, as when LibreOffice 7.4 has made plain text of an emoji.
    """
    source = list(controls(root_of(form)))

    def change(root: etree._Element) -> None:
        found = list(fields(root))
        if len(found) != len(source):
            raise ValueError(f"{len(found)} fields in the OpenDocument, {len(source)} in the form")
        for place, control in zip(found, source, strict=True):
            _tag(place, control)

    return edited(odt, change, CONTENT)


def fields(root: etree._Element) -> Iterator[etree._Element]:
    """Give every input field and content control."""
    return root.iter(f"{TEXT}text-input", f"{LOEXT}content-control")


def _tag(place: etree._Element, control: etree._Element) -> None:
    properties, kind = properties_of(control), kind_of(control)
    if place.tag == f"{TEXT}text-input":
        _as_control(place, showing=properties.find(f"{W}showingPlcHdr") is not None)
    if kind in _PLAIN:
        place.set(f"{LOEXT}{_PLAIN[kind]}", "true")
    place.set(f"{LOEXT}tag", str(tag_of(control)))
    for name in ("alias", "id", "lock"):
        value = properties.find(f"{W}{name}")
        if value is not None:
            place.set(f"{LOEXT}{name}", str(value.get(f"{W}val")))


def _as_control(place: etree._Element, *, showing: bool) -> None:
    """Make a content control of an input field, with elements for its line breaks and tabs."""
    text = str(place.text or "")
    place.tag = f"{LOEXT}content-control"
    place.attrib.clear()
    place.text = None
    if showing:
        place.set(f"{LOEXT}showing-place-holder", "true")
    write(place, text)


def write(place: etree._Element, text: str) -> None:
    """Write text as OpenDocument does: `text:line-break`, `text:tab`, and `text:s` for spaces that would be lost."""
    last = place[-1] if len(place) else None
    for index, sign in enumerate(text):
        name = {"\n": "line-break", "\t": "tab"}.get(sign)
        if sign == " " and (index in (0, len(text) - 1) or text[index - 1] in " \n\t"):
            name = "s"
        if name:
            last = etree.SubElement(place, f"{TEXT}{name}")
        elif last is None:
            place.text = (place.text or "") + sign
        else:
            last.tail = (last.tail or "") + sign


def answer(odt: bytes, tag: str, text: str) -> bytes:
    """Write an answer into the content control of a tag."""

    def change(root: etree._Element) -> None:
        place = next(field for field in fields(root) if field.get(f"{LOEXT}tag") == tag)
        for child in list(place):
            if child.tag != f"{LOEXT}list-item":
                place.remove(child)
        place.text = None
        if place.get(f"{LOEXT}showing-place-holder") is not None:
            del place.attrib[f"{LOEXT}showing-place-holder"]
        write(place, text)

    return edited(odt, change, CONTENT)


def text_in(place: etree._Element) -> str:
    """Give the text of a field as read on the page."""
    marks = {f"{TEXT}line-break": "\n", f"{TEXT}tab": "\t", f"{TEXT}s": " "}
    return str(place.text or "") + "".join(
        marks.get(str(child.tag), text_in(child) if child.tag != f"{LOEXT}list-item" else "") + str(child.tail or "")
        for child in place
    )
