"""`enter` and `sheets`: figures in and out as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.cli.sheet_json import read_sheets
from taza_desktop.errors import Refusal
from taza_desktop.plan.catalogue import load_plan
from tests.running import Outcome, Taza

DISTRICT = "393600000"
SHEET: dict[str, Any] = {
    "measure": 6,
    "territory": DISTRICT,
    "round": "2024",
    "figures": {"planned": 1000, "planted": 1100, "tended_area": 374.60, "cost": 1500000},
    "entries": {
        "plantings": [
            {"date": "2024-10-31", "place": DISTRICT, "species": "pine", "planted": 100},
            {"place": DISTRICT, "planted": 20, "remark:planted": "Мектеп ауласы"},
        ]
    },
    "remarks": {"planted": "Қосымша отырғызылды", "sheet": "Тексерілді"},
    "na": {"pruned": "Ағаш бұталған жоқ"},
    "sentences": {"kk": "1 100 көшет отырғызылды."},
}


def put(taza: Taza, register: Path, sheets: object, *options: str) -> Outcome:
    """Enter sheets."""
    file = register.with_suffix(".json")
    file.write_text(json.dumps(sheets, ensure_ascii=False), encoding="utf-8")
    return taza("enter", register, file, *options)


def held(taza: Taza, register: Path) -> list[dict[str, Any]]:
    """The sheets of a register without the ids of rows."""
    rows = taza("sheets", register, "--json").json
    for row in rows:
        for entries in row["entries"].values():
            for entry in entries:
                assert len(entry.pop("id")) == 32
    return rows


def changed(**parts: object) -> dict[str, Any]:
    """The sheet with other parts."""
    return {**SHEET, **parts}


def test_what_was_entered_comes_back_in_the_same_shape(taza: Taza, district: Path) -> None:
    assert put(taza, district, [SHEET]).code == 0
    (back,) = held(taza, district)
    assert back == changed(figures={**SHEET["figures"], "tended_area": "374.6"})
    assert taza("sheets", district, "--round", "2025", "--json").json == []


def test_a_round_trip_changes_nothing(taza: Taza, district: Path) -> None:
    put(taza, district, [SHEET])
    before = taza("dump", district).out
    given_out = district.with_name("out.json")
    given_out.write_text(taza("sheets", district, "--json").out, encoding="utf-8")
    assert taza("enter", district, given_out).code == 0
    assert taza("dump", district).out == before


def test_a_row_with_its_id_is_changed_and_one_left_out_is_taken_away(
    taza: Taza, district: Path
) -> None:
    put(taza, district, [SHEET])
    (sheet,) = taza("sheets", district, "--json").json
    kept = sheet["entries"]["plantings"][1]
    kept["planted"] = 30
    sheet["entries"]["plantings"] = [kept]
    assert put(taza, district, [sheet]).code == 0
    assert taza("sheets", district, "--json").json[0]["entries"]["plantings"] == [kept]


def test_an_id_from_elsewhere_makes_a_new_row(taza: Taza, district: Path) -> None:
    rows = [{"id": "../x", "place": DISTRICT, "planted": 5}]
    assert put(taza, district, [changed(entries={"plantings": rows})]).code == 0
    assert held(taza, district)[0]["entries"]["plantings"] == [{"place": DISTRICT, "planted": 5}]


def test_problems_are_printed_and_answered_by_a_remark(taza: Taza, district: Path) -> None:
    far = {"planned": 21700, "planted": 100418}
    outcome = put(taza, district, [changed(figures=far, remarks={}, entries={})], "--json").json
    (problem,) = outcome["problems"]
    assert outcome["sheets"] == 1
    assert (problem["check"], problem["level"], problem["cell"]) == (
        "above_plan",
        "explain",
        "planted",
    )
    assert not problem["answered"]
    again = put(
        taza, district, [changed(figures=far, remarks={"planted": "Себебі бар"}, entries={})]
    )
    assert again.code == 0
    assert "explain ✓" in again.out


def test_one_stop_problem_refuses_the_whole_file(taza: Taza, district: Path) -> None:
    put(taza, district, [SHEET])
    before = taza("dump", district).out
    good = changed(round="2025-Q1")
    bad = changed(figures={"planted": 10, "on_enterprises": 11}, entries={})
    refused = put(taza, district, [good, bad], "--json")
    assert refused.code == 1
    assert refused.json["code"] == "CLI-STOP"
    assert refused.json["ok"] is False
    assert [one["check"] for one in refused.json["problems"] if one["level"] == "stop"] == [
        "enterprises_within_total"
    ]
    assert "CLI-STOP: Measure 6" in refused.err
    assert taza("dump", district).out == before


@pytest.mark.parametrize(
    ("figures", "check"),
    [
        ({"planted": -1}, "value"),
        ({"planted": 1.5}, "value"),
        ({"planted": "many"}, "value"),
        ({"planted": True}, "value"),
        ({"planted": 1, "cost": 0.001}, "value"),
        ({"planted": 1, "survival": 101}, "maximum"),
        ({"planted": 1, "fulfilment": 5}, "computed"),
        ({"planted": 1, "trees": 5}, "unknown"),
        ({"planted": {"a": [1.5]}}, "value"),
        ({"planted": 2**60}, "value"),
    ],
)
def test_a_value_that_does_not_fit_its_cell_is_refused(
    taza: Taza, district: Path, figures: dict[str, object], check: str
) -> None:
    refused = put(taza, district, [changed(figures=figures, entries={}, na={})], "--json")
    assert refused.code == 1
    assert refused.json["code"] == "CLI-STOP"
    assert check in {one["check"] for one in refused.json["problems"]}
    assert held(taza, district) == []


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({}, "CLI-JSON"),
        ([1], "CLI-JSON"),
        ([changed(figures=[])], "CLI-JSON"),
        ([changed(entries={"plantings": {}})], "CLI-JSON"),
        ([changed(entries={"plantings": [{"id": 7}]})], "CLI-JSON"),
        ([changed(extra=1)], "CLI-JSON"),
        ([changed(measure="6")], "CLI-JSON"),
        ([SHEET, SHEET], "CLI-TWICE"),
        ([changed(measure=61)], "PLAN-NO-FORM"),
        ([changed(territory="000000001")], "PLAN-TERRITORY"),
        ([changed(round="2024-Q5")], "PLAN-ROUND"),
        ([changed(territory="391000000")], "CLI-NOT-YOURS"),
        ([changed(territory="393630100")], "CLI-NOT-ASKED"),
    ],
)
def test_a_file_that_is_no_list_of_sheets_is_refused(
    taza: Taza, district: Path, sheets: object, code: str
) -> None:
    refused = put(taza, district, sheets)
    assert refused.code == 1
    assert refused.err.startswith(f"{code}: "), refused.err
    assert held(taza, district) == []


@pytest.mark.parametrize(
    "text",
    ["", "[", "nothing", '[{"measure":6,"measure":6}]', "[" * 100_000, "[NaN]", "[1e999999999]"],
)
def test_text_that_is_no_json_is_refused(taza: Taza, district: Path, text: str) -> None:
    file = district.with_name("in.json")
    file.write_text(text, encoding="utf-8")
    refused = taza("enter", district, file)
    assert (refused.code, refused.err.split(":")[0]) == (1, "CLI-JSON")


def test_a_file_that_is_missing_is_a_fault_of_the_machine(taza: Taza, district: Path) -> None:
    refused = taza("enter", district, district.with_name("none.json"))
    assert (refused.code, refused.err.split(":")[0]) == (1, "ENV-NOT-FOUND")
    refused = taza("sheets", district.with_name("none.taza-register"))
    assert (refused.code, refused.err.split(":")[0]) == (1, "ENV-NOT-FOUND")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
PARTS = st.sampled_from(
    ["figures", "entries", "remarks", "na", "measure", "territory", "round", "x"]
)


@given(
    read=st.lists(
        st.dictionaries(PARTS, JSON, max_size=4).map(lambda d: {**SHEET, **d}), max_size=2
    )
)
def test_whatever_the_json_is_it_is_read_or_refused(
    read: list[dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "any.json"
    file.write_text(json.dumps(read), encoding="utf-8")
    refused = False
    sheets = []
    try:
        sheets = read_sheets(file, load_plan())
    except Refusal:
        refused = True
    assert refused or len(sheets) == len(read)
