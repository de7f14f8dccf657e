"""Reading a catalogue with an organisation's layers on it: every file, all findings, then one frozen `Catalogue`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from procurement_equality.catalogue import layering, references
from procurement_equality.catalogue.model import Catalogue, Table
from procurement_equality.catalogue.overlay import Change, ChangeFile, Overlay, OverlayHead, Set, Withdraw
from procurement_equality.catalogue.reading import (
    Reading,
    collector_paused,
    in_order,
    named_files,
    read_catalogue,
    requirement_files,
)
from procurement_equality.catalogue.strict_yaml import Location, read_file
from procurement_equality.findings import CatalogueError, Finding

_WARNINGS = ("overlay.digest", "overlay.digest-missing", "text.missing-en")
"""What the author of a layer should know, though it stops nothing: the base has moved, a text is not translated."""


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
    """Read a catalogue and its layers. Gives the catalogue (None where it cannot be made) and every finding.

    A layer that is named twice, however it is spelled, is laid once.
    """
    base, findings = read_catalogue(folder)
    layers, unread = read_overlays(overlays)
    if base is None or not (layers or unread):
        return base, [*findings, *unread]
    made, problems = lay(base, layers)
    findings += [*unread, *problems]
    return (None if any(finding.severity == "error" for finding in findings) else made), in_order(findings)


def read_overlays(overlays: Iterable[Path | str]) -> tuple[list[Overlay], list[Finding]]:
    """Read layers, in order, each once. Gives those that could be read, and every finding."""
    named = {Path(path).resolve(): Path(path) for path in reversed(list(overlays))}
    read = [read_overlay(path) for path in reversed(named.values())]
    return [layer for layer, _ in read if layer is not None], [finding for _, listed in read for finding in listed]


def lay(base: Catalogue, layers: Sequence[Overlay]) -> tuple[Catalogue, list[Finding]]:
    """Lay layers on a catalogue, in order. Gives the catalogue, which an error among the findings forbids to use."""
    made, problems = layering.apply(base, layers)
    findings = [*(place(*problem) for problem in problems), *_reference_findings(made, layers)]
    made._paths = {**base._paths, **{key: path for layer in layers for key, path in layer.paths.items()}}
    made._folders = tuple(layer.folder.resolve() for layer in layers)
    return made, findings


def read_overlay(folder: Path) -> tuple[Overlay | None, list[Finding]]:
    """Read one layer. Gives what of it could be read (None without a head), and every finding."""
    if not folder.is_dir():
        return None, [Finding("file.not-an-overlay" if folder.exists() else "file.missing", str(folder))]
    reading = Reading(folder)
    with collector_paused():
        head = reading.model(OverlayHead, folder / "overlay.yaml")
        changes = _change_files(reading)
        tables = named_files(reading, Table, "tables")
        requirement_files(reading)
    if head is None:
        return None, reading.findings
    return Overlay(folder, head, changes, reading.requirements, tables, reading.paths), reading.findings


def blamed(layers: Sequence[Overlay], identifier: str, location: Location) -> tuple[Path, Location] | None:
    """Give the file and place in a layer where a part of a finished requirement comes from, or None for the base's."""
    for layer in reversed(layers):
        if identifier in layer.paths:
            return layer.paths[identifier], location
        file = layer.changes.get(identifier)
        if file is None:
            continue
        for index, change in reversed(list(enumerate(file.changes))):
            where = _within(change, location)
            if where is not None:
                return layer.folder / "changes" / f"{identifier}.yaml", ("changes", index, *where)
    return None


def place(
    path: Path, code: str, location: Location, data: Mapping[str, str], words: str = "", occurrence: int = 0
) -> Finding:
    """Make a finding with its place in a file of a layer, at some words within `location` where they are given."""
    file, _ = read_file(path)
    finding = (
        file.finding_at(words, occurrence, code, location, **data) if file else Finding(code, str(path), data=data)
    )
    return finding.as_warning() if code in _WARNINGS or code.startswith("lint.") else finding


_PARTS: dict[str, tuple[str, ...]] = {
    "title": ("title",), "rationale": ("rationale",), "clause": ("variants",), "balancing": ("conflicts",),
    "question": ("questions",), "evidence": ("evidence",), "small-supplier": ("evidence", "small_supplier"),
    "indicator": ("follow_up", "indicator"),
}  # fmt: skip
"""Where in a requirement each text that a layer may change lies."""


def _within(change: Change, location: Location) -> Location | None:
    """Give the place within a change that decided over a part of the requirement, or None where it did not."""
    part = str(location[0])
    if isinstance(change, Withdraw):
        return location if part == "replaced_by" else None
    if isinstance(change, Set):
        keys = tuple(str(key) for key in location[1:] if key not in ("when", "consequence"))
        return (part, *keys) if part in change.model_fields_set else None
    if change.verb == "add":
        return None
    if change.field is None:
        return (part,) if getattr(change, part, None) else None
    if change.field == "clause" and part == "parameters":
        return ("text",)  # a value that the new text no longer uses
    if location[: len(_PARTS[change.field])] != _PARTS[change.field]:
        return None
    language = tuple(key for key in location[-1:] if key in ("sv", "en"))
    return ("text", *language)


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


def _reference_findings(made: Catalogue, layers: Sequence[Overlay]) -> Iterator[Finding]:
    """Check that what the layers wrote leads somewhere: each requirement that they touched, once."""
    ids, tables = set(made.requirements), set(made.tables)
    added = {identifier: layer for layer in layers for identifier in layer.requirements}
    touched = dict.fromkeys(identifier for layer in layers for identifier in (*layer.requirements, *layer.changes))
    for identifier in touched:
        requirement, adder = made.requirements.get(identifier), added.get(identifier)
        if requirement is None or (adder is not None and not identifier.startswith(f"{adder.head.prefix}-")):
            continue  # refused when it was added
        prefix = adder.head.prefix if adder is not None else None
        found = references.problems(requirement, made.head, made.law, tables, ids, prefix)
        for code, location, data in (*found, *references.cells(requirement, made.tables)):
            where = blamed(layers, identifier, location)
            if where is not None:
                yield place(where[0], code, where[1], data)
    for identifier, (code, location, data) in references.cycles(made.requirements):
        where = blamed(layers, identifier, location)
        yield place(where[0], code, where[1], data) if where else Finding(code, identifier, data=data)
