"""Texts in two languages, and the base of every model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["sv", "en"]
"""BCP-47 tag of a language that texts are written in."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Model(BaseModel):
    """Frozen, closed and strict: what the file says is what the program has."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy, with other values where `update` has them, and without what was worked out from the old ones."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(copied).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Text(Model):
    """A text in each language. `en` may be missing in an organisation's own file, never in ours."""

    sv: Words
    en: Words | None = None

    def __getitem__(self, language: Language) -> str:
        """Give the text in `language`, or in Swedish where it is not translated."""
        return self.en if language == "en" and self.en is not None else self.sv
