"""`why`, `report-compare`, `report-data`: what a script gets of the figures."""

from __future__ import annotations

import json
from pathlib import Path

from taza_desktop.plan.sheet import Sheet, SheetKey
from taza_desktop.register.register import Register
from tests.cli.conftest import DISTRICT
from tests.running import Taza

KEY = SheetKey(6, DISTRICT, "2024")
ROUND = ("--round", "2024")


def filled(file: Path) -> Path:
    with Register.open(file) as register:
        register.put_sheet(Sheet(KEY, {"planned": 400, "planted": 300}))
        register.put_sheet(Sheet(KEY._replace(round="2025"), {"planned": 400, "planted": 450}))
    return file


def test_why_tells_sheets_cells_and_people(taza: Taza, region: Path) -> None:
    asked = ("why", filled(region), *ROUND, "--measure", "6", "--figure", "planted")
    told = json.loads(taza(*asked, "--json").out)
    assert (told["ok"], told["value"]) == (True, 300)
    (sheet,) = told["sheets"]
    assert (sheet["territory"], sheet["value"], sheet["review"]) == (DISTRICT, 300, None)
    (cell,) = sheet["cells"]
    assert cell["history"][0]["author"] == "Марат"
    assert cell["history"][0]["verified"] == "own"
    lines = taza(*asked).out.splitlines()
    assert lines[0].endswith(": 300")
    assert lines[1].startswith(f"  {DISTRICT} ")


def test_why_names_the_figures_that_there_are(taza: Taza, region: Path) -> None:
    asked = ("why", filled(region), *ROUND, "--measure", "6", "--figure", "nothing")
    refused = taza(*asked)
    assert refused.code == 1
    assert refused.err.startswith("WHY-NO-FIGURE: ")
    assert "planted" in refused.err


def test_rounds_are_compared(taza: Taza, region: Path) -> None:
    asked = ("report-compare", filled(region), "--round", "2025", "--measure", "6")
    told = json.loads(taza(*asked, "--json").out)
    assert told["before"] == "2024"
    (change,) = [it for it in told["changes"] if it["figure"] == "planted"]
    assert (change["before"], change["now"], change["difference"]) == (300, 450, 150)
    assert "300 → 450 (150 %)" in taza(*asked).out


def test_the_data_are_written_into_a_new_folder(taza: Taza, region: Path, tmp_path: Path) -> None:
    asked = ("report-data", filled(region), "--out", tmp_path / "data", *ROUND)
    told = json.loads(taza(*asked, "--json").out)
    assert told["files"] == ["measure-06.csv"]
    assert (tmp_path / "data" / "datapackage.json").exists()
    again = taza(*asked)
    assert (again.code, again.err.split(":")[0]) == (1, "DATA-FOLDER")
