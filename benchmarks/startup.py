"""Cold starts: the command line as fresh processes against a Python that does nothing.

The same interpreter runs all of them, with byte code already written. `list` reads the whole catalogue; `render` reads
it, selects, composes the home-care example's tender section and writes it to a temporary folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rounds import alternate, rounds_from_command_line, show

_EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "hemtjanst-lov.yaml"


def run(*arguments: str) -> None:
    """Run Python with these arguments, and fail where it fails."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Measure each command."""
    rounds = rounds_from_command_line(__doc__, 15)
    with tempfile.TemporaryDirectory() as folder:
        us = ("-m", "procurement_equality")
        target = str(Path(folder) / "section.docx")
        ways: dict[str, Callable[[], None]] = {
            "python -c pass": partial(run, "-c", "pass"),
            "--help": partial(run, *us, "--help"),
            "list": partial(run, *us, "list"),
            "render": partial(run, *us, "render", "tender-section", str(_EXAMPLE), "-o", target, "--force"),
        }
        medians = alternate(ways, rounds)
    show("cold start", medians, "python -c pass", [("python -c pass", "--help", 1 / 6)])


if __name__ == "__main__":
    main()
