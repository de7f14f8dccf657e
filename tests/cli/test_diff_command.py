"""`diff` and `snapshot`, run as a user runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_commands import run

from catalogue_versions import CONDITION, declared, edited, requirement, write_folder

BASE = requirement("LON-90")
CHANGED = edited(BASE, "variants", 0, "text", "sv", to=CONDITION.replace("2 timmar", "3 timmar"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give the folder of the old version."""
    return write_folder(tmp_path / "old", BASE, requirement("LON-91"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Give the folder of a new version: one changed without a declaration, one gone, and one new."""
    return write_folder(tmp_path / "new", CHANGED, requirement("LON-92"), version="0.2.0")


@pytest.mark.parametrize(
    ("lang", "parts", "findings"),
    [
        (
            "sv",
            ["LON-90  Utbildning om likabehandling: ändrat, beräknad verkan större, angiven –", "[-2-] {+3+}",
             "LON-91  Utbildning om likabehandling: borttaget", "LON-92  Utbildning om likabehandling: nytt",
             "0.1.0 → 0.2.0: 3 krav skiljer sig, verkan större."],
            ["version.undeclared LON-90 är ändrat", "version.removed LON-91 har försvunnit"],
        ),
        (
            "en",
            ["LON-90  Training in equal treatment: changed, computed effect major, declared –",
             "LON-91  Training in equal treatment: removed", "LON-92  Training in equal treatment: new",
             "0.1.0 → 0.2.0: 3 requirements differ, effect major."],
            ["version.undeclared LON-90 has changed", "version.removed LON-91 has gone"],
        ),
    ],
)  # fmt: skip
def test_changes_are_told_in_both_languages(
    lang: str, parts: list[str], findings: list[str], old: Path, new: Path
) -> None:
    """Each requirement that differs, what went and came, and the whole; findings go to standard error, code 1."""
    result = run("diff", old, new, lang=lang)
    assert result.returncode == 1
    assert [part for part in parts if part not in result.stdout] == []
    assert [part for part in findings if part not in result.stderr] == []
    assert "\x1b[" not in result.stdout + result.stderr


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_declared_change_has_no_finding(lang: str, old: Path, tmp_path: Path) -> None:
    """Where the author says what the change does and the version rises, the code is 0 and the reason is told."""
    told = write_folder(tmp_path / "told", declared(CHANGED, "major"), requirement("LON-91"), version="0.2.0")
    result = run("diff", old, told, lang=lang)
    assert (result.returncode, result.stderr) == (0, "")
    assert ("Skäl 2026-02-01." if lang == "sv" else "Reason 2026-02-01.") in result.stdout


def test_the_same_version_twice_has_no_changes(old: Path) -> None:
    """A folder compared with itself is one line and code 0, and so is a release."""
    for what in (str(old), "0.1.0"):
        result = run("diff", what, what)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == "0.1.0 → 0.1.0: 0 requirements differ, effect none.\n"


def test_json_holds_the_effect_of_each_requirement(old: Path, new: Path) -> None:
    """Another program gets both versions, each requirement with its fields and effect, and the findings."""
    result = run("diff", old, new, "--json")
    made: dict[str, Any] = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (1, "")
    assert (made["old"], made["new"], made["effect"]) == ("0.1.0", "0.2.0", "major")
    assert [(each["id"], each["happened"], each["effect"]) for each in made["requirements"]] == [
        ("LON-90", "changed", "major"),
        ("LON-91", "removed", "major"),
        ("LON-92", "added", "minor"),
    ]
    (field,) = made["requirements"][0]["fields"]
    assert (field["field"], field["effect"]) == ("variants.contract-performance-condition", "major")
    assert field["before"]["sv"] == CONDITION
    assert [finding["code"] for finding in made["findings"]] == ["version.undeclared", "version.removed"]


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("changes.html", (), "Ändringar i kravkatalogen"),
        ("changes.html", ("--language", "en"), "Changes in the catalogue"),
        ("changes.docx", (), None),
    ],
)
def test_a_document_is_written(
    name: str, options: tuple[str, ...], said: str | None, old: Path, new: Path, tmp_path: Path
) -> None:
    """`-o` writes a document of the ending's form in the language asked for, and the code still tells of findings."""
    path = tmp_path / name
    result = run("diff", old, new, "-o", path, *options, lang="sv")
    assert result.returncode == 1
    assert f"{path}: 3 krav skiljer sig." in result.stdout
    assert "version.removed" in result.stderr
    if said is None:
        assert path.read_bytes().startswith(b"PK")
    else:
        assert said in path.read_text(encoding="utf-8")


def test_an_existing_file_stays_without_force(old: Path, tmp_path: Path) -> None:
    """Neither a document nor a saved version replaces a file, unless `--force`."""
    for command, name in ((("diff", old, old), "x.html"), (("snapshot", old), "x.json")):
        path = tmp_path / name
        path.write_text("mitt eget", encoding="utf-8")
        result = run(*command, "-o", path)
        assert result.returncode == 2
        assert "output.exists" in result.stderr
        assert path.read_text(encoding="utf-8") == "mitt eget"
        assert run(*command, "-o", path, "--force").returncode == 0
        assert path.read_text(encoding="utf-8") != "mitt eget"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("diff", "nowhere", "0.1.0"), "file.no-version"),
        (("diff", "0.1.0", "9.9.9"), "file.no-version"),
        (("diff", "--", "-o:x", "0.1.0"), "file.no-version"),
        (("diff", "0.1.0", "src"), "file.missing"),
        (("diff", "0.1.0", "0.1.0", "-o", "x.pdf"), "use.ending"),
        (("diff", "0.1.0", "0.1.0", "--language", "fi"), "use.bad-value"),
        (("diff", "0.1.0"), "use.missing"),
        (("snapshot", "nowhere", "-o", "x.json"), "file.no-version"),
        (("snapshot", "0.1.0"), "use.missing"),
    ],
)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_cannot_be_read_is_exit_code_2(arguments: tuple[str, ...], code: str, lang: str) -> None:
    """What names no version, and wrong use, is a sentence and code 2, without a traceback."""
    result = run(*arguments, lang=lang)
    assert result.returncode == 2
    assert code in result.stderr
    assert "Traceback" not in result.stderr
    assert "use.unexpected" not in result.stderr


def test_broken_yaml_is_told_with_its_place(old: Path, new: Path) -> None:
    """A requirement that cannot be read is told with path, line and column, and the code is 1."""
    path = new / "requirements/pay/LON-92.yaml"
    path.write_text("id: LON-92\nlevel: no\n", encoding="utf-8")
    result = run("diff", old, new)
    assert result.returncode == 1
    assert f"{path}:2:8: " in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_saved_version_is_the_folder(lang: str, old: Path, tmp_path: Path) -> None:
    """What `snapshot` saves does not differ from its folder, and the line says id, version and number."""
    path = tmp_path / "saved.json"
    result = run("snapshot", old, "-o", path, lang=lang)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{path}: small 0.1.0, 2 {'krav' if lang == 'sv' else 'requirements'}.\n"
    again = run("diff", path, old, "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["requirements"] == []


def test_a_revision_of_git_is_compared_with_the_folder(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`HEAD:folder` is what was committed, so what has been written since is told."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES"):
        monkeypatch.delenv(name, raising=False)
    own = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "first")):
        subprocess.run(["git", *own, *arguments], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    write_folder(old, declared(CHANGED, "major"), requirement("LON-91"), version="0.2.0")
    result = run("diff", "HEAD:old", "old", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("LON-90  ")
    assert "0.1.0 → 0.2.0: 1 " in result.stdout
