"""The journal: what happened to packages, sheets and conflicts, by whom, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from taza_desktop.i18n import N_, _, gettext
from taza_desktop.ui.inbox_cells import address_name, cell_name, show_value
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.widgets import column, describe
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.merging.journal import Deed, Event
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.register import Register
    from taza_desktop.register.shelf import StoredPackage
    from taza_desktop.ui.page import Context

_DEEDS: dict[Deed, tuple[str, str]] = {
    "sent": (N_("package made"), "info"),
    "merged": (N_("package merged"), "ok"),
    "undone": (N_("package taken back"), "warn"),
    "merged_again": (N_("package merged again"), "ok"),
    "settled": (N_("conflict settled"), "ok"),
    "accepted": (N_("sheet accepted"), "ok"),
    "returned": (N_("sheet returned"), "warn"),
    "unlocked": (N_("sheet unlocked"), "warn"),
    "answered": (N_("remark answered"), "info"),
}


class Happened(NamedTuple):
    """One event, its package if it is here, and the plan that names things."""

    plan: Plan
    event: Event
    package: StoredPackage | None

    def when(self) -> str:
        """The time on the clock of this place."""
        return moment(self.event.at)

    def deed(self) -> str:
        """What was done, in words."""
        return gettext(_DEEDS[self.event.deed][0])

    def token(self) -> str:
        """The colour of what was done."""
        return _DEEDS[self.event.deed][1]

    def who(self) -> str:
        """The person and the office."""
        office = self.plan.territories.get(self.event.office)
        return f"{self.event.who}, {office.name}" if office else self.event.who

    def about(self) -> str:
        """The package, or the sheet with its cell."""
        key = self.event.sheet
        if key is None:
            return self._package()
        place = self.plan.territories[key.territory].name
        return " · ".join(filter(None, (str(place), f"№ {key.measure}", self._cell())))

    def why(self) -> str:
        """The reason, the answer, or the value that was chosen."""
        event = self.event
        if event.reason:
            return event.reason
        if event.value is None or event.sheet is None:
            return ""
        return show_value(self.plan, event.sheet.measure, event.table, event.cell, event.value)

    def _cell(self) -> str:
        event = self.event
        if event.sheet is None or not event.cell:
            return ""
        name = address_name if event.deed == "answered" else cell_name
        return name(self.plan, event.sheet.measure, event.table, event.cell)

    def _package(self) -> str:
        if self.package is None:
            return self.event.package[:8]
        said = self.package.envelope
        sender = self.plan.territories.get(said.territory)
        return _("Package {number}, {sender}").format(
            number=said.seq, sender=sender.name if sender else said.territory
        )


COLUMNS: tuple[Column[Happened], ...] = (
    Column(N_("When"), Happened.when, 20),
    Column(N_("What"), Happened.deed, 22, Happened.token),
    Column(N_("About"), Happened.about, 40, grows=True),
    Column(N_("Who"), Happened.who, 30),
    Column(N_("Why, or what"), Happened.why, 26),
)


def gather(register: Register, plan: Plan, round_: str) -> list[Happened]:
    """What happened in a round, the latest first."""
    from taza_desktop.merging.journal import journal

    known = {one.envelope.package_id: one for one in register.packages()}
    return [Happened(plan, event, known.get(event.package)) for event in journal(register, round_)]


class Journal(QWidget):
    """The list; a line about a sheet opens it.

    Signals:
        sheet_wanted: (SheetKey) a line was opened.
    """

    sheet_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "journal")
        self._list.opened.connect(self._open)
        self.setLayout(column(self._list))
        self.retranslate()

    def use(self, context: Context) -> None:
        """List what happened in this register's round."""
        plan, round_ = context.plan, context.round.code
        context.worker.run(
            lambda register: gather(register, plan, round_), self._model.show, owner=self
        )

    def retranslate(self) -> None:
        """Set the texts anew."""
        describe(self._list, _("Journal"))
        self._list.say_when_empty(_("Nothing happened in this round yet."))

    def _open(self, happened: Happened) -> None:
        if happened.event.sheet is not None:
            self.sheet_wanted.emit(happened.event.sheet)
