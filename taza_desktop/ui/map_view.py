"""The map itself: outlines filled with shades, each with a mark; mouse and keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QToolTip, QWidget

from taza_desktop.plan.outlines import Outline
from taza_desktop.ui.map_content import Unit
from taza_desktop.ui.map_paint import hatching, line_at, shaded, write
from taza_desktop.ui.map_shades import NOTHING, Shade
from taza_desktop.ui.theme import colour

MARGIN = 8
SMALLEST = QSize(320, 220)
NEAR = 14  # pixels: so near to a tiny outline the mouse means it
_TOWARDS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
NAME_SIZE = 0.82  # of the text size


class MapView(QWidget):
    """Territories to point at and to choose.

    Signals:
        pointed: КАТО code of the territory under the mouse or the cursor; "" over none.
        activated: code of the one that was clicked, or on which Enter was pressed.
        menu_wanted: (point on the screen, code).
    """

    pointed = Signal(str)
    activated = Signal(str)
    menu_wanted = Signal(QPoint, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._outlines: Mapping[str, Outline] = {}
        self._paths: dict[str, QPainterPath] = {}  # on the map, in kilometres
        self._drawn: dict[str, QPainterPath] = {}  # on the widget
        self._units: Mapping[str, Unit] = {}
        self._picture: QPixmap | None = None
        self._current = ""
        self._under = ""

    def show_outlines(self, outlines: Mapping[str, Outline]) -> None:
        """Show other territories; nothing is pointed at any more."""
        self._outlines = outlines
        self._paths = {kato: _path(outline) for kato, outline in outlines.items()}
        self._current = self._under = ""
        self._fit()

    def show_units(self, units: Mapping[str, Unit]) -> None:
        """Fill them; those without a unit stay empty."""
        self._units = units
        self._picture = None
        self.update()

    def current(self) -> str:
        """The territory pointed at, else the one with the cursor; "" for none."""
        return self._under or self._current

    def sizeHint(self) -> QSize:
        """As wide as the country is."""
        return SMALLEST * 2

    def minimumSizeHint(self) -> QSize:
        """Below that the marks cannot be read."""
        return SMALLEST

    def at(self, point: QPointF) -> str:
        """The territory at a point of the widget; "" for none.

        What is too small to be hit is meant when the mouse is near it.
        """
        near = (
            kato
            for kato, path in self._drawn.items()
            if _tiny(path) and (path.boundingRect().center() - point).manhattanLength() < NEAR
        )
        inside = (kato for kato, path in self._drawn.items() if path.contains(point))
        return next(near, "") or next(inside, "")

    def place_of(self, kato: str) -> QPointF:
        """Where the mark of a territory stands on the widget."""
        return self._transform().map(QPointF(*self._outlines[kato].middle))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, made once for a size and a look, and rings around what is pointed at."""
        if self._picture is None:
            self._picture = self._draw()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._under in self._drawn:
                painter.setPen(QPen(colour("text"), 2))
                painter.drawPath(self._drawn[self._under])
            if self.hasFocus() and self._current in self._drawn:
                painter.setPen(QPen(colour("focus"), 3))
                painter.drawPath(self._drawn[self._current])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the map into the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another look: draw anew."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._picture = None
            self.update()

    def event(self, event: QEvent) -> bool:
        """The tool tip of the territory under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            unit = self._units.get(self._under)
            QToolTip.showText(event.globalPos(), _tip(unit) if unit else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        self._hover(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is gone: what counts is the cursor again."""
        super().leaveEvent(event)
        self._hover("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The cursor goes where the mouse is."""
        self._go(self.at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            kato = self.at(event.position())
            if kato and kato == self._current:
                self.activated.emit(kato)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the territory under the mouse, or of the one with the cursor."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        kato = self.at(QPointF(event.pos())) if by_mouse else self._current
        if kato:
            place = event.globalPos() if by_mouse else self._global(kato)
            self.menu_wanted.emit(place, kato)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the nearest territory on that side, Enter opens."""
        key = Qt.Key(event.key())
        if key in _TOWARDS:
            self._go(self._neighbour(*_TOWARDS[key]))
        elif key in _ENTER and self._current:
            self.activated.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _hover(self, kato: str) -> None:
        if kato != self._under:
            self._under = kato
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if kato else Qt.CursorShape.ArrowCursor
            )
            self.update()
            self.pointed.emit(self.current())

    def _go(self, kato: str) -> None:
        if kato and kato != self._current:
            self._current = kato
            unit = self._units.get(kato)
            self.setAccessibleDescription(_tip(unit) if unit else "")
            self.update()
            self.pointed.emit(self.current())

    def _neighbour(self, across: int, down: int) -> str:
        """The nearest one on a side, straight on rather than aslant; the first one at the start."""
        if self._current not in self._outlines:
            return next(iter(self._outlines), "")
        x, y = self._outlines[self._current].middle

        def farness(kato: str) -> float:
            """How far ahead it lies, and twice how far off the way; infinite behind."""
            right, below = self._outlines[kato].middle[0] - x, self._outlines[kato].middle[1] - y
            ahead, aside = across * right + down * below, across * below + down * right
            return ahead + 2 * abs(aside) if ahead > 0 else float("inf")

        nearest = min(self._outlines, key=farness)
        return nearest if farness(nearest) < float("inf") else self._current

    def _global(self, kato: str) -> QPoint:
        return self.mapToGlobal(self.place_of(kato).toPoint())

    def _transform(self) -> QTransform:
        """From kilometres to pixels: as large as there is room, in the middle."""
        bounds = QRectF()
        for path in self._paths.values():
            bounds = bounds.united(path.boundingRect())
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if bounds.isEmpty() or room.isEmpty():
            return QTransform()
        scale = min(room.width() / bounds.width(), room.height() / bounds.height())
        middle = room.center() - bounds.center() * scale
        return QTransform(scale, 0, 0, scale, middle.x(), middle.y())

    def _fit(self) -> None:
        onto = self._transform()
        self._drawn = {kato: onto.map(path) for kato, path in self._paths.items()}
        self._picture = None
        self.update()

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            for kato, path in self._drawn.items():
                self._fill(
                    painter, path, self._units[kato].shade if kato in self._units else NOTHING
                )
            for kato in (kato for kato in self._drawn if kato in self._units):
                self._label(painter, kato)
        return picture

    def _fill(self, painter: QPainter, path: QPainterPath, shade: Shade) -> None:
        """The border hides that the fill is not smoothed, which would take most of the time."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillPath(path, shaded(shade))
        if shade.hatched:
            painter.fillPath(path, hatching())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, QPen(colour("surface"), 2))
        painter.strokePath(path, QPen(colour("muted"), 0.8))

    def _label(self, painter: QPainter, kato: str) -> None:
        """The mark, and the name above it, as far as there is room for them."""
        unit, path = self._units[kato], self._drawn[kato]
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        small.setPointSizeF(small.pointSizeF() * NAME_SIZE)
        place = self.place_of(kato)
        if not _tiny(path):
            write(painter, unit.mark, bold, place, unit.shade)
        above = place - QPointF(0, painter.fontMetrics().height() if unit.mark else 0)
        if path.contains(line_at(unit.name, small, above)):
            write(painter, unit.name, small, above, unit.shade)


def _tip(unit: Unit) -> str:
    return "\n".join((unit.name, *unit.facts))


def _tiny(path: QPainterPath) -> bool:
    size = path.boundingRect()
    return max(size.width(), size.height()) < 2 * NEAR


def _path(outline: Outline) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in outline.rings:
        path.moveTo(*ring[0])
        for point in ring[1:]:
            path.lineTo(*point)
        path.closeSubpath()
    return path
