"""Entries that two clerks entered both: found whatever the spelling, joined only by a person."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from taza_desktop.errors import Refusal
from taza_desktop.merging.apply import apply
from taza_desktop.merging.duplicates import candidates, join_entries, keep_apart
from taza_desktop.merging.undo import undo
from taza_desktop.plan.catalogue import load_plan
from taza_desktop.plan.sheet import Cells, SheetKey
from taza_desktop.register import reviewing
from taza_desktop.register.register import Register
from tests.merging.senders import send
from tests.register.offices import DISTRICT, NEIGHBOUR, REGION, SHEET_2024, new_register

PLAN = load_plan()
PLANTING: Cells = {
    "date": "2024-10-05",
    "place": DISTRICT,
    "site": "Көкжиек шағын ауданы, Жеңіс көшесі",
    "species": "pine",
    "planted": 120,
    "planted_by": "№ 3 орта мектеп",
}
STATION: Cells = {
    "place": DISTRICT,
    "address": "Абай көшесі, 12",
    "operator": "ЖШС «Қуат»",
    "chargers": 2,
    "power": "60.5",
}


def scores(register: Register, round: str = "2024") -> list[float]:
    return [round_(pair.score) for pair in candidates(register, PLAN, round)]


def round_(score: float) -> float:
    return round(score, 2)


def pair_of(register: Register, table: str, one: Cells, other: Cells, measure: int = 6) -> int:
    """How many candidates two such entries give."""
    key = SHEET_2024._replace(measure=measure)
    for cells in (one, other):
        register.add_entry(key, table, dict(cells))
    return len(candidates(register, PLAN, "2024"))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"site": "Кокжиек шагын ауданы, Женис кошеси"},  # a Russian keyboard
        {"site": "КӨКЖИЕК ШАҒЫН АУДАНЫ, ЖЕҢІС КӨШЕСІ"},
        {"site": "Жеңіс көшесі (Көкжиек шағын ауданы)"},
        {"site": "Көкжиек шағын ауданы,  Жеңис көшесі", "planted": 121},
        {"planted_by": "№3 орта мектебі", "date": "2024-10-06"},
        {"species": None, "planted": 118},
        {"place": "103253000"},  # one names the district, the other the village
    ],
)
def test_one_planting_entered_twice_is_found(clerk: Register, changed: Cells) -> None:
    assert pair_of(clerk, "plantings", PLANTING, {**PLANTING, **changed}) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"site": "Көкжиек шағын ауданы, Достық көшесі", "planted": 40},
        {"planted_by": "№ 13 орта мектеп", "planted": 30},
        {"date": "2024-10-12", "planted": 45},  # a week later, fewer
        {"site": "Орталық саябақ"},
        {"species": "birch", "planted": 20, "date": "2024-04-20"},
    ],
)
def test_another_planting_is_not(clerk: Register, changed: Cells) -> None:
    assert pair_of(clerk, "plantings", PLANTING, {**PLANTING, **changed}) == 0


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"address": "ул. Абай көшесі 12", "operator": "Қуат ЖШС"}, 1),
        ({"address": "Абай көшесі, 14"}, 0),  # another house
        ({"operator": "ЖШС «Жарық»", "address": "Сейфуллин көшесі, 12"}, 0),
    ],
)
def test_numbers_in_an_address_are_its_identity(
    clerk: Register, changed: Cells, found: int
) -> None:
    assert pair_of(clerk, "stations", STATION, {**STATION, **changed}, measure=10) == found


def test_figures_alone_must_be_the_same(clerk: Register) -> None:
    row: Cells = {"category": "roads", "received": 10, "done": 8}
    one = {"category": PLAN.form(44).table("request_list").column("category").choices[0].key}
    assert pair_of(clerk, "request_list", row | one, row | one, measure=44) == 1
    other = {**row, **one, "done": 9}
    assert pair_of(clerk, "request_list", other, {**other, "received": 11}, measure=44) == 1


def test_only_overlapping_territories_and_one_round(
    clerk: Register, neighbour: Register, region: Register
) -> None:
    for key in (
        SHEET_2024._replace(territory=NEIGHBOUR),
        SHEET_2024._replace(territory=REGION),
        SHEET_2024._replace(round="2025"),
    ):
        region.add_entry(key, "plantings", dict(PLANTING))
    clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING))
    apply(region, send(clerk))
    found = {
        frozenset({pair.a.origin.territory, pair.b.origin.territory})
        for pair in candidates(region, PLAN, "2024")
    }
    assert found == {frozenset({DISTRICT, REGION}), frozenset({NEIGHBOUR, REGION})}
    assert scores(region) == sorted(scores(region), reverse=True)


def test_a_pair_says_why(clerk: Register) -> None:
    clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING))
    clerk.add_entry(SHEET_2024, "plantings", {**PLANTING, "planted": 60, "species": None})
    assert candidates(clerk, PLAN, "2024") != []
    (pair,) = candidates(clerk, PLAN, "2024")
    assert (pair.form.measure, pair.table.name) == (6, "plantings")
    assert (pair.why["site"], pair.why["planted"]) == (1, 0.5)
    assert "species" not in pair.why


def test_joining_travels_and_can_be_taken_back(
    clerk: Register, region: Register, tmp_path: Path
) -> None:
    keep = clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING))
    with new_register(tmp_path, "second") as second:
        drop = second.add_entry(SHEET_2024, "plantings", {**PLANTING, "planted": 121})
        for sender in (clerk, second):
            apply(region, send(sender))
    join_entries(region, keep, drop, {"planted": 121})
    (row,) = region.sheet(SHEET_2024).entries["plantings"]
    assert (row.id, row.cells["planted"]) == (keep, 121)
    assert region.state(region.record(drop)).cells["same:"] == keep
    assert candidates(region, PLAN, "2024") == []
    joined = send(region)
    apply(clerk, joined)
    assert clerk.sheet(SHEET_2024).entries["plantings"][0].cells["planted"] == 121
    undo(clerk, joined.envelope.package_id)
    assert clerk.sheet(SHEET_2024).entries["plantings"][0].cells["planted"] == 120
    region.restore_entry(drop)
    assert len(region.sheet(SHEET_2024).entries["plantings"]) == 2


def test_what_is_called_different_is_not_asked_again(clerk: Register, region: Register) -> None:
    one = clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING))
    other = clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING))
    keep_apart(clerk, other, one, "Екі бөлек учаске")
    assert candidates(clerk, PLAN, "2024") == []
    apply(region, send(clerk))
    assert candidates(region, PLAN, "2024") == []
    clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING))
    assert len(candidates(clerk, PLAN, "2024")) == 2  # a third one is another question


def test_only_rows_of_one_table_are_joined_and_never_in_an_accepted_sheet(
    clerk: Register, region: Register
) -> None:
    rows = [clerk.add_entry(SHEET_2024, "plantings", dict(PLANTING)) for _ in range(2)]
    station = clerk.add_entry(SHEET_2024._replace(measure=10), "stations", dict(STATION))
    later = clerk.add_entry(SHEET_2024._replace(round="2025"), "plantings", dict(PLANTING))
    for other in (station, later, rows[0]):
        with pytest.raises(Refusal) as refused:
            join_entries(clerk, rows[0], other)
        assert refused.value.code == "DUP-OTHER-TABLE"
        with pytest.raises(Refusal):
            keep_apart(clerk, rows[0], other)
    clerk.set_cell(SHEET_2024, "planted", 500)
    apply(region, send(clerk))
    reviewing.accept(region, [SHEET_2024])
    with pytest.raises(Refusal) as refused:
        join_entries(region, *rows)
    assert refused.value.code == "REV-LOCKED"
    assert len(region.sheet(SHEET_2024).entries["plantings"]) == 2


def test_among_thousands_the_twins_are_found_and_nothing_else(clerk: Register) -> None:
    chosen = random.Random(2024)
    streets = ("Абай", "Жеңіс", "Достық", "Сарыарқа", "Теміржол", "Наурыз", "Қонаев", "Ұлытау")
    kinds = [choice.key for choice in PLAN.form(6).table("plantings").column("species").choices]
    twins: set[frozenset[str]] = set()
    with clerk.transaction():
        for number in range(2000):
            cells: Cells = {
                "date": f"2024-{chosen.randint(3, 10):02}-{chosen.randint(1, 28):02}",
                "place": DISTRICT,
                "site": f"{chosen.choice(streets)} көшесі, {chosen.randint(1, 90)}",
                "species": chosen.choice(kinds),
                "planted": chosen.randint(1, 400),
                "planted_by": f"№ {chosen.randint(1, 70)} {chosen.choice(streets)} мектебі",
            }
            row = clerk.add_entry(SHEET_2024, "plantings", cells)
            if number % 100 == 0:
                told = str(cells["site"]).replace("ө", "о").replace("і", "и").upper()
                twin = clerk.add_entry(SHEET_2024, "plantings", {**cells, "site": told})
                twins.add(frozenset({row, twin}))
    found = {frozenset({pair.a.id, pair.b.id}) for pair in candidates(clerk, PLAN, "2024")}
    assert found == twins


def test_the_published_facts_hold_no_pair_that_looks_like_one(clerk: Register) -> None:
    from taza_desktop.demo import facts

    with clerk.transaction():
        for sheet in facts.place(PLAN).sheets:
            clerk.put_sheet(sheet)
    assert len(clerk.sheets()) > 50
    assert candidates(clerk, PLAN, facts.ROUND) == []


def test_what_is_not_as_it_must_be_stored_is_no_reason_to_fail(clerk: Register) -> None:
    key = SheetKey(6, DISTRICT, "2024")
    for _ in range(2):
        clerk.add_entry(key, "plantings", {**PLANTING, "planted": "many", "date": "2024-13-01"})
    clerk.add_entry(key, "plantings", {})
    assert len(candidates(clerk, PLAN, "2024")) == 1
