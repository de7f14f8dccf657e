"""`diff`: what changed between two versions of a catalogue, and what it means for those who already comply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import force_option, json_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.comparison import Comparison, FieldChange, RequirementChange


@click.command("diff", cls=InOurLanguage, help=say("diff"))
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=None, help=say("render.output"))
@click.option("--language", type=click.Choice(["sv", "en"]), default=None, help=say("diff.language"))
@force_option
@json_option
def command(old: str, new: str, output: Path | None, language: Language | None, force: bool, as_json: bool) -> int:
    """Compare and tell; the exit code is 1 where a declaration is missing or too low, or an id has gone."""
    from procurement_equality.catalogue.comparison import compare
    from procurement_equality.catalogue.snapshot import take
    from procurement_equality.cli.failures import exit_code, write

    comparison = compare(take(old), take(new))
    if output is not None:
        from procurement_equality.documents.compose import compose_comparison

        compose_comparison(comparison, language or LANGUAGE).save(output, force=force)
        click.echo(say("diff.written", path=output, number=len(comparison.requirements)))
    elif as_json:
        click.echo(comparison.model_dump_json(indent=2))
    else:
        for line in _told(comparison):
            click.echo(line)
    if output is not None or not as_json:
        write(comparison.findings)
    return exit_code(comparison.findings)


def _told(comparison: Comparison) -> Iterator[str]:
    """Tell the comparison: one paragraph a requirement, then the whole."""
    for change in comparison.requirements:
        yield click.style(_headline(change), bold=True)
        for reason in change.reasons:
            yield f"    {reason[LANGUAGE]}"
        for field in change.fields:
            yield f"    {field.field} ({say(f'effect.{field.effect}')}): {_both(field)}"
    data = {"old": comparison.old, "new": comparison.new, "number": len(comparison.requirements)}
    yield say("diff.count", **data, effect=say(f"effect.{comparison.effect}"))


def _headline(change: RequirementChange) -> str:
    told = f"{change.id}  {change.title[LANGUAGE]}: {say(f'diff.{change.happened}')}"
    if change.happened in ("added", "removed"):
        return told
    declared = say(f"effect.{change.declared}") if change.declared else "–"
    return f"{told}, {say('diff.effects', computed=say(f'effect.{change.effect}'), declared=declared)}"


def _both(field: FieldChange) -> str:
    """Write what went and what came: [-gone-] and {+new+}."""
    from procurement_equality.catalogue.comparison import word_changes

    old, new = word_changes(field, LANGUAGE)
    gone = [f"[-{text}-]" for text, changed in old if changed]
    came = [f"{{+{text}+}}" for text, changed in new if changed]
    return " ".join((*gone, *came))
