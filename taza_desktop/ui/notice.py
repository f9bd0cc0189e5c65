"""A coloured card that says one thing on a page: what is wrong, what went well, what to know."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import column, label, row

ICON = 22
_LOOKS = {
    "info": ("info", "info"),
    "done": ("check", "ok"),
    "warning": ("warning", "warn"),
    "refused": ("stop", "stop"),
}


class Notice(QFrame):
    """An icon, a sentence in bold, more text below it; hidden while it has nothing to say.

    Attributes:
        below: layout under the text, for buttons and the like.
    """

    def __init__(self, level: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._level = level
        self._drawing = label()
        self._heading = label(role="strong", wrap=True)
        self._text = label(wrap=True)
        self.below = column(gap=2)
        words = column(self._heading, self._text, self.below, gap=1)
        self._drawing_column = column(self._drawing, 0)
        layout = row(self._drawing_column, words, gap=3, margin=3)
        layout.setStretchFactor(words, 1)
        self.setLayout(layout)
        self.hide()

    def say(self, heading: str, text: str = "", level: str = "") -> None:
        """Show a sentence and the text below it; another `level` changes the colour."""
        self._level = level or self._level
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{heading}\n{text}".strip())
        self.setProperty("level", self._level)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()
        self.setVisible(bool(heading))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: draw the icon in its colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_drawing"):
            self._draw()

    def _draw(self) -> None:
        name, token = _LOOKS[self._level]
        self._drawing.setPixmap(pixmap(name, colour(token), ICON, self.devicePixelRatioF()))
