"""The neutral report as an Excel workbook: contents, the text of the report, a sheet a measure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from taza_desktop.reports.annexes import WHO
from taza_desktop.reports.data_table import Annex, DataTable
from taza_desktop.reports.excel_charts import Drawn
from taza_desktop.reports.excel_sheet import Sheet
from taza_desktop.reports.excel_text import (
    PAGE_WIDTH,
    parted,
    widths,
    widths_behind,
    write_blocks,
    write_text,
)
from taza_desktop.reports.excel_totals import Place, of_parts, totals
from taza_desktop.reports.files import replacing
from taza_desktop.reports.neutral import Report, parts
from taza_desktop.reports.words import word

TEXT_WIDTH, KATO_WIDTH, NUMBER_WIDTH = 30, 12, 16  # characters


def write(report: Report, path: Path) -> None:
    """Write the report to `path`; an existing file is replaced only when all went well.

    Raises:
        EnvironmentFault: disk full, no right to write, file open in Excel.
    """
    with replacing(path) as unfinished:
        _book(report).save(str(unfinished))


def _book(report: Report) -> Any:
    from openpyxl import Workbook

    book: Any = Workbook(write_only=True)
    book.properties.title = report.title
    book.properties.creator = report.author
    book.properties.language = report.language
    _contents(book, report)
    _text(book, report)
    charts = [chart for annex in report.annexes for chart in _annex(book, report, annex)]
    if charts:
        _charts(book, report, charts)
    return book


def _sheet(book: Any, name: str, report: Report, widths: list[float]) -> Sheet:
    mark = report.mark if report.draft else ""
    return Sheet(book, name, font=report.layout.font, mark=mark, widths=widths)


def _annex_name(annex: Annex, report: Report) -> str:
    return word("sheet_measure", report.language, number=annex.measure)


def _named(key: str, report: Report) -> str:
    """The name of a sheet in the languages of the report; « / » may not stand in one."""
    return " – ".join(dict.fromkeys(word(key, lang) for lang, _blocks in parts(report)))


def _contents(book: Any, report: Report) -> None:
    """Title, why it is a draft, and a link to every other sheet."""
    sheet = _sheet(book, _named("sheet_contents", report), report, [NUMBER_WIDTH, 100])
    sheet.line(report.title, bold=True)
    for note in report.notes:
        sheet.line(note)
    sheet.line()
    for lang, blocks in parts(report):
        sheet.link(word("sheet_report", lang), report.title)
        if parted(blocks)[1]:
            sheet.link(word("annexes", lang), "")
    if any(annex.charts for annex in report.annexes):
        sheet.link(_named("sheet_charts", report), "")
    for annex in report.annexes:
        sheet.link(_annex_name(annex, report), annex.title)


def _text(book: Any, report: Report) -> None:
    """The text of the report with its six columns, and on a sheet of its own what is behind it; in
    each of its languages."""
    for lang, blocks in parts(report):
        itself, behind = parted(blocks)
        write_text(_sheet(book, word("sheet_report", lang), report, widths(itself)), itself)
        if behind:
            sheet = _sheet(book, word("annexes", lang), report, widths_behind(behind))
            write_blocks(sheet, behind)


def _annex(book: Any, report: Report, annex: Annex) -> Iterator[Drawn]:
    """The tables of a measure, one below another; the first one can be filtered."""
    widest = max((table.columns for table in annex.tables), key=len)
    others = (NUMBER_WIDTH if column.number else TEXT_WIDTH for column in widest[WHO:])
    name = _annex_name(annex, report)
    sheet = _sheet(book, name, report, [TEXT_WIDTH, KATO_WIDTH, *others])
    sheet.freeze("C4", "1:3")
    sheet.line(annex.title, bold=True)
    first = annex.tables[0]
    top = sheet.row + 2
    sheet.filter(top, top + len(first.rows), len(first.columns))
    places: list[Place] = []
    for number, table in enumerate(annex.tables):
        if number:
            sheet.line()
        source = None if table.parts is None else (annex.tables[table.parts], places[table.parts])
        places.append(_table(sheet, table, source))
    sheet.print_area(sheet.row, len(widest))
    for chart in annex.charts:
        yield Drawn(chart.title, name, places[chart.table], chart.columns)


def _table(sheet: Sheet, table: DataTable, source: tuple[DataTable, Place] | None) -> Place:
    """Write a table; `source` is the one whose rows it sums up, and where they are."""
    numbers = [column.number for column in table.columns]
    sheet.line(table.title, bold=True)
    sheet.cells([column.label for column in table.columns], bold=True)
    first = sheet.row + 1
    rows = of_parts(table, *source, first) if source else table.rows
    for row in rows:
        sheet.cells(row, numbers)
    place = Place(first, sheet.row)
    if table.total:
        sheet.cells(totals(table, place), numbers, bold=True)
    return place


def _charts(book: Any, report: Report, charts: list[Drawn]) -> None:
    """A sheet with all charts."""
    sheet = _sheet(book, _named("sheet_charts", report), report, [PAGE_WIDTH])
    sheet.line(report.title, bold=True)
    sheet.charts(charts)
