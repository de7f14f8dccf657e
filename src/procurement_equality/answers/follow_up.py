"""Everything that a report says: a collection gathered in one pass, with what persons have decided of it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from procurement_equality.answers.assessment.assessment import Assessment, assess
from procurement_equality.answers.assessment.judging import judgements
from procurement_equality.answers.assessment.standing import Summary
from procurement_equality.answers.collecting.collect import Collection
from procurement_equality.answers.collecting.decisions import Decisions, decided_values, with_decisions
from procurement_equality.answers.collecting.hand_list import HandItem, file_item, response_items, unsettled
from procurement_equality.answers.collecting.known_forms import KnownForms
from procurement_equality.answers.collecting.ledger import Entry, Standing
from procurement_equality.answers.collecting.received import Expected, Line, compare
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Note, Response
from procurement_equality.answers.statistics.model import Statistics
from procurement_equality.answers.statistics.suppression import Masking
from procurement_equality.answers.statistics.tabulate import tabulate
from procurement_equality.answers.statistics.totals import Totals, check_tables
from procurement_equality.procurement.selection import Selection


@dataclass(frozen=True, slots=True)
class Respondent:
    """A supplier whose response counts."""

    key: str
    name: str
    org_number: str | None
    file: str
    sha256: str
    kind: str
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What came in, how each supplier stands with each requirement, the statistics, and what is left to decide."""

    selection: Selection
    date: datetime.date
    files: Mapping[Standing, int]
    lines: tuple[Line, ...]
    """The suppliers: what counts from each, and those that nothing has come from."""
    respondents: tuple[Respondent, ...]
    summary: Summary
    statistics: Statistics
    items: tuple[HandItem, ...]
    """What needs a person and is not decided."""
    troubled: Mapping[str, int]
    """How many suppliers left each question unanswered or unclear, by question."""
    texts: Mapping[str, str]
    """Those questions as the form puts them."""

    @property
    def assessments(self) -> Iterator[Assessment]:
        """Give every assessment, supplier by supplier."""
        return (each for respondent in self.respondents for each in respondent.assessments)

    @property
    def deviations(self) -> Iterator[Assessment]:
        """Give what is not met, or partly, by a person's judgement or as observed."""
        return (each for each in self.assessments if each.is_deviation)


def follow_up(
    collection: Collection,
    decisions: Decisions,
    selection: Selection,
    *,
    now: datetime.datetime,
    expected: Mapping[str, Expected] | None = None,
    masking: Masking | None = None,
    before: Statistics | None = None,
    contract_start: datetime.date | None = None,
    known: KnownForms | None = None,
) -> FollowUp:
    """Gather a collection. `now` has a time zone; `before` is last year's statistics. Raises `OutputError`."""
    today = now.date()
    respondents: list[Respondent] = []
    totals, years, summary = Totals(), set[int | None](), Summary()
    for entry, response, manifest in collection.responses():
        seen = with_decisions(response, decisions)
        made = assess(selection, seen, judgements(response, decisions), today, contract_start)
        totals.add(response, manifest.tables, decided_values(response, decisions))
        years.add(manifest.year)
        summary.add(made)
        respondents.append(_respondent(entry, response, made))
    items = tuple(hand_items(collection, decisions, known))
    year = years.pop() if len(years) == 1 else None
    lines = compare(expected, collection.ledger, today, now.tzinfo or datetime.UTC)
    return FollowUp(
        selection=selection,
        date=today,
        files=collection.ledger.counts(),
        lines=tuple(line for line in lines if line.entry is None or line.entry.standing == "counts"),
        respondents=tuple(respondents),
        summary=summary,
        statistics=tabulate(totals, date=today, year=year, masking=masking, before=before),
        items=tuple(unsettled(items)),
        troubled=Counter(question for question, _ in {(item.question, item.who) for item in items} if question),
        texts={item.question: item.text for item in items if item.question},
    )


def hand_items(collection: Collection, decisions: Decisions, known: KnownForms | None = None) -> Iterator[HandItem]:
    """Give everything that needs a person, decided or not: files that could not be read, then answers by supplier.

    `known` are the procurement's forms, which those that came back are held against.
    """
    for entry in collection.ledger.entries():
        if entry.standing in ("refused", "not-a-form"):
            record = collection.record(entry)
            if entry.standing == "refused" or record.sha256 is not None:
                yield file_item(record, decisions)
    several = dict(collection.ledger.suppliers_with_several())
    for entry, response, manifest in collection.responses():
        notes = [*_notes(entry, manifest, several, known)]
        notes += check_tables(response, manifest.tables, decided_values(response, decisions))
        yield from response_items(response, manifest, decisions, notes)


def _notes(entry: Entry, manifest: Manifest, several: Mapping[str, int], known: KnownForms | None) -> Iterator[Note]:
    """Say what is worth knowing of a whole form."""
    if entry.older:
        yield Note(code="note.collect-older")
    changed = known.changed(manifest) if known is not None else None
    if changed is not None:
        yield Note(code="note.collect-changed-form", data={"field": changed})
    if entry.supplier is not None and entry.supplier in several:
        yield Note(code="note.collect-several-parts", data={"number": str(several[entry.supplier])})


def _respondent(entry: Entry, response: Response, made: tuple[Assessment, ...]) -> Respondent:
    who = response.respondent
    return Respondent(
        key=entry.supplier or entry.file,
        name=who.name or entry.file,
        org_number=who.org_number,
        file=entry.file,
        sha256=response.sha256,
        kind=response.kind,
        assessments=made,
    )
