"""The figure of a laid out report that the keyboard stands on, and the way to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from taza_desktop.reports.neutral import Provenance
    from taza_desktop.ui.report_drawn import Pages


class Printed(NamedTuple):
    """A figure on a page: where it is from, its place in points, as printed, its paragraph."""

    figure: Provenance
    area: QRectF
    text: str
    said: str


class Cursor:
    """Goes from figure to figure as they are read, over all pages.

    Attributes:
        page: the page (from 0) of the figure, -1 while it stands on none.
        printed: the figure.
    """

    def __init__(self) -> None:
        self.page = -1
        self.printed: Printed | None = None
        self._index = 0

    def step(self, pages: Pages, way: int, seen: range) -> bool:
        """To the next figure (`way` 1) or the one before (-1); False when there is none.

        From a figure on none of the pages that are `seen` it goes to the first of these that has
        one: whoever turned the pages wants to go on there.
        """
        if self.page in seen and self._take(pages, self.page, self._index + way):
            return True
        edge = seen.start if way > 0 else seen.stop - 1
        start = self.page + way if self.page in seen else edge
        ahead = range(start, pages.count()) if way > 0 else range(start, -1, -1)
        return any(self._take(pages, page, 0 if way > 0 else None) for page in ahead)

    def _take(self, pages: Pages, page: int, index: int | None) -> bool:
        """Stand on a figure of a page, without an index on its last, if it is there."""
        figures = pages.figures(page)
        at = len(figures) - 1 if index is None else index
        if not 0 <= at < len(figures):
            return False
        self.page, self._index, self.printed = page, at, figures[at]
        return True
