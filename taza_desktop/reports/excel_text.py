"""The text of the report on sheets: its six columns on one, what stands behind it on another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from taza_desktop.reports.excel_sheet import Sheet
from taza_desktop.reports.neutral import (
    Block,
    Grid,
    Heading,
    Paragraph,
    Part,
    Picture,
    notes_of,
)

PAGE_WIDTH = 150  # a landscape page in characters; the columns of the report share it
FIRST_WIDTH, WIDTH = 30.0, 20.0  # of the tables behind it, whatever stands in them


def parted(blocks: Iterable[Block]) -> tuple[list[Block], list[Block]]:
    """Those of the report itself, and those behind its signature."""
    itself: list[Block] = []
    behind: list[Block] = []
    headings: list[Block] = []  # go where the block goes that follows
    for block in blocks:
        if isinstance(block, Heading):
            headings.append(block)
        elif not isinstance(block, Picture | Part):  # a sheet has its own charts, and no pages
            target = behind if _is_behind(block) else itself
            target += (*headings, block)
            headings.clear()
    return itself, behind


def widths(blocks: Sequence[Block]) -> list[float]:
    """Of the columns of the widest table among the blocks of the report itself."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    columns = max((grid.columns for grid in grids), key=len, default=())
    shares = sum(column.width for column in columns)
    return [PAGE_WIDTH * column.width / shares for column in columns]


def widths_behind(blocks: Sequence[Block]) -> list[float]:
    """Of the columns of the tables behind the report."""
    most = max((len(block.columns) for block in blocks if isinstance(block, Grid)), default=1)
    return [FIRST_WIDTH, *[WIDTH] * (most - 1)]


def write_text(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """The report itself, one paragraph of its last column a row, its footnotes at the end."""
    write_blocks(sheet, blocks)
    for number, note in enumerate(notes_of(tuple(blocks)), start=1):
        sheet.line(f"{number}. {note}")


def write_blocks(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Blocks one below another; each table keeps its own columns."""
    for block in blocks:
        match block:
            case Heading():
                if block.shown:
                    sheet.line(block.text, bold=True)
            case Paragraph():
                sheet.line(block.text, bold=any(run.bold for run in block.runs))
            case Grid():
                if block.caption:
                    sheet.line()
                    sheet.line(block.caption.text, bold=True)
                _grid(sheet, block)
            case Picture() | Part():
                pass


def _is_behind(block: Block) -> bool:
    if isinstance(block, Grid):
        return block.caption is not None
    return isinstance(block, Paragraph) and block.style == "source"


def _grid(sheet: Sheet, grid: Grid) -> None:
    for row in grid.header:
        sheet.cells([cell.text for cell in row], bold=True)
    for cells, bold in _rows(grid):
        if len(cells) == 1:
            sheet.line(cells[0] or "", bold=bold)
        else:
            sheet.cells(cells)


def _rows(grid: Grid) -> Iterator[tuple[list[str | None], bool]]:
    """The rows as texts; a single one runs over all columns."""
    for row in grid.rows:
        if not grid.borders:
            yield ["   ".join(cell.text.replace("\n", "   ") for cell in row)], False
        elif len(row) == 1:
            for paragraph in row[0].paragraphs:
                yield [paragraph.text], paragraph.style == "section"
        else:
            *short, last = row
            for number, paragraph in enumerate(last.paragraphs):
                before = [cell.text if number == 0 else None for cell in short]
                yield [*before, paragraph.text], False
