"""The board and the map at full size: to show, to draw a frame, to shade by a figure.

Run `python -m tests.bench.board`. The sheets are made up in memory, so that only the window counts.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.outlines import drawn
from taza_desktop.register.completeness import SheetStatus
from taza_desktop.register.completeness_cells import CellCounts
from taza_desktop.reports.board import Board, rows_of
from taza_desktop.reports.states import STATES
from taza_desktop.settings import Settings
from taza_desktop.ui.board_filter import Filter, Sieve
from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.board_view import BoardView
from taza_desktop.ui.map_content import Area, sheets_by_unit, unit_of
from taza_desktop.ui.map_view import MapView
from taza_desktop.ui.theme import Look
from tests.bench.bench import Timed

SIZE = (1130, 430)  # what the page leaves them on an office screen
FRAMES, SHOWN = 200, 10
REPUBLIC, REGION = "000000000", "390000000"
ON = date(2025, 2, 11)


def made_up(territories: int, measures: int) -> Board:
    """A board on which every state stands somewhere, a third of it late."""
    plan, states = load_plan(), list(STATES)
    offices = [it.kato for it in plan.territories.offices()][:territories]
    sheets = [
        SheetStatus(
            territory=kato,
            measure=measure,
            state=states[(row + measure) % len(states)],
            cells=CellCounts(1, 0, 0, 0),
            missing=[],
            find_problems=list,
            package="",
            overdue=(row * measure) % 3 == 0,
        )
        for row, kato in enumerate(offices)
        for measure in range(1, measures + 1)
    ]
    return Board(rows_of(sheets, plan), tuple(range(1, measures + 1)), round="2024", on=ON)


def timed(name: str, times: int, work: Callable[[int], object]) -> None:
    """Print how long it takes."""
    found: list[float] = []
    for at in range(times):
        start = time.perf_counter()
        work(at)
        found.append((time.perf_counter() - start) * 1000)
    print(Timed(name, found).line())


def measure_table(territories: int, measures: int) -> None:
    """To show it anew, and to scroll through it."""
    board, plan, size = made_up(territories, measures), load_plan(), f"{territories} × {measures}"
    view = BoardView(model := BoardModel())
    view.resize(*SIZE)
    view.show()

    def show(_at: int) -> None:
        model.show(board, plan)
        view.grab()

    def scroll(at: int) -> None:
        bar = view.verticalScrollBar() if at % 2 else view.horizontalScrollBar()
        bar.setValue(at * 37 % max(1, bar.maximum()))
        view.viewport().grab()

    timed(f"board {size}: show", SHOWN, show)
    timed(f"board {size}: frame", FRAMES, scroll)
    model.narrow(Filter(wish="late"))
    timed(f"board {size}: frame with a filter", FRAMES, scroll)
    view.selectAll()
    timed(f"board {size}: frame with all chosen", FRAMES, scroll)
    view.close()


def measure_map(within: str, name: str) -> None:
    """To show it anew, to point at one territory after another, and to find what is pointed at."""
    board, plan, area = made_up(254, 60), load_plan(), Area(within)
    view = MapView()
    view.resize(*SIZE)
    view.show()

    def show(_at: int) -> None:
        view.show_outlines(area.outlines())
        sheets = sheets_by_unit(area, Sieve(Filter(), board, plan), plan, 0)
        units = {it: unit_of(it, sheets.get(it, []), None, plan) for it in area.outlines()}
        view.show_units(units)
        view.grab()

    def point(at: int) -> None:
        everywhere = list(area.outlines())
        view._hover(view.at(view.place_of(everywhere[at % len(everywhere)])))
        view.grab()

    timed(f"map of {name}: show", SHOWN, show)
    timed(f"map of {name}: frame", FRAMES, point)
    view.close()


def main() -> None:
    """All of it, one after another."""
    app = QApplication([])
    look = Look(app, Settings(theme="light"))
    start = time.perf_counter()
    drawn("district")
    print(f"outlines of the whole country: {(time.perf_counter() - start) * 1000:.1f} ms")
    for size in ((40, 60), (220, 60)):
        measure_table(*size)
    measure_map(REGION, "a region")
    measure_map(REPUBLIC, "the country")
    for widget in app.topLevelWidgets():
        if isinstance(widget, QWidget):
            widget.deleteLater()
    look.deleteLater()


if __name__ == "__main__":
    main()
