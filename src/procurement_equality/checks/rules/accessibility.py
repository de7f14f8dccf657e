"""Accessibility: in the technical specifications of what people use, and in the provider's own digital service."""

from __future__ import annotations

from collections.abc import Iterable

from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.checks.case import Case
from procurement_equality.checks.legal_basis import rests_on
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.saying import asking, said
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.words import phrases

_REGIMES = ("LOU", "LUF")
"""Where chapter 9, section 2 applies: neither chapter 19, chapter 19 a, LUK nor LOV has the duty."""

_USED_BY_PEOPLE = {
    "communication", "construction", "education", "it-systems", "meals", "products", "special-transport",
    "training-services", "transport",
}  # fmt: skip
"""Sectors where people often use what is bought, so that it is worth asking."""

_UNDER_2023_254 = {"communication", "it-systems", "special-transport", "transport"}
"""Sectors with products and services of 2023:254: computers, terminals, tickets, e-commerce."""

_ACCESSIBILITY = """accessibility:
  products_or_services_act: true
  referred_act: lagen (2023:254) om vissa produkters och tjänsters tillgänglighet"""

_FEW = 3
"""The most grounds of a requirement that is about disability in particular."""

_SOCIAL_SERVICES = {"home-care", "special-housing", "personal-assistance", "protected-housing"}
_HEALTH_AND_SOCIAL_WORK = "85"
"""The CPV division of health and social work services."""


def required(case: Case) -> Found:
    """Find an object for people without accessibility in the technical specifications (LOU 9:2, LUF 9:2)."""
    used, stated = case.procurement.used_by_people, case.procurement.accessibility
    if case.regime not in _REGIMES or used is False or stated.special_reasons is not None:
        return
    about = _about_accessibility(case)
    if any(clause.kind == "technical-specification" for clause in about):
        return
    if used is None:
        if case.procurement.category == "works" or _USED_BY_PEOPLE.intersection(case.procurement.sectors):
            found = case.finding(
                "access.required", ("used_by_people",), **said("note.access-use-unknown"), yaml="used_by_people: true"
            )
            yield asking(found)
        return
    otherwise = [clause for clause in about if _could_be_specification(clause)]
    if otherwise:
        what = said("note.access-condition", names=", ".join(clause.name for clause in otherwise))
        yield case.finding("access.required", ("used_by_people",), **what, **_chosen(otherwise)).as_warning()
    else:
        yield case.finding("access.required", ("used_by_people",), **said("note.access-missing"), **_offered(case))


def eu_act(case: Case) -> Found:
    """Find an object under 2023:254 whose specifications do not refer to the legal act (LOU 9:2, LUF 9:2)."""
    used, stated = case.procurement.used_by_people, case.procurement.accessibility
    if case.regime not in _REGIMES or used is False or stated.referred_act is not None:
        return
    if stated.products_or_services_act is False or any(map(_names_the_act, case.of_kind("technical-specification"))):
        return
    at = ("accessibility", "products_or_services_act")
    if stated.products_or_services_act:
        yield case.finding("access.eu-act", at, **said("note.eu-act-missing"), yaml=_ACCESSIBILITY)
    elif _UNDER_2023_254.intersection(case.procurement.sectors):
        yield asking(case.finding("access.eu-act", at, **said("note.eu-act-unknown"), yaml=_ACCESSIBILITY))


def _names_the_act(clause: StatedClause) -> bool:
    return rests_on(clause, "2023:254") or any(name in clause.text.sv for name in ("2023:254", "2019/882"))


def dos_provider(case: Case) -> Found:
    """Find a private provider of health or social services that is itself a public-sector actor (2018:1937 4)."""
    procurement = case.procurement
    if procurement.private_provider is False or procurement.digital_service is False or not _social(case):
        return
    if any(rests_on(clause, "2018:1937") or "2018:1937" in clause.text.sv for clause in case.clauses):
        return
    if procurement.digital_service:
        what = said("note.dos-provider")
        yield case.finding("access.dos-provider", ("digital_service",), **what, yaml="requirements:\n  FUN-03: {}")
    else:
        yield case.finding(
            "access.dos-provider", ("digital_service",), **said("note.dos-unknown"), yaml="digital_service: true"
        )


def _social(case: Case) -> bool:
    """Say whether the provider's services are among those of 2018:1937 4 § second paragraph, point 3 b and c."""
    by_cpv = any(cpv.startswith(_HEALTH_AND_SOCIAL_WORK) for cpv in case.procurement.cpv)
    return by_cpv or bool(_SOCIAL_SERVICES.intersection(case.procurement.sectors))


def _about_accessibility(case: Case) -> list[StatedClause]:
    """Give the clauses that are about accessibility or every user's needs, by their grounds or their words."""
    by_words = case.texts.holding(phrases("accessibility"))
    return [
        clause
        for clause in case.clauses
        if (_aimed_at_disability(clause.requirement) if clause.requirement else clause in by_words)
    ]


def _aimed_at_disability(requirement: Requirement) -> bool:
    """Say whether a requirement concerns disability, and not all the grounds at once."""
    return "disability" in requirement.grounds and len(requirement.grounds) <= _FEW


def _could_be_specification(clause: StatedClause) -> bool:
    """Say whether a contract condition could be a technical specification instead: a characteristic of the object."""
    return clause.requirement is None or clause.requirement.variant("technical-specification") is not None


def _chosen(clauses: Iterable[StatedClause]) -> dict[str, str]:
    """Give the YAML that makes requirements of the catalogue technical specifications."""
    names = [clause.name for clause in clauses if clause.requirement]
    lines = "".join(f"\n  {name}: {{kind: technical-specification}}" for name in names)
    return {"yaml": f"requirements:{lines}"} if names else {}


def _offered(case: Case) -> dict[str, str]:
    """Give the YAML of a requirement for the sector that can be a technical specification on accessibility."""
    texts = {
        requirement.id: variant.text.sv
        for requirement in case.catalogue.requirements.values()
        if (variant := requirement.variant("technical-specification")) is not None
        and requirement.status == "active"
        and _aimed_at_disability(requirement)
        and set(requirement.applies.sectors).intersection(case.procurement.sectors)
    }
    found = next((name for name, text in texts.items() if "funktionsnedsättning" in text), next(iter(texts), None))
    return {"yaml": f"requirements:\n  {found}: {{kind: technical-specification}}"} if found else {}


RULES = (
    Rule(
        "access.required",
        "error",
        of_case=required,
        legal_basis=("LOU 9:1-2", "LUF 9:1-2"),
        sources=("mfd-upphandling",),
        needs_selection=True,
    ),
    Rule(
        "access.eu-act",
        "warning",
        of_case=eu_act,
        legal_basis=("LOU 9:2", "LUF 9:2", "2023:254 1", "2023:254 3-4"),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "access.dos-provider",
        "information",
        of_case=dos_provider,
        legal_basis=("2018:1937 4", "2018:1937 8-9"),
        needs_selection=True,
    ),
)
