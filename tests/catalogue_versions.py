"""Versions of small catalogues of our own: requirements as plain values, edited, as snapshots and as folders."""

from __future__ import annotations

import copy
import datetime
import re
import shutil
from pathlib import Path
from typing import Any, Final

import yaml

from conftest import ROOT
from procurement_equality.catalogue.snapshot import Snapshot, Tree

BUNDLED: Final = ROOT / "requirements_catalog"
CONDITION: Final = (
    "Leverantören ska senast {{ months }} efter avtalsstart ge den personal som utför kontraktet en utbildning om "
    "aktiva åtgärder. Den ska omfatta minst 2 timmar och varje år följas upp av beställaren."
)

_BASE: Final[Tree] = {
    "id": "LON-90",
    "title": {"sv": "Utbildning om likabehandling", "en": "Training in equal treatment"},
    "topic": "pay",
    "grounds": ["sex", "age"],
    "charter_articles": {"version": 2006, "articles": [10, 11]},
    "level": "basic",
    "status": "active",
    "since": "0.1.0",
    "last_verified": "2026-01-15",
    "rationale": {"sv": "Kunskap minskar risken för trakasserier.", "en": "Knowledge lowers the risk of harassment."},
    "applies": {"regimes": ["LOU"], "sectors": ["cleaning"], "cpv": ["909"]},
    "parameters": {
        "months": {
            "type": "integer", "unit": "months", "default": 6, "min": 1, "max": 24,
            "label": {"sv": "Tid till utbildningen", "en": "Time until the training"},
        },
    },
    "variants": [
        {
            "kind": "contract-performance-condition",
            "text": {
                "sv": CONDITION,
                "en": "Within {{ months }} of the start the supplier shall train the staff for at least 2 hours.",
            },
        },
        {
            "kind": "award-criterion",
            "text": {
                "sv": "Anbud får poäng för utbildning inom {{ months }}.",
                "en": "Tenders get points for training within {{ months }}.",
            },
            "scale": [
                {"points": 0, "description": {"sv": "Ingen plan.", "en": "No plan."}},
                {"points": 5, "description": {"sv": "Plan med datum.", "en": "A plan with dates."}},
            ],
        },
    ],
    "legal_basis": ["DL 3:13"],
    "evidence": {
        "sv": "Intyg med datum.", "en": "A certificate with a date.",
        "small_supplier": {"sv": "Formuläret räcker.", "en": "The form is enough."},
    },
    "follow_up": {
        "method": "declaration",
        "when": {"months_after_start": "months", "then_every_months": 12},
        "indicator": {"sv": "Andel som deltagit.", "en": "Share that took part."},
        "responsible": "contract-manager",
        "consequence": {"ladder": "standard"},
    },
    "questions": [
        {"key": "trained", "type": "yes-no", "text": {"sv": "Är personalen utbildad?", "en": "Is the staff trained?"}},
        {"key": "date", "type": "date", "text": {"sv": "När hölls den?", "en": "When was it held?"}},
    ],
    "conflicts": [
        {"goal": "privacy", "balancing": {"sv": "Inga namn begärs.", "en": "No names are asked for."}},
    ],
    "sources": ["dl-2008-567"],
}  # fmt: skip


def requirement(identifier: str = "LON-90", **fields: object) -> Tree:
    """Give a requirement as its file says it, with some fields of its own; a field that is None is left out."""
    made = copy.deepcopy(_BASE) | {"id": identifier} | fields
    return {key: value for key, value in made.items() if value is not None}


def edited(tree: Tree, *path: str | int, to: object) -> Tree:
    """Give a copy in which the value at `path` is another; None takes it away."""
    made = copy.deepcopy(tree)
    holder: Any = made
    for part in path[:-1]:
        holder = holder[part]
    if to is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = to
    return made


def declared(tree: Tree, effect: str, computed: str | None = None, date: str = "2026-02-01") -> Tree:
    """Give a copy with one more entry under `changes`."""
    entry = {"date": date, "effect": effect, "reason": {"sv": f"Skäl {date}.", "en": f"Reason {date}."}}
    if computed is not None:
        entry["computed"] = computed
    return tree | {"changes": [*tree.get("changes", []), entry]}


def snapshot(*trees: Tree, version: str = "0.1.0", name: str = "small") -> Snapshot:
    """Give a version that holds these requirements."""
    return Snapshot(id=name, version=version, origin=f"{name}-{version}", requirements={t["id"]: t for t in trees})


def write_folder(folder: Path, *trees: Tree, version: str = "0.1.0") -> Path:
    """Write a folder with just what a version needs: the head's id and version, and the requirements."""
    shutil.rmtree(folder / "requirements", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "catalogue.yaml").write_text(f"id: small\nversion: {version}\n", encoding="utf-8")
    return _write_requirements(folder, trees)


def write_catalogue(folder: Path, *trees: Tree, version: str = "0.1.0") -> Path:
    """Write a folder that can be loaded: the bundled law, tables and head, and these requirements."""
    for name in ("law", "tables"):
        shutil.copytree(BUNDLED / name, folder / name)
    shutil.copy(BUNDLED / "lint.yaml", folder)
    head = (BUNDLED / "catalogue.yaml").read_text(encoding="utf-8")
    head = re.sub(r"(?m)^version: .*$", f"version: {version}", head, count=1)
    (folder / "catalogue.yaml").write_text(head, encoding="utf-8")
    return _write_requirements(folder, trees)


def _write_requirements(folder: Path, trees: tuple[Tree, ...]) -> Path:
    for tree in trees:
        path = folder / "requirements" / tree["topic"] / f"{tree['id']}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(_dated(tree), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def _dated(value: Any) -> Any:  # noqa: ANN401 - whatever a file holds
    """Give a value with dates where a file has them."""
    if isinstance(value, dict):
        days = ("date", "last_verified")
        return {
            key: datetime.date.fromisoformat(item) if key in days and isinstance(item, str) else _dated(item)
            for key, item in value.items()
        }
    return [_dated(item) for item in value] if isinstance(value, list) else value
