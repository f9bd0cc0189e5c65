"""Rows of a table as they are set: how high they are, and where one may be cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taza_desktop.reports.neutral import Cell, Grid, Row
from taza_desktop.ui.paper_text import Line, Note, Setter

PADDING_X, PADDING_Y = 4.0, 2.0  # points inside a cell
FEWEST = 2  # lines of a row that stay on a page, and that go over to the next


@dataclass(frozen=True, slots=True)
class SetCell:
    """The lines of a cell that starts at `x` and is so wide; `middle` centres them vertically."""

    x: float
    width: float
    lines: tuple[Line, ...]
    middle: bool = False

    @property
    def height(self) -> float:
        """Of its lines."""
        return sum(line.whole for line in self.lines)


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row, or what is left of one after a page."""

    cells: tuple[SetCell, ...]
    borders: bool

    @property
    def padding(self) -> tuple[float, float]:
        """Across and down; a table without borders has none."""
        return (PADDING_X, PADDING_Y) if self.borders else (0.0, 0.0)

    @property
    def height(self) -> float:
        """Of the highest cell with its padding."""
        return max((cell.height for cell in self.cells), default=0) + 2 * self.padding[1]

    @property
    def notes(self) -> Iterator[Note]:
        """The footnotes that it refers to."""
        for cell in self.cells:
            for line in cell.lines:
                yield from line.notes

    def cut(self, room: float) -> tuple[SetRow, SetRow] | None:
        """What fits into so much height, and the rest; None when too little would stand alone."""
        room -= 2 * self.padding[1]
        fitting = [_fitting(cell.lines, room) for cell in self.cells]
        if any(
            count < len(cell.lines) and (count < FEWEST or len(cell.lines) - count < FEWEST)
            for count, cell in zip(fitting, self.cells, strict=True)
            if len(cell.lines) > 2 * FEWEST
        ):
            fitting = [
                max(0, min(count, len(cell.lines) - FEWEST)) if count < len(cell.lines) else count
                for count, cell in zip(fitting, self.cells, strict=True)
            ]
        if not any(fitting) or _tallest_gets(fitting, self.cells) < FEWEST:
            return None
        above = tuple(
            SetCell(cell.x, cell.width, cell.lines[:count])
            for count, cell in zip(fitting, self.cells, strict=True)
        )
        below = tuple(
            SetCell(cell.x, cell.width, cell.lines[count:])
            for count, cell in zip(fitting, self.cells, strict=True)
        )
        return SetRow(above, self.borders), SetRow(below, self.borders)


def set_rows(
    setter: Setter, grid: Grid, rows: Sequence[Row], width: float, *, header: bool = False
) -> Iterator[SetRow]:
    """The rows of a grid that is so wide, one after the other."""
    shares = sum(column.width for column in grid.columns)
    for row in rows:
        cells: list[SetCell] = []
        at, x = 0, 0.0
        for cell in row:
            covered = grid.columns[at : at + cell.span]
            wide = sum(column.width for column in covered) * width / shares
            align = "" if header else covered[0].align
            cells.append(_set_cell(setter, grid, cell, (x, wide), align))
            at, x = at + cell.span, x + wide
        yield SetRow(tuple(cells), grid.borders)


def _set_cell(
    setter: Setter, grid: Grid, cell: Cell, place: tuple[float, float], align: str
) -> SetCell:
    x, width = place
    usual = setter.looks["header" if not align else "table" if grid.borders else "body"]
    if align:
        usual = usual._replace(align=align)
    inside = width - (2 * PADDING_X if grid.borders else 0)
    lines = [
        line
        for paragraph in cell.paragraphs
        for line in setter.lines(
            paragraph,
            usual if paragraph.style == "body" else setter.looks[paragraph.style],
            inside,
        )
    ]
    return SetCell(x, width, tuple(lines), middle=not align)


def _fitting(lines: Sequence[Line], room: float) -> int:
    """How many of the lines fit into so much height."""
    used = 0.0
    for count, line in enumerate(lines):
        used += line.whole
        if used > room:
            return count
    return len(lines)


def _tallest_gets(fitting: list[int], cells: tuple[SetCell, ...]) -> int:
    """How many lines of the highest cell fit."""
    return max(zip((cell.height for cell in cells), fitting, strict=True))[1]
