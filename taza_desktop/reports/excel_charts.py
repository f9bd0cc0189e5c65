"""Charts that the spreadsheet draws itself from the cells of the measures' sheets."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from taza_desktop.reports.chart_parts import EDGE, FACT, PLAN
from taza_desktop.reports.excel_totals import Place, letters

WIDTH, LINE, LEAST = 24.0, 0.75, 7.0  # centimetres: across, for each territory, at least
ROW = 0.53  # centimetres of a row of the sheet


class Drawn(NamedTuple):
    """A chart: where its names, in the first column, and its numbers stand.

    `columns` are numbers from 0; their heads are in the row above.
    """

    title: str
    sheet: str
    place: Place
    columns: tuple[int, ...]

    def cells(self, at: int) -> str:
        """The cells of a column in any sheet."""
        return f"'{self.sheet}'!{self.place.fixed(at)}"

    def head(self, at: int) -> str:
        """The cell with the name of a column."""
        return f"'{self.sheet}'!${letters(at)}${self.place.first - 1}"


def add_charts(sheet: Any, charts: Sequence[Drawn], top: int) -> int:
    """Put the charts on a sheet of openpyxl, one below another from row `top`; the row below."""
    from openpyxl.worksheet.pagebreak import Break

    for number, drawn in enumerate(charts):
        if number:
            sheet.row_breaks.append(Break(top - 1))
        chart = _chart(drawn)
        sheet.add_chart(chart, f"A{top}")
        top += ceil(chart.height / ROW) + 2
    return top


def _chart(drawn: Drawn) -> Any:
    """Bars by territory, the first one on top; told apart by how dark they are."""
    from openpyxl.chart import BarChart

    count = drawn.place.last - drawn.place.first + 1
    chart: Any = BarChart()
    chart.type, chart.title = "bar", drawn.title
    chart.width, chart.height = WIDTH, max(LEAST, LINE * count + 3)
    chart.gapWidth = 40
    if len(drawn.columns) > 1:
        chart.legend.position = "b"
    else:
        chart.legend = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.crosses = "max"  # below, though the first territory is on top
    chart.y_axis.numFmt = "#,##0"
    fills = (PLAN, FACT)[-len(drawn.columns) :]
    for number, (column, fill) in enumerate(zip(drawn.columns, fills, strict=True)):
        chart.series.append(_series(drawn, number, column, fill))
    return chart


def _series(drawn: Drawn, number: int, column: int, fill: str) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import Series, SeriesLabel

    series: Any = Series(idx=number, order=number)
    series.tx = SeriesLabel(strRef=StrRef(drawn.head(column)))
    series.cat = AxDataSource(strRef=StrRef(drawn.cells(0)))
    series.val = NumDataSource(numRef=NumRef(f=drawn.cells(column)))
    series.graphicalProperties.solidFill = fill.removeprefix("#")
    series.graphicalProperties.line.solidFill = EDGE.removeprefix("#")
    return series
