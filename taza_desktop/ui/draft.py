"""The sheet being filled in: what the person sees, and every change on the disk at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from taza_desktop.i18n import Text, _, language
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value
from taza_desktop.ui.address import Address, Mistyped
from taza_desktop.ui.judging import Judging
from taza_desktop.ui.review import Review, look_at

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.form import Figure, Form
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

_REVIEW_AFTER = 30  # ms; several cells filled in a row are looked at once


class Draft(QObject):
    """One sheet on the desk. Cells are addressed as problems do: `planted`, `winners/<id>/place`.

    An entry that was added a moment ago has no id yet; it is told apart by its row until then.

    Attributes:
        form, sheet, last: what is asked, the answers, and the answers of the previous round.
        others: the answers to other measures that the checks compare with, by measure.
        review: what follows from the answers; None until it was computed for the first time.
        mistyped: texts that do not fit their cells, by address.
        judging: what was said about the sheet.

    Signals:
        loaded: form, sheet and last are there.
        cell_changed: the name of a figure or a mark of the sheet.
        table_changed: the name of a table.
        reviewed: `review` is a new one.
        mistyped_changed: `mistyped` is another one.
        saved: the last change is on the disk.
        refused: a change could not be put on the disk.
    """

    loaded = Signal()
    cell_changed = Signal(str)
    table_changed = Signal(str)
    reviewed = Signal()
    mistyped_changed = Signal()
    saved = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, key: SheetKey, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.key = key
        self.form: Form = context.plan.form(key.measure)
        self.sheet = Sheet(key)
        self.last: Sheet | None = None
        self.others: dict[int, Sheet] = {}
        self.review: Review | None = None
        self.mistyped: dict[str, Mistyped] = {}
        self.judging = Judging(context, key, self)
        self.judging.refused.connect(self.refused)
        self._look_again = QTimer(self, singleShot=True, interval=_REVIEW_AFTER)
        self._look_again.timeout.connect(self._review)

    @property
    def read_only(self) -> bool:
        """Whether the sheet is another office's, or was accepted."""
        return self.judging.judges or self.judging.locked

    def load(self) -> None:
        """Fetch the sheet and the one of the previous round; `loaded` tells when they are there."""
        self.judging.load()
        self.context.worker.run(self._fetch, self._fetched, owner=self)

    def set_cell(self, cell: str, value: Value) -> None:
        """Enter a figure or a mark of the sheet; None blanks it."""
        self.mend(cell)
        if self.read_only or _same(self.sheet.cells.get(cell), value):
            return
        _put(self.sheet.cells, cell, value)
        self._write(lambda register: register.set_cell(self.key, cell, value))
        self.cell_changed.emit(cell)

    def entries(self, table: str) -> list[Entry]:
        """The rows of a table, in the order in which they were made."""
        return self.sheet.entries.setdefault(table, [])

    def set_entry_cell(self, table: str, entry: Entry, cell: str, value: Value) -> None:
        """Enter a cell or a mark of a row; None blanks it."""
        self.mend(self.address(table, entry, cell))
        if self.read_only or _same(entry.cells.get(cell), value):
            return
        _put(entry.cells, cell, value)
        self._write(lambda register: register.set_entry_cell(entry.id, cell, value))
        self.table_changed.emit(table)

    def add_entries(self, table: str, rows: list[Cells]) -> list[Entry]:
        """New rows at the end of a table."""
        if self.read_only:
            return []
        added = [Entry(dict(cells)) for cells in rows]
        first = len(self.entries(table)) + 1
        self.entries(table).extend(added)

        def write(register: Register) -> None:
            # The ids are set here, on the register's thread, since what is written to these rows
            # next is already waiting in its queue and asks for them.
            with register.transaction():
                for entry, cells in zip(added, rows, strict=True):
                    entry.id = register.add_entry(self.key, table, cells)

        def written(_nothing: None) -> None:
            for row, entry in enumerate(added, start=first):
                self._rename(f"{table}/{row}/", f"{table}/{entry.id}/")
            self._written(None)

        self._write(write, written)
        self.table_changed.emit(table)
        return added

    def delete_entry(self, table: str, entry: Entry) -> None:
        """Take a row out."""
        if self.read_only:
            return
        rows = self.entries(table)
        del rows[row_of(rows, entry)]
        self._write(lambda register: register.delete_entry(entry.id))
        self.table_changed.emit(table)

    def restore_entry(self, table: str, entry: Entry, at: int) -> None:
        """Put back a row that was taken out."""
        self.entries(table).insert(at, entry)
        self._write(lambda register: register.restore_entry(entry.id))
        self.table_changed.emit(table)

    def enter(self, cell: str, value: Value) -> None:
        """Enter a value at any address; a cell of a row that is gone is left alone."""
        at, entry = Address.parse(cell), self.entry(cell)
        if not at.table:
            self.set_cell(cell, value)
        elif entry is not None:
            self.set_entry_cell(at.table, entry, at.cell, value)

    def mistype(self, cell: str, text: str, says: str) -> None:
        """Keep a text that does not fit, and why."""
        self.mistyped[cell] = Mistyped(text, says)
        self.mistyped_changed.emit()

    def mend(self, cell: str) -> None:
        """The text that did not fit is gone."""
        if self.mistyped.pop(cell, None):
            self.mistyped_changed.emit()

    def figure(self, cell: str) -> Figure:
        """The figure or column at an address; KeyError when there is none, as of a whole table."""
        at = Address.parse(cell)
        return self.form.table(at.table).column(at.cell) if at.table else self.form.figure(at.cell)

    def label(self, cell: str) -> Text:
        """What the form calls a cell, a row (by its table) or a table. KeyError."""
        at = Address.parse(cell)
        if at.table and not at.cell:
            return self.form.table(at.table).label
        if not at.table and at.cell in {table.name for table in self.form.tables}:
            return self.form.table(at.cell).label
        return self.figure(cell).label

    def name(self, cell: str) -> str:
        """The same in the language in force, with the number of the row; empty for the sheet."""
        if not cell:
            return ""
        entry = self.entry(cell)
        said = self.label(cell).to(language())
        if entry is None:
            return said
        row = row_of(self.entries(Address.parse(cell).table), entry) + 1
        return _("Row {row}: {label}").format(row=row, label=said)

    def entry(self, cell: str) -> Entry | None:
        """The row that an address names by its id or by its number; None when it is gone."""
        at = Address.parse(cell)
        for number, entry in enumerate(self.entries(at.table) if at.table else (), start=1):
            if at.entry in (entry.id, str(number)):
                return entry
        return None

    def attached(self, cell: str) -> Mapping[str, object] | None:
        """What the cell says of its attachment; None where there is none."""
        at, entry = Address.parse(cell), self.entry(cell)
        inside = entry.cells if entry else Cells()
        value = (inside if at.table else self.sheet.cells).get(at.cell)
        return value if isinstance(value, Mapping) else None

    def address(self, table: str, entry: Entry, cell: str) -> str:
        """The address of a cell of a row."""
        return f"{table}/{entry.id or row_of(self.entries(table), entry) + 1}/{cell}"

    def level(self, cell: str) -> str:
        """The worst that is open at a cell: "stop", "explain" or nothing."""
        problems = self.review.problems if self.review else []
        levels = {each.level for each in problems if each.cell == cell and not each.answered}
        if "stop" in levels:
            return "stop"
        return "explain" if levels or self.judging.waits(cell) else ""

    def marked(self, cell: str, mark: str) -> str:
        """The remark (`remark:`) or the reason (`na:`) pinned to a cell; empty when none is."""
        entry = self.entry(cell)
        cells = self.sheet.cells if entry is None else entry.cells
        found = cells.get(f"{mark}{Address.parse(cell).cell}")
        return found if isinstance(found, str) else ""

    def mark(self, cell: str, mark: str, text: str) -> None:
        """Pin a remark or a reason to a cell; an empty text takes it off."""
        at, entry = Address.parse(cell), self.entry(cell)
        if entry is not None:
            self.set_entry_cell(at.table, entry, f"{mark}{at.cell}", text or None)
        elif not at.table:
            self.set_cell(f"{mark}{at.cell}", text or None)

    def _rename(self, before: str, after: str) -> None:
        """A row has its id now; what did not fit into its cells is kept under it."""
        for cell in [cell for cell in self.mistyped if cell.startswith(before)]:
            self.mistyped[after + cell.removeprefix(before)] = self.mistyped.pop(cell)

    def _write(
        self, job: Callable[[Register], None], then: Callable[[None], None] | None = None
    ) -> None:
        self.context.worker.run(job, then or self._written, self._unwritten, owner=self)
        self._look_again.start()

    def _written(self, _nothing: None) -> None:
        self.saved.emit()
        self.judging.sheet_changed()

    def _unwritten(self, refusal: Refusal) -> None:
        """The disk refused: say so, and show what is really stored."""
        self.refused.emit(refusal)
        self.load()

    def _fetch(self, register: Register) -> tuple[Sheet, Sheet | None, dict[int, Sheet]]:
        from taza_desktop.plan.checks import others_of

        others = others_of(self.form, self.key, register.sheet)
        return register.sheet(self.key), register.last(self.key), others

    def _fetched(self, found: tuple[Sheet, Sheet | None, dict[int, Sheet]]) -> None:
        self.sheet, self.last, self.others = found
        self.loaded.emit()
        self._review()

    def _review(self) -> None:
        """Have the checks and the sentences looked at where nothing waits for them."""
        snapshot, last, form = _copy(self.sheet), self.last, self.form
        others, territory = self.others, self.context.plan.territories[self.key.territory]
        self.context.worker.run(
            lambda _register: look_at(form, snapshot, last, others, territory),
            self._take,
            owner=self,
        )

    def _take(self, review: Review) -> None:
        self.review = review
        self.reviewed.emit()


def row_of(rows: list[Entry], entry: Entry) -> int:
    """Where an entry stands; by identity, as two rows may hold the same."""
    return next(at for at, each in enumerate(rows) if each is entry)


def _copy(sheet: Sheet) -> Sheet:
    """What the worker may read while the person goes on; values are replaced, never changed."""
    entries = {
        table: [Entry(dict(entry.cells), entry.id) for entry in rows]
        for table, rows in sheet.entries.items()
    }
    return Sheet(sheet.key, dict(sheet.cells), entries)


def _put(cells: Cells, cell: str, value: Value) -> None:
    if value is None:
        cells.pop(cell, None)
    else:
        cells[cell] = value


def _same(before: Value, after: Value) -> bool:
    return before == after and type(before) is type(after)
