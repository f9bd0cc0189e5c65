"""The first start: three steps to an own register, or none for the example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.i18n import language
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.settings import Settings
from taza_desktop.ui.first_start import FirstStart
from taza_desktop.ui.translation import Languages
from taza_desktop.ui.worker import WorkerAtOnce
from tests.ui.pages import Started, settle


@pytest.fixture
def started(languages: Languages) -> Iterator[Started]:
    dialog = FirstStart(Settings.load(), languages, WorkerAtOnce)
    dialog.show()
    yield Started(dialog)
    dialog.close()
    dialog.deleteLater()
    settle()


def test_a_clerk_comes_to_a_register_in_three_steps(started: Started, tmp_path: Path) -> None:
    started.speaks("ru").works_at("clerk")
    assert started.looks_for("алгин") == ["Алгинский район · Актюбинская область"]
    path = started.is_called(" Айгүл  Серікова ").keeps_it_in(tmp_path).starts()
    assert path == tmp_path / "Алгинский район.taza-register"
    with Register.open(path) as register:
        assert register.office == Office("clerk", "153200000", "Айгүл Серікова")
    assert Settings.load().language == "ru"


def test_the_language_comes_first_and_is_in_force_at_once(started: Started) -> None:
    assert started.dialog.ui.steps.currentIndex() == 0
    started.speaks("kk")
    assert language() == "kk"
    assert started.dialog.ui.steps.currentIndex() == 1


def test_equal_names_are_told_apart_by_their_region(started: Started) -> None:
    started.speaks("ru").works_at("clerk")
    abai = [name for name in started.looks_for("абайский") if name.startswith("Абайский район")]
    assert len(abai) == 3
    assert len(set(abai)) == 3


def test_a_coordinator_chooses_among_the_regions_and_the_ministry_chooses_nothing(
    started: Started,
) -> None:
    started.speaks("kk").works_at("region")
    assert started.dialog.ui.found.count() == 20
    started.dialog.ui.back.click()
    started.works_at("ministry")
    assert started.dialog.ui.territory.isHidden()
    started.is_called("Серік")
    assert started.dialog.ui.start.isEnabled()


def test_nothing_can_be_started_without_a_name_or_a_territory(started: Started) -> None:
    started.speaks("en").works_at("clerk")
    assert not started.dialog.ui.start.isEnabled()
    started.looks_for("алга")
    started.is_called("A")
    started.dialog.ui.found.setCurrentRow(0)
    assert started.dialog.ui.start.isEnabled()
    started.dialog.ui.person.clear()
    assert not started.dialog.ui.start.isEnabled()


def test_a_file_that_is_there_is_refused_and_left_alone(started: Started, tmp_path: Path) -> None:
    started.speaks("en").works_at("clerk").looks_for("153200000")
    started.is_called("A").keeps_it_in(tmp_path)
    Path(started.dialog.ui.file.text()).write_text("a letter", encoding="utf-8")
    assert started.starts() is None
    assert "is there already" in started.dialog.ui.messages.accessibleName()
    assert started.dialog.isVisible()
    assert Path(started.dialog.ui.file.text()).read_text(encoding="utf-8") == "a letter"
