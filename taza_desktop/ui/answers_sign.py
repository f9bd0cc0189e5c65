"""The signature under answers and under the package for colleagues."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QPushButton, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.passphrase_field import PassphraseField
from taza_desktop.ui.widgets import button, column, label


class AnswerCard(QFrame):
    """One passphrase, and what can be signed with it.

    Signals:
        all_wanted: (passphrase) answer every office that was not told something yet.
        one_wanted: (passphrase) answer the chosen office, also once more.
        share_wanted: (passphrase) pack all for colleagues of the same office.
    """

    all_wanted = Signal(str)
    one_wanted = Signal(str)
    share_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._waiting, self._chosen = 0, ""
        self._heading, self._says = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._passphrase, self._reveal = PassphraseField(), QCheckBox()
        self._all = self._button(self.all_wanted, "primary")
        self._one, self._share = self._button(self.one_wanted), self._button(self.share_wanted)
        self._colleagues = label(role="small", wrap=True)
        self._busy = QProgressBar(textVisible=False)
        self._passphrase.edited.connect(self.rest)
        self._passphrase.finished.connect(self._all.click)
        self._reveal.toggled.connect(self._passphrase.reveal)
        head = column(self._heading, self._says, gap=1)
        typed = column(self._passphrase, self._reveal)
        below = column(self._share, self._colleagues, gap=1)
        parts = (head, typed, self._all, self._one, self._busy, 2, below)
        self.setLayout(column(*parts, gap=3, margin=4))
        self.retranslate()
        self.rest()

    def show_waiting(self, count: int) -> None:
        """How many offices were not told something yet."""
        self._waiting = count
        self.retranslate()
        self.rest()

    def show_chosen(self, office: str) -> None:
        """Which office is chosen in the list; empty when none is."""
        self._chosen = office
        self.retranslate()

    def start(self, steps: int = 0) -> None:
        """Something is being signed; no steps: nobody knows how far it is."""
        self._busy.setRange(0, steps)
        self._busy.setValue(0)
        self._busy.show()
        for each in (self._all, self._one, self._share):
            each.setEnabled(False)

    def advance(self) -> None:
        """One more is done."""
        self._busy.setValue(self._busy.value() + 1)

    def finish(self) -> None:
        """All is signed; the passphrase is forgotten."""
        self._passphrase.clear()
        self.rest()

    def rest(self) -> None:
        """Nothing is being signed."""
        self._busy.hide()
        typed = bool(self._passphrase.text())
        self._all.setEnabled(typed and self._waiting > 0)
        for each in (self._one, self._share):
            each.setEnabled(typed)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._passphrase.name(_("Passphrase of your key"))
        self._reveal.setText(_("Show what is typed"))
        self._heading.setText(_("Sign and hand over"))
        waits = ngettext(
            "{count} office has not been told everything yet.",
            "{count} offices have not been told everything yet.",
            self._waiting,
        )
        nothing = _("Everybody was told everything.")
        self._says.setText(waits.format(count=self._waiting) if self._waiting else nothing)
        says = ngettext("Sign {count} answer…", "Sign {count} answers…", self._waiting)
        self._all.setText(says.format(count=self._waiting))
        self._all.setVisible(self._waiting > 0)
        self._one.setText(_("Only to {office}…").format(office=self._chosen))
        self._one.setVisible(bool(self._chosen) and self._waiting != 1)
        self._share.setText(_("For colleagues of this office…"))
        self._colleagues.setText(
            _("Verdicts, settled conflicts and corrections for those who work on another PC.")
        )

    def _button(self, wanted: SignalInstance, role: str = "") -> QPushButton:
        made = button(role=role)
        made.clicked.connect(lambda: wanted.emit(self._passphrase.text()))
        return made
