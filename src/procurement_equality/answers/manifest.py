"""What a form asks. The manifest is made with the form and travels in the file, so that no reader has to guess.

It lies in the document properties (`docProps/custom.xml`), which survive .docx, .odt, .doc and .rtf: as JSON, deflated,
in base 64, in pieces of 240 characters. Its digest stands beside it and in the page's footer.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import count, takewhile
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from procurement_equality.catalogue.names import Key
from procurement_equality.catalogue.text import Language, Model
from procurement_equality.findings import Finding, FormError

FieldType = Literal[
    "yes-no",
    "yes-no-partly",
    "text",
    "number",
    "per-cent",
    "kronor",
    "date",
    "attachment",
    "choice",
    "declaration",
    "checkbox",
]
FieldName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
"""The tag of a field: `AKT-01.date`, or `STA-03.table.employed.women` for a cell."""

_PIECE = 240
_MOST_PIECES = 2_000
_MOST_BYTES = 4_000_000
_PARAGRAPH_MARK = 3
_NOT_ASCII_NAME = re.compile(r"[^A-Za-z0-9]")
_UNSTABLE = "-\u2010\u2011\u00ad\u200b"
"""Signs that programs change or lose."""


class FormField(Model):
    """One field to fill in. `text` and the labels of `options` are in the form's language."""

    type: FieldType
    name: FieldName
    text: str
    required: bool = False
    later: bool = False
    """About the time after the start of the contract, so that it may be empty in a tender."""
    headcount: tuple[int, int | None] | None = None
    """The number of employees, at least and at most, from which the question applies."""
    options: Mapping[str, str] = {}
    """The value of each choice, with its label."""
    suffix: str | None = None
    """What is printed behind the field: "%", "kronor", "Ja, vi försäkrar detta"."""

    @property
    def requirement(self) -> str:
        """Give the id of the requirement that the field belongs to (`LEV`, `INT` for the form's own fields)."""
        return self.name.partition(".")[0]

    def applies_to(self, headcount: float | None) -> bool:
        """Say whether one with this many employees answers; where the number is not known, everyone does."""
        if self.headcount is None or headcount is None:
            return True
        at_least, at_most = self.headcount
        return at_least <= headcount and (at_most is None or headcount <= at_most)


class FormRow(Model):
    """A row of a table; a spare one has no label."""

    key: Key
    label: str | None
    unit: str | None = None
    sum_of: tuple[Key, ...] = ()
    at_most: Key | None = None


class FormColumn(Model):
    """A column of a table."""

    key: Key
    label: str
    type: Literal["text", "number", "per-cent", "date"]
    sum_of: tuple[Key, ...] = ()
    at_most: Key | None = None


class FormTable(Model):
    """A table question: every cell is a field of its own, named `question.row.column`."""

    type: Literal["table"]
    name: FieldName
    text: str
    table: str
    """Id of the table in the catalogue."""
    title: str
    unit: str
    period: str
    definition: str
    row_heading: str
    small_numbers: Literal["hidden", "shown"]
    required: bool = False
    later: bool = False
    headcount: tuple[int, int | None] | None = None
    own_row: str
    """The words for a row that the supplier names: "Egen rad"."""
    rows: tuple[FormRow, ...]
    columns: tuple[FormColumn, ...]

    def fields(self) -> Iterator[FormField]:
        """Give the fields of the table, row by row; a spare row begins with its label."""
        for number, row in enumerate(self.rows, 1):
            label = row.label or f"{self.own_row} {number}"
            if row.label is None:
                yield self._field("text", f"{row.key}.label", label, required=False)
            for column in self.columns:
                required = self.required and row.label is not None
                text = f"{label}, {column.label}"
                yield self._field(column.type, f"{row.key}.{column.key}", text, required=required)

    def _field(self, kind: FieldType, key: str, text: str, *, required: bool) -> FormField:
        return FormField(
            type=kind,
            name=f"{self.name}.{key}",
            text=text,
            required=required,
            later=self.later,
            headcount=self.headcount,
        )


class LeftOut(Model):
    """A requirement (`AKT-01`) or question (`AKT-01.date`) that a form to one supplier does not ask about, and why."""

    name: FieldName
    headcount: tuple[int, int | None] | None = None
    """The number of employees, at least and at most, that it is for."""
    parts: tuple[str, ...] = ()
    """The parts of the procurement that it is for."""

    def concerns(self, headcount: int | None, parts: Collection[str]) -> bool:
        """Say whether it does concern one with so many employees who performs these parts."""
        if self.headcount is not None and headcount is not None:
            at_least, at_most = self.headcount
            return at_least <= headcount and (at_most is None or headcount <= at_most)
        return bool(set(self.parts) & set(parts))


class Manifest(Model):
    """Everything that a reader must know of a form."""

    version: Literal[1] = 1
    kind: str
    """The template: `self-assessment`, `annual-follow-up`, or an organisation's own."""
    language: Language
    title: str
    """The procurement's title."""
    reference: str
    authority: str
    form: str
    """The form's id, as printed in its footer."""
    catalogue: str
    """`id@version`."""
    catalogue_digest: str
    selection_digest: str
    year: int | None = None
    """The year that an annual follow-up is about."""
    placeholders: tuple[str, str, str, str]
    """The words of empty fields: of a choice, a text, a date and a number."""
    requirements: Mapping[str, str]
    """The title of each requirement."""
    questions: tuple[Annotated[FormField | FormTable, Field(discriminator="type")], ...]
    left_out: tuple[LeftOut, ...] = ()
    """What the supplier is not asked about, since the buyer has said how large it is and which parts it performs."""
    paragraphs: str = ""
    """Marks of every paragraph that is the form's own text (see `paragraph_mark`), in base 64."""

    @cached_property
    def fields(self) -> Mapping[str, FormField]:
        """Give every field by its name, the cells of tables too, in the order of the form."""
        listed = (q.fields() if isinstance(q, FormTable) else (q,) for q in self.questions)
        return {field.name: field for group in listed for field in group}

    @cached_property
    def tables(self) -> tuple[FormTable, ...]:
        """Give the table questions."""
        return tuple(question for question in self.questions if isinstance(question, FormTable))

    def placeholder(self, field: FormField) -> str:
        """Give the words that stand in the field while it is empty."""
        choose, write, pick, number = self.placeholders
        if field.options:
            return choose
        return {"date": pick, "number": number, "per-cent": number, "kronor": number}.get(field.type, write)

    def lacks(self, headcount: int | None, parts: Collection[str] = ()) -> Iterator[str]:
        """Give what was left out though it does concern a supplier that answers so of itself."""
        return (each.name for each in self.left_out if each.concerns(headcount, parts))

    @cached_property
    def own_paragraphs(self) -> frozenset[bytes]:
        """Give the marks of the form's own paragraphs."""
        marks = base64.b64decode(self.paragraphs)
        return frozenset(marks[at : at + _PARAGRAPH_MARK] for at in range(0, len(marks), _PARAGRAPH_MARK))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the manifest, in hexadecimal."""
        return hashlib.sha256(self._json()).hexdigest()

    def properties(self) -> Mapping[str, str]:
        """Give the document properties that carry the manifest."""
        packed = base64.b64encode(zlib.compress(self._json(), 9)).decode("ascii")
        pieces = (packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE))
        named = {f"manifest-{number:03}": piece for number, piece in enumerate(pieces, 1)}
        return {**named, "manifest-digest": self.digest}

    @classmethod
    def from_properties(cls, properties: Mapping[str, str]) -> Manifest | None:
        """Give the manifest that document properties carry, or None where they carry none.

        Raises `FormError` (`form.manifest-damaged`) where a piece is missing or the digest is another.
        """
        names = takewhile(properties.__contains__, (f"manifest-{number:03}" for number in count(1)))
        pieces = [properties[name] for name in names][:_MOST_PIECES]
        digest = properties.get("manifest-digest")
        if not pieces and digest is None:
            return None
        try:
            text = _inflated(base64.b64decode("".join(pieces), validate=True))
            if hashlib.sha256(text).hexdigest() == digest:
                return cls.model_validate_json(text)
        except (ValidationError, ValueError, zlib.error, binascii.Error):
            pass
        raise FormError([Finding("form.manifest-damaged")])

    def _json(self) -> bytes:
        return self.model_dump_json(exclude_defaults=True).encode()


def bookmark_name(tag: str) -> str:
    """Give the bookmark name that belongs to a tag: `AKT-01.date` gives `PE_AKT_01_date`, at most 40 characters."""
    name = "PE_" + _NOT_ASCII_NAME.sub("_", tag)
    return name if len(name) <= 40 else f"{name[:31]}_{zlib.crc32(tag.encode()):08x}"


def control_id(tag: str) -> int:
    """Give the number of a content control (`w:id`) that belongs to a tag: its crc32 with the top bit cleared."""
    return zlib.crc32(tag.encode()) & 0x7FFFFFFF


def paragraph_mark(text: str) -> bytes:
    """Give three bytes that a paragraph is known again by, whatever became of its white space and its hyphens."""
    for sign in _UNSTABLE:
        if sign in text:
            text = text.replace(sign, "")
    return zlib.crc32("".join(text.split()).encode("utf-8", "replace")).to_bytes(4, "big")[1:]


def _inflated(data: bytes) -> bytes:
    """Inflate a manifest. Raises ValueError where it is larger than any manifest."""
    stream = zlib.decompressobj()
    text = stream.decompress(data, _MOST_BYTES)
    if not stream.eof:
        raise ValueError("too large")
    return text
