"""Cells of an older plan are lifted: renamed, merged, split, retired, with what points at them."""

from __future__ import annotations

import pytest

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import Cells, Value
from taza_desktop.plan.upgrades import UPGRADES, Change, Upgrade, is_known, lift

ROW = "0a" * 16


def _halves(value: Value) -> Cells:
    """A cell that held two numbers with a stroke between."""
    first, _, second = str(value or "").partition("/")
    return {"boys": int(first) if first else None, "girls": int(second) if second else None}


PAST = {
    "1": Upgrade("2", [Change(6, "", "trees", "planted"), Change(6, "plantings", "kind")]),
    "2": Upgrade(
        "3",
        [
            Change(6, "", "planted", "trees"),
            Change(6, "", "saplings", "trees"),
            Change(6, "", "children", _halves),
            Change(6, "plantings", "site", "place"),
        ],
    ),
}


def lifted(cells: Cells, table: str = "", since: str = "2", measure: int = 6) -> Cells:
    return lift(measure, table, cells, since, PAST)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("", {"planted": 5, "note": "x"}, {"trees": 5, "note": "x"}),
        ("", {"planted": None}, {"trees": None}),
        ("", {"remark:planted": "why"}, {"remark:trees": "why"}),
        ("", {"na:planted": "none"}, {"na:trees": "none"}),
        ("", {"override:planted": 7}, {"override:trees": 7}),
        ("", {"remark:override:planted": "why"}, {"remark:override:trees": "why"}),
        ("", {"remark:": "of all", "sentence:ru": "…"}, {"remark:": "of all", "sentence:ru": "…"}),
        ("", {"retired:planted": 1}, {"retired:planted": 1}),
        ("plantings", {"site": "x", "planted": 5}, {"place": "x", "planted": 5}),
        ("plantings", {"deleted:": True, "same:": ROW}, {"deleted:": True, "same:": ROW}),
        ("review:", {"remark:planted": "no"}, {"remark:trees": "no"}),
        (
            "review:",
            {f"answer:plantings/{ROW}/site": "so", f"was:plantings/{ROW}": "ab"},
            {f"answer:plantings/{ROW}/place": "so", f"was:plantings/{ROW}": "ab"},
        ),
        ("review:", {"verdict": "returned", "remark:": "of all"}, None),
        ("package:", {"withdrawn": True}, None),
    ],
)
def test_a_renamed_cell_takes_along_what_points_at_it(
    table: str, before: Cells, after: Cells | None
):
    assert lifted(before, table) == (before if after is None else after)


def test_two_names_may_change_places():
    swap = {"1": Upgrade("2", [Change(6, "", "a", "b"), Change(6, "", "b", "a")])}
    assert lift(6, "", {"a": 1, "b": 2, "na:b": "x"}, "1", swap) == {"b": 1, "a": 2, "na:a": "x"}


def test_of_two_cells_that_become_one_neither_value_is_lost():
    assert lifted({"saplings": 3}) == {"trees": 3}
    assert lifted({"saplings": 3, "planted": None}) == {"trees": 3}
    both = lifted({"saplings": 3, "planted": 5})
    assert both == {"trees": 5, "retired:saplings": 3}
    assert lifted(both) == both


def test_a_cell_may_be_split_and_a_mark_stays_with_the_first_part():
    assert lifted({"children": "12/9"}) == {"boys": 12, "girls": 9}
    assert lifted({"children": None}) == {"boys": None, "girls": None}
    assert lifted({"remark:children": "why"}) == {"remark:boys": "why"}


def test_a_retired_cell_is_kept_under_its_old_name():
    given = {"kind": "x", "remark:kind": "why", "site": "y"}
    kept = {"retired:kind": "x", "retired:remark:kind": "why", "place": "y"}
    assert lifted(given, "plantings", "1") == kept


def test_several_versions_are_climbed_one_after_the_other():
    assert lifted({"trees": 5}, since="1") == {"trees": 5}  # by way of `planted`
    assert lifted({"saplings": 5}, since="3") == {"saplings": 5}


def test_other_measures_are_left_alone():
    cells: Cells = {"planted": 5}
    assert lifted(cells, measure=7) is cells


def test_nothing_given_is_changed():
    cells: Cells = {"planted": 5}
    lifted(cells)
    assert cells == {"planted": 5}


@pytest.mark.parametrize(
    ("version", "known"), [("1", True), ("2", True), ("3", True), ("4", False)]
)
def test_which_versions_are_known(version: str, known: bool):
    assert is_known(version, "3", PAST) is known


def test_every_real_upgrade_leads_to_the_plan_of_today_and_to_cells_that_it_has():
    plan = load_plan()
    for version, upgrade in UPGRADES.items():
        assert is_known(version, plan.version)
        for change in upgrade.changes:
            form = plan.form(change.measure)
            tables = {table.name: table.columns for table in form.tables} | {"": form.figures}
            names = {figure.name for figure in tables[change.table] if figure.computed is None}
            new = lift(change.measure, change.table, {change.cell: None}, version)
            assert {name for name in new if not name.startswith("retired:")} <= names


def test_2024_2_the_applications_of_measure_22_are_all_of_them():
    old: Cells = {"applications": 8, "applications_all": 20, "remark:applications": "бар"}
    new = {"ecology_applications": 8, "applications": 20, "remark:ecology_applications": "бар"}
    assert lift(22, "", old, "2024.1") == new
    assert lift(22, "", new, "2024.2") == new


def test_2024_2_the_resources_of_measure_59_are_named_as_in_measure_34():
    old: Cells = {"energy": "10.5", "water": "3", "energy_before": "11"}
    assert lift(59, "", old, "2024.1") == {
        "energy_used": "10.5",
        "water_used": "3",
        "energy_before": "11",
    }
