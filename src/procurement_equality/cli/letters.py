"""`letters`: a letter to each supplier whose form has something that is missing or unclear."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import DAY, catalogue_option, force_option, overlay_option
from procurement_equality.cli.words import say


@click.command("letters", cls=InOurLanguage, help=say("letters"))
@click.argument("result", type=click.Path(path_type=Path))
@click.argument("procurement", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help=say("letters.to")
)
@click.option("--reply-by", type=DAY, default=None, metavar="YYYY-MM-DD", help=say("letters.reply_by"))
@click.option("--language", type=click.Choice(["sv", "en"]), default=None, help=say("render.language"))
@overlay_option
@catalogue_option
@force_option
def command(
    result: Path,
    procurement: Path,
    output: Path,
    reply_by: datetime.datetime | None,
    language: Language | None,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    force: bool,
) -> int:
    """Write the letters; then say to whom, and who needs none. Nothing new is read."""
    from procurement_equality import Catalogue, Procurement, select
    from procurement_equality.exchange.reply_letters import write_letters
    from procurement_equality.exchange.results import gathered

    now = datetime.datetime.now().astimezone()
    last = reply_by.date() if reply_by is not None else None
    if last is not None and last < now.date():
        raise click.BadParameter(say("letters.past"), param_hint="--reply-by")
    read = Procurement.load(procurement)
    selection = select(Catalogue.load(catalogue, (*read.overlay_folders, *overlay)), read)
    follow_up = gathered(result, selection, now=now)
    letters = write_letters(follow_up, output, language or read.languages[0], last, force=force)
    for _, path in letters.written:
        click.echo(path)
    click.echo(say("letters.written", number=len(letters.written), folder=output))
    if letters.without:
        names = ", ".join(each.name for each in letters.without)
        click.echo(say("letters.without", number=len(letters.without), names=names))
    if letters.unread:
        click.echo(say("letters.unread", number=len(letters.unread), files=", ".join(letters.unread)))
    if letters.written:
        click.echo(say("letters.next"))
    return 0
