"""Bringing keys back from a backup, into a register that has none or the same ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QWidget

from taza_desktop.errors import environment_faults
from taza_desktop.i18n import _
from taza_desktop.ui import choosing
from taza_desktop.ui.backup_step import BACKUPS
from taza_desktop.ui.icons import icon
from taza_desktop.ui.passphrase_field import PassphraseField
from taza_desktop.ui.widgets import button, column, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class RestoreCard(QFrame):
    """The file, and the passphrase of the day on which it was made.

    Signals:
        restored: the register has the keys now.
    """

    restored = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._path: Path | None = None
        self._heading, self._hint = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._open, self._file = button(), label(role="small", wrap=True)
        self._passphrase, self._reveal = PassphraseField(), QCheckBox()
        self._error, self._restore = label(role="error", wrap=True), button()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._open.clicked.connect(self._choose)
        self._passphrase.edited.connect(self._rest)
        self._passphrase.finished.connect(self._restore.click)
        self._reveal.toggled.connect(self._passphrase.reveal)
        self._restore.clicked.connect(self._run)
        head = column(self._heading, self._hint, gap=1)
        file = column(row(self._open, 0), self._file, gap=1)
        typed = column(self._passphrase, self._error, self._reveal)
        foot = row(self._restore, 0)
        self.setLayout(column(head, file, typed, foot, self._busy, gap=3, margin=4))
        self._rest()
        self.retranslate()

    def use(self, context: Context) -> None:
        """Restore into this register."""
        if self._context is None or self._context.session is not context.session:
            self._path = None
            self._passphrase.clear()
            show_text(self._error, "")
        self._context = context
        self._rest()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Restore keys from a backup"))
        self._hint.setText(
            _("After a lost PC, or for the deputy. First open the newest card that went out.")
        )
        self._open.setText(_("Open the backup…"))
        self._open.setIcon(icon("folder"))
        self._passphrase.name(_("Passphrase of the day of the backup"))
        self._reveal.setText(_("Show what is typed"))
        self._restore.setText(_("Restore"))

    def _choose(self) -> None:
        if self._context is None:
            return
        kinds = _("Backups ({pattern})").format(pattern=BACKUPS)
        title = _("Open the backup")
        self._path = choosing.ask_open(self, title, kinds, self._context.settings) or self._path
        show_text(self._error, "")
        self._rest()

    def _run(self) -> None:
        context, path = self._context, self._path
        if context is None or path is None or not self._passphrase.text():
            return

        def job(register: Register, ring: Keyring) -> None:
            from taza_desktop.packages.backup import restore

            with environment_faults(path):
                kept = path.read_bytes()
            restore(register, kept, ring)

        self._busy.show()
        self._restore.setEnabled(False)
        typed = self._passphrase.text()
        context.session.run(job, self._restored, self._refuse, self, typed=typed, new=True)

    def _restored(self, _nothing: None) -> None:
        self._path = None
        self._passphrase.clear()
        show_text(self._error, "")
        self._rest()
        self.restored.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._rest()
        show_text(self._error, refusal.text())

    def _rest(self) -> None:
        self._busy.hide()
        show_text(self._file, self._path.name if self._path else "")
        self._restore.setEnabled(bool(self._path and self._passphrase.text()))
