"""The bundled catalogue, 1,000 and 10,000 requirements: CSafeLoader alone, reading, the language checks, in one run.

What is the same: the files. CSafeLoader parses them all and stops at dicts; reading also validates each file and checks
every reference; the language checks go over the catalogue that reading gave. The copies of the larger sizes are the
bundled requirements again, so that the search for near-duplicates has as much to find as it can have.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from reading import csafeloader, csafeloader_without_collector, make_catalogue, ours
from rounds import alternate, rounds_from_command_line, show

from procurement_equality.catalogue.checking import read_wording
from procurement_equality.catalogue.lint import lint
from procurement_equality.catalogue.model import Catalogue
from procurement_equality.catalogue.wording import Wording
from procurement_equality.resources import bundled

SIZES = (1_000, 10_000)


def checks(catalogue: Catalogue, rules: Wording) -> int:
    """Run every language check."""
    return len(lint(catalogue, rules))


def main() -> None:
    """Measure the bundled catalogue and both sizes, then how the checks grow from one to the other."""
    rounds = rounds_from_command_line(__doc__, 5)
    rules, findings = read_wording(bundled("requirements_catalog"))
    assert rules is not None, findings
    with tempfile.TemporaryDirectory() as name:
        folders = {"the bundled catalogue": bundled("requirements_catalog")}
        for size in SIZES:
            folders[f"{size} requirements"] = Path(name) / str(size)
            make_catalogue(folders[f"{size} requirements"], size)
        medians = {}
        for title, folder in folders.items():
            ways = {
                "reading": partial(ours, folder),
                "language checks": partial(checks, Catalogue.load(folder), rules),
                "CSafeLoader": partial(csafeloader, folder),
                "CSafeLoader, collector paused": partial(csafeloader_without_collector, folder),
            }
            medians[title] = alternate(ways, rounds if folder.name != str(SIZES[-1]) else max(rounds // 2, 1))
            show(title, medians[title], "reading", [("CSafeLoader", "reading", 1), ("reading", "language checks", 1)])
        small, large = (medians[f"{size} requirements"]["language checks"] for size in SIZES)
        print(f"  {SIZES[1]} / {SIZES[0]} requirements: {large / small:.2f} times the time, aim about 10")


if __name__ == "__main__":
    main()
