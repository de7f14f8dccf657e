"""XML that a stranger wrote: made UTF-8, bounded, and parsed without anything that fetches or expands."""

from __future__ import annotations

import codecs
import re
from typing import Final

from lxml import etree

from procurement_equality.answers.guard.refusal import refusal

MOST_TAGS: Final = 600_000
"""Occurrences of `<` in a part, and of `=`: they bound the elements and the attributes before a tree is built.

A form with every requirement of the catalogue, saved by LibreOffice, has about 140,000 and 100,000.
"""

_SHORTEST_TAG = 3
"""Bytes of `<a>`: text up to three times `MOST_TAGS` cannot hold more, and what is not well-formed builds no more."""

_BEFORE_THE_ROOT = re.compile(rb"\s*+(?>(?:<\?.*?\?>|<!--.*?-->)\s*+)*+<[^!?]", re.DOTALL)
"""A document type stands nowhere but before the root. No step is taken back, so that this is linear."""

_DECLARATION = re.compile(
    r"""<\?xml\s+version\s*=\s*(["'])1\.\d+\1(?:\s+encoding\s*=\s*(["'])([A-Za-z][\w.-]*)\2)?"""
    r"""(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*\?>"""
)
_MOST_DECLARATION = 200
_PARSERS_BOUND = "XML_PARSE_HUGE"
"""In every message of libxml2 about a bound of its own: depth, length of a text, of a name."""


def checked(data: bytes, part: str) -> bytes:
    """Give a part as UTF-8 without a byte order mark.

    Raises `FormError` where it is in another encoding than UTF-8 or UTF-16, or says so, or declares a document type.
    """
    text = _as_utf_8(data, part)
    if not _BEFORE_THE_ROOT.match(text) and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise refusal("form.doctype", part=part)
    return text


def tags(text: bytes, part: str) -> int:
    """Give at most how many `<` and `=` there are in a part. Raises `FormError` where there are too many of either."""
    if len(text) <= _SHORTEST_TAG * MOST_TAGS:
        return len(text) // _SHORTEST_TAG
    elements, attributes = text.count(b"<"), text.count(b"=")
    if max(elements, attributes) > MOST_TAGS:
        raise refusal("form.xml-size", part=part)
    return elements + attributes


def parse(text: bytes, part: str) -> etree._Element:
    """Give the root of a part that `checked` gave, without comments and processing instructions.

    Raises `FormError` where it is not well-formed, or nested deeper than the parser's bound of 256 levels.
    """
    try:
        root = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError as error:
        if _PARSERS_BOUND in str(error):
            raise refusal("form.xml-size", part=part) from None
        raise refusal("form.xml-damaged", part=part, line=str(error.lineno or 1)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal("form.doctype", part=part)
    return root


def _parser() -> etree.XMLParser:
    """Make a parser for one part: a parser that met a hundred thousand namespaces stays slow ever after."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _as_utf_8(data: bytes, part: str) -> bytes:
    wide = _wide(data)
    if wide is None:
        _check_declaration(data[:_MOST_DECLARATION].decode("latin-1").removeprefix("ï»¿"), part, "utf-8")
        return data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode(wide).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise refusal("form.xml-encoding", part=part) from None
    _check_declaration(text[:_MOST_DECLARATION], part, "utf-16")
    return _DECLARATION.sub("", text, count=1).encode() if text.startswith("<?xml") else text.encode()


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 by its mark, or by a first sign that is one byte and a null."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    return "utf-16-be" if data.startswith((codecs.BOM_UTF16_BE, b"\0<")) else None


def _check_declaration(head: str, part: str, encoding: str) -> None:
    if not head.startswith("<?xml"):
        if not head.lstrip(" \t\r\n").startswith("<") and head.strip():
            raise refusal("form.xml-encoding", part=part)
        return
    found = _DECLARATION.match(head)
    allowed = {"utf-8": ("utf-8", "us-ascii"), "utf-16": ("utf-16", "utf-16le", "utf-16be")}[encoding]
    if found is None or (found[3] or encoding).lower() not in allowed:
        raise refusal("form.xml-encoding", part=part)
