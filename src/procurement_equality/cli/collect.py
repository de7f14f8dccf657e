"""`collect`: forms that came back become a workbook, and data for other programs."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.answers.manifest import Manifest
    from procurement_equality.exchange.publication import Summary
    from procurement_equality.procurement.selection import Selection


@click.command("collect", cls=InOurLanguage, help=say("collect"))
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help=say("collecting.into"))
@click.option("--procurement", type=click.Path(path_type=Path), metavar="FILE", help=say("collecting.procurement"))
@click.option("--sent", type=click.Path(path_type=Path), metavar="FOLDER", help=say("collecting.sent"))
@click.option("--before", type=click.Path(path_type=Path), metavar="FOLDER", help=say("collecting.before"))
@click.option("--contract-start", type=click.DateTime(["%Y-%m-%d"]), help=say("collecting.contract-start"))
@click.option("--mask", type=click.IntRange(2, 100), default=5, show_default=True, help=say("collecting.mask"))
@click.option("--jobs", type=click.IntRange(1, 256), help=say("collecting.jobs"))
@click.option("--parquet", is_flag=True, help=say("collecting.parquet"))
@click.option("--language", type=click.Choice(["sv", "en"]), help=say("collecting.language"))
@click.option("--force", is_flag=True, help=say("collecting.force"))
@overlay_option
@catalogue_option
@json_option
def command(
    source: Path,
    into: Path,
    procurement: Path | None,
    sent: Path | None,
    before: Path | None,
    contract_start: datetime.datetime | None,
    mask: int,
    jobs: int | None,
    parquet: bool,
    language: Language | None,
    force: bool,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    as_json: bool,
) -> int:
    """Collect and tell; the exit code is 1 where something needs a person."""
    from procurement_equality.answers.collecting.known_forms import KnownForms
    from procurement_equality.answers.statistics.suppression import Masking
    from procurement_equality.cli.failures import write
    from procurement_equality.exchange.mailing import check_folder
    from procurement_equality.exchange.publication import Wanted
    from procurement_equality.exchange.results import collect_into, read_statistics
    from procurement_equality.exchange.sending_log import expected, mark_received, read_log, read_manifests

    if sent is not None:
        check_folder(sent)
    selection = _selection(procurement, catalogue, overlay) if procurement is not None else None
    manifests = {**_manifests(selection), **(read_manifests(sent) if sent is not None else {})}
    wanted = Wanted(
        now=datetime.datetime.now().astimezone(),
        language=language or LANGUAGE,
        selection=selection,
        expected=expected(read_log(sent)) if sent is not None else None,
        masking=Masking(threshold=mask),
        before=read_statistics(before) if before is not None else None,
        contract_start=contract_start.date() if contract_start is not None else None,
        known=KnownForms(manifests.values()),
        parquet=parquet,
        force=force,
    )
    try:
        with _bar(source, into) as progress:
            summary = collect_into(source, into, wanted, manifests=manifests, jobs=jobs, progress=progress)
    except KeyboardInterrupt:
        click.echo(say("collecting.interrupted", path=into), err=True)
        return 2
    if sent is not None:
        mark_received(sent, summary.came)
    write(summary.findings)
    click.echo(
        json.dumps(_as_data(summary), ensure_ascii=False, indent=2) if as_json else "\n".join(_told(summary, into))
    )
    return 1 if summary.needs_a_person else 0


def _selection(path: Path, catalogue: Path | None, overlay: tuple[Path, ...]) -> Selection:
    from procurement_equality import Catalogue, Procurement, select

    read = Procurement.load(path)
    return select(Catalogue.load(catalogue, (*read.overlay_folders, *overlay)), read)


def _manifests(selection: Selection | None) -> dict[str, Manifest]:
    """Give what the procurement's own forms ask, for those that come back without it or with something else.

    The yearly form is of no particular year: what it asks is the same, but for the words.
    """
    if selection is None:
        return {}
    from procurement_equality.documents.compose import compose

    year = selection.procurement.date.year + 1
    kinds = (("self-assessment", None), ("annual-follow-up", year))
    languages = selection.procurement.languages
    made = (compose(selection, kind, each, year=of).manifest for each in languages for kind, of in kinds)
    return {manifest.digest: manifest for manifest in made if manifest is not None}


@contextmanager
def _bar(source: Path, into: Path) -> Iterator[Callable[[], None]]:
    """Show how far it has come, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from procurement_equality.answers.collecting.inbox import items

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("collecting.reading"), total=sum(1 for _ in items(source, into)))
        yield lambda: bar.advance(task)


def _told(summary: Summary, into: Path) -> Iterator[str]:
    """Tell what it came to: every file is in one of the lines."""
    from procurement_equality.exchange.collection_tables import word

    yield say("collecting.files", number=sum(summary.files.values()))
    for standing, number in summary.files.items():
        yield f"{number:>7}  {word(standing, LANGUAGE)}"
    if summary.removed:
        yield say("collecting.removed", number=summary.removed)
    for arrival, number in summary.arrivals.items():
        yield f"{number:>7}  {word(arrival, LANGUAGE)}"
    if len(summary.references) > 1:
        yield say("collecting.references", references=", ".join(summary.references[:10]))
    if summary.decisions or summary.new_decisions:
        yield say("collecting.decisions", number=summary.decisions, new=summary.new_decisions)
    done = "collecting.to-check" if summary.to_check else "collecting.nothing"
    yield say(done, number=summary.to_check, path=into / "collection.xlsx")


def _as_data(summary: Summary) -> dict[str, object]:
    from dataclasses import asdict, replace

    return {**asdict(replace(summary, came={})), "needs_a_person": summary.needs_a_person}
