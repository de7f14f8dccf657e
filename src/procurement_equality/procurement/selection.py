"""Which requirements a procurement gets, with final text, and why each one is in or out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from procurement_equality.catalogue.law import HeadcountRule, Kind, Regime, RegimeId
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.requirement import Level, Requirement
from procurement_equality.catalogue.text import Language, Model, Text
from procurement_equality.catalogue.validation import nearest
from procurement_equality.findings import Finding, SelectionError
from procurement_equality.findings.words import sentence
from procurement_equality.procurement import parameters
from procurement_equality.procurement.law import derive_regime, headcount_rule
from procurement_equality.procurement.model import Choice, Procurement

KINDS: tuple[Kind, ...] = get_args(Kind)
LEVELS: tuple[Level, ...] = get_args(Level)


class Clause(Model):
    """A requirement as it stands in this procurement's documents."""

    requirement: Requirement
    kind: Kind
    text: Text
    """CommonMark, with the buyer's values in it."""
    months_after_start: int | None
    """When it is first followed up, in months from the start of the contract."""
    citation: str
    """The procurement paragraph that lets it be asked (`LOV 4:2`), from regime and kind."""
    weight: int | None
    priority: int | None
    parts: tuple[str, ...]
    why: Text
    reason: Text | None


class Omission(Model):
    """A requirement of the catalogue that is not in the documents, and why."""

    id: str
    title: Text
    why: Text
    reason: Text | None


class Selection(Model):
    """The resolved snapshot: the same procurement and catalogue give the same selection and digest."""

    procurement: Procurement
    catalogue: Catalogue
    regime: RegimeId
    regime_why: Text
    clauses: tuple[Clause, ...]
    """In the order of the process (kind), then of the catalogue's topics."""
    omissions: tuple[Omission, ...]
    headcount: Mapping[str, HeadcountRule]
    """The headcount rules in force on the procurement's date."""
    findings: tuple[Finding, ...] = ()
    """Warnings: nothing that stops a document."""

    @property
    def rules(self) -> Regime:
        """Give the rules of the selection's regime."""
        return self.catalogue.law.regimes[self.regime]

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hexadecimal of everything that the documents are made from."""
        head = self.catalogue.head
        parts = [
            f"{head.id}@{head.version} {self.catalogue.digest} {self.regime}",
            self.procurement.model_dump_json(),
            *(f"{c.requirement.id} {c.kind} {c.weight} {c.priority} {c.text.model_dump_json()}" for c in self.clauses),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Out:
    """Why a requirement is out: a code of `messages/` and what its words need."""

    code: str
    data: Mapping[str, str]


def select(catalogue: Catalogue, procurement: Procurement) -> Selection:
    """Choose the requirements that fit the procurement.

    Raises `SelectionError` with every finding where the law or the catalogue does not allow a choice, or
    where a fact is missing that the regime depends on.
    """
    derivation = derive_regime(procurement, catalogue.law)
    findings = [finding for finding in derivation.findings if finding.severity == "error"]
    findings += _choice_problems(catalogue, procurement)
    if derivation.regime is None or derivation.why is None:
        raise SelectionError(findings)
    regime = catalogue.law.regimes[derivation.regime]
    findings += _kind_problems(catalogue, procurement, regime)
    if findings:
        raise SelectionError(findings)
    clauses, omissions = _sort_out(catalogue, procurement, derivation.regime)
    selection = Selection.model_construct(
        procurement=procurement,
        catalogue=catalogue,
        regime=derivation.regime,
        regime_why=derivation.why,
        clauses=tuple(sorted(clauses, key=lambda clause: KINDS.index(clause.kind))),
        omissions=tuple(omissions),
        headcount=_headcount(catalogue, procurement),
        findings=(*catalogue.findings, *derivation.findings, *_warnings(catalogue, procurement, regime, clauses)),
    )
    if not clauses:
        raise SelectionError([procurement.finding("selection.empty", ("level",))])
    return selection


# --- what the buyer has chosen ---------------------------------------------------------------------------


def _choice_problems(catalogue: Catalogue, procurement: Procurement) -> Iterator[Finding]:
    """Yield every choice that leads nowhere in the catalogue."""
    for index, folder in enumerate(procurement.overlay_folders):
        if folder.resolve() not in catalogue.folders:
            yield procurement.finding("selection.overlay", ("overlays", index), folder=str(folder))
    for index, sector in enumerate(procurement.sectors):
        if sector not in catalogue.head.sectors:
            near = nearest(sector, catalogue.head.sectors)
            yield procurement.finding("reference.sector", ("sectors", index), name=sector, nearest=near)
    known_parts = {part.key for part in procurement.parts}
    for identifier, choice in procurement.requirements.items():
        at = ("requirements", identifier)
        requirement = catalogue.requirements.get(identifier)
        if requirement is None:
            near = nearest(identifier, catalogue.requirements)
            yield procurement.finding("reference.requirement", at, name=identifier, nearest=near)
            continue
        if requirement.status == "withdrawn" and choice.include:
            yield _withdrawn_choice(catalogue, procurement, requirement)
        for index, part in enumerate(choice.parts):
            if part not in known_parts:
                near = nearest(part, known_parts)
                yield procurement.finding("selection.part", (*at, "parts", index), name=part, nearest=near)
        yield from _parameter_problems(procurement, requirement, choice)


def _withdrawn_choice(catalogue: Catalogue, procurement: Procurement, requirement: Requirement) -> Finding:
    """Refuse a choice of a withdrawn requirement: with what to use instead, or with the layer's reason."""
    at = ("requirements", requirement.id)
    if requirement.replaced_by:
        successors = ", ".join(requirement.replaced_by)
        return procurement.finding("selection.withdrawn", at, id=requirement.id, replaced_by=successors)
    data = dict(_withdrawn(catalogue, requirement).data)
    return procurement.finding("selection.withdrawn-by-layer", at, id=requirement.id, **data)


def _parameter_problems(procurement: Procurement, requirement: Requirement, choice: Choice) -> Iterator[Finding]:
    at = ("requirements", requirement.id, "parameters")
    for name, value in choice.parameters.items():
        parameter = requirement.parameters.get(name)
        if parameter is None:
            near = nearest(name, requirement.parameters)
            yield procurement.finding("selection.parameter", (*at, name), id=requirement.id, name=name, nearest=near)
        elif problem := parameters.problem(name, parameter, value):
            code, data = problem
            yield procurement.finding(code, (*at, name), **data)


def _kind_problems(catalogue: Catalogue, procurement: Procurement, regime: Regime) -> Iterator[Finding]:
    """Yield every choice of kind, weight or priority that the requirement or the regime has no room for."""
    for identifier, choice in procurement.requirements.items():
        requirement = catalogue.requirements.get(identifier)
        if requirement is None or not choice.include:
            continue
        kind = choice.kind
        ranked = choice.weight is not None or choice.priority is not None
        if kind is not None and requirement.variant(kind) is None:
            has = ", ".join(variant.kind for variant in requirement.variants)
            yield procurement.finding(
                "selection.no-variant", ("requirements", identifier, "kind"), id=identifier, kind=kind, kinds=has
            )
        elif kind is not None and not regime.kinds[kind].allowed:
            yield _not_allowed(catalogue, procurement, regime, identifier, kind)
        elif ranked and kind is None and not regime.kinds["award-criterion"].allowed:
            yield _not_allowed(catalogue, procurement, regime, identifier, "award-criterion")
        elif kind == "award-criterion":
            if regime.ranking == "weights" and choice.weight is None and choice.priority is None:
                yield procurement.finding(
                    "selection.weight-missing", ("requirements", identifier, "kind"), id=identifier
                )
            if regime.ranking == "priority" and choice.priority is None:
                yield procurement.finding(
                    "selection.priority-missing", ("requirements", identifier, "kind"), id=identifier
                )
        elif ranked:
            yield procurement.finding("selection.weight-without-award", ("requirements", identifier), id=identifier)


def _not_allowed(
    catalogue: Catalogue, procurement: Procurement, regime: Regime, identifier: str, kind: Kind
) -> Finding:
    rule, name = regime.kinds[kind], catalogue.law.kinds[kind]
    citation = {language: catalogue.cite((rule.citation,), language) for language in get_args(Language)}
    others = [
        variant.kind for variant in catalogue.requirements[identifier].variants if regime.kinds[variant.kind].allowed
    ]
    key = "kind" if procurement.requirements[identifier].kind else "weight"
    no_award = kind == "award-criterion" and regime.act == "LOV"
    instead = {"yaml": f"requirements:\n  {identifier}:\n    kind: {others[0]}\n"} if others else {}
    return procurement.finding(
        "law.lov.no-award" if no_award else "law.kind-not-allowed",
        ("requirements", identifier, key),
        **instead,
        name=identifier,
        kind_sv=name.sv.lower(),
        kind_en=name["en"].lower(),
        regime_sv=regime.name.sv,
        regime_en=regime.name["en"],
        citation_sv=citation["sv"],
        citation_en=citation["en"],
        kinds=", ".join(others) or "–",
    )


# --- which requirements fit --------------------------------------------------------------------------------


def _sort_out(
    catalogue: Catalogue, procurement: Procurement, regime_id: RegimeId
) -> tuple[list[Clause], list[Omission]]:
    """Decide for each requirement, then let those that replace others push them out."""
    regime = catalogue.law.regimes[regime_id]
    kinds: dict[str, Kind] = {}
    out: dict[str, _Out] = {}
    for identifier, requirement in catalogue.requirements.items():
        decided = _decide(catalogue, procurement, regime_id, requirement)
        if isinstance(decided, _Out):
            out[identifier] = decided
        else:
            kinds[identifier] = decided
    for identifier in list(kinds):
        for replaced in catalogue.requirements[identifier].replaces:
            asked = procurement.requirements.get(replaced)
            if replaced in kinds and not (asked and asked.include):
                del kinds[replaced]
                out[replaced] = _Out("why.replaced", {"by": identifier})
    clauses = [_clause(catalogue, procurement, regime, catalogue.requirements[i], kind) for i, kind in kinds.items()]
    omissions = [_omission(procurement, catalogue.requirements[i], out[i]) for i in catalogue.requirements if i in out]
    return clauses, omissions


def _decide(
    catalogue: Catalogue, procurement: Procurement, regime_id: RegimeId, requirement: Requirement
) -> Kind | _Out:
    """Give the kind in which a requirement comes in, or why it does not."""
    choice = procurement.requirements.get(requirement.id)
    asked = choice is not None and choice.include
    if choice is not None and not choice.include:
        return _Out("why.excluded", {})
    if requirement.status == "withdrawn":
        return _withdrawn(catalogue, requirement)
    if not asked and (misfit := _misfit(catalogue, procurement, requirement)):
        return misfit
    regime = catalogue.law.regimes[regime_id]
    applies = requirement.applies
    if applies.regimes and regime_id not in applies.regimes:
        return _Out("why.regime-misfit", {"regime": regime_id, "regimes": ", ".join(applies.regimes)})
    if choice is not None and choice.kind is not None:
        return choice.kind
    allowed = [variant.kind for variant in requirement.variants if regime.kinds[variant.kind].allowed]
    if not allowed:
        rule = regime.kinds[requirement.variants[0].kind]
        cited = {f"citation_{language}": catalogue.cite((rule.citation,), language) for language in get_args(Language)}
        return _Out("why.kind-misfit", cited)
    unranked = [kind for kind in allowed if kind != "award-criterion"]
    return unranked[0] if unranked else _Out("why.award-not-asked", {"id": requirement.id})


def _withdrawn(catalogue: Catalogue, requirement: Requirement) -> _Out:
    """Say what to use instead, or which layer has withdrawn the requirement and why."""
    for change in catalogue.origins.get(requirement.id, ()):
        if change.verb == "withdraw":
            return _Out("why.layer", {"layer": change.layer, "sv": change.reason.sv, "en": change.reason["en"]})
    return _Out("why.withdrawn", {"by": ", ".join(requirement.replaced_by)})


def _misfit(catalogue: Catalogue, procurement: Procurement, requirement: Requirement) -> _Out | None:
    """Say why a requirement that nobody asked for does not fit, or give None."""
    applies = requirement.applies
    if requirement.status == "draft":
        return _Out("why.draft", {"id": requirement.id})
    if requirement.on_request is not None:
        words = requirement.on_request
        return _Out("why.on-request", {"id": requirement.id, "sv": words.sv, "en": words["en"]})
    if LEVELS.index(requirement.level) > LEVELS.index(procurement.level):
        levels = catalogue.head.levels
        return _Out("why.level", {
            "level_sv": levels[requirement.level].sv.lower(), "level_en": levels[requirement.level]["en"].lower(),
            "chosen_sv": levels[procurement.level].sv.lower(), "chosen_en": levels[procurement.level]["en"].lower(),
        })  # fmt: skip
    if applies.sectors and not set(applies.sectors) & set(procurement.sectors):
        titles = [catalogue.head.sectors[sector].title for sector in applies.sectors]
        return _Out("why.sector", {"sv": ", ".join(t.sv for t in titles), "en": ", ".join(t["en"] for t in titles)})
    if applies.cpv and not any(cpv.startswith(applies.cpv) for cpv in procurement.cpv):
        return _Out("why.cpv", {"cpv": ", ".join(applies.cpv)})
    largest = procurement.supplier_headcount and procurement.supplier_headcount.at_most
    rule = applies.headcount and headcount_rule(catalogue.law, applies.headcount, procurement.date)
    if largest and rule and largest < rule.at_least:
        return _Out("why.headcount", {"at_least": str(rule.at_least), "at_most": str(largest)})
    return None


def _clause(
    catalogue: Catalogue, procurement: Procurement, regime: Regime, requirement: Requirement, kind: Kind
) -> Clause:
    choice = procurement.requirements.get(requirement.id, Choice())
    variant = requirement.variant(kind)
    assert variant is not None, "the kind was taken from the variants"  # noqa: S101
    values = {
        name: parameters.written(parameter, choice.parameters.get(name)) or Text(sv="[…]", en="[…]")
        for name, parameter in requirement.parameters.items()
    }
    level = catalogue.head.levels[requirement.level]
    asked = requirement.id in procurement.requirements
    code = "why.asked" if asked else "why.fits"
    return Clause.model_construct(
        requirement=requirement,
        kind=kind,
        text=parameters.fill(variant.text, values),
        months_after_start=_months(requirement, choice),
        citation=regime.kinds[kind].citation,
        weight=choice.weight,
        priority=choice.priority,
        parts=choice.parts,
        why=Text(sv=sentence(code, "sv", level=level.sv.lower()), en=sentence(code, "en", level=level["en"].lower())),
        reason=choice.reason,
    )


def _months(requirement: Requirement, choice: Choice) -> int | None:
    """Give the months until the first follow-up: the catalogue's number, or the deadline that the buyer has set."""
    months = requirement.follow_up.when.months_after_start
    if not isinstance(months, str):
        return months
    value = choice.parameters.get(months, getattr(requirement.parameters[months], "default", None))
    return value if isinstance(value, int) else None


def _omission(procurement: Procurement, requirement: Requirement, out: _Out) -> Omission:
    choice = procurement.requirements.get(requirement.id)
    return Omission.model_construct(
        id=requirement.id,
        title=requirement.title,
        why=Text(sv=sentence(out.code, "sv", **out.data), en=sentence(out.code, "en", **out.data)),
        reason=choice.reason if choice else None,
    )


def _headcount(catalogue: Catalogue, procurement: Procurement) -> dict[str, HeadcountRule]:
    identifiers = dict.fromkeys(rule.id for rule in catalogue.law.headcount)
    rules = {i: headcount_rule(catalogue.law, i, procurement.date) for i in identifiers}
    return {identifier: rule for identifier, rule in rules.items() if rule is not None}


def _warnings(
    catalogue: Catalogue, procurement: Procurement, regime: Regime, clauses: list[Clause]
) -> Iterator[Finding]:
    """Yield what the buyer should know, though it stops nothing."""
    version = procurement.catalogue_version
    if version is not None and version != catalogue.head.version:
        data = {"file": version, "catalogue": catalogue.head.version}
        yield procurement.finding("selection.catalogue-version", ("catalogue_version",), **data).as_warning()
    if "en" in procurement.languages:
        for key in ("title", "object"):
            if getattr(procurement, key).en is None:
                yield procurement.finding("text.missing-en", (key,)).as_warning()
    if not regime.verified:
        yield procurement.finding("law.unverified", ("act",), sv=regime.name.sv, en=regime.name["en"]).as_warning()
    for clause in clauses:
        at = ("requirements", clause.requirement.id)
        if clause.requirement.status == "draft" and clause.requirement.review:
            review = clause.requirement.review
            yield procurement.finding(
                "selection.draft", at, id=clause.requirement.id, sv=review.sv, en=review["en"]
            ).as_warning()
        for name, parameter in clause.requirement.parameters.items():
            choice = procurement.requirements.get(clause.requirement.id, Choice())
            if parameters.written(parameter, choice.parameters.get(name)) is None:
                yield procurement.finding(
                    "selection.parameter-unset", at, id=clause.requirement.id, name=name
                ).as_warning()
