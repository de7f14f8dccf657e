"""That requirements are linked to what is bought, and that those on staff concern those who perform the contract."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.catalogue.law import Kind, RegimeId
from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.catalogue.text import Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.nearby import has
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.rules.award import is_price
from procurement_equality.checks.saying import said
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import phrases
from procurement_equality.findings import Finding

_PARAGRAPHS: Mapping[RegimeId, tuple[str, str]] = {
    "LOU": ("LOU 17:1", "LOU 16:2"),
    "LUF": ("LUF 16:1", "LUF 15:2"),
    "LUK": ("LUK 14:1", "LUK 13:1"),
}
"""The paragraphs that demand the link: for contract performance conditions, and for award criteria."""

_ABOUT_STAFF: tuple[Kind | None, ...] = (
    None,
    "technical-specification",
    "award-criterion",
    "contract-performance-condition",
)


def subject(case: Case) -> Found:
    """Find contract conditions without the procurement's general link, and award criteria without one of their own.

    Where the act has no paragraph on it, the principles lead there: a warning. The price needs no link.
    """
    if case.regime is None:
        return
    conditions = [s for s in case.of_kind("contract-performance-condition") if not _said(_own(case, s))]
    if conditions and not _said(case.procurement.link_to_subject):
        data = said("note.link-conditions") | {"yaml": f"link_to_subject: Kraven gäller {_object(case)}\n"}
        yield _missing(case, ("link_to_subject",), 0, data)
    for stated in case.of_kind("award-criterion"):
        if _said(_own(case, stated)) or (stated.other is not None and is_price(stated)):
            continue
        at: Location = ("other_clauses" if stated.other else "requirements", stated.name)
        own = f"{at[0]}:\n  {stated.name}:\n    link_to_subject: Kriteriet gäller {_object(case)}\n"
        data = said("note.link-award", name=stated.name) | {"name": stated.name, "yaml": own}
        yield _missing(case, at, 1, data)


def _object(case: Case) -> str:
    """Give the end of a sentence on what requirements concern, for the buyer to make more exact."""
    return {
        "services": "hur tjänsten utförs och den personal som utför kontraktet.",
        "works": "hur entreprenaden utförs och den personal som utför kontraktet.",
        "goods": "varorna och hur de levereras.",
    }[case.procurement.category]


def _own(case: Case, stated: StatedClause) -> Text | None:
    """Give the clause's own words on how it belongs to what is bought."""
    if stated.other is not None:
        return stated.other.link_to_subject
    choice = case.procurement.requirements.get(stated.name)
    return choice.link_to_subject if choice else None


def _said(text: Text | None) -> bool:
    """Say whether a text holds words, and not only the dots of a draft."""
    return text is not None and any(character.isalpha() for character in text.sv)


def _missing(case: Case, at: Location, of_kind: int, data: Mapping[str, str]) -> Finding:
    assert case.rules is not None, "the regime is known"  # noqa: S101
    assert case.regime is not None  # noqa: S101
    paragraphs = _PARAGRAPHS.get(case.regime)
    citation = paragraphs[of_kind] if paragraphs else case.rules.principles
    cited = {f"citation_{language}": case.cite(language, citation) for language in LANGUAGES}
    finding = case.finding("link.subject", at, **data, **cited)
    return finding if paragraphs else finding.as_warning()


def staff_scope(texts: Texts) -> Found:
    """Find clauses on training, pay or balance of staff that are not limited to those who perform the contract.

    A warning where the act has no paragraph on the link to what is bought.
    """
    limited = {(stated, language) for stated, language, *_ in texts.matches(phrases("lint.scope-limits"))}
    told: set[StatedClause] = set()
    for stated, language, _, words in texts.matches(phrases("lint.scope-staff")):
        if stated in told or (stated, language) in limited or stated.kind not in _ABOUT_STAFF:
            continue
        text = stated.written(language)
        if stated.waives("lint.scope") or not has("staff-topic", text, language):
            continue
        if stated.kind is None and not has("demand", text, language):
            continue
        told.add(stated)
        finding = stated.finding("link.staff-scope", words)
        yield finding if texts.regime in _PARAGRAPHS else finding.as_warning()


RULES = (
    Rule(
        "link.subject",
        "error",
        of_case=subject,
        legal_basis=(
            "LOU 16:2",
            "LOU 17:1",
            "LUF 15:2",
            "LUF 16:1",
            "LUK 13:1",
            "LUK 14:1",
            "LOU 19:2",
            "LUF 19:2",
            "LUK 15:2",
            "LOV 1:2",
        ),
        needs_selection=True,
    ),
    Rule(
        "link.staff-scope",
        "error",
        of_texts=staff_scope,
        legal_basis=("LOU 16:2", "LOU 17:1", "LUF 16:1", "LUK 14:1"),
        sources=("eige-post-procurement",),
    ),
)
