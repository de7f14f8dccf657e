"""Responses from an earlier time, to fill new forms with: what `collect` has written, or one response as JSON."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from procurement_equality.answers.earlier import Carry, Earlier
from procurement_equality.answers.manifest import Manifest
from procurement_equality.answers.response import Answer, Response, Value
from procurement_equality.exchange.sending_log import MANIFESTS
from procurement_equality.findings import Finding, FormError, OutputError

RESPONSES = "responses.jsonl"
_MOST_IN_A_LINE = 50_000_000


def read_earlier(path: Path, carry: Carry = "lasting") -> Mapping[str, Earlier]:
    """Read the folder of a collection, its `responses.jsonl`, or a response as JSON: by the supplier's key.

    Of a collection, the responses that count are read, with what persons have decided; of several from one supplier
    the latest is taken. A response from no known supplier has the key "". Raises `OutputError` where the file cannot be
    read, and `FormError` with every line that is no response.
    """
    path = path / RESPONSES if path.is_dir() else path
    found: dict[str, Response] = {}
    damaged = []
    for number, line in _lines(path):
        try:
            response = _response(line)
        except (ValidationError, ValueError, TypeError, AttributeError, RecursionError):
            damaged.append(Finding("form.not-a-response", str(path), number))
            continue
        if response is not None:
            key = response.respondent.key or ""
            found[key] = max(found.get(key, response), response, key=_day)
    if damaged:
        raise FormError(damaged)
    return {key: Earlier(response, carry, _manifest(path.parent, response)) for key, response in found.items()}


def _lines(path: Path) -> Iterator[tuple[int | None, bytes]]:
    """Give each line of JSON Lines, or a file of JSON as a whole."""
    try:
        with path.open("rb") as stream:
            if path.suffix.casefold() != ".jsonl":
                yield None, stream.read(_MOST_IN_A_LINE)
                return
            number = 0
            while line := stream.readline(_MOST_IN_A_LINE):
                number += 1
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        raise OutputError([Finding("file.missing", str(path))]) from None
    except OSError as error:
        raise OutputError([Finding("file.unreadable", str(path), data={"reason": str(error.strerror)})]) from None


def _response(line: bytes) -> Response | None:
    """Read a response, or a line of `responses.jsonl`; None for one that does not count. Raises ValueError."""
    read: dict[str, Any] = json.loads(line)
    if "response" not in read:
        return Response.model_validate_json(line)
    if read.get("standing", "counts") != "counts":
        return None
    response = Response.model_validate_json(json.dumps(read["response"]))
    decided: Mapping[str, Value] = read.get("decided") or {}
    answers = tuple(_decided(answer, decided) for answer in response.answers)
    return response.model_copy(update={"answers": answers})


def _decided(answer: Answer, decided: Mapping[str, Value]) -> Answer:
    if answer.question not in decided:
        return answer
    value = decided[answer.question]
    return answer.model_copy(update={"value": value, "status": "empty" if value is None else "ok"})


def _day(response: Response) -> tuple[datetime.date, str]:
    saved = response.saved
    day = response.respondent.date or (saved.date() if saved else datetime.date.min)
    return day, saved.isoformat() if saved else ""


def _manifest(folder: Path, response: Response) -> Manifest | None:
    """Give the manifest of a response's form, where it lies beside."""
    try:
        read = Manifest.model_validate_json((folder / MANIFESTS / f"{response.manifest_digest}.json").read_bytes())
    except (OSError, ValueError):
        return None
    return read if read.digest == response.manifest_digest else None
