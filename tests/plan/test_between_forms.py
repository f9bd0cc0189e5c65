"""Checks between forms: what two measures say of the same thing is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from taza_desktop.plan.checks import others_of, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.form_file import read_form
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
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
