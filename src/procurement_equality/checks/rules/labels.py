"""Labels, certificates, standards and brands."""

from __future__ import annotations

import json

from procurement_equality.catalogue.law import RegimeId
from procurement_equality.catalogue.text import Language
from procurement_equality.checks.nearby import Wording, first_of_each, found, has
from procurement_equality.checks.rule import Found, Rule
from procurement_equality.checks.texts import LANGUAGES, StatedClause, Texts
from procurement_equality.checks.words import wordings
from procurement_equality.findings.words import sentence

_EQUIVALENT: dict[RegimeId, tuple[str, ...]] = {
    "LOU": ("LOU 9:4", "LOU 9:14"),
    "LUF": ("LUF 9:4", "LUF 9:15"),
    "LUK": ("LUK 7:3",),
}
_WORDS_ARE_REQUIRED: tuple[RegimeId, ...] = ("LOU", "LUF")
"""Where the act demands the words themselves; in a concession it is enough that an equivalent solution is accepted."""
_EQUIVALENT_WORDS: dict[Language, str] = {"sv": "eller likvärdigt", "en": "or equivalent"}
_BROAD: dict[RegimeId, tuple[str, ...]] = {"LOU": ("LOU 9:13 st.3",), "LUF": ("LUF 9:14 st.3",)}
_BRAND: dict[RegimeId, tuple[str, ...]] = {"LOU": ("LOU 9:6",), "LUF": ("LUF 9:6",), "LUK": ("LUK 7:2",)}


def equivalent(texts: Texts) -> Found:
    """Find a label, certificate or standard without "or equivalent" (LOU 9:4, 9:14)."""
    for wording in first_of_each(
        each for each in found(texts, "label-demanded") if _demanded(each) and not each.anywhere("label-equivalent")
    ):
        ground, corrected = _ground(texts, _EQUIVALENT), _corrected(wording.stated)
        finding = wording.stated.finding("label.equivalent", wording.words, **ground, **corrected)
        yield finding if texts.regime in _WORDS_ARE_REQUIRED else finding.as_warning()


def broad(texts: Texts) -> Found:
    """Find a demand that the firm itself is certified: that covers more than what is bought (LOU 9:13)."""
    for wording in first_of_each(each for each in found(texts, "label-firm") if _of_the_firm(each)):
        finding = wording.stated.finding("label.broad", wording.words, **_ground(texts, _BROAD))
        of_offer = wording.stated.kind != "selection-criterion"  # LOU 9:13 is about the object and its performance
        yield finding if of_offer and texts.regime in _BROAD else finding.as_warning()


def brand(texts: Texts) -> Found:
    """Find a named label without an equivalent, or one organisation's own certificate (LOU 9:6)."""
    named = (each for each in found(texts, "label-named") if _demanded(each) and not each.anywhere("label-equivalent"))
    own = (each for each in found(texts, "label-certifier") if _demanded(each) and not _whoever_issued(each))
    for wording in first_of_each((*own, *named)):
        yield wording.stated.finding("label.brand", wording.words, **_ground(texts, _BRAND))


def _corrected(stated: StatedClause) -> dict[str, str]:
    """Write the text of the buyer's own clause with "or equivalent" after the label, as it stands in the file."""
    if stated.other is None:
        return {}
    mended = {language: _with_equivalent(stated.written(language), language) for language in LANGUAGES}
    text = json.dumps({language: text for language, text in mended.items() if text}, ensure_ascii=False)
    return {"yaml": f"other_clauses:\n  {stated.name}:\n    text: {text}"}


def _with_equivalent(written: str, language: Language) -> str:
    label = wordings("label-demanded").compiled[language].search(written)
    if label is None or has("label-equivalent", written, language):
        return written
    return f"{written[: label.end()]} {_EQUIVALENT_WORDS[language]}{written[label.end() :]}"


def _demanded(wording: Wording) -> bool:
    return wording.demanded and not wording.beside("label-not-demanded")


def _of_the_firm(wording: Wording) -> bool:
    """Say whether the whole firm must be certified, and not by proof that a selection criterion may ask for."""
    if wording.beside("label-not-demanded") or wording.anywhere("label-limited"):
        return False
    return not (wording.stated.kind in ("selection-criterion", None) and wording.beside("label-management-system"))


def _whoever_issued(wording: Wording) -> bool:
    return wording.anywhere("label-any-issuer") and wording.anywhere("label-equivalent")


def _ground(texts: Texts, provisions: dict[RegimeId, tuple[str, ...]]) -> dict[str, str]:
    """Say in both languages what the rule rests on in the regime of the procurement."""
    rules = texts.law.regimes[texts.regime] if texts.regime else None
    ground = {}
    for language in LANGUAGES:
        if texts.regime in provisions:
            cited = texts.cite(language, *provisions[texts.regime])
            ground[f"ground_{language}"] = sentence("note.label.by-chapter", language, cited=cited)
        elif rules is not None:
            cited = texts.cite(language, rules.principles)
            ground[f"ground_{language}"] = sentence("note.label.by-principles", language, cited=cited)
        else:
            cited = texts.cite(language, *provisions["LOU"])
            ground[f"ground_{language}"] = sentence("note.label.regime-unknown", language, cited=cited)
    return ground


RULES = (
    Rule(
        "label.equivalent",
        "error",
        of_texts=equivalent,
        legal_basis=("LOU 9:4", "LOU 9:14", "LOU 15:14-15", "LUF 9:4", "LUF 9:15", "LUK 7:3"),
    ),
    Rule("label.broad", "error", of_texts=broad, legal_basis=("LOU 9:12-13", "LUF 9:13-14")),
    Rule("label.brand", "warning", of_texts=brand, legal_basis=("LOU 9:6", "LUF 9:6", "LUK 7:2"), verified=False),
)
