"""Getting a certificate to sign with, step by step, at the pace of a phone call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.backup_step import BackupStep, noted
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.send_card_step import CardStep
from taza_desktop.ui.send_request_step import AnswerStep, CallStep, RequestStep
from taza_desktop.ui.widgets import column, label

if TYPE_CHECKING:
    from taza_desktop.settings import Settings
    from taza_desktop.ui.page import Context
    from taza_desktop.ui.send_enrolment import Enrolment


class KeyCard(QFrame):
    """Five steps; everything else in the program works without them.

    Whoever can sign sees only what is still missing: the card, a backup. How far it is stands in
    the register, so that one can close the window between any two steps.

    Signals:
        said: (sentence) something went well.
        changed: the register's keys or its card are others now.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._enrolment: Enrolment | None = None
        self._no_card = self._anew = self._put_off = False
        self._heading, self._hint = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._open = Notice("warning")
        self._card, self._request, self._call = CardStep(1), RequestStep(2), CallStep(3)
        self._answer, self._backup = AnswerStep(4), BackupStep(5, optional=True)
        steps = (self._card, self._request, self._call, self._answer, self._backup)
        head = column(self._heading, self._hint, gap=1)
        self.setLayout(column(head, self._open, *steps, gap=4, margin=4))
        self._connect()
        self.retranslate()

    def use(self, context: Context, enrolment: Enrolment) -> None:
        """Work on this register, which has come that far."""
        if self._context is None or self._context.session is not context.session:
            self._no_card = self._anew = self._put_off = False
        self._context, self._enrolment = context, enrolment
        for step in (self._request, self._answer, self._backup):
            step.use(context)
        self._call.use(context, enrolment.groups)
        self.retranslate()
        self._show()

    def retranslate(self) -> None:
        """Set the texts anew."""
        certified = self._enrolment is not None and self._enrolment.certified
        self._heading.setText(_("Still to be done") if certified else _("Your key, in five steps"))
        self._hint.setText(
            ""
            if certified
            else _("Packages are signed, so the coordinator knows that they are from you.")
        )
        self._hint.setVisible(not certified)
        for step in (self._card, self._request, self._call, self._answer, self._backup):
            step.retranslate()

    def _connect(self) -> None:
        self._card.taken.connect(self._taken)
        self._card.skipped.connect(self._skip_card)
        self._request.requested.connect(self._requested)
        self._call.saved.connect(self._requested)
        self._call.anew.connect(self._begin_anew)
        self._answer.enrolled.connect(self._enrolled)
        self._backup.saved.connect(self._saved)
        self._backup.later.connect(self._later)

    def _show(self) -> None:
        """Each step in its state; with a certificate only what is missing."""
        context, at = self._context, self._enrolment
        if context is None or at is None:
            return
        card = at.card or not at.above
        waits = bool(at.groups) and not self._anew
        ready = card or self._no_card or waits
        self._card.use(context, "done" if card else "now", may_skip=not (ready or at.certified))
        self._request.show_state("done" if waits else "now" if ready else "later")
        self._call.show_state("now" if waits else "later")
        self._answer.show_state("now" if waits else "later")
        self._backup.show_state("now" if at.certified else "later")
        saved = self._put_off or _is_saved(context.settings, at)
        self._card.setVisible(not (card and (at.certified or not at.above)))
        for step in (self._request, self._call, self._answer):
            step.setVisible(not at.certified or (waits and step is not self._request))
        self._backup.setVisible(not (at.certified and saved))
        self._warn(open_=not card and (at.certified or ready))
        done = at.certified and card and saved and not waits
        self.setVisible(not done)

    def _warn(self, *, open_: bool) -> None:
        says = _("Packages leave unencrypted until the card is opened")
        hint = _("Whoever finds the stick can read them. They are signed all the same.")
        self._open.say(says if open_ else "", hint)

    def _taken(self) -> None:
        self.said.emit(_("The card is open: from now on packages are encrypted."))
        self.changed.emit()

    def _skip_card(self) -> None:
        self._no_card = True
        self._show()

    def _begin_anew(self) -> None:
        self._anew = True
        self._show()

    def _requested(self, path: Path) -> None:
        self._anew = False
        text = _("The request lies here: {path}. Send it to your coordinator.").format(path=path)
        self.said.emit(text)
        self.changed.emit()

    def _enrolled(self) -> None:
        self.said.emit(_("You can sign now."))
        self.changed.emit()

    def _saved(self, path: Path) -> None:
        self.said.emit(_("The backup lies here: {path}.").format(path=path))
        self._show()

    def _later(self) -> None:
        self._put_off = True
        self._show()


def _is_saved(settings: Settings, enrolment: Enrolment) -> bool:
    return noted(settings, enrolment.register, "keys") is not None
