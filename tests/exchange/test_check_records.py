"""The JSON of `check`: its shape is what other programs build on."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from procurement_equality.checks.check_files import check_files
from procurement_equality.checks.example import example
from procurement_equality.checks.registry import BY_CODE
from procurement_equality.exchange.check_records import check_record

TODAY = datetime.date(2026, 3, 1)
TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}
NUMBER: dict[str, Any] = {"type": ["integer", "null"], "minimum": 1}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - schemas
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


FINDING: dict[str, Any] = {
    "code": TEXT,
    "severity": {"enum": ["error", "warning", "information"]},
    "path": MAYBE,
    "line": NUMBER,
    "column": NUMBER,
    "about": MAYBE,
    "what": TEXT,
    "way_out": {"type": "string"},
    "yaml": MAYBE,
    "title": MAYBE,
    "why": MAYBE,
    "legal_basis": _list(_object(citation=TEXT, written=TEXT, url=TEXT)),
    "sources": _list(_object(id=TEXT, title=TEXT, publisher=TEXT, url=MAYBE)),
    "unverified": MAYBE,
    "data": {"type": "object", "additionalProperties": {"type": "string"}},
}
WAIVER = _object(about=MAYBE, reason=TEXT, role=TEXT, until={"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})
SHAPE = _object(
    files=_list(
        _object(
            path=TEXT,
            read={"type": "boolean"},
            date=MAYBE,
            regime=MAYBE,
            findings=_list(_object(**FINDING)),
            waived=_list(_object(**FINDING, waiver=WAIVER)),
            examined=_list(TEXT),
            not_examined=_list(TEXT),
        )
    ),
    counts=_object(error=COUNT, warning=COUNT, information=COUNT, waived=COUNT),
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_record_has_its_shape(language: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a language
    """Findings, waived ones and unread files have every key, and no other."""
    text = example("verif.vague").breaks.text
    for name, more in (
        ("a", ""),
        ("b", "\nwaivers:\n  - {code: verif.vague, reason: Prövat., role: chef, until: 2026-12-31}\n"),
        ("c", "\nrequirements:\n  AKT-05: {kind: award-criterion, weight: 10}\n"),
    ):
        (tmp_path / f"{name}.yaml").write_text(text + more, encoding="utf-8")
    (tmp_path / "d.yaml").write_text("act: [\n", encoding="utf-8")
    record = json.loads(json.dumps(check_record(check_files([tmp_path], TODAY), language)))
    assert list(Draft202012Validator(SHAPE).iter_errors(record)) == []
    assert [file["read"] for file in record["files"]] == [True, True, True, False]
    assert record["files"][1]["waived"][0]["waiver"]["role"] == "chef"
    assert record["files"][0]["regime"] == "LOV"


def test_counts_are_those_of_the_findings(tmp_path: Path) -> None:
    """The counts add up to the findings of all files."""
    for name in ("verif.vague", "procedure.lots"):
        (tmp_path / f"{name}.yaml").write_text(example(name).breaks.text, encoding="utf-8")
    record: Any = check_record(check_files([tmp_path], TODAY), "sv")
    found = [finding["severity"] for file in record["files"] for finding in file["findings"]]
    assert record["counts"] == {
        **{severity: found.count(severity) for severity in ("error", "warning", "information")}, "waived": 0,
    }  # fmt: skip
    assert len(found) >= 2


def test_a_rules_finding_tells_what_it_rests_on(tmp_path: Path) -> None:
    """The provision is there as a citation, written out, and with where the act is read."""
    (tmp_path / "p.yaml").write_text(example("procedure.lots").breaks.text, encoding="utf-8")
    record: Any = check_record(check_files([tmp_path / "p.yaml"], TODAY), "en")
    (finding,) = [f for f in record["files"][0]["findings"] if f["code"] == "procedure.lots"]
    (provision,) = finding["legal_basis"]
    assert provision["citation"] == "LOU 4:14"
    assert provision["written"].replace("\u00a0", " ").startswith("Chapter 4, Section 14")
    assert provision["url"].endswith("sfs-2016-1145")
    assert finding["yaml"].startswith("lots:")


def test_provisions_of_other_procurement_acts_are_left_out(tmp_path: Path) -> None:
    """A rule that rests on several procurement acts cites the one that the procurement follows, and other law."""
    text = example("verif.missing").breaks.text
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    record: Any = check_record(check_files([tmp_path / "p.yaml"], TODAY), "en")
    (finding,) = [f for f in record["files"][0]["findings"] if f["code"] == "verif.missing"]
    assert "act: LOU" in text
    assert [provision["citation"] for provision in finding["legal_basis"]] == ["LOU 16:2 st.3"]
    assert len({citation.split()[0] for citation in BY_CODE["verif.missing"].legal_basis}) > 1
