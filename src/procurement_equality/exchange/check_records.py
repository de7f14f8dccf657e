"""What checks found, as records for other programs: the shape of `check --format json`, stable and tested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from procurement_equality.catalogue.citation import parse
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.basis import basis_of
from procurement_equality.checks.case import Case
from procurement_equality.checks.check_files import CheckedFile
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.rule import SEVERITIES, Rule
from procurement_equality.findings import Finding
from procurement_equality.findings.words import title, unverified, way_out, what, why
from procurement_equality.procurement.facts import FindingWaiver

Record = dict[str, object]


def finding_record(finding: Finding, case: Case | None, language: Language) -> Record:
    """Give a finding with its words, and the provisions that concern the case.

    What only rules have is None or empty for a finding of reading or selecting, and where there is no case.
    `line` and `column` count from 1, columns in code points; `yaml` is corrected YAML for the procurement file.
    """
    rule = BY_CODE.get(finding.code)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "about": finding.data.get("name"),
        "what": what(finding, language),
        "way_out": way_out(finding, language),
        "yaml": finding.data.get("yaml"),
        **(_in_case(rule, case, finding, language) if rule and case else _NO_GROUNDS),
        "data": dict(finding.data),
    }


_NO_GROUNDS: Record = {"title": None, "why": None, "legal_basis": [], "sources": [], "unverified": None}


def _in_case(rule: Rule, case: Case, finding: Finding, language: Language) -> Record:
    return _grounds(rule, basis_of(rule, case, finding), case.catalogue, language)


def _grounds(rule: Rule, basis: Iterable[str], catalogue: Catalogue, language: Language) -> Record:
    """Give what a rule rests on."""
    return {
        "title": title(rule.code, language),
        "why": why(rule.code, language),
        "legal_basis": [_provision(citation, catalogue, language) for citation in basis],
        "sources": [_source(identifier, catalogue) for identifier in rule.sources],
        "unverified": unverified(rule.code, language),
    }


def rule_record(rule: Rule, catalogue: Catalogue, language: Language) -> Record:
    """Give a rule: code, how grave its findings are at most, and what it rests on."""
    return {"code": rule.code, "severity": rule.severity, **_grounds(rule, rule.legal_basis, catalogue, language)}


def _provision(citation: str, catalogue: Catalogue, language: Language) -> Record:
    read = parse(citation)
    act = catalogue.law.acts[read.act] if read is not None else None
    return {
        "citation": citation,
        "written": catalogue.cite((citation,), language),
        "url": act.url if act is not None else None,
    }


def _source(identifier: str, catalogue: Catalogue) -> Record:
    source = catalogue.head.sources[identifier]
    return {"id": identifier, "title": source.title, "publisher": source.publisher, "url": source.url}


def check_record(files: Sequence[CheckedFile], language: Language) -> Record:
    """Give what checks found in files: a record of each, and how many findings of each severity there are."""
    return {"files": [_file_record(file, language) for file in files], "counts": counts(files)}


def counts(files: Iterable[CheckedFile]) -> dict[str, int]:
    """Count the findings by severity, and the waived ones."""
    listed = list(files)
    found = [finding.severity for file in listed for finding in file.findings]
    waived = sum(len(file.checked.waived) for file in listed if file.checked is not None)
    return {**{severity: found.count(severity) for severity in SEVERITIES}, "waived": waived}


def _file_record(file: CheckedFile, language: Language) -> Record:
    checked = file.checked
    case = checked.case if checked else None
    return {
        "path": file.path,
        "read": checked is not None,
        "date": checked.date.isoformat() if checked else None,
        "regime": case.regime if case else None,
        "findings": [finding_record(finding, case, language) for finding in file.findings],
        "waived": [
            {**finding_record(finding, case, language), "waiver": _waiver(waiver, language)}
            for finding, waiver in (checked.waived if checked else ())
        ],
        "examined": [rule.code for rule in checked.examined] if checked else [],
        "not_examined": [rule.code for rule in checked.not_examined] if checked else [],
    }


def _waiver(waiver: FindingWaiver, language: Language) -> Record:
    return {
        "about": waiver.about,
        "reason": waiver.reason[language],
        "role": waiver.role,
        "until": waiver.until.isoformat(),
    }
