"""What an office hands out and keeps safe: the letter, the card, two backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.errors import Refusal
from taza_desktop.i18n import _, language
from taza_desktop.reports.files import replacing
from taza_desktop.ui import choosing
from taza_desktop.ui.backup_step import BackupStep, note, noted
from taza_desktop.ui.icons import icon
from taza_desktop.ui.report_paper import ask_printer
from taza_desktop.ui.step import State, Step
from taza_desktop.ui.unlock_field import UnlockField
from taza_desktop.ui.widgets import button, column, label, row
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from taza_desktop.packages.keys import Keyring
    from taza_desktop.register.register import Register
    from taza_desktop.reports.neutral import Report
    from taza_desktop.ui.page import Context

PDF = "PDF (*.pdf)"


class Handed(NamedTuple):
    """What the register knows of it: its id, and whether the newest card is the one needed now."""

    register: str
    card: bool | None


class LetterStep(Step):
    """Printed or saved; it goes by another way than the card.

    Signals:
        handed: it went to the printer or into a file; where, or blank.
    """

    handed = Signal(str)

    def __init__(self, number: int) -> None:
        self._context: Context | None = None
        self._print, self._pdf = button(), button()
        super().__init__(number, row(self._print, self._pdf, 0), always=True)
        self._print.clicked.connect(lambda: self._compose(self._to_printer))
        self._pdf.clicked.connect(lambda: self._compose(self._to_file))
        self.retranslate()

    def use(self, context: Context) -> None:
        """The letter of this register's office."""
        self._context = context

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say(
            _("The letter with the code"),
            _("To every district, by official post or by phone: never together with the card."),
        )
        self._print.setText(_("Print the letter…"))
        self._print.setIcon(icon("print"))
        self._pdf.setText(_("Save as PDF…"))

    def _compose(self, then: Callable[[Report], None]) -> None:
        context = self._context
        if context is None:
            return
        lang, office = language(), context.office.territory

        def job(register: Register) -> Report:
            from taza_desktop.packages.letter import lines
            from taza_desktop.reports.letter import compose

            return compose(lines(register), office, lang)

        context.worker.run(job, then, self.rest, owner=self)

    def _to_printer(self, report: Report) -> None:
        printer = ask_printer(self, report)
        if printer is not None:
            from taza_desktop.ui.printing import paint_pages

            paint_pages(report, printer)
            self.handed.emit("")

    def _to_file(self, report: Report) -> None:
        if self._context is None:
            return
        name = f"{report.territory}-{_('code')}.pdf"
        path = choosing.ask_save(self, _("Save the letter"), name, PDF, self._context.settings)
        if path is None:
            return
        from taza_desktop.ui.printing import write_pdf

        try:
            write_pdf(report, path)  # one page; no need to make anybody wait for the worker
        except Refusal as refusal:
            self.rest(refusal)
        else:
            self.rest()
            self.handed.emit(str(path))


class CardStep(Step):
    """The card as the office is now.

    Signals:
        saved: (path) the card lies there.
    """

    saved = Signal(object)

    def __init__(self, number: int, unlock: UnlockField) -> None:
        """`unlock`: where the keys of the office are opened; a card is signed."""
        self._context: Context | None = None
        self._unlock, self._save = unlock, button()
        super().__init__(number, row(self._save, 0), always=True)
        self._unlock.edited.connect(self._allow)
        self._save.clicked.connect(self._ask)
        self.retranslate()

    def use(self, context: Context) -> None:
        """The card of this register's office."""
        self._context = context
        self._allow()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say_state(None)
        self._save.setText(_("Save the card of the office…"))
        self._save.setIcon(icon("stick"))

    def say_state(self, current: bool | None) -> None:
        """Whether the card that was handed out last is the one needed."""
        hint = _("To every district, by any way. With it packages are encrypted to this office.")
        if current is False:
            hint = _("Something changed since the last card. Save it again and send it to all.")
        self.say(_("The card of the office"), hint)

    def _allow(self) -> None:
        self._save.setEnabled(self._unlock.ready())

    def _ask(self) -> None:
        from taza_desktop.packages.card import SUFFIX, file_name

        context = self._context
        if context is None:
            return
        kinds = _("Cards ({pattern})").format(pattern=f"*{SUFFIX}")
        name = file_name(context.office.territory)
        path = choosing.ask_save(self, _("Save the card"), name, kinds, context.settings)
        if path is None:
            return

        def job(register: Register, ring: Keyring) -> Path:
            from taza_desktop.exchange.card_place import to_hand_out
            from taza_desktop.packages.card import make

            with register.transaction(), replacing(path) as unfinished:
                unfinished.write_bytes(make(register, ring, to_hand_out(register)))
            return path

        self.work()
        self._unlock.run(job, self._done, self._refuse, self)

    def _done(self, path: Path) -> None:
        self.rest()
        self.saved.emit(path)

    def _refuse(self, refusal: Refusal) -> None:
        self.rest(None if self._unlock.tells(refusal) else refusal)


class OfficeCard(QFrame):
    """Four things, each with a mark when it was done; all of them can be done again.

    Signals:
        said: (sentence) something was handed out.
        changed: the card is another one.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(self, unlock: UnlockField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context: Context | None = None
        self._handed: Handed | None = None
        self._heading = label(role="heading", wrap=True)
        self._letter, self._card = LetterStep(1), CardStep(2, unlock)
        self._safe = BackupStep(3, always=True)
        self._deputy = BackupStep(4, deputy=True, always=True)
        self._steps = (self._letter, self._card, self._safe, self._deputy)
        self.setLayout(column(self._heading, *self._steps, gap=4, margin=4))
        self._letter.handed.connect(self._on_letter)
        self._card.saved.connect(self._on_card)
        for step in (self._safe, self._deputy):
            step.saved.connect(self._on_backup)
        self.retranslate()

    def use(self, context: Context, handed: Handed) -> None:
        """The office of this register."""
        self._context, self._handed = context, handed
        for step in self._steps:
            step.use(context)
        self._show()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(_("Hand out and keep safe"))
        for step in self._steps:
            step.retranslate()
        self._show()

    def _show(self) -> None:
        context, handed = self._context, self._handed
        if context is None or handed is None:
            return
        card: State = "warn" if handed.card is False else "done" if handed.card else "now"
        self._card.show_state(card)
        self._card.say_state(handed.card)
        for step, what in (
            (self._letter, "letter"),
            (self._safe, "keys"),
            (self._deputy, "deputy"),
        ):
            on = noted(context.settings, handed.register, what)
            step.show_state("done" if on else "now")
            step.setToolTip(_("Done on {day}").format(day=day(on)) if on else "")

    def _on_letter(self, path: str) -> None:
        says = _("Saved: {path}").format(path=path) if path else _("The letter is printed.")
        if self._context is not None and self._handed is not None:
            note(self._context.settings, self._handed.register, "letter")
        self.said.emit(says)
        self._show()

    def _on_card(self, path: Path) -> None:
        self.said.emit(
            _("The card lies here: {path}. Send it to every district.").format(path=path)
        )
        self.changed.emit()

    def _on_backup(self, path: Path) -> None:
        self.said.emit(_("The backup lies here: {path}.").format(path=path))
        self._show()
