"""Alternating rounds: every way once, then every way again, so that a slow moment of the machine strikes all."""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

Ways = Mapping[str, Callable[[], object]]


def alternate(ways: Ways, rounds: int) -> dict[str, float]:
    """Give the median time of each way in seconds. One round of all, not counted, comes first."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            gc.collect()  # nobody pays for what the way before left behind
            start = time.perf_counter()
            made = way()
            taken = time.perf_counter() - start
            del made
            if number:
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def show(title: str, medians: Mapping[str, float], base: str, aims: Sequence[tuple[str, str, float]] = ()) -> None:
    """Print each median with its ratio to `base`, then each aim: (slower, faster, ratio that is at least wanted)."""
    print(f"\n{title}")
    width = max(map(len, medians))
    for name, median in medians.items():
        print(f"  {name:<{width}}  {median * 1000:10.1f} ms  {median / medians[base]:8.2f}")
    for slower, faster, wanted in aims:
        reached = medians[slower] / medians[faster]
        print(f"  {'met   ' if reached >= wanted else 'MISSED'} {slower} / {faster} = {reached:.2f}, aim {wanted:.2f}")


def rounds_from_command_line(description: str | None, default: int) -> int:
    """Read `--rounds` from the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=default, help=f"rounds of each way (default {default})")
    rounds: int = parser.parse_args().rounds
    return rounds
