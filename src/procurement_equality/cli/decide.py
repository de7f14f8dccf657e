"""`decide`: a person's decision about an answer or a judgement, without the workbook."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.words import say

if TYPE_CHECKING:
    from procurement_equality.answers.collecting.decisions import Subject


@click.command("decide", cls=InOurLanguage, help=say("decide"))
@click.argument("result", type=click.Path(path_type=Path))
@click.option("--supplier", required=True, help=say("decide.supplier"))
@click.option("--question", help=say("decide.question"))
@click.option("--requirement", help=say("decide.requirement"))
@click.option("--value", default="", help=say("decide.value"))
@click.option("--points", default="", help=say("decide.points"))
@click.option("--deadline", default="", help=say("decide.deadline"))
@click.option("--by", "role", default="", metavar="ROLE", help=say("decide.by"))
@click.option("--date", default="", help=say("decide.date"))
@click.option("--reason", default="", help=say("decide.reason"))
@click.option("--withdraw", is_flag=True, help=say("decide.withdraw"))
def command(
    result: Path,
    supplier: str,
    question: str | None,
    requirement: str | None,
    value: str,
    points: str,
    deadline: str,
    role: str,
    date: str,
    reason: str,
    withdraw: bool,
) -> int:
    """Record the decision, and say where."""
    from procurement_equality.exchange.deciding import decide

    said = {"value": value, "points": points, "deadline": deadline, "role": role, "date": date, "reason": reason}
    now = datetime.datetime.now().astimezone()
    decision = decide(result, supplier, _about(question, requirement), {} if withdraw else said, now)
    if decision is None:
        click.echo(say("decide.same"))
    else:
        click.echo(say("decide.done", number=decision.number, path=result / "decisions.jsonl"))
    return 0


def _about(question: str | None, requirement: str | None) -> tuple[Subject, str]:
    """Say what is decided about; one of the two must be given."""
    if question is not None and requirement is None:
        return "answer", question
    if requirement is not None and question is None:
        return "judgement", requirement
    raise click.UsageError(say("decide.one"))
