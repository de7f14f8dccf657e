"""`burden`: what the requirements of a procurement ask of a supplier, in hours, documents and reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.checks.burden import Burden, Span


@click.command("burden", cls=InOurLanguage, help=say("burden"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--headcount", type=click.IntRange(1, 1_000_000), default=None, help=say("burden.headcount"))
@overlay_option
@catalogue_option
@json_option
def command(file: Path, headcount: int | None, overlay: tuple[Path, ...], catalogue: Path | None, as_json: bool) -> int:
    """Write what the requirements ask of a supplier, as sentences and tables or as JSON."""
    from procurement_equality import Catalogue, Procurement, select
    from procurement_equality.checks.burden import burden_of, by_headcount
    from procurement_equality.checks.unit_costs import unit_costs

    procurement = Procurement.load(file)
    selection = select(Catalogue.load(catalogue, (*procurement.overlay_folders, *overlay)), procurement)
    whole = burden_of(selection, headcount)
    sizes = (whole,) if headcount is not None else by_headcount(selection)
    named = unit_costs().named
    if as_json:
        made = {**_facts(whole, named), "by_headcount": [_facts(each, named) for each in sizes]}
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    for sentence in _sentences(procurement.title[LANGUAGE], whole, shared=selection.regime == "LOV"):
        click.echo(sentence)
    _write_sizes(sizes)
    _write_heaviest(whole, named)
    return 0


def _facts(burden: Burden, named: int) -> dict[str, object]:
    """Give an estimate for other programs: minutes and kronor as they were counted, not rounded."""
    return {
        "headcount": burden.headcount,
        "requirements": len(burden.clauses),
        "minutes_first_year": _pair(burden.first_year),
        "minutes_following_year": _pair(burden.following_year),
        "minutes_total": _pair(burden.total),
        "minutes_per_employee": _pair(burden.per_employee) if burden.per_employee else None,
        "kronor": _pair(burden.cost),
        "per_cent_of_value": [round(each, 2) for each in burden.share],
        "documents_first_year": burden.documents[0],
        "documents": burden.documents[1],
        "reports_per_year": burden.reports_per_year,
        "occasions_per_year": burden.occasions_per_year,
        "heaviest": [{"id": each.id, "minutes": _pair(each.total)} for each in burden.heaviest(named)],
    }


def _sentences(title: str, burden: Burden, *, shared: bool) -> list[str]:
    following = burden.following_year
    told = say("burden.following", hours=_hours(following)) if following.high else ""
    share = _number(burden.share[0]) + "–" + _number(burden.share[1])
    return [
        say("burden.hours", title=title, number=len(burden.clauses), first=_hours(burden.first_year), following=told),
        say(
            "burden.cost.shared" if shared else "burden.cost",
            **{"months": burden.months, "cost": _between(burden.cost), **({} if shared else {"share": share})},
        ),
        say(
            "burden.documents",
            first=burden.documents[0],
            total=burden.documents[1],
            reports=burden.reports_per_year,
            occasions=burden.occasions_per_year,
        ),
        say("burden.assumed"),
    ]


def _write_sizes(sizes: Sequence[Burden]) -> None:
    heads = [say(f"burden.{key}") for key in ("employees", "requirements", "first", "each", "later")]
    rows = [
        [
            str(each.headcount),
            str(len(each.clauses)),
            _hours(each.first_year),
            _hours(each.per_employee) if each.per_employee else "–",
            _hours(each.following_year),
        ]
        for each in sizes
    ]
    _write(say("burden.sizes"), heads, rows, right=5)


def _write_heaviest(burden: Burden, named: int) -> None:
    heads = [say(f"burden.{key}") for key in ("total", "id", "title", "small")]
    rows = [
        [_hours(each.total), each.id, each.title[LANGUAGE], each.small_supplier[LANGUAGE]]
        for each in burden.heaviest(named)
    ]
    _write(say("burden.heaviest"), heads, rows, right=1)


def _write(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], right: int) -> None:
    """Write a table on a terminal, the first columns to the right, and tab-separated lines in a pipe."""
    click.echo()
    if not sys.stdout.isatty():
        for line in ([title], heads, *rows):
            click.echo("\t".join(line))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for index, head in enumerate(heads):
        table.add_column(head, justify="right" if index < right else "left", no_wrap=index < 2)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _pair(span: Span) -> list[int]:
    return [span.low, span.high]


def _hours(span: Span) -> str:
    """Write minutes as rounded hours: "20–75"."""
    from procurement_equality.checks.burden import Span

    return _between(Span(round(span.low / 60), round(span.high / 60)))


def _between(span: Span) -> str:
    from procurement_equality.checks.burden import rounded

    low, high = (f"{rounded(each):,}".replace(",", "\u00a0") for each in (span.low, span.high))
    return low if low == high else f"{low}–{high}"


def _number(share: float) -> str:
    """Write a share with a decimal where it is small, as the language writes decimals."""
    if share >= 10:
        from procurement_equality.checks.burden import rounded

        return str(rounded(share))
    text = f"{share:.1f}" if share >= 0.1 else f"{share:.2f}"
    return text.replace(".", ",") if LANGUAGE == "sv" else text
