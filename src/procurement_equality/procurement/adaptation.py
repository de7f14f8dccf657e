"""A selection as it concerns one supplier: what need not be asked, and why. The selection itself stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from procurement_equality.catalogue.law import HeadcountRule
from procurement_equality.catalogue.requirement import Question
from procurement_equality.catalogue.text import Text
from procurement_equality.findings.words import sentence
from procurement_equality.procurement.selection import Clause, Selection


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A requirement, or one question of it, that a supplier is not asked about."""

    name: str
    """`AKT-01`, or `AKT-01.date` for a question."""
    title: Text
    """The requirement's title, or the question."""
    why: Text
    headcount: tuple[int, int | None] | None = None
    """The number of employees, at least and at most, that it is for."""
    parts: tuple[str, ...] = ()
    """The parts that it is for."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What a form to one supplier leaves out, with the facts that it rests on.

    A requirement that is left out of the form is still a part of the contract: it applies to the supplier as soon as
    the facts do.
    """

    headcount: int | None = None
    parts: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    names: frozenset[str] = field(default=frozenset())
    """The names of what is left out: requirements, and questions of the others."""


def adapt(selection: Selection, headcount: int | None, parts: Collection[str] = ()) -> Adaptation:
    """Say what a supplier with so many employees, that performs these parts, is not asked about.

    Nothing is left out for a fact that is not known: no headcount, or no parts.
    """
    own = tuple(part.key for part in selection.procurement.parts if part.key in parts)
    left_out: list[LeftOut] = []
    for clause in selection.clauses:
        of_clause = _other_parts(selection, clause, own) or _other_size(selection, clause, headcount)
        left_out += [of_clause] if of_clause is not None else _questions(selection, clause, headcount)
    return Adaptation(headcount, own, tuple(left_out), frozenset(each.name for each in left_out))


def _other_parts(selection: Selection, clause: Clause, own: tuple[str, ...]) -> LeftOut | None:
    if not clause.parts or not own or set(clause.parts) & set(own):
        return None
    names = [part.title for part in selection.procurement.parts if part.key in clause.parts]
    why = _text("why.other-parts", sv=", ".join(t.sv for t in names), en=", ".join(t["en"] for t in names))
    return LeftOut(clause.requirement.id, clause.requirement.title, why, parts=clause.parts)


def _other_size(selection: Selection, clause: Clause, headcount: int | None) -> LeftOut | None:
    """Say that a clause is for others: by the rule that it applies from, or by those of all its questions."""
    requirement, rules = clause.requirement, selection.headcount
    rule = _beyond(rules.get(requirement.applies.headcount or ""), headcount)
    if rule is None:
        of_questions = [_beyond(_rule(question, rules), headcount) for question in requirement.questions]
        rule = of_questions[0] if None not in of_questions else None
    return _left_out(requirement.id, requirement.title, rule) if rule is not None else None


def _questions(selection: Selection, clause: Clause, headcount: int | None) -> Iterator[LeftOut]:
    for question in clause.requirement.questions:
        rule = _beyond(_rule(question, selection.headcount), headcount)
        if rule is not None:
            yield _left_out(f"{clause.requirement.id}.{question.key}", question.text, rule)


def _rule(question: Question, rules: Mapping[str, HeadcountRule]) -> HeadcountRule | None:
    return rules.get(question.headcount or "")


def _beyond(rule: HeadcountRule | None, headcount: int | None) -> HeadcountRule | None:
    """Give the rule where it is for those with another number of employees; None where it reaches or is not known."""
    if rule is None or headcount is None:
        return None
    reaches = rule.at_least <= headcount and (rule.at_most is None or headcount <= rule.at_most)
    return None if reaches else rule


def _left_out(name: str, title: Text, rule: HeadcountRule) -> LeftOut:
    data = {"at_least": str(rule.at_least), "sv": rule.counted.sv, "en": rule.counted["en"]}
    if rule.at_most is None:
        why = _text("why.smaller", **data)
    else:
        why = _text("why.other-size", **data, at_most=str(rule.at_most))
    return LeftOut(name, title, why, headcount=(rule.at_least, rule.at_most))


def _text(code: str, **data: str) -> Text:
    return Text(sv=sentence(code, "sv", **data), en=sentence(code, "en", **data))
