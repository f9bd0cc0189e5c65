"""Asks for a sentence or two: a remark, or the reason why a cell does not apply."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from taza_desktop.ui.generated.ui_remark import Ui_RemarkDialog
from taza_desktop.ui.widgets import describe


class TextDialog(QDialog):
    """A heading, a hint and room for a text; Ctrl+Enter is OK."""

    def __init__(self, parent: QWidget, title: str, about: str, why: str, text: str) -> None:
        super().__init__(parent)
        self.ui = Ui_RemarkDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(title)
        self.ui.about.setText(about)
        self.ui.why.setText(why)
        self.ui.text.setPlainText(text)
        describe(self.ui.text, title)
        self.ui.text.setFocus()
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)

    def text(self) -> str:
        """What was written, without blanks around it."""
        return self.ui.text.toPlainText().strip()


def ask_text(parent: QWidget, title: str, about: str, why: str, text: str = "") -> str | None:
    """The text that the person wrote; None when they changed their mind."""
    dialog = TextDialog(parent, title, about, why, text)
    try:
        return dialog.text() if dialog.exec() else None
    finally:
        dialog.deleteLater()
