"""A region with two districts, cheap keys, and the window on any of their registers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from taza_desktop.packages import keys
from taza_desktop.settings import Settings
from taza_desktop.ui import choosing, desk
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.worker import WorkerAtOnce
from tests.exchange import servers
from tests.exchange.conftest import key_store  # noqa: F401  pytest finds fixtures by their name
from tests.exchange.servers import Server
from tests.packages.kit import Plain
from tests.ui.offices.world import ROUND, World, make_world
from tests.ui.pages import Shell, settle

Opener = Callable[[Path], Shell]


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scrypt takes a second on purpose; here the passphrase is only compared."""
    monkeypatch.setattr(keys, "Age", Plain)


@pytest.fixture(autouse=True)
def _faults_are_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the program fails the test instead of opening a dialog that nobody answers."""

    def fail(report: str, _parent: object) -> None:
        raise AssertionError(report)

    monkeypatch.setattr(desk, "show_fault", fail)


@pytest.fixture(scope="session")
def dav() -> Iterator[Server]:
    """Apache, as an office would run it."""
    with servers.public_folder() as folder, servers.apache(folder) as server:
        yield server


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The registers, closed, so that a window can open them."""
    return make_world(tmp_path)


@pytest.fixture
def open_window(languages: Languages, look: Look) -> Iterator[Opener]:
    """Opens the window on a register, in English, in the round of 2024."""
    desks: list[Desk] = []

    def opened(path: Path) -> Shell:
        settings = Settings.load()
        settings.round, settings.language = ROUND.code, "en"
        made = Desk(settings, look, languages, WorkerAtOnce)
        desks.append(made)
        made.window.resize(1366, 728)
        made.start(path)
        made.window.header.round_chosen.emit(ROUND.code)
        settle()
        return Shell(made)

    yield opened
    for made in desks:
        made.window.close()
        made.window.deleteLater()
        made.deleteLater()
    settle()


class Answers:
    """What the person answers to the next file dialog; empty is "cancel"."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.asked: list[str] = []

    def one(self, _parent: object, title: str, start: str, _kinds: str) -> tuple[str, str]:
        self.asked.append(start)
        return (str(self.path) if self.path else "", "")

    def many(self, _parent: object, title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        return ([str(self.path)] if self.path else [], "")

    def folder(self, _parent: object, title: str, start: str) -> str:
        return str(self.path) if self.path else ""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """File dialogs that are answered at once."""
    made = Answers()

    class Dialog(QFileDialog):
        getSaveFileName = staticmethod(made.one)
        getOpenFileName = staticmethod(made.one)
        getOpenFileNames = staticmethod(made.many)
        getExistingDirectory = staticmethod(made.folder)

    monkeypatch.setattr(choosing, "QFileDialog", Dialog)
    return made
