"""The report is seen as it will be printed, and goes to Word, Excel, PDF and the printer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from taza_desktop.reports.neutral import Provenance
from taza_desktop.ui import report_page
from taza_desktop.ui.report_cursor import Printed
from taza_desktop.ui.report_drawn import KEPT
from taza_desktop.ui.report_preview import MARK, PageView
from taza_desktop.ui.report_settings import SettingsDialog
from tests.ui.offices.conftest import Answers, Opener
from tests.ui.offices.pages import Reporting
from tests.ui.offices.world import ALGA, GOOD, World
from tests.ui.pages import settle

BEGINNINGS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF"}


def _wait_until_ready(page: Reporting) -> None:
    for _ in range(100):
        if page.button("Word").isEnabled():
            return
        settle()
    raise AssertionError("the report does not come to rest")


@pytest.fixture
def page(world: World, open_window: Opener) -> Reporting:
    """The report of a region that has one of its districts' packages."""
    world.merges(world.sends(ALGA, GOOD).path)
    return Reporting(open_window(world.region))


def test_the_pages_are_there_and_who_is_missing_is_said(page: Reporting) -> None:
    assert page.pages() > 1
    assert any(text == f"Page 1 of {page.pages()}" for text in page.texts())
    assert page.notices()[0].startswith("This is a draft")


@pytest.mark.parametrize(
    ("button", "suffix"),
    [
        ("Word", "docx"),
        ("Excel", "xlsx"),
        ("PDF", "pdf"),
    ],
)
def test_it_is_saved(
    page: Reporting, answers: Answers, world: World, button: str, suffix: str
) -> None:
    answers.path = world.folder / f"report.{suffix}"
    page.clicks(button)
    _wait_until_ready(page)
    assert answers.asked[-1].endswith(f"150000000-2024-kk.{suffix}")
    assert answers.path.read_bytes().startswith(BEGINNINGS[suffix])
    assert page.says().startswith("Saved: ")


def test_a_folder_that_is_gone_is_said_and_everything_goes_on(
    page: Reporting, answers: Answers, world: World
) -> None:
    for button, suffix in (("PDF", "pdf"), ("Word", "docx")):
        answers.path = world.folder / "gone" / f"report.{suffix}"
        page.clicks(button)
        _wait_until_ready(page)
        assert "is not there" in page.says()
        page.shell.window.ui.messages.hide()


def test_the_language_of_the_report_is_not_that_of_the_window(page: Reporting) -> None:
    assert page.widget._report.language == "kk"
    page.clicks("Русский")
    QTest.qWait(report_page.PATIENCE + 50)
    assert page.widget._report.language == "ru"
    assert "Report" in page.texts()


def test_chosen_measures_make_a_shorter_report(page: Reporting) -> None:
    whole = page.pages()
    _chooses_planting(page)
    assert 0 < page.pages() < whole
    page.clicks("Whole plan")
    QTest.qWait(report_page.PATIENCE + 50)
    assert page.pages() == whole


def _chooses_planting(page: Reporting) -> None:
    page.clicks("Chosen measures")
    model: QAbstractItemModel = page.all(QListView)[0].model()
    model.setData(model.index(5, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    QTest.qWait(report_page.PATIENCE + 50)


def test_both_languages_and_annexes_make_a_longer_report(page: Reporting) -> None:
    one = page.pages()
    page.clicks("Both")
    QTest.qWait(report_page.PATIENCE + 50)
    both = page.pages()
    assert both > 1.8 * one
    page.ticks("Figures by territory")
    QTest.qWait(report_page.PATIENCE + 50)
    assert page.pages() > both


def test_the_office_sets_who_signs(page: Reporting) -> None:
    dialog = page.settings()
    dialog.types("Name of who signs", "А. Бектұров")
    dialog.types("Size of the text, points", "200")
    dialog.clicks("Save")
    assert any("“200” cannot be the setting" in text for text in dialog.texts())
    dialog.types("Size of the text, points", "12")
    dialog.clicks("Save")
    assert not page.widget.findChildren(SettingsDialog)
    assert "А. Бектұров" in page.report_text()
    assert page.widget._report.layout.size == 12


def test_the_printer_gets_every_page(
    page: Reporting, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = world.folder / "printed.pdf"

    def printer(_parent: object, _report: object) -> QPdfWriter:
        writer = QPdfWriter(str(printed))
        writer.setPageMargins(QMarginsF())
        return writer

    monkeypatch.setattr(report_page, "ask_printer", printer)
    page.clicks("Print…")
    _wait_until_ready(page)
    assert page.says().startswith("The report was sent to the printer.")
    assert printed.read_bytes().count(b"/Type /Page\n") == page.pages()


class Paper:
    """Many pages that remember which of them were drawn; figures where they are wanted."""

    def __init__(self, count: int, figures: dict[int, list[Printed]] | None = None) -> None:
        self.pages = count
        self.drawn: list[int] = []
        self.printed = figures or {}

    def figures(self, page: int) -> list[Printed]:
        return self.printed.get(page, [])

    def count(self) -> int:
        return self.pages

    def size(self) -> QSizeF:
        return QSizeF(842, 595)

    def paint(self, painter: QPainter, page: int) -> None:
        painter.drawText(QPointF(40, 40), str(page))
        self.drawn.append(page)


@pytest.fixture
def view(qtbot) -> PageView:
    made = PageView()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_only_pages_in_sight_are_drawn(view: PageView) -> None:
    paper = Paper(500)
    view.show_pages(paper)
    settle()
    assert set(paper.drawn) <= {0, 1}
    view.go_to(300)
    settle()
    assert set(paper.drawn) <= {0, 1, 300, 301, 302}
    assert view.place() == (301, 500)


def test_a_page_is_drawn_once_while_it_is_kept(view: PageView) -> None:
    paper = Paper(KEPT)
    view.show_pages(paper)
    for page in [*range(KEPT), *range(KEPT)]:
        view.go_to(page)
        settle()
    assert sorted(paper.drawn) == list(range(KEPT))


def test_pages_are_turned_by_keys_and_zoomed_in_place(view: PageView) -> None:
    view.show_pages(Paper(9))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.place() == (3, 9)
    height = view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.verticalScrollBar().maximum() > height
    assert view.place() == (3, 9)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.place() == (9, 9)


def test_without_a_report_there_is_nothing_to_turn(view: PageView) -> None:
    view.show_pages(None)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.place() == (0, 0)


def test_a_report_that_nobody_waits_for_is_stopped(page: Reporting) -> None:
    composer = page.widget._composer
    heard: list[int] = []
    composer.told.connect(lambda done, _of: (heard.append(done), page.shell.window.go("board")))
    with_pages = page.pages()
    page.widget._compose()
    assert heard == [1], "after the first measure the page was left"
    composer.told.disconnect()
    again = Reporting(page.shell)
    assert again.pages() == with_pages
    assert again.button("Word").isEnabled()


def test_a_click_on_a_figure_shows_what_is_behind_it(page: Reporting) -> None:
    _chooses_planting(page)
    dialog = page.clicks_figure(lambda origin: origin.measure == 6 and origin.figure == "planted")
    assert any("Saplings planted: 1,040" in text for text in dialog.texts())
    (sheet,) = page.rows(dialog)
    assert sheet[:2] == ["Alga District", "1,040"]
    (cell,) = page.rows(dialog, 0)
    assert cell[:3] == ["Saplings planted", "1,040", "Айгүл Серікова"]
    assert cell[5].startswith("signed by ")
    dialog.clicks("Open the sheet")
    settle()
    assert page.shell.window.ui.pages.currentWidget().objectName() == "form"


def test_the_keyboard_reaches_what_is_behind_a_figure(page: Reporting) -> None:
    _chooses_planting(page)
    dialog = page.steps_to_figure(lambda origin: origin.figure == "planted")
    assert any("Saplings planted: 1,040" in text for text in dialog.texts())
    dialog.clicks("Close")
    said = page.view.accessibleDescription().replace("\u00a0", " ")
    assert said.startswith("1 040"), "read aloud: the figure, then its paragraph"
    assert "көшет" in said


def _figure(number: int, top: float = 300, left: float = 100) -> Printed:
    figure = Provenance(6, "planted", number, ())
    return Printed(figure, QRectF(left, top, 40, 12), str(number), f"{number} trees")


def _presses(view: PageView, key: Qt.Key) -> int:
    QTest.keyClick(view, key)
    assert view._cursor.printed is not None
    return int(view._cursor.printed.text)


def test_arrows_go_from_figure_to_figure_over_the_pages(view: PageView) -> None:
    view.show_pages(Paper(9, {0: [_figure(1), _figure(2)], 5: [_figure(3)], 8: [_figure(4)]}))
    right, left = Qt.Key.Key_Right, Qt.Key.Key_Left
    assert [_presses(view, right) for _ in range(5)] == [1, 2, 3, 4, 4]
    assert view.place()[0] == 9, "the page with the figure came into view"
    assert [_presses(view, left) for _ in range(4)] == [3, 2, 1, 1]
    assert view.place()[0] == 1
    view.go_to(4)
    settle()
    assert _presses(view, right) == 3, "from the page that was turned to"
    view.go_to(7)
    settle()
    assert _presses(view, left) == 4, "the last one in view"


def test_the_figure_with_the_cursor_is_marked_and_asked_for(view: PageView) -> None:
    heard: list[int] = []
    view.asked.connect(lambda told: heard.append(told.value))
    view.show_pages(Paper(2, {0: [_figure(1)], 1: [_figure(2, left=780)]}))
    view.activateWindow()
    view.setFocus()
    settle()
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert heard == [], "no figure yet"
    view.zoom(4)
    settle()
    for number in (1, 2):
        _presses(view, Qt.Key.Key_Right)
        settle()
        assert _marked(view) > 100, "all of the frame is in view"
        QTest.keyClick(view, Qt.Key.Key_Space)
        assert heard[-1] == number
    view.clearFocus()
    settle()
    assert _marked(view) == 0
    view.show_pages(Paper(1, {0: [_figure(7)]}))
    assert view.accessibleDescription() == ""


def _marked(view: PageView) -> int:
    """How many dots of the view have the colour of the mark."""
    picture = view.viewport().grab().toImage()
    return sum(
        picture.pixelColor(x, y) == MARK
        for y in range(picture.height())
        for x in range(picture.width())
    )
