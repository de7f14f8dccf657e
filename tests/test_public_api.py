"""The names that other tools import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import procurement_equality
from procurement_equality import Catalogue, Procurement, compose, select

ROOT = Path(__file__).resolve().parents[1]


def test_at_most_a_dozen_names_are_public() -> None:
    """The public names are few, exist, and are what `dir` shows."""
    assert len(procurement_equality.__all__) <= 12
    for name in procurement_equality.__all__:
        assert getattr(procurement_equality, name).__doc__
    assert set(dir(procurement_equality)) == {*procurement_equality.__all__, "__version__"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A slip of the pen fails as Python fails."""
    with pytest.raises(AttributeError, match="Catalog"):
        procurement_equality.Catalog  # noqa: B018 - the access is the test


def test_importing_the_package_imports_nothing_heavy() -> None:
    """`import procurement_equality` and the command line's group do not import pydantic, lxml or Jinja2."""
    code = (
        "import sys, procurement_equality.cli; print(sorted({'pydantic', 'lxml', 'jinja2', 'yaml'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_documented_way_works(tmp_path: Path) -> None:
    """Load, select, compose, save: four calls from a file to a document."""
    selection = select(Catalogue.load(), Procurement.load(ROOT / "examples" / "hemtjanst-lov.yaml"))
    digest = compose(selection, "tender-section").save(tmp_path / "krav.docx")
    assert len(digest) == 64
    assert (tmp_path / "krav.docx").read_bytes().startswith(b"PK")


def test_models_are_frozen(catalogue: Catalogue) -> None:
    """A loaded catalogue cannot be changed by accident."""
    with pytest.raises(ValueError, match="frozen"):
        catalogue.head.version = "9.9.9"  # type: ignore[misc]  # that is what must fail


def test_no_module_is_too_long_and_imports_go_down_only() -> None:
    """No module has more than 400 lines, and no room imports from one above it."""
    rooms = ["findings", "catalogue", "procurement", "checks", "answers", "documents", "exchange", "cli"]
    for path in sorted((ROOT / "src" / "procurement_equality").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        room = path.relative_to(ROOT / "src" / "procurement_equality").parts[0]
        if room in rooms:
            for above in rooms[rooms.index(room) + 1 :]:
                assert f"from procurement_equality.{above}" not in text, f"{path} imports from {above}"
