"""The names of the territories beside the board, and what each of them owes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.theme import colour

PAD = 12
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class NamesHeader(QHeaderView):
    """The name at the left, how many sheets are missing at the right; «!» when some are late."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one name, shortened when there is no room, and its number."""
        model = self.model()
        if not isinstance(model, BoardModel):
            return
        row = model.row(logicalIndex)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance("000 !")
        painter.fillRect(rect, colour("surface"))
        painter.setPen(colour("text"))
        elided = metrics.elidedText(
            row.title(), Qt.TextElideMode.ElideRight, room.width() - width - PAD
        )
        painter.drawText(room, MIDDLE | Qt.AlignmentFlag.AlignLeft, elided)
        painter.setPen(colour("stop" if row.late else "warn" if row.owed else "ok"))
        owes = f"{row.owed}{' !' if row.late else ''}" if row.owed else "✓"
        painter.drawText(room, MIDDLE | Qt.AlignmentFlag.AlignRight, owes)
