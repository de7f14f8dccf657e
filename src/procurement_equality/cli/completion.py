"""`completion`: print the script that makes a shell complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.words import say


@click.command("completion", cls=InOurLanguage, help=say("completion"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script; the shell sources it."""
    from procurement_equality.cli import cli

    made = get_completion_class(shell)
    assert made is not None, "the choice above names click's own shells"  # noqa: S101
    click.echo(made(cli, {}, "procurement-equality", "_PROCUREMENT_EQUALITY_COMPLETE").source())
