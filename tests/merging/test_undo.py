"""Undoing a package: also an early one, and what is said about work that was built on it."""

from __future__ import annotations

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.undo import Dependent, dependents, undo
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import SHEET_2024, figures


def test_undo_tells_each_cell_and_leaves_what_was_before(clerk: Register, region: Register) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    apply(region, send(clerk))
    before = figures(region)
    clerk.set_cell(SHEET_2024, "planted", 150)
    entry = clerk.add_entry(SHEET_2024, "plantings", {"planted": 5})
    opened = send(clerk)
    apply(region, opened)
    undone = undo(region, opened.envelope.package_id)
    assert figures(region) == before
    assert undone.dependents == []
    assert {(c.entry, c.cell, c.before, c.after) for c in undone.changes} == {
        ("", "planted", 150, 120),
        (entry, "planted", 5, None),
    }


def test_an_early_package_that_a_later_one_holds_changes_nothing_when_undone(
    clerk: Register, region: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    first = send(clerk)
    clerk.set_cell(SHEET_2024, "planned", 100)
    second = send(clerk)
    apply(region, first)
    apply(region, second)
    undone = undo(region, first.envelope.package_id)
    assert undone.changes == []
    assert undone.dependents == [Dependent(second.envelope.package_id, [SHEET_2024])]
    assert region.sheet(SHEET_2024).cells == {"planted": 120, "planned": 100}
    undo(region, second.envelope.package_id)
    assert region.sheets() == []


def test_own_work_on_top_stays_and_is_told(clerk: Register, region: Register) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    clerk.set_cell(SHEET_2024, "planned", 100)
    opened = send(clerk)
    apply(region, opened)
    region.set_cell(SHEET_2024, "planted", 130)
    own = [Dependent("", [SHEET_2024])]
    assert dependents(region, opened.envelope.package_id) == own
    assert undo(region, opened.envelope.package_id).dependents == own
    assert region.sheet(SHEET_2024).cells == {"planted": 130}
    assert 120 in [change.value for change in region.history(SHEET_2024, "planted")]


def test_an_undone_package_can_be_merged_again(clerk: Register, region: Register) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    apply(region, opened)
    before = figures(region)
    undo(region, opened.envelope.package_id)
    assert [package.active for package in region.packages("in")] == [False]
    assert not apply(region, opened).already
    assert figures(region) != before
    assert apply(region, opened, again=True).withdrawn
    assert figures(region) == before
    assert region.container(opened.envelope.package_id) == opened.container


def test_only_what_is_merged_can_be_undone(clerk: Register, region: Register) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    for register in (clerk, region):
        with pytest.raises(Refusal, match="MERGE-NOT-MERGED"):
            undo(register, opened.envelope.package_id)
    apply(region, opened)
    undo(region, opened.envelope.package_id)
    with pytest.raises(Refusal, match="MERGE-NOT-MERGED"):
        undo(region, opened.envelope.package_id)
