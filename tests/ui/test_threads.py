"""The same day with the real worker: the register on its own thread, keys faster than the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages
from tests.ui.pages import KEY, Filling, Shell, settle


@pytest.fixture
def form(
    qapp: QApplication, qtbot: QtBot, languages: Languages, look: Look, register_path: Path
) -> Iterator[Filling]:
    """A form opened as it is in daily use."""
    settings = Settings.load()
    settings.language = "en"
    desk = Desk(settings, look, languages)
    desk.start(register_path)
    shell = Shell(desk)
    qtbot.waitUntil(lambda: shell.window.current() == "due")
    shell.window.open_sheet(KEY)
    page = shell.window.page("form")
    qtbot.waitUntil(lambda: page.body is not None and page.draft.review is not None)
    yield Filling(shell)
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()
    settle()


def test_everything_typed_before_closing_is_in_the_file(form: Filling, register_path: Path) -> None:
    for number in range(30):
        form.draft.set_cell("planted", number)
    added = form.draft.add_entries("plantings", [{"planted": 1}, {}])
    form.draft.set_entry_cell("plantings", added[1], "planted", 2)
    form.line("planned").insert("77")
    form.shell.window.close()
    with Register.open(register_path) as register:
        sheet = register.sheet(KEY)
    assert sheet.cells == {"planted": 29, "planned": 77}
    assert [entry.cells for entry in sheet.entries["plantings"]] == [{"planted": 1}, {"planted": 2}]


def test_a_text_that_did_not_fit_stays_when_its_row_gets_its_id(
    form: Filling, qtbot: QtBot
) -> None:
    grid = form.table("plantings")
    grid.view.model().paste(0, 0, [["10.04.2024", "nowhere at all"]])
    (entry,) = form.draft.entries("plantings")
    qtbot.waitUntil(lambda: any(entry.id and entry.id in cell for cell in form.draft.mistyped))
    assert grid.shows()[0][1] == "nowhere at all"


def test_problems_and_computed_figures_come_from_the_other_thread(
    form: Filling, qtbot: QtBot
) -> None:
    form.draft.set_cell("planned", 200000)
    form.draft.set_cell("planted", 176600)
    qtbot.waitUntil(lambda: form.shows("fulfilment") == "88.3")
    form.draft.set_cell("planted", 900000)
    qtbot.waitUntil(lambda: any("plan" in line for line in form.problems()))


def test_a_fault_on_the_worker_is_told_once_and_the_window_goes_on(
    form: Filling, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "taza_desktop.ui.desk.show_fault", lambda report, _parent: told.append(report)
    )
    form.draft.context.worker.run(lambda _register: 1 // 0)
    qtbot.waitUntil(lambda: len(told) == 1)
    form.draft.set_cell("planted", 5)
    qtbot.waitUntil(lambda: form.stored().cells == {"planted": 5})
