"""A catalogue as it was at some point: read from a folder, git or a release, and saved without loss."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_versions import BUNDLED, declared, edited, requirement, snapshot, write_folder
from procurement_equality.catalogue.snapshot import Snapshot, Tree, releases, take, to_json
from procurement_equality.findings import CatalogueError, Finding, describe

RELEASES = sorted((BUNDLED / "releases").glob("*.json"))
FIRST = requirement("LON-90")
SECOND = requirement("LON-91", title={"sv": "Ett annat krav", "en": "Another requirement"})

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
TREES = st.dictionaries(TEXTS, VALUES, max_size=4)


def refusal(what: str) -> Finding:
    """Give the one finding of what cannot be read, and see that it can be said in both languages."""
    with pytest.raises(CatalogueError) as caught:
        take(what)
    (finding,) = caught.value.findings
    told = describe(finding, "sv") + describe(finding, "en")
    assert re.search(r"\{[a-z_]+\}", told) is None, told
    return finding


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a git repository with two commits of the folder `cat`, and stand in it."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    git("init", "--quiet")
    write_folder(root / "cat", FIRST, SECOND)
    commit("first")
    write_folder(root / "cat", edited(FIRST, "level", to="law"), version="0.2.0")
    commit("second")
    return root


def git(*arguments: str) -> None:
    """Run git without the settings of the one who runs the tests."""
    own = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *own, *arguments], check=True, capture_output=True, env=environment, timeout=60)


def commit(message: str) -> None:
    """Commit everything."""
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def test_a_folder_is_read_as_its_files_say(tmp_path: Path) -> None:
    """A folder gives id, version, origin and every requirement with the values of its file."""
    taken = take(str(write_folder(tmp_path, FIRST, SECOND, version="0.3.1")))
    assert (taken.id, taken.version, taken.origin) == ("small", "0.3.1", str(tmp_path))
    assert taken.requirements == {"LON-90": FIRST, "LON-91": SECOND}


def test_dates_become_texts(tmp_path: Path) -> None:
    """A date of the file is a text in the version, at the top and inside lists, so that JSON can hold it."""
    write_folder(tmp_path, declared(FIRST, "patch", date="2026-02-01"))
    assert "date: 2026-02-01" in (tmp_path / "requirements/pay/LON-90.yaml").read_text(encoding="utf-8")
    tree = take(str(tmp_path)).requirements["LON-90"]
    assert (tree["last_verified"], tree["changes"][0]["date"]) == ("2026-01-15", "2026-02-01")


def test_a_released_version_is_read_by_its_number() -> None:
    """`0.1.0` is the release that comes along, and the list of releases has it."""
    taken = take("0.1.0")
    assert (taken.id, taken.version) == ("procurement-equality", "0.1.0")
    assert Path(taken.origin) == BUNDLED / "releases" / "0.1.0.json"
    assert {"AKT-01", "BRU-02", "LON-01"} <= set(taken.requirements)
    assert "0.1.0" in releases()


def test_releases_stand_in_the_order_of_their_numbers() -> None:
    """Every file of the releases is listed, and each is later than the one before it."""
    listed = releases()
    assert sorted(listed) == sorted(path.stem for path in RELEASES)
    numbers = [[int(part) for part in version.split(".")] for version in listed]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_release_holds_the_version_that_it_is_named_for(path: Path) -> None:
    """A release's file says the version of its name and the bundled catalogue's id, and keys are ids."""
    taken = take(str(path))
    assert (taken.id, taken.version) == ("procurement-equality", path.stem)
    assert {key: tree["id"] for key, tree in taken.requirements.items()} == {key: key for key in taken.requirements}


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_an_id_that_was_released_never_disappears(path: Path) -> None:
    """Every id of a release is still in the catalogue; one that is withdrawn names what to use instead."""
    now = take(str(BUNDLED)).requirements
    released = take(str(path)).requirements
    assert sorted(set(released) - set(now)) == []
    withdrawn = [identifier for identifier in released if now[identifier]["status"] == "withdrawn"]
    assert [identifier for identifier in withdrawn if not now[identifier].get("replaced_by")] == []


@given(st.dictionaries(TEXTS, TREES, max_size=4), TEXTS, TEXTS)
@settings(deadline=None, max_examples=60)
def test_what_is_saved_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, requirements: dict[str, Tree], name: str, version: str
) -> None:
    """Whatever a version holds, its file gives the same id, version and requirements."""
    made = Snapshot(id=name, version=version, origin="here", requirements=requirements)
    path = tmp_path_factory.mktemp("saved") / "version.json"
    path.write_text(to_json(made), encoding="utf-8")
    taken = take(str(path))
    assert (taken.id, taken.version, taken.requirements) == (name, version, requirements)
    assert taken.origin == str(path)


def test_a_folder_is_saved_without_loss(tmp_path: Path) -> None:
    """The bundled folder saved and read again holds the same requirements, and is saved as the same text."""
    taken = take(str(BUNDLED))
    path = tmp_path / "saved.json"
    path.write_text(to_json(taken), encoding="utf-8")
    again = take(str(path))
    assert again.requirements == taken.requirements
    assert to_json(again) == to_json(taken)


def test_a_saved_version_has_one_requirement_a_line() -> None:
    """Each requirement is a line of its own in the order of ids, whatever order it and its keys were read in."""
    text = to_json(snapshot(SECOND, FIRST))
    lines = [line for line in text.splitlines() if line.startswith('"LON-')]
    assert [line[1:7] for line in lines] == ["LON-90", "LON-91"]
    assert text == to_json(snapshot(dict(reversed(FIRST.items())), SECOND))


def test_revisions_of_git_are_read(repository: Path) -> None:
    """`REVISION:folder` gives what was committed then, and not what lies in the folder now."""
    write_folder(repository / "cat", SECOND, version="9.9.9")
    old, new = take("HEAD~1:cat"), take("HEAD:cat")
    assert (old.version, old.requirements) == ("0.1.0", {"LON-90": FIRST, "LON-91": SECOND})
    assert (new.version, new.requirements) == ("0.2.0", {"LON-90": edited(FIRST, "level", to="law")})
    assert new.origin == "HEAD:cat"


@pytest.mark.parametrize(
    ("place", "folder"),
    [("cat", ""), ("cat", "./"), ("cat", "."), ("cat/requirements", "../../cat"), ("deep", "cat"), ("deep", "./cat")],
)
def test_a_revision_is_read_from_the_folder_one_stands_in(
    place: str, folder: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder counts from where one stands, also below the top of the repository."""
    write_folder(repository / "deep/cat", SECOND, version="0.2.0")
    commit("deep")
    monkeypatch.chdir(repository / place)
    assert take(f"HEAD:{folder}").version == "0.2.0"


def test_a_byte_order_mark_makes_no_difference_in_git(repository: Path) -> None:
    """A file that begins with a byte order mark reads the same from git as from its folder."""
    path = repository / "cat" / "catalogue.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    commit("mark")
    in_git, in_folder = take("HEAD:cat"), take("cat")
    assert (in_git.id, in_git.version) == (in_folder.id, in_folder.version) == ("small", "0.2.0")


@pytest.mark.parametrize("what", ["nowhere:cat", "HEAD:nowhere", "HEAD~7:cat"])
def test_what_git_does_not_have_is_refused_with_its_words(what: str, repository: Path) -> None:
    """A revision or folder that git does not know is refused with what git says."""
    finding = refusal(what)
    assert (finding.code, finding.path) == ("file.not-in-git", what)
    assert finding.data["problem"]


def test_a_revision_outside_a_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no repository, git's own sentence says so."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    assert refusal("HEAD:cat").code == "file.not-in-git"


def test_without_git_a_revision_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without git gets to know that git is what is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal("HEAD:cat").code == "file.no-git"


@pytest.mark.parametrize(
    "what", ["-o/tmp/x:cat", "--output=x:cat", "nowhere", "nowhere.json", "9.9.9", ":cat", "a\0b", "x" * 5000]
)
def test_what_names_nothing_is_refused_with_the_releases(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name of nothing, also one that git would take for an option, is refused; nothing is written."""
    monkeypatch.chdir(tmp_path)
    finding = refusal(what)
    assert (finding.code, finding.path) == ("file.no-version", what)
    assert "0.1.0" in finding.data["known"].split(", ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    """A folder without `catalogue.yaml` is refused, and the finding names the file that is missing."""
    finding = refusal(str(tmp_path))
    assert (finding.code, finding.path) == ("file.missing", str(tmp_path / "catalogue.yaml"))


def test_a_folder_in_git_that_is_no_catalogue_is_refused(repository: Path) -> None:
    """The same holds for a folder in a git revision."""
    finding = refusal("HEAD:cat/requirements")
    assert (finding.code, finding.path) == ("file.missing", "HEAD:cat/requirements/catalogue.yaml")


def test_broken_yaml_is_refused_with_every_place(tmp_path: Path) -> None:
    """Each file that cannot be read gives a finding with path, line and column, all at once."""
    write_folder(tmp_path, FIRST, SECOND)
    first, second = (tmp_path / f"requirements/pay/{name}.yaml" for name in ("LON-90", "LON-91"))
    first.write_text("id: LON-90\nlevel: no\n", encoding="utf-8")
    second.write_text("id: LON-91\nid: LON-92\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        take(str(tmp_path))
    assert [finding.place for finding in caught.value.findings] == [f"{first}:2:8", f"{second}:2:1"]


def test_broken_yaml_in_git_is_refused_with_its_place(repository: Path) -> None:
    """A file of a revision has its place too: revision, folder, name, line and column."""
    (repository / "cat/requirements/pay/LON-90.yaml").write_text("id: LON-90\nlevel: no\n", encoding="utf-8")
    commit("broken")
    assert refusal("HEAD:cat").place == "HEAD:cat/requirements/pay/LON-90.yaml:2:8"


def test_an_id_in_two_files_is_refused(tmp_path: Path) -> None:
    """Two files with one id are told, since one of them would otherwise be lost in silence."""
    write_folder(tmp_path, FIRST)
    twin = tmp_path / "requirements/pay/LON-91.yaml"
    twin.write_text((tmp_path / "requirements/pay/LON-90.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert refusal(str(tmp_path)).code == "requirement.id-twice"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{", '"0.1.0"', "{}", '{"id": "small"}', '{"id": "small", "version": "0.1.0"}',
        '{"id": "small", "version": 1, "requirements": {}}',
        '{"id": "small", "version": "0.1.0", "requirements": []}',
        '{"id": "small", "version": "0.1.0", "requirements": {"LON-90": 3}}',
        '{"id": "small", "version": "0.1.0", "requirements": {}, "origin": "x"}',
        '{"id": "small", "version": "0.1.0", "requirements": {}, "more": 1}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)  # fmt: skip
def test_a_json_file_that_is_no_release_is_refused(text: str, tmp_path: Path) -> None:
    """A JSON file of another kind, or none at all, is refused with what is wrong with it."""
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    finding = refusal(str(path))
    assert (finding.code, finding.path) == ("file.not-a-release", str(path))
    assert finding.data["problem"]


def test_the_problem_of_a_release_is_one_line(tmp_path: Path) -> None:
    """What is wrong with a release is told on one line, as every finding is."""
    path = tmp_path / "other.json"
    path.write_text('{"id": "small"}', encoding="utf-8")
    assert "\n" not in refusal(str(path)).data["problem"]


def test_a_release_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused and not guessed."""
    path = tmp_path / "other.json"
    path.write_bytes(json.dumps({"id": "småland"}, ensure_ascii=False).encode("latin-1"))
    assert refusal(str(path)).code == "file.not-a-release"
