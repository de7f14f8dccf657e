"""Read a folder of filled forms on a cluster, with the same function as `collect`, into Parquet parts.

    python examples/dask_collect.py FOLDER INTO [--scheduler tcp://address:8786] [--files-a-part 500]

Without a scheduler it starts a cluster on this machine. Every worker must see FOLDER and INTO under the same paths.
Each part is written whole by the worker that read its files, so nothing but small numbers goes through the scheduler:

    INTO/answers-000000-0001.parquet    a row for each answer: see docs/scale.md
    INTO/files-000000-0001.parquet      a row for each file, whether it could be read or not

Needs `pip install "procurement-equality[parquet]" "dask[distributed]"`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from distributed import Client, LocalCluster, as_completed

from procurement_equality.answers.collecting.file_record import record_with_manifest
from procurement_equality.answers.collecting.inbox import Item, items
from procurement_equality.exchange.answer_columns import ANSWER_TYPES, FILE_TYPES, answer_columns, file_columns
from procurement_equality.exchange.parquet import write_parquet


def write_part(number: int, batch: tuple[Item, ...], into: str) -> dict[str, int]:
    """Read some files, write what they held, and count the outcomes. Runs on a worker."""
    read = [record_with_manifest(Path(item.path), item.file) for item in batch]
    answers = (
        row
        for record, manifest in read
        if record.response is not None and manifest is not None
        for row in answer_columns(record.response, manifest)
    )
    folder = Path(into)
    write_parquet(folder, ANSWER_TYPES, answers, f"answers-{number:06}")
    write_parquet(folder, FILE_TYPES, (file_columns(record) for record, _ in read), f"files-{number:06}")
    outcomes: dict[str, int] = {}
    for record, _ in read:
        outcomes[record.outcome] = outcomes.get(record.outcome, 0) + 1
    return outcomes


def batches(found: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Give the files in batches."""
    waiting = iter(found)
    return iter(lambda: tuple(islice(waiting, size)), ())


def collect_with(client: Client, folder: Path, into: Path, files_a_part: int = 500) -> dict[str, int]:
    """Read every file below `folder` on the cluster; at most a few parts a worker are under way at a time."""
    into.mkdir(parents=True, exist_ok=True)
    parts = enumerate(batches(items(folder, into), files_a_part))
    ahead = 2 * sum(client.nthreads().values())
    waiting = as_completed(client.submit(write_part, *part, str(into), pure=False) for part in islice(parts, ahead))
    outcomes: dict[str, int] = {}
    for done in waiting:
        for outcome, number in done.result().items():
            outcomes[outcome] = outcomes.get(outcome, 0) + number
        for part in islice(parts, 1):
            waiting.add(client.submit(write_part, *part, str(into), pure=False))
    return outcomes


def main() -> None:
    """Read the command line, run, and say what came of the files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("into", type=Path)
    parser.add_argument("--scheduler", help="address of a scheduler; without one, a cluster on this machine")
    parser.add_argument("--files-a-part", type=int, default=500)
    chosen = parser.parse_args()
    if chosen.scheduler:
        with Client(chosen.scheduler) as client:
            outcomes = collect_with(client, chosen.folder, chosen.into, chosen.files_a_part)
    else:
        with LocalCluster(threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
            outcomes = collect_with(client, chosen.folder, chosen.into, chosen.files_a_part)
    print(f"{sum(outcomes.values())} files: {outcomes}")


if __name__ == "__main__":
    main()
