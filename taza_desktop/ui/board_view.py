"""The board's table: a coloured tile with a letter for every sheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from taza_desktop.ui.board_model import OWED, BoardModel, Index
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.theme import colour

PAD = 12
DOT = 6  # a sheet with problems has a dot of this size in its corner
NAMES = 28  # width of the column of names, in letters
CENTRE = Qt.AlignmentFlag.AlignCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LOOK_CHANGES = (
    QEvent.Type.LanguageChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
)


class BoardView(QTableView):
    """The matrix.

    Signals:
        chosen: (row, column) of a sheet that was clicked, or on which Enter was pressed.
    """

    chosen = Signal(int, int)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = model
        self._tiles: dict[tuple[str, bool], QPixmap] = {}
        self.setModel(model)
        self.setVerticalHeader(NamesHeader(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.clicked.connect(lambda index: self._choose(index))
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheets in sight, a ring around the current one.

        Few tiles differ, so each is drawn once and then copied. Twice as fast as a delegate, which
        Qt calls for each cell: it matters with 220 territories and 60 measures.
        """
        with QPainter(self.viewport()) as painter:
            for row, top in self._in_sight(event.rect(), self.verticalHeader()):
                for column, left in self._in_sight(event.rect(), self.horizontalHeader()):
                    sheet = self._board.sheet(row, column)
                    if sheet is not None:
                        painter.drawPixmap(left, top, self._tile(sheet.state, bool(sheet.problems)))
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
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _in_sight(self, area: QRect, header: QHeaderView) -> list[tuple[int, int]]:
        """The sections that touch the area, each with where it begins."""
        down = header.orientation() == Qt.Orientation.Vertical
        first = header.visualIndexAt(max(0, area.top() if down else area.left()))
        last = header.visualIndexAt(area.bottom() if down else area.right())
        if first < 0:
            return []
        until = header.count() if last < 0 else last + 1
        return [(at, header.sectionViewportPosition(at)) for at in range(first, until)]

    def _tile(self, state: str, problems: bool) -> QPixmap:
        known = self._tiles.get((state, problems))
        if known is None:
            across, down = self.horizontalHeader(), self.verticalHeader()
            size = QSize(across.defaultSectionSize(), down.defaultSectionSize())
            known = draw_tile(state, problems, size, self.devicePixelRatioF(), self.font())
            self._tiles[state, problems] = known
        return known

    def _choose(self, index: Index) -> None:
        if index.isValid() and index.data() is not None:
            self.chosen.emit(index.row(), index.column())

    def _measure(self) -> None:
        """Sections of one size, so that a thousand rows cost no more than ten."""
        metrics = self.fontMetrics()
        height = metrics.height() + PAD
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setFixedWidth(metrics.averageCharWidth() * NAMES + 4 * PAD)
        self.horizontalHeader().setDefaultSectionSize(max(height, metrics.height() * 2))


class NamesHeader(QHeaderView):
    """The names of the territories at the left, how much each owes at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one name, shortened in the middle when there is no room, and its number."""
        model = self.model()
        name = model.headerData(logicalIndex, self.orientation())
        owed = model.headerData(logicalIndex, self.orientation(), OWED)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance("0000")
        painter.fillRect(rect, colour("surface"))
        painter.setPen(colour("text"))
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width() - width)
        painter.drawText(room, MIDDLE | Qt.AlignmentFlag.AlignLeft, elided)
        painter.setPen(colour("stop" if owed else "ok"))
        painter.drawText(room, MIDDLE | Qt.AlignmentFlag.AlignRight, str(owed) if owed else "✓")


def draw_tile(state: str, problems: bool, size: QSize, ratio: float, font: QFont) -> QPixmap:
    """The picture of a state: its letter on its colour; a dot in the corner tells of problems."""
    look = LOOKS[state]
    tile = QPixmap(size * ratio)
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    place = QRect(0, 0, size.width(), size.height()).adjusted(2, 2, -2, -2)
    bold = QFont(font)
    bold.setBold(True)
    with QPainter(tile) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{look.token}_soft"))
        painter.drawRoundedRect(place, 5, 5)
        painter.setFont(bold)
        painter.setPen(colour(look.token))
        painter.drawText(place, CENTRE, look.letter)
        if problems:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("stop"))
            painter.drawEllipse(place.right() - DOT - 1, place.top() + 2, DOT, DOT)
    return tile
