"""The neutral report on real pages: for the preview, the printer and PDF."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from functools import cache
from math import floor
from operator import itemgetter
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from taza_desktop.reports.files import replacing
from taza_desktop.reports.neutral import Layout, Provenance, Report
from taza_desktop.ui.paper_pages import A_MILLIMETRE, Flow, Page
from taza_desktop.ui.paper_paint import paint_page, paint_watermark
from taza_desktop.ui.paper_rows import SetRow
from taza_desktop.ui.paper_text import POINTS, Line, report_font
from taza_desktop.ui.report_cursor import Printed

SHARPNESS = 600  # dots an inch of the PDF
SLICE = 0.03  # seconds of laying out before the window answers again


class Pages:
    """A report laid out: pages of one size that are drawn one at a time, in points.

    Pages are laid out as they are asked for: the first is there at once, `grow` makes more.

    Attributes:
        report: what is on the pages.
        complete: all pages are laid out.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.complete = False
        self._area = _text_area(report.layout)
        self._flow = Flow(report, self._area.width(), self._area.height()).pages()
        self._pages: list[Page] = []
        self._more()

    def grow(self, seconds: float = SLICE) -> None:
        """Lay out more pages for about so long."""
        end = time.monotonic() + seconds
        while not self.complete and time.monotonic() < end:
            self._more()

    def growing(self) -> Iterator[int]:
        """The same in slices until all is laid out; each tells how many pages there are."""
        while not self.complete:
            self.grow()
            yield self.count()

    def finish(self) -> None:
        """Lay out all pages."""
        while not self.complete:
            self._more()

    def count(self) -> int:
        """How many pages are laid out so far."""
        return len(self._pages)

    def size(self) -> QSizeF:
        """Size of a page in points."""
        return _paper(self.report.layout)

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw a page (from 0) with the draft mark and its number; the painter is at its corner."""
        painter.save()
        font = report_font(self.report.layout)
        if self.report.draft:
            paint_watermark(painter, QRectF(QPointF(), self.size()), self.report, font)
        self._paint_margin(painter, self._pages[page], font)
        painter.setFont(font)
        painter.translate(self._area.topLeft())
        paint_page(painter, self._pages[page])
        painter.restore()

    def figure_at(self, page: int, place: QPointF) -> Provenance | None:
        """The figure printed at that place of a page, in points from its corner."""
        there = place - self._area.topLeft()
        for x, y, line in _lines(self._pages[page]):
            if y + line.top <= there.y() < y + line.whole:
                found = line.figure_at(there.x() - x)
                if found is not None:
                    return found
        return None

    def figures(self, page: int) -> list[Printed]:
        """The figures printed on a page as they are read, in points from its corner."""
        corner = self._area.topLeft()
        return [
            Printed(
                told,
                QRectF(left, line.top, right - left, line.height).translated(
                    corner.x() + x, corner.y() + y
                ),
                said,
                line.text.said(),
            )
            for x, y, line in _as_read(self._pages[page])
            for left, right, said, told in line.figures()
        ]

    def text(self) -> str:
        """All that is printed, line by line; lays out all pages."""
        self.finish()
        return "\n".join(
            line.said()
            for page in self._pages
            for _, _, line in (*_lines(page), *((0, y, it) for y, it in page.notes))
        )

    def _more(self) -> None:
        page = next(self._flow, None)
        if page is None:
            self.complete = True
        else:
            self._pages.append(page)

    def _paint_margin(self, painter: QPainter, page: Page, font: QFont) -> None:
        """Above the text: the number from the second page on, at the right the mark of a draft."""
        area = self._area
        painter.setPen(Qt.GlobalColor.black)
        font = QFont(font)
        font.setPixelSize(round(self.report.layout.table_size))
        painter.setFont(font)
        above = QRectF(area.left(), 0, area.width(), area.top())
        middle = Qt.AlignmentFlag.AlignVCenter
        if page.number > 1:
            painter.drawText(above, Qt.AlignmentFlag.AlignHCenter | middle, str(page.number))
        if self.report.draft:
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(above, Qt.AlignmentFlag.AlignRight | middle, self.report.mark)


def _lines(page: Page) -> Iterator[tuple[float, float, Line]]:
    """Every line of the text with the place of its corner."""
    yield from page.lines
    for y, row in page.rows:
        yield from _row_lines(y, row)


def _as_read(page: Page) -> list[tuple[float, float, Line]]:
    """The same from the top down; of a table cell by cell."""
    loose = [(y, [(x, y, line)]) for x, y, line in page.lines]
    rows = [(y, list(_row_lines(y, row))) for y, row in page.rows]
    return [line for _y, lines in sorted([*loose, *rows], key=itemgetter(0)) for line in lines]


def _row_lines(y: float, row: SetRow) -> Iterator[tuple[float, float, Line]]:
    across, down = row.padding
    for cell in row.cells:
        top = y + down
        for line in cell.lines:
            yield cell.x + across, top, line
            top += line.whole


def paint_pages(report: Report | Pages, device: QPagedPaintDevice) -> None:
    """Print all pages on a printer or a PDF; set its page layout first (`page_layout`)."""
    for _page in painting(report if isinstance(report, Pages) else Pages(report), device):
        pass


def painting(pages: Pages, device: QPagedPaintDevice) -> Iterator[int]:
    """The same in pieces: each step prints a page and tells how many are printed."""
    with QPainter(device) as painter:
        painter.scale(device.logicalDpiX() / POINTS, device.logicalDpiY() / POINTS)
        page = 0
        while page < pages.count() or not pages.complete:
            if page >= pages.count():
                pages.grow()
                continue
            if page:
                device.newPage()
            pages.paint(painter, page)
            page += 1
            yield page


def page_layout(layout: Layout) -> QPageLayout:
    """A4 in the report's orientation; its margins are drawn by the report itself."""
    way = (
        QPageLayout.Orientation.Landscape if layout.landscape else QPageLayout.Orientation.Portrait
    )
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF())


def write_pdf(report: Report, path: Path) -> None:
    """Write the report to `path`; an existing file is replaced only when all went well.

    Raises:
        EnvironmentFault: disk full, no right to write, file open in another program.
    """
    application()
    for _page in writing_pdf(Pages(report), path):
        pass


def writing_pdf(pages: Pages, path: Path) -> Iterator[int]:
    """The same in pieces: each step writes a page and tells how many are written."""
    report = pages.report
    with replacing(path) as unfinished:
        writer = QPdfWriter(str(unfinished))
        writer.setResolution(SHARPNESS)
        writer.setTitle(report.title)
        writer.setAuthor(report.author)
        writer.setCreator("taza-desktop")
        writer.setPageLayout(page_layout(report.layout))
        yield from painting(pages, writer)


def application() -> QGuiApplication:
    """The running application; without a window (the command line) one that needs no display."""
    running = QGuiApplication.instance()
    return running if isinstance(running, QGuiApplication) else _windowless()


@cache
def _windowless() -> QGuiApplication:
    """A QApplication, as a window that is opened later in the same process wants one."""
    from PySide6.QtWidgets import QApplication

    elsewhere = ["-platform", "offscreen"] if sys.platform == "linux" else []
    return QApplication([sys.argv[0], *elsewhere])


def _paper(layout: Layout) -> QSizeF:
    size = QPageSize(QPageSize.PageSizeId.A4).size(QPageSize.Unit.Point)
    paper = QSizeF(size)
    return paper.transposed() if layout.landscape else paper


def _text_area(layout: Layout) -> QRectF:
    """Inside the margins, in whole points."""
    paper = _paper(layout)
    left, top = layout.margin_left * A_MILLIMETRE, layout.margin_top * A_MILLIMETRE
    width = paper.width() - left - layout.margin_right * A_MILLIMETRE
    height = paper.height() - top - layout.margin_bottom * A_MILLIMETRE
    return QRectF(left, top, floor(width), floor(height))
