"""The grid of a table: typing as in a spreadsheet, and totals under the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableView,
    QWidget,
)

from taza_desktop.i18n import _, language
from taza_desktop.ui.attachment_editor import pick_attachment
from taza_desktop.ui.icons import icon
from taza_desktop.ui.table_delegate import TableDelegate
from taza_desktop.ui.table_model import TableModel
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import describe

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import Entry
    from taza_desktop.ui.cell_actions import CellActions

_EDITABLE = Qt.ItemFlag.ItemIsEditable
_MOST_ROWS = 12  # shown at once; more scroll
_WIDTHS = {  # in letters, at least
    "count": 11, "decimal": 11, "percent": 9, "money": 16, "date": 11, "choice": 18,
    "place": 26, "person": 22, "link": 18, "attachment": 16, "text": 18, "long_text": 26,
    "choices": 20,
}  # fmt: skip


class TableView(QTableView):
    """Enter and Tab go on, from the empty row out of the table; Ctrl+D copies the cell above;
    the cells of a spreadsheet can be pasted.

    Signals:
        deleted: (entry, row) was taken out and can be put back.
    """

    deleted = Signal(object, int)

    def __init__(self, model: TableModel, actions: CellActions) -> None:
        super().__init__()
        self._table = model
        self._actions = actions
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(TableDelegate(self))
        self.setObjectName(f"table_{model.table.name}")
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.doubleClicked.connect(self._activate)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.fit)
        self.setWordWrap(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit()
        self.retranslate()

    def fit(self) -> None:
        """Rows as high as the text wants, columns as wide as their kind wants."""
        metrics = QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 16)
        self._spread()
        rows = min(_MOST_ROWS, self.model().rowCount())
        row_height = self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * row_height + 2 * self.frameWidth() + 14)

    def retranslate(self) -> None:
        """Set the texts anew."""
        describe(self, self._table.table.label.to(language()), "")
        self.setToolTip("")
        self._table.retranslate()

    def cell(self) -> str:
        """The address of the cell that the cursor is in; empty in the empty row."""
        return self._table.cell(self.currentIndex())

    def go(self, cell: str) -> None:
        """Put the cursor into a cell."""
        self.setCurrentIndex(self._table.index_of(cell))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif control and event.key() == Qt.Key.Key_D:
            self._copy_above()
        elif control and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Minus):
            self.delete_rows()
        elif event.key() == Qt.Key.Key_Delete:
            self._blank()
        elif event.key() == Qt.Key.Key_Tab and self._in_empty_row():
            self.focusNextChild()
        elif event.key() in enter and not control:
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider window has room for wider columns."""
        super().resizeEvent(event)
        self._spread()

    def event(self, event: QEvent) -> bool:
        """A larger text wants higher rows."""
        if event.type() == QEvent.Type.FontChange:
            self.fit()
        return super().event(event)

    def paste(self) -> None:
        """Fill cells with what a spreadsheet put into the clipboard: tabs and line ends."""
        at = self.currentIndex()
        lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
        if at.isValid() and lines and not self._table.draft.read_only:
            self._table.paste(at.row(), at.column(), lines)

    def copy(self) -> None:
        """Hand the selected cells over to a spreadsheet."""
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in chosen:
            text = str(self._table.index(row, column).data() or "")
            lines.setdefault(row, []).append(text.replace("\u00a0", " "))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def commit(self) -> None:
        """Keep what is being typed in a cell."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def paste_here(self) -> None:
        """Paste at the cursor, or below the last row when it is in no cell."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(self.model().rowCount() - 1, 0))
        self.paste()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_rows(self) -> None:
        """Take the rows of the selection out."""
        rows = sorted({index.row() for index in self.selectedIndexes()}, reverse=True)
        entries = self._table.entries()
        for row in rows:
            if row < len(entries):
                entry = entries[row]
                self._table.draft.delete_entry(self._table.table.name, entry)
                self.deleted.emit(entry, row)

    def restore(self, entry: Entry, row: int) -> None:
        """Put a row back."""
        self._table.draft.restore_entry(self._table.table.name, entry, row)

    def _activate(self, index: QModelIndex) -> None:
        """Begin to edit; an attachment is picked in a dialog, one that only is read is opened."""
        if not index.isValid():
            return
        if self._table.draft.read_only:
            self._actions.open(self._table.cell(index))
            return
        if self._table.table.columns[index.column()].kind == "attachment":
            row, column = index.row(), index.column()
            pick_attachment(
                self,
                self._table.draft.context,
                lambda value: self._table.put(row, column, value),
            )
        elif index.flags() & _EDITABLE and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def _in_empty_row(self) -> bool:
        return self.currentIndex().row() >= len(self._table.entries())

    def _copy_above(self) -> None:
        at = self.currentIndex()
        entries = self._table.entries()
        if at.isValid() and 0 < at.row() <= len(entries):
            name = self._table.table.columns[at.column()].name
            self._table.put(at.row(), at.column(), entries[at.row() - 1].cells.get(name))

    def _blank(self) -> None:
        for index in self.selectedIndexes():
            if index.row() < len(self._table.entries()):
                self._table.put(index.row(), index.column(), None)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        if self.cell():
            self._actions.add_to(menu, self.cell())
            menu.addSeparator()
        copy = menu.addAction(icon("copy", "muted"), _("Copy"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        if not self._table.draft.read_only:
            paste = menu.addAction(_("Paste"), self.paste)
            paste.setShortcut(QKeySequence(QKeySequence.StandardKey.Paste))
            delete = menu.addAction(icon("delete", "muted"), _("Delete the row"), self.delete_rows)
            delete.setShortcut(QKeySequence("Ctrl+Del"))
        menu.exec(self.viewport().mapToGlobal(at))
        menu.deleteLater()

    def _spread(self) -> None:
        """Give the columns what their kinds want, and share out what is left."""
        letter = self.fontMetrics().averageCharWidth()
        wanted = [
            max(letter * _WIDTHS[each.kind] + 24, self.horizontalHeader().sectionSizeHint(at))
            for at, each in enumerate(self._table.table.columns)
        ]
        factor = max(1.0, self.viewport().width() / sum(wanted))
        for at, width in enumerate(wanted):
            self.setColumnWidth(at, int(width * factor))


class Totals(QWidget):
    """The sums of a table, each under its column."""

    def __init__(self, view: TableView, model: TableModel) -> None:
        super().__init__()
        self._view = view
        self._model = model
        header = view.horizontalHeader()
        for moved in (header.sectionResized, view.horizontalScrollBar().valueChanged):
            moved.connect(self.update)
        for changed in (model.dataChanged, model.rowsInserted, model.rowsRemoved):
            changed.connect(self.update)
        model.modelReset.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(100, self.fontMetrics().height() + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write every sum under its column, and what it is at the left."""
        painter = QPainter(self)
        painter.setPen(colour("muted"))
        count = len(self._model.entries())
        left = QRect(8, 0, self.width(), self.height())
        painter.drawText(
            left, Qt.AlignmentFlag.AlignVCenter, _("Rows: {count}").format(count=count)
        )
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("text"))
        header = self._view.horizontalHeader()
        shift = self._view.verticalHeader().width() + self._view.frameWidth()
        for column in range(self._model.columnCount()):
            if total := self._model.sums(column):
                x = header.sectionViewportPosition(column) + shift
                cell = QRect(x, 0, header.sectionSize(column) - 8, self.height())
                painter.drawText(
                    cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, total
                )
        painter.end()
