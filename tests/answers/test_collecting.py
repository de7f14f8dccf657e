"""Collecting: every file is accounted for, one form a supplier counts, and nothing that was collected is lost."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from incoming import NUMBERS, OTHER, REQUIRED, blank, form, lay, selection

from procurement_equality.answers.collecting.collect import Collection, collect
from procurement_equality.answers.collecting.file_record import FileRecord, record, record_with_manifest
from procurement_equality.answers.collecting.inbox import items
from procurement_equality.answers.collecting.ledger import Asked, Standing
from procurement_equality.answers.collecting.result_folder import FILES_A_PART, PartWriter, ResultFolder
from procurement_equality.answers.manifest import Manifest
from procurement_equality.findings import FormError, OutputError

HOSTILE_NAMES = (
    "rad\nbrytning.docx", "-rf.docx", "emoji 🙈.docx", "\u202egnp.docx", "עברית.docx", "mellan  slag.docx",
    "å" * 120 + ".docx", "'; DROP TABLE files; --.docx", "=1+1.docx",
)  # fmt: skip


@pytest.fixture(scope="module")
def alfa() -> bytes:
    """Give a form that is filled and needs nobody."""
    return form("Omsorg Alfa AB", REQUIRED, NUMBERS[0])


def standings(collection: Collection) -> dict[str, Standing]:
    """Give what each file is in the whole."""
    return {entry.file: entry.standing for entry in collection.ledger.entries()}


def run(source: Path, into: Path, jobs: int = 1) -> dict[str, Standing]:
    """Collect, and give what each file is."""
    with collect(source, into, jobs=jobs) as collection:
        return standings(collection)


# --- one file ---------------------------------------------------------------------------------------------------


def test_a_filled_form_becomes_a_record_with_its_response(alfa: bytes, tmp_path: Path) -> None:
    """A form that can be read gives its response, by path or by bytes, under the name that it has in the folder."""
    lay(tmp_path, {"svar.docx": alfa})
    read = record(tmp_path / "svar.docx", "del/svar.docx")
    assert (read.outcome, read.findings, read.size) == ("read", (), len(alfa))
    assert read.response is not None
    assert read.response.file == "del/svar.docx"
    assert read.response.sha256 == read.sha256
    assert read.response.respondent.org_number == NUMBERS[0]
    assert record(alfa, "del/svar.docx").response == read.response


@pytest.mark.parametrize(
    ("name", "data", "outcome", "code"),
    [
        ("svar.pdf", b"%PDF-1.7\n", "refused", "form.pdf"),
        ("svar.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "refused", None),
        ("svar.rtf", b"{\\rtf1 x}", "refused", "form.rtf"),
        ("tom.docx", b"", "refused", None),
        ("svar.docx", b"<html><body>hej</body></html>", "refused", None),
        ("bilaga.xlsx", b"PK\x03\x04", "not-a-form", "collect.not-a-form"),
        ("bild.png", b"\x89PNG", "not-a-form", "collect.not-a-form"),
        ("~$svar.docx", b"\x01", "skipped", "note.collect-left-behind"),
        (".DS_Store", b"\x01", "skipped", "note.collect-left-behind"),
        ("mapp/.dold.docx", b"\x01", "skipped", "note.collect-left-behind"),
        ("Thumbs.db", b"\x01", "skipped", "note.collect-left-behind"),
    ],
)
def test_a_file_that_is_no_form_has_an_outcome_and_a_reason(
    name: str, data: bytes, outcome: str, code: str | None
) -> None:
    """Whatever lies in the folder is named, with a code that says why it was not read."""
    read = record(data, name)
    assert (read.outcome, read.response) == (outcome, None)
    assert len(read.findings) == 1
    assert code is None or read.findings[0].code == code


def test_another_word_document_is_no_form(tmp_path: Path) -> None:
    """A document that the tool did not make is told apart from a form that cannot be read."""
    from procurement_equality import compose

    compose(selection(), "tender-section").save(tmp_path / "krav.docx")
    read = record(tmp_path / "krav.docx", "krav.docx")
    assert read.response is None
    assert read.outcome in ("not-a-form", "refused")
    assert read.findings[0].code.startswith("form.no")


def test_a_record_survives_json(alfa: bytes) -> None:
    """A record is the same when it has been written and read."""
    for name, data in (("a.docx", alfa), ("b.pdf", b"%PDF-1.4"), ("c.zip", b"PK")):
        read = record(data, name)
        assert FileRecord.model_validate_json(read.model_dump_json(exclude_defaults=True)) == read


def test_a_pipe_a_socket_and_a_missing_file_are_refused_without_waiting(tmp_path: Path) -> None:
    """What is no ordinary file is never opened for reading."""
    os.mkfifo(tmp_path / "a.docx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "b.docx"))
        codes = [record(tmp_path / f"{name}.docx", name).findings[0].code for name in ("a", "b", "c")]
    assert codes == ["collect.not-a-file", "collect.not-a-file", "file.unreadable"]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    """A file of a gigabyte costs nothing."""
    with (tmp_path / "stor.docx").open("wb") as stream:
        stream.truncate(1_000_000_000)
    read = record(tmp_path / "stor.docx", "stor.docx")
    assert (read.findings[0].code, read.sha256) == ("collect.too-large", None)


def test_a_form_that_is_cut_anywhere_is_refused(alfa: bytes) -> None:
    """However much of a file came through, it has a record with a reason."""
    for end in range(1, len(alfa), len(alfa) // 40):
        read = record(alfa[:end], "a.docx")
        assert (read.outcome, len(read.findings), read.response) == ("refused", 1, None)


# --- a folder ---------------------------------------------------------------------------------------------------


def test_every_file_of_a_folder_is_accounted_for(alfa: bytes, tmp_path: Path) -> None:
    """Forms, attachments, odd names, links in circles, pipes and closed folders: each is in the list, once."""
    source = lay(tmp_path / "in", {"a.docx": alfa, "under/mapp/b.pdf": b"%PDF-1.4", ".DS_Store": b"x"})
    names = {name: form("Omsorg Beta AB", {"LEV.contact": name.strip()}) for name in HOSTILE_NAMES[:2]}
    lay(source, {**names, **dict.fromkeys(HOSTILE_NAMES[2:], b"x")})
    (source / "krets").symlink_to(source, target_is_directory=True)
    (source / "ring.docx").symlink_to(source / "ring.docx")
    (source / "borta.docx").symlink_to(source / "finns-inte.docx")
    os.mkfifo(source / "kanal.docx")
    with open(os.fsencode(source) + b"/\xff\xfe.docx", "wb") as stream:
        stream.write(b"x")
    found = run(source, tmp_path / "ut")
    expected = {"a.docx", "under/mapp/b.pdf", ".DS_Store", *HOSTILE_NAMES, "krets", "ring.docx", "borta.docx"}
    assert set(found) == {*expected, "kanal.docx", "\\xff\\xfe.docx"}
    assert found["a.docx"] == "counts"


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """Give a folder, and be someone who may not read everything: root may."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, 65_534, 65_534)
        os.seteuid(65_534)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


def test_a_closed_folder_and_a_closed_file_are_told(alfa: bytes, as_nobody: Path) -> None:
    """What may not be read is refused with the system's words, and read when it may be."""
    source, into = as_nobody / "in", as_nobody / "ut"
    lay(source, {"a.docx": alfa}, modified=1_700_000_000)
    lay(source, {"stängd/b.docx": alfa}, modified=1_700_000_001)
    (source / "a.docx").chmod(0)
    (source / "stängd").chmod(0)
    assert run(source, into) == {"a.docx": "refused", "stängd/": "refused"}
    (source / "a.docx").chmod(0o600)
    (source / "stängd").chmod(0o700)
    assert run(source, into) == {"a.docx": "identical", "stängd/b.docx": "counts"}


def test_the_result_folder_may_lie_in_what_is_read_but_not_be_it(alfa: bytes, tmp_path: Path) -> None:
    """The result is not read as if it had come in."""
    source = lay(tmp_path, {"a.docx": alfa})
    assert run(source, source / "resultat") == {"a.docx": "counts"}
    assert run(source, source / "resultat") == {"a.docx": "counts"}
    with pytest.raises(OutputError) as raised:
        run(source, source)
    assert raised.value.findings[0].code == "use.into-itself"


def test_a_source_that_is_not_there_makes_no_result(tmp_path: Path) -> None:
    """A slip of the pen leaves nothing behind."""
    for name in ("finns-inte", "x" * 300):
        with pytest.raises(OutputError) as raised:
            run(tmp_path / name, tmp_path / "ut")
        assert raised.value.findings[0].code == "file.missing"
    assert not (tmp_path / "ut").exists()


# --- a zip file -------------------------------------------------------------------------------------------------


def packed(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_file_is_read_as_a_folder(alfa: bytes, tmp_path: Path) -> None:
    """Members are read in memory, whatever folder they lie in, and what lies beside them is listed."""
    source = packed(tmp_path / "in.zip", {"svar/a.docx": alfa, "svar/b.pdf": b"%PDF-1.4", "__MACOSX/._a.docx": b"x"})
    expected = {"svar/a.docx": "counts", "svar/b.pdf": "refused", "__MACOSX/._a.docx": "skipped"}
    assert run(source, tmp_path / "ut") == expected
    assert run(source, tmp_path / "ut") == expected


def test_names_in_a_zip_file_that_lead_out_of_it_are_refused(alfa: bytes, tmp_path: Path) -> None:
    """Nothing is written outside, and the member is in the list."""
    names = ("../a.docx", "/b.docx", "c/../../d.docx", "C:\\e.docx")
    found = run(packed(tmp_path / "in.zip", dict.fromkeys(names, alfa)), tmp_path / "ut")
    assert list(found.values()) == ["refused"] * 4


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_in_a_zip_file_is_two_files(alfa: bytes, tmp_path: Path) -> None:
    """Neither hides the other."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for data in (alfa, b"%PDF-1.4"):
            archive.writestr("a.docx", data)
    assert run(tmp_path / "in.zip", tmp_path / "ut") == {"a.docx": "counts", "a (2).docx": "refused"}


def test_a_zip_file_that_swells_or_is_none_is_refused(tmp_path: Path) -> None:
    """A bomb is refused by what it says of itself, and anything else in words."""
    bomb = packed(tmp_path / "bomb.zip", {f"{n}.docx": bytes(20_000_000) for n in range(3)})
    (tmp_path / "text.zip").write_bytes(b"hej")
    (tmp_path / "avbruten.zip").write_bytes(bomb.read_bytes()[:-30])
    os.mkfifo(tmp_path / "kanal.zip")
    codes = []
    for name in ("bomb", "text", "avbruten", "kanal"):
        with pytest.raises(FormError) as raised:
            run(tmp_path / f"{name}.zip", tmp_path / "ut")
        codes.append(raised.value.findings[0].code)
    assert codes == ["file.zip-too-much", "file.not-a-zip", "file.not-a-zip", "file.not-a-zip"]


def test_a_zip_file_with_more_members_than_any_is_refused_by_its_end(alfa: bytes, tmp_path: Path) -> None:
    """The list of members is not built before their number is known."""
    path = packed(tmp_path / "in.zip", {"a.docx": alfa})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (900_000_000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(FormError) as raised:
        list(items(path))
    assert raised.value.findings[0].code == "file.zip-too-much"


def test_a_damaged_and_an_encrypted_member_cost_only_themselves(alfa: bytes, tmp_path: Path) -> None:
    """The rest of the zip file is read."""
    path = packed(tmp_path / "in.zip", {"a.docx": alfa, "b.docx": alfa + b"\0", "c.docx": alfa + b"\0\0"})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("b.docx")
    data[member.header_offset + 2_000 : member.header_offset + 2_100] = bytes(100)
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    assert run(path, tmp_path / "ut") == {"a.docx": "counts", "b.docx": "refused", "c.docx": "refused"}


# --- many files, and processes that die -------------------------------------------------------------------------


def deadly(
    source: Path | bytes, name: str, manifests: Mapping[str, Manifest], modified: int | None
) -> tuple[FileRecord, Manifest | None]:
    """Read as ever, but die as a process does that the system kills when memory is out."""
    if "dödlig" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    return record_with_manifest(source, name, manifests, modified)


def test_a_process_that_dies_costs_only_the_file_it_died_of(tmp_path: Path) -> None:
    """The others of its chunk are read by another process, in the same order."""
    names = [f"{n:02}{'-dödlig' if n in (3, 20) else ''}.docx" for n in range(40)]
    source = lay(tmp_path / "in", {name: b"%%PDF-1.4 %d" % at for at, name in enumerate(names)})
    with collect(source, tmp_path / "ut", jobs=2, recorder=deadly) as collection:
        found = {entry.file: collection.record(entry).findings[0].code for entry in collection.ledger.entries()}
    assert list(found) == names
    assert [name for name in names if found[name] == "collect.reader-died"] == [names[3], names[20]]
    assert set(found.values()) == {"form.pdf", "collect.reader-died"}


def test_one_process_and_several_give_the_same_records(alfa: bytes, tmp_path: Path) -> None:
    """The number of processes changes nothing but the time."""
    source = lay(tmp_path / "in", {f"{n:02}.docx": alfa if n % 2 else b"%PDF-1.4" for n in range(36)})
    for jobs in (1, 2):
        run(source, tmp_path / str(jobs), jobs)
    assert ResultFolder(tmp_path / "1").part(1).read_bytes() == ResultFolder(tmp_path / "2").part(1).read_bytes()


def test_ten_thousand_files_are_all_accounted_for(alfa: bytes, tmp_path: Path) -> None:
    """A folder with 10,000 files gives parts of at most 1,000 files, and a second run reads none of them."""
    data = [b"x%d" % n for n in range(9_990)]
    source = lay(tmp_path / "in", {f"{n % 7}/{n}.jpg": each for n, each in enumerate(data)})
    lay(source, {f"svar/{n}.docx": alfa for n in range(10)})
    for _ in range(2):
        with collect(source, tmp_path / "ut", jobs=2) as collection:
            assert collection.ledger.counts() == {"counts": 1, "identical": 9, "not-a-form": 9_990}
        parts = ResultFolder(tmp_path / "ut").parts()
        assert len(parts) == 10_000 // FILES_A_PART


# --- what is new ------------------------------------------------------------------------------------------------


def test_a_second_run_reads_only_what_is_new_or_changed(alfa: bytes, tmp_path: Path) -> None:
    """Files that are as they were are not opened: a reader that cannot read shows it."""
    source = lay(tmp_path / "in", {"a.docx": alfa, "b.docx": form("Omsorg Beta AB", REQUIRED, NUMBERS[1])})
    run(source, tmp_path / "ut")
    lay(source, {"c.docx": form("Omsorg Gamma AB", REQUIRED, NUMBERS[2])})
    opened: list[str] = []

    def listening(
        source: Path | bytes, name: str, manifests: Mapping[str, Manifest], modified: int | None
    ) -> tuple[FileRecord, Manifest | None]:
        opened.append(name)
        return record_with_manifest(source, name, manifests, modified)

    with collect(source, tmp_path / "ut", jobs=1, recorder=listening) as collection:
        assert standings(collection) == dict.fromkeys(("a.docx", "b.docx", "c.docx"), "counts")
    assert opened == ["c.docx"]
    os.utime(source / "a.docx", (1, 1))
    (source / "b.docx").rename(source / "flyttad.docx")
    lay(source, {"c.docx": form("Omsorg Gamma AB", {**REQUIRED, "STY-01.contact": "HR"}, NUMBERS[2])})
    with collect(source, tmp_path / "ut", jobs=1, recorder=listening) as collection:
        found = standings(collection)
        assert collection.ledger.removed() == 1
        (response,) = [r for e, r, _ in collection.responses() if e.file == "flyttad.docx"]
    assert opened == ["c.docx", "c.docx"]
    assert found == {
        "a.docx": "counts", "c.docx": "counts", "b.docx": "identical", "flyttad.docx": "counts",
    }  # fmt: skip
    assert response.file == "flyttad.docx"


def test_a_file_that_was_removed_stays_collected(alfa: bytes, tmp_path: Path) -> None:
    """It counts as before, and is marked."""
    source = lay(tmp_path / "in", {"a.docx": alfa})
    run(source, tmp_path / "ut")
    (source / "a.docx").unlink()
    with collect(source, tmp_path / "ut") as collection:
        (entry,) = collection.ledger.entries()
        assert (entry.standing, entry.present, collection.ledger.removed()) == ("counts", False, 1)


def test_a_refused_file_is_tried_again_and_listed_once(alfa: bytes, tmp_path: Path) -> None:
    """A file that could not be read leaves no new record at each run, and counts when it can be read."""
    source = lay(tmp_path / "in", {"a.docx": b"%PDF-1.4"}, modified=1_000_000_000)
    for _ in range(3):
        assert run(source, tmp_path / "ut") == {"a.docx": "refused"}
    assert ResultFolder(tmp_path / "ut").parts() == [1]
    lay(source, {"a.docx": alfa})
    assert run(source, tmp_path / "ut") == {"a.docx": "counts"}


# --- which file counts ------------------------------------------------------------------------------------------


def counting(files: Mapping[str, bytes], tmp_path: Path, asked: Asked | None = None) -> dict[str, Standing]:
    """Lay files in a folder, an hour between them, and say what each is."""
    for number, (name, data) in enumerate(files.items()):
        lay(tmp_path / "in", {name: data}, modified=1_700_000_000 + 3_600 * number)
    with collect(tmp_path / "in", tmp_path / "ut", asked=asked, jobs=1) as collection:
        return standings(collection)


def test_of_two_forms_from_one_supplier_the_one_with_the_later_date_counts(tmp_path: Path) -> None:
    """The date that the supplier wrote decides, whatever the files' own times say; both are listed."""
    old, new = ({**REQUIRED, "LEV.date": day} for day in ("2026-03-02", "2026-04-01"))
    files = {"ny.docx": form("Alfa AB", new, NUMBERS[0]), "gammal.docx": form("Alfa", old, NUMBERS[0])}
    assert counting(files, tmp_path) == {"ny.docx": "counts", "gammal.docx": "earlier"}


def test_without_dates_the_file_that_was_changed_last_counts(tmp_path: Path) -> None:
    """Then the day when the file was saved, and then its time of change, decide; the same name is the same supplier."""
    answers = {key: value for key, value in REQUIRED.items() if key != "LEV.date"}
    files = {
        "b.docx": form("Omsorg Alfa AB", {**answers, "STY-01.contact": "a"}),
        "a.docx": form("OMSORG ALFA AB", {**answers, "STY-01.contact": "b"}),
    }
    assert counting(files, tmp_path) == {"a.docx": "counts", "b.docx": "earlier"}


def test_an_empty_form_does_not_take_the_place_of_a_filled_one(tmp_path: Path) -> None:
    """A form that was sent, with the supplier filled in, may lie beside what came back."""
    files = {
        "svar.docx": form("Alfa AB", REQUIRED, NUMBERS[0]),
        "utskick.docx": form("Alfa AB", {"LEV.date": "2027-01-01"}, NUMBERS[0]),
    }
    assert counting(files, tmp_path) == {"svar.docx": "counts", "utskick.docx": "earlier"}


def test_forms_without_a_supplier_count_each_on_its_own(tmp_path: Path) -> None:
    """Nobody is taken for another because nobody is named."""
    files = {f"{n}.docx": form(None, {"STY-01.contact": str(n)}) for n in range(2)}
    assert counting(files, tmp_path) == dict.fromkeys(files, "counts")


def test_a_form_of_another_procurement_does_not_count(alfa: bytes, tmp_path: Path) -> None:
    """With a procurement asked for, others are listed; another version of the same one counts and is told of."""
    other = blank(OTHER)
    this = selection()
    asked = Asked(this.procurement.reference, this.digest)
    files = {"a.docx": alfa, "annan.docx": other}
    assert counting(files, tmp_path, asked) == {"a.docx": "counts", "annan.docx": "other-procurement"}
    assert counting({}, tmp_path) == dict.fromkeys(files, "counts")
    with collect(None, tmp_path / "ut", asked=Asked(this.procurement.reference, "0" * 64)) as collection:
        assert [entry.older for entry in collection.ledger.entries("counts")] == [True]


# --- nothing is lost --------------------------------------------------------------------------------------------


def test_two_runs_into_one_folder_do_not_meet(alfa: bytes, tmp_path: Path) -> None:
    """The second says that the folder is in use, and touches nothing."""
    source = lay(tmp_path / "in", {"a.docx": alfa})
    with collect(source, tmp_path / "ut"), pytest.raises(OutputError) as raised:
        run(source, tmp_path / "ut")
    assert raised.value.findings[0].code == "output.locked"
    assert run(source, tmp_path / "ut") == {"a.docx": "counts"}


def test_a_run_that_is_broken_off_keeps_what_it_has_read(tmp_path: Path) -> None:
    """An error in the middle, or Ctrl-C, leaves a whole part; the next run goes on from there."""
    source = lay(tmp_path / "in", {f"{n:02}.docx": b"%%PDF-1.4 %d" % n for n in range(12)})
    seen: list[int] = []

    def stop() -> None:
        seen.append(1)
        if len(seen) == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), collect(source, tmp_path / "ut", jobs=1, progress=stop):
        pass
    folder = ResultFolder(tmp_path / "ut")
    assert len(list(folder.records(1))) == 7
    assert len(run(source, tmp_path / "ut")) == 12


def test_a_run_that_was_killed_leaves_whole_records(alfa: bytes, tmp_path: Path) -> None:
    """Records of an unfinished part are kept by the next run, without the one that was half written."""
    folder = ResultFolder(tmp_path / "ut")
    source = lay(tmp_path / "in", {"a.docx": alfa, "b.pdf": b"%PDF-1.4"})
    run(source, folder.path)
    whole = folder.part(1).read_bytes()
    folder.part(1).rename(folder.path / "records" / "0001.unfinished")
    with (folder.path / "records" / "0001.unfinished").open("ab") as stream:
        stream.write(whole[: len(whole) // 2])
    (folder.path / ".writing-x").mkdir()
    assert run(source, folder.path) == {"a.docx": "counts", "b.pdf": "refused"}
    assert folder.part(1).read_bytes() == whole
    assert not list(folder.path.glob(".writing-*"))


def test_a_damaged_part_is_named_with_its_line(alfa: bytes, tmp_path: Path) -> None:
    """Nothing is guessed about a line that collect did not write."""
    source = lay(tmp_path / "in", {"a.docx": alfa})
    run(source, tmp_path / "ut")
    with ResultFolder(tmp_path / "ut").part(1).open("ab") as stream:
        stream.write(b'{"file": 3}\n')
    with pytest.raises(OutputError) as raised:
        run(source, tmp_path / "ut")
    assert (raised.value.findings[0].code, raised.value.findings[0].line) == ("file.part-damaged", 2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 140 kB, or skip."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=140k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_collected(alfa: bytes, small_disk: Path, tmp_path: Path) -> None:
    """The run says that the disk is full; every record that fitted is whole, and is there for the next run."""
    source = lay(tmp_path / "in", {f"{n:03}.docx": form(f"Omsorg {n} AB", REQUIRED) for n in range(25)})
    into = small_disk / "ut"
    with pytest.raises(OutputError) as raised:
        run(source, into)
    assert raised.value.findings[0].code == "output.result-not-written"
    kept = [record.file for _, record in ResultFolder(into).records(1)]
    assert kept == sorted(path.name for path in source.iterdir())[: len(kept)]
    assert len(kept) > 3
    shutil.copytree(into, tmp_path / "större")
    assert len(run(source, tmp_path / "större")) == 25
    assert [record.file for _, record in ResultFolder(tmp_path / "större").records(1)] == kept


def test_a_limit_on_file_sizes_loses_nothing(tmp_path: Path) -> None:
    """Where a small disk cannot be mounted, a limit on the size of files shows the same."""
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from procurement_equality.answers.collecting.result_folder import PartWriter, ResultFolder\n"
        "from procurement_equality.findings import OutputError\n"
        "folder = ResultFolder(Path(sys.argv[1]))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with folder.locked():\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))\n"
        "    try:\n"
        "        with PartWriter(folder) as writer:\n"
        '            for n in range(99): writer.add(b\'{"file":"%02d","outcome":"skipped"}\\n\' % n)\n'
        "    except OutputError as error:\n"
        "        print(error.findings[0].code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "output.result-not-written\n"
    assert [record.file for _, record in ResultFolder(tmp_path).records(1)] == [f"{n:02}" for n in range(29)]


def test_parts_are_never_changed(alfa: bytes, tmp_path: Path) -> None:
    """A run writes new parts and leaves old ones as they are."""
    source = lay(tmp_path / "in", {"a.docx": alfa})
    run(source, tmp_path / "ut")
    folder = ResultFolder(tmp_path / "ut")
    first = folder.part(1).read_bytes()
    lay(source, {"b.docx": form("Omsorg Beta AB")})
    run(source, tmp_path / "ut")
    assert folder.parts() == [1, 2]
    assert folder.part(1).read_bytes() == first
    with folder.locked(), PartWriter(folder):
        pass
    assert folder.parts() == [1, 2]
