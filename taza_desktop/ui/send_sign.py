"""Signing and writing the package, and where it lies afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui import choosing
from taza_desktop.ui.exchange_packing import submit
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.send_second import SecondField
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, label, row, set_role
from taza_desktop.ui.wording import day, size

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.packages.keys import Keyring
    from taza_desktop.packages.write import Exported
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context
    from taza_desktop.ui.send_outlook import Outlook, Signatory


class SignCard(QFrame):
    """The passphrase, and where the package goes: over a line when there is a place, or a stick.

    Signals:
        exported: (Exported) the package is written.
        queued: (Exported) the package goes over a line as soon as there is one.
        refused: a Refusal.
    """

    exported = Signal(object)
    queued = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._signatory: Signatory | None = None
        self._something = self._has_place = False
        self._heading, self._who = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._unlock, self._second = UnlockField(), SecondField()
        self._upload, self._send = button(role="primary"), button(role="primary")
        self._upload.hide()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._unlock.edited.connect(self._rest)
        self._unlock.finished.connect(self._go)
        self._second.edited.connect(self._rest)
        self._upload.clicked.connect(self._queue)
        self._send.clicked.connect(self._export)
        head = column(self._heading, self._who, gap=1)
        buttons = (self._upload, self._send, self._busy)
        self.setLayout(column(head, self._unlock, self._second, *buttons, gap=4, margin=4))
        self.retranslate()
        self._rest()

    def use(self, context: Context, outlook: Outlook) -> None:
        """Sign for this register when there is something to send."""
        if self._context is None or self._context.exchange is not context.exchange:
            context.exchange.stood.connect(self._stand)
        self._context, self._signatory = context, outlook.signatory
        self._something = bool(outlook.lines)
        self._unlock.use(context.session)
        self._second.use(context)
        self._stand()
        self._rest()

    def _stand(self) -> None:
        """Whether there is a place that it can go to, and whether the line is there."""
        if self._context is not None and self._signatory is not None:
            self._has_place = self._context.exchange.knows_place(self._signatory.audience)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Sign and hand over"))
        self._unlock.retranslate()
        self._second.retranslate()
        self._send.setText(_("Sign and save to a stick…"))
        self._upload.setVisible(self._has_place)
        set_role(self._send, "" if self._has_place else "primary")
        if self._has_place and self._context is not None:
            far = self._context.exchange.standing.is_cut_off
            self._upload.setText(_("Sign; it goes when connected") if far else _("Sign and send"))
        if self._signatory is None or self._context is None:
            return
        office = self._context.plan.territories.get(self._signatory.audience)
        lines = (
            _("To: {office}").format(office=office.name if office else self._signatory.audience),
            _("Signed by {name}").format(name=self._signatory.name),
            _("Certificate valid until {day}").format(day=day(self._signatory.until)),
        )
        self._who.setText("\n".join(lines))

    def _go(self) -> None:
        (self._upload if self._has_place else self._send).click()

    def _queue(self) -> None:
        """Sign in the worker; the line does the rest, now or when there is one."""
        context = self._context
        if context is None or not self._unlock.ready():
            return
        signing = self._second.signing()

        def job(register: Register, ring: Keyring) -> list[Exported]:
            second = signing() if signing else None
            return submit(register, context.plan, context.round, ring, second)

        def queued(made: list[Exported]) -> None:
            self._second.clear()
            self._rest()
            figures, *photos = [one.package_id for one in made]
            context.exchange.submit(figures, photos)
            self.queued.emit(made[0])

        self._work()
        self._unlock.run(job, queued, self._refuse, self)

    def _export(self) -> None:
        """Ask for the folder, sign and write in the worker."""
        context = self._context
        if context is None or not self._unlock.ready():
            return
        title = _("Where should the package go?")
        folder = choosing.ask_folder(self, title, context.settings)
        if folder is None:
            return
        signing = self._second.signing()

        def job(register: Register, ring: Keyring) -> Exported:
            from taza_desktop.packages.write import export

            second = signing() if signing else None
            return export(register, context.plan, context.round, folder, ring, second)

        self._work()
        self._unlock.run(job, self._exported, self._refuse, self)

    def _exported(self, exported: Exported) -> None:
        self._second.clear()
        self._rest()
        if self._context is not None:
            settings = self._context.settings
            settings.placed[exported.package_id] = str(exported.path)
            settings.save()
        self.exported.emit(exported)

    def _refuse(self, refusal: Refusal) -> None:
        self._rest()
        if not self._unlock.tells(refusal) and not self._second.tells(refusal):
            self.refused.emit(refusal)

    def _work(self) -> None:
        self._busy.show()
        for each in (self._upload, self._send):
            each.setEnabled(False)

    def _rest(self) -> None:
        self._busy.hide()
        for each in (self._upload, self._send):
            each.setEnabled(self._something and self._unlock.ready() and self._second.ready())


class ResultCard(Notice):
    """Where the package lies, and what to do with it; hidden until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("done", parent)
        self._exported: Exported | None = None
        self._by_line = False
        self._folder, self._copy = button(), button()
        self._folder.clicked.connect(self._show_folder)
        self._copy.clicked.connect(self._copy_path)
        self.below.addLayout(row(self._folder, self._copy, 0, gap=2))

    def show_result(self, exported: Exported | None, *, by_line: bool = False) -> None:
        """Show a package that was just written, or goes over a line, or none."""
        self._exported, self._by_line = exported, by_line
        for each in (self._folder, self._copy):
            each.setVisible(not by_line)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._folder.setText(_("Show in folder"))
        self._copy.setText(_("Copy the path"))
        if self._exported is None:
            self.hide()
            return
        number = self._exported.seq
        if self._by_line:
            says = _("“Outbox” shows how far it is, also after the program was closed meanwhile.")
            self.say(_("Package {number} is signed and on its way").format(number=number), says)
            return
        lines = (
            str(self._exported.path),
            size(self._exported.size),
            _("Package number: {id}").format(id=self._exported.package_id),
            _("Hand the file over or send it by mail. The outbox keeps a copy."),
        )
        self.say(_("Package {number} is ready").format(number=number), "\n".join(lines))

    def _show_folder(self) -> None:
        if self._exported is not None:
            choosing.show_folder(self._exported.path)

    def _copy_path(self) -> None:
        if self._exported is not None:
            QGuiApplication.clipboard().setText(str(self._exported.path))
