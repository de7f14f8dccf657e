"""`show`: one requirement in full."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, complete_ids, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.catalogue.requirement import Parameter, Requirement

Section = tuple[str, list[str]]


@click.command("show", cls=InOurLanguage, help=say("show"))
@click.argument("identifier", metavar="ID", shell_complete=complete_ids)
@overlay_option
@catalogue_option
@json_option
def command(identifier: str, overlay: tuple[Path, ...], catalogue: Path | None, as_json: bool) -> int:
    """Show a requirement; an id that does not exist gives the nearest ones."""
    from procurement_equality import Catalogue
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.findings import CatalogueError, Finding

    loaded = Catalogue.load(catalogue, overlay)
    requirement = loaded.requirements.get(identifier.upper())
    if requirement is None:
        near = nearest(identifier.upper(), loaded.requirements)
        raise CatalogueError([Finding("use.no-requirement", data={"id": identifier, "nearest": near})])
    if as_json:
        origins = [change.model_dump() for change in loaded.origins.get(requirement.id, ())]
        made = {**requirement.model_dump(mode="json"), "digest": requirement.digest, "origins": origins}
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    click.secho(f"{requirement.id}  {requirement.title[LANGUAGE]}", bold=True)
    for heading, lines in _sections(loaded, requirement):
        click.secho(f"\n{heading}", bold=True)
        for line in lines:
            click.echo(_wrapped(line))
    return 0


def _wrapped(text: str) -> str:
    """Wrap a text to the terminal, at most 100 columns, with an indent; list items and paragraphs stay apart."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    parts: list[str] = []
    for line in text.split("\n"):
        if parts and parts[-1] and line.strip() and not line.lstrip().startswith(("- ", "* ")):
            parts[-1] += f" {line.strip()}"
        else:
            parts.append(line.strip())
    lines = []
    for part in parts:
        indent = "    " if part.startswith(("- ", "* ")) else "  "
        lines.append(
            textwrap.fill(
                part,
                width,
                initial_indent="  ",
                subsequent_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            )
        )
    return "\n".join(lines)


def _sections(catalogue: Catalogue, r: Requirement) -> Iterator[Section]:
    head = catalogue.head
    yield (
        say("show.level"),
        [f"{head.levels[r.level][LANGUAGE]}, {head.topics[r.topic].title[LANGUAGE]}, {say(f'status.{r.status}')}"],
    )
    yield say("show.layer"), _layers(catalogue, r)
    if r.review:
        yield say("show.review"), [r.review[LANGUAGE]]
    if r.on_request:
        yield say("show.request"), [r.on_request[LANGUAGE]]
    for key, ids in (("show.replaces", r.replaces), ("show.replaced_by", r.replaced_by)):
        if ids:
            yield say(key), [", ".join(ids)]
    yield say("show.rationale"), [r.rationale[LANGUAGE]]
    yield from _variants(catalogue, r)
    if r.parameters:
        yield (
            say("show.parameters"),
            [f"{name}: {parameter.label[LANGUAGE]}{_bounds(parameter)}" for name, parameter in r.parameters.items()],
        )
    yield say("show.applies"), [_applies(catalogue, r)]
    yield say("show.evidence"), [r.evidence[LANGUAGE], f"{say('show.small')}: {r.evidence.small_supplier[LANGUAGE]}"]
    ladder = head.ladders[r.follow_up.consequence.ladder].title[LANGUAGE]
    yield (
        say("show.follow_up"),
        [
            _how(r),
            r.follow_up.indicator[LANGUAGE],
            f"{say('show.consequence')}: {ladder}",
        ],
    )
    yield say("show.questions"), [f"[{r.id}.{q.key}] {q.text[LANGUAGE]} ({q.type})" for q in r.questions]
    if r.conflicts:
        yield say("show.conflicts"), [f"{head.goals[c.goal][LANGUAGE]}: {c.balancing[LANGUAGE]}" for c in r.conflicts]
    if r.legal_basis:
        yield say("show.legal"), [catalogue.cite(r.legal_basis, LANGUAGE)]
    if r.grounds:
        yield say("show.grounds"), [", ".join(head.grounds[ground][LANGUAGE] for ground in r.grounds)]
    articles = ", ".join(map(str, r.charter_articles.articles))
    yield say("show.charter"), [say("show.articles", articles=articles, version=r.charter_articles.version)]
    sources = [head.sources[source] for source in r.sources]
    verified = say("show.verified", date=r.last_verified)
    yield say("show.sources"), [*(f"{s.publisher}: {s.title} {s.url or ''}".rstrip() for s in sources), verified]
    if r.changes:
        told = [f"{c.date} ({say(f'effect.{c.effect}')}): {c.reason[LANGUAGE]}" for c in r.changes]
        yield say("show.changes"), told
    if r.waivers:
        yield say("show.waivers"), [f"{w.code} {w.text or ''}: {w.reason[LANGUAGE]}" for w in r.waivers]


def _how(r: Requirement) -> str:
    """Say how, when and by whom the requirement is followed up."""
    when = r.follow_up.when
    months = when.months_after_start
    if isinstance(months, str):
        months = getattr(r.parameters[months], "default", None)
    times = [say("when.tender")] if when.with_tender else []
    times += [say("when.months", months=months)] if months is not None else []
    times += [say("when.then", months=when.then_every_months)] if when.then_every_months else []
    return say(
        "show.follow_up.how",
        method=say(f"method.{r.follow_up.method}"),
        when=", ".join(times),
        responsible=say(f"responsible.{r.follow_up.responsible}"),
    )


def _layers(catalogue: Catalogue, r: Requirement) -> list[str]:
    """Say which layer the texts come from, what each layer did and why, and the digest that a layer pins."""
    changes = catalogue.origins.get(r.id, ())
    lines = [] if any(change.verb == "add" for change in changes) else [f"{catalogue.head.id} {catalogue.head.version}"]
    versions = {layer.id: layer.version for layer in catalogue.layers}
    for change in changes:
        done = " ".join((say(f"verb.{change.verb}"), ", ".join(field.removeprefix("+") for field in change.fields)))
        lines.append(f"{change.layer} {versions[change.layer]}: {done.rstrip()}. {change.reason[LANGUAGE]}")
    return [*lines, say("show.layer.digest", digest=r.digest)]


def _variants(catalogue: Catalogue, r: Requirement) -> Iterator[Section]:
    for variant in r.variants:
        lines = [variant.text[LANGUAGE]]
        lines += [
            f"{say('show.points', points=step.points)}: {step.description[LANGUAGE]}"
            for step in getattr(variant, "scale", ())
        ]
        yield catalogue.law.kinds[variant.kind][LANGUAGE], lines


def _bounds(parameter: Parameter) -> str:
    """Say what a parameter may be: " (2 months, 1–6)"."""
    from procurement_equality.procurement.parameters import written

    default = written(parameter, None)
    if default is None:
        return ""
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    bounds = "" if low is None else f", {low}–{high}"
    return f" ({default[LANGUAGE]}{bounds})"


def _applies(catalogue: Catalogue, r: Requirement) -> str:
    sectors = [catalogue.head.sectors[sector].title[LANGUAGE] for sector in r.applies.sectors]
    rule = next((rule for rule in catalogue.law.headcount if rule.id == r.applies.headcount), None)
    parts = [
        ", ".join(sectors),
        ", ".join(r.applies.regimes),
        "CPV " + ", ".join(r.applies.cpv) if r.applies.cpv else "",
    ]
    parts.append(f"≥ {rule.at_least} {rule.counted[LANGUAGE]}" if rule else "")
    return "; ".join(part for part in parts if part) or say("show.everywhere")
