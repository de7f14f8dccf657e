"""The same function on a cluster: 2,000 files through Dask to Parquet parts that DuckDB queries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from incoming import NUMBERS, REQUIRED, form, lay

from conftest import ROOT
from procurement_equality.answers.collecting.file_record import record

pytest.importorskip("dask")
pytest.importorskip("distributed")
pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")


def test_two_thousand_files_on_a_local_cluster(tmp_path: Path) -> None:
    """Every file is a row, every answer is a row, and the values are those that `record` reads."""
    kinds = [form(f"Omsorg {n} AB", {**REQUIRED, "AKT-08.groups": str(n)}, NUMBERS[n]) for n in range(4)]
    files = {f"{n % 10}/{n:04}.docx": kinds[n % 4] for n in range(1_990)}
    source = lay(tmp_path / "in", {**files, **{f"{n}.pdf": b"%PDF-1.4" for n in range(10)}})
    command = [sys.executable, str(ROOT / "examples" / "dask_collect.py"), str(source), str(tmp_path / "ut")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2000 files: ")
    answers, every = (f"read_parquet('{tmp_path / 'ut'}/{stem}-*.parquet')" for stem in ("answers", "files"))
    with duckdb.connect() as base:
        outcomes = base.sql(f"select outcome, count(*) from {every} group by 1 order by 1").fetchall()  # noqa: S608 - our own paths
        assert outcomes == [("read", 1_990), ("refused", 10)]
        query = f"select number, count(*) from {answers} where question = 'AKT-08.groups' group by 1 order by 1"  # noqa: S608 - our own paths
        assert base.sql(query).fetchall() == [(0.0, 498), (1.0, 498), (2.0, 497), (3.0, 497)]
        asked = base.sql(f"select question, typed, status from {answers} where file = '3/0003.docx'").fetchall()  # noqa: S608 - our own paths
    read = record(kinds[3], "3/0003.docx").response
    assert read is not None
    assert sorted(asked) == sorted((answer.question, answer.typed, answer.status) for answer in read.answers)
