"""Options that several commands share, and completion of ids, templates and the values of fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from procurement_equality.cli.words import say
from procurement_equality.resources import bundled

catalogue_option = click.option(
    "--catalogue", type=click.Path(path_type=Path), default=None, metavar="FOLDER", help=say("catalogue")
)
overlay_option = click.option(
    "--overlay", type=click.Path(path_type=Path), multiple=True, metavar="FOLDER", help=say("overlay")
)
json_option = click.option("--json", "as_json", is_flag=True, help=say("json"))
DAY = click.DateTime(formats=["%Y-%m-%d"])
"""A day; the value is a datetime at midnight."""

force_option = click.option("--force", is_flag=True, help=say("force"))


def complete_ids(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Complete requirement ids from the names of the bundled files: no YAML is read."""
    paths = bundled("requirements_catalog").glob("requirements/*/*.yaml")
    return [CompletionItem(i) for i in sorted(path.stem for path in paths) if i.startswith(incomplete.upper())]


def complete_templates(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Complete template names."""
    from procurement_equality.documents import templates

    return [CompletionItem(name) for name in templates.names() if name.startswith(incomplete)]


def complete_values(name: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Complete the values that a field has in the bundled catalogue."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
        from procurement_equality import Catalogue
        from procurement_equality.catalogue.search import values

        return [CompletionItem(value) for value in values(Catalogue.load(), name) if value.startswith(incomplete)]

    return complete
