"""The reader on OpenDocument files: as LibreOffice 7.4 writes them, and with the tags that later versions keep."""

from __future__ import annotations

import subprocess

import mutations as m
import open_document
import pytest
from test_reading import _answers

from procurement_equality import Selection, compose
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.reading import read_form


@pytest.fixture(scope="module")
def filled(
    home_care: Selection, soffice: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Manifest, dict[str, str | bool], bytes, bytes]:
    """Give a form's manifest, what was filled in, and the form as Word and as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("odt")
    document = compose(home_care, "self-assessment")
    assert document.manifest is not None
    answers = _answers(document.manifest)
    (folder / "svar.docx").write_bytes(m.fill(document.to_docx(), answers))
    command = [*soffice, "--convert-to", "odt", "--outdir", str(folder), str(folder / "svar.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return document.manifest, answers, (folder / "svar.docx").read_bytes(), (folder / "svar.odt").read_bytes()


def _as_read(manifest: Manifest, name: str, answer: str | bool) -> object:
    numbers = ("number", "per-cent", "kronor")
    return int(str(answer)) if manifest.fields[name].type in numbers else answer


def test_without_tags_every_answer_is_found_by_its_bookmark(
    filled: tuple[Manifest, dict[str, str | bool], bytes, bytes],
) -> None:
    """LibreOffice 7.4 takes the names of controls away: the rows' bookmarks lead to every answer."""
    manifest, answers, _, odt = filled
    response = read_form(odt, name="svar.odt")
    assert {answer.status for answer in response.answers} == {"recovered"}
    assert {answer.source for answer in response.answers} == {"bookmark"}
    assert {a.question: a.value for a in response.answers} == {n: _as_read(manifest, n, a) for n, a in answers.items()}
    assert [note.code for note in response.notes] == ["note.recovered"]


def test_with_tags_every_answer_is_found_by_its_tag(
    filled: tuple[Manifest, dict[str, str | bool], bytes, bytes],
) -> None:
    """Where tags are kept, they are what answers are found by, and line breaks come with them."""
    manifest, answers, docx, odt = filled
    tagged = open_document.tagged(odt, docx)
    question = next(n for n, f in manifest.fields.items() if f.type == "text" and n.count(".") == 1 and n[:3] != "LEV")
    written = open_document.answer(tagged, question, "Rad ett\nRad två  med två blanksteg")
    response = read_form(written, name="svar.odt")
    assert {answer.status for answer in response.answers} == {"ok"}
    wanted = {name: _as_read(manifest, name, answer) for name, answer in answers.items()}
    assert {a.question: a.value for a in response.answers} == {
        **wanted,
        question: "Rad ett\nRad två  med två blanksteg",
    }
    assert response.notes == ()
