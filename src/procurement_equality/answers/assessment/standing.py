"""Assessments added up: points of award criteria for each supplier, and counts of outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from procurement_equality.answers.assessment.assessment import Assessment
from procurement_equality.catalogue.limit import Outcome
from procurement_equality.catalogue.text import Model
from procurement_equality.procurement.selection import Selection

Counted = Outcome | Literal["not-applicable"]


class Points(Model):
    """A supplier's points: `total` is in per cent of the whole evaluation, and None where it cannot be given."""

    respondent: str
    name: str | None
    criteria: tuple[Assessment, ...]
    """The award criteria, those with priority in its order."""
    total: float | None
    most: int | None
    """The weights of the criteria together, in per cent."""
    missing: tuple[str, ...]
    """Criteria that no one has given points."""


def points(selection: Selection, assessments: Iterable[Assessment]) -> tuple[Points, ...]:
    """Give each supplier's points for the award criteria, in the order of the assessments.

    Each criterion gives its weight times points by most points. Nothing is added up where the criteria are in order of
    priority (LUK 13:3), where a criterion has no weight, or where one still lacks points.
    """
    suppliers: dict[str, list[Assessment]] = {}
    for each in assessments:
        if each.award is not None:
            suppliers.setdefault(each.respondent, []).append(each)
    weighed = selection.rules.ranking == "weights"
    return tuple(_points(criteria, weighed=weighed) for criteria in suppliers.values())


def _points(criteria: list[Assessment], *, weighed: bool) -> Points:
    awards = [each.award for each in criteria if each.award is not None]
    weights = [award.weight for award in awards if award.weight is not None]
    weighted = [award.weighted for award in awards if award.weighted is not None]
    whole = weighed and len(weights) == len(awards)
    return Points(
        respondent=criteria[0].respondent,
        name=criteria[0].name,
        criteria=tuple(sorted(criteria, key=lambda each: (each.award and each.award.priority) or 0)),
        total=sum(weighted) if whole and len(weighted) == len(awards) else None,
        most=sum(weights) if whole else None,
        missing=tuple(each.requirement for each in criteria if each.award and each.award.points is None),
    )


@dataclass(slots=True)
class Summary:
    """Counts of outcomes, added up one response at a time: memory grows with requirements and suppliers only."""

    outcomes: Counter[Counted] = field(default_factory=Counter)
    requirements: dict[str, Counter[Counted]] = field(default_factory=dict)
    suppliers: dict[str, Counter[Counted]] = field(default_factory=dict)
    """By respondent."""
    names: dict[str, str | None] = field(default_factory=dict)
    """The name of each respondent."""
    articles: dict[int, Counter[Counted]] = field(default_factory=dict)
    """By article of the CEMR charter. A requirement counts under each of its articles."""
    judged: int = 0
    """How many outcomes a person has decided."""
    overdue: int = 0
    """How many shortcomings should have been remedied by now."""

    def add(self, assessments: Iterable[Assessment]) -> None:
        """Add one response's assessments."""
        for each in assessments:
            outcome: Counted = each.outcome or "not-applicable"
            self.names[each.respondent] = each.name
            self.judged += each.judged is not None and each.judged.outcome is not None
            self.overdue += each.is_overdue
            self.outcomes[outcome] += 1
            self.requirements.setdefault(each.requirement, Counter())[outcome] += 1
            self.suppliers.setdefault(each.respondent, Counter())[outcome] += 1
            for article in each.articles:
                self.articles.setdefault(article, Counter())[outcome] += 1

    def merge(self, other: Summary) -> None:
        """Add what another has added up, for example in another process."""
        self.outcomes.update(other.outcomes)
        self.names.update(other.names)
        self.judged += other.judged
        self.overdue += other.overdue
        _merge(self.requirements, other.requirements)
        _merge(self.suppliers, other.suppliers)
        for article, counts in other.articles.items():
            self.articles.setdefault(article, Counter()).update(counts)


def summary(responses: Iterable[Iterable[Assessment]]) -> Summary:
    """Count the outcomes of many responses, each with its assessments."""
    made = Summary()
    for assessments in responses:
        made.add(assessments)
    return made


def _merge(counts: dict[str, Counter[Counted]], others: dict[str, Counter[Counted]]) -> None:
    for key, counted in others.items():
        counts.setdefault(key, Counter()).update(counted)
