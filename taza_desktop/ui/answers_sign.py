"""The signature under answers and under the package for colleagues."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QPushButton, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, label


class AnswerCard(QFrame):
    """The keys, and what can be signed with them.

    Attributes:
        by_line: it goes by the place of exchange, and no folder has to be chosen.
        unlock: where they are unlocked; the page runs its jobs there.

    Signals:
        all_wanted: answer every office that was not told something yet.
        one_wanted: answer the chosen office, also once more.
        share_wanted: pack all for colleagues of the same office.
    """

    all_wanted = Signal()
    one_wanted = Signal()
    share_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._waiting, self._chosen = 0, ""
        self._heading, self._says = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self.unlock, self._line = UnlockField(), QCheckBox()
        self._line.hide()
        self._line.toggled.connect(self.retranslate)
        self._all = self._button(self.all_wanted, "primary")
        self._one, self._share = self._button(self.one_wanted), self._button(self.share_wanted)
        self._colleagues = label(role="small", wrap=True)
        self._busy = QProgressBar(textVisible=False)
        self.unlock.edited.connect(self._allow)
        self.unlock.finished.connect(self._all.click)
        head = column(self._heading, self._says, gap=1)
        below = column(self._share, self._colleagues, gap=1)
        parts = (head, self.unlock, self._line, self._all, self._one, self._busy, 2, below)
        self.setLayout(column(*parts, gap=3, margin=4))
        self.retranslate()
        self.rest()

    @property
    def by_line(self) -> bool:
        """Whether it goes by the place of exchange."""
        return not self._line.isHidden() and self._line.isChecked()

    def offer_line(self, known: bool) -> None:
        """A place of exchange is known, or not; when it is, that is the usual way."""
        if known and self._line.isHidden():
            self._line.setChecked(True)
        self._line.setVisible(known)
        self.retranslate()

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

    def rest(self) -> None:
        """Nothing is being signed any more."""
        self._busy.hide()
        self._allow()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.unlock.retranslate()
        self._heading.setText(_("Sign and hand over"))
        waits = ngettext(
            "{count} office has not been told everything yet.",
            "{count} offices have not been told everything yet.",
            self._waiting,
        )
        nothing = _("Everybody was told everything.")
        self._says.setText(waits.format(count=self._waiting) if self._waiting else nothing)
        self._line.setText(_("By the place of exchange"))
        self._all.setText(self._all_says())
        self._all.setVisible(self._waiting > 0)
        self._one.setText(_("Only to {office}…").format(office=self._chosen))
        self._one.setVisible(bool(self._chosen) and self._waiting != 1)
        self._share.setText(_("For colleagues of this office…"))
        self._colleagues.setText(
            _("Verdicts, settled conflicts and corrections for those who work on another PC.")
        )

    def _all_says(self) -> str:
        count = self._waiting
        says = ngettext("Sign {count} answer…", "Sign {count} answers…", count)
        if self.by_line:
            says = ngettext("Sign and send {count} answer", "Sign and send {count} answers", count)
        return says.format(count=count)

    def _allow(self) -> None:
        """What can be signed now; nothing while something is being signed."""
        ready = self.unlock.ready() and self._busy.isHidden()
        self._all.setEnabled(ready and self._waiting > 0)
        for each in (self._one, self._share):
            each.setEnabled(ready)

    def _button(self, wanted: SignalInstance, role: str = "") -> QPushButton:
        made = button(role=role)
        made.clicked.connect(wanted)
        return made
