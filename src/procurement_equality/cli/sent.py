"""`sent`: note that forms have been sent."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import DAY
from procurement_equality.cli.words import say


@click.command("sent", cls=InOurLanguage, help=say("sent"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--supplier", multiple=True, metavar="NUMBER", help=say("sent.supplier"))
@click.option("--date", type=DAY, default=None, metavar="YYYY-MM-DD", help=say("sent.date"))
def command(folder: Path, supplier: tuple[str, ...], date: datetime.datetime | None) -> int:
    """Note the day for the forms that are named, or for all that have none."""
    from procurement_equality.cli.choosing import choose
    from procurement_equality.exchange.mailing import check_folder
    from procurement_equality.exchange.sending_log import LOG, read_log, with_sent, write_log

    check_folder(folder)
    log = read_log(folder)
    keys = choose(supplier, {key: row.name for key, row in log.items()}, folder / LOG)
    day = date.date() if date is not None else datetime.date.today()
    after = with_sent(log, keys, day)
    write_log(folder, after)
    for key in keys if supplier else ():
        if (before := log[key].sent) is not None:
            click.echo(say("sent.before", name=log[key].name, date=before))
    number = sum(row != log[key] for key, row in after.items())
    click.echo(say("sent.done", number=number, date=day))
    return 0
