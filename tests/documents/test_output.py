"""Writing files: whole or not at all, and nothing that is there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from procurement_equality import Document, Selection, compose
from procurement_equality.documents.output import check_new, write_new
from procurement_equality.documents.word.package import content_digest
from procurement_equality.findings import DocumentError, OutputError, describe


@pytest.fixture(scope="module")
def document(home_care: Selection) -> Document:
    """Give a document to save."""
    return compose(home_care, "tender-section", "sv")


@pytest.mark.parametrize("name", ["krav.docx", "krav.html", "krav.htm", "Krav och önskemål & mer.docx"])
def test_saves_by_ending(tmp_path: Path, document: Document, name: str) -> None:
    """The ending says whether Word or HTML is written, and the digest is of what was written."""
    path = tmp_path / name
    digest = document.save(path)
    data = path.read_bytes()
    if path.suffix == ".docx":
        assert data == document.to_docx()
        assert digest == content_digest(data)
    else:
        assert data == document.to_html().encode()
        assert len(digest) == 64
    assert list(tmp_path.iterdir()) == [path]


def test_takes_a_name_as_text(tmp_path: Path, document: Document) -> None:
    """A path may be given as text."""
    document.save(str(tmp_path / "krav.html"))
    assert (tmp_path / "krav.html").is_file()


@pytest.mark.parametrize("name", ["krav.pdf", "krav", "krav.doc", ".docx", "krav.docx.txt"])
def test_unknown_ending(tmp_path: Path, document: Document, name: str) -> None:
    """Another ending is refused with the endings that there are, and nothing is written."""
    with pytest.raises(DocumentError) as caught:
        document.save(tmp_path / name)
    [finding] = caught.value.findings
    assert (finding.code, finding.path) == ("use.ending", str(tmp_path / name))
    assert ".docx" in describe(finding, "sv", place=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["krav.docx", "krav.html"])
def test_existing_file_stays(tmp_path: Path, document: Document, name: str) -> None:
    """A file that exists is refused and left as it was."""
    path = tmp_path / name
    path.write_bytes(b"theirs")
    with pytest.raises(OutputError) as caught:
        document.save(path)
    assert [(finding.code, finding.path) for finding in caught.value.findings] == [("output.exists", str(path))]
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_force_replaces(tmp_path: Path, document: Document) -> None:
    """With force the file is replaced, whole, and nothing else is in the folder."""
    path = tmp_path / "krav.docx"
    path.write_bytes(b"x" * 1_000_000)
    document.save(path, force=True)
    assert path.read_bytes() == document.to_docx()
    assert list(tmp_path.iterdir()) == [path]


def test_force_writes_a_new_file_too(tmp_path: Path) -> None:
    """With force a file that is not there is written as well."""
    write_new(tmp_path / "new", b"data", force=True)
    assert (tmp_path / "new").read_bytes() == b"data"


@pytest.mark.parametrize("force", [False, True])
def test_missing_folder(tmp_path: Path, document: Document, force: bool) -> None:
    """A folder that is not there is named, and is not made."""
    path = tmp_path / "none" / "krav.docx"
    with pytest.raises(OutputError) as caught:
        document.save(path, force=force)
    [finding] = caught.value.findings
    assert (finding.code, finding.data["folder"]) == ("output.no-folder", str(path.parent))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_as_target(tmp_path: Path, document: Document, force: bool) -> None:
    """A folder is never written over, even with force."""
    path = tmp_path / "folder.docx"
    path.mkdir()
    with pytest.raises(OutputError) as caught:
        document.save(path, force=force)
    assert [finding.code for finding in caught.value.findings] == ["output.directory"]
    assert path.is_dir()
    assert list(path.iterdir()) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_file_as_folder(tmp_path: Path, document: Document, force: bool) -> None:
    """A file where a folder should be is told, and stays."""
    (tmp_path / "file").write_bytes(b"theirs")
    with pytest.raises(OutputError) as caught:
        document.save(tmp_path / "file" / "krav.docx", force=force)
    assert [finding.code for finding in caught.value.findings] == ["output.no-folder"]
    assert (tmp_path / "file").read_bytes() == b"theirs"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("length", [256, 300, 5000])
def test_a_name_that_the_file_system_refuses(tmp_path: Path, document: Document, length: int, force: bool) -> None:
    """A name longer than the file system takes is an `OutputError` with its reason; nothing is left behind."""
    path = tmp_path / f"{'k' * (length - 5)}.docx"
    with pytest.raises(OutputError) as caught:
        document.save(path, force=force)
    [finding] = caught.value.findings
    assert (finding.code, finding.path) == ("output.not-written", str(path))
    assert finding.data["reason"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("stem", ["k" * 250, "å" * 125], ids=["ascii", "swedish"])
def test_the_longest_name_is_written(tmp_path: Path, document: Document, stem: str, force: bool) -> None:
    """A name as long as the file system takes (255 bytes) can be written: the temporary file's is not longer."""
    path = tmp_path / f"{stem}.docx"
    path.write_bytes(b"the file system takes it")
    path.unlink()
    document.save(path, force=force)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_that_leads_nowhere_stays(tmp_path: Path) -> None:
    """A symbolic link to nothing is something that exists: it is not written over, nor through."""
    path = tmp_path / "link.docx"
    try:
        path.symlink_to(tmp_path / "nowhere.docx")
    except OSError:
        pytest.skip("the file system has no symbolic links")
    with pytest.raises(OutputError) as caught:
        write_new(path, b"data")
    assert [finding.code for finding in caught.value.findings] == ["output.exists"]
    assert path.is_symlink()
    assert list(tmp_path.iterdir()) == [path]


def test_check_says_beforehand(tmp_path: Path) -> None:
    """Whether a file can be written is known before the work begins, and the check writes nothing."""
    check_new(tmp_path / "new.docx")
    (tmp_path / "old.docx").write_bytes(b"theirs")
    check_new(tmp_path / "old.docx", force=True)
    with pytest.raises(OutputError):
        check_new(tmp_path / "old.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["old.docx"]


def test_output_error_is_an_os_error(tmp_path: Path) -> None:
    """One who catches `OSError` catches this too, and the text says what to do in both languages."""
    (tmp_path / "old.docx").write_bytes(b"theirs")
    with pytest.raises(OSError, match="--force") as caught:
        write_new(tmp_path / "old.docx", b"data")
    assert "Filen finns redan" in str(caught.value)
    assert "The file exists" in str(caught.value)
