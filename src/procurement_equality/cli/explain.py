"""`explain`: a rule with its source, an example that breaks it and one that holds; or every rule."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import json_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.model import Catalogue
    from procurement_equality.checks.example import Example
    from procurement_equality.checks.rule import Rule

COLOURS = {"error": "red", "warning": "yellow", "information": "cyan"}


def complete_codes(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Complete the codes of findings, those of rules first."""
    from procurement_equality.checks.registry import BY_CODE
    from procurement_equality.findings.unfilled import codes

    known = dict.fromkeys((*BY_CODE, *codes()))
    return [CompletionItem(code) for code in known if code.startswith(incomplete.lower())]


@click.command("explain", cls=InOurLanguage, help=say("explain"))
@click.argument("code", required=False, metavar="[CODE]", shell_complete=complete_codes)
@json_option
def command(code: str | None, as_json: bool) -> int:
    """Explain one code, or list the rules; a code that does not exist gives the nearest ones."""
    from procurement_equality.catalogue.validation import nearest
    from procurement_equality.checks.registry import BY_CODE
    from procurement_equality.findings import CatalogueError, Finding
    from procurement_equality.findings.unfilled import codes

    wanted = code.lower() if code is not None else None
    if wanted is None:
        lines = _list_json() if as_json else _listed()
    elif wanted in BY_CODE:
        lines = _rule_json(BY_CODE[wanted]) if as_json else _explained(BY_CODE[wanted])
    elif wanted in codes():
        lines = _notice_json(wanted) if as_json else _notice(wanted)
    else:
        near = nearest(wanted, dict.fromkeys((*BY_CODE, *codes())))
        raise CatalogueError([Finding("use.no-code", data={"name": str(code), "nearest": near})])
    for line in lines:
        click.echo(line)
    return 0


# --- every rule ----------------------------------------------------------------------------------------------


def _listed() -> Iterator[str]:
    """Yield the rules by topic, each on a line."""
    from procurement_equality.checks.groups import grouped
    from procurement_equality.findings.words import title

    rules = grouped()
    longest = max(len(rule.code) for listed in rules.values() for rule in listed)
    widest = max(len(say(f"severity.{severity}")) for severity in COLOURS)
    for name, listed in rules.items():
        yield click.style(say(f"group.{name}"), bold=True)
        for rule in listed:
            severity = click.style(f"{say(f'severity.{rule.severity}'):<{widest}}", fg=COLOURS[rule.severity])
            yield f"  {rule.code:<{longest}}  {severity}  {title(rule.code, LANGUAGE)}"
        yield ""
    yield say("explain.count", number=sum(map(len, rules.values())))


def _list_json() -> Iterator[str]:
    from procurement_equality import Catalogue
    from procurement_equality.checks.groups import grouped
    from procurement_equality.exchange.check_records import rule_record

    catalogue = Catalogue.load()
    rows = [{"group": name, **rule_record(rule, catalogue, LANGUAGE)} for name, rs in grouped().items() for rule in rs]
    yield json.dumps(rows, ensure_ascii=False, indent=2)


# --- one code ------------------------------------------------------------------------------------------------


def _rule_json(rule: Rule) -> Iterator[str]:
    from procurement_equality import Catalogue
    from procurement_equality.checks.example import example
    from procurement_equality.checks.groups import group
    from procurement_equality.exchange.check_records import rule_record

    shown = example(rule.code)
    made = {
        "group": group(rule),
        **rule_record(rule, Catalogue.load(), LANGUAGE),
        "example": {
            "title": shown.title,
            "about": shown.about,
            "base": shown.breaks.base,
            "breaks": shown.breaks.shown,
            "finding": shown.finding,
            "holds": shown.holds.shown,
        },
    }
    yield json.dumps(made, ensure_ascii=False, indent=2)


def _notice_json(code: str) -> Iterator[str]:
    from procurement_equality.findings.unfilled import words

    said, out = words(code, LANGUAGE)
    yield json.dumps({"code": code, "group": None, "what": said, "way_out": out}, ensure_ascii=False, indent=2)


def _explained(rule: Rule) -> Iterator[str]:
    """Yield a rule in full."""
    from procurement_equality import Catalogue
    from procurement_equality.checks.example import example
    from procurement_equality.checks.groups import group
    from procurement_equality.findings.unfilled import words
    from procurement_equality.findings.words import title, unverified, why

    severity = click.style(say(f"severity.{rule.severity}"), fg=COLOURS[rule.severity], bold=True)
    yield f"{click.style(rule.code, bold=True)}  {severity}  {say(f'group.{group(rule)}')}"
    yield click.style(title(rule.code, LANGUAGE), bold=True)
    yield _wrapped(why(rule.code, LANGUAGE))
    yield from _under(say("explain.says"), filter(None, words(rule.code, LANGUAGE)))
    yield from _under(say("explain.rests"), _rests_on(rule, Catalogue.load()))
    doubt = unverified(rule.code, LANGUAGE)
    yield from _under(say("explain.unverified"), [doubt] if doubt else [])
    yield from _example(example(rule.code))


def _rests_on(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    """Yield the provisions written out, by act with where the act is read, and the sources."""
    by_act: dict[str, list[str]] = {}
    for citation in rule.legal_basis:
        by_act.setdefault(citation.split()[0], []).append(citation)
    for act, citations in by_act.items():
        yield f"{catalogue.cite(tuple(citations), LANGUAGE)}. {catalogue.law.acts[act].url}"
    for identifier in rule.sources:
        source = catalogue.head.sources[identifier]
        yield f"{source.publisher}: {source.title}. {source.url or ''}".rstrip()


def _example(shown: Example) -> Iterator[str]:
    """Yield the example: the procurement that breaks the rule, its finding, and the procurement mended."""
    yield ""
    yield click.style(say("explain.example", title=shown.title), bold=True)
    yield _wrapped(shown.about)
    if note := say("explain.in-swedish"):
        yield _wrapped(note)
    base = say("explain.base", base=shown.breaks.base)
    yield from (f"\n  {click.style(say('explain.breaks'), fg='red')} {base}", *_yaml(shown.breaks.shown))
    yield f"\n  {say('explain.finding')}"
    severity, _, message = shown.finding.partition(": ")
    yield _wrapped(f"{say(f'severity.{severity}')}: {message}", "    ", "    ")
    yield from (f"\n  {click.style(say('explain.holds'), fg='green')} {base}", *_yaml(shown.holds.shown))


def _yaml(text: str) -> Iterator[str]:
    return (f"    {line}".rstrip() for line in text.rstrip().split("\n"))


def _notice(code: str) -> Iterator[str]:
    """Yield what there is to say of a code that is no rule's."""
    from procurement_equality.findings.unfilled import words

    yield click.style(code, bold=True)
    yield _wrapped(say("explain.no-rule"))
    yield from _under(say("explain.says"), filter(None, words(code, LANGUAGE)))


def _under(heading: str, texts: Iterator[str] | list[str]) -> Iterator[str]:
    """Yield a heading and the texts below it; nothing where there are none."""
    lines = [_wrapped(text) for text in texts]
    if lines:
        yield from ("", click.style(heading, bold=True), *lines)


def _wrapped(text: str, first: str = "  ", rest: str = "  ") -> str:
    from procurement_equality.cli.finding_text import WIDEST, wrapped

    return wrapped(text, min(shutil.get_terminal_size((100, 24)).columns, WIDEST), first, rest)
