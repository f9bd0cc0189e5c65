"""Rows that two people may both have entered: side by side, joined only by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QWidget

from taza_desktop.i18n import N_, _, language
from taza_desktop.plan import kinds
from taza_desktop.ui.inbox_duplicate_card import DuplicateCard
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.widgets import column, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from taza_desktop.merging.duplicates import Pair
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.totals import PlacedEntry
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context


class Alike(NamedTuple):
    """A pair, who entered each side, and the plan that names their territories."""

    plan: Plan
    pair: Pair
    authors: tuple[str, str]

    def territory(self) -> str:
        """Where the first one was entered."""
        return str(self.plan.territories[self.pair.a.origin.territory].name)

    def what(self) -> str:
        """The first text of the first side."""
        return next((text for text in map(self._text, self.pair.table.columns) if text), "")

    def sides(self) -> tuple[str, str]:
        """Who entered each side, for which territory."""
        return self._side(self.pair.a, 0), self._side(self.pair.b, 1)

    def _side(self, entry: PlacedEntry, at: int) -> str:
        place = self.plan.territories[entry.origin.territory].name
        return f"{place} — {self.authors[at]}" if self.authors[at] else str(place)

    def _text(self, figure: kinds.Figure) -> str:
        value = self.pair.a.cells.get(figure.name)
        told = figure.kind in ("text", "person", "long_text")
        return kinds.show(figure, value, language()) if told and value is not None else ""


COLUMNS: tuple[Column[Alike], ...] = (
    Column(N_("Territory"), Alike.territory, 22),
    Column(N_("No."), lambda one: str(one.pair.form.measure), 5, number=True),
    Column(N_("Table"), lambda one: str(one.pair.table.label), 22),
    Column(N_("Row"), Alike.what, 26, grows=True),
    Column(N_("Alike"), lambda one: f"{one.pair.score:.0%}", 8, number=True),
)


def gather(register: Register, plan: Plan, round_: str) -> list[Alike]:
    """The pairs that a person should look at."""
    from taza_desktop.merging.duplicates import candidates

    pairs = candidates(register, plan, round_)
    ids = [bytes.fromhex(entry.id) for pair in pairs for entry in (pair.a, pair.b)]
    revisions = register.active_revisions(ids)
    authors = {record.hex(): made[0].author for record, made in revisions.items()}
    return [
        Alike(plan, pair, (authors.get(pair.a.id, ""), authors.get(pair.b.id, "")))
        for pair in pairs
    ]


class Duplicates(QWidget):
    """The pairs, and the chosen one beside them.

    Signals:
        counted: how many pairs wait.
        decided: (sentence) the register's content is another one now.
    """

    counted = Signal(int)
    decided = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "duplicates")
        self._card = DuplicateCard()
        self._list.chosen.connect(self._card.show_pair)
        self._card.join_wanted.connect(self._join)
        self._card.apart_wanted.connect(self._keep_apart)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self._list)
        split.addWidget(self._card)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        self.setLayout(column(split))
        self.retranslate()

    def use(self, context: Context) -> None:
        """List the pairs of this register's round."""
        self._context = context
        plan, round_ = context.plan, context.round.code
        context.worker.run(lambda register: gather(register, plan, round_), self._show, owner=self)

    def retranslate(self) -> None:
        """Set the texts anew."""
        describe(self._list, _("Possible duplicates"))
        self._list.say_when_empty(_("No two rows look alike."))
        self._card.retranslate()

    def _show(self, pairs: list[Alike]) -> None:
        self._model.show(pairs)
        self._list.choose(0)
        self.counted.emit(len(pairs))

    def _join(self, keep: PlacedEntry, drop: PlacedEntry) -> None:
        """One row stays; what it leaves blank is taken over from the other."""
        blank = {cell: value for cell, value in drop.cells.items() if cell not in keep.cells}
        cells = {cell: value for cell, value in blank.items() if ":" not in cell}

        def job(register: Register) -> None:
            from taza_desktop.merging.duplicates import join_entries

            join_entries(register, keep.id, drop.id, cells)

        self._decide(job, _("One row is left of two. The journal tells which."))

    def _keep_apart(self, pair: Pair) -> None:
        def job(register: Register) -> None:
            from taza_desktop.merging.duplicates import keep_apart

            keep_apart(register, pair.a.id, pair.b.id)

        self._decide(job, _("The two rows are not shown as alike any more."))

    def _decide(self, job: Callable[[Register], None], sentence: str) -> None:
        if self._context is not None:
            worker = self._context.worker
            worker.run(job, lambda _nothing: self.decided.emit(sentence), owner=self)
