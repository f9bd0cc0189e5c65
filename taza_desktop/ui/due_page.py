"""What is due: the measures of this territory, what is still open in each, and the way into it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from taza_desktop.i18n import Language, _, language, ngettext
from taza_desktop.ui.due_delegate import DueDelegate
from taza_desktop.ui.due_list import DueList, DueRow, due_list
from taza_desktop.ui.due_model import ROW, DueModel
from taza_desktop.ui.icons import icon
from taza_desktop.ui.page import Context, Page
from taza_desktop.ui.widgets import STEP, column, describe, label, row

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_WARM_UP_AFTER = 250  # ms; by then the list has been painted


class DuePage(Page):
    """A list to narrow by typing; Enter or a double click opens the form."""

    NAME = "due"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._found = DueList([], 0)
        self._opened = 0
        self._title = label(role="title")
        self._filter = QLineEdit()
        self._filter.setObjectName("filter")
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedWidth(320)
        self._magnifier: QAction = self._filter.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._model = DueModel()
        self._model.setParent(self)
        self.list = _List()
        self.list.setObjectName("due_list")
        self.list.setModel(self._model)
        self.list.setItemDelegate(DueDelegate(self.list))
        self.list.activated.connect(self._open)
        self._empty = label(role="muted", wrap=True)
        self._more = label(role="small", wrap=True)
        layout = column(
            row(self._title, 0, self._filter), self.list, self._empty, self._more, gap=3
        )
        layout.setContentsMargins(6 * STEP, 5 * STEP, 6 * STEP, 4 * STEP)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._filter.textChanged.connect(self._narrow)
        self._filter.returnPressed.connect(self._open_current)
        self._soon = QTimer(self, singleShot=True, interval=_WARM_UP_AFTER)
        self._soon.timeout.connect(self._warm_up)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._filter.setFocus)

    def shown(self, context: Context) -> None:
        """Fetch the list anew; it is short, and whatever was done meanwhile shows."""
        self._context = context
        self.retranslate()
        context.worker.run(lambda register: due_list(register, context), self._show)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._title.setText(_("Due"))
        self._filter.setPlaceholderText(_("Find a measure: a word or its number"))
        describe(self._filter, self._filter.placeholderText())
        describe(self.list, _("Measures of this territory"), "")
        self._show_more()
        if self._model.rowCount():  # asking for a viewport makes PySide look up every widget
            self.list.viewport().update()

    def _show(self, found: DueList) -> None:
        self._found = found
        self._model.show_rows(found.rows)
        self._show_more()
        at = self._model.index_of(self._opened)
        self.list.setCurrentIndex(at if at.isValid() else self._model.first())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._soon.start()

    def _warm_up(self) -> None:
        """Load what a form needs while the person reads; the first one then opens at once."""
        if self._context is not None:
            spoken = language()
            self._context.worker.run(lambda _register: _load_form_parts(spoken))

    def _show_more(self) -> None:
        nothing = self._model.rowCount() == 0
        self._empty.setVisible(nothing)
        self._empty.setText(
            _("No measure fits.") if self._filter.text() else _("Nothing is due in this round.")
        )
        count = self._found.without_form
        says = ngettext(
            "{count} more measure of this territory has no form in the program yet.",
            "{count} more measures of this territory have no form in the program yet.",
            count,
        )
        self._more.setText(says.format(count=count))
        self._more.setVisible(count > 0)

    def _narrow(self, typed: str) -> None:
        self._model.narrow(typed)
        self.list.setCurrentIndex(self._model.first())
        self._show_more()

    def _open_current(self) -> None:
        self._open(self.list.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        line = index.data(ROW) if index.isValid() else None
        if isinstance(line, DueRow) and self._context is not None:
            self._opened = line.key.measure
            self._context.open_sheet(line.key, "")


def _load_form_parts(spoken: Language) -> None:
    from taza_desktop.plan.numbers import show_number

    import_module("taza_desktop.ui.form_page")
    show_number(0, spoken)


class _List(QListView):
    """Enter opens on every system; the headings are stepped over by Qt."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row that the cursor is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
