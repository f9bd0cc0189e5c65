"""Plan and fact over the rounds, one pair of columns for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taza_desktop.plan.form import Figure
from taza_desktop.plan.kind_numbers import exact
from taza_desktop.reports.chart_data import Measured, numbers, said
from taza_desktop.reports.chart_parts import EDGE, FACT, PLAN, SMALL, USUAL, box, rule, words
from taza_desktop.reports.drawing import Drawing, Shape
from taza_desktop.reports.lettering import room
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

HEIGHT, TOP, BOTTOM = 62.0, 13.0, 6.0  # millimetres: whole, above and below the columns
WIDEST = 42.0  # a round takes no more
LEAST = 7.0
SHARE = 0.36  # of a round's width, for each of its two columns


def trend(
    scope: Scope, plan: Figure, fact: Figure, shown: Sequence[Measured], width: float
) -> Drawing:
    """The chart of the latest rounds that fit, as wide as it needs to be."""
    texts = [(said(plan, it.planned, scope.lang), said(fact, it.done, scope.lang)) for it in shown]
    longest = max(room(text, SMALL) for pair in texts for text in pair)
    each = min(max(longest * 2.1, LEAST, *(room(it.name, USUAL) + 2 for it in shown)), WIDEST)
    fitting = max(1, int(width // each))
    shown, texts = shown[-fitting:], texts[-fitting:]
    whole = max(each * len(shown), 80.0)
    each = whole / len(shown)
    shapes: list[Shape] = [*_legend(scope)]
    highest = max([*numbers([it for one in shown for it in (one.planned, one.done)])], default=0)
    scale = (HEIGHT - TOP - BOTTOM) / float(highest) if highest else 0.0
    for at, (one, pair) in enumerate(zip(shown, texts, strict=True)):
        shapes += _round(one, pair, at * each, each, scale)
    shapes.append(rule(0, HEIGHT - BOTTOM, whole, HEIGHT - BOTTOM, EDGE))
    return Drawing(whole, HEIGHT, tuple(shapes))


def _legend(scope: Scope) -> Iterator[Shape]:
    x = 0.0
    for colour, name in ((PLAN, "chart_plan"), (FACT, "chart_fact")):
        text = word(name, scope.lang)
        yield box(x, 0.5, 5, 3.4, colour)
        yield words((x + 6.5, 3.5), text)
        x += 6.5 + room(text, USUAL) + 4


def _round(
    one: Measured, texts: tuple[str, str], x: float, each: float, scale: float
) -> Iterator[Shape]:
    """The two columns of a round with their numbers above and its name below."""
    ground, thick = HEIGHT - BOTTOM, each * SHARE
    start = x + (each - 2 * thick) / 2
    pairs = ((one.planned, PLAN, texts[0]), (one.done, FACT, texts[1]))
    for at, (value, colour, text) in enumerate(pairs):
        if value is None:
            continue
        high = float(exact(value)) * scale
        yield box(start + at * thick, ground - high, thick, high, colour)
        middle = start + (at + 0.5) * thick
        yield words((middle, ground - high - 1.2), text, SMALL, "middle")
    yield words((x + each / 2, ground + 4.2), one.name, USUAL, "middle")
