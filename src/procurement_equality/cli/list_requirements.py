"""`list`: the catalogue's requirements, or which of them a procurement gets and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, complete_values, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.catalogue.requirement import Requirement
    from procurement_equality.procurement.selection import Selection

FILTERS = (
    "topic", "level", "kind", "sector", "status", "ground", "article", "regime", "cpv", "headcount", "act", "provision",
    "method", "responsible", "ladder", "question", "table", "goal", "source", "parameter", "replaces", "since",
    "verified", "layer",
)  # fmt: skip
"""The fields that can be filtered by, in the order of the help."""


def _filter_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give the command one option for each field."""
    for name in reversed(FILTERS):
        help_text = say(f"list.{name}")
        command = click.option(f"--{name}", default=None, help=help_text, shell_complete=complete_values(name))(command)
    return command


@click.command("list", cls=InOurLanguage, help=say("list"))
@click.option("--for", "procurement", type=click.Path(path_type=Path), default=None, help=say("list.for"))
@click.option("--search", default=None, help=say("list.search"))
@_filter_options
@overlay_option
@catalogue_option
@json_option
def command(
    procurement: Path | None,
    search: str | None,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    as_json: bool,
    **filters: str | None,
) -> int:
    """List requirements, as a table on a terminal and tab-separated in a pipe."""
    from procurement_equality import Catalogue, Procurement, select
    from procurement_equality.catalogue.search import filtered
    from procurement_equality.catalogue.search import search as found_by

    read = Procurement.load(procurement) if procurement is not None else None
    loaded = Catalogue.load(catalogue, (*(read.overlay_folders if read else ()), *overlay))
    asked = {name: value for name, value in filters.items() if value is not None}
    _check_names(loaded, asked)
    chosen = filtered(loaded, asked)
    if search is not None:
        chosen = found_by(chosen, search, LANGUAGE)
    if read is not None:
        _list_selection(select(loaded, read), {r.id for r in chosen}, as_json=as_json)
    elif as_json:
        click.echo(json.dumps([_facts(loaded, r) for r in chosen], ensure_ascii=False, indent=2))
    else:
        _list_requirements(loaded, chosen)
    return 0


def _check_names(catalogue: Catalogue, asked: dict[str, str]) -> None:
    """Refuse a value that the catalogue has nowhere, with the nearest ones."""
    from procurement_equality.catalogue.search import values
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.findings import CatalogueError, Finding

    findings = []
    for name, value in asked.items():
        known = values(catalogue, name)
        begins = name in ("cpv", "provision", "verified") and any(each.startswith(value) for each in known)
        free = begins or (name == "cpv" and any(value.startswith(each) for each in known))
        if value not in known and not free:
            near = nearest(value, known)
            findings.append(Finding("use.no-value", data={"field": name, "name": value, "nearest": near}))
    if findings:
        raise CatalogueError(findings)


def _layers(catalogue: Catalogue, requirement: Requirement) -> list[str]:
    """Name the layers that a requirement's text comes from, the base first."""
    changes = catalogue.origins.get(requirement.id, ())
    base = [] if any(change.verb == "add" for change in changes) else [catalogue.head.id]
    return [*base, *dict.fromkeys(change.layer for change in changes)]


def _facts(catalogue: Catalogue, r: Requirement) -> dict[str, object]:
    """Give a requirement's row for other programs."""
    return {
        "id": r.id,
        "title": r.title[LANGUAGE],
        "level": r.level,
        "kinds": [variant.kind for variant in r.variants],
        "status": r.status,
        "topic": r.topic,
        "sectors": list(r.applies.sectors),
        "layers": _layers(catalogue, r),
        "digest": r.digest,
    }


def _list_requirements(catalogue: Catalogue, chosen: Sequence[Requirement]) -> None:
    """Write a table of requirements; the layers have a column only where there are any."""
    heads = [say("list.id"), say("list.title"), say("list.level.head"), say("list.kinds"), say("list.status.head")]
    rows = [
        [
            r.id,
            r.title[LANGUAGE],
            catalogue.head.levels[r.level][LANGUAGE],
            ", ".join(catalogue.law.kinds[variant.kind][LANGUAGE] for variant in r.variants),
            say(f"status.{r.status}"),
        ]
        for r in chosen
    ]
    if catalogue.layers:
        heads.append(say("list.layer.head"))
        for row, requirement in zip(rows, chosen, strict=True):
            row.append(" + ".join(_layers(catalogue, requirement)))
    _write(heads, rows, say("list.count", number=len(rows)))


def _list_selection(selection: Selection, chosen: set[str], *, as_json: bool) -> None:
    """Write what is in and what is out of a selection, each with its why."""
    catalogue = selection.catalogue
    inside = [
        {
            "id": c.requirement.id, "in": True, "kind": c.kind, "title": c.requirement.title[LANGUAGE],
            "why": c.why[LANGUAGE], "reason": c.reason and c.reason[LANGUAGE], "citation": c.citation,
            "layers": _layers(catalogue, c.requirement),
        }
        for c in selection.clauses if c.requirement.id in chosen
    ]  # fmt: skip
    outside = [
        {"id": o.id, "in": False, "kind": None, "title": o.title[LANGUAGE], "why": o.why[LANGUAGE],
         "reason": o.reason and o.reason[LANGUAGE], "citation": None,
         "layers": _layers(catalogue, catalogue.requirements[o.id])}
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
