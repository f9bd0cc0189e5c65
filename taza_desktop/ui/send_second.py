"""An own ЭЦП as a second signature: out of a file, or through NCALayer; most need none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from taza_desktop.errors import Refusal, environment_faults
from taza_desktop.i18n import N_, _, gettext
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.passphrase_field import PassphraseField
from taza_desktop.ui.widgets import button, column, describe, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.packages.ecp import Signing
    from taza_desktop.ui.page import Context

P12 = "PKCS#12 (*.p12 *.pfx)"
_NONE, _FILE, _LAYER = range(3)
_WAYS = (
    N_("No second signature"),
    N_("With my ЭЦП from a file"),
    N_("With my ЭЦП through NCALayer"),
)


class SecondField(QWidget):
    """Which way, and what it needs.

    Signals:
        edited: something else was chosen or typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._path: Path | None = None
        self._caption, self._way = label(role="caption"), QComboBox()
        self._caption.setBuddy(self._way)
        self._open, self._file = button(), label(role="small", wrap=True)
        self._password, self._hint = PassphraseField(), label(role="small", wrap=True)
        self._error = label(role="error", wrap=True)
        self._error.hide()
        self._way.addItems(["", "", ""])
        self._way.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._way.currentIndexChanged.connect(self._changed)
        self._open.clicked.connect(self._choose)
        self._password.edited.connect(self._changed)
        chosen = column(self._caption, self._way, gap=1)
        self._needs = QWidget()
        file = row(self._open, self._file, 0)
        self._needs.setLayout(column(file, self._password, gap=2))
        self.setLayout(column(chosen, self._needs, self._error, self._hint, gap=2))
        self.retranslate()

    def use(self, context: Context) -> None:
        """Files are looked for where this register's user was last."""
        self._context = context

    def ready(self) -> bool:
        """Whether nothing is missing for the way that is chosen."""
        is_file = self._way.currentIndex() == _FILE
        return not is_file or bool(self._path and self._password.text())

    def signing(self) -> Callable[[], Signing] | None:
        """What makes the second signature, for a job in the worker; None when none is wanted."""
        way, path, password = self._way.currentIndex(), self._path, self._password.text()
        if way == _LAYER:
            return _layer
        if way == _NONE or path is None:
            return None
        return lambda: _from_file(path, password)

    def tells(self, refusal: Refusal) -> bool:
        """Whether the refusal is about this signature; then it is shown here."""
        own = refusal.code.startswith("ECP-")
        if own:
            show_text(self._error, refusal.text())
            self._password.clear()
        return own

    def clear(self) -> None:
        """Forget the password."""
        self._password.clear()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._caption.setText(_("Second signature"))
        describe(self._way, _("Second signature"))
        for at, says in enumerate(_WAYS):
            self._way.setItemText(at, gettext(says))
        self._open.setText(_("Open the file…"))
        self._open.setIcon(icon("folder"))
        self._password.name(_("Password of the ЭЦП"))
        self._hint.setText(
            _("Shown to the coordinator beside the first one. No official check of НУЦ РК.")
        )
        self._show()

    def _show(self) -> None:
        way = self._way.currentIndex()
        self._needs.setVisible(way == _FILE)
        self._file.setText(self._path.name if self._path else "")
        self._hint.setVisible(way != _NONE)

    def _changed(self) -> None:
        show_text(self._error, "")
        self._show()
        self.edited.emit()

    def _choose(self) -> None:
        if self._context is not None:
            title = _("Open the file with the ЭЦП")
            chosen = choosing.ask_open(self, title, P12, self._context.settings)
            self._path = chosen or self._path
            self._changed()


def _from_file(path: Path, password: str) -> Signing:
    from taza_desktop.packages.ecp import from_pkcs12
    from taza_desktop.packages.keys import Passphrase

    with environment_faults(path):
        data = path.read_bytes()
    return from_pkcs12(data, Passphrase(password))


def _layer() -> Signing:
    from taza_desktop.packages import ncalayer

    return ncalayer.sign
