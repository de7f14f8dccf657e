"""Writing 120 requirements to .docx: this package against python-docx, docxtpl and the floor, in one run.

What is the same: every heading, paragraph, list item and table cell is taken from our own finished document, in the
same order, so all ways write the same text. What is not: only ours has links, form fields, numbering, contents list,
document properties and a look of its own (the rivals use python-docx's default template and its styles), and only
ours starts from clauses. The rivals get the text ready-made, as flat lists, and in the form they write the words
of an empty field where ours puts a field. Everything is written to memory.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import docx
from docx.table import Table
from docxtpl import DocxTemplate
from lxml import etree
from rounds import alternate, rounds_from_command_line, show

from procurement_equality import Catalogue, Document, Procurement, Selection, compose, select

NUMBER = 120
_EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "hemtjanst-lov.yaml"
_SPACE = re.compile(r"\s+")
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document as the rivals get it: a heading, a paragraph of a style, or a table."""

    kind: str
    """A heading's level, a paragraph's style, or a table's number of columns."""
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def large_selection() -> Selection:
    """Give the home-care example's selection with its clauses repeated to 120, each with an id of its own."""
    selection = select(Catalogue.load(), Procurement.load(_EXAMPLE))
    clauses = [
        clause.model_copy(update={"requirement": clause.requirement.model_copy(update={"id": f"MANY-{number:03}"})})
        for number, clause in enumerate(islice(cycle(selection.clauses), NUMBER))
    ]
    kinds = list(dict.fromkeys(clause.kind for clause in selection.clauses))
    clauses.sort(key=lambda clause: kinds.index(clause.kind))
    return selection.model_copy(update={"clauses": tuple(clauses)})


# --- the same content for everyone ---------------------------------------------------------------------------


def blocks_of(document: Document) -> list[Block]:
    """Flatten a document of ours to the blocks that the rivals write."""
    body = document.tree.find("body")
    assert body is not None
    labels = document.labels
    fields = {"select": labels["choose"], "date": labels["pick_date"], "number": labels["number_here"], "checkbox": "☐"}
    for element in body.iter("input", "select", "textarea"):
        for child in list(element):
            element.remove(child)
        kind = element.get("type") if element.tag == "input" else element.tag
        element.text = fields.get(str(kind), labels["write_here"])
    blocks: list[Block] = []
    for element in body:
        _add(element, blocks)
    return blocks


def _add(element: etree._Element, blocks: list[Block]) -> None:
    tag = str(element.tag)
    if tag in _HEADINGS:
        blocks.append(Block(f"heading {_HEADINGS[tag]}", _text(element)))
    elif tag in _LISTS:
        blocks.extend(Block(_LISTS[tag], _text(item)) for item in element.iter("li"))
    elif tag == "table":
        blocks.extend(Block("Caption", _text(caption)) for caption in element.iter("caption"))
        rows = tuple(tuple(_text(cell) for cell in row) for row in element.iter("tr"))
        blocks.append(Block(f"table {len(rows[0])}", "", rows))
    elif tag == "p":
        blocks.append(Block("Normal", _text(element)))
    elif tag in ("section", "header", "footer"):
        for child in element:
            _add(child, blocks)


def _text(element: etree._Element) -> str:
    return _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip()


# --- the ways --------------------------------------------------------------------------------------------------


def ours(selection: Selection, template: str) -> bytes:
    """Compose and write, from clauses to a package."""
    return compose(selection, template).to_docx()


def ours_cold(selection: Selection, template: str) -> bytes:
    """Compose and write as the first document of a process does: nothing is remembered of earlier ones."""
    forget(selection)
    return ours(selection, template)


def forget(selection: Selection) -> None:
    """Empty every cache of the document modules, and what selection and catalogue remember of themselves."""
    from procurement_equality.catalogue import citation
    from procurement_equality.documents import commonmark, templates, views

    for module in (citation, commonmark, templates, views):
        for value in list(vars(module).values()):
            clear = getattr(value, "cache_clear", None)
            if clear is not None and not isinstance(value, type):
                clear()
    for model in (selection, selection.catalogue):
        model.__dict__.pop("digest", None)
    selection.catalogue._cited.clear()


def python_docx_manual(blocks: list[Block]) -> bytes:
    """Write with python-docx as its manual shows it: style names, and `table.cell(row, column).text`."""

    def fill(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text

    return _python_docx(blocks, fill)


def python_docx_rows(blocks: list[Block]) -> bytes:
    """Write with python-docx by someone who knows that `table.rows` is the fast way through a table."""

    def fill(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
        for table_row, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(table_row.cells, row, strict=True):
                cell.text = text

    return _python_docx(blocks, fill)


def _python_docx(blocks: list[Block], fill: Callable[[Table, tuple[tuple[str, ...], ...]], None]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if block.kind.startswith("heading"):
            document.add_heading(block.text, int(block.kind[8:]))
        elif block.kind.startswith("table"):
            fill(document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Light List"), block.rows)
        else:
            document.add_paragraph(block.text, style=block.kind)
    return _saved(document.save)


def make_template(blocks: list[Block], path: Path) -> None:
    """Write docxtpl's template: one loop over the blocks, and in it one branch for each kind of block."""
    counted: dict[str, int] = {}
    for block in blocks:
        counted[block.kind] = counted.get(block.kind, 0) + 1
    document = docx.Document()
    document.add_paragraph("{%p for block in blocks %}")
    for number, kind in enumerate(sorted(counted, key=lambda kind: -counted[kind])):  # the commonest first
        document.add_paragraph(f"{{%p {'elif' if number else 'if'} block.kind == '{kind}' %}}")
        if kind.startswith("heading"):
            document.add_heading("{{ block.text }}", int(kind[8:]))
        elif kind.startswith("table"):
            columns = int(kind[6:])
            table = document.add_table(rows=3, cols=columns, style="Light List")
            table.cell(0, 0).text = "{%tr for row in block.rows %}"
            for column in range(columns):
                table.cell(1, column).text = f"{{{{ row[{column}] }}}}"
            table.cell(2, 0).text = "{%tr endfor %}"
        else:
            document.add_paragraph("{{ block.text }}", style=kind)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.save(str(path))


def docxtpl_loops(blocks: list[Block], path: Path) -> bytes:
    """Render docxtpl's template, with escaping on since the texts hold `&`."""
    template = DocxTemplate(str(path))
    template.render({"blocks": blocks}, autoescape=True)
    return _saved(template.save)


def floor(parts: dict[str, bytes]) -> bytes:
    """Deflate and write the finished bytes of our parts: no way that makes this document can be faster."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


# --- the run ---------------------------------------------------------------------------------------------------


def check_same_text(blocks: list[Block], written: dict[str, bytes]) -> None:
    """Make sure that every way wrote every text, in the same order."""
    expected = [
        text for block in blocks for text in (block.text, *(cell for row in block.rows for cell in row)) if text
    ]
    for name, data in written.items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        texts = [_text(p) for p in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")]
        assert [text for text in texts if text] == expected, name


def main() -> None:
    """Measure the tender section and the self-assessment form."""
    rounds = rounds_from_command_line(__doc__, 7)
    selection = large_selection()
    for template in ("tender-section", "self-assessment"):
        data = ours(selection, template)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        blocks = blocks_of(compose(selection, template))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.docx"
            make_template(blocks, path)
            ways: dict[str, Callable[[], bytes]] = {
                "floor": partial(floor, parts),
                "ours": partial(ours, selection, template),
                "ours, first document": partial(ours_cold, selection, template),
                "docxtpl": partial(docxtpl_loops, blocks, path),
                "python-docx, table.rows": partial(python_docx_rows, blocks),
                "python-docx, manual": partial(python_docx_manual, blocks),
            }
            check_same_text(blocks, {name: way() for name, way in ways.items() if name[0] in "dp"})
            medians = alternate(ways, rounds)
        cells = sum(len(row) for block in blocks for row in block.rows)
        size = len(parts["word/document.xml"]) // 1000
        show(
            f"{template}: {NUMBER} requirements, {len(blocks)} blocks, {cells} cells, document.xml {size} kB",
            medians,
            "floor",
            [("python-docx, manual", "ours", 20), ("docxtpl", "ours", 2.5), ("floor", "ours", 1 / 5)],
        )


if __name__ == "__main__":
    main()
