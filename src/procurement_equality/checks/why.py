"""Why a requirement is in a procurement or out, which provision lets it be asked, and how under the other regimes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from procurement_equality.catalogue.law import Kind, Law, RegimeId
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.requirement import Requirement
from procurement_equality.catalogue.text import Language, Model, Text
from procurement_equality.checks.case import Case
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.facts import OtherClause

REGIMES: tuple[RegimeId, ...] = get_args(RegimeId)


class AsKind(Model):
    """A kind in a regime: the provision (`LOV 4:2`) that lets it be asked, or that leaves no room for it."""

    kind: Kind
    allowed: bool
    citation: str
    note: Text | None


class UnderRegime(Model):
    """How a requirement may be asked under a regime."""

    regime: RegimeId
    may: tuple[AsKind, ...]
    """The ways, the one that is chosen first before others; an award criterion is never chosen unasked."""
    may_not: tuple[AsKind, ...]
    """Kinds that the requirement exists as and that the regime does not allow."""
    only_in: tuple[RegimeId, ...] = ()
    """The regimes that the requirement is written for, where this is none of them."""


class Why(Model):
    """Why a requirement, or a clause that stands elsewhere in the documents, is as it is."""

    id: str
    title: Text
    standing: Literal["in", "out", "elsewhere", "undecided"] | None
    """None where there is no procurement: then only `under` and `legal_basis` are known."""
    words: Text | None
    """Why it is in or out."""
    reason: Text | None
    """The buyer's own reason."""
    regime: RegimeId | None
    regime_why: Text | None
    asked: AsKind | None
    """The kind that it is asked as, where it is in or stands elsewhere."""
    legal_basis: tuple[str, ...]
    """The substantive law (`DL 3:13`)."""
    under: tuple[UnderRegime, ...]
    """How it may be asked, under each regime."""


def why(catalogue: Catalogue, requirement: Requirement, case: Case | None = None) -> Why:
    """Say why a requirement is in the case or out, and how it may be asked under every regime."""
    kinds, only_in = [variant.kind for variant in requirement.variants], requirement.applies.regimes
    selection = case.selection if case else None
    found = Why(
        id=requirement.id,
        title=requirement.title,
        standing="undecided" if case else None,
        words=None,
        reason=None,
        regime=case.regime if case else None,
        regime_why=selection.regime_why if selection else None,
        asked=None,
        legal_basis=requirement.legal_basis,
        under=tuple(_under(catalogue.law, regime, kinds, only_in) for regime in REGIMES),
    )
    for clause in selection.clauses if selection else ():
        if selection and clause.requirement.id == requirement.id:
            asked = _as_kind(catalogue.law, selection.regime, clause.kind)
            stated = {"standing": "in", "words": clause.why, "reason": clause.reason, "asked": asked}
            return found.model_copy(update=stated)
    for omission in selection.omissions if selection else ():
        if omission.id == requirement.id:
            return found.model_copy(update={"standing": "out", "words": omission.why, "reason": omission.reason})
    return found


def why_other(case: Case, key: str, other: OtherClause) -> Why:
    """Say whether a clause that stands elsewhere in the documents may be asked, here and under every regime."""
    law = case.catalogue.law
    return Why(
        id=key,
        title=other.title,
        standing="elsewhere",
        words=None,
        reason=None,
        regime=case.regime,
        regime_why=case.selection.regime_why if case.selection else None,
        asked=_as_kind(law, case.regime, other.kind) if case.regime else None,
        legal_basis=other.cites,
        under=tuple(_under(law, regime, [other.kind], ()) for regime in REGIMES),
    )


def _under(law: Law, regime: RegimeId, kinds: Sequence[Kind], only_in: Sequence[str]) -> UnderRegime:
    """Sort the kinds into those that a regime allows and those that it does not."""
    ways = [_as_kind(law, regime, kind) for kind in sorted(kinds, key=lambda kind: kind == "award-criterion")]
    misfit = bool(only_in) and regime not in only_in
    return UnderRegime(
        regime=regime,
        may=tuple(way for way in ways if way.allowed and not misfit),
        may_not=tuple(way for way in ways if not way.allowed),
        only_in=tuple(each for each in REGIMES if each in only_in) if misfit else (),
    )


def _as_kind(law: Law, regime: RegimeId, kind: Kind) -> AsKind:
    rule = law.regimes[regime].kinds[kind]
    return AsKind(kind=kind, allowed=rule.allowed, citation=rule.citation, note=rule.note)


def written(catalogue: Catalogue, way: AsKind, language: Language) -> str:
    """Write a kind with its provision: "särskilt kontraktsvillkor enligt 4 kap. 2 § …", or that it is not allowed."""
    kind = catalogue.law.kinds[way.kind][language]
    data = {"kind": kind[:1].lower() + kind[1:], "citation": catalogue.cite((way.citation,), language)}
    return sentence("note.why.may" if way.allowed else "note.why.may-not", language, **data)


def how(catalogue: Catalogue, under: UnderRegime, language: Language) -> str:
    """Write how a requirement may be asked under a regime, and how it may not, as words without an end."""
    ways = [sentence("note.why.or", language).join(written(catalogue, way, language) for way in under.may)]
    if under.only_in:
        ways = [sentence("note.why.only-in", language, regimes=", ".join(under.only_in))]
    return "; ".join(filter(None, [*ways, *(written(catalogue, way, language) for way in under.may_not)]))
