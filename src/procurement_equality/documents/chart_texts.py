"""What a chart shows, said in words: its alternative text, from the values that are drawn and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final, Literal, get_args

from babel.numbers import format_decimal

from procurement_equality.catalogue.text import Language
from procurement_equality.procurement.parameters import LOCALES

Outcome = Literal["met", "partly", "not-met", "cannot-be-judged"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

Value = int | float | Decimal | Literal["masked", "missing"]
"""A number; `masked` where it is known but not shown, to protect individuals; `missing` where nobody gave it."""
Shown = Decimal | Literal["masked", "missing"]
"""A value as it is drawn and said, rounded."""

Counts = tuple[str, Mapping[Outcome, int]]
Pair = tuple[str, Shown, Shown]

SPELT_OUT: Final = 6
"""So many rows are said one by one; of more, the whole and the extremes are said."""
_LONGEST_LABEL: Final = 100

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "sv": {
        "women": "Kvinnor", "men": "Män", "masked": "dolt", "missing": "saknas", "none": "inga bedömningar",
        "part": "Del {part} av {parts}.",
        "bars": "Stapeldiagram: {title}.", "dots": "Punktdiagram: {title}.",
        "pair": "{label}: kvinnor {first}, män {second}.", "counts": "{label}: {counts}.",
        "years": "{label}: {first} ({before}), {second} ({after}).",
        "sum": "{rows} rader, sammanlagt {counts}.", "most": "Flest ”{outcome}”: {labels}, {count} av {total}.",
        "compare": "{rows} rader: kvinnors värde är högre i {higher}, mäns i {lower}, lika i {equal}.",
        "development": "{rows} rader, från {before} till {after}: högre i {higher}, lägre i {lower}, lika i {equal}.",
        "aside": "Värden är dolda eller saknas i {aside}.", "difference": "Störst skillnad: {row}",
        "masking": "Dolda värden visas inte, till skydd för enskilda.", "and": "och",
    },
    "en": {
        "women": "Women", "men": "Men", "masked": "hidden", "missing": "missing", "none": "nothing assessed",
        "part": "Part {part} of {parts}.",
        "bars": "Bar chart: {title}.", "dots": "Dot chart: {title}.",
        "pair": "{label}: women {first}, men {second}.", "counts": "{label}: {counts}.",
        "years": "{label}: {first} ({before}), {second} ({after}).",
        "sum": "{rows} rows, in all {counts}.", "most": "Most “{outcome}”: {labels}, {count} of {total}.",
        "compare": "{rows} rows: women's value is higher in {higher}, men's in {lower}, equal in {equal}.",
        "development": "{rows} rows, from {before} to {after}: higher in {higher}, lower in {lower}, equal in {equal}.",
        "aside": "Values are hidden or missing in {aside}.", "difference": "Largest difference: {row}",
        "masking": "Hidden values are not shown, to protect individuals.", "and": "and",
    },
}  # fmt: skip


def folded(label: str) -> str:
    """Give a label on one line, without signs that cannot be printed, and no longer than a hundred signs."""
    text = "".join(sign if sign.isprintable() else " " if sign.isspace() else "" for sign in label)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


def rounded(values: Sequence[Value]) -> list[Shown]:
    """Round values for one chart: to whole numbers where all are whole, else all to one decimal."""
    exact = [value if isinstance(value, str) else Decimal(str(value)) for value in values]
    numbers = [value for value in exact if isinstance(value, Decimal)]
    step = Decimal(1) if all(number == number.to_integral_value() for number in numbers) else Decimal("0.1")
    return [value if isinstance(value, str) else value.quantize(step, ROUND_HALF_EVEN) + 0 for value in exact]


def written(value: Shown | int, unit: str, language: Language) -> str:
    """Write a value as it is drawn and said: `1 234,5 kr`, `dolt`."""
    if isinstance(value, str):
        return WORDS[language][value]
    pattern = "#,##0.0" if isinstance(value, Decimal) and value.as_tuple().exponent == -1 else "#,##0"
    number: str = format_decimal(value, format=pattern, locale=LOCALES[language])
    number = number.replace("-", "\u2212")
    space = "" if not unit or (unit == "%" and language == "en") else "\u00a0"
    return f"{number}{space}{unit}"


def outcome_text(title: str, rows: Sequence[Counts], names: Mapping[Outcome, str], language: Language) -> str:
    """Say how assessments came out: row by row where the rows are few, else in all, and where most are not met."""
    words = WORDS[language]
    said = [words["bars"].format(title=title)]
    if len(rows) <= SPELT_OUT:
        return " ".join(
            said + [words["counts"].format(label=label, counts=_counts(c, names, language)) for label, c in rows]
        )
    whole = {outcome: sum(counts.get(outcome, 0) for _, counts in rows) for outcome in OUTCOMES}
    said.append(words["sum"].format(rows=len(rows), counts=_counts(whole, names, language)))
    label, counts = max(rows, key=lambda row: row[1].get("not-met", 0))
    most = counts.get("not-met", 0)
    alike = [label for label, counts in rows if counts.get("not-met", 0) == most]
    if most and len(alike) == 1:
        total = written(sum(counts.values()), "", language)
        count = written(most, "", language)
        said.append(words["most"].format(outcome=_small(names["not-met"]), labels=label, count=count, total=total))
    return " ".join(said)


def _counts(counts: Mapping[Outcome, int], names: Mapping[Outcome, str], language: Language) -> str:
    """Say the counts that are not nought."""
    said = [
        f"{_small(names[outcome])} {written(counts.get(outcome, 0), '', language)}"
        for outcome in OUTCOMES
        if counts.get(outcome, 0)
    ]
    return ", ".join(said) or WORDS[language]["none"]


def _small(text: str) -> str:
    """Begin with a small letter, as inside a sentence."""
    return text[:1].lower() + text[1:]


def sex_text(title: str, rows: Sequence[Pair], unit: str, language: Language) -> str:
    """Say women's and men's values: row by row where the rows are few, else how they compare and differ most."""
    return _pairs_text(title, rows, unit, language, ("bars", "pair", "compare"), {}, swap=True)


def change_text(title: str, rows: Sequence[Pair], unit: str, language: Language, years: tuple[str, str]) -> str:
    """Say the values of two years: row by row where the rows are few, else how many rose and what changed most."""
    data = {"before": years[0], "after": years[1]}
    return _pairs_text(title, rows, unit, language, ("dots", "years", "development"), data, swap=False)


def _pairs_text(
    title: str,
    rows: Sequence[Pair],
    unit: str,
    language: Language,
    keys: tuple[str, str, str],
    data: Mapping[str, str],
    *,
    swap: bool,
) -> str:
    words = WORDS[language]
    kind, one, whole = (words[key] for key in keys)

    def row_text(row: Pair) -> str:
        label, first, second = row
        return one.format(
            label=label, first=written(first, unit, language), second=written(second, unit, language), **data
        )

    said = [kind.format(title=title)]
    if len(rows) <= SPELT_OUT:
        said += map(row_text, rows)
    else:
        known = [(row, b - a) for row in rows if isinstance(a := row[1], Decimal) and isinstance(b := row[2], Decimal)]
        up, down = sum(by > 0 for _, by in known), sum(by < 0 for _, by in known)
        higher, lower = (down, up) if swap else (up, down)
        equal = len(known) - up - down
        said.append(whole.format(rows=len(rows), higher=higher, lower=lower, equal=equal, **data))
        if len(known) < len(rows):
            said.append(words["aside"].format(aside=len(rows) - len(known)))
        if up or down:
            said.append(words["difference"].format(row=row_text(max(known, key=lambda item: abs(item[1]))[0])))
    if any("masked" in row[1:] for row in rows):
        said.append(words["masking"])
    return " ".join(said)
