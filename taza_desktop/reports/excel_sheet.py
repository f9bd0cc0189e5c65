"""One worksheet written row by row: typed numbers, text that is never a formula, few looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple

from taza_desktop.reports.excel_charts import Drawn, add_charts
from taza_desktop.reports.excel_totals import Formula

WHOLE, BROKEN = "#,##0", "#,##0.##########"
SIZE, LINE_HEIGHT, HIGHEST = 11, 15, 409  # points; higher than that no row may be
LONGEST = 32_767  # characters of a cell, the format's limit
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
A4 = "9"  # the format's number of the paper
DAY = "dd.mm.yyyy"
Plain = int | str | None
Value = Plain | date


class Look(NamedTuple):
    """How a cell looks."""

    bold: bool = False
    boxed: bool = False
    wrap: bool = False
    format: str = "General"
    centre: bool = False
    fill: str = ""  # RRGGBB behind the text; none when blank


class Sheet:
    """A worksheet of a write-only workbook; rows go down from the top.

    Attributes:
        row: number of the last row written.
    """

    def __init__(
        self, book: Any, name: str, *, font: str, mark: str, widths: Sequence[float]
    ) -> None:
        """Set the page up; `mark` stands in the header of every page, `widths` are characters."""
        from openpyxl.utils import get_column_letter

        self.row = 0
        self._font, self._widths = font, widths
        self._sheet = book.create_sheet(name)
        self._cells: dict[Look, Any] = {}
        page = self._sheet.page_setup
        page.orientation, page.paperSize = "landscape", A4
        page.fitToHeight = 0  # as many pages as it takes, each as wide as the table
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._sheet.oddFooter.center.text = "&P / &N"
        if mark:  # an empty one is no header to some readers
            self._sheet.oddHeader.right.text = mark
        for number, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width

    def freeze(self, corner: str, rows: str) -> None:
        """Keep what is above and left of the corner in view; print those rows on every page."""
        self._sheet.freeze_panes = corner
        self._sheet.print_title_rows = rows

    def filter(self, top: int, bottom: int, columns: int) -> None:
        """Offer the rows from header to bottom to the autofilter."""
        from openpyxl.utils import get_column_letter

        self._sheet.auto_filter.ref = f"A{top}:{get_column_letter(columns)}{bottom}"

    def line(self, text: str = "", *, bold: bool = False) -> None:
        """A line of text that runs over the columns."""
        from openpyxl.utils import get_column_letter

        lines = _lines(text, sum(self._widths))
        self._append([self._text(text, Look(bold=bold, wrap=True))], lines)
        self._sheet.merged_cells.add(
            f"A{self.row}:{get_column_letter(len(self._widths))}{self.row}"
        )

    def cells(
        self,
        values: Sequence[Value | Formula],
        numbers: Sequence[bool] = (),
        *,
        bold: bool = False,
    ) -> None:
        """A boxed row; a value is written as a number where `numbers` says so, else as text."""
        typed = numbers or [False] * len(values)
        look = Look(bold=bold, boxed=True, wrap=True)
        lines = max(map(_lines, map(_told, values), self._widths), default=1)
        boxed = (
            self._boxed(value, look, number) for value, number in zip(values, typed, strict=True)
        )
        self._append(boxed, lines)

    def charts(self, charts: list[Drawn]) -> None:
        """Draw charts below what was written."""
        bottom = add_charts(self._sheet, charts, self.row + 2)
        self.print_area(bottom, len(self._widths))

    def styled(self, cells: Sequence[tuple[Value, Look]]) -> None:
        """A row, each cell with its own look; numbers and days stay what they are. It is as high as
        its wrapped texts."""
        widths = zip(cells, self._widths, strict=False)
        lines = max(
            (_lines(str(it), width) for (it, look), width in widths if look.wrap), default=1
        )
        self._append((self._typed(value, look) for value, look in cells), lines)

    def print_area(self, rows: int, columns: int) -> None:
        """Print the sheet down to that row and across to that column."""
        from openpyxl.utils import get_column_letter

        self._sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"

    def link(self, name: str, title: str) -> None:
        """A line that leads to the sheet of that name."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell = WriteOnlyCell(self._sheet, name)
        cell.hyperlink = Hyperlink(ref="", location=f"'{name}'!A1", display=name)
        cell.style = "Hyperlink"
        self._append(iter([cell, self._text(title, Look())]))

    def _append(self, cells: Iterator[Any] | list[Any], lines: int = 1) -> None:
        """Write a row, as high as its text: not every program sees to that by itself."""
        self.row += 1
        if lines > 1:
            self._sheet.row_dimensions[self.row].height = min(lines * LINE_HEIGHT, HIGHEST)
        self._sheet.append(cell for cell in cells)

    def _text(self, value: Value, look: Look) -> Any:
        cell = self._cell(look)
        cell.value = None if value is None else _ILLEGAL.sub("", str(value))[:LONGEST]
        cell.data_type = "s"  # «=1+1» is a text, never a formula
        return cell

    def _typed(self, value: Value, look: Look) -> Any:
        if isinstance(value, str) or value is None:
            return self._text(value, look)
        cell = self._cell(look)
        cell.value = value
        cell.number_format = look.format
        return cell

    def _boxed(self, value: Value | Formula, look: Look, number: bool) -> Any:
        if isinstance(value, Formula):
            return self._formula(value, look)
        if isinstance(value, date):
            return self._typed(value, look._replace(wrap=False, format=DAY))
        return (
            self._number(value, look) if number and value is not None else self._text(value, look)
        )

    def _formula(self, value: Formula, look: Look) -> Any:
        """A formula that gives a number."""
        cell = self._number(value.gives, look)
        cell.value = f"={value.text}"
        cell.data_type = "f"
        return cell

    def _number(self, value: int | str, look: Look) -> Any:
        amount = value if isinstance(value, int) else Decimal(value)
        whole = isinstance(amount, int) or amount == amount.to_integral_value()
        cell = self._cell(look._replace(wrap=False, format=WHOLE if whole else BROKEN))
        cell.value = amount
        return cell

    def _cell(self, look: Look) -> Any:
        """The one cell of that look: each is written before the next is asked for."""
        if look not in self._cells:
            self._cells[look] = _cell(self._sheet, self._font, look)
        return self._cells[look]


def _told(value: Value | Formula) -> str:
    """As long as it is on the sheet."""
    return str(value.gives if isinstance(value, Formula) else value)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def _cell(sheet: Any, font: str, look: Look) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=font, size=SIZE, bold=look.bold)
    if look.boxed:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    across = "center" if look.centre else None
    cell.alignment = Alignment(wrap_text=look.wrap, vertical="top", horizontal=across)
    cell.number_format = look.format
    return cell
