"""Adding up suppliers' tables, one response at a time: memory grows with the tables, never with the responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from procurement_equality.answers.manifest import FormTable
from procurement_equality.answers.response import Note, Response, Value
from procurement_equality.answers.statistics.table_reading import CellRead, Layout, Place, TableRead, read_table
from procurement_equality.catalogue.text import Language

TableKey = tuple[str, str]
"""Question and table of the catalogue: six requirements ask for the same table of participants, each its own course."""

MOST_OWN_ROWS = 200
"""How many rows that suppliers have named themselves are kept of a table."""
_MOST_LAYOUTS = 32
_MOST_FORMS = 50


@dataclass(slots=True)
class Tally:
    """What is known of a cell. `total` is in whole units, or in ten-thousandths for quantities."""

    total: int = 0
    suppliers: int = 0
    """Suppliers whose number is in the total."""
    hidden: int = 0
    """Suppliers who say that their number is a small one."""
    blank: int = 0
    """Suppliers who left the cell empty in a table that they filled in."""
    waiting: int = 0
    """Suppliers whose number does not count until a person has decided."""

    def add(self, cell: CellRead) -> None:
        """Add one supplier's cell."""
        state, number = cell
        self.total += number
        if state == "given":
            self.suppliers += 1
        elif state == "blank":
            self.blank += 1
        elif state == "hidden":
            self.hidden += 1
        else:
            self.waiting += 1

    def merge(self, other: Tally) -> None:
        """Add what another has counted."""
        self.total += other.total
        self.suppliers += other.suppliers
        self.hidden += other.hidden
        self.blank += other.blank
        self.waiting += other.waiting


@dataclass(slots=True)
class OwnRow:
    """A row that suppliers named themselves, the same but for capitals and white space."""

    label: str
    scale: int
    cells: dict[str, Tally] = field(default_factory=dict)

    def name(self, label: str) -> None:
        """Keep one way of writing the label, the same in whatever order they come."""
        self.label = min(self.label, label)

    def add(self, cells: Mapping[str, CellRead]) -> None:
        """Add one supplier's row."""
        for key, cell in cells.items():
            self.cells.setdefault(key, Tally()).add(cell)

    def merge(self, other: OwnRow) -> None:
        """Add what another has counted of the same row."""
        for key, tally in other.cells.items():
            self.cells.setdefault(key, Tally()).merge(tally)


@dataclass(slots=True)
class TableTotals:
    """Everything that has been added up of one table question."""

    forms: dict[tuple[str, Language], FormTable] = field(default_factory=dict)
    """The table as asked, by catalogue version and language."""
    cells: dict[Place, Tally] = field(default_factory=dict)
    own: dict[str, OwnRow] = field(default_factory=dict)
    suppliers: int = 0
    """Suppliers who filled in some of it."""
    unanswered: int = 0
    """Suppliers who were asked and left all of it empty."""
    own_rows_left_out: int = 0
    """Rows named by suppliers that came when `MOST_OWN_ROWS` were kept already."""

    def add(self, layout: Layout, read: TableRead) -> None:
        """Add one supplier's table."""
        if not read.answered:
            self.unanswered += 1
            return
        self.suppliers += 1
        cells, labels = self.cells, read.labels
        for place, cell in read.cells.items():
            if labels and place[0] in labels:
                continue
            tally = cells.get(place)
            if tally is None:
                tally = cells[place] = Tally()
            tally.add(cell)
        for label, scale, own_cells in _own_rows(layout, read):
            own = self._own(label, scale)
            if own is not None:
                own.add(own_cells)

    def merge(self, other: TableTotals) -> None:
        """Add what another has added up of the same table question."""
        self.forms = {**other.forms, **self.forms}
        for place, tally in other.cells.items():
            self.cells.setdefault(place, Tally()).merge(tally)
        for own in other.own.values():
            kept = self._own(own.label, own.scale)
            if kept is not None:
                kept.merge(own)
        self.suppliers += other.suppliers
        self.unanswered += other.unanswered
        self.own_rows_left_out += other.own_rows_left_out

    def _own(self, label: str, scale: int) -> OwnRow | None:
        folded = label.casefold()
        own = self.own.get(folded)
        if own is None:
            if len(self.own) >= MOST_OWN_ROWS:
                self.own_rows_left_out += 1
                return None
            own = self.own[folded] = OwnRow(label, scale)
        own.name(label)
        return own


def _own_rows(layout: Layout, read: TableRead) -> Iterator[tuple[str, int, Mapping[str, CellRead]]]:
    """Give a supplier's own rows as label, scale and cells; those with the same label as one row."""
    rows: dict[str, tuple[str, int, dict[str, CellRead]]] = {}
    for row, label in read.labels.items():
        cells = {key: read.cells[row, key] for key in layout.columns}
        if label.casefold() in rows:
            known = rows[label.casefold()][2]
            cells = {key: _joined(known[key], cell) for key, cell in cells.items()}
        rows[label.casefold()] = (label, layout.scales[row], cells)
    yield from rows.values()


def _joined(one: CellRead, other: CellRead) -> CellRead:
    """Give two cells as one: a number only where both are numbers."""
    return (other[0] if one[0] == "given" else one[0]), one[1] + other[1]


class Totals:
    """Adds up the tables of responses, one at a time. Of several responses from one supplier, give one."""

    def __init__(self) -> None:
        self.tables: dict[TableKey, TableTotals] = {}
        self.suppliers = 0
        self._layouts: dict[str, tuple[Layout, ...]] = {}

    def add(
        self, response: Response, tables: Sequence[FormTable], decided: Mapping[str, Value] | None = None
    ) -> tuple[Note, ...]:
        """Add a response, with the tables of its form's manifest; give what does not agree in it.

        `decided` has a person's decision by question: the number that counts, or None for one that is left out. Only
        answers with status `ok` or `recovered`, and decided ones, count; rows that contradict each other do not.
        """
        notes: list[Note] = []
        self.suppliers += 1
        for layout in self._layouts_of(response, tables):
            read = read_table(layout, response.by_question, decided or {})
            key = (layout.form.name, layout.form.table)
            totals = self.tables.get(key)
            if totals is None:
                totals = self.tables[key] = TableTotals()
            if len(totals.forms) < _MOST_FORMS:
                totals.forms.setdefault((response.catalogue, response.language), layout.form)
            totals.add(layout, read)
            notes.extend(read.notes)
        return tuple(notes)

    def merge(self, other: Totals) -> None:
        """Add what another has added up, for example in another process."""
        self.suppliers += other.suppliers
        for key, tables in other.tables.items():
            self.tables.setdefault(key, TableTotals()).merge(tables)

    def _layouts_of(self, response: Response, tables: Sequence[FormTable]) -> tuple[Layout, ...]:
        layouts = self._layouts.get(response.manifest_digest)
        if layouts is None:
            if len(self._layouts) >= _MOST_LAYOUTS:
                self._layouts.clear()
            layouts = self._layouts[response.manifest_digest] = tuple(_laid_out(tables))
        return layouts


def _laid_out(tables: Sequence[FormTable]) -> Iterator[Layout]:
    """Give the layout of every table that asks for numbers."""
    for form in tables:
        if any(column.type == "number" for column in form.columns):
            yield Layout.of(form)


def check_tables(
    response: Response, tables: Sequence[FormTable], decided: Mapping[str, Value] | None = None
) -> tuple[Note, ...]:
    """Give what does not agree in a response's tables: codes `note.statistics-*` with `question` in their data."""
    return tuple(
        note for layout in _laid_out(tables) for note in read_table(layout, response.by_question, decided or {}).notes
    )
