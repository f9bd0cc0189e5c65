"""From the clerk's cell to the coordinator's report, with the worker on its own thread."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from taza_desktop.settings import Settings
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.worker import Worker
from tests.packages.kit import PASSPHRASE
from tests.ui.offices.conftest import Answers
from tests.ui.offices.pages import Overseeing, Receiving, Reporting, Sending
from tests.ui.offices.world import ALGA, GOOD, ROUND, World
from tests.ui.pages import Shell, settle

PATIENCE = 20_000  # ms; two cores may be shared with others


@pytest.fixture
def desk(qapp: QApplication, languages: Languages, look: Look) -> Iterator[Desk]:
    """A window whose register lives on another thread."""
    settings = Settings.load()
    settings.round, settings.language = ROUND.code, "en"
    made = Desk(settings, look, languages, Worker)
    made.window.resize(1366, 728)
    yield made
    made.window.close()
    made.close()
    made.window.deleteLater()
    made.deleteLater()
    settle()


def test_a_figure_gets_from_the_district_into_the_regions_report(
    desk: Desk, world: World, answers: Answers, qtbot: QtBot
) -> None:
    world.enters(GOOD)
    desk.start(world.clerk())
    shell = Shell(desk)
    qtbot.waitUntil(lambda: shell.window.current() == "due", timeout=PATIENCE)
    sending = Sending(shell)
    send = "Sign and save to a stick…"
    qtbot.waitUntil(lambda: sending.has_button(send), timeout=PATIENCE)
    sending.types("Passphrase of your key", PASSPHRASE)
    answers.path = world.stick
    sending.clicks(send)
    assert not sending.button(send).isEnabled(), "the window goes on while the worker signs"
    ready = "Package 1 is ready"
    qtbot.waitUntil(lambda: sending.notices()[0].startswith(ready), timeout=PATIENCE)
    (package,) = world.stick.glob("*.taza")

    desk.open(world.region)
    qtbot.waitUntil(lambda: shell.window.current() == "inbox", timeout=PATIENCE)
    receiving = Receiving(shell).drops(package)
    qtbot.waitUntil(lambda: receiving.has_button("Merge"), timeout=PATIENCE)
    receiving.clicks("Merge")
    qtbot.waitUntil(lambda: receiving.says().startswith("1 package merged."), timeout=PATIENCE)

    desk.window.header.round_chosen.emit(ROUND.code)  # an empty register opens in the latest one
    board = Overseeing(shell)
    qtbot.waitUntil(lambda: "Alga District" in board.names(), timeout=PATIENCE)
    assert board.letter("Alga District", 6) == "I"

    reporting = Reporting(shell)
    qtbot.waitUntil(lambda: reporting.pages() > 0, timeout=PATIENCE)
    assert "Alga" not in reporting.notices()[0].split("\n")[1], "Алға has reported"
    assert world.in_region(ALGA) == GOOD
