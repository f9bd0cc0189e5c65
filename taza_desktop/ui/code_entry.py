"""The six groups of a code: typed as they are read aloud, or shown in large type."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from taza_desktop.i18n import _
from taza_desktop.packages import code
from taza_desktop.ui.step import into_view
from taza_desktop.ui.widgets import describe, label, set_flag, set_role

ACROSS = 3  # groups side by side
_ROW = frozenset(',."')  # signs of the Kazakh number row that also part groups
_KAZAKH = frozenset("әіңғүұқ")
_ROOM = 44  # of a line beside its digits: frame and padding


class GroupLine(QLineEdit):
    """One group; Backspace at its beginning goes back to the group before.

    Signals:
        emptied: Backspace was pressed where there is nothing.
    """

    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "number")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave an empty line backwards."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """Be as wide as the digits in the size of text in force, whatever the words around."""
        digits = self.fontMetrics().horizontalAdvance("0" * code.DIGITS)
        self.setMinimumWidth(digits + _ROOM)


class CodeEntry(QWidget):
    """Six lines that jump to the next one; spaces, dashes and the Kazakh number row are welcome.

    Signals:
        edited: another digit.
        completed: all digits are there.
    """

    edited = Signal()
    completed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kazakh = False
        self._lines = [GroupLine() for _group in range(code.GROUPS)]
        self._marks = [label(role="small") for _group in range(code.GROUPS)]
        grid = _grid(self)
        for at, (line, mark) in enumerate(zip(self._lines, self._marks, strict=True)):
            below, across = divmod(at, ACROSS)
            grid.addWidget(mark, 2 * below, across)
            grid.addWidget(line, 2 * below + 1, across)
            line.textEdited.connect(lambda text, at=at: self._typed(at, text))
            line.emptied.connect(lambda at=at: self._back(at))
        self.setFocusProxy(self._lines[0])
        self.retranslate()

    def text(self) -> str:
        """What was typed, group by group."""
        return " ".join(line.text() for line in self._lines)

    def is_complete(self) -> bool:
        """Whether every group has its digits."""
        return all(_is_full(line.text()) for line in self._lines)

    def mark(self, wrong: Collection[int], *, right: bool = False) -> None:
        """Show which groups, counted from 1, are not right; or that all of them are."""
        for number, (line, mark) in enumerate(zip(self._lines, self._marks, strict=True), start=1):
            bad = number in wrong
            set_flag(line, "bad", bad)
            set_role(mark, "error" if bad else "done" if right else "small")
            mark.setText(self._caption(number, bad=bad, right=right))
        if wrong:
            first = self._lines[min(wrong) - 1]
            first.setFocus()
            first.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self._kazakh = False
        for line in self._lines:
            line.clear()
        self.mark(())

    def retranslate(self) -> None:
        """Set the texts anew."""
        for number, line in enumerate(self._lines, start=1):
            describe(line, _("Group {number}").format(number=number))
            line.fit()
        self.mark(())

    def _caption(self, number: int, *, bad: bool, right: bool) -> str:
        if bad:
            return _("{number} – again").format(number=number)
        return f"{number} ✓" if right else str(number)

    def _typed(self, at: int, text: str) -> None:
        """Keep the digits; what is too much for this group goes into the next ones."""
        was_kazakh = self._kazakh
        self._kazakh = was_kazakh or self._is_kazakh(text)
        if self._kazakh and not was_kazakh:
            for line in self._lines:
                line.setText(self._digits(line.text()))
        self.mark(())
        self._spread(at, self._digits(text))
        self.edited.emit()
        if self.is_complete():
            self.completed.emit()

    def _spread(self, at: int, digits: str) -> None:
        while True:
            line, rest = self._lines[at], digits[code.DIGITS :]
            if line.text() != digits[: code.DIGITS]:
                line.setText(digits[: code.DIGITS])
            if not _is_full(line.text()) or at + 1 == code.GROUPS:
                return
            if self.window().focusWidget() is line:
                self._lines[at + 1].setFocus()
                self._lines[at + 1].selectAll()
                into_view(self._lines[at + 1])
            if not rest:
                return
            at, digits = at + 1, rest

    def _is_kazakh(self, text: str) -> bool:
        """Letters of the number row, or nothing but its signs, as many as a group has."""
        signs = set(text.casefold())
        return bool(signs & _KAZAKH) or (len(text) >= code.DIGITS and signs <= _ROW)

    def _digits(self, text: str) -> str:
        """The digits among what was typed; signs that may yet turn out to be digits are kept."""
        if self._kazakh:
            return code.clean(f"ә{text}")[1:]  # the letter tells which row it is
        return text if text and set(text) <= _ROW else code.clean(text)

    def _back(self, at: int) -> None:
        if at:
            self._lines[at - 1].setFocus()
            self._lines[at - 1].end(False)


class CodeShown(QWidget):
    """Six groups to be read aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[QLabel] = []
        grid = _grid(self)
        for at in range(code.GROUPS):
            below, across = divmod(at, ACROSS)
            shown = label(role="code")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(str(at + 1), "small"), 2 * below, across)
            grid.addWidget(shown, 2 * below + 1, across)
            self._groups.append(shown)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show the groups; none hides them."""
        for shown, group in zip(self._groups, groups, strict=False):
            shown.setText(group)
        self.setVisible(bool(groups))
        self.setAccessibleName(" ".join(groups))


def _grid(owner: QWidget) -> QGridLayout:
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(ACROSS, 1)
    return grid


def _is_full(text: str) -> bool:
    return len(text) == code.DIGITS and text.isdecimal()
