"""Reading filled forms: this package against python-docx and against the floor, in one run.

The same for all: the bytes of a form in which every field is filled in. Not the same: ours checks the file as one from
a stranger, finds the form's manifest, tells every answer's status and value, and looks for text that belongs to no
answer; python-docx opens the file and gives the text of every control; the floor inflates `word/document.xml` and
parses it, and asks it nothing. All give their trees back before the clock stops.

The files: a form of at most 60 fields and the forms of two examples, each as this package writes it, as Word saves it
and as LibreOffice does (where there is `soffice`). "As Word saves it" is a package with the parts that Word adds: the
styles, theme, settings and document properties of python-docx's default template. Its 164 styles are as many as Word
has when all are in use; a file from Word often has fewer, and then python-docx is faster than here.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import docx
from lxml import etree
from rounds import alternate, rounds_from_command_line, show

from procurement_equality import Catalogue, Procurement, Selection, compose, select
from procurement_equality.answers.manifest import FormField
from procurement_equality.answers.reading import read_form
from procurement_equality.answers.response import Value

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MOST_FIELDS = 60
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ADDED = {
    "word/theme/theme1.xml": "theme",
    "word/webSettings.xml": "webSettings",
    "docProps/app.xml": "extended-properties",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MEMORY = "--memory-of"


# --- the forms --------------------------------------------------------------------------------------------------


def selection_of(example: str) -> Selection:
    """Give the selection of an example."""
    procurement = Procurement.load(EXAMPLES / f"{example}.yaml")
    return select(Catalogue.load(overlays=procurement.overlay_folders), procurement)


def small(selection: Selection) -> Selection:
    """Give a selection with as many of the clauses, in their order, as fit in a form of 60 fields."""
    fitting = selection.model_copy(update={"clauses": ()})
    for clause in selection.clauses:
        more = selection.model_copy(update={"clauses": (*fitting.clauses, clause)})
        manifest = compose(more, "self-assessment").manifest
        if manifest is not None and len(manifest.fields) <= MOST_FIELDS:
            fitting = more
    return fitting


def filled(selection: Selection) -> tuple[bytes, int]:
    """Give the selection's form with every field filled in, and the number of fields."""
    manifest = compose(selection, "self-assessment").manifest
    assert manifest is not None
    values = {name: _answer(field, number) for number, (name, field) in enumerate(manifest.fields.items())}
    document = compose(selection, "self-assessment", values={**values, "LEV.org_number": "559900-1111"})
    return document.to_docx(), len(manifest.fields)


def _answer(field: FormField, number: int) -> Value:
    if field.options:
        return list(field.options)[number % len(field.options)]
    if field.type in ("declaration", "checkbox"):
        return True
    if field.type == "date":
        return "2026-05-17"
    if field.type in ("number", "per-cent", "kronor"):
        return number % 100
    return f"Svar nummer {number}: rutinen beslutades i mars och finns hos verksamhetschefen."


def as_word_saves_it(data: bytes) -> bytes:
    """Give the form with the parts that Word adds, from python-docx's default template."""
    template = Path(docx.__file__).parent / "templates" / "default.docx"
    with zipfile.ZipFile(template) as words, zipfile.ZipFile(io.BytesIO(data)) as form:
        parts = {name: form.read(name) for name in form.namelist()}
        own = ("word/styles.xml", "word/settings.xml", "word/fontTable.xml", *_ADDED)
        parts |= {name: words.read(name) for name in own}
        types = etree.fromstring(parts["[Content_Types].xml"])
        known = etree.fromstring(words.read("[Content_Types].xml"))
    types.extend([each for each in known if each.get("PartName", "").removeprefix("/") in _ADDED])
    parts["[Content_Types].xml"] = etree.tostring(types)
    for name, kind in _ADDED.items():
        at = "_rels/.rels" if name.startswith("docProps/") else "word/_rels/document.xml.rels"
        relationships = etree.fromstring(parts[at])
        new = etree.SubElement(relationships, f"{{{relationships.nsmap[None]}}}Relationship")
        target = name.removeprefix("word/")
        new.attrib.update({"Id": f"rIdAdded{kind}", "Type": f"{_RELATIONSHIPS}{kind}", "Target": target})
        parts[at] = etree.tostring(relationships)
    return _packed(parts)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def as_libreoffice_saves_it(data: bytes) -> bytes | None:
    """Give the form opened and saved by LibreOffice, or None where there is none."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        source, into = Path(name) / "form.docx", Path(name) / "saved"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(name) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(into), str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return (into / "form.docx").read_bytes()


def forms() -> Iterator[tuple[str, bytes]]:
    """Give every form with what it is called."""
    for selection in (small(selection_of("direktupphandling-utbildning")), *map(selection_of, _EXAMPLES)):
        data, fields = filled(selection)
        saved = {"own": data, "Word": as_word_saves_it(data), "LibreOffice": as_libreoffice_saves_it(data)}
        for program, file in saved.items():
            if file is None:
                print("There is no soffice: nothing saved by LibreOffice is measured.")
                continue
            yield f"{fields} fields, {program}, {len(file) // 1000} kB", file


_EXAMPLES = ("stadtjanst-lou", "hemtjanst-lov")


# --- the ways ---------------------------------------------------------------------------------------------------


def ours(data: bytes) -> int:
    """Read the form; give the number of answers that need no look."""
    return sum(not answer.needs_a_person for answer in read_form(data, name="form.docx").answers)


def python_docx(data: bytes) -> int:
    """Open the form with python-docx; give the number of controls that have text."""
    body = docx.Document(io.BytesIO(data)).element.body
    return sum(bool("".join(text.text or "" for text in control.iter(f"{_W}t"))) for control in body.xpath(".//w:sdt"))


def floor(data: bytes) -> str:
    """Inflate and parse the main part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return str(etree.fromstring(package.read("word/document.xml")).tag)


WAYS: Mapping[str, Callable[[bytes], object]] = {"ours": ours, "python-docx": python_docx, "floor": floor}


def show_memory(data: bytes) -> None:
    """Print how far each way raises the peak of a new process, everything imported."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        path.write_bytes(data)
        for name in WAYS:
            command = [sys.executable, __file__, _MEMORY, name, str(path)]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            print(f"  {name:<12} peak memory + {int(output) / 1024:6.1f} MB")


def memory_of(name: str, path: str) -> None:
    """Print by how many kilobytes reading a file raises the peak of this process."""
    data = Path(path).read_bytes()
    before = _peak()
    WAYS[name](data)
    print(_peak() - before)


def _peak() -> int:
    """Give the peak of this process's memory in kilobytes; what `getrusage` says would be its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Measure every form in turn."""
    if _MEMORY in sys.argv:
        memory_of(*sys.argv[-2:])
        return
    rounds = rounds_from_command_line(__doc__, 15)
    for title, data in forms():
        assert ours(data) <= python_docx(data), "python-docx sees every answer"
        medians = alternate({name: partial(way, data) for name, way in WAYS.items()}, rounds)
        show(title, medians, "floor", [("python-docx", "ours", 4)])
        over = medians["ours"] / medians["floor"]
        print(f"  {'met   ' if over <= 2.5 else 'MISSED'} ours / floor = {over:.2f}, aim at most 2.50")
        if Path("/proc/self/status").exists():
            show_memory(data)


if __name__ == "__main__":
    main()
