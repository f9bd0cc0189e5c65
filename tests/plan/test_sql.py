"""The SQL of forms reaches its relations and nothing else, always answers, and never runs on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import cast

import pytest

from taza_desktop.plan.evaluate import FAILED, Answer, Evaluator, Question, Row, Rows, SqlValue
from taza_desktop.plan.sql import Compiler, Read, Schema, refuse_quirks, rows_where, usable

SCHEMA = Schema(("planned", "planted"), {"plantings": ("date", "number")})


@pytest.fixture
def compiler() -> Iterator[Compiler]:
    with Compiler(SCHEMA) as made:
        yield made


def answers(
    *expressions: str, sheet: Row | None = None, last: Row | None = None, rows: Rows = ()
) -> list[Answer]:
    with Compiler(SCHEMA) as compiler:
        reads = frozenset[Read]().union(*map(compiler.reads, expressions))
    evaluator = Evaluator({"plantings": ["date", "number"]})
    given = {"sheet": sheet or {}, "last": last or {}, "round": {"last_day": "2024-12-31"}}
    return evaluator.ask(Question(expressions, reads), given, {"plantings": rows})


@pytest.mark.parametrize(
    "expression",
    [
        "(select name from sqlite_schema)",
        "(select count(*) from pragma_table_info('sheet'))",
        "load_extension('x')",
        "randomblob(1000000000)",
        "zeroblob(1000000000)",
        "date('now')",
        "random()",
        "readfile('/etc/passwd')",
        "(with recursive a(x) as (select 1 union all select x + 1 from a) select max(x) from a)",
        "planted; drop table sheet",
        "planted, planned",
        "plntd",
        "last.plntd",
        "missing_table.planted",
        "",
    ],
)
def test_what_is_no_expression_over_the_form_is_refused(
    compiler: Compiler, expression: str
) -> None:
    with pytest.raises(sqlite3.Error):
        compiler.reads(expression)


@pytest.mark.parametrize("expression", ['"planted" > 0', "1) or (1", "planted)", "'(' || ')' )"])
def test_what_sqlite_would_take_for_something_else_is_refused(expression: str) -> None:
    with pytest.raises(sqlite3.OperationalError):
        refuse_quirks(expression)


@pytest.mark.parametrize("expression", ["')' || '\"'", "(1) -- )", "round((planted), 1)"])
def test_quotes_and_comments_are_not_taken_for_code(expression: str) -> None:
    refuse_quirks(expression)


def test_what_an_expression_reads_is_known(compiler: Compiler) -> None:
    expression = "planted > last.planned and (select count(*) from plantings) > 0"
    reads = {read for read in compiler.reads(expression) if read.column}
    assert reads == {Read("sheet", "planted"), Read("last", "planned")}
    assert Read("plantings", "") in compiler.reads(expression)
    assert compiler.reads(expression) == compiler.reads(expression)


def test_a_name_without_a_prefix_means_the_sheet() -> None:
    assert answers("planted", sheet={"planted": 5}, last={"planted": 4}) == [5]
    assert answers("last.planted", sheet={"planted": 5}, last={"planted": 4}) == [4]
    assert answers("round.last_day") == ["2024-12-31"]


def test_inside_a_table_a_name_means_its_column_first() -> None:
    rows = [(1, "2024-05-01", 3), (2, None, 4)]
    assert answers("(select sum(number) from plantings where number < planted)",
                   sheet={"planted": 4}, rows=rows) == [3]  # fmt: skip


def test_a_blank_is_unknown() -> None:
    assert answers("planted >= last.planted", sheet={"planted": 5}) == [None]
    assert answers("planted > planned", sheet={"planted": 5}) == [None]


def test_an_empty_table_sums_to_a_blank_and_counts_to_nought() -> None:
    assert answers(
        "(select sum(number) from plantings)",
        "(select count(*) from plantings)",
        "(select sum(number) from plantings) <= planted",
        sheet={"planted": 5},
    ) == [None, 0, None]


def test_rows_are_found_by_their_numbers() -> None:
    rows = [(1, None, 1), (2, None, 50), (3, None, None), (4, None, 70)]
    assert answers(rows_where("plantings", "number < 10", holds=False), rows=rows) == ["2,4"]
    assert answers(rows_where("plantings", "number < 10", holds=True), rows=rows) == ["1"]
    assert answers(rows_where("plantings", "number < 100", holds=False), rows=rows) == [None]


def test_new_rows_take_the_place_of_the_old_ones() -> None:
    evaluator = Evaluator({"plantings": ["number"]})
    question = Question(["(select sum(number) from plantings)"], frozenset())
    rows = {"sheet": {}, "last": {}, "round": {}}
    asked = [
        evaluator.ask(question, rows, {"plantings": given})
        for given in ([(1, 5)], [(1, 5)], [(1, 6), (2, 1)], [], [(1, 2)])
    ]
    assert asked == [[5], [5], [7], [None], [2]]


def test_one_that_cannot_be_finished_leaves_the_others_alone() -> None:
    forever = " , ".join(f"plantings as p{i}" for i in range(12))
    rows = [(number, None, number) for number in range(1, 40)]
    found = answers(f"(select count(*) from {forever})", "planted", sheet={"planted": 5}, rows=rows)
    assert found == [FAILED, 5]


def test_a_sum_beyond_sqlite_is_not_finished() -> None:
    rows = [(number, None, 2**62) for number in range(1, 4)]
    assert answers("(select sum(number) from plantings)", "1", rows=rows) == [FAILED, 1]


@pytest.mark.parametrize("bad", [2**70, "\ud800", {"no": "value"}])
def test_a_value_that_sqlite_cannot_take_is_not_finished(bad: object) -> None:
    value = cast("SqlValue", bad)
    assert answers("planted", "1", sheet={"planted": value}) == [FAILED, FAILED]
    assert answers("(select 1 from plantings)", rows=[(1, None, value)]) == [FAILED]


@pytest.mark.parametrize(
    ("name", "free"), [("planted", True), ("plan", True), ("order", False), ("group", False)]
)
def test_a_word_of_sql_is_no_name(name: str, free: bool) -> None:
    assert usable(name) is free
