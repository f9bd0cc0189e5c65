"""Grids of the neutral report as WordprocessingML tables: many times faster than cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import ceil
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from taza_desktop.reports.neutral import Cell, Grid, Layout, Paragraph, Row
from taza_desktop.reports.word_text import STYLE_IDS, Writing, paragraph_xml

CELL_STYLE = "TazaTable"
HEADER_STYLE = "TazaTableHeader"
GAP = '<w:p><w:pPr><w:pStyle w:val="TazaGap"/></w:pPr></w:p>'  # tables that touch become one
ALIGN = {"left": "left", "centre": "center", "right": "right"}
LONGEST_TABLE = 100  # rows: Word grows slow over longer ones
KEPT_LINES = 14  # a row of so many lines goes to the next page in one piece
_PADDING = (  # twentieths of a point
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
_NO_PADDING = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_SIDES = 170  # twentieths of a point that padding takes of a cell's width


class _Table(NamedTuple):
    """A grid with the widths of its columns, in twentieths of a point."""

    grid: Grid
    widths: list[int]
    letter: float  # average width of a letter
    writing: Writing


def grid_xml(grid: Grid, width: int, layout: Layout, writing: Writing) -> Iterator[str]:
    """The table in pieces of at most `LONGEST_TABLE` rows, as wide as the text area."""
    shares = sum(column.width for column in grid.columns)
    edges = [round(at * width / shares) for at in accumulate(it.width for it in grid.columns)]
    widths = [end - start for start, end in zip([0, *edges], edges, strict=False)]
    size = layout.table_size if grid.borders else layout.size
    table = _Table(grid, widths, size * 20 * 0.52, writing)
    header = "".join(_row(row, table, header=True) for row in grid.header)
    for at in range(0, max(len(grid.rows), 1), LONGEST_TABLE):
        rows = "".join(_row(row, table) for row in grid.rows[at : at + LONGEST_TABLE])
        yield f"{GAP if at else ''}<w:tbl>{_look(table)}{header}{rows}</w:tbl>"


def _look(table: _Table) -> str:
    bordered = table.grid.borders
    style, padding = ("TableGrid", _PADDING) if bordered else ("TableNormal", _NO_PADDING)
    columns = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in table.widths)
    alt = f"<w:tblDescription w:val={quoteattr(table.grid.alt)}/>" if table.grid.alt else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{padding}'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="0"/>{alt}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _row(row: Row, table: _Table, *, header: bool = False) -> str:
    cells: list[str] = []
    lines = at = 0
    for cell in row:
        covered = sum(table.widths[at : at + cell.span])
        lines = max(lines, _lines(cell, covered, table.letter))
        cells.append(_cell(cell, covered, _cell_look(table.grid, at, header=header), table.writing))
        at += cell.span
    whole = header or lines <= KEPT_LINES
    kept = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{kept}</w:trPr>' if kept else ''}{''.join(cells)}</w:tr>"


def _lines(cell: Cell, width: int, letter: float) -> int:
    """About how many lines a cell takes."""
    a_line = max((width - _SIDES) / letter, 1)
    return sum(
        max(1, ceil(sum(len(run.text) for run in it.runs) / a_line)) for it in cell.paragraphs
    )


def _cell_look(grid: Grid, at: int, *, header: bool) -> tuple[str, str]:
    """The style of plain paragraphs and the alignment of the cell in that column."""
    if header:
        return HEADER_STYLE, ""
    align = ALIGN[grid.columns[at].align]
    style = CELL_STYLE if grid.borders else STYLE_IDS["body"]
    return style, "" if align == "left" else align


def _cell(cell: Cell, width: int, look: tuple[str, str], writing: Writing) -> str:
    plain_style, align = look
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    paragraphs = "".join(
        paragraph_xml(it, plain_style, writing, align)
        if it.style == "body"
        else paragraph_xml(it, STYLE_IDS[it.style], writing)
        for it in cell.paragraphs or (Paragraph(()),)
    )
    middle = '<w:vAlign w:val="center"/>' if plain_style == HEADER_STYLE else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{middle}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
