"""What an answer shows of its requirement unless its question says otherwise: `assessment.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.limit import STATES, Shown
from procurement_equality.catalogue.names import Slug
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Model

AnswerType = Literal["yes-no", "yes-no-partly", "declaration", "table", "limit"]
"""Types of question whose answers can show something without a rule of their own; `limit` is one with a limit."""


class AssessmentRules(Model):
    """`assessment.yaml`: for each type of question, what each of its answers shows."""

    answers: Mapping[AnswerType, Mapping[Slug, Shown]]

    @model_validator(mode="after")
    def _whole(self) -> AssessmentRules:
        for name, states in STATES.items():
            if set(self._by_type.get(name, {})) != set(states):
                data = {"type": name, "answers": ", ".join(states)}
                raise PydanticCustomError("assess.incomplete", "every answer has a meaning", data)
        return self

    def shown(self, question: Question, state: str) -> Shown:
        """Say what an answer shows: as the question says, or else as its type does; where neither does, nothing."""
        if state in question.shows:
            return question.shows[state]
        return self._by_type.get("limit" if state in STATES["limit"] else question.type, {}).get(state, "nothing")

    @cached_property
    def _by_type(self) -> Mapping[str, Mapping[str, Shown]]:
        return {str(name): shown for name, shown in self.answers.items()}
