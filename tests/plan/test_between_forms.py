"""Checks between forms: what two measures say of the same thing is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.form_file import read_form
from taza_desktop.plan.problems import Problem
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from taza_desktop.plan.sql import others_named
from tests.plan.form_writing import GOOD, LABEL, changed, refused, written

HERE, ELSEWHERE = "150000000", "390000000"
KEY = SheetKey(6, HERE, "2024")
OTHER = f"""\
measure = 44
version = 1
filled_by = ["district"]
rounds = ["year"]

[[figure]]
name = "trees"
kind = "count"
over_territories = "sum"
over_rounds = "last"
{LABEL}

[[figure]]
name = "share"
kind = "percent"
computed = "100.0 * trees / (select count(*) from sites)"
{LABEL}

[[table]]
name = "sites"
{LABEL}

[[table.column]]
name = "note"
kind = "text"
{LABEL}
"""
CHECK = """
[[check]]
name = "looks_at_the_other"
level = "explain"
at = "{at}"
that = "{that}"
says = {{ kk = "6, 44", ru = "6, 44", en = "6, 44" }}
"""


def pair(folder: Path, that: str = "planted >= m44.trees", other: str = OTHER) -> Form:
    """The form of measure 6 that looks at measure 44, the two files side by side."""
    (folder / "measure44.toml").write_text(other, encoding="utf-8")
    return written(folder, GOOD + CHECK.format(at="planted", that=that))


def found(form: Form, cells: Cells, others: dict[int, Sheet] | None = None) -> list[str]:
    """The checks that a sheet of measure 6 breaks."""
    return [it.check for it in problems(form, Sheet(KEY, cells), others=others or {})]


def other(cells: Cells, rows: int = 0) -> dict[int, Sheet]:
    """A sheet of measure 44."""
    entries = {"sites": [Entry({"note": "x"}) for _ in range(rows)]}
    return {44: Sheet(KEY._replace(measure=44), cells, entries)}


def test_a_check_looks_at_the_other_sheet(tmp_path: Path) -> None:
    form = pair(tmp_path)
    assert found(form, {"planted": 10}, other({"trees": 11})) == ["looks_at_the_other"]
    assert found(form, {"planted": 11}, other({"trees": 11})) == []


def test_a_sheet_that_is_not_there_or_blank_is_not_compared(tmp_path: Path) -> None:
    form = pair(tmp_path)
    for others in ({}, other({}), {8: Sheet(KEY._replace(measure=8), {"trees": 99})}):
        assert found(form, {"planted": 10}, others) == []
    assert found(form, {}, other({"trees": 11})) == []


def test_what_is_computed_in_the_other_sheet_can_be_compared(tmp_path: Path) -> None:
    form = pair(tmp_path, "planted >= m44.share")
    assert found(form, {"planted": 10}, other({"trees": 11}, rows=2)) == ["looks_at_the_other"]
    assert found(form, {"planted": 10}, other({"trees": 11})) == []


def test_rows_can_be_compared_with_the_other_sheet(tmp_path: Path) -> None:
    (tmp_path / "measure44.toml").write_text(OTHER, encoding="utf-8")
    each = CHECK.format(at="number", that="number <= m44.trees") + 'each = "plantings"\n'
    form = written(tmp_path, GOOD + each)
    rows = [Entry({"place": "154657100", "number": number}) for number in (11, 12)]
    it = Sheet(KEY, {"planted": 30}, {"plantings": rows})
    assert [one.cell for one in problems(form, it, others=other({"trees": 11}))] == [
        "plantings/2/number"
    ]


def test_a_remark_answers(tmp_path: Path) -> None:
    form = pair(tmp_path)
    it = Sheet(KEY, {"planted": 10, "remark:planted": "Мектептер бөлек есептелді"})
    (problem,) = problems(form, it, others=other({"trees": 11}))
    assert problem.answered


def test_two_forms_may_look_at_each_other(tmp_path: Path) -> None:
    back = OTHER + CHECK.format(at="trees", that="trees <= m06.planted")
    form = pair(tmp_path, other=back)
    assert [it.measure for it in form.beside] == [44]
    assert form.beside[0].beside == ()
    there = read_form(tmp_path / "measure44.toml")
    it = Sheet(KEY._replace(measure=44), {"trees": 5})
    assert problems(there, it, others={6: Sheet(KEY, {"planted": 4})})


def test_a_form_that_stands_alone_looks_at_the_programs_own(tmp_path: Path) -> None:
    form = written(tmp_path, changed("planted >= last.planted", "planted >= m08.grown"))
    assert [it.measure for it in form.beside] == [8]


def test_what_stands_in_quotes_is_no_other_sheet(tmp_path: Path) -> None:
    form = written(tmp_path, changed("planted >= last.planted", "'m44.trees' <> planted"))
    assert form.beside == ()


def test_a_mistake_in_the_other_form_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "measure44.toml").write_text(OTHER.replace('"count"', '"cuont"'), "utf-8")
    text = GOOD + CHECK.format(at="planted", that="planted >= m44.trees")
    assert "measure44.toml, line 8: there is no kind “cuont”" in refused(tmp_path, text).text()


@pytest.mark.parametrize(("that", "reason"), [
    ("planted >= m44.tres", "no such column: m44.tres"),
    ("trees <= m44.trees", "no such column: trees"),
    ("planted >= (select count(*) from m44)", "no such table: m44"),
])  # fmt: skip
def test_a_name_that_the_other_form_does_not_have_is_refused(
    tmp_path: Path, that: str, reason: str
) -> None:
    (tmp_path / "measure44.toml").write_text(OTHER, encoding="utf-8")
    text = GOOD + CHECK.format(at="planted", that=that)
    assert reason in refused(tmp_path, text).text()


def test_the_others_are_those_of_the_territory_and_the_round(tmp_path: Path) -> None:
    form = pair(tmp_path)
    sheets = {
        key: Sheet(key, {"trees": 1})
        for key in (
            SheetKey(44, HERE, "2024"),
            SheetKey(44, ELSEWHERE, "2024"),
            SheetKey(44, HERE, "2025"),
            SheetKey(8, HERE, "2024"),
        )
    }
    assert others_of(form, KEY, sheets.get) == {44: sheets[SheetKey(44, HERE, "2024")]}
    assert others_of(form, KEY._replace(round="2026"), sheets.get) == {}


PLAN = load_plan()
CHATS = {"services": [Entry({"name": "Таза чат", "type": "chat", "subscribers": 501})]}
# What is entered, what other measures say, the check that finds it odd; then what would be alike.
BETWEEN: dict[str, tuple[Sheet, dict[int, Cells], str, dict[int, Cells]]] = {
    "6 and 44": (
        Sheet(KEY._replace(measure=44), {"trees": 101}),
        {6: {"planted": 100}},
        "trees_within_6",
        {6: {"planted": 101}},
    ),
    "43 and 52": (
        Sheet(KEY._replace(measure=52), {"volunteers": 21}),
        {43: {"volunteers": 20, "event_volunteers": 5}},
        "volunteers_within_43",
        {43: {"volunteers": 5, "event_volunteers": 21}},
    ),
    "43 and 51": (
        Sheet(KEY._replace(measure=51), {"media_items": 0}, CHATS),
        {43: {"volunteers": 100}},
        "chats_like_43",
        {43: {"volunteers": 101}},
    ),
    "19 and 20": (
        Sheet(
            KEY._replace(measure=20),
            {"contests_held": 1, "yards": 9, "winners_number": 3, "prize_fund": 600_000},
        ),
        {19: {"winners_number": 3, "prize_fund": 600_000}},
        "not_the_contest_of_19",
        {19: {"winners_number": 3, "prize_fund": 700_000}},
    ),
    "40 and 44": (
        Sheet(KEY._replace(measure=40), {"media_items": 99}),
        {44: {"media_items": 100}},
        "not_less_than_44",
        {44: {"media_items": 99}},
    ),
    "40 and 51": (
        Sheet(KEY._replace(measure=40), {"media_items": 99}),
        {51: {"media_items": 100}},
        "not_less_than_51",
        {51: {"media_items": 99}},
    ),
}


@pytest.mark.parametrize(("it", "others", "check", "alike"), BETWEEN.values(), ids=BETWEEN)
def test_measures_that_tell_of_the_same_are_compared(
    it: Sheet, others: dict[int, Cells], check: str, alike: dict[int, Cells]
) -> None:
    form = PLAN.form(it.key.measure)

    def found(cells: dict[int, Cells]) -> list[Problem]:
        sheets = {n: Sheet(KEY._replace(measure=n), given) for n, given in cells.items()}
        return [one for one in problems(form, it, others=sheets) if one.check == check]

    assert found({}) == found(alike) == []
    (problem,) = found(others)
    assert problem.level == "explain"
    for text in problem.message:
        assert str(it.key.measure) in text
        assert all(str(number) in text for number in others)


def test_every_check_between_shipped_forms_is_tried() -> None:
    shipped = {
        check.name
        for number in PLAN.form_numbers()
        for check in PLAN.form(number).checks
        if others_named(check.that)
    }
    assert shipped == {check for _, _, check, _ in BETWEEN.values()}
