"""What an office sets for its reports: checked, kept in its register, in force."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from taza_desktop.errors import EnvironmentFault, Refusal
from taza_desktop.plan.rounds import Round
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports import own_settings
from taza_desktop.reports.content import compose
from taza_desktop.reports.neutral import Paragraph, Photo, Picture
from taza_desktop.reports.settings import defaults, of_office, shipped
from tests.register.offices import new_register
from tests.reports.plans import FORM, REGION, own_plan


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", Office("region", REGION, "Е. Қ.")) as fresh:
        yield fresh


def test_every_setting_has_a_place_in_what_ships() -> None:
    for name in own_settings.RULES:
        assert type(shipped(name)) in (str, int, float, bool)
    assert own_settings.shown({})["font.size"] == defaults().layout.size


def test_settings_are_kept_and_in_force(register: Register) -> None:
    typed = {"font.size": "13,5", "page.landscape": "false", "office.date": "30.01.2026"}
    own_settings.change(register, typed)
    own_settings.change(register, {"office.position.kk": " Облыс әкімі "})
    own = own_settings.read(register)
    assert own == {
        "font.size": 13.5,
        "page.landscape": False,
        "office.date": "2026-01-30",
        "office.position.kk": "Облыс әкімі",
    }
    settings = of_office(own)
    assert (settings.layout.size, settings.layout.landscape) == (13.5, False)
    assert settings.layout.table_size == defaults().layout.table_size
    report = compose(register, own_plan(FORM), Round(2024), "kk", [6])
    assert report.layout.size == 13.5


def test_a_blank_puts_back_what_ships(register: Register) -> None:
    own_settings.change(register, {"font.size": "10", "office.phone": "1"})
    own_settings.change(register, {"font.size": " "})
    assert own_settings.read(register) == {"office.phone": "1"}


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("font.size", "200", "REPORT-SETTING-VALUE"),
        ("font.size", "large", "REPORT-SETTING-VALUE"),
        ("text.entries", "1.5", "REPORT-SETTING-VALUE"),
        ("page.landscape", "maybe", "REPORT-SETTING-VALUE"),
        ("office.date", "31.02.2026", "REPORT-SETTING-VALUE"),
        ("font.colour", "red", "REPORT-SETTING"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    register: Register, name: str, typed: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        own_settings.change(register, {"office.phone": "1", name: typed})
    assert refused.value.code == code
    assert own_settings.read(register) == {}


def test_a_setting_of_a_later_program_is_left_alone(register: Register) -> None:
    register.put_setting(own_settings.NAME, json.dumps({"font.colour": "red", "font.size": 9}))
    assert own_settings.read(register) == {"font.size": 9}


def test_the_emblem_is_a_small_picture_above_the_letterhead(
    register: Register, tmp_path: Path
) -> None:
    picture = tmp_path / "emblem.jpg"
    Image.new("RGB", (1200, 600), "green").save(picture)
    typed = {"office.emblem": str(picture), "office.letterhead.ru": "АКИМАТ\nОБЛАСТИ"}
    own_settings.change(register, typed)
    first, *others = compose(register, own_plan(FORM), Round(2024), "ru", [6]).blocks
    assert isinstance(first, Picture)
    assert isinstance(first.image, Photo)
    assert Image.open(BytesIO(first.image.data)).size == (400, 200)
    assert (first.width, first.height) == (24, 12)
    lines = [it.text for it in others if isinstance(it, Paragraph) and it.style == "letterhead"]
    assert lines == ["АКИМАТ", "ОБЛАСТИ"]
    own_settings.change(register, {"office.emblem": ""})
    assert own_settings.shown(own_settings.read(register))["office.emblem"] is False


def test_a_letterhead_that_is_no_picture_is_refused(register: Register, tmp_path: Path) -> None:
    text = tmp_path / "emblem.png"
    text.write_text("no picture")
    with pytest.raises(Refusal, match="REPORT-SETTING-VALUE"):
        own_settings.change(register, {"office.emblem": str(text)})
    with pytest.raises(EnvironmentFault):
        own_settings.change(register, {"office.emblem": str(tmp_path / "gone.png")})


def test_settings_never_travel(register: Register, tmp_path: Path) -> None:
    own_settings.change(register, {"office.phone": "8 (7242) 00-00-00"})
    with (tmp_path / "dump").open("wb") as out:
        register.dump(out)
    assert "7242" not in (tmp_path / "dump").read_text("utf-8")
