"""The guard: what may come in, what may not, and that nothing takes more than its share of time and memory."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from guard_run import ADDRESS_SPACE
from hypothesis import given, settings
from hypothesis import strategies as st
from lying_zip import MAIN, Entry, compound, document, open_document, relationships, word, zipped

from conftest import EXAMPLES, SHARED, selected
from procurement_equality import compose
from procurement_equality.answers.guard.package import MOST_BYTES, Package, open_package
from procurement_equality.findings import FormError

HOSTS = sorted((SHARED / "hosts").glob("*.do*"))
MOST_KILOBYTES = 400_000
GUARD = Path(__file__).parents[2] / "src" / "procurement_equality" / "findings" / "messages" / "guard.toml"
GUARD_CODES = frozenset(tomllib.loads(GUARD.read_text(encoding="utf-8")))
FILES = ("fifo", "folder", "missing", "loop", "device", "link-to-device", "beneath-a-file")


@functools.cache
def form() -> bytes:
    """Give a self-assessment form as a Word file."""
    return compose(selected(EXAMPLES[0]), "self-assessment").to_docx()


def code(source: Path | bytes, name: str | None = None) -> str:
    """Give the code that a file is refused with."""
    with pytest.raises(FormError) as caught:
        open_package(source, name)
    (finding,) = caught.value.findings
    assert finding.severity == "error"
    return finding.code


def codes(package: Package) -> list[str]:
    """Give the codes of a file's warnings."""
    return [warning.code for warning in package.warnings]


@pytest.fixture(scope="module")
def outcomes() -> list[dict[str, object]]:
    """Give what came of every kind of hostile file, each opened in a process with limits."""
    script = Path(__file__).with_name("guard_run.py")
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=300, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_every_hostile_file_ends_in_its_code(outcomes: list[dict[str, object]]) -> None:
    """Each kind is refused or warned of with the code that fits, within ten seconds and a gigabyte."""
    wrong = [one for one in outcomes if one["codes"] != ([one["wanted"]] if one["wanted"] else [])]
    assert wrong == []
    assert len({str(one["name"]) for one in outcomes}) == len(outcomes) > 150


def test_no_hostile_file_takes_much_memory(outcomes: list[dict[str, object]]) -> None:
    """The largest tree that the limits allow stays far below the limit of the process."""
    most = max(outcomes, key=lambda one: int(str(one["kilobytes"])))
    assert int(str(most["kilobytes"])) < MOST_KILOBYTES < ADDRESS_SPACE // 1024, most


def test_every_refusal_has_a_hostile_file(outcomes: list[dict[str, object]]) -> None:
    """No code of the guard is without a file that it is for."""
    of_files = {"form.missing", "form.not-a-file", "form.unreadable"}
    assert {one["wanted"] for one in outcomes if one["wanted"]} | of_files == GUARD_CODES


@pytest.mark.parametrize("path", HOSTS, ids=lambda path: path.name)
def test_documents_of_other_programs_open(path: Path) -> None:
    """Word files and a template from other programs open, and only what they fetch is warned of."""
    package = open_package(path)
    assert (package.kind, package.main) == ("docx", MAIN)
    assert codes(package) == (["form.remote-template"] if path.name.startswith("dcx") else [])


def test_a_form_opens_with_what_is_known_of_it(tmp_path: Path) -> None:
    """A form opens in silence, and its size, digest, parts and main part are told."""
    path = tmp_path / "form.docx"
    path.write_bytes(form())
    package = open_package(path)
    assert (package.kind, package.main, package.warnings) == ("docx", MAIN, ())
    assert (package.size, package.sha256) == (len(form()), hashlib.sha256(form()).hexdigest())
    assert {MAIN, "docProps/custom.xml"} <= package.names
    assert package == open_package(form(), str(path))


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [("odt", ""), ("docx", ""), ("doc", "form.legacy-doc"), ("rtf", "form.rtf"), ("pdf", "form.pdf"),
     ("html", "form.web-page"), ("txt", "form.text"), ("fodt", "form.flat-xml")],
)  # fmt: skip
def test_what_libreoffice_saves_is_told_by_its_content(
    soffice: list[str], tmp_path: Path, filter_: str, expected: str
) -> None:
    """A form that LibreOffice saved as .docx or .odt opens; each other form of it is refused with its own code."""
    source, out = tmp_path / "form.docx", tmp_path / "out"
    source.write_bytes(form())
    command = [*soffice, "--convert-to", filter_, "--outdir", str(out), str(source)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    data = (out / f"form.{filter_}").read_bytes()
    if expected:
        assert code(data, "form.docx") == expected
    else:
        assert (open_package(data).kind, codes(open_package(data))) == (filter_, [])


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path, name: str) -> None:
    """A pipe does not make the reader wait, a device is not read, a missing file and a loop of links are told."""
    path = tmp_path / name
    if name == "fifo":
        os.mkfifo(path)
    elif name == "folder":
        path.mkdir()
    elif name == "loop":
        path.symlink_to(path)
    elif name == "link-to-device":
        path.symlink_to("/dev/zero")
    elif name == "beneath-a-file":
        (tmp_path / "file").touch()
        path = tmp_path / "file" / name
    expected = {"loop": "form.unreadable", "missing": "form.missing", "beneath-a-file": "form.missing"}
    assert code(Path("/dev/zero") if name == "device" else path) == expected.get(name, "form.not-a-file")


def test_a_name_that_no_file_can_have_is_a_missing_file() -> None:
    """A null in a path is a finding, not a traceback."""
    assert code(Path("a\0b.docx")) == "form.missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    """A file that may not be read is refused with the reason."""
    path = tmp_path / "form.docx"
    path.write_bytes(form())
    path.chmod(0)
    assert code(path) == "form.unreadable"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The size is asked of the file system, so that a file with holes is not read into memory."""
    path = tmp_path / "form.docx"
    with path.open("wb") as file:
        file.truncate(100 * MOST_BYTES)
    assert code(path) == "form.too-large"


def test_a_link_to_a_form_is_a_form(tmp_path: Path) -> None:
    """A symbolic link to an ordinary file is followed."""
    (tmp_path / "form.docx").write_bytes(zipped(word()))
    (tmp_path / "link.docx").symlink_to(tmp_path / "form.docx")
    assert open_package(tmp_path / "link.docx").main == MAIN


def test_a_refusal_says_which_file_in_both_languages() -> None:
    """The sentence has the file's name, what is wrong, and how to save as .docx, in Swedish and English."""
    with pytest.raises(FormError) as caught:
        open_package(compound("WordDocument"), "Omsorg Alfa AB.docx")
    swedish, english = str(caught.value).splitlines()
    assert swedish.startswith("Omsorg Alfa AB.docx: form.legacy-doc Filen är i Words gamla format (.doc)")
    assert "Arkiv > Spara som > Word-dokument (.docx)" in swedish
    assert "File > Save As > Word Document (.docx)" in english


def test_what_a_file_says_is_made_fit_to_show() -> None:
    """A part's name that would disturb a screen, or fill it, is cut and cleaned."""
    with pytest.raises(FormError) as caught:
        open_package(zipped(word({f"../\x1b[2J\u202e{'x' * 5_000}": b""})))
    (shown,) = caught.value.findings[0].data.values()
    assert len(shown) <= 120
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_part_is_found_whatever_its_case_and_none_where_it_is_not() -> None:
    """Names of parts are compared as the packaging standard has it."""
    package = open_package(zipped(word()))
    assert package.read(MAIN.upper()) == package.read(MAIN) != b""
    assert package.read("word/missing.xml") is None
    assert package.tree("word/missing.xml") is None


def test_a_tree_is_the_same_each_time_and_has_no_comments() -> None:
    """Comments and processing instructions are left out, so that they cannot part a word."""
    package = open_package(zipped(word({MAIN: document("<w:p>ja<!-- n -->n<?x y?>ej</w:p>")})))
    tree = package.tree(MAIN)
    assert tree is not None
    assert tree is package.tree(MAIN)
    assert [element.text for element in tree.iter()] == [None, None, "janej"]


def test_parts_share_one_budget() -> None:
    """A package whose parts are read again and again runs out of what it may inflate."""
    package = open_package(zipped(word({"word/media/1.png": Entry(bytes(range(256)) * 40_000, 0)})))
    for _ in range(19):
        assert package.read("word/media/1.png")
    with pytest.raises(FormError, match=r"form\.bomb"):
        package.read("word/media/1.png")


def test_a_warning_names_the_first_and_counts_the_rest() -> None:
    """However many links a file holds, there is one warning of a kind."""
    listed = relationships(*[("image", f"http://example.org/{number}.png", True) for number in range(9)])
    (warning,) = open_package(zipped(word({"word/_rels/document.xml.rels": listed})), "svar.docx").warnings
    assert (warning.code, warning.severity, warning.path) == ("form.external-content", "warning", "svar.docx")
    assert warning.data == {"what": "http://example.org/0.png", "count": "9"}


def test_a_damaged_part_is_told_when_it_is_read() -> None:
    """A part that opening does not need is checked when it is asked for, and the finding names the file."""
    package = open_package(zipped(word({"docProps/custom.xml": b"<a>"})), "svar.docx")
    with pytest.raises(FormError, match=r"svar\.docx: form\.xml-damaged"):
        package.tree("docProps/custom.xml")


MUTATIONS = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "splice", "zero"]), st.floats(0, 1), st.floats(0, 1), st.integers(0, 7)),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, changes: list[tuple[str, float, float, int]]) -> bytes:
    """Change bytes at places given as shares of the length."""
    for verb, at, other, bit in changes:
        here, there = int(at * max(len(data) - 1, 0)), int(other * len(data))
        if verb == "flip" and data:
            data = data[:here] + bytes([data[here] ^ 1 << bit]) + data[here + 1 :]
        elif verb == "cut":
            data = data[: min(here, there)] + data[max(here, there) :]
        elif verb == "splice":
            data = data[:here] + data[there : there + 64] + data[here:]
        elif verb == "zero":
            data = data[:here] + b"\0" * bit + data[here + bit :]
    return data


@given(st.sampled_from(["form", "docx", "odt"]), MUTATIONS)
@settings(max_examples=300, deadline=None)
def test_a_mutated_form_is_opened_or_refused(kind: str, changes: list[tuple[str, float, float, int]]) -> None:
    """Whatever bits are turned, cut or moved, nothing but a `FormError` comes, at opening and at reading."""
    whole = form() if kind == "form" else zipped(word() if kind == "docx" else open_document())
    opened_or_refused(mutated(whole, changes))


@given(st.sampled_from(["[Content_Types].xml", "_rels/.rels", MAIN]), MUTATIONS)
@settings(max_examples=300, deadline=None)
def test_a_mutated_part_is_opened_or_refused(part: str, changes: list[tuple[str, float, float, int]]) -> None:
    """The same where the zip file is sound, so that the change reaches the parser."""
    opened_or_refused(zipped(word({part: mutated(word()[part.encode()].content, changes)})))


@given(st.integers(0, 400), st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_a_mutated_directory_is_opened_or_refused(back: int, byte: int) -> None:
    """Every byte of the directory at the end may be another."""
    whole = zipped(word())
    at = max(len(whole) - 1 - back, 0)
    opened_or_refused(whole[:at] + bytes([byte]) + whole[at + 1 :])


def opened_or_refused(data: bytes) -> None:
    """Open a file and read every part of it; let nothing but `FormError` pass."""
    with contextlib.suppress(FormError):
        package = open_package(data)
        for name in package.names:
            package.read(name)


@given(st.binary(max_size=2_000), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml "]))
def test_any_bytes_are_refused(data: bytes, head: bytes) -> None:
    """Bytes that are no form are refused with a code that has words, however they begin."""
    assert code(head + data) in GUARD_CODES
