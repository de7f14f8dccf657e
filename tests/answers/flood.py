"""Forms with far too much of one thing in them, and a script that reads one of them within limits.

Each has a few hundred thousand elements, within the guard's bounds. What goes through them once takes a second or two;
what looks back at all before, for each of them, takes many minutes.
"""

from __future__ import annotations

import io
import resource
import sys
import zipfile
from pathlib import Path

from word_file import DOCUMENT, unpacked

from procurement_equality.answers.reading import read_form

SECONDS = 20
ADDRESS_SPACE = 1_500_000_000

_BEFORE = "<w:sectPr"
_TEXT = "<w:r><w:t>a</w:t></w:r>"
_CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
_LABEL = '<w:tc><w:p><w:bookmarkStart w:name="PE_LEV_name"/><w:r><w:t>[LEV.name]</w:t></w:r></w:p></w:tc>'
_BOOKMARK = '<w:bookmarkStart w:name="x"/>'
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_INSTRUCTION = "<w:r><w:instrText>FORMTEXT</w:instrText></w:r>"


def _answer(content: str) -> str:
    return f"<w:tbl><w:tr>{_LABEL}<w:tc><w:p>{content}</w:p></w:tc></w:tr></w:tbl>"


def _nested(begin: str, times: int, content: str, end: str) -> str:
    return f"{begin * times}{content}{end * times}"


def kinds() -> dict[str, str]:
    """Give what is put at the end of a form, by name."""
    paragraphs = f"<w:p>{_TEXT}</w:p>" * 60_000
    row_end = "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    return {
        "bookmarks": f"<w:p>{_BOOKMARK * 250_000}</w:p>",
        "instructions": f"<w:p>{_TEXT * 60_000}{_FIELD}{_INSTRUCTION * 80_000}</w:p>",
        "breaks before controls": _answer(f"<w:r>{'<w:br/>' * 200_000}</w:r>{_CONTROL.format('<w:r/>') * 40_000}"),
        "controls around controls": _nested(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{'<w:p/>' * 500}", 110, "<w:p/>" * 100_000, "</w:sdtContent></w:sdt>"
        ),
        "tables in labels": _nested("<w:tbl><w:tr><w:tc>", 75, paragraphs, row_end),
        "tables in answers": _nested(f"<w:tbl><w:tr>{_LABEL}<w:tc>", 75, paragraphs, "</w:tc></w:tr></w:tbl>"),
        "wrappers": _nested("<w:p>" + "<w:ins>" * 235, 1, _TEXT * 120_000, "</w:ins>" * 235 + "</w:p>"),
        "brackets": f"<w:p><w:r><w:t>{'[' * 1_000_000}</w:t></w:r></w:p>",
    }


def flooded(form: bytes, kind: str) -> bytes:
    """Give a form with a flood of one kind in it."""
    parts = unpacked(form)
    parts[DOCUMENT] = parts[DOCUMENT].replace(_BEFORE.encode(), kinds()[kind].encode() + _BEFORE.encode(), 1)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:  # deflated, it would be refused as a bomb
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def main() -> None:
    """Read a file within limits, and print the number of answers."""
    data = Path(sys.argv[1]).read_bytes()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    sys.stdout.write(str(len(read_form(data, name="form.docx").answers)))


if __name__ == "__main__":
    main()
