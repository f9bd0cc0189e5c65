"""The board's table: a coloured tile with a letter for every sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from taza_desktop.ui.board_header import PAD, NamesHeader
from taza_desktop.ui.board_model import BoardModel, Index
from taza_desktop.ui.board_tile import Tile, draw_tile
from taza_desktop.ui.theme import colour

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import SheetKey
    from taza_desktop.register.completeness import SheetStatus

NAMES = 28  # width of the column of names, in letters
CHOSEN = 60  # of 255: how strongly the chosen sheets are tinted
_LOOK_CHANGES = (
    QEvent.Type.LanguageChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
)


class BoardView(QTableView):
    """The matrix. A click opens a sheet; dragging, Ctrl, Shift and the headers choose many.

    Signals:
        opened: key of the sheet that was clicked, or on which Enter was pressed.
        pointed: the sheet under the mouse or the cursor is another one; None over none.
        picked: other sheets are chosen.
        menu_wanted: a menu for the chosen sheets, at a point of the screen.
    """

    opened = Signal(object)
    pointed = Signal(object)
    picked = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = model
        self._tiles: dict[Tile, QPixmap] = {}
        self._kept: SheetKey | None = None
        self.setModel(model)
        self.setVerticalHeader(NamesHeader(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(True)
        self.clicked.connect(self._click)
        self.entered.connect(self._point)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._find_again)
        self._measure()

    def chosen(self) -> list[SheetStatus]:
        """The chosen sheets that stand out, row by row."""
        indexes = sorted((at.row(), at.column()) for at in self.selectedIndexes())
        sheets = (self._board.sheet(row, column) for row, column in indexes)
        return [sheet for sheet in sheets if sheet and self._board.stands_out(sheet)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheets in sight, a tint over the chosen ones, a ring around the current one.

        Few tiles differ, so each is drawn once and then copied. Twice as fast as a delegate, which
        Qt calls for each cell: it matters with 220 territories and 60 measures.
        """
        with QPainter(self.viewport()) as painter:
            columns = self._in_sight(event.rect(), self.horizontalHeader())
            for row, top in self._in_sight(event.rect(), self.verticalHeader()):
                for column, left in columns:
                    sheet = self._board.sheet(row, column)
                    if sheet is not None:
                        painter.drawPixmap(left, top, self._tile(sheet))
            tint = colour("accent")
            tint.setAlpha(CHOSEN)
            self._frame_chosen(painter, tint)
            if self.hasFocus() and self.currentIndex().isValid():
                painter.setPen(colour("focus"))
                painter.drawRect(self.visualRect(self.currentIndex()).adjusted(0, 0, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        """Theme, text size or language changed: measure and draw anew."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES and hasattr(self, "_tiles"):
            self._tiles.clear()
            self._measure()
            self.viewport().update()
            self.verticalHeader().viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current sheet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is gone: what counts is the cursor again."""
        super().leaveEvent(event)
        self._point(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the right button at the mouse, by the keyboard at the current sheet."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(event.globalPos())
        else:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Between two sheets, or beyond the last, the mouse points at none."""
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self._point(self.currentIndex())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who listens."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.picked.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The cursor moved."""
        super().currentChanged(current, previous)
        self._point(current)

    def _frame_chosen(self, painter: QPainter, tint: QColor) -> None:
        """One sheet alone has the ring of the cursor already."""
        picked = self.selectionModel().selection()
        if picked.count() == 1 and picked.at(0).topLeft() == picked.at(0).bottomRight():
            return
        for each in map(picked.at, range(picked.count())):
            first, last = self.visualRect(each.topLeft()), self.visualRect(each.bottomRight())
            painter.fillRect(first.united(last), tint)

    def _in_sight(self, area: QRect, header: QHeaderView) -> list[tuple[int, int]]:
        """The sections that touch the area, each with where it begins."""
        down = header.orientation() == Qt.Orientation.Vertical
        first = header.visualIndexAt(max(0, area.top() if down else area.left()))
        last = header.visualIndexAt(area.bottom() if down else area.right())
        if first < 0:
            return []
        until = header.count() if last < 0 else last + 1
        return [(at, header.sectionViewportPosition(at)) for at in range(first, until)]

    def _tile(self, sheet: SheetStatus) -> QPixmap:
        pale = not self._board.stands_out(sheet)
        tile = Tile(sheet.state, self._board.board.unclear(sheet), sheet.overdue, pale)
        known = self._tiles.get(tile)
        if known is None:
            across, down = self.horizontalHeader(), self.verticalHeader()
            size = QSize(across.defaultSectionSize(), down.defaultSectionSize())
            known = draw_tile(tile, size, self.devicePixelRatioF(), self.font())
            self._tiles[tile] = known
        return known

    def _click(self, index: Index) -> None:
        """With a key held it chooses, without it opens."""
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: Index) -> None:
        key = self._board.key(index.row(), index.column()) if index.isValid() else None
        if key is not None:
            self.opened.emit(key)

    def _point(self, index: Index) -> None:
        valid = index.isValid()
        self.pointed.emit(self._board.sheet(index.row(), index.column()) if valid else None)

    def _keep(self) -> None:
        """Another board comes: remember where the cursor was."""
        at = self.currentIndex()
        self._kept = self._board.key(at.row(), at.column()) if at.isValid() else None

    def _find_again(self) -> None:
        if self._kept is not None:
            self.setCurrentIndex(self._board.find(self._kept))

    def _measure(self) -> None:
        """Sections of one size, so that a thousand rows cost no more than ten."""
        metrics = self.fontMetrics()
        height = metrics.height() + PAD
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setFixedWidth(metrics.averageCharWidth() * NAMES + 4 * PAD)
        self.horizontalHeader().setDefaultSectionSize(max(height, metrics.height() * 2))
