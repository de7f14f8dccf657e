"""Thirty invented suppliers and what they answer: plausible, in the many ways people write, and some of it wrong.

Names, numbers and persons are invented: organisation numbers have a right check digit and lie in 559999, which the
registration authority has not reached; people are roles.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from procurement_equality.answers.manifest import FormField, FormTable, Manifest

Typed = str | bool

_KINDS: Final = ("Omsorg", "Hemtjänst", "Städ", "Utbildning", "Service", "Assistans")
_NAMES: Final = (
    "Alfa",
    "Beta",
    "Gamma",
    "Delta",
    "Epsilon",
    "Zeta",
    "Eta",
    "Theta",
    "Jota",
    "Kappa",
    "Lambda",
    "Omega",
)
_FORMS: Final = ("AB", "HB", "ek. för.", "Ideell förening", "& Co AB")
_ROLES: Final = ("Verksamhetschef", "HR-chef", "Kvalitetsansvarig", "Vd", "Enhetschef", "Hållbarhetsansvarig")
_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_TEXTS: Final = (
    "Vi går igenom rutinen på arbetsplatsträffar i mars och oktober.",
    "Ja, se bilaga 3.\nÖversyn görs varje år.\n\nAnsvarig: kvalitetsansvarig.",
    "Åtgärder & mål för 2026: \"lika villkor\" <fastställda> av ledningen, 'se policy'",
    "Personalen får utbildning 👩‍🔧 – vi är nöjda 😀",
    "المساواة بين النساء والرجال",
    "=SUMMA(A1:A3) visar andelen; -5 % mot förra året; +46 är landsnumret; @ledningen",
    "Kvinnor\t12\nMän\t7",
    "Rutinen beskriver hur vi förebygger, upptäcker och åtgärdar diskriminering. " * 60,
    "  Två mellanslag först och ett sist ",
    "Nej – vi har ännu ingen rutin; den tas fram till 1 september.",
    "é, ñ, č, ß, Ǻ och œ̃ förekommer i namnen på våra enheter (½ tjänst; 37 °C; 3 µm; №7)",
    "icke\u2011diskriminering och mjukt\u00adbindestreck, fast\u00a0mellanslag",
)


@dataclass(frozen=True)
class Supplier:
    """Who answers, and what: `answers` as typed, by the field's tag."""

    name: str
    org_number: str
    headcount: int
    role: str
    date: datetime.date
    answers: Mapping[str, Typed]
    table_errors: Mapping[str, str] = field(default_factory=dict)
    """The tables that are wrong on purpose, with the cell that was raised by one."""


def organisation_number(serial: int) -> str:
    """Give 559999 and a serial number of three digits, with the check digit that the Luhn algorithm asks for."""
    digits = f"559999{serial:03}"
    total = sum(sum(divmod(int(digit) * (2 - index % 2), 10)) for index, digit in enumerate(digits))
    return f"{digits[:6]}-{digits[6:]}{-total % 10}"


def suppliers(manifest: Manifest, number: int = 30, seed: int = 1) -> tuple[Supplier, ...]:
    """Give suppliers, the same for the same seed. Every fourth table has a total that is wrong on purpose."""
    return tuple(_supplier(manifest, index, random.Random(f"{seed}-{index}")) for index in range(number))  # noqa: S311


def _supplier(manifest: Manifest, index: int, dice: random.Random) -> Supplier:
    name = f"{_KINDS[index % len(_KINDS)]} {_NAMES[index // 5 % len(_NAMES)]} {_FORMS[index % len(_FORMS)]}"
    headcount = dice.choice((3, 9, 10, 24, 25, 49, 50, 120, 1250))
    date = datetime.date(2026, 1, 5) + datetime.timedelta(days=dice.randrange(60))
    role, org_number = dice.choice(_ROLES), organisation_number(index + 100)
    own: dict[str, Typed] = {
        "LEV.name": name,
        "LEV.org_number": dice.choice((org_number, org_number.replace("-", ""), f"16{org_number}", f" {org_number} ")),
        "LEV.contact_role": role,
        "LEV.contact": f"{role.lower().replace(' ', '.')}@{_NAMES[index // 5 % 12].lower()}.example",
        "LEV.headcount": _number(headcount, dice),
        "LEV.date": written_date(date, dice),
    }
    answers: dict[str, Typed] = {}
    wrong: dict[str, str] = {}
    for question in manifest.questions:
        if isinstance(question, FormTable):
            cells, error = _table(question, dice, wrong=dice.random() < 0.25)
            answers |= cells
            wrong |= {question.name: error} if error else {}
        elif question.name in own:
            answers[question.name] = own[question.name]
        elif question.applies_to(headcount) and not question.later and (question.required or dice.random() < 0.8):
            answers[question.name] = _WRITERS[question.type](question, dice)
    return Supplier(name, org_number, headcount, role, date, answers, wrong)


def _number(value: float, dice: random.Random) -> str:
    """Write a number as people in Sweden do: `1250`, `1 250`, `1 234,5` with one of three spaces."""
    whole, _, part = f"{value:g}".partition(".")
    space = dice.choice(("", " ", "\u00a0", "\u202f"))
    whole = f"{int(whole):,}".replace(",", space)
    return f"{whole},{part}" if part else whole


def written_date(date: datetime.date, dice: random.Random) -> str:
    """Write a date in one of the usual ways; most pick it, which gives `2026-03-05`."""
    month = _MONTHS[date.month - 1]
    ways = (
        f"{date:%Y%m%d}",
        f"{date.day}/{date.month} {date.year}",
        f"{date.day} {month} {date.year}",
        f"{date:%d.%m.%Y}",
    )
    return dice.choice(ways) if dice.random() < 0.3 else date.isoformat()


def _text(question: FormField, dice: random.Random) -> str:
    return dice.choice(_TEXTS)


def _count(question: FormField, dice: random.Random) -> str:
    return _number(dice.choice((0, 1, 3, 4, 5, 17, 240, 1234.5)), dice)


def _per_cent(question: FormField, dice: random.Random) -> str:
    return dice.choice(("0", "12,5", "50 %", "66.7", "100"))


def _kronor(question: FormField, dice: random.Random) -> str:
    return dice.choice(("25 000", "1 234 567,50", "31500 kr", "0", "28\u00a0400 kronor"))


def _date(question: FormField, dice: random.Random) -> str:
    return written_date(datetime.date(2026, 1, 1) + datetime.timedelta(days=dice.randrange(365)), dice)


def _attachment(question: FormField, dice: random.Random) -> str:
    return dice.choice(("Bilaga 3", "2", "rutin_ledigheter_å.pdf", "Bilaga 1 och 4", "Policy & plan (v. 2).docx"))


def _choice(question: FormField, dice: random.Random) -> str:
    return dice.choice(list(question.options.values()))


def _tick(question: FormField, dice: random.Random) -> bool:
    return dice.random() < 0.8


_WRITERS: Final[Mapping[str, Callable[[FormField, random.Random], Typed]]] = {
    "text": _text, "number": _count, "per-cent": _per_cent, "kronor": _kronor, "date": _date, "attachment": _attachment,
    "yes-no": _choice, "yes-no-partly": _choice, "choice": _choice, "declaration": _tick, "checkbox": _tick,
}  # fmt: skip


def _table(table: FormTable, dice: random.Random, *, wrong: bool) -> tuple[dict[str, Typed], str | None]:
    """Fill a table so that its rows and columns add up; `wrong` raises one total by one and says which cell."""
    values = dict(_values(table, dice))
    totals = [name for name in values if _is_total(table, name)]
    error = dice.choice(totals) if wrong and totals else None
    if error:
        values[error] += 1
    rows = [row.key for row in table.rows if row.label is not None]
    texts = {
        f"{table.name}.{row}.{column.key}": "Ingen uppgift" if column.type == "text" else "2026-01-01"
        for row in rows
        for column in table.columns
        if column.type in ("text", "date")
    }
    return {**texts, **{name: _number(value, dice) for name, value in values.items()}}, error


def _is_total(table: FormTable, name: str) -> bool:
    row_key, column_key = name.removeprefix(f"{table.name}.").split(".")
    summed = {row.key for row in table.rows if row.sum_of}, {column.key for column in table.columns if column.sum_of}
    return row_key in summed[0] or column_key in summed[1]


def _values(table: FormTable, dice: random.Random) -> Iterator[tuple[str, int]]:
    """Give every number of a table: first those that nothing adds up to, then their sums by row and by column."""
    found: dict[tuple[str, str], int] = {}

    def value(row: str, column: str) -> int:
        key = (row, column)
        if key not in found:
            found[key] = 0  # a total that names itself would not end
            found[key] = _value(row, column)
        return found[key]

    def _value(row: str, column: str) -> int:
        if columns[column].sum_of:
            return sum(value(row, part) for part in columns[column].sum_of)
        if rows[row].sum_of:
            return sum(value(part, column) for part in rows[row].sum_of)
        limits = [
            value(*place)
            for place in ((rows[row].at_most, column), (row, columns[column].at_most))
            if place[0] is not None and place[1] is not None
        ]
        return dice.randrange(min([*limits, 40]) + 1)

    rows = {row.key: row for row in table.rows if row.label is not None}
    columns = {column.key: column for column in table.columns if column.type in ("number", "per-cent")}
    for row in rows:
        for column in columns:
            yield f"{table.name}.{row}.{column}", value(row, column)
