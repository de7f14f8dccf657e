"""Fill Word forms through LibreOffice's own API: `python3 libreoffice_fill.py jobs.json`, by a Python that has `uno`.

`jobs.json` is `{"command": [soffice, options…], "jobs": [{"source", "answers", "outputs", "type"}]}`:

* `source`: path of a form as Word file, made by this project;
* `answers`: tag to text, or to true and false for a checkbox; a drop-down's text is one of its list's;
* `outputs`: path to the way there, such as `["docx"]`, `["doc", "docx"]`, `["docx", "docx"]` (saved, opened, saved);
* `type`: tag to text that is typed through the frame first, to learn what protection lets through.

Prints `{"version", "start", "jobs": [{"seconds", "protected", "typed": {tag: bool}, "label_typed"}]}` as JSON. One
LibreOffice serves every job. Needs nothing but the standard library and `uno`.

The work is done inside LibreOffice, by this same file loaded as its component: a call through the pipe costs about a
millisecond, and a form needs thousands.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import traceback
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import uno
import unohelper
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.task import XJob

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8", "doc": "MS Word 97", "rtf": "Rich Text Format"}
START_SECONDS = 60
ON, OFF = "\u2612", "\u2610"


class Place(NamedTuple):
    """Where a field stands in the Word file: LibreOffice 7.4 knows no tags."""

    kind: str
    """`text`, `choice`, `date` or `checkbox`."""
    alias: str
    bookmark: str
    """The bookmark of the row's label cell."""
    column: int


def places(path: Path) -> dict[str, Place]:
    """Give the place of every field of a form, by its tag."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own form
    found = {}
    for row in root.iter(f"{W}tr"):
        mark = row.find(f".//{W}bookmarkStart")
        for column, cell in enumerate(row.findall(f"{W}tc")):
            for control in cell.iter(f"{W}sdt"):
                properties = control.find(f"{W}sdtPr")
                if properties is None or mark is None:
                    raise ValueError(f"{path}: a row of the form has a field and no bookmark")
                name = str(mark.get(f"{W}name"))
                found[_value(properties, "tag")] = Place(_kind(properties), _value(properties, "alias"), name, column)
    return found


def _value(properties: ElementTree.Element, name: str) -> str:
    element = properties.find(f"{W}{name}")
    return "" if element is None else str(element.get(f"{W}val"))


def _kind(properties: ElementTree.Element) -> str:
    marks = {f"{W}dropDownList": "choice", f"{W}date": "date", f"{W14}checkbox": "checkbox"}
    return next((kind for mark, kind in marks.items() if properties.find(mark) is not None), "text")


class Process:
    """One LibreOffice, reached through a pipe."""

    def __init__(self, command: list[str]) -> None:
        pipe = f"forms{uuid.uuid4().hex}"
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [*command, "--nologo", f"--accept=pipe,name={pipe};urp"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._context = self._connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.start = time.perf_counter() - began

    def _connect(self, address: str) -> Any:  # noqa: ANN401 - UNO has no types
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(START_SECONDS * 10):
            try:
                return resolver.resolve(address)
            except uno.getClass("com.sun.star.connection.NoConnectException"):
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
        self._process.kill()
        raise SystemExit("LibreOffice did not start")

    def run(self, jobs: str) -> str:
        """Do the jobs inside LibreOffice; both are JSON."""
        loader = self._context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", self._context)
        factory = loader.activate(COMPONENT, "", Path(__file__).resolve().as_uri(), None)
        worker = factory.createInstanceWithContext(self._context)
        return str(worker.execute((NamedValue("jobs", jobs),)))

    def close(self) -> None:
        """End the process."""
        desktop = self._context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self._context)
        try:
            desktop.terminate()
            self._process.wait(20)
        except Exception:
            self._process.kill()


class Office:
    """LibreOffice seen from inside."""

    def __init__(self, context: Any) -> None:  # noqa: ANN401
        self._context = context
        self._desktop = self._service("com.sun.star.frame.Desktop")
        self._dispatcher = self._service("com.sun.star.frame.DispatchHelper")

    def _service(self, name: str) -> Any:  # noqa: ANN401
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    @property
    def version(self) -> str:
        """Give LibreOffice's version."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        node = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", (_option("nodepath", "/org.openoffice.Setup/Product"),)
        )
        return str(node.getByName("ooSetupVersionAboutBox"))

    def open(self, path: Path) -> Any:  # noqa: ANN401
        """Open a document, without a window."""
        document = self._desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (_option("Hidden", True),))
        if document is None:
            raise ValueError(f"LibreOffice does not open {path}")
        return document

    def type(self, document: Any, text: str) -> None:  # noqa: ANN401
        """Type where the cursor stands, as the keyboard does: through the frame, past no protection."""
        frame = document.CurrentController.Frame
        self._dispatcher.executeDispatch(frame, ".uno:InsertText", "", 0, (_option("Text", text),))


def _option(name: str, value: object) -> Any:  # noqa: ANN401
    option = PropertyValue()
    option.Name, option.Value = name, value
    return option


def text_fields(document: Any) -> dict[str, list[Any]]:  # noqa: ANN401
    """Give the input fields that LibreOffice 7.4 makes of plain-text controls, by their title."""
    found: dict[str, list[Any]] = {}
    fields = document.TextFields.createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        bag = {item.Name: item.Value for item in getattr(field, "InteropGrabBag", ())}
        if "ooxml:CT_SdtPr_alias" in bag:
            found.setdefault(bag["ooxml:CT_SdtPr_alias"], []).append(field)
    return found


def _portions(text: Any) -> Iterable[Any]:  # noqa: ANN401
    paragraphs = text.createEnumeration()
    while paragraphs.hasMoreElements():
        portions = paragraphs.nextElement().createEnumeration()
        while portions.hasMoreElements():
            yield portions.nextElement()


def _cell(document: Any, place: Place) -> Any:  # noqa: ANN401
    label = document.Bookmarks.getByName(place.bookmark).Anchor
    return label.TextTable.getCellByName(f"{chr(65 + place.column)}{label.Cell.CellName[1:]}")


def content_control(document: Any, place: Place) -> tuple[Any, Any]:  # noqa: ANN401
    """Give the cell and the content control, found by the bookmark of its row."""
    cell = _cell(document, place)
    for portion in _portions(cell):
        if portion.TextPortionType == "ContentControl":
            return cell, portion.ContentControl
    raise ValueError(f"no content control beside {place.bookmark}")


def replace_content(cell: Any, control: Any, text: str) -> None:  # noqa: ANN401
    """Put text inside a control and take the old away.

    In this order: a control's own `setString` adds in 7.4, and what replaces a control's whole text lands behind it.
    """
    old = len(_inside(control).String)
    control.setString(text)
    cursor = cell.createTextCursorByRange(_inside(control).End)
    cursor.goLeft(old, True)
    cursor.setString("")


def _inside(control: Any) -> Any:  # noqa: ANN401
    return control.createEnumeration().nextElement()


def fill(document: Any, answers: Mapping[str, str | bool], known: Mapping[str, Place]) -> None:  # noqa: ANN401
    """Give every answer to its field; the layout waits until all are there."""
    document.lockControllers()
    fields = text_fields(document)
    for tag, answer in answers.items():
        place = known[tag]
        if place.kind == "text":
            (field,) = fields[place.alias]
            field.Content = answer
        else:
            _fill_control(*content_control(document, place), place.kind, answer)
    document.unlockControllers()


def _fill_control(cell: Any, control: Any, kind: str, answer: str | bool) -> None:  # noqa: ANN401
    if kind == "checkbox":
        replace_content(cell, control, ON if answer else OFF)
        control.Checked = bool(answer)
        return
    if kind == "choice" and answer not in {item[0].Value for item in control.ListItems}:
        raise ValueError(f"{answer!r} is not in the list")
    replace_content(cell, control, str(answer))
    control.ShowingPlaceHolder = False
    if kind == "date":
        control.CurrentDate = f"{answer}T00:00:00Z"


def try_typing(office: Office, document: Any, texts: Mapping[str, str], known: Mapping[str, Place]) -> dict[str, bool]:  # noqa: ANN401
    """Type into fields through the frame; say of each whether anything in its cell changed."""
    changed = {}
    for tag, text in texts.items():
        cell = _cell(document, known[tag])
        before = cell.String
        start = next(p for p in _portions(cell) if p.TextPortionType in ("ContentControl", "TextField")).Start
        document.CurrentController.ViewCursor.gotoRange(start, False)
        office.type(document, text)
        changed[tag] = cell.String != before
    return changed


def label_typed(office: Office, document: Any, place: Place) -> bool:  # noqa: ANN401
    """Type into a label; say whether it changed."""
    label = document.Bookmarks.getByName(place.bookmark).Anchor
    before = label.Cell.String
    document.CurrentController.ViewCursor.gotoRange(label.Start, False)
    office.type(document, "typed")
    return bool(label.Cell.String != before)


def save(office: Office, document: Any, outputs: Mapping[str, list[str]], folder: Path) -> None:  # noqa: ANN401
    """Save along each way; a way that begins like another shares its files."""
    made: dict[tuple[str, ...], Path] = {}
    for target, way in sorted(outputs.items(), key=lambda item: len(item[1])):
        for step in range(1, len(way) + 1):
            done = tuple(way[:step])
            if done in made and step < len(way):
                continue
            path = Path(target) if step == len(way) else folder / f"{'-'.join(done)}.{done[-1]}"
            opened = document if step == 1 else office.open(made[done[:-1]])
            opened.storeToURL(path.as_uri(), (_option("FilterName", FILTERS[done[-1]]),))
            if step > 1:
                opened.close(True)
            made[done] = path


def run(office: Office, job: Mapping[str, Any]) -> dict[str, Any]:
    """Do one job."""
    began = time.perf_counter()
    source = Path(job["source"])
    known = places(source)
    document = office.open(source)
    protected = any(section.IsProtected for section in _all(document.TextSections))
    typed = try_typing(office, document, job.get("type", {}), known)
    first = next((known[tag] for tag in job.get("type", {})), None)
    labelled = first is not None and label_typed(office, document, first)
    fill(document, job["answers"], known)
    with tempfile.TemporaryDirectory() as folder:
        save(office, document, job["outputs"], Path(folder))
    document.close(True)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "protected": protected, "typed": typed, "label_typed": labelled}


def _all(index: Any) -> Iterable[Any]:  # noqa: ANN401
    return (index.getByIndex(number) for number in range(index.Count))


class Worker(unohelper.Base, XJob):  # type: ignore[misc]
    """The part that lives inside LibreOffice."""

    def __init__(self, context: Any) -> None:  # noqa: ANN401
        self._office = Office(context)

    def execute(self, arguments: Any) -> str:  # noqa: ANN401
        """Do the jobs; a failure is given back as text, since LibreOffice would lose where it happened."""
        try:
            done = [run(self._office, job) for job in json.loads(arguments[0].Value)]
            return json.dumps({"version": self._office.version, "jobs": done})
        except Exception:
            return json.dumps({"failure": traceback.format_exc()})


COMPONENT = "org.example.procurement_equality.Worker"
g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that the loader looks for
g_ImplementationHelper.addImplementation(Worker, COMPONENT, ("com.sun.star.task.Job",))


def main() -> None:
    """Do the jobs of the file that is named, and print what happened."""
    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    process = Process(task["command"])
    try:
        result = json.loads(process.run(json.dumps(task["jobs"])))
    finally:
        process.close()
    if "failure" in result:
        raise SystemExit(result["failure"])
    sys.stdout.write(json.dumps({"start": process.start, **result}))


if __name__ == "__main__":
    main()
