"""Shades as colours of the look in force."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from taza_desktop.ui.map_shades import Shade
from taza_desktop.ui.theme import colour

HATCH = 110  # of 255: how strongly the lines show
RIM = 3  # pixels


def shaded(shade: Shade) -> QColor:
    """The colour of a shade: its token laid on the paper."""
    paper, tint, strength = colour("surface"), colour(shade.token), shade.strength
    channels = zip(_channels(paper), _channels(tint), strict=True)
    return QColor.fromRgbF(*(low + (high - low) * strength for low, high in channels))


def ink_on(shade: Shade) -> QColor:
    """Text or paper, whichever can be read on it better."""
    ground = _lightness(shaded(shade))
    inks = colour("text"), colour("surface")
    return max(inks, key=lambda ink: abs(_contrast(_lightness(ink), ground)))


def hatching() -> QBrush:
    """Lines across what is urgent: they show in grey too."""
    lines = colour("surface")
    lines.setAlpha(HATCH)
    return QBrush(lines, Qt.BrushStyle.BDiagPattern)


def line_at(text: str, font: QFont, middle: QPointF) -> QRectF:
    """The room that a line of text takes around a point."""
    metrics = QFontMetricsF(font)
    place = QRectF(0, 0, metrics.horizontalAdvance(text), metrics.height())
    place.moveCenter(middle)
    return place


def write(painter: QPainter, text: str, font: QFont, middle: QPointF, shade: Shade) -> None:
    """A line of text around a point; a rim of the shade keeps it apart from lines behind it."""
    metrics, place = QFontMetricsF(font), line_at(text, font, middle)
    letters = QPainterPath()
    letters.addText(place.left(), place.top() + metrics.ascent(), font, text)
    painter.strokePath(letters, QPen(shaded(shade), RIM))
    painter.fillPath(letters, ink_on(shade))


def swatch(shade: Shade, mark: str, size: QSize, ratio: float, font: QFont) -> QPixmap:
    """A shade with its mark, for the legend."""
    drawn = QPixmap(size * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    place = QRectF(0, 0, size.width(), size.height()).adjusted(1, 1, -1, -1)
    bold = QFont(font)
    bold.setBold(True)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line_strong"), 0.8))
        painter.setBrush(shaded(shade))
        painter.drawRoundedRect(place, 4, 4)
        if shade.hatched:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatching())
            painter.drawRoundedRect(place, 4, 4)
        write(painter, mark, bold, place.center(), shade)
    return drawn


def _lightness(ink: QColor) -> float:
    """Relative luminance as WCAG counts it."""
    red, green, blue = map(_linear, _channels(ink))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(ink: QColor) -> tuple[float, float, float]:
    return ink.redF(), ink.greenF(), ink.blueF()


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
