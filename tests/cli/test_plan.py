"""`plan`: the catalogue for other programs."""

from __future__ import annotations

import pytest

from taza_desktop.plan.catalogue import load_plan
from tests.running import Taza

LANGUAGES = {"kk", "ru", "en"}
SCHEDULE = ("years", "every", "due", "off_control")
TEXTS = ("title", "completion_form", "deadline", "executors")


def test_measures_are_the_sixty(taza: Taza) -> None:
    rows = taza("plan", "measures", "--json").json
    assert [row["number"] for row in rows] == list(range(1, 61))
    for row in rows:
        assert set(row) == {"number", "direction", "akimat", "form", *SCHEDULE, *TEXTS}
        for text in TEXTS:
            assert set(row[text]) == LANGUAGES
            assert all(row[text].values())
    assert {row["number"] for row in rows if row["form"]} == set(load_plan().form_numbers())
    assert [row["akimat"] for row in rows].count("all") == 45


def test_measures_for_a_person_are_in_the_language_asked_for(taza: Taza) -> None:
    lines = taza("--lang", "ru", "plan", "measures").out.splitlines()
    assert len(lines) == 60
    assert "Увеличение количества камер" in lines[0]


def test_a_form_is_data(taza: Taza) -> None:
    form = taza("plan", "form", "6", "--json").json
    planted = next(one for one in form["figures"] if one["name"] == "planted")
    assert planted["kind"] == "count"
    assert planted["of"] == "planned"
    assert set(planted["label"]) == LANGUAGES
    assert [column["name"] for column in form["tables"][0]["columns"]][:2] == ["date", "place"]
    assert "source" not in form
    assert "planted" in taza("plan", "form", "6").out


def test_a_measure_without_a_form_is_refused(taza: Taza) -> None:
    refused = taza("plan", "form", "61", "--json")
    assert refused.code == 1
    assert refused.json["code"] == "PLAN-NO-FORM"
    assert refused.err.startswith("PLAN-NO-FORM: ")


def test_territories_are_the_offices_or_the_children(taza: Taza) -> None:
    offices = taza("plan", "territories", "--json").json
    assert len(offices) == 20 + 234
    regions = taza("plan", "territories", "--parent", "000000000", "--json").json
    assert len(regions) == 20
    assert {row["level"] for row in regions} == {"region"}
    below = taza("plan", "territories", "--parent", "391000000", "--json").json
    assert {row["parent"] for row in below} == {"391000000"}
    assert "Kostanay" in taza("plan", "territories", "--parent", "390000000").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "form", "six"),
        ("nothing",),
        ("plan",),
        ("plan", "measures", "--wide"),
        ("--lang", "de"),
    ],
)
def test_a_wrong_call_ends_with_two(taza: Taza, arguments: tuple[str, ...]) -> None:
    wrong = taza(*arguments)
    assert wrong.code == 2
    assert "Usage" in wrong.err
