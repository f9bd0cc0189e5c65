"""A proxy that wants to know who asks: one calm question, remembered on wish, never a storm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from taza_desktop.exchange import keystore
from taza_desktop.exchange.place import Where
from tests.exchange.conftest import Memory
from tests.exchange.servers import Server
from tests.exchange.web import proxy
from tests.ui.offices.conftest import Opener
from tests.ui.offices.exchange_kit import (
    PATIENCE,
    Dialog,
    meets,
    pill,
    signs_and_sends_later,
    states,
    waits_for_pill,
)
from tests.ui.offices.pages import Sent
from tests.ui.offices.world import GOOD, World

LOGIN = "d153200000:сөз-7"
THERE = ["at the place of exchange"]
pytestmark = pytest.mark.qt_log_ignore("QNetworkAccessCache", extend=True)  # on a second login


@pytest.fixture
def behind(world: World, dav: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Where]:
    """A place whose name only a proxy with a login knows; both offices use it."""
    where = Where("webdav", "http://place.test/taza", plain=True)
    keystore.remember(where, dav.credential)
    with proxy(dav.port, LOGIN) as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        meets(world, where)
        world.enters(GOOD)
        yield where


def answers(dialog: Dialog, word: str) -> None:
    dialog.types("User of the proxy", LOGIN.partition(":")[0])
    dialog.types("Password of the proxy", word)


def test_it_is_asked_once_and_remembered(
    world: World, behind: Where, open_window: Opener, qtbot: QtBot, key_store: Memory
) -> None:
    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "exchange needs you")
    assert QApplication.activeModalWidget() is None, "nothing opens by itself"
    signs_and_sends_later(qtbot, clerk)
    page = Sent(clerk)
    qtbot.waitUntil(
        lambda: any("proxy of this network wants" in text for text in page.texts()),
        timeout=PATIENCE,
    )
    with Dialog(clerk) as dialog:
        assert dialog.reads("lets nobody through")
        answers(dialog, "сөз-7")
        dialog.clicks("Save")
    qtbot.waitUntil(lambda: states(clerk) == THERE, timeout=PATIENCE)
    waits_for_pill(qtbot, clerk, "up to date at ")
    assert [key for _service, key in key_store.kept if key.startswith("proxy 127.0.0.1:")]
    clerk.window.close()

    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "up to date at ")


def test_a_wrong_word_is_sent_once_and_asked_for_again(
    world: World, behind: Where, open_window: Opener, qtbot: QtBot, key_store: Memory
) -> None:
    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "exchange needs you")
    with Dialog(clerk) as dialog:
        answers(dialog, "wrong")
        dialog.clicks("Test")
        qtbot.waitUntil(lambda: dialog.reads("does not accept the user name"), timeout=PATIENCE)
        assert dialog.signs()["It accepts a connection"] == "does not work"
        answers(dialog, "сөз-7")
        dialog.all(QCheckBox)[0].setChecked(False)
        dialog.clicks("Test")
        qtbot.waitUntil(lambda: dialog.reads("The place works"), timeout=PATIENCE)
        assert not dialog.reads("lets nobody through")
        dialog.clicks("Save")
    waits_for_pill(qtbot, clerk, "up to date at ")
    assert not any("сөз" in kept for kept in key_store.kept.values()), "not on wish"
    clerk.window.close()

    clerk = open_window(world.clerk())
    waits_for_pill(qtbot, clerk, "exchange needs you")
    assert pill(clerk), "another day it is asked again"
