"""The package as users get it: built, installed in an empty environment, and used there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PROCUREMENT_EQUALITY_LANG": "en", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, cwd=cwd, env=environment, timeout=540, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build sdist and wheel, the wheel from the sdist, as a package index would be served."""
    folder = tmp_path_factory.mktemp("dist")
    result = _run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    if result.returncode and "No matching distribution" in result.stdout + result.stderr:
        pytest.skip("the build backend cannot be fetched")
    assert result.returncode == 0, result.stderr[-2000:]
    return folder


def _bundled(folder: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}


def test_the_wheel_holds_catalogue_templates_and_nothing_else(built: Path) -> None:
    """Every file of the catalogue and the templates is inside the package, with the type marker, and no tests."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    expected = {f"procurement_equality/{name}" for name in _bundled("requirements_catalog") | _bundled("templates")}
    assert expected <= names
    assert "procurement_equality/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"procurement_equality"}


def test_the_sdist_holds_what_a_checkout_needs(built: Path) -> None:
    """Examples, tests and documentation come with the source."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert _bundled("requirements_catalog") | _bundled("templates") | _bundled("examples") <= names
    assert {"README.md", "LICENSE", "LICENSE-CATALOGUE", "tests/conftest.py", ".ci/run"} <= names


def test_the_wheel_renders_a_document_in_an_empty_environment(built: Path, tmp_path: Path) -> None:
    """Installed alone, the command finds catalogue and templates, and writes the same bytes as the checkout."""
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    wheel = next(built.glob("*.whl"))
    installed = _run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    if installed.returncode and "No matching distribution" in installed.stderr:
        pytest.skip("the dependencies cannot be fetched")
    assert installed.returncode == 0, installed.stderr[-2000:]
    example = ROOT / "examples" / "hemtjanst-lov.yaml"
    here = _run(scripts / "procurement-equality", "render", "tender-section", example, "-o", "krav.docx", cwd=tmp_path)
    assert here.returncode == 0, here.stderr
    there: list[str | Path] = [
        sys.executable,
        "-m",
        "procurement_equality",
        "render",
        "tender-section",
        example,
        "-o",
        "egen.docx",
    ]
    assert _run(*there, cwd=tmp_path).returncode == 0
    digests = [path.read_bytes() for path in (tmp_path / "krav.docx", tmp_path / "egen.docx")]
    assert digests[0] == digests[1]
    assert _run(scripts / "python", "-m", "procurement_equality", "validate", cwd=tmp_path).returncode == 0
