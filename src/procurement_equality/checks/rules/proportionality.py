"""Whether what is asked is in proportion to the contract and to the firms that may tender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from procurement_equality.catalogue.law import HeadcountRule
from procurement_equality.checks.burden import Burden, burden_of, by_headcount
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.rules.facts import value_unit
from procurement_equality.checks.texts import StatedClause
from procurement_equality.checks.unit_costs import UnitCosts, unit_costs
from procurement_equality.checks.words import phrases, wordings
from procurement_equality.procurement.law import headcount_rule
from procurement_equality.procurement.selection import Selection

Measures = Mapping[str, tuple[str, ...]]
"""What is over its bound, in each language."""

_DOCUMENTATION = {"DL 3:13": "dl-3-13", "DL 3:14": "dl-3-14"}
"""The duties to document, and their headcount rules."""


def size(case: Case) -> Found:
    """Find a selection that asks much in proportion to the contract, even for the firm that it is lightest for.

    A value that was probably given in another unit is asked about first.
    """
    selection = case.selection
    if selection is None or case.rules is None or any(True for _ in value_unit(case)):
        return
    costs = unit_costs()
    whole, small = _lightest(selection, costs), _small_firm(selection, costs)
    over = _over(whole, small, costs, share=case.regime != "LOV")
    if not over["sv"]:
        return
    out = _lighter(selection, whole, small, costs, share=case.regime != "LOV")
    basis = case.rules.principles
    yield case.finding(
        "prop.size",
        ("value",),
        measures_sv=", ".join(over["sv"]),
        measures_en=", ".join(over["en"]),
        heaviest=", ".join(clause.id for clause in whole.heaviest(costs.named)),
        out=", ".join(out),
        basis_sv=case.cite("sv", basis),
        basis_en=case.cite("en", basis),
        yaml=_leave_out(out, *_reason(case)),
    )


def cumulative_small_firm(case: Case) -> Found:
    """Find demands for documentation on firms that the law does not ask to document (DL 3:13-14)."""
    yield from _chosen_against_headcount(case)
    for stated, words, identifier in _demands_in_texts(case):
        rule = headcount_rule(case.catalogue.law, identifier, case.procurement.date)
        expected = case.procurement.supplier_headcount
        if rule is not None and not (expected and expected.at_least >= rule.at_least):
            yield stated.finding("prop.cumulative-small-firm", words, **_limit(case, rule), yaml=_declare(stated, rule))


RULES = (
    Rule(
        "prop.size",
        "warning",
        of_case=size,
        legal_basis=("LOU 4:1", "LOU 19:2", "LUF 4:1", "LUF 19:2", "LUK 4:1", "LUK 15:2", "LOV 1:2"),
        sources=("uhm-sma-foretag", "tillvaxtverket-kostnader"),
        verified=False,
        needs_selection=True,
    ),
    Rule(
        "prop.cumulative-small-firm",
        "warning",
        of_case=cumulative_small_firm,
        legal_basis=(
            "DL 3:13",
            "DL 3:14",
            "LOU 4:1",
            "LOU 19:2",
            "LUF 4:1",
            "LUF 19:2",
            "LUK 4:1",
            "LUK 15:2",
            "LOV 1:2",
        ),
        sources=("statlig-antidiskrimineringsklausul", "uhm-sma-foretag"),
    ),
)


# --- what is much ----------------------------------------------------------------------------------------


def _lightest(selection: Selection, costs: UnitCosts) -> Burden:
    """Give the estimate for the firm, of the sizes that may tender, that has least to show."""
    return min(by_headcount(selection, costs), key=lambda burden: (burden.total.low, burden.headcount or 0))


def _small_firm(selection: Selection, costs: UnitCosts) -> Burden | None:
    """Give the estimate for the largest firm that the buyer expects, where none of them is large."""
    expected = selection.procurement.supplier_headcount
    largest = expected and expected.at_most
    if not largest or largest >= costs.small_supplier.fewer_than.employees:
        return None
    return burden_of(selection, largest, costs)


def _over(whole: Burden, small: Burden | None, costs: UnitCosts, *, share: bool) -> Measures:
    """Say what is over its bound: heavy requirements, the share of the value, and hours in a small firm."""
    bounds, sv, en = costs.bounds, [], []
    heavy = sum(1 for clause in whole.clauses if clause.first_year.low >= 60 * bounds.heavy_hours.value)
    brief = whole.value < bounds.small_value.value or whole.months <= bounds.short_months.value
    if brief and heavy > bounds.heavy_requirements.value:
        sv.append(f"{heavy} krav tar vart och ett minst {bounds.heavy_hours.value} timmar att visa första året")
        en.append(f"{heavy} requirements each take at least {bounds.heavy_hours.value} hours to show in the first year")
    if share and whole.share[0] >= bounds.share_per_cent.value:
        percent = int(whole.share[0])
        sv.append(f"att visa kraven kostar minst {percent} procent av kontraktets värde")
        en.append(f"showing the requirements costs at least {percent} per cent of the contract's value")
    each = small.per_employee if small else None
    if small is not None and each is not None and each.low >= 60 * bounds.hours_per_employee.value:
        hours = each.low // 60
        sv.append(f"ett företag med {small.headcount} anställda behöver minst {hours} timmar per anställd")
        en.append(f"a firm with {small.headcount} employees needs at least {hours} hours for each employee")
    return {"sv": tuple(sv), "en": tuple(en)}


def _lighter(
    selection: Selection, whole: Burden, small: Burden | None, costs: UnitCosts, *, share: bool
) -> tuple[str, ...]:
    """Name the clauses to leave out so that nothing is over its bound: beyond the law first, then the heaviest."""
    level = {clause.requirement.id: clause.requirement.level for clause in selection.clauses}
    order = sorted(whole.clauses, key=lambda clause: (level[clause.id] == "law", -clause.total.high, clause.id))
    out: list[str] = []
    for clause in order[:-1]:
        out.append(clause.id)
        left = [_without(burden, out) if burden else None for burden in (whole, small)]
        if left[0] is not None and not _over(left[0], left[1], costs, share=share)["sv"]:
            break
    return tuple(out)


def _without(burden: Burden, identifiers: list[str]) -> Burden:
    return replace(burden, clauses=tuple(clause for clause in burden.clauses if clause.id not in identifiers))


def _reason(case: Case) -> tuple[str, str]:
    months, value = case.procurement.months, f"{case.procurement.value:,}".replace(",", " ")
    return (
        f"Kravet är mer än uppdraget på {months} månader och {value} kronor tål.",
        f"The requirement is more than the contract of {months} months and {value} kronor stands.",
    )


def _leave_out(identifiers: tuple[str, ...], sv: str, en: str) -> str:
    lines = [f"  {each}: {{include: false, reason: {{sv: '{sv}', en: '{en}'}}}}" for each in identifiers]
    return "\n".join(("requirements:", *lines))


# --- small firms and documents ---------------------------------------------------------------------------


def _chosen_against_headcount(case: Case) -> Found:
    """Yield requirements on documentation that the buyer has asked for though every expected firm is too small."""
    expected = case.procurement.supplier_headcount
    if case.selection is None or expected is None or expected.at_most is None:
        return
    for stated in case.clauses:
        rule = case.selection.headcount.get((stated.requirement and stated.requirement.applies.headcount) or "")
        if rule is None or rule.citation not in _DOCUMENTATION or expected.at_most >= rule.at_least:
            continue
        if rule.id in _DOCUMENTATION.values():
            reason = (
                f"Leverantörerna väntas ha högst {expected.at_most} arbetstagare, och dokumentation krävs från "
                f"{rule.at_least}.",
                f"The suppliers are expected to have at most {expected.at_most} employees, and documentation is "
                f"required from {rule.at_least}.",
            )
            yield stated.finding(
                "prop.cumulative-small-firm", **_limit(case, rule), yaml=_leave_out((stated.name,), *reason)
            )


def _demands_in_texts(case: Case) -> Iterator[tuple[StatedClause, str, str]]:
    """Yield each of the buyer's own clauses that asks every firm for documents, and the rule that it goes beyond."""
    asks = case.texts.holding(phrases("asks-for-documents"))
    named = dict(case.texts.first_matches(wordings("documented-active-measures")))
    every = dict(case.texts.first_matches(wordings("documentation-whatever-size")))
    for stated in case.others:
        if stated in named:
            survey = "lönekartläggning" in named[stated].lower() or "pay survey" in named[stated].lower()
            yield stated, named[stated], "dl-3-14" if survey else "dl-3-13"
        elif stated in every and stated in asks:
            yield stated, every[stated], "dl-3-13"


def _limit(case: Case, rule: HeadcountRule) -> dict[str, str]:
    return {
        "at_least": str(rule.at_least),
        "basis_sv": case.cite("sv", rule.citation),
        "basis_en": case.cite("en", rule.citation),
    }


def _declare(stated: StatedClause, rule: HeadcountRule) -> str:
    """Write the clause with a declaration in the place of documents."""
    sv = f"En leverantör med färre än {rule.at_least} arbetstagare lämnar i stället en egen försäkran."
    en = f"A supplier with fewer than {rule.at_least} employees submits a declaration of its own instead."
    lines = ["other_clauses:", f"  {stated.name}:", "    text:", "      sv: >-", *_folded(f"{stated.text.sv} {sv}")]
    if stated.text.en is not None:
        lines += ["      en: >-", *_folded(f"{stated.text.en} {en}")]
    return "\n".join(lines)


def _folded(text: str) -> list[str]:
    return [f"        {' '.join(text.split())}"]
