"""Another passphrase for the keys of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.passphrase_field import NewPassphrase
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class PassphraseCard(QFrame):
    """The new one twice; the old one is what unlocks.

    Signals:
        changed: (how many keys keep a passphrase of their own) the new one is in force.
    """

    changed = Signal(int)

    def __init__(self, unlock: UnlockField, parent: QWidget | None = None) -> None:
        """`unlock`: where the keys are opened with the old passphrase."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._unlock = unlock
        self._heading, self._hint = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._new, self._error = NewPassphrase(), label(role="error", wrap=True)
        self._change, self._busy = button(), QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._new.edited.connect(self._rest)
        self._new.finished.connect(self._change.click)
        self._unlock.edited.connect(self._rest)
        self._change.clicked.connect(self._run)
        head = column(self._heading, self._hint, gap=1)
        foot = row(self._change, 0)
        self.setLayout(column(head, self._new, self._error, foot, self._busy, gap=3, margin=4))
        self._rest()
        self.retranslate()

    def use(self, context: Context) -> None:
        """Change the passphrase of this register's keys."""
        if self._context is None or self._context.session is not context.session:
            self._new.clear()
            show_text(self._error, "")
        self._context = context
        self._rest()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Another passphrase"))
        self._hint.setText(_("Backups made before keep the old one: make a new backup afterwards."))
        self._new.retranslate()
        self._change.setText(_("Change the passphrase"))

    def _run(self) -> None:
        context = self._context
        if context is None or not (self._new.accepted() and self._unlock.ready()):
            return
        new, store = self._new.text(), context.settings.key_store

        def job(register: Register, ring: Keyring) -> int:
            from taza_desktop.packages import keystore
            from taza_desktop.packages.keys import Passphrase
            from taza_desktop.packages.passphrase import change

            others = change(register, ring, new)
            if store:
                keystore.remember(register, Passphrase(new))
            return len(others)

        self._busy.show()
        self._change.setEnabled(False)
        self._unlock.run(job, self._changed, self._refuse, self)

    def _changed(self, others: int) -> None:
        self._new.clear()
        show_text(self._error, "")
        if self._context is not None:
            self._context.session.lock()  # what it holds opens nothing any more
        self._rest()
        self.changed.emit(others)

    def _refuse(self, refusal: Refusal) -> None:
        self._rest()
        show_text(self._error, "" if self._unlock.tells(refusal) else refusal.text())

    def _rest(self) -> None:
        self._busy.hide()
        self._change.setEnabled(self._new.accepted() and self._unlock.ready())
