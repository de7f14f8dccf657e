"""`render`: write a document for a procurement, or a form to each supplier of a list."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import DAY, catalogue_option, complete_templates, force_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality import Finding, Selection
    from procurement_equality.answers.earlier import Earlier
    from procurement_equality.exchange.mailing import Order
    from procurement_equality.procurement.supplier import Supplier


@click.command("render", cls=InOurLanguage, help=say("render"))
@click.argument("template", shell_complete=complete_templates)
@click.argument("procurement", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=say("render.output"))
@click.option("--language", type=click.Choice(["sv", "en"]), default=None, help=say("render.language"))
@click.option("--year", type=click.IntRange(2000, 2100), default=None, metavar="YYYY", help=say("render.year"))
@click.option("--reply-by", type=DAY, default=None, metavar="YYYY-MM-DD", help=say("render.reply_by"))
@click.option("--suppliers", type=click.Path(path_type=Path), default=None, help=say("render.suppliers"))
@click.option("--supplier", multiple=True, metavar="NUMBER", help=say("render.supplier"))
@click.option("--contact", default=None, help=say("render.contact"))
@click.option("--prefill", type=click.Path(path_type=Path), default=None, help=say("render.prefill"))
@click.option("--prefill-all", is_flag=True, help=say("render.prefill_all"))
@click.option("--unprotected", is_flag=True, help=say("render.unprotected"))
@overlay_option
@catalogue_option
@force_option
def command(
    template: str,
    procurement: Path,
    output: Path,
    language: Language | None,
    year: int | None,
    reply_by: datetime.datetime | None,
    suppliers: Path | None,
    supplier: tuple[str, ...],
    contact: str | None,
    prefill: Path | None,
    prefill_all: bool,
    unprotected: bool,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    force: bool,
) -> int:
    """Select, then write one document, or a form to each supplier."""
    from procurement_equality import Catalogue, Procurement, select
    from procurement_equality.exchange.mailing import Order

    if supplier and suppliers is None:
        raise click.BadParameter(say("render.needs_suppliers"), param_hint="--supplier")
    if prefill_all and prefill is None:
        raise click.BadParameter(say("render.needs_prefill"), param_hint="--prefill-all")
    read = Procurement.load(procurement)
    selection = select(Catalogue.load(catalogue, (*read.overlay_folders, *overlay)), read)
    order = Order(
        selection=selection,
        template=template,
        language=language or read.languages[0],
        year=year,
        reply_by=reply_by.date() if reply_by else None,
        contact=contact,
        earlier=_earlier(prefill, prefill_all),
        protected=not unprotected,
        force=force,
    )
    if suppliers is None:
        return _one(order, output)
    return _each(order, suppliers, supplier, output)


def _earlier(prefill: Path | None, prefill_all: bool) -> Mapping[str, Earlier]:
    from procurement_equality.exchange.earlier_responses import read_earlier

    return read_earlier(prefill, "answers" if prefill_all else "lasting") if prefill is not None else {}


def _one(order: Order, output: Path) -> int:
    """Compose and save one document; then say what was written and what was left out."""
    from procurement_equality import compose
    from procurement_equality.cli.failures import write
    from procurement_equality.documents.addressee import Addressee

    if len(order.earlier) > 1:
        problem = say("render.one_response", number=len(order.earlier))
        raise click.BadParameter(problem, param_hint="--prefill")
    earlier = next(iter(order.earlier.values()), None)
    document = compose(
        order.selection,
        order.template,
        order.language,
        protected=order.protected,
        year=order.year,
        addressee=Addressee(None, earlier, order.reply_by, order.contact),
    )
    digest = document.save(output, force=order.force)
    write(order.selection.findings)
    inside, outside = len(order.selection.clauses), len(order.selection.omissions)
    regime = order.selection.rules.name[LANGUAGE]
    click.echo(say("render.done", path=output, inside=inside, outside=outside, regime=regime, digest=digest))
    return 0


def _each(order: Order, listed: Path, wanted: tuple[str, ...], folder: Path) -> int:
    """Write a form to each supplier that is wanted; then say how many, and what to do next."""
    from procurement_equality.cli.failures import exit_code, write
    from procurement_equality.exchange.mailing import write_forms

    suppliers, warnings = _suppliers(order.selection, listed, wanted)
    write(warnings)
    with click.progressbar(length=len(suppliers), hidden=len(suppliers) < 10, file=sys.stderr) as bar:
        mailing = write_forms(order, suppliers, folder, progress=lambda: bar.update(1))
    write([*order.selection.findings, *mailing.findings])
    for row in mailing.written:
        click.echo(folder / row.file)
    earlier = sum(row.key in order.earlier for row in mailing.written)
    counts = {"written": len(mailing.written), "kept": len(mailing.kept), "earlier": earlier}
    click.echo(say("render.mailed", folder=folder, **counts))
    if mailing.written:
        click.echo(say("render.mailed_next", folder=folder))
    return exit_code(finding for finding in mailing.findings if finding.severity == "error")


def _suppliers(selection: Selection, listed: Path, wanted: tuple[str, ...]) -> tuple[list[Supplier], list[Finding]]:
    """Give the suppliers of the list, or those that are wanted, with the list's warnings."""
    from procurement_equality.cli.choosing import choose
    from procurement_equality.exchange.supplier_list import load_suppliers

    read = load_suppliers(listed, selection.procurement.parts)
    keys = choose(wanted, {supplier.key: supplier.name for supplier in read.suppliers}, listed)
    return [supplier for supplier in read.suppliers if supplier.key in keys], list(read.findings)
