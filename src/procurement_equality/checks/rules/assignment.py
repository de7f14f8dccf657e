"""What the assignment brings with it: children, minority languages in elderly care, insight and follow-up."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_equality.catalogue import citation
from procurement_equality.catalogue.law import NameListId
from procurement_equality.checks.case import Case
from procurement_equality.checks.legal_basis import rests_on
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.saying import asking, said
from procurement_equality.checks.texts import LANGUAGES
from procurement_equality.checks.words import phrases
from procurement_equality.findings.words import sentence

_WITH_CHILDREN = ("801", "802", "853113", "8531211", "8531212")
"""CPV prefixes: preschool and primary, secondary school, welfare for children, day care for children."""

_ELDERLY_CARE = {"home-care", "special-housing"}

_AREAS: Mapping[NameListId, tuple[str, str]] = {
    "finnish-area": ("finnish", "note.language-finnish"),
    "meankieli-area": ("meankieli", "note.language-meankieli"),
    "sami-area": ("sami", "note.language-sami"),
}
"""Each administrative area: the list of words for its language, and the language's name."""

_HANDED_OVER = {"education", "home-care", "personal-assistance", "protected-housing", "special-housing"}
"""Sectors whose services are a municipal matter that is handed over to a private provider."""

_ASKED_OF_PROVIDERS = {"insight": ("10:9", "STY-04"), "follow-up": ("10:8", "STY-03")}
"""The section of KL, and the catalogue's requirement: the list of words has the same name."""


def child(case: Case) -> Found:
    """Find an object that concerns children without a clause on the best interests of the child (SoL 3:1-3)."""
    concerns = case.procurement.concerns_children
    by_code = any(cpv.startswith(_WITH_CHILDREN) for cpv in case.procurement.cpv)
    if concerns is False or not (concerns or by_code or "education" in case.procurement.sectors):
        return
    in_catalogue = any(c.requirement and c.requirement.topic == "children" for c in case.clauses)
    if in_catalogue or case.texts.holding(phrases("best-interests-of-the-child")):
        return
    what = said("note.child-concerned" if concerns else "note.child-unknown")
    yield case.finding("assignment.child", ("concerns_children",), **what, **_children_yaml(case))


def _children_yaml(case: Case) -> dict[str, str]:
    """Give the YAML of the catalogue's requirements on children that fit the sector."""
    sectors = set(case.procurement.sectors)
    fitting = [
        r.id
        for r in case.catalogue.requirements.values()
        if r.topic == "children" and r.status == "active" and sectors.intersection(r.applies.sectors)
    ]
    return {"yaml": "requirements:" + "".join(f"\n  {name}: {{}}" for name in fitting[:2])} if fitting else {}


def minority_area(case: Case) -> Found:
    """Find elderly care in an administrative area without care in its language (SoL 8:6, 2009:724 6)."""
    authority = case.procurement.authority
    if authority.type != "municipality" or not _ELDERLY_CARE.intersection(case.procurement.sectors):
        return
    lists = case.catalogue.law.name_lists
    within = {area: name for area in _AREAS if area in lists and (name := lists[area].held_in(authority.name))}
    offered = [clause for clause in case.clauses if rests_on(clause, "SoL", "8:6")]
    missing = [area for area in within if not offered and not _others_name(case, _AREAS[area][0])]
    if missing:
        data = {
            f"languages_{language}": citation.joined(
                tuple(sentence(_AREAS[area][1], language) for area in missing), language
            )
            for language in LANGUAGES
        }
        data |= {"municipality": within[missing[0]], "yaml": "requirements:\n  MIN-01: {}"}
        yield case.finding("assignment.minority-area", ("authority", "name"), **data)


def _others_name(case: Case, language: str) -> bool:
    """Say whether a clause of the documents' own names a language."""
    return any(clause.other for clause in case.texts.holding(phrases(f"language-{language}")))


def insight(case: Case) -> Found:
    """Find a contract with a private provider without insight for the public, or without follow-up (KL 10:8-9)."""
    procurement = case.procurement
    if procurement.authority.type not in ("municipality", "region") or procurement.private_provider is False:
        return
    missing = [name for name in ("insight", "follow-up") if not _gives(case, name)]
    if not missing:
        return
    at = ("private_provider",)
    if procurement.private_provider is None:
        if _HANDED_OVER.intersection(procurement.sectors):
            what = said("note.insight-unknown")
            yield asking(case.finding("assignment.insight", at, **what, yaml="private_provider: true"))
        return
    yaml = "requirements:" + "".join(f"\n  {_ASKED_OF_PROVIDERS[name][1]}: {{}}" for name in missing)
    if "insight" in missing:
        note = "note.insight-and-follow-up-missing" if "follow-up" in missing else "note.insight-missing"
        yield case.finding("assignment.insight", at, **said(note), yaml=yaml)
    else:
        yield case.finding("assignment.insight", at, **said("note.follow-up-missing"), yaml=yaml).as_warning()


def _gives(case: Case, name: str) -> bool:
    """Say whether a clause gives insight or follow-up: it rests on the section, or the documents' own words say so."""
    by_words = any(clause.other for clause in case.texts.holding(phrases(name)))
    return by_words or any(rests_on(clause, "KL", _ASKED_OF_PROVIDERS[name][0]) for clause in case.clauses)


RULES = (
    Rule(
        "assignment.child",
        "information",
        of_case=child,
        legal_basis=("SoL 3:1-3", "2018:1197 1"),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "assignment.minority-area",
        "warning",
        of_case=minority_area,
        legal_basis=("SoL 8:6", "2009:724 6-7", "2009:724 18"),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "assignment.insight",
        "error",
        of_case=insight,
        legal_basis=("KL 10:7-9",),
        needs_selection=True,
    ),
)
