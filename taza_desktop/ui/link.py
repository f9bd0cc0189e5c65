"""A link of any length: a button whose text wraps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

MARGIN = 3


class Link(QPushButton):
    """Looks like a sentence, is a button to the mouse, the keyboard and a screen reader."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self._label = QLabel(text)
        self._label.setProperty("role", "link")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """As large as the sentence on one line."""
        return self._label.sizeHint() + QSize(2 * MARGIN, 2 * MARGIN)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes."""
        return QSize(0, self._label.minimumSizeHint().height() + 2 * MARGIN)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped sentence."""
        return self._label.heightForWidth(width - 2 * MARGIN) + 2 * MARGIN
