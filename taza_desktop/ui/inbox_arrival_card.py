"""One package before it is merged: who sent it, what it would change cell by cell, or why not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import N_, _, gettext
from taza_desktop.ui.inbox_arrivals import Arrival, Read
from taza_desktop.ui.inbox_cells import cell_name, show_value
from taza_desktop.ui.inbox_sealed import SealedNotice
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.said_cells import is_for_people
from taza_desktop.ui.widgets import button, column, describe, label, row, show_text
from taza_desktop.ui.wording import day, moment, size

if TYPE_CHECKING:
    from taza_desktop.merging.compare import Outcome
    from taza_desktop.merging.preview import CellChange
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.sheet import Value
    from taza_desktop.ui.key_session import KeySession

FILLS = 100
OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "new": (N_("new"), "ok"),
    "changed": (N_("changed"), "info"),
    "joined": (N_("joined"), "info"),
    "conflict": (N_("conflict"), "stop"),
    "older": (N_("older than what is here"), "muted"),
    "same": (N_("the same"), "muted"),
}


class Line(NamedTuple):
    """One cell that would change, and the plan that names it."""

    plan: Plan
    change: CellChange

    def territory(self) -> str:
        """The name of the territory."""
        return str(self.plan.territories[self.change.sheet.territory].name)

    def cell(self) -> str:
        """What the cell is called on the form."""
        change = self.change
        return cell_name(self.plan, change.sheet.measure, change.table, change.cell)

    def before(self) -> str:
        """What stands there now."""
        return self._show(self.change.before)

    def after(self) -> str:
        """What would stand there; in a conflict what the package wants."""
        conflict = self.change.outcome == "conflict"
        return self._show(self.change.incoming if conflict else self.change.after)

    def outcome(self) -> str:
        """The outcome in words."""
        return gettext(OUTCOMES[self.change.outcome][0])

    def _show(self, value: Value) -> str:
        change = self.change
        return show_value(self.plan, change.sheet.measure, change.table, change.cell, value)


COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("Territory"), Line.territory, 24),
    Column(N_("No."), lambda line: str(line.change.sheet.measure or ""), 5, number=True),
    Column(N_("Cell"), Line.cell, 34, grows=True),
    Column(N_("Before"), Line.before, 13),
    Column(N_("After"), Line.after, 13),
    Column(N_("Outcome"), Line.outcome, 18, lambda line: OUTCOMES[line.change.outcome][1]),
)


class ArrivalCard(QFrame):
    """Shows the chosen package.

    Signals:
        merge_wanted: merge this one.
        sheet_wanted: (SheetKey) a line was opened.
    """

    merge_wanted = Signal()
    sheet_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._arrival: Arrival | None = None
        self._sender = label(role="heading", wrap=True)
        self._facts = label(role="muted", wrap=True)
        self._counts = label(wrap=True)
        self._verdict, self._second = Notice(), label(role="small", wrap=True)
        self._sealed = SealedNotice()
        self._model = ListingModel(COLUMNS, self)
        self._changes = Listing(self._model, "changes")
        self._changes.opened.connect(lambda line: self.sheet_wanted.emit(line.change.sheet))
        self._merge = button(role="primary")
        self._merge.clicked.connect(self.merge_wanted)
        head = row(column(self._sender, self._facts, gap=1), self._merge, gap=4)
        head.setStretch(0, 1)
        facts = column(self._counts, self._second, gap=1)
        parts = (head, facts, self._sealed, self._verdict, self._changes)
        whole = column(*parts, gap=3, margin=4)
        whole.setStretch(len(parts) - 1, FILLS)
        whole.addStretch(1)  # where the table is hidden
        self.setLayout(whole)
        self.show_arrival(None)

    def use(self, session: KeySession) -> None:
        """Encrypted packages open with the keys of this session."""
        self._sealed.use(session)

    def count_sealed(self, count: int) -> None:
        """How many packages in the list wait for the passphrase."""
        self._sealed.count(count)

    def show_arrival(self, arrival: Arrival | None) -> None:
        """Show another package, or none."""
        self._arrival = arrival
        self.setVisible(arrival is not None)
        read = arrival.read if arrival else None
        if arrival and read:
            changes = (one for one in read.preview.changes if is_for_people(one.table, one.cell))
            self._model.show([Line(arrival.plan, change) for change in changes])
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._merge.setText(_("Merge"))
        self._sealed.retranslate()
        describe(self._changes, _("Cells that would change"))
        self._changes.say_when_empty(_("Nothing that is shown would change."))
        arrival = self._arrival
        if arrival is None:
            return
        read = arrival.read
        self._sender.setText(arrival.sender())
        self._facts.setText(_facts(arrival, read))
        self._counts.setText(_counts(read) if read else "")
        self._counts.setVisible(read is not None)
        show_text(self._second, _second(read))
        self._sealed.setVisible(arrival.verdict == "sealed")
        self._changes.setVisible(read is not None)
        self._merge.setVisible(arrival.verdict == "good")
        self._show_verdict(arrival)

    def _show_verdict(self, arrival: Arrival) -> None:
        """What to know before merging, or why it is refused."""
        if arrival.refusal is not None:
            self._verdict.say(arrival.refusal.code, arrival.refusal.text(), "refused")
        elif arrival.read is not None and arrival.read.preview.warnings:
            lines = [notice.text() for notice in arrival.read.preview.warnings]
            self._verdict.say(_("Before you merge"), "\n".join(lines), "warning")
        else:
            self._verdict.hide()


def _facts(arrival: Arrival, read: Read | None) -> str:
    """Number, round, time, size, file."""
    if read is None:
        return str(arrival.path)
    package = read.preview.package
    facts = (
        _("Package {number}").format(number=package.seq),
        arrival.round(),
        _("made {time}").format(time=moment(package.created)),
        size(len(read.opened.container)),
        arrival.path.name,
    )
    return " · ".join(facts)


def _counts(read: Read) -> str:
    """How many records of each outcome, those that are there."""
    counts = read.preview.counts
    said = [f"{gettext(says)}: {counts[one]}" for one, (says, _) in OUTCOMES.items() if counts[one]]
    return _("Records") + " — " + " · ".join(said) if said else _("No records.")


def _second(read: Read | None) -> str:
    """Who signed with an own ЭЦП as well, and how much of that was looked at."""
    second = read.opened.second if read else None
    if second is None:
        return ""
    who = f"{second.name}, {second.organisation}" if second.organisation else second.name
    signed = _("ЭЦП: {who}, certificate of {issuer} until {day}.").format(
        who=who, issuer=second.issuer, day=day(date.fromisoformat(second.until))
    )
    if second.checked:
        looked = _("The signature fits the files. This is not an official check of НУЦ РК.")
    else:
        looked = _("The signature is of GOST and was not checked here.")
    return f"{signed} {looked}"
