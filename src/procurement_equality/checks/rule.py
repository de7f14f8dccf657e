"""What a rule is, and how its finding becomes weaker, never stronger, than the rule says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from procurement_equality.checks.case import Case
from procurement_equality.checks.texts import Texts
from procurement_equality.findings import Finding, Severity

Found = Iterator[Finding]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information")
"""From the gravest: an error breaks the law or cannot be used, a warning is for judgement, information is to know."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, how grave a finding is at most, what it rests on, and the function that examines.

    A rule about the case takes the whole of it. A rule about texts takes the clauses only, so that it can examine a
    document that someone else wrote; a rule that sees more in a case than in its texts has both. Words are in
    `findings/messages/`; a case that breaks the rule, and the same case mended, in `requirements_catalog/checks/`.
    """

    code: str
    severity: Severity
    of_case: Callable[[Case], Found] | None = None
    of_texts: Callable[[Texts], Found] | None = None
    legal_basis: tuple[str, ...] = ()
    """Citations: `LOU 17:1`."""
    sources: tuple[str, ...] = ()
    """Ids of sources in `catalogue.yaml`."""
    verified: bool = True
    """False where something that the rule rests on has not been verified; the words `unverified` say what."""
    needs_selection: bool = False
    """Whether the rule can say nothing before requirements have been selected."""

    def examine(self, case: Case) -> list[Finding]:
        """Give the rule's findings in a case, in the order that they were found."""
        if self.of_case is not None:
            return [self._weighed(finding) for finding in self.of_case(case)]
        return self.examine_texts(case.texts)

    def examine_texts(self, texts: Texts) -> list[Finding]:
        """Give the findings of a rule about texts."""
        assert self.of_texts is not None, "only a rule about texts examines them alone"  # noqa: S101
        return [self._weighed(finding) for finding in self.of_texts(texts)]

    def _weighed(self, finding: Finding) -> Finding:
        """Give the finding no graver than its rule: functions may say that one is less grave."""
        if SEVERITIES.index(finding.severity) >= SEVERITIES.index(self.severity):
            return finding
        return replace(finding, severity=self.severity)
