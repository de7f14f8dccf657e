"""`remind`: list the suppliers that are late, and write a reminder to each."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import DAY
from procurement_equality.cli.words import say


@click.command("remind", cls=InOurLanguage, help=say("remind"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--date", type=DAY, default=None, metavar="YYYY-MM-DD", help=say("sent.date"))
@click.option("--reply-by", type=DAY, default=None, metavar="YYYY-MM-DD", help=say("remind.reply_by"))
@click.option("--list", "only_list", is_flag=True, help=say("remind.list"))
def command(folder: Path, date: datetime.datetime | None, reply_by: datetime.datetime | None, only_list: bool) -> int:
    """List who is late; unless only that was asked for, write the reminders and note the day."""
    from procurement_equality.cli.failures import exit_code, write
    from procurement_equality.exchange.mailing import check_folder, write_reminders
    from procurement_equality.exchange.sending_log import read_log

    check_folder(folder)
    day = date.date() if date is not None else datetime.date.today()
    late = [row for row in read_log(folder).values() if row.is_late(day)]
    written = 0
    code = 0
    if not only_list:
        reminders = write_reminders(folder, day, reply_by.date() if reply_by is not None else None)
        write(reminders.findings)
        written = len(reminders.written)
        code = exit_code(finding for finding in reminders.findings if finding.severity == "error")
    for row in late:
        click.echo(say("remind.late", name=row.name, deadline=row.deadline, file=row.file))
    click.echo(say("remind.count", late=len(late), written=written))
    return code
