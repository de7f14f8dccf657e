"""`why`: why a requirement is in a procurement or out, and how it may be asked under each regime."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, complete_ids, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.checks.case import Case
    from procurement_equality.checks.why import Why


@click.command("why", cls=InOurLanguage, help=say("why"))
@click.argument("identifier", metavar="ID", shell_complete=complete_ids)
@click.option(
    "--for", "procurement", type=click.Path(path_type=Path), default=None, metavar="FILE", help=say("reason-why.for")
)
@overlay_option
@catalogue_option
@json_option
def command(
    identifier: str, procurement: Path | None, overlay: tuple[Path, ...], catalogue: Path | None, as_json: bool
) -> int:
    """Show the why of a requirement or another clause; an id that does not exist gives the nearest ones."""
    from procurement_equality import Catalogue, Procurement
    from procurement_equality.checks.case import make_case

    read = Procurement.load(procurement) if procurement is not None else None
    loaded = Catalogue.load(catalogue, (*(read.overlay_folders if read else ()), *overlay))
    found = _found(loaded, identifier, make_case(loaded, read) if read is not None else None)
    if as_json:
        click.echo(json.dumps(_record(loaded, found), ensure_ascii=False, indent=2))
        return 0
    for line in _lines(loaded, found):
        click.echo(line)
    return 0


def _found(catalogue: Catalogue, identifier: str, case: Case | None) -> Why:
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.checks.why import why, why_other
    from procurement_equality.findings import CatalogueError, Finding

    others = case.procurement.other_clauses if case is not None else {}
    if case is not None and identifier in others:
        return why_other(case, identifier, others[identifier])
    requirement = catalogue.requirements.get(identifier.upper())
    if requirement is not None:
        return why(catalogue, requirement, case)
    if not others:
        near = nearest(identifier.upper(), catalogue.requirements)
        raise CatalogueError([Finding("use.no-requirement", data={"id": identifier, "nearest": near})])
    near = nearest(identifier, [*others, *catalogue.requirements])
    raise CatalogueError([Finding("use.no-clause", data={"id": identifier, "nearest": near})])


def _record(catalogue: Catalogue, found: Why) -> dict[str, object]:
    """Give the why for other programs: as the model has it, with the provisions written out besides."""
    from procurement_equality.checks.why import how

    made = found.model_dump(mode="json")
    for row, under in zip(made["under"], found.under, strict=True):
        row["written"] = how(catalogue, under, LANGUAGE)
    return {**made, "ground": catalogue.cite(found.legal_basis, LANGUAGE) if found.legal_basis else None}


def _lines(catalogue: Catalogue, found: Why) -> Iterator[str]:
    """Yield what is told on a terminal."""
    from procurement_equality.checks.why import how
    from procurement_equality.cli.finding_text import plain

    yield click.style(plain(f"{found.id}  {found.title[LANGUAGE]}"), bold=True)
    yield from map(_wrapped, _standing(catalogue, found))
    yield ""
    yield click.style(say("reason-why.ground"), bold=True)
    yield _wrapped(
        f"{catalogue.cite(found.legal_basis, LANGUAGE)}." if found.legal_basis else say("reason-why.no-ground")
    )
    yield ""
    yield click.style(
        say("reason-why.elsewhere.heading" if found.regime else "reason-why.everywhere.heading"), bold=True
    )
    for under in found.under:
        if under.regime != found.regime:
            yield _wrapped(how(catalogue, under, LANGUAGE), f"  {under.regime:<9}", " " * 11)


def _standing(catalogue: Catalogue, found: Why) -> Iterator[str]:
    """Yield the sentences about this procurement: in or out, as what, under which regime, and the reasons."""
    from procurement_equality.checks.why import written

    if found.standing is None:
        return
    if found.words is not None:
        yield say(f"reason-why.{found.standing}", words=found.words[LANGUAGE])
    else:
        yield say(f"reason-why.{found.standing}")
    if found.reason is not None:
        yield say("reason-why.reason", reason=found.reason[LANGUAGE])
    if found.asked is not None:
        way = written(catalogue, found.asked, LANGUAGE)
        yield f"{way[:1].upper()}{way[1:]}."
        if found.asked.note is not None:
            yield found.asked.note[LANGUAGE]
    if found.regime is not None:
        told = f"{say('reason-why.regime')} {found.regime}"
        yield f"{told}: {found.regime_why[LANGUAGE]}" if found.regime_why else f"{told}."


def _wrapped(text: str, first: str = "  ", rest: str = "  ") -> str:
    from procurement_equality.cli.finding_text import WIDEST, wrapped

    return wrapped(text, min(shutil.get_terminal_size((100, 24)).columns, WIDEST), first, rest)
