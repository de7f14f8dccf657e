"""The follow-up report: what a board reads first, what it must decide, and what it must not be able to work out."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from babel.dates import format_date
from lxml import etree

from collected import NOW, Form, filled, form, good, judge, lay_in
from conftest import validator_errors
from procurement_equality.answers.follow_up import FollowUp
from procurement_equality.catalogue.text import Language
from procurement_equality.documents.charts import available
from procurement_equality.documents.report import compose_report
from procurement_equality.exchange.results import gathered

START = datetime.date(2024, 1, 1)


@pytest.fixture(scope="module")
def yearly() -> Form:
    """Give the yearly form of the home-care example."""
    return form("hemtjanst-lov", "annual-follow-up", 2026)


@pytest.fixture(scope="module")
def result(yearly: Form, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect four suppliers' forms; one says No to a question, and a person has judged another supplier's answer."""
    suppliers = list(good(yearly, 4))
    forms = {f"svar{n}.docx": filled(yearly, supplier) for n, supplier in enumerate(suppliers)}
    forms["svar0.docx"] = filled(yearly, suppliers[0], {"TRA-01.routines": "no"})
    return lay_in(tmp_path_factory.mktemp("report"), forms)


@pytest.fixture(scope="module")
def judged(result: Path, yearly: Form) -> FollowUp:
    """Give the same after a person has judged that a requirement is not met."""
    supplier = list(good(yearly, 4))[1]
    judge(result, supplier.org_number, "TRA-01", value="not-met", date="2026-02-01")
    return gathered(result, yearly.selection, now=NOW, contract_start=START)


def _page(follow_up: FollowUp, language: Language = "sv") -> etree._Element:
    return etree.HTML(compose_report(follow_up, language).to_html())


def _text(follow_up: FollowUp, language: Language = "sv") -> str:
    [body] = _page(follow_up, language).iter("body")
    return " ".join(" ".join(map(str, body.itertext())).split())


def test_the_first_page_says_where_it_stands(judged: FollowUp) -> None:
    """It says how many have answered, how many assessments are met, and what someone must decide on."""
    text = _text(judged)
    assert "4 leverantörer har svarat." in text
    assert "En avvikelse är beslutad." in text
    assert "Det här behöver någon ta ställning till:" in text
    assert "4 suppliers have answered." in _text(judged, "en")


def test_a_deviation_has_its_deadline_and_consequence(judged: FollowUp) -> None:
    """What a person has judged stands with the day for remedy that the ladder gives, and the ladder's steps."""
    clause = next(c for c in judged.selection.clauses if c.requirement.id == "TRA-01")
    ladder = judged.selection.catalogue.head.ladders[clause.requirement.consequence(clause.kind).ladder]
    assert ladder.remedy_days is not None
    day = format_date(datetime.date(2026, 2, 1) + datetime.timedelta(days=ladder.remedy_days), "long", locale="sv_SE")
    text = _text(judged)
    assert day in text
    assert "Tiden har gått ut" in text
    for step in ladder.steps:
        assert step["sv"] in text


def test_what_nobody_has_judged_is_no_deviation(judged: FollowUp) -> None:
    """An answer that speaks against a requirement is listed apart, and nothing is said to follow from it."""
    page = _page(judged)
    captions = {str(t.findtext("caption")): t for t in page.iter("table")}
    decided = " ".join(map(str, captions["Beslutade avvikelser"].itertext()))
    observed = " ".join(map(str, captions["Svar som ingen har bedömt"].itertext()))
    assert decided.count("TRA\u201101") == 1
    assert "TRA\u201101" in observed


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_report_is_valid(judged: FollowUp, language: Language, tmp_path: Path) -> None:
    """The Word file passes the validator, in both languages."""
    compose_report(judged, language).save(tmp_path / "rapport.docx")
    assert validator_errors(tmp_path / "rapport.docx") == []


def test_no_small_number_is_in_the_report(judged: FollowUp) -> None:
    """No number that counts one to four persons stands in a statistics table or in the text of a chart."""
    page = _page(judged)
    units = ("(personer)", "(barn och elever)")
    tables = [t for t in page.iter("table") if str(t.findtext("caption")).endswith(units)]
    assert tables
    for table in tables:
        for cell in table.iter("td"):
            assert "".join(map(str, cell.itertext())).strip() not in {"1", "2", "3", "4"}, table.findtext("caption")


def test_every_chart_has_words_and_a_table(judged: FollowUp) -> None:
    """Each picture has an alternative text, and the report says the same in tables without any."""
    if not available():
        pytest.skip("matplotlib is not installed")
    page = _page(judged)
    pictures = list(page.iter("img"))
    assert pictures
    assert all(re.search(r"diagram: .+\.", str(picture.get("alt"))) for picture in pictures)


def test_the_same_collection_gives_the_same_bytes(judged: FollowUp) -> None:
    """Two reports of the same collection are the same file."""
    assert compose_report(judged, "sv").to_docx() == compose_report(judged, "sv").to_docx()
