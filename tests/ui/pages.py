"""The window as a person uses it: page objects know where things are, tests what should happen."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.register import Register
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.draft import Draft
from taza_desktop.ui.due_list import DueRow
from taza_desktop.ui.due_model import ROW
from taza_desktop.ui.due_page import DuePage
from taza_desktop.ui.figure_cell import FigureCell
from taza_desktop.ui.first_start import FirstStart
from taza_desktop.ui.form_page import FormPage
from taza_desktop.ui.table_view import TableView
from taza_desktop.ui.window import Window

T = TypeVar("T", bound=QObject)


def settle() -> None:
    """Let everything that is queued happen, timers of up to a few milliseconds included."""
    QTest.qWait(60)
    QApplication.processEvents()


def type_into(widget: QWidget, text: str) -> None:
    """Press the keys of a text in any alphabet; QTest knows those of ASCII only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, key)


class Started:
    """The first start."""

    def __init__(self, dialog: FirstStart) -> None:
        self.dialog = dialog

    def speaks(self, language: str) -> Started:
        QTest.mouseClick(getattr(self.dialog.ui, language), Qt.MouseButton.LeftButton)
        return self

    def works_at(self, role: str) -> Started:
        QTest.mouseClick(getattr(self.dialog.ui, role), Qt.MouseButton.LeftButton)
        return self

    def looks_for(self, letters: str) -> list[str]:
        self.dialog.ui.territory.clear()
        type_into(self.dialog.ui.territory, letters)
        found = self.dialog.ui.found
        return [found.item(at).text() for at in range(found.count())]

    def takes(self, name: str) -> Started:
        found = self.dialog.ui.found
        texts = [found.item(at).text() for at in range(found.count())]
        found.setCurrentRow(texts.index(name))
        return self

    def is_called(self, name: str) -> Started:
        type_into(self.dialog.ui.person, name)
        return self

    def keeps_it_in(self, folder: Path) -> Started:
        name = Path(self.dialog.ui.file.text()).name
        self.dialog.ui.file.setText(str(folder / name))
        return self

    def starts(self) -> Path | None:
        QTest.mouseClick(self.dialog.ui.start, Qt.MouseButton.LeftButton)
        return self.dialog.path


class Shell:
    """The window itself."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window: Window = desk.window

    def due(self) -> Due:
        self.window.go("due")
        settle()
        return Due(self)

    def form(self, measure: int) -> Filling:
        return self.due().opens(measure)

    def speaks(self, language: str) -> Shell:
        self.find(QPushButton, language).click()
        settle()
        return self

    def find(self, kind: type[T], name: str) -> T:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def message(self) -> str:
        return self.window.ui.messages.accessibleName()


class Due:
    """The list of what is due."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        page = shell.window.page("due")
        assert isinstance(page, DuePage)
        self.page = page

    def rows(self) -> list[DueRow]:
        model = self.page.list.model()
        lines = [model.index(at, 0).data(ROW) for at in range(model.rowCount())]
        return [line for line in lines if isinstance(line, DueRow)]

    def state_of(self, measure: int) -> str:
        return next(row.state for row in self.rows() if row.key.measure == measure)

    def looks_for(self, typed: str) -> list[int]:
        field = self.shell.find(QLineEdit, "filter")
        field.clear()
        type_into(field, typed)
        return [row.key.measure for row in self.rows()]

    def opens(self, measure: int) -> Filling:
        model = self.page.list.model()
        for at in range(model.rowCount()):
            line = model.index(at, 0).data(ROW)
            if isinstance(line, DueRow) and line.key.measure == measure:
                self.page.list.setCurrentIndex(model.index(at, 0))
        QTest.keyClick(self.page.list, Qt.Key.Key_Return)
        settle()
        return Filling(self.shell)


class Filling:
    """The form being filled in."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        page = shell.window.page("form")
        assert isinstance(page, FormPage)
        self.page = page

    @property
    def draft(self) -> Draft:
        assert self.page.draft is not None
        return self.page.draft

    def cell(self, name: str) -> FigureCell:
        return self.shell.find(FigureCell, f"cell_{name}")

    def line(self, name: str) -> QLineEdit:
        field = self.cell(name).editor.field
        assert isinstance(field, QLineEdit)
        return field

    def enters(self, name: str, text: str) -> Filling:
        """Type over what stands there and press Enter."""
        self.cell(name).focus()
        line = self.line(name)
        line.selectAll()
        if text:
            type_into(line, text)
        else:
            QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClick(line, Qt.Key.Key_Return)
        settle()
        return self

    def shows(self, name: str) -> str:
        return self.line(name).text().replace("\u00a0", " ")

    def says_of(self, name: str) -> str:
        return self.cell(name)._error.text()

    def problems(self) -> list[str]:
        return self.page.problems.lines()

    def clicks_problem(self, containing: str) -> Filling:
        pane = self.page.problems.list
        items = [pane.item(at) for at in range(pane.count())]
        item = next(item for item in items if containing in item.text())
        centre = pane.visualItemRect(item).center()
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        settle()
        return self

    def cursor(self) -> str:
        assert self.page.body is not None
        return self.page.body.current()

    def table(self, name: str) -> Grid:
        return Grid(self.shell.find(TableView, f"table_{name}"), self)

    def stored(self) -> Sheet:
        """What another program would find in the file now."""
        with Register.open(self.draft.context.path) as register:
            return register.sheet(self.draft.key)


class Grid:
    """A table of the form."""

    def __init__(self, view: TableView, filling: Filling) -> None:
        self.view = view
        self.filling = filling

    def column(self, name: str) -> int:
        model = self.view.model()
        return [column.name for column in model.table.columns].index(name)

    def editor(self) -> QLineEdit | None:
        """The line that is open over a cell."""
        lines = self.view.viewport().findChildren(QLineEdit)
        return next((line for line in lines if line.isVisible()), None)

    def at(self, row: int, name: str) -> Grid:
        if editor := self.editor():
            QTest.keyClick(editor, Qt.Key.Key_Escape)
            settle()
        self.view.setCurrentIndex(self.view.model().index(row, self.column(name)))
        self.view.setFocus()
        return self

    def types(self, text: str) -> Grid:
        """Type into the cell under the cursor, and Enter."""
        editor = self.editor()
        if editor is None:
            type_into(self.view, text[:1])
            editor, text = self.editor(), text[1:]
        assert editor is not None
        type_into(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        settle()
        return self

    def presses(self, key: Qt.Key, *, control: bool = False) -> Grid:
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.view, key, held)
        settle()
        return self

    def pastes(self, text: str) -> Grid:
        QGuiApplication.clipboard().setText(text)
        return self.presses(Qt.Key.Key_V, control=True)

    def shows(self) -> list[list[str]]:
        model = self.view.model()
        return [
            [
                str(model.index(row, column).data() or "").replace("\u00a0", " ")
                for column in range(model.columnCount())
            ]
            for row in range(model.rowCount())
        ]

    def cursor(self) -> tuple[int, str]:
        at = self.view.currentIndex()
        return at.row(), self.view.model().table.columns[at.column()].name


KEY = SheetKey(6, "153200000", "2024")
