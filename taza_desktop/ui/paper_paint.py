"""Painting a page of the report: lines, tables, footnotes, drawings and photos, in points."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from taza_desktop.reports.drawing import Area, Drawing, Label, Line, Shape
from taza_desktop.reports.neutral import Photo, Picture, Report
from taza_desktop.ui.paper_pages import A_MILLIMETRE, RULE, Page
from taza_desktop.ui.paper_rows import SetCell, SetRow

THIN = 0.8  # width of the table's lines, in points
NOTE_RULE = 120.0  # points: length of the line above footnotes
WATERMARK = QColor(238, 238, 238)


def paint_page(painter: QPainter, page: Page) -> None:
    """Paint what stands in the text area; the painter is at its corner."""
    painter.setPen(QPen(Qt.GlobalColor.black, THIN))
    for x, y, line in page.lines:
        line.draw(painter, x, y)
    for y, row in page.rows:
        _paint_row(painter, y, row)
    for place, picture in page.pictures:
        paint_picture(painter, place, picture)
    if page.notes:
        above = page.notes[0][0] - RULE / 2
        painter.drawLine(QPointF(0, above), QPointF(NOTE_RULE, above))
    for y, line in page.notes:
        line.draw(painter, 0, y)


def paint_watermark(painter: QPainter, area: QRectF, report: Report, font: QFont) -> None:
    """The mark of a draft in large pale letters behind the text."""
    painter.save()
    painter.setPen(WATERMARK)
    big = QFont(font)
    big.setBold(True)
    big.setPixelSize(max(20, round(min(area.height() * 0.4, area.width() / len(report.mark)))))
    painter.setFont(big)
    painter.translate(area.center())
    painter.rotate(-30)
    wide = QRectF(-area.width(), -area.height(), 2 * area.width(), 2 * area.height())
    painter.drawText(wide, Qt.AlignmentFlag.AlignCenter, report.mark)
    painter.restore()


def paint_picture(painter: QPainter, place: QRectF, picture: Picture) -> None:
    """A photo, or a drawing in vectors."""
    if isinstance(picture.image, Photo):
        photo = QImage.fromData(picture.image.data)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, photo)
        return
    painter.save()
    painter.translate(place.topLeft())
    scale = place.width() / picture.image.width
    paint_drawing(painter, picture.image, scale)
    painter.restore()


def paint_drawing(painter: QPainter, drawing: Drawing, scale: float) -> None:
    """The shapes of a drawing, `scale` points or pixels a millimetre; the painter at its corner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    family = painter.font()
    for shape in drawing.shapes:
        _paint_shape(painter, shape, scale, family)


def _paint_shape(painter: QPainter, shape: Shape, scale: float, family: QFont) -> None:
    match shape:
        case Line():
            pen = QPen(QColor(shape.colour), shape.width * scale)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if shape.dashes:
                pen.setDashPattern([length / shape.width for length in shape.dashes])
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) * scale for x, y in shape.points]))
        case Area():
            path = QPainterPath()
            for ring in shape.rings:
                path.addPolygon(QPolygonF([QPointF(x, y) * scale for x, y in ring]))
                path.closeSubpath()
            outline = QPen(QColor(shape.line), shape.width * scale)
            painter.setPen(outline if shape.line else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        case Label():
            _paint_label(painter, shape, scale, family)


def _paint_label(painter: QPainter, label: Label, scale: float, family: QFont) -> None:
    font = QFont(family)
    font.setPixelSize(100)  # whole pixels only: drawn large, then made small
    font.setBold(label.bold)
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(label.colour))
    painter.translate(QPointF(*label.at) * scale)
    painter.rotate(-label.turned)
    small = label.size * scale / A_MILLIMETRE / 100
    painter.scale(small, small)
    width = painter.fontMetrics().horizontalAdvance(label.text)
    back = {"start": 0.0, "middle": width / 2, "end": float(width)}[label.anchor]
    painter.drawText(QPointF(-back, 0), label.text)
    painter.restore()


def _paint_row(painter: QPainter, y: float, row: SetRow) -> None:
    across, down = row.padding
    height = row.height
    for cell in row.cells:
        top = y + down + (_spare(cell, height - 2 * down) / 2 if cell.middle else 0)
        for line in cell.lines:
            line.draw(painter, cell.x + across, top)
            top += line.whole
        if row.borders:
            painter.drawRect(QRectF(cell.x, y, cell.width, height))


def _spare(cell: SetCell, height: float) -> float:
    return max(0.0, height - cell.height)
