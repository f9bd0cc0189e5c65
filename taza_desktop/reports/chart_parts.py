"""What charts and maps are made of: boxes, hatched boxes, words; colours that print in grey."""

from __future__ import annotations

from taza_desktop.reports.drawing import Anchor, Area, Label, Line, Point

# Told apart by how dark they are, so also by whoever sees no colours and on a black and white page.
PLAN, FACT = "#d4d4d4", "#1f4e79"
EDGE, FAINT, INK = "#404040", "#a0a0a0", "#000000"
SHADES = ("#f1f5f9", "#c6d9ec", "#86b2d8", "#3f7fb8", "#123f73")  # pale to dark
WHITE = "#ffffff"
SMALL, USUAL = 7.5, 8.5  # points
HATCH = 1.2  # millimetres between two lines


def box(x: float, y: float, width: float, height: float, fill: str, line: str = EDGE) -> Area:
    """A rectangle from its upper left corner."""
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return Area((corners,), fill, line, 0.15)


def words(at: Point, text: str, size: float = USUAL, anchor: Anchor = "start") -> Label:
    """Words in black on the base line there."""
    return Label(at, text, size, anchor)


def rule(x: float, y: float, to_x: float, to_y: float, colour: str = FAINT) -> Line:
    """A thin straight line."""
    return Line(((x, y), (to_x, to_y)), colour, 0.15)


def hatched(x: float, y: float, width: float, height: float) -> list[Area | Line]:
    """A white box with slanting lines across it: nothing is known."""
    lines: list[Area | Line] = [box(x, y, width, height, WHITE)]
    at = HATCH
    while at < width + height:
        start = (x + min(at, width), y + max(0.0, at - width))
        end = (x + max(0.0, at - height), y + min(at, height))
        lines.append(Line((start, end), FAINT, 0.15))
        at += HATCH
    return lines


def ink_on(fill: str) -> str:
    """Black, or white where the fill is dark."""
    red, green, blue = bytes.fromhex(fill.removeprefix("#"))
    return WHITE if 0.3 * red + 0.6 * green + 0.1 * blue < 128 else INK
