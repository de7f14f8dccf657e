"""Finding requirements in paragraphs: ours, BM25 (bm25s) and token sets (rapidfuzz), on paragraphs written for it.

`scan/paragraphs.yaml` has the paragraphs. Every method's threshold is the one that is best on the tuning half; figures
are those of the held-out half. A paragraph counts as found only where the method names a right requirement. Rivals tell
what is contained from what is not; only ours tells near from contained.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from procurement_equality import Catalogue
from procurement_equality.catalogue.search import stem
from procurement_equality.catalogue.strict_yaml import read_file
from procurement_equality.catalogue.wording import words
from procurement_equality.checks.matching import Matcher, features

PARAGRAPHS = Path(__file__).parent / "scan" / "paragraphs.yaml"
WORDS_A_PAGE = 350

Told = tuple[str, str]
"""What a method says of a paragraph: `contains`, `near` or `none`, and the requirement."""
Best = Callable[[str], tuple[str, float]]
"""Gives the best requirement and a score."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A paragraph with its right answer."""

    text: str
    expect: str
    ids: tuple[str, ...]


class Figures(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def read(part: str) -> list[Judged]:
    """Read `tuning` or `held_out`."""
    file, findings = read_file(PARAGRAPHS)
    assert file is not None, findings
    rows: Any = file.value
    return [Judged(each["text"], each["expect"], tuple(each.get("ids", ()))) for each in rows[part]]


def figures(told: Sequence[Told], judged: Sequence[Judged], kind: str) -> Figures:
    """Give the figures for one kind: right where the kind and the requirement are."""
    right = sum(
        said == kind == each.expect and identifier in each.ids
        for (said, identifier), each in zip(told, judged, strict=True)
    )
    named, wanted = sum(said == kind for said, _ in told), sum(each.expect == kind for each in judged)
    precision, recall = right / named if named else 1.0, right / wanted
    return Figures(precision, recall, 2 * right / (named + wanted))


def ours(catalogue: Catalogue, judged: Sequence[Judged]) -> list[Told]:
    """Say what `scan` says."""
    found = Matcher(catalogue).match([each.text for each in judged])
    return [("none", "") if f is None else ("near" if f.is_near else "contains", f.requirement.id) for f in found]


def _told(best: Best, threshold: float, judged: Sequence[Judged]) -> list[Told]:
    found = [best(each.text) for each in judged]
    return [("contains", name) if score >= threshold else ("none", "") for name, score in found]


def rival(best: Best, tuning: Sequence[Judged], judged: Sequence[Judged]) -> list[Told]:
    """Say what a rival says, with the threshold that is best for it on the tuning half."""
    scores = sorted({best(each.text)[1] for each in tuning})
    threshold = max(scores, key=lambda score: figures(_told(best, score, tuning), tuning, "contains").f1)
    return _told(best, threshold, judged)


def _clauses(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [
        (r.id, f"{v.text.sv} {r.title.sv} {r.title.sv}") for r in catalogue.requirements.values() for v in r.variants
    ]


def bm25(catalogue: Catalogue, split: Callable[[str], list[str]]) -> Best:
    """Make BM25 over the clauses ready; a score is divided by the root of the paragraph's length."""
    import bm25s

    clauses = _clauses(catalogue)
    index = bm25s.BM25()
    index.index([split(text) for _, text in clauses], show_progress=False)

    def best(text: str) -> tuple[str, float]:
        asked = [each for each in split(text) if each in index.vocab_dict]
        if not asked:
            return "", 0.0
        scores = index.get_scores(asked)
        return clauses[int(scores.argmax())][0], float(scores.max()) / math.sqrt(len(asked))

    return best


def token_sets(catalogue: Catalogue) -> Best:
    """Make rapidfuzz's likeness of token sets, of stems, ready."""
    from rapidfuzz import fuzz, process

    clauses = [(name, " ".join(_stems(text))) for name, text in _clauses(catalogue)]

    def best(text: str) -> tuple[str, float]:
        _, score, at = process.extractOne(" ".join(_stems(text)), [c for _, c in clauses], scorer=fuzz.token_set_ratio)
        return clauses[at][0], score

    return best


def _stems(text: str) -> list[str]:
    return [stem(word, "sv") for word in words(text)]


def main() -> None:
    """Print the figures of each method on the held-out half, and the time a page takes."""
    catalogue = Catalogue.load()
    tuning, held_out = read("tuning"), read("held_out")
    told = ours(catalogue, held_out)
    print(f"{len(tuning)} paragraphs to tune by, {len(held_out)} held out")
    for kind in ("contains", "near"):
        print("  ours, {}: precision {:.2f}, recall {:.2f}, F1 {:.2f}".format(kind, *figures(told, held_out, kind)))
    split = partial(features, language="sv")
    for name, best in (
        ("bm25s, stems and runs of letters", bm25(catalogue, split)),
        ("bm25s, stems", bm25(catalogue, _stems)),
        ("rapidfuzz, token sets of stems", token_sets(catalogue)),
    ):
        got = figures(rival(best, tuning, held_out), held_out, "contains")
        print("  {}, contains: precision {:.2f}, recall {:.2f}, F1 {:.2f}".format(name, *got))
    _time(catalogue, [each.text for each in (*tuning, *held_out)])


def _time(catalogue: Catalogue, texts: list[str]) -> None:
    began = time.perf_counter()
    matcher = Matcher(catalogue)
    ready = time.perf_counter()
    many = texts * 10
    matcher.match(many)
    pages = sum(len(words(text)) for text in many) / WORDS_A_PAGE
    print(f"  made ready in {ready - began:.2f} s; {1000 * (time.perf_counter() - ready) / pages:.1f} ms a page")


if __name__ == "__main__":
    main()
