"""The map of the territory, each unit shaded by a number and numbered, with the list beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taza_desktop.plan.form import Figure
from taza_desktop.plan.kind_numbers import exact, rounded
from taza_desktop.plan.sheet import Value
from taza_desktop.reports.chart_data import said
from taza_desktop.reports.chart_parts import (
    EDGE,
    SHADES,
    SMALL,
    WHITE,
    box,
    hatched,
    ink_on,
    words,
)
from taza_desktop.reports.drawing import Area, Drawing, Label, Point, Shape
from taza_desktop.reports.lettering import cut, room
from taza_desktop.reports.scope import Scope
from taza_desktop.reports.words import word

PERCENTS = tuple(Decimal(it) for it in (25, 50, 75, 100))
LIST_SHARE = 0.36  # of the width
LINE, TALLEST = 4.6, 128.0  # millimetres: a line of the list, the whole
FINEST = 0.2  # millimetres: points nearer to each other are drawn as one
GAP = 4.0
FOOT = 5.0  # the source of the outlines
INDEX = 6.5  # points


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the map: its number in the list, its value, its outlines in kilometres."""

    index: int
    name: str
    value: Value
    rings: tuple[tuple[Point, ...], ...]
    middle: Point


@dataclass(frozen=True, slots=True)
class Frame:
    """How kilometres become millimetres."""

    left: float
    top: float
    scale: float

    def __call__(self, point: Point) -> Point:
        """Where a point is drawn."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale


def shaded_map(
    scope: Scope, figure: Figure, values: dict[str, Value], width: float
) -> Drawing | None:
    """The map of the units directly below; None where nobody has drawn their outlines.

    `values` are by КАТО code; a unit without one is hatched in the list and white on the map.
    """
    from taza_desktop.plan.outlines import ATTRIBUTION

    places = _places(scope, values)
    drawn = [it for it in places if it.rings]
    if len(drawn) < 2:
        return None
    steps = scale_of([exact(it.value) for it in places if it.value is not None], figure)
    columns = 1 if (len(places) + len(SHADES) + 2) * LINE <= TALLEST else 2
    beside = width * LIST_SHARE * (1 if columns == 1 else 1.5)
    frame, wide, high = _fitted(drawn, width - beside - GAP, TALLEST - FOOT)
    per_column = -(-len(places) // columns)
    listed = per_column * LINE + len(steps) * LINE + 3 * LINE
    height = max(high, listed) + FOOT
    left = width - beside
    shapes = [
        *_outlines(drawn, frame, steps),
        *_list(scope, figure, places, steps, (left, per_column, beside / columns)),
        *_legend(scope, figure, places, steps, (left, height - FOOT - (len(steps) + 2) * LINE)),
        words((0, height - 0.8), f"{word('map_source', scope.lang)}: {ATTRIBUTION}", SMALL - 1),
    ]
    return Drawing(max(width, wide), height, tuple(shapes))


def scale_of(values: Sequence[Decimal], figure: Figure) -> tuple[Decimal, ...]:
    """The highest value of each step but the last: of per cents always the same ones, else so that
    equally many units are in each."""
    if figure.kind == "percent":
        return PERCENTS
    ranked = sorted(set(values))
    if len(ranked) <= len(SHADES):
        return tuple(ranked[:-1])
    count = len(SHADES)
    return tuple(ranked[len(ranked) * step // count - 1] for step in range(1, count))


def shade(value: Value, steps: Sequence[Decimal]) -> str:
    """The colour of a value, white for none."""
    if value is None:
        return WHITE
    return _shades(steps)[bisect_left(steps, exact(value))]


def _shades(steps: Sequence[Decimal]) -> list[str]:
    """As many of the shades as there are steps, from the palest to the darkest."""
    last = len(SHADES) - 1
    count = len(steps) + 1
    return [SHADES[round(at * last / max(count - 1, 1))] for at in range(count)]


def _places(scope: Scope, values: dict[str, Value]) -> list[Place]:
    """Every unit directly below, by the alphabet; the outlines of its parts are its own."""
    from taza_desktop.plan.kazakh import sort_key
    from taza_desktop.plan.outlines import drawn

    level = "region" if scope.national else "district"
    outlines = drawn(level, None if scope.national else scope.territory.kato)
    rings: dict[str, list[tuple[Point, ...]]] = {}
    middles: dict[str, Point] = {}
    for kato, outline in outlines.items():
        unit = scope.branch(kato) or kato
        rings.setdefault(unit, []).extend(tuple(ring) for ring in outline.rings)
        middles.setdefault(unit, outline.middle)
    below = scope.plan.territories.children(scope.territory.kato, offices_only=True)
    units = {it.kato for it in below} | rings.keys() | values.keys()
    named = sorted(units, key=lambda kato: sort_key(scope.name(kato)))
    return [
        Place(
            index, scope.name(kato), values.get(kato),
            tuple(rings.get(kato, ())), middles.get(kato, (0.0, 0.0)),
        )
        for index, kato in enumerate(named, start=1)
    ]  # fmt: skip


def _fitted(places: Sequence[Place], width: float, height: float) -> tuple[Frame, float, float]:
    """The scale at which all of them fit, and how wide and high they are then."""
    points = [point for place in places for ring in place.rings for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = min(width / (right - left), height / (bottom - top))
    return Frame(left, top, scale), (right - left) * scale, (bottom - top) * scale


def _outlines(places: Sequence[Place], frame: Frame, steps: Sequence[Decimal]) -> Iterator[Shape]:
    for place in places:
        rings = tuple(_drawn(ring, frame) for ring in place.rings)
        yield Area(rings, shade(place.value, steps), EDGE, 0.15)
    for place in places:
        x, y = frame(place.middle)
        fill = shade(place.value, steps)
        colour = ink_on(fill)
        yield Label((x, y + 0.8), str(place.index), INDEX, "middle", colour=colour)


def _drawn(ring: Sequence[Point], frame: Frame) -> tuple[Point, ...]:
    """The ring without points that nobody could tell apart."""
    kept: list[Point] = []
    for x, y in map(frame, ring):
        if not kept or max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= FINEST:
            kept.append((round(x, 2), round(y, 2)))
    return tuple(kept if len(kept) > 2 else map(frame, ring))


def _list(
    scope: Scope,
    figure: Figure,
    places: Sequence[Place],
    steps: Sequence[Decimal],
    room_: tuple[float, int, float],
) -> Iterator[Shape]:
    """Number, shade, name and value of every unit; a star where no file has its outline."""
    left, per_column, wide = room_
    for at, place in enumerate(places):
        x, y = left + at // per_column * wide, at % per_column * LINE
        text = said(figure, place.value, scope.lang)
        name = place.name if place.rings else f"{place.name} *"
        yield words((x + 5, y + 3.4), str(place.index), SMALL, "end")
        yield from _sample(x + 6.2, y + 0.8, place.value, steps)
        free = wide - 12 - GAP - room(text, SMALL)
        yield words((x + 11, y + 3.4), cut(name, SMALL, free), SMALL)
        yield words((x + wide - GAP / 2, y + 3.4), text, SMALL, "end")
    if any(not place.rings for place in places):
        y = per_column * LINE + 3.4
        yield words((left, y), f"* {word('map_no_outline', scope.lang)}", SMALL - 0.5)


def _sample(x: float, y: float, value: Value, steps: Sequence[Decimal]) -> Sequence[Shape]:
    if value is None:
        return hatched(x, y, 3.6, 3.0)
    return (box(x, y, 3.6, 3.0, shade(value, steps)),)


def _legend(
    scope: Scope, figure: Figure, places: Sequence[Place], steps: Sequence[Decimal], at: Point
) -> Iterator[Shape]:
    """What each shade means, from the top."""
    x, y = at
    bounds = [rounded(figure, it) for it in steps]
    texts = [said(figure, bound, scope.lang) for bound in bounds]
    lines = [word("map_up_to", scope.lang, number=text) for text in texts]
    if texts:
        lines.append(word("map_above", scope.lang, number=texts[-1]))
    for row, (text, fill) in enumerate(zip(lines, _shades(steps), strict=False)):
        yield box(x, y + row * LINE + 0.8, 6, 3.0, fill)
        yield words((x + 8, y + row * LINE + 3.4), text, SMALL)
    if any(place.value is None for place in places):
        y += len(lines) * LINE
        yield from hatched(x, y + 0.8, 6, 3.0)
        yield words((x + 8, y + 3.4), word("map_nothing", scope.lang), SMALL)
