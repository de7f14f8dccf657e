"""Reading many files at once: in this process where they are few, else in a pool of processes, in chunks.

Results come in the order of the files. What is under way is bounded, so that memory does not depend on their number.
A process that dies costs no file but the one that it died of.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from procurement_equality.answers.collecting.file_record import FileRecord, record_with_manifest, refused
from procurement_equality.answers.collecting.inbox import Item, member_bytes
from procurement_equality.answers.manifest import Manifest
from procurement_equality.findings import FormError

FEW = 16
"""So few files are read in this process: starting others would take longer."""

_CHUNK = 16
_AHEAD = 3
"""Chunks under way for each process."""


class Read(NamedTuple):
    """What became of a file: its record as a line of JSON, and its form's manifest where it is new to the process."""

    line: bytes
    manifest: Manifest | None = None


Recorder = Callable[[Path | bytes, str, Mapping[str, Manifest], int | None], tuple[FileRecord, Manifest | None]]
"""What reads one file: source, name, known manifests by digest, and time of change (of bytes)."""


@dataclass(slots=True)
class _Process:
    """What a process keeps between files: how they are read, the manifests it was given, and those it has met."""

    recorder: Recorder = record_with_manifest
    manifests: Mapping[str, Manifest] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


_process = _Process()


def processors() -> int:
    """Give the number of processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def read_all(
    items: Iterable[Item],
    manifests: Mapping[str, Manifest],
    jobs: int,
    recorder: Recorder = record_with_manifest,
) -> Iterator[Read]:
    """Read every item, in their order, with `jobs` processes. `recorder` must be importable by name."""
    waiting = iter(items)
    first = list(islice(waiting, FEW + 1))
    if jobs == 1 or len(first) <= FEW:
        _start(recorder, manifests, in_pool=False)
        yield from map(_read, chain(first, waiting))
        return
    everything = chain(first, waiting)
    chunks = iter(lambda: tuple(islice(everything, _CHUNK)), ())
    left: list[Item] | None = None
    while left is None or left:
        left = yield from _in_pool(chunks, manifests, jobs, recorder)
        yield from _one_by_one(left, manifests, recorder)


def _in_pool(
    chunks: Iterator[tuple[Item, ...]], manifests: Mapping[str, Manifest], jobs: int, recorder: Recorder
) -> Generator[Read, None, list[Item]]:
    """Read chunks until there are no more, or until a process dies; then return what was under way."""
    under_way: deque[tuple[tuple[Item, ...], Future[list[Read]] | None]] = deque()
    pool = _pool(jobs, manifests, recorder)
    try:
        under_way.extend((chunk, _submitted(pool, chunk)) for chunk in islice(chunks, jobs * _AHEAD))
        while under_way:
            future = under_way[0][1]
            done = future.result() if future is not None else None
            if done is None:
                break
            under_way.popleft()
            yield from done
            under_way.extend((chunk, _submitted(pool, chunk)) for chunk in islice(chunks, 1))
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(cancel_futures=True)
    return [item for chunk, _ in under_way for item in chunk]


def _one_by_one(items: Iterable[Item], manifests: Mapping[str, Manifest], recorder: Recorder) -> Iterator[Read]:
    """Read files that may have cost a process its life, so that the others are read all the same."""
    pool: ProcessPoolExecutor | None = None
    try:
        for item in items:
            pool = pool or _pool(1, manifests, recorder)
            future = _submitted(pool, (item,))
            if future is None:  # the process was ended while it had nothing to do
                pool.shutdown()
                pool = _pool(1, manifests, recorder)
                future = _submitted(pool, (item,))
            try:
                (read,) = future.result() if future is not None else [_died(item)]
            except BrokenProcessPool:
                pool.shutdown()
                pool, read = None, _died(item)
            yield read
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _died(item: Item) -> Read:
    return _as_read(refused(item.file, "collect.reader-died", item.size, item.modified))


def _pool(jobs: int, manifests: Mapping[str, Manifest], recorder: Recorder) -> ProcessPoolExecutor:
    """Start processes afresh (`spawn`): a copy of this one could hold a lock that nobody opens."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), _start, (recorder, manifests, True))


def _submitted(pool: ProcessPoolExecutor, chunk: tuple[Item, ...]) -> Future[list[Read]] | None:
    try:
        with _deaf_children():
            return pool.submit(_read_chunk, chunk)
    except BrokenProcessPool:
        return None


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that are started here not hear Ctrl-C, from their first moment: who collects hears it for all."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(recorder: Recorder, manifests: Mapping[str, Manifest], in_pool: bool) -> None:
    """Make this process ready to read."""
    if in_pool:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who collects hears it, and tells the others
    _process.recorder, _process.manifests, _process.seen = recorder, manifests, set()


def _read_chunk(chunk: tuple[Item, ...]) -> list[Read]:
    return [_read(item) for item in chunk]


def _read(item: Item) -> Read:
    """Read one file, in a folder or in a zip file."""
    if item.problem is not None:
        return _as_read(refused(item.file, item.problem.code, item.size, item.modified, **item.problem.data))
    source: Path | bytes = Path(item.path)
    if item.member is not None:
        try:
            source = member_bytes(item)
        except FormError as error:
            data = {key: str(value) for key, value in error.findings[0].data.items()}
            return _as_read(refused(item.file, error.findings[0].code, item.size, item.modified, **data))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _as_read(refused(item.file, "file.unreadable", item.size, item.modified, reason=reason))
    return _as_read(*_process.recorder(source, item.file, _process.manifests, item.modified))


def _as_read(record: FileRecord, manifest: Manifest | None = None) -> Read:
    """Give a record as a line; the manifest goes with it the first time that this process meets it."""
    new = manifest is not None and manifest.digest not in _process.seen
    if manifest is not None:
        _process.seen.add(manifest.digest)
    return Read(record.model_dump_json(exclude_defaults=True).encode() + b"\n", manifest if new else None)
