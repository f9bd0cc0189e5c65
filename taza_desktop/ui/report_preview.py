"""The pages of a document as they will be printed; a page is drawn when it comes into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from taza_desktop.ui.report_cursor import Cursor
from taza_desktop.ui.report_drawn import Drawn, Pages
from taza_desktop.ui.theme import colour

if TYPE_CHECKING:
    from taza_desktop.reports.neutral import Provenance

GAP = 16  # between two pages and around them, in device independent pixels
WIDEST = 1100  # a page is not blown up beyond this when it is fitted to the window
STEP = 1.25  # one step of the zoom
SMALLEST, LARGEST = 0.25, 4.0
MARK = QColor("#1b66d6")  # around a figure: the paper is white, whatever the theme


class PageView(QAbstractScrollArea):
    """Shows pages as wide as the window is, or larger and smaller on demand.

    Signals:
        turned: (number of the page at the top, from 1; number of pages).
        asked: the Provenance of a figure that was clicked, or on which Enter was pressed.
    """

    turned = Signal(int, int)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._zoom = 1.0  # 1 is fitted to the width
        self._drawn = Drawn()
        self._told = (0, 0)
        self._cursor = Cursor()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self.viewport().setMouseTracking(True)

    def show_pages(self, pages: Pages | None) -> None:
        """Show another document from its first page, or none."""
        self._pages = pages
        self._cursor = Cursor()
        self.setAccessibleDescription("")
        self._drawn.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell()
        self.viewport().update()

    def grown(self) -> None:
        """The document that is shown has more pages now."""
        self._lay_out()
        self._tell()
        self.viewport().update()

    def zoom(self, steps: int) -> None:
        """Larger or smaller by so many steps; 0 fits the page to the window again."""
        wanted = self._zoom * STEP**steps if steps else 1.0
        self._zoom = min(max(wanted, SMALLEST), LARGEST)
        self._redo()

    def go_to(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        self.verticalScrollBar().setValue(page * self._pitch())

    def place(self) -> tuple[int, int]:
        """What `turned` said last."""
        return self._told

    def page(self) -> int:
        """The page (from 0) that takes the upper third of the view."""
        count = self._pages.count() if self._pages else 0
        third = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(0, min(count - 1, third // self._pitch()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are in view."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), colour("sunken"))
            for page, place in self._visible(event.rect()):
                painter.fillRect(place.adjusted(-1, -1, 1, 2), QColor(0, 0, 0, 50))
                painter.drawPixmap(place.topLeft(), self._picture(page, place.size()))
                if page == self._cursor.page and self.hasFocus():
                    painter.setPen(QPen(MARK, 2))
                    painter.drawRect(self._marked(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._redo()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel make the pages larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A figure shows that it can be clicked."""
        over = self._figure_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask what is behind the figure that was clicked."""
        figure = self._figure_at(event.position())
        if figure is not None and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(figure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home, End, page up and down by pages; Ctrl with plus, minus and 0 zooms.

        Left and right go from figure to figure, Enter asks what is behind one.
        """
        if event.key() in _STEPS and not event.modifiers() & _HELD:
            self._step(_STEPS[Qt.Key(event.key())])
        elif event.key() in _ENTER and self._cursor.printed is not None:
            self.asked.emit(self._cursor.printed.figure)
        elif event.matches(QKeySequence.StandardKey.ZoomIn):
            self.zoom(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom(-1)
        elif (
            event.key() == Qt.Key.Key_0 and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.zoom(0)
        elif event.key() in _TURNS:
            self._turn(Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def _turn(self, key: Qt.Key) -> None:
        bar = self.verticalScrollBar()
        if key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            self.go_to(self.page() + (1 if key == Qt.Key.Key_PageDown else -1))

    def _step(self, way: int) -> None:
        """The next figure; what is read aloud is the figure and its paragraph."""
        seen = [page for page, _place in self._visible(self.viewport().rect())]
        if self._pages is None or not self._cursor.step(
            self._pages, way, range(seen[0], seen[-1] + 1)
        ):
            return
        self._show_cursor()
        printed = self._cursor.printed
        self.setAccessibleDescription(f"{printed.text}. {printed.said}" if printed else "")

    def _show_cursor(self) -> None:
        """Scroll to the figure if it is not in view."""
        height = self._extent()[1]
        first = QRect(self._left(), GAP + self._cursor.page * self._pitch(), 0, height)
        at = self._marked(first).translated(self.horizontalScrollBar().value(), 0)
        for bar, begin, end, room in (
            (self.verticalScrollBar(), at.top(), at.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), at.left(), at.right(), self.viewport().width()),
        ):
            if not bar.value() <= begin - GAP or end + GAP > bar.value() + room:
                bar.setValue(round(begin - room / 3))
        self.viewport().update()

    def _marked(self, page: QRect) -> QRect:
        """The figure with the cursor on a page that stands there, with a little room around it."""
        printed, scale = self._cursor.printed, self._scale()
        if printed is None:
            return QRect()
        area = QRectF(printed.area.topLeft() * scale, printed.area.size() * scale)
        return area.toAlignedRect().translated(page.topLeft()).adjusted(-3, -2, 3, 2)

    def _scale(self) -> float:
        """Device independent pixels a point."""
        width = self._pages.size().width() if self._pages else 0
        free = min(self.viewport().width() - 2 * GAP, WIDEST)
        return max(free, 100) / width * self._zoom if width else 1.0

    def _extent(self) -> tuple[int, int]:
        """Width and height of a page on the screen."""
        size = self._pages.size() if self._pages else QSizeF()
        return round(size.width() * self._scale()), round(size.height() * self._scale())

    def _pitch(self) -> int:
        return self._extent()[1] + GAP

    def _redo(self) -> None:
        """Lay out anew and stay on the page that was there before."""
        place = max(0, self._told[0] - 1)
        self._drawn.clear()
        self._lay_out()
        self.go_to(place)
        self.viewport().update()

    def _lay_out(self) -> None:
        width, _ = self._extent()
        count = self._pages.count() if self._pages else 0
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, count * self._pitch() + GAP - self.viewport().height()))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(48)
        across.setRange(0, max(0, width + 2 * GAP - self.viewport().width()))
        across.setPageStep(self.viewport().width())

    def _visible(self, area: QRect) -> list[tuple[int, QRect]]:
        if self._pages is None:
            return []
        width, height = self._extent()
        corner = QPoint(self._left(), GAP)
        shift = self.verticalScrollBar().value()
        pitch = self._pitch()
        first = max(0, (shift + area.top()) // pitch)
        last = min(self._pages.count() - 1, (shift + area.bottom() - GAP) // pitch)
        return [
            (page, QRect(corner.x(), corner.y() + page * pitch - shift, width, height))
            for page in range(first, last + 1)
        ]

    def _left(self) -> int:
        """Where the pages begin."""
        middle = (self.viewport().width() - self._extent()[0]) // 2
        return max(GAP, middle) - self.horizontalScrollBar().value()

    def _figure_at(self, place: QPointF) -> Provenance | None:
        """The figure printed there, in pixels of the view."""
        point = place.toPoint()
        for page, area in self._visible(QRect(point, point)):
            if self._pages is not None and area.contains(point):
                return self._pages.figure_at(page, (place - area.topLeft()) / self._scale())
        return None

    def _picture(self, page: int, size: QSize) -> QPixmap:
        if self._pages is None:
            return QPixmap()
        return self._drawn.picture(self._pages, page, size, self.devicePixelRatioF())

    def _tell(self) -> None:
        count = self._pages.count() if self._pages else 0
        now = (self.page() + 1 if count else 0, count)
        if now != self._told:
            self._told = now
            self.turned.emit(*now)


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_TURNS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
