"""`schema`: the JSON Schema of a kind of file, for editors."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import force_option
from procurement_equality.cli.words import say


def _complete_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Complete the names of schemas."""
    from procurement_equality.exchange.schema import SCHEMAS

    return [CompletionItem(name) for name in SCHEMAS if name.startswith(incomplete)]


@click.command("schema", cls=InOurLanguage, help=say("schema"))
@click.argument("name", required=False, shell_complete=_complete_names)
@click.option(
    "--all", "folder", type=click.Path(path_type=Path), default=None, metavar="FOLDER", help=say("schema.all")
)
@force_option
def command(name: str | None, folder: Path | None, force: bool) -> int:
    """Print one schema, write all of them, or list their names."""
    from procurement_equality.exchange.schema import SCHEMAS, written

    if folder is not None:
        if name is not None:
            raise click.UsageError(say("schema.both"))
        _write_all(folder, force=force)
        click.echo(say("schema.written", number=len(SCHEMAS), folder=folder))
    elif name is None:
        width = max(map(len, SCHEMAS)) + 2
        for each in SCHEMAS:
            click.echo(f"{each:<{width}}{say(f'schema.name.{each}')}")
    else:
        _check_name(name)
        click.echo(written(name), nl=False)
    return 0


def _check_name(name: str) -> None:
    """Refuse a name that no schema has, with the nearest ones."""
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.exchange.schema import SCHEMAS
    from procurement_equality.findings import CatalogueError, Finding

    if name not in SCHEMAS:
        data = {"field": "schema", "name": name, "nearest": nearest(name, SCHEMAS)}
        raise CatalogueError([Finding("use.no-value", data=data)])


def _write_all(folder: Path, *, force: bool) -> None:
    """Write every schema; where one of the files may not be replaced, none is."""
    from procurement_equality.documents.output import check_new, write_new
    from procurement_equality.exchange.schema import SCHEMAS, written

    files = {folder / f"{name}.json": written(name).encode() for name in SCHEMAS}
    for path in files:
        check_new(path, force=force)
    for path, data in files.items():
        write_new(path, data, force=force)
