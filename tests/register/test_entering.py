"""Entering figures and rows: what is stored, what is not, and the history of a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.errors import Refusal
from taza_desktop.plan.sheet import Cells, Entry, Sheet
from taza_desktop.register.model import Revision
from taza_desktop.register.register import Register
from tests.register.offices import CLERK, DISTRICT, SHEET_2024

WHOLE = st.integers(-(2**53), 2**53)
CELLS = st.dictionaries(st.sampled_from(["a", "b", "remark:a"]), st.one_of(WHOLE, st.text()))


def revisions(register: Register) -> list[Revision]:
    return [one for _, made in register.lineages([SHEET_2024]) for one in made]


def plain(cells: Cells) -> str:
    return repr(sorted(cells.items()))


def count(register: Register, table: str) -> int:
    return register.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_every_sort_of_value_comes_back(register: Register) -> None:
    cells: Cells = {
        "count": 2**53,
        "money": "374.60",
        "text": "Ақ қайың\n\u2028 «қазақша» \U0001f333",
        "choices": ["pine", "elm"],
        "photo": {"sha256": "00", "name": "сурет.jpg", "type": "image/jpeg", "size": 5},
        "remark:count": "неге",
    }
    for cell, value in cells.items():
        register.set_cell(SHEET_2024, cell, value)
    assert register.sheet(SHEET_2024).cells == cells


def test_a_draft_is_one_revision_however_often_it_is_edited(register: Register) -> None:
    for value in range(5):
        register.set_cell(SHEET_2024, "planted", value)
    register.set_cell(SHEET_2024, "planned", 9)
    (draft,) = revisions(register)
    assert draft.changes == {"planted": 4, "planned": 9}
    assert (draft.author, draft.office, draft.parents) == (CLERK.name, DISTRICT, ())


def test_after_sealing_edits_go_on_top(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    register.set_cell(SHEET_2024, "planned", 1)
    register.seal([SHEET_2024])
    register.set_cell(SHEET_2024, "planted", 2)
    sealed, draft = revisions(register)
    assert sealed.changes == {"planted": 1, "planned": 1}
    assert (draft.parents, draft.changes) == ((sealed.id,), {"planted": 2})
    assert register.sheet(SHEET_2024).cells == {"planted": 2, "planned": 1}


def test_a_value_that_is_there_already_writes_nothing(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    register.seal([SHEET_2024])
    register.set_cell(SHEET_2024, "planted", 1)
    register.set_cell(SHEET_2024, "planned", None)
    assert len(revisions(register)) == 1
    assert count(register, "edits") == 1


def test_changing_a_value_back_leaves_no_revision_but_is_in_the_history(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    register.seal([SHEET_2024])
    register.set_cell(SHEET_2024, "planted", 2)
    register.set_cell(SHEET_2024, "planted", 1)
    assert len(revisions(register)) == 1
    assert [change.value for change in register.history(SHEET_2024, "planted")] == [1, 2, 1]


def test_blanking_all_leaves_nothing(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    register.set_cell(SHEET_2024, "planted", None)
    assert register.sheets() == []
    assert register.sheet_keys() == []


def test_blanking_what_was_sent_is_a_revision(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)
    register.seal([SHEET_2024])
    register.set_cell(SHEET_2024, "planted", None)
    assert register.sheet(SHEET_2024).cells == {}
    assert revisions(register)[1].changes == {"planted": None}


def test_rows_are_added_edited_deleted_and_put_back(register: Register) -> None:
    first = register.add_entry(SHEET_2024, "plantings", {"planted": 1})
    second = register.add_entry(SHEET_2024, "plantings")
    register.set_entry_cell(second, "planted", 2)
    both = [Entry({"planted": 1}, first), Entry({"planted": 2}, second)]
    assert register.sheet(SHEET_2024).entries == {"plantings": both}
    register.delete_entry(first)
    assert register.sheet(SHEET_2024).entries == {"plantings": both[1:]}
    register.restore_entry(first)
    assert register.sheet(SHEET_2024).entries == {"plantings": both}


def test_a_row_that_is_not_there_is_refused(register: Register) -> None:
    with pytest.raises(Refusal, match="REG-NO-ENTRY"):
        register.set_entry_cell("00" * 16, "planted", 1)


@given(st.lists(st.tuples(CELLS, st.lists(CELLS, max_size=4)), min_size=1, max_size=4))
def test_a_sheet_that_is_put_comes_back(
    register: Register, contents: list[tuple[Cells, list[Cells]]]
) -> None:
    for cells, rows in contents:
        entries = {"plantings": [Entry(dict(row)) for row in rows]} if rows else {}
        register.put_sheet(Sheet(SHEET_2024, cells, entries))
        stored = register.sheet(SHEET_2024)
        assert stored.cells == cells
        held = [entry.cells for entry in stored.entries.get("plantings", [])]
        assert sorted(map(plain, held)) == sorted(map(plain, rows))
        before = count(register, "edits"), count(register, "revisions")
        register.put_sheet(stored)
        register.put_sheet(Sheet(SHEET_2024, cells, entries))
        assert before == (count(register, "edits"), count(register, "revisions"))


def test_putting_a_sheet_edits_rows_by_their_id(register: Register) -> None:
    kept = register.add_entry(SHEET_2024, "plantings", {"planted": 1, "species": "pine"})
    gone = register.add_entry(SHEET_2024, "plantings", {"planted": 2})
    row = Entry({"planted": 5}, kept)
    register.put_sheet(Sheet(SHEET_2024, {}, {"plantings": [row]}))
    assert register.sheet(SHEET_2024).entries == {"plantings": [row]}
    register.restore_entry(gone)
    assert len(register.sheet(SHEET_2024).entries["plantings"]) == 2


def test_history_is_newest_first_and_names_the_person(register: Register) -> None:
    moment = 1_760_000_000.0
    register.clock = lambda: moment
    register.set_cell(SHEET_2024, "planted", 1)
    moment += 60
    register.set_cell(SHEET_2024, "planted", 2)
    entry = register.add_entry(SHEET_2024, "plantings", {"planted": 7})
    assert [tuple(change)[:5] for change in register.history(SHEET_2024, "planted")] == [
        (2, CLERK.name, DISTRICT, "2025-10-09T08:54:20Z", ""),
        (1, CLERK.name, DISTRICT, "2025-10-09T08:53:20Z", ""),
    ]
    assert [change.value for change in register.history(SHEET_2024, "planted", entry)] == [7]


def test_a_transaction_that_fails_leaves_nothing(register: Register) -> None:
    register.set_cell(SHEET_2024, "planted", 1)

    def fail() -> None:
        with register.transaction():
            register.set_cell(SHEET_2024, "planted", 2)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert register.sheet(SHEET_2024).cells == {"planted": 1}
    assert count(register, "edits") == 1


def test_a_part_that_fails_leaves_the_rest(register: Register) -> None:
    def part(name: str, fails: bool) -> None:
        with register.transaction():
            register.set_cell(SHEET_2024, name, 1)
            if name != "inner":
                with pytest.raises(KeyError):
                    part("inner", True)
            if fails:
                raise KeyError

    with register.transaction():
        register.set_cell(SHEET_2024, "first", 1)
        with pytest.raises(KeyError):
            part("failing", True)
        part("outer", False)
    assert register.sheet(SHEET_2024).cells == {"first": 1, "outer": 1}


def test_sheets_are_found_by_round_measure_and_territory(register: Register) -> None:
    keys = [
        SHEET_2024,
        SHEET_2024._replace(round="2025-Q1"),
        SHEET_2024._replace(measure=8),
        SHEET_2024._replace(territory="103400000"),
    ]
    for number, key in enumerate(keys):
        register.set_cell(key, "planted", number)
    assert {sheet.key for sheet in register.sheets()} == set(keys)
    assert [s.key for s in register.sheets(round="2025-Q1")] == [keys[1]]
    assert [s.key for s in register.sheets(measure=8, territory=DISTRICT)] == [keys[2]]
    assert register.sheet_keys("2024", territory="103400000") == [keys[3]]


def test_the_sheet_before_is_the_latest_of_the_year_that_holds_something(
    register: Register,
) -> None:
    year, half, quarter = (SHEET_2024._replace(round=f"2024{part}") for part in ("", "-H1", "-Q3"))
    assert register.last(year) is None
    register.set_cell(half, "planted", 5)
    assert register.last(year) == register.sheet(half)
    register.set_cell(quarter, "planted", 7)
    assert register.last(year) == register.sheet(quarter)
    register.set_cell(quarter, "planted", None)
    assert register.last(year) == register.sheet(half)
    assert register.last(half) is None
    assert register.last(year._replace(round="2025")) is None
    assert register.sheets_before("2024") == {year: register.sheet(half)}
