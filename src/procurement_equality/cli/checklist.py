"""`checklist`: the buyer's own questions by stage, or those of an equality analysis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from procurement_equality.catalogue.checklist import Role
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, json_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.checklist import ChecklistQuestion
    from procurement_equality.catalogue.model import Catalogue


@click.command("checklist", cls=InOurLanguage, help=say("checklist"))
@click.argument("name", default="by-stage")
@click.option("--role", type=click.Choice(get_args(Role)), default=None, help=say("checklist.role"))
@click.option("--section", default=None, help=say("checklist.section"))
@catalogue_option
@json_option
def command(name: str, role: Role | None, section: str | None, catalogue: Path | None, as_json: bool) -> int:
    """Print a checklist; a name or section that does not exist gives the nearest ones."""
    from procurement_equality import Catalogue

    loaded = Catalogue.load(catalogue)
    checklist = loaded.checklists[_known("checklist", name, loaded.checklists)]
    if section is not None:
        _known("section", section, [each.key for each in checklist.sections])
    sections = [each for each in checklist.sections if section in (None, each.key)]
    asked = [(each, [q for q in each.questions if role is None or role in q.roles]) for each in sections]
    if as_json:
        made = [
            {"section": each.key, "questions": [question.model_dump(mode="json") for question in listed]}
            for each, listed in asked
        ]
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    click.secho(checklist.title[LANGUAGE], bold=True)
    click.echo(checklist.introduction[LANGUAGE])
    for each, listed in asked:
        if listed:
            click.secho(f"\n{each.title[LANGUAGE]}", bold=True)
        for question in listed:
            for line in _told(loaded, question):
                click.echo(line)
    return 0


def _known(field: str, name: str, known: Iterable[str]) -> str:
    """Give the name if it is known; else refuse it with the nearest ones."""
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.findings import CatalogueError, Finding

    names = list(known)
    if name not in names:
        data = {"field": field, "name": name, "nearest": nearest(name, names)}
        raise CatalogueError([Finding("use.no-value", data=data)])
    return name


def _told(catalogue: Catalogue, question: ChecklistQuestion) -> Iterator[str]:
    yield f"  {question.id}  {question.text[LANGUAGE]} ({', '.join(say(f'role.{role}') for role in question.roles)})"
    yield f"      {say('checklist.why')}: {question.why[LANGUAGE]}"
    if question.result is not None:
        yield f"      {say('checklist.result')}: {question.result[LANGUAGE]}"
    if question.legal_basis:
        yield f"      {say('show.legal')}: {catalogue.cite(question.legal_basis, LANGUAGE)}"
    if question.requirements:
        yield f"      {say('checklist.requirements')}: {', '.join(question.requirements)}"
