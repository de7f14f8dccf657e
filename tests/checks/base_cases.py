"""Cases made from the bases of the rules' examples, with some keys replaced or taken away."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from procurement_equality import Catalogue, Procurement
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.checks.case import Case, make_case
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.checks.texts import StatedClause, Texts
from procurement_equality.findings import Finding
from procurement_equality.findings.words import describe
from procurement_equality.procurement.facts import OtherClause
from procurement_equality.resources import bundled

GONE = object()
"""The value of a key that is taken away."""


def base_case(catalogue: Catalogue, base: str, **changes: Any) -> Case:  # noqa: ANN401 - whatever the file may hold
    """Make a case of `checks/base/<base>.yaml` with other values of some keys."""
    file, findings = read_file(bundled("requirements_catalog") / "checks" / "base" / f"{base}.yaml")
    assert file is not None, findings
    value: dict[str, Any] = {**file.value, **changes}  # type: ignore[dict-item]
    kept = {key: item for key, item in value.items() if item is not GONE}
    return make_case(catalogue, Procurement.model_validate(_read(kept)))


def found(catalogue: Catalogue, base: str, code: str, **changes: Any) -> list[Finding]:  # noqa: ANN401
    """Give a rule's findings in such a case, and see that each can be said in both languages."""
    case = base_case(catalogue, base, **changes)
    assert case.selection is not None, [describe(finding, "sv") for finding in case.refused]
    findings = BY_CODE[code].examine(case)
    for finding in findings:
        assert describe(finding, "sv").strip()
        assert describe(finding, "en").strip()
    return findings


def severities(catalogue: Catalogue, base: str, code: str, **changes: Any) -> list[str]:  # noqa: ANN401
    """Give how grave a rule's findings are in such a case."""
    return [finding.severity for finding in found(catalogue, base, code, **changes)]


def clause(text: str, kind: str = "contract-performance-condition", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give an other clause as it stands in a procurement file."""
    return {"kind": kind, "title": "En klausul", "text": text, **more}


def paragraph_texts(catalogue: Catalogue, *paragraphs: str, regime: str | None = None) -> Texts:
    """Give paragraphs of a document that someone else wrote, of no known kind."""
    stated = [
        StatedClause(str(index), OtherClause.model_validate(clause(text)).text, _unplaced)
        for index, text in enumerate(paragraphs)
    ]
    return Texts(tuple(stated), catalogue.law, regime)  # type: ignore[arg-type]


def catalogue_texts(catalogue: Catalogue, regime: str | None) -> Texts:
    """Give every clause text of the catalogue, each kind of each requirement, as one document would."""
    stated = [
        StatedClause(f"{requirement.id} {variant.kind}", variant.text, _unplaced, variant.kind, requirement.title)
        for requirement in catalogue.requirements.values()
        for variant in requirement.variants
    ]
    return Texts(tuple(stated), catalogue.law, regime)  # type: ignore[arg-type]


def _unplaced(code: str, _: str, data: Mapping[str, str]) -> Finding:
    return Finding(code, data=data)


def _read(value: Any) -> Any:  # noqa: ANN401
    """Give a value as the strict reader does: sequences are tuples."""
    if isinstance(value, Mapping):
        return {key: _read(item) for key, item in value.items()}
    return tuple(_read(item) for item in value) if isinstance(value, list | tuple) else value


def day(text: str) -> datetime.date:
    """Give a date as it is written in a file."""
    return datetime.date.fromisoformat(text)
