"""Reading a catalogue with an organisation's layers on it: every file, all findings, then one frozen `Catalogue`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from procurement_equality.catalogue import layering, references
from procurement_equality.catalogue.lint import Problem
from procurement_equality.catalogue.model import Catalogue, Table
from procurement_equality.catalogue.overlay import ChangeFile, Overlay, OverlayHead
from procurement_equality.catalogue.reading import (
    Reading,
    collector_paused,
    named_files,
    placed,
    read_catalogue,
    requirement_files,
)
from procurement_equality.catalogue.strict_yaml import Location, read_file
from procurement_equality.findings import CatalogueError, Finding


def load_catalogue(folder: Path | str | None = None, overlays: Iterable[Path | str] = ()) -> Catalogue:
    """Read the catalogue in `folder`, or the bundled one, with the layers in `overlays` on it, in order.

    Raises `CatalogueError` with every finding.
    """
    catalogue, findings = read_layered(folder, overlays)
    if catalogue is None:
        raise CatalogueError(findings)
    catalogue._findings = tuple(findings)
    return catalogue


def read_layered(
    folder: Path | str | None = None, overlays: Iterable[Path | str] = ()
) -> tuple[Catalogue | None, list[Finding]]:
    """Read a catalogue and its layers. Gives the catalogue (None where it cannot be made) and every finding."""
    base, findings = read_catalogue(folder)
    read = [read_overlay(Path(path)) for path in dict.fromkeys(Path(path) for path in overlays)]
    findings += [finding for _, listed in read for finding in listed]
    layers = [layer for layer, _ in read if layer is not None]
    if base is None or len(layers) < len(read):
        return None, findings
    if not layers:
        return base, findings
    made, problems = layering.apply(base, layers)
    findings += [_place(problem) for problem in problems]
    findings += _reference_findings(made, layers)
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    made._paths = {**base._paths, **{key: path for layer in layers for key, path in layer.paths.items()}}
    made._folders = tuple(layer.folder.resolve() for layer in layers)
    return made, findings


def read_overlay(folder: Path) -> tuple[Overlay | None, list[Finding]]:
    """Read one layer. Gives it, or None and every finding."""
    if not folder.is_dir():
        return None, [Finding("file.not-an-overlay" if folder.exists() else "file.missing", str(folder))]
    reading = Reading(folder)
    with collector_paused():
        head = reading.model(OverlayHead, folder / "overlay.yaml")
        changes = _change_files(reading)
        tables = named_files(reading, Table, "tables")
        requirement_files(reading)
    if head is None or reading.findings:
        return None, reading.findings
    return Overlay(folder, head, changes, reading.requirements, tables, reading.paths), []


def blamed(layers: Sequence[Overlay], problem: Problem) -> tuple[Path, Location] | None:
    """Give the file and place in a layer where a problem of a finished requirement comes from, or None."""
    for layer in reversed(layers):
        if problem.of in layer.paths:
            return layer.paths[problem.of], problem.location
        file = layer.changes.get(problem.of)
        if file is not None and (place := _change_of(file, problem.location)) is not None:
            return layer.folder / "changes" / f"{problem.of}.yaml", place
    return None


_FIELDS = {
    "variants": "clause", "conflicts": "balancing", "questions": "question", "title": "title", "rationale": "rationale",
}  # fmt: skip
"""The word that a layer uses for each part of a requirement that holds texts."""


def _change_of(file: ChangeFile, location: Location) -> Location | None:
    """Give the place of the change in a file that decided over a part of the requirement, the last one first."""
    part = str(location[0])
    language = [key for key in location[-1:] if key in ("sv", "en")]
    for index, change in reversed(list(enumerate(file.changes))):
        if change.verb not in ("replace", "append"):
            continue
        if change.field is None:
            if getattr(change, part, None):
                return "changes", index, part
        elif _FIELDS.get(part, change.field) == change.field:
            return "changes", index, "text", *language
    return None


def _change_files(reading: Reading) -> dict[str, ChangeFile]:
    """Read `changes/*.yaml`: each is named after the requirement that it changes."""
    files = {}
    for path in sorted((reading.folder / "changes").glob("*.yaml")):
        file = reading.model(ChangeFile, path)
        if file is None:
            continue
        if file.requirement != path.stem:
            reading.findings.append(Finding("requirement.file-name", str(path), 1, 1, data={"id": file.requirement}))
        files[path.stem] = file
    return files


def _place(problem: layering.Problem) -> Finding:
    path, code, location, data = problem
    file, _ = read_file(path)
    finding = file.finding(code, location, **data) if file else Finding(code, str(path), data=data)
    return finding.as_warning() if code in ("overlay.digest", "overlay.digest-missing") else finding


def _reference_findings(made: Catalogue, layers: Sequence[Overlay]) -> list[Finding]:
    """Check that what the layers wrote leads somewhere: only requirements that they touched."""
    findings: list[Finding] = []
    ids, tables = set(made.requirements), set(made.tables)
    for layer in layers:
        for identifier in {**layer.requirements, **layer.changes}:
            requirement = made.requirements.get(identifier)
            if requirement is None:
                continue
            own = identifier in layer.requirements
            prefix = layer.head.prefix if own else None
            found = list(references.problems(requirement, made.head, made.law, tables, ids, prefix))
            if own:
                findings += placed(layer.paths[identifier], found)
                continue
            file, _ = read_file(layer.folder / "changes" / f"{identifier}.yaml")
            for code, location, data in found:
                place = _change_of(layer.changes[identifier], location) or ("changes",)
                findings += [file.finding(code, place, **data)] if file else []
    for identifier, (code, location, data) in references.cycles(made.requirements):
        path = next((layer.paths[identifier] for layer in layers if identifier in layer.paths), None)
        findings += placed(path, [(code, location, data)]) if path else [Finding(code, identifier, data=data)]
    return findings
