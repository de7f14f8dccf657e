"""Collecting forms: two processes against one, and memory and time from 2,000 to 20,000 files, in one run.

Speed is measured on real forms, read whole. Memory and linearity are measured on what the collecting process does
itself, with 2,000 and 20,000 files: for those the worker processes give a record of a real form back instead of reading
one (else a run would take an hour); everything from there on is the real thing, on the real amount of data. Each such
run is a process of its own, and its peak is what the system says of that process without its workers.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from rounds import alternate, show

from procurement_equality import Catalogue, Procurement, compose, select
from procurement_equality.answers.collecting.collect import collect
from procurement_equality.answers.collecting.file_record import FileRecord, record_with_manifest
from procurement_equality.answers.manifest import Manifest

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "direktupphandling-utbildning.yaml"
FORMS = 800
SIZES = (2_000, 20_000)


def make_form() -> bytes:
    """Make a form with a supplier filled in."""
    procurement = Procurement.load(EXAMPLE)
    selection = select(Catalogue.load(overlays=procurement.overlay_folders), procurement)
    values: dict[str, str | int] = {"LEV.name": "Omsorg Alfa AB", "LEV.org_number": "559900-1111", "LEV.headcount": 12}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        compose(selection, "self-assessment", values={**values}).save(path)
        return path.read_bytes()


def make_folder(folder: Path, number: int, data: bytes) -> Path:
    """Write `number` files, a thousand a folder."""
    for at in range(number):
        path = folder / f"{at // 1_000:03}" / f"{at:06}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def collected(source: Path, jobs: int) -> int:
    """Collect into a new folder, and give the number of files."""
    with tempfile.TemporaryDirectory() as into, collect(source, Path(into) / "ut", jobs=jobs) as collection:
        return sum(collection.ledger.counts().values())


def free_processors() -> float:
    """Give how much two processes that only count get done, against one: what the machine has to give right now."""
    count = [sys.executable, "-c", "x = 0\nfor i in range(20_000_000): x += i"]
    times = []
    for number in (1, 2):
        start = time.perf_counter()
        for process in [subprocess.Popen(count) for _ in range(number)]:
            process.wait()
        times.append(time.perf_counter() - start)
    return 2 * times[0] / times[1]


@cache
def _real(path: str) -> tuple[FileRecord, Manifest | None]:
    return record_with_manifest(Path(path), "form.docx")


def given(
    source: Path | bytes,
    name: str,
    manifests: Mapping[str, Manifest],  # noqa: ARG001 - the shape of a recorder
    modified: int | None,  # noqa: ARG001
) -> tuple[FileRecord, Manifest | None]:
    """Give the record of a real form, read once a process, under another name and from another supplier."""
    record, manifest = _real((Path(str(source)).parents[2] / "form.docx").as_posix())
    assert record.response is not None
    respondent = record.response.respondent.model_copy(update={"name": name, "org_number": None})
    response = record.response.model_copy(update={"file": name, "respondent": respondent})
    changed = {"file": name, "size": 1, "modified": 1, "sha256": f"{hash(name):x}", "response": response}
    return record.model_copy(update=changed), manifest


def measure_alone(source: Path, into: Path) -> None:
    """Collect with two processes, and print the time and this process's own peak of memory as JSON."""
    start = time.perf_counter()
    with collect(source, into, jobs=2, recorder=given) as collection:
        number = sum(1 for _ in collection.responses())
        counted = collection.ledger.counts()
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "megabytes": peak, "files": sum(counted.values()), "responses": number}))


def measured(folder: Path, number: int) -> dict[str, float]:
    """Measure a number of files in a process of its own."""
    source = folder / str(number) / "in"
    make_folder(source, number, b"x")
    (folder / str(number) / "form.docx").write_bytes((folder / "form.docx").read_bytes())
    command = [sys.executable, __file__, "--alone", str(source), str(folder / str(number) / "ut")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    assert found["files"] == found["responses"] == number
    shutil.rmtree(folder / str(number))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--alone", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.alone:
        measure_alone(*chosen.alone)
        return
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), make_form()
        (folder / "form.docx").write_bytes(data)
        source = make_folder(folder / "in", FORMS, data)
        ways = {f"{jobs} process{'es' if jobs > 1 else ''}": partial(collected, source, jobs) for jobs in (1, 2)}
        medians = alternate(ways, chosen.rounds)
        print(f"two processes that only count get {free_processors():.2f} times as much done as one")
        show(f"{FORMS} real forms", medians, "1 process", [("1 process", "2 processes", 1.5)])
        small, large = (measured(folder, number) for number in SIZES)
    print(f"\n{SIZES[0]:,} and {SIZES[1]:,} files: the collecting process alone")
    for number, found in zip(SIZES, (small, large), strict=True):
        print(f"  {number:>7,}  {found['seconds']:8.1f} s  peak {found['megabytes']:7.1f} MB")
    for what, aim in (("megabytes", 1.25), ("seconds", 12.0)):
        ratio = large[what] / small[what]
        print(f"  {'met   ' if ratio <= aim else 'MISSED'} {what}: ratio {ratio:.2f}, aim at most {aim:.2f}")


if __name__ == "__main__":
    main()
