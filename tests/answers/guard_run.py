"""Open every kind of hostile file, each in a process of its own with limits, and print what came of it as JSON lines.

A line has the name, the code that was wanted, the codes that came, and the peak of memory in kilobytes above the start.
"""

from __future__ import annotations

import json
import os
import resource
import sys

import hostile

from procurement_equality.answers.guard.package import open_package
from procurement_equality.findings import FormError

SECONDS = 10
ADDRESS_SPACE = 1_000_000_000


def main() -> None:
    """Run every kind."""
    for name, data, wanted in hostile.kinds():
        child = os.fork()
        if child == 0:
            say(name, wanted, *measured(data, name))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            say(name, wanted, [f"ended with {status}"])


def say(name: str, wanted: str, codes: list[str], kilobytes: int = 0, milliseconds: int = 0) -> None:
    """Print one line."""
    line = {"name": name, "wanted": wanted, "codes": codes, "kilobytes": kilobytes, "milliseconds": milliseconds}
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def measured(data: bytes, name: str) -> tuple[list[str], int, int]:
    """Open a file within the limits; give the codes, the kilobytes above the start, and the processor's time in ms."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    codes = opened(data, name)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return codes, used.ru_maxrss - before, round(1000 * (used.ru_utime + used.ru_stime))


def opened(data: bytes, name: str) -> list[str]:
    """Open a file, parse its main part, and give the codes of what was found."""
    try:
        package = open_package(data, name)
        package.tree(package.main)
    except FormError as error:
        return [finding.code for finding in error.findings]
    except BaseException as error:
        return [repr(error)]
    return [finding.code for finding in package.warnings]


if __name__ == "__main__":
    main()
