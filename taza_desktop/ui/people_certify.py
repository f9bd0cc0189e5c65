"""Answering a person's request: territory and name are the coordinator's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QProgressBar, QWidget

from taza_desktop.errors import environment_faults
from taza_desktop.i18n import _
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.icons import icon
from taza_desktop.ui.passphrase_field import PassphraseField
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.territories import Territories, Territory
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

PEM = "PEM (*.pem)"


class CertifyCard(QFrame):
    """Request, territory, name, passphrase; the answer is saved as a file.

    Signals:
        certified: (path) the answer was saved.
        refused: a Refusal.
    """

    certified = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._request: Path | None = None
        self._heading = label(role="heading", wrap=True)
        self._open, self._file = button(), label(role="small", wrap=True)
        self._territory_label, self._name_label = label(role="caption"), label(role="caption")
        self._territory, self._name = QComboBox(), QLineEdit()
        self._territory_label.setBuddy(self._territory)
        self._name_label.setBuddy(self._name)
        self._passphrase = PassphraseField()
        self._certify = button(role="primary")
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._open.clicked.connect(self._ask_request)
        self._certify.clicked.connect(self._answer)
        self._name.textEdited.connect(self._rest)
        self._passphrase.edited.connect(self._rest)
        self._passphrase.finished.connect(self._certify.click)
        fields = column(
            column(self._open, self._file, gap=1),
            column(self._territory_label, self._territory, gap=1),
            column(self._name_label, self._name, gap=1),
            self._passphrase,
            gap=3,
        )
        foot = column(row(self._certify, 0), self._busy, gap=2)
        self.setLayout(column(self._heading, fields, foot, gap=4, margin=4))
        self._rest()
        self.retranslate()

    def use(self, context: Context) -> None:
        """Answer for this register's office."""
        self._context = context
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Confirm a person"))
        self._open.setText(_("Open the request…"))
        self._open.setIcon(icon("folder"))
        self._file.setText(
            self._request.name if self._request else _("The file that the clerk sent.")
        )
        self._territory_label.setText(_("Signs for"))
        describe(self._territory, _("Signs for"))
        self._name_label.setText(_("Surname, name, patronymic"))
        describe(self._name, _("Surname, name, patronymic"))
        self._passphrase.name(_("Passphrase of the authority"))
        self._certify.setText(_("Confirm and save the answer…"))
        self._fill_territories()

    def _fill_territories(self) -> None:
        """The office's own list, in the order of the Kazakh alphabet, keeping the choice."""
        chosen = self._territory.currentData()
        self._territory.clear()
        if self._context is not None:
            office = self._context.office.territory
            for each in below(self._context.plan.territories, office):
                self._territory.addItem(str(each.name), each.kato)
        self._territory.setCurrentIndex(max(0, self._territory.findData(chosen)))

    def _ask_request(self) -> None:
        if self._context is not None:
            title = _("Open the request")
            chosen = choosing.ask_open(self, title, PEM, self._context.settings)
            self._request = chosen or self._request
            self.retranslate()
            self._rest()

    def _answer(self) -> None:
        """Ask where the answer goes, certify in the worker, save."""
        context, asked = self._context, self._request
        if context is None or asked is None:
            return
        territory, person = str(self._territory.currentData()), self._name.text().strip()
        path = choosing.ask_save(
            self, _("Save the answer"), f"{territory}-certificate.pem", PEM, context.settings
        )
        if path is None:
            return
        secret = self._passphrase.text()

        def job(register: Register) -> Path:
            from taza_desktop.packages.credentials import certify

            with environment_faults(asked):
                pem = asked.read_bytes()
            with register.transaction(), replacing(path) as unfinished:
                unfinished.write_bytes(certify(register, pem, territory, person, secret))
            return path

        self._busy.show()
        self._certify.setEnabled(False)
        context.worker.run(job, self._answered, self._refuse)

    def _answered(self, path: Path) -> None:
        self._request = None
        self._name.clear()
        self._passphrase.clear()
        self.retranslate()
        self._rest()
        self.certified.emit(path)

    def _refuse(self, refusal: Refusal) -> None:
        self._rest()
        self.refused.emit(refusal)

    def _rest(self) -> None:
        self._busy.hide()
        complete = self._request and self._name.text().strip() and self._passphrase.text()
        self._certify.setEnabled(bool(complete))


def below(territories: Territories, office: str) -> list[Territory]:
    """For whom an office confirms persons: the Ministry for regions, a region for all within it."""
    if office == REPUBLIC:
        found = territories.children(REPUBLIC, offices_only=True)
    else:
        found = [each for each in territories.offices() if territories.covers(office, each.kato)]
    return sorted(found, key=lambda each: sort_key(each.name.kk))
