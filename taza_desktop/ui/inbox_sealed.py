"""Packages that are encrypted: one passphrase, and all of them are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, row

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.key_session import KeySession


class SealedNotice(Notice):
    """How many there are, the passphrase, a button; the list reads them when the keys are open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", parent)
        self._count = 0
        self._unlock, self._read = UnlockField(), button(role="primary")
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._unlock.edited.connect(self._rest)
        self._unlock.finished.connect(self._read.click)
        self._read.clicked.connect(self._open)
        self.below.addWidget(self._unlock)
        self.below.addLayout(row(self._read, 0))
        self.below.addWidget(self._busy)
        self._rest()

    def use(self, session: KeySession) -> None:
        """Unlock the keys of this register."""
        self._unlock.use(session)

    def count(self, count: int) -> None:
        """How many packages wait."""
        self._count = count
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        was_hidden = self.isHidden()
        says = ngettext(
            "{count} package is encrypted for you",
            "{count} packages are encrypted for you",
            self._count,
        )
        hint = _("Type the passphrase once; all of them are then read and checked.")
        self.say(says.format(count=self._count), hint)
        self.setHidden(was_hidden)
        self._read.setText(_("Unlock and read"))
        self._unlock.retranslate()

    def _open(self) -> None:
        if not self._unlock.ready():
            return

        def job(_register: Register, _ring: Keyring) -> None:
            """Nothing: the list hears that the keys are open."""

        self._busy.show()
        self._read.setEnabled(False)
        self._unlock.run(job, self._opened, self._refuse, self)

    def _opened(self, _nothing: None) -> None:
        self._rest()

    def _refuse(self, _refusal: Refusal) -> None:
        """The field says what is wrong."""
        self._rest()

    def _rest(self) -> None:
        self._busy.hide()
        self._read.setEnabled(self._unlock.ready())
