"""One conflict as a task: both sides, what they started from, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from taza_desktop.errors import Refusal
from taza_desktop.i18n import _, language
from taza_desktop.plan import kinds
from taza_desktop.register.model import DELETED
from taza_desktop.ui.inbox_cells import cell_name, figure_of, show_value
from taza_desktop.ui.widgets import button, column, describe, label, row
from taza_desktop.ui.wording import moment

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.plan.sheet import Value
    from taza_desktop.register.lineage import Conflict, Side


INDENT = 7  # steps, below the text of a radio button


class Task(NamedTuple):
    """A conflict, and the plan that names its cell."""

    plan: Plan
    conflict: Conflict

    def territory(self) -> str:
        """The name of the territory."""
        return str(self.plan.territories[self.conflict.record.sheet.territory].name)

    def cell(self) -> str:
        """What the cell is called on the form."""
        record = self.conflict.record
        return cell_name(self.plan, record.sheet.measure, record.table, self.conflict.cell)

    def show(self, value: Value) -> str:
        """A value of the cell as the form shows it."""
        record = self.conflict.record
        cell = self.conflict.cell
        return show_value(self.plan, record.sheet.measure, record.table, cell, value)

    def sides(self) -> str:
        """The values that stand against each other."""
        return "  ≠  ".join(self.show(side.value) for side in self.conflict.sides)

    def author(self, side: Side) -> str:
        """Who wrote a side, for which office, when."""
        office = self.plan.territories.get(side.office)
        name = office.name if office else side.office
        return f"{name} — {side.author}, {moment(side.made)}"

    def parse(self, typed: str) -> Value:
        """What was typed as a value of the cell. Refuses FORM-…."""
        record = self.conflict.record
        figure = figure_of(self.plan, record.sheet.measure, record.table, self.conflict.cell)
        return kinds.parse(figure, typed, language()) if figure else typed.strip() or None


class ConflictCard(QFrame):
    """One task with its sides to choose from.

    Signals:
        decided: (Task, value).
    """

    decided = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._task: Task | None = None
        self._sides: Sides | None = None
        self._cell, self._base = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self._place: QVBoxLayout = column()
        self._wrong = label(role="error", wrap=True)
        self._settle = button(role="primary")
        self._settle.clicked.connect(self._decide)
        head = column(self._cell, self._base, gap=1)
        foot = column(self._wrong, row(self._settle, 0))
        self.setLayout(column(head, self._place, foot, 0, gap=4, margin=4))
        self.show_task(None)

    def show_task(self, task: Task | None) -> None:
        """Show another task, or none."""
        self._task = task
        self.setVisible(task is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew; what was chosen but not settled is to be chosen again."""
        self._settle.setText(_("Settle"))
        self._settle.setEnabled(False)
        self._wrong.clear()
        if self._sides is not None:
            self._place.removeWidget(self._sides)
            self._sides.deleteLater()
            self._sides = None
        if self._task is None:
            return
        self._cell.setText(f"{self._task.cell()}\n{self._task.territory()}")
        before = self._task.show(self._task.conflict.base)
        self._base.setText(_("Before: {value}").format(value=before))
        self._sides = Sides(self._task)
        self._sides.chosen.connect(self._settle.setEnabled)
        self._sides.finished.connect(self._decide)
        self._place.addWidget(self._sides)

    def _decide(self) -> None:
        if self._task is None or self._sides is None:
            return
        try:
            value = self._sides.value()
        except Refusal as refusal:
            self._wrong.setText(refusal.text())
        else:
            self.decided.emit(self._task, value)


class Sides(QWidget):
    """The values that stand against each other, and a place for another one.

    Signals:
        chosen: whether there is a decision now.
        finished: Enter was pressed in the place for another value.
    """

    chosen = Signal(bool)
    finished = Signal()

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._group = QButtonGroup(self)
        self._typed = QLineEdit()
        describe(self._typed, _("Another value"))
        lines = [self._side(place, side) for place, side in enumerate(task.conflict.sides)]
        other = QRadioButton(_("Another value:"))
        self._group.addButton(other, len(lines))
        self._typed.textEdited.connect(lambda: other.setChecked(True))
        self._typed.returnPressed.connect(self.finished)
        self._group.idToggled.connect(lambda: self.chosen.emit(True))
        whole = column(*lines, gap=3)
        if task.conflict.cell != DELETED and not task.conflict.record.table.endswith(":"):
            whole.addWidget(other)
            whole.addWidget(self._typed)
        self.setLayout(whole)

    def value(self) -> Value:
        """The decision. Refuses FORM-VALUE when what was typed does not fit into the cell."""
        place = self._group.checkedId()
        sides = self._task.conflict.sides
        return sides[place].value if place < len(sides) else self._task.parse(self._typed.text())

    def _side(self, place: int, side: Side) -> QVBoxLayout:
        one = QRadioButton(self._task.show(side.value))
        author = self._task.author(side)
        one.setAccessibleDescription(author)
        self._group.addButton(one, place)
        said = row(INDENT, label(author, "small", wrap=True), gap=0)
        said.setStretch(1, 1)
        return column(one, said, gap=0)
