"""Two rows that look alike, cell by cell, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import N_, _, language
from taza_desktop.plan import kinds
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.widgets import button, column, describe, label

if TYPE_CHECKING:
    from taza_desktop.plan.form import Figure
    from taza_desktop.plan.sheet import Value
    from taza_desktop.ui.inbox_duplicates import Alike


class CellPair(NamedTuple):
    """A column of the table with both values."""

    figure: Figure
    one: Value
    other: Value

    def show(self, value: Value) -> str:
        """A value as the form shows it."""
        return "—" if value is None else kinds.show(self.figure, value, language())

    def token(self) -> str:
        """The colour: where the two differ one has to look."""
        return "text" if self.one == self.other else "warn"


COLUMNS: tuple[Column[CellPair], ...] = (
    Column(N_("Cell"), lambda pair: str(pair.figure.label), 20, lambda _pair: "muted"),
    Column(N_("First"), lambda pair: pair.show(pair.one), 22, CellPair.token, grows=True),
    Column(N_("Second"), lambda pair: pair.show(pair.other), 22, CellPair.token),
)


class DuplicateCard(QFrame):
    """One pair.

    Signals:
        join_wanted: (the entry that stays, the one that goes).
        apart_wanted: (Pair) they are not the same.
    """

    join_wanted = Signal(object, object)
    apart_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._alike: Alike | None = None
        self._heading, self._sides = (
            label(role="heading", wrap=True),
            label(role="small", wrap=True),
        )
        self._model = ListingModel(COLUMNS, self)
        self._cells = Listing(self._model, "cells")
        self._first, self._second, self._apart = button(), button(), button()
        self._first.clicked.connect(lambda: self._join(0))
        self._second.clicked.connect(lambda: self._join(1))
        self._apart.clicked.connect(self._keep_apart)
        self._hint = label(role="small", wrap=True)
        buttons = column(self._first, self._second, self._apart, self._hint)
        whole = column(
            column(self._heading, self._sides, gap=1), self._cells, buttons, gap=3, margin=4
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.show_pair(None)

    def show_pair(self, alike: Alike | None) -> None:
        """Show another pair, or none."""
        self._alike = alike
        self.setVisible(alike is not None)
        if alike is not None:
            a, b = alike.pair.a.cells, alike.pair.b.cells
            columns = (each for each in alike.pair.table.columns if {each.name} & {*a, *b})
            self._model.show(
                [CellPair(each, a.get(each.name), b.get(each.name)) for each in columns]
            )
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._first.setText(_("The same: keep the first"))
        self._second.setText(_("The same: keep the second"))
        self._apart.setText(_("Not the same"))
        self._hint.setText(
            _("What the row that stays leaves blank is taken over; the other one stays in history.")
        )
        describe(self._cells, _("Both rows"))
        if self._alike is not None:
            self._heading.setText(str(self._alike.pair.table.label))
            first, second = self._alike.sides()
            says = _("First: {first}\nSecond: {second}")
            self._sides.setText(says.format(first=first, second=second))

    def _join(self, keep: int) -> None:
        if self._alike is not None:
            both = (self._alike.pair.a, self._alike.pair.b)
            self.join_wanted.emit(both[keep], both[1 - keep])

    def _keep_apart(self) -> None:
        if self._alike is not None:
            self.apart_wanted.emit(self._alike.pair)
