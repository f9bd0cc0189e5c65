"""A drawing as data: lines, areas and words in millimetres from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through the points; `dashes` are lengths of stroke and gap, empty for none."""

    points: tuple[Point, ...]
    colour: str = "#000000"
    width: float = 0.2
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape of one or more rings; the inner ones are holes. Blank colours draw nothing."""

    rings: tuple[tuple[Point, ...], ...]
    fill: str = ""
    line: str = ""
    width: float = 0.2


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the base line at `at`; `size` in points, `turned` in degrees against the clock."""

    at: Point
    text: str
    size: float = 8
    anchor: Anchor = "start"
    bold: bool = False
    colour: str = "#000000"
    turned: float = 0


Shape = Line | Area | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order of drawing on a surface of that size."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
