"""`render`: write a document for a procurement."""

from __future__ import annotations

from pathlib import Path

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, complete_templates, force_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say


@click.command("render", cls=InOurLanguage, help=say("render"))
@click.argument("template", shell_complete=complete_templates)
@click.argument("procurement", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=say("render.output"))
@click.option("--language", type=click.Choice(["sv", "en"]), default=None, help=say("render.language"))
@click.option("--unprotected", is_flag=True, help=say("render.unprotected"))
@overlay_option
@catalogue_option
@force_option
def command(
    template: str,
    procurement: Path,
    output: Path,
    language: Language | None,
    unprotected: bool,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    force: bool,
) -> int:
    """Select, compose, save; then say what was written and what was left out."""
    from procurement_equality import Catalogue, Procurement, compose, select
    from procurement_equality.cli.failures import write

    read = Procurement.load(procurement)
    selection = select(Catalogue.load(catalogue, (*read.overlay_folders, *overlay)), read)
    document = compose(selection, template, language, protected=not unprotected)
    digest = document.save(output, force=force)
    write(selection.findings)
    done = {"path": output, "inside": len(selection.clauses), "outside": len(selection.omissions)}
    click.echo(say("render.done", **done, regime=selection.rules.name[LANGUAGE], digest=digest))
    return 0
