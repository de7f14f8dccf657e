"""Which regime a procurement follows, worked out from act, value, CPV, kind of authority and date."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from procurement_equality.catalogue.law import HeadcountRule, Law, RegimeId, Threshold
from procurement_equality.catalogue.text import Text
from procurement_equality.findings import Finding
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.model import Procurement


@dataclass(frozen=True, slots=True)
class Derivation:
    """The regime (None where a fact is missing), why, and what the buyer must answer or know."""

    regime: RegimeId | None
    why: Text | None
    findings: tuple[Finding, ...] = ()


def derive_regime(procurement: Procurement, law: Law) -> Derivation:
    """Work out the regime (1 kap. 4 § LOU, LUF and LUK; 1 kap. 1 § LOV)."""
    derivation = _derive(procurement, law)
    if derivation.regime is not None and procurement.date < law.regimes[derivation.regime].valid_from:
        data = {"date": procurement.date.isoformat(), "since": law.regimes[derivation.regime].valid_from.isoformat()}
        return Derivation(None, None, (procurement.finding("law.date-too-early", ("date",), **data),))
    return derivation


def _derive(procurement: Procurement, law: Law) -> Derivation:
    if procurement.act == "LOV":
        return _choice_system(procurement, law)
    annex_2 = procurement.category == "services" and procurement.cpv[0] in law.cpv_lists["annex-2"]
    if procurement.direct_award and procurement.act != "LUK":
        return _direct_award(procurement, law, annex_2=annex_2)
    if annex_2:
        return _regime(_light(procurement), "why.regime.annex-2", cpv=procurement.cpv[0])
    return _by_threshold(procurement, law)


def figure(procurement: Procurement, law: Law, purpose: str, kind_of_object: str) -> Threshold | None:
    """Give the threshold or limit that counts for the procurement on its date, or None."""
    return next(
        (
            threshold
            for threshold in law.thresholds
            if threshold.purpose == purpose
            and threshold.object == kind_of_object
            and procurement.act in threshold.acts
            and procurement.authority.type in threshold.authorities
            and in_force(threshold.valid_from, threshold.valid_to, procurement.date)
        ),
        None,
    )


def headcount_rule(law: Law, identifier: str, date: datetime.date) -> HeadcountRule | None:
    """Give the headcount rule that is in force on `date`, or None."""
    return next((r for r in law.headcount if r.id == identifier and in_force(r.valid_from, r.valid_to, date)), None)


def in_force(valid_from: datetime.date, valid_to: datetime.date | None, date: datetime.date) -> bool:
    """Say whether a period, inclusive at both ends, holds the date."""
    return valid_from <= date and (valid_to is None or date <= valid_to)


def _choice_system(procurement: Procurement, law: Law) -> Derivation:
    inside, outside = law.cpv_lists["lov"], law.cpv_lists["lov-excluded"]
    findings = [
        procurement.finding("law.lov.cpv", ("cpv", index), cpv=cpv)
        for index, cpv in enumerate(procurement.cpv)
        if cpv not in inside or cpv in outside
    ]
    if procurement.direct_award:
        findings.append(procurement.finding("law.lov.direct-award", ("direct_award",)))
    if findings:
        return Derivation(None, None, tuple(findings))
    return _regime("LOV", "why.regime.lov", cpv=procurement.cpv[0])


def _direct_award(procurement: Procurement, law: Law, *, annex_2: bool) -> Derivation:
    """Chapter 19 a alone applies; above the limit only on another ground than the value, which is for a lawyer."""
    if not annex_2:
        whole = _by_threshold(procurement, law)
        if whole.regime in (None, procurement.act):
            return whole
    regime: RegimeId = "LUF-19A" if procurement.act == "LUF" else "LOU-19A"
    limit = figure(procurement, law, "direct-award", _object(procurement, annex_2=annex_2))
    kronor_limit = _known(limit, procurement)
    value = kronor(procurement.value)
    if kronor_limit is None:
        return Derivation(None, None, (_threshold_needed(procurement),))
    if procurement.value < kronor_limit:
        return _regime(regime, "why.regime.direct-award", value=value)
    above = procurement.finding("law.direct-award.limit", ("value",), value=value, limit=kronor(kronor_limit))
    made = _regime(regime, "why.regime.direct-award-other")
    return Derivation(made.regime, made.why, (above.as_warning(),))


def _by_threshold(procurement: Procurement, law: Law) -> Derivation:
    threshold = _known(figure(procurement, law, "eu-threshold", _object(procurement, annex_2=False)), procurement)
    national = figure(procurement, law, "direct-award", _object(procurement, annex_2=False))
    if threshold is None and national is not None and national.kronor and procurement.value < national.kronor:
        # Direct award under the national limit is only for procurements below the EU threshold (19 a kap.).
        threshold = national.kronor
    if threshold is None:
        return Derivation(None, None, (_threshold_needed(procurement),))
    amounts = {"value": kronor(procurement.value), "threshold": kronor(threshold)}
    if procurement.value < threshold:
        return _regime(_light(procurement), "why.regime.below", **amounts)
    return _regime(procurement.act, "why.regime.above", **amounts)


def _known(threshold: Threshold | None, procurement: Procurement) -> int | None:
    """Give the figure in kronor: the catalogue's, or the buyer's own.

    Where only the euro amount is known, a value with fewer kronor than that many euro is below it for certain.
    """
    if threshold is not None and threshold.kronor is not None:
        return threshold.kronor
    if (
        procurement.threshold is None
        and threshold is not None
        and threshold.euro
        and procurement.value < threshold.euro
    ):
        return threshold.euro
    return procurement.threshold


def _threshold_needed(procurement: Procurement) -> Finding:
    return procurement.finding("law.threshold-needed", ("date",), date=procurement.date.isoformat())


def _object(procurement: Procurement, *, annex_2: bool) -> str:
    if procurement.act == "LUK":
        return "concession"
    if annex_2:
        return "annex-2"
    return "works" if procurement.category == "works" else "goods-or-services"


def _light(procurement: Procurement) -> RegimeId:
    """Give the chapter that applies below the threshold and for the services of the annex."""
    return {"LOU": "LOU-19", "LUF": "LUF-19", "LUK": "LUK-15", "LOV": "LOV"}[procurement.act]  # type: ignore[return-value]


def _regime(regime: RegimeId, code: str, **data: str) -> Derivation:
    return Derivation(regime, Text(sv=sentence(code, "sv", **data), en=sentence(code, "en", **data)))


def kronor(amount: int) -> str:
    """Write an amount for a sentence: `2 389 585 kr`, with non-breaking spaces."""
    return f"{amount:,} kr".replace(",", "\u00a0").replace(" ", "\u00a0")
