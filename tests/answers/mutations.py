"""What people do to a form: functions from a Word file's bytes to a Word file's bytes. Tags name the fields.

What programs do to it is in `program_mutations.py`.
"""

from __future__ import annotations

import copy
import re
import zlib
from collections.abc import Mapping, Sequence

from lxml import etree
from word_file import (
    OFF,
    ON,
    W14,
    Element,
    W,
    around,
    content_of,
    control_of,
    controls,
    edited,
    element,
    emptied,
    found_in,
    kind_of,
    parent_of,
    properties_of,
    run,
    tag_of,
    text_of,
    unwrapped,
)

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRACK = 'w:author="Leverantören" w:date="2026-02-03T10:00:00Z"'


def fill(data: bytes, answers: Mapping[str, str | bool]) -> bytes:
    """Fill fields as Word saves them: text, a drop-down's value or label, a date as it is typed, a checkbox's state.

    Raises KeyError for a tag or a choice that the form does not have.
    """

    def change(root: Element) -> None:
        found = {tag_of(control): control for control in controls(root)}
        for tag, answer in answers.items():
            _fill(found[tag], answer)

    return edited(data, change)


def _fill(control: Element, answer: str | bool) -> None:
    properties, kind = properties_of(control), kind_of(control)
    if kind == "checkbox":
        found_in(properties, f"{W14}checkbox/{W14}checked").set(f"{W14}val", "1" if answer else "0")
        found_in(control, f".//{W}t").text = ON if answer else OFF
        return
    text = str(answer)
    if kind == "choice":
        text = _label(properties, text)
    if kind == "date":
        date = found_in(properties, f"{W}date")
        if date.get(f"{W}fullDate") is not None:
            del date.attrib[f"{W}fullDate"]
        if _ISO.fullmatch(text):
            date.set(f"{W}fullDate", f"{text}T00:00:00Z")
    put(control, run(text))


def _label(properties: Element, choice: str) -> str:
    labels = {str(i.get(f"{W}value")): str(i.get(f"{W}displayText")) for i in properties.iter(f"{W}listItem")}
    return choice if choice in labels.values() else labels[choice]


def put(control: Element, *runs: Element) -> None:
    """Put runs in a control in place of what it holds; it shows no placeholder any more."""
    properties = properties_of(control)
    placeholder = properties.find(f"{W}showingPlcHdr")
    if placeholder is not None:
        properties.remove(placeholder)
    emptied(content_of(control)).extend(runs)


def free_text_in_dropdown(data: bytes, tag: str, text: str) -> bytes:
    """Put words in a drop-down that its list does not have."""
    return edited(data, lambda root: put(control_of(root, tag), run(text)))


def free_text_in_date(data: bytes, tag: str, text: str, full_date: str | None = None) -> bytes:
    """Put words in a date field; `full_date` is the date that the control itself keeps, which may disagree."""

    def change(root: Element) -> None:
        control = control_of(root, tag)
        put(control, run(text))
        date = found_in(properties_of(control), f"{W}date")
        if full_date is not None:
            date.set(f"{W}fullDate", f"{full_date}T00:00:00Z")

    return edited(data, change)


def checkbox_disagrees(data: bytes, tag: str, *, checked: bool) -> bytes:
    """Set a checkbox's state and leave the other state's sign on the page."""

    def change(root: Element) -> None:
        _fill(control_of(root, tag), checked)
        found_in(control_of(root, tag), f".//{W}t").text = OFF if checked else ON

    return edited(data, change)


def checkbox_overwritten(data: bytes, tag: str, text: str) -> bytes:
    """Write words such as "x" or "Ja" over a checkbox's sign; its state stays."""
    return edited(data, lambda root: put(control_of(root, tag), run(text)))


def placeholder_half_overwritten(data: bytes, tag: str, text: str, kept: int = 6) -> bytes:
    """Write over the beginning of a placeholder, whose last `kept` letters stay; it still counts as one."""

    def change(root: Element) -> None:
        words = found_in(content_of(control_of(root, tag)), f".//{W}t")
        words.text = text + str(words.text)[-kept:]
        if words.text != words.text.strip():
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    return edited(data, change)


def placeholder_kept_as_text(data: bytes, tag: str) -> bytes:
    """Leave the placeholder's words, but as ordinary text: nothing marks them as a placeholder."""
    return edited(data, lambda root: put(control_of(root, tag), run(text_of(content_of(control_of(root, tag))))))


def text_beside_control(
    data: bytes, tag: str, text: str, *, before: bool = False, own_paragraph: bool = False
) -> bytes:
    """Type in the answer's cell beside its control: behind or before it, or in a paragraph of its own."""

    def change(root: Element) -> None:
        control = control_of(root, tag)
        if own_paragraph:
            paragraph = etree.Element(f"{W}p")
            paragraph.append(run(text))
            beside(around(control, "p"), paragraph, before=before)
        else:
            beside(control, run(text), before=before)

    return edited(data, change)


def beside(place: Element, *added: Element, before: bool = False) -> None:
    """Put elements before or behind another."""
    parent = parent_of(place)
    index = parent.index(place) + (0 if before else 1)
    parent[index:index] = added


def control_deleted(data: bytes, tag: str, text: str | None = None) -> bytes:
    """Delete a control, and type `text` in its cell instead."""
    return edited(data, lambda root: unwrapped(control_of(root, tag), [run(text)] if text else []))


def cell_emptied(data: bytes, tag: str) -> bytes:
    """Delete a cell's whole content: the paragraph stays, as it must."""
    return edited(data, lambda root: _one_paragraph(around(control_of(root, tag), "tc")))


def _one_paragraph(cell: Element) -> None:
    for child in list(cell)[1:] if len(cell) and cell[0].tag == f"{W}tcPr" else list(cell):
        cell.remove(child)
    etree.SubElement(cell, f"{W}p")


def _row(root: Element, tag: str) -> Element:
    return around(control_of(root, tag), "tr")


def row_deleted(data: bytes, tag: str, *, tracked: bool = False) -> bytes:
    """Delete the row of a field; tracked, it is still there and marked as deleted."""

    def change(root: Element) -> None:
        row = _row(root, tag)
        if not tracked:
            parent_of(row).remove(row)
            return
        found_in(row, f"{W}trPr").append(element(f'<w:del w:id="90001" {_TRACK}/>'))
        for child in list(row.iter(f"{W}r")):
            _mark_deleted(child)

    return edited(data, change)


def _mark_deleted(one_run: Element) -> None:
    for words in one_run.iter(f"{W}t"):
        words.tag = f"{W}delText"
    mark = element(f'<w:del w:id="90002" {_TRACK}/>')
    parent = parent_of(one_run)
    parent.replace(one_run, mark)
    mark.append(one_run)


def row_copied(data: bytes, tag: str, text: str, *, as_word_does: bool = True) -> bytes:
    """Copy the row of a text field and write `text` in the copy.

    As Word does it, the copy's controls get new `w:id`s and keep their tags, and the bookmark stays in the first row;
    otherwise the copy is exact.
    """

    def change(root: Element) -> None:
        row = _row(root, tag)
        twin = copy.deepcopy(row)
        row.addnext(twin)
        for control in controls(twin):
            if tag_of(control) == tag:
                put(control, run(text))
            if as_word_does:
                found_in(properties_of(control), f"{W}id").set(f"{W}val", _new_id(f"{tag_of(control)}{text}"))
        if as_word_does:
            for mark in list(twin.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
                parent_of(mark).remove(mark)

    return edited(data, change)


def _new_id(text: str) -> str:
    return str(zlib.crc32(text.encode()) & 0x7FFFFFFF)


def rows_reordered(data: bytes, tag: str) -> bytes:
    """Turn the order of the rows of a field's table around; the header row stays first."""

    def change(root: Element) -> None:
        table = around(control_of(root, tag), "tbl")
        rows = table.findall(f"{W}tr")[1:]
        for row in rows:
            table.remove(row)
        table.extend(reversed(rows))

    return edited(data, change)


def table_moved(data: bytes, tag: str) -> bytes:
    """Move a field's table to the end of the document."""

    def change(root: Element) -> None:
        table = around(control_of(root, tag), "tbl")
        body = found_in(root, f"{W}body")
        beside(found_in(body, f"{W}sectPr"), element("<w:p/>"), table, element("<w:p/>"), before=True)

    return edited(data, change)


def table_in_two(data: bytes, tag: str) -> bytes:
    """Split a field's table before the field's row, as Word's "split table" does."""

    def change(root: Element) -> None:
        row = _row(root, tag)
        table = parent_of(row)
        second = etree.Element(f"{W}tbl")
        second.extend(copy.deepcopy(found_in(table, f"{W}{name}")) for name in ("tblPr", "tblGrid"))
        second.extend([row, *row.itersiblings(f"{W}tr")])
        beside(table, element("<w:p/>"), second)

    return edited(data, change)


def paste_into_cell(
    data: bytes, tag: str, paragraphs: Sequence[str], table: Sequence[Sequence[str]] = (), *, instead: bool = False
) -> bytes:
    """Paste paragraphs and a table into the answer's cell, behind the control or `instead` of all that is there."""

    def change(root: Element) -> None:
        cell = around(control_of(root, tag), "tc")
        if instead:
            _one_paragraph(cell)
        added = [_paragraph(text) for text in paragraphs]
        if table:
            added += [_table(table), _paragraph("")]
        cell.extend(added)

    return edited(data, change)


def _paragraph(text: str) -> Element:
    paragraph = etree.Element(f"{W}p")
    if text:
        paragraph.append(run(text))
    return paragraph


def _table(rows: Sequence[Sequence[str]]) -> Element:
    table = element('<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid/></w:tbl>')
    found_in(table, f"{W}tblGrid").extend(element('<w:gridCol w:w="1000"/>') for _ in rows[0])
    for texts in rows:
        row = etree.SubElement(table, f"{W}tr")
        for text in texts:
            etree.SubElement(row, f"{W}tc").append(_paragraph(text))
    return table


def paragraph_typed_between(data: bytes, tag: str, text: str) -> bytes:
    """Type a paragraph right after a field's table."""
    return edited(data, lambda root: beside(around(control_of(root, tag), "tbl"), _paragraph(text)))


def label_changed(data: bytes, tag: str, text: str) -> bytes:
    """Type in the label cell, before the question."""

    def change(root: Element) -> None:
        paragraph = found_in(_row(root, tag), f"{W}tc/{W}p")
        beside(found_in(paragraph, f"{W}r"), run(text), before=True)

    return edited(data, change)


def visible_id_deleted(data: bytes, tag: str) -> bytes:
    """Delete the printed id in the label cell, with its bookmark."""

    def change(root: Element) -> None:
        paragraph = found_in(_row(root, tag), f"{W}tc/{W}p")
        start = found_in(paragraph, f"{W}bookmarkStart")
        for child in list(start.itersiblings()):
            paragraph.remove(child)
            if child.tag == f"{W}bookmarkEnd":
                break
        paragraph.remove(start)

    return edited(data, change)


def answers_swapped(data: bytes, first: str, second: str) -> bytes:
    """Drag two controls into each other's cell: each tag now stands in the other's row."""

    def change(root: Element) -> None:
        one, two = control_of(root, first), control_of(root, second)
        place = etree.Element("place")
        parent_of(one).replace(one, place)
        parent_of(two).replace(two, one)
        parent_of(place).replace(place, two)

    return edited(data, change)


def tags_swapped(data: bytes, first: str, second: str) -> bytes:
    """Let two controls have each other's tag; everything else stays."""

    def change(root: Element) -> None:
        one, two = (found_in(properties_of(control_of(root, tag)), f"{W}tag") for tag in (first, second))
        one.set(f"{W}val", second)
        two.set(f"{W}val", first)

    return edited(data, change)


def duplicate_tag(data: bytes, tag: str, other: str) -> bytes:
    """Give the control of `other` the tag of `tag`."""

    def change(root: Element) -> None:
        control_of(root, tag)
        found_in(properties_of(control_of(root, other)), f"{W}tag").set(f"{W}val", tag)

    return edited(data, change)
