"""Where a round stands, with the real plan and the form of measure 6."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from taza_desktop.merging.apply import apply
from taza_desktop.merging.undo import undo
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Form
from taza_desktop.plan.rounds import Round
from taza_desktop.register import completeness, reviewing
from taza_desktop.register.completeness import SheetStatus, expected, fillable, status
from taza_desktop.register.model import Office
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import COORDINATOR, DISTRICT, REGION, SHEET_2024, new_register

PLAN = load_plan()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path, "region", COORDINATOR) as fresh:
        yield fresh


def sheet_status(register: Register, on: date | None = None) -> SheetStatus:
    """How the district's sheet of measure 6 stands."""
    (found,) = (
        one
        for one in status(register, PLAN, "2024", on)
        if (one.territory, one.measure) == (DISTRICT, 6)
    )
    return found


def fill(register: Register) -> None:
    """All that measure 6 requires."""
    register.set_cell(SHEET_2024, "planned", 100)
    register.set_cell(SHEET_2024, "planted", 120)


def test_a_sheet_on_its_way_to_the_region(register: Register, region: Register) -> None:
    assert sheet_status(register).state == "not_started"
    assert "planted" in sheet_status(register).missing
    register.set_cell(SHEET_2024, "planned", 100)
    assert sheet_status(register).state == "draft"
    fill(register)
    assert (sheet_status(register).state, sheet_status(register).missing) == ("ready", [])
    opened = send(register)
    sent = sheet_status(register)
    assert (sent.state, sent.package) == ("sent", opened.envelope.package_id)
    assert sheet_status(region).state == "not_started"
    apply(region, opened)
    received = sheet_status(region)
    assert (received.state, received.package) == ("received", opened.envelope.package_id)
    register.set_cell(SHEET_2024, "planted", 121)
    assert sheet_status(register).state == "ready"
    undo(region, opened.envelope.package_id)
    assert sheet_status(region).state == "not_started"


def test_a_sheet_on_its_way_back_and_forth(register: Register, region: Register) -> None:
    fill(register)
    apply(region, send(register))
    reviewing.return_sheet(region, SHEET_2024, {"planted": "Актіде 110"})
    assert sheet_status(region).state == "returned"
    returned = send(region)
    apply(register, returned)
    assert sheet_status(register).state == "returned"
    assert sheet_status(register).package == returned.envelope.package_id
    reviewing.mark_opened(register, SHEET_2024, date(2025, 2, 3))
    send(register)
    assert sheet_status(register).state == "returned"  # read and sent, but not answered
    register.set_cell(SHEET_2024, "planted", 110)
    assert sheet_status(register).state == "returned"  # answered, but not sent
    answer = send(register)
    assert sheet_status(register).state == "sent"
    apply(region, answer)
    answered = sheet_status(region)
    assert answered.state == "answered"
    assert answered.said
    assert answered.said.opened == date(2025, 2, 3)
    reviewing.accept(region, [SHEET_2024])
    assert sheet_status(region).state == "accepted"
    apply(register, send(region))
    assert sheet_status(register).state == "accepted"
    reviewing.unlock(region, SHEET_2024, "қате")
    assert sheet_status(region).state == "received"
    apply(register, send(region))
    assert sheet_status(register).state == "sent"


def test_what_came_after_the_acceptance_shows(register: Register, region: Register) -> None:
    fill(register)
    apply(region, send(register))
    register.set_cell(SHEET_2024, "planted", 121)
    reviewing.accept(region, [SHEET_2024])
    apply(region, send(register))
    assert sheet_status(region).state == "changed"
    apply(register, send(region))
    assert sheet_status(register).state == "changed"


def test_a_return_is_overdue_again_until_it_is_answered(
    register: Register, region: Register
) -> None:
    due = Round.parse("2024").due
    late = due.replace(day=due.day + 1)
    fill(register)
    apply(region, send(register))
    assert not sheet_status(region, late).overdue
    reviewing.return_sheet(region, SHEET_2024, {"": "Акт қоса берілмеген"})
    assert sheet_status(region, late).overdue
    apply(register, send(region))
    assert sheet_status(register, late).overdue
    reviewing.answer_remark(register, SHEET_2024, "", "Жіберілді")
    apply(region, send(register))
    assert not sheet_status(region, late).overdue
    assert not sheet_status(register, late).overdue


def test_cells_in_conflict_are_counted(
    register: Register, region: Register, tmp_path: Path
) -> None:
    fill(register)
    with new_register(tmp_path, "second") as second:
        second.set_cell(SHEET_2024, "planned", 90)
        second.set_cell(SHEET_2024, "planted", 120)
        apply(region, send(register))
        apply(region, send(second))
    assert sheet_status(region).conflicts == 1


def test_nobody_waits_for_whom_the_region_speaks(register: Register, region: Register) -> None:
    mine = SHEET_2024._replace(territory=REGION)
    region.set_cell(mine, "planted", 1)
    late = Round.parse("2024").due.replace(year=2030)
    waited = {one.territory for one in status(region, PLAN, "2024", late) if one.measure == 6}
    region.set_cell(mine, "stands_for:", [DISTRICT])
    found = {one.territory: one for one in status(region, PLAN, "2024", late) if one.measure == 6}
    assert waited - found.keys() == {DISTRICT}
    fill(register)
    apply(region, send(register))
    assert (sheet_status(region, late).due, sheet_status(region, late).overdue) == (None, False)


def test_a_whole_region_is_told_without_looking_for_problems(
    register: Register, region: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(register)
    apply(region, send(register))
    looked: list[object] = []
    monkeypatch.setattr(completeness, "problems", lambda *seen: looked.append(seen) or [])
    found = sheet_status(region)
    assert looked == []
    assert found.problems == []
    assert found.problems == []
    assert len(looked) == 1


def test_what_cannot_be_true_keeps_it_a_draft(register: Register) -> None:
    fill(register)
    register.set_cell(SHEET_2024, "on_enterprises", 500)
    found = sheet_status(register)
    assert found.state == "draft"
    assert "stop" in [problem.level for problem in found.problems]


def test_a_problem_that_a_remark_explains_is_not_open(register: Register) -> None:
    fill(register)
    register.set_cell(SHEET_2024, "planted", 1000)
    before = sheet_status(register).problems
    assert [problem.level for problem in before] == ["explain"]
    register.set_cell(SHEET_2024, f"remark:{before[0].cell}", "қосымша қаржы бөлінді")
    assert sheet_status(register).problems == []


def test_each_figure_counts_once(register: Register) -> None:
    register.set_cell(SHEET_2024, "planned", 0)
    register.set_cell(SHEET_2024, "inspected", 7)
    register.set_cell(SHEET_2024, "na:planted", "отырғызу маусымы емес")
    assert sheet_status(register).cells == (1, 1, 1, 0)
    register.set_cell(SHEET_2024, "na:planted", None)
    assert sheet_status(register).cells == (1, 1, 0, 1)


def test_only_what_was_not_handed_over_is_overdue(register: Register) -> None:
    due = Round.parse("2024").due
    assert not sheet_status(register).overdue
    assert not sheet_status(register, due).overdue
    late = due.replace(day=due.day + 1)
    assert sheet_status(register, late).overdue
    fill(register)
    assert sheet_status(register, late).overdue
    send(register)
    assert not sheet_status(register, late).overdue


def test_last_rounds_figures_are_compared(register: Register) -> None:
    register.set_cell(SHEET_2024._replace(round="2025-Q1"), "planted", 500)
    half = SHEET_2024._replace(round="2025-H1")
    register.set_cell(half, "planned", 400)
    register.set_cell(half, "planted", 400)
    (found,) = (one for one in status(register, PLAN, "2025-H1") if one.measure == 6)
    assert "planted" in [problem.cell for problem in found.problems]


def levels(register: Register) -> set[str]:
    return {PLAN.territories.level(one.territory) for one in status(register, PLAN, "2024")}


def test_an_office_waits_for_its_own_sheets_and_those_below(tmp_path: Path) -> None:
    with new_register(tmp_path, "a") as clerk:
        assert {one.territory for one in status(clerk, PLAN, "2024")} == {DISTRICT}
    with new_register(tmp_path, "b", COORDINATOR) as region:
        below = {office.kato for office in PLAN.territories.children(REGION, offices_only=True)}
        assert {one.territory for one in status(region, PLAN, "2024")} <= below | {REGION}
    with new_register(tmp_path, "c", Office("ministry", "000000000", "М")) as ministry:
        assert levels(ministry) >= {"region", "district", "city"}


def asked(form: Form, territory: str) -> bool:
    return PLAN.territories.level(territory) in form.filled_by and "year" in form.rounds


def test_a_territory_answers_the_forms_meant_for_it() -> None:
    for territory in (REGION, DISTRICT):
        measures = fillable(PLAN, territory, "2024")
        assert measures == [
            number
            for number in PLAN.form_numbers()
            if PLAN.measures[number].answers(territory) and asked(PLAN.form(number), territory)
        ]
        waited = expected(PLAN, territory, "2024")
        assert 6 in waited
        assert set(waited) < set(measures)
        assert set(measures) - set(waited) >= {2, 5}  # from 2027, in 2025


def test_the_leased_city_answers_nothing() -> None:
    assert fillable(PLAN, "431900000", "2024") == []


def statuses(register: Register, round: str, **how: bool) -> dict[int, SheetStatus]:
    """The district's own, by measure."""
    found = status(register, PLAN, round, date(2030, 1, 1), **how)
    return {one.measure: one for one in found if one.territory == DISTRICT}


def test_what_nobody_waits_for_is_shown_once_it_is_begun_and_is_never_overdue(
    register: Register,
) -> None:
    assert 5 not in statuses(register, "2024")
    early = statuses(register, "2024", early=True)[5]
    assert (early.state, early.due, early.overdue) == ("not_started", None, False)
    figure = PLAN.form(5).figures[0]
    register.set_cell(SHEET_2024._replace(measure=5), f"na:{figure.name}", "Әлі жоқ")
    begun = statuses(register, "2024")[5]
    assert (begun.due, begun.overdue) == (None, False)
    waited = statuses(register, "2025")[5]
    assert (waited.due, waited.overdue) == (date(2026, 2, 1), True)


def test_the_country_may_tell_of_what_the_akimats_answer_for(tmp_path: Path) -> None:
    country = "000000000"
    assert 8 in fillable(PLAN, country, "2024")
    assert 8 not in expected(PLAN, country, "2024")
    assert 11 in expected(PLAN, country, "2024")
