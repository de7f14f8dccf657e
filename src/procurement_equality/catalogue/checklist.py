"""The buyer's own questions: a checklist by stage, and an equality analysis for a case file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.names import RequirementId, Slug
from procurement_equality.catalogue.text import Model, Text

Role = Literal["strategist", "contract-manager", "board"]
"""Who answers: the procurement strategist, the contract manager, or the committee or council."""


class ChecklistQuestion(Model):
    """One question to the buying organisation, why it matters, and what shows the answer."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[0-9]{2}$")]
    text: Text
    why: Text
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    type: Literal["yes-no", "yes-no-partly", "text", "number", "date"]
    result: Text | None = None
    """What should lie in the case file when the question is answered."""
    regimes: tuple[str, ...] = ()
    """Regimes that the question is for; none named means all."""
    legal_basis: tuple[str, ...] = ()
    requirements: tuple[RequirementId, ...] = ()
    """Requirements of the catalogue that the question leads to."""
    sources: tuple[Slug, ...] = ()


class ChecklistSection(Model):
    """A stage or step, with its questions in the order in which they are asked."""

    key: Slug
    title: Text
    questions: Annotated[tuple[ChecklistQuestion, ...], Field(min_length=1)]


class Checklist(Model):
    """A file of `checklist/`."""

    id: Slug
    title: Text
    introduction: Text
    sections: Annotated[tuple[ChecklistSection, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_once(self) -> Checklist:
        ids = [question.id for section in self.sections for question in section.questions]
        twice = sorted({identifier for identifier in ids if ids.count(identifier) > 1})
        if twice:
            raise PydanticCustomError("model.id-twice", "an id is used twice", {"ids": ", ".join(twice)})
        return self
