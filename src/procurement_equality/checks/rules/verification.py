"""Whether a requirement can be checked at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.case import Case
from procurement_equality.checks.nearby import Sentences, has
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import phrases
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.facts import OtherClause

_FOLLOWED_UP: tuple[Kind, ...] = ("technical-specification", "award-criterion", "contract-performance-condition")
"""The kinds that are met during the contract. The others are examined once, when the tender is."""

_KEYS = {
    "evidence": "evidence: …",
    "follow_up": "follow_up: {method: …, months_after_start: 12, then_every_months: 12}",
    "months_after_start": "follow_up: {method: METHOD, months_after_start: 12, then_every_months: 12}",
}
"""How the corrected file states what is missing."""

_NAMES = {
    "evidence": "note.verif.evidence",
    "follow_up": "note.verif.follow-up",
    "months_after_start": "note.verif.time",
}


def missing(case: Case) -> Found:
    """Find a clause without evidence, or without how and when it is followed up (LOU 16:2 st.3)."""
    for stated in case.others:
        other = stated.other
        assert other is not None, "these are the other clauses"  # noqa: S101
        lacking = list(_lacking(other))
        if lacking:
            data = {
                f"lacking_{language}": ", ".join(sentence(_NAMES[key], language) for key in lacking)
                for language in LANGUAGES
            }
            yield stated.finding("verif.missing", **data, yaml=_corrected(stated.name, other, lacking))


def _corrected(name: str, other: OtherClause, lacking: list[str]) -> str:
    """Write the keys that the clause lacks as they stand in the procurement file."""
    method = json.dumps(other.follow_up.method.sv, ensure_ascii=False) if other.follow_up else ""
    keys = "".join(f"\n    {_KEYS[key].replace('METHOD', method)}" for key in lacking)
    return f"other_clauses:\n  {name}:{keys}"


def _lacking(other: OtherClause) -> Iterator[str]:
    """Yield the keys of what a clause lacks: the tender shows the price, the authority itself an exclusion ground."""
    if other.kind == "exclusion-ground" or _is_price(other):
        return
    if other.evidence is None:
        yield "evidence"
    if other.kind not in _FOLLOWED_UP:
        return
    follow_up = other.follow_up
    if follow_up is None:
        yield "follow_up"
    elif not follow_up.with_tender and follow_up.months_after_start is None and follow_up.then_every_months is None:
        yield "months_after_start"


def _is_price(other: OtherClause) -> bool:
    return other.kind == "award-criterion" and has("price", other.title.sv, "sv")


def vague(texts: Texts) -> Found:
    """Find words without a measure in a clause, or in a sentence of a document that demands something."""
    weak, right = _places(texts, "vague-unless-measured"), _places(texts, "vague-right")
    judged: dict[tuple[StatedClause, Language], _Judged] = {}
    seen: set[str] = set()
    for stated, language, start, words in chain(
        texts.matches(phrases("lint.vague")), texts.matches(phrases("vague-more"))
    ):
        place = stated, language, start
        if stated.name in seen or place in right or stated.waives("lint.vague", words=words):
            continue
        sentences = judged.setdefault((stated, language), _Judged(stated, language))
        if sentences.demands(start) and not (place in weak and sentences.excuses(start)):
            seen.add(stated.name)
            yield stated.finding("verif.vague", words)


def _places(texts: Texts, name: str) -> set[tuple[StatedClause, Language, int]]:
    return {(stated, language, start) for stated, language, start, _ in texts.matches(phrases(name))}


class _Judged:
    """What the sentences of a clause hold, each judged once however many words in it are asked about."""

    def __init__(self, stated: StatedClause, language: Language) -> None:
        self._stated, self._language = stated, language

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self._stated.written(self._language))

    @cached_property
    def _measured(self) -> list[bool]:
        return [has("measure", sentence, self._language) for sentence in self._sentences.all]

    @cached_property
    def _demanding(self) -> list[bool]:
        return [has("demand", sentence, self._language) for sentence in self._sentences.all]

    @cached_property
    def _in_question(self) -> bool:
        return self._stated.kind is not None or has(
            "about-equality", self._stated.written(self._language), self._language
        )

    def excuses(self, start: int) -> bool:
        """Say whether the sentence at a place has a measure, or a document's paragraph is about another matter."""
        return self._measured[self._sentences.at(start)] or not self._in_question

    def demands(self, start: int) -> bool:
        """Say whether the sentence at a place demands something; every sentence of a clause does."""
        return self._stated.kind is not None or self._demanding[self._sentences.at(start)]


RULES = (
    Rule(
        "verif.missing",
        "error",
        of_case=missing,
        legal_basis=("LOU 16:2 st.3", "LUF 15:2 st.3", "LUK 13:1", "LOU 19:2", "LUF 19:2", "LUK 15:2", "LOV 1:2"),
        sources=("ka-lov-krav-2014",),
    ),
    Rule(
        "verif.vague",
        "warning",
        of_texts=vague,
        legal_basis=("LOU 16:2 st.3", "LUF 15:2 st.3", "LUK 13:1", "LOU 19:2", "LUF 19:2", "LUK 15:2", "LOV 1:2"),
        sources=("ka-lov-krav-2014", "gu-lov-jamstalldhet-2017"),
    ),
)
