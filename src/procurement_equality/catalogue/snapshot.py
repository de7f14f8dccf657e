"""A catalogue's requirements as they were written at some point: in a folder, a git revision, or a release.

They are kept as plain values and not as models, so that a version from before a change of the models can be read.
"""

from __future__ import annotations

import datetime
import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from procurement_equality.catalogue.strict_yaml import MAX_BYTES, read, read_text
from procurement_equality.catalogue.text import Model
from procurement_equality.findings import CatalogueError, Finding
from procurement_equality.resources import bundled

_MOST_FILES = 20_000
_SECONDS = 60
_RULES = ("shows", "limit")
"""What of a question says how the buyer reads its answers."""

Tree = dict[str, Any]
"""A requirement as its file says it: maps, lists, texts, numbers, and dates as texts."""


class Snapshot(Model):
    """The requirements of a catalogue and the tables that they ask for, by id, and where they were read."""

    id: str
    version: str
    origin: str
    requirements: Mapping[str, Tree]
    tables: Mapping[str, Tree] = {}


def take(what: str) -> Snapshot:
    """Read what a user names: a folder, a release's file or version (`0.1.0`), or `REVISION:folder` of a git history.

    Raises `CatalogueError` with every finding.
    """
    path = Path(what)
    released = bundled("requirements_catalog") / "releases" / f"{what}.json"
    try:
        if path.is_dir():
            return _of_files(what, _files_in(path))
        if path.suffix == ".json" and path.exists():
            return _of_release(path)
        if released.is_file():
            return _of_release(released)
    except OSError:  # a name that no file system holds
        raise _no_version(what) from None
    revision, colon, folder = what.partition(":")
    if colon and revision and not what.startswith("-"):
        return _of_files(what, _files_in_git(revision, folder, what))
    raise _no_version(what)


def _no_version(what: str) -> CatalogueError:
    return CatalogueError([Finding("file.no-version", what, data={"known": ", ".join(releases()) or "–"})])


def releases() -> list[str]:
    """Give the versions that come with this package, oldest first."""
    found = [path.stem for path in (bundled("requirements_catalog") / "releases").glob("*.json")]
    return sorted(found, key=lambda version: tuple(int(part) for part in version.split(".")))


def whole(snapshot: Snapshot, identifier: str, *, ruled: bool) -> Tree | None:
    """Give a requirement with the tables that its questions ask for, which suppliers see as part of it.

    What its answers show is left out unless `ruled`, and always a criterion's capacity: it demands nothing.
    """
    tree = snapshot.requirements.get(identifier)
    if tree is None:
        return None
    tables = [str(question.get("table")) for question in _questions(tree)]
    asked_for = {name: snapshot.tables[name] for name in tables if name in snapshot.tables}
    made = {**tree, "variants": _demanding(tree), "tables": asked_for}
    return made if ruled else {**made, "questions": [asked(question) for question in _questions(tree)]}


def has_rules(snapshot: Snapshot) -> bool:
    """Say whether any question of a version says what its answers show."""
    return any(asked(question) != question for tree in snapshot.requirements.values() for question in _questions(tree))


def asked(question: Tree | None) -> Tree | None:
    """Give a question without what its answers show."""
    return question and {key: value for key, value in question.items() if key not in _RULES}


def _demanding(tree: Tree) -> list[Tree]:
    """Give the clauses without which capacity they concern."""
    variants = [variant for variant in tree.get("variants") or () if isinstance(variant, dict)]
    return [{key: value for key, value in variant.items() if key != "capacity"} for variant in variants]


def _questions(tree: Tree) -> list[Tree]:
    return [question for question in tree.get("questions") or () if isinstance(question, dict)]


def to_json(snapshot: Snapshot) -> str:
    """Write a snapshot as a release's file: one requirement a line, so that a comparison of two files can be read."""
    head = f'"id": {json.dumps(snapshot.id)},\n"version": {json.dumps(snapshot.version)},\n'
    parts = [f'"requirements": {_lines(snapshot.requirements)}', f'"tables": {_lines(snapshot.tables)}']
    return "{\n" + head + ",\n".join(parts) + "\n}\n"


def _lines(trees: Mapping[str, Tree]) -> str:
    lines = [
        f"{json.dumps(identifier)}: {json.dumps(tree, ensure_ascii=False, sort_keys=True)}"
        for identifier, tree in sorted(trees.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}"


def _of_release(path: Path) -> Snapshot:
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
        return Snapshot(origin=str(path), **made)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except (OSError, ValueError, TypeError, RecursionError) as error:
        problem = " ".join(str(error).split())[:200]
    raise CatalogueError([Finding("file.not-a-release", str(path), data={"problem": problem})])


def _of_files(origin: str, files: Iterator[tuple[str, str]]) -> Snapshot:
    """Read `catalogue.yaml`, the requirements and the tables among the files (name and text)."""
    head: Tree = {}
    requirements: dict[str, Tree] = {}
    tables: dict[str, Tree] = {}
    findings: list[Finding] = []
    for name, text in files:
        file, problems = read(text, f"{origin}/{name}")
        findings += problems
        if file is None or not isinstance(file.value, dict):
            continue
        tree = _plain(file.value)
        if name == "catalogue.yaml":
            head = tree
        elif name.startswith("tables/"):
            tables[str(tree.get("id"))] = tree
        elif isinstance(tree.get("id"), str):
            if tree["id"] in requirements:
                findings.append(file.finding("requirement.id-twice", ("id",), id=tree["id"], other="–"))
            requirements[tree["id"]] = tree
    if not head and not findings:
        findings.append(Finding("file.missing", f"{origin}/catalogue.yaml"))
    if findings:
        raise CatalogueError(findings)
    return Snapshot(
        id=str(head.get("id", "")),
        version=str(head.get("version", "")),
        origin=origin,
        requirements=requirements,
        tables=tables,
    )


def _files_in(folder: Path) -> Iterator[tuple[str, str]]:
    paths = (*sorted(folder.glob("requirements/*/*.yaml")), *sorted(folder.glob("tables/*.yaml")))
    for path in (folder / "catalogue.yaml", *paths):
        text, findings = read_text(path, str(path))
        if text is None:
            raise CatalogueError(findings)
        yield path.relative_to(folder).as_posix(), text


def _files_in_git(revision: str, folder: str, what: str) -> Iterator[tuple[str, str]]:
    """Give the files of a folder in a git revision, read from git's own archive without unpacking it."""
    git = shutil.which("git")
    if git is None:
        raise CatalogueError([Finding("file.no-git", what)])
    inside = "./" if folder in ("", ".") else folder if folder.startswith(("./", "../", "/")) else f"./{folder}"
    tree = _git(git, what, "rev-parse", "--verify", "--end-of-options", f"{revision}:{inside}").decode().strip()
    repository = _git(git, what, "rev-parse", "--absolute-git-dir").decode().strip()
    archive_bytes = _git(git, what, f"--git-dir={repository}", "archive", "--format=tar", tree)
    with tarfile.open(fileobj=io.BytesIO(archive_bytes)) as archive:
        for member in archive.getmembers()[:_MOST_FILES]:
            path = PurePosixPath(member.name)
            listed = path.parts[0] in ("requirements", "tables") and path.suffix == ".yaml"
            wanted = listed or member.name == "catalogue.yaml"
            if wanted and member.size > MAX_BYTES:
                data = {"limit": str(MAX_BYTES)}
                raise CatalogueError([Finding("file.too-large", f"{what}/{member.name}", data=data)])
            file = archive.extractfile(member) if wanted and member.isfile() else None
            if file is not None:
                yield member.name, file.read().decode(errors="replace")


def _git(git: str, what: str, *arguments: str) -> bytes:
    """Run git and give what it prints. Raises `CatalogueError` with git's own words."""
    try:
        done = subprocess.run([git, *arguments], capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 - no shell
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, ValueError) as error:
        problem = getattr(error, "stderr", b"") or str(error).encode()
        data = {"problem": problem.decode(errors="replace").strip()[:200]}
        raise CatalogueError([Finding("file.not-in-git", what, data=data)]) from None
    return done.stdout


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Give a value as JSON knows it: lists for tuples, texts for dates."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
