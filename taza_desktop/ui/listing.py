"""A table to read and to choose from: its columns are data, its texts follow the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from taza_desktop.i18n import gettext
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import tip

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
PAD = 16
NARROWEST = 32


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column.

    Attributes:
        title: marked with `N_`.
        text: what stands in the cell of an item, in the language in force.
        letters: width when there is room; with less, all columns shrink alike.
        grows: takes what the others leave.
        spare: not shown where room is short; the highest number gives way first.
        token: the colour of the text, as in `theme.py`.
        number: set at the right.
    """

    title: str
    text: Callable[[T], str]
    letters: int
    token: Callable[[T], str] | None = None
    number: bool = False
    grows: bool = False
    spare: int = 0


class ListingModel(QAbstractTableModel, Generic[T]):
    """Items in rows."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._items: list[T] = []

    def show(self, items: Sequence[T]) -> None:
        """Show other items."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def renew(self, items: Sequence[T]) -> None:
        """The same items, of which something else is known now; the chosen one stays chosen."""
        self._items = list(items)
        if self._items:
            last = self.index(len(self._items) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def add(self, item: T) -> None:
        """One more item at the end."""
        self.beginInsertRows(NOWHERE, len(self._items), len(self._items))
        self._items.append(item)
        self.endInsertRows()

    def refresh(self, item: T) -> None:
        """An item looks different now."""
        row = self._items.index(item)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def items(self) -> Sequence[T]:
        """All items in order."""
        return tuple(self._items)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, also as tool tip as it may be cut off."""
        item, column = self._items[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.text(item))
        if role == Qt.ItemDataRole.ForegroundRole and column.token:
            return colour(column.token(item))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.number else LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return gettext(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].number else LEFT
        return None


class Listing(QTableView, Generic[T]):
    """Shows the items of a model; one row is chosen at a time.

    Signals:
        chosen: another item is the current one; None when there is none.
        opened: an item was double-clicked, or Enter was pressed on it.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, model: ListingModel[T], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._items = model
        self._nothing = ""
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "listing")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(RowDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(NARROWEST)
        self.doubleClicked.connect(self._open)
        self._measure()

    def say_when_empty(self, text: str) -> None:
        """What stands in the table while it has no rows."""
        self._nothing = text
        self.viewport().update()

    def current(self) -> T | None:
        """The chosen item."""
        rows = self.selectionModel().selectedRows()
        return self._items.items()[rows[0].row()] if rows else None

    def choose(self, row: int) -> None:
        """Make a row the current one, if it is there."""
        if 0 <= row < self._items.rowCount():
            self.selectRow(row)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who listens."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit(self.current())

    def reset(self) -> None:
        """Other items: nothing is chosen any more."""
        super().reset()
        self.chosen.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current item."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the sentence that there are none."""
        super().paintEvent(event)
        if not self._items.rowCount() and self._nothing:
            with QPainter(self.viewport()) as painter:
                painter.setPen(colour("muted"))
                place = self.viewport().rect().adjusted(PAD, PAD, -PAD, -PAD)
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(place, flags, self._nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size or language: measure and draw anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange) and self.model():
            self._measure()
            last = self._items.columnCount() - 1
            self._items.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            self.viewport().update()

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self._items.items()[index.row()])

    def _measure(self) -> None:
        """Rows of one height; columns as wide as they like, fewer, or all a bit narrower."""
        metrics, columns = self.fontMetrics(), self._items.columns
        self.verticalHeader().setDefaultSectionSize(metrics.height() + PAD)
        wide = [metrics.averageCharWidth() * column.letters + PAD for column in columns]
        room = self.viewport().width()
        shown = set(range(len(columns)))
        for place in sorted(shown, key=lambda at: -columns[at].spare):
            if columns[place].spare and sum(wide[at] for at in shown) > room:
                shown.discard(place)
        wanted = sum(wide[at] for at in shown)
        shrunk, left = min(1.0, room / wanted), max(0, room - wanted)
        for place, column in enumerate(columns):
            self.setColumnHidden(place, place not in shown)
            width = int(wide[place] * shrunk) + (left if column.grows else 0)
            if place in shown:
                self.horizontalHeader().resizeSection(place, width)


class RowDelegate(QStyledItemDelegate):
    """Rows are chosen, not cells: no cell of its own has the focus."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """As usual, but without the frame around the current cell."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
