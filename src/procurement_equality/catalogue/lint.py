"""The language checks that keep a catalogue good: one rule, one function, one code.

What they look for is data (`lint.yaml`). A requirement that is right all the same waives the finding, with a reason.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import get_args

from procurement_equality.catalogue import citation, wording
from procurement_equality.catalogue.law import Act
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.prose import Piece, Prose, pieces_of, texts_of
from procurement_equality.catalogue.reading import collector_paused
from procurement_equality.catalogue.requirement import Ground, IntegerParameter, Requirement
from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.catalogue.wording import Phrases, Reasoned, Wording, WordLists

LANGUAGES: tuple[Language, ...] = get_args(Language)
GROUNDS: tuple[Ground, ...] = get_args(Ground)

_SFS = re.compile(r"\b(?:1[6-9]|20)[0-9]{2}:[0-9]{1,4}\b")
_SHORT_CITATION = re.compile(r"\b([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,3}) [0-9]{1,2}:[0-9]{1,2}\b")
_NAMED_ACT = re.compile(r"§ (?:\w+ stycket )?((?:\w*lagen|\w*förordningen|\w*balken)\b[^.,;)]{0,80})")
_SFS_IN_NAME = re.compile(r" \([0-9]{4}:[0-9]+\)")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_SPACE = re.compile(r"(?<!\[) (?![?*+\]])")
"""A space of a pattern that is no part of a class and not optional."""
_SHINGLE = 4
_SKETCH = 4
_GROUNDS_IN_A_LIST = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of the language checks: where in which requirement (or table, or checklist), and about which words."""

    of: str
    code: str
    location: Location
    text: str
    data: Mapping[str, str]


Found = Iterator[tuple[str, Location, str, dict[str, str]]]
"""Code, location, the words it is about, and what the message needs besides the reason."""


def lint(catalogue: Catalogue, rules: Wording, only: Collection[str] | None = None) -> list[Problem]:
    """Give every unwaived finding, in the order of the catalogue, or those of some requirements only."""
    linter = _Linter(catalogue, rules)
    with collector_paused():
        problems = [
            problem
            for identifier, requirement in catalogue.requirements.items()
            for problem in linter.requirement(requirement)
            if only is None or identifier in only
        ]
        if only is not None:
            return problems
        for identifier, model in (*catalogue.tables.items(), *catalogue.checklists.items()):
            problems += linter.other(identifier, model)
    return problems


class _Linter:
    """The rules made ready: phrases compiled once, reasons written once."""

    def __init__(self, catalogue: Catalogue, rules: Wording) -> None:
        self._catalogue = catalogue
        self._rules = rules
        self._acts = _Acts(catalogue.law.acts)
        self._words = {name: _per_language(rule.words, rule.except_) for name, rule in rules.words.items()}
        self._patterns = {
            name: {language: _compiled(getattr(rule.patterns, language)) for language in LANGUAGES}
            for name, rule in rules.patterns.items()
        }
        self._staff = _per_language(rules.scope.staff)
        self._limits = _per_language(rules.scope.limits)
        self._deadline = _per_language(rules.deadline.words)
        self._obligation = {language: _compiled([rules.obligation.pattern[language]]) for language in LANGUAGES}
        self._grounds = {language: _ground_patterns(rules.grounds.also[language]) for language in LANGUAGES}
        self._ground_words = {
            language: frozenset(word for words in also.values() for phrase in words for word in phrase.split())
            for language, also in rules.grounds.also.items()
        }
        self._units = [_per_language(unit) for unit in rules.drift.units]
        self._seen = _Clauses(rules.bounds.near_duplicate)

    def requirement(self, requirement: Requirement) -> Iterator[Problem]:
        """Yield the findings of a requirement that it does not waive, and the waivers that waive nothing."""
        waived = set()
        for problem in self._of(requirement.id, requirement, Prose(pieces_of(requirement))):
            index = _waiver(requirement, problem)
            if index is None:
                yield problem
            else:
                waived.add(index)
        for index, waiver in enumerate(requirement.waivers):
            if index not in waived:
                data = {"code": waiver.code, "words": waiver.text or "–"}
                yield Problem(requirement.id, "lint.waiver-unused", ("waivers", index), "", data)

    def other(self, identifier: str, model: Model) -> Iterator[Problem]:
        """Yield the findings of a table or a checklist: those that hold for any text."""
        yield from self._of(identifier, None, Prose(Piece(location, text) for location, text in texts_of(model)))

    def _of(self, identifier: str, requirement: Requirement | None, prose: Prose) -> Iterator[Problem]:
        rules = [
            self._forbidden_words(prose), self._forbidden_patterns(prose), self._list_of_grounds(prose),
            self._sentence_length(prose), self._acts_in_text(prose), self._drift(prose),
        ]  # fmt: skip
        if requirement is not None:
            rules += [
                self._obligations(prose), self._scope(requirement, prose), self._no_deadline(requirement, prose),
                self._readability(prose), self._near_duplicate(requirement, prose),
            ]  # fmt: skip
        for rule in rules:
            for code, location, text, data in rule:
                yield Problem(identifier, code, location, text, {"words": text, **data})

    # --- one rule, one function ----------------------------------------------------------------------------

    def _forbidden_words(self, prose: Prose) -> Found:
        """Find words of `words` in lint.yaml: vague, advisory, firm-wide, outdated, titles that name a sex."""
        for name, rule in self._rules.words.items():
            pieces = prose.clauses if rule.where == "clause" else prose.pieces
            for language, phrases in self._words[name].items():
                for piece, match in prose.matches(phrases, language, pieces):
                    yield f"lint.{name}", (*piece.location, language), match, self._why(rule)

    def _forbidden_patterns(self, prose: Prose) -> Found:
        """Find wordings of `patterns` in lint.yaml: a quota, a label without "eller likvärdigt"."""
        for name, rule in self._rules.patterns.items():
            for piece in prose.clauses if rule.where == "clause" else prose.pieces:
                for language, text in piece.written.items():
                    if not any(hint in text for hint in getattr(rule.hints, language)):
                        continue
                    if rule.unless is not None and rule.unless[language] in text.lower():
                        continue
                    if match := self._patterns[name][language].search(text):
                        yield f"lint.{name}", (*piece.location, language), match.group(), self._why(rule)

    def _obligations(self, prose: Prose) -> Found:
        """Find a clause in which the supplier shall do more than one thing."""
        for piece in prose.clauses:
            for language, text in piece.written.items():
                matches = self._obligation[language].findall(text)
                if len(matches) > 1:
                    yield "lint.obligations", (*piece.location, language), matches[1], self._why(self._rules.obligation)

    def _scope(self, requirement: Requirement, prose: Prose) -> Found:
        """Find a clause about staff that is not limited to those who perform the contract (LOU 17:1)."""
        kinds = [variant.kind for variant in requirement.variants]
        for language in LANGUAGES:
            limits = prose.first(self._limits[language], language)
            for piece, staff in prose.first(self._staff[language], language).items():
                kind = kinds[int(piece.location[1])]
                if piece not in limits and kind not in ("exclusion-ground", "reserved-participation"):
                    yield "lint.scope", (*piece.location, language), staff, self._why(self._rules.scope)

    def _no_deadline(self, requirement: Requirement, prose: Prose) -> Found:
        """Find a contract condition that does not say when it shall be met."""
        timed = {
            name
            for name, p in requirement.parameters.items()
            if not isinstance(p, IntegerParameter) or p.unit in ("months", "days", "weeks", "years", "hours")
        }
        marks = [f"{{{{ {name} }}}}" for name in timed]
        for language in LANGUAGES:
            dated = prose.first(self._deadline[language], language)
            for piece, variant in zip(prose.clauses, requirement.variants, strict=True):
                text = piece.written.get(language)
                if text is None or piece in dated or variant.kind != "contract-performance-condition":
                    continue
                if not any(mark in text for mark in marks):
                    yield "lint.deadline", (*piece.location, language), "", self._why(self._rules.deadline)

    def _readability(self, prose: Prose) -> Found:
        """Find a Swedish clause that is harder to read than LIX allows."""
        bounds = self._rules.bounds
        for piece in prose.clauses:
            if len(piece.words["sv"]) >= bounds.lix_from_words and (index := wording.lix(piece.text.sv)) > bounds.lix:
                data = {"lix": f"{index:.0f}", "bound": str(bounds.lix), **self._why(self._rules.lix)}
                yield "lint.lix", (*piece.location, "sv"), "", data

    def _sentence_length(self, prose: Prose) -> Found:
        """Find sentences with more words than the bound."""
        for piece in prose.pieces:
            for language, text in piece.written.items():
                bound = getattr(self._rules.bounds.sentence_words, language)
                if len(piece.words[language]) <= bound:
                    continue
                for sentence in wording.sentences(text):
                    number = len(wording.words(sentence)) if sentence.count(" ") >= bound else 0
                    if number > bound:
                        start = " ".join(sentence.split()[:4])
                        data = {"number": str(number), "bound": str(bound), **self._why(self._rules.sentence)}
                        yield "lint.sentence", (*piece.location, language), start, data

    def _list_of_grounds(self, prose: Prose) -> Found:
        """Find a list of grounds that is not the seven of DL 1:1, spelled as there."""
        names = self._catalogue.head.grounds
        for piece in prose.pieces:
            for language, text in piece.written.items():
                patterns = self._grounds[language]
                if len(self._ground_words[language] & piece.sets[language]) < _GROUNDS_IN_A_LIST:
                    continue
                for sentence in wording.sentences(text):
                    named = [ground for ground, pattern in patterns.items() if pattern.search(sentence)]
                    if len(named) < _GROUNDS_IN_A_LIST:
                        continue
                    odd = [
                        names[ground][language] for ground in GROUNDS if names[ground][language] not in sentence.lower()
                    ]
                    if odd:
                        data = {"missing": ", ".join(odd), **self._why(self._rules.grounds)}
                        yield "lint.grounds", (*piece.location, language), "", data

    def _acts_in_text(self, prose: Prose) -> Found:
        """Find acts named in running text that are repealed, or that the catalogue's list does not have."""
        for piece in prose.pieces:
            for language, text in piece.written.items():
                for code, name, data in self._acts.problems(text, language):
                    yield code, (*piece.location, language), name, data
        for piece, name in prose.matches(self._acts.repealed, "sv", prose.pieces):
            yield "lint.act-repealed", (*piece.location, "sv"), name, {"replaced_by": "–"}

    def _drift(self, prose: Prose) -> Found:
        """Find numbers and words for time that stand in one language only."""
        numbers = {language: self._numbers(words, language) for language, words in prose.words.items()}
        for piece in prose.pieces:
            if "en" not in piece.written:
                continue
            sv, en = ({numbers[lang][word] for word in numbers[lang].keys() & piece.sets[lang]} for lang in LANGUAGES)
            if sv != en:
                yield (
                    "lint.drift-number",
                    (*piece.location, "en"),
                    ", ".join(sorted(sv ^ en)),
                    self._why(self._rules.drift),
                )
        for unit in self._units:
            in_sv, in_en = (prose.first(unit[language], language) for language in LANGUAGES)
            for piece in in_sv.keys() ^ in_en.keys():
                if "en" in piece.written:
                    match = in_sv.get(piece) or in_en[piece]
                    yield "lint.drift-time", (*piece.location, "en"), match, self._why(self._rules.drift)

    def _near_duplicate(self, requirement: Requirement, prose: Prose) -> Found:
        """Find a clause that is nearly the same as another requirement's."""
        for index, variant in enumerate(requirement.variants):
            other = self._seen.like(requirement, variant.kind, prose.clauses[index].words["sv"])
            if other is not None:
                identifier, share = other
                yield (
                    "lint.duplicate",
                    ("variants", index, "text", "sv"),
                    "",
                    {"other": identifier, "share": str(share)},
                )

    def _numbers(self, words: Set[str], language: Language) -> dict[str, str]:
        """Give the words that are numbers, with their digits; one is left out, since it is also an article."""
        named = self._rules.drift.numbers[language]
        found = {word: named[word] for word in words & named.keys()}
        for word in words:
            if word[0].isdigit() and word not in ("0", "1"):
                found[word] = " ".join(part for part in _NOT_DIGITS.split(word) if part)
        return found

    def _why(self, rule: Reasoned) -> dict[str, str]:
        """Write a rule's reason with where it comes from, in both languages."""
        return {f"reason_{language}": self._reason(rule, language) for language in LANGUAGES}

    def _reason(self, rule: Reasoned, language: Language) -> str:
        sources = [self._catalogue.head.sources[s].publisher for s in rule.sources if s in self._catalogue.head.sources]
        cited = [self._catalogue.cite(rule.legal_basis, language)] if rule.legal_basis else []
        named = "; ".join((*sources, *cited))
        return f"{rule.reason[language]} ({named})" if named else rule.reason[language]


class _Acts:
    """The acts of the catalogue as running text names them."""

    def __init__(self, acts: Mapping[str, Act]) -> None:
        self._known = acts
        self._by_sfs = {act.sfs: act for act in acts.values()}
        in_force = {act.name.sv.lower() for act in acts.values() if act.valid_to is None}
        repealed = {act.name.sv.lower() for act in acts.values() if act.valid_to is not None} - in_force
        self._names = tuple(in_force)
        self.repealed = Phrases(f"{name}*" for name in repealed)

    def problems(self, text: str, language: Language) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yield repealed and unknown acts of a text."""
        if ":" in text:
            for sfs in _SFS.findall(text):
                act = self._by_sfs.get(sfs)
                if act is None:
                    yield "lint.act-unknown", sfs, {}
                elif act.valid_to is not None:
                    yield "lint.act-repealed", sfs, {"replaced_by": str(act.replaced_by)}
            for match in _SHORT_CITATION.finditer(text):
                if citation.parse(match.group()) is None or match[1] not in self._known:
                    yield "lint.act-unknown", match.group(), {}
        if language == "sv":
            for match in _NAMED_ACT.finditer(_SFS_IN_NAME.sub("", text)) if "§" in text else ():
                if not match[1].lower().startswith(self._names):
                    yield "lint.act-unknown", match[1].split()[0], {}


class _Clauses:
    """The clause texts seen so far, found again by the smallest of their shingles' checksums.

    Two texts that share four fifths of their four-word shingles share one of the four smallest with a probability
    above 99 per cent, so that each text is compared with a few others however many there are.
    """

    def __init__(self, per_cent: int) -> None:
        self._per_cent = per_cent
        self._by_mark: dict[tuple[str, int], tuple[Requirement, frozenset[int]]] = {}

    def like(self, requirement: Requirement, kind: str, found: list[str]) -> tuple[str, int] | None:
        """Give the id of an earlier requirement whose text is like this one, and how like in per cent.

        Two that no regime can hold together are not compared.
        """
        shingles = frozenset(
            zlib.crc32(" ".join(found[i : i + _SHINGLE]).encode()) for i in range(max(1, len(found) - _SHINGLE + 1))
        )
        best: tuple[str, int] | None = None
        for mark in sorted(shingles)[:_SKETCH]:
            other, marks = self._by_mark.setdefault((kind, mark), (requirement, shingles))
            if other.id == requirement.id or _never_together(other, requirement):
                continue
            share = 100 * len(shingles & marks) // len(shingles | marks)
            if share >= self._per_cent and (best is None or share > best[1]):
                best = other.id, share
        return best


def _never_together(one: Requirement, other: Requirement) -> bool:
    first, second = one.applies.regimes, other.applies.regimes
    return bool(first and second) and set(first).isdisjoint(second)


def _waiver(requirement: Requirement, problem: Problem) -> int | None:
    """Give the index of the waiver that covers a finding, if any."""
    for index, waiver in enumerate(requirement.waivers):
        if waiver.code == problem.code and (waiver.text is None or waiver.text.lower() == problem.text.lower()):
            return index
    return None


def _per_language(lists: WordLists, exceptions: WordLists = WordLists()) -> dict[Language, Phrases]:  # noqa: B008 - frozen
    return {"sv": Phrases(lists.sv, exceptions.sv), "en": Phrases(lists.en, exceptions.en)}


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile alternatives, or what never matches where there are none; a space stands for any break in the text."""
    return re.compile(_SPACE.sub(r"\\s+", "|".join(patterns)) or r"(?!)", re.IGNORECASE)


def _ground_patterns(also: Mapping[Ground, tuple[str, ...]]) -> dict[Ground, re.Pattern[str]]:
    return {
        ground: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
        for ground, words in also.items()
    }
