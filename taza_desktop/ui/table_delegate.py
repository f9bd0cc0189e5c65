"""Editors inside a table: a line, a list of answers, a place that completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from taza_desktop.i18n import language
from taza_desktop.plan.kinds import KINDS
from taza_desktop.ui.place_editor import PlaceCompleter
from taza_desktop.ui.table_model import TableModel
from taza_desktop.ui.widgets import describe

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOSEN = "chosen"  # property of a line: the code of the place that was picked


class TableDelegate(QStyledItemDelegate):
    """Makes the editor of a column's kind; Enter commits and goes on to the next cell."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list for a choice, a line for everything else."""
        figure = _figure(index)
        editor = self._box(parent, figure) if figure.kind == "choice" else self._line(parent, index)
        describe(editor, figure.label.to(language()))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell; Qt asks again while one types, which must not be lost."""
        text = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            if editor.currentIndex() < 0:
                editor.setCurrentIndex(max(0, editor.findText(text)))
        elif not (line := cast("QLineEdit", editor)).isModified():
            line.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed or chosen."""
        table = cast("TableModel", model)
        if isinstance(editor, QComboBox):
            table.put(index.row(), index.column(), editor.currentData())
        elif code := editor.property(_CHOSEN):
            table.put(index.row(), index.column(), code)
        elif (line := cast("QLineEdit", editor)).text() != index.data(Qt.ItemDataRole.EditRole):
            table.setData(index, line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on like Tab does; Qt's own handling would only close the editor."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
            and isinstance(watched, QWidget)
            and not _popup_open(watched)
        ):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.EditNextItem)
            return True
        return super().eventFilter(watched, event)

    def _box(self, parent: QWidget, figure: Figure) -> QComboBox:
        box = QComboBox(parent)
        box.addItem("", None)
        for choice in figure.choices:
            box.addItem(choice.label.to(language()), choice.key)
        box.setCurrentIndex(-1)
        box.activated.connect(lambda _at: self._settle(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _line(self, parent: QWidget, index: Index) -> QLineEdit:
        figure, table = _figure(index), cast("TableModel", index.model())
        line = QLineEdit(parent)
        if KINDS[figure.kind].numeric:
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if figure.kind == "place":
            plan = table.draft.context.plan
            completer = PlaceCompleter(line, figure, plan.territories, table.draft.key.territory)
            completer.chosen.connect(lambda code: line.setProperty(_CHOSEN, code))
            line.textEdited.connect(lambda _text: line.setProperty(_CHOSEN, None))
        return line

    def _settle(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.NoHint)


def _figure(index: Index) -> Figure:
    return cast("TableModel", index.model()).table.columns[index.column()]


def _popup_open(editor: QWidget) -> bool:
    """Whether Enter belongs to a list that hangs below the editor."""
    if isinstance(editor, QLineEdit) and (completer := editor.completer()):
        popup = completer.popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()
    return isinstance(editor, QComboBox) and editor.view().isVisible()
