"""The few words in the header that tell how exchange stands."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from taza_desktop.ui.exchange_standing import Standing, pill
from taza_desktop.ui.widgets import describe, set_role, tip

_LETTERS = 5  # of the words are always shown


class PillButton(QPushButton):
    """A button that gives way when room is short: its words end in …"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        usual, metrics = self.sizeHint(), self.fontMetrics()
        least = usual.width() - metrics.horizontalAdvance(self.text())
        few = metrics.averageCharWidth() * _LETTERS
        return QSize(min(usual.width(), least + few), usual.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(inside, option, self).width()
        option.text = option.fontMetrics.elidedText(  # pyright: ignore[reportAttributeAccessIssue]
            self.text(), Qt.TextElideMode.ElideRight, room
        )
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class ExchangePill(QObject):
    """Shows a Standing on a button of the header; a click leads to where something can be done."""

    def __init__(self, button: QPushButton, parent: QObject) -> None:
        super().__init__(parent)
        self._button = button
        self._standing: Standing | None = None
        button.hide()

    def show_standing(self, standing: Standing) -> None:
        """Show how exchange stands now."""
        self._standing = standing
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        if self._standing is None:
            return
        text, tone, says = pill(self._standing)
        self._button.setText(text)
        set_role(self._button, f"pill_{tone}")
        describe(self._button, f"{text}. {says}".strip(), tip(says or text))
        self._button.show()
