"""The tables of a collection: answers, what needs a person, judgements, and what was received and is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from procurement_equality.answers.assessment.judging import outcome_words
from procurement_equality.answers.collecting.collect import Collection
from procurement_equality.answers.collecting.decisions import Decision, Decisions, decision_key, who_answers
from procurement_equality.answers.collecting.hand_list import HandItem, note_words
from procurement_equality.answers.collecting.received import Line
from procurement_equality.answers.manifest import FormTable, Manifest
from procurement_equality.answers.response import Note
from procurement_equality.catalogue.text import Language
from procurement_equality.exchange.cells import Cell, Column, Table, visible

DECIDED = (
    Column("decided_value", "Beslutat värde", "Decided value", 22, for_persons=True),
    Column("decided_by", "Beslutat av (roll)", "Decided by (role)", 22, for_persons=True),
    Column("decided_on", "Datum", "Date", 12, for_persons=True),
    Column("decision_reason", "Skäl", "Reason", 40, for_persons=True),
)
"""What a person fills in about an answer."""

JUDGED = (
    Column("judged_outcome", "Bedömning", "Judgement", 18, for_persons=True),
    Column("judged_points", "Poäng", "Points", 10, for_persons=True),
    Column("judged_by", "Bedömt av (roll)", "Judged by (role)", 22, for_persons=True),
    Column("judged_on", "Datum", "Date", 12, for_persons=True),
    Column("judgement_reason", "Skäl", "Reason", 40, for_persons=True),
    Column("deadline", "Åtgärdas senast", "To be corrected by", 16, for_persons=True),
)
"""What a person fills in about whether a requirement is met."""

KEYS = (
    Column("key", "Nyckel", "Key", 18, hidden=True),
    Column("who", "Avser", "Concerns", 18, hidden=True),
    Column("about", "Om", "About", 18, hidden=True),
    Column("decision", "Beslut nr", "Decision no.", 10, hidden=True),
)
"""What a row is known again by, whatever order it is sorted in."""

ANSWERS = (
    Column("supplier", "Leverantör", "Supplier", 28),
    Column("org_number", "Organisationsnummer", "Organisation number", 16),
    Column("file", "Fil", "File", 28),
    Column("requirement", "Krav", "Requirement", 12),
    Column("requirement_title", "Kravets namn", "Title of the requirement", 36),
    Column("question", "Fråga", "Question", 22),
    Column("text", "Frågans text", "Text of the question", 50),
    Column("type", "Typ", "Type", 14),
    Column("status", "Status", "Status", 14),
    Column("typed", "Inskrivet", "As written", 40),
    Column("value", "Läst värde", "Value as read", 30),
    Column("source", "Hittat genom", "Found by", 14),
    Column("notes", "Anmärkningar", "Notes", 40),
    *(column._replace(for_persons=False) for column in DECIDED),
)

HAND_LIST = (
    *KEYS,
    Column("supplier", "Leverantör", "Supplier", 28),
    Column("org_number", "Organisationsnummer", "Organisation number", 16),
    Column("file", "Fil", "File", 28),
    Column("question", "Fråga", "Question", 22),
    Column("text", "Frågans text", "Text of the question", 50),
    Column("typed", "Inskrivet", "As written", 40),
    Column("found", "Vad som hittades", "What was found", 60),
    *DECIDED,
)

ASSESSED = (
    Column("supplier", "Leverantör", "Supplier", 28),
    Column("org_number", "Organisationsnummer", "Organisation number", 16),
    Column("file", "Fil", "File", 28),
    Column("requirement", "Krav", "Requirement", 12),
    Column("requirement_title", "Kravets namn", "Title of the requirement", 36),
    Column("observed", "Svaren visar", "The answers show", 18),
    Column("why", "Varför", "Why", 50),
)

RECEIVED = (
    Column("supplier", "Leverantör", "Supplier", 28),
    Column("org_number", "Organisationsnummer", "Organisation number", 16),
    Column("sent", "Skickat", "Sent", 12),
    Column("deadline", "Sista dag", "Last day", 12),
    Column("reminded", "Påmint", "Reminded", 12),
    Column("received", "Inkommet", "Received", 12),
    Column("arrival", "Läge", "State", 24),
    Column("file", "Fil", "File", 40),
    Column("standing", "Utfall", "Outcome", 30),
    Column("explanation", "Förklaring", "Explanation", 60),
)

WORDS: Mapping[str, tuple[str, str]] = {
    "counts": ("räknas", "counts"),
    "earlier": ("tidigare svar, räknas inte", "earlier answer, does not count"),
    "identical": ("samma innehåll som en annan fil", "same content as another file"),
    "other-procurement": ("hör till en annan upphandling", "belongs to another procurement"),
    "refused": ("kunde inte läsas", "could not be read"),
    "not-a-form": ("inget formulär", "no form"),
    "skipped": ("överhoppad", "skipped"),
    "received": ("i tid", "in time"),
    "late": ("efter sista dag", "after the last day"),
    "missing": ("har inte svarat än", "has not answered yet"),
    "overdue": ("saknas, sista dag har passerat", "missing, the last day has passed"),
    "unasked": ("inget utskick", "nothing was sent"),
    "removed": ("Filen finns inte kvar i mappen.", "The file is no longer in the folder."),
    "instead": ("Räknas i stället: {file}", "Counts instead: {file}"),
    "ok": ("läst", "read"),
    "empty": ("tomt", "empty"),
    "recovered": ("återfunnet", "recovered"),
    "outside": ("vid sidan av", "outside"),
    "suspect": ("osäkert", "suspect"),
    "invalid": ("går inte att läsa", "invalid"),
    "conflict": ("säger olika", "conflict"),
    "missing-field": ("borttaget", "removed"),
    "type yes-no": ("ja eller nej", "yes or no"),
    "type yes-no-partly": ("ja, delvis eller nej", "yes, partly or no"),
    "type text": ("text", "text"),
    "type number": ("tal", "number"),
    "type per-cent": ("procent", "per cent"),
    "type kronor": ("kronor", "kronor"),
    "type date": ("datum", "date"),
    "type attachment": ("bilaga", "attachment"),
    "type choice": ("val", "choice"),
    "type declaration": ("försäkran", "declaration"),
    "type checkbox": ("kryssruta", "checkbox"),
    "source tag": ("fältets märkning", "the field's tag"),
    "source id": ("fältets nummer", "the field's number"),
    "source alias": ("fältets namn", "the field's name"),
    "source bookmark": ("bokmärke", "bookmark"),
    "source visible-id": ("synligt id", "visible id"),
    "source json": ("JSON", "JSON"),
}
"""What codes are called in the workbook."""


class JudgementRow(NamedTuple):
    """A supplier and a requirement: the cells of `ASSESSED`, and in `observed` what a judgement is about."""

    who: str
    requirement: str
    observed: str
    cells: Sequence[Cell]


def word(code: str, language: Language, **data: str) -> str:
    """Give what a code is called."""
    return WORDS[code][0 if language == "sv" else 1].format(**data)


def answer_rows(collection: Collection, decisions: Decisions, language: Language) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each answer of the files that count, as `ANSWERS`, with codes for type, status and source."""
    for entry, response, manifest in collection.responses():
        texts = question_texts(manifest)
        who, respondent = who_answers(response), response.respondent
        head = (respondent.name, respondent.org_number, visible(entry.file))
        for answer in response.answers:
            decision = decisions.of_answer(who, answer)
            notes = " ".join(note.words(language) for note in answer.notes)
            name = answer.question
            requirement = name.partition(".")[0]
            title = manifest.requirements.get(requirement, "")
            question = (requirement, title, name, texts.get(name, ""), answer.type, answer.status)
            found = (answer.typed, answer.value, answer.source, notes)
            yield (*head, *question, *found, *_decided_value(decision))


def answers_table(rows: Iterable[tuple[Cell, ...]], language: Language) -> Table:
    """Give the rows of `answer_rows` in words, with dates as dates."""
    return Table("Svar", "Answers", ANSWERS, (_in_words(row, language) for row in rows))


def hand_list_table(items: Iterable[HandItem], language: Language) -> Table:
    """Give what needs a person, with the columns that persons fill in."""
    return Table("Att kontrollera", "To check", HAND_LIST, (_hand_row(item, language) for item in items))


def judgements_table(rows: Iterable[JudgementRow], decisions: Decisions, language: Language) -> Table:
    """Give how suppliers stand with requirements, with the columns that persons fill in."""
    judged = (JUDGED[0]._replace(choices=outcome_words(language)), *JUDGED[1:])
    return Table("Bedömning", "Assessment", (*KEYS, *ASSESSED, *judged), _judged(rows, decisions))


def received_table(collection: Collection, lines: Iterable[Line], language: Language) -> Table:
    """Give what came in and what is missing: a row for each file, and for each supplier that nothing came from."""
    rows = (_received_row(line, collection, language) for line in lines)
    return Table("Inkommet och saknat", "Received and missing", RECEIVED, rows)


def question_texts(manifest: Manifest) -> dict[str, str]:
    """Give the text of every field; of a table's cell with the table's title before it."""
    texts: dict[str, str] = {}
    for question in manifest.questions:
        if isinstance(question, FormTable):
            texts |= {field.name: f"{question.title}: {field.text}" for field in question.fields()}
        else:
            texts[question.name] = question.text
    return texts


def said(notes: Iterable[Note], language: Language) -> str:
    """Say notes after each other, with the way out where there is one."""
    return " ".join(filter(None, (note_words(note, language) for note in notes)))


def _decided_value(decision: Decision | None) -> tuple[Cell, ...]:
    if decision is None:
        return (None, None, None, None)
    return (decision.read, decision.role, _date(decision.date), decision.reason)


def _decided_as_written(decision: Decision | None) -> tuple[Cell, ...]:
    if decision is None or decision.withdrawn:
        return ("", "", "", "")
    return (decision.value, decision.role, _date(decision.date), decision.reason)


def _in_words(row: tuple[Cell, ...], language: Language) -> tuple[Cell, ...]:
    """Put words in the place of codes, and dates in the place of texts."""
    named = dict(zip((column.name for column in ANSWERS), row, strict=True))
    for column in ("value", "decided_value"):
        if named["type"] == "date" and isinstance(named[column], str):
            named[column] = _date(str(named[column]))
    status = str(named["status"])
    named["status"] = word({"missing": "missing-field"}.get(status, status), language)
    named["type"] = word(f"type {named['type']}", language)
    named["source"] = word(f"source {named['source']}", language) if named["source"] else None
    return tuple(named.values())


def _date(text: str) -> Cell:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def _hand_row(item: HandItem, language: Language) -> tuple[Cell, ...]:
    found = item.words(language)
    if item.earlier is not None:
        data = {"value": item.earlier.value, "role": item.earlier.role, "date": item.earlier.date}
        found += " " + Note(code="note.collect-earlier-decision", data=data).words(language)
    if item.decision is not None and item.decision.problem is not None:
        found = f"{found} {said((item.decision.problem,), language)}"
    key = (item.key, item.who, item.question, item.decision.number if item.decision else None)
    what = (item.supplier, item.org_number, visible(item.file), item.question, item.text, item.typed, found)
    return (*key, *what, *_decided_as_written(item.decision))


def _judged(rows: Iterable[JudgementRow], decisions: Decisions) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        key = decision_key("judgement", row.who, row.requirement, row.observed)
        decision = decisions.of(key)
        number = decision.number if decision is not None else None
        yield (key, row.who, row.requirement, number, *row.cells, *_judged_as_written(decision))


def _judged_as_written(decision: Decision | None) -> tuple[Cell, ...]:
    if decision is None or decision.withdrawn:
        return ("",) * len(JUDGED)
    judged = (decision.value, decision.points, decision.role, _date(decision.date), decision.reason)
    return (*judged, _date(decision.deadline))


def _received_row(line: Line, collection: Collection, language: Language) -> tuple[Cell, ...]:
    sent, entry = line.expected, line.entry
    arrival = word(line.arrival, language) if line.arrival else None
    name = entry.name if entry is not None and entry.name else sent.name if sent is not None else None
    org_number = sent.org_number if sent is not None else None
    dates = (sent.sent, sent.deadline, sent.reminded) if sent is not None else (None, None, None)
    if entry is None:
        return (name, org_number, *dates, None, arrival, None, None, None)
    record = collection.record(entry)
    if record.response is not None:
        org_number = record.response.respondent.org_number or org_number
    notes = [said(record.findings, language)]
    if entry.instead is not None:
        notes.append(word("instead", language, file=visible(entry.instead)))
    if not entry.present:
        notes.append(word("removed", language))
    standing = word(entry.standing, language)
    return (
        name,
        org_number,
        *dates,
        line.received,
        arrival,
        visible(entry.file),
        standing,
        " ".join(filter(None, notes)),
    )
