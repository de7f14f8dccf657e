"""Clause texts: CommonMark to the document vocabulary. Raw HTML in a clause is text, never markup."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_SIGNS = re.compile(r"[\\`*_\[\]<>#&!|~+=]|^\s*(?:[-+*>]|\d+[.)])\s|\n\s*\n|\n\s*[-=]+\s*$|  \n|^ {4}", re.MULTILINE)
_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(
    ["emphasis", "list", "link", "escape", "entity", "newline", "backticks", "autolink", "text_join", "balance_pairs"],
    ignoreInvalid=True,
)


@lru_cache(maxsize=4096)
def to_xhtml(text: str) -> Markup:
    """Give the paragraphs and lists of a clause text. A text without any of CommonMark's signs is one paragraph."""
    if _SIGNS.search(text) is None:
        return Markup("<p>{}</p>").format(text.strip())
    return Markup(_MARKDOWN.render(text))  # noqa: S704 - raw HTML is off: the renderer escapes all text
