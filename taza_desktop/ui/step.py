"""One step of something that is done in order: its number, what to do, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLayout, QProgressBar, QScrollArea, QWidget

from taza_desktop.ui.widgets import column, label, row, set_role, show_text

if TYPE_CHECKING:
    from taza_desktop.errors import Refusal

State = Literal["later", "now", "done", "warn"]
_PILLS: dict[State, str] = {
    "later": "pill_idle",
    "now": "pill_info",
    "done": "pill_ok",
    "warn": "pill_warn",
}
_MARK = 26
_AROUND = 60  # px around what is scrolled to


class Step(QWidget):
    """A number, a heading, a hint; its content is hidden before and after its turn.

    A refusal stands in the step that it came from.
    """

    def __init__(self, number: int, *content: QWidget | QLayout, always: bool = False) -> None:
        """`number`: 0 for one that stands alone; `always`: its content can be used at any time."""
        super().__init__()
        self._number, self._always = number, always
        self._mark = label(role="pill_idle")
        self._mark.setMinimumWidth(_MARK)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading, self._hint = label(role="strong", wrap=True), label(role="small", wrap=True)
        self._error = label(role="error", wrap=True)
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._content = QWidget()
        self._content.setLayout(column(*content, gap=2))
        head = column(self._heading, self._hint, gap=1)
        whole = column(head, self._content, self._error, self._busy, gap=2)
        layout = row(column(self._mark, 0), whole, gap=3)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._mark.setVisible(bool(number))
        self._busy.hide()
        self._error.hide()
        self.show_state("later")

    def say(self, heading: str, hint: str = "") -> None:
        """What is to be done, and why."""
        self._heading.setText(heading)
        show_text(self._hint, hint)
        self.setAccessibleName(heading)

    def show_state(self, state: State) -> None:
        """Whether it is this step's turn."""
        self._mark.setText("✓" if state == "done" else str(self._number))
        set_role(self._mark, _PILLS[state])
        set_role(self._heading, "muted" if state == "later" else "strong")
        self._content.setVisible(self._always or state in ("now", "warn"))

    def work(self) -> None:
        """Something is under way: nothing can be pressed."""
        show_text(self._error, "")
        self._busy.show()
        self._content.setEnabled(False)

    def rest(self, refusal: Refusal | None = None) -> None:
        """It has ended, with a refusal or well."""
        self._busy.hide()
        self._content.setEnabled(True)
        show_text(self._error, refusal.text() if refusal else "")


def into_view(part: QWidget) -> None:
    """Scroll to a part as soon as the layout knows where it is."""

    def scroll() -> None:
        holder = part.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        if holder is not None:
            holder.ensureWidgetVisible(part, 0, _AROUND)

    QTimer.singleShot(0, part, scroll)
