"""Which measure is waited for in which round, and by which day."""

from __future__ import annotations

from datetime import date

import pytest

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round
from taza_desktop.plan.territories import REPUBLIC

PLAN = load_plan()
KOSTANAY, ALMATY, ASTANA = "390000000", "750000000", "710000000"


def due(measure: int, code: str, kato: str = KOSTANAY) -> str | None:
    """The day as text."""
    found = PLAN.measures[measure].due(kato, Round.parse(code))
    return found and found.isoformat()


@pytest.mark.parametrize("year", range(2024, 2030))
def test_a_yearly_measure_is_due_on_the_first_of_february(year: int) -> None:
    assert due(6, str(year)) == f"{year + 1}-02-01"
    assert due(6, "2030") is None
    assert due(6, "2023") is None


@pytest.mark.parametrize(
    ("code", "day"), [("2025-Q1", "2025-04-10"), ("2025-Q4", "2026-01-10"), ("2025", "2026-02-01")]
)
def test_the_media_plan_is_due_every_quarter(code: str, day: str) -> None:
    assert PLAN.measures[40].schedule.every == "quarter"
    assert due(40, code) == day


@pytest.mark.parametrize(
    ("measure", "once"),
    [(14, "2024-12-31"), (16, "2025-04-30"), (17, "2025-03-31"), (25, "2025-04-30")],
)
def test_what_is_wanted_once_is_due_in_the_rounds_that_hold_the_day(
    measure: int, once: str
) -> None:
    day = date.fromisoformat(once)
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    assert due(measure, str(day.year)) == due(measure, quarter) == once
    assert due(measure, str(day.year + 1)) is None
    assert due(measure, str(day.year - 1)) is None
    assert due(measure, f"{day.year}-Q3") is None


def test_nobody_waits_for_what_was_taken_off_control() -> None:
    assert PLAN.measures[45].schedule.off_control == date(2025, 2, 26)
    assert {due(45, str(year)) for year in PLAN.years} == {None}


@pytest.mark.parametrize(
    ("measure", "first", "last"),
    [
        (2, 2027, 2029),
        (4, 2025, 2027),
        (5, 2025, 2025),
        (22, 2025, 2029),
        (26, 2026, 2029),
        (27, 2024, 2025),
        (29, 2025, 2029),
        (39, 2025, 2029),
        (53, 2026, 2026),
        (59, 2027, 2027),
    ],
)
def test_a_measure_is_due_in_its_years(measure: int, first: int, last: int) -> None:
    kato = KOSTANAY if PLAN.measures[measure].akimat == "all" else REPUBLIC
    waited = [year for year in PLAN.years if due(measure, str(year), kato)]
    assert waited == list(range(first, last + 1))


def test_only_who_answers_is_waited_for() -> None:
    assert due(54, "2026", ASTANA) == "2027-02-01"
    assert due(54, "2026", ALMATY) is None
    assert due(12, "2024", ALMATY) == "2025-02-01"
    assert due(12, "2024", ASTANA) is None
    assert due(30, "2027", REPUBLIC) == "2028-02-01"
    assert due(30, "2026", REPUBLIC) is None
    assert due(6, "2024", REPUBLIC) is None


def test_a_deadline_that_names_years_or_days_is_one_to_reckon_with() -> None:
    """Whatever the printed deadline says beyond «ежегодно» stands in the schedule too."""
    plain = {"ежегодно", "ежегодно, на постоянной основе", "ежегодно на постоянной основе"}
    for measure in PLAN.measures.values():
        years, once = measure.schedule.years, measure.schedule.once
        printed = measure.deadline.ru
        if printed in plain:
            assert (years, once) == ((2024, 2029), None), measure.number
        elif printed not in ("ежеквартально", "в течение двух месяцев со дня утверждения "
                             "настоящей Концепции", "до 2029 года"):  # fmt: skip
            named = [int(word[:4]) for word in printed.split() if word[:2] == "20"]
            if once:
                assert named == [once.year], measure.number
            else:
                assert years == (named[0], named[-1]), measure.number
