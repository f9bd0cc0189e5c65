"""The form: one sheet being filled in, saved cell by cell, with everything that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from taza_desktop.i18n import _
from taza_desktop.ui.address import Mistyped
from taza_desktop.ui.cell_actions import CellActions
from taza_desktop.ui.draft import Draft
from taza_desktop.ui.form_body import FormBody
from taza_desktop.ui.form_head import FormHead
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.problems_pane import ProblemsPane
from taza_desktop.ui.verdict_bar import VerdictBar
from taza_desktop.ui.widgets import STEP, column, row

if TYPE_CHECKING:
    from taza_desktop.plan.sheet import Entry, SheetKey
    from taza_desktop.ui.table_view import TableView


class FormPage(Page):
    """Builds the cells of whichever form is opened; texts that did not fit survive leaving it."""

    NAME = "form"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        self.body: FormBody | None = None
        self._go_to = ""
        self._mistyped: dict[SheetKey, dict[str, Mistyped]] = {}
        self._deleted: list[tuple[TableView, Entry, int]] = []
        self.cell_actions = CellActions(self, lambda: self.body.current() if self.body else "")
        self.head = FormHead()
        self.head.back.clicked.connect(self.left)
        self.verdict = VerdictBar()
        self.verdict.next_wanted.connect(self._go_next)
        self.problems = ProblemsPane()
        self.problems.chosen.connect(self._go)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = row(self._scroll, self.problems, gap=4)
        body.setStretch(0, 3)
        body.setStretch(1, 1)
        layout = column(self.head, self.verdict, body, gap=3, margin=0)
        layout.setContentsMargins(6 * STEP, 4 * STEP, 6 * STEP, 4 * STEP)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self._undo)

    def open_sheet(self, context: Context, key: SheetKey, cell: str = "") -> None:
        """Show the form of a sheet, with the cursor in a cell ("" for the first)."""
        self._drop()
        self._go_to = cell
        draft = Draft(context, key, self)
        draft.mistyped = self._mistyped.setdefault(key, {})
        self.draft = self.cell_actions.draft = draft
        self.head.show_sheet(draft)
        draft.loaded.connect(self._loaded)
        draft.reviewed.connect(self._reviewed)
        draft.mistyped_changed.connect(self._reviewed)
        draft.saved.connect(self.saved)
        draft.refused.connect(self.refused)
        draft.judging.changed.connect(self._judged_anew)
        draft.judging.judged.connect(self._judged)
        self.verdict.watch(draft.judging)
        draft.load()

    def shown(self, context: Context) -> None:
        """The same measure again, e.g. in the round that was chosen now."""
        if self.draft is not None:
            self.open_sheet(context, self.draft.key._replace(round=context.round.code))

    def leave(self) -> None:
        """Keep what is being typed."""
        if self.body is not None:
            self.body.commit()

    def retranslate(self) -> None:
        """Set every text anew; what was typed and not handed over is handed over first."""
        if self.draft is None or self.body is None:
            return
        self.head.show_sheet(self.draft)
        self.body.retranslate()
        self.verdict.refresh()
        self.problems.show_problems(self.draft)

    def scroll_to_end(self) -> None:
        """Show the sentence of the report."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _loaded(self) -> None:
        """The sheet is there: build its cells once, and put the cursor into one."""
        if self.draft is None or self.body is not None:
            return
        self.body = FormBody(self.draft, self.cell_actions)
        self.body.deleted.connect(self._row_deleted)
        self._scroll.setWidget(self.body)
        self.problems.show_problems(self.draft)
        QTimer.singleShot(0, self, self._go_first)

    def _go_first(self) -> None:
        if self.body is not None and not (self._go_to and self._go(self._go_to)):
            self.body.go_first()

    def _go(self, cell: str) -> bool:
        if self.body is None:
            return False
        if not cell:
            self._go_to_whole_sheet()
            return True
        found = self.body.go(cell)
        if found and (widget := self.body.focusWidget()):
            self._scroll.ensureWidgetVisible(widget, 0, 24 * STEP)
        return found

    def _go_to_whole_sheet(self) -> None:
        """What concerns no single cell is answered, or said, in a remark on the sheet."""
        asked = self.draft is not None and self.draft.judging.own and self.draft.judging.waits("")
        if asked:
            self.cell_actions.answer("")
        else:
            self.cell_actions.remark("")

    def _reviewed(self) -> None:
        if self.draft is not None:
            self.problems.show_problems(self.draft)
            self.head.show_state(self.draft)

    def _judged_anew(self) -> None:
        """Another verdict, remark or answer: the cells show it, and are locked or not."""
        self.verdict.refresh()
        self._reviewed()

    def _judged(self, sentence: str) -> None:
        self.said.emit(sentence, "done")
        self.changed.emit()

    def _go_next(self, key: SheetKey) -> None:
        if self.draft is not None:
            self.open_sheet(self.draft.context, key)

    def _row_deleted(self, view: TableView, entry: Entry, at: int) -> None:
        self._deleted.append((view, entry, at))
        self.said.emit(_("The row was taken out. Ctrl+Z puts it back."), "info")

    def _undo(self) -> None:
        if self._deleted:
            view, entry, at = self._deleted.pop()
            view.restore(entry, at)

    def _drop(self) -> None:
        """Let go of the sheet that was open."""
        self.leave()
        self._deleted.clear()
        if self.body is not None:
            self._scroll.takeWidget()
            self.body.deleteLater()
            self.body = None
        if self.draft is not None:
            self.draft.deleteLater()
            self.draft = self.cell_actions.draft = None
