"""The coordinator sees on the map who is late and how large a figure is where."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.outlines import ATTRIBUTION
from taza_desktop.plan.sheet import Sheet
from taza_desktop.register.model import Office, Role
from taza_desktop.register.register import Register
from taza_desktop.ui.map_paint import ink_on, shaded
from taza_desktop.ui.map_shades import STANDINGS, STEPS, scale_of
from taza_desktop.ui.map_values import Asked, offered, values
from taza_desktop.ui.theme import Look
from tests.ui.offices.conftest import Opener
from tests.ui.offices.pages import Mapped, Overseeing
from tests.ui.offices.world import ALGA, MARTUK, REGION, ROUND, SUFFIX, key

REPUBLIC, CITY = "000000000", "151000000"
IN_CITY = {"Astana District", "Almaty District"}
PLANTED = {ALGA: 1200, MARTUK: 300, "153600000": 800, CITY: 9000, "153400000": 50}


def _register(folder: Path, role: Role, territory: str) -> Path:
    path = folder / f"{territory}{SUFFIX}"
    with Register.create(path, Office(role, territory, "Ерлан Сапаров")) as register:
        for kato, planted in PLANTED.items():
            register.put_sheet(Sheet(key(kato), {"planned": 1000, "planted": planted}))
    return path


@pytest.fixture
def board(tmp_path: Path, open_window: Opener) -> Mapped:
    """The map of a region whose coordinator entered some sheets."""
    return Overseeing(open_window(_register(tmp_path, "region", REGION))).map()


def test_each_district_has_its_mark_and_who_has_no_outline_has_a_chip(board: Mapped) -> None:
    marks = board.marks()
    assert len(marks) == 13
    assert all(mark.endswith(" !") for mark in marks.values()), "all are late in 2024"
    assert set(board.chips()) >= IN_CITY
    assert "Aktobe Region" in board.chips(), "the region has sheets of its own"
    assert "late: sheets that are missing" in board.legend()
    assert any(ATTRIBUTION in text for text in board.board.texts())
    assert "sheets have arrived" in board.points_at(ALGA)
    page = board.clicks(ALGA).board
    assert page.names() == ["Alga District"], "its rows in the table"
    page.map().shows(_title(6)).clicks(ALGA)
    assert page.shell.window.current() == "form", "the sheet of the measure"


def test_a_figure_shades_the_map_in_steps(board: Mapped) -> None:
    board.shows(_title(6), "Saplings planted")
    assert board.marks()["Alga District"] == "1,200"
    assert board.marks()["Shalkar District"] == ""
    assert board.legend() == ["50", "300", "800", "1,200", "9,000", "no value"]
    board.shows(_title(6), "Saplings planted in per cent of the plan")
    assert board.marks()["Alga District"] == "120"
    assert "75 – 100" in board.legend()


def test_filters_and_the_keyboard_work_on_the_map_too(board: Mapped) -> None:
    board.board.asks_for("State: accepted")
    assert set(board.marks().values()) == {"·"}
    board.board.asks_for("All sheets").looks_for("алға")
    assert [name for name, mark in board.marks().items() if mark != "·"] == ["Alga District"]
    board.board.looks_for("")
    board.presses(Qt.Key.Key_Down)
    start = board.view.current()
    assert start
    board.presses(Qt.Key.Key_Right)
    to_the_right = board.view.current()
    assert board.view.place_of(to_the_right).x() > board.view.place_of(start).x()
    assert "sheets have arrived" in board.view.accessibleDescription()
    board.presses(*[Qt.Key.Key_Right] * 12)
    assert board.view.current(), "at the edge the cursor stays"
    board.presses(Qt.Key.Key_Return)
    assert len(board.board.names()) == 1


def test_the_ministry_goes_from_the_country_into_a_region(
    tmp_path: Path, open_window: Opener
) -> None:
    country = Overseeing(open_window(_register(tmp_path, "ministry", REPUBLIC))).map()
    assert len(country.marks()) == 20
    assert {"Astana city", "Republic of Kazakhstan"} <= set(country.chips()), "too small to hit"
    view = country.view
    assert all(view.at(view.place_of(kato)) == kato for kato in view._outlines), "or so it seems"
    assert view.at(QPointF(1, 1)) == ""
    country.shows(_title(6), "Saplings planted")
    assert country.marks()["Aktobe Region"] == "11,350", "the districts of the region together"
    country.clicks(REGION)
    assert len(country.marks()) == 13
    assert country.marks()["Alga District"] == "1,200"
    country.board.clicks("← All regions")
    assert len(country.marks()) == 20


def test_values_follow_the_rule_of_the_figure(tmp_path: Path) -> None:
    with Register.open(_register(tmp_path, "region", REGION)) as register:
        together = dict.fromkeys(PLANTED, REGION)
        plan, code = load_plan(), ROUND.code
        planted = values(register, plan, code, Asked(6, "planted"), together)
        assert planted == {REGION: Decimal(sum(PLANTED.values()))}
        share = values(register, plan, code, Asked(6, "planted", of_plan=True), together)
        assert share == {REGION: Decimal(100 * sum(PLANTED.values())) / 5000}
        nobody = values(register, plan, code, Asked(6, "planted"), {})
        assert nobody == {}
    offers = [asked for _figure, asked in offered(load_plan().form(6))]
    assert Asked(6, "planted", of_plan=True) in offers
    assert Asked(6, "planned", of_plan=True) not in offers


def test_steps_hold_equally_many_and_per_cents_stay_the_same() -> None:
    assert scale_of([], percent=False).ranges == ()
    same = scale_of([Decimal(7)] * 9, percent=False)
    assert same.ranges == ((Decimal(7), Decimal(7)),)
    many = scale_of([Decimal(number) for number in range(1, 101)], percent=False)
    assert [high for _low, high in many.ranges] == [20, 40, 60, 80, 100]
    assert [many.step(Decimal(number)) for number in (1, 20, 21, 100)] == [1, 1, 2, STEPS]
    shares = scale_of([Decimal(40), Decimal(130)], percent=True)
    assert [high for _low, high in shares.ranges] == [25, 50, 75, 100, 130]
    assert [shares.step(Decimal(number)) for number in (25, 26, 100, 101)] == [1, 2, 4, 5]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_shades_can_be_told_apart_in_grey_and_their_marks_read(look: Look, theme: str) -> None:
    look.set_theme(theme)
    scale = scale_of([Decimal(number) for number in range(1, 6)], percent=False)
    greys = [_grey(shaded(scale.shade(Decimal(number)))) for number in range(1, 6)]
    steps = [abs(one - other) for one, other in pairwise(greys)]
    assert min(steps) > 8, greys
    assert greys in (sorted(greys), sorted(greys, reverse=True))
    for shade in (*(scale.shade(Decimal(number)) for number in range(1, 6)), *_standing_shades()):
        assert abs(_grey(ink_on(shade)) - _grey(shaded(shade))) > 75, shade
    assert len({meaning.mark for meaning in STANDINGS.values()}) == len(STANDINGS)


def _standing_shades() -> list:
    return [meaning.shade for meaning in STANDINGS.values()]


def _grey(ink: QColor) -> float:
    return 0.299 * ink.red() + 0.587 * ink.green() + 0.114 * ink.blue()


def _title(number: int) -> str:
    return f"{number}. {load_plan().measures[number].title}"
