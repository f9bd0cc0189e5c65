"""A table of the form as Qt's model: one row an entry, and an empty row at the end to go on in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from taza_desktop.errors import Refusal
from taza_desktop.i18n import language
from taza_desktop.plan.kinds import KINDS, parse, show
from taza_desktop.plan.sheet import Cells, Entry
from taza_desktop.ui.attachment_editor import shown as shown_attachment
from taza_desktop.ui.draft import row_of
from taza_desktop.ui.figure_cell import unit_of
from taza_desktop.ui.place_editor import place_name
from taza_desktop.ui.theme import colour

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure, Table
    from taza_desktop.ui.address import Mistyped
from taza_desktop.ui.draft import Draft

Index = QModelIndex | QPersistentModelIndex
_SUMMED = ("count", "decimal", "money")
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """Rows are the draft's entries; the last row is empty and becomes an entry when typed into."""

    def __init__(self, table: Table, draft: Draft) -> None:
        super().__init__()
        self.table = table
        self.draft = draft
        self._rows = len(self.entries())
        self._readers: dict[int, Callable[[Index], Any]] = {
            _Role.DisplayRole: self._shown,
            _Role.EditRole: self._shown,
            _Role.TextAlignmentRole: self._alignment,
            _Role.ForegroundRole: self._colour,
            _Role.BackgroundRole: self._ground,
            _Role.ToolTipRole: self._says,
            _Role.AccessibleTextRole: self._spoken,
        }
        draft.table_changed.connect(self._on_changed)
        draft.mistyped_changed.connect(self._repaint)
        draft.reviewed.connect(self._repaint)
        draft.loaded.connect(self._reset)
        draft.judging.changed.connect(self._reset)  # locked, there is no empty row

    def entries(self) -> list[Entry]:
        """The rows that hold something."""
        return self.draft.entries(self.table.name)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One more than there are entries, unless nothing can be added."""
        return 0 if parent.isValid() else self._rows + (not self.draft.read_only)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """One a column of the form's table."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell shows in that role."""
        reader = self._readers.get(role)
        return reader(index) if reader and index.isValid() else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """The label of a column with its unit; the number of a row."""
        if orientation == Qt.Orientation.Vertical:
            numbered = role == _Role.DisplayRole and section < self._rows
            return str(section + 1) if numbered else None
        figure = self.table.columns[section]
        if role == _Role.DisplayRole:
            unit = unit_of(figure)
            text = f"{figure.label.to(language())}{' *' * figure.required}"
            return f"{text}, {unit}" if unit else text
        if role == _Role.ToolTipRole:
            return (figure.hint or figure.label).to(language())
        if role == _Role.TextAlignmentRole:
            return _RIGHT if KINDS[figure.kind].numeric else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Typed into, unless it is computed, picked in a dialog, or only to be read."""
        flags = super().flags(index)
        figure = self.table.columns[index.column()] if index.isValid() else None
        if figure is None or figure.computed or figure.kind == "attachment":
            return flags
        if self.draft.read_only:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Enter a text as typed; one that does not fit stays visible and is not stored."""
        if role != _Role.EditRole or not index.isValid():
            return False
        return self.enter(index.row(), index.column(), str(value))

    def enter(self, row: int, column: int, text: str) -> bool:
        """The same by row and column; typing into the empty row makes it an entry."""
        figure = self.table.columns[column]
        if not text.strip() and row >= self._rows:
            return False
        try:
            value = parse(figure, text, language())
        except Refusal as refusal:
            self.draft.mistype(self._address(self._entry(row), figure), text, refusal.text())
            return True
        self.put(row, column, value)
        return True

    def put(self, row: int, column: int, value: Any) -> None:
        """Enter a value, e.g. of a list to choose from."""
        figure = self.table.columns[column]
        if value is not None or row < self._rows:
            self.draft.set_entry_cell(self.table.name, self._entry(row), figure.name, value)

    def paste(self, row: int, column: int, lines: list[list[str]]) -> None:
        """Fill cells from a place on, adding rows as needed: what a spreadsheet hands over."""
        here = max(0, self._rows - row)
        for down, line in enumerate(lines[:here]):
            for right, text in enumerate(line[: len(self.table.columns) - column]):
                if not self.table.columns[column + right].computed:
                    self.enter(row + down, column + right, text)
        self._append(column, lines[here:])

    def _append(self, column: int, lines: list[list[str]]) -> None:
        """New rows out of texts; all in one go."""
        figures = [figure for figure in self.table.columns[column:] if not figure.computed]
        rows: list[Cells] = []
        misfits: list[tuple[int, Figure, str, str]] = []
        for line in lines:
            cells: Cells = {}
            for figure, text in zip(figures, line, strict=False):
                try:
                    value = parse(figure, text, language())
                except Refusal as refusal:
                    misfits.append((len(rows), figure, text, refusal.text()))
                else:
                    if value is not None:
                        cells[figure.name] = value
            rows.append(cells)
        added = self.draft.add_entries(self.table.name, rows)
        for row, figure, text, says in misfits:
            self.draft.mistype(self._address(added[row], figure), text, says)

    def cell(self, index: Index) -> str:
        """The address of a cell; empty in the empty row."""
        if not index.isValid() or index.row() >= self._rows:
            return ""
        return self._address(self.entries()[index.row()], self.table.columns[index.column()])

    def index_of(self, cell: str) -> QModelIndex:
        """Where an address leads: a cell, the first cell of a row, or the table's first cell."""
        entry = self.draft.entry(cell)
        row = row_of(self.entries(), entry) if entry is not None else 0
        name = cell.rpartition("/")[2]
        names = [figure.name for figure in self.table.columns]
        return self.index(row, names.index(name) if name in names else 0)

    def sums(self, column: int) -> str:
        """The total of a column of amounts; empty for any other."""
        from decimal import Decimal

        figure = self.table.columns[column]
        if figure.kind not in _SUMMED:
            return ""
        values = [entry.cells.get(figure.name) for entry in self.entries()]
        numbers = [Decimal(str(value)) for value in values if value is not None]
        if not numbers:
            return ""
        total = sum(numbers, Decimal())
        return show(figure, int(total) if figure.kind == "count" else str(total), language())

    def retranslate(self) -> None:
        """Show headers and values in the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.table.columns) - 1)
        self._repaint()

    def _entry(self, row: int) -> Entry:
        """The entry of a row; the empty row becomes one."""
        if row < len(self.entries()):
            return self.entries()[row]
        return self.draft.add_entries(self.table.name, [{}])[0]

    def _address(self, entry: Entry, figure: Figure) -> str:
        return self.draft.address(self.table.name, entry, figure.name)

    def _at(self, index: Index) -> tuple[Entry | None, Figure]:
        rows = self.entries()
        entry = rows[index.row()] if index.row() < len(rows) else None
        return entry, self.table.columns[index.column()]

    def _mistyped(self, index: Index) -> Mistyped | None:
        entry, figure = self._at(index)
        return self.draft.mistyped.get(self._address(entry, figure)) if entry else None

    def _shown(self, index: Index) -> str:
        entry, figure = self._at(index)
        if entry is None:
            return ""
        if mistyped := self._mistyped(index):
            return mistyped.text
        value = entry.cells.get(figure.name)
        if figure.kind == "attachment":
            return shown_attachment(figure, value)
        if figure.kind == "place":
            territories = self.draft.context.plan.territories
            return place_name(figure, value, territories, self.draft.key.territory)
        return show(figure, value, language())

    def _alignment(self, index: Index) -> Any:
        numeric = KINDS[self._at(index)[1].kind].numeric
        return _RIGHT if numeric else _LEFT

    def _level(self, index: Index) -> str:
        """The worst that is wrong with a cell: "stop", "explain" or nothing."""
        if self._mistyped(index):
            return "stop"
        cell = self.cell(index)
        return self.draft.level(cell) if cell else ""

    def _colour(self, index: Index) -> Any:
        level = self._level(index)
        return colour("stop" if level == "stop" else "warn") if level else None

    def _ground(self, index: Index) -> Any:
        level = self._level(index)
        return colour("stop_soft" if level == "stop" else "warn_soft") if level else None

    def _says(self, index: Index) -> str:
        if mistyped := self._mistyped(index):
            return mistyped.says
        cell = self.cell(index)
        problems = self.draft.review.problems if self.draft.review else []
        says = [each.message.to(language()) for each in problems if each.cell == cell]
        remark = self.draft.marked(cell, "remark:") if cell else ""
        asked = self.draft.judging.notes(cell) if cell else []
        return "\n".join([*says, *([remark] if remark else []), *asked])

    def _spoken(self, index: Index) -> str:
        return f"{self._at(index)[1].label.to(language())}: {self._shown(index)}"

    def _on_changed(self, table: str) -> None:
        if table != self.table.name:
            return
        if len(self.entries()) == self._rows:
            self._repaint()
        else:
            self._fit()

    def _fit(self) -> None:
        """Tell the view about rows that came or went, keeping the cursor where it is."""
        wanted = len(self.entries())
        if wanted > self._rows:
            # The empty row becomes the first of them, and stays under the cursor.
            self.beginInsertRows(QModelIndex(), self._rows + 1, wanted)
            self._rows = wanted
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), wanted, self._rows - 1)
            self._rows = wanted
            self.endRemoveRows()
        self._repaint()

    def _reset(self) -> None:
        self.beginResetModel()
        self._rows = len(self.entries())
        self.endResetModel()

    def _repaint(self) -> None:
        if self.rowCount() == 0:
            return
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
