"""What can be done with any cell of a form, by key, by menu, alike in figures and in tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from taza_desktop.i18n import N_, _, gettext, language
from taza_desktop.plan.kinds import KINDS
from taza_desktop.ui.icons import icon
from taza_desktop.ui.text_dialog import ask_text

if TYPE_CHECKING:
    from taza_desktop.register.reading import Change
    from taza_desktop.register.register import Register
    from taza_desktop.ui.draft import Draft


class CellAction(NamedTuple):
    """A line of a cell's menu; `method` is the one of `CellActions` that does it."""

    method: str
    text: str
    keys: str
    icon: str
    writes: bool = True


ACTIONS = (
    CellAction("remark", N_("Remark…"), "Ctrl+M", "remark"),
    CellAction("answer", N_("Answer the remark…"), "Ctrl+R", "pencil"),
    CellAction("zero", N_("Zero"), "Alt+0", "circle"),
    CellAction("not_applicable", N_("Not applicable…"), "Alt+N", "close"),
    CellAction("open", N_("Open the attachment"), "Ctrl+O", "attach", writes=False),
    CellAction("history", N_("History"), "Ctrl+H", "history", writes=False),
)


class CellActions(QObject):
    """Does something with the cell at an address; `current` tells which cell the cursor is in."""

    def __init__(self, page: QWidget, current: Callable[[], str]) -> None:
        super().__init__(page)
        self._page = page
        self.draft: Draft | None = None
        for action in ACTIONS:
            shortcut = QShortcut(QKeySequence(action.keys), page)
            shortcut.activated.connect(lambda action=action: self._do(action, current()))

    def add_to(self, menu: QMenu, cell: str) -> None:
        """Put the lines for that cell into a menu."""
        for action in ACTIONS:
            if self._can(action, cell):
                line = menu.addAction(icon(action.icon, "muted"), gettext(action.text))
                line.setShortcut(QKeySequence(action.keys))
                line.triggered.connect(lambda _checked=False, a=action: self._do(a, cell))

    def remark(self, cell: str) -> None:
        """Write a remark on a cell, or on the whole sheet when the address is empty.

        In another office's sheet it is what the clerk should mend.
        """
        if self.draft is None:
            return
        if self.draft.judging.judges:
            self._ask_to_mend(self.draft, cell)
            return
        why = _("The remark is sent and printed together with the figure.")
        text = ask_text(
            self._page, _("Remark"), self._name(cell), why, self.draft.marked(cell, "remark:")
        )
        if text is not None:
            self.draft.mark(cell, "remark:", text)

    def answer(self, cell: str) -> None:
        """Answer in words what the office above asked about a cell."""
        remark = self.draft.judging.remark_at(cell) if self.draft else None
        if self.draft is None or remark is None:
            return
        text = ask_text(
            self._page, _("Answer the remark"), self._name(cell), remark.text, remark.answer
        )
        if text is not None:
            self.draft.judging.answer(cell, text)

    def zero(self, cell: str) -> None:
        """Enter a nought: there was none, which is not the same as not known."""
        if self.draft is not None:
            self.draft.enter(cell, 0)

    def not_applicable(self, cell: str) -> None:
        """Say why the cell does not apply here; asked again, an empty reason takes it back."""
        if self.draft is None:
            return
        why = _("Say why this is not asked of your territory. An empty text takes it back.")
        reason = ask_text(
            self._page, _("Not applicable"), self._name(cell), why, self.draft.marked(cell, "na:")
        )
        if reason is not None:
            self.draft.mark(cell, "na:", reason)
            if reason:
                self.draft.enter(cell, None)

    def open(self, cell: str) -> None:
        """Show the picture that a cell names, or offer to save the document."""
        named = self.draft.attached(cell) if self.draft else None
        if self.draft is not None and named is not None:
            from taza_desktop.ui.attachment_viewer import open_attachment

            open_attachment(self._page, self.draft.context, named)

    def history(self, cell: str) -> None:
        """Show what stood in the cell before."""
        if self.draft is None or not cell:
            return
        entry, name = self.draft.entry(cell), cell.rpartition("/")[2]
        key = self.draft.key

        def read(register: Register) -> list[Change]:
            return register.history(key, name, entry.id if entry else "")

        self.draft.context.worker.run(
            read, lambda changes: self._show_history(cell, changes), owner=self
        )

    def _ask_to_mend(self, draft: Draft, cell: str) -> None:
        why = _("Say what the clerk should mend here; it goes out when you return the sheet.")
        noted = draft.judging.remark_at(cell)
        text = ask_text(self._page, _("Remark"), self._name(cell), why, noted.text if noted else "")
        if text is not None:
            draft.judging.remark_on(cell, text)

    def _show_history(self, cell: str, changes: list[Change]) -> None:
        from taza_desktop.ui.history_dialog import HistoryDialog

        if self.draft is None:
            return
        territories = self.draft.context.plan.territories
        dialog = HistoryDialog(changes, self.draft.figure(cell), territories, self._page)
        dialog.exec()
        dialog.deleteLater()

    def _do(self, action: CellAction, cell: str) -> None:
        to_sheet = not cell and action.method in ("remark", "answer")
        if self.draft is not None and (to_sheet or self._can(action, cell)):
            getattr(self, action.method)(cell)

    def _can(self, action: CellAction, cell: str) -> bool:
        """Whether a line makes sense for a cell."""
        if self.draft is None or not cell:
            return False
        judging = self.draft.judging
        if action.method == "open":
            return self.draft.attached(cell) is not None
        if action.method == "answer":
            return judging.own and judging.returned and judging.remark_at(cell) is not None
        if action.method == "remark" and judging.judges:
            return not judging.locked
        if action.writes and self.draft.read_only:
            return False
        figure = self.draft.figure(cell)
        if action.method == "zero":
            return KINDS[figure.kind].numeric and not figure.computed
        if action.method == "not_applicable":
            return not figure.computed and "/" not in cell
        return True

    def _name(self, cell: str) -> str:
        if self.draft is None or not cell:
            return _("The whole sheet")
        return self.draft.label(cell).to(language())


def keys_in_words() -> str:
    """The keys of all actions, a line each, for a tool tip."""
    lines = (f"{gettext(action.text).rstrip('…')} — {action.keys}" for action in ACTIONS)
    return "\n".join(lines)
