"""The command line on a terminal: questions are asked, and lists are tables."""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

ANSWERS = [
    "Städning av skolor", "KS 2026:9", "Exempelkommunen", "", "", "Städning.", "90911200-8, 90919300-5", "500000", "",
    "cleaning", "finns inte", "basic",
]  # fmt: skip


def on_terminal(*arguments: str, answers: list[str]) -> tuple[str, int]:
    """Run the command line on a terminal of its own, answering each question; give what it shows and its exit code."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update({"PROCUREMENT_EQUALITY_LANG": "sv", "COLUMNS": "120", "TERM": "xterm", "PYTHONUTF8": "1"})
        os.execv(sys.executable, [sys.executable, "-W", "ignore", "-m", "procurement_equality", *arguments])  # noqa: S606
    shown, left, end = b"", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1.0)
        if not ready and left:
            os.write(terminal, f"{left.pop(0)}\n".encode())
        if ready:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
    _, status = os.waitpid(process, 0)
    return shown.decode(errors="replace"), os.waitstatus_to_exitcode(status)


def test_new_asks_for_what_is_not_given(tmp_path: Path) -> None:
    """Each question is asked once, a wrong answer again, and the file that comes of it is sound."""
    path = tmp_path / "ny.yaml"
    shown, code = on_terminal("new", str(path), answers=ANSWERS)
    assert code == 0, shown
    text = path.read_text(encoding="utf-8")
    assert 'title: "Städning av skolor"' in text
    assert 'cpv: ["90911200-8", "90919300-5"]' in text
    assert "months: 48" in text
    assert "home-care" in shown
    assert shown.count("Högsta nivå") == 2


def test_list_is_a_table_with_a_count() -> None:
    """On a terminal the list has a head and says how many it holds."""
    shown, code = on_terminal("list", "--topic", "pay", answers=[])
    assert code == 0
    assert "Särskilt" in shown
    assert "krav." in shown
