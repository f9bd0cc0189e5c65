"""The header: whose register, which round and how far it is, when last saved, language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSignalBlocker, QTime, Signal
from PySide6.QtWidgets import QPushButton

from taza_desktop.i18n import LANGUAGES, N_, _, gettext, language
from taza_desktop.ui.generated.ui_window import Ui_Window
from taza_desktop.ui.icons import icon
from taza_desktop.ui.widgets import describe

if TYPE_CHECKING:
    from taza_desktop.plan.rounds import Round
    from taza_desktop.ui.page import Context

_ROLES = {
    "clerk": N_("clerk of the district"),
    "region": N_("coordinator of the region"),
    "ministry": N_("Ministry"),
}


class Header(QObject):
    """Fills the shell's header.

    Signals:
        round_chosen: the code of another round.
        language_chosen: another language.
    """

    round_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, ui: Ui_Window, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._context: Context | None = None
        self._rounds: list[Round] = []
        self._done = (0, 0)
        self._saved: datetime | None = None
        for code, choice in self._languages().items():
            choice.clicked.connect(lambda _checked, code=code: self.language_chosen.emit(code))
        ui.lock.clicked.connect(self._lock)
        ui.round.activated.connect(lambda at: self.round_chosen.emit(ui.round.itemData(at)))
        self._empty(True)
        self.retranslate()

    def show_register(self, context: Context, rounds: list[Round]) -> None:
        """Show whose register is open and which rounds can be chosen."""
        if self._context is None or self._context.session is not context.session:
            context.session.changed.connect(self._show_lock)
        self._context = context
        self._rounds = rounds
        self._saved = None
        self._done = (0, 0)
        self._empty(False)
        self.retranslate()

    def show_round(self, chosen: Round) -> None:
        """Select the round in force."""
        with QSignalBlocker(self._ui.round):
            self._ui.round.setCurrentIndex(self._ui.round.findData(chosen.code))

    def show_progress(self, done: tuple[int, int]) -> None:
        """Show how many of the sheets that this office waits for are ready: (ready, all)."""
        self._done = done
        ready, all_ = done
        self._ui.progress.setRange(0, max(1, all_))
        self._ui.progress.setValue(ready)
        self._ui.progressText.setText(
            _("{ready} of {all} sheets ready").format(ready=ready, all=all_)
        )

    def saved_now(self) -> None:
        """Say that everything typed is on the disk."""
        self._saved = datetime.now()
        self._show_saved()

    def retranslate(self) -> None:
        """Set every text of the header anew."""
        for code, choice in self._languages().items():
            choice.setChecked(code == language())
        self._show_saved()
        self._show_lock()
        if self._context is None:
            return
        office = self._context.office
        territory = self._context.plan.territories[office.territory]
        self._ui.office.setText(territory.name.to(language()))
        self._ui.person.setText(f"{office.name} · {gettext(_ROLES[office.role])}")
        self._fill_rounds(self._context.round)
        self.show_progress(self._done)

    def _fill_rounds(self, chosen: Round) -> None:
        with QSignalBlocker(self._ui.round):
            self._ui.round.clear()
            for each in self._rounds:
                self._ui.round.addItem(each.name(language()), each.code)
        self.show_round(chosen)

    def _show_saved(self) -> None:
        if self._saved is None:
            self._ui.saved.setText("")
            return
        at = QLocale(language()).toString(QTime(self._saved.hour, self._saved.minute), "HH:mm")
        self._ui.saved.setText(_("saved {time}").format(time=at))

    def _show_lock(self) -> None:
        """While the keys are open: a button that locks them."""
        name = self._context.session.name if self._context else ""
        self._ui.lock.setVisible(bool(name))
        if name:
            self._ui.lock.setIcon(icon("unlock", "ok"))
            self._ui.lock.setText(_("Lock"))
            says = _("Unlocked as {name}").format(name=name)
            describe(self._ui.lock, _("Lock the keys now"), f"{says}. {_('Lock the keys now')}")

    def _lock(self) -> None:
        if self._context is not None:
            self._context.session.lock()

    def _empty(self, empty: bool) -> None:
        for part in (self._ui.round, self._ui.progress, self._ui.progressText):
            part.setVisible(not empty)

    def _languages(self) -> dict[str, QPushButton]:
        return {code: getattr(self._ui, code) for code in LANGUAGES}
