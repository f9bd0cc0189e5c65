"""The sheets as CSV files that say what each column is and hide no formula."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.plan.catalogue import Plan
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.reports.data_package import GUARD, SIGNS, Selection, guarded, write
from tests.register.offices import new_register
from tests.reports.plans import ARAL, FORM, REGION, SHIELI, own_plan, put


@pytest.fixture(scope="module")
def plan() -> Plan:
    return own_plan(FORM)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", Office("region", REGION, "Ерлан")) as fresh:
        winners = ({"name": "=HYPERLINK()", "prize": 100}, {"name": "Ә, «Қ»\nҮ"})
        put(fresh, ARAL, {"planned": 400, "planted": 300, "manager": "+7 701"}, winners)
        put(fresh, SHIELI, {"planned": 100, "remark:planned": "Акт"}, round="2025")
        yield fresh


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_package_describes_every_column(register: Register, plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    names = write(register, plan, Selection(), "ru", folder)
    assert names == ["measure-06.csv", "measure-06-winners.csv"]
    said: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert said["profile"] == "tabular-data-package"
    for resource in said["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        fields = resource["schema"]["fields"]
        assert [it["name"] for it in fields] == list(read(folder / resource["path"])[0])
    types = {it["name"]: it["type"] for it in said["resources"][0]["schema"]["fields"]}
    assert (types["planted"], types["fulfilment"], types["manager"]) == (
        "integer", "number", "string",
    )  # fmt: skip


def test_the_files_hold_what_the_sheets_hold(
    register: Register, plan: Plan, tmp_path: Path
) -> None:
    write(register, plan, Selection(), "kk", tmp_path / "data")
    first, second = read(tmp_path / "data" / "measure-06.csv")
    assert (first["territory"], first["round"], first["planted"]) == (ARAL, "2024", "300")
    assert (first["fulfilment"], first["manager"]) == ("75", "'+7 701")
    assert (second["round"], second["planted"]) == ("2025", "")
    rows = read(tmp_path / "data" / "measure-06-winners.csv")
    assert {row["name"] for row in rows} == {"'=HYPERLINK()", "Ә, «Қ»\nҮ"}
    assert all(len(row["entry"]) == 32 for row in rows)


def test_a_selection_is_kept_to(register: Register, plan: Plan, tmp_path: Path) -> None:
    write(register, plan, Selection(rounds=("2025",)), "kk", tmp_path / "a")
    assert [row["territory"] for row in read(tmp_path / "a" / "measure-06.csv")] == [SHIELI]
    write(register, plan, Selection(territories=(ARAL,)), "kk", tmp_path / "b")
    assert [row["territory"] for row in read(tmp_path / "b" / "measure-06.csv")] == [ARAL]
    assert write(register, plan, Selection(measures=(7,)), "kk", tmp_path / "c") == []


def test_a_folder_with_something_in_it_is_left_alone(
    register: Register, plan: Plan, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter.txt").write_text("…", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        write(register, plan, Selection(), "kk", tmp_path / "data")
    assert refused.value.code == "DATA-FOLDER"
    assert [it.name for it in (tmp_path / "data").iterdir()] == ["letter.txt"]
    assert not (tmp_path / ".data.part").exists()


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    safe = guarded(text)
    assert not safe.startswith(SIGNS)
    assert safe.removeprefix(GUARD) == text.removeprefix(GUARD)


def test_frictionless_finds_nothing_wrong(register: Register, plan: Plan, tmp_path: Path) -> None:
    from frictionless import Package

    write(register, plan, Selection(), "ru", tmp_path / "data")
    checked = Package(str(tmp_path / "data" / "datapackage.json")).validate()
    assert checked.flatten(["type", "message"]) == []
    assert checked.stats["tasks"] == 2
