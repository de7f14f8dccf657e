"""What programs do to a form: functions from a Word file's bytes to a Word file's bytes. Tags name the fields.

What people do to it is in `mutations.py`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Literal

from lxml import etree
from mutations import beside, put
from word_file import (
    CUSTOM,
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
    packed,
    parent_of,
    properties_of,
    run,
    serialized,
    tag_of,
    unpacked,
    unwrapped,
    with_part,
)

Level = Literal["paragraph", "block", "cell", "row", "table", "body"]
LEVELS: tuple[Level, ...] = ("paragraph", "block", "cell", "row", "table", "body")
"""Around the runs in a paragraph, a paragraph in a cell, a cell, a row, a table, and a table with its caption."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TRACK = 'w:author="Leverantören" w:date="2026-02-03T10:00:00Z"'
_OWN_BOOKMARK = "PE_"


# What is lost


def controls_stripped(data: bytes, *, properties: bool = True, bookmarks: bool = True) -> bytes:
    """Unwrap every control, as Google Docs does; without `properties` or `bookmarks`, take these away too."""

    def change(root: Element) -> None:
        for control in list(controls(root)):
            unwrapped(control, list(content_of(control)))

    stripped = edited(data, change)
    stripped = stripped if bookmarks else bookmarks_stripped(stripped)
    return stripped if properties else properties_stripped(stripped)


def bookmarks_stripped(data: bytes) -> bytes:
    """Take every bookmark away."""

    def change(root: Element) -> None:
        for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            parent_of(mark).remove(mark)

    return edited(data, change)


def properties_stripped(data: bytes) -> bytes:
    """Take the document properties away, with their part."""
    parts = unpacked(data)
    del parts[CUSTOM]
    for name in ("_rels/.rels", "[Content_Types].xml"):
        root = etree.fromstring(parts[name])
        for child in list(root):
            if "custom" in str(child.get("Target") or child.get("PartName") or ""):
                root.remove(child)
        parts[name] = serialized(root)
    return packed(parts)


def property_removed(data: bytes, name: str) -> bytes:
    """Take one document property away."""

    def change(root: Element) -> None:
        for item in [item for item in root if item.get("name") == name]:
            root.remove(item)

    return edited(data, change, CUSTOM)


def property_changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Change the text of one document property."""

    def edit(root: Element) -> None:
        for item in root:
            if item.get("name") == name:
                item[0].text = change(str(item[0].text))

    return edited(data, edit, CUSTOM)


def tag_removed(data: bytes, *tags: str, names: tuple[str, ...] = ("tag",)) -> bytes:
    """Take the tag of some controls away, or of all where none is named; `names` may add `id` and `alias`."""

    def change(root: Element) -> None:
        chosen = [control for control in controls(root) if not tags or tag_of(control) in tags]
        for control in chosen:
            properties = properties_of(control)
            for name in names:
                for found in properties.findall(f"{W}{name}"):
                    properties.remove(found)

    return edited(data, change)


def tag_and_id_removed(data: bytes, *tags: str) -> bytes:
    """Take the tag and the id of some controls away, or of all."""
    return tag_removed(data, *tags, names=("tag", "id"))


def tag_id_and_alias_removed(data: bytes, *tags: str) -> bytes:
    """Take the tag, the id and the title of some controls away, or of all: the bookmark must do."""
    return tag_removed(data, *tags, names=("tag", "id", "alias"))


# Where a control stands


def at_level(data: bytes, tag: str, level: Level) -> bytes:
    """Let the field's own control stand around more than its runs; at `row` that takes the label in."""

    def change(root: Element) -> None:
        control = control_of(root, tag)
        place = _place(control, level)
        unwrapped(control, list(content_of(control)))
        _wrap(place, control)

    return data if level == "paragraph" else edited(data, change)


def wrapped(data: bytes, tag: str, level: Level) -> bytes:
    """Put a foreign control, without a tag, around the field's own at a level."""

    def change(root: Element) -> None:
        foreign = element('<w:sdt><w:sdtPr><w:id w:val="424242"/></w:sdtPr><w:sdtContent/></w:sdt>')
        _wrap(_place(control_of(root, tag), level), foreign)

    return edited(data, change)


def _place(control: Element, level: Level) -> list[Element]:
    if level == "paragraph":
        return [control]
    place = around(control, {"block": "p", "cell": "tc", "row": "tr", "table": "tbl", "body": "tbl"}[level])
    caption = place.getprevious() if level == "body" else None
    return [place] if caption is None else [caption, place]


def _wrap(place: list[Element], control: Element) -> None:
    beside(place[0], control, before=True)
    found = control.find(f"{W}sdtContent")
    content = etree.SubElement(control, f"{W}sdtContent") if found is None else emptied(found)
    content.extend(place)


# Tracked changes


def answer_tracked(data: bytes, tag: str, old: str, new: str) -> bytes:
    """Delete an old answer and type a new one, with changes tracked."""
    return edited(data, lambda root: put(control_of(root, tag), _deleted(old), _inserted(new)))


def half_deleted(data: bytes, tag: str, kept: str, gone: str) -> bytes:
    """Delete the latter half of an answer, with changes tracked."""
    return edited(data, lambda root: put(control_of(root, tag), run(kept), _deleted(gone)))


def placeholder_replaced_tracked(data: bytes, tag: str, new: str) -> bytes:
    """Type over a placeholder with changes tracked: Word marks the placeholder as deleted."""

    def change(root: Element) -> None:
        control = control_of(root, tag)
        old = "".join(str(words.text) for words in content_of(control).iter(f"{W}t"))
        put(control, _deleted(old), _inserted(new))

    return edited(data, change)


def answer_moved(data: bytes, source: str, target: str, text: str) -> bytes:
    """Move an answer from one field to another, with changes tracked."""

    def change(root: Element) -> None:
        put(control_of(root, source), _tracked("moveFrom", run(text)))
        put(control_of(root, target), _tracked("moveTo", run(text)))

    return edited(data, change)


def _deleted(text: str) -> Element:
    return _tracked("del", run(text, deleted=True))


def _inserted(text: str) -> Element:
    return _tracked("ins", run(text))


def _tracked(name: str, *runs: Element) -> Element:
    mark = element(f'<w:{name} w:id="90010" {_TRACK}/>')
    mark.extend(runs)
    return mark


# How text is written


def hyphens_normalised(data: bytes) -> bytes:
    """Write "-" for every U+2011 on the page, as programs that lack it do."""
    return _texts(data, lambda text: text.replace("\u2011", "-"))


def soft_hyphens(data: bytes, every: int = 5) -> bytes:
    """Put soft hyphens into the printed ids."""
    return _texts(
        data,
        lambda text: (
            "\u00ad".join(text[i : i + every] for i in range(0, len(text), every)) if text[:1] == "[" else text
        ),
    )


def _texts(data: bytes, change: Callable[[str], str]) -> bytes:
    def edit(root: Element) -> None:
        for words in root.iter(f"{W}t"):
            words.text = change(str(words.text or ""))

    return edited(data, edit)


def hyphens_as_elements(data: bytes) -> bytes:
    """Write every U+2011 as `w:noBreakHyphen`, and every soft hyphen as `w:softHyphen`, as LibreOffice does."""

    def change(root: Element) -> None:
        for words in list(root.iter(f"{W}t")):
            for sign, name in (("\u2011", "noBreakHyphen"), ("\u00ad", "softHyphen")):
                while sign in str(words.text or ""):
                    before, _, words.text = str(words.text).partition(sign)
                    first = copy.deepcopy(words)
                    first.text = before
                    words.addprevious(first)
                    words.addprevious(etree.Element(f"{W}{name}"))

    return edited(data, change)


def runs_split(data: bytes) -> bytes:
    """Tear every run of text in two as Word does: `rsid`s, proofing marks, `_GoBack`, page breaks remembered.

    The printed ids and the answers are torn too.
    """

    def change(root: Element) -> None:
        for number, one in enumerate(list(root.iter(f"{W}r"))):
            one.set(f"{W}rsidR", f"00{number % 0xFFFFFF:06X}")
            words = one.findall(f"{W}t")
            if len(words) == 1 and len(str(words[0].text)) > 1:
                _tear(one, number)

    return edited(data, change)


def _tear(one: Element, number: int) -> None:
    second = copy.deepcopy(one)
    for part, cut in ((one, slice(None, 2)), (second, slice(2, None))):
        words = found_in(part, f"{W}t")
        words.text = str(words.text)[cut]
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    found_in(second, f"{W}t").addprevious(etree.Element(f"{W}lastRenderedPageBreak"))
    marks = [
        element('<w:proofErr w:type="spellStart"/>'),
        element(f'<w:bookmarkStart w:id="{70000 + number}" w:name="_GoBack{number}"/>'),
        element(f'<w:bookmarkEnd w:id="{70000 + number}"/>'),
    ]
    beside(one, *marks, second, element('<w:proofErr w:type="spellEnd"/>'))


# What else can hold an answer's text


def smart_tag(data: bytes, tag: str, text: str) -> bytes:
    """Give an answer whose text lies in a smart tag."""
    return _held(data, tag, text, '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place"/>')


def hyperlink(data: bytes, tag: str, text: str) -> bytes:
    """Give an answer whose text is a link, as when an address is pasted."""
    return _held(data, tag, text, '<w:hyperlink w:anchor="_top"/>')


def _held(data: bytes, tag: str, text: str, holder: str) -> bytes:
    def change(root: Element) -> None:
        made = element(holder)
        made.append(run(text))
        put(control_of(root, tag), made)

    return edited(data, change)


def field_code(data: bytes, tag: str, text: str, instruction: str = ' HYPERLINK "https://example.org/" ') -> bytes:
    """Give an answer whose text is the result of a field."""

    def change(root: Element) -> None:
        begin, separate, end = (
            element(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>') for kind in ("begin", "separate", "end")
        )
        code = element('<w:r><w:instrText xml:space="preserve"/></w:r>')
        code[0].text = instruction
        put(control_of(root, tag), begin, code, separate, run(text), end)

    return edited(data, change)


def alternate_content(data: bytes, tag: str, text: str) -> bytes:
    """Give an answer that Word has written twice, for those who know a newer element and those who do not."""

    def change(root: Element) -> None:
        made = element(
            '<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t/></mc:Choice>'
            "<mc:Fallback><w:t/></mc:Fallback></mc:AlternateContent></w:r>"
        )
        for words in made.iter(f"{W}t"):
            words.text = text
        put(control_of(root, tag), made)

    return edited(data, change)


def emoji_as_word_writes(data: bytes, tag: str, before: str, emoji: str) -> bytes:
    """Give an answer that ends in an emoji, as Word writes it: as a symbol, with the sign itself as the fallback."""

    def change(root: Element) -> None:
        made = element(
            '<w:r><mc:AlternateContent><mc:Choice Requires="w16se">'
            '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
            f'w16se:font="Segoe UI Emoji" w16se:char="{ord(emoji):X}"/></mc:Choice>'
            f"<mc:Fallback><w:t>{emoji}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
        put(control_of(root, tag), run(before), made)

    return edited(data, change)


def comment_in_cell(data: bytes, tag: str, text: str) -> bytes:
    """Comment on an answer. The comment is no part of it."""
    comment = f'<w:comment w:id="7" {_TRACK} w:initials="L">{{}}</w:comment>'
    with_comment = _note_part(data, "comments", comment, text)

    def change(root: Element) -> None:
        control = control_of(root, tag)
        beside(control, element('<w:commentRangeStart w:id="7"/>'), before=True)
        beside(control, element('<w:commentRangeEnd w:id="7"/>'), element('<w:r><w:commentReference w:id="7"/></w:r>'))

    return edited(with_comment, change)


def footnote(data: bytes, tag: str, text: str) -> bytes:
    """Add a footnote to an answer. Its text lies in another part."""
    with_note = _note_part(data, "footnotes", '<w:footnote w:id="7">{}</w:footnote>', text)

    def change(root: Element) -> None:
        content_of(control_of(root, tag)).append(element('<w:r><w:footnoteReference w:id="7"/></w:r>'))

    return edited(with_note, change)


def _note_part(data: bytes, kind: str, note: str, text: str) -> bytes:
    root = element(f"<w:{kind}>{note.format('<w:p/>')}</w:{kind}>")
    found_in(root, f".//{W}p").append(run(text))
    return with_part(data, f"{kind}.xml", serialized(root), kind, f"{_WORD}.{kind}+xml")
