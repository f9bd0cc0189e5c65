"""Records of no form: what was said about a sheet or a package is kept like figures, apart."""

from __future__ import annotations

from pathlib import Path

from taza_desktop.merging.apply import apply
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.ids import package_record, review_record
from taza_desktop.register.model import ABOUT_PACKAGES, PACKAGE, REVIEW, Office, Record
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import COORDINATOR, DISTRICT, REGION, SHEET_2024, new_register

ABOUT = SheetKey(ABOUT_PACKAGES, DISTRICT, "2024")
REVIEWED = Record(review_record(SHEET_2024), SHEET_2024, REVIEW)
JUDGED = Record(package_record("p", DISTRICT), ABOUT, PACKAGE)


def test_what_is_said_is_no_figure(register: Register) -> None:
    register.write(REVIEWED, {"verdict": "returned", "remark:planted": "?"})
    register.write(JUDGED, {"withdrawn": True})
    assert register.sheets() == []
    assert register.sheet_keys() == []
    assert register.sheets_before("2025") == {}
    views = [
        name
        for (name,) in register.db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view' AND name GLOB 'sheet*'"
        )
    ]
    assert not any(register.db.execute(f"SELECT * FROM {view}").fetchall() for view in views)
    register.set_cell(SHEET_2024, "planted", 1)
    assert register.sheet(SHEET_2024).cells == {"planted": 1}
    assert register.sheet(SHEET_2024).entries == {}


def test_what_was_said_is_found_and_has_a_history(register: Register) -> None:
    register.write(REVIEWED, {"verdict": "returned"})
    register.write(REVIEWED, {"verdict": "accepted"})
    register.write(JUDGED, {"withdrawn": True})
    assert register.state(REVIEWED).cells == {"verdict": "accepted"}
    assert register.package_keys("2024") == [ABOUT]
    assert register.package_keys("2023") == []
    history = register.history(SHEET_2024, "verdict", REVIEWED.id.hex())
    assert [change.value for change in history] == ["accepted", "returned"]
    assert register.history(ABOUT, "withdrawn", JUDGED.id.hex())[0].value is True


def test_what_is_taken_back_before_it_was_sent_leaves_nothing(register: Register) -> None:
    register.write(JUDGED, {"withdrawn": True})
    register.write(JUDGED, {"withdrawn": None})
    assert register.db.execute("SELECT count(*) FROM revisions").fetchone() == (0,)


def test_opposite_verdicts_are_a_conflict(register: Register, tmp_path: Path) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    opened = send(register)
    second = Office("region", REGION, "Сәуле Ахметова")
    with (
        new_register(tmp_path, "first", COORDINATOR) as one,
        new_register(tmp_path, "second", second) as other,
    ):
        for coordinator, verdict in ((one, "accepted"), (other, "returned")):
            apply(coordinator, opened)
            coordinator.write(REVIEWED, {"verdict": verdict})
        apply(one, send(other))
        (conflict,) = one.conflicts()
        assert (conflict.record, conflict.cell) == (REVIEWED, "verdict")
        assert {side.value for side in conflict.sides} == {"accepted", "returned"}
        assert {side.author for side in conflict.sides} == {COORDINATOR.name, second.name}
