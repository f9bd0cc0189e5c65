"""The outlines of the territories on a map.

Coordinates are kilometres on an equal-area map of the country, x to the east and y to the south, so
that they can be drawn as they are. Whoever shows them names their source, ATTRIBUTION.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import Literal, NamedTuple, cast

from taza_desktop.paths import data_path
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.compiled import compiled
from taza_desktop.plan.outlines_source import SCALE, Drawn, read_maps
from taza_desktop.plan.territories import REPUBLIC

ATTRIBUTION = "arodionoff/geokz, HDX COD-AB, CC BY 4.0"

MapLevel = Literal["region", "district"]
Point = tuple[float, float]
Ring = list[Point]  # closed: the last point is the first one


class Outline(NamedTuple):
    """One territory. Rings of holes are among the rings: fill by the odd-even rule. `middle` is
    where a label has room; `guests` are the codes of the districts that lie in it and have no
    outline of their own."""

    rings: list[Ring]
    middle: Point
    guests: list[str]


def outlines(level: MapLevel, within: str | None = None) -> dict[str, list[Ring]]:
    """The rings of each region, or of each district, city and in-city district, by КАТО code.

    `within` is the territory to be filled, None the whole country. Refusal PLAN-TERRITORY.
    """
    return {kato: outline.rings for kato, outline in drawn(level, within).items()}


@cache
def drawn(level: MapLevel, within: str | None = None) -> dict[str, Outline]:
    """As `outlines`, with where the labels go and who else lies in each."""
    territories = load_plan().territories
    inside = territories[within or REPUBLIC].kato
    return {
        kato: _outline(held, _guests(kato) if level == "district" else [])
        for kato, held in _held()[level].items()
        if territories.covers(inside, kato)
    }


def without_outline(within: str | None = None) -> list[str]:
    """Districts and cities that no file draws, ten in all, in the order of the classifier."""
    territories, known = load_plan().territories, _held()["district"]
    return [
        office.kato
        for office in territories.offices()
        if office.level != "region"
        and office.kato not in known
        and territories.covers(within or REPUBLIC, office.kato)
    ]


@cache
def _held() -> dict[MapLevel, dict[str, Drawn]]:
    """What was compiled; out of the published files when one of them was edited since."""
    path = data_path("resources", "map", "outlines")
    held = compiled(path) or read_maps(path.parent)
    return cast("dict[MapLevel, dict[str, Drawn]]", held)


def _guests(kato: str) -> list[str]:
    """Districts inside a city that is drawn as a whole."""
    below, known = load_plan().territories.children(kato, offices_only=True), _held()["district"]
    return [each.kato for each in below if each.kato not in known]


def _outline(one: Drawn, guests: list[str]) -> Outline:
    across, down = one["middle"]
    rings = [_ring(steps) for steps in one["rings"]]
    return Outline(rings, (across / SCALE, down / SCALE), [*one["guests"], *guests])


def _ring(steps: list[int]) -> Ring:
    across = [x / SCALE for x in accumulate(steps[::2])]
    return list(zip(across, (y / SCALE for y in accumulate(steps[1::2])), strict=True))
