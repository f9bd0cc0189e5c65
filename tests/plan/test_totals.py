"""Sheets add up exactly, each figure by its own rule, in any order, and the sources are kept."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.form import Form
from taza_desktop.plan.kind_numbers import exact, stored
from taza_desktop.plan.sheet import Cells, Entry, Sheet, SheetKey, Value
from taza_desktop.plan.totals import Total, add_up, over_rounds
from tests.plan.form_writing import LABEL, written

HEAD = 'measure = 6\nversion = 1\nfilled_by = ["district"]\nrounds = ["year", "quarter"]\n'
# name, kind, over_territories, over_rounds
FIGURES = [
    ("total", "decimal", "sum", "sum"),
    ("latest", "count", "sum", "last"),
    ("highest", "decimal", "max", "max"),
    ("lowest", "decimal", "min", "min"),
    ("plain", "percent", "mean", "mean"),
    ("weighted", "percent", "mean by latest", "mean by latest"),
    ("first_day", "date", "min", "min"),
    ("where_held", "place", "list", "list"),
    ("topics", "text", "list", "last"),
    ("own", "count", "none", "none"),
]


def _figure(name: str, kind: str, *rules: str) -> str:
    over_territories, over_rounds = rules
    return (
        f'[[figure]]\nname = "{name}"\nkind = "{kind}"\nminimum = -1000000\n'
        if kind == "decimal"
        else f'[[figure]]\nname = "{name}"\nkind = "{kind}"\n'
    ) + f'over_territories = "{over_territories}"\nover_rounds = "{over_rounds}"\n{LABEL}\n'


TEXT = HEAD + "".join(_figure(*row) for row in FIGURES) + f"""
[[figure]]
name = "share"
kind = "percent"
computed = "100.0 * (select sum(number) from trees) / latest"
{LABEL}
[[table]]
name = "trees"
{LABEL}
[[table.column]]
name = "number"
kind = "count"
{LABEL}
[[table]]
name = "parks"
over_rounds = "last"
{LABEL}
[[table.column]]
name = "number"
kind = "count"
{LABEL}
"""  # fmt: skip


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return written(tmp_path_factory.mktemp("form"), TEXT)


def key(territory: int = 1, round_: str = "2024") -> SheetKey:
    return SheetKey(6, f"{territory:09}", round_)


def sheets_of(name: str, *values: Value) -> list[Sheet]:
    return [Sheet(key(at), {name: value}) for at, value in enumerate(values) if value is not None]


@pytest.mark.parametrize(
    ("name", "values", "total"),
    [
        ("total", ["0.1", "0.2", 3], "3.3"),
        ("total", [5, None, 7], 12),
        ("total", ["0.5", "0.5"], 1),
        ("highest", ["9.5", 10, "-3.5"], 10),
        ("lowest", ["9.5", 10, "-3.5"], "-3.5"),
        ("plain", [10, 20, 20], "16.7"),
        ("first_day", ["2024-05-02", "2023-12-31"], "2023-12-31"),
        ("where_held", ["154657100", "151010000", "154657100"], ["154657100", "151010000"]),
        ("topics", ["су", "орман"], ["су", "орман"]),
        ("own", [1, 2], None),
        ("total", [], None),
    ],
)
def test_a_figure_adds_up_by_its_rule(
    form: Form, name: str, values: list[Value], total: Value
) -> None:
    assert add_up(form, sheets_of(name, *values)).cells.get(name) == total


def test_a_mean_is_weighted_by_those_who_have_both(form: Form) -> None:
    sheets = [
        Sheet(key(1), {"weighted": 50, "latest": 100}),
        Sheet(key(2), {"weighted": 80, "latest": 300}),
        Sheet(key(3), {"weighted": 10}),
        Sheet(key(4), {"latest": 1000}),
        Sheet(key(5), {"weighted": 99, "latest": 0}),
    ]
    total = add_up(form, sheets)
    assert total.cells["weighted"] == "72.5"
    assert total.sources["weighted"] == [key(1), key(2)]
    assert "weighted" not in add_up(form, sheets[2:3]).cells
    assert "weighted" not in add_up(form, sheets[4:]).cells


def test_the_sources_of_a_figure_are_the_sheets_it_is_made_of(form: Form) -> None:
    sheets = [
        Sheet(key(1), {"total": 1, "highest": 5}),
        Sheet(key(2), {"highest": 9}),
        Sheet(key(3), {"total": 2, "highest": 9}),
        Sheet(key(4), {}),
    ]
    sources = add_up(form, sheets).sources
    assert sources["total"] == [key(1), key(3)]
    assert sources["highest"] == [key(2), key(3)]
    assert "lowest" not in sources


def test_entries_follow_each_other_and_know_their_origin(form: Form) -> None:
    sheets = [
        Sheet(key(2), {}, {"trees": [Entry({"number": 3}, "b" * 32)]}),
        Sheet(key(1), {}, {"trees": [Entry({"number": 1}), Entry({"number": 2})]}),
    ]
    entries = add_up(form, sheets).entries
    found = [
        (entry.origin.territory[-1], entry.id[:1], entry.cells["number"])
        for entry in entries["trees"]
    ]
    assert found == [("1", "", 1), ("1", "", 2), ("2", "b", 3)]  # fmt: skip
    assert entries["parks"] == []


def test_what_is_computed_is_computed_on_the_total(form: Form) -> None:
    sheets = [
        Sheet(key(1), {"latest": 10}, {"trees": [Entry({"number": 10})]}),
        Sheet(key(2), {"latest": 30}),
        Sheet(key(3), {}, {"trees": [Entry({"number": 20})]}),
        Sheet(key(4), {"total": 3}),
    ]
    total = add_up(form, sheets)
    assert total.cells["share"] == 75
    assert total.sources["share"] == [key(1), key(2), key(3)]


def test_a_value_of_the_wrong_kind_does_not_count(form: Form) -> None:
    total = add_up(form, sheets_of("total", 1, "two", True, "0.50"))
    assert total.cells["total"] == 1
    assert total.sources["total"] == [key(0)]


def test_rounds_add_up_by_their_own_rule(form: Form) -> None:
    rounds = ("2024-Q1", "2024-Q2", "2024-Q3")
    sheets = [
        Sheet(
            key(round_=code),
            {"total": 1, "latest": number},
            {"parks": [Entry({"number": number})]},
        )
        for code, number in zip(rounds, (5, 8, 7), strict=True)
    ]  # fmt: skip
    del sheets[2].entries["parks"]
    total = over_rounds(form, sheets)
    assert total.cells == {"total": 3, "latest": 7}
    assert total.sources["latest"] == [key(round_="2024-Q3")]
    assert [entry.cells["number"] for entry in total.entries["parks"]] == [8]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("2024-Q1", "2024-H1"), ("2024-H1", "2024-9M"), ("2024-Q4", "2024"), ("2024", "2025-Q1"),
     ("2024-Q2", "2024-H1"), ("2024-H2", "2024")],
)  # fmt: skip
def test_the_last_round_is_the_one_that_ends_last_and_covers_most(
    form: Form, earlier: str, later: str
) -> None:
    sheets = [Sheet(key(round_=later), {"latest": 2}), Sheet(key(round_=earlier), {"latest": 1})]
    assert over_rounds(form, sheets).cells["latest"] == 2


def test_nothing_adds_up_to_nothing(form: Form) -> None:
    for total in (add_up(form, []), over_rounds(form, [])):
        assert total.cells == {}
        assert total.sources == {}


def test_a_shipped_form_recomputes_what_follows(tmp_path: Path) -> None:
    from taza_desktop.plan.catalogue import load_plan

    form = load_plan().form(6)
    sheets = [
        Sheet(key(1), {"planned": 100, "planted": 50, "survival": 90, "inspected": 10}),
        Sheet(key(2), {"planned": 100, "planted": 150, "survival": 60, "inspected": 20}),
    ]
    cells = add_up(form, sheets).cells
    assert cells["fulfilment"] == 100
    assert cells["survival"] == 70


@pytest.mark.parametrize(
    ("planner", "fulfilment"),
    [("550000000", 50), ("000000000", 50), ("551000000", 50), ("110000000", None)],
)
def test_a_percent_of_the_plan_needs_a_plan_behind_every_fact(
    planner: str, fulfilment: int | None
) -> None:
    """Facts of who had no plan would make the others look better than they are."""
    form = load_plan().form(6)
    fact = Sheet(SheetKey(6, "551000000", "2024"), {"planted": 100})
    plan = Sheet(SheetKey(6, planner, "2024"), {"planned": 200})
    total = add_up(form, [fact, plan])
    assert (total.cells["planned"], total.cells["planted"]) == (200, 100)
    assert total.cells.get("fulfilment") == fulfilment


decimals = st.decimals(-1000, 10**6, places=2).map(stored)
cells = st.fixed_dictionaries(
    {},
    optional={
        "total": decimals,
        "highest": decimals,
        "lowest": decimals,
        "latest": st.integers(0, 10**9),
        "weighted": st.decimals(0, 100, places=1).map(stored),
        "topics": st.sampled_from(["су", "орман", "ауа"]),
    },
)
sheets_drawn = st.lists(cells, max_size=8).map(
    lambda drawn: [
        Sheet(key(at), filled, {"trees": [Entry({"number": at})]})
        for at, filled in enumerate(drawn)
    ]
)


@given(sheets_drawn, st.randoms())
def test_the_order_of_the_sheets_does_not_matter(
    form: Form, sheets: list[Sheet], random: st.Random
) -> None:
    shuffled = list(sheets)
    random.shuffle(shuffled)
    assert _plain(add_up(form, shuffled)) == _plain(add_up(form, sheets))


@given(sheets_drawn, st.integers(0, 8))
def test_totals_of_totals_are_the_totals(form: Form, sheets: list[Sheet], cut: int) -> None:
    """Of what is summed; a mean of means is another thing."""
    parts = [add_up(form, sheets[:cut]), add_up(form, sheets[cut:])]
    joined = add_up(form, [Sheet(key(at), part.cells) for at, part in enumerate(parts)])
    whole = add_up(form, sheets)
    for name in ("total", "latest", "highest", "lowest"):
        assert joined.cells.get(name) == whole.cells.get(name)


@given(sheets_drawn)
def test_a_sum_is_exact(form: Form, sheets: list[Sheet]) -> None:
    values = [it.cells["total"] for it in sheets if "total" in it.cells]
    total = add_up(form, sheets).cells.get("total")
    assert total == (stored(sum(map(exact, values), Decimal(0))) if values else None)


@given(sheets_drawn)
def test_a_mean_lies_among_its_values(form: Form, sheets: list[Sheet]) -> None:
    mean = add_up(form, sheets).cells.get("weighted")
    used = [exact(it.cells["weighted"]) for it in sheets
            if "weighted" in it.cells and it.cells.get("latest")]  # fmt: skip
    assert (mean is not None) == bool(used)
    if mean is not None:
        assert min(used) <= exact(mean) <= max(used)


def _plain(total: Total) -> tuple[Cells, list[object], dict[str, list[SheetKey]]]:
    trees: list[object] = [(it.origin, it.cells) for it in total.entries["trees"]]
    return total.cells, trees, total.sources
