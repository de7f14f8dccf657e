"""A whole `collect`: forms are read, decisions taken in, and everything that is made from them is written anew."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from procurement_equality.answers.assessment.judging import judgement_problem
from procurement_equality.answers.collecting.collect import Collection, Progress, collect
from procurement_equality.answers.collecting.decisions import (
    Decision,
    Decisions,
    Rules,
    Written,
    new_decisions,
    read_decisions,
)
from procurement_equality.answers.collecting.ledger import Asked
from procurement_equality.answers.collecting.received import Expected
from procurement_equality.answers.collecting.result_folder import ResultFolder
from procurement_equality.answers.follow_up import FollowUp, follow_up
from procurement_equality.answers.manifest import FormField, Manifest
from procurement_equality.answers.statistics.model import Statistics
from procurement_equality.answers.statistics.suppression import Masking
from procurement_equality.exchange.decision_sheets import open_elsewhere, read_written, stamp
from procurement_equality.exchange.parquet import check_parquet
from procurement_equality.exchange.publication import Publication, Summary, Wanted
from procurement_equality.findings import Finding, OutputError
from procurement_equality.procurement.selection import Selection


def collect_into(
    source: Path,
    into: Path,
    wanted: Wanted,
    *,
    manifests: Mapping[str, Manifest] | None = None,
    jobs: int | None = None,
    progress: Progress = lambda: None,
) -> Summary:
    """Read what is new in a folder or a zip file, and write everything in the folder `into` anew.

    `manifests`, `jobs` and `progress` are those of `collect`. Raises `OutputError` or `FormError`.
    """
    if wanted.parquet:
        check_parquet()
    asked = Asked(wanted.selection.procurement.reference, wanted.selection.digest) if wanted.selection else None
    with collect(source, into, asked=asked, manifests=manifests, jobs=jobs, progress=progress) as collection:
        return publish(collection, wanted)


def gathered(
    result: Path,
    selection: Selection,
    *,
    now: datetime.datetime,
    expected: Mapping[str, Expected] | None = None,
    masking: Masking | None = None,
    before: Statistics | None = None,
    contract_start: datetime.date | None = None,
) -> FollowUp:
    """Give everything that reports say of a result folder; nothing new is read. Raises `OutputError`."""
    if not (result / "records").is_dir():
        raise OutputError([Finding("file.no-result", str(result))])
    asked = Asked(selection.procurement.reference, selection.digest)
    with collect(None, result, asked=asked) as collection:
        decisions = read_decisions(collection.folder.decisions)
        return follow_up(
            collection,
            decisions,
            selection,
            now=now,
            expected=expected,
            masking=masking,
            before=before,
            contract_start=contract_start,
        )


def read_statistics(result: Path) -> Statistics:
    """Give the statistics that lie in a result folder. Raises `OutputError`."""
    try:
        return Statistics.model_validate_json((result / "statistics.json").read_bytes())
    except (OSError, ValidationError):
        raise OutputError([Finding("file.no-statistics", str(result))]) from None


def publish(collection: Collection, wanted: Wanted) -> Summary:
    """Take in what persons have decided, and write everything that is made from a collection.

    Each file is replaced whole, or stays as it was. Raises `OutputError`.
    """
    folder = collection.folder
    decisions = read_decisions(folder.decisions)
    before = stamp(folder.workbook)
    written, findings = _written(folder.workbook)
    rewrite = not findings or wanted.force
    added = _take_in(written, decisions, collection, wanted)
    findings += [_problem(decision) for decision in decisions.with_problems()]
    run = Publication(collection, decisions, wanted)
    with folder.staging() as staging:
        run.write(staging, with_workbook=rewrite)
        if rewrite and stamp(folder.workbook) != before:
            (staging / folder.workbook.name).unlink()
            findings.append(Finding("collect.workbook-changed", str(folder.workbook)))
        elif rewrite and findings and before is not None and wanted.force:
            _keep_copy(folder, wanted.now)
        names = _place(staging, folder.path)
    return run.summary(added, tuple(findings), names)


def _written(workbook: Path) -> tuple[list[Written], list[Finding]]:
    """Read what stands in the workbook, and say why it may not be written anew."""
    if not workbook.exists():
        return [], []
    findings = [Finding("collect.workbook-open", str(workbook))] if open_elsewhere(workbook) else []
    try:
        return read_written(workbook), findings
    except OutputError as error:
        return [], [*findings, *error.findings]


def _take_in(written: list[Written], decisions: Decisions, collection: Collection, wanted: Wanted) -> int:
    """Add to the decisions what persons have written, and give the number of what was added."""
    rules = Rules(
        fields_by_name(collection.folder) if written else {}, lambda row: judgement_problem(row, wanted.selection)
    )
    added = new_decisions(written, decisions, rules, wanted.now)
    for decision in added:
        keep_decision(collection.folder, decision)
        decisions.add(decision)
    return len(added)


def keep_decision(folder: ResultFolder, decision: Decision) -> None:
    """Add a decision to `decisions.jsonl`. Raises `OutputError`."""
    folder.add_line(folder.decisions, decision.model_dump_json(exclude_defaults=True).encode() + b"\n")


def fields_by_name(folder: ResultFolder) -> Mapping[str, FormField]:
    """Give the fields of all forms that were read, by name; a name is never used for another question."""
    fields: dict[str, FormField] = {}
    for digest in folder.manifest_digests():
        fields |= folder.manifest(digest).fields
    return fields


def _problem(decision: Decision) -> Finding:
    assert decision.problem is not None  # noqa: S101 - those with a problem come here
    return Finding(decision.problem.code, decision.source, severity="warning", data=decision.problem.data)


def _keep_copy(folder: ResultFolder, now: datetime.datetime) -> None:
    copy = folder.workbook.with_name(f"collection-{now:%Y%m%d-%H%M%S}.xlsx")
    if not copy.exists():
        shutil.copy2(folder.workbook, copy)


def _place(staging: Path, target: Path) -> tuple[str, ...]:
    """Give every finished file its name; Parquet parts that are no longer made go away."""
    names = []
    for path in sorted(staging.rglob("*")):
        if path.is_file():
            name = path.relative_to(staging)
            (target / name).parent.mkdir(exist_ok=True)
            path.replace(target / name)
            names.append(name.as_posix())
    for old in sorted((target / "parquet").glob("*-[0-9]*.parquet")):
        if any(name.startswith("parquet/") for name in names) and old.relative_to(target).as_posix() not in names:
            old.unlink()
    return tuple(names)
