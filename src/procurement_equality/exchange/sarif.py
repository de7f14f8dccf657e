"""Findings as SARIF 2.1.0 (OASIS Standard), which code hosts and editors show.

Left out are `fixes`, since a correction often holds … for what only the buyer knows, and `helpUri`, since no page of
ours is on the web.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from procurement_equality import __version__
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.source_lines import LineOf
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.check_files import CheckedFile
from procurement_equality.checks.groups import group
from procurement_equality.checks.registry import BY_CODE, RULES
from procurement_equality.checks.rule import Rule
from procurement_equality.exchange.annotations import relative
from procurement_equality.findings import Finding
from procurement_equality.findings.extent import extent
from procurement_equality.findings.unfilled import words
from procurement_equality.findings.words import title, unverified, way_out, what, why
from procurement_equality.procurement.facts import FindingWaiver

Json = dict[str, object]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "information": "note"}
_LABELS = {
    "sv": {"law": "Lag", "sources": "Källor", "unverified": "Inte verifierat", "paste": "Rättad text"},
    "en": {"law": "Law", "sources": "Sources", "unverified": "Not verified", "paste": "Corrected text"},
}
_LANGUAGES = {"sv": "sv-SE", "en": "en"}


def sarif(files: Sequence[CheckedFile], catalogue: Catalogue, language: Language, here: Path, line_of: LineOf) -> Json:
    """Give a SARIF log with one run: every rule, and a result for each finding, those that are waived suppressed.

    `catalogue` knows the acts and sources that rules name. Paths are relative to `here` where they lie below it.
    """
    found = list(_found(files))
    driver = _Driver(catalogue, language, [finding for finding, _ in found])
    seen: Counter[str] = Counter()
    results = []
    for finding, waiver in found:
        identity = _identity(finding, here)
        results.append(
            {
                **driver.result(finding, here, line_of(finding)),
                "partialFingerprints": {"finding/v1": _digest(identity, seen[identity])},
                "suppressions": [_suppression(waiver, language)] if waiver is not None else [],
            }
        )
        seen[identity] += 1
    run: Json = {
        "tool": {"driver": driver.component()},
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": all(file.checked is not None for file in files)}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _found(files: Iterable[CheckedFile]) -> Iterable[tuple[Finding, FindingWaiver | None]]:
    for file in files:
        yield from ((finding, None) for finding in file.findings)
        yield from file.checked.waived if file.checked is not None else ()


class _Driver:
    """The tool with its rules: ours, then the other codes that were found."""

    def __init__(self, catalogue: Catalogue, language: Language, findings: Iterable[Finding]) -> None:
        self.catalogue, self.language = catalogue, language
        others = dict.fromkeys(finding.code for finding in findings if finding.code not in BY_CODE)
        self.codes = [*BY_CODE, *others]

    def component(self) -> Json:
        """Give the tool component."""
        rules = [*map(self._rule, RULES), *map(self._other, self.codes[len(RULES) :])]
        return {"name": "procurement-equality", "version": __version__, "semanticVersion": __version__, "rules": rules}

    def result(self, finding: Finding, here: Path, line: str) -> Json:
        """Give a result without its fingerprint; `line` is the line that it points at."""
        text = f"{what(finding, self.language)} {way_out(finding, self.language)}".strip()
        properties = {key: finding.data[key] for key in ("name", "yaml") if key in finding.data}
        return {
            "ruleId": finding.code,
            "ruleIndex": self.codes.index(finding.code),
            "level": LEVELS[finding.severity],
            "message": {"text": text},
            "locations": [_location(finding, here, line)] if finding.path is not None else [],
            **({"properties": properties} if properties else {}),
        }

    def _rule(self, rule: Rule) -> Json:
        named, reason = title(rule.code, self.language), why(rule.code, self.language)
        return {
            "id": rule.code,
            "name": _name(rule.code),
            "shortDescription": {"text": named if named.endswith(".") else f"{named}."},
            "fullDescription": {"text": reason},
            "help": {"text": "\n\n".join(self._help(rule, markdown=False)), "markdown": "\n\n".join(self._help(rule))},
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "properties": {
                "tags": [group(rule)],
                "legalBasis": list(rule.legal_basis),
                "sources": list(rule.sources),
                "verified": rule.verified,
            },
        }

    def _other(self, code: str) -> Json:
        """Give a finding of reading or selecting, which has no more than its words."""
        said, out = words(code, self.language)
        return {
            "id": code,
            "name": _name(code),
            "shortDescription": {"text": said},
            "fullDescription": {"text": said},
            "help": {"text": out or said},
        }

    def _help(self, rule: Rule, *, markdown: bool = True) -> list[str]:
        """Give the paragraphs of a rule's help."""
        label, acts = _LABELS[self.language], self.catalogue.law.acts
        parts = [why(rule.code, self.language), words(rule.code, self.language)[1]]
        if rule.legal_basis:
            parts.append(f"{label['law']}: {self.catalogue.cite(rule.legal_basis, self.language)}.")
            urls = dict.fromkeys(acts[citation.split()[0]].url for citation in rule.legal_basis)
            parts += [f"<{url}>" if markdown else url for url in urls]
        sources = [self.catalogue.head.sources[identifier] for identifier in rule.sources]
        if sources:
            told = [f"{source.publisher}: {source.title} {source.url or ''}".strip() for source in sources]
            parts.append(f"{label['sources']}: {'; '.join(told)}")
        if doubt := unverified(rule.code, self.language):
            parts.append(f"**{label['unverified']}:** {doubt}" if markdown else f"{label['unverified']}: {doubt}")
        return [part for part in parts if part]


def _location(finding: Finding, here: Path, line: str) -> Json:
    assert finding.path is not None, "only a finding with a path has a location"  # noqa: S101
    place: Json = {"artifactLocation": {"uri": uri(finding.path, here)}}
    if finding.line is not None:
        place["region"] = _region(finding, line)
    return {"physicalLocation": place}


def _region(finding: Finding, line: str) -> Json:
    """Give lines and columns from 1; the end is the column after the last character."""
    region: Json = {"startLine": finding.line}
    if finding.column is not None:
        end = finding.column + extent(line, finding.column, finding.data.get("words", ""))
        region |= {"startColumn": finding.column, "endColumn": end}
    return region


def uri(path: str, here: Path) -> str:
    """Give a path as a URI reference: relative to `here` where it lies below, else a `file:` URI."""
    near = relative(path, here)
    return quote(near, safe="/") if not Path(near).is_absolute() and ".." not in Path(near).parts else _whole(path)


def _whole(path: str) -> str:
    return Path(path).absolute().as_uri()


def _identity(finding: Finding, here: Path) -> str:
    """Give what makes a finding the same when lines move: rule, file, clause and words."""
    place = uri(finding.path, here) if finding.path is not None else ""
    return "\x1f".join((finding.code, place, finding.data.get("name", ""), finding.data.get("words", "")))


def _digest(identity: str, earlier: int) -> str:
    """Give the fingerprint: SHA-256, hexadecimal. Equal findings differ by how many came before."""
    return hashlib.sha256(f"{identity}\x1f{earlier}".encode()).hexdigest()


def _suppression(waiver: FindingWaiver, language: Language) -> Json:
    justification = f"{waiver.reason[language]} ({waiver.role}, {waiver.until.isoformat()})"
    return {"kind": "inSource", "status": "accepted", "justification": justification}


def _name(code: str) -> str:
    """Write a code as SARIF wants names: `LovNoAward`."""
    return "".join(part.capitalize() for part in code.replace("-", ".").split("."))
