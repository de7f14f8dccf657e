"""What the tests share: the bundled catalogue, the examples, and the programs that judge documents."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from layer_folder import LayerFolder, small_catalogue
from procurement_equality import Catalogue, Procurement, Selection, select

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
SHARED = ROOT.parent / "shared"


def selected(example: Path) -> Selection:
    """Give the selection of an example, with the layers that it names."""
    procurement = Procurement.load(example)
    return select(Catalogue.load(overlays=procurement.overlay_folders), procurement)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Give the bundled catalogue."""
    return Catalogue.load()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small catalogue that no test edits."""
    return small_catalogue(tmp_path_factory.mktemp("base"))


@pytest.fixture
def layer(base: Path, tmp_path: Path) -> LayerFolder:
    """Give a layer that changes nothing."""
    return LayerFolder(base, tmp_path / "alfa")


@pytest.fixture(scope="session", params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    """Give each example file in turn."""
    path: Path = request.param
    return path


@pytest.fixture(scope="session")
def home_care(catalogue: Catalogue) -> Selection:
    """Give the selection of the home-care example."""
    return select(catalogue, Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml"))


@pytest.fixture(scope="session")
def cleaning(catalogue: Catalogue) -> Selection:
    """Give the selection of the cleaning example, which has award criteria."""
    return select(catalogue, Procurement.load(ROOT / "examples" / "stadtjanst-lou.yaml"))


@pytest.fixture(scope="session")
def selection(example: Path) -> Selection:
    """Give the selection of each example in turn, with the layers that it names."""
    return selected(example)


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give LibreOffice's command with a profile of its own, or skip."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("libreoffice")
    return [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]


@pytest.fixture(scope="session")
def shared_law() -> Path:
    """Give the statute texts that citations are checked against, or skip."""
    path = SHARED / "law" / "provisions.tsv"
    if not path.is_file():
        pytest.skip("the statute texts are not beside this checkout")
    return path


def validator_errors(path: Path) -> list[object]:
    """Give what Microsoft's Open XML SDK validator has against a Word file, or skip where it is not installed."""
    program = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    local = ROOT / ".tools" / "node_modules" / ".bin" / "ooxml-validator"
    program = program or (str(local) if local.exists() else None)
    if program is None:
        pytest.skip("the OOXML validator is not installed")
    run = subprocess.run([program, str(path)], capture_output=True, text=True, timeout=60, check=False)
    errors: list[object] = json.loads(run.stdout)["errors"]
    return errors
