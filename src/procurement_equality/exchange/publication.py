"""What is made from a collection: responses, answers, the hand list, the workbook and Parquet, each by streaming."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from procurement_equality.answers.assessment.assessment import assess
from procurement_equality.answers.assessment.judging import judgements, observed, outcome_word
from procurement_equality.answers.collecting.collect import Collection
from procurement_equality.answers.collecting.decisions import Decisions, decided_values, with_decisions
from procurement_equality.answers.collecting.hand_list import HandItem
from procurement_equality.answers.collecting.known_forms import KnownForms
from procurement_equality.answers.collecting.ledger import Standing
from procurement_equality.answers.collecting.received import Arrival, Expected, Line, compare
from procurement_equality.answers.follow_up import hand_items
from procurement_equality.answers.statistics.model import Statistics
from procurement_equality.answers.statistics.suppression import Masking
from procurement_equality.answers.statistics.tabulate import tabulate
from procurement_equality.answers.statistics.totals import Totals
from procurement_equality.answers.statistics.view import heading, rows
from procurement_equality.catalogue.text import Language
from procurement_equality.exchange.answer_columns import ANSWER_TYPES, FILE_TYPES, answer_columns, file_columns
from procurement_equality.exchange.cells import Cell, Column, Table, visible
from procurement_equality.exchange.collection_tables import (
    ANSWERS,
    JudgementRow,
    answer_rows,
    answers_table,
    hand_list_table,
    judgements_table,
    received_table,
    said,
)
from procurement_equality.exchange.csv_files import write_csv
from procurement_equality.exchange.excel import write_workbook
from procurement_equality.exchange.parquet import write_parquet
from procurement_equality.findings import Finding
from procurement_equality.procurement.selection import Selection


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run shall write, and what it is held against. `now` is its time, with a time zone."""

    now: datetime.datetime
    language: Language = "sv"
    selection: Selection | None = None
    expected: Mapping[str, Expected] | None = None
    masking: Masking | None = None
    before: Statistics | None = None
    """The statistics of the year before."""
    contract_start: datetime.date | None = None
    known: KnownForms | None = None
    """The procurement's forms, which those that came back are held against."""
    parquet: bool = False
    force: bool = False
    """Write the workbook even where its decisions cannot be read; a copy of the old one is kept."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to. The numbers of `files` together are all files."""

    files: Mapping[Standing, int]
    removed: int
    """Files that are no longer in the folder; what was in them stays collected."""
    arrivals: Mapping[Arrival, int]
    came: Mapping[str, tuple[datetime.date, str]]
    """Of suppliers that something was sent to: the day that the file came, and the file."""
    to_check: int
    """What needs a person and is not decided."""
    decisions: int
    new_decisions: int
    references: tuple[str, ...]
    """The procurements that forms count for."""
    findings: tuple[Finding, ...]
    written: tuple[str, ...]

    @property
    def needs_a_person(self) -> bool:
        """Say whether anything is left to do."""
        return bool(self.to_check or self.findings or self.arrivals.get("overdue"))


class Publication:
    """Writes what is made from a collection, and counts on the way."""

    def __init__(self, collection: Collection, decisions: Decisions, wanted: Wanted) -> None:
        self._collection, self._decisions, self._wanted = collection, decisions, wanted
        self._arrivals: dict[Arrival, int] = {}
        self._to_check = 0
        self._came: dict[str, tuple[datetime.date, str]] = {}
        self._made: Statistics | None = None

    def write(self, staging: Path, *, with_workbook: bool) -> None:
        """Write every file into `staging`. Raises OSError."""
        header = [column.name for column in ANSWERS]
        write_csv(staging / "answers.csv", header, self._answers())
        _write_lines(staging / "responses.jsonl", self._response_lines())
        _write_lines(staging / "to-check.jsonl", map(self._item_line, self._counted(self._items())))
        (staging / "statistics.json").write_text(self._statistics().model_dump_json(indent=2) + "\n", encoding="utf-8")
        self._count_arrivals()
        if self._wanted.parquet:
            self._write_parquet(staging / "parquet")
        if with_workbook:
            with tempfile.TemporaryDirectory(dir=staging) as scratch:
                write_workbook(staging / "collection.xlsx", self._tables(), self._wanted.language, Path(scratch))

    def summary(self, new_decisions: int, findings: tuple[Finding, ...], written: tuple[str, ...]) -> Summary:
        """Say what it came to, when everything is written."""
        ledger = self._collection.ledger
        return Summary(
            files=ledger.counts(),
            removed=ledger.removed(),
            arrivals=self._arrivals,
            came=self._came,
            to_check=self._to_check,
            decisions=len(self._decisions),
            new_decisions=new_decisions,
            references=tuple(ledger.references()),
            findings=findings,
            written=written,
        )

    def _answers(self) -> Iterator[tuple[Cell, ...]]:
        return answer_rows(self._collection, self._decisions, self._wanted.language)

    def _tables(self) -> Iterator[Table]:
        """Give the sheets of the workbook, in the order in which they are used."""
        collection, decisions, language = self._collection, self._decisions, self._wanted.language
        yield hand_list_table(self._items(), language)
        yield received_table(collection, self._lines(), language)
        if self._wanted.selection is not None:
            yield judgements_table(self._judgement_rows(self._wanted.selection), decisions, language)
        yield self._statistics_table()
        yield answers_table(self._answers(), language)

    def _lines(self) -> Iterator[Line]:
        now = self._wanted.now
        return compare(self._wanted.expected, self._collection.ledger, now.date(), now.tzinfo or datetime.UTC)

    def _count_arrivals(self) -> None:
        for line in self._lines():
            if line.expected is not None and line.received is not None and line.arrival is not None:
                self._came[line.expected.key] = (line.received, line.entry.file if line.entry is not None else "")
            if line.arrival is not None:
                self._arrivals[line.arrival] = self._arrivals.get(line.arrival, 0) + 1

    def _items(self) -> Iterator[HandItem]:
        return hand_items(self._collection, self._decisions, self._wanted.known)

    def _counted(self, items: Iterable[HandItem]) -> Iterator[HandItem]:
        for item in items:
            self._to_check += not item.is_settled
            yield item

    def _item_line(self, item: HandItem) -> dict[str, Any]:
        """Give an item for other programs, in the language of the run."""
        return {
            "key": item.key,
            "supplier": item.supplier,
            "org_number": item.org_number,
            "file": item.file,
            "question": item.question,
            "text": item.text,
            "typed": item.typed,
            "found": item.words(self._wanted.language),
            "codes": [note.code for note in item.found],
            "settled": item.is_settled,
            "decision": item.decision.number if item.decision is not None else None,
        }

    def _response_lines(self) -> Iterator[dict[str, Any]]:
        """Give every response that was read, whether it counts or not, with what persons have decided of it."""
        ledger = self._collection.ledger
        for entry, response, _ in self._collection.responses(e for e in ledger.entries() if e.outcome == "read"):
            told = {"file": entry.file, "standing": entry.standing, "present": entry.present, "instead": entry.instead}
            decided = decided_values(response, self._decisions)
            yield {**told, "decided": decided, "response": response.model_dump(mode="json", exclude_defaults=True)}

    def _write_parquet(self, folder: Path) -> None:
        folder.mkdir()
        answers = (
            row
            for _, response, manifest in self._collection.responses()
            for row in answer_columns(response, manifest, self._decisions)
        )
        write_parquet(folder, ANSWER_TYPES, answers, "answers")
        files = (file_columns(self._collection.record(entry)) for entry in self._collection.ledger.entries())
        write_parquet(folder, FILE_TYPES, files, "files")

    def _statistics(self) -> Statistics:
        """Give the statistics of all that counts, masked; made once."""
        if self._made is None:
            totals, years = Totals(), set[int | None]()
            for _, response, manifest in self._collection.responses():
                totals.add(response, manifest.tables, decided_values(response, self._decisions))
                years.add(manifest.year)
            year = years.pop() if len(years) == 1 else None
            wanted, date = self._wanted, self._wanted.now.date()
            self._made = tabulate(totals, date=date, year=year, masking=wanted.masking, before=wanted.before)
        return self._made

    def _statistics_table(self) -> Table:
        language = self._wanted.language
        columns = [Column(f"statistics_{at}", title, title, 24) for at, title in enumerate(heading(language))]
        return Table("Statistik", "Statistics", columns, rows(self._statistics(), language))

    def _judgement_rows(self, selection: Selection) -> Iterator[JudgementRow]:
        """Give how each supplier stands with each requirement, as the catalogue's rules see it."""
        today, start, language = self._wanted.now.date(), self._wanted.contract_start, self._wanted.language
        for entry, response, _ in self._collection.responses():
            seen = with_decisions(response, self._decisions)
            for made in assess(selection, seen, judgements(response, self._decisions), today, start):
                if made.applies:
                    outcome = outcome_word(made.observed, language) if made.observed is not None else ""
                    title = _title(selection, made.requirement, language)
                    who = (made.name or "", response.respondent.org_number or "", visible(entry.file))
                    cells = (*who, made.requirement, title, outcome, said(made.why, language))
                    about = observed(response, made.requirement)
                    yield JudgementRow(made.respondent, made.requirement, about, cells)


def _title(selection: Selection, requirement: str, language: Language) -> str:
    found = (clause.requirement.title[language] for clause in selection.clauses if clause.requirement.id == requirement)
    return next(found, "")


def _write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON Lines: an object a line, in UTF-8."""
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        for line in lines:
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
