"""Getting a certificate to sign with: a request goes out, the coordinator's answer comes in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from taza_desktop.errors import environment_faults
from taza_desktop.i18n import _
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.passphrase_field import NewPassphrase
from taza_desktop.ui.widgets import button, column, label

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

PEM = "PEM (*.pem)"


class KeyCard(QFrame):
    """Two steps, in this order; everything else in the program works without them.

    Signals:
        requested: (path) the request was made and saved.
        enrolled: the register can sign now.
        refused: a Refusal.
    """

    requested = Signal(object)
    enrolled = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._waiting = False
        self._heading, self._hint = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._first, self._second = label(role="strong", wrap=True), label(role="strong", wrap=True)
        self._first_hint = label(role="small", wrap=True)
        self._second_hint = label(role="small", wrap=True)
        self._passphrase = NewPassphrase()
        self._request = button(role="primary")
        self._enrol = button()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._passphrase.edited.connect(self._allow)
        self._passphrase.finished.connect(self._request.click)
        self._request.clicked.connect(self._make_request)
        self._enrol.clicked.connect(self._open_answer)
        first = column(self._first, self._first_hint, self._passphrase, self._request, gap=2)
        second = column(self._second, self._second_hint, self._enrol, gap=2)
        head = column(self._heading, self._hint, gap=1)
        self.setLayout(column(head, first, second, self._busy, gap=5, margin=4))
        self._rest()
        self.retranslate()

    def use(self, context: Context, waiting: bool) -> None:
        """Work on this register; `waiting` when a request was made already."""
        self._context, self._waiting = context, waiting
        self.retranslate()
        self._rest()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Packages are signed"))
        self._hint.setText(_("So the coordinator knows that they are from you. This is done once."))
        self._first.setText(_("1. Make your key and a request"))
        name = self._context.office.name if self._context else ""
        self._first_hint.setText(
            _("In the name of {name}. Send the request file to your coordinator.").format(name=name)
        )
        self._passphrase.retranslate()
        again = _("Make the request anew…")
        self._request.setText(again if self._waiting else _("Make the request…"))
        self._second.setText(_("2. Open the answer"))
        self._second_hint.setText(_("The certificate that the coordinator sends back."))
        self._enrol.setText(_("Open the certificate…"))
        self._enrol.setIcon(icon("folder"))

    def _allow(self) -> None:
        self._request.setEnabled(self._passphrase.accepted())

    def _make_request(self) -> None:
        """Ask where the request goes, make the key in the worker, save."""
        context = self._context
        if context is None or not self._passphrase.accepted():
            return
        name = f"{context.office.territory}-request.pem"
        path = choosing.ask_save(self, _("Save the request"), name, PEM, context.settings)
        if path is None:
            return
        secret = self._passphrase.text()

        def job(register: Register) -> Path:
            from taza_desktop.packages.credentials import request

            with register.transaction(), replacing(path) as unfinished:
                unfinished.write_bytes(request(register, secret))
            return path

        self._work()
        context.worker.run(job, self._requested, self._refuse)

    def _requested(self, path: Path) -> None:
        self._passphrase.clear()
        self._waiting = True
        self.retranslate()
        self._rest()
        self.requested.emit(path)

    def _open_answer(self) -> None:
        context = self._context
        if context is None:
            return
        path = choosing.ask_open(self, _("Open the certificate"), PEM, context.settings)
        if path is None:
            return

        def job(register: Register) -> None:
            from taza_desktop.packages.credentials import enrol

            with environment_faults(path):
                answer = path.read_bytes()
            enrol(register, answer)

        self._work()
        context.worker.run(job, self._enrolled, self._refuse)

    def _enrolled(self, _nothing: None) -> None:
        self._rest()
        self.enrolled.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._rest()
        self.refused.emit(refusal)

    def _work(self) -> None:
        self._busy.show()
        self._request.setEnabled(False)
        self._enrol.setEnabled(False)

    def _rest(self) -> None:
        self._busy.hide()
        self._enrol.setEnabled(self._waiting)
        self._allow()
