"""A new certificate before the old one ends, asked for without a call; and its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import _
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.send_request_step import PEM, AnswerStep
from taza_desktop.ui.step import Step
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, label, row
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from datetime import date

    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class Held(NamedTuple):
    """Whose certificate is in use, until when, and whether a request waits for its answer."""

    name: str
    until: date
    waiting: bool


def held(register: Register) -> Held | None:
    """The certificate towards the office above, else the colleague's; None without one."""
    from taza_desktop.packages import certificates
    from taza_desktop.packages.people import person, stored_operator

    own = person(register) if register.credential("person") else None
    used = own or (None if register.credential("authority") else stored_operator(register))
    if used is None:
        return None
    until = used.certificate.not_valid_after_utc.date()
    waiting = bool(register.credential("request"))
    return Held(certificates.name_of(used.certificate), until, waiting)


class RenewCard(QFrame):
    """Two steps: the request, the answer.

    Signals:
        said: (sentence) something went well.
        changed: the certificate or the request is another one.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(self, unlock: UnlockField, parent: QWidget | None = None) -> None:
        """`unlock`: where the keys are opened; a renewal is signed with the key in use."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._held: Held | None = None
        self._unlock = unlock
        self._heading, self._who = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._ask = button()
        self._request, self._answer = Step(1, row(self._ask, 0), always=True), AnswerStep(2)
        head = column(self._heading, self._who, gap=1)
        self.setLayout(column(head, self._request, self._answer, gap=3, margin=4))
        self._ask.clicked.connect(self._run)
        self._unlock.edited.connect(self._show)
        self._answer.enrolled.connect(self._enrolled)
        self.retranslate()

    def use(self, context: Context, found: Held | None) -> None:
        """Renew the certificate of this register."""
        self._context, self._held = context, found
        self._answer.use(context)
        self.setVisible(found is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Renew the certificate"))
        if self._held is not None:
            says = _("{name}, valid until {day}. A renewal needs no call while it is valid.")
            self._who.setText(says.format(name=self._held.name, day=day(self._held.until)))
        self._request.say(_("Ask for a renewal"), _("Send the file to your coordinator."))
        self._ask.setText(_("Save the renewal…"))
        self._answer.retranslate()
        self._show()

    def _show(self) -> None:
        waiting = self._held is not None and self._held.waiting
        self._request.show_state("done" if waiting else "now")
        self._answer.show_state("now" if waiting else "later")
        self._ask.setEnabled(self._unlock.ready())

    def _run(self) -> None:
        context = self._context
        if context is None:
            return
        name = f"{context.office.territory}-renewal.pem"
        path = choosing.ask_save(self, _("Save the renewal"), name, PEM, context.settings)
        if path is None:
            return

        def job(register: Register, ring: Keyring) -> Path:
            from taza_desktop.packages.credentials import renewal_request

            with register.transaction(), replacing(path) as unfinished:
                unfinished.write_bytes(renewal_request(register, ring))
            return path

        self._request.work()
        self._unlock.run(job, self._asked, self._refuse, self)

    def _asked(self, path: Path) -> None:
        self._request.rest()
        says = _("The request lies here: {path}. Send it to your coordinator.")
        self.said.emit(says.format(path=path))
        self.changed.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._request.rest(None if self._unlock.tells(refusal) else refusal)

    def _enrolled(self) -> None:
        self.said.emit(_("The new certificate is in use."))
        self.changed.emit()
