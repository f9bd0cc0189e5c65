"""Where a passphrase is typed: hidden, but to be looked at, as wrong layouts are common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.widgets import column, describe, label

SHORTEST = 8  # characters of a passphrase that is newly set


class PassphraseField(QWidget):
    """One line for a passphrase.

    Signals:
        edited: another text stands in it.
        finished: Enter was pressed.
    """

    edited = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label(role="caption")
        self._line = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._label.setBuddy(self._line)
        self._line.textEdited.connect(lambda: self.edited.emit())
        self._line.returnPressed.connect(self.finished)
        self.setFocusProxy(self._line)
        self.setLayout(column(self._label, self._line, gap=1))

    def name(self, text: str) -> None:
        """Say what is to be typed."""
        self._label.setText(text)
        describe(self._line, text)

    def text(self) -> str:
        """What was typed."""
        return self._line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self._line.clear()

    def reveal(self, shown: bool) -> None:
        """Show the letters, or dots."""
        mode = QLineEdit.EchoMode
        self._line.setEchoMode(mode.Normal if shown else mode.Password)


class NewPassphrase(QWidget):
    """A passphrase that is set now: typed twice, with a hint what is a good one.

    Signals:
        edited: what was typed changed; `accepted` tells whether it will do.
        finished: Enter was pressed in the second line.
    """

    edited = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._second = PassphraseField(), PassphraseField()
        self._show = QCheckBox()
        self._hint = label(role="small", wrap=True)
        for field in (self._first, self._second):
            field.edited.connect(self._changed)
            self._show.toggled.connect(field.reveal)
        self._second.finished.connect(self.finished)
        self.setFocusProxy(self._first)
        self.setLayout(column(self._first, self._second, self._show, self._hint, gap=2))
        self.retranslate()

    def text(self) -> str:
        """The passphrase."""
        return self._first.text()

    def accepted(self) -> bool:
        """Whether it is long enough and both lines agree."""
        return len(self.text()) >= SHORTEST and self.text() == self._second.text()

    def clear(self) -> None:
        """Forget it."""
        self._first.clear()
        self._second.clear()
        self._changed()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._first.name(_("New passphrase"))
        self._second.name(_("The same once more"))
        self._show.setText(_("Show what is typed"))
        self._changed()

    def _changed(self) -> None:
        self._hint.setText(self._says())
        self.edited.emit()

    def _says(self) -> str:
        typed, again = self.text(), self._second.text()
        if typed and len(typed) < SHORTEST:
            return _("Too short: at least {count} characters.").format(count=SHORTEST)
        if again and not typed.startswith(again):
            return _("The two lines differ.")
        return _("Four or five words that belong together only for you are good and easy to keep.")
