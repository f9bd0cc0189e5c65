"""The board as Qt sees it: territories down, measures across, a sheet in each crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from taza_desktop.reports.board import Board, BoardRow
from taza_desktop.ui.board_details import details, owes
from taza_desktop.ui.board_filter import Filter, Sieve
from taza_desktop.ui.board_states import LOOKS

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.completeness import SheetStatus

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_TOLD = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class BoardModel(QAbstractTableModel):
    """Rows and columns of a board as narrowed by a filter.

    No text is kept, so a change of language needs no more than a repaint.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._filter = Filter()
        self.board = Board()
        self._rows: tuple[BoardRow, ...] = ()
        self._measures: tuple[int, ...] = ()
        self._sieve = Sieve(self._filter, self.board, None)

    def show(self, board: Board, plan: Plan) -> None:
        """Show another board through the same filter."""
        self.board, self._plan = board, plan
        self.narrow(self._filter)

    def narrow(self, filter_: Filter) -> None:
        """Show what the filter lets stand out; the other sheets of those rows are pale."""
        self.beginResetModel()
        self._filter = filter_
        self._sieve = Sieve(filter_, self.board, self._plan)
        self._rows, self._measures = self._sieve.rows(), self._sieve.measures()
        self.endResetModel()

    def refresh(self) -> None:
        """More is known of the sheets that are shown."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many territories are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many measures are shown."""
        return 0 if parent.isValid() else len(self._measures)

    def row(self, at: int) -> BoardRow:
        """The territory in a row."""
        return self._rows[at]

    def sheet(self, row: int, column: int) -> SheetStatus | None:
        """The sheet at a crossing; None when the territory does not answer for the measure."""
        return self._rows[row].sheets.get(self._measures[column])

    def key(self, row: int, column: int) -> SheetKey | None:
        """The key of the sheet at a crossing."""
        sheet = self.sheet(row, column)
        return sheet and self.board.key(sheet)

    def find(self, key: SheetKey) -> QModelIndex:
        """Where a sheet is shown; an invalid index when it is not."""
        rows = (at for at, row in enumerate(self._rows) if row.territory.kato == key.territory)
        row = next(rows, -1)
        at = self._measures.index(key.measure) if key.measure in self._measures else -1
        return self.index(row, at)

    def stands_out(self, sheet: SheetStatus) -> bool:
        """Whether it is one of those that were asked for."""
        return self._sieve.takes(sheet)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The letter of the state, the details as tool tip and for a screen reader."""
        sheet = self.sheet(index.row(), index.column()) if index.isValid() else None
        if sheet is None or self._plan is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return LOOKS[sheet.state].letter
        if role in _TOLD:
            row = self._rows[index.row()]
            return "\n".join((row.title(), *details(sheet, self.board, self._plan)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the territories, numbers of the measures; the full titles as tool tips.

        While one header takes over a narrower board the other one still asks for what is gone.
        """
        across = orientation == Qt.Orientation.Horizontal
        if section >= len(self._measures if across else self._rows):
            return None
        if across:
            return self._measure_header(self._measures[section], role)
        row = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title()
        if role in _TOLD:
            return f"{row.title()}\n{owes(row)}"
        return None

    def _measure_header(self, number: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number)
        if role == Qt.ItemDataRole.ToolTipRole and self._plan:
            return f"{number}. {self._plan.measures[number].title}"
        return None
