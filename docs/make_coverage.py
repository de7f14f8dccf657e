"""Make docs/catalogue-coverage.md: what the catalogue covers, and where each row of its inventory went.

python docs/make_coverage.py            writes the page
python docs/make_coverage.py --check    exits 1 if the page is not what would be written
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from procurement_equality import Catalogue, Requirement
from procurement_equality.catalogue.requirement import Ground, Level
from procurement_equality.catalogue.strict_yaml import read_file

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "catalogue-coverage.md"
FILES = "../requirements_catalog/requirements"
WIDTH = 120
STATISTICS = tuple(f"T{number}" for number in range(1, 13))
ARTICLES = range(1, 31)
SECTORS_WIDE = 8  # sectors side by side in one table
KINDS = {
    "exclusion-ground": "exclusion",
    "reserved-participation": "reserved",
    "selection-criterion": "selection",
    "technical-specification": "specification",
    "award-criterion": "award",
    "contract-performance-condition": "condition",
}
GROUPS = {
    "aa": "Active measures and their organisation",
    "lo": "Pay",
    "tr": "Harassment",
    "re": "Recruitment",
    "ut": "Training",
    "av": "Working conditions",
    "be": "Treatment",
    "va": "The individual's choice",
    "sp": "Languages",
    "ko": "Communication",
    "mi": "National minorities",
    "ti": "Accessibility",
    "fn": "Disability",
    "ba": "Children",
    "hb": "LGBTQI",
    "st": "Statistics",
    "kl": "Complaints",
    "ul": "Subcontractors",
    "int": "Supply chains",
    "or": "Governance",
    "ug": "Exclusion",
    "sa": "Remedies, and guarding",
    "kv": "Competence",
    "tk": "Added value",
    "pr": "Products",
    "by": "Construction",
    "tp": "Transport",
    "ma": "Meals",
    "ai": "AI",
}

Test = Callable[[Requirement], bool]


class Row(NamedTuple):
    """A row of the inventory: its support, what it says, the requirements that carry it, and a note."""

    id: str
    support: str
    what: str
    requirements: tuple[str, ...]
    note: str


def main() -> None:
    """Write the page, or with --check say whether it is what would be written."""
    catalogue = Catalogue.load()
    page = coverage(catalogue, inventory(catalogue))
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page else 1)
    if sys.argv[1:]:
        sys.exit("the only option is --check")
    PAGE.write_text(page, encoding="utf-8", newline="\n")


def inventory(catalogue: Catalogue) -> tuple[Row, ...]:
    """Read docs/inventory.yaml; stop where its form is wrong or it names what is not there."""
    file, findings = read_file(DOCS / "inventory.yaml", "inventory.yaml")
    if file is None:
        sys.exit("\n".join(f"{finding.code}, line {finding.line}" for finding in findings))
    if not isinstance(file.value, dict):
        sys.exit("the inventory is not a mapping")
    rows, wrong = [], []
    for identifier, entry in file.value.items():
        named = entry.get("requirements") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(named, tuple) or not {"support", "what"} <= entry.keys():
            wrong.append(f"{identifier}: has not support, what and requirements")
            continue
        if strange := sorted(entry.keys() - {"support", "what", "requirements", "note"}):
            wrong.append(f"{identifier}: has {', '.join(strange)}")
        requirements = tuple(map(str, named))
        row = Row(identifier, str(entry["support"]), str(entry["what"]), requirements, str(entry.get("note", "")))
        rows.append(row)
        if row.support not in ("A", "B", "C"):
            wrong.append(f"{identifier}: support is not A, B or C")
        if identifier.split("-")[0] not in GROUPS:
            wrong.append(f"{identifier}: is in no group")
        if not row.requirements and not row.note:
            wrong.append(f"{identifier}: is left out without a note")
        wrong += [f"{identifier}: {name} is not there" for name in requirements if name not in catalogue.requirements]
        wrong += [f"{identifier}: names a requirement twice"] * (len(set(requirements)) < len(requirements))
    if wrong:
        sys.exit("\n".join(wrong))
    return tuple(rows)


def coverage(catalogue: Catalogue, rows: Sequence[Row]) -> str:
    """Give the page."""
    parts = [*_head(catalogue, rows), *_topics(catalogue), *_sectors(catalogue), *_statistics(catalogue)]
    parts += [*_charter_and_grounds(catalogue), *_inventory(rows), *_moves(rows), *_drafts(catalogue)]
    parts += _beyond(catalogue, rows)
    text = "\n\n".join(parts)
    links = [
        f"[{requirement.id}]: {FILES}/{requirement.topic}/{requirement.id}.yaml"
        for requirement in catalogue.requirements.values()
        if f"[{requirement.id}]" in text
    ]
    return f"{text}\n\n" + "\n".join(links) + "\n"


def _head(catalogue: Catalogue, rows: Sequence[Row]) -> list[str]:
    requirements = catalogue.requirements.values()
    drafts = sum(requirement.status == "draft" for requirement in requirements)
    carried = sum(bool(row.requirements) for row in rows)
    return [
        "# What the catalogue covers",
        _prose(
            f"Version {catalogue.head.version} has {len(requirements)} requirements in {len(catalogue.head.topics)} "
            f"topics. {drafts} of them are drafts, which stay out of documents unless they are asked for. An inventory "
            f"of {len(rows)} rows was the beginning, and {carried} of these are carried by a requirement."
        ),
        _prose(
            "The page shows how the requirements are spread, where each row of the inventory went, and what was added "
            "beyond it. It is made from the catalogue and from [inventory.yaml](inventory.yaml) by "
            "[make_coverage.py](make_coverage.py); run the program again after a change, and do not edit the page."
        ),
        _prose("A requirement counts once for each kind that it has a text for. Zero is written –."),
    ]


def _topics(catalogue: Catalogue) -> list[str]:
    topics = {topic: _with_topic(topic) for topic in catalogue.head.topics}
    sectors = {sector: _naming(sector) for sector in catalogue.head.sectors}
    by_status = {status: _with_status(status) for status in ("active", "draft", "withdrawn")}
    names = list(sectors)
    pieces = [names[start : start + SECTORS_WIDE] for start in range(0, len(names), SECTORS_WIDE)]
    return [
        "## Topics",
        "### Topic and kind",
        _counts(catalogue, "topic", topics, _kinds()),
        "### Topic and level",
        _counts(catalogue, "topic", topics, _levels()),
        "### Topic and status",
        _counts(catalogue, "topic", topics, by_status),
        "### Topic and sector",
        _prose(
            "“all” is a requirement that names no sector and fits everywhere. It may still be limited to certain acts "
            "or CPV codes. A requirement that names several sectors counts in each of them."
        ),
        *(
            _counts(catalogue, "topic", topics, {"all": _fits_all, **{name: sectors[name] for name in piece}})
            for piece in pieces
        ),
    ]


def _sectors(catalogue: Catalogue) -> list[str]:
    sectors: dict[str, Test] = {sector: _naming(sector) for sector in catalogue.head.sectors}
    lines = {**sectors, "all": _fits_all}
    everywhere = sum(map(_fits_all, catalogue.requirements.values()))
    return [
        "## Sectors",
        _prose(
            f"The columns count the requirements that name the sector. {everywhere} requirements name no sector and "
            "fit everywhere: they are the row “all”, and the column “fit all” of every sector."
        ),
        "### Sector and kind",
        _counts(catalogue, "sector", lines, _kinds(), everywhere=everywhere),
        "### Sector and level",
        _counts(catalogue, "sector", lines, _levels(), everywhere=everywhere),
    ]


def _statistics(catalogue: Catalogue) -> list[str]:
    lines = []
    for statistic in STATISTICS:
        tables = {table.id: table.title["en"] for table in catalogue.tables.values() if table.statistic == statistic}
        users = [
            requirement.id
            for requirement in catalogue.requirements.values()
            if any(question.table in tables for question in requirement.questions)
        ]
        lines.append((statistic, "; ".join(tables.values()) or "–", _links(users)))
    return [
        "## Statistics by sex",
        _prose(
            "The twelve statistics, the tables that suppliers fill in for them, and the requirements that use these."
        ),
        _table(("statistic", "tables", "requirements"), lines),
    ]


def _charter_and_grounds(catalogue: Catalogue) -> list[str]:
    requirements = catalogue.requirements.values()
    articles = [
        (str(article), _number(sum(article in requirement.charter_articles.articles for requirement in requirements)))
        for article in ARTICLES
    ]
    grounds = [
        (
            catalogue.head.grounds[ground]["en"],
            _number(sum(ground in requirement.grounds for requirement in requirements)),
        )
        for ground in get_args(Ground)
    ]
    none = sum(not requirement.grounds for requirement in requirements)
    return [
        "## Articles of the charter",
        _prose(
            "The European Charter for Equality of Women and Men in Local Life, in the version of "
            f"{catalogue.head.charter_version}. A requirement counts for each article that it names."
        ),
        _table(("article", "requirements"), articles, numbers=(0, 1)),
        "## Grounds of discrimination",
        _prose("A requirement counts for each ground that it protects."),
        _table(("ground", "requirements"), [*grounds, ("none of its own", _number(none))], numbers=(1,)),
    ]


def _inventory(rows: Sequence[Row]) -> list[str]:
    support = {letter: sum(row.support == letter for row in rows) for letter in "ABC"}
    parts = [
        "## The inventory, row by row",
        _prose(
            f"Support A is a practice or recommendation that was seen ({support['A']} rows), B a statutory duty made "
            f"into a requirement ({support['B']}), C a derivation of our own ({support['C']}). A note that begins with "
            "“In part” says first what of the row no requirement carries."
        ),
    ]
    for group, title in GROUPS.items():
        lines = [
            (row.id, row.support, row.what, _links(row.requirements), row.note)
            for row in rows
            if row.id.split("-")[0] == group
        ]
        if lines:
            parts += [f"### {title}", _table(("row", "support", "what", "requirements", "note"), lines)]
    return parts


def _moves(rows: Sequence[Row]) -> list[str]:
    carried: dict[str, list[str]] = {}
    for row in rows:
        for requirement in row.requirements:
            carried.setdefault(requirement, []).append(row.id)
    merged = [
        f"[{requirement}] carries {', '.join(ids)}" for requirement, ids in sorted(carried.items()) if len(ids) > 1
    ]
    split = [f"{row.id}: {_links(row.requirements)}" for row in rows if len(row.requirements) > 1]
    partly = [f"{row.id}: {_links(row.requirements)}" for row in rows if row.note.startswith("In part")]
    left_out = [f"{row.id}: {row.note}" for row in rows if not row.requirements]
    return [
        "## Merged, split, carried in part and left out",
        f"### Several rows in one requirement ({len(merged)})",
        _list(merged),
        f"### One row in several requirements ({len(split)})",
        _list(split),
        f"### Rows carried in part ({len(partly)})",
        _list(partly),
        f"### Rows left out ({len(left_out)})",
        _list(left_out),
    ]


def _drafts(catalogue: Catalogue) -> list[str]:
    drafts = [requirement for requirement in catalogue.requirements.values() if requirement.status == "draft"]
    lines = [
        f"[{draft.id}] {draft.title['en']}. {draft.review['en'] if draft.review else ''}".rstrip() for draft in drafts
    ]
    return [f"## Drafts, and what a lawyer must look at ({len(drafts)})", _list(lines)]


def _beyond(catalogue: Catalogue, rows: Sequence[Row]) -> list[str]:
    carrying = {requirement for row in rows for requirement in row.requirements}
    beyond = [requirement for requirement in catalogue.requirements.values() if requirement.id not in carrying]
    lines = [
        (
            f"[{requirement.id}]",
            requirement.title["en"],
            requirement.level,
            requirement.status,
            ", ".join(requirement.legal_basis) or "–",
        )
        for requirement in beyond
    ]
    return [
        f"## Beyond the inventory ({len(beyond)})",
        _prose("Requirements that carry no row. Without a statute they rest on the sources that their files name."),
        _table(("requirement", "title", "level", "status", "statute"), lines),
    ]


def _counts(
    catalogue: Catalogue,
    heading: str,
    lines: Mapping[str, Test],
    columns: Mapping[str, Test],
    everywhere: int | None = None,
) -> str:
    """Count the requirements that pass both a line's test and a column's, with the line's own number first."""
    requirements = tuple(catalogue.requirements.values())
    head = [heading, "number", *columns]
    made = [
        [name, *_line([requirement for requirement in requirements if test(requirement)], columns)]
        for name, test in lines.items()
    ]
    if everywhere is None:
        made.append(["together", *_line(requirements, columns)])
    else:
        head.append("fit all")
        made = [[*line, "–" if line[0] == "all" else _number(everywhere)] for line in made]
    return _table(head, made, numbers=range(1, len(head)))


def _line(requirements: Collection[Requirement], columns: Mapping[str, Test]) -> list[str]:
    return [_number(len(requirements)), *(_number(sum(map(test, requirements))) for test in columns.values())]


def _kinds() -> dict[str, Test]:
    return {short: _of_kind(kind) for kind, short in KINDS.items()}


def _levels() -> dict[str, Test]:
    return {level: _of_level(level) for level in get_args(Level)}


def _of_kind(kind: str) -> Test:
    return lambda requirement: any(variant.kind == kind for variant in requirement.variants)


def _of_level(level: str) -> Test:
    return lambda requirement: requirement.level == level


def _with_topic(topic: str) -> Test:
    return lambda requirement: requirement.topic == topic


def _with_status(status: str) -> Test:
    return lambda requirement: requirement.status == status


def _naming(sector: str) -> Test:
    return lambda requirement: sector in requirement.applies.sectors


def _fits_all(requirement: Requirement) -> bool:
    return not requirement.applies.sectors


def _number(count: int) -> str:
    return str(count) if count else "–"


def _links(identifiers: Iterable[str]) -> str:
    return ", ".join(f"[{identifier}]" for identifier in identifiers) or "–"


def _prose(text: str, first: str = "", then: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )


def _list(items: Sequence[str]) -> str:
    return "\n".join(_prose(item, "* ", "  ") for item in items) or "None."


def _table(head: Sequence[str], lines: Iterable[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """Give a table whose columns, but the last, are as wide as their longest cell; `numbers` stand to the right."""
    cells = [list(head), *([cell.replace("|", "\\|") for cell in line] for line in lines)]
    widths = [max(3, *(len(line[column]) for line in cells)) for column in range(len(head))]
    last = len(head) - 1
    made = [
        "| "
        + " | ".join(
            cell.rjust(widths[column])
            if column in numbers
            else (cell if column == last else cell.ljust(widths[column]))
            for column, cell in enumerate(line)
        )
        + " |"
        for line in cells
    ]
    rules = [
        "-" * (widths[column] + 1) + ":" if column in numbers else "-" * ((3 if column == last else widths[column]) + 2)
        for column in range(len(head))
    ]
    return "\n".join([made[0], f"|{'|'.join(rules)}|", *made[1:]])


if __name__ == "__main__":
    main()
