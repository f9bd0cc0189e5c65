"""The board: who has reported what, who owes most, and the way to each sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.board_rows import Board, gather
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.board_view import BoardView, draw_tile
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.widgets import column, describe, label, row
from taza_desktop.ui.wording import day

if TYPE_CHECKING:
    from taza_desktop.register.register import Register

PATIENCE = 150  # ms after the last keystroke before the board is narrowed
WIDEST_DIRECTION = 280


class BoardPage(Page):
    """Filters above, the matrix, the meaning of its letters below."""

    NAME = "board"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._board: Board | None = None
        self._title, self._summary = label(role="title"), label(role="muted", wrap=True)
        self._search = QLineEdit(clearButtonEnabled=True)
        self._direction = QComboBox()
        self._direction.setMaximumWidth(WIDEST_DIRECTION)
        self._owing = QCheckBox()
        self._model = BoardModel(self)
        self._view = BoardView(self._model)
        self._legend = Legend()
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._soon.timeout.connect(self._narrow)
        self._search.textEdited.connect(self._soon.start)
        self._direction.activated.connect(self._narrow)
        self._owing.toggled.connect(self._narrow)
        self._view.chosen.connect(self._open)
        filters = row(self._search, self._direction, self._owing, gap=3)
        filters.setStretch(0, 1)
        head = column(self._title, self._summary, gap=1)
        whole = column(head, filters, self._view, self._legend, gap=3, margin=6)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.retranslate()

    def shown(self, context: Context) -> None:
        """Count anew how the round stands."""
        self._context = context
        self._fill_directions()
        plan, round_ = context.plan, context.round

        def job(register: Register) -> Board:
            return gather(register, plan, round_)

        context.worker.run(job, self._show)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Board"))
        self._search.setPlaceholderText(_("Region, district or city"))
        describe(self._search, _("Find a territory"))
        describe(self._direction, _("Direction of the plan"))
        self._owing.setText(_("Only who has not sent everything"))
        describe(self._view, _("Territories down, measures across"))
        self._legend.retranslate()
        self._fill_directions()
        self._show_summary()

    def _show(self, board: Board) -> None:
        if self._context is not None:
            self._board = board
            self._model.show(board, self._context.plan)
            self._show_summary()

    def _show_summary(self) -> None:
        if self._board is None or self._context is None:
            return
        rows, due = self._board.rows, self._context.round.due
        owed, late = sum(one.owed for one in rows), (date.today() - due).days
        complete = _("{complete} of {all} territories have sent everything.").format(
            complete=sum(not one.owed for one in rows), all=len(rows)
        )
        open_ = ngettext("{count} sheet is missing.", "{count} sheets are missing.", owed)
        self._summary.setText(" ".join((complete, open_.format(count=owed), _until(due, late))))

    def _fill_directions(self) -> None:
        """The directions of the plan by their titles, keeping the choice."""
        chosen = max(self._direction.currentIndex(), 0)
        self._direction.clear()
        self._direction.addItem(_("All directions"), 0)
        for direction in self._context.plan.directions if self._context else ():
            self._direction.addItem(f"{direction.number}. {direction.title}", direction.number)
        self._direction.setCurrentIndex(chosen)

    def _narrow(self) -> None:
        self._model.narrow(
            self._search.text(), self._direction.currentData() or 0, self._owing.isChecked()
        )

    def _open(self, row: int, column: int) -> None:
        if self._context is not None:
            key = self._model.key(row, column, self._context.round.code)
            if key is not None:
                self._context.open_sheet(key, "")


class Legend(QWidget):
    """Every state with the tile that stands for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {state: (QLabel(), label(role="small")) for state in LOOKS}
        self._row: QHBoxLayout = row(gap=1)
        for tile, name in self._tiles.values():
            self._row.addWidget(tile)
            self._row.addWidget(name)
            self._row.addSpacing(12)
        self._row.addStretch(1)
        self.setLayout(self._row)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or text size: draw the tiles anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.retranslate()

    def retranslate(self) -> None:
        """Draw the tiles and set the names anew."""
        side = self.fontMetrics().height() + 6
        for state, (tile, name) in self._tiles.items():
            tile.setPixmap(
                draw_tile(state, False, QSize(side, side), self.devicePixelRatioF(), self.font())
            )
            name.setText(LOOKS[state].name)


def _until(due: date, late: int) -> str:
    """When the round is due, and how far that is."""
    if late > 0:
        says = ngettext(
            "It was due on {day}, {count} day ago.", "It was due on {day}, {count} days ago.", late
        )
        return says.format(day=day(due), count=late)
    says = ngettext(
        "It is due on {day}, in {count} day.", "It is due on {day}, in {count} days.", -late
    )
    return says.format(day=day(due), count=-late)
