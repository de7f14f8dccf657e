"""What goes wrong, as sentences on standard error, and the exit code that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from procurement_equality.cli.words import LANGUAGE
from procurement_equality.findings import Finding, ProcurementEqualityError, describe


def exit_code(findings: Iterable[Finding]) -> int:
    """Give 2 where input or output could not be used at all, 1 for other findings, 0 for none."""
    listed = list(findings)
    return 2 if any(finding.unreadable for finding in listed) else 1 if listed else 0


def write(findings: Sequence[Finding]) -> None:
    """Write findings to standard error, one a line."""
    for finding in findings:
        place = click.style(f"{finding.place}: ", bold=True) if finding.place else ""
        click.echo(place + describe(finding, LANGUAGE, place=False), err=True)


def report(error: Exception) -> int:
    """Write what an error says. Errors that are not ours are told as one, with what to do about them."""
    if isinstance(error, ProcurementEqualityError):
        write(error.findings)
        return exit_code(error.findings)
    kind = f"{type(error).__name__}: {error}"
    write([Finding("use.unexpected", data={"problem": kind[:300]})])
    return 2


def usage(error: click.ClickException) -> int:
    """Write what was wrong with the command line itself."""
    write([_usage_finding(error)])
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    return 2


def _usage_finding(error: click.ClickException) -> Finding:
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ()) or "--help"
        return Finding("use.no-such-option", data={"option": error.option_name, "nearest": near})
    if isinstance(error, click.MissingParameter):
        return Finding("use.missing", data={"name": _name(error)})
    if isinstance(error, click.BadParameter):
        return Finding("use.bad-value", data={"name": _name(error), "problem": error.message})
    return Finding("use.wrong", data={"problem": error.format_message()})


def _name(error: click.BadParameter) -> str:
    return error.param.human_readable_name if error.param is not None else "?"
