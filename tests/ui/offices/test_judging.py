"""A sheet is judged where it is read, and answered where it was filled in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from taza_desktop.plan.sheet import Cells
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing import accept, remark_on, return_sheet, verdict
from taza_desktop.ui.form_page import FormPage
from tests.ui.offices.conftest import Opener
from tests.ui.offices.pages import Part
from tests.ui.offices.world import ALGA, FAR, GOOD, MARTUK, World, key
from tests.ui.pages import Shell, settle

WHOLE = ""


class Judged(Part):
    """The form of a sheet with the strip that says how it was judged."""

    def __init__(self, shell: Shell, territory: str = ALGA) -> None:
        shell.window.open_sheet(key(territory))
        settle()
        page = shell.window.page("form")
        assert isinstance(page, FormPage)
        super().__init__(page, shell)
        self.page = page

    def strip(self) -> list[str]:
        return Part(self.page.verdict, self.shell).texts()

    def writes(self, text: str, keys: str, cell: str = WHOLE) -> None:
        """Press the keys in a cell and write into the dialog that opens."""
        if cell:
            assert self.page.body is not None
            self.page.body.go(cell)
        QTimer.singleShot(0, lambda: _fill(text))
        action = {"Ctrl+M": self.page.cell_actions.remark, "Ctrl+R": self.page.cell_actions.answer}
        action[keys](cell)
        settle()

    def presses(self, button: str, text: str) -> None:
        """Press a button of the strip and write into the dialog that opens."""
        QTimer.singleShot(0, lambda: _fill(text))
        self.clicks(button)

    def lines(self) -> list[str]:
        return self.page.problems.lines()

    def is_locked(self, cell: str) -> bool:
        assert self.page.body is not None
        return self.page.body.cells[cell].editor.field.property("readOnly")

    def note(self, cell: str) -> str:
        assert self.page.body is not None
        texts = Part(self.page.body.cells[cell], self.shell).texts()
        return "\n".join(texts)


def _fill(text: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.findChild(QPlainTextEdit).setPlainText(text)
    ok = next(
        one for one in dialog.findChildren(QPushButton) if one.isDefault() or "OK" in one.text()
    )
    QTest.mouseClick(ok, Qt.MouseButton.LeftButton)


def _arrives(world: World, cells: Cells, territory: str = ALGA) -> None:
    world.merges(world.sends(territory, cells).path)


def test_a_good_sheet_is_accepted_and_locked(world: World, open_window: Opener) -> None:
    _arrives(world, GOOD)
    judged = Judged(open_window(world.region))
    assert judged.strip()[0] == "not judged yet"
    judged.clicks("Accept")
    assert judged.strip()[0] == "accepted"
    assert judged.says().startswith("Accepted.")
    assert judged.has_button("Unlock…")
    assert not judged.has_button("Accept")


def test_a_sheet_is_returned_with_the_remarks_noted_on_cells(
    world: World, open_window: Opener
) -> None:
    _arrives(world, FAR)
    judged = Judged(open_window(world.region))
    judged.writes("Nine times the plan: where?", "Ctrl+M", "planted")
    assert "For the clerk: Nine times the plan: where?" in judged.note("planted")
    judged.presses("Return (1)…", "By Friday, please")
    assert judged.strip()[0] == "returned"
    with Register.open(world.region) as region:
        said = verdict(region, key())
        assert (said.verdict, said.reason) == ("returned", "By Friday, please")
        assert said.remarks == {"planted": "Nine times the plan: where?"}


def test_what_was_noted_outlives_the_window(world: World, open_window: Opener) -> None:
    _arrives(world, FAR)
    Judged(open_window(world.region)).writes("Where?", "Ctrl+M", "planted")
    judged = Judged(open_window(world.region))
    assert judged.has_button("Return (1)…")


def test_neither_reason_nor_remark_returns_nothing(world: World, open_window: Opener) -> None:
    _arrives(world, GOOD)
    judged = Judged(open_window(world.region))
    judged.presses("Return…", "  ")
    assert judged.strip()[0] == "not judged yet"
    assert "Say why" in judged.says()


def test_the_next_sheet_that_waits_is_one_key_away(world: World, open_window: Opener) -> None:
    _arrives(world, GOOD)
    _arrives(world, GOOD, MARTUK)
    judged = Judged(open_window(world.region))
    judged.clicks("Accept")
    judged.clicks("Next")
    assert judged.page.draft is not None
    assert judged.page.draft.key == key(MARTUK)
    judged.clicks("Accept")
    assert not judged.has_button("Next"), "nothing waits any more"


def test_unlocking_wants_a_reason(world: World, open_window: Opener) -> None:
    _arrives(world, GOOD)
    judged = Judged(open_window(world.region))
    judged.clicks("Accept")
    judged.presses("Unlock…", "The act was signed later")
    assert "Reason: The act was signed later" in "".join(judged.strip())
    assert judged.has_button("Accept")


def test_others_figures_stand_beside_the_one_that_is_judged(
    world: World, open_window: Opener
) -> None:
    with Register.open(world.region) as region:
        for planted, territory in ((100, "153400000"), (300, "153600000"), (500, MARTUK)):
            region.set_cell(key(territory), "planted", planted)
    _arrives(world, FAR)
    judged = Judged(open_window(world.region))
    assert "3 other territories: 100 to 500, half below 300" in judged.note("planted")


@pytest.fixture
def returned(world: World) -> World:
    """Алға's own register knows that its sheet came back with two remarks."""
    world.enters(FAR)
    with Register.open(world.clerk()) as clerk:
        region = clerk.office
        clerk.office = region._replace(territory="150000000", name="Ерлан Сапаров")
        remark_on(clerk, key(), "planted", "Nine times the plan?")
        return_sheet(clerk, key(), {"planted": "Nine times the plan?", "": "Who signed?"}, "Friday")
        clerk.office = region
        clerk.seal([key()])  # as what came in a package is
    return world


def test_the_clerk_sees_what_is_asked_at_its_cell(returned: World, open_window: Opener) -> None:
    judged = Judged(open_window(returned.clerk()))
    assert judged.strip()[0] == "returned"
    assert "0 of 2 remarks answered" in "".join(judged.strip())
    assert "Ерлан Сапаров asks: Nine times the plan?" in judged.note("planted")
    assert judged.lines()[0].endswith("Who signed?")
    with Register.open(returned.clerk()) as clerk:
        assert verdict(clerk, key()).opened is not None, "reading it is noted"


def test_remarks_are_answered_by_words_or_by_another_figure(
    returned: World, open_window: Opener
) -> None:
    judged = Judged(open_window(returned.clerk()))
    judged.writes("The deputy akim", "Ctrl+R")
    assert "1 of 2 remarks answered" in "".join(judged.strip())
    assert judged.page.draft is not None
    judged.page.draft.set_cell("planted", 1040)
    settle()
    settle()
    assert "2 of 2 remarks answered" in "".join(judged.strip())
    assert "Changed since." in judged.note("planted")


def test_an_accepted_sheet_is_locked_for_its_clerk(world: World, open_window: Opener) -> None:
    world.enters(GOOD)
    with Register.open(world.clerk()) as clerk:
        own = clerk.office
        clerk.office = own._replace(territory="150000000", name="Ерлан Сапаров")
        accept(clerk, [key()])
        clerk.office = own
    judged = Judged(open_window(world.clerk()))
    assert judged.is_locked("planted")
    assert "Ерлан Сапаров accepted the sheet" in judged.strip()[1]
    assert not judged.has_button("Unlock…")
