"""A Word form taken apart and put together: what mutations need to find a field and to write what Word would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

Element = etree._Element

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{_NAMESPACE}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = f"{{{_RELATIONSHIPS}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"
CUSTOM = "docProps/custom.xml"
ON, OFF = "\u2612", "\u2610"
_DECLARATIONS = " ".join(
    f'xmlns:{prefix}="{name[1:-1]}"' for prefix, name in {"w": W, "w14": W14, "r": R, "mc": MC}.items()
)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Give the parts of a package by their name, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Zip parts; an OpenDocument's `mimetype` is stored, as it must be."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def root_of(data: bytes, part: str = DOCUMENT) -> Element:
    """Give the tree of a part."""
    return etree.fromstring(unpacked(data)[part])


def serialized(root: Element) -> bytes:
    """Give the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def edited(data: bytes, change: Callable[[Element], None], part: str = DOCUMENT) -> bytes:
    """Change the tree of one part."""
    parts = unpacked(data)
    root = etree.fromstring(parts[part])
    change(root)
    return packed({**parts, part: serialized(root)})


def element(text: str) -> Element:
    """Make an element of WordprocessingML; the prefixes w, w14, r and mc are known."""
    return etree.fromstring(f"<root {_DECLARATIONS}>{text}</root>")[0]


def controls(root: Element) -> Iterator[Element]:
    """Give every content control."""
    return root.iter(f"{W}sdt")


def tag_of(control: Element) -> str | None:
    """Give a control's tag."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    return None if tag is None else str(tag.get(f"{W}val"))


def control_of(root: Element, tag: str) -> Element:
    """Give the first control with a tag. Raises KeyError where there is none."""
    found = next((control for control in controls(root) if tag_of(control) == tag), None)
    if found is None:
        raise KeyError(tag)
    return found


def kind_of(control: Element) -> str:
    """Give `text`, `choice`, `date` or `checkbox`."""
    marks = {f"{W}dropDownList": "choice", f"{W}date": "date", f"{W14}checkbox": "checkbox"}
    properties = properties_of(control)
    return next((kind for mark, kind in marks.items() if properties.find(mark) is not None), "text")


def properties_of(control: Element) -> Element:
    """Give a control's properties."""
    return found_in(control, f"{W}sdtPr")


def content_of(control: Element) -> Element:
    """Give a control's content."""
    return found_in(control, f"{W}sdtContent")


def found_in(parent: Element, path: str) -> Element:
    """Give what a path leads to. Raises KeyError where that is nothing."""
    child = parent.find(path)
    if child is None:
        raise KeyError(path)
    return child


def around(child: Element, name: str) -> Element:
    """Give the nearest element of a name (`tc`, `tr`, `tbl`, `p`) around a child."""
    return next(child.iterancestors(f"{W}{name}"))


def parent_of(child: Element) -> Element:
    """Give the parent."""
    parent = child.getparent()
    if parent is None:
        raise KeyError(child.tag)
    return parent


def text_of(part: Element) -> str:
    """Give the text that is read on the page, with line breaks and tabs; deleted text is not, nor are tab stops."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011"}
    found = (child for child in part.iter(f"{W}t", *marks) if parent_of(child).tag != f"{W}tabs")
    return "".join(str(child.text or "") if child.tag == f"{W}t" else marks[str(child.tag)] for child in found)


def run(text: str, deleted: bool = False) -> Element:
    """Make a run as Word writes it: `w:br` for a line break, `w:tab` for a tab."""
    made = etree.Element(f"{W}r")
    name = "delText" if deleted else "t"
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(made, f"{W}br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(made, f"{W}tab")
            if piece:
                words = etree.SubElement(made, f"{W}{name}")
                words.text = piece
                words.set(SPACE, "preserve")
    return made


def emptied(parent: Element) -> Element:
    """Take everything out of an element; give it."""
    for child in list(parent):
        parent.remove(child)
    return parent


def unwrapped(wrapper: Element, children: list[Element]) -> None:
    """Put children where their wrapper was."""
    parent = parent_of(wrapper)
    place = parent.index(wrapper)
    tail = wrapper.tail
    parent[place : place + 1] = children
    if tail and children:
        children[-1].tail = (children[-1].tail or "") + tail


def with_part(data: bytes, name: str, content: bytes, kind: str, content_type: str) -> bytes:
    """Add a part to `word/`, with its relationship (id `rIdAdded` and its kind) and its content type."""
    parts = unpacked(data)
    relation = (
        f'<Relationship Id="rIdAdded{kind}" Type="{_RELATIONSHIPS}/{kind}" Target="{name}"/></Relationships>'
    ).encode()
    override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'.encode()
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    return packed({
        **parts,
        rels: parts[rels].replace(b"</Relationships>", relation),
        types: parts[types].replace(b"</Types>", override),
        f"word/{name}": content,
    })  # fmt: skip
