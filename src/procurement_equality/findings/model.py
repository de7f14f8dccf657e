"""A finding and the errors that carry findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning", "information"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth knowing.

    `code` names the rule and its words, `path:line:column` the place (1-based, None where there is none),
    `data` what the words need.
    """

    code: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    severity: Severity = "error"
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Give the place as `path:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    def as_warning(self) -> Finding:
        """Give the same finding as something that stops nothing."""
        return replace(self, severity="warning")

    @property
    def unreadable(self) -> bool:
        """Say whether the input or output could not be used at all (exit code 2, not 1)."""
        return self.code.startswith(("file.", "form.", "output.", "use."))


class ProcurementEqualityError(Exception):
    """Base of every error of this package: it carries all findings, in the order of their places."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        """Give the findings in Swedish and English, one a paragraph."""
        from procurement_equality.findings.words import describe

        return "\n".join(
            f"{describe(finding, 'sv')}\n{describe(finding, 'en', place=False)}" for finding in self.findings
        )


class CatalogueError(ProcurementEqualityError, ValueError):
    """The catalogue cannot be used as it stands."""


class ProcurementError(ProcurementEqualityError, ValueError):
    """The procurement file cannot be used as it stands."""


class SelectionError(ProcurementEqualityError, ValueError):
    """The procurement asks for something that the law or the catalogue does not allow."""


class TemplateError(ProcurementEqualityError, ValueError):
    """A template or its word list cannot be used as it stands."""


class DocumentError(ProcurementEqualityError, ValueError):
    """A document cannot be written in the form that was asked for."""


class FormError(ProcurementEqualityError, ValueError):
    """A file that came back cannot be read as a form. The finding's code, `form.*`, says why."""


class SupplierListError(ProcurementEqualityError, ValueError):
    """A list of suppliers, or the log of what was sent to them, cannot be used as it stands."""


class OutputError(ProcurementEqualityError, OSError):
    """A file could not be written; what stood there before is untouched."""
