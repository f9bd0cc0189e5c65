"""The worked example is made once and opened ever after; recent registers are offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from taza_desktop.demo import example as demo
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui import example
from taza_desktop.ui.first_start import FirstStart
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.worker import WorkerAtOnce
from tests.ui.pages import Shell, settle


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Stands in for the minute that the example takes; notes where it was made."""
    folders: list[Path] = []

    def make(into: Path, _language: str) -> None:
        folders.append(into)
        (into / "registers").mkdir(parents=True)
        ministry = into / "registers" / "ministry.taza-register"
        Register.create(ministry, Office("ministry", "000000000", "M")).close()

    monkeypatch.setattr(demo, "make", make)
    monkeypatch.setattr(example, "folder", lambda: tmp_path / "example")
    return folders


def test_the_example_is_made_once(made: list[Path], languages: Languages) -> None:
    paths: list[Path | None] = []
    for _ in range(2):
        dialog = FirstStart(Settings(language="en"), languages, WorkerAtOnce)
        dialog.ui.example.click()
        paths.append(dialog.path)
        dialog.deleteLater()
        settle()
    assert len(made) == 1
    assert paths[0] == paths[1] == made[0] / "registers" / "ministry.taza-register"


def test_registers_opened_before_are_offered(shell: Shell, tmp_path: Path) -> None:
    first = Path(Settings.load().recent[0])
    other = tmp_path / "other.taza-register"
    Register.create(other, Office("region", "150000000", "R")).close()
    shell.window.register_menu.chosen.emit(other)
    settle()
    assert shell.window.ui.office.text() == "Aktobe Region"
    assert shell.window.current() == "inbox"
    offered = shell.window.register_menu._menu.actions()[0]
    assert offered.text() == first.stem
    offered.trigger()
    settle()
    assert shell.window.ui.office.text() == "Alga District"
