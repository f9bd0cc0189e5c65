"""How far the sheets have come, as a grid: territories down, measures across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from taza_desktop.i18n import Language, in_all
from taza_desktop.plan.kazakh import sort_key
from taza_desktop.register.completeness import HANDED_OVER, SheetStatus
from taza_desktop.reports.chart_parts import SHADES, SMALL, box, ink_on, words
from taza_desktop.reports.drawing import Drawing, Label, Shape
from taza_desktop.reports.lettering import cut, room
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.states import STATES
from taza_desktop.reports.words import word

LINE, HEAD = 4.6, 6.0  # millimetres: a line of the grid, the numbers of the measures
WIDEST, SMALLEST = 8.0, 5.5  # a column; points of the smallest letters
NAME_SHARE = 0.22  # of the width, at most
FOOT = 3.0
NARROWEST = 120.0  # the legend wants so much
MOST = 27  # lines that fit on a page
_DARKNESS = {
    "not_started": 0, "draft": 1, "ready": 1, "returned": 1,
    "sent": 2, "received": 2, "answered": 2, "changed": 2, "accepted": 4,
}  # fmt: skip


class Mark(NamedTuple):
    """What stands in a cell of the grid, and on which shade."""

    text: str
    fill: str


def grids(scope: Scope, statuses: Sequence[SheetStatus], width: float) -> Iterator[Drawing]:
    """The grid; in several pieces when there are more territories than fit on a page."""
    rows = _rows(scope, statuses)
    measures = sorted({it.measure for it in statuses})
    if not rows:
        return
    pieces = -(-len(rows) // MOST)
    most = -(-len(rows) // pieces)
    for start in range(0, len(rows), most):
        yield _grid(scope, rows[start : start + most], measures, width)


def _rows(
    scope: Scope, statuses: Sequence[SheetStatus]
) -> list[tuple[str, Mapping[int, list[SheetStatus]]]]:
    """By the territory itself; in the country's report by the region. In the Kazakh alphabet."""
    found: dict[str, dict[int, list[SheetStatus]]] = {}
    for it in statuses:
        kato = (scope.branch(it.territory) if scope.national else None) or it.territory
        found.setdefault(kato, {}).setdefault(it.measure, []).append(it)
    named = sorted(found, key=lambda kato: sort_key(scope.name(kato)))
    return [(scope.name(kato), found[kato]) for kato in named]


def _grid(
    scope: Scope,
    rows: Sequence[tuple[str, Mapping[int, list[SheetStatus]]]],
    measures: Sequence[int],
    width: float,
) -> Drawing:
    left = min(max(room(name, SMALL) for name, _ in rows) + 2, width * NAME_SHARE)
    each = min((width - left) / len(measures), WIDEST)
    shapes: list[Shape] = [
        words((left + (at + 0.5) * each, HEAD - 1.5), str(number), SMALLEST + 1, "middle")
        for at, number in enumerate(measures)
    ]
    for row, (name, sheets) in enumerate(rows):
        y = HEAD + row * LINE
        shapes.append(words((0, y + 3.3), cut(name, SMALL, left - 1), SMALL))
        for at, number in enumerate(measures):
            if found := sheets.get(number):
                shapes += _cell(left + at * each, y, each, mark_of(found, scope))
    bottom = HEAD + len(rows) * LINE + FOOT
    legend = _legend(scope, [it for _, sheets in rows for own in sheets.values() for it in own])
    across = min(width, max(left + len(measures) * each, NARROWEST))
    lines = list(_legend_lines(legend, across, bottom))
    height = bottom + LINE * (1 + max((line for line, _ in lines), default=0))
    shapes += [shape for _, some in lines for shape in some]
    return Drawing(across, height, tuple(shapes))


def mark_of(found: Sequence[SheetStatus], scope: Scope) -> Mark:
    """The letter of a sheet's state; of several how many of them are handed over, in per cent."""
    if not scope.national:
        state = found[0].state
        return Mark(letter(state, scope.lang), SHADES[_DARKNESS[state]])
    share = sum(it.state in HANDED_OVER for it in found) / len(found)
    return Mark(f"{int(100 * share)}", SHADES[int(share * (len(SHADES) - 1))])


def letter(state: str, lang: Language) -> str:
    """The letter of a state in the language of the report."""
    return in_all(STATES[state].says).to(lang).partition(" · ")[0]


def _cell(x: float, y: float, width: float, mark: Mark) -> Sequence[Shape]:
    middle = (x + width / 2, y + 3.1)
    ink = ink_on(mark.fill)
    return (
        box(x, y, width, LINE, mark.fill),
        Label(middle, mark.text, SMALLEST, "middle", colour=ink),
    )


def _legend(scope: Scope, statuses: Sequence[SheetStatus]) -> list[tuple[Mark, str]]:
    """What the marks mean that occur."""
    lang = scope.lang
    if scope.national:
        ends = (("0", 0, "grid_none"), ("100", len(SHADES) - 1, "grid_all"))
        return [(Mark(text, SHADES[at]), word(key, lang)) for text, at, key in ends]
    states = {it.state for it in statuses}
    return [
        (Mark(letter(state, lang), SHADES[_DARKNESS[state]]),
         in_all(said.says).to(lang).partition(" · ")[2])
        for state, said in STATES.items()
        if state in states
    ]  # fmt: skip


def _legend_lines(
    legend: Sequence[tuple[Mark, str]], width: float, top: float
) -> Iterator[tuple[int, list[Shape]]]:
    """The parts of the legend, each with the line that it stands in."""
    line, x = 0, 0.0
    for mark, text in legend:
        needed = 8 + room(text, SMALL) + 4
        if x and x + needed > width:
            line, x = line + 1, 0.0
        y = top + line * LINE
        shapes: list[Shape] = [*_cell(x, y - 0.3, 6, mark), words((x + 8, y + 3), text, SMALL)]
        yield line, shapes
        x += needed
