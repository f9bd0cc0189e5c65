"""The conflicts of a register as a list of tasks, and the chosen one beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QWidget

from taza_desktop.i18n import N_, _
from taza_desktop.ui.inbox_conflict_card import ConflictCard, Task
from taza_desktop.ui.listing import Column, Listing, ListingModel
from taza_desktop.ui.widgets import column, describe

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import Value
    from taza_desktop.register.lineage import Conflict
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

COLUMNS: tuple[Column[Task], ...] = (
    Column(N_("Territory"), Task.territory, 22),
    Column(N_("No."), lambda task: str(task.conflict.record.sheet.measure or ""), 5, number=True),
    Column(N_("Cell"), Task.cell, 34, grows=True),
    Column(N_("Sides"), Task.sides, 22, lambda _task: "stop"),
)


class Conflicts(QWidget):
    """The tasks, and the chosen one beside them.

    Signals:
        counted: how many conflicts are open.
        settled: one was settled; the register's content is another one now.
    """

    counted = Signal(int)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._model = ListingModel(COLUMNS, self)
        self._list = Listing(self._model, "conflicts")
        self._card = ConflictCard()
        self._list.chosen.connect(self._card.show_task)
        self._list.opened.connect(self._open_sheet)
        self._card.decided.connect(self._settle)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self._list)
        split.addWidget(self._card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.setLayout(column(split))
        self.retranslate()

    def use(self, context: Context) -> None:
        """List the conflicts of this register."""
        self._context = context
        context.worker.run(lambda register: register.conflicts(), self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        describe(self._list, _("Conflicts"))
        self._list.say_when_empty(_("No conflicts: nobody contradicts anybody."))
        self._card.retranslate()

    def _show(self, conflicts: list[Conflict]) -> None:
        if self._context is not None:
            self._model.show([Task(self._context.plan, each) for each in conflicts])
            self._list.choose(0)
            self.counted.emit(len(conflicts))

    def _settle(self, task: Task, value: Value) -> None:
        if self._context is None:
            return

        def job(register: Register) -> None:
            from taza_desktop.merging.settle import settle

            settle(register, task.conflict, value)

        self._context.worker.run(job, self._settled)

    def _settled(self, _nothing: object) -> None:
        self.settled.emit()

    def _open_sheet(self, task: Task) -> None:
        if self._context is not None:
            self._context.open_sheet(task.conflict.record.sheet, "")
