"""The line above the board: a name, a direction of the plan, what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.board_filter import Filter, wishes
from taza_desktop.ui.widgets import describe, row

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan

PATIENCE = 150  # ms after the last keystroke before the board is narrowed
WIDEST = 280


class BoardFilters(QWidget):
    """Three choices that together make a filter.

    Signals:
        changed: another Filter is in force.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._search = QLineEdit(clearButtonEnabled=True)
        self._direction, self._wish = QComboBox(), QComboBox()
        for box in (self._direction, self._wish):
            box.setMaximumWidth(WIDEST)
            box.activated.connect(self._tell)
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._soon.timeout.connect(self._tell)
        self._search.textChanged.connect(self._soon.start)
        line = row(self._search, self._direction, self._wish, gap=3)
        line.setStretch(0, 1)
        self.setLayout(line)

    def offer(self, plan: Plan) -> None:
        """Offer the directions of a plan."""
        self._plan = plan
        self.retranslate()

    def current(self) -> Filter:
        """What is chosen now."""
        return Filter(
            self._search.text(), self._direction.currentData() or 0, self._wish.currentData() or ""
        )

    def look_for(self, name: str) -> None:
        """Find a territory, among all sheets of it."""
        with QSignalBlocker(self._search):
            self._search.setText(name)
        self._wish.setCurrentIndex(0)
        self._tell()

    def retranslate(self) -> None:
        """Set the texts anew, keeping what is chosen."""
        self._search.setPlaceholderText(_("Region, district or city"))
        describe(self._search, _("Find a territory"))
        describe(self._direction, _("Direction of the plan"))
        describe(self._wish, _("Sheets that stand out"))
        directions = self._plan.directions if self._plan else ()
        _refill(
            self._direction,
            [
                (_("All directions"), 0),
                *((f"{it.number}. {it.title}", it.number) for it in directions),
            ],
        )
        _refill(self._wish, [(says, wish) for wish, says in wishes()])

    def _tell(self) -> None:
        self._soon.stop()
        self.changed.emit(self.current())


def _refill(box: QComboBox, items: list[tuple[str, object]]) -> None:
    chosen = max(box.currentIndex(), 0)
    box.clear()
    for says, value in items:
        box.addItem(says, value)
    box.setCurrentIndex(chosen)
