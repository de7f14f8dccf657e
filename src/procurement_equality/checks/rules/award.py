"""How award criteria are weighed against each other: weights, order of priority, scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.saying import asking, said
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.words import wordings
from procurement_equality.procurement.facts import Weight, WeightRange

_WHOLE = 100
_SCALE = "0 poäng om uppgifter saknas, 5 poäng om åtgärderna är beskrivna, 10 poäng om de har tid och ansvarig."
_PRICE_SCALE = "Det lägsta totalpriset ger 10 poäng. Ett annat pris ger 10 × det lägsta priset / anbudets pris."
_PRICE_CLAUSE = f"""\
other_clauses:
  pris:
    kind: award-criterion
    title: Pris
    text: Totalpriset enligt prisbilagan ger poäng.
    weight: {{missing}}
    scale: {_PRICE_SCALE}
    evidence: Prisbilagan.
    follow_up: {{{{method: Priset läses i anbudet., with_tender: true}}}}
"""


@dataclass(frozen=True, slots=True)
class _Criterion:
    """An award criterion of the procurement: a chosen requirement, or a clause that stands elsewhere."""

    name: str
    at: Location
    weight: Weight | None
    priority: int | None

    @property
    def bounds(self) -> tuple[int, int]:
        """Give the least and the greatest weight in per cent."""
        if isinstance(self.weight, WeightRange):
            return self.weight.at_least, self.weight.at_most
        return self.weight or 0, self.weight or 0


def _criteria(case: Case) -> list[_Criterion]:
    made = []
    for stated in case.of_kind("award-criterion"):
        if stated.other is not None:
            at: Location = ("other_clauses", stated.name)
            made.append(_Criterion(stated.name, at, stated.other.weight, stated.other.priority))
        elif stated.clause is not None:
            at = ("requirements", stated.name)
            made.append(_Criterion(stated.name, at, stated.clause.weight, stated.clause.priority))
    return made


def weights_sum(case: Case) -> Found:
    """Find criteria without weight and order of priority, and weights that are not 100 per cent (LOU 16:6, 19:9)."""
    if case.rules is None or case.rules.ranking != "weights" or case.procurement.evaluation == "price":
        return
    criteria = _criteria(case)
    if not criteria:
        if case.procurement.evaluation == "best-price-quality":
            yield asking(case.finding("weights.sum", ("evaluation",), **said("note.weights-none")))
        return
    if all(criterion.weight is None and criterion.priority is not None for criterion in criteria):
        if twice := _twice(criteria):
            yield case.finding("weights.sum", criteria[0].at, **said("note.weights-same-place", names=twice))
        return
    unweighted = [criterion for criterion in criteria if criterion.weight is None]
    if unweighted:
        names = ", ".join(criterion.name for criterion in unweighted)
        data = said("note.weights-missing", names=names) | _last(criteria, unweighted)
        yield case.finding("weights.sum", unweighted[0].at, **data)
        return
    yield from _total(case, criteria)


def _total(case: Case, criteria: Sequence[_Criterion]) -> Found:
    """Find weights that cannot make 100 per cent together."""
    least, most = (sum(criterion.bounds[side] for criterion in criteria) for side in (0, 1))
    if least <= _WHOLE <= most:
        return
    total = str(least) if least == most else f"{least}–{most}"
    missing = str(_WHOLE - most)
    elsewhere = any(criterion.at[0] == "other_clauses" for criterion in criteria)
    if most < _WHOLE and not elsewhere:
        better = _PRICE_CLAUSE.format(missing=missing)
        data = said("note.weights-rest", total=total, missing=missing)
        yield case.finding("weights.sum", criteria[0].at, **data, yaml=better)
    else:
        names = ", ".join(criterion.name for criterion in criteria)
        data = said("note.weights-total", total=total, names=names)
        yield case.finding("weights.sum", (*criteria[0].at, "weight"), **data)


def _last(criteria: Sequence[_Criterion], unweighted: Sequence[_Criterion]) -> dict[str, str]:
    """Give the weight of the only criterion without one, where the others leave something for it."""
    rest = _WHOLE - sum(criterion.bounds[1] for criterion in criteria)
    exact = all(not isinstance(criterion.weight, WeightRange) for criterion in criteria)
    if len(unweighted) > 1 or len(criteria) == 1 or not exact or not 0 < rest < _WHOLE:
        return {}
    room, name = unweighted[0].at
    return {"yaml": f"{room}:\n  {name}:\n    weight: {rest}\n"}


def _twice(criteria: Sequence[_Criterion]) -> str:
    """Give the criteria that share a place in the order of priority."""
    places = Counter(criterion.priority for criterion in criteria)
    return ", ".join(criterion.name for criterion in criteria if criterion.priority and places[criterion.priority] > 1)


def weights_luk(case: Case) -> Found:
    """Find a concession's criteria without an order of priority (LUK 13:3)."""
    if case.regime != "LUK":
        return
    criteria = _criteria(case)
    open_ended = [criterion for criterion in criteria if criterion.priority is None]
    names = ", ".join(criterion.name for criterion in open_ended) or _twice(criteria)
    if names:
        at = open_ended[0].at if open_ended else criteria[0].at
        yield case.finding("weights.luk", at, names=names, yaml=_in_order(criteria))


def _in_order(criteria: Sequence[_Criterion]) -> str:
    """Write the criteria with a place each: those that have one first, the others by their weights."""
    ranked = sorted(criteria, key=lambda one: (one.priority or _WHOLE, -one.bounds[1]))
    written: dict[str, list[str]] = {"requirements": [], "other_clauses": []}
    for place, criterion in enumerate(ranked, 1):
        written[str(criterion.at[0])].append(f"  {criterion.name}:\n    priority: {place}\n")
    return "".join(f"{room}:\n{''.join(lines)}" for room, lines in written.items() if lines)


def scale(case: Case) -> Found:
    """Find a weighted criterion that does not say how points are given."""
    if case.rules is None or case.rules.ranking != "weights":
        return
    for stated in case.others:
        other = stated.other
        if other is not None and other.kind == "award-criterion" and other.weight is not None and other.scale is None:
            example = _PRICE_SCALE if is_price(stated) else _SCALE
            yield stated.finding("weights.scale", yaml=f"other_clauses:\n  {stated.name}:\n    scale: {example}\n")


def is_price(stated: StatedClause) -> bool:
    """Say whether an award criterion is the price or the cost, by its title."""
    title = stated.title
    return title is not None and any(True for _ in wordings("award-price").matches(title.sv, "sv"))


def interval(case: Case) -> Found:
    """Find a weight within an interval whose largest permitted spread is not stated (LOU 16:6, LUF 15:6)."""
    if case.regime not in ("LOU", "LUF"):
        return
    for stated in case.others:
        weight = stated.other.weight if stated.other else None
        if isinstance(weight, WeightRange) and weight.max_spread is None:
            at = ("other_clauses", stated.name, "weight")
            bounds = {"at_least": str(weight.at_least), "at_most": str(weight.at_most)}
            spread = str(weight.at_most - weight.at_least)
            written = f"{{at_least: {weight.at_least}, at_most: {weight.at_most}, max_spread: {spread}}}"
            better = f"other_clauses:\n  {stated.name}:\n    weight: {written}\n"
            yield case.finding("weights.interval", at, name=stated.name, **bounds, yaml=better)


RULES = (
    Rule(
        "weights.sum",
        "error",
        of_case=weights_sum,
        legal_basis=("LOU 16:6", "LOU 19:9 p.4", "LUF 15:6", "LUF 19:9 p.4"),
        needs_selection=True,
    ),
    Rule("weights.luk", "error", of_case=weights_luk, legal_basis=("LUK 13:3",), needs_selection=True),
    Rule("weights.scale", "warning", of_case=scale, sources=("eige-grpp-10",)),
    Rule("weights.interval", "warning", of_case=interval, legal_basis=("LOU 16:6", "LUF 15:6")),
)
