"""The measures of the plan as a list to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
CHECKED = Qt.CheckState.Checked


class MeasureChoice(QAbstractListModel):
    """The measures of the plan, each with a tick."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._numbers: list[int] = []
        self._ticked: set[int] = set()

    def show(self, plan: Plan) -> None:
        """Offer the measures of a plan; ticks stay where they were."""
        if plan is not self._plan:
            self.beginResetModel()
            self._plan, self._numbers = plan, sorted(plan.measures)
            self._ticked &= set(self._numbers)
            self.endResetModel()

    def ticked(self) -> tuple[int, ...]:
        """The numbers of the ticked measures."""
        return tuple(sorted(self._ticked))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many measures there are."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Number and title in the language of the window."""
        number = self._numbers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and self._plan:
            return f"{number}. {self._plan.measures[number].title}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return CHECKED if number in self._ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a measure or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        number = self._numbers[index.row()]
        if Qt.CheckState(value) == CHECKED:
            self._ticked.add(number)
        else:
            self._ticked.discard(number)
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable
