"""Lists of the grounds of discrimination in running text: whether they are the seven (DL 1:1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from typing import get_args

from procurement_equality.catalogue import wording
from procurement_equality.catalogue.requirement import Ground
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.wording import GroundsRule

GROUNDS: tuple[Ground, ...] = get_args(Ground)

_GROUNDS_IN_A_LIST = 3


class Grounds:
    """The seven grounds in one language, as the act spells them and as they are also written."""

    def __init__(self, rule: GroundsRule, language: Language, spelled: Mapping[Ground, Text]) -> None:
        also = getattr(rule.also, language)
        self._also = {ground: _whole_words(names) for ground, names in also.items()}
        self._right = {spelled[ground][language] for ground in GROUNDS}
        self._spelled = {name: _whole_words([name]) for name in sorted(self._right)}
        self._any = frozenset(max(wording.tokens(name), key=len) for names in also.values() for name in names)

    def may_be_listed(self, words: Set[str]) -> bool:
        """Say whether texts with these words are worth searching for a list."""
        return len(self._any & words) >= _GROUNDS_IN_A_LIST

    def missing(self, text: str) -> list[str]:
        """Give the grounds that a list in the text lacks or spells otherwise; none where there is no list."""
        if not self.may_be_listed(frozenset(wording.tokens(text))):
            return []
        return next(filter(None, map(self.missing_in, wording.sentences(text))), [])

    def missing_in(self, sentence: str) -> list[str]:
        """Give the grounds that a list in one sentence lacks or spells otherwise; none where there is no list."""
        flat = " ".join(sentence.split())
        alone = flat
        for name in sorted(self._right, key=len, reverse=True):
            alone = self._spelled[name].sub("", alone)
        spelled = [name for name, pattern in self._spelled.items() if pattern.search(flat)]
        others = [ground for ground, pattern in self._also.items() if pattern.search(alone)]
        odd = [name for name in self._spelled if name not in spelled]
        return odd if len(spelled) + len(others) >= _GROUNDS_IN_A_LIST else []


def _whole_words(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
