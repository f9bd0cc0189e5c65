"""Beside the map: what the shades mean, and the territories that cannot be found on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.flow import Flow
from taza_desktop.ui.map_paint import swatch
from taza_desktop.ui.map_shades import NOTHING, STANDINGS, Shade
from taza_desktop.ui.widgets import button, calling, column, label, row
from taza_desktop.ui.wording import number

if TYPE_CHECKING:
    from taza_desktop.ui.map_content import Measured, Unit

_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class MapLegend(QWidget):
    """A line for each shade."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[Shade, str, str]] = []
        self._parts: list[tuple[QLabel, QLabel]] = []
        self._column = column(gap=1)
        self.setLayout(self._column)

    def show_meaning(self, measured: Measured | None) -> None:
        """Explain the steps of a figure, or how complete the sheets are."""
        self._lines = list(_steps(measured) if measured else _standings())
        while len(self._parts) < len(self._lines):
            parts = QLabel(), label(role="small", wrap=True)
            line = row(*parts, gap=2)
            line.setStretch(1, 1)
            self._column.addLayout(line)
            self._parts.append(parts)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Another look: draw anew."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._draw()

    def _draw(self) -> None:
        side = self.fontMetrics().height() + 4
        size = QSize(2 * side, side)
        for at, (picture, text) in enumerate(self._parts):
            shown = at < len(self._lines)
            picture.setVisible(shown)
            text.setVisible(shown)
            if shown:
                shade, mark, says = self._lines[at]
                ratio = self.devicePixelRatioF()
                picture.setPixmap(swatch(shade, mark, size, ratio, self.font()))
                text.setText(says)


class Chips(QWidget):
    """A button for each territory, with its shade and mark.

    Signals: as those of the map.
    """

    pointed = Signal(str)
    activated = Signal(str)
    menu_wanted = Signal(QPoint, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, QPushButton] = {}
        self._flow = Flow(self, gap=1)

    def show_units(self, units: Mapping[str, Unit]) -> None:
        """Show these territories; a chip that stays keeps the keyboard."""
        if list(units) != list(self._chips):
            self._flow.clear()
            self._chips = {kato: self._made(kato) for kato in units}
        metrics = self.fontMetrics()
        for kato, unit in units.items():
            chip = self._chips[kato]
            width = max(metrics.horizontalAdvance(f"{unit.mark}00"), 2 * metrics.height())
            size = QSize(width, metrics.height())
            picture = swatch(unit.shade, unit.mark, size, self.devicePixelRatioF(), self.font())
            chip.setIcon(QIcon(picture))
            chip.setIconSize(size)
            chip.setText(unit.name)
            chip.setToolTip("\n".join((unit.name, *unit.facts)))
            chip.setAccessibleDescription("; ".join(unit.facts))

    def _made(self, kato: str) -> QPushButton:
        chip = button(role="segment")
        chip.clicked.connect(calling(self.activated.emit, kato))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(chip.mapToGlobal(at), kato)
        )
        self._flow.addWidget(chip)
        return chip


def _standings() -> Iterator[tuple[Shade, str, str]]:
    for meaning in STANDINGS.values():
        yield meaning.shade, meaning.mark, meaning.words()


def _steps(measured: Measured) -> Iterator[tuple[Shade, str, str]]:
    for step, (low, high) in enumerate(measured.scale.ranges, start=1):
        says = f"{number(low)} – {number(high)}" if low != high else number(high)
        yield measured.scale.shade(high), str(step), says
    yield NOTHING, "", _("no value")
