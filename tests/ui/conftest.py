"""A register of a district, and the window on it, with a worker that works at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui.desk import Desk
from taza_desktop.ui.theme import Look
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.worker import WorkerAtOnce
from tests.ui.pages import KEY, Shell, settle

DISTRICT = KEY.territory  # Алға ауданы


@pytest.fixture
def register_path(tmp_path: Path) -> Path:
    """An empty register of a clerk."""
    path = tmp_path / "Алға.taza-register"
    Register.create(path, Office("clerk", DISTRICT, "Айгүл Серікова")).close()
    return path


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    made = Languages(qapp)
    yield made
    made.use("en")
    made.deleteLater()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp, Settings(theme="light"))
    yield made
    qapp.setStyleSheet("")
    made.deleteLater()


@pytest.fixture
def shell(
    qapp: QApplication, languages: Languages, look: Look, register_path: Path
) -> Iterator[Shell]:
    """The window open on the register, in English, in the round of 2024."""
    settings = Settings.load()
    settings.round, settings.language = KEY.round, "en"
    desk = Desk(settings, look, languages, WorkerAtOnce)
    desk.window.resize(1366, 728)
    desk.start(register_path)
    desk.window.header.round_chosen.emit(KEY.round)
    settle()
    yield Shell(desk)
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()
    settle()
