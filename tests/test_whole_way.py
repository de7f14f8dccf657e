"""The whole way: thirty suppliers' forms, by LibreOffice and by what people do, through collect to report."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT, selected, validator_errors

sys.path.insert(0, str(Path(__file__).parent / "answers"))

import mutations as m
import program_mutations as p
from filling import WAYS, Job, fill_with_libreoffice
from suppliers import Supplier, suppliers

from procurement_equality import Selection, compose
from procurement_equality.answers.collecting.collect import collect
from procurement_equality.answers.collecting.ledger import Asked
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Answer, Response
from procurement_equality.documents.report import compose_report
from procurement_equality.exchange.publication import Summary, Wanted
from procurement_equality.exchange.results import collect_into, gathered

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
START = datetime.date(2024, 1, 1)
BY_LIBREOFFICE = ("docx", "docx-twice", "odt", "odt-docx", "doc-docx", "rtf-docx", "docx", "odt")
"""The ways of the first eight suppliers; the others fill their form in Word, and something happens to most of them."""


@dataclass(frozen=True)
class Sent:
    """A form as it was made, and who answers it."""

    example: Path
    selection: Selection
    manifest: Manifest
    form: bytes
    suppliers: tuple[Supplier, ...]


@dataclass(frozen=True)
class Came:
    """What came of it: the folder of forms, the result folder, and the run's own summary."""

    sent: Sent
    forms: Path
    result: Path
    summary: Summary

    def responses(self) -> Iterator[tuple[str, Response]]:
        """Give every response that counts, by file."""
        asked = Asked(self.sent.selection.procurement.reference, self.sent.selection.digest)
        with collect(None, self.result, asked=asked) as collection:
            for entry, response, _ in collection.responses():
                yield entry.file, response


def _text_fields(manifest: Manifest) -> list[str]:
    return [
        name for name, f in manifest.fields.items() if f.type == "text" and name.count(".") == 1 and "LEV" not in name
    ]


def _changes(manifest: Manifest) -> list[Callable[[bytes], bytes]]:
    """Give what happens to forms between being filled in and being sent back."""
    one, two = _text_fields(manifest)[:2]
    choice = next(name for name, field in manifest.fields.items() if field.type == "yes-no-partly")
    return [
        p.controls_stripped,
        lambda data: p.bookmarks_stripped(p.controls_stripped(data)),
        lambda data: m.text_beside_control(data, one, "och mer"),
        lambda data: m.control_deleted(data, one, "Nytt svar"),
        lambda data: m.row_deleted(data, one),
        lambda data: m.row_copied(data, one, "Ett svar till"),
        lambda data: m.paste_into_cell(data, one, ["Ett stycke", "och ett till"], [["a", "b"]]),
        lambda data: m.free_text_in_dropdown(data, choice, "Ibland"),
        lambda data: m.checkbox_disagrees(data, "INT.declaration", checked=False),
        lambda data: m.rows_reordered(data, one),
        lambda data: m.tags_swapped(data, one, two),
        lambda data: p.tag_removed(data),
        lambda data: p.answer_tracked(data, one, "Gammalt", "Nytt svar"),
        lambda data: p.runs_split(data),
        lambda data: m.paragraph_typed_between(data, one, "Vi återkommer med resten."),
    ]


@pytest.fixture(scope="module", params=["hemtjanst-lov", "stadtjanst-lou"])
def sent(request: pytest.FixtureRequest) -> Sent:
    """Give the two example procurements, each with thirty suppliers; the first as a yearly follow-up."""
    example = ROOT / "examples" / f"{request.param}.yaml"
    selection = selected(example)
    is_yearly = request.param == "hemtjanst-lov"
    document = compose(
        selection, "annual-follow-up" if is_yearly else "self-assessment", year=2026 if is_yearly else None
    )
    assert document.manifest is not None
    manifest = document.manifest
    return Sent(example, selection, manifest, document.to_docx(), suppliers(manifest, 30))


@pytest.fixture(scope="module")
def came(sent: Sent, soffice: list[str], tmp_path_factory: pytest.TempPathFactory) -> Came:
    """Fill the thirty forms, let things happen to them, and collect the folder."""
    folder = tmp_path_factory.mktemp(sent.example.stem)
    forms, blank = folder / "forms", folder / "blank.docx"
    forms.mkdir()
    blank.write_bytes(sent.form)
    jobs = [
        Job(blank, supplier.answers, {forms / f"{number:02}.{WAYS[way][-1]}": WAYS[way]})
        for number, (way, supplier) in enumerate(zip(BY_LIBREOFFICE, sent.suppliers, strict=False))
    ]
    fill_with_libreoffice(jobs, soffice, folder)
    changes = _changes(sent.manifest)
    for number, supplier in list(enumerate(sent.suppliers))[len(jobs) :]:
        data = m.fill(sent.form, supplier.answers)
        at = number - len(jobs)
        (forms / f"{number:02}.docx").write_bytes(changes[at](data) if at < len(changes) else data)
    wanted = Wanted(now=NOW, selection=sent.selection, contract_start=START)
    summary = collect_into(forms, folder / "result", wanted, manifests={sent.manifest.digest: sent.manifest})
    return Came(sent, forms, folder / "result", summary)


def test_every_form_is_accounted_for(came: Came) -> None:
    """Thirty forms in, thirty accounted for, and each of them read."""
    assert sum(came.summary.files.values()) == 30
    assert came.summary.files == {"counts": 30}


def test_no_answer_is_silently_wrong(came: Came) -> None:
    """What a person need not look at is what the supplier wrote, letter by letter.

    Lines may have been joined only in a file whose notes say so.
    """
    changed = {_text_fields(came.sent.manifest)[0]: ("Nytt svar",)}
    wrong: list[tuple[str, Answer, object]] = []
    for file, response in came.responses():
        supplier = came.sent.suppliers[int(file[:2])]
        for answer in response.answers:
            typed = supplier.answers.get(answer.question, "")
            if not answer.needs_a_person and not _says(answer, typed, response, changed):
                wrong.append((file, answer, typed))
    assert [(file, answer.question, answer.typed[:80], str(typed)[:80]) for file, answer, typed in wrong] == []


def _says(answer: Answer, typed: str | bool, response: Response, changed: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether an answer is what was typed."""
    if isinstance(typed, bool):
        return (answer.value is True) == typed
    if answer.question == "LEV.org_number":
        return answer.value is not None or not typed
    is_joined = answer.status != "empty" and "\n" in typed.strip() and "\n" not in answer.typed.strip()
    if is_joined and {note.code for note in response.notes}.isdisjoint(("note.converted", "note.recovered")):
        return False
    known = {_folded(typed), *map(_folded, changed.get(answer.question, ()))}
    return ("" if answer.status == "empty" else _folded(answer.typed)) in known or _label(answer) in known


def _label(answer: Answer) -> str:
    """Give the value of a choice, which is what suppliers' answers hold."""
    return _folded(str(answer.value))


def _folded(text: str) -> str:
    """Fold white space; a file that was converted has a note that line breaks may be gone from it."""
    return "".join(text.replace("\u2011", "-").replace("\u00ad", "").split())


def test_what_is_unclear_is_in_the_hand_list(came: Came) -> None:
    """Every answer that needs a person is in the list of what a person looks at."""
    follow_up = gathered(came.result, came.sent.selection, now=NOW, contract_start=START)
    listed = {(item.file, item.question) for item in follow_up.items}
    unclear = {(file, a.question) for file, response in came.responses() for a in response.answers if a.needs_a_person}
    assert unclear
    assert unclear <= listed


def test_the_report_is_valid_and_says_what_came(came: Came, tmp_path: Path) -> None:
    """The follow-up report passes the validator in both languages, and its first page says how many have answered."""
    follow_up = gathered(came.result, came.sent.selection, now=NOW, contract_start=START)
    for language, words in (("sv", "30 leverantörer har svarat."), ("en", "30 suppliers have answered.")):
        document = compose_report(follow_up, language)  # type: ignore[arg-type]
        path = tmp_path / f"report-{language}.docx"
        document.save(path)
        assert validator_errors(path) == []
        assert words in document.to_html()


def test_a_second_run_reads_nothing_and_changes_nothing(came: Came) -> None:
    """Collecting again gives the same answers, without reading a form."""
    before = (came.result / "responses.jsonl").read_bytes()
    parts = sorted(came.result.glob("records/*"))
    summary = collect_into(
        came.forms, came.result, Wanted(now=NOW, selection=came.sent.selection, contract_start=START)
    )
    assert sum(summary.files.values()) == 30
    assert (came.result / "responses.jsonl").read_bytes() == before
    assert sorted(came.result.glob("records/*")) == parts
