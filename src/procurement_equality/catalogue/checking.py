"""Checking a catalogue folder or a layer: what reading finds, then the language checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from procurement_equality.catalogue.layers import blamed, lay, place, read_overlays
from procurement_equality.catalogue.lint import Problem, lint
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.reading import in_order, read_catalogue
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.validation import validate
from procurement_equality.catalogue.wording import Wording
from procurement_equality.findings import Finding
from procurement_equality.resources import bundled


def check_catalogue(folder: Path | str) -> list[Finding]:
    """Give every finding of a catalogue folder: of its form and references, and if these are fine, of its language."""
    catalogue, findings = read_catalogue(folder)
    if catalogue is None:
        return findings
    rules, unreadable = read_wording(Path(folder))
    if rules is None:
        return [*findings, *unreadable]
    return [*findings, *unreadable, *placed(catalogue, lint(catalogue, rules))]


def check_overlays(folder: Path | None, overlays: Iterable[Path]) -> list[Finding]:
    """Give every finding of layers on a catalogue: of their form, references and base, and of their language.

    The base's own texts are not judged again.
    """
    base, findings = read_catalogue(folder)
    layers, unread = read_overlays(overlays)
    if base is None:
        return [*findings, *unread]
    catalogue, problems = lay(base, layers)
    findings += [*unread, *problems]
    if any(finding.severity == "error" for finding in findings):
        return in_order(findings)
    rules, unreadable = read_wording(folder or bundled("requirements_catalog"))
    findings += unreadable
    if rules is None:
        return in_order(findings)
    touched = {identifier for layer in layers for identifier in (*layer.requirements, *layer.changes)}
    known = {(problem.of, problem.code, problem.location, problem.text) for problem in lint(base, rules, touched)}
    for problem in lint(catalogue, rules, touched):
        where = blamed(layers, problem.of, problem.location)
        if where is not None and (problem.of, problem.code, problem.location, problem.text) not in known:
            findings.append(place(where[0], problem.code, where[1], problem.data, problem.text, problem.occurrence))
    return in_order(findings)


def read_wording(folder: Path) -> tuple[Wording | None, list[Finding]]:
    """Read the `lint.yaml` of a catalogue folder, or the bundled one where it has none.

    Lists and bounds may be an organisation's own. Regular expressions are always ours, since one from outside could
    take any time.
    """
    ours = bundled("requirements_catalog") / "lint.yaml"
    own = folder / "lint.yaml"
    if not own.is_file() or own.samefile(ours):
        return _wording(ours)
    made, findings = _wording(own)
    trusted, _ = _wording(ours)
    if made is None or trusted is None:
        return None, findings
    pattern, verbs = trusted.obligation.pattern, trusted.obligation.verbs
    obligation = made.obligation.model_copy(update={"pattern": pattern, "verbs": verbs})
    used = made.model_copy(update={"patterns": trusted.patterns, "obligation": obligation})
    ignored = [name for name in ("patterns", "obligation") if getattr(used, name) != getattr(made, name)]
    return used, [*findings, *(place(own, "lint.patterns-ignored", (name,), {}) for name in ignored)]


def _wording(path: Path) -> tuple[Wording | None, list[Finding]]:
    file, findings = read_file(path)
    return (None, findings) if file is None else validate(Wording, file)


def placed(catalogue: Catalogue, problems: list[Problem]) -> Iterator[Finding]:
    """Give problems as findings with their places: only files that have one are read again."""
    for identifier, group in groupby(problems, key=lambda problem: problem.of):
        path = catalogue.path(identifier)
        file = read_file(path)[0] if path is not None else None
        for problem in group:
            if file is None:
                yield Finding(problem.code, identifier, data=problem.data, severity="warning")
            else:
                found = file.finding_at(
                    problem.text, problem.occurrence, problem.code, problem.location, **problem.data
                )
                yield found.as_warning()
