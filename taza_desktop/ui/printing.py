"""The neutral report on real pages: for the preview, the printer and PDF."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import floor
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QRawFont,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from taza_desktop.reports.files import replacing
from taza_desktop.reports.html import FIGURE, body, style_sheet
from taza_desktop.reports.neutral import Layout, Provenance, Report, figures

POINTS = 72  # an inch
A_MILLIMETRE = POINTS / 25.4
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі№«»–"  # «₸» is taken from another font where it is missing
LINE = 0.8  # width of the table's lines, in points
SHARPNESS = 600  # dots an inch of the PDF


def render(report: Report) -> QTextDocument:
    """The report as a rich text document that is laid out in points on its pages."""
    document = QTextDocument()
    paper = QImage(1, 1, QImage.Format.Format_Mono)
    paper.setDotsPerMeterX(round(POINTS / 0.0254))
    paper.setDotsPerMeterY(round(POINTS / 0.0254))
    document.documentLayout().setPaintDevice(paper)
    document.setProperty("paper", paper)  # the layout only borrows it
    document.setDocumentMargin(0)
    document.setUndoRedoEnabled(False)
    document.setUseDesignMetrics(True)
    document.setDefaultFont(_font(report.layout))
    document.setDefaultStyleSheet(style_sheet(report.layout))
    document.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, report.title)
    document.setPageSize(_text_area(report.layout).size())
    document.setHtml(body(report))
    _end_paragraphs_with_pages(document)
    return document


def _end_paragraphs_with_pages(document: QTextDocument) -> None:
    """Cut paragraphs in two where a page ends.

    Of a paragraph that goes on over the page Qt draws the last line before it once more: hidden by
    the clip, but found by who searches or copies from the PDF.
    """
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for position in reversed(list(_crossings(document))):
        cursor.setPosition(position)
        look = cursor.blockFormat()
        look.setTopMargin(0)
        cursor.insertBlock(look)
    cursor.endEditBlock()


def _crossings(document: QTextDocument) -> Iterator[int]:
    """The positions inside paragraphs at which another page begins."""
    height, layout = document.pageSize().height(), document.documentLayout()
    block = document.begin()
    while block.isValid():
        place = layout.blockBoundingRect(block)
        if place.top() // height != (place.bottom() - 1) // height:
            lines = [block.layout().lineAt(n) for n in range(block.layout().lineCount())]
            for before, line in pairwise(lines):
                pages = ((place.top() + it.y() + 1) // height for it in (before, line))
                if next(pages) != next(pages):
                    yield block.position() + line.textStart()
        block = block.next()


class Pages:
    """A report laid out: pages of one size that are drawn one at a time, in points.

    Attributes:
        report: what is on the pages.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._document = render(report)
        self._area = _text_area(report.layout)
        self._figures = figures(report)

    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def size(self) -> QSizeF:
        """Size of a page in points."""
        return _paper(self.report.layout)

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw a page (from 0) with the draft mark and its number; the painter is at its corner."""
        painter.save()
        self._paint_margins(painter, page)
        painter.translate(self._area.topLeft() - QPointF(0, page * self._area.height()))
        seen = QRectF(QPointF(0, page * self._area.height()), self._area.size())
        painter.setClipRect(seen.adjusted(-1, 0, 1, 0))  # lines reach half a point outside
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = seen.adjusted(0, 0, 0, -1)  # a line at the very edge is the next page's
        context.palette.setColor(context.palette.ColorRole.Text, Qt.GlobalColor.black)
        self._document.documentLayout().draw(painter, context)
        self._close_tables(painter, seen)
        painter.restore()

    def figure_at(self, page: int, place: QPointF) -> Provenance | None:
        """The figure printed at that place of a page, in points from its corner."""
        there = place - self._area.topLeft() + QPointF(0, page * self._area.height())
        link = self._document.documentLayout().anchorAt(there)
        return self._figures[int(link.removeprefix(FIGURE))] if link.startswith(FIGURE) else None

    def _close_tables(self, painter: QPainter, seen: QRectF) -> None:
        """Draw the line above and below a table where it comes from and goes on to other pages."""
        painter.setPen(QPen(Qt.GlobalColor.black, LINE))
        for frame in self._document.rootFrame().childFrames():
            if not (isinstance(frame, QTextTable) and frame.format().headerRowCount()):
                continue
            place = self._document.documentLayout().frameBoundingRect(frame)
            for edge in (seen.top() + LINE, seen.bottom() - LINE):
                if place.top() < edge < place.bottom() - LINE:
                    painter.drawLine(QPointF(0, edge), QPointF(self._area.width() - LINE, edge))

    def _paint_margins(self, painter: QPainter, page: int) -> None:
        size, area = self.size(), self._area
        painter.setPen(Qt.GlobalColor.black)
        font = QFont(self._document.defaultFont())
        font.setPixelSize(round(self.report.layout.table_size))
        painter.setFont(font)
        below = QRectF(0, area.bottom(), size.width(), size.height() - area.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))
        if self.report.draft:
            font.setBold(True)
            painter.setFont(font)
            above = QRectF(area.left(), 0, area.width(), area.top())
            place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(above, place, self.report.mark)


def paint_pages(report: Report | Pages, device: QPagedPaintDevice) -> None:
    """Print all pages on a printer or a PDF; set its page layout first (`page_layout`)."""
    for _page in painting(report if isinstance(report, Pages) else Pages(report), device):
        pass


def painting(pages: Pages, device: QPagedPaintDevice) -> Iterator[int]:
    """The same in pieces: each step prints a page and tells how many are printed."""
    with QPainter(device) as painter:
        painter.scale(device.logicalDpiX() / POINTS, device.logicalDpiY() / POINTS)
        for page in range(pages.count()):
            if page:
                device.newPage()
            pages.paint(painter, page)
            yield page + 1


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
    """Inside the margins, in whole points: fractions would add up over the pages."""
    paper = _paper(layout)
    left, top = layout.margin_left * A_MILLIMETRE, layout.margin_top * A_MILLIMETRE
    width = paper.width() - left - layout.margin_right * A_MILLIMETRE
    height = paper.height() - top - layout.margin_bottom * A_MILLIMETRE
    return QRectF(left, top, floor(width), floor(height))


def _font(layout: Layout) -> QFont:
    font = QFont(_family(layout.font, *layout.fallbacks))
    font.setPointSizeF(layout.size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _family(*wanted: str) -> str:
    """The first of the families that is installed and has every Kazakh letter, else the last."""
    installed = set(QFontDatabase.families())
    for family in wanted:
        if family in installed:
            raw = QRawFont.fromFont(QFont(family))
            if all(raw.supportsCharacter(ord(letter)) for letter in LETTERS):
                return family
    return wanted[-1]
