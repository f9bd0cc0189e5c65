"""Whose word is whose: what a region passes on, what a district may not say, what falls silent."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.preview import preview
from taza_desktop.merging.undo import undo
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import (
    COORDINATOR,
    DISTRICT,
    NEIGHBOUR,
    REGION,
    SHEET_2024,
    dumped,
    new_register,
)


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "colleague", Office("region", REGION, "Дана")) as register:
        yield register


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "ministry", Office("ministry", REPUBLIC, "Әсел")) as register:
        yield register


@pytest.fixture(autouse=True)
def one_clock(
    clerk: Register, neighbour: Register, region: Register, colleague: Register, ministry: Register
) -> None:
    """Every moment is later than the one before, whoever's it is."""
    seconds = itertools.count(1_770_000_000)
    for register in (clerk, neighbour, region, colleague, ministry):
        register.clock = lambda: next(seconds)


def shown(register: Register) -> object:
    return register.sheet(SHEET_2024).cells.get("planted")


def test_the_ministry_sees_the_districts_package_behind_a_figure(
    clerk: Register, region: Register, ministry: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    of_district = send(clerk)
    apply(region, of_district)
    region.set_cell(SHEET_2024, "planted", 130)
    of_region = send(region)
    apply(ministry, of_region)
    corrected, first = ministry.history(SHEET_2024, "planted")
    assert (corrected.value, corrected.author, corrected.verified) == (
        130,
        COORDINATOR.name,
        "checked",
    )
    assert (corrected.package, corrected.told_by) == (of_region.envelope.package_id, "")
    assert (first.value, first.author, first.signer) == (120, clerk.office.name, clerk.office.name)
    assert first.package == of_district.envelope.package_id
    assert (first.verified, first.told_by) == ("told", of_region.envelope.package_id)
    (heard,) = ministry.packages("via")
    assert (heard.envelope.package_id, heard.envelope.seq) == (first.package, 1)
    assert heard.manifest_sha256 == of_district.manifest_sha256
    assert [one.direction for one in ministry.packages()] == ["in"]
    assert ministry.container(first.package) == b""


def test_a_package_heard_of_that_arrives_itself_is_checked(
    clerk: Register, region: Register, ministry: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    apply(region, opened)
    apply(ministry, send(region))
    before = dumped(ministry)
    assert not apply(ministry, opened).already
    assert dumped(ministry) == before
    (change,) = ministry.history(SHEET_2024, "planted")
    assert (change.verified, change.told_by) == ("checked", "")
    assert ministry.packages("via") == []
    assert ministry.container(opened.envelope.package_id) == opened.container


def test_a_package_that_the_region_takes_back_falls_silent_at_the_ministry(
    clerk: Register, region: Register, ministry: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    apply(region, opened)
    apply(ministry, send(region))
    undo(region, opened.envelope.package_id, "not theirs")
    later = send(region)
    promised = preview(ministry, later)
    assert [
        (one.cell, one.before, one.after) for one in promised.changes if one.cell == "planted"
    ] == [("planted", 120, None)]
    apply(ministry, later)
    assert shown(ministry) is None
    assert ministry.history(SHEET_2024, "planted")[0].counts is False
    region.restore(opened.envelope.package_id)
    apply(ministry, send(region))
    assert shown(ministry) == 120


def test_the_ministry_may_take_back_what_it_only_heard_of(
    clerk: Register, region: Register, ministry: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    apply(region, opened)
    region.set_cell(SHEET_2024, "planned", 100)
    apply(ministry, send(region))
    undo(ministry, opened.envelope.package_id)
    assert ministry.sheet(SHEET_2024).cells == {"planned": 100}


def test_a_district_cannot_put_words_into_its_regions_mouth(
    clerk: Register, region: Register, colleague: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    apply(region, send(clerk))
    region.set_cell(SHEET_2024, "planted", 130)
    apply(clerk, send(region))
    assert shown(clerk) == 130
    clerk.set_cell(SHEET_2024, "planned", 140)
    opened = send(clerk)
    promised = preview(colleague, opened)
    assert promised.silent == {"above": 1}
    apply(colleague, opened)
    assert colleague.sheet(SHEET_2024).cells == {"planted": 120, "planned": 140}
    said = colleague.history(SHEET_2024, "planted")
    assert {(one.value, one.counts) for one in said} == {(120, True), (130, False)}
    apply(colleague, send(region))
    assert colleague.sheet(SHEET_2024).cells == {"planted": 130, "planned": 140}
    assert colleague.conflicts() == []


def test_work_on_top_of_a_silent_correction_is_no_conflict(
    clerk: Register, region: Register, colleague: Register, ministry: Register
) -> None:
    """The district saw 120 and 130 before it wrote 140, also where 130 does not count.

    And where only a colleague passes it on: what is silent travels, or 140 would not know of 120.
    """
    clerk.set_cell(SHEET_2024, "planted", 120)
    apply(region, send(clerk))
    region.set_cell(SHEET_2024, "planted", 130)
    apply(clerk, send(region))
    clerk.set_cell(SHEET_2024, "planted", 140)
    apply(colleague, send(clerk))
    apply(ministry, send(colleague))
    for register in (colleague, ministry):
        assert shown(register) == 140
        assert register.conflicts() == []
        (silent,) = [one for one in register.history(SHEET_2024, "planted") if not one.counts]
        assert silent.value == 130


def test_a_package_that_was_taken_back_before_it_arrived_stays_silent(
    clerk: Register, region: Register, colleague: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    apply(region, opened)
    undo(region, opened.envelope.package_id, "a mistake")
    apply(colleague, send(region))
    promised = preview(colleague, opened)
    assert promised.withdrawn is not None
    assert (promised.withdrawn.by, promised.withdrawn.reason) == (COORDINATOR.name, "a mistake")
    assert promised.silent == {"withdrawn": 1}
    assert promised.changes == []
    apply(colleague, opened)
    assert shown(colleague) is None
    assert preview(colleague, opened, again=True).changes[0].after == 120
    apply(colleague, opened, again=True)
    assert shown(colleague) == 120
    apply(region, send(colleague))
    assert shown(region) == 120


def test_offices_that_write_to_each_other_for_ever_pass_on_no_more(
    clerk: Register, region: Register, colleague: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    opened = send(clerk)
    for register in (region, colleague):
        apply(register, opened)
    for _ in range(5):
        sent = send(region)
        apply(colleague, sent)
        back = send(colleague)
        apply(region, back)
        ways = {way for several in back.via.values() for way in several}
        assert ways == {(opened.envelope.package_id,)}
        assert list(back.relayed) == [opened.envelope.package_id]


def test_a_way_through_a_package_that_nobody_told_of_is_refused(
    clerk: Register, region: Register, ministry: Register
) -> None:
    clerk.set_cell(SHEET_2024, "planted", 120)
    apply(region, send(clerk))
    opened = send(region)
    torn = replace(opened, relayed={})
    for broken in (torn, replace(torn, via={one: (("?",),) for one in opened.via})):
        with pytest.raises(Refusal, match="MERGE-BROKEN"):
            apply(ministry, broken)
    assert ministry.packages() == []


def test_a_lie_about_a_package_harms_only_the_liar(
    clerk: Register, neighbour: Register, region: Register, colleague: Register
) -> None:
    """The neighbour names the district's package as its own; taking that back takes it back."""
    clerk.set_cell(SHEET_2024, "planted", 120)
    honest = send(clerk)
    apply(region, honest)
    sheet = SHEET_2024._replace(territory=NEIGHBOUR)
    neighbour.set_cell(sheet, "planted", 7)
    apply(neighbour, send(neighbour))
    lie = send(neighbour)
    relayed = next(iter(send(region).relayed.values()))
    lie = replace(
        lie,
        relayed={relayed.package_id: replace(relayed, territory=NEIGHBOUR)},
        via={one.id: ((relayed.package_id,),) for one in lie.revisions},
    )
    apply(colleague, lie)
    apply(colleague, send(region))
    assert shown(colleague) == 120
    undo(region, honest.envelope.package_id)
    apply(colleague, send(region))
    assert shown(colleague) is None
    assert DISTRICT in {key.territory for key in colleague.package_keys("2024")}
