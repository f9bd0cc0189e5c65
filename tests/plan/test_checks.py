"""What is wrong with a sheet is found, what a remark answers is answered, what is blank holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from taza_desktop.i18n import Text
from taza_desktop.plan.checks import computed, missing, problems
from taza_desktop.plan.form import Form
from taza_desktop.plan.problems import BUILT_IN
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey
from tests.plan.form_writing import GOOD, LABEL, written

KEY = SheetKey(6, "150000000", "2024")
PLACE = "154657100"


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return written(tmp_path_factory.mktemp("form"))


def sheet(entries: list[Entry] | None = None, **cells: object) -> Sheet:
    given: Cells = {name.replace("__", ":"): value for name, value in cells.items()}
    return Sheet(KEY, given, {"plantings": entries or []})


def planting(number: object = 1, **cells: object) -> Entry:
    return Entry({"place": PLACE, "number": number, **cells})


def found(form: Form, it: Sheet, last: Sheet | None = None) -> list[tuple[str, str, str]]:
    return [(problem.level, problem.check, problem.cell) for problem in problems(form, it, last)]


def test_a_sound_sheet_has_no_problem(form: Form) -> None:
    assert found(form, sheet([planting(5)], planned=10, planted=10)) == []


def test_an_empty_sheet_has_no_problem_but_lacks_what_is_required(form: Form) -> None:
    assert found(form, sheet()) == []
    assert missing(form, sheet()) == ["planted"]


def test_a_reason_why_a_cell_does_not_apply_stands_for_it(form: Form) -> None:
    assert missing(form, sheet(na__planted="Жоспарда жоқ")) == []
    assert missing(form, sheet(planted=0)) == []


def test_a_broken_check_leads_to_its_cell_in_three_languages(form: Form) -> None:
    (problem,) = problems(form, sheet([planting(7), planting(8)], planted=10))
    assert (problem.level, problem.check, problem.cell) == ("stop", "table_within_total", "planted")
    assert problem.message == Text("Артық.", "Больше.", "More.")


def test_a_check_over_a_table_leads_to_the_row(form: Form) -> None:
    rows = [planting(1), planting(200_000), Entry(planting(300_000).cells, id="a" * 32)]
    assert found(form, sheet(rows, planted=600_000)) == [
        ("explain", "likely_number", "plantings/2/number"),
        ("explain", "likely_number", f"plantings/{'a' * 32}/number"),
    ]


def test_the_round_before_is_compared(form: Form) -> None:
    before = sheet(planted=20)
    assert found(form, sheet(planted=10), before) == [("explain", "never_falls", "planted")]
    assert found(form, sheet(planted=20), before) == []
    assert found(form, sheet(planted=10), sheet()) == []


@pytest.mark.parametrize(
    ("mark", "answered"),
    [("remark__planted", True), ("remark__", True), ("remark__planned", False)],
)
def test_a_remark_answers_what_wants_explaining(form: Form, mark: str, answered: bool) -> None:
    (problem,) = problems(form, sheet(planted=10, **{mark: "Су тасқыны"}), sheet(planted=20))
    assert problem.answered is answered


@pytest.mark.parametrize("mark", ["remark:number", "remark:"])
def test_a_remark_in_a_row_answers_for_the_row(form: Form, mark: str) -> None:
    rows = [planting(200_000, **{mark: "Орман өрті"}), planting(300_000)]
    answers = [it.answered for it in problems(form, sheet(rows, planted=900_000))]
    assert answers == [True, False]


@pytest.mark.parametrize("mark", ["remark__plantings", "remark__"])
def test_a_remark_on_the_table_answers_for_its_rows(form: Form, mark: str) -> None:
    it = sheet([planting(200_000)], planted=900_000, **{mark: "Орман өрті"})
    assert [problem.answered for problem in problems(form, it)] == [True]


def test_no_remark_answers_what_must_be_mended(form: Form) -> None:
    it = sheet([planting(20)], planted=10, remark__planted="Себебі", remark__="Себебі")
    assert [problem.answered for problem in problems(form, it)] == [False]


@pytest.mark.parametrize(
    ("cells", "check", "cell"),
    [
        ({"planted": "5"}, "value", "planted"),
        ({"planted": True}, "value", "planted"),
        ({"planted": -5}, "value", "planted"),
        ({"planted": {"a": 1}}, "value", "planted"),
        ({"note": "a\u202eb"}, "value", "note"),
        ({"survival": "100.1"}, "maximum", "survival"),
        ({"survival": 101}, "maximum", "survival"),
        ({"trees": 5}, "unknown", "trees"),
        ({"fulfilment": 5}, "computed", "fulfilment"),
        ({"remark__trees": "x"}, "unknown", "remark:trees"),
        ({"comment__planted": "x"}, "unknown", "comment:planted"),
        ({"remark__planted": 5}, "value", "remark:planted"),
        ({"remark__planted": "a\u0000"}, "value", "remark:planted"),
        ({"sentence__de": "x"}, "unknown", "sentence:de"),
    ],
)
def test_a_cell_wrong_in_itself_stops(form: Form, cells: Cells, check: str, cell: str) -> None:
    assert found(form, sheet(**cells)) == [("stop", check, cell)]


@pytest.mark.parametrize(
    ("entry", "check", "column"),
    [
        (Entry({"number": 1}), "required", "place"),
        (planting(0), "minimum", "number"),
        (planting("1"), "value", "number"),
        (planting(True), "value", "number"),
        (planting(1.0), "value", "number"),
        (planting(species="cactus"), "value", "species"),
        (planting(species=["pine"]), "value", "species"),
        (planting(planted=1), "unknown", "planted"),
        (planting(**{"remark:planted": "x"}), "unknown", "remark:planted"),
    ],
)
def test_a_cell_of_a_row_wrong_in_itself_stops(
    form: Form, entry: Entry, check: str, column: str
) -> None:
    it = sheet([planting(1), entry], planted=100)
    assert found(form, it) == [("stop", check, f"plantings/2/{column}")]


def test_a_required_column_may_not_apply(form: Form) -> None:
    entry = Entry({"number": 1, "na:place": "Далада"})
    assert found(form, sheet([entry], planted=5)) == []


def test_an_unknown_table_stops(form: Form) -> None:
    it = Sheet(KEY, {"planted": 1}, {"trees": [Entry({"number": 1})]})
    assert found(form, it) == [("stop", "unknown", "trees")]


def test_a_wrong_cell_is_a_blank_for_the_checks(form: Form) -> None:
    it = sheet([planting("many"), planting(5)], planted="ten")
    assert [check for _, check, _ in found(form, it)] == ["value", "value"]
    it = sheet([planting("many"), planting(5)], planted=4)
    assert [check for _, check, _ in found(form, it)] == ["value", "table_within_total"]


def test_the_marks_of_the_language_stand(form: Form) -> None:
    marks = {"remark__": "a", "remark__plantings": "b", "na__planned": "c", "sentence__kk": "d"}
    assert found(form, sheet(planted=1, **marks)) == []


def test_what_follows_is_computed_and_rounded(form: Form) -> None:
    assert computed(form, sheet(planned=200_000, planted=176_600)) == {"fulfilment": "88.3"}
    assert computed(form, sheet(planned=3, planted=1)) == {"fulfilment": "33.3"}
    assert computed(form, sheet(planned=3, planted=3)) == {"fulfilment": 100}


@pytest.mark.parametrize("cells", [{}, {"planted": 5}, {"planned": 0, "planted": 5}])
def test_what_follows_from_a_blank_or_from_nought_is_blank(form: Form, cells: Cells) -> None:
    assert computed(form, sheet(**cells)) == {}


def test_computed_figures_follow_from_each_other_and_serve_checks(tmp_path: Path) -> None:
    more = f"""
[[figure]]
name = "half"
kind = "percent"
computed = "fulfilment / 2"
{LABEL}
[[check]]
name = "more_than_before"
level = "explain"
at = "half"
that = "half >= last.half"
says = {{ kk = "А", ru = "А", en = "A" }}
"""
    form = written(tmp_path, GOOD + more)
    it, before = sheet(planned=100, planted=50), sheet(planned=100, planted=45)
    assert computed(form, it) == {"fulfilment": 50, "half": 25}
    assert found(form, it, before) == []
    before.cells["planned"] = 80
    assert found(form, it, before) == [("explain", "more_than_before", "half")]


def test_the_days_of_the_round_are_known(tmp_path: Path) -> None:
    check = """
[[check]]
name = "year_only"
level = "explain"
that = "round.first_day = '2024-01-01' and round.last_day = '2024-12-31' and round.year = 2024"
says = { kk = "А", ru = "А", en = "A" }
"""
    form = written(tmp_path, GOOD + check)
    assert found(form, sheet(planted=1)) == []
    quarter = Sheet(KEY._replace(round="2024-Q2"), {"planted": 1})
    assert found(form, quarter) == [("explain", "year_only", "")]
    nonsense = Sheet(KEY._replace(round="soon"), {"planted": 1})
    assert found(form, nonsense) == []


def test_a_check_that_cannot_be_finished_stops(tmp_path: Path) -> None:
    check = """
[[check]]
name = "far_too_much"
level = "explain"
at = "planted"
that = "(select sum(number * 1048576) from plantings) > planted"
says = { kk = "А", ru = "А", en = "A" }
"""
    form = written(tmp_path, GOOD + check)
    rows = [planting(2**42 + row) for row in range(4)]
    stops = [it for it in problems(form, sheet(rows, planted=2**53)) if it.level == "stop"]
    assert [(it.check, it.cell) for it in stops] == [("unfinished", "planted")]
    assert "too large" in stops[0].message.en


def test_a_place_outside_the_territory_wants_a_remark(form: Form) -> None:
    rows = [planting(5), planting(6, place="391000000"), planting(7, place=KEY.territory)]
    it = sheet(rows, planted=100)
    (problem,) = problems(form, it)
    where = ("explain", "elsewhere", "plantings/2/place")
    assert (problem.level, problem.check, problem.cell, problem.answered) == (*where, False)
    assert "Ақтөбе облысы" in problem.message.kk
    rows[1].cells["remark:place"] = "Көрші аудан шақырды"
    assert [one.answered for one in problems(form, it)] == [True]
    country = Sheet(KEY._replace(territory="000000000"), it.cells, it.entries)
    assert problems(form, country) == []


def test_every_built_in_check_says_something_in_three_languages(form: Form) -> None:
    it = sheet(
        [Entry({"number": 0}), planting(place="391000000")],
        planted="x",
        survival=101,
        fulfilment=1,
        trees=1,
        note="a\u0000",
    )
    it.cells |= {"override:planted": 1, "stands_for:": ["100000000"]}
    said = {problem.check: problem.message for problem in problems(form, it)}
    assert set(said) | {"unfinished"} == set(BUILT_IN)
    assert all("{" not in text for message in said.values() for text in message)
    assert said["minimum"].kk.count("1") == 1


def test_long_tables_and_short_ones_are_checked_alike(form: Form) -> None:
    rows = [planting(row, species="pine", area="0.5") for row in range(1, 201)]
    assert found(form, sheet(rows, planted=100_000)) == []
    rows[150].cells["species"] = "cactus"
    assert found(form, sheet(rows, planted=100_000)) == [("stop", "value", "plantings/151/species")]
