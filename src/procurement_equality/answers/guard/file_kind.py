"""What a file is that is not a form: told by its content, never by its name, so that the sentence fits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Set
from typing import Final

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip file begins; the second is one without entries."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    b"%PDF-": "form.pdf",
    b"{\\rtf": "form.rtf",
    b"\xdb\xa5": "form.legacy-doc",
    b"\x89PNG": "form.image",
    b"\xff\xd8\xff": "form.image",
    b"GIF8": "form.image",
    b"II*\x00": "form.image",
    b"MM\x00*": "form.image",
    b"RIFF": "form.image",
    b"7z\xbc\xaf": "form.archive",
    b"Rar!\x1a\x07": "form.archive",
    b"\x1f\x8b": "form.archive",
    b"\xffWPC": "form.other-program",
}
_STREAMS = {
    "WordDocument": "form.legacy-doc",
    "EncryptedPackage": "form.encrypted",
    "Workbook": "form.spreadsheet",
    "Book": "form.spreadsheet",
    "PowerPoint Document": "form.presentation",
    "__properties_version1.0": "form.mail",
}
"""Streams of an OLE compound file, in the order of what they prove."""
_DIRECTORY_ENTRY = 128
_MAIL_HEADERS = ("received:", "return-path:", "delivered-to:", "from:", "mime-version:", "message-id:")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|meta|table|p|div)\b")
_NOT_TEXT = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_FILES = (".docx", ".docm", ".dotx", ".odt", ".doc", ".rtf", ".pdf")


def code_of_file(data: bytes) -> str:
    """Give the code that says what a file is, where it is not a zip file."""
    if not data:
        return "form.empty"
    if data.startswith(_OLE):
        return _ole(data)
    head = data[:1024]
    for magic, code in _MAGIC.items():
        if head.startswith(magic):
            return code
    if head[4:8] == b"ftyp":
        return "form.image"
    return "form.pdf" if b"%PDF-" in head else _text(head)


def code_of_package(names: Set[str]) -> str:
    """Give the code that says what a zip file is, where it is neither a Word nor an OpenDocument file."""
    if "Index/Document.iwa" in names or "index.apxl" in names:
        return "form.other-program"
    if any(name.lower().endswith(_FILES) for name in names):
        return "form.archive"
    return "form.no-main-part"


def _ole(data: bytes) -> str:
    for stream, code in _STREAMS.items():
        name = f"{stream}\0".encode("utf-16-le")
        at = data.find(name)
        while at >= 0:
            if at % _DIRECTORY_ENTRY == 0:
                return code
            at = data.find(name, at + 1)
    return "form.other-program"


def _text(head: bytes) -> str:
    sixteen = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if sixteen else "utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if text.startswith("{\\rtf"):
        return "form.rtf"
    if text.startswith(_MAIL_HEADERS):
        return "form.web-page" if "multipart/related" in text else "form.mail"
    if _HTML.search(text):
        return "form.web-page"
    if text.startswith("<"):
        return "form.flat-xml"
    return "form.text" if sixteen or not set(head) & set(_NOT_TEXT) else "form.unknown"
