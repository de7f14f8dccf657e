"""Every word of `lint.yaml` is found by its own rule, in any of its endings, and its exceptions are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lint_folder import BUNDLED, EN, FILE, SV, LintFolder, rules, small_catalogue

from procurement_equality.catalogue.checking import check_catalogue
from procurement_equality.catalogue.lint import Problem, lint
from procurement_equality.catalogue.text import Language, Text
from procurement_equality.catalogue.wording import WordLists

ENDINGS = ("", "s", "erna")
FRAME: dict[Language, str] = {"sv": "Avsnitt: {}; slut.", "en": "Part: {}; end."}


def problems(language: Language, text: str, *, sv: str = SV, en: str = EN) -> list[Problem]:
    """Give the findings of the small catalogue whose contract condition has this text too, in one language."""
    catalogue = small_catalogue()
    (one,) = catalogue.requirements.values()
    clauses = {"sv": sv, "en": en}
    clauses[language] += f" {text}"
    variant = one.variants[0].model_copy(update={"text": Text(**clauses)})
    changed = one.model_copy(update={"variants": (variant, *one.variants[1:])})
    return lint(catalogue.model_copy(update={"requirements": {changed.id: changed}}), rules())


def per_language(lists: WordLists) -> Iterator[tuple[Language, str]]:
    """Yield every phrase with its language."""
    yield from (("sv", phrase) for phrase in lists.sv)
    yield from (("en", phrase) for phrase in lists.en)


def inflected(phrase: str) -> list[str]:
    """Give the phrase with every ending that its star stands for."""
    return [phrase.replace("*", ending) for ending in ENDINGS] if "*" in phrase else [phrase]


FORBIDDEN = [(name, *pair) for name, rule in rules().words.items() for pair in per_language(rule.words)]
EXCEPTIONS = [(name, *pair) for name, rule in rules().words.items() for pair in per_language(rule.except_)]


@pytest.mark.parametrize(("rule", "language", "phrase"), FORBIDDEN)
def test_every_forbidden_phrase_is_found_by_its_own_rule(rule: str, language: Language, phrase: str) -> None:
    """Each phrase of a rule's list is found once, by that rule, as it is written: capital or small, and inflected."""
    for form in inflected(phrase):
        for written in (form, form.capitalize()):
            found = [p.text for p in problems(language, FRAME[language].format(written)) if p.code == f"lint.{rule}"]
            assert found == [written]


@pytest.mark.parametrize(("rule", "language", "phrase"), EXCEPTIONS)
def test_every_exception_is_passed_over(rule: str, language: Language, phrase: str) -> None:
    """The words of an exception are not found by the rule that has it, nor in a text that begins with them."""
    for written in (phrase, phrase.capitalize()):
        found = [p for p in problems(language, FRAME[language].format(written)) if p.code == f"lint.{rule}"]
        assert found == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Diskrimineringsombudsmannen läser."),
        ("sv", "En god man läser."),
        ("sv", "Godset godkänns, och ambassaden rasar."),
        ("sv", "Den följer lagen om stöd och service till vissa funktionshindrade."),
        ("en", "The goods are mannedly outstanding."),
        ("en", "It is given in good faith."),
    ],
)
def test_a_word_that_only_looks_like_a_forbidden_one_is_not_found(language: Language, text: str) -> None:
    """A word that begins or ends as a forbidden one, and a name that holds one, is left alone."""
    assert problems(language, text) == []


@pytest.mark.parametrize(("language", "phrase"), list(per_language(rules().scope.staff)))
def test_every_word_for_staff_must_be_limited(language: Language, phrase: str) -> None:
    """Each word for staff gives lint.scope in a clause that is not limited to the contract."""
    (problem,) = problems(language, FRAME[language].format(phrase))
    assert problem.code == "lint.scope"
    assert problem.text.lower() in phrase


@pytest.mark.parametrize(("language", "phrase"), list(per_language(rules().scope.limits)))
def test_every_limit_limits(language: Language, phrase: str) -> None:
    """Each phrase that limits a clause to the contract takes lint.scope away."""
    staff = {"sv": "personal", "en": "staff"}[language]
    assert [p.code for p in problems(language, FRAME[language].format(staff))] == ["lint.scope"]
    assert "lint.scope" not in [p.code for p in problems(language, FRAME[language].format(f"{staff} {phrase}"))]


@pytest.mark.parametrize(("language", "phrase"), list(per_language(rules().deadline.words)))
def test_every_word_for_a_deadline_says_when(language: Language, phrase: str) -> None:
    """Each word of the list takes lint.deadline away."""
    for text, number in (("", 2), (FRAME[language].format(phrase), 1)):
        found = problems(language, text, sv="Leverantören ska läsa.", en="The supplier shall read.")
        assert [problem.code for problem in found].count("lint.deadline") == number


@pytest.mark.parametrize(
    ("language", "word"),
    [(language, word) for language in ("sv", "en") for word in getattr(rules().drift.numbers, language)],
)
def test_every_number_word_is_a_number(language: Language, word: str) -> None:
    """Each number word that stands in one language only is found as its digits."""
    (problem,) = [p for p in problems(language, FRAME[language].format(word)) if p.code == "lint.drift-number"]
    assert problem.text == getattr(rules().drift.numbers, language)[word]


UNITS = [(number, *pair) for number, unit in enumerate(rules().drift.units) for pair in per_language(unit)]


@pytest.mark.parametrize(("unit", "language", "phrase"), UNITS)
def test_every_word_for_time_must_stand_in_both_languages(unit: int, language: Language, phrase: str) -> None:
    """Each word for a unit of time that stands in one language only is one finding about that word."""
    for form in inflected(phrase):
        found = problems(language, FRAME[language].format(form), sv="Det är kort.", en="It is short.")
        about = [p.text.lower() for p in found if p.code == "lint.drift-time"]
        assert any(text in form.lower() for text in about)


@pytest.mark.parametrize(("unit", "language", "phrase"), UNITS)
def test_no_word_for_time_belongs_to_two_units(unit: int, language: Language, phrase: str) -> None:
    """A word for one unit of time is not taken for another unit, so that the right translation is no drift."""
    text = FRAME[language].format(phrase.rstrip("*"))
    others = [rules().drift.units[number] for number in range(len(rules().drift.units)) if number != unit]
    found = problems(language, text)
    held = [word.rstrip("*") for other in others for lang, word in per_language(other) if lang == language]
    assert [p for p in found if p.code == "lint.drift-time" and p.text.lower() in held] == []


GROUNDS = [
    (language, ground, word)
    for language in ("sv", "en")
    for ground, words in getattr(rules().grounds.also, language).items()
    for word in words
]


@pytest.mark.parametrize(("language", "ground", "word"), GROUNDS)
def test_every_name_of_a_ground_counts_in_a_list(language: Language, ground: str, word: str) -> None:
    """Each way to write a ground makes, with two other grounds, a list that is not the act's."""
    names = small_catalogue().head.grounds
    others = [names[other][language] for other in ("age", "sexual-orientation", "disability") if other != ground]
    text = FRAME[language].format(", ".join([*others[:2], word]))
    assert "lint.grounds" in [problem.code for problem in problems(language, text)]


def test_the_words_are_found_in_a_file_too(tmp_path: Path) -> None:
    """A phrase of the list is found in a folder's file as it is in memory."""
    folder = LintFolder(tmp_path)
    for _, language, phrase in FORBIDDEN[::40]:
        head, variants, rest = (BUNDLED / FILE).read_text(encoding="utf-8").partition("variants:\n")
        start = f"      {language}: >-\n"
        folder.write(FILE, head + variants + rest.replace(start, f"{start}        {phrase.rstrip('*')};\n", 1))
        assert phrase.rstrip("*") in [finding.data.get("words") for finding in check_catalogue(tmp_path)]


@pytest.mark.parametrize(
    ("language", "label"),
    [("sv", word) for word in ("certifierad", "certifikat", "diplomerad", "märkning", "kvalitetsmärke", "ackrediterad")]
    + [("en", word) for word in ("certified", "a certificate", "certification", "accredited", "quality label")]
    + [("sv", word) for word in ("ISO 9001", "ISO-9001", "EN 301 549", "EN ISO 20345", "SS-EN 1", "WCAG", "SA 8000")]
    + [("en", word) for word in ("ISO 9001", "ISO-9001", "EN 301 549", "EN ISO 20345", "SS-EN 1", "WCAG", "SA 8000")],
)
def test_every_label_asks_for_an_equivalent(language: Language, label: str) -> None:
    """A label, a certificate or a standard is found, capital or small, unless an equivalent is accepted."""
    equivalent = {"sv": "eller likvärdigt", "en": "or equivalent"}[language]
    for written in (label, label[0].upper() + label[1:]):
        codes = [p.code for p in problems(language, FRAME[language].format(written))]
        assert codes.count("lint.label") == 1
        codes = [p.code for p in problems(language, FRAME[language].format(f"{written} {equivalent}"))]
        assert "lint.label" not in codes


@pytest.mark.parametrize(
    ("language", "quota"),
    [
        ("sv", "minst {{ share }} kvinnor"),
        ("sv", "minst 40 procent av personalen ska vara kvinnor"),
        ("sv", "ska två män"),
        ("sv", "minst hälften av förarna ska utgöras av kvinnliga"),
        ("sv", "varannan kvinnor"),
        ("sv", "könskvotering"),
        ("sv", "lika många män och kvinnor"),
        ("sv", "ska anställa minst tre"),
        ("en", "at least 40 per cent women"),
        ("en", "at least half of the drivers shall be women"),
        ("en", "shall be {{ share }} men"),
        ("en", "a gender quota"),
        ("en", "an equal number of women and men"),
    ],
)
def test_every_way_to_write_a_quota_is_found(language: Language, quota: str) -> None:
    """A share that must be hired is found however it is written, capital or small."""
    for written in (quota, quota.capitalize()):
        assert "lint.quota" in [p.code for p in problems(language, FRAME[language].format(written))]
