"""The pages of sending, receiving and reporting as a person uses them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from taza_desktop.ui.board_page import BoardPage
from taza_desktop.ui.board_view import BoardView
from taza_desktop.ui.inbox_page import InboxPage
from taza_desktop.ui.listing import Listing
from taza_desktop.ui.notice import Notice
from taza_desktop.ui.outbox_page import OutboxPage
from taza_desktop.ui.page import Page
from taza_desktop.ui.people_page import PeoplePage
from taza_desktop.ui.report_page import ReportPage
from taza_desktop.ui.report_preview import PageView
from taza_desktop.ui.report_settings import SettingsDialog
from taza_desktop.ui.send_page import SendPage
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
            assert box is not None
            asked.append(box.property("informativeText"))
            Part(box, self.shell).button("Take back" if sure else "Cancel").click()

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
        where = self.view.visualRect(self._at(name, measure)).center()
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        settle()

    def _at(self, name: str, measure: int) -> Any:
        row, column = self.names().index(name), self.measures().index(str(measure))
        return self.view.model().index(row, column)


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
