"""What a preview needs of laid out pages, and those that are drawn already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from taza_desktop.reports.neutral import Provenance
    from taza_desktop.ui.report_cursor import Printed

KEPT = 8  # drawn pages that are kept, about 3 MB each


class Pages(Protocol):
    """A laid out document: pages of one size that can be drawn one at a time."""

    def count(self) -> int:
        """How many pages there are."""
        ...

    def size(self) -> QSizeF:
        """Size of a page in points."""
        ...

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw page number `page` (from 0) in points; the painter stands at its corner."""
        ...

    def figure_at(self, page: int, place: QPointF) -> Provenance | None:
        """The figure printed at that place of a page, in points from its corner."""
        ...

    def figures(self, page: int) -> Sequence[Printed]:
        """The figures printed on a page as they are read, their places in points."""
        ...


class Drawn:
    """The pictures of pages; the oldest of those kept gives way."""

    def __init__(self) -> None:
        self._kept: dict[int, QPixmap] = {}

    def clear(self) -> None:
        """They look different now."""
        self._kept.clear()

    def picture(self, pages: Pages, page: int, size: QSize, ratio: float) -> QPixmap:
        """A page in so many pixels, on a screen that has `ratio` dots for each."""
        known = self._kept.pop(page, None) or _draw(pages, page, size, ratio)
        self._kept[page] = known
        while len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)))
        return known


def _draw(pages: Pages, page: int, size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.white)  # paper, whatever the theme
    scale = size.width() / pages.size().width()
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        pages.paint(painter, page)
    return picture
