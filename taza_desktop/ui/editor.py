"""The contract of the editors of single figures, and the editors that are lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from taza_desktop.i18n import language
from taza_desktop.plan.kinds import KINDS, show
from taza_desktop.ui.widgets import column

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.sheet import Value

_UNIT_GAP = 8
_LINES = (3, 9)  # a long text grows with what is typed


class Editor(QWidget):
    """Shows and takes the value of one figure.

    Signals:
        typed: a text to be parsed; the person is done with it, the cursor has not left yet.
        decided: a value, where a click decides and there is nothing to parse.
        forward: go on to the next cell.
    """

    typed = Signal(str)
    decided = Signal(object)
    forward = Signal()

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.field: QWidget = self

    def put(self, value: Value) -> None:
        """Show a value in the language in force."""
        raise NotImplementedError

    def put_text(self, text: str) -> None:
        """Show a text that could not be parsed."""

    def commit(self) -> None:
        """Hand over what was typed and not handed over yet."""

    def set_unit(self, unit: str) -> None:
        """Show what the value is counted in, where a value is a number."""

    def lock(self, locked: bool) -> None:
        """Let nothing be changed."""
        self.field.setEnabled(not locked)

    def _hold(self, field: QWidget) -> None:
        """Make `field` the part that is typed into."""
        self.field = field
        self.setLayout(column(field))
        self.setFocusProxy(field)


class LineEditor(Editor):
    """A line: numbers, dates, texts, names, links."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(figure, parent)
        self.line = QLineEdit()
        numeric = KINDS[figure.kind].numeric
        self.line.setProperty("role", "number" if numeric else "cell")
        if numeric:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._unit = QLabel(self.line)
        self._unit.setProperty("role", "muted")
        self._hold(self.line)
        self.line.editingFinished.connect(self.commit)
        self.line.returnPressed.connect(self.forward)

    def put(self, value: Value) -> None:
        """Show a value; what is being typed right now is left alone."""
        if not self.line.isModified():
            self.line.setText(show(self.figure, value, language()))

    def put_text(self, text: str) -> None:
        """Show a text that could not be parsed."""
        self.line.setText(text)

    def set_unit(self, unit: str) -> None:
        """Show the unit in the cell, at its end."""
        self._unit.setText(unit)
        self._place_unit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit at the end."""
        super().resizeEvent(event)
        self._place_unit()

    def _place_unit(self) -> None:
        self._unit.adjustSize()
        width = self._unit.width() + _UNIT_GAP if self._unit.text() else 0
        self.line.setTextMargins(0, 0, width, 0)
        top = (self.line.height() - self._unit.height()) // 2
        self._unit.move(self.line.width() - width - _UNIT_GAP, top)

    def commit(self) -> None:
        """Hand over the text if it was touched."""
        if self.line.isModified():
            self.line.setModified(False)
            self.typed.emit(self.line.text())

    def lock(self, locked: bool) -> None:
        """Read-only, so that the text can still be selected and copied."""
        self.line.setReadOnly(locked)


class LongTextEditor(Editor):
    """Several lines; Tab leaves, the height follows the text."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(figure, parent)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._fit)
        self._hold(self.text)
        self._fit()

    def put(self, value: Value) -> None:
        """Show a value; what is being typed right now is left alone."""
        document = self.text.document()
        if document.isModified():
            return
        text = show(self.figure, value, language())
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
            document.setModified(False)

    def put_text(self, text: str) -> None:
        """Show a text that could not be parsed."""
        self.text.setPlainText(text)
        self.text.document().setModified(False)

    def commit(self) -> None:
        """Hand over the text if it was touched."""
        document = self.text.document()
        if document.isModified():
            document.setModified(False)
            self.typed.emit(self.text.toPlainText())

    def lock(self, locked: bool) -> None:
        """Read-only, so that the text can still be selected and copied."""
        self.text.setReadOnly(locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Commit before the cursor leaves."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        least, most = _LINES
        lines = max(least, min(most, self.text.document().size().toSize().height()))
        around = self.text.contentsMargins().top() + round(self.text.document().documentMargin())
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 2 * around + 14)


class ChoiceEditor(Editor):
    """One of several answers; the first line is blank."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(figure, parent)
        self.box = QComboBox()
        self.box.setProperty("role", "cell")
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.installEventFilter(self)
        self.box.activated.connect(self._chosen)
        self._hold(self.box)

    def put(self, value: Value) -> None:
        """Show the answer with that key."""
        self.box.clear()
        self.box.addItem("", None)
        for choice in self.figure.choices:
            self.box.addItem(choice.label.to(language()), choice.key)
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse wheel scrolls the page, and never changes an answer by accident."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _chosen(self, at: int) -> None:
        self.decided.emit(self.box.itemData(at))


class ChoicesEditor(Editor):
    """Any of several answers."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(figure, parent)
        self._boxes = {choice.key: QCheckBox() for choice in figure.choices}
        self.setLayout(column(*self._boxes.values(), gap=0))
        for box in self._boxes.values():
            box.clicked.connect(self._chosen)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def put(self, value: Value) -> None:
        """Tick the answers with these keys."""
        chosen = value if isinstance(value, list) else []
        for choice in self.figure.choices:
            box = self._boxes[choice.key]
            box.setText(choice.label.to(language()))
            box.setChecked(choice.key in chosen)

    def _chosen(self) -> None:
        chosen = [key for key, box in self._boxes.items() if box.isChecked()]
        self.decided.emit(chosen or None)
