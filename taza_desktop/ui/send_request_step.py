"""The clerk's own key: a passphrase, the request, the six groups to read aloud, the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from taza_desktop.errors import environment_faults
from taza_desktop.i18n import _
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.code_entry import CodeShown
from taza_desktop.ui.icons import icon
from taza_desktop.ui.passphrase_field import NewPassphrase
from taza_desktop.ui.step import Step
from taza_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

PEM = "PEM (*.pem)"


def request_name(context: Context) -> str:
    """What the file of a request is called."""
    return f"{context.office.territory}-request.pem"


class RequestStep(Step):
    """In whose name, a passphrase twice, a file.

    Signals:
        requested: (path) the key is made and the request saved.
    """

    requested = Signal(object)

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._name, self._passphrase = label(wrap=True), NewPassphrase()
        self._make = button(role="primary")
        super().__init__(number, self._name, self._passphrase, row(self._make, 0))
        self._passphrase.edited.connect(self._allow)
        self._passphrase.finished.connect(self._make.click)
        self._make.clicked.connect(self._request)
        self.retranslate()

    def use(self, context: Context) -> None:
        """Ask for this register's person."""
        self._context = context
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(
            _("Make your key and a request"),
            _("The passphrase protects the key on this PC. Nobody else needs to know it."),
        )
        if self._context is not None:
            place = self._context.plan.territories[self._context.office.territory].name
            says = _("In the name of {name}, {place}.")
            self._name.setText(says.format(name=self._context.office.name, place=place))
        self._passphrase.retranslate()
        self._make.setText(_("Make the key and save the request…"))
        self._allow()

    def _allow(self) -> None:
        self._make.setEnabled(self._passphrase.accepted())

    def _request(self) -> None:
        """Ask where the request goes, make the key in the worker, save."""
        context = self._context
        if context is None or not self._passphrase.accepted():
            return
        title, name = _("Save the request"), request_name(context)
        path = choosing.ask_save(self, title, name, PEM, context.settings)
        if path is None:
            return

        def job(register: Register, ring: Keyring) -> Path:
            from taza_desktop.packages.credentials import request

            with register.transaction(), replacing(path) as unfinished:
                unfinished.write_bytes(request(register, ring))
            return path

        self.work()
        typed = self._passphrase.text()
        context.session.run(job, self._made, self.rest, self, typed=typed, new=True)

    def _made(self, path: Path) -> None:
        self._passphrase.clear()
        self.rest()
        self.requested.emit(path)


class CallStep(Step):
    """The six groups in large type, and the file once more.

    Signals:
        saved: (path) the request was saved again.
        anew: a new key and a new request are wanted.
    """

    saved = Signal(object)
    anew = Signal()

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._code, self._again, self._anew = CodeShown(), button(), button(role="link")
        choice = column(row(self._again, 0), row(self._anew, 0), gap=1)
        super().__init__(number, self._code, choice)
        self._again.clicked.connect(self._save)
        self._anew.clicked.connect(self.anew)
        self.retranslate()

    def use(self, context: Context, groups: tuple[str, ...]) -> None:
        """Show the code of the request that waits; none hides it."""
        self._context = context
        self._code.show_groups(groups)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(
            _("Send the request file and wait for the call"),
            _("The coordinator calls you. Read these six groups aloud, one after another."),
        )
        self._again.setText(_("Save the request again…"))
        self._anew.setText(_("Begin anew"))

    def _save(self) -> None:
        context = self._context
        if context is None:
            return
        title, name = _("Save the request"), request_name(context)
        path = choosing.ask_save(self, title, name, PEM, context.settings)
        if path is None:
            return

        def job(register: Register) -> Path:
            with replacing(path) as unfinished:
                unfinished.write_bytes(register.credential("request")["request"])
            return path

        self.work()
        context.worker.run(job, self._saved, self.rest, owner=self)

    def _saved(self, path: Path) -> None:
        self.rest()
        self.saved.emit(path)


class AnswerStep(Step):
    """The file that the coordinator sent back.

    Signals:
        enrolled: the register can sign now.
    """

    enrolled = Signal()

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._open = button(role="primary")
        super().__init__(number, row(self._open, 0))
        self._open.clicked.connect(self._choose)
        self.retranslate()

    def use(self, context: Context) -> None:
        """Take answers for this register."""
        self._context = context

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(_("Open the answer"), _("The file that the coordinator sends back."))
        self._open.setText(_("Open the answer…"))
        self._open.setIcon(icon("folder", "on_accent"))

    def _choose(self) -> None:
        context = self._context
        if context is None:
            return
        path = choosing.ask_open(self, _("Open the answer"), PEM, context.settings)
        if path is None:
            return

        def job(register: Register) -> None:
            from taza_desktop.packages.credentials import enrol

            with environment_faults(path):
                answer = path.read_bytes()
            enrol(register, answer)

        self.work()
        context.worker.run(job, self._enrolled, self.rest, owner=self)

    def _enrolled(self, _nothing: None) -> None:
        self.rest()
        self.enrolled.emit()
