"""The facts: every one that a form asks for stands in a cell, as it was published."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from taza_desktop.demo.facts import ROUND, UNEXPLAINED, Fact, Facts, place, read_facts
from taza_desktop.paths import data_path
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import problems
from taza_desktop.plan.sheet import SheetKey

NAME = Fact._fields[:5]


@pytest.fixture(scope="module")
def placed() -> Facts:
    return place(load_plan())


def cells() -> list[dict[str, str]]:
    with data_path("resources", "demo", "cells.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_the_facts_of_2024() -> None:
    facts = read_facts()
    assert len(facts) == 120
    assert len({fact.name() for fact in facts}) == 120


def test_every_fact_that_a_form_asks_for_stands_in_one_cell(placed: Facts) -> None:
    taken = Counter(tuple(row[part] for part in NAME) for row in cells() if row["value"] == "=")
    awards = {tuple(row[part] for part in NAME) for row in cells() if row["cell"].endswith("award")}
    said_by_a_choice = awards - taken.keys()  # «1st place» is a choice, not a number
    assert len(said_by_a_choice) == 3
    assert taken + Counter(said_by_a_choice) == Counter(fact.name() for fact in placed.entered)
    assert len(placed.entered) + len(placed.waiting) == 120
    assert {int(fact.measure) for fact in placed.waiting}.isdisjoint(load_plan().form_numbers())


def test_every_fact_is_entered(placed: Facts) -> None:
    assert (len(placed.entered), placed.waiting) == (120, [])


def test_a_value_of_its_own_only_says_what_a_fact_says() -> None:
    facts = {fact.name() for fact in read_facts()}
    for row in cells():
        assert tuple(row[part] for part in NAME) in facts, row


def test_a_fact_stands_in_its_own_region() -> None:
    territories = load_plan().territories
    for row in cells():
        region = territories.region_of(row["territory"])
        assert (region.iso if region else "") == row["region"], row


def test_the_sheets_have_nothing_to_mend_and_every_question_is_answered(placed: Facts) -> None:
    plan = load_plan()
    asked = 0
    for sheet in placed.sheets:
        for problem in problems(plan.form(sheet.key.measure), sheet):
            assert problem.level == "explain", (sheet.key, problem)
            assert problem.answered, (sheet.key, problem)
            asked += 1
    assert asked >= placed.remarks > 0


def test_kyzylorda_planted_five_times_its_plan_and_says_that_no_reason_was_published(
    placed: Facts,
) -> None:
    key = SheetKey(6, "430000000", ROUND)
    (sheet,) = (sheet for sheet in placed.sheets if sheet.key == key)
    assert sheet.figures() == {"planned": 21_700, "planted": 100_418}
    assert UNEXPLAINED.kk in sheet.marks("remark:")["planted"]
    assert UNEXPLAINED.ru in sheet.marks("remark:")["planted"]
