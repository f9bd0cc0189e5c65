"""Creating the authority of an office, once: from then on it certifies the persons below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.passphrase_field import NewPassphrase
from taza_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class AuthorityCard(QFrame):
    """What it is for, a passphrase, a button.

    Signals:
        created: the office has an authority now.
        refused: a Refusal.
    """

    created = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._heading, self._hint = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._passphrase = NewPassphrase()
        self._create = button(role="primary")
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._passphrase.edited.connect(self._rest)
        self._passphrase.finished.connect(self._create.click)
        self._create.clicked.connect(self._make)
        head = column(self._heading, self._hint, gap=1)
        foot = column(row(self._create, 0), self._busy, gap=3)
        self.setLayout(column(head, self._passphrase, foot, gap=4, margin=5))
        self._rest()
        self.retranslate()

    def use(self, context: Context) -> None:
        """Work on this register."""
        self._context = context

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Create the authority of this office"))
        self._hint.setText(
            _(
                "It confirms who may sign for a territory. It is made once. Nobody can recover its"
                " passphrase: write it down and keep it in the safe."
            )
        )
        self._passphrase.retranslate()
        self._create.setText(_("Create the authority"))

    def _make(self) -> None:
        context = self._context
        if context is None or not self._passphrase.accepted():
            return

        def job(register: Register, ring: Keyring) -> None:
            from taza_desktop.packages.credentials import create_authority

            create_authority(register, ring)

        self._busy.show()
        self._create.setEnabled(False)
        typed = self._passphrase.text()
        context.session.run(job, self._made, self._refuse, self, typed=typed, new=True)

    def _made(self, _nothing: None) -> None:
        self._passphrase.clear()
        self._rest()
        self.created.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._rest()
        self.refused.emit(refusal)

    def _rest(self) -> None:
        self._busy.hide()
        self._create.setEnabled(self._passphrase.accepted())
