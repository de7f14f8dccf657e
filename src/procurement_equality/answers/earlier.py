"""A response from an earlier time, and which of its answers a new form may begin with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from procurement_equality.answers.manifest import FormField, Manifest
from procurement_equality.answers.response import Response, Value
from procurement_equality.catalogue.text import Language

Carry = Literal["lasting", "answers", "everything"]
"""`lasting`: who the supplier is, choices and texts. `answers`: numbers, dates, tables and attachments too.

`everything`: the declarations as well, which gives the same form back.
"""

_LASTING = frozenset({"yes-no", "yes-no-partly", "choice", "text"})
_ANEW = ("INT.", "UPP.", "LEV.date")
"""The form's own questions about this time: the declaration, the deviations of the year, and the day."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A response with how much of it is carried over. `manifest`, where it is known, is that of its form."""

    response: Response
    carry: Carry = "lasting"
    manifest: Manifest | None = field(default=None, repr=False)

    @property
    def called(self) -> str:
        """Give what the response is called in a form: the year that it is about, or when it was made."""
        if self.manifest is not None and self.manifest.year is not None:
            return str(self.manifest.year)
        day = self.response.respondent.date or (self.response.saved.date() if self.response.saved else None)
        return day.isoformat() if day is not None else self.response.reference

    def value(self, asked: FormField, language: Language) -> Value:
        """Give the answer that a field begins with, or None.

        An answer is carried only where it was read without doubt, and the field asks the same: the same type and
        choices and, where the form's manifest is known and in this language, the same words.
        """
        answer = self.response.by_question.get(asked.name)
        if answer is None or answer.status != "ok" or answer.type != asked.type or not self._carries(asked):
            return None
        if asked.options and answer.value not in asked.options:
            return None
        before = self.manifest.fields.get(asked.name) if self.manifest is not None else None
        if before is not None and not self._asks_the_same(before, asked, language):
            return None
        return answer.value

    def _asks_the_same(self, before: FormField, asked: FormField, language: Language) -> bool:
        same_words = self.response.language != language or before.text == asked.text
        return same_words and before.options.keys() == asked.options.keys()

    def _carries(self, asked: FormField) -> bool:
        """Say whether the answer to a field is carried over at all."""
        if self.carry == "everything":
            return True
        if asked.name.startswith(_ANEW) or asked.type == "declaration" or self._signs(asked.name):
            return False
        return self.carry == "answers" or _lasts(asked)

    def _signs(self, name: str) -> bool:
        """Say whether a field belongs to a declaration: who made it, and when."""
        declaration = self.response.by_question.get(name.rpartition(".")[0])
        return declaration is not None and declaration.type == "declaration"


def _lasts(asked: FormField) -> bool:
    """Say whether an answer can be true for longer than the time that it was about."""
    if asked.name.startswith("LEV."):
        return asked.name != "LEV.headcount"
    in_a_question = asked.name.count(".") > 1 and not asked.name.endswith(".reason")
    return asked.type in _LASTING and not in_a_question
