"""Forms with far too much of one thing in them are read in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import flood
import pytest
from incoming import blank

from procurement_equality.answers.reading import read_form


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
@pytest.mark.parametrize("kind", flood.kinds())
def test_a_flood_is_read_within_limits(kind: str, tmp_path: Path) -> None:
    """Whatever a form is flooded with, every field gets its answer within 20 seconds and 1.5 GB."""
    path = tmp_path / "form.docx"
    path.write_bytes(flood.flooded(blank(), kind))
    command = [sys.executable, flood.__file__, str(path)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2_000:]
    assert int(result.stdout) == len(read_form(blank(), name="form.docx").answers)
