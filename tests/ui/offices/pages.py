"""The pages of sending, receiving and reporting as a person uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTreeView,
    QWidget,
)

from taza_desktop.reports.neutral import Provenance
from taza_desktop.ui.board_filters import PATIENCE
from taza_desktop.ui.board_model import BoardModel
from taza_desktop.ui.board_page import BoardPage
from taza_desktop.ui.board_strip import BoardStrip
from taza_desktop.ui.board_view import BoardView
from taza_desktop.ui.inbox_page import InboxPage
from taza_desktop.ui.listing import Listing
from taza_desktop.ui.map_legend import Chips, MapLegend
from taza_desktop.ui.map_panel import MapPanel
from taza_desktop.ui.map_view import MapView
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.outbox_page import OutboxPage
from taza_desktop.ui.page import Page
from taza_desktop.ui.people_page import PeoplePage
from taza_desktop.ui.report_figure import FigureDialog
from taza_desktop.ui.report_page import ReportPage
from taza_desktop.ui.report_preview import PageView
from taza_desktop.ui.report_settings import SettingsDialog
from taza_desktop.ui.send_page import SendPage
from taza_desktop.ui.text_dialog import TextDialog
from tests.ui.pages import Shell, settle, type_into

W = TypeVar("W", bound=QWidget)


class Part:
    """A part of the window, and what can be done with it by what is written there."""

    def __init__(self, widget: QWidget, shell: Shell) -> None:
        self.widget = widget
        self.shell = shell

    def all(self, kind: type[W]) -> list[W]:
        return [each for each in self.widget.findChildren(kind) if each.isVisible()]

    def texts(self) -> list[str]:
        """Everything that can be read."""
        return [each.text() for each in self.all(QLabel) if each.text()]

    def button(self, text: str) -> QAbstractButton:
        buttons = self.all(QAbstractButton)
        found = [one for one in buttons if text in (one.text(), one.accessibleName())]
        assert found, f"no button {text!r} among {[one.text() for one in buttons]}"
        return found[0]

    def has_button(self, text: str) -> bool:
        return any(one.text() == text for one in self.all(QAbstractButton))

    def clicks(self, text: str) -> None:
        QTest.mouseClick(self.button(text), Qt.MouseButton.LeftButton)
        settle()

    def types(self, field: str, text: str) -> None:
        lines = [each for each in self.all(QLineEdit) if each.accessibleName() == field]
        assert lines, f"no line {field!r}"
        lines[0].clear()
        type_into(lines[0], text)
        settle()

    def chooses(self, field: str, text: str) -> None:
        box = next(each for each in self.all(QComboBox) if each.accessibleName() == field)
        box.setCurrentIndex(box.findText(text))
        settle()

    def types_code(self, groups: Sequence[str]) -> None:
        """Type a code as it is read aloud, without ever moving on oneself."""
        first = next(one for one in self.all(QLineEdit) if one.accessibleName() == "Group 1")
        first.setFocus()
        for digit in " ".join(groups):
            type_into(self.widget.window().focusWidget() or first, digit)
        settle()

    def notices(self) -> list[str]:
        return [each.accessibleName() for each in self.all(Notice)]

    def listing(self, name: str = "") -> Listing[Any]:
        return next(each for each in self.all(Listing) if not name or each.objectName() == name)

    def lines(self, name: str = "") -> list[list[str]]:
        """What stands in a table, row by row."""
        model = self.listing(name).model()
        return [
            [
                str(model.index(row, column).data()).replace("\u00a0", " ")
                for column in range(model.columnCount())
            ]
            for row in range(model.rowCount())
        ]

    def picks(self, containing: str, name: str = "") -> None:
        """Choose the first row that has this text."""
        rows = self.lines(name)
        row = next(at for at, line in enumerate(rows) if any(containing in cell for cell in line))
        listing = self.listing(name)
        where = listing.visualRect(listing.model().index(row, 0)).center()
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=where)
        settle()

    def says(self) -> str:
        """The message bar."""
        return self.shell.message()


def wait_for_filter() -> None:
    """What is typed takes effect a moment later."""
    QTest.qWait(PATIENCE + 50)


def _front(shell: Shell, name: str, kind: type[Page]) -> Page:
    shell.window.go(name)
    settle()
    page = shell.window.page(name)
    assert isinstance(page, kind)
    return page


class Sending(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "send", SendPage), shell)


class Sent(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "outbox", OutboxPage), shell)


class People(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "people", PeoplePage), shell)


class Receiving(Part):
    def __init__(self, shell: Shell) -> None:
        page = _front(shell, "inbox", InboxPage)
        assert isinstance(page, InboxPage)
        super().__init__(page, shell)
        self.page = page

    def drops(self, *paths: Path) -> Receiving:
        """Files and folders dragged onto the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        what = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        no_key = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.page, QDragEnterEvent(QPoint(50, 50), *what, no_key))
        QApplication.sendEvent(self.page, QDropEvent(QPointF(50, 50), *what, no_key))
        settle()
        return self

    def tab(self, place: int) -> Part:
        """0 new, 1 merged, 2 conflicts."""
        self.page.tabs.setCurrentIndex(place)
        settle()
        return Part(self.page.tabs.currentWidget(), self.shell)

    def tab_name(self, place: int) -> str:
        return self.page.tabs.tabText(place)

    def takes_back(self, containing: str, *, sure: bool = True) -> str:
        """Take a merged package back; returns what was asked."""
        merged = self.tab(1)
        merged.picks(containing)
        asked: list[str] = []

        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, TextDialog)
            asked.append(box.ui.why.text().partition("\n")[0])  # what was built on it
            box.ui.text.setPlainText("The wrong stick")
            Part(box, self.shell).button("OK" if sure else "Cancel").click()

        QTimer.singleShot(0, answer)
        merged.clicks("Take back")
        return asked[0]


class Overseeing(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "board", BoardPage), shell)
        self.view = self.all(BoardView)[0]

    def names(self) -> list[str]:
        model = self.view.model()
        down = Qt.Orientation.Vertical
        return [model.headerData(at, down) for at in range(model.rowCount())]

    def measures(self) -> list[str]:
        model = self.view.model()
        across = Qt.Orientation.Horizontal
        return [model.headerData(at, across) for at in range(model.columnCount())]

    def letter(self, name: str, measure: int) -> str | None:
        return self._at(name, measure).data()

    def tip(self, name: str, measure: int) -> str:
        return self._at(name, measure).data(Qt.ItemDataRole.ToolTipRole)

    def opens(self, name: str, measure: int) -> None:
        QTest.mouseClick(
            self.view.viewport(), Qt.MouseButton.LeftButton, pos=self._place(name, measure)
        )
        settle()

    def drags(self, start: tuple[str, int], end: tuple[str, int]) -> Overseeing:
        """Choose everything between two sheets."""
        viewport, left = self.view.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, left, pos=self._place(*start))
        QTest.mouseMove(viewport, self._place(*end))
        QTest.mouseRelease(viewport, left, pos=self._place(*end))
        settle()
        return self

    def looks_for(self, name: str) -> Overseeing:
        self.types("Find a territory", name)
        wait_for_filter()
        return self

    def asks_for(self, wish: str) -> Overseeing:
        """Let some sheets stand out."""
        return self._picks("Sheets that stand out", wish)

    def in_direction(self, title: str) -> Overseeing:
        return self._picks("Direction of the plan", title)

    def standing_out(self) -> list[tuple[str, int]]:
        """The sheets that are not pale, by territory and measure."""
        model = self.view.model()
        assert isinstance(model, BoardModel)
        found = (
            (model.row(row).title(), sheet.measure)
            for row in range(model.rowCount())
            for column in range(model.columnCount())
            if (sheet := model.sheet(row, column)) and model.stands_out(sheet)
        )
        return list(found)

    def points_at(self, name: str, measure: int) -> Overseeing:
        """Put the cursor onto a sheet."""
        self.view.setCurrentIndex(self._at(name, measure))
        return self

    def strip(self) -> str:
        """What stands below the board."""
        return " | ".join(each.text() for each in self.all(BoardStrip)[0].findChildren(QLabel))

    def menu(self) -> list[str]:
        """What the right button offers for the chosen sheets."""
        return [action.text() for action in self._actions()]

    def chooses_from_menu(self, text: str) -> None:
        next(action for action in self._actions() if action.text() == text).trigger()
        settle()

    def _actions(self) -> list[QAction]:
        assert isinstance(self.widget, BoardPage)
        menu = self.widget._actions.menu(self.view.chosen())
        menu.deleteLater()
        return menu.actions()

    def map(self) -> Mapped:
        """Turn to the map."""
        self.all(QTabBar)[0].setCurrentIndex(1)
        settle()
        return Mapped(self)

    def _picks(self, field: str, text: str) -> Overseeing:
        box = next(each for each in self.all(QComboBox) if each.accessibleName() == field)
        at = box.findText(text)
        assert at >= 0, [box.itemText(each) for each in range(box.count())]
        box.setCurrentIndex(at)
        box.activated.emit(at)
        settle()
        return self

    def _place(self, name: str, measure: int) -> QPoint:
        return self.view.visualRect(self._at(name, measure)).center()

    def _at(self, name: str, measure: int) -> Any:
        row, column = self.names().index(name), self.measures().index(str(measure))
        return self.view.model().index(row, column)


class Mapped:
    """The map of the board."""

    def __init__(self, board: Overseeing) -> None:
        self.board = board
        self.panel = board.all(MapPanel)[0]
        self.view = board.all(MapView)[0]

    def marks(self) -> dict[str, str]:
        """What stands on each territory that is drawn, by its name."""
        drawn, units = self.view._drawn, self.view._units
        return {unit.name: unit.mark for kato, unit in units.items() if kato in drawn}

    def chips(self) -> list[str]:
        return [each.text() for each in self.board.all(Chips)[0].findChildren(QPushButton)]

    def legend(self) -> list[str]:
        labels = self.board.all(MapLegend)[0].findChildren(QLabel)
        return [each.text() for each in labels if each.isVisible() and each.text()]

    def shows(self, measure: str, figure: str = "State of the sheet") -> Mapped:
        self.board._picks("Measure that the map shows", measure)
        self.board._picks("Figure that the map shows", figure)
        return self

    def points_at(self, kato: str) -> str:
        """The strip while the mouse is over a territory."""
        QTest.mouseMove(self.view, self.view.place_of(kato).toPoint())
        settle()
        return self.board.strip()

    def clicks(self, kato: str) -> Mapped:
        where = self.view.place_of(kato).toPoint()
        QTest.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=where)
        settle()
        return self

    def presses(self, *keys: Qt.Key) -> Mapped:
        self.view.setFocus()
        for key in keys:
            QTest.keyClick(self.view, key)
        settle()
        return self


class Reporting(Part):
    def __init__(self, shell: Shell) -> None:
        super().__init__(_front(shell, "report", ReportPage), shell)
        self.view = self.all(PageView)[0]

    def pages(self) -> int:
        """How many there are when all are laid out."""
        while self.widget._growth is not None:
            settle()
        return self.view.place()[1]

    def ticks(self, part: str) -> None:
        """Tick or untick what stands behind the signature."""
        self.button(part).click()
        settle()

    def report_text(self) -> str:
        """All that is on the pages."""
        return self.widget._pages.text()

    def settings(self) -> Part:
        """The dialog of the office's settings, opened."""
        self.clicks("Settings of the report…")
        return Part(self.widget.findChild(SettingsDialog), self.shell)

    def clicks_figure(self, wanted: Callable[[Provenance], bool]) -> Part:
        """Click the first printed figure that is wanted; the dialog about it."""
        for number in range(self.pages()):
            self.view.go_to(number)
            for at in self._places():
                found = self.view._figure_at(QPointF(at))
                if found is not None and wanted(found):
                    button = Qt.MouseButton.LeftButton
                    QTest.mouseClick(self.view.viewport(), button, pos=at)
                    settle()
                    return Part(self.widget.findChild(FigureDialog), self.shell)
        raise AssertionError("no such figure is printed")

    def steps_to_figure(self, wanted: Callable[[Provenance], bool]) -> Part:
        """Go with the keyboard to the figure that is wanted, press Enter; the dialog about it."""
        self.view.setFocus()
        for _figure in range(1000):
            QTest.keyClick(self.view, Qt.Key.Key_Right)
            printed = self.view._cursor.printed
            if printed is not None and wanted(printed.figure):
                QTest.keyClick(self.view, Qt.Key.Key_Return)
                settle()
                return Part(self.widget.findChild(FigureDialog), self.shell)
        raise AssertionError("the arrows do not reach it")

    def rows(self, dialog: Part, *below: int) -> list[list[str]]:
        """The lines of the tree in the dialog, or those below a line."""
        model = dialog.all(QTreeView)[0].model()
        parent = QModelIndex()
        for row in below:
            parent = model.index(row, 0, parent)
        return [
            [
                str(model.index(row, column, parent).data()).replace("\u00a0", " ")
                for column in range(model.columnCount())
            ]
            for row in range(model.rowCount(parent))
        ]

    def _places(self) -> Iterator[QPoint]:
        """Places all over the view, near enough to each other to meet every number."""
        area = self.view.viewport().rect()
        return (QPoint(x, y) for y in range(0, area.height(), 5) for x in range(0, area.width(), 5))
