"""Parameters of clause texts: the buyer's value checked, and written with its unit in each language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from procurement_equality.catalogue.references import PLACEHOLDER
from procurement_equality.catalogue.requirement import (
    ChoiceParameter,
    DateParameter,
    IntegerParameter,
    Parameter,
    TextParameter,
)
from procurement_equality.catalogue.text import Language, Text

Value = int | str | datetime.date
Problem = tuple[str, dict[str, str]]

LOCALES = {"sv": "sv_SE", "en": "en_GB"}
"""The locale that each language's numbers, dates and units are written in."""

_UNITS = {
    "days": "duration-day", "weeks": "duration-week", "months": "duration-month", "years": "duration-year",
    "hours": "duration-hour",
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


def problem(name: str, parameter: Parameter, value: Value) -> Problem | None:
    """Say what is wrong with the buyer's value, or give None."""
    given = {"name": name, "value": str(value)}
    if isinstance(parameter, IntegerParameter):
        if not isinstance(value, int) or isinstance(value, bool):
            return "parameter.not-integer", given
        if not parameter.min <= value <= parameter.max:
            return "parameter.out-of-range", {**given, "min": str(parameter.min), "max": str(parameter.max)}
    elif isinstance(parameter, DateParameter):
        if not isinstance(value, datetime.date):
            return "parameter.not-date", given
    elif isinstance(parameter, ChoiceParameter):
        if value not in parameter.choices:
            return "parameter.not-choice", {**given, "choices": ", ".join(parameter.choices)}
    elif not isinstance(value, str) or not 0 < len(value) <= 200 or not value.isprintable():
        return "parameter.not-text", given
    return None


def fill(text: Text, values: Mapping[str, Text]) -> Text:
    """Put written values into a text. A text takes names of parameters only, so there is nothing to run."""
    return Text(
        sv=PLACEHOLDER.sub(lambda match: values[match[1]].sv, text.sv),
        en=None if text.en is None else PLACEHOLDER.sub(lambda match: values[match[1]]["en"], text.en),
    )


def written(parameter: Parameter, value: Value | None) -> Text | None:
    """Write a value, or the default, in both languages; None where the buyer must set it and has not.

    Units are written out ("2 månader", "10 %"), and Markdown's own signs are escaped.
    """
    if value is None:
        if isinstance(parameter, DateParameter):
            return None
        if isinstance(parameter, TextParameter):
            default = parameter.default
            return default and Text(sv=_escape(default.sv), en=_escape(default["en"]))
        value = parameter.default
    return Text(sv=_write(parameter, value, "sv"), en=_write(parameter, value, "en"))


def _write(parameter: Parameter, value: Value, language: Language) -> str:
    locale = LOCALES[language]
    if isinstance(parameter, IntegerParameter) and isinstance(value, int):
        return _amount(value, parameter.unit, locale)
    if isinstance(parameter, DateParameter) and isinstance(value, datetime.date):
        return format_date(value, "long", locale=locale).replace(" ", "\u00a0")
    if isinstance(parameter, ChoiceParameter):
        return parameter.choices[str(value)][language]
    return _escape(str(value))


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _amount(value: int, unit: str, locale: str) -> str:
    if unit == "per cent":
        words = format_percent(value / 100, locale=locale)
    elif unit == "kronor":
        words = format_currency(
            value, "SEK", "#,##0 ¤" if locale == "sv_SE" else "¤ #,##0", locale=locale, currency_digits=False
        )
    elif unit == "days" and locale == "sv_SE":
        words = f"{format_decimal(value, locale=locale)} {'dag' if value == 1 else 'dagar'}"  # CLDR says "dygn"
    elif unit == "number":
        words = format_decimal(value, locale=locale)
    else:
        words = format_unit(value, _UNITS[unit], locale=locale)
    return words.replace(" ", "\u00a0")


def written_number(value: float, language: Language) -> str:
    """Write a number as one would in a form: "1 234,5"."""
    return str(format_decimal(value, locale=LOCALES[language], decimal_quantization=False))
