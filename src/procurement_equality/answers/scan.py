"""What a tender document that someone else wrote already requires, lacks, and says that the checks object to.

It compares texts. It does not say, and cannot say, that a document is lawful.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from procurement_equality.answers.tender_document.paragraph import Paragraph
from procurement_equality.answers.tender_document.passages import Passage, in_a_row, passages_of
from procurement_equality.answers.tender_document.reading import TenderDocument
from procurement_equality.catalogue.law import AuthorityType, RegimeId
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.wording import sentences, words
from procurement_equality.checks.matching import Likeness, Matcher, is_about_equality, language_of
from procurement_equality.checks.registry import RULES
from procurement_equality.checks.rule import Rule
from procurement_equality.checks.scan_settings import Listed, scan_settings
from procurement_equality.checks.texts import StatedClause, Texts
from procurement_equality.findings import Finding, Severity

_FEWEST_WORDS = 3
_WORDS_OF_A_SENTENCE = 8
"""A text of fewer words, without a full stop and an obligation, is a line of a table of contents or a cell."""
_FOR_A_LONGER = 5
"""How many per cent more like a clause each further passage in a row must make a stretch."""
_MOST_READ = 400_000
"""Signs of a document that are read again to see whether what is missing stands elsewhere."""
_NEARBY = 6
"""Passages before and after an obligation, under its heading, that may say how it is followed up."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the procurement that documents belong to."""

    catalogue: Catalogue
    date: datetime.date
    regime: RegimeId | None = None
    authority: AuthorityType | None = None
    selected: frozenset[str] = frozenset()
    """Ids of the requirements that the procurement has; where a text is like several, one of these is meant."""


@dataclass(frozen=True, slots=True)
class Match:
    """A requirement that a passage contains, or is near."""

    passage: Passage
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Objection:
    """A finding, and the paragraph that it is about."""

    finding: Finding
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one document was found to hold. Matches are in the order of the document."""

    document: TenderDocument
    language: Language
    contained: tuple[Match, ...]
    near: tuple[Match, ...]
    objections: tuple[Objection, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Give the ids of the requirements that are contained."""
        return frozenset(match.likeness.requirement.id for match in self.contained)


class Scanner:
    """Compares documents with a catalogue, which is made ready once for each language."""

    def __init__(self, context: Context, rules: Sequence[Rule] = RULES) -> None:
        self.context = context
        never = scan_settings().rules.never
        self._rules = [rule for rule in rules if rule.of_texts is not None and rule.code not in never]
        self._matchers: dict[Language, Matcher] = {}

    def scan(self, document: TenderDocument) -> Scanned:
        """Scan a document. Raises `ProcurementError` without the extra `scan`."""
        language = language_of(paragraph.text for paragraph in document.paragraphs)
        if language not in self._matchers:
            self._matchers[language] = Matcher(self.context.catalogue, language)
        passages = passages_of(document.paragraphs)
        stretches = list(_stretches(passages, language))
        matcher = self._matchers[language]
        likenesses = matcher.match([each.passage.text for each in stretches], self.context.selected)
        compared = [(each, like) for each, like in zip(stretches, likenesses, strict=True) if like is not None]
        contained = _contained(compared)
        taken = _taken(compared, contained)
        near = _near(compared, {match.likeness.requirement.id for match in contained}, taken)
        found = _Examination(document, passages, taken, language, self.context)
        objections = [*found.by_rules(self._rules), *found.without_follow_up()]
        ordered = sorted(objections, key=lambda each: (each.paragraph.number, each.finding.code))
        return Scanned(document, language, contained, near, tuple(ordered))


# --- what it requires ------------------------------------------------------------------------------------------


class _Stretch(NamedTuple):
    """One passage, or several in a row, as one: `start` and `end` are their places."""

    start: int
    end: int
    passage: Passage


Compared = Sequence[tuple[_Stretch, Likeness]]


def _stretches(passages: Sequence[Passage], language: Language) -> Iterator[_Stretch]:
    """Give what is compared with the clauses: each passage that may require something, and two or three in a row."""
    known = {at for at, passage in enumerate(passages) if _may_require(passage, language)}
    rows = [(start, end) for start, end in in_a_row(passages) if known.issuperset(range(start, end))]
    for start, end in [*((at, at + 1) for at in sorted(known)), *rows]:
        joined = tuple(paragraph for passage in passages[start:end] for paragraph in passage.paragraphs)
        yield _Stretch(start, end, Passage(joined))


def _contained(compared: Compared) -> tuple[Match, ...]:
    """Give the stretch that is most like each requirement that is contained; a longer one must be clearly more so."""
    best: dict[str, tuple[int, Match]] = {}
    for stretch, likeness in compared:
        worth = likeness.likeness - _FOR_A_LONGER * (stretch.end - stretch.start)
        name = likeness.requirement.id
        if not likeness.is_near and (name not in best or worth > best[name][0]):
            best[name] = worth, Match(stretch.passage, likeness)
    return _in_order(match for _, match in best.values())


def _taken(compared: Compared, contained: Iterable[Match]) -> dict[int, Likeness]:
    """Give the requirement that each paragraph belongs to, by its number."""
    taken = {
        paragraph.number: likeness
        for stretch, likeness in compared
        if not likeness.is_near and stretch.end - stretch.start == 1
        for paragraph in stretch.passage.paragraphs
    }
    for match in contained:
        for paragraph in match.passage.paragraphs:
            taken.setdefault(paragraph.number, match.likeness)
    return taken


def _near(compared: Compared, contained: Collection[str], taken: Mapping[int, Likeness]) -> tuple[Match, ...]:
    """Give the passage that is nearest to each requirement that is nowhere contained."""
    nearest: dict[str, Match] = {}
    for stretch, likeness in compared:
        name = likeness.requirement.id
        alone = stretch.end - stretch.start == 1 and stretch.passage.first.number not in taken
        if likeness.is_near and alone and name not in contained:
            before = nearest.get(name)
            if before is None or before.likeness.likeness < likeness.likeness:
                nearest[name] = Match(stretch.passage, likeness)
    return _in_order(nearest.values())


def _in_order(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (match.passage.first.number, match.likeness.requirement.id)))


def _may_require(passage: Passage, language: Language) -> bool:
    """Say whether a passage is a text that may require something: no heading, no line of a table of contents."""
    if passage.is_heading or passage.first.part in ("header", "footer"):
        return False
    text = passage.text
    number = len(words(text))
    if number < _FEWEST_WORDS:
        return False
    return _obliges(text, language) or (number >= _WORDS_OF_A_SENTENCE and text.rstrip()[-1] in ".:;!?")


# --- what the checks object to ---------------------------------------------------------------------------------


class _Examination:
    """What the checks say of one document."""

    def __init__(
        self,
        document: TenderDocument,
        passages: Sequence[Passage],
        taken: Mapping[int, Likeness],
        language: Language,
        context: Context,
    ) -> None:
        self._passages, self._taken, self._language, self._context = passages, taken, language, context
        self._path = document.path
        self._by_name = {passage.name: passage for passage in passages}
        self._read: dict[tuple[str, str | None], bool] = {}
        """Whether a rule objects to a whole section, or to the whole document (None)."""
        whole = [(passage, passage.text) for passage in passages]
        obliging = [(p, text) for p, text in whole if not p.is_heading and _binds(text, language)]
        self._anywhere, self._obliging = self._texts(whole), self._texts(obliging)
        bound = {passage.name for passage, _ in obliging}
        free = ((p, text) for p, text in whole if not p.is_heading and p.name not in bound)
        self._permissions = self._texts([*obliging, *((p, text) for p, text in free if _lets_choose(text, language))])
        about = ((p, text) for p, text in obliging if is_about_equality(text, language))
        self._sentences = self._texts((p, kept) for p, text in about if (kept := _obliging_sentences(text, language)))

    def by_rules(self, rules: Iterable[Rule]) -> Iterator[Objection]:
        """Run the rules about texts, each on what it is for."""
        for rule in rules:
            for finding in rule.examine_texts(self._for(rule)):
                passage = self._by_name[finding.data["name"]]
                likeness = self._taken.get(passage.first.number)
                if not self._is_accepted(rule, passage, likeness) and self._holds(rule, passage):
                    yield Objection(finding, passage.first)

    def _for(self, rule: Rule) -> Texts:
        """Give the texts that a rule examines in a document."""
        extents = scan_settings().rules
        if rule.code in extents.anywhere:
            return self._anywhere
        if rule.code in extents.permissions:
            return self._permissions
        return self._sentences if rule.code in extents.sentences else self._obliging

    def without_follow_up(self) -> Iterator[Objection]:
        """Find obligations about equality near which nothing says how they are followed up, one a section.

        Where the document has a section on follow-up elsewhere, it is only worth knowing.
        """
        headings = (passage for passage in self._passages if passage.is_heading)
        elsewhere = any(_follow_up().held(passage.text, self._language) for passage in headings)
        told: set[str] = set()
        for at, passage in enumerate(self._passages):
            heading = passage.first.heading
            if not (heading and heading in told) and self._is_loose(at):
                told.add(heading)
                severity: Severity = "information" if elsewhere else "warning"
                found = Finding("scan.no-follow-up", self._path or None, severity=severity, data={"name": passage.name})
                yield Objection(found, passage.first)

    def _is_loose(self, at: int) -> bool:
        """Say whether a passage obliges, about equality, and nothing nearby follows it up."""
        passage, language = self._passages[at], self._language
        text = passage.text
        if passage.is_heading or passage.first.number in self._taken:
            return False
        if not (_binds(text, language) and is_about_equality(text, language)):
            return False
        nearby = self._passages[max(at - _NEARBY, 0) : at + _NEARBY + 1]
        same = (each.text for each in nearby if each.first.heading == passage.first.heading)
        return not any(_follow_up().held(each, language) for each in same)

    def _is_accepted(self, rule: Rule, passage: Passage, likeness: Likeness | None) -> bool:
        """Say whether the rule objects to the catalogue's own clause as well: its authors have weighed that."""
        if likeness is None or not likeness.is_verbatim:
            return False
        clause = next(each for each in likeness.requirement.variants if each.kind == likeness.kind)
        return bool(rule.examine_texts(self._texts([(passage, clause.text[self._language])])))

    def _holds(self, rule: Rule, passage: Passage) -> bool:
        """Say whether an objection to what is missing still holds when more of the document is read."""
        extents = scan_settings().rules
        if rule.code not in (*extents.whole_document, *extents.whole_section):
            return True
        heading = None if rule.code in extents.whole_document else passage.first.heading
        if (rule.code, heading) not in self._read:  # once for each section: a document may give many findings
            around = (each.text for each in self._passages if heading in (None, each.first.heading))
            text = "\n".join(around)[:_MOST_READ]
            self._read[rule.code, heading] = bool(rule.examine_texts(self._texts([(passage, text)])))
        return self._read[rule.code, heading]

    def _texts(self, found: Iterable[tuple[Passage, str]]) -> Texts:
        stated = tuple(
            StatedClause(passage.name, _in_language(text, self._language), partial(_locate, self._path))
            for passage, text in found
        )
        context = self._context
        law = context.catalogue.law
        return Texts(stated, law, regime=context.regime, authority=context.authority, date=context.date)


def _locate(path: str, code: str, words: str, data: Mapping[str, str]) -> Finding:  # noqa: ARG001 - as `Locate`
    return Finding(code, path or None, data=data)


def _in_language(text: str, language: Language) -> Text:
    return Text(sv=text) if language == "sv" else Text(sv="–", en=text)


def _obliging_sentences(text: str, language: Language) -> str:
    return " ".join(each.strip() for each in sentences(text) if _obliges(each, language))


def _obliges(text: str, language: Language) -> bool:
    return bool(_obligations().held(text, language))


def _binds(text: str, language: Language) -> bool:
    """Say whether a text demands something in this procurement, and does not only tell what the law demands."""
    if not _obliges(text, language):
        return False
    return not _law_talk().held(text, language) or bool(_bound().held(text, language))


def _lets_choose(text: str, language: Language) -> bool:
    return bool(_permissions().held(text, language))


@lru_cache(maxsize=1)
def _permissions() -> Listed:
    return Listed(scan_settings().permissions)


@lru_cache(maxsize=1)
def _obligations() -> Listed:
    return Listed(scan_settings().obligations)


@lru_cache(maxsize=1)
def _bound() -> Listed:
    return Listed(scan_settings().bound)


@lru_cache(maxsize=1)
def _law_talk() -> Listed:
    return Listed(scan_settings().law_talk)


@lru_cache(maxsize=1)
def _follow_up() -> Listed:
    return Listed(scan_settings().follow_up)
