"""A drawing as an enhanced metafile: vectors and words that every Word and LibreOffice show.

Records and their layout: [MS-EMF] Enhanced Metafile Format, Microsoft Open Specifications.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from taza_desktop.reports.drawing import Area, Drawing, Label, Line, Point, Shape
from taza_desktop.reports.lettering import FONT, POINT, advances

UNITS = 40  # a millimetre
PAPER = 300  # millimetres of the device that the drawing is made for
_ALIGN = {"start": 24, "middle": 24 | 6, "end": 24 | 2}  # on the base line


class _Record(IntEnum):
    HEADER = 1
    EOF = 14
    SETBKMODE = 18
    SETPOLYFILLMODE = 19
    SETTEXTALIGN = 22
    SETTEXTCOLOR = 24
    SELECTOBJECT = 37
    CREATEPEN = 38
    CREATEBRUSHINDIRECT = 39
    EXTCREATEFONTINDIRECTW = 82
    EXTTEXTOUTW = 84
    POLYLINE16 = 87
    POLYPOLYGON16 = 91


class _Pen(NamedTuple):
    colour: str
    width: float


class _Brush(NamedTuple):
    colour: str


class _Font(NamedTuple):
    size: float
    bold: bool
    turned: float


def emf(drawing: Drawing) -> bytes:
    """The drawing as the bytes of a file."""
    writer = _Writer()
    writer.put(_Record.SETBKMODE, "<I", 1)  # transparent behind words
    writer.put(_Record.SETPOLYFILLMODE, "<I", 1)  # rings within rings are holes
    for shape in drawing.shapes:
        writer.shape(shape)
    writer.put(_Record.EOF, "<III", 0, 16, 20)
    body = b"".join(writer.records)
    count = len(writer.records) + 1
    return _header(drawing, len(body), count, writer.handles) + body


def _header(drawing: Drawing, size: int, records: int, handles: int) -> bytes:
    across, down = round(drawing.width * UNITS), round(drawing.height * UNITS)
    bounds = (0, 0, across, down)
    frame = (0, 0, round(drawing.width * 100), round(drawing.height * 100))
    signature, version = 0x464D4520, 0x10000
    return struct.pack(
        "<II4i4iIIIIHHIII4i",
        _Record.HEADER, 88, *bounds, *frame, signature, version, size + 88, records,
        handles + 1, 0, 0, 0, 0, PAPER * UNITS, PAPER * UNITS, PAPER, PAPER,
    )  # fmt: skip


class _Writer:
    """Makes the records; a pen, brush or font is made once and taken up again."""

    def __init__(self) -> None:
        self.records: list[bytes] = []
        self._known: dict[_Pen | _Brush | _Font, int] = {}
        self._in_hand: dict[type, int] = {}

    @property
    def handles(self) -> int:
        """How many pens, brushes and fonts there are."""
        return len(self._known)

    def put(self, record: _Record, form: str, *values: float, rest: bytes = b"") -> None:
        """One record of these values and the bytes behind them."""
        data = struct.pack(form, *values) + rest
        data += b"\0" * (-len(data) % 4)
        self.records.append(struct.pack("<II", record, len(data) + 8) + data)

    def shape(self, shape: Shape) -> None:
        """The records of a shape."""
        match shape:
            case Line():
                self._take(_Pen(shape.colour, shape.width))
                for points in _dashed(shape.points, shape.dashes):
                    rest = _packed(points)
                    self.put(_Record.POLYLINE16, "<4iI", *_bounds(points), len(points), rest=rest)
            case Area():
                self._take(_Pen(shape.line, shape.width))
                self._take(_Brush(shape.fill))
                self._area(shape)
            case Label():
                self._label(shape)

    def _area(self, area: Area) -> None:
        points = [point for ring in area.rings for point in ring]
        counts = struct.pack(f"<{len(area.rings)}I", *map(len, area.rings))
        numbers = (*_bounds(points), len(area.rings), len(points))
        self.put(_Record.POLYPOLYGON16, "<4iII", *numbers, rest=counts + _packed(points))

    def _label(self, label: Label) -> None:
        self._take(_Font(label.size, label.bold, label.turned))
        self.put(_Record.SETTEXTALIGN, "<I", _ALIGN[label.anchor])
        self.put(_Record.SETTEXTCOLOR, "<I", _colour(label.colour))
        text = label.text.encode("utf-16-le")
        count = len(text) // 2
        text += b"\0" * (-len(text) % 4)
        steps = _steps(label)
        x, y = (round(it * UNITS) for it in label.at)
        scale = 100 / UNITS
        self.put(
            _Record.EXTTEXTOUTW,
            "<4iI2f2iIII4iI",
            0, 0, -1, -1, 1, scale, scale, x, y, count, 76, 0, 0, 0, -1, -1, 76 + len(text),
            rest=text + struct.pack(f"<{count}I", *steps),
        )  # fmt: skip

    def _take(self, tool: _Pen | _Brush | _Font) -> None:
        """Take a tool in hand, made when it is new."""
        known = self._known.get(tool)
        if known is None:
            known = self._known[tool] = len(self._known) + 1
            self._make(tool, known)
        if self._in_hand.get(type(tool)) != known:
            self._in_hand[type(tool)] = known
            self.put(_Record.SELECTOBJECT, "<I", known)

    def _make(self, tool: _Pen | _Brush | _Font, handle: int) -> None:
        match tool:
            case _Pen(colour, width):
                style = 0 if colour else 5  # drawn, or not at all
                numbers = (handle, style, round(width * UNITS), 0, _colour(colour))
                self.put(_Record.CREATEPEN, "<IIiiI", *numbers)
            case _Brush(colour):
                style = 0 if colour else 1
                numbers = (handle, style, _colour(colour), 0)
                self.put(_Record.CREATEBRUSHINDIRECT, "<IIII", *numbers)
            case _Font():
                self.put(_Record.EXTCREATEFONTINDIRECTW, "<I", handle, rest=_font(tool))


def _steps(label: Label) -> list[int]:
    """From letter to letter; one beyond the first 65,536 counts as two."""
    steps: list[int] = []
    for letter, step in zip(label.text, advances(label.text, label.size), strict=True):
        steps += [round(step * UNITS), *([0] if ord(letter) > 0xFFFF else [])]
    return steps


def _font(font: _Font) -> bytes:
    """The font as a LogFont, and the names that stand behind it, blank."""
    height, weight = -round(font.size * POINT * UNITS), 700 if font.bold else 400
    turned = round(font.turned * 10)
    looks = struct.pack("<5i8B", height, 0, turned, turned, weight, 0, 0, 0, 1, 0, 0, 0, 0)
    name = FONT.encode("utf-16-le").ljust(64, b"\0")
    return (looks + name).ljust(320, b"\0")


def _dashed(points: Sequence[Point], dashes: Sequence[float]) -> Iterator[Sequence[Point]]:
    """A line as it is, or its strokes: not every program draws dashes as long as they should be."""
    if not dashes:
        yield points
        return
    stroke, gap = dashes
    for (x, y), (to_x, to_y) in pairwise(points):
        length = hypot(to_x - x, to_y - y)
        at = 0.0
        while at < length:
            ends = (at / length, min(at + stroke, length) / length)
            yield [(x + (to_x - x) * part, y + (to_y - y) * part) for part in ends]
            at += stroke + gap


def _packed(points: Sequence[Point]) -> bytes:
    flat = [round(it * UNITS) for point in points for it in point]
    return struct.pack(f"<{len(flat)}h", *flat)


def _bounds(points: Sequence[Point]) -> tuple[int, int, int, int]:
    across = [round(x * UNITS) for x, _ in points]
    down = [round(y * UNITS) for _, y in points]
    return min(across), min(down), max(across), max(down)


def _colour(colour: str) -> int:
    """«#rrggbb» as the format has it: blue, green, red."""
    return int.from_bytes(bytes.fromhex(colour.removeprefix("#") or "000000"), "little")
