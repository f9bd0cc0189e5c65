"""Accepting, returning with remarks, answering, unlocking: a clerk and her coordinators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.settle import settle
from taza_desktop.plan.sheet import SheetKey
from taza_desktop.register import reviewing
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from taza_desktop.register.reviewing_cells import review_of
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

DAY = date(2025, 2, 3)
ROW = {"place": DISTRICT, "planted": 100, "site": "Абай көшесі", "species": "pine"}


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", COORDINATOR) as fresh:
        yield fresh


@pytest.fixture
def deputy(tmp_path: Path) -> Iterator[Register]:
    office = Office("region", REGION, "Сәуле Ахметова")
    with new_register(tmp_path, "deputy", office) as fresh:
        yield fresh


@pytest.fixture
def arrived(register: Register, region: Register) -> str:
    """A sheet that can be accepted, with the clerk and with her region; the id of its row."""
    register.set_cell(SHEET_2024, "planned", 100)
    register.set_cell(SHEET_2024, "planted", 120)
    row = register.add_entry(SHEET_2024, "plantings", dict(ROW))
    apply(region, send(register))
    return row


def said(register: Register, key: SheetKey = SHEET_2024) -> str:
    """The verdict, with a mark when the sheet is not what was judged any more."""
    found = reviewing.verdict(register, key)
    return f"{found.verdict}{'' if found.fresh else '*'}"


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


@pytest.mark.usefixtures("arrived")
def test_an_accepted_sheet_is_locked_for_everybody_until_it_is_unlocked_with_a_reason(
    register: Register, region: Register
) -> None:
    reviewing.accept(region, [SHEET_2024])
    found = reviewing.verdict(region, SHEET_2024)
    assert (found.verdict, found.fresh, found.by) == ("accepted", True, COORDINATOR.name)
    apply(register, send(region))
    assert said(register) == "accepted"
    row = register.sheet(SHEET_2024).entries["plantings"][0].id
    before = dumped(register)
    for office in (register, region):
        for change in (
            lambda office=office: office.set_cell(SHEET_2024, "planted", 121),
            lambda office=office: office.set_cell(SHEET_2024, "remark:planted", "?"),
            lambda office=office: office.add_entry(SHEET_2024, "plantings", dict(ROW)),
            lambda office=office: office.set_entry_cell(row, "planted", 1),
            lambda office=office: office.delete_entry(row),
        ):
            with refused("REV-LOCKED") as caught:
                change()
        assert COORDINATOR.name in caught.value.text()
    assert dumped(register) == before
    register.put_sheet(register.sheet(SHEET_2024))  # nothing new is no change
    with refused("REV-NOT-ABOVE"):
        reviewing.unlock(register, SHEET_2024, "қате")
    with refused("REV-REASON"):
        reviewing.unlock(region, SHEET_2024, " ")
    reviewing.unlock(region, SHEET_2024, "ауданда қате табылды")
    with refused("REV-NOT-ACCEPTED"):
        reviewing.unlock(region, SHEET_2024, "тағы")
    region.set_cell(SHEET_2024, "planted", 130)
    history = region.history(SHEET_2024, "reason", review_of(SHEET_2024).id.hex())
    assert [change.value for change in history] == ["ауданда қате табылды"]


@pytest.mark.usefixtures("arrived")
def test_other_sheets_are_not_locked_with_it(register: Register, region: Register) -> None:
    reviewing.accept(region, [SHEET_2024])
    apply(register, send(region))
    register.set_cell(SHEET_2024._replace(round="2025-Q1"), "planted", 1)
    register.set_cell(SHEET_2024._replace(measure=13), "sites", 1)


def test_what_cannot_be_accepted_is_refused_and_then_nothing_is(
    register: Register, region: Register, tmp_path: Path
) -> None:
    register.set_cell(SHEET_2024, "planned", 100)
    register.set_cell(SHEET_2024, "planted", 120)
    other = SHEET_2024._replace(measure=13)
    register.set_cell(SHEET_2024, "on_enterprises", 500)  # more than were planted
    apply(region, send(register))
    mine = SheetKey(6, REGION, "2024")
    elsewhere = SheetKey(6, "390000000", "2024")
    keys = [SHEET_2024, other, mine, elsewhere]
    found = {key: refusal.code for key, refusal in reviewing.obstacles(region, keys).items()}
    assert found == {
        SHEET_2024: "REV-STOP",
        other: "REV-NOTHING",
        mine: "REV-NOT-ABOVE",
        elsewhere: "REV-NOT-ABOVE",
    }
    region.set_cell(SHEET_2024, "on_enterprises", 20)
    with refused("REV-NOTHING"):
        reviewing.accept(region, [SHEET_2024, other])
    assert said(region) == "*"
    with new_register(tmp_path, "second") as second:
        second.set_cell(SHEET_2024, "planted", 125)
        apply(region, send(second))
    with refused("REV-CONFLICT"):
        reviewing.accept(region, [SHEET_2024])
    with refused("REV-NOT-ABOVE"):
        reviewing.accept(register, [SHEET_2024])


def test_a_remark_is_answered_by_another_value_or_by_words(
    register: Register, region: Register, arrived: str
) -> None:
    at_row = f"plantings/{arrived}/site"
    remarks = {
        "planted": "Акт бойынша 115",
        at_row: "Қай көше?",
        "": "Суреттер жоқ",
        "planned": " ",
    }
    reviewing.return_sheet(region, SHEET_2024, remarks, "Толықтырыңыз")
    apply(register, send(region))
    found = reviewing.verdict(register, SHEET_2024)
    assert (found.verdict, found.reason, found.opened) == ("returned", "Толықтырыңыз", None)
    assert [one.address for one in reviewing.open_remarks(register, SHEET_2024)] == [
        "",
        "planted",
        at_row,
    ]
    assert not any(one.answered for one in reviewing.open_remarks(register, SHEET_2024))
    reviewing.mark_opened(register, SHEET_2024, DAY)
    reviewing.mark_opened(register, SHEET_2024, DAY.replace(day=9))
    assert reviewing.verdict(register, SHEET_2024).opened == DAY
    register.set_cell(SHEET_2024, "planned", 90)  # not what was asked for
    assert [one.changed for one in reviewing.open_remarks(register, SHEET_2024)] == [
        True,
        False,
        False,
    ]
    register.set_cell(SHEET_2024, "planted", 115)
    register.set_entry_cell(arrived, "site", "Абай көшесі, 12")
    reviewing.answer_remark(register, SHEET_2024, "", "Сурет түсірілмеген")
    assert all(one.answered for one in reviewing.open_remarks(register, SHEET_2024))
    apply(region, send(register))
    answered = {one.address: one for one in reviewing.open_remarks(region, SHEET_2024)}
    assert answered[""].answer == "Сурет түсірілмеген"
    assert (answered["planted"].answer, answered["planted"].changed) == ("", True)
    assert reviewing.verdict(region, SHEET_2024).opened == DAY
    assert said(region) == "returned*"


@pytest.mark.usefixtures("arrived")
def test_a_remark_in_the_sheet_or_a_reason_answers_too(
    register: Register, region: Register
) -> None:
    reviewing.return_sheet(region, SHEET_2024, {"planted": "Неге сонша?", "tended_area": "Бос"})
    apply(register, send(region))
    register.set_cell(SHEET_2024, "remark:planted", "Қосымша қаржы бөлінді")
    register.set_cell(SHEET_2024, "na:tended_area", "Өлшенбеген")
    assert all(one.changed for one in reviewing.open_remarks(register, SHEET_2024))


@pytest.mark.usefixtures("arrived")
def test_a_second_return_asks_anew_though_it_says_the_same(
    register: Register, region: Register
) -> None:
    for _ in range(2):
        reviewing.return_sheet(region, SHEET_2024, {"planted": "Тексеріңіз"})
        apply(register, send(region))
        assert [one.answered for one in reviewing.open_remarks(register, SHEET_2024)] == [False]
        assert reviewing.verdict(register, SHEET_2024).opened is None
        reviewing.mark_opened(register, SHEET_2024, DAY)
        reviewing.answer_remark(register, SHEET_2024, "planted", "Дұрыс")
        assert [one.answered for one in reviewing.open_remarks(register, SHEET_2024)] == [True]
        apply(region, send(register))


@pytest.mark.usefixtures("arrived")
def test_what_can_be_said_and_by_whom(register: Register, region: Register) -> None:
    with refused("REV-REASON"):
        reviewing.return_sheet(region, SHEET_2024, {"planted": " "}, " ")
    for address in ("planned_", "plantings/1/site", "plantings/0/", "winners", "planted/x"):
        with refused("REV-NO-CELL"):
            reviewing.return_sheet(region, SHEET_2024, {address: "?"})
    with refused("REV-NOT-ABOVE"):
        reviewing.return_sheet(register, SHEET_2024, {"planted": "?"})
    with refused("REV-NO-REMARK"):
        reviewing.answer_remark(register, SHEET_2024, "planted", "!")
    reviewing.mark_opened(register, SHEET_2024, DAY)  # nothing was returned: nothing is noted
    assert reviewing.verdicts(register, "2024") == {}
    reviewing.return_sheet(region, SHEET_2024, {"planted": "?"})
    with refused("REV-NOT-YOURS"):
        reviewing.answer_remark(region, SHEET_2024, "planted", "!")
    with refused("REV-NOT-YOURS"):
        reviewing.mark_opened(region, SHEET_2024, DAY)


@pytest.mark.usefixtures("arrived")
def test_accepting_after_a_return_takes_its_remarks_away_and_keeps_them_in_history(
    region: Register,
) -> None:
    reviewing.return_sheet(region, SHEET_2024, {"planted": "Тексеріңіз"}, "Қате")
    reviewing.accept(region, [SHEET_2024])
    found = reviewing.verdict(region, SHEET_2024)
    assert (found.verdict, found.reason, found.remarks) == ("accepted", "", {})
    history = region.history(SHEET_2024, "remark:planted", review_of(SHEET_2024).id.hex())
    assert [change.value for change in history] == [None, "Тексеріңіз"]


@pytest.mark.usefixtures("arrived")
def test_what_was_sent_before_the_acceptance_arrived_shows_as_changed(
    register: Register, region: Register
) -> None:
    register.set_cell(SHEET_2024, "planted", 121)
    late = send(register)
    reviewing.accept(region, [SHEET_2024])
    assert said(region) == "accepted"
    apply(region, late)
    assert said(region) == "accepted*"
    reviewing.accept(region, [SHEET_2024])
    assert said(region) == "accepted"


@pytest.mark.usefixtures("arrived")
def test_two_verdicts_that_did_not_know_of_each_other(
    register: Register, region: Register, deputy: Register
) -> None:
    apply(deputy, send(region))
    reviewing.accept(region, [SHEET_2024])
    reviewing.return_sheet(deputy, SHEET_2024, {"planted": "Тексеріңіз"})
    one, other = send(region), send(deputy)
    apply(region, other)
    apply(deputy, one)
    assert dumped(region) == dumped(deputy)
    assert reviewing.verdict(region, SHEET_2024).conflict
    assert [conflict.cell for conflict in region.conflicts()] == ["verdict"]
    apply(register, send(region))
    assert register.conflicts() == []  # not the clerk's to settle
    (conflict,) = region.conflicts()
    settle(region, conflict, "returned")
    assert not reviewing.verdict(region, SHEET_2024).conflict
    assert reviewing.verdict(region, SHEET_2024).remarks == {"planted": "Тексеріңіз"}


def test_two_that_accept_different_states_are_no_conflict(
    register: Register, region: Register, deputy: Register, arrived: str
) -> None:
    apply(deputy, send(region))
    reviewing.accept(deputy, [SHEET_2024])
    register.set_cell(SHEET_2024, "planted", 121)
    apply(region, send(register))
    reviewing.accept(region, [SHEET_2024])
    apply(deputy, send(region))
    apply(region, send(deputy))
    for office in (region, deputy):
        assert office.conflicts() == []
        assert said(office) == "accepted"


def test_a_neighbour_learns_nothing_from_a_return(tmp_path: Path, region: Register) -> None:
    with new_register(tmp_path, "neighbour", Office("clerk", NEIGHBOUR, "Марат")) as neighbour:
        neighbour.set_cell(SHEET_2024._replace(territory=NEIGHBOUR), "planted", 1)
        assert reviewing.verdict(neighbour, SHEET_2024).verdict == ""
        with refused("REV-NOT-ABOVE"):
            reviewing.accept(neighbour, [SHEET_2024])
