"""Confirming a person: the request, who it is, the call; a renewal needs no call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.errors import environment_faults
from taza_desktop.i18n import _
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.people_call import CallStep
from taza_desktop.ui.people_who import WhoStep
from taza_desktop.ui.step import Step, into_view
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, label, row, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.parcel import Signer
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

PEM = "PEM (*.pem)"


class Asked(NamedTuple):
    """A request that was opened, and whose certificate it renews; None when it is a first one."""

    data: bytes
    renews: Signer | None


def look(register: Register, path: Path) -> Asked:
    """Read a request or a renewal. Refuses CRED-REQUEST, CRED-RENEWAL, PKG-…."""
    from taza_desktop.packages import certificates, renewal
    from taza_desktop.packages.authority import authority_of, moment

    with environment_faults(path):
        data = path.read_bytes()
    if b"-----BEGIN CMS-----" not in data:
        certificates.read_request(data)
        return Asked(data, None)
    trust, _stored = authority_of(register)
    return Asked(data, renewal.read(data, trust, moment(register))[1])


class CertifyCard(QFrame):
    """Three steps and a file; what is half done is forgotten when another request is opened.

    Signals:
        certified: (path) the answer was saved.
    """

    certified = Signal(object)

    def __init__(self, unlock: UnlockField, parent: QWidget | None = None) -> None:
        """`unlock`: where the keys of the office are opened; an answer is signed."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._asked: Asked | None = None
        self._unlock = unlock
        self._heading = label(role="heading", wrap=True)
        self._open, self._file = button(), label(wrap=True)
        self._first, self._who, self._call = (
            Step(1, row(self._open, 0), always=True),
            WhoStep(2),
            CallStep(3),
        )
        self._certify = button(role="primary")
        self._last = Step(4, row(self._certify, 0))
        steps = (self._first, self._file, self._who, self._call, self._last)
        self.setLayout(column(self._heading, *steps, gap=4, margin=4))
        self._open.clicked.connect(self._choose)
        self._who.edited.connect(self._show)
        self._call.matched.connect(self._matched)
        self._unlock.edited.connect(self._show)
        self._certify.clicked.connect(self._answer)
        self.retranslate()

    def use(self, context: Context) -> None:
        """Answer for this register's office."""
        if self._context is None or self._context.session is not context.session:
            self._take(None)
        self._context = context
        self._who.use(context)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Confirm a person"))
        self._first.say(
            _("Open the request"), _("The file that the person sent, a first one or a renewal.")
        )
        self._open.setText(_("Open the request…"))
        self._open.setIcon(icon("folder"))
        self._certify.setText(_("Confirm and save the answer…"))
        self._last.say(
            _("Save the answer"), _("Send the file back by any way; it is of use to nobody else.")
        )
        self._who.retranslate()
        self._call.retranslate()
        self._show()

    def _show(self) -> None:
        """Whose turn it is."""
        asked, renews = self._asked, self._renews()
        who, heard = self._who.is_complete(), self._call.is_right()
        self._first.show_state("done" if asked else "now")
        show_text(self._file, self._renewal_sentence())
        for step in (self._who, self._call):
            step.setVisible(not renews)
        self._who.show_state("later" if not asked else "now")
        self._call.show_state("later" if not (asked and who) else "now")
        ready = asked is not None and (renews is not None or (who and heard))
        self._last.show_state("now" if ready else "later")
        self._certify.setEnabled(ready and self._unlock.ready())

    def _matched(self) -> None:
        self._show()
        if self._call.is_right():
            into_view(self._certify)

    def _renews(self) -> Signer | None:
        return self._asked.renews if self._asked else None

    def _renewal_sentence(self) -> str:
        signer, context = self._renews(), self._context
        if signer is None or context is None:
            return ""
        place = context.plan.territories.get(signer.territory)
        says = _("Renewal for {name}, {place}: signed with the key in use, so nobody need call.")
        return says.format(name=signer.name, place=place.name if place else signer.territory)

    def _take(self, asked: Asked | None) -> None:
        self._asked = asked
        self._who.clear()
        self._call.take(self._context, asked.data if asked else b"")

    def _choose(self) -> None:
        context = self._context
        if context is None:
            return
        path = choosing.ask_open(self, _("Open the request"), PEM, context.settings)
        if path is not None:
            self._first.work()
            context.worker.run(
                lambda register: look(register, path), self._opened, self._first.rest, owner=self
            )

    def _opened(self, asked: Asked) -> None:
        self._first.rest()
        self._take(asked)
        self._show()

    def _answer(self) -> None:
        """Ask where the answer goes, certify in the worker, save."""
        context, asked = self._context, self._asked
        if context is None or asked is None:
            return
        signer, chosen = asked.renews, self._who.chosen()
        territory = signer.territory if signer else chosen.territory
        heard, name = self._call.text(), f"{territory}-certificate.pem"
        path = choosing.ask_save(self, _("Save the answer"), name, PEM, context.settings)
        if path is None:
            return

        def job(register: Register, ring: Keyring) -> Path:
            from taza_desktop.packages.credentials import certify, renew

            with register.transaction(), replacing(path) as unfinished:
                if signer is not None:
                    answer = renew(register, asked.data, ring)
                else:
                    answer = certify(register, asked.data, territory, chosen.name, ring, heard)
                unfinished.write_bytes(answer)
            return path

        self._last.work()
        self._unlock.run(job, self._answered, self._refuse, self)

    def _answered(self, path: Path) -> None:
        self._last.rest()
        self._take(None)
        self._show()
        self.certified.emit(path)

    def _refuse(self, refusal: Refusal) -> None:
        self._last.rest(None if self._unlock.tells(refusal) else refusal)
