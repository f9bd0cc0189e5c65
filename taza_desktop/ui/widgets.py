"""The few building blocks that every page is made of; how they look is said in `style.qss`.

A widget's look follows from its dynamic property `role`:
labels `title`, `heading`, `field`, `muted`, `small`, `number`, `error`; buttons `primary`, `quiet`,
`link`, `danger`; frames `card`, `well`.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

T = TypeVar("T")
Box = TypeVar("Box", bound=QBoxLayout)
STEP = 4  # every distance is a multiple of this, in device independent pixels


class ElidedLabel(QLabel):
    """A line that gives way when room is short: it ends in … and tells the whole as a tool tip."""

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        metrics, room = self.fontMetrics(), self.contentsRect()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(tip(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), shown)
        painter.end()


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look, also while it is on the screen."""
    _restyle(widget, "role", role)


def set_flag(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet looks at, e.g. `bad`."""
    if bool(widget.property(name)) != value:
        _restyle(widget, name, value)


def show_text(part: QLabel, text: str) -> None:
    """Show a text, or nothing at all when it is empty."""
    part.setText(text)
    part.setVisible(bool(text))


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label that never reads its text as HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def button(text: str = "", role: str = "") -> QPushButton:
    """A push button; `primary` is the one thing to do on a page."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def column(*items: QWidget | QLayout | int, gap: int = 2, margin: int = 0) -> QVBoxLayout:
    """Items one below another; a number is a gap in steps, 0 takes all that is left."""
    return _fill(QVBoxLayout(), items, gap, margin)


def row(*items: QWidget | QLayout | int, gap: int = 2, margin: int = 0) -> QHBoxLayout:
    """Items side by side; a number is a gap in steps, 0 takes all that is left."""
    return _fill(QHBoxLayout(), items, gap, margin)


def card(content: QLayout, role: str = "card") -> QFrame:
    """A quiet sheet of paper around some content."""
    made = QFrame()
    made.setProperty("role", role)
    made.setLayout(content)
    return made


def calling(function: Callable[[T], object], value: T) -> Callable[..., None]:
    """A slot that calls the function with this value, whatever the signal brings."""

    def slot(*_brought: object) -> None:
        function(value)

    return slot


def tip(text: str) -> str:
    """A tool tip that shows foreign text as it stands.

    Qt reads what looks like HTML as HTML, and would fetch a picture that it names, also from a
    share in the network.
    """
    if not Qt.mightBeRichText(text):
        return text
    lines = "<br/>".join(escape(text).split("\n"))
    return f"<qt>{lines}</qt>"


def describe(widget: QWidget, name: str, tip: str = "") -> None:
    """Say for a screen reader what a widget is, and for the mouse what it does."""
    widget.setAccessibleName(name)
    if tip or isinstance(widget, QAbstractButton):
        widget.setToolTip(tip or name)


def _restyle(widget: QWidget, name: str, value: object) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _fill(box: Box, items: tuple[QWidget | QLayout | int, ...], gap: int, margin: int) -> Box:
    box.setSpacing(gap * STEP)
    box.setContentsMargins(*[margin * STEP] * 4)
    for item in items:
        if isinstance(item, QWidget):
            box.addWidget(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        elif item:
            box.addSpacing(item * STEP)
        else:
            box.addStretch(1)
    return box
