"""What in a package acts or fetches when a word processor opens it: macros are refused, the rest is warned of.

Nothing here is followed or run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from procurement_equality.answers.guard.parts import Parts, relationships_of, resolved
from procurement_equality.answers.guard.refusal import refusal, shown
from procurement_equality.findings import Finding

Danger = tuple[str, str]
"""A code and what it is about: an address, the name of a field."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_STORIES = frozenset({"header", "footer", "footnotes", "endnotes", "comments", "glossarydocument"})
_INTERNAL = {
    "oleobject": "form.ole-object",
    "package": "form.ole-object",
    "control": "form.active-x",
    "activexcontrolbinary": "form.active-x",
    "afchunk": "form.inserted-document",
}
_EXTERNAL = _INTERNAL | {"attachedtemplate": "form.remote-template"}

_MARK_OF_FIELDS = re.compile(rb"fld(?:Simple|Char)")
"""Without either there is no field; to search for it is five times cheaper than to walk a tree."""
_MOST_OF_A_FIELD = 64
_BEFORE_A_NAME = ' "\t\r\n\u00a0'
_HIDDEN = "{}"
"""A field whose name another field makes: a known way to hide DDE."""
_FIELD_CODES = {
    _HIDDEN: "form.dde-field",
    "DDE": "form.dde-field",
    "DDEAUTO": "form.dde-field",
    "LINK": "form.linked-field",
    "INCLUDE": "form.linked-field",
    "INCLUDETEXT": "form.linked-field",
    "INCLUDEPICTURE": "form.linked-field",
    "IMPORT": "form.linked-field",
    "DATABASE": "form.linked-field",
    "RD": "form.linked-field",
}

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_HREF = "{http://www.w3.org/1999/xlink}href"
_WITH_HREF = etree.XPath("//*[@xlink:href]", namespaces={"xlink": "http://www.w3.org/1999/xlink"})
_LISTENER = _ODF % ("script", "event-listener")
_ODF_ELEMENTS = {
    _ODF % ("office", "dde-source"): "form.dde-field",
    _ODF % ("text", "dde-connection-decl"): "form.dde-field",
    _ODF % ("draw", "object"): "form.ole-object",
    _ODF % ("draw", "object-ole"): "form.ole-object",
    _ODF % ("draw", "plugin"): "form.ole-object",
    _ODF % ("draw", "applet"): "form.ole-object",
}
_ODF_LINK = _ODF % ("text", "a")
_ODF_TEMPLATE = _ODF % ("meta", "template")
_FETCHED = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\|\.\./|/)")
"""An address outside the package: with a scheme, of a server, or of a file beside it."""


def refuse_macros(parts: Parts) -> None:
    """Raise `FormError` where a package holds macros or says that it does."""
    for key, member in parts.members.items():
        if key.endswith(("vbaproject.bin", "vbadata.xml")) or key.startswith(("basic/", "scripts/")):
            raise refusal("form.macros", part=member.name)
    types = parts.tree("[Content_Types].xml")
    for element in () if types is None else types.iter(f"{_CT}Default", f"{_CT}Override"):
        said = element.get("ContentType", "").lower()
        if "macroenabled" in said or "vbaproject" in said:
            raise refusal("form.macros", part=element.get("PartName") or element.get("Extension") or "")


def warnings_of_docx(parts: Parts, main: str) -> tuple[Finding, ...]:
    """Give a warning for each kind of thing in a docx package that acts or fetches."""
    return _warnings([*_docx_relationships(parts), *_docx_fields(parts, main)])


def warnings_of_odt(parts: Parts) -> tuple[Finding, ...]:
    """Give a warning for each kind of thing in an odt package that acts or fetches.

    Raises `FormError` where an event of the document runs a script.
    """
    return _warnings([danger for name in ("content.xml", "styles.xml", "meta.xml") for danger in _odt(parts, name)])


def _warnings(dangers: list[Danger]) -> tuple[Finding, ...]:
    counts = Counter(code for code, _ in dangers)
    first = dict(reversed(dangers))
    return tuple(
        Finding(code, severity="warning", data={"what": shown(first[code]), "count": str(count)})
        for code, count in counts.items()
    )


def _docx_relationships(parts: Parts) -> Iterator[Danger]:
    for key in [key for key in parts.members if key.endswith(".rels")]:
        for relationship in parts.relationships(key):
            if relationship.external and relationship.type != "hyperlink":
                yield _EXTERNAL.get(relationship.type, "form.external-content"), relationship.target
            elif relationship.type in _INTERNAL:
                yield _INTERNAL[relationship.type], relationship.target


def _docx_fields(parts: Parts, main: str) -> Iterator[Danger]:
    linked = parts.relationships(relationships_of(main))
    targets = (resolved(one.target, main) for one in linked if one.type in _STORIES and not one.external)
    for name in dict.fromkeys([main, *filter(None, targets)]):
        tree = parts.tree(name) if _MARK_OF_FIELDS.search(parts.text(name) or b"") else None
        for field in _field_names(tree) if tree is not None else ():
            if field in _FIELD_CODES:
                yield _FIELD_CODES[field], "?" if field == _HIDDEN else field


@dataclass(slots=True)
class _OpenField:
    instruction: str = ""
    goes_on: bool = True

    def add(self, text: str) -> None:
        if self.goes_on and len(self.instruction) < _MOST_OF_A_FIELD:
            self.instruction = f"{self.instruction}{text}".lstrip(_BEFORE_A_NAME)[:_MOST_OF_A_FIELD]

    def has_name(self) -> bool:
        return len(f"{self.instruction}|".split(maxsplit=1)) > 1


def _field_names(tree: etree._Element) -> Iterator[str]:
    """Give the name of each field, from its instruction however many runs that is split over."""
    fields = [_OpenField(goes_on=False)]
    for element in tree.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
        kind = element.get(f"{_W}fldCharType")
        if element.tag == f"{_W}fldSimple":
            yield _first_word(element.get(f"{_W}instr", ""))
        elif element.tag != f"{_W}fldChar":
            fields[-1].add(element.text or "")
        elif kind == "begin":
            if fields[-1].goes_on and not fields[-1].has_name():
                yield _HIDDEN
            fields.append(_OpenField())
        elif kind == "separate":
            fields[-1].goes_on = False
        elif kind == "end" and len(fields) > 1:
            yield _first_word(fields.pop().instruction)
    for field in fields:
        yield _first_word(field.instruction)


def _first_word(instruction: str) -> str:
    return (instruction.lstrip(_BEFORE_A_NAME)[:_MOST_OF_A_FIELD].replace('"', " ").split() or [""])[0].upper()


def _odt(parts: Parts, name: str) -> Iterator[Danger]:
    links = b"href" in (parts.text(name) or b"")
    tree = parts.tree(name)
    if tree is None:
        return
    if next(tree.iter(_LISTENER), None) is not None:
        raise refusal("form.macros", part=name)
    for element in tree.iter(*_ODF_ELEMENTS):
        yield _ODF_ELEMENTS[str(element.tag)], element.get(_HREF) or etree.QName(element).localname
    linked = cast(list[etree._Element], _WITH_HREF(tree)) if links else []
    for linking in linked:
        href = linking.get(_HREF, "")
        if linking.tag not in _ODF_ELEMENTS and linking.tag != _ODF_LINK and _FETCHED.match(href):
            yield "form.remote-template" if linking.tag == _ODF_TEMPLATE else "form.external-content", href
