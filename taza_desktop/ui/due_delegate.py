"""Draws a line of the due list: number, title, state, what is open, by when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from taza_desktop.i18n import _, language
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.due_list import DueRow
from taza_desktop.ui.due_model import ROW, Heading, what_is_open, when_due
from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.theme import colour

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = _LEFT | Qt.TextFlag.TextWordWrap
_PAD = 14
_ICONS = {
    "not_started": "circle",
    "draft": "pencil",
    "ready": "check",
    "sent": "arrow-up",
    "received": "inbox",
    "returned": "arrow-left",
    "accepted": "checks",
}


class DueDelegate(QStyledItemDelegate):
    """Rows are two lines of text high, headings one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the title wants at the width of the list."""
        line = option.fontMetrics.lineSpacing()
        if isinstance(index.data(ROW), Heading):
            return QSize(0, line * 2 + 10)
        return QSize(0, line * 2 + 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        line = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, option, line)
        elif isinstance(line, DueRow):
            self._row(painter, option, line)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, line: Heading) -> None:
        where = option.rect.adjusted(4, 8, -4, -4)
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("muted"))
        count = _("{done} of {all}").format(done=line.done, all=line.all_)
        side = QFontMetrics(font).horizontalAdvance(count) + 16
        painter.drawText(where, _RIGHT, count)
        title = line.title.to(language())
        text = where.adjusted(0, 0, -side, 0)
        painter.drawText(
            text,
            _LEFT,
            QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, text.width()),
        )

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: DueRow) -> None:
        where = option.rect.adjusted(1, 3, -1, -3)
        self._paper(painter, option, where)
        line = option.fontMetrics.lineSpacing()
        number = QRect(where.left() + _PAD, where.top(), line * 2, where.height())
        bold = QFont(option.font)
        bold.setBold(True)
        bold.setPointSizeF(option.font.pointSizeF() * 1.15)
        painter.setFont(bold)
        painter.setPen(colour("accent"))
        painter.drawText(number, _LEFT, str(row.key.measure))
        painter.setFont(option.font)
        side = min(option.fontMetrics.averageCharWidth() * 34, where.width() // 3)
        right = QRect(where.right() - side - _PAD, where.top(), side, where.height())
        self._side(painter, option, right, row)
        title = QRect(number.right() + 8, where.top() + 4, 0, where.height() - 8)
        title.setRight(right.left() - 16)
        painter.setFont(option.font)
        painter.setPen(colour("text"))
        painter.drawText(title, _WRAPPED, _two_lines(row, option.fontMetrics, title.width()))

    def _paper(self, painter: QPainter, option: QStyleOptionViewItem, where: QRect) -> None:
        """The card, with a ring when the cursor is on it."""
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(colour("accent_soft" if chosen else "sunken" if over else "surface"))
        painter.setPen(colour("line"))
        widget = option.widget
        if chosen and isinstance(widget, QWidget) and widget.hasFocus():
            pen = painter.pen()
            pen.setColor(colour("focus"))
            pen.setWidth(2)
            painter.setPen(pen)
        painter.drawRoundedRect(where, 9, 9)

    def _side(
        self, painter: QPainter, option: QStyleOptionViewItem, where: QRect, row: DueRow
    ) -> None:
        """State as a pill above, what is open or the date below."""
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        half = where.height() // 2
        self._pill(
            painter, metrics, QRect(where.left(), where.top() + 6, where.width(), half - 6), row
        )
        says = what_is_open(row) or when_due(row)
        loud = row.stops or (row.overdue and not what_is_open(row))
        painter.setPen(colour("stop" if loud else "muted"))
        below = QRect(where.left(), where.top() + half + 1, where.width(), half - 6)
        painter.drawText(
            below, _RIGHT, metrics.elidedText(says, Qt.TextElideMode.ElideRight, below.width())
        )

    def _pill(self, painter: QPainter, metrics: QFontMetrics, where: QRect, row: DueRow) -> None:
        look = LOOKS[row.state]
        size = metrics.height()
        width = metrics.horizontalAdvance(look.name) + size + 24
        pill = QRect(where.right() - width, where.top(), width, size + 6)
        pill.moveTop(where.top() + (where.height() - pill.height()) // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(_soft(look.token)))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        tint = colour(look.token)
        ratio = painter.device().devicePixelRatio()
        drawing = pixmap(_ICONS[row.state], tint, size, ratio)
        painter.drawPixmap(pill.left() + 8, pill.top() + 3, drawing)
        painter.setPen(tint)
        painter.drawText(pill.adjusted(size + 12, 0, -10, 0), _LEFT, look.name)


def _soft(token: str) -> str:
    return f"{token}_soft"


def _two_lines(row: DueRow, metrics: QFontMetrics, width: int) -> str:
    """The title, shortened so that it takes two lines."""
    title = row.title.to(language())
    return metrics.elidedText(title, Qt.TextElideMode.ElideRight, round(width * 1.85))
