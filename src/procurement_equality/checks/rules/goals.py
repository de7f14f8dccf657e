"""Goals that meet other goals."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_equality.catalogue.text import Language, Text
from procurement_equality.checks.case import Case
from procurement_equality.checks.goals import GoalConflict, conflicts_in, goal_conflicts
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.words import wordings

_OUTCOMES = {
    "refused": (
        "Ett sådant önskemål följs inte.",
        "Such a wish is not followed.",
    ),
    "weighed": (
        "Målen vägs mot varandra i det enskilda fallet.",
        "The goals are weighed against each other in the individual case.",
    ),
}
"""What becomes of the conflict, in Swedish and English."""


def both_sides(case: Case) -> Found:
    """Find conflicts between goals that the selection holds both sides of, and say what the authorities say."""
    goals = case.catalogue.head.goals
    for present in conflicts_in(case.selection) if case.selection is not None else ():
        conflict = present.conflict
        first, second = (goals[side.goal] for side in conflict.sides)
        outcome_sv, outcome_en = _OUTCOMES[conflict.outcome]
        yield case.finding(
            "conflict.both-sides",
            ("requirements",) if case.procurement.requirements else ("level",),
            name=conflict.id,
            title_sv=_lowered(conflict.title.sv),
            title_en=_lowered(conflict.title["en"]),
            first=", ".join(present.first),
            second=", ".join(present.second),
            first_goal_sv=first.sv,
            first_goal_en=first["en"],
            second_goal_sv=second.sv,
            second_goal_en=second["en"],
            authorities_sv=_said(conflict, "sv"),
            authorities_en=_said(conflict, "en"),
            legal_basis="; ".join(conflict.legal_basis),
            outcome_sv=outcome_sv,
            outcome_en=outcome_en,
        )


def unacknowledged(case: Case) -> Found:
    """Find clauses that meet another goal without a word on how the two are balanced."""
    for conflict in goal_conflicts():
        for stated, words in (*_by_data(case, conflict), *_by_words(case, conflict)):
            goals = [case.catalogue.head.goals[side.goal] for side in conflict.sides]
            yield stated.finding(
                "conflict.unacknowledged",
                words,
                title_sv=_lowered(conflict.title.sv),
                title_en=_lowered(conflict.title["en"]),
                goals_sv=f"{goals[0].sv} och {goals[1].sv}",
                goals_en=f"{goals[0]['en']} and {goals[1]['en']}",
                yaml=_yaml(stated, conflict),
            )


RULES = (
    Rule(
        "conflict.both-sides",
        "information",
        of_case=both_sides,
        legal_basis=("DL 2:1", "DL 2:2", "DL 2:13 a", "DL 3:13", "DL 3:14", "SoL 10:3", "SoL 10:4", "2018:218 3:2"),
        sources=(
            "do-wishes-about-staff",
            "socialstyrelsen-onskemal",
            "do-socialtjanst",
            "arbetet-val-av-kon-2026",
            "uhm-sma-foretag",
        ),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "conflict.unacknowledged",
        "warning",
        of_case=unacknowledged,
        legal_basis=("DL 2:1", "DL 2:13 a", "SoL 10:3", "SoL 10:4", "2018:218 3:2"),
        sources=("socialstyrelsen-onskemal", "do-wishes-about-staff", "municipal-working-group"),
    ),
)


def _by_data(case: Case, conflict: GoalConflict) -> Iterator[tuple[StatedClause, str]]:
    """Yield requirements on a side of the conflict that have no balancing text about it."""
    for stated in case.clauses:
        requirement = stated.requirement
        if requirement and conflict.side_of(requirement) and not conflict.acknowledged(requirement):
            yield stated, ""


def _by_words(case: Case, conflict: GoalConflict) -> Iterator[tuple[StatedClause, str]]:
    """Yield the buyer's own clauses whose text touches the conflict, and that have no balancing text."""
    if conflict.words is not None and case.others:
        for stated, words in case.texts.first_matches(wordings(conflict.words)):
            if stated.other is not None and stated.other.balancing is None:
                yield stated, words


def _yaml(stated: StatedClause, conflict: GoalConflict) -> str:
    """Write the balancing text where the clause's file has room for it."""
    if stated.other is not None:
        return "\n".join(("other_clauses:", f"  {stated.name}:", "    balancing:", *_texts(conflict.balancing, 6)))
    return "\n".join((
        "conflicts:", f"  - goal: {conflict.balanced_by[0]}", "    balancing:", *_texts(conflict.balancing, 6),
    ))  # fmt: skip


def _texts(text: Text, indent: int) -> list[str]:
    pad = " " * indent
    return [line for key in ("sv", "en") for line in (f"{pad}{key}: >-", f"{pad}  {' '.join(text[key].split())}")]


def _said(conflict: GoalConflict, language: Language) -> str:
    """Give what the authorities say, and what has not been verified."""
    texts = (conflict.authorities, conflict.not_verified)
    return " ".join(text[language] for text in texts if text is not None)


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
