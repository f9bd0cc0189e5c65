"""The desk: which register is open, in which round; everything that outlives a page meets here."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject

from taza_desktop.i18n import Language, _, ngettext
from taza_desktop.settings import Settings
from taza_desktop.ui.exchange_service import Exchange
from taza_desktop.ui.key_session import Clock, KeySession
from taza_desktop.ui.messages import show_fault
from taza_desktop.ui.page import Context
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.window import Window
from taza_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.model import Office
    from taza_desktop.register.register import Register

REGISTERS = "*.taza-register"


class Opened(NamedTuple):
    """What the worker found in a register when it opened it."""

    plan: Plan
    office: Office
    rounds_held: frozenset[str]


class Desk(QObject):
    """Opens registers in the window and switches what is in force: round, language."""

    def __init__(
        self,
        settings: Settings,
        look: Look,
        languages: Languages,
        worker_class: type[Worker[Any]] = Worker,
        clock: Clock = time.monotonic,
    ) -> None:
        """`clock` counts the seconds after which idle keys are locked."""
        super().__init__()
        self._settings = settings
        self._languages = languages
        self._worker_class = worker_class
        self._clock = clock
        self._worker: Worker[Register] | None = None
        self._context: Context | None = None
        self.window = Window(look)
        self._connect()

    def start(self, register: Path | None) -> bool:
        """Show the window on that register, else on the last one, else the first start.

        False when the person closed the first start without choosing anything.
        """
        path = register or self._settings.last_register()
        if path is None:
            return self.first_start()
        self.open(path)  # its thread reads while Qt lays out and paints
        self.window.show()
        return True

    def open(self, path: Path) -> None:
        """Open a register; when it is refused, the one that is open stays."""
        worker = self._worker_class(lambda: _open(path), path=path)
        worker.broke.connect(self._show_fault)

        def opened(found: Opened) -> None:
            self._settle(path, worker, found)

        def refused(refusal: Refusal) -> None:
            worker.close()
            self.window.refuse(refusal)

        worker.run(_look_in, opened, refused, owner=self)

    def first_start(self) -> bool:
        """Ask who is there, and open what was made or chosen; False when nothing was."""
        from taza_desktop.ui.first_start import FirstStart

        dialog = FirstStart(self._settings, self._languages, self._worker_class)
        try:
            if not dialog.exec() or dialog.path is None:
                return False
        finally:
            dialog.deleteLater()
        self.window.show()
        self.open(dialog.path)
        return True

    def close(self) -> None:
        """Finish what is queued, give the register back, lock its keys."""
        context, self._context = self._context, None
        if context is not None:
            context.exchange.close()
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        if context is not None:
            context.session.close()
            context.exchange.deleteLater()

    def _connect(self) -> None:
        header, menu = self.window.header, self.window.register_menu
        header.round_chosen.connect(self._use_round)
        header.language_chosen.connect(self._use_language)
        menu.chosen.connect(self.open)
        menu.open_wanted.connect(self._ask_for_register)
        menu.new_wanted.connect(self.first_start)
        menu.place_wanted.connect(self._ask_for_place)
        self.window.ui.line.clicked.connect(self._follow_pill)
        menu.example_wanted.connect(self._show_example)
        menu.about_wanted.connect(self._show_about)
        menu.remember(self._settings.recent)
        self.window.closed.connect(self.close)

    def _settle(self, path: Path, worker: Worker[Register], found: Opened) -> None:
        """The register is open: hand it to the window, and close the one before."""
        from taza_desktop.ui.round_choice import first_round, rounds_to_offer

        self.window.leave()  # before its worker goes
        self.close()
        self._worker = worker
        worker.refused.connect(self.window.refuse)
        self._settings.opened(path)
        today = date.today()
        self._context = Context(
            worker=worker,
            plan=found.plan,
            office=found.office,
            round=first_round(today, found.rounds_held, self._settings.round),
            settings=self._settings,
            path=path,
            session=KeySession(worker, self._settings, self._clock),
            open_sheet=self.window.open_sheet,
            exchange=self._begin_exchange(worker, found.plan),
        )
        self.window.register_menu.remember(self._settings.recent)
        self.window.open(self._context, rounds_to_offer(today, found.rounds_held))

    def _begin_exchange(self, worker: Worker[Register], plan: Plan) -> Exchange:
        """Packages are sent and fetched from now on, if there is a place for it."""
        exchange = Exchange(worker, plan, self._settings, self.window)
        exchange.stood.connect(self.window.pill.show_standing)
        exchange.came.connect(self._tell_of_arrivals)
        return exchange

    def _tell_of_arrivals(self, came: Sequence[object]) -> None:
        says = ngettext(
            "{count} package has come. “Inbox” shows it.",
            "{count} packages have come. “Inbox” shows them.",
            len(came),
        )
        if self.window.current() != "inbox":
            self.window.say(says.format(count=len(came)))

    def _use_round(self, code: str) -> None:
        from taza_desktop.plan.rounds import Round

        if self._context is not None:
            self._settings.round = code
            self._settings.save()
            self._context = replace(self._context, round=Round.parse(code))
            self.window.use(self._context)

    def _use_language(self, wanted: Language) -> None:
        self.window.leave()  # a number is read in the language in which it was typed
        self._settings.language = wanted
        self._settings.save()
        self._languages.use(wanted)

    def _ask_for_register(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        folder = str(self._context.path.parent) if self._context else str(Path.home())
        what = _("Registers ({pattern})").format(pattern=REGISTERS)
        chosen, _filter = QFileDialog.getOpenFileName(
            self.window, _("Open a register"), folder, what
        )
        if chosen:
            self.open(Path(chosen))

    def _follow_pill(self) -> None:
        """To the settings while a person has to do something there, else to the outbox."""
        if self._context is None:
            return
        from taza_desktop.ui.exchange_standing import to_mend

        standing = self._context.exchange.standing
        if standing.known.places and to_mend(standing) is None:
            self.window.go("outbox")
        else:
            self._ask_for_place()

    def _ask_for_place(self) -> None:
        if self._context is None:
            return
        from taza_desktop.ui.exchange_settings import ExchangeSettings

        dialog = ExchangeSettings(self._context, self.window)
        dialog.exec()
        dialog.deleteLater()

    def _show_example(self) -> None:
        from taza_desktop.ui.first_start import FirstStart

        dialog = FirstStart(self._settings, self._languages, self._worker_class, self.window)
        dialog.make_example()
        if dialog.exec() and dialog.path is not None:
            self.open(dialog.path)
        dialog.deleteLater()

    def _show_about(self) -> None:
        from taza_desktop.ui.about import AboutDialog

        dialog = AboutDialog(self.window)
        dialog.exec()
        dialog.deleteLater()

    def show_exception(self, *fault: Any) -> None:
        """What Python calls when a fault of the program reaches Qt's loop."""
        self._show_fault("".join(traceback.format_exception(*fault)))

    def _show_fault(self, report: str) -> None:
        show_fault(report, self.window)


def _open(path: Path) -> Register:
    from taza_desktop.register.register import Register

    return Register.open(path)


def _look_in(register: Register) -> Opened:
    from taza_desktop.plan.catalogue import load_plan
    from taza_desktop.register.bulk import for_good

    with for_good():
        plan = load_plan()
    _ = plan.territories[register.office.territory]  # refused here, before any page needs it
    held = frozenset(key.round for key in register.sheet_keys())
    return Opened(plan, register.office, held)
