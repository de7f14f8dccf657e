"""`snapshot`: save a catalogue's requirements as a version that can be compared with later."""

from __future__ import annotations

from pathlib import Path

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import force_option
from procurement_equality.cli.words import say


@click.command("snapshot", cls=InOurLanguage, help=say("snapshot"))
@click.argument("what", metavar="FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=say("snapshot.output"))
@force_option
def command(what: str, output: Path, force: bool) -> int:
    """Read a folder or a git revision of one, and write it as JSON."""
    from procurement_equality.catalogue.snapshot import take, to_json
    from procurement_equality.documents.output import write_new

    taken = take(what)
    write_new(output, to_json(taken).encode(), force=force)
    done = {"path": output, "id": taken.id, "version": taken.version, "number": len(taken.requirements)}
    click.echo(say("snapshot.done", **done))
    return 0
