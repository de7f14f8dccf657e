"""Parquet parts, for DuckDB, Polars, pandas and Dask: columns with types, rows in order. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from procurement_equality.exchange.cells import Cell
from procurement_equality.findings import Finding, OutputError

ROWS_A_PART = 500_000
_BATCH = 10_000


def check_parquet() -> None:
    """Say beforehand whether Parquet can be written. Raises `OutputError`."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        data = {"what": "Parquet", "extra": "parquet"}
        raise OutputError([Finding("use.missing-extra", data=data)]) from None


def write_parquet(folder: Path, types: Mapping[str, str], rows: Iterable[Sequence[Cell]], stem: str = "answers") -> int:
    """Write rows to `folder/answers-0001.parquet` and so on, and give the number of parts.

    `types` are the columns with `string`, `float64`, `int64`, `bool` or `date32`. Raises `OutputError` and OSError.
    """
    check_parquet()
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, _type(pyarrow, kind)) for name, kind in types.items()])
    waiting, part = iter(rows), 0
    while (batch := list(islice(waiting, _BATCH))) or part == 0:
        part += 1
        with parquet.ParquetWriter(folder / f"{stem}-{part:04}.parquet", schema, compression="zstd") as writer:
            written = 0
            for chunk in _batches(batch, waiting):
                arrays = [list(column) for column in zip(*chunk, strict=True)] or [[] for _ in types]
                writer.write_table(
                    pyarrow.Table.from_arrays(
                        [pyarrow.array(a, t.type) for a, t in zip(arrays, schema, strict=True)], schema=schema
                    )
                )
                written += len(chunk)
                if written >= ROWS_A_PART:
                    break
    return part


def _batches(first: list[Sequence[Cell]], waiting: Iterator[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    yield first
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _type(pyarrow: Any, kind: str) -> Any:  # noqa: ANN401 - pyarrow has no types of its own
    return getattr(pyarrow, kind)()
