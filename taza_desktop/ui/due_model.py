"""The list of what is due as Qt's model: groups by direction, narrowed by what is typed."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from taza_desktop.i18n import Text, _, language, ngettext
from taza_desktop.plan.kazakh import fold
from taza_desktop.ui.board_states import LOOKS
from taza_desktop.ui.due_list import DONE, DueRow
from taza_desktop.ui.wording import day

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_Role = Qt.ItemDataRole


class Heading(NamedTuple):
    """The head of a group; `done` of the `all_` that are waited for are ready or further."""

    title: Text
    done: int
    all_: int


class DueModel(QAbstractListModel):
    """Headings and rows; a heading cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[DueRow] = []
        self._filter = ""
        self._lines: list[DueRow | Heading] = []

    def show_rows(self, rows: list[DueRow]) -> None:
        """Show these rows, narrowed as before."""
        self._all = rows
        self._rebuild()

    def narrow(self, typed: str) -> None:
        """Show only measures with `typed` in their title (in any language) or as their number."""
        self._filter = typed
        self._rebuild()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Headings and rows together."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """The line itself under `ROW`, and as words for a screen reader."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == ROW:
            return line
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return _spoken(line)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected, headings not."""
        if index.isValid() and isinstance(self._lines[index.row()], DueRow):
            return super().flags(index)
        return Qt.ItemFlag.ItemIsEnabled

    def first(self) -> QModelIndex:
        """The first row; invalid when nothing is left."""
        return next(
            (self.index(at) for at, line in enumerate(self._lines) if isinstance(line, DueRow)),
            QModelIndex(),
        )

    def index_of(self, measure: int) -> QModelIndex:
        """Where a measure stands; invalid when it is filtered away."""
        for at, line in enumerate(self._lines):
            if isinstance(line, DueRow) and line.key.measure == measure:
                return self.index(at)
        return QModelIndex()

    def _rebuild(self) -> None:
        self.beginResetModel()
        kept = [row for row in self._all if _fits(row, self._filter)]
        self._lines = []
        for row in kept:
            if not self._lines or self._last_direction() != row.direction:
                group = [each for each in kept if each.direction == row.direction and each.due]
                done = sum(each.state in DONE for each in group)
                self._lines.append(Heading(row.direction, done, len(group)))
            self._lines.append(row)
        self.endResetModel()

    def _last_direction(self) -> Text:
        last = self._lines[-1]
        return last.title if isinstance(last, Heading) else last.direction


def what_is_open(row: DueRow) -> str:
    """ "3 cells missing, 1 error" in words; empty when nothing is open."""
    parts: list[str] = []
    if row.stops:
        parts.append(ngettext("{count} error", "{count} errors", row.stops).format(count=row.stops))
    if row.missing and row.state != "not_started":
        says = ngettext("{count} cell missing", "{count} cells missing", row.missing)
        parts.append(says.format(count=row.missing))
    if row.questions:
        says = ngettext("{count} figure to explain", "{count} figures to explain", row.questions)
        parts.append(says.format(count=row.questions))
    return ", ".join(parts)


def when_due(row: DueRow) -> str:
    """By when, and whether that has passed."""
    if row.due is None:
        return _("not waited for in this round")
    if row.overdue:
        return _("was due {date}").format(date=day(row.due))
    return _("due {date}").format(date=day(row.due))


def _fits(row: DueRow, typed: str) -> bool:
    wanted = typed.strip()
    if wanted.isdigit():
        return str(row.key.measure).startswith(wanted)
    return any(fold(wanted) in fold(text) for text in row.title)


def _spoken(line: DueRow | Heading) -> str:
    if isinstance(line, Heading):
        return line.title.to(language())
    title = f"{line.key.measure}. {line.title.to(language())}"
    parts = (title, LOOKS[line.state].name, what_is_open(line), when_due(line))
    return ". ".join(filter(None, parts))
