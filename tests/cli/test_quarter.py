"""A quarter by commands alone: two clerks and a coordinator, from entering to the receipt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import DISTRICT, REGION
from tests.running import Outcome, Taza

ROUND = "2025-Q1"
OTHER = "394000000"
ROW = {"place": DISTRICT, "site": "Қостанай көшесі", "planted": 60, "planted_by": "№ 3 мектеп"}
SHEET = {
    "measure": 6,
    "territory": DISTRICT,
    "round": ROUND,
    "figures": {"planned": 100, "planted": 120},
    "entries": {"plantings": [ROW]},
}
WHERE = ("--round", ROUND, "--territory", DISTRICT, "--measure", "6")


class Desk:
    """A register and the commands on it."""

    def __init__(self, taza: Taza, file: Path) -> None:
        self.file = file
        self._taza = taza

    def __call__(self, *arguments: str | Path) -> Outcome:
        """A command on this register, its outcome as JSON."""
        words = 2 if arguments[0] in ("review", "duplicates") else 1
        return self._taza(*arguments[:words], self.file, *arguments[words:], "--json")

    def does(self, *arguments: str | Path) -> Any:
        """The same, when it must not be refused."""
        done = self(*arguments)
        assert done.code == 0, done.err
        return done.json

    def enter(self, **parts: object) -> None:
        """Enter the sheet with other parts."""
        file = self.file.with_suffix(".json")
        file.write_text(json.dumps([{**SHEET, **parts}]), encoding="utf-8")
        self.does("enter", file)

    def send(self, command: str = "export", *arguments: str) -> Path:
        """Write a package; its path."""
        out = self.file.with_suffix(".stick")
        sent = self.does(command, "--round", ROUND, *arguments, "--out", out)
        return Path(sent["path"])

    def state(self) -> str:
        """How far the sheet of measure 6 has come."""
        found = self.does("status", "--round", ROUND)
        return next(
            one["state"] for one in found if (one["territory"], one["measure"]) == (DISTRICT, 6)
        )

    def figures(self) -> dict[str, object]:
        """What the sheet shows."""
        (sheet,) = (one for one in self.does("sheets") if one["measure"] == 6)
        return sheet["figures"]


@pytest.fixture
def region(taza: Taza, region: Path) -> Desk:
    return Desk(taza, region)


def enrolled(taza: Taza, region: Desk, folder: Path, name: str, territory: str = DISTRICT) -> Desk:
    """A clerk who can sign, certified by files."""
    desk = Desk(taza, folder / f"{name}.taza-register")
    asked, answer = folder / f"{name}.csr", folder / f"{name}.pem"
    whose = ("--territory", territory, "--name", name)
    assert taza("register", "new", desk.file, "--role", "clerk", *whose).code == 0
    desk.does("request", "--out", asked)
    assert taza("region", "certify", region.file, asked, *whose, "--out", answer).code == 0
    desk.does("enrol", answer)
    return desk


@pytest.fixture
def first(taza: Taza, region: Desk, tmp_path: Path) -> Desk:
    return enrolled(taza, region, tmp_path, "Айгүл")


@pytest.fixture
def second(taza: Taza, region: Desk, tmp_path: Path) -> Desk:
    return enrolled(taza, region, tmp_path, "Бауыржан")


def test_a_quarter(first: Desk, second: Desk, region: Desk) -> None:
    # Two clerks of one district enter the same sheet; neither knows of the other.
    first.enter()
    twin = {**ROW, "site": "ул. Костанай көшесі", "planted": 61}
    second.enter(figures={"planned": 100, "planted": 125}, entries={"plantings": [twin]})
    assert first.state() == "ready"
    packages = first.send(), second.send()
    assert first.state() == "sent"
    looked = region.does("merge", *packages, "--dry-run")
    assert [one["kind"] for one in looked["packages"]] == ["submission", "submission"]
    region.does("merge", *packages)
    assert region.state() == "received"

    # The coordinator settles the conflict and joins what both entered.
    assert region("review", "accept", "--round", ROUND).refused == "REV-CONFLICT"
    (conflict,) = region.does("conflicts")
    assert (conflict["cell"], {side["value"] for side in conflict["sides"]}) == (
        "planted",
        {120, 125},
    )
    assert region("settle", conflict["id"], "--value", "12x").refused.startswith("FORM-")
    region.does("settle", conflict["id"], "--value", "122")
    assert region.does("conflicts") == []
    (pair,) = region.does("duplicates", "list", "--round", ROUND)
    region.does("duplicates", "join", pair["a"], pair["b"], "--take", "planted")
    assert region.does("duplicates", "list", "--round", ROUND) == []

    # It goes back with remarks; the first clerk answers one by a figure, one by words.
    remarks = ("--remark", "planted=Актіде 121", "--remark", f"plantings/{pair['a']}=Қай күні?")
    returned = region.does("review", "return", *WHERE, *remarks, "--reason", "Нақтылаңыз")
    assert [one["answered"] for one in returned["remarks"]] == [False, False]
    assert region.state() == "returned"
    answer = region.send("answer", "--territory", DISTRICT)
    assert first.does("merge", answer)["packages"][0]["kind"] == "return"
    assert first.state() == "returned"
    (read,) = first.does("review", "read", "--round", ROUND)
    assert read["reason"] == "Нақтылаңыз"
    assert read["opened"]
    (sheet,) = first.does("sheets")
    sheet["figures"]["planted"] = 121
    first.enter(figures=sheet["figures"], entries=sheet["entries"])
    told = first.does(
        "review", "reply", "--round", ROUND, "--measure", "6",
        "--remark", f"plantings/{pair['a']}=Сәуірдің екісінде",
    )  # fmt: skip
    assert all(one["answered"] for one in told["remarks"])
    assert first.state() == "returned"  # answered, and not sent yet
    region.does("merge", first.send())
    assert first.state() == "sent"
    assert region.state() == "answered"

    # Accepted, locked on both sides, confirmed by a receipt.
    region.does("review", "accept", "--round", ROUND, "--territory", DISTRICT)
    assert region.state() == "accepted"
    receipt = region.send("answer", "--territory", DISTRICT)
    assert first.does("merge", receipt)["packages"][0]["kind"] == "receipt"
    assert first.state() == "accepted"
    assert first("enter", _changed(first)).refused == "REV-LOCKED"
    assert region("enter", _changed(region)).refused == "REV-LOCKED"
    assert region("review", "unlock", *WHERE, "--reason", " ").refused == "REV-REASON"
    region.does("review", "unlock", *WHERE, "--reason", "Қате табылды")
    region.does("enter", _changed(region))
    lifted = region.does("history", *WHERE, "--review", "reason")
    assert lifted[0]["value"] == "Қате табылды"

    # Every value, and the package it came in.
    history = region.does("history", *WHERE, "planted")
    assert {one["value"] for one in history} == {120, 121, 122, 125, 130}
    sources = {one["value"]: one for one in history}
    assert (sources[122]["verified"], sources[122]["package"]) == ("own", "")
    assert (sources[125]["verified"], sources[125]["signer"]) == ("checked", "Бауыржан")

    # The second clerk's package is taken back, with the reason; it stands again when asked for.
    journal = region.does("journal", "--round", ROUND, "--packages")
    came = next(one for one in journal if one["name"] == "Бауыржан")
    region.does("undo", came["package_id"], "--reason", "Жаттығу еді")
    found = region.does("journal", "--packages")
    undone = next(one for one in found if one["package_id"] == came["package_id"])
    assert (undone["stands"], undone["withdrawn"]["reason"]) == (False, "Жаттығу еді")
    latest = region.does("journal")[0]
    assert (latest["deed"], latest["package"]) == ("undone", came["package_id"])
    assert latest["reason"] == "Жаттығу еді"
    looked = region.does("merge", packages[1])["packages"][0]
    assert looked["withdrawn"]["reason"] == "Жаттығу еді"
    region.does("merge", packages[1], "--again")
    assert all(one["stands"] for one in region.does("journal", "--packages"))
    deeds = {one["deed"] for one in region.does("journal")}
    assert deeds >= {"merged", "undone", "merged_again", "settled", "returned", "answered"}


def _changed(desk: Desk) -> Path:
    """The sheet as it stands with another figure."""
    (sheet,) = desk.does("sheets")
    sheet["figures"]["planted"] = 130
    file = desk.file.with_suffix(".changed.json")
    file.write_text(json.dumps([sheet]), encoding="utf-8")
    return file


def test_what_is_called_wrongly(first: Desk, region: Desk) -> None:
    first.enter()
    region.does("merge", first.send())
    assert region("settle", "00/planted").code == 2
    assert region("settle", "00/planted", "--side", "1").refused == "CLI-NO-CONFLICT"
    assert region("review", "return", *WHERE, "--remark", "planted").code == 2
    accept = ("review", "accept", "--round")
    assert region(*accept, "2024").refused == "CLI-NO-SHEETS"
    assert region(*accept, ROUND, "--territory", REGION).refused == "CLI-NO-SHEETS"
    assert first(*accept, ROUND).refused == "CLI-NO-SHEETS"
    assert region("duplicates", "apart", "00" * 16, "00" * 16).refused == "REG-NO-ENTRY"
    assert first("export", "--round", ROUND, "--out", first.file.parent,
                 "--without-attachments", "--only-attachments").code == 2  # fmt: skip


def test_clean_sheets_are_accepted_and_the_others_left(first: Desk, region: Desk) -> None:
    few = {"figures": {"planned": 10, "planted": 100}, "entries": {}}  # wants a remark
    first.enter(**few)
    region.does("merge", first.send())
    done = region.does("review", "accept", "--round", ROUND, "--clean")
    assert done["accepted"] == []
    first.enter(**few, remarks={"planted": "Демеуші қосылды"})
    region.does("merge", first.send())
    done = region.does("review", "accept", "--round", ROUND, "--clean")
    assert done["accepted"] == [{"measure": 6, "territory": DISTRICT, "round": ROUND}]


def test_a_region_speaks_for_a_district_and_puts_a_total_beside(
    taza: Taza, first: Desk, region: Desk, tmp_path: Path
) -> None:
    other = enrolled(taza, region, tmp_path, "Сәуле", OTHER)
    first.enter()
    other.enter(territory=OTHER, entries={}, figures={"planned": 10, "planted": 10})
    region.does("merge", first.send(), other.send())
    whole = region.does("totals", "--round", ROUND, "--measure", "6")
    assert (whole["figures"]["planted"], whole["left_out"]) == (130, [])
    mine = {"territory": REGION, "figures": {"planned": 15, "planted": 15}, "entries": {}}
    beside = {"stands_for": [OTHER], "overrides": {"planted": 140}}
    file = tmp_path / "mine.json"
    file.write_text(json.dumps([{**SHEET, **mine, **beside}]), encoding="utf-8")
    refused = region("enter", file)
    assert (refused.refused, refused.json["problems"][0]["check"]) == ("CLI-STOP", "override")
    why = {"override:planted": "Орман қорымен бірге"}
    region.enter(**mine, **beside, remarks=why)
    whole = region.does("totals", "--round", ROUND, "--measure", "6")
    assert whole["figures"]["planted"] == 135
    assert whole["overrides"] == {"planted": {"value": 140, "remark": why["override:planted"]}}
    assert whole["left_out"] == [{"territory": OTHER, "by": REGION}]
    parts = {part["territory"]: part["figures"]["planted"] for part in whole["parts"]}
    assert parts == {DISTRICT: 120, OTHER: 10}
    (back,) = (one for one in region.does("sheets") if one["territory"] == REGION)
    assert (back["overrides"], back["stands_for"]) == ({"planted": 140}, [OTHER])
    plain = taza("totals", region.file, "--round", ROUND, "--measure", "6").out
    assert "planted: 135 (140: Орман қорымен бірге)" in plain
