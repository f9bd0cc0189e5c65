"""A drawing as SVG, for HTML; its words stay words."""

from __future__ import annotations

from html import escape

from taza_desktop.reports.drawing import Area, Drawing, Label, Line, Point, Shape
from taza_desktop.reports.lettering import FONT, POINT


def svg(drawing: Drawing) -> str:
    """The drawing as an element that is as wide as what it stands in."""
    shapes = "".join(map(_shape, drawing.shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" '
        f'font-family="{FONT}, Carlito, sans-serif">{shapes}</svg>'
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Line():
            dashes = " ".join(f"{it:g}" for it in shape.dashes)
            dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
            return (
                f'<polyline points="{_points(shape.points)}" fill="none" '
                f'stroke="{shape.colour}" stroke-width="{shape.width:g}"{dashed}/>'
            )
        case Area():
            rings = "".join(f"M{_points(ring)}Z" for ring in shape.rings)
            line = f' stroke="{shape.line}" stroke-width="{shape.width:g}"' if shape.line else ""
            return f'<path fill-rule="evenodd" fill="{shape.fill or "none"}"{line} d="{rings}"/>'
        case Label():
            return _label(shape)


def _label(label: Label) -> str:
    x, y = label.at
    turned = f' transform="rotate({-label.turned:g} {x:g} {y:g})"' if label.turned else ""
    bold = ' font-weight="bold"' if label.bold else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{label.size * POINT:.2f}" '
        f'text-anchor="{label.anchor}" fill="{label.colour}"{bold}{turned}>'
        f"{escape(label.text)}</text>"
    )


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
