"""`new`: write a commented procurement file to start from."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any, get_args

import click

from procurement_equality.catalogue.law import AuthorityType, ProcurementAct
from procurement_equality.catalogue.requirement import Level
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import force_option
from procurement_equality.cli.words import LANGUAGE, say

_ASKED: tuple[tuple[str, str, Any, Any], ...] = (
    ("title", "new.title", str, None),
    ("reference", "new.reference", str, None),
    ("authority", "new.authority", str, None),
    ("authority_type", "new.type", click.Choice(get_args(AuthorityType)), "municipality"),
    ("act", "new.act", click.Choice(get_args(ProcurementAct)), "LOU"),
    ("object", "new.object", str, None),
    ("cpv", "new.cpv", str, None),
    ("value", "new.value", click.IntRange(1), None),
    ("months", "new.months", click.IntRange(1, 240), 48),
    ("sector", "new.sector", str, None),
    ("level", "new.level", click.Choice(get_args(Level)), "basic"),
)
"""What is asked for, in order: option, words, type and default."""


@click.command("new", cls=InOurLanguage, help=say("new"))
@click.argument("output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--title", help=say("new.title"))
@click.option("--reference", help=say("new.reference"))
@click.option("--authority", help=say("new.authority"))
@click.option("--authority-type", type=click.Choice(get_args(AuthorityType)), help=say("new.type"))
@click.option("--act", type=click.Choice(get_args(ProcurementAct)), help=say("new.act"))
@click.option("--object", help=say("new.object"))
@click.option("--cpv", multiple=True, help=say("new.cpv"))
@click.option("--value", type=click.IntRange(1), help=say("new.value"))
@click.option("--months", type=click.IntRange(1, 240), help=say("new.months"))
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help=say("new.date"))
@click.option("--sector", multiple=True, help=say("new.sector"))
@click.option("--level", type=click.Choice(get_args(Level)), help=say("new.level"))
@click.option("--direct-award", is_flag=True, help=say("new.direct"))
@force_option
def command(output: Path, force: bool, date: datetime.datetime | None, **given: Any) -> int:  # noqa: ANN401 - click's signature
    """Ask for what is missing, check the file as a whole, then write it."""
    from procurement_equality import Catalogue
    from procurement_equality.documents.output import check_new, write_new
    from procurement_equality.findings import ProcurementError
    from procurement_equality.procurement.draft import draft
    from procurement_equality.procurement.validation import check_text

    check_new(output, force=force)
    sectors = ", ".join(Catalogue.load().head.sectors)
    facts = {
        **_asked(given, sectors),
        "date": (date or datetime.datetime.now()).date(),
        "direct_award": given["direct_award"],
    }
    text = draft(facts, LANGUAGE, sectors)
    problems = [finding for finding in check_text(text, str(output)) if finding.severity == "error"]
    if any(not finding.code.startswith("law.threshold") for finding in problems):
        raise ProcurementError(problems)
    write_new(output, text.encode(), force=force)
    click.echo(say("new.written", path=output))
    click.echo(f"  procurement-equality list --for {output}")
    click.echo(f"  procurement-equality render tender-section {output} -o {output.with_suffix('.docx')}")
    if problems:
        raise ProcurementError(problems)
    return 0


def _asked(given: dict[str, Any], sectors: str) -> dict[str, Any]:
    """Ask on a terminal for what no option gave; elsewhere, what is missing and has no default is wrong use."""
    facts: dict[str, Any] = {}
    for name, words, kind, default in _ASKED:
        value = given[name]
        if value is None or value == ():
            if sys.stdin.isatty():
                choices = f" ({sectors})" if name == "sector" else ""
                value = click.prompt(say(words) + choices, type=kind, default=default)
            elif default is not None:
                value = default
            else:
                raise click.MissingParameter(param_hint=f"--{name}", param=click.Option([f"--{name}"]))
        facts[name] = value
    for name in ("cpv", "sector"):
        if isinstance(facts[name], str):
            facts[name] = tuple(part for part in facts[name].replace(",", " ").split() if part)
    return facts
