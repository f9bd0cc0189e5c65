"""The board: who has reported what, who is late, and the way to each sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from taza_desktop.i18n import _
from taza_desktop.reports.board import Board, gather, late_before, owed
from taza_desktop.ui.board_actions import BoardActions
from taza_desktop.ui.board_filter import Filter
from taza_desktop.ui.board_filters import BoardFilters
from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.board_strip import BoardStrip
from taza_desktop.ui.board_summary import summary
from taza_desktop.ui.board_tile import Legend
from taza_desktop.ui.board_view import BoardView
from taza_desktop.ui.bulk_review import BulkReview
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.widgets import button, column, describe, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taza_desktop.plan.rounds import Round
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.register.register import Register
    from taza_desktop.ui.map_panel import MapPanel
    from taza_desktop.ui.map_values import Asked

TABLE, MAP = 0, 1
AT_ONCE = 250  # sheets that are looked at before the worker does something else


class BoardPage(Page):
    """Filters above, the matrix or the map, what is known of a sheet below."""

    NAME = "board"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._board: Board | None = None
        self._unasked: list[SheetStatus] = []
        self._many = False
        self._late_before: dict[Round, int] = {}
        self._title, self._summary = label(role="title"), label(role="muted", wrap=True)
        self._excel = button()
        self._tabs = QTabBar(drawBase=False, expanding=False)
        self._tabs.addTab("")
        self._tabs.addTab("")
        self._filters = BoardFilters()
        self._model = BoardModel(self)
        self._view = BoardView(self._model)
        self._legend, self._strip = Legend(), BoardStrip()
        self._actions = BoardActions(self)
        self._bulk = BulkReview(self)
        self._map: MapPanel | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._as_page(self._view, self._legend))
        self.setLayout(self._arranged())
        self._connect()
        self.retranslate()

    def shown(self, context: Context) -> None:
        """Count anew how the round stands."""
        self._context = context
        self._bulk.use(context)
        self._filters.offer(context.plan)
        plan, round_, today = context.plan, context.round, date.today()

        def job(register: Register) -> Board:
            return gather(register, plan, round_, today)

        context.worker.run(job, self._show)

    def show_map(self, asked: Asked | None = None) -> None:
        """Turn to the map; with `asked` it is shaded by that figure."""
        self._tabs.setCurrentIndex(MAP)
        if asked is not None and self._map is not None:
            self._map.ask(asked)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(_("Board"))
        self._excel.setText(_("To Excel…"))
        self._tabs.setTabText(TABLE, _("Table"))
        self._tabs.setTabText(MAP, _("Map"))
        describe(self._tabs, _("Table or map"))
        describe(self._view, _("Territories down, measures across"))
        self._filters.retranslate()
        self._legend.retranslate()
        if self._map is not None:
            self._map.retranslate()
        self._show_summary()
        self._show_chosen()

    def _arranged(self) -> QVBoxLayout:
        head = row(column(self._title, self._summary, gap=1), self._tabs, self._excel, gap=3)
        head.setStretch(0, 1)
        whole = column(head, self._filters, self._stack, self._strip, gap=3, margin=6)
        whole.setStretch(2, 1)
        return whole

    def _as_page(self, *parts: QWidget) -> QWidget:
        page, layout = QWidget(), column(*parts, gap=2)
        layout.setStretch(0, 1)
        page.setLayout(layout)
        return page

    def _connect(self) -> None:
        self._filters.changed.connect(self._narrow)
        self._tabs.currentChanged.connect(self._turn_to)
        self._excel.clicked.connect(self._actions.save)
        self._view.opened.connect(self._open)
        self._view.pointed.connect(self._point)
        self._view.picked.connect(self._show_chosen)
        self._view.menu_wanted.connect(lambda at: self._actions.show_menu(at, self._view.chosen()))
        self._strip.review_wanted.connect(lambda: self._actions.review(self._view.chosen()))
        self._strip.reminder_wanted.connect(lambda: self._actions.remind(self._view.chosen()))
        self._actions.opened.connect(self._open)
        self._actions.said.connect(self.said)
        self._actions.review_wanted.connect(self._bulk.review)
        self._bulk.refused.connect(self.refused)
        self._bulk.accepted.connect(self._accepted)

    def _show(self, board: Board) -> None:
        if self._context is None:
            return
        self._board = board
        self._actions.use(board, self._context)
        self._show_legend()
        self._model.show(board, self._context.plan)
        if self._map is not None:
            self._map.show_board(board, self._context, self._filters.current())
        self._show_summary()
        self._show_chosen()

        self._late_before = {}
        self._find_late_before()
        self._unasked = [sheet for sheet in board.sheets() if sheet.state != "not_started"]
        self._ask_on()

    def _find_late_before(self) -> None:
        """What is late never disappears, in whichever round it was."""
        board, context = self._board, self._context
        if board is None or context is None:
            return
        plan, round_, on = context.plan, context.round, board.on

        def job(register: Register) -> dict[Round, int]:
            return late_before(register, plan, round_, on)

        context.worker.run(job, self._show_late_before)

    def _show_late_before(self, late: dict[Round, int]) -> None:
        self._late_before = late
        self._show_summary()

    def _ask_on(self) -> None:
        """Find out, a few sheets at a time, about which of them questions are open."""
        board, some = self._board, self._unasked[:AT_ONCE]
        self._unasked = self._unasked[AT_ONCE:]
        if not some or board is None or self._context is None:
            return

        def job(_register: Register) -> tuple[Board, list[SheetStatus]]:
            return board, [sheet for sheet in some if sheet.problems]

        self._context.worker.run(job, self._asked)

    def _asked(self, found: tuple[Board, list[SheetStatus]]) -> None:
        board, unclear = found
        board.questions.update(map(board.key, unclear))
        if board is not self._board:
            return  # another one is shown by now
        if unclear:
            self._show_legend()
            self._model.refresh()
        self._ask_on()

    def _show_legend(self) -> None:
        if self._board is not None:
            sheets = self._board.sheets()
            self._legend.show_states(
                {sheet.state for sheet in sheets},
                late=any(sheet.overdue for sheet in sheets),
                unclear=any(map(self._board.unclear, sheets)),
            )

    def _show_summary(self) -> None:
        if self._board is None or self._context is None:
            return
        due = self._context.round.due
        self._summary.setText(summary(self._board, due, self._late_before))

    def _narrow(self, filter_: Filter) -> None:
        self._model.narrow(filter_)
        if self._map is not None:
            self._map.narrow(filter_)

    def _turn_to(self, place: int) -> None:
        """The map is built when it is first looked at."""
        if place == MAP and self._map is None:
            from taza_desktop.ui.map_panel import MapPanel

            self._map = self._on_stack(MapPanel())
        self._stack.setCurrentIndex(place)
        self._strip.hint(on_map=place == MAP)

    def _on_stack(self, panel: MapPanel) -> MapPanel:
        panel.opened.connect(self._open)
        panel.rows_wanted.connect(self._look_up)
        panel.told.connect(self._tell)
        panel.menu_wanted.connect(self._actions.show_menu)
        self._stack.addWidget(panel)
        if self._board is not None and self._context is not None:
            panel.show_board(self._board, self._context, self._filters.current())
        return panel

    def _tell(self, name: str, facts: Sequence[str]) -> None:
        """What the map says of a territory."""
        if name:
            self._strip.say(name, facts)
        else:
            self._strip.hint(on_map=True)

    def _look_up(self, name: str) -> None:
        """From the map to the rows of a territory."""
        self._filters.look_for(name)
        self._tabs.setCurrentIndex(TABLE)
        self._view.setFocus()

    def _open(self, key: SheetKey) -> None:
        if self._context is not None:
            self._context.open_sheet(key, "")

    def _point(self, sheet: SheetStatus | None) -> None:
        """While many are chosen the strip speaks of them."""
        if self._board is None or self._context is None or self._many:
            return
        if sheet is None:
            self._strip.hint(on_map=False)
        else:
            self._strip.show_sheet(sheet, self._board, self._context.plan)

    def _accepted(self, sentence: str) -> None:
        self.said.emit(sentence, "done")
        self.changed.emit()
        if self._context is not None:
            self.shown(self._context)

    def _show_chosen(self) -> None:
        sheets = self._view.chosen()
        self._many = len(sheets) > 1
        if self._many:
            self._strip.show_chosen(sheets, sum(map(owed, sheets)))
        else:
            self._point(sheets[0] if sheets else None)
