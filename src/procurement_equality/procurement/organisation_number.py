"""Organisation numbers: Swedish ones checked, foreign ones with their country, personal identity numbers told apart.

Sources: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl. (ten digits, the third at least 2, the last
a check digit); folkbokföringslagen (1991:481) 18 § (personal identity numbers, whose third digit is 0 or 1).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

NumberKind = Literal["organisation", "foreign", "personal", "sole-trader", "check-digit", "malformed"]
"""What a text is: the first three are numbers, `sole-trader` says that there is none to give, the last two why not."""

_SOLE_TRADER = frozenset({"ENSKILDFIRMA", "ENSKILDNÄRINGSIDKARE", "ENSKILDNÄRINGSVERKSAMHET", "SOLETRADER"})

_FOREIGN = re.compile(r"([A-Z]{2})[ .:/-]?([0-9A-Z][0-9A-Z ./-]{2,24})")
_SWEDISH_VAT = re.compile(r"SE([0-9]{10})(01)?")
_BEYOND_ISO = frozenset({"EL", "XI"})
"""Greece and Northern Ireland, as VAT numbers write them."""


class OrganisationNumber(NamedTuple):
    """A number as it was read; `text` only for one that may be printed: `559900-1234`, `NO 923609016`."""

    kind: NumberKind
    text: str | None = None


def read_organisation_number(text: str) -> OrganisationNumber:
    """Read an organisation number in any usual spelling.

    Ten digits with or without hyphen, twelve with the prefix 16, a Swedish VAT number, or the number of a foreign
    register after its country code, which is not checked. The organisation number of a sole trader is the owner's
    personal identity number: it is recognised, and not given back. "Enskild firma" may be written instead.
    """
    folded = unicodedata.normalize("NFKC", text).strip().upper()
    folded = folded.translate({ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2212"})
    digits = re.sub(r"[ -]", "", folded.replace("+", ""))
    if vat := _SWEDISH_VAT.fullmatch(digits):
        digits = vat[1]
    if digits.isascii() and digits.isdigit():
        return _swedish(digits)
    if digits in _SOLE_TRADER:
        return OrganisationNumber("sole-trader")
    foreign = _FOREIGN.fullmatch(folded)
    if foreign and _is_country(foreign[1]) and any(sign.isdigit() for sign in foreign[2]):
        return OrganisationNumber("foreign", f"{foreign[1]} {re.sub(r'[ .]', '', foreign[2])}")
    return OrganisationNumber("malformed")


def _swedish(digits: str) -> OrganisationNumber:
    personal = len(digits) == 12 and digits[:2] in ("18", "19", "20")
    if len(digits) == 12 and (personal or digits.startswith("16")):
        digits = digits[2:]
    if len(digits) != 10:
        return OrganisationNumber("malformed")
    if _check_sum(digits) % 10:
        return OrganisationNumber("check-digit")
    if personal or digits[2] < "2":
        return OrganisationNumber("personal")
    return OrganisationNumber("organisation", f"{digits[:6]}-{digits[6:]}")


def _check_sum(digits: str) -> int:
    """Add up the digits after every second one, from the right, has been doubled (Luhn's formula)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled)


def _is_country(code: str) -> bool:
    from babel import Locale

    return code in _BEYOND_ISO or code in Locale("en").territories
