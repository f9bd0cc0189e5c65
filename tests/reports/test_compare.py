"""This round beside the last, territory beside territory, indicators beside their plans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports.compare import Comparison, compared
from taza_desktop.reports.content import compose
from taza_desktop.reports.neutral import Grid
from taza_desktop.reports.options import Options, chosen
from taza_desktop.reports.scope import read_scope
from taza_desktop.reports.settings import defaults
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, own_plan, put


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", Office("region", REGION, "Ерлан")) as fresh:
        put(fresh, ARAL, {"planned": 300, "planted": 250}, round="2024")
        put(fresh, ARAL, {"planned": 400, "planted": 300}, round="2025")
        put(fresh, SHIELI, {"planned": 100, "planted": 150}, round="2025")
        put(fresh, CITY, {"planned": 200, "planted": 200}, round="2025")
        put(fresh, ARAL, {"planted": 1}, round="2025-Q1")
        yield fresh


def found(register: Register, plan: Plan, round: Round) -> Comparison:
    scope = read_scope(register, plan, REGION, round, "ru", defaults(), Options())
    return compared(register, scope, [plan.measures[6]])


def test_a_round_is_compared_with_the_last_of_its_kind(register: Register, plan: Plan) -> None:
    it = found(register, plan, Round(2025))
    assert it.before == Round(2024)
    (change,) = it.changes
    assert (change.figure.name, change.before, change.now) == ("planted", 250, 650)
    assert (change.difference, change.percent) == (400, 260)


def test_the_first_round_has_nothing_to_compare_with(register: Register, plan: Plan) -> None:
    it = found(register, plan, Round(2024))
    assert (it.before, it.changes, it.ranks) == (None, (), ())


def test_territories_are_ranked_by_how_much_of_their_plan_they_did(
    register: Register, plan: Plan
) -> None:
    (ranked,) = found(register, plan, Round(2025)).ranks
    assert [(it.kato, it.percent) for it in ranked.known] == [
        (SHIELI, 150), (CITY, 100), (ARAL, 75),
    ]  # fmt: skip
    assert ranked.reached == 2
    assert (ranked.whole.planned, ranked.whole.done) == (700, 650)


def test_indicators_stand_beside_the_plan_of_the_year(register: Register, plan: Plan) -> None:
    by_name = {it.indicator.name: it for it in found(register, plan, Round(2024)).indicators}
    waste = next(it for it in by_name.values() if str(it.planned) == "25")
    assert str(waste.fact) == "25.87"
    assert str(waste.difference) == "0.87"
    assert all(it.year == 2024 for it in by_name.values())


def test_the_report_prints_the_comparisons_when_wanted(register: Register, plan: Plan) -> None:
    report = compose(register, plan, Round(2025), "ru", [6], options=chosen(("compare",)))
    tables = [it for it in report.blocks if isinstance(it, Grid) and it.caption]
    titles = [it.caption.text for it in tables if it.caption]
    assert titles[:2] == [
        "Таблица 1. 2024 год и 2025 год",
        "Таблица 2. Исполнение плана по районам и городам",
    ]
    said = [cell.text.replace("\u00a0", " ") for cell in tables[0].rows[0]]
    assert said == ["6", "Planted, шт.", "250", "650", "+400", "260"]
    said = [cell.text.replace("\u00a0", " ") for cell in tables[1].rows[0]]
    assert said[2:] == [
        "700", "650", "92,9", "Шиелийский район – 150", "Аральский район – 75", "2 из 3",
    ]  # fmt: skip
