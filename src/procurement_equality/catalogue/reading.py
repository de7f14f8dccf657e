"""Reading a catalogue folder: every file, all findings, then one frozen `Catalogue`."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import RootModel

from procurement_equality.catalogue import references
from procurement_equality.catalogue.assessment import AssessmentRules
from procurement_equality.catalogue.checklist import Checklist
from procurement_equality.catalogue.law import (
    Act,
    CpvList,
    CpvListId,
    HeadcountRule,
    Kind,
    Known,
    Law,
    NameList,
    NameListId,
    Regime,
    RegimeId,
    Threshold,
)
from procurement_equality.catalogue.model import Catalogue, CatalogueHead, Table
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.strict_yaml import YamlFile, read_file
from procurement_equality.catalogue.text import Text
from procurement_equality.catalogue.validation import ModelType, validate
from procurement_equality.findings import Finding
from procurement_equality.resources import bundled


class _Acts(RootModel[Mapping[str, Act]]):
    pass


class _Kinds(RootModel[Mapping[Kind, Text]]):
    pass


class _Regimes(RootModel[Mapping[RegimeId, Regime]]):
    pass


class _Thresholds(RootModel[tuple[Threshold, ...]]):
    pass


class _Headcount(RootModel[tuple[HeadcountRule, ...]]):
    pass


class _CpvLists(RootModel[Mapping[CpvListId, CpvList]]):
    pass


class _NameLists(RootModel[Mapping[NameListId, NameList]]):
    pass


Named = TypeVar("Named", Table, Checklist)


@dataclass
class Reading:
    """The findings and the places of what has been read so far."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)

    def read(self, path: Path) -> YamlFile | None:
        """Read a file; what is wrong with it goes to the findings."""
        file, findings = read_file(path)
        self.findings += findings
        return file

    def model(self, model: type[ModelType], path: Path) -> ModelType | None:
        """Read a file and make a model of it; what is wrong with it goes to the findings."""
        file = self.read(path)
        if file is None:
            return None
        made, findings = validate(model, file)
        self.findings += findings
        return made


def read_catalogue(folder: Path | str | None = None) -> tuple[Catalogue | None, list[Finding]]:
    """Read a catalogue folder. Gives the catalogue (None where it cannot be made) and every finding."""
    path = bundled("requirements_catalog") if folder is None else Path(folder)
    if not path.is_dir():
        code = "file.not-a-folder" if path.exists() else "file.missing"
        return None, [Finding(code, str(path))]
    reading = Reading(path)
    with collector_paused():
        head = reading.model(CatalogueHead, path / "catalogue.yaml")
        law = _law(reading)
        rules = _assessment(reading)
        tables = named_files(reading, Table, "tables")
        checklists = named_files(reading, Checklist, "checklist")
        requirement_files(reading)
        if head is not None and law is not None:
            _references(reading, head, law, tables, checklists)
    findings = in_order(reading.findings)
    if head is None or law is None or rules is None or any(finding.severity == "error" for finding in findings):
        return None, findings
    order = list(head.topics)
    ordered = sorted(reading.requirements.values(), key=lambda r: (order.index(r.topic), r.id))
    made = Catalogue.model_construct(
        head=head,
        law=law,
        tables=tables,
        assessment=rules,
        checklists=checklists,
        requirements={requirement.id: requirement for requirement in ordered},
    )
    made._paths = reading.paths
    return made, findings


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in the order of their places."""
    return sorted(findings, key=lambda f: (f.path or "", f.line or 0, f.column or 0, f.code))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector: a catalogue is many live objects and no cycles worth looking for."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _law(reading: Reading) -> Law | None:
    folder = reading.folder / "law"
    acts = reading.model(_Acts, folder / "acts.yaml")
    kinds = reading.model(_Kinds, folder / "kinds.yaml")
    regimes = reading.model(_Regimes, folder / "regimes.yaml")
    thresholds = reading.model(_Thresholds, folder / "thresholds.yaml")
    headcount = reading.model(_Headcount, folder / "headcount.yaml")
    lists = reading.model(_CpvLists, folder / "cpv_lists.yaml")
    names = reading.model(_NameLists, _own_or_bundled(folder, "name_lists.yaml", "law"))
    known = reading.model(Known, _own_or_bundled(folder, "known.yaml", "law"))
    if not (acts and kinds and regimes and thresholds and headcount and lists and names and known):
        return None
    return Law(
        acts=acts.root,
        kinds=kinds.root,
        regimes=regimes.root,
        thresholds=thresholds.root,
        headcount=headcount.root,
        cpv_lists=lists.root,
        name_lists=names.root,
        known=known,
    )


def _assessment(reading: Reading) -> AssessmentRules | None:
    """Read what answers show: the folder's own `assessment.yaml`, or the bundled one where it has none."""
    return reading.model(AssessmentRules, _own_or_bundled(reading.folder, "assessment.yaml"))


def _own_or_bundled(folder: Path, name: str, within: str = "") -> Path:
    """Give a folder's file, or the bundled catalogue's where the folder, made before there was one, has none."""
    own = folder / name
    return own if own.exists() else bundled("requirements_catalog") / within / name


def named_files(reading: Reading, model: type[Named], folder: str) -> dict[str, Named]:
    """Read the files of a folder whose models are named as their files."""
    made: dict[str, Named] = {}
    for path in sorted((reading.folder / folder).glob("*.yaml")):
        one = reading.model(model, path)
        if one is None:
            continue
        if one.id != path.stem:
            reading.findings.append(Finding("requirement.file-name", str(path), 1, 1, data={"id": one.id}))
        made[one.id] = one
        reading.paths[one.id] = path
    return made


def requirement_files(reading: Reading) -> None:
    """Read every requirement file; ids must be those of the files, and unique."""
    for path in sorted((reading.folder / "requirements").glob("*/*.yaml")):
        requirement = reading.model(Requirement, path)
        if requirement is None:
            continue
        if requirement.id in reading.paths:
            other = str(reading.paths[requirement.id])
            reading.findings.append(
                Finding("requirement.id-twice", str(path), 1, 1, data={"id": requirement.id, "other": other})
            )
            continue
        if requirement.id != path.stem:
            reading.findings.append(Finding("requirement.file-name", str(path), 1, 1, data={"id": requirement.id}))
        if requirement.topic != path.parent.name:
            reading.findings.append(Finding("requirement.folder", str(path), 1, 1, data={"topic": requirement.topic}))
        reading.requirements[requirement.id] = requirement
        reading.paths[requirement.id] = path


def _references(
    reading: Reading,
    head: CatalogueHead,
    law: Law,
    tables: Mapping[str, Table],
    checklists: Mapping[str, Checklist],
) -> None:
    """Check references across files; a file with a problem is read again to find the place."""
    law_folder = reading.folder / "law"
    for name, problem in references.law_problems(law):
        reading.findings += placed(law_folder / name, [problem])
    found = [*references.untranslated(head, head), *references.incomplete(head)]
    reading.findings += placed(reading.folder / "catalogue.yaml", found)
    reading.paths["catalogue.yaml"] = reading.folder / "catalogue.yaml"
    for identifier, table in tables.items():
        reading.findings += placed(reading.paths[identifier], list(references.untranslated(table, head)))
    # A file that has a fault of its own still has its name: what refers to it is not at fault.
    table_names = {*tables, *(path.stem for path in (reading.folder / "tables").glob("*.yaml"))}
    ids = {*reading.requirements, *(path.stem for path in (reading.folder / "requirements").glob("*/*.yaml"))}
    for identifier, problem in references.cycles(reading.requirements):
        reading.findings += placed(reading.paths[identifier], [problem])
    for identifier, checklist in checklists.items():
        reading.findings += placed(reading.paths[identifier], list(references.of_checklist(checklist, head, law, ids)))
    for identifier, requirement in reading.requirements.items():
        found = [
            *references.problems(requirement, head, law, table_names, ids),
            *references.cells(requirement, tables),
        ]
        reading.findings += placed(reading.paths[identifier], found)


def placed(path: Path, problems: list[references.Problem]) -> list[Finding]:
    """Give problems of one file as findings with their places; the file is read again only if there are any."""
    if not problems:
        return []
    file, findings = read_file(path)
    if file is None:
        return findings
    return [file.finding(code, location, **data) for code, location, data in problems]
