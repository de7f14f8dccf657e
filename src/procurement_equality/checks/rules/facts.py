"""Facts of the procurement file that look wrong."""

from __future__ import annotations

from procurement_equality.catalogue import citation
from procurement_equality.checks.case import Case
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES
from procurement_equality.procurement.law import kronor

_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)
_OFFICIAL_EXCEPTIONS = {"85210000": "3", "03300000": "2"}
"""Codes whose check digit in the official list is another than the one worked out."""

_HARDLY_A_PROCUREMENT = 10_000
"""Kronor below which a value is more likely given in thousands or millions."""


def check_digit(cpv: str) -> str:
    """Give the check digit of the first eight digits of a CPV code."""
    worked_out = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, cpv, strict=False)) % 10
    return _OFFICIAL_EXCEPTIONS.get(cpv[:8], str(worked_out))


def wrong_check_digit(case: Case) -> Found:
    """Find CPV codes whose check digit says that a digit was mistyped."""
    for index, cpv in enumerate(case.procurement.cpv):
        right = check_digit(cpv)
        if len(cpv) > 8 and cpv[9] != right:
            codes = ", ".join(
                f'"{cpv[:8]}-{right}"' if other == index else f'"{code}"'
                for other, code in enumerate(case.procurement.cpv)
            )
            yield case.finding("cpv.check-digit", ("cpv", index), cpv=cpv, right=right, yaml=f"cpv: [{codes}]")


def value_unit(case: Case) -> Found:
    """Find a value that was probably given in thousands or millions of kronor (LOU 5:3: the whole amount)."""
    value = case.procurement.value
    if value < _HARDLY_A_PROCUREMENT:
        thousands, millions = kronor(value * 1_000), kronor(value * 1_000_000)
        yield case.finding("value.unit", ("value",), value=kronor(value), thousands=thousands, millions=millions)


def date_past_known(case: Case) -> Found:
    """Find a date after the law was last read: one finding, with what was on its way then."""
    known, date = case.catalogue.law.known, case.procurement.date
    if date <= known.read_to:
        return
    pending = [each for each in known.pending if each.valid_from <= date]
    data = {"date": date.isoformat(), "read_to": known.read_to.isoformat()}
    if not pending:
        yield case.finding(
            "law.date-past-known",
            ("date",),
            **data,
            pending_sv="inget som katalogen känner till",
            pending_en="nothing that the catalogue knows of",
        )
        return
    told = {
        f"pending_{language}": "; ".join(
            f"{each.change[language]} ({', '.join(each.acts)}, {each.valid_from})" for each in pending
        )
        for language in LANGUAGES
    }
    yield case.finding("law.date-past-known", ("date",), **data, **told)


def not_in_force(case: Case) -> Found:
    """Find acts that clauses rest on and that were not yet in force on the procurement's date: one finding an act."""
    resting: dict[str, list[str]] = {}
    for stated in case.clauses:
        grounds = stated.requirement.legal_basis if stated.requirement else stated.other.cites if stated.other else ()
        for name in dict.fromkeys(parsed.act for ground in grounds if (parsed := citation.parse(ground))):
            resting.setdefault(name, []).append(stated.name)
    for name, clauses in resting.items():
        act = case.catalogue.law.acts.get(name)
        if act is not None and act.valid_from is not None and case.procurement.date < act.valid_from:
            yield case.finding(
                "law.not-in-force",
                ("date",),
                act_sv=act.name.sv,
                act_en=act.name["en"],
                sfs=act.sfs,
                since=act.valid_from.isoformat(),
                date=case.procurement.date.isoformat(),
                clauses=", ".join(clauses),
            )


RULES = (
    Rule(
        "law.date-past-known",
        "information",
        of_case=date_past_known,
        legal_basis=("DL 3:14", "SoL 8:6"),
        verified=False,
    ),
    Rule("law.not-in-force", "warning", of_case=not_in_force, legal_basis=("SoL 2:1", "2023:254 1")),
    Rule(
        "cpv.check-digit",
        "warning",
        of_case=wrong_check_digit,
        sources=("eu-cpv-2008", "op-cpv-kontrollsiffra"),
        verified=False,
    ),
    Rule("value.unit", "warning", of_case=value_unit, legal_basis=("LOU 5:3",)),
)
