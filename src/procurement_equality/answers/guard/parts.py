"""The parts of a package: inflated, checked and parsed when they are asked for, within one budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from procurement_equality.answers.guard.archive import MOST_IN_ALL, Member, inflate
from procurement_equality.answers.guard.refusal import refusal
from procurement_equality.answers.guard.safe_xml import checked, parse, tags

MOST_TAGS_IN_ALL: Final = 2_000_000
"""Occurrences of `<` and `=` in all parts that are parsed, together."""

MOST_RELATIONSHIPS: Final = 50_000
"""Relationships that one part may list."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a docx package: `type` is the last word of its type, in lower case."""

    type: str
    strict: bool
    target: str
    external: bool


@dataclass(slots=True)
class Parts:
    """The parts of one file. Names are found whatever their case, as the packaging standard has it."""

    data: bytes
    members: Mapping[str, Member]
    _texts: dict[str, bytes] = field(default_factory=dict)
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _bytes_left: int = MOST_IN_ALL
    _tags_left: int = MOST_TAGS_IN_ALL

    def name(self, name: str) -> str | None:
        """Give a part's name as it is written in the file, or None where there is no such part."""
        member = self.members.get(name.casefold())
        return member.name if member else None

    def read(self, name: str) -> bytes | None:
        """Give the bytes of a part, or None where there is no such part."""
        member = self.members.get(name.casefold())
        if member is None:
            return None
        self._bytes_left -= member.size
        if self._bytes_left < 0:
            raise refusal("form.bomb", part=member.name)
        return inflate(self.data, member)

    def text(self, name: str) -> bytes | None:
        """Give an XML part as checked UTF-8, or None where there is no such part. It is kept until it is parsed."""
        key = name.casefold()
        if key not in self._texts:
            data = self.read(name)
            if data is None:
                return None
            self._texts[key] = checked(data, self.members[key].name)
        return self._texts[key]

    def tree(self, name: str) -> etree._Element | None:
        """Give the root of an XML part, the same object each time, or None where there is no such part."""
        key = name.casefold()
        if key not in self._trees:
            text = self.text(name)
            if text is None:
                return None
            part = self.members[key].name
            self._tags_left -= tags(text, part)
            if self._tags_left < 0:
                raise refusal("form.xml-size", part=part)
            self._trees[key] = parse(text, part)
            del self._texts[key]
        return self._trees[key]

    def relationships(self, name: str) -> Iterator[Relationship]:
        """Give what a `.rels` part lists; nothing where there is no such part."""
        tree = self.tree(name)
        if tree is not None and len(tree) > MOST_RELATIONSHIPS:
            raise refusal("form.xml-size", part=name)
        for element in () if tree is None else tree.iterchildren(_RELATIONSHIP):
            type_ = element.get("Type", "")
            yield Relationship(
                type=type_.rstrip("/").rpartition("/")[2].lower(),
                strict="purl.oclc.org/ooxml" in type_,
                target=element.get("Target", ""),
                external=element.get("TargetMode", "").strip().lower() == "external",
            )


def relationships_of(part: str) -> str:
    """Give the name of the part that lists the relationships of a part."""
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


def resolved(target: str, source: str = "") -> str | None:
    """Give the name of the part that a target of `source` means, or None where it leads out of the package."""
    path = target if target.startswith("/") else f"{source.rpartition('/')[0]}/{target}"
    segments: list[str] = []
    for segment in path.partition("#")[0].split("/"):
        if segment == ".." and not segments:
            return None
        if segment == "..":
            segments.pop()
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(segments)
