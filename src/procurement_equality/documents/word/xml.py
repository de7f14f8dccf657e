"""WordprocessingML as text: names, escaping, and the parts of a run."""

from __future__ import annotations

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KEEP_NEXT = "<w:keepNext/>"
"""Keep a paragraph on the page of the next one."""

LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def escape(text: str) -> str:
    """Escape text for element content and for attributes in double quotes."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text


def run(text: str, properties: str = "") -> str:
    """Give one run of text; `properties` is the inside of its `w:rPr`."""
    if not text:
        return ""
    space = ' xml:space="preserve"' if text[0] == " " or text[-1] == " " else ""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{rpr}<w:t{space}>{escape(text)}</w:t></w:r>"


def field(instruction: str, result: str, properties: str = "") -> str:
    """Give a simple field (PAGE, NUMPAGES) with its cached result."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r>{rpr}<w:t>{escape(result)}</w:t></w:r></w:fldSimple>'


def paragraph(style: str, content: str, extra: str = "") -> str:
    """Give a paragraph of a style; `extra` is the rest of its `w:pPr`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'
