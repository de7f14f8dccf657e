"""A rule's example: a procurement that breaks it, the finding, and the same procurement mended.

Each is a Markdown document that a lawyer can read, `requirements_catalog/checks/<code>.md`. Its YAML says what differs
from a whole procurement file in `checks/base/`: a key there replaces the base's, and `without` takes keys away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from procurement_equality.catalogue.strict_yaml import Location
from procurement_equality.resources import bundled

_TOP_LEVEL = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
_WITHOUT = re.compile(r"^without: \[(.*)\]\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """A procurement file of the example: what the document shows, and the whole file that it stands for."""

    shown: str
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule's document holds, in Swedish."""

    title: str
    about: str
    breaks: Step
    finding: str
    """Severity and message, on one line: `warning: …`."""
    location: Location
    """Where in the procurement file the finding points."""
    holds: Step


@cache
def example(code: str) -> Example:
    """Read the example of a rule. Raises FileNotFoundError where it has none, and ValueError where it is incomplete."""
    folder = bundled("requirements_catalog") / "checks"
    return _read((folder / f"{code}.md").read_text(encoding="utf-8"), folder / "base")


def _read(document: str, bases: Path) -> Example:
    tokens = MarkdownIt().parse(document)
    fences = [token for token in tokens if token.type == "fence"]
    words = [token.content for token in tokens if token.type == "inline"]
    if [fence.info.split()[:1] for fence in fences] != [["yaml"], ["finding"], ["yaml"]]:
        raise ValueError("an example holds a procurement, a finding and a procurement")
    breaks, finding, holds = fences
    location = tuple(int(part) if part.isdigit() else part for part in finding.info.split()[1].split("."))
    return Example(
        words[0],
        words[1],
        _step(breaks.info.split()[1], breaks.content, bases),
        " ".join(finding.content.split()),
        location,
        _step(holds.info.split()[1], holds.content, bases),
    )


def _step(base: str, shown: str, bases: Path) -> Step:
    """Put the changes over the base: whole top-level keys, so that the file can be read as any other."""
    without = _WITHOUT.search(shown)
    changed = _WITHOUT.sub("", shown)
    replaced = {part.partition(":")[0] for part in _TOP_LEVEL.split(changed) if part}
    replaced |= {key.strip() for key in without[1].split(",")} if without else set()
    kept = _TOP_LEVEL.split((bases / f"{base}.yaml").read_text(encoding="utf-8"))
    return Step(shown, base, "".join(part for part in kept if part.partition(":")[0] not in replaced) + changed)
