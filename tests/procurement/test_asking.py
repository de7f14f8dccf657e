"""Questions that must be answered before anything can be judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EXAMPLES
from procurement_equality.catalogue.strict_yaml import read
from procurement_equality.findings import Finding, describe
from procurement_equality.procurement.asking import asked
from procurement_equality.procurement.model import made_from

CLEANING = next(path for path in EXAMPLES if path.stem == "stadtjanst-lou").read_text(encoding="utf-8")
LINES = CLEANING.splitlines(keepends=True)


def found(text: str) -> list[tuple[str, int | None]]:
    """Give code and line of every finding of a procurement file."""
    file, findings = read(text, "upphandling.yaml")
    assert file is not None, findings
    procurement, findings = made_from(file)
    assert procurement is None
    for finding in findings:
        assert describe(finding, "sv")
        assert describe(finding, "en")
    return [(finding.code, finding.line) for finding in findings]


def without(*keys: str) -> str:
    """Give the cleaning example without some top-level keys of one line."""
    return "".join(line for line in LINES if not line.startswith(tuple(f"{key}:" for key in keys)))


@pytest.mark.parametrize("key", ["value", "date", "cpv", "months", "act"])
def test_a_missing_fact_is_asked_for(key: str) -> None:
    """A procurement without value, date or CPV gets the question, not a guess."""
    assert [code for code, _ in found(without(key))] == [f"ask.{key}"]


def test_every_question_is_asked_at_once() -> None:
    """One who has forgotten three facts is told so once."""
    assert {code for code, _ in found(without("value", "date", "cpv"))} == {"ask.value", "ask.date", "ask.cpv"}


def test_an_empty_list_of_codes_is_asked_about_too() -> None:
    """`cpv: []` says no more than no line at all."""
    assert [code for code, _ in found(without("cpv") + "cpv: []\n")] == ["ask.cpv"]


@pytest.mark.parametrize(
    ("written", "kronor"),
    [
        ("2.4", "2400000"),
        ('"2,4"', "2400000"),
        ('"2,4 miljoner"', "2400000"),
        ('"2400 tkr"', "2400000"),
        ('"2 400 000"', "2400000"),
        ('"2 400 000 kr"', "2400000"),
        ('"36 mkr"', "36000000"),
        ('"240000,50"', "240000"),
    ],
)
def test_a_value_in_another_unit_is_asked_about_with_the_amount_that_is_probably_meant(
    written: str, kronor: str
) -> None:
    """2.4 is hardly two kronor and forty öre."""
    file, _ = read(without("value") + f"value: {written}\n", "upphandling.yaml")
    assert file is not None
    (finding,) = made_from(file)[1]
    assert (finding.code, finding.data["plain"]) == ("ask.value-unit", kronor)
    assert finding.line == len(LINES)


@pytest.mark.parametrize("written", ["cirka två miljoner", "2,4 dollar", "1e6 kr", "över tröskelvärdet", "-5", "kr"])
def test_a_value_that_cannot_be_read_is_asked_about_without_a_guess(written: str) -> None:
    """The tool does not make up an amount."""
    assert [code for code, _ in found(without("value") + f'value: "{written}"\n')] == ["ask.value-words"]


@given(st.text(max_size=40))
def test_no_text_in_the_place_of_a_value_breaks_the_question(text: str) -> None:
    """Whatever stands there, it is a question in both languages."""
    finding = asked(
        Finding("model.wrong-type", data={"key": "value", "value": text, "expected_sv": "", "expected_en": ""})
    )
    assert finding.code in ("ask.value-unit", "ask.value-words")
    assert describe(finding, "sv")
