"""`report`: a document made of what suppliers have sent back: the follow-up report, or the evaluation record."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import DAY, catalogue_option, force_option, overlay_option
from procurement_equality.cli.words import say


@click.command("report", cls=InOurLanguage, help=say("report"))
@click.argument("template", type=click.Choice(["follow-up-report", "evaluation-record"]))
@click.argument("result", type=click.Path(path_type=Path))
@click.argument("procurement", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=say("render.output"))
@click.option("--sent", type=click.Path(path_type=Path), metavar="FOLDER", help=say("collecting.sent"))
@click.option("--before", type=click.Path(path_type=Path), metavar="FOLDER", help=say("collecting.before"))
@click.option("--contract-start", type=DAY, help=say("collecting.contract-start"))
@click.option("--mask", type=click.IntRange(2, 100), default=5, show_default=True, help=say("collecting.mask"))
@click.option("--language", type=click.Choice(["sv", "en"]), default=None, help=say("render.language"))
@overlay_option
@catalogue_option
@force_option
def command(
    template: str,
    result: Path,
    procurement: Path,
    output: Path,
    sent: Path | None,
    before: Path | None,
    contract_start: datetime.datetime | None,
    mask: int,
    language: Language | None,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    force: bool,
) -> int:
    """Gather what is collected, compose, save; nothing new is read."""
    from procurement_equality import Catalogue, Procurement, select
    from procurement_equality.answers.statistics.suppression import Masking
    from procurement_equality.documents.output import check_new
    from procurement_equality.exchange.results import gathered, read_statistics
    from procurement_equality.exchange.sending_log import expected, read_log

    check_new(output, force=force)
    read = Procurement.load(procurement)
    selection = select(Catalogue.load(catalogue, (*read.overlay_folders, *overlay)), read)
    follow_up = gathered(
        result,
        selection,
        now=datetime.datetime.now().astimezone(),
        expected=expected(read_log(sent)) if sent is not None else None,
        masking=Masking(threshold=mask),
        before=read_statistics(before) if before is not None else None,
        contract_start=contract_start.date() if contract_start is not None else None,
    )
    if template == "evaluation-record":
        from procurement_equality.documents.evaluation_record import compose_evaluation_record as compose
    else:
        from procurement_equality.documents.report import compose_report as compose
    document = compose(follow_up, language or read.languages[0])
    document.save(output, force=force)
    told = {"path": output, "suppliers": len(follow_up.respondents), "open": len(follow_up.items)}
    click.echo(say("report.done", **told))
    return 0
