"""A form and a letter for each supplier of a list, in a folder with the log of what was sent; and reminders."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from procurement_equality.answers.earlier import Earlier
from procurement_equality.answers.manifest import Manifest
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.addressee import Addressee
from procurement_equality.documents.compose import compose, compose_reminder
from procurement_equality.documents.document import Document
from procurement_equality.documents.output import write_new
from procurement_equality.documents.plain_text import write_text
from procurement_equality.exchange.sending_log import (
    MANIFESTS,
    Log,
    LogRow,
    read_log,
    read_manifests,
    with_reminded,
    write_log,
)
from procurement_equality.findings import Finding, OutputError, SupplierListError, TemplateError
from procurement_equality.procurement.selection import Selection
from procurement_equality.procurement.supplier import Supplier

LETTER: Mapping[Language, str] = {"sv": "missiv", "en": "letter"}
REMINDER: Mapping[Language, str] = {"sv": "paminnelse", "en": "reminder"}

_LONGEST_NAME = 60
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be written: a form of this template, and what it says to all suppliers."""

    selection: Selection
    template: str | Path
    language: Language
    year: int | None = None
    reply_by: datetime.date | None = None
    contact: str | None = None
    """The buyer's function that answers questions, with e-mail or telephone."""
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    """The suppliers' earlier responses, by their key."""
    protected: bool = True
    force: bool = False
    """Write forms anew that are there, even if someone may have edited them."""

    @property
    def deadline(self) -> datetime.date | None:
        """Give the last day: the one that was asked for, else the procurement's for a form that comes with a tender."""
        return self.reply_by or (self.selection.procurement.reply_by if self.year is None else None)

    def addressee(self, supplier: Supplier) -> Addressee:
        """Give what a form to a supplier is made with."""
        return Addressee(supplier, self.earlier.get(supplier.key), self.deadline, self.contact)


class Mailing(NamedTuple):
    """What came of it: rows of the log for forms that were written, and for those that were there already."""

    written: Sequence[LogRow]
    kept: Sequence[LogRow]
    findings: Sequence[Finding]


def write_forms(
    order: Order, suppliers: Iterable[Supplier], folder: Path, progress: Callable[[], None] = lambda: None
) -> Mailing:
    """Write a form and a letter for each supplier into a folder, which is made where it is not there.

    What is there already stays, and so do the dates of the log. Raises `SupplierListError` where the folder holds forms
    of something else or its log cannot be read, `TemplateError`, and `OutputError`; what was written by then is logged.
    """
    _make(folder)
    log = dict(read_log(folder))
    findings = list(_other_forms(order, log, folder))
    written, kept = [], []
    try:
        for supplier in suppliers:
            row = log.get(supplier.key)
            if row is not None and not order.force and (folder / row.file).is_file():
                kept.append(row)
            else:
                made = _write_form(order, supplier, row, folder, _taken(log))
                if isinstance(made, Finding):
                    findings.append(made)
                else:
                    log[supplier.key] = made
                    written.append(made)
                    findings += _remade(row, folder)
            progress()
    finally:
        if written:
            write_log(folder, log)
    return Mailing(written, kept, findings)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        (folder / MANIFESTS).mkdir(exist_ok=True)
    except FileNotFoundError:
        raise OutputError([Finding("output.no-folder", str(folder), data={"folder": str(folder.parent)})]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError([Finding("output.not-written", str(folder), data={"reason": reason})]) from None


def _other_forms(order: Order, log: Log, folder: Path) -> Iterable[Finding]:
    """Refuse a folder with forms of another kind, year or procurement; warn of those of an earlier selection."""
    manifests = read_manifests(folder)
    used = {digest: manifests[digest] for row in log.values() if (digest := row.manifest) in manifests}
    asked = (Path(order.template).stem, order.year, order.selection.procurement.reference)
    for manifest in used.values():
        if (manifest.kind, manifest.year, manifest.reference) != asked:
            data = {"kind": manifest.kind, "year": str(manifest.year or "–"), "reference": manifest.reference}
            raise SupplierListError([Finding("send.other-forms", str(folder), data=data)])
    if any(manifest.selection_digest != order.selection.digest for manifest in used.values()) and not order.force:
        yield Finding("send.earlier-selection", str(folder)).as_warning()


def _remade(row: LogRow | None, folder: Path) -> Iterable[Finding]:
    if row is not None and row.sent is not None:
        data = {"date": row.sent.isoformat()}
        yield Finding("send.remade", str(folder / row.file), data=data).as_warning()


def _taken(log: Log) -> frozenset[str]:
    return frozenset(Path(row.file).stem.casefold() for row in log.values())


def _write_form(
    order: Order, supplier: Supplier, row: LogRow | None, folder: Path, taken: frozenset[str]
) -> LogRow | Finding:
    """Write form, letter and manifest. Gives the row, or why nothing was written: someone else's file has the name."""
    addressee = order.addressee(supplier)
    form = compose(
        order.selection,
        order.template,
        order.language,
        protected=order.protected,
        year=order.year,
        addressee=addressee,
    )
    if form.manifest is None:
        raise TemplateError([Finding("use.not-a-form", data={"template": form.kind})])
    stem = Path(row.file).stem if row is not None else free_stem(file_stem(supplier), taken)
    path, data = folder / f"{stem}.docx", form.to_docx()
    if not order.force and path.exists() and _content(path) != data:
        return Finding("send.not-in-log", str(path))
    _write_beside(order, form.manifest, addressee, folder, stem)
    write_new(path, data, force=True)
    return _row(supplier, row, path.name, form, order.deadline)


def _write_beside(order: Order, manifest: Manifest, addressee: Addressee, folder: Path, stem: str) -> None:
    """Write the manifest and the letter; a letter that is there stays unless everything is written anew."""
    beside = folder / MANIFESTS / f"{manifest.digest}.json"
    write_new(beside, manifest.model_dump_json(exclude_defaults=True).encode(), force=True)
    path = folder / f"{LETTER[order.language]}-{stem}.txt"
    if order.force or not path.exists():
        letter = compose(order.selection, "covering-letter", order.language, year=order.year, addressee=addressee)
        write_new(path, write_text(letter).encode(), force=order.force)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _row(supplier: Supplier, row: LogRow | None, file: str, form: Document, deadline: datetime.date | None) -> LogRow:
    made = {
        "organisation_number": supplier.org_number or "",
        "name": supplier.name,
        "file": file,
        "form": form.properties["form"],
        "manifest": form.manifest.digest if form.manifest is not None else "",
        "deadline": deadline,
    }
    return row.model_copy(update=made) if row is not None else LogRow.model_validate(made)


def file_stem(supplier: Supplier) -> str:
    """Give a name for a supplier's files that every system can hold: `Omsorg-Alfa-AB_556016-0680`."""
    name = _slug(supplier.name)[:_LONGEST_NAME].strip("-") or "form"
    if supplier.org_number is not None:
        return f"{name}_{_slug(supplier.org_number)}"
    return f"{name}-1" if _RESERVED.fullmatch(name) else name


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text)).strip("-")


def free_stem(stem: str, taken: Container[str]) -> str:
    """Give the name, with a number where `taken`, in lower case, has it."""
    free, number = stem, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem}-{number}"
    return free


class Reminders(NamedTuple):
    """The suppliers that are late: those that a reminder was written for, with its file, and those without."""

    written: Mapping[str, Path]
    log: Log
    findings: Sequence[Finding]


def write_reminders(folder: Path, today: datetime.date, reply_by: datetime.date | None = None) -> Reminders:
    """Write a reminder for each form that was sent, is due and has not come in, and note the day in the log.

    Once a day: who has been reminded today is not reminded again. Raises `SupplierListError`, `TemplateError` or
    `OutputError`.
    """
    log, manifests = read_log(folder), read_manifests(folder)
    written: dict[str, Path] = {}
    findings = list(_cannot_tell(log, folder, today))
    for key, row in log.items():
        manifest = manifests.get(row.manifest)
        if not row.is_late(today) or today in row.reminded:
            continue
        if manifest is None or row.sent is None or row.deadline is None:
            findings.append(Finding("send.no-manifest", str(folder), data={"name": row.name}))
            continue
        letter = compose_reminder(manifest, row.name, row.sent, row.deadline, reply_by)
        path = folder / f"{REMINDER[manifest.language]}-{Path(row.file).stem}-{today}.txt"
        write_new(path, write_text(letter).encode(), force=True)
        written[key] = path
    after = with_reminded(log, written, today, reply_by)
    if written:
        write_log(folder, after)
    return Reminders(written, after, findings)


def _cannot_tell(log: Log, folder: Path, today: datetime.date) -> Iterable[Finding]:
    """Warn of forms that are not noted as sent, or that have no last day: nobody can say that they are late."""
    for row in log.values():
        if row.received is not None:
            continue
        if row.sent is not None and row.deadline is None:
            yield Finding("send.no-deadline", str(folder / row.file), data={"name": row.name}).as_warning()
        elif row.sent is None and row.deadline is not None and row.deadline < today:
            yield Finding("send.not-sent", str(folder / row.file), data={"name": row.name}).as_warning()


def check_folder(folder: Path) -> None:
    """Say whether there is a log in the folder. Raises `OutputError`."""
    if not folder.is_dir():
        raise OutputError([Finding("file.missing", str(folder))])
    if not read_log(folder):
        raise OutputError([Finding("file.no-log", str(folder))])
