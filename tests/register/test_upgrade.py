"""Registers of older formats, as the programs of their time made them, are brought up to date."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.merging.apply import apply
from taza_desktop.merging.journal import journal
from taza_desktop.merging.undo import undo
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register.register import Register
from taza_desktop.register.schema import FORMAT
from tests.merging.senders import send
from tests.register.offices import DISTRICT, NEIGHBOUR, SHEET_2024, dumped, new_register

SAMPLE = Path(__file__).parent / "samples" / "format-1.taza-register.gz"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Register]:
    """A region's register: a district's two packages, in conflict with the region; the neighbour's
    package undone; one package sent; a figure entered since."""
    path = tmp_path / "old.taza-register"
    path.write_bytes(gzip.decompress(SAMPLE.read_bytes()))
    with Register.open(path) as register:
        yield register


def test_what_it_shows_stays(old: Register) -> None:
    assert old.db.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    (sheet,) = old.sheets()
    assert sheet.key == SHEET_2024
    assert sheet.cells == {"planned": 101, "planted": 130}
    assert [row.cells for row in sheet.entries["plantings"]] == [{"planted": 5}]
    (conflict,) = old.conflicts()
    assert [(side.value, side.author) for side in conflict.sides] == [
        (130, "Ерлан Қасымұлы"),
        (150, "Айгүл Сейітқызы"),
    ]


def test_its_packages_stay_and_the_undone_one_is_a_word_of_its_office(old: Register) -> None:
    packages = old.packages()
    assert [(one.direction, one.active) for one in packages] == [
        ("in", True), ("in", False), ("in", True), ("out", True),
    ]  # fmt: skip
    undone = packages[1]
    assert undone.envelope.territory == NEIGHBOUR
    assert old.state(undone.record).cells == {"withdrawn": True}
    (event,) = [one for one in journal(old) if one.deed == "undone"]
    assert (event.package, event.who) == (undone.envelope.package_id, "Ерлан Қасымұлы")
    assert old.package_keys("2024") == [SheetKey(0, NEIGHBOUR, "2024")]


def test_the_undone_package_stands_again_when_it_is_wanted(old: Register) -> None:
    old.restore(old.packages()[1].envelope.package_id)
    neighbour = old.sheet(SheetKey(6, NEIGHBOUR, "2024"))
    assert neighbour.cells == {"planted": 7}
    assert len(neighbour.entries["plantings"]) == 1
    assert old.db.execute("SELECT count(*) FROM records WHERE measure = 0 AND live").fetchone() == (
        0,
    )


def test_its_merged_packages_can_be_taken_back(old: Register) -> None:
    first, _, second, _ = old.packages()
    undo(old, second.envelope.package_id)
    assert old.conflicts() == []
    undo(old, first.envelope.package_id)
    assert old.sheet(SHEET_2024).cells == {"planned": 101, "planted": 130}
    assert old.sheet(SHEET_2024).entries == {}


def test_its_history_still_names_the_packages(old: Register) -> None:
    changes = old.history(SHEET_2024, "planted")
    assert [(one.value, one.verified) for one in changes] == [
        (150, "checked"), (130, "own"), (120, "checked"),
    ]  # fmt: skip
    assert {one.package for one in changes} >= {old.packages()[2].envelope.package_id}
    assert {one.signer for one in changes if one.package} == {"Айгүл Сейітқызы"}
    assert DISTRICT in {one.office for one in changes}


def test_cells_of_an_older_plan_get_the_names_they_have_now(tmp_path: Path) -> None:
    """As a package of that version gets them, so that both mean the same revision."""
    key = SheetKey(22, DISTRICT, "2024")
    with new_register(tmp_path, "clerk") as clerk, new_register(tmp_path, "region") as region:
        clerk.set_cell(key, "applications", 5)
        clerk.set_cell(key, "remark:applications", "all on paper")
        clerk.set_cell(key, "applications_all", 9)
        other = clerk.add_entry(SHEET_2024, "plantings", {"planted": 1})
        opened = send(clerk)
        for register in (clerk, region):
            register.db.execute("DELETE FROM meta WHERE key IN ('plan', 'views_by')")
        apply(region, opened)
    with Register.open(clerk.path) as clerk, Register.open(region.path) as region:
        assert clerk.sheet(key).cells == {
            "ecology_applications": 5,
            "remark:ecology_applications": "all on paper",
            "applications": 9,
        }
        assert [one.value for one in clerk.history(key, "ecology_applications")] == [5]
        assert [one.value for one in clerk.history(key, "applications")] == [9]
        assert clerk.history(SHEET_2024, "planted", other)[0].value == 1
        rows = clerk.db.execute("SELECT applications FROM sheet_22").fetchall()
        assert rows == [(9,)]
        assert dumped(region) == dumped(clerk)
        assert apply(region, send(clerk)).counts["same"] == 2
    with Register.open(clerk.path) as clerk:
        assert clerk.db.total_changes == 0
