"""A strip below the board: all that is known of the sheet pointed at, or of those chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.board_actions import review_words
from taza_desktop.ui.board_details import details
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.widgets import ElidedLabel, button, column, row

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.reports.board import Board


class BoardStrip(QFrame):
    """Two lines, and what can be done with many sheets at once.

    Signals:
        review_wanted: the chosen sheets are to be reviewed.
        reminder_wanted: those of the chosen sheets that are missing are to be asked for.
    """

    review_wanted = Signal()
    reminder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "well")
        self._title, self._facts = ElidedLabel(), ElidedLabel()
        self._title.setProperty("role", "strong")
        self._facts.setProperty("role", "muted")
        self.review, self.reminder = button(), button()
        self.review.clicked.connect(self.review_wanted)
        self.reminder.clicked.connect(self.reminder_wanted)
        lines = column(self._title, self._facts, gap=0)
        whole = row(lines, self.reminder, self.review, gap=2, margin=2)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def say(self, title: str, facts: Sequence[str]) -> None:
        """One line above, the facts in one line below it; nothing can be done with them."""
        self._offer(0, 0)
        self._title.setText(title)
        self._facts.setText("  ·  ".join(facts))
        self._facts.setToolTip("\n".join(facts))

    def show_sheet(self, sheet: SheetStatus, board: Board, plan: Plan) -> None:
        """All about one sheet."""
        measure, *facts = details(sheet, board, plan)
        self.say(f"{plan.territories[sheet.territory].name} · {measure}", facts)

    def show_chosen(self, sheets: Sequence[SheetStatus], owed: int) -> None:
        """How many are chosen, in which states."""
        count = len(sheets)
        states = Counter(sheet.state for sheet in sheets)
        facts = [f"{LOOKS[state].name}: {states[state]}" for state in LOOKS if states[state]]
        says = ngettext("{count} sheet chosen", "{count} sheets chosen", count)
        self.say(says.format(count=count), facts)
        self._offer(count, owed)

    def hint(self, on_map: bool) -> None:
        """Nothing is pointed at: say what can be done here."""
        if on_map:
            self.say(
                _("Point at a territory to see what it has sent."),
                [_("A click opens it."), _("The right button offers more.")],
            )
            return
        choosing = _("Dragging, Ctrl and Shift choose many.")
        self.say(
            _("Point at a sheet to see who sent it and what it lacks."),
            [_("A click opens it."), choosing, _("The right button offers more.")],
        )

    def _offer(self, count: int, owed: int) -> None:
        self.review.setVisible(bool(count))
        self.review.setText(review_words(count))
        self.reminder.setVisible(bool(owed))
        self.reminder.setText(_("Copy a reminder"))
