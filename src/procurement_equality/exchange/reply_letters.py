"""Letters to suppliers about what is missing or unclear, as Word files in a folder."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from procurement_equality.answers.follow_up import FollowUp, Respondent
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.document import Document
from procurement_equality.documents.output import check_new
from procurement_equality.documents.reply_letter import compose_reply_letters
from procurement_equality.exchange.mailing import file_stem, free_stem
from procurement_equality.findings import Finding, OutputError
from procurement_equality.procurement.supplier import Supplier

REQUEST: Mapping[Language, str] = {"sv": "begaran", "en": "request"}
"""What a letter's file name begins with."""


class Letters(NamedTuple):
    """What came of it: a file for each letter, and the suppliers that needed none."""

    written: Sequence[tuple[Respondent, Path]]
    without: Sequence[Respondent]
    unread: Sequence[str]
    """Files that could not be read, so that nobody knows whose they are."""


def write_letters(
    follow_up: FollowUp,
    folder: Path,
    language: Language,
    reply_by: datetime.date | None = None,
    *,
    force: bool = False,
) -> Letters:
    """Write a letter to each supplier that has something to clarify into a folder, which is made where it is not there.

    Nothing is written where any file is there already, unless `force`. Raises `OutputError` or `TemplateError`.
    """
    made = list(_named(compose_reply_letters(follow_up, language, reply_by), folder, language))
    if made:
        _check(folder, (path for _, _, path in made), force=force)
    for _, document, path in made:
        document.save(path, force=force)
    known = {each.file for each in follow_up.respondents}
    unclear = {item.file for item in follow_up.items}
    without = [each for each in follow_up.respondents if each.file not in unclear]
    return Letters([(who, path) for who, _, path in made], without, sorted(unclear - known))


def _named(
    letters: Iterator[tuple[Respondent, Document]], folder: Path, language: Language
) -> Iterator[tuple[Respondent, Document, Path]]:
    """Give each letter a file name of its own."""
    taken: set[str] = set()
    for respondent, document in letters:
        called = file_stem(Supplier(name=respondent.name, org_number=respondent.org_number))
        stem = free_stem(f"{REQUEST[language]}-{called}", taken)
        taken.add(stem.casefold())
        yield respondent, document, folder / f"{stem}.docx"


def _check(folder: Path, paths: Iterator[Path], *, force: bool) -> None:
    """Make the folder, and say of every file at once that it is there already. Raises `OutputError`."""
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise OutputError([Finding("output.no-folder", str(folder), data={"folder": str(folder.parent)})]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError([Finding("output.not-written", str(folder), data={"reason": reason})]) from None
    findings: list[Finding] = []
    for path in paths:
        try:
            check_new(path, force=force)
        except OutputError as error:
            findings += error.findings
    if findings:
        raise OutputError(findings)
