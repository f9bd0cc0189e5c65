"""Who speaks for whom, and what offices put beside totals: nothing twice, nothing hidden."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import problems
from taza_desktop.plan.overrides import LeftOut, Override, lies_in
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.plan.total_tree import Branch, tree
from taza_desktop.plan.totals import add_up

PLAN = load_plan()
FORM = PLAN.form(6)
REGION, CITY, DISTRICT, CITY_PART = "150000000", "151000000", "153200000", "151011100"
ALMATY, ALMATY_PART = "750000000", "751110000"


def key(territory: str) -> SheetKey:
    return SheetKey(6, territory, "2024")


def sheet(territory: str, planted: int, **more: Value) -> Sheet:
    marks = {"stands_for": "stands_for:", "override": "override:planted"}
    cells: Cells = {"planned": 100, "planted": planted}
    cells |= {marks[name]: value for name, value in more.items()}
    return Sheet(key(territory), cells, {"plantings": [Entry({"planted": planted})]})


def planted(*sheets: Sheet) -> object:
    return add_up(FORM, sheets).cells.get("planted")


def test_codes_say_what_lies_where_as_the_tree_does() -> None:
    offices = [office.kato for office in PLAN.territories]
    for office in (REPUBLIC, REGION, CITY, DISTRICT, ALMATY):
        within = {kato for kato in offices if lies_in(kato, office)}
        assert within == {kato for kato in offices if PLAN.territories.covers(office, kato)}


def test_a_sheet_that_is_stood_for_counts_nothing() -> None:
    mine = sheet(REGION, 50, stands_for=[CITY])
    total = add_up(FORM, [mine, sheet(CITY, 30), sheet(CITY_PART, 7), sheet(DISTRICT, 200)])
    assert total.cells["planted"] == 250
    assert total.sources["planted"] == [key(REGION), key(DISTRICT)]
    assert [entry.origin for entry in total.entries["plantings"]] == [key(REGION), key(DISTRICT)]
    assert total.left_out == [LeftOut(key(CITY), key(REGION)), LeftOut(key(CITY_PART), key(REGION))]


def test_the_highest_office_decides_and_nobody_takes_itself_out() -> None:
    country = sheet(REPUBLIC, 1000, stands_for=[REGION])
    region = sheet(REGION, 50, stands_for=[CITY, REGION])
    city = sheet(CITY, 30, stands_for=[REGION, "153200000"])
    assert planted(region, city, sheet(DISTRICT, 5)) == 55
    assert planted(city, sheet(DISTRICT, 5)) == 35  # a city speaks for nobody beside it
    assert planted(country, region, city, sheet(DISTRICT, 5), sheet(ALMATY, 8)) == 1008


@given(
    st.lists(
        st.tuples(
            st.sampled_from([REPUBLIC, REGION, CITY, DISTRICT, CITY_PART, ALMATY, ALMATY_PART]),
            st.lists(st.sampled_from([REGION, CITY, DISTRICT, CITY_PART, ALMATY]), max_size=3),
        ),
        unique_by=lambda one: one[0],
        max_size=6,
    )
)
def test_every_sheet_counts_once_or_is_told_in_any_order(
    given: list[tuple[str, list[str]]],
) -> None:
    sheets = [sheet(kato, 1, stands_for=named) for kato, named in given]
    total = add_up(FORM, sheets)
    counted = set(total.sources.get("planted", []))
    silent = {one.sheet for one in total.left_out}
    assert counted | silent == {one.key for one in sheets}
    assert not counted & silent
    assert total.cells.get("planted", 0) == len(counted)
    assert {one.by for one in total.left_out} <= counted
    for order in list(permutations(sheets))[:20]:
        assert add_up(FORM, order) == total


def test_another_total_stands_beside_the_computed_one() -> None:
    mine = sheet(REGION, 50, override=300)
    mine.cells["remark:override:planted"] = "Орман қорымен бірге"
    total = add_up(FORM, [mine, sheet(CITY, 30)])
    assert total.cells["planted"] == 80
    assert total.overrides == {"planted": [Override(key(REGION), 300, "Орман қорымен бірге")]}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"override:planted": 300}, ["override"]),
        ({"override:planted": 300, "remark:override:planted": "x"}, []),
        ({"override:fulfilment": "98.5", "remark:override:fulfilment": "x"}, []),
        ({"override:planted": "many", "remark:override:planted": "x"}, ["value"]),
        ({"override:nothing": 1, "remark:override:nothing": "x"}, ["unknown", "unknown"]),
        ({"stands_for:": [CITY]}, []),
        ({"stands_for:": [CITY, ALMATY]}, ["stands_for"]),
        ({"stands_for:": [REGION]}, ["stands_for"]),
        ({"stands_for:": CITY}, ["value"]),
        ({"stands_for:": ["Семей"]}, ["value"]),
    ],
)
def test_such_cells_are_checked(cells: Cells, found: list[str]) -> None:
    mine = Sheet(key(REGION), {"planned": 100, "planted": 100, **cells})
    stops = [problem.check for problem in problems(FORM, mine) if problem.level == "stop"]
    assert stops == found


def shown(branch: Branch) -> object:
    parts = {part.territory.kato: shown(part) for part in branch.parts}
    return branch.total.cells.get("planted"), parts


def test_the_country_shows_each_region_and_district() -> None:
    sheets = [
        sheet(REGION, 50, stands_for=[CITY], override=60),
        sheet(CITY, 30),
        sheet(CITY_PART, 7),
        sheet(DISTRICT, 200),
        sheet(ALMATY_PART, 4),
    ]
    country = tree(FORM, sheets, PLAN.territories, REPUBLIC)
    assert shown(country) == (
        254,
        {
            REGION: (250, {CITY: (37, {CITY_PART: (7, {})}), DISTRICT: (200, {})}),
            ALMATY: (4, {ALMATY_PART: (4, {})}),
        },
    )
    region = next(part for part in country.parts if part.territory.kato == REGION)
    assert region.overrides["planted"].value == 60
    assert country.overrides == {}
    assert [given.value for given in country.total.overrides["planted"]] == [60]
