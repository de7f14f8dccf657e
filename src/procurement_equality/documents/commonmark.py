"""Clause texts: CommonMark to the document vocabulary. Raw HTML in a clause is text, never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_SIGNS = re.compile(r"[\\`*_\[\]<>#&!|~+=]|^\s*(?:[-+*>]|\d+[.)])\s|\n\s*\n|\n\s*[-=]+\s*$|  \n|^ {4}", re.MULTILINE)
_MARKDOWN = MarkdownIt("zero", {"html": False, "xhtmlOut": True}).enable(
    ["emphasis", "list", "link", "escape", "entity", "newline", "backticks", "autolink", "text_join", "balance_pairs"],
    ignoreInvalid=True,
)


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://", "mailto:", "#"))


def _without_titles(tokens: Sequence[Token]) -> Sequence[Token]:
    """Take the titles off links: the document vocabulary has none."""
    for token in tokens:
        token.attrs.pop("title", None)
        if token.children:
            token.children = _emphasised_once(_without_titles(token.children))
    return tokens


def _emphasised_once(tokens: Sequence[Token]) -> list[Token]:
    """Take away emphasis inside the same emphasis, as of `*_one_*`: it shows nothing more."""
    kept: list[Token] = []
    depth = {"em": 0, "strong": 0}
    for token in tokens:
        if token.type.endswith("_close") and token.tag in depth:
            depth[token.tag] -= 1
        if depth.get(token.tag, 0) == 0:
            kept.append(token)
        if token.type.endswith("_open") and token.tag in depth:
            depth[token.tag] += 1
    return kept


_MARKDOWN.validateLink = _is_address  # type: ignore[method-assign]


@lru_cache(maxsize=4096)
def to_xhtml(text: str) -> Markup:
    """Give the paragraphs and lists of a clause text. A text without any of CommonMark's signs is one paragraph."""
    if _SIGNS.search(text) is None:
        return Markup("<p>{}</p>").format(text.strip())
    return Markup(_MARKDOWN.renderer.render(_without_titles(_MARKDOWN.parse(text)), _MARKDOWN.options, {}))  # noqa: S704 - raw HTML is off: the renderer escapes all text
