"""`validate`: check catalogue folders and procurement files, and show every finding."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from procurement_equality.cli import InOurLanguage
from procurement_equality.cli.options import catalogue_option, json_option, overlay_option
from procurement_equality.cli.words import LANGUAGE, say


@click.command("validate", cls=InOurLanguage, help=say("validate"))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@overlay_option
@catalogue_option
@json_option
def command(paths: tuple[Path, ...], overlay: tuple[Path, ...], catalogue: Path | None, as_json: bool) -> int:
    """Check everything that is named, or the bundled catalogue."""
    from procurement_equality.cli.failures import exit_code, write
    from procurement_equality.findings.words import way_out, what
    from procurement_equality.procurement.validation import check_path
    from procurement_equality.resources import bundled

    named = paths or overlay or (bundled("requirements_catalog"),)
    checked = {path: check_path(path, catalogue, overlay if paths else ()) for path in named}
    findings = [finding for listed in checked.values() for finding in listed]
    if as_json:
        rows = [{**dataclasses.asdict(f), "what": what(f, LANGUAGE), "way_out": way_out(f, LANGUAGE)} for f in findings]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return exit_code(findings)
    write(findings)
    for path, listed in checked.items():
        if not listed:
            click.echo(say("validate.clean", path=path))
    if findings:
        click.echo(say("validate.count", number=len(findings)), err=True)
    return exit_code(findings)
