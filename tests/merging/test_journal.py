"""The journal: what happened to packages, verdicts and conflicts, here and elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from taza_desktop.merging.apply import apply
from taza_desktop.merging.journal import Event, journal
from taza_desktop.merging.settle import settle
from taza_desktop.merging.undo import undo
from taza_desktop.register.ids import review_record
from taza_desktop.register.model import REVIEW, Office, Record
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import COORDINATOR, REGION, SHEET_2024, new_register

REVIEWED = Record(review_record(SHEET_2024), SHEET_2024, REVIEW)


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "colleague", Office("region", REGION, "Дана")) as register:
        yield register


@pytest.fixture(autouse=True)
def one_clock(clerk: Register, region: Register, colleague: Register) -> None:
    """Every moment is later than the one before, whoever's it is."""
    seconds = itertools.count(1_770_000_000)
    for register in (clerk, region, colleague):
        register.clock = lambda: next(seconds)


def deeds(register: Register, **wanted: object) -> list[tuple[str, str]]:
    """What was done and by whom, the latest first."""
    found = journal(register)
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    return [
        (one.deed, one.who)
        for one in found
        if all(getattr(one, name) == value for name, value in wanted.items())
    ]


def test_packages_sent_merged_undone_and_merged_again(clerk: Register, region: Register) -> None:
    clerk.set_cell(SHEET_2024, "planted", 1)
    opened = send(clerk)
    apply(region, opened)
    undo(region, opened.envelope.package_id, "wrong round")
    apply(region, opened, again=True)
    me = COORDINATOR.name
    assert deeds(region, package=opened.envelope.package_id) == [
        ("merged_again", me), ("undone", me), ("merged", me),
    ]  # fmt: skip
    assert deeds(clerk) == [("sent", clerk.office.name)]
    assert [one.reason for one in journal(region)] == ["", "wrong round", ""]
    assert journal(region, "2025") == []


def test_what_a_colleague_undid_is_told_with_name_and_reason(
    clerk: Register, region: Register, colleague: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 1)
    opened = send(clerk)
    for register in (region, colleague):
        apply(register, opened)
    undo(region, opened.envelope.package_id, "a copy of the year before")
    apply(colleague, send(region))
    (undone,) = [one for one in journal(colleague) if one.deed == "undone"]
    assert undone == Event(
        undone.at, "undone", COORDINATOR.name, REGION, opened.envelope.package_id,
        reason="a copy of the year before",
    )  # fmt: skip
    assert colleague.sheets() == []


def test_a_settled_conflict_names_its_cell_and_who_settled_it(
    clerk: Register, region: Register, colleague: Register
) -> None:
    entry = clerk.add_entry(SHEET_2024, "plantings", {"planted": 1})
    apply(region, send(clerk))
    region.set_entry_cell(entry, "planted", 2)
    clerk.set_entry_cell(entry, "planted", 3)
    apply(region, send(clerk))
    assert deeds(region, deed="settled") == []
    settle(region, region.conflicts()[0], 3)
    region.set_entry_cell(entry, "place", "Абай")
    apply(colleague, send(region))
    for register in (region, colleague):
        (settled,) = [one for one in journal(register) if one.deed == "settled"]
        assert (settled.sheet, settled.table, settled.entry) == (SHEET_2024, "plantings", entry)
        assert (settled.cell, settled.value, settled.who) == ("planted", 3, COORDINATOR.name)


def test_verdicts_and_answers(clerk: Register, region: Register) -> None:
    clerk.set_cell(SHEET_2024, "planted", 1)
    apply(region, send(clerk))
    region.write(REVIEWED, {"verdict": "returned", "reason": "too few", "remark:planted": "?"})
    apply(clerk, send(region))
    clerk.write(REVIEWED, {"answer:planted": "counted twice"})
    apply(region, send(clerk))
    region.write(REVIEWED, {"verdict": "accepted", "reason": None})
    region.write(REVIEWED, {"verdict": None, "reason": "a letter came"})
    told = [(one.deed, one.who, one.reason) for one in journal(region) if one.sheet == SHEET_2024]
    assert told == [
        ("unlocked", COORDINATOR.name, "a letter came"),
        ("accepted", COORDINATOR.name, ""),
        ("answered", clerk.office.name, ""),
        ("returned", COORDINATOR.name, "too few"),
    ]
    (answer,) = [one for one in journal(region) if one.deed == "answered"]
    assert (answer.cell, answer.value) == ("planted", "counted twice")
