"""Cards below one another that scroll up and down, and never sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from taza_desktop.ui.widgets import column


class Side(QScrollArea):
    """As wide at least as the widest card needs; what stands beside it gives way."""

    def __init__(self, *cards: QWidget, widest: int = 0, parent: QWidget | None = None) -> None:
        """`widest`: wider than this no card gets; 0 for any width."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = QWidget()
        self._content.setLayout(column(*cards, 0, gap=4))
        if widest:
            self._content.setMaximumWidth(widest)
        self.setWidget(self._content)

    def minimumSizeHint(self) -> QSize:
        """The width of the content and its scroll bar."""
        content = self._content.minimumSizeHint().width()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(content + bar, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card was shown or hidden: another width may be needed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
