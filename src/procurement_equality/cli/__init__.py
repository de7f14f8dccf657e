"""The command line: each command is one library call. Modules are imported when their command runs."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from procurement_equality.cli.words import LANGUAGE, VARIABLE, say

_COMMANDS = {
    "new": "new",
    "list": "list_requirements",
    "show": "show",
    "validate": "validate",
    "check": "check",
    "scan": "scan",
    "explain": "explain",
    "why": "why",
    "schema": "schema",
    "render": "render",
    "sent": "sent",
    "remind": "remind",
    "read": "read",
    "collect": "collect",
    "decide": "decide",
    "letters": "letters",
    "report": "report",
    "checklist": "checklist",
    "burden": "burden",
    "diff": "diff",
    "snapshot": "snapshot",
    "completion": "completion",
}
"""Commands in the order of use, and the module that each lives in."""


class InOurLanguage(click.Command):
    """A command whose help speaks the language of this run, headings and all."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help` with our own words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("help")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), f"{say('usage')} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options."""
        rows = [row for parameter in self.get_params(ctx) if (row := parameter.get_help_record(ctx)) is not None]
        with formatter.section(say("options")):
            formatter.write_dl(rows)


class _Commands(InOurLanguage, click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"procurement_equality.cli.{_COMMANDS[cmd_name]}").command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands with the first sentence of their help, without importing any."""
        with formatter.section(say("commands")):
            formatter.write_dl([(name, say(name).partition(". ")[0].rstrip(".")) for name in _COMMANDS])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the commands."""
        InOurLanguage.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def _version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's signature
    if value and not ctx.resilient_parsing:
        from procurement_equality import __version__

        click.echo(f"procurement-equality {__version__}")
        ctx.exit()


@click.command(cls=_Commands, help=say("group"), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["sv", "en"]), default=LANGUAGE, show_default=False, help=say("lang"))
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help=say("version"))
def cli(lang: str) -> None:
    """Run the command line; the help text is set above, in the right language."""


def main() -> None:
    """Run the command line and leave with 0 (fine), 1 (findings) or 2 (wrong use, unreadable input)."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins costs more than listing
    try:
        code = cli.main(prog_name="procurement-equality", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        code = 2
    except click.ClickException as error:
        from procurement_equality.cli.failures import usage

        code = usage(error)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("interrupted"), err=True)
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        from procurement_equality.cli.failures import report

        code = report(error)
    sys.exit(code if isinstance(code, int) else 0)


__all__ = ["VARIABLE", "cli", "main"]
