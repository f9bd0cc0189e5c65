"""Plan against fact as bars, one line for each territory, with the numbers beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taza_desktop.plan.form import Figure
from taza_desktop.plan.kind_numbers import exact
from taza_desktop.reports.chart_data import BLANK, PERCENT, Measured, numbers, said
from taza_desktop.reports.chart_parts import EDGE, FACT, PLAN, USUAL, box, rule, words
from taza_desktop.reports.drawing import Drawing, Shape
from taza_desktop.reports.lettering import cut, room
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

HEAD, STEP = 8.5, 6.0  # millimetres: the line of the columns' names, a line of a territory
THICK, THIN = 4.2, 2.0  # of the bar of the plan, of the fact within it
BASE = 4.1  # of the words below the top of their line
GAP = 3.0
NAME_SHARE = 0.3  # of the width, at most
MOST = 23  # territories that fit on a page


def bars(
    scope: Scope, plan: Figure, fact: Figure, shown: Sequence[Measured], width: float
) -> Iterator[Drawing]:
    """The chart; in several pieces of the same scale when there are more than fit on a page."""
    columns = _columns(scope, plan, fact, shown)
    names = max(room(it.name, USUAL) for it in shown)
    left = min(names, width * NAME_SHARE) + GAP
    right = sum(map(_needed, columns)) + GAP
    longest = max(numbers([it for one in shown for it in (one.planned, one.done)]))
    pieces = -(-len(shown) // MOST)
    most = -(-len(shown) // pieces)
    for start in range(0, len(shown), most):
        part = slice(start, start + most)
        lines = shown[part]
        height = HEAD + STEP * len(lines)
        shapes = [
            *(_legend(scope, left) if len(columns) > 1 else ()),
            *_numbers([[column[0], *column[1:][part]] for column in columns], columns, width),
            *_lines(lines, left, width - left - right, longest),
        ]
        yield Drawing(width, height, tuple(shapes))


def _columns(
    scope: Scope, plan: Figure, fact: Figure, shown: Sequence[Measured]
) -> list[list[str]]:
    """The numbers at the right: the name of each column, then its cells; none that is blank."""
    lang = scope.lang
    columns = [
        [word("chart_plan", lang), *(said(plan, it.planned, lang) for it in shown)],
        [word("chart_fact", lang), *(said(fact, it.done, lang) for it in shown)],
        ["%", *(said(PERCENT, it.percent, lang) for it in shown)],
    ]
    return [column for column in columns if set(column[1:]) != {BLANK}]


def _needed(column: Sequence[str]) -> float:
    return max(room(text, USUAL) for text in column) + GAP


def _legend(scope: Scope, left: float) -> Iterator[Shape]:
    """Which bar is which."""
    y = HEAD - STEP + (STEP - THICK) / 2 - 1
    for colour, name, high in ((PLAN, "chart_plan", THICK), (FACT, "chart_fact", THIN)):
        text = word(name, scope.lang)
        yield box(left, y + (THICK - high) / 2, 6, high, colour)
        yield words((left + 7.5, HEAD - STEP + BASE - 1), text)
        left += 7.5 + room(text, USUAL) + GAP


def _numbers(
    shown: Sequence[Sequence[str]], columns: Sequence[Sequence[str]], width: float
) -> Iterator[Shape]:
    """The columns of numbers, set to the right."""
    right = width - sum(map(_needed, columns))
    for part, column in zip(shown, columns, strict=True):
        right += _needed(column)
        yield words((right, HEAD - STEP + BASE - 1), part[0], anchor="end")
        for row, text in enumerate(part[1:]):
            yield words((right, HEAD + row * STEP + BASE), text, anchor="end")


def _lines(
    shown: Sequence[Measured], left: float, length: float, longest: Decimal
) -> Iterator[Shape]:
    """The names with their bars, which begin on one line."""
    scale = length / float(longest) if longest else 0.0
    for row, one in enumerate(shown):
        top = HEAD + row * STEP
        yield words((0, top + BASE), cut(one.name, USUAL, left - GAP))
        for value, colour, high in ((one.planned, PLAN, THICK), (one.done, FACT, THIN)):
            if value is not None and exact(value) > 0:
                long = max(float(exact(value)) * scale, 0.3)
                yield box(left, top + (STEP - high) / 2, long, high, colour)
    yield rule(left, HEAD - 1, left, HEAD + STEP * len(shown), EDGE)
