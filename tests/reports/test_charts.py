"""Pictures of a report: which there are, that they show every number, that words say the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from taza_desktop.i18n import Language
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.form import Figure
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports.chart_data import PERCENT, leading, percent_of
from taza_desktop.reports.chart_parts import SHADES, WHITE, ink_on
from taza_desktop.reports.content import compose
from taza_desktop.reports.drawing import Area, Drawing, Label, Line
from taza_desktop.reports.map_drawing import scale_of, shade
from taza_desktop.reports.neutral import Picture, Report
from taza_desktop.reports.options import chosen
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, own_plan, put, same

YEAR = Round(2024)
ZHANAKORGAN = "434000000"
SLOWEST = 0.05  # seconds for one picture


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", Office("region", REGION, "Ерлан")) as fresh:
        yield fresh


def pictures(
    register: Register, plan: Plan, lang: Language = "ru", round: Round = YEAR
) -> dict[str, Picture]:
    """By their captions without the number."""
    report = compose(register, plan, round, lang, [6], options=chosen(("pictures",)))
    return {titled(it): it for it in drawn(report)}


def drawn(report: Report) -> list[Picture]:
    return [it for it in report.blocks if isinstance(it, Picture)]


def titled(picture: Picture) -> str:
    assert picture.caption
    return picture.caption.after.partition(". ")[2]


def said(picture: Picture) -> list[str]:
    assert isinstance(picture.image, Drawing)
    labels = (it for it in picture.image.shapes if isinstance(it, Label))
    return [it.text.replace("\u00a0", " ") for it in labels]


BARS = "Planted, шт.: план и факт"
MAP = "Planted, шт.: исполнение плана, %"
ON_MAP = "Planted, шт.: на карте"
TREND = "Planted, шт.: план и факт по периодам"
GRID = "Представление форм (в столбцах – номера мероприятий)"


def three_districts(register: Register) -> None:
    put(register, ARAL, {"planned": 4000, "planted": 3000})
    put(register, SHIELI, {"planned": 2000, "planted": 2600})
    put(register, CITY, {"planned": 1000, "planted": 700})


def test_bars_and_map_say_every_number(register: Register, plan: Plan) -> None:
    three_districts(register)
    found = pictures(register, plan)
    assert list(found) == [GRID, BARS, MAP]
    bars = said(found[BARS])
    assert bars[:2] == ["План", "Факт"]
    for number in ("4 000", "3 000", "75", "2 000", "2 600", "130", "700", "70"):
        assert number in bars
    shown = said(found[MAP])
    assert {"75", "130", "70", "Аральский район", "≤ 25", "> 100", "нет данных"} <= set(shown)
    assert any("arodionoff/geokz" in text for text in shown)
    alt = found[BARS].alt.replace("\u00a0", " ")
    assert "Аральский район – план 4 000, факт 3 000" in alt


def test_without_a_plan_only_facts_are_shown(register: Register, plan: Plan) -> None:
    for kato in (ARAL, SHIELI, CITY):
        put(register, kato, {"planted": 700})
    found = pictures(register, plan)
    assert list(found) == [GRID, "Planted, шт.: по территориям", ON_MAP]
    assert "План" not in said(found["Planted, шт.: по территориям"])
    assert said(found[ON_MAP]).count("700") == 3, "the facts themselves"


def test_a_form_without_plans_is_shown_on_the_map_by_what_is_told_first(register: Register) -> None:
    figures = tuple(replace(it, of=None) for it in FORM.figures if it.computed is None)
    plan = own_plan(replace(FORM, figures=figures, sentences=(), checks=()))
    put(register, ARAL, {"planned": 1, "planted": 3000})
    put(register, SHIELI, {"planted": 2600})
    assert list(pictures(register, plan)) == [GRID], "too few"
    put(register, CITY, {"planted": 0})
    found = pictures(register, plan)
    assert list(found) == [GRID, ON_MAP]
    assert {"3 000", "2 600", "0", "нет данных"} <= set(said(found[ON_MAP]))


def test_what_is_told_first_is_a_fact_else_a_number_else_nothing() -> None:
    by_name = {it.name: it for it in FORM.figures}
    assert leading(FORM) == by_name["planted"]
    assert (
        leading(replace(FORM, figures=(by_name["manager"], by_name["spent"]))) == by_name["spent"]
    )
    assert leading(replace(FORM, figures=(by_name["manager"],))) is None


def test_of_two_territories_there_is_no_chart(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 4000, "planted": 3000})
    put(register, SHIELI, {"planned": 2000, "planted": 2600})
    assert list(pictures(register, plan)) == [GRID]


def test_the_rounds_before_stand_beside(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 4000, "planted": 3000}, round="2024")
    put(register, ARAL, {"planned": 5000, "planted": 5100}, round="2025")
    found = pictures(register, plan, round=Round(2025))
    shown = said(found[TREND])
    assert {"3 000", "5 100", "2024 год", "2025 год"} <= set(shown)


def test_the_grid_says_how_far_each_sheet_has_come(register: Register, plan: Plan) -> None:
    put(register, ARAL, {"planned": 4000})
    shown = said(pictures(register, plan)[GRID])
    assert {"Аральский район", "6", "–", "не начато"} <= set(shown)


def test_the_country_is_shown_by_region(tmp_path: Path, plan: Plan) -> None:
    with new_register(tmp_path, "ministry", Office("ministry", REPUBLIC, "А. А.")) as ministry:
        for region, done in (("100000000", 90), ("390000000", 50), ("430000000", 120)):
            put(ministry, region, {"planned": 100, "planted": done})
        found = pictures(ministry, plan, "kk")
    titles = list(found)
    assert titles[1:] == ["Planted, түп: жоспар мен факт", "Planted, түп: жоспардың орындалуы, %"]
    shown = said(found[titles[2]])
    assert {"90", "50", "120", "Қостанай облысы", "Алматы қаласы"} <= set(shown)
    polygons = [
        it for it in found[titles[2]].image.shapes if isinstance(it, Area) and len(it.rings[0]) > 4
    ]
    assert len(polygons) > 15
    assert {str(number) for number in range(1, 21)} <= set(shown)
    assert {it.fill for it in polygons} == {WHITE, SHADES[1], SHADES[3], SHADES[4]}


def test_nothing_is_drawn_outside_and_everything_soon(register: Register, plan: Plan) -> None:
    three_districts(register)
    put(register, ZHANAKORGAN, {"planned": 1, "planted": 10**9})
    start = time.perf_counter()
    found = pictures(register, plan)
    assert time.perf_counter() - start < 1
    for picture in found.values():
        assert isinstance(picture.image, Drawing)
        points = [
            point
            for shape in picture.image.shapes
            for point in (
                (shape.at,)
                if isinstance(shape, Label)
                else shape.points
                if isinstance(shape, Line)
                else [it for ring in shape.rings for it in ring]
            )
        ]
        assert all(-0.01 <= x <= picture.width + 0.01 for x, _ in points)
        assert all(-0.01 <= y <= picture.height + 0.01 for _, y in points)


def test_steps_have_equally_many_and_per_cents_always_the_same() -> None:
    figure = Figure("n", "count", same("N"))
    values = [Decimal(it) for it in range(1, 101)]
    assert scale_of(values, figure) == (20, 40, 60, 80)
    assert scale_of([Decimal(5), Decimal(7)], figure) == (5,)
    assert scale_of(values, PERCENT) == (25, 50, 75, 100)
    steps = scale_of(values, PERCENT)
    assert [shade(it, steps) for it in (None, 0, 25, "25.1", 100, 101)] == [
        WHITE, SHADES[0], SHADES[0], SHADES[1], SHADES[3], SHADES[4],
    ]  # fmt: skip


def test_shades_get_darker_in_grey_and_words_on_them_are_read() -> None:
    greys = [sum(bytes.fromhex(it.removeprefix("#"))) for it in SHADES]
    assert greys == sorted(greys, reverse=True)
    assert min(a - b for a, b in pairwise(greys)) > 60
    assert [ink_on(it) for it in (SHADES[0], SHADES[-1])] == ["#000000", WHITE]


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.3"), (3, 2, 150), (None, 2, None), (1, 0, None), ("0.5", "0.25", 200)],
)
def test_a_per_cent_of_nothing_is_none(part: object, whole: object, percent: object) -> None:
    assert percent_of(part, whole) == percent
