"""Citations of statutes in running text: "17 kap. 1 § LOU", "9 kap. 2 § lagen (2016:1145) om offentlig upphandling".

Swedish and English, chapter and section written out or with a colon, and the act before or after its provisions. A
provision whose act is not named beside it is no citation here: it may be of any act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from procurement_equality.catalogue.citation import Citation
from procurement_equality.catalogue.law import Act

_ONE = r"[0-9]{1,3}(?: ?[a-h](?![a-zåäö.]))?"
_MORE = rf"(?:(?: ?[-–] ?|, | och | eller | samt | and | or ){_ONE}){{0,20}}"
_CHAPTER = r"[0-9]{1,2}(?: ?[a-h](?![a-zåäö.]))?"
_PARAGRAPH = r"(?: (?:första|andra|tredje|fjärde|femte) (?:stycket|st\.))?(?: (?:p\. ?)?[0-9]{1,2}(?![\w:]| kap| ?§))?"
_START = r"(?<![\w:.–-])"
_PROVISIONS = (
    rf"{_START}(?P<chapter>{_CHAPTER}) ?(?i:kap\.?|kapitlet)(?!\w)(?: (?P<sections>{_ONE}{_MORE}) ?§§?{_PARAGRAPH})?",
    rf"(?<!\w)(?i:sections?) (?P<sections_en>{_ONE}{_MORE}) of (?i:chapter) (?P<chapter_en>{_CHAPTER})",
    rf"(?<!\w)(?i:chapter) (?P<chapter_only>{_CHAPTER})(?:,? (?i:sections?) (?P<sections_after>{_ONE}{_MORE}))?",
    rf"{_START}(?P<chapter_colon>{_CHAPTER}):(?P<sections_colon>{_ONE}(?:[-–]{_ONE})?)(?![\w:])",
    rf"{_START}(?P<sections_alone>{_ONE}{_MORE}) ?§§?{_PARAGRAPH}",
)
_FORMS = (
    ("chapter", "sections"),
    ("chapter_en", "sections_en"),
    ("chapter_only", "sections_after"),
    ("chapter_colon", "sections_colon"),
)
_BETWEEN = re.compile(r"[ ,()]{0,3}(?:(?:och|samt|eller|respektive|i|av|and|or|of|in|the)[ ,(]{1,2}){0,3}\Z")
_BESIDE = re.compile(r"[ ,()]{0,3}(?:(?:i|av|of) )?\Z")
_LONGEST_RUN = 100
_SFS = re.compile(r"[0-9]{4}:[0-9]{1,4}")
_RANGE = re.compile(rf"({_ONE})(?: ?[-–] ?({_ONE}))?")
_LETTER = re.compile(r"(?<=[0-9])(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, and the words that make it as they are written (with the act where it stands beside)."""

    citation: Citation
    words: str


@dataclass(frozen=True, slots=True)
class _Part:
    """An act, or provisions of one, and where in the text it is named."""

    start: int
    end: int
    act: str = ""
    provisions: tuple[Citation, ...] = ()


def citations_in(text: str, acts: Mapping[str, Act]) -> list[Cited]:
    """Give the citations in a text, in order. The acts are those of the catalogue's law, by abbreviation or number."""
    if "§" not in text and ":" not in text and "kap" not in text.lower() and "hapter" not in text.lower():
        return []
    flat = " ".join(text.split())
    parts = _parts(flat, acts)
    return [cited for run in _runs(flat, parts) for cited in _of_run(flat, run)]


def _parts(text: str, acts: Mapping[str, Act]) -> list[_Part]:
    """Find what names an act or a provision. A section alone is of the chapter before it."""
    names = _Names.of(tuple(acts.items()))
    parts: list[_Part] = []
    chapter: str | None = None
    for match in names.expression.finditer(text):
        if match["act"]:
            parts.append(_Part(match.start(), match.end(), act=names.act(match["act"])))
            chapter = None
            continue
        chapter, sections = _numbers(match, chapter)
        parts.append(_Part(match.start(), match.end(), provisions=tuple(_provisions(chapter, sections))))
    return parts


def _numbers(match: re.Match[str], before: str | None) -> tuple[str | None, str]:
    """Give the chapter and the sections of a match."""
    for chapter, sections in _FORMS:
        if match[chapter]:
            return _LETTER.sub(" ", match[chapter]), match[sections] or ""
    return before, match["sections_alone"] or ""


def _provisions(chapter: str | None, sections: str) -> Iterator[Citation]:
    """Yield a citation, its act still open, for each section or range of sections, or for the chapter."""
    found = [[_LETTER.sub(" ", one) if one else None for one in match] for match in _RANGE.findall(sections)]
    for first, last in found or [[None, None]]:
        yield Citation("", chapter, first, last)


def _runs(text: str, parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Group what stands together, with nothing but joining words between; a run has an end, whatever is written."""
    run: list[_Part] = []
    for part in parts:
        if run and (len(run) == _LONGEST_RUN or not _BETWEEN.match(text[run[-1].end : part.start])):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _of_run(text: str, run: Sequence[_Part]) -> Iterator[Cited]:
    """Give each provision its act: the one before where the run begins with it, else the next one."""
    first = next((index for index, part in enumerate(run) if part.provisions), None)
    if first is None:
        return
    act_first = first > 0 and _BESIDE.match(text[run[first - 1].end : run[first].start]) is not None
    for index, part in enumerate(run):
        before = next((other for other in reversed(run[:index]) if other.act), None)
        after = next((other for other in run[index:] if other.act), None)
        of = (before or after) if act_first else (after or before)
        for provision in part.provisions if of else ():
            assert of is not None  # noqa: S101 - the loop is empty without it
            yield Cited(_with_act(provision, of.act), _words(text, part, of))


def _with_act(provision: Citation, act: str) -> Citation:
    return Citation(act, provision.chapter, provision.section, provision.to)


def _words(text: str, part: _Part, act: _Part) -> str:
    """Give the provision's words, with the act's where nothing else stands between."""
    first, last = sorted((part, act), key=lambda one: one.start)
    beside = _BESIDE.match(text[first.end : last.start]) is not None
    return text[first.start : last.end] if beside else text[part.start : part.end]


class _Names:
    """How running text names acts: by abbreviation, by number, by name with or without its number."""

    def __init__(self, acts: Mapping[str, Act]) -> None:
        self._by_sfs = {act.sfs: key for key, act in acts.items()}
        in_order = sorted(acts.items(), key=lambda item: item[1].valid_to is None)  # one in force has the name alone
        self._by_name = {name.casefold(): key for key, act in in_order for name in (act.name.sv, act.name["en"])}
        self._by_name |= {key.casefold(): key for key in acts if not key[0].isdigit()}
        names = sorted({name for act in acts.values() for name in (act.name.sv, act.name["en"])}, key=len, reverse=True)
        short = "|".join(sorted((re.escape(key) for key in acts if not key[0].isdigit()), key=len, reverse=True))
        by_name = "|".join(_named(name) for name in names)
        by_number = r"(?i:lagen|lag|förordningen|förordning) \([0-9]{4}:[0-9]{1,4}\)"
        act = rf"(?<!\w)(?:(?i:{by_name})|{by_number}|{short or '(?!)'})(?: \([0-9]{{4}}:[0-9]{{1,4}}\))?(?!\w)"
        self.expression = re.compile("|".join((rf"(?P<act>{act})", *_PROVISIONS)))

    @staticmethod
    @lru_cache(maxsize=8)
    def of(acts: tuple[tuple[str, Act], ...]) -> _Names:
        """Make the names of some acts ready, once."""
        return _Names(dict(acts))

    def act(self, words: str) -> str:
        """Give the act that some words name: its key in the catalogue, or its number where the catalogue lacks it."""
        number = _SFS.search(words)
        if number is not None:
            return self._by_sfs.get(number.group(), number.group())
        name = words.casefold()
        return self._by_name.get(name) or self._by_name["lagen" + name.removeprefix("lag")]


def _named(name: str) -> str:
    """Give the expression of a name: the number may stand after its first word, and "lag" for "lagen"."""
    head, _, rest = name.partition(" ")
    first = "lag(?:en)?" if head == "lagen" else re.escape(head)
    return first + (r"(?: \([0-9]{4}:[0-9]{1,4}\))? " + re.escape(rest) if rest else "")
