"""Citations of statutes: `DL 3:13`, `SoL 10:3 st.2`, `LOU 13:3 p.1`, `2006:260 5`, `DL 3:8-10`.

Written out as a Swedish lawyer writes them: "3 kap. 13 § diskrimineringslagen (2008:567)".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from procurement_equality.catalogue.law import Act
from procurement_equality.catalogue.text import Language

_CITATION = re.compile(
    r"""(?P<act>[0-9]{4}:[0-9]+|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]*)
    (?:\ (?:(?P<chapter>[0-9]+(?:\ ?[a-z])?):)?(?P<section>[0-9]+(?:\ [a-z])?)
    (?:[-–](?P<to>[0-9]+(?:\ [a-z])?))?
    (?:\ st\.(?P<paragraph>[0-9]))?(?:\ p\.(?P<point>[0-9]+)(?:[-–](?P<point_to>[0-9]+))?)?)?\Z""",
    re.VERBOSE,
)
_ORDINALS = {
    "sv": ("", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde"),
    "en": ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: act, chapter, section (and the last section of a range), paragraph and point."""

    act: str
    chapter: str | None = None
    section: str | None = None
    to: str | None = None
    paragraph: int | None = None
    point: str | None = None

    @property
    def provisions(self) -> tuple[str, ...]:
        """Give first and last provision as `chapter:section`, or the section alone."""
        prefix = f"{self.chapter}:" if self.chapter else ""
        return tuple(prefix + section for section in (self.section, self.to) if section)


def parse(text: str) -> Citation | None:
    """Read a citation, or give None where it does not follow the form above."""
    match = _CITATION.match(text)
    if match is None:
        return None
    point = match["point"] and "–".join(filter(None, (match["point"], match["point_to"])))
    paragraph = match["paragraph"] and int(match["paragraph"])
    return Citation(match["act"], match["chapter"], match["section"], match["to"], paragraph or None, point)


def write(text: str, acts: Mapping[str, Act], language: Language) -> str:
    """Write a citation out, with non-breaking spaces where a line must not break.

    Raises KeyError for an unknown act and ValueError for a citation that cannot be read.
    """
    citation = parse(text)
    if citation is None:
        raise ValueError(text)
    act = acts[citation.act]
    name = f"{act.name[language]} ({act.sfs})"
    if citation.section is None:
        return name
    return _swedish(citation, name) if language == "sv" else _english(citation, name)


def _swedish(citation: Citation, name: str) -> str:
    sign = "§§" if citation.to else "§"
    sections = "–".join(filter(None, (citation.section, citation.to)))
    words = [f"{citation.chapter} kap."] if citation.chapter else []
    words.append(f"{sections} {sign}".replace(" ", "\u00a0"))
    if citation.paragraph:
        words.append(f"{_ORDINALS['sv'][citation.paragraph]} stycket")
    if citation.point:
        words.append(f"{citation.point}" if citation.paragraph else f"p. {citation.point}")
    return "\u00a0".join(word.replace(" ", "\u00a0") for word in words) + f" {name}"


def _english(citation: Citation, name: str) -> str:
    plural = "s" if citation.to else ""
    sections = "–".join(filter(None, (citation.section, citation.to)))
    words = [f"Chapter\u00a0{citation.chapter}"] if citation.chapter else []
    words.append(f"Section{plural}\u00a0{sections}")
    if citation.paragraph:
        words.append(f"{_ORDINALS['en'][citation.paragraph]} paragraph")
    if citation.point:
        words.append(f"point\u00a0{citation.point}")
    return ", ".join(words) + f", {name}"
