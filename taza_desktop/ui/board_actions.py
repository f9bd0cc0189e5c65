"""What can be done with sheets of the board: open, review, remind, call, write to Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from taza_desktop.i18n import _, ngettext
from taza_desktop.reports.board import Board, owed
from taza_desktop.ui import choosing
from taza_desktop.ui.board_contact import Contacts, reminder, senders
from taza_desktop.ui.icons import icon
from taza_desktop.ui.text_dialog import ask_text

if TYPE_CHECKING:
    from taza_desktop.plan.catalogue import Plan
    from taza_desktop.register.completeness import SheetStatus
    from taza_desktop.register.register import Register
    from taza_desktop.ui.page import Context

Sheets = Sequence["SheetStatus"]


class BoardActions(QObject):
    """Works on the board that is shown; before there is one it does nothing.

    Signals:
        opened: key of the sheet to be opened.
        review_wanted: keys of the sheets to be reviewed.
        said: (text, level) for the message bar.
    """

    opened = Signal(object)
    review_wanted = Signal(object)
    said = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._board = Board()
        self._context: Context | None = None

    def use(self, board: Board, context: Context) -> None:
        """Another board is shown."""
        self._board, self._context = board, context

    def show_menu(self, at: QPoint, sheets: Sheets) -> None:
        """The menu of some sheets at a point of the screen."""
        menu = self.menu(sheets)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def menu(self, sheets: Sheets) -> QMenu:
        """The menu of some sheets: only what can be done with them."""
        menu = QMenu(self._window)
        for picture, text, does in self._entries(sheets):
            menu.addAction(icon(picture), text).triggered.connect(does)
        return menu

    def review(self, sheets: Sheets) -> None:
        """Have them reviewed."""
        self.review_wanted.emit([self._board.key(sheet) for sheet in sheets])

    def remind(self, sheets: Sheets) -> None:
        """Put a text to send into the clipboard."""
        if self._context is not None:
            QApplication.clipboard().setText(reminder(sheets, self._board, self._context))
            self.said.emit(_("The reminder can be pasted into a letter or a message."), "done")

    def call(self, kato: str) -> None:
        """Show who is there and how to reach them; the note can be changed."""
        if self._context is None:
            return
        contacts, people = Contacts(), ", ".join(senders(self._board, kato))
        signed = _("Signed the packages of this round: {people}").format(people=people)
        note = ask_text(
            self._window,
            _("Contact"),
            str(self._context.plan.territories[kato].name),
            signed if people else _("No package of this round has come from there yet."),
            contacts.note(kato),
        )
        if note is not None:
            contacts.keep(kato, note)

    def save(self) -> None:
        """Write the whole board to a workbook, whatever the filters hide."""
        if self._context is None:
            return
        kinds = _("Excel workbook") + " (*.xlsx)"
        name = f"{_('Board')} {self._board.round}.xlsx"
        settings = self._context.settings
        path = choosing.ask_save(self._window, _("Save the board"), name, kinds, settings)
        if path is not None:
            job = partial(_write, self._board, self._context.plan, path)
            self._context.worker.run(job, self._saved)

    def _entries(self, sheets: Sheets) -> list[tuple[str, str, Callable[[], object]]]:
        """Icon, text and what it does."""
        found: list[tuple[str, str, Callable[[], object]]] = []
        places = {sheet.territory for sheet in sheets}
        if len(sheets) == 1:
            key = self._board.key(sheets[0])
            found.append(("right", _("Open the sheet"), lambda: self.opened.emit(key)))
        if sheets:
            found.append(("check", review_words(len(sheets)), partial(self.review, sheets)))
        if any(map(owed, sheets)):
            found.append(("copy", _("Copy a reminder"), partial(self.remind, sheets)))
        if len(places) == 1:
            found.append(("person", _("Contact…"), partial(self.call, places.pop())))
        return found

    def _saved(self, path: Path) -> None:
        self.said.emit(_("Saved: {file}").format(file=path), "done")


def review_words(count: int) -> str:
    """How reviewing so many sheets is offered."""
    return ngettext("Review {count} sheet", "Review {count} sheets", count).format(count=count)


def _write(board: Board, plan: Plan, path: Path, register: Register) -> Path:
    from taza_desktop.reports.completeness_excel import write_board

    write_board(board, plan, register.office, path)
    return path
