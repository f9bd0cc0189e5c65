"""Why a figure is what it is: the sheets, cells, people, packages and verdicts behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.plan.catalogue import Plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.sheet import SheetKey, Value
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports.content import compose
from taza_desktop.reports.neutral import figures
from taza_desktop.reports.options import chosen
from taza_desktop.reports.why import Why, at_origin, why
from tests.register.offices import new_register
from tests.reports.plans import ARAL, CITY, FORM, REGION, SHIELI, own_plan, put

YEAR = Round(2024)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", Office("region", REGION, "Ерлан Қасымұлы")) as fresh:
        winners = ({"name": "Айман", "prize": 100}, {"name": "Болат", "prize": 250})
        put(fresh, ARAL, {"planned": 400, "planted": 300}, winners)
        put(fresh, SHIELI, {"planned": 100, "planted": 50})
        yield fresh


def given(found: Why) -> list[tuple[str, Value, list[tuple[str, Value]]]]:
    """Territory, value and cells of every sheet."""
    return [
        (it.sheet.territory, it.value, [(cell.cell, cell.value) for cell in it.cells])
        for it in found.behind
    ]


def test_a_total_names_its_sheets_and_their_cells(register: Register, plan: Plan) -> None:
    found = why(register, plan, YEAR, REGION, 6, "planted")
    assert found.value == 350
    assert given(found) == [
        (ARAL, 300, [("planted", 300)]),
        (SHIELI, 50, [("planted", 50)]),
    ]
    (change,) = found.behind[0].cells[0].past
    assert (change.value, change.author, change.verified) == (300, "Ерлан Қасымұлы", "own")
    assert found.behind[0].verdict.verdict == ""


def test_a_computed_figure_names_what_it_is_computed_from(register: Register, plan: Plan) -> None:
    found = why(register, plan, YEAR, REGION, 6, "fulfilment")
    assert found.value == 70
    assert given(found)[0] == (ARAL, 75, [("planned", 400), ("planted", 300)])


@pytest.mark.parametrize(
    ("address", "value", "cells"),
    [
        ("winners.count", 2, [("name", "Айман"), ("name", "Болат")]),
        ("winners.prize", 350, [("prize", 100), ("prize", 250)]),
    ],
)
def test_a_column_names_its_rows(
    register: Register, plan: Plan, address: str, value: int, cells: list[tuple[str, Value]]
) -> None:
    found = why(register, plan, YEAR, REGION, 6, address)
    assert found.value == value
    assert given(found) == [(ARAL, value, cells)]
    assert all(len(cell.past) == 1 for cell in found.behind[0].cells)


def test_a_cell_of_a_row_is_told_with_its_past(register: Register, plan: Plan) -> None:
    key = SheetKey(6, ARAL, "2024")
    (first, _second) = register.sheet(key).entries["winners"]
    register.set_entry_cell(first.id, "prize", 175)
    found = why(register, plan, YEAR, REGION, 6, f"winners/{first.id}/prize")
    assert given(found) == [(ARAL, 175, [("prize", 175)])]
    assert [it.value for it in found.behind[0].cells[0].past] == [175, 100]


def test_what_offices_state_stands_beside_and_who_is_left_out_is_said(
    register: Register, plan: Plan
) -> None:
    own = {
        "planted": 10,
        "override:planted": 999,
        "remark:override:planted": "Акт",
    }
    put(register, REGION, {**own, "stands_for:": [SHIELI]})
    found = why(register, plan, YEAR, REGION, 6, "planted")
    assert found.value == 310
    assert [(it.sheet.territory, it.value, it.remark) for it in found.overrides] == [
        (REGION, 999, "Акт")
    ]
    assert [(it.sheet.territory, it.by.territory) for it in found.left_out] == [(SHIELI, REGION)]


def test_a_part_of_the_territory_can_be_asked_for(register: Register, plan: Plan) -> None:
    assert given(why(register, plan, YEAR, ARAL, 6, "planted")) == [(ARAL, 300, [("planted", 300)])]
    assert given(why(register, plan, YEAR, CITY, 6, "planted")) == []


def test_every_printed_figure_leads_back(register: Register, plan: Plan) -> None:
    report = compose(register, plan, YEAR, "ru", [6], options=chosen(("figures", "entries")))
    printed = figures(report)
    assert len(printed) > 20
    for origin in printed:
        found = at_origin(register, plan, origin)
        assert found.value == origin.value
        assert [it.sheet for it in found.behind] == list(origin.sources)
        if origin.value is not None:
            assert all(it.cells for it in found.behind)


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ("nothing", "WHY-NO-FIGURE"),
        ("winners.nothing", "WHY-NO-FIGURE"),
        ("winners/00/prize", "WHY-NO-ENTRY"),
    ],
)
def test_what_is_not_there_is_refused(
    register: Register, plan: Plan, figure: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        why(register, plan, YEAR, REGION, 6, figure)
    assert refused.value.code == code
