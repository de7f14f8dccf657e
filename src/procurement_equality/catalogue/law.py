"""Law as data (`requirements_catalog/law/`): acts, regimes, kinds, thresholds, headcount rules, codes and names listed.

Models only; what follows from them for a procurement is worked out in `procurement/law.py`.
Amounts are in kronor or euro without VAT, dates are inclusive, and a missing `valid_to` means "no end known".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from procurement_equality.catalogue.text import Model, Text, Words

Kind = Literal[
    "exclusion-ground",
    "selection-criterion",
    "technical-specification",
    "award-criterion",
    "contract-performance-condition",
    "reserved-participation",
]
"""Kind of requirement, in the words of Directive 2014/24/EU and OCDS, in the order of the process."""

Capacity = Literal["professional-activity", "financial-standing", "technical-and-professional"]
"""The three things that a selection criterion may concern above the threshold (LOU 14:1-5)."""

RegimeId = Literal["LOU", "LOU-19", "LOU-19A", "LUF", "LUF-19", "LUF-19A", "LUK", "LUK-15", "LOV"]
"""The rules that a procurement follows: an act, or the chapter of it that applies alone."""

ProcurementAct = Literal["LOU", "LUF", "LUK", "LOV"]

AuthorityType = Literal["municipality", "region", "municipal-company", "central-government", "other-authority"]
"""Kind of authority. `central-government` is the directive's central authorities, with a lower threshold."""

CpvListId = Literal["annex-2", "lov", "lov-excluded"]
"""The lists of CPV codes that an act draws a line by."""

NameListId = Literal["listed-state-authorities", "finnish-area", "meankieli-area", "sami-area"]
"""The lists of authorities and municipalities that an act or ordinance draws a line by."""

Cpv = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]


class Act(Model):
    """An act or ordinance that citations may name.

    `name` is the short name as it stands in running text ("diskrimineringslagen"), `chapters` says whether
    its sections are numbered within chapters.
    """

    name: Text
    sfs: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}:[0-9]+$")]
    chapters: bool
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    version_seen: Words | None = None
    """The consolidated version that citations were read in; none for an act that texts name but nothing cites."""
    valid_from: datetime.date | None = None
    """The first day in force, where an older procurement may come before it."""
    valid_to: datetime.date | None = None
    replaced_by: str | None = None


class KindRule(Model):
    """Whether a kind is allowed in a regime, the paragraph that says so, and what the buyer must mind."""

    allowed: bool
    citation: Words
    """`LOU 17:1`: the paragraph that allows the kind, or the one that leaves no room for it."""
    note: Text | None = None


class Regime(Model):
    """A regime with its act, its rule for each kind, its principles, and its words for things."""

    act: ProcurementAct
    name: Text
    scope: Words
    """`LOU 1:4`: the paragraph that makes the regime apply."""
    principles: Words
    follow_up: Words
    """The paragraph that follow-up rests on."""
    documents_term: Text
    """What the regime calls the procurement documents."""
    supplier_term: Text
    """What the regime calls the one who hands in a tender or an application."""
    offer_term: Text
    """What is handed in, in the definite form: "anbudet", or "ansökan" in a system of choice."""
    ranking: Literal["weights", "priority", "none"]
    """How award criteria are ordered: by weight, by priority (LUK 13:3), or not at all (LOV 8:1)."""
    kinds: Mapping[Kind, KindRule]
    valid_from: datetime.date
    """The day from which the rules read as they stand here."""
    verified: bool
    """False where the text of the chapter itself was not seen."""


class Threshold(Model):
    """An EU threshold or a national limit, for a period.

    `anti-discrimination-conditions` is the limit from which listed state authorities set such conditions (2006:260 4).
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    acts: Annotated[tuple[ProcurementAct, ...], Field(min_length=1)]
    purpose: Literal["eu-threshold", "direct-award", "anti-discrimination-conditions"]
    object: Literal["goods-or-services", "works", "annex-2", "concession", "services-or-works"]
    authorities: Annotated[tuple[AuthorityType, ...], Field(min_length=1)]
    euro: Annotated[int, Field(gt=0)] | None = None
    kronor: Annotated[int, Field(gt=0)] | None = None
    """None where the figure is not known: the buyer is asked for it."""
    months: Annotated[int, Field(gt=0)] | None = None
    """The term from which the limit counts, where it takes both a value and a term."""
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    source: Words
    note: Text | None = None


class HeadcountRule(Model):
    """A duty that applies from (and to) a number of employees, for a period."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    citation: Words
    at_least: Annotated[int, Field(ge=1)]
    at_most: Annotated[int, Field(ge=1)] | None = None
    counted: Text
    """What is counted and when: "vid ingången av kalenderåret"."""
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    verified: bool
    note: Text | None = None


class CpvRange(Model):
    """CPV codes from `first` to `last`, inclusive, compared by eight digits."""

    first: Cpv
    last: Cpv


class CpvList(Model):
    """A list of CPV codes that an act draws a line by, for example annex 2 to LOU."""

    source: Words
    verified: bool
    note: Text | None = None
    ranges: Annotated[tuple[CpvRange, ...], Field(min_length=1)]
    except_codes: tuple[Cpv, ...] = ()

    def __contains__(self, cpv: str) -> bool:
        """Say whether the code (eight digits, with or without check digit) is on the list."""
        code = cpv[:8]
        return code not in self.except_codes and any(r.first <= code <= r.last for r in self.ranges)


class NameList(Model):
    """Names of authorities or municipalities that an act lists, for example the annex to 2006:260."""

    source: Words
    version_seen: Words
    """The consolidated version that the names were read in."""
    verified: bool
    """False where the list may have been extended by something that was not read."""
    note: Text | None = None
    names: Annotated[tuple[Words, ...], Field(min_length=1)]

    def held_in(self, authority: str) -> str | None:
        """Give the listed name that an authority's name holds, or None: "Kiruna" for "Kiruna kommun".

        Case does not matter, and a listed name may stand in the genitive ("Östersunds kommun"), but it stands as words
        of its own: "Köping" is not held in "Lidköpings kommun".
        """
        written = " ".join(authority.split()).casefold()
        return next((name for name in self.names if _as_words(name).search(written)), None)


@cache
def _as_words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name.casefold())}s?(?![\w-])")


class Pending(Model):
    """A change of the law that was proposed or decided, and that was not seen in force."""

    valid_from: datetime.date
    """The day from which it was to apply."""
    acts: Annotated[tuple[str, ...], Field(min_length=1)]
    change: Text


class Known(Model):
    """How far the law is known: a procurement after that day needs another look."""

    read_to: datetime.date
    """The day of the newest consolidated copies that citations were read in."""
    pending: tuple[Pending, ...] = ()


class Law(Model):
    """Everything under `law/`: acts by abbreviation, regimes by id, and the dated figures."""

    acts: Mapping[str, Act]
    kinds: Mapping[Kind, Text]
    """The name of each kind."""
    regimes: Mapping[RegimeId, Regime]
    thresholds: tuple[Threshold, ...]
    headcount: tuple[HeadcountRule, ...]
    cpv_lists: Mapping[CpvListId, CpvList]
    name_lists: Mapping[NameListId, NameList]
    known: Known
