"""The system's key store, for who does not want to type the passphrase each time; off at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import column, label, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class StoreCard(QFrame):
    """One box to tick, and what it means."""

    def __init__(self, unlock: UnlockField, parent: QWidget | None = None) -> None:
        """`unlock`: where the passphrase that is to be kept is typed."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._unlock = unlock
        self._heading, self._hint = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._keep, self._error = QCheckBox(), label(role="error", wrap=True)
        self._keep.clicked.connect(self._chosen)
        self._unlock.edited.connect(self._allow)
        head = column(self._heading, self._hint, gap=1)
        self.setLayout(column(head, self._keep, self._error, gap=3, margin=4))
        self.retranslate()

    def use(self, context: Context) -> None:
        """The choice of this user for every register on this PC."""
        self._context = context
        show_text(self._error, "")
        self._show()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Key store of this PC"))
        self._hint.setText(
            _("Then nobody types the passphrase; whoever can use this account can also sign.")
        )
        self._keep.setText(_("Keep the passphrase in the key store"))
        self._show()

    def _show(self) -> None:
        self._keep.setChecked(self._context is not None and self._context.settings.key_store)
        self._allow()

    def _allow(self) -> None:
        """It can always be switched off; to switch it on the passphrase must be known."""
        self._keep.setEnabled(self._keep.isChecked() or self._unlock.ready())

    def _chosen(self, on: bool) -> None:
        show_text(self._error, "")
        context = self._context
        if context is None:
            return
        if on:
            self._unlock.run(_remember, self._kept, self._refuse, self)
        else:
            context.settings.key_store = False
            context.settings.save()
            context.worker.run(_forget, None, self._refuse, owner=self)
            self._show()

    def _kept(self, _nothing: None) -> None:
        if self._context is not None:
            self._context.settings.key_store = True
            self._context.settings.save()
        self._show()

    def _refuse(self, refusal: Refusal) -> None:
        self._show()
        show_text(self._error, "" if self._unlock.tells(refusal) else refusal.text())


def _remember(register: Register, ring: Keyring) -> None:
    from taza_desktop.packages import keystore

    keystore.remember(register, ring.passphrase)


def _forget(register: Register) -> None:
    from taza_desktop.packages import keystore

    keystore.forget(register)
