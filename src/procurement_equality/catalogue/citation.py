"""Citations of statutes: `DL 3:13`, `SoL 10:3 st.2`, `LOU 13:3 p.1`, `2006:260 5`, `DL 3:8-10`.

Written out as a Swedish lawyer writes them: "3 kap. 13 § diskrimineringslagen (2008:567)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.lists import format_list

from procurement_equality.catalogue.law import Act
from procurement_equality.catalogue.text import Language

_CITATION = re.compile(
    r"""(?P<act>[0-9]{4}:[0-9]+|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]*)
    (?:\ (?:(?P<chapter>[0-9]+(?:\ ?[a-z])?):)?(?P<section>[0-9]+(?:\ [a-z])?)
    (?:[-–](?P<to>[0-9]+(?:\ [a-z])?))?
    (?:\ st\.(?P<paragraph>[1-9]))?(?:\ p\.(?P<point>[0-9]+)(?:[-–](?P<point_to>[0-9]+))?)?)?\Z""",
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


@lru_cache(maxsize=4096)
def parse(text: str) -> Citation | None:
    """Read a citation, or give None where it does not follow the form above."""
    match = _CITATION.match(text)
    if match is None:
        return None
    point = match["point"] and "–".join(filter(None, (match["point"], match["point_to"])))
    paragraph = match["paragraph"] and int(match["paragraph"])
    return Citation(match["act"], match["chapter"], match["section"], match["to"], paragraph or None, point)


def write_all(texts: Iterable[str], acts: Mapping[str, Act], language: Language) -> list[str]:
    """Write citations out, one string for each act: "1 kap. 4 § och 2 kap. 1 § diskrimineringslagen (2008:567)".

    Non-breaking spaces stand where a line must not break. A provision that another citation names more closely is
    left out. Raises KeyError for an unknown act and ValueError for a citation that cannot be read.
    """
    grouped: dict[str, list[Citation]] = {}
    for text in texts:
        citation = parse(text)
        if citation is None:
            raise ValueError(text)
        of_act = grouped.setdefault(citation.act, [])
        if citation not in of_act:
            of_act.append(citation)
    written = []
    for key, citations in grouped.items():
        act = acts[key]
        closest = [one for one in citations if not any(_within(other, one) for other in citations)]
        provisions = [_provision(one, language) for one in closest if one.section]
        name = f"{act.name[language]} ({act.sfs})"
        listed = joined(tuple(provisions), language)
        separator = "" if not listed else " " if language == "sv" else ", "
        written.append(f"{listed}{separator}{name}")
    return written


@lru_cache(maxsize=4096)
def joined(parts: tuple[str, ...], language: Language) -> str:
    """Join parts as a sentence does: "a, b och c"."""
    return str(format_list(parts, locale="sv_SE" if language == "sv" else "en_GB"))


def _within(one: Citation, other: Citation) -> bool:
    """Say whether `one` names a part of the provision that `other` names whole."""
    same = (one.chapter, one.section, one.to) == (other.chapter, other.section, other.to)
    return same and other.paragraph is None and other.point is None and one != other


@lru_cache(maxsize=4096)
def _provision(citation: Citation, language: Language) -> str:
    return _swedish(citation) if language == "sv" else _english(citation)


def _swedish(citation: Citation) -> str:
    sections = "–".join(filter(None, (citation.section, citation.to)))
    words = [f"{citation.chapter} kap."] if citation.chapter else []
    words.append(f"{sections} {'§§' if citation.to else '§'}")
    if citation.paragraph:
        words.append(f"{_ORDINALS['sv'][citation.paragraph]} stycket")
    if citation.point:
        words.append(citation.point)
    return " ".join(words).replace(" ", "\u00a0")


def _english(citation: Citation) -> str:
    sections = "–".join(filter(None, (citation.section, citation.to)))
    words = [f"Chapter {citation.chapter}"] if citation.chapter else []
    words.append(f"Section{'s' if citation.to else ''} {sections}")
    words += [f"point {citation.point}"] if citation.point else []
    written = [word.replace(" ", "\u00a0") for word in words]
    if citation.paragraph:
        place = len(written) - 1 if citation.point else len(written)
        written.insert(place, f"{_ORDINALS['en'][citation.paragraph]} paragraph")
    return ", ".join(written)
