"""The calm bar for what the program has to say, and the one dialog for its own mistakes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.errors import Refusal
from taza_desktop.i18n import _
from taza_desktop.paths import user_path
from taza_desktop.ui.icons import icon, pixmap
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import button, describe, label, row

Level = Literal["info", "done", "warning", "refused"]
_LOOK = {
    "info": ("info", "info"),
    "done": ("check", "ok"),
    "warning": ("warning", "warn"),
    "refused": ("stop", "stop"),
}
_STAYS = 8000  # ms; what went well goes away by itself


class MessageBar(QFrame):
    """One message at a time: a sentence, what to do next, and a refusal's code to quote."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._drawing = label()
        self._sentence = label(wrap=True)
        self._sentence.setObjectName("sentence")
        self._code = label(role="small")
        self._code.setObjectName("code")
        self._close = button(role="quiet")
        self._close.clicked.connect(self.hide)
        self.setLayout(row(self._drawing, self._sentence, self._code, self._close, gap=3, margin=2))
        self.layout().setStretch(1, 1)  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess, reportUnknownMemberType]
        self._timer = QTimer(self, singleShot=True, interval=_STAYS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, level: str = "info") -> None:
        """Show a sentence; a warning stays until it is closed."""
        self._show(text, "", level)
        if level in ("info", "done"):
            self._timer.start()

    def refuse(self, refusal: Refusal) -> None:
        """Show why something was not done and what to do next."""
        self._show(refusal.text(), refusal.code, "refused")

    def _show(self, text: str, code: str, level: str) -> None:
        self._timer.stop()
        name, token = _LOOK[level]
        self._drawing.setPixmap(pixmap(name, colour(token), 20, self.devicePixelRatioF()))
        self._sentence.setText(text)
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self._close.setIcon(icon("close", "muted"))
        describe(self._close, _("Close the message"))
        self.setAccessibleName(text)
        self.setProperty("level", level)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()


def show_fault(report: str, parent: QWidget | None) -> None:
    """Tell that the program made a mistake; the details go to a file and the clipboard."""
    log = user_path("faults.log")
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"--- {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{report}\n")
        where = _("The details were written to {file}.").format(file=log)
    except OSError:
        where = ""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("A mistake in the program"))
    box.setText(_("The program made a mistake. What you typed before is kept."))
    box.setInformativeText(
        "\n".join(filter(None, [where, _("You can go on. Tell the person who looks after it.")]))
    )
    box.setDetailedText(report)
    copy = box.addButton(_("Copy the details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
    box.exec()
    box.deleteLater()
