"""`check`: examine procurement files by every rule, and say what to do."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_equality.catalogue.text import Language
from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import DAY, catalogue_option, force_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say

if TYPE_CHECKING:
    from procurement_equality.catalogue.source_lines import LineOf
    from procurement_equality.checks.check import Checked
    from procurement_equality.checks.check_files import CheckedFile
    from procurement_equality.findings import Finding
    from procurement_equality.procurement.facts import FindingWaiver
    from procurement_equality.procurement.selection import Selection

COLOURS = {"error": "red", "warning": "yellow", "information": "cyan"}


@click.command("check", cls=InOurLanguage, help=say("check"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help=say("check.format")
)
@click.option("--strict", is_flag=True, help=say("check.strict"))
@click.option("--today", type=DAY, default=None, metavar="YYYY-MM-DD", help=say("check.today"))
@click.option("--report", type=click.Path(path_type=Path), default=None, metavar="OUT", help=say("check.report"))
@click.option("--language", type=click.Choice(["sv", "en"]), default=None, help=say("render.language"))
@overlay_option
@catalogue_option
@force_option
def command(
    files: tuple[Path, ...],
    form: str,
    strict: bool,
    today: datetime.datetime | None,
    report: Path | None,
    language: Language | None,
    overlay: tuple[Path, ...],
    catalogue: Path | None,
    force: bool,
) -> int:
    """Check every file, write what was found in the form asked for, and leave with the worst code."""
    from procurement_equality.catalogue.source_lines import line_reader
    from procurement_equality.checks.check_files import check_files

    if report is not None:
        _check_report_path(report, force=force)
    day = today.date() if today is not None else datetime.date.today()
    checked = check_files(files, day, catalogue, overlay)
    if report is not None and len(checked) != 1:
        raise click.BadParameter(say("check.report.one"), param_hint="--report")
    writers = {"text": _text, "json": _json, "sarif": _sarif, "github": _github}
    for line in writers[form](checked, line_reader()):
        click.echo(line, color=False if os.environ.get("NO_COLOR") else None)
    if report is not None:
        _write_report(report, checked[0], language, force=force)
    return exit_code(checked, strict=strict)


def exit_code(files: Sequence[CheckedFile], *, strict: bool) -> int:
    """Give 2 where a file could not be read, 1 for an error (or, strictly, a warning) in one, and 0 otherwise."""
    if any(file.checked is None for file in files):
        return 2
    grave = {"error", "warning"} if strict else {"error"}
    return int(any(finding.severity in grave for file in files for finding in file.findings))


def _json(files: Sequence[CheckedFile], line_of: LineOf) -> Iterator[str]:  # noqa: ARG001 - as the other writers
    from procurement_equality.exchange.check_records import check_record

    yield json.dumps(check_record(files, LANGUAGE), ensure_ascii=False, indent=2)


def _sarif(files: Sequence[CheckedFile], line_of: LineOf) -> Iterator[str]:
    from procurement_equality import Catalogue
    from procurement_equality.exchange.sarif import sarif

    read = next((file.checked.case.catalogue for file in files if file.checked is not None), None)
    made = sarif(files, read or Catalogue.load(), LANGUAGE, Path.cwd(), line_of)
    yield json.dumps(made, ensure_ascii=False, indent=2)


def _github(files: Sequence[CheckedFile], line_of: LineOf) -> Iterator[str]:  # noqa: ARG001 - as the other writers
    from procurement_equality.exchange.annotations import workflow_commands

    findings = {_key(finding): finding for file in files for finding in file.findings}
    yield from workflow_commands(findings.values(), LANGUAGE, Path.cwd())


# --- text ----------------------------------------------------------------------------------------------------


def _text(files: Sequence[CheckedFile], line_of: LineOf) -> Iterator[str]:
    """Yield every finding with its line, then what was waived or not examined, and the counts.

    What a rule rests on stands with the first of its findings in a file.
    """
    width = shutil.get_terminal_size((100, 24)).columns
    told: set[tuple[object, ...]] = set()
    for file in files:
        grounded: set[str] = set()
        for finding in file.findings:
            if (key := _key(finding)) not in told:
                told.add(key)
                checked = file.checked if finding.code not in grounded else None
                grounded.add(finding.code)
                yield from _finding(finding, checked, line_of(finding), width)
                yield ""
        if file.checked is not None:
            yield from _after(file.path, file.checked)
    yield _counts(files)


def _key(finding: Finding) -> tuple[object, ...]:
    """Give what makes a finding the same when it is found by way of several files."""
    return finding.code, finding.place, tuple(sorted(finding.data.items()))


def _finding(finding: Finding, checked: Checked | None, line: str, width: int) -> Iterator[str]:
    """Yield a finding, with what its rule rests on where `checked` is given."""
    from procurement_equality.checks.basis import basis_of
    from procurement_equality.checks.registry import BY_CODE
    from procurement_equality.cli.finding_text import Grounds, finding_lines
    from procurement_equality.findings.words import unverified, way_out, what

    rule = BY_CODE.get(finding.code)
    grounds = Grounds()
    if rule is not None and checked is not None:
        basis = basis_of(rule, checked.case, finding)
        law = checked.case.catalogue.cite(basis, LANGUAGE) if basis else ""
        grounds = Grounds(law, unverified(rule.code, LANGUAGE))
    words = what(finding, LANGUAGE), way_out(finding, LANGUAGE)
    yield from finding_lines(finding, words, line, grounds, width, _style)


def _style(text: str, name: str) -> str:
    if name in COLOURS:
        return click.style(text, fg=COLOURS[name], bold=True)
    return click.style(text, bold=name == "place", dim=name == "dim", fg="green" if name == "paste" else None)


def _after(path: str, checked: Checked) -> Iterator[str]:
    """Yield what there is to say of a file besides its findings."""
    if not checked.findings:
        yield say("check.clean", path=path, number=len(checked.examined))
    if checked.waived:
        yield click.style(say("check.waived"), bold=True)
        yield from dict.fromkeys(f"  {_waived(finding, waiver)}" for finding, waiver in checked.waived)
    if checked.not_examined:
        codes = ", ".join(rule.code for rule in checked.not_examined)
        key = "check.not_examined.one" if len(checked.not_examined) == 1 else "check.not_examined"
        yield _wrapped(say(key, path=path, number=len(checked.not_examined), codes=codes))
    if checked.case.selection is not None:
        yield _wrapped(_burden(checked.case.selection))


def _waived(finding: Finding, waiver: FindingWaiver) -> str:
    from procurement_equality.cli.finding_text import plain

    about = waiver.about or finding.data.get("name")
    key = "check.waiver" if about else "check.waiver.all"
    return plain(say(key, code=finding.code, about=about, role=waiver.role, until=waiver.until.isoformat()))


def _burden(selection: Selection) -> str:
    """Say what the selection asks of one supplier, in hours of the first year."""
    from procurement_equality.checks.burden import burden_of

    burden = burden_of(selection)
    hours = [round(minutes / 60) for minutes in (burden.first_year.low, burden.first_year.high)]
    return say(
        "check.burden", low=hours[0], high=hours[1], documents=burden.documents[0], reports=burden.reports_per_year
    )


def _wrapped(text: str) -> str:
    from procurement_equality.cli.finding_text import WIDEST, wrapped

    return wrapped(text, min(shutil.get_terminal_size((100, 24)).columns, WIDEST), "", "  ")


def _counts(files: Sequence[CheckedFile]) -> str:
    """Say how many findings there are of each severity, none left out but waivers where there are none."""
    from procurement_equality.exchange.check_records import counts

    counted = {name: number for name, number in counts(files).items() if number or name != "waived"}
    told = [
        say(f"count.{name}.one") if number == 1 else say(f"count.{name}", number=number)
        for name, number in counted.items()
    ]
    return click.style(", ".join(told) + ".", bold=True)


# --- the report ----------------------------------------------------------------------------------------------


def _check_report_path(report: Path, *, force: bool) -> None:
    """Refuse a report that could not be saved, before anything is checked."""
    from procurement_equality.documents.output import check_new
    from procurement_equality.findings import DocumentError, Finding

    if report.suffix not in (".docx", ".html", ".htm"):
        raise DocumentError([Finding("use.ending", str(report), data={"ending": report.suffix or "–"})])
    check_new(report, force=force)


def _write_report(report: Path, file: CheckedFile, language: Language | None, *, force: bool) -> None:
    """Write the check report; tell it on standard error, since standard output may be for another program."""
    from procurement_equality.documents.check_report import compose_check_report

    if file.checked is None:
        click.echo(say("check.report.unread"), err=True)
        return
    document = compose_check_report(file.checked, language or file.checked.case.procurement.languages[0])
    document.save(report, force=force)
    click.echo(say("check.report.done", path=report), err=True)
