"""The few words in the header that tell how exchange stands."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from taza_desktop.ui.exchange_standing import Standing, pill
from taza_desktop.ui.widgets import describe, set_role, tip


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
