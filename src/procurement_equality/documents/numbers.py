"""Numbers, days and ids as documents write them, so that no line breaks in them."""

from __future__ import annotations

import datetime
import re

from babel.dates import format_date
from babel.numbers import format_decimal

from procurement_equality.catalogue.text import Language
from procurement_equality.procurement.parameters import LOCALES

_ID = re.compile(r"\b([A-Z]{2,5})-([0-9]{2,3})\b")


def number(value: float, language: Language) -> str:
    """Write a number: "1 234,5", and a true minus sign."""
    return str(format_decimal(value, format="#,##0.####", locale=LOCALES[language])).replace("-", "\u2212")


def day(date: datetime.date | None, language: Language) -> str | None:
    """Write a day: "23 november 2026"."""
    return format_date(date, "long", locale=LOCALES[language]).replace(" ", "\u00a0") if date else None


def unbroken(text: str) -> str:
    """Write the requirements' ids in a text with hyphens that no line breaks at."""
    return _ID.sub("\\1\u2011\\2", text)
