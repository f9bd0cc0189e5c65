from datetime import date

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.rounds import Round

CODES = ["2024", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025-H1", "2025-H2", "2025-9M"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_comes_back(code: str):
    assert Round.parse(code).code == str(Round.parse(code)) == code


@pytest.mark.parametrize(
    "typed", ["", "24", "2024 ", "2025-Q5", "2025Q1", "2025-q1", "1999", "2025-"]
)
def test_other_codes_are_refused(typed: str):
    with pytest.raises(Refusal) as refused:
        Round.parse(typed)
    assert refused.value.code == "PLAN-ROUND"
    assert f"“{typed}”" in refused.value.text()


@pytest.mark.parametrize(
    ("code", "kind", "start", "end", "due"),
    [
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31), date(2025, 2, 1)),
        ("2024-Q1", "quarter", date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 10)),
        ("2025-Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31), date(2026, 1, 10)),
        ("2025-H1", "half", date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 10)),
        ("2025-H2", "half", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 10)),
        ("2025-9M", "nine_months", date(2025, 1, 1), date(2025, 9, 30), date(2025, 10, 10)),
    ],
)
def test_dates(code: str, kind: str, start: date, end: date, due: date):
    found = Round.parse(code)
    assert (found.kind, found.start, found.end, found.due) == (kind, start, end, due)


def test_a_year_is_due_when_the_plan_says():
    assert Round.parse("2024").due.strftime("%m-%d") == load_plan().executors_report_by


@pytest.mark.parametrize(
    ("code", "earlier"),
    [("2025", "9M Q3 H1 Q2 Q1"), ("2025-9M", "H1 Q2 Q1"), ("2025-H1", "Q1"), ("2025-Q1", ""),
     ("2025-H2", "9M Q3 H1 Q2 Q1"), ("2025-Q4", "9M Q3 H1 Q2 Q1"), ("2025-Q2", "Q1")],
)  # fmt: skip
def test_the_rounds_before(code: str, earlier: str):
    assert [it.part for it in Round.parse(code).earlier()] == earlier.split()


@pytest.mark.parametrize("code", CODES)
def test_the_rounds_before_ended_earlier_in_the_same_year(code: str):
    this = Round.parse(code)
    assert all(it.year == this.year and it.end < this.end for it in this.earlier())


def test_names():
    quarter = Round.parse("2025-Q1")
    assert quarter.name("kk") == "2025 жылғы I тоқсан"
    assert quarter.name("ru") == "I квартал 2025 года"
    assert quarter.name("en") == "first quarter of 2025"
    assert [Round.parse("2024").name(lang) for lang in ("kk", "ru", "en")] == [
        "2024 жыл",
        "2024 год",
        "2024",
    ]
