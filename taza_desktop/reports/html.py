"""The neutral report in the subset of HTML that Qt's rich text lays out on pages."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from taza_desktop.reports.neutral import (
    Block,
    Cell,
    Grid,
    Heading,
    Layout,
    Paragraph,
    Report,
    Row,
    Run,
)

FIGURE = "figure:"  # a link to the n-th figure of the report: figure:0, figure:1, …
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


def style_sheet(layout: Layout) -> str:
    """The look of the classes that `body` uses; sizes in points."""
    looks = {
        "title": (layout.size, "font-weight: bold; text-align: center; margin-top: 12px"),
        "subtitle": (layout.size, "font-weight: bold; text-align: center"),
        "section": (layout.table_size, "font-weight: bold; text-align: center"),
        "header": (layout.table_size, "font-weight: bold; text-align: center"),
        "right": (layout.size, "text-align: right"),
        "centre": (layout.table_size, "text-align: center"),
        "body": (layout.size, ""),
        "table": (layout.table_size, ""),
        "note": (layout.table_size, "margin-top: 6px"),
        "small": (layout.small_size, ""),
        "gap": (4, ""),
    }
    rules = ["p, td { margin: 0 }", "a { color: #000000; text-decoration: none }"]
    for name, (size, more) in looks.items():
        # Qt gives the size of a paragraph to its own text alone, not to what is marked in it.
        rules.append(f".{name} {{ font-size: {size}pt; {more} }}")
        rules += [f".{name} {mark} {{ font-size: {size}pt }}" for mark in ("a", "b", "i")]
    return "\n".join(rules)


def body(report: Report) -> str:
    """The whole report as one HTML document."""
    return f"<html><body>{''.join(_Writer().blocks(report.blocks))}</body></html>"


class _Writer:
    """Turns blocks into HTML and numbers the figures on the way."""

    def __init__(self) -> None:
        self._figures = 0

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading():
                    yield f'<p class="title">{_text(block.text)}</p>'
                case Paragraph():
                    yield self._paragraph(block, block.style)
                case Grid():
                    yield self._grid(block)

    def _paragraph(self, paragraph: Paragraph, look: str, align: str = "") -> str:
        side = f' align="{align}"' if align else ""
        runs = "".join(map(self._run, paragraph.runs))
        return f'<p class="{look}"{side}>{runs or "&nbsp;"}</p>'

    def _run(self, run: Run) -> str:
        said = _text(run.text)
        if run.bold:
            said = f"<b>{said}</b>"
        if run.italic:
            said = f"<i>{said}</i>"
        if run.figure is not None:
            said = f'<a href="{FIGURE}{self._figures}">{said}</a>'
            self._figures += 1
        return said

    def _grid(self, grid: Grid) -> str:
        header = "".join(self._row(row, grid, header=True) for row in grid.header)
        rows = "".join(self._row(row, grid) for row in grid.rows)
        gap, padding = ('<p class="gap">&nbsp;</p>', 4) if grid.borders else ("", 0)
        return (
            f'{gap}<table width="100%" border="0" cellspacing="0" cellpadding="{padding}">'
            f"{f'<thead>{header}</thead>' if header else ''}{rows}</table>"
        )

    def _row(self, row: Row, grid: Grid, *, header: bool = False) -> str:
        shares = sum(column.width for column in grid.columns)
        cells: list[str] = []
        at = 0
        top = row is (*grid.header, *grid.rows)[0]
        for cell in row:
            covered = grid.columns[at : at + cell.span]
            at += cell.span
            width = 100 * sum(column.width for column in covered) / shares
            lines = _lines(top, at == len(grid.columns)) if grid.borders else ""
            align = "" if header else _ALIGN[covered[0].align]
            said = self._cell(cell, align, _look(grid, header=header))
            side = "middle" if header else "top"
            cells.append(
                f'<td width="{width:.2f}%" colspan="{cell.span}" valign="{side}"{lines}>{said}</td>'
            )
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell, align: str, look: str) -> str:
        return "".join(
            self._paragraph(paragraph, look, align)
            if paragraph.style == "body"
            else self._paragraph(paragraph, paragraph.style)
            for paragraph in cell.paragraphs
        )


def _lines(top: bool, right: bool) -> str:
    """The cell's own lines; those that Qt draws for a whole table take it minutes on long ones."""
    sides = ("left", "bottom", *(("top",) if top else ()), *(("right",) if right else ()))
    return f' style="{"; ".join(f"border-{side}: 0.8px solid #000000" for side in sides)}"'


def _look(grid: Grid, *, header: bool) -> str:
    if header:
        return "header"
    return "table" if grid.borders else "body"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br/>").replace("\t", " ")
