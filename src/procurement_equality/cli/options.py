"""Options that several commands share, and completion of ids, templates and topics."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from procurement_equality.cli.words import say
from procurement_equality.resources import bundled

catalogue_option = click.option(
    "--catalogue", type=click.Path(path_type=Path), default=None, metavar="FOLDER", help=say("catalogue")
)
json_option = click.option("--json", "as_json", is_flag=True, help=say("json"))
force_option = click.option("--force", is_flag=True, help=say("force"))


def complete_ids(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Complete requirement ids from the names of the bundled files: no YAML is read."""
    paths = bundled("requirements_catalog").glob("requirements/*/*.yaml")
    return [CompletionItem(i) for i in sorted(path.stem for path in paths) if i.startswith(incomplete.upper())]


def complete_templates(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Complete template names."""
    names = sorted(path.name.removesuffix(".words.yaml") for path in bundled("templates").glob("*.words.yaml"))
    return [CompletionItem(n) for n in names if n != "common" and n.startswith(incomplete)]
