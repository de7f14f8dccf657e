"""What may be required of the supplier itself, and that it is linked to what is bought."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_equality.catalogue.law import Capacity
from procurement_equality.catalogue.requirement import ClauseVariant
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.nearby import Wording, found
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import wordings


def closed_list(case: Case) -> Found:
    """Find selection criteria that no capacity is stated for, where the act's list is exhaustive (LOU 14:1, LUK 12:2).

    LUF 14:1 takes any objective condition.
    """
    if case.regime not in ("LOU", "LUK"):
        return
    for stated in case.of_kind("selection-criterion"):
        if _capacity(stated) is None:
            better = f"other_clauses:\n  {stated.name}:\n    capacity: technical-and-professional\n"
            yield stated.finding("kv.closed-list", **({"yaml": better} if stated.other else {}))


def _capacity(stated: StatedClause) -> Capacity | None:
    if stated.other is not None:
        return stated.other.capacity
    variant = stated.requirement.variant("selection-criterion") if stated.requirement else None
    return variant.capacity if isinstance(variant, ClauseVariant) else None


def policy(texts: Texts) -> Found:
    """Find a demand for a policy, a plan or values of the whole company.

    An error in a selection criterion where the act itself asks for the link (LOU 14:1, LUK 12:2). Elsewhere the
    principle of proportionality does, and a contract condition may be meant for the contract: that is for judgement.
    """
    told: set[StatedClause] = set()
    for wording in found(texts, "policy"):
        stated = wording.stated
        if stated in told or not _concerns(wording):
            continue
        told.add(stated)
        finding = stated.finding("kv.policy", wording.words)
        of_act = stated.kind == "selection-criterion" and texts.regime in ("LOU", "LUK")
        yield finding if of_act else finding.as_warning()


def _concerns(wording: Wording) -> bool:
    stated = wording.stated
    kinds = (None, "selection-criterion", "contract-performance-condition")
    if stated.kind not in kinds or stated.waives("lint.firm-wide") or wording.beside("of-the-contract"):
        return False
    return wording.demanded


def double_use(case: Case) -> Found:
    """Find award criteria and selection criteria that both take persons' qualifications (LOU 15:11, LUF 14:3)."""
    if case.regime not in ("LOU", "LUF"):
        return
    selecting = [(stated, words) for stated in case.of_kind("selection-criterion") if (words := _of_persons(stated))]
    for stated in case.of_kind("award-criterion") if selecting else ():
        if words := _of_persons(stated):
            other, other_words = selecting[0]
            yield stated.finding("kv.double-use", words, other=other.name, other_words=other_words)


def _of_persons(stated: StatedClause) -> str:
    """Give the words for persons' qualifications in a clause or its evidence, or nothing."""
    for language in LANGUAGES:
        text = "\n".join(_asked(stated, language))
        person = next((words for _, words in wordings("named-persons").matches(text, language)), "")
        qualification = next((words for _, words in wordings("person-qualifications").matches(text, language)), "")
        if person and qualification:
            return qualification
    return ""


def _asked(stated: StatedClause, language: Language) -> Iterator[str]:
    """Yield a clause and the evidence that it asks for."""
    yield stated.written(language)
    evidence: Text | None = stated.requirement.evidence if stated.requirement else None
    if stated.other is not None:
        evidence = stated.other.evidence
    if evidence is not None:
        yield evidence.sv if language == "sv" else evidence.en or ""


RULES = (
    Rule(
        "kv.closed-list",
        "error",
        of_case=closed_list,
        legal_basis=("LOU 14:1", "LOU 14:2", "LOU 14:3-4", "LOU 14:5", "LUK 12:2"),
    ),
    Rule(
        "kv.policy",
        "error",
        of_texts=policy,
        legal_basis=("LOU 14:1", "LOU 17:1", "LUK 12:2"),
        sources=("eige-post-procurement", "eu-dom-c-368-10"),
        verified=False,
    ),
    Rule("kv.double-use", "warning", of_case=double_use, legal_basis=("LOU 15:11 p.7", "LUF 14:3")),
)
