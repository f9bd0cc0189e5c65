"""What stands between a sheet and being ready: one line each, a click leads to the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from taza_desktop.i18n import _, language, ngettext
from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.theme import colour
from taza_desktop.ui.widgets import column, label, row

if TYPE_CHECKING:
    from taza_desktop.register.reviewing import Remark
    from taza_desktop.ui.draft import Draft

Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.TextFlag.TextWordWrap
_LEVELS = {
    "stop": ("stop", "stop"),
    "asked": ("remark", "warn"),
    "explain": ("warning", "warn"),
    "answered": ("check", "idle"),
}
_CELL, _DRAWING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ICON, _PAD = 18, 7
_LEAST, _WIDTH = 200, 288


class Line(NamedTuple):
    """A line of the pane; `level` is "stop", "asked", "explain", "answered" or "missing"."""

    level: str
    cell: str
    text: str


class LineDelegate(QStyledItemDelegate):
    """Draws a line as high as its sentence, never cut: the whole of it is what one must read."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped sentence."""
        view = cast("QListWidget", self.parent())
        room = QRect(0, 0, view.viewport().width() - _ICON - 3 * _PAD, 10_000)
        height = option.fontMetrics.boundingRect(room, _WRAP, index.data()).height()
        return QSize(0, max(height, _ICON) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The drawing of the level beside the first line of the sentence."""
        drawing, token = index.data(_DRAWING)
        where = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("sunken"))
            painter.drawRoundedRect(where, 7, 7)
        made = pixmap(drawing, colour(token), _ICON, painter.device().devicePixelRatio())
        painter.drawPixmap(where.left() + _PAD, where.top() + _PAD, made)
        painter.setPen(colour("muted" if token == "idle" else "text"))
        room = where.adjusted(_ICON + 2 * _PAD, _PAD, -_PAD, -_PAD)
        painter.drawText(room, _WRAP, index.data())
        painter.restore()


class ProblemsPane(QFrame):
    """The open problems first, then the cells that are still blank, then what was explained.

    Signals:
        chosen: the address of a cell.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_WIDTH)
        self._title = label(role="strong")
        self._count = label(role="small")
        self._hint = label(role="small", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("problems")
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        head = row(self._title, 0, self._count)
        layout = column(head, self._hint, self.list, gap=2, margin=4)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_problems(self, draft: Draft) -> None:
        """Fill the pane from what follows from the sheet."""
        lines = _lines(draft)
        judges = draft.judging.judges
        self._title.setText(_("To be looked at") if judges else _("To be mended"))
        self.list.setAccessibleName(self._title.text())
        open_ = sum(line.level != "answered" for line in lines)
        self._count.setText(str(open_) if open_ else "")
        self._hint.setText(_summary(draft, lines))
        self.list.clear()
        for line in lines:
            self.list.addItem(_item(line))

    def lines(self) -> list[str]:
        """The texts of the pane, for tests."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _go(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_CELL))


def _lines(draft: Draft) -> list[Line]:
    review = draft.review
    if review is None:
        return []
    spoken = language()
    found = [Line("stop", cell, kept.says) for cell, kept in draft.mistyped.items()]
    found += _asked(draft, answered=False)
    for level in ("stop", "explain"):
        found += [
            Line(level, each.cell, each.message.to(spoken))
            for each in review.problems
            if each.level == level and not each.answered
        ]
    found += [
        Line("missing", cell, _("Fill in: {label}").format(label=draft.label(cell).to(spoken)))
        for cell in review.missing
    ]
    found += [
        Line("answered", each.cell, each.message.to(spoken))
        for each in review.problems
        if each.answered
    ]
    return [*found, *_asked(draft, answered=True)]


def _asked(draft: Draft, *, answered: bool) -> list[Line]:
    """The remarks of the office above, those that wait apart from those that were answered."""
    remarks = draft.judging.said.remarks if draft.judging.said else []
    done = draft.judging.returned
    return [
        Line("answered" if answered else "asked", each.address, _in_words(draft, each))
        for each in remarks
        if (done and each.answered) == answered
    ]


def _in_words(draft: Draft, remark: Remark) -> str:
    where = draft.name(remark.address)
    notes = "\n".join(draft.judging.notes(remark.address))
    return f"{where}\n{notes}" if where else notes


def _summary(draft: Draft, lines: list[Line]) -> str:
    """One sentence on what the lines mean for the person."""
    if draft.review is None:
        return ""
    levels = [line.level for line in lines]
    if draft.judging.judges:
        return "" if lines else _("Nothing speaks against accepting the sheet.")
    if draft.judging.locked:
        return ""
    if stops := levels.count("stop"):
        return ngettext(
            "{count} error must be mended before sending.",
            "{count} errors must be mended before sending.",
            stops,
        ).format(count=stops)
    if "asked" in levels:
        return _("Change the cell, or answer the remark in words (Ctrl+R).")
    if missing := levels.count("missing"):
        return ngettext(
            "{count} cell is still blank.", "{count} cells are still blank.", missing
        ).format(count=missing)
    if "explain" in levels:
        return _("Check the figure. If it is right, say why in a remark (Ctrl+M).")
    return _("Nothing to mend. The sheet is ready to be sent.")


def _item(line: Line) -> QListWidgetItem:
    drawing, token = _LEVELS.get(line.level, ("circle", "idle"))
    item = QListWidgetItem(line.text)
    item.setData(_CELL, line.cell)
    item.setData(_DRAWING, (drawing, token))
    return item
