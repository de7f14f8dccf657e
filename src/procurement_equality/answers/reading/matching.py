"""From what was found to answers: each field by its tag, its number, its alias, its bookmark or its visible id.

Two sources that disagree are a conflict; nothing is merged or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from procurement_equality.answers.manifest import FormField, Manifest
from procurement_equality.answers.reading.found import Box, Cell, Page
from procurement_equality.answers.reading.names import Names, without_visible_id
from procurement_equality.answers.reading.values import TICKED, UNTICKED, Read, read
from procurement_equality.answers.response import Answer, Note, Source, Status

_PIECE_OF_PLACEHOLDER = 6
"""So many signs of a placeholder, at its beginning or end, show that an answer was written into it."""


@dataclass(slots=True, eq=False)
class _Place:
    """A cell that a row's first cell says is the answer's."""

    cell: Cell
    source: Source
    is_label: bool = False


class Index:
    """What was found, by every name it can be asked for."""

    def __init__(self, page: Page, names: Names) -> None:
        self.tagged: dict[str, list[Box]] = {}
        self.numbered: dict[str, list[Box]] = {}
        self.named: dict[str, list[Box]] = {}
        self.places: dict[str, list[_Place]] = {}
        for box in page.boxes:
            self._add(box, names)
        for line in page.lines:
            for name in dict.fromkeys((*line.bookmarked, *line.visible)):
                source: Source = "bookmark" if name in line.bookmarked else "visible-id"
                for position, (field, cell) in enumerate(zip(names.cells[name], line.cells, strict=False)):
                    if field is not None:
                        self.places.setdefault(field, []).append(_Place(cell, source, is_label=position == 0))

    def _add(self, box: Box, names: Names) -> None:
        """File a control under the first of its names that the form knows.

        A number that belongs to another field than the alias is chance: LibreOffice gives new ones.
        """
        if box.tag is not None:
            if box.tag in names.tags:
                self.tagged.setdefault(box.tag, []).append(box)
            return
        numbered = names.numbers.get(box.number) if box.number is not None else None
        alias = box.alias if box.alias in names.tags else None
        if numbered is not None and alias in (None, numbered):
            self.numbered.setdefault(numbered, []).append(box)
        elif alias is not None:
            self.named.setdefault(alias, []).append(box)

    def boxes(self, name: str) -> tuple[list[Box], Source]:
        """Give the controls of a field, by its tag, or else by its number, or else by its alias."""
        if name in self.tagged:
            return self.tagged[name], "tag"
        if name in self.numbered:
            return self.numbered[name], "id"
        return self.named.get(name, []), "alias"


def answers(manifest: Manifest, page: Page, names: Names) -> Iterator[Answer]:
    """Give the answer of every field, in the order of the form."""
    index = Index(page, names)
    for field in manifest.fields.values():
        yield _answer(field, names.placeholders[field.name], index)


def unknown_controls(page: Page, names: Names) -> Iterator[Note]:
    """Yield what stands in controls that the form does not have, so that no answer is left unread."""
    for box in page.boxes:
        if box.tag is not None and box.tag not in names.tags and box.text.strip() and not box.is_placeholder:
            yield Note(code="note.unknown-control", data={"tag": str(box.tag), "text": shortened(box.text)})


def shortened(text: str) -> str:
    """Give the beginning of a text, on one line."""
    folded = " ".join(text.split())
    return folded if len(folded) <= 200 else f"{folded[:199]}…"


def _answer(field: FormField, placeholder: str, index: Index) -> Answer:
    boxes, source = index.boxes(field.name)
    places = index.places.get(field.name, [])
    if boxes:
        return _from_control(field, placeholder, boxes, source, places)
    if places:
        return _from_row(field, placeholder, places)
    return _made(field, "missing", None)


def _from_control(
    field: FormField, placeholder: str, boxes: Sequence[Box], source: Source, places: Sequence[_Place]
) -> Answer:
    """Read the field's own control, and compare it with what its row holds."""
    box, typed = boxes[0], _typed(boxes[0], placeholder)
    texts = [typed, *(_typed(each, placeholder) for each in boxes[1:])]
    if any(text != typed for text in texts):
        return _conflict(field, source, texts)
    homes = [place for place in places if box in place.cell.boxes]
    elsewhere = [_text_of(place, field, placeholder) for place in places if place not in homes]
    if any(text != typed for text in elsewhere):
        return _conflict(field, source, [typed, *elsewhere])
    twice = (Note(code="note.twice"),) if len(boxes) > 1 or len(places) > len(homes) > 0 else ()
    if not homes:
        return _judged(field, placeholder, box, source, "", 0, twice)
    others = [_typed(each, "") for each in homes[0].cell.boxes if each not in boxes]
    beside = "\n".join(filter(None, (_beside(homes[0], field), *others)))
    pictures = sum(home.cell.pictures for home in homes)
    return _judged(field, placeholder, box, source, beside, pictures, twice)


def _from_row(field: FormField, placeholder: str, places: Sequence[_Place]) -> Answer:
    """Read the cell that the row's bookmark or visible id leads to, where the field's own control is gone."""
    texts = list(dict.fromkeys(_text_of(place, field, placeholder) for place in places))
    source: Source = "bookmark" if any(place.source == "bookmark" for place in places) else "visible-id"
    if len(texts) > 1:
        return _conflict(field, source, texts)
    cell = places[0].cell
    if len(cell.boxes) > 1 or any(box.tag is not None for box in cell.boxes):
        return _conflict(field, source, [*(_typed(box, placeholder) for box in cell.boxes), cell.outside.strip()])
    if cell.boxes:
        return _judged(field, placeholder, cell.boxes[0], source, _beside(places[0], field), cell.pictures)
    box = Box(text=texts[0], breaks_lost=cell.outside.startswith("\n") and field.type == "text")
    return _judged(field, placeholder, box, source, "", cell.pictures)


def _judged(
    field: FormField,
    placeholder: str,
    box: Box,
    source: Source,
    beside: str,
    pictures: int,
    known: Sequence[Note] = (),
) -> Answer:
    """Give the status of one control's text, with what stands beside it."""
    typed = _typed(box, placeholder)
    is_tick = field.type in ("declaration", "checkbox")
    notes = [*known, *_notes_of_surroundings(beside, pictures)]
    if not typed:
        return _made(field, "outside" if beside or pictures else "empty", source, typed=beside, notes=notes)
    got = _tick(box) if is_tick and box.checked is not None else _dated(field, box, typed)
    if got.problem is not None:
        notes.append(Note(code=got.problem, data={"text": shortened(typed)}))
    suspect = None if is_tick else _suspicion(field, box, typed, placeholder)
    notes += [*got.notes, *([Note(code=suspect)] if suspect else [])]
    status: Status = (
        "conflict" if got.problem in _CONFLICTS
        else "invalid" if got.problem
        else "outside" if beside or pictures
        else "suspect" if suspect
        else "empty" if got.value is False
        else "ok" if source == "tag"
        else "recovered"
    )  # fmt: skip
    shown = "\n".join(filter(None, (typed, beside)))
    return _made(field, status, source, typed=shown, got=got, notes=notes)


def _notes_of_surroundings(beside: str, pictures: int) -> Iterator[Note]:
    if pictures:
        yield Note(code="note.picture")
    if beside:
        yield Note(code="note.beside", data={"text": shortened(beside)})


_CONFLICTS = ("note.tick-and-sign", "note.date-and-text")


def _tick(box: Box) -> Read:
    """Read a checkbox whose file says whether it is ticked; its sign must say the same."""
    signs = box.text.strip()
    ticked = any(sign in TICKED for sign in signs)
    unticked = any(sign in UNTICKED for sign in signs)
    if signs.strip(TICKED + UNTICKED):
        return Read(problem="note.not-a-tick")
    if ticked == unticked or ticked != box.checked:
        return Read(problem="note.tick-and-sign")
    return Read(ticked)


def _dated(field: FormField, box: Box, typed: str) -> Read:
    """Read a text; the date that a date control carries must be the one that is written."""
    got = read(field, typed)
    if field.type == "date" and box.date is not None and got.value is not None and got.value != box.date:
        return Read(problem="note.date-and-text")
    return got


def _suspicion(field: FormField, box: Box, typed: str, placeholder: str) -> str | None:
    """Give the code of what makes an answer doubtful though it can be read."""
    if box.is_placeholder:
        return "note.marked-as-placeholder"
    if field.type in ("text", "attachment") and _holds_piece(typed, placeholder):
        return "note.placeholder-half"
    if box.breaks_lost and field.type == "text":
        return "note.line-breaks-lost"
    return None


def _holds_piece(typed: str, placeholder: str) -> bool:
    """Say whether a text begins with the beginning of a placeholder, or ends with its end."""
    size = min(_PIECE_OF_PLACEHOLDER, len(placeholder))
    ends = (placeholder[:size], placeholder[-size:])
    return size > 3 and (typed.startswith(ends[0]) or typed.rstrip().endswith(ends[1]) or placeholder in typed)


def _typed(box: Box, placeholder: str) -> str:
    """Give what someone typed in a control: nothing where it shows its placeholder, or white space alone.

    `placeholder` is folded here and everywhere below.
    """
    folded = _folded(box.text)
    return "" if folded in ("", placeholder) else box.text


def _folded(text: str) -> str:
    return " ".join(text.split())


def _text_of(place: _Place, field: FormField, placeholder: str) -> str:
    """Give all that a cell says in answer."""
    inside = [_typed(box, placeholder) for box in place.cell.boxes]
    beside = _beside(place, field)
    text = "".join([*inside, beside])
    return "" if _folded(text) == placeholder else text


def _beside(place: _Place, field: FormField) -> str:
    """Give the text of a cell outside its controls, without what the form itself prints there."""
    text = without_visible_id(place.cell.outside) if place.is_label else place.cell.outside
    if field.suffix:
        text = _without_suffix(text, field.suffix)
    if place.cell.boxes or place.is_label or field.type != "text":
        return text.strip()
    return text.strip("\n") if text.strip() else ""


def _without_suffix(text: str, suffix: str) -> str:
    """Take the form's own words away from the end of a cell's text, whatever its spaces have become."""
    bare = text.rstrip()
    if bare.endswith(suffix):
        return bare[: -len(suffix)].rstrip()
    folded = _folded(text)
    return folded[: -len(suffix)].rstrip() if folded.endswith(suffix) else text


def _conflict(field: FormField, source: Source, texts: Iterable[str]) -> Answer:
    found = list(dict.fromkeys(texts))
    data = {"texts": " | ".join(f"”{shortened(text)}”" for text in found)}
    return _made(
        field, "conflict", source, typed="\n".join(filter(None, found)), notes=[Note(code="note.disagree", data=data)]
    )


def _made(
    field: FormField,
    status: Status,
    source: Source | None,
    *,
    typed: str = "",
    got: Read | None = None,
    notes: Sequence[Note] = (),
) -> Answer:
    value = got.value if got is not None and status != "conflict" else None
    return Answer(
        question=field.name, type=field.type, status=status, typed=typed, value=value, source=source, notes=tuple(notes)
    )
