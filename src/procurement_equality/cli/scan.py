"""`scan`: what finished tender documents require, lack, and say that the checks object to."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from procurement_equality.catalogue.law import AuthorityType, RegimeId
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, complete_values, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.answers.scan import Context, Match, Objection, Scanned
    from procurement_equality.answers.tender_document.folder import Skipped
    from procurement_equality.answers.tender_document.paragraph import Paragraph
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.catalogue.requirement import Requirement
    from procurement_equality.findings import Finding
    from procurement_equality.procurement.selection import Selection


@dataclass(frozen=True, slots=True)
class _Result:
    """All documents together."""

    context: Context
    scanned: tuple[Scanned, ...]
    unreadable: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    wanted: tuple[Requirement, ...]
    """The requirements that documents may lack; none where the whole catalogue is only counted."""

    @property
    def held(self) -> frozenset[str]:
        """Give the ids of what the documents contain together."""
        return frozenset().union(*(each.ids for each in self.scanned))


@click.command("scan", cls=InOurLanguage, help=say("scan"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--for", "procurement", type=click.Path(path_type=Path), default=None, help=say("scanning.for"))
@click.option("--regime", type=click.Choice(get_args(RegimeId)), default=None, help=say("scanning.regime"))
@click.option(
    "--authority-type", type=click.Choice(get_args(AuthorityType)), default=None, help=say("scanning.authority_type")
)
@click.option("--sector", multiple=True, shell_complete=complete_values("sector"), help=say("scanning.sector"))
@click.option("--level", default=None, shell_complete=complete_values("level"), help=say("scanning.level"))
@overlay_option
@catalogue_option
@json_option
def command(
    paths: tuple[Path, ...],
    procurement: Path | None,
    regime: RegimeId | None,
    authority_type: AuthorityType | None,
    sector: tuple[str, ...],
    level: str | None,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    as_json: bool,
) -> int:
    """Scan every document; what cannot be read is told and does not stop the others."""
    from procurement_equality.cli.failures import write

    context, selection = _context(procurement, catalogue, overlay, regime, authority_type)
    if selection is not None and (sector or level or regime or authority_type):
        raise click.BadParameter(
            say("scanning.without_for"), param_hint="--sector, --level, --regime, --authority-type"
        )
    wanted = _of_selection(selection) if selection else _filtered(context.catalogue, regime, sector, level)
    result = _scan(paths, context, tuple(wanted))
    write(result.unreadable)
    if as_json:
        click.echo(json.dumps(_as_data(result), ensure_ascii=False, indent=2))
    else:
        for line in _told(result):
            click.echo(line)
    return _exit_code(result)


def _context(
    path: Path | None,
    catalogue: Path | None,
    overlay: tuple[Path, ...],
    regime: RegimeId | None,
    authority: AuthorityType | None,
) -> tuple[Context, Selection | None]:
    """Give what is known of the procurement: from its file, or from the options."""
    from procurement_equality import Catalogue, Procurement, select
    from procurement_equality.answers.scan import Context

    if path is None:
        return Context(Catalogue.load(catalogue, overlay), datetime.date.today(), regime, authority), None
    read = Procurement.load(path)
    selection = select(Catalogue.load(catalogue, (*read.overlay_folders, *overlay)), read)
    ids = frozenset(clause.requirement.id for clause in selection.clauses)
    return Context(selection.catalogue, read.date, selection.regime, read.authority.type, ids), selection


def _of_selection(selection: Selection) -> Iterator[Requirement]:
    return (clause.requirement for clause in selection.clauses)


def _filtered(
    catalogue: Catalogue, regime: RegimeId | None, sectors: Sequence[str], level: str | None
) -> Iterator[Requirement]:
    """Give the active requirements of the sectors and up to the level; none where neither is asked for.

    Raises `CatalogueError` for a name that the catalogue does not have.
    """
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.findings import CatalogueError, Finding

    levels: list[str] = list(catalogue.head.levels)
    for field, asked, known in (("sector", sectors, catalogue.head.sectors), ("level", filter(None, [level]), levels)):
        for name in asked:
            if name not in known:
                data = {"field": field, "name": name, "nearest": nearest(name, known)}
                raise CatalogueError([Finding("use.no-value", data=data)])
    if not sectors and level is None:
        return
    high = len(levels) if level is None else levels.index(level) + 1
    for requirement in catalogue.requirements.values():
        fits = requirement.applies
        if (
            requirement.status == "active"
            and requirement.level in levels[:high]
            and (not sectors or not fits.sectors or set(sectors) & set(fits.sectors))
            and (regime is None or not fits.regimes or regime in fits.regimes)
        ):
            yield requirement


def _scan(paths: Sequence[Path], context: Context, wanted: tuple[Requirement, ...]) -> _Result:
    from procurement_equality.answers.scan import Scanner
    from procurement_equality.answers.tender_document.folder import documents_in
    from procurement_equality.answers.tender_document.reading import read_tender_document
    from procurement_equality.findings import Finding, FormError

    documents, skipped = documents_in(paths)
    scanner, scanned, unreadable = Scanner(context), [], []
    if not documents:
        unreadable.append(Finding("file.scan-none", str(paths[0])))
    for path in documents:
        try:
            document = read_tender_document(path)
        except FormError as error:
            unreadable += error.findings
        else:
            scanned.append(scanner.scan(document))
    return _Result(context, tuple(scanned), tuple(unreadable), tuple(skipped), wanted)


def _exit_code(result: _Result) -> int:
    if result.unreadable:
        return 2
    return int(any(each.finding.severity != "information" for one in result.scanned for each in one.objections))


# --- text ------------------------------------------------------------------------------------------------------


def _told(result: _Result) -> Iterator[str]:
    for scanned in result.scanned:
        yield click.style(scanned.document.path, bold=True)
        yield from _requirements(scanned)
        yield from _objections(scanned)
        yield ""
    for skipped in result.skipped:
        yield say(f"scanning.skipped.{skipped.reason}", path=skipped.path)
    if result.scanned:
        yield from _lacking(result)
        yield say("scanning.limits")


def _requirements(scanned: Scanned) -> Iterator[str]:
    if scanned.contained:
        yield f"  {say('scanning.contains', number=len(scanned.contained))}"
    else:
        yield f"  {say('scanning.contains.none')}"
    for match in scanned.contained:
        yield _line(match)
    if scanned.near:
        yield f"  {say('scanning.near', number=len(scanned.near))}"
    for match in scanned.near:
        yield _line(match)
        for reason in _reasons(match):
            yield f"      {reason}"


def _line(match: Match) -> str:
    like = match.likeness
    others = f" ({say('scanning.or', others=', '.join(like.others))})" if like.others else ""
    title = like.requirement.title[LANGUAGE]
    return f"    {like.requirement.id}{others}  {title}  {like.likeness} %  {place(match.passage.first)}"


def _reasons(match: Match) -> Iterator[str]:
    like = match.likeness
    if like.lacks:
        yield say("scanning.missing", aspects=", ".join(say(f"scanning.aspect.{aspect}") for aspect in like.lacks))
    if like.missing:
        yield say("scanning.missing.words", words=", ".join(like.missing))


def _objections(scanned: Scanned) -> Iterator[str]:
    from procurement_equality.findings.words import describe

    for finding in scanned.document.findings:
        yield f"  {describe(finding, LANGUAGE, place=False)}"
    if not scanned.objections:
        yield f"  {say('scanning.objections.none')}"
        return
    yield f"  {say('scanning.objections', number=len(scanned.objections))}"
    for objection in scanned.objections:
        severity = say(f"scanning.severity.{objection.finding.severity}")
        yield f"    {place(objection.paragraph)}"
        yield f"      {severity}: {describe(objection.finding, LANGUAGE, place=False)}"


def _lacking(result: _Result) -> Iterator[str]:
    """List what is lacking of what is wanted, or count the catalogue by topic."""
    held = result.held
    if not result.wanted:
        topics = result.context.catalogue.head.topics
        active = (r for r in result.context.catalogue.requirements.values() if r.status == "active")
        counts = Counter(r.topic for r in active if r.id not in held)
        told = ", ".join(f"{topics[topic].title[LANGUAGE]} {number}" for topic, number in counts.items())
        yield say("scanning.topics", topics=told)
        return
    lacking = [requirement for requirement in result.wanted if requirement.id not in held]
    if not lacking:
        yield say("scanning.lacks.none", of=len(result.wanted))
        return
    yield say("scanning.lacks", number=len(lacking), of=len(result.wanted))
    for requirement in lacking:
        yield f"  {requirement.id}  {requirement.title[LANGUAGE]}"


def place(paragraph: Paragraph) -> str:
    """Say where a paragraph stands: "stycke 14 (4.2.1), under ”4.2 Personal”, tabell 2, rad 3, kolumn 1"."""
    from procurement_equality.answers.guard.refusal import shown

    own = f" ({paragraph.label})" if paragraph.label and not paragraph.level else ""
    parts = [say("scanning.place", number=paragraph.number) + own]
    if paragraph.heading:
        parts.append(say("scanning.place.heading", heading=shown(paragraph.heading)))
    if paragraph.cell is not None:
        parts.append(say("scanning.place.cell", **paragraph.cell._asdict()))
    if paragraph.part != "body":
        parts.append(say(f"scanning.place.{paragraph.part}"))
    if paragraph.is_hidden:
        parts.append(say("scanning.place.hidden"))
    return ", ".join(parts)


# --- data ------------------------------------------------------------------------------------------------------


def _as_data(result: _Result) -> dict[str, object]:
    held = result.held
    return {
        "documents": [_document(each) for each in result.scanned],
        "lacks": [{"id": r.id, "title": r.title[LANGUAGE]} for r in result.wanted if r.id not in held],
        "compared_with": len(result.wanted) or len(result.context.catalogue.requirements),
        "unreadable": list(_findings(result.unreadable)),
        "skipped": [{"path": str(each.path), "reason": each.reason} for each in result.skipped],
        "limits": say("scanning.limits"),
    }


def _document(scanned: Scanned) -> dict[str, object]:
    return {
        "path": scanned.document.path,
        "language": scanned.language,
        "paragraphs": len(scanned.document.paragraphs),
        "contains": [_match(match) for match in scanned.contained],
        "near": [_match(match) for match in scanned.near],
        "objections": [_objection(each) for each in scanned.objections],
        "notes": list(_findings(scanned.document.findings)),
    }


def _match(match: Match) -> dict[str, object]:
    like = match.likeness
    return {
        "id": like.requirement.id,
        "title": like.requirement.title[LANGUAGE],
        "or": list(like.others),
        "kind": like.kind,
        "likeness": like.likeness,
        "share": like.share,
        "lacks": list(like.lacks),
        "missing": list(like.missing),
        "text": match.passage.text,
        **_where(match.passage.first),
    }


def _objection(objection: Objection) -> dict[str, object]:
    (told,) = _findings([objection.finding])
    return {**told, **_where(objection.paragraph)}


def _where(paragraph: Paragraph) -> dict[str, object]:
    cell = paragraph.cell._asdict() if paragraph.cell is not None else None
    return {"paragraph": paragraph.number, "heading": paragraph.heading, "part": paragraph.part, "cell": cell}


def _findings(findings: Iterable[Finding]) -> Iterator[dict[str, object]]:
    from procurement_equality.findings.words import way_out, what

    for found in findings:
        yield {
            "path": found.path,
            "code": found.code,
            "severity": found.severity,
            "data": dict(found.data),
            "what": what(found, LANGUAGE),
            "way_out": way_out(found, LANGUAGE),
        }
