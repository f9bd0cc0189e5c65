"""The board as Qt sees it: territories down, measures across, a sheet in each crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from taza_desktop.i18n import _, ngettext
from taza_desktop.plan.kazakh import fold
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.ui.board_rows import Board, BoardRow
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
OWED = Qt.ItemDataRole.UserRole  # of a row: how many sheets have not arrived


class BoardModel(QAbstractTableModel):
    """Rows and columns of a board as narrowed by the filters.

    No text is kept, so a change of language needs no more than a repaint.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._board = Board((), (), {})
        self._rows: tuple[BoardRow, ...] = ()
        self._measures: tuple[int, ...] = ()
        self._filter: tuple[str, int, bool] = ("", 0, False)

    def show(self, board: Board, plan: Plan) -> None:
        """Show another board through the same filters."""
        self._board, self._plan = board, plan
        self.narrow(*self._filter)

    def narrow(self, text: str, direction: int, owing: bool) -> None:
        """Keep the territories that match `text`, the measures of one direction (0: all), and, with
        `owing`, only who has not sent everything."""
        self._filter = (text, direction, owing)
        self.beginResetModel()
        folded = fold(text)
        self._measures = tuple(
            measure for measure in self._board.measures if self._belongs(measure, direction)
        )
        self._rows = tuple(
            row for row in self._board.rows if (row.owed or not owing) and row.matches(folded)
        )
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many territories are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many measures are shown."""
        return 0 if parent.isValid() else len(self._measures)

    def sheet(self, row: int, column: int) -> SheetStatus | None:
        """The sheet at a crossing; None when the territory does not answer for the measure."""
        return self._rows[row].sheets.get(self._measures[column])

    def key(self, row: int, column: int, round_code: str) -> SheetKey | None:
        """The key of the sheet at a crossing."""
        if self.sheet(row, column) is None:
            return None
        return SheetKey(self._measures[column], self._rows[row].territory.kato, round_code)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The letter of the state, the details as tool tip and for a screen reader."""
        sheet = self.sheet(index.row(), index.column()) if index.isValid() else None
        if sheet is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return LOOKS[sheet.state].letter
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(self._details(self._rows[index.row()], sheet))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the territories, numbers of the measures; the full titles as tool tips."""
        if orientation == Qt.Orientation.Horizontal:
            return self._measure_header(self._measures[section], role)
        row = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title()
        if role == OWED:
            return row.owed
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title()}\n{owes(row.owed)}"
        return None

    def _measure_header(self, number: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number)
        if role == Qt.ItemDataRole.ToolTipRole and self._plan:
            return f"{number}. {self._plan.measures[number].title}"
        return None

    def _belongs(self, measure: int, direction: int) -> bool:
        plan = self._plan
        return not direction or (plan is not None and plan.measures[measure].direction == direction)

    def _details(self, row: BoardRow, sheet: SheetStatus) -> list[str]:
        title = self._plan.measures[sheet.measure].title if self._plan else ""
        lines = [row.title(), f"{sheet.measure}. {title}", LOOKS[sheet.state].name]
        if count := len(sheet.missing):
            says = ngettext("{count} cell missing", "{count} cells missing", count)
            lines.append(says.format(count=count))
        lines.extend(str(problem.message) for problem in sheet.problems)
        if made := self._board.made.get(sheet.package):
            lines.append(_("As of {time}").format(time=moment(made)))
        return lines


def owes(count: int) -> str:
    """How many sheets a territory still owes, in words."""
    if not count:
        return _("everything has arrived")
    says = ngettext("{count} sheet has not arrived", "{count} sheets have not arrived", count)
    return says.format(count=count)
