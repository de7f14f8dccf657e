"""The README tells the truth: its commands and its code are run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMANDS = [
    line
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
    if line.startswith("procurement")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with what the README's commands refer to, shared by them since they follow on each other."""
    made = tmp_path_factory.mktemp("readme")
    for name in ("examples", "requirements_catalog", "templates"):
        shutil.copytree(ROOT / name, made / name)
    return made


def _environment() -> dict[str, str]:
    return {**os.environ, "PROCUREMENT_EQUALITY_LANG": "en", "PYTHONUTF8": "1"}


def _shell(line: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a line as a reader types it."""
    return subprocess.run(  # noqa: S602 - a shell is what the reader has
        line, shell=True, cwd=cwd, env=environment, capture_output=True, text=True, timeout=540, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_works(command: str, folder: Path) -> None:
    """Each command leaves with 0, in the order in which a reader types them; `collect` and `read` with 1."""
    for name in ("krav.docx", "sjalvskattning.docx", "andringar.docx"):
        if f"-o {name}" in command:
            (folder / name).unlink(missing_ok=True)
    line = command.replace("procurement-equality ", f"{sys.executable} -m procurement_equality ", 1)
    result = _shell(line, folder, _environment())
    waits_for_a_person = command.startswith(("procurement-equality collect", "procurement-equality read"))
    assert result.returncode == int(waits_for_a_person), result.stderr


def test_the_python_of_the_readme_works(folder: Path) -> None:
    """The developer's examples run one after the other as they stand, write their document and tell what was found."""
    code = "\n".join(block for language, block in BLOCKS if language == "python")
    (folder / "krav.docx").unlink(missing_ok=True)
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("LOV ")
    assert "information" in result.stdout
    assert (folder / "krav.docx").exists()


def test_the_yaml_of_the_readme_is_a_choice_that_reads(tmp_path: Path) -> None:
    """The example of choices validates in a procurement that allows them."""
    (choices,) = [block for language, block in BLOCKS if language == "yaml"]
    example = (ROOT / "examples" / "stadtjanst-lou.yaml").read_text(encoding="utf-8")
    path = tmp_path / "p.yaml"
    path.write_text(example.partition("requirements:")[0] + choices, encoding="utf-8")
    command = [sys.executable, "-m", "procurement_equality", "list", "--for", str(path)]
    result = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr


def test_the_set_up_commands_are_what_ci_runs() -> None:
    """The first and the test command are one line each and stay inside the checkout; .ci/run takes the second."""
    first, test = (re.search(rf"<!-- {name}-command -->\n```sh\n(.*?)\n```", README) for name in ("first", "test"))
    assert first is not None
    assert test is not None
    for command in (first[1], test[1]):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install --quiet --no-cache-dir ")
    assert test[1].endswith(".venv/bin/python -m pytest -n auto --dist loadfile")
    assert "test-command" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_first_command_works_in_a_fresh_copy(tmp_path: Path) -> None:
    """On a machine with Python and pip alone, one line sets up and writes both documents."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".tools", ".*_cache", ".hypothesis"))
    command = re.search(r"<!-- first-command -->\n```sh\n(.*?)\n```", README)
    assert command is not None
    environment = {**_environment(), "HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    line = command[1].replace("python3 ", f"{sys.executable} ", 1)
    result = _shell(line, copy, environment)
    if result.returncode and "No matching distribution" in result.stderr:
        pytest.skip("the dependencies cannot be fetched")
    assert result.returncode == 0, result.stderr
    assert (copy / "krav.docx").read_bytes().startswith(b"PK")
    assert (copy / "sjalvskattning.docx").read_bytes().startswith(b"PK")
    # pip asks `rustc --version` for its user agent, and a rustup shim then makes itself a folder.
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {".rustup"}


def test_every_command_is_documented() -> None:
    """A command that the README does not name would not be found."""
    for command in (
        "new",
        "list",
        "show",
        "validate",
        "check",
        "explain",
        "why",
        "schema",
        "render",
        "scan",
        "sent",
        "remind",
        "read",
        "collect",
        "decide",
        "letters",
        "report",
        "checklist",
        "diff",
        "snapshot",
        "completion",
    ):
        assert f"procurement-equality {command}" in README


def test_every_link_leads_somewhere() -> None:
    """Links to files of the checkout exist."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
