"""The language checks that keep a catalogue good: one rule, one function, one code.

What they look for is data (`lint.yaml`). A requirement that is right all the same waives the finding, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args

from procurement_equality.catalogue import citation, wording
from procurement_equality.catalogue.grounds import Grounds
from procurement_equality.catalogue.likeness import Clauses
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.named_acts import NamedActs
from procurement_equality.catalogue.prose import Piece, Prose, pieces_of, texts_of
from procurement_equality.catalogue.reading import collector_paused
from procurement_equality.catalogue.references import PLACEHOLDER
from procurement_equality.catalogue.requirement import IntegerParameter, Requirement
from procurement_equality.catalogue.strict_yaml import Location, whole_words
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.catalogue.wording import Phrases, Reasoned, Wording, WordLists, compiled

LANGUAGES: tuple[Language, ...] = get_args(Language)

_NOT_DIGITS = re.compile(r"[^0-9]+")
_TIMES = ("months", "days", "weeks", "years", "hours")


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of the language checks: where in which requirement (or table, or checklist), and about which words.

    `occurrence` says which of several such words in the text it is, from 0.
    """

    of: str
    code: str
    location: Location
    text: str
    occurrence: int
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Find:
    """What a rule found: in which text, about which words from which place in it, and what the message needs."""

    code: str
    piece: Piece
    language: Language
    rule: Reasoned | None
    words: str = ""
    start: int = 0
    data: Mapping[str, str] = field(default_factory=dict)


Found = Iterator[_Find]


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
        if only is None:
            for identifier, model in (*catalogue.tables.items(), *catalogue.checklists.items()):
                problems += linter.other(identifier, model)
            problems += linter.other("catalogue.yaml", catalogue.head)
    return problems


class _Linter:
    """The rules made ready: phrases and patterns compiled once."""

    def __init__(self, catalogue: Catalogue, rules: Wording) -> None:
        self._catalogue = catalogue
        self._rules = rules
        self._acts = NamedActs(catalogue.law.acts)
        self._words = {name: _per_language(rule.words, rule.except_) for name, rule in rules.words.items()}
        self._patterns = {
            name: {language: compiled(getattr(rule.patterns, language)) for language in LANGUAGES}
            for name, rule in rules.patterns.items()
        }
        self._staff = _per_language(rules.scope.staff)
        self._limits = _per_language(rules.scope.limits)
        self._deadline = _per_language(rules.deadline.words)
        self._obligation = {language: compiled([rules.obligation.pattern[language]]) for language in LANGUAGES}
        self._grounds = {language: Grounds(rules.grounds, language, catalogue.head.grounds) for language in LANGUAGES}
        self._units = [_per_language(unit) for unit in rules.drift.units]
        lists = [*self._words.values(), self._staff, self._limits, self._deadline, *self._units]
        self._heads = self._acts.repealed.heads.union(*(each.heads for listed in lists for each in listed.values()))
        self._clauses = Clauses(rules.bounds.near_duplicate)

    def requirement(self, requirement: Requirement) -> Iterator[Problem]:
        """Yield the findings of a requirement that it does not waive, and the waivers that waive nothing."""
        waived = set()
        for problem in self._of(requirement.id, requirement, Prose(pieces_of(requirement), self._heads)):
            index = _waiver(requirement, problem)
            if index is None:
                yield problem
            else:
                waived.add(index)
        for index, waiver in enumerate(requirement.waivers):
            if index not in waived:
                data = {"code": waiver.code, "words": waiver.text or "–"}
                yield Problem(requirement.id, "lint.waiver-unused", ("waivers", index), "", 0, data)

    def other(self, identifier: str, model: Model) -> Iterator[Problem]:
        """Yield the findings of a table, a checklist or the head: those that hold for any text."""
        pieces = (Piece(location, text) for location, text in texts_of(model))
        yield from self._of(identifier, None, Prose(pieces, self._heads))

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
            for found in rule:
                yield self._problem(identifier, found)

    def _problem(self, identifier: str, found: _Find) -> Problem:
        """Make a problem of what a rule found: its place, and the words of its message."""
        before = found.piece.written[found.language][: found.start]
        occurrence = len(whole_words(found.words, before)) if found.words else 0
        reasons = {f"reason_{language}": self._reason(found.rule, language) for language in LANGUAGES if found.rule}
        words = " ".join(found.words.split())
        location = (*found.piece.location, found.language)
        return Problem(identifier, found.code, location, words, occurrence, {"words": words, **reasons, **found.data})

    def _reason(self, rule: Reasoned, language: Language) -> str:
        """Write a rule's reason with where it comes from; what this catalogue does not have is left out."""
        head, acts = self._catalogue.head, self._catalogue.law.acts
        sources = [head.sources[source].publisher for source in rule.sources if source in head.sources]
        known = tuple(c for c in rule.legal_basis if (parsed := citation.parse(c)) and parsed.act in acts)
        named = "; ".join((*sources, *([self._catalogue.cite(known, language)] if known else [])))
        return f"{rule.reason[language]} ({named})" if named else rule.reason[language]

    # --- one rule, one function ----------------------------------------------------------------------------

    def _forbidden_words(self, prose: Prose) -> Found:
        """Find words of `words` in lint.yaml: vague, advisory, firm-wide, outdated, titles that name a sex."""
        for name, rule in self._rules.words.items():
            pieces = prose.clauses if rule.where == "clause" else prose.pieces
            for language, phrases in self._words[name].items():
                for piece, start, words in prose.matches(phrases, language, pieces):
                    yield _Find(f"lint.{name}", piece, language, rule, words, start)

    def _forbidden_patterns(self, prose: Prose) -> Found:
        """Find wordings of `patterns` in lint.yaml: a quota, a label without "eller likvärdigt"."""
        for name, rule in self._rules.patterns.items():
            for piece in prose.clauses if rule.where == "clause" else prose.pieces:
                for language, text in piece.written.items():
                    lowered = text.lower()
                    if not any(hint in (text if hint.isupper() else lowered) for hint in getattr(rule.hints, language)):
                        continue
                    if rule.unless is not None and rule.unless[language] in lowered:
                        continue
                    if match := self._patterns[name][language].search(text):
                        yield _Find(f"lint.{name}", piece, language, rule, match.group(), match.start())

    def _obligations(self, prose: Prose) -> Found:
        """Find a clause in which the supplier shall do more than one thing."""
        for piece in prose.clauses:
            for language, text in piece.written.items():
                verbs = getattr(self._rules.obligation.verbs, language)
                if sum(map(piece.tokens(language).count, verbs)) < 2:  # one too many takes two
                    continue
                matches = list(self._obligation[language].finditer(text))
                if len(matches) > 1:
                    words, start = matches[1].group(), matches[1].start()
                    yield _Find("lint.obligations", piece, language, self._rules.obligation, words, start)

    def _scope(self, requirement: Requirement, prose: Prose) -> Found:
        """Find a clause about staff that is not limited to those who perform the contract (LOU 17:1)."""
        kinds = [variant.kind for variant in requirement.variants]
        for language in LANGUAGES:
            about_staff = prose.first(self._staff[language], language)
            limited = prose.holding(self._limits[language], language) if about_staff else ()
            for piece, (start, words) in about_staff.items():
                kind = kinds[int(piece.location[1])]
                if piece not in limited and kind not in ("exclusion-ground", "reserved-participation"):
                    yield _Find("lint.scope", piece, language, self._rules.scope, words, start)

    def _no_deadline(self, requirement: Requirement, prose: Prose) -> Found:
        """Find a contract condition that does not say when it shall be met."""
        timed = {
            name
            for name, p in requirement.parameters.items()
            if not isinstance(p, IntegerParameter) or p.unit in _TIMES
        }
        for language in LANGUAGES:
            open_ended = [
                piece
                for piece, variant in zip(prose.clauses, requirement.variants, strict=True)
                if variant.kind == "contract-performance-condition"
                and language in piece.written
                and timed.isdisjoint(PLACEHOLDER.findall(piece.written[language]))
            ]
            dated = prose.holding(self._deadline[language], language) if open_ended else ()
            for piece in open_ended:
                if piece not in dated:
                    yield _Find("lint.deadline", piece, language, self._rules.deadline)

    def _readability(self, prose: Prose) -> Found:
        """Find a Swedish clause that is harder to read than LIX allows."""
        bounds = self._rules.bounds
        for piece in prose.clauses:
            enough = len(piece.tokens("sv")) >= bounds.lix_from_words
            if enough and (index := wording.lix(piece.text.sv)) > bounds.lix:
                data = {"lix": f"{index:.0f}", "bound": str(bounds.lix)}
                yield _Find("lint.lix", piece, "sv", self._rules.lix, data=data)

    def _sentence_length(self, prose: Prose) -> Found:
        """Find sentences with more words than the bound."""
        for piece in prose.pieces:
            for language, text in piece.written.items():
                bound = getattr(self._rules.bounds.sentence_words, language)
                if len(piece.tokens(language)) + _beyond_latin_1(text) <= bound:
                    continue
                for sentence in wording.sentences(text):
                    number = len(wording.words(sentence))
                    if number > bound:
                        start = " ".join(sentence.split()[:4])
                        data = {"number": str(number), "bound": str(bound)}
                        yield _Find("lint.sentence", piece, language, self._rules.sentence, start, data=data)

    def _list_of_grounds(self, prose: Prose) -> Found:
        """Find a list of grounds that is not the seven of DL 1:1, spelled as there."""
        for language, grounds in self._grounds.items():
            if not grounds.may_be_listed(prose.words[language]):
                continue
            for piece in prose.pieces:
                odd = grounds.missing(piece.written.get(language, ""))
                if odd:
                    data = {"missing": ", ".join(odd)}
                    yield _Find("lint.grounds", piece, language, self._rules.grounds, data=data)

    def _acts_in_text(self, prose: Prose) -> Found:
        """Find acts named in running text that are repealed, or that the catalogue's list does not have."""
        for piece in prose.pieces:
            for language, text in piece.written.items():
                for code, words, data in self._acts.problems(text, language):
                    yield _Find(code, piece, language, None, words, data=data)
        for piece, start, words in prose.matches(self._acts.repealed, "sv", prose.pieces):
            yield _Find("lint.act-repealed", piece, "sv", None, words, start, {"replaced_by": "–"})

    def _drift(self, prose: Prose) -> Found:
        """Find numbers, and in clauses words for time, that stand in one language only."""
        rule = self._rules.drift
        in_words = {language: self._numbers(prose, language) for language in LANGUAGES}
        every_sv, every_en = (frozenset(in_words[language]) for language in LANGUAGES)
        for piece in prose.pieces:
            if "en" not in piece.written:
                continue
            own_sv, own_en = piece.among(every_sv, "sv"), piece.among(every_en, "en")
            sv, en = {in_words["sv"][word] for word in own_sv}, {in_words["en"][word] for word in own_en}
            if sv != en:
                yield _Find("lint.drift-number", piece, "en", rule, ", ".join(sorted(sv ^ en)))
        for unit in self._units:
            in_sv, in_en = (prose.first(unit[language], language) for language in LANGUAGES)
            for piece in prose.clauses:
                if "en" in piece.written and (piece in in_sv) != (piece in in_en):
                    start, words = in_en.get(piece) or (0, in_sv[piece][1])
                    yield _Find("lint.drift-time", piece, "en", rule, words, start)

    def _near_duplicate(self, requirement: Requirement, prose: Prose) -> Found:
        """Find a clause that is nearly the same as another requirement's."""
        for piece, variant in zip(prose.clauses, requirement.variants, strict=True):
            other = self._clauses.like(requirement, variant.kind, piece.tokens("sv"))
            if other is not None:
                data = {"other": other[0], "share": str(other[1])}
                yield _Find("lint.duplicate", piece, "sv", None, data=data)

    def _numbers(self, prose: Prose, language: Language) -> dict[str, str]:
        """Give the words that are numbers, with their digits; one is left out, since it is also an article."""
        named = getattr(self._rules.drift.numbers, language)
        found = {word: named[word] for word in prose.words[language].intersection(named)}
        for word in [word for word in prose.words[language] if word < ":"]:  # digits come before the colon
            if word not in ("0", "1"):
                found[word] = " ".join(part for part in _NOT_DIGITS.split(word) if part)
        return found


def _beyond_latin_1(text: str) -> int:
    """Count the signs that `wording.tokens` takes for spaces though they may be words."""
    return 0 if text.isascii() else len(text) - len(text.encode("latin-1", "ignore"))


def _waiver(requirement: Requirement, problem: Problem) -> int | None:
    """Give the index of the waiver that covers a finding, if any."""
    for index, waiver in enumerate(requirement.waivers):
        if waiver.code == problem.code and waiver.text is None:
            return index
        if waiver.code == problem.code and waiver.text and waiver.text.lower() == problem.text.lower():
            return index
    return None


def _per_language(lists: WordLists, exceptions: WordLists = WordLists()) -> dict[Language, Phrases]:  # noqa: B008 - frozen
    return {"sv": Phrases(lists.sv, exceptions.sv), "en": Phrases(lists.en, exceptions.en)}
