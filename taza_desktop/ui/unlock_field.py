"""Where keys are asked for: one passphrase line while they are locked, a quiet line when open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.passphrase_field import PassphraseField
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import button, column, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.key_session import KeySession

T = TypeVar("T")
_OWN = ("CRED-PASSPHRASE", "CRED-LOCKED", "CRED-NO-PASSPHRASE", "CRED-NO-KEYS")
ICON = 18


class UnlockField(QWidget):
    """Asks once; every other field of the same register then shows that the keys are open.

    Signals:
        edited: what was typed, or whether the keys are open, is another.
        finished: Enter was pressed.
    """

    edited = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: KeySession | None = None
        self._refusal: Refusal | None = None
        self._line, self._reveal = PassphraseField(), QCheckBox()
        self._error = label(role="error", wrap=True)
        self._drawing, self._who, self._until = (
            label(),
            label(wrap=True),
            label(role="small", wrap=True),
        )
        self._lock = button(role="link")
        self._line.edited.connect(self._edited)
        self._line.finished.connect(self.finished)
        self._reveal.toggled.connect(self._line.reveal)
        self._lock.clicked.connect(self._lock_now)
        self.setFocusProxy(self._line)
        self._closed, self._opened = QWidget(), QWidget()
        self._closed.setLayout(column(self._line, self._error, self._reveal, gap=2))
        words = column(self._who, self._until, row(self._lock, 0), gap=1)
        says = row(column(self._drawing, 0), words, gap=2)
        says.setStretch(1, 1)
        self._opened.setLayout(says)
        self.setLayout(column(self._closed, self._opened))
        self.retranslate()

    def use(self, session: KeySession) -> None:
        """Unlock the keys of this register."""
        if session is not self._session:
            self._session, self._refusal = session, None
            self._line.clear()
            session.changed.connect(self._changed)
        session.recall()
        self.retranslate()

    def ready(self) -> bool:
        """Whether a job can be tried: the keys are open, or something was typed."""
        return self._is_open() or bool(self._line.text())

    def run(
        self,
        job: Callable[[Register, Keyring], T],
        then: Callable[[T], None],
        failed: Callable[[Refusal], None],
        owner: QObject,
    ) -> None:
        """Queue a job with the keys; what was typed is forgotten as soon as it has opened them."""
        if self._session is None:
            return
        self._refusal = None

        def refused(refusal: Refusal) -> None:
            if self.tells(refusal):
                self._refusal = refusal
                self._line.clear()
                self._line.setFocus()
            self.retranslate()
            failed(refusal)

        typed = "" if self._is_open() else self._line.text()
        self._session.run(job, then, refused, owner, typed=typed)

    def tells(self, refusal: Refusal) -> bool:
        """Whether the refusal is about the passphrase, and so stands here already."""
        return refusal.code in _OWN

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._line.name(_("Passphrase of your key"))
        self._reveal.setText(_("Show what is typed"))
        self._lock.setText(_("Lock now"))
        self._show()

    def _show(self) -> None:
        is_open = self._is_open()
        if is_open and self._session is not None:
            self._refusal = None
            self._who.setText(_("Unlocked as {name}").format(name=self._session.name))
            self._until.setText(idle_sentence())
            tint = colour("ok")
            self._drawing.setPixmap(pixmap("unlock", tint, ICON, self.devicePixelRatioF()))
        show_text(self._error, self._refusal.text() if self._refusal else "")
        self._closed.setVisible(not is_open)
        self._opened.setVisible(is_open)

    def _changed(self) -> None:
        if self._is_open():
            self._line.clear()
        self._show()
        self.edited.emit()

    def _edited(self) -> None:
        self._refusal = None
        self._show()
        self.edited.emit()

    def _lock_now(self) -> None:
        if self._session is not None:
            self._session.lock()

    def _is_open(self) -> bool:
        return self._session is not None and bool(self._session.name)


def idle_sentence() -> str:
    """When the keys are locked by themselves."""
    from taza_desktop.packages.session import IDLE

    minutes = round(IDLE)
    says = ngettext("Locks after {count} idle minute", "Locks after {count} idle minutes", minutes)
    return says.format(count=minutes)
