"""The strategist's file: what is bought, by whom, under which act, and the choices with their reasons."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from procurement_equality.catalogue.law import AuthorityType, Kind, ProcurementAct
from procurement_equality.catalogue.names import Name, RequirementId, Slug, Version
from procurement_equality.catalogue.requirement import Level
from procurement_equality.catalogue.strict_yaml import Location, YamlFile, read_file
from procurement_equality.catalogue.text import Language, Model, Words
from procurement_equality.catalogue.validation import validate
from procurement_equality.findings import Finding, ProcurementError
from procurement_equality.procurement.asking import asked
from procurement_equality.procurement.facts import Facts, Prose

Cpv = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}(-[0-9])?$")]


class Authority(Model):
    """The contracting authority or entity."""

    name: Words
    type: AuthorityType


class Part(Model):
    """A part of what is bought, for example service and personal care in home care."""

    key: Slug
    title: Prose


class SupplierHeadcount(Model):
    """How many employees the expected suppliers have, where the buyer knows it from the market dialogue."""

    at_least: Annotated[int, Field(ge=0)] = 0
    at_most: Annotated[int, Field(ge=1)] | None = None


class Choice(Model):
    """What the buyer decides about one requirement. Leaving one out takes a reason."""

    include: bool = True
    kind: Kind | None = None
    weight: Annotated[int, Field(ge=1, le=100)] | None = None
    """An award criterion's weight in per cent of the whole evaluation."""
    priority: Annotated[int, Field(ge=1, le=50)] | None = None
    """A concession's award criterion's place in the order of priority (LUK 13:3)."""
    parameters: Mapping[Name, int | str | datetime.date] = {}
    parts: tuple[Slug, ...] = ()
    """The parts that the requirement applies to; none named means all."""
    link_to_subject: Prose | None = None
    """How this requirement belongs to what is bought, where the procurement's own words are not enough."""
    reason: Prose | None = None

    @model_validator(mode="after")
    def _reason_for_leaving_out(self) -> Choice:
        if not self.include and self.reason is None:
            raise PydanticCustomError("choice.reason", "leaving out takes a reason", {})
        return self


class Procurement(Facts):
    """One procurement: `value` in kronor without VAT for the whole term, `months` with every extension."""

    title: Prose
    reference: Words
    authority: Authority
    act: ProcurementAct
    object: Prose
    category: Literal["services", "goods", "works"] = "services"
    cpv: Annotated[tuple[Cpv, ...], Field(min_length=1)]
    """The first is the main code, which decides whether the purchase is in annex 2."""
    value: Annotated[int, Field(ge=1)]
    months: Annotated[int, Field(ge=1, le=240)]
    date: datetime.date
    """The day when the procurement is advertised or the enquiry is sent: its law is the law that counts."""
    direct_award: bool = False
    threshold: Annotated[int, Field(ge=1)] | None = None
    """The EU threshold in kronor, where the catalogue does not know it for the date."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """The first is the documents' main language."""
    sectors: Annotated[tuple[Slug, ...], Field(min_length=1)]
    level: Level
    supplier_headcount: SupplierHeadcount | None = None
    parts: tuple[Part, ...] = ()
    reply_by: datetime.date | None = None
    """The day when the self-assessment form is due."""
    catalogue_version: Version | None = None
    """The catalogue version that the file was made with; another one gives a warning."""
    overlays: tuple[Words, ...] = ()
    """Folders of an organisation's own layers over the catalogue, relative to this file."""
    requirements: Mapping[RequirementId, Choice] = {}

    _file: YamlFile | None = PrivateAttr(None)

    @classmethod
    def load(cls, path: Path | str) -> Procurement:
        """Read a procurement file. Raises `ProcurementError` with every finding."""
        procurement, findings = read_procurement(path)
        if procurement is None:
            raise ProcurementError(findings)
        return procurement

    @property
    def overlay_folders(self) -> tuple[Path, ...]:
        """Give the layers' folders, found from where this file lies."""
        here = Path(self._file.path).parent if self._file is not None else Path()
        return tuple(here / folder for folder in self.overlays)

    @property
    def file(self) -> YamlFile | None:
        """Give the file that this procurement was read from, if any."""
        return self._file

    def finding(self, code: str, location: Location = (), /, **data: str) -> Finding:
        """Make a finding that points into the file that this procurement was read from, if any."""
        if self._file is None:
            return Finding(code, data=data)
        return self._file.finding(code, location, **data)


def read_procurement(path: Path | str) -> tuple[Procurement | None, list[Finding]]:
    """Read a procurement file. Gives the procurement, or None and every finding."""
    file, findings = read_file(path)
    return (None, findings) if file is None else made_from(file)


def made_from(file: YamlFile) -> tuple[Procurement | None, list[Finding]]:
    """Make a procurement of a file that was read. Gives the procurement, or None and every finding.

    A fact that the law depends on is asked for, never guessed.
    """
    procurement, findings = validate(Procurement, file)
    if procurement is not None:
        procurement._file = file
    return procurement, [asked(finding) for finding in findings]
