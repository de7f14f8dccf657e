"""`list`: the catalogue's requirements, or which of them a procurement gets and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from procurement_equality.catalogue.law import Kind
from procurement_equality.catalogue.requirement import Level
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, json_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.catalogue.requirement import Requirement
    from procurement_equality.procurement.selection import Selection


@click.command("list", cls=InOurLanguage, help=say("list"))
@click.option("--for", "procurement", type=click.Path(path_type=Path), default=None, help=say("list.for"))
@click.option("--topic", default=None, help=say("list.topic"))
@click.option("--level", type=click.Choice(get_args(Level)), default=None, help=say("list.level"))
@click.option("--kind", type=click.Choice(get_args(Kind)), default=None, help=say("list.kind"))
@click.option("--sector", default=None, help=say("list.sector"))
@catalogue_option
@json_option
def command(
    procurement: Path | None,
    topic: str | None,
    level: Level | None,
    kind: Kind | None,
    sector: str | None,
    catalogue: Path | None,
    as_json: bool,
) -> int:
    """List requirements, as a table on a terminal and tab-separated in a pipe."""
    from procurement_equality import Catalogue, Procurement, select

    loaded = Catalogue.load(catalogue)
    _check_names(loaded, topic, sector)
    chosen = [r for r in loaded.requirements.values() if _matches(r, topic, level, kind, sector)]
    if procurement is not None:
        _list_selection(select(loaded, Procurement.load(procurement)), {r.id for r in chosen}, as_json=as_json)
        return 0
    rows = [
        (
            r.id,
            r.title[LANGUAGE],
            loaded.head.levels[r.level][LANGUAGE],
            ", ".join(loaded.law.kinds[v.kind][LANGUAGE] for v in r.variants),
            r.status,
        )
        for r in chosen
    ]
    if as_json:
        keys = ("id", "title", "level", "kinds", "status")
        listed = [
            {
                **dict(zip(keys, row, strict=True)),
                "level": r.level,
                "kinds": [v.kind for v in r.variants],
                "topic": r.topic,
            }
            for row, r in zip(rows, chosen, strict=True)
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        heads = [say("list.id"), say("list.title"), say("list.level.head"), say("list.kinds"), say("list.status")]
        _write(heads, rows, say("list.count", number=len(rows)))
    return 0


def _check_names(catalogue: Catalogue, topic: str | None, sector: str | None) -> None:
    """Refuse a topic or sector that the catalogue does not have, with the nearest ones."""
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.findings import CatalogueError, Finding

    for code, name, known in (("topic", topic, catalogue.head.topics), ("sector", sector, catalogue.head.sectors)):
        if name is not None and name not in known:
            raise CatalogueError([Finding(f"use.no-{code}", data={"name": name, "nearest": nearest(name, known)})])


def _matches(r: Requirement, topic: str | None, level: str | None, kind: str | None, sector: str | None) -> bool:
    return (
        (topic is None or r.topic == topic)
        and (level is None or r.level == level)
        and (kind is None or any(variant.kind == kind for variant in r.variants))
        and (sector is None or not r.applies.sectors or sector in r.applies.sectors)
    )


def _list_selection(selection: Selection, chosen: set[str], *, as_json: bool) -> None:
    """Write what is in and what is out of a selection, each with its why."""
    inside = [
        {
            "id": c.requirement.id, "in": True, "kind": c.kind, "title": c.requirement.title[LANGUAGE],
            "why": c.why[LANGUAGE], "reason": c.reason and c.reason[LANGUAGE], "citation": c.citation,
        }
        for c in selection.clauses if c.requirement.id in chosen
    ]  # fmt: skip
    outside = [
        {"id": o.id, "in": False, "kind": None, "title": o.title[LANGUAGE], "why": o.why[LANGUAGE],
         "reason": o.reason and o.reason[LANGUAGE], "citation": None}
        for o in selection.omissions if o.id in chosen
    ]  # fmt: skip
    if as_json:
        made = {"regime": selection.regime, "why": selection.regime_why[LANGUAGE], "digest": selection.digest,
                "requirements": [*inside, *outside]}  # fmt: skip
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return
    rows = [
        (say("list.in" if row["in"] else "list.out"), str(row["id"]), str(row["title"]),
         " ".join(str(part) for part in (row["why"], row["reason"]) if part))
        for row in (*inside, *outside)
    ]  # fmt: skip
    heads = ["", say("list.id"), say("list.title"), say("list.why")]
    _write(heads, rows, say("list.count.for", inside=len(inside), outside=len(outside)))


def _write(heads: Sequence[str], rows: Sequence[Sequence[str]], count: str) -> None:
    """Write a table on a terminal, and plain tab-separated lines in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads, box=None, header_style="bold", pad_edge=False)
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*row)
    console = Console()
    console.print(table)
    console.print(count, style="dim")
