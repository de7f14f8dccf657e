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
    titles = {part.key: part.title for part in selection.procurement.parts}
    own = tuple(key for key in titles if key in parts)
    left_out: list[LeftOut] = []
    for clause in selection.clauses:
        why = _other_parts(clause, own, titles) or _other_size(clause, selection.headcount, headcount)
        if why is not None:
            left_out.append(LeftOut(clause.requirement.id, clause.requirement.title, why))
        else:
            left_out += _questions(clause, selection.headcount, headcount)
    return Adaptation(headcount, own, tuple(left_out), frozenset(each.name for each in left_out))


def _other_parts(clause: Clause, own: tuple[str, ...], titles: Mapping[str, Text]) -> Text | None:
    if not clause.parts or not own or set(clause.parts) & set(own):
        return None
    names = [titles[key] for key in clause.parts]
    return _text("why.other-parts", sv=", ".join(t.sv for t in names), en=", ".join(t["en"] for t in names))


def _other_size(clause: Clause, rules: Mapping[str, HeadcountRule], headcount: int | None) -> Text | None:
    """Say why a clause is for others: by the rule that it applies from, or by those of all its questions."""
    requirement = clause.requirement
    why = _size(rules.get(requirement.applies.headcount or ""), headcount)
    if why is None:
        whys = [_size(_rule(question, rules), headcount) for question in requirement.questions]
        why = whys[0] if None not in whys else None
    return why


def _questions(clause: Clause, rules: Mapping[str, HeadcountRule], headcount: int | None) -> Iterator[LeftOut]:
    for question in clause.requirement.questions:
        why = _size(_rule(question, rules), headcount)
        if why is not None:
            yield LeftOut(f"{clause.requirement.id}.{question.key}", question.text, why)


def _rule(question: Question, rules: Mapping[str, HeadcountRule]) -> HeadcountRule | None:
    return rules.get(question.headcount or "")


def _size(rule: HeadcountRule | None, headcount: int | None) -> Text | None:
    """Say that a rule is for those with another number of employees; None where it reaches, or nothing is known."""
    if rule is None or headcount is None:
        return None
    if rule.at_least <= headcount and (rule.at_most is None or headcount <= rule.at_most):
        return None
    data = {"at_least": str(rule.at_least), "sv": rule.counted.sv, "en": rule.counted["en"]}
    if rule.at_most is None:
        return _text("why.smaller", **data)
    return _text("why.other-size", **data, at_most=str(rule.at_most))


def _text(code: str, **data: str) -> Text:
    return Text(sv=sentence(code, "sv", **data), en=sentence(code, "en", **data))
