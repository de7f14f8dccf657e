"""Reading 1,000 and 10,000 requirements: this package against CSafeLoader alone and against doorstop, in one run.

What is the same: the number of requirements and their text, copies of the bundled files with ids of their own, one file
each. What is not: ours also validates every file and checks every reference; CSafeLoader parses the same files (law,
tables and catalogue.yaml among them) and stops at dicts; doorstop reads the same content as an attribute of its items,
beside its own, parses it with its own choice of loader and validates its own attributes only.
"""

from __future__ import annotations

import gc
import itertools
import shutil
import string
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import doorstop
import yaml
from rounds import alternate, rounds_from_command_line, show

from procurement_equality.catalogue.reading import read_catalogue
from procurement_equality.resources import bundled

SIZES = (1_000, 10_000)
_IN_A_TOPIC = 900


def make_catalogue(folder: Path, number: int) -> None:
    """Copy the bundled catalogue to `folder` and fill it up to `number` requirements in topics of their own."""
    shutil.copytree(bundled("requirements_catalog"), folder)
    sources = sorted((folder / "requirements").glob("*/*.yaml"))
    topics: list[str] = []
    texts = itertools.cycle([(path.stem, path.parent.name, path.read_text(encoding="utf-8")) for path in sources])
    for start in range(0, number - len(sources), _IN_A_TOPIC):
        letters = string.ascii_uppercase[len(topics)]
        slug, prefix = f"generated-{letters.lower()}", f"GEN{letters}"
        topics.append(f"  {slug}: {{prefix: {prefix}, title: {{sv: Genererat {letters}, en: Generated {letters}}}}}\n")
        (folder / "requirements" / slug).mkdir()
        for index in range(min(_IN_A_TOPIC, number - len(sources) - start)):
            old_id, old_topic, text = next(texts)
            text = text.replace(f"id: {old_id}\n", f"id: {prefix}-{index:03}\n", 1)
            text = text.replace(f"topic: {old_topic}\n", f"topic: {slug}\n", 1)
            (folder / "requirements" / slug / f"{prefix}-{index:03}.yaml").write_text(text, encoding="utf-8")
    head = folder / "catalogue.yaml"
    text = head.read_text(encoding="utf-8").replace("\ntopics:\n", "\ntopics:\n" + "".join(topics), 1)
    head.write_text(text, encoding="utf-8")


def make_doorstop(catalogue: Path, folder: Path) -> None:
    """Write the catalogue's requirements as doorstop documents, one a topic, with the whole file as an attribute."""
    root = ""
    for topic in sorted((catalogue / "requirements").iterdir()):
        paths = sorted(topic.glob("*.yaml"))
        prefix = paths[0].stem.partition("-")[0]
        document = folder / topic.name
        document.mkdir(parents=True)
        parent = f"  parent: {root}\n" if root else ""
        root = root or prefix
        config = f"settings:\n  digits: 3\n{parent}  prefix: {prefix}\n  sep: '-'\n"
        (document / ".doorstop.yml").write_text(config, encoding="utf-8")
        for number, path in enumerate(paths, 1):
            own = (
                f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks: []\nnormative: true\nref: ''\n"
                f"reviewed: null\ntext: {path.stem}\nrequirement:\n"
            )
            content = "".join(f"  {line}" if line.strip() else line for line in _lines(path))
            (document / f"{path.stem}.yml").write_text(own + content, encoding="utf-8")


def _lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").splitlines(keepends=True)


# --- the ways --------------------------------------------------------------------------------------------------


def ours(folder: Path) -> int:
    """Read, validate, check every reference."""
    catalogue, findings = read_catalogue(folder)
    assert catalogue is not None, findings[:5]
    return len(catalogue.requirements)


def csafeloader(folder: Path) -> int:
    """Parse the same files with PyYAML's fastest loader, and keep what it gives."""
    values = []
    for path in sorted(folder.rglob("*.yaml")):
        with path.open("rb") as stream:
            values.append(yaml.load(stream, Loader=yaml.CSafeLoader))
    return len(values)


def csafeloader_without_collector(folder: Path) -> int:
    """Do the same with the garbage collector paused, as ours has it."""
    gc.disable()
    try:
        return csafeloader(folder)
    finally:
        gc.enable()


def doorstop_tree(folder: Path) -> int:
    """Build doorstop's tree and load its items, which it otherwise leaves until they are asked for."""
    tree = doorstop.build(cwd=str(folder), root=str(folder))
    tree.load()
    return sum(1 for document in tree for _ in document)


def main() -> None:
    """Measure both sizes, then how time grows from one to the other."""
    rounds = rounds_from_command_line(__doc__, 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            make_catalogue(folder / f"ours-{size}", size)
        small, large = (folder / f"ours-{size}" for size in SIZES)
        make_doorstop(small, folder / "doorstop")
        assert (ours(small), ours(large)) == SIZES
        assert doorstop_tree(folder / "doorstop") == SIZES[0]
        medians = alternate(
            {
                "ours": partial(ours, small),
                "CSafeLoader": partial(csafeloader, small),
                "CSafeLoader, collector paused": partial(csafeloader_without_collector, small),
                "doorstop": partial(doorstop_tree, folder / "doorstop"),
            },
            rounds,
        )
        show(f"{SIZES[0]} requirements", medians, "ours", [("CSafeLoader", "ours", 1), ("doorstop", "ours", 7)])
        grown = alternate(
            {
                "ours, small": partial(ours, small),
                "ours": partial(ours, large),
                "CSafeLoader": partial(csafeloader, large),
                "CSafeLoader, collector paused": partial(csafeloader_without_collector, large),
            },
            max(rounds // 2, 1),
        )
        show(f"{SIZES[1]} requirements", grown, "ours", [("CSafeLoader", "ours", 1)])
        growth = grown["ours"] / grown["ours, small"]
        print(f"  {SIZES[1]} / {SIZES[0]} requirements: {growth:.2f} times the time, aim about 10")


if __name__ == "__main__":
    main()
