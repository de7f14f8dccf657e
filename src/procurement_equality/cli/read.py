"""`read`: one filled form as data, on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.words import LANGUAGE, say


@click.command("read", cls=InOurLanguage, help=say("read"))
@click.argument("form", type=click.Path(path_type=Path))
@click.option("--sent", type=click.Path(path_type=Path), metavar="FOLDER", help=say("read.sent"))
@click.option("--short", is_flag=True, help=say("read.short"))
def command(form: Path, sent: Path | None, short: bool) -> int:
    """Print the response as JSON, or a line for each answer; the exit code is 1 where a person must look."""
    from procurement_equality.answers.reading import read_with_manifest
    from procurement_equality.exchange.sending_log import read_manifests

    response, manifest = read_with_manifest(form, read_manifests(sent) if sent is not None else {})
    if short:
        for answer in response.answers:
            if answer.status != "empty":
                notes = " ".join(note.words(LANGUAGE) for note in answer.notes)
                click.echo("\t".join((answer.question, answer.status, " ".join(answer.typed.split()), notes)).rstrip())
        for note in response.notes:
            click.echo(f"\t{note.words(LANGUAGE)}")
    else:
        click.echo(response.model_dump_json(indent=2, exclude_defaults=True))
    left = any(answer.needs_a_person for answer in response.answers) or any(response.unanswered(manifest))
    return 1 if left or response.notes else 0
