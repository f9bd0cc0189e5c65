"""Taking a certificate back: why, and since when it was no longer good."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QFrame, QProgressBar, QRadioButton, QWidget

from taza_desktop.i18n import N_, _, gettext
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, describe, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.credentials import Issued
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

STOLEN = 1
ROOM = 150  # of a date and the button of its calendar
_REASONS = (  # what happened, and what follows from it
    (
        N_("The key or its passphrase is lost"),
        N_("Nobody else can use it. The person makes a new request; you confirm it by phone."),
    ),
    (
        N_("The key is in other hands"),
        N_("What was received after the last good day was not from this person."),
    ),
    (
        N_("The person left, or moved to another district"),
        N_(
            "The register stays with the office. In another district the person makes a new"
            " request there; you confirm it by phone."
        ),
    ),
)


class RevokeCard(QFrame):
    """Stands beside the list until it is done or left.

    Signals:
        revoked: the certificate is taken back.
        left: it is not to be taken back.
    """

    revoked = Signal()
    left = Signal()

    def __init__(self, unlock: UnlockField, parent: QWidget | None = None) -> None:
        """`unlock`: where the keys of the office are opened; the new list is signed."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._person: Issued | None = None
        self._unlock = unlock
        self._heading, self._hint = label(role="heading", wrap=True), label(role="small", wrap=True)
        self._reasons = [QRadioButton() for _reason in _REASONS]
        self._group = QButtonGroup(self)
        for at, choice in enumerate(self._reasons):
            self._group.addButton(choice, at)
        self._day_label, self._day = label(role="caption"), QDateEdit()
        self._day.setCalendarPopup(True)
        self._day.setMinimumWidth(ROOM)
        self._day_label.setBuddy(self._day)
        self._error = label(role="error", wrap=True)
        self._do, self._leave = button(role="danger"), button()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        last = column(self._day_label, row(self._day, 0), gap=1)
        buttons = row(self._do, self._leave, 0)
        parts = (self._heading, *self._reasons, self._hint, last, self._error, buttons, self._busy)
        self.setLayout(column(*parts, gap=3, margin=4))
        self._group.idToggled.connect(lambda _at, _on: self._show())
        self._unlock.edited.connect(self._show)
        self._do.clicked.connect(self._revoke)
        self._leave.clicked.connect(self.left)
        self.retranslate()

    def ask(self, context: Context, person: Issued) -> None:
        """Ask about this person."""
        self._context, self._person = context, person
        self._reasons[0].setChecked(True)
        today = QDate.currentDate()
        self._day.setMaximumDate(today)
        self._day.setDate(today.addDays(-1))
        show_text(self._error, "")
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        name = self._person.name if self._person else ""
        self._heading.setText(_("Revoke the certificate of {name}?").format(name=name))
        for choice, (says, _follows) in zip(self._reasons, _REASONS, strict=True):
            choice.setText(gettext(says))
        self._day_label.setText(_("Last good day"))
        describe(self._day, _("Last good day"))
        self._do.setText(_("Revoke"))
        self._leave.setText(_("Cancel"))
        self._show()

    def _show(self) -> None:
        at = max(0, self._group.checkedId())
        self._hint.setText(gettext(_REASONS[at][1]))
        for part in (self._day_label, self._day):
            part.setVisible(at == STOLEN)
        self._busy.hide()
        self._do.setEnabled(self._unlock.ready())

    def _since(self) -> datetime:
        """The first moment at which it was no longer good."""
        if self._group.checkedId() != STOLEN:
            return datetime.now(UTC)
        last = self._day.date()
        first = date(last.year(), last.month(), last.day()) + timedelta(days=1)
        return datetime.combine(first, time()).astimezone(UTC)

    def _revoke(self) -> None:
        context, person = self._context, self._person
        if context is None or person is None:
            return
        since = self._since()

        def job(register: Register, ring: Keyring) -> None:
            from taza_desktop.packages.credentials import revoke

            revoke(register, person.serial, since, ring)

        self._busy.show()
        self._do.setEnabled(False)
        self._unlock.run(job, self._revoked, self._refuse, self)

    def _revoked(self, _nothing: None) -> None:
        self._show()
        self.revoked.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._show()
        show_text(self._error, "" if self._unlock.tells(refusal) else refusal.text())
