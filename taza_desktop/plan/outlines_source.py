"""The two map files as they were published, brought onto the equal-area map of `outlines`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

from taza_desktop.plan.compiled import as_compiled

REGIONS, DISTRICTS = "map_regions_2024.geo.json", "map_districts_2024.topo.json"
SCALE = 100  # coordinates are hundredths of a kilometre: finer than the source

# Albers' equal-area conic on a sphere; true along two parallels that take the country between them.
_EARTH = 6371.007  # km, of the sphere with the area of WGS 84
_SOUTH, _NORTH = sin(radians(43)), sin(radians(53))
_CONE = (_SOUTH + _NORTH) / 2
_CONSTANT = 1 - _SOUTH**2 + 2 * _CONE * _SOUTH
_MERIDIAN, _LATITUDE = 67.0, 48.0  # the middle of the map
_SCANS = 24  # lines across an outline on which its label may stand

Position = tuple[float, float]  # degrees of longitude and latitude
Spot = tuple[int, int]  # 1/SCALE km to the east and to the south


class Drawn(TypedDict):
    """One outline as it is compiled: each ring as its numbers x, y, x, y, …, the first ones from
    the middle of the map, every other from the one before it; where its label goes; who else, of
    its own rank, lies in it."""

    rings: list[list[int]]
    middle: list[int]
    guests: list[str]


class _Shape(NamedTuple):
    """An outline in one of the files."""

    properties: Mapping[str, str]
    rings: list[list[Position]]


def read_maps(folder: Path) -> dict[str, dict[str, Drawn]]:
    """Both files by level and КАТО code. Raises: OSError, ValueError, KeyError for other files."""
    return {
        "region": _drawn(_regions(json.loads((folder / REGIONS).read_bytes()))),
        "district": _drawn(_districts(json.loads((folder / DISTRICTS).read_bytes()))),
    }


def compile_maps(path: Path) -> str:
    """The text of the compiled file that lies beside them. Raises: as `read_maps` does."""
    return as_compiled(path, [REGIONS, DISTRICTS], read_maps(path.parent))


def project(position: Position) -> Spot:
    """A place on the globe as a place on the map."""
    longitude, latitude = position
    radius = _radius(latitude)
    angle = _CONE * radians(longitude - _MERIDIAN)
    east, south = radius * sin(angle), radius * cos(angle) - _radius(_LATITUDE)
    return round(east * SCALE), round(south * SCALE)


def _radius(latitude: float) -> float:
    """How far a parallel is from the tip of the cone, in km."""
    return _EARTH * sqrt(_CONSTANT - 2 * _CONE * sin(radians(latitude))) / _CONE


def _drawn(shapes: Iterable[_Shape]) -> dict[str, Drawn]:
    drawn: dict[str, Drawn] = {}
    for properties, rings in shapes:
        spots = [[project(position) for position in ring] for ring in rings]
        also = properties.get("also_covers", "")
        drawn[properties["kato"]] = Drawn(
            rings=[_steps(ring) for ring in spots],
            middle=list(_middle(spots)),
            guests=[also] if also else [],
        )
    return drawn


def _regions(root: Mapping[str, object]) -> Iterator[_Shape]:
    """GeoJSON: the positions stand in each polygon."""
    for feature in cast("list[dict[str, dict[str, object]]]", root["features"]):
        geometry = feature["geometry"]
        parts = cast("list[list[list[Position]]]", _parts(geometry, "coordinates"))
        properties = cast("dict[str, str]", feature["properties"])
        yield _Shape(properties, [ring for part in parts for ring in part])


def _districts(root: Mapping[str, object]) -> Iterator[_Shape]:
    """TopoJSON: a ring names arcs, which neighbours share; ~n is the arc n backwards."""
    transform = cast("dict[str, tuple[float, float]]", root["transform"])
    arcs = [
        list(_positions(arc, transform["scale"], transform["translate"]))
        for arc in cast("list[list[tuple[int, int]]]", root["arcs"])
    ]
    for collection in cast("dict[str, dict[str, object]]", root["objects"]).values():
        for geometry in cast("list[dict[str, object]]", collection["geometries"]):
            parts = cast("list[list[list[int]]]", _parts(geometry, "arcs"))
            rings = [_joined(arcs, numbers) for part in parts for numbers in part]
            yield _Shape(cast("dict[str, str]", geometry["properties"]), rings)


def _parts(geometry: Mapping[str, object], key: str) -> list[object]:
    """The polygons of a geometry."""
    held = cast("list[object]", geometry[key])
    return held if geometry["type"] == "MultiPolygon" else [held]


def _positions(
    arc: Iterable[tuple[int, int]], scale: Position, origin: Position
) -> Iterator[Position]:
    x = y = 0
    for right, up in arc:
        x, y = x + right, y + up
        yield x * scale[0] + origin[0], y * scale[1] + origin[1]


def _joined(arcs: Sequence[list[Position]], numbers: Iterable[int]) -> list[Position]:
    """A ring out of arcs; each begins where the one before it ended."""
    ring: list[Position] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _steps(ring: Sequence[Spot]) -> list[int]:
    """A ring as differences, without points that fell together."""
    steps = list(ring[0])
    for (x, y), (next_x, next_y) in pairwise(ring):
        if (x, y) != (next_x, next_y):
            steps += [next_x - x, next_y - y]
    return steps


def _middle(rings: Sequence[Sequence[Spot]]) -> Spot:
    """The place inside that is farthest from the border, near enough for a letter to stand there.

    Looked for in the middle of the widest stretches of some lines across the outline.
    """
    corners = [spot for ring in rings for spot in ring]
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    found: list[tuple[float, Spot]] = []
    for step in range(1, _SCANS):
        y = top + (bottom - top) * step // _SCANS
        stretches = _stretches(rings, y)
        if not stretches:
            continue  # between two parts of it
        left, right = max(stretches, key=lambda it: it[1] - it[0])
        spot = round((left + right) / 2), y
        found.append((min(hypot(spot[0] - x, y - down) for x, down in corners), spot))
    return max(found)[1]


def _stretches(rings: Iterable[Sequence[Spot]], y: int) -> list[tuple[float, float]]:
    """From where to where a line across the map lies inside; the map is cut half a unit lower, so
    that the line never runs through a corner."""
    cut = y + 0.5
    crossings = sorted(
        x + (cut - below) * (next_x - x) / (above - below)
        for ring in rings
        for (x, below), (next_x, above) in pairwise(ring)
        if (below < cut) != (above < cut)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))
