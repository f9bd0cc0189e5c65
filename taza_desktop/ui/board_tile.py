"""The picture of a sheet on the board, and what the pictures mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.flow import Flow
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import label, row

DOT = 6  # a sheet with open questions has a dot of this size in its corner
FRAME = 1.5  # a sheet that is late has a frame of this width
PALE = 0.3  # how much is left of a sheet that was not asked for
CENTRE = Qt.AlignmentFlag.AlignCenter


class Tile(NamedTuple):
    """What can be told apart: few of them, so each is drawn once and then copied."""

    state: str
    unclear: bool = False
    late: bool = False
    pale: bool = False


def draw_tile(tile: Tile, size: QSize, ratio: float, font: QFont) -> QPixmap:
    """Its letter on its colour; a dot tells of open questions, a frame that it is late."""
    look = LOOKS[tile.state]
    drawn = QPixmap(size * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    place = QRect(0, 0, size.width(), size.height()).adjusted(2, 2, -2, -2)
    bold = QFont(font)
    bold.setBold(True)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(PALE if tile.pale else 1)
        painter.setPen(QPen(colour("stop"), FRAME) if tile.late else Qt.PenStyle.NoPen)
        painter.setBrush(colour(look.ground))
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1) if tile.late else place, 5, 5)
        painter.setFont(bold)
        painter.setPen(colour(look.ink))
        painter.drawText(place, CENTRE, look.letter)
        if tile.unclear:
            painter.setPen(QPen(colour("surface"), 1))
            painter.setBrush(colour("stop"))
            painter.drawEllipse(place.right() - DOT - 1, place.top() + 2, DOT, DOT)
    return drawn


class _Entry(NamedTuple):
    tile: Tile
    says: Callable[[], str]


class Legend(QWidget):
    """The tiles that are on the board now, each with what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[_Entry] = []
        self._parts: list[tuple[QLabel, QLabel]] = []
        self._flow = Flow(self)

    def show_states(self, states: Iterable[str], late: bool, unclear: bool) -> None:
        """Explain these states, and the marks when there are any."""
        wanted = set(states)
        entries = [_Entry(Tile(key), _naming(key)) for key in LOOKS if key in wanted]
        if late:
            entries.append(_Entry(Tile("not_started", late=True), lambda: _("late")))
        if unclear:
            entries.append(_Entry(Tile("received", unclear=True), lambda: _("with open questions")))
        if [entry.tile for entry in entries] != [entry.tile for entry in self._entries]:
            self._entries = entries
            self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or text size: draw the tiles anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.retranslate()

    def retranslate(self) -> None:
        """Draw the tiles and set the names anew."""
        side = self.fontMetrics().height() + 6
        size, ratio = QSize(side, side), self.devicePixelRatioF()
        for (picture, name), entry in zip(self._parts, self._entries, strict=True):
            picture.setPixmap(draw_tile(entry.tile, size, ratio, self.font()))
            name.setText(entry.says())

    def _build(self) -> None:
        self._flow.clear()
        self._parts = [(QLabel(), label(role="small")) for _entry in self._entries]
        for parts in self._parts:
            pair = QWidget()
            pair.setLayout(row(*parts, gap=1))
            self._flow.addWidget(pair)
        self.retranslate()


def _naming(state: str) -> Callable[[], str]:
    return lambda: LOOKS[state].name
