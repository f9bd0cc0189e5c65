"""What a record shows, against a slow and plain second telling of the same rules."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taza_desktop.plan.sheet import Cells
from taza_desktop.plan.territories import REPUBLIC
from taza_desktop.register.lineage import State, base, join, rank
from taza_desktop.register.model import DELETED, Revision
from tests.register.offices import DISTRICT, REGION

RECORD = bytes(16)


def revision(
    number: int, parents: tuple[int, ...] = (), office: str = DISTRICT, **changes: object
) -> Revision:
    cells: Cells = {DELETED if cell == "deleted" else cell: v for cell, v in changes.items()}
    named = tuple(_id(parent) for parent in parents)
    return Revision(_id(number), RECORD, named, cells, "А", office, "2025-01-01T00:00:00Z")


def _id(number: int) -> bytes:
    return number.to_bytes(16, "big")


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """Any web of revisions; some parents are unknown here, ids say nothing about the order."""
    count = draw(st.integers(1, 8))
    names = draw(st.permutations(range(1, count + 1)))
    made: list[Revision] = []
    for index, name in enumerate(names):
        parents = draw(st.lists(st.sampled_from([99, *names[:index]]), max_size=3, unique=True))
        cells = draw(
            st.dictionaries(st.sampled_from(["a", "b", "deleted"]), st.sampled_from([None, 1, 2]))
        )
        if cells.get("deleted"):
            cells["deleted"] = True
        office = draw(st.sampled_from([DISTRICT, REGION]))
        made.append(revision(name, tuple(parents), office, **cells))
    return made


def plainly(revisions: list[Revision]) -> State:
    """The rules word by word, as slow as they are."""
    by_id = {one.id: one for one in revisions}

    def ancestors(one: Revision) -> set[bytes]:
        known = [by_id[parent] for parent in one.parents if parent in by_id]
        return {parent.id for parent in known}.union(*map(ancestors, known))

    seen = {one.id: ancestors(one) for one in revisions}
    state = State(heads=tuple(sorted(by_id.keys() - set().union(*seen.values()))))
    for cell in {cell for one in revisions for cell in one.changes}:
        writers = [one for one in revisions if cell in one.changes]
        latest = [one for one in writers if not any(one.id in seen[other.id] for other in writers)]
        sides = [(one.changes[cell], one) for one in latest]
        if cell == DELETED and any(value for value, _ in sides):
            gone = [one for value, one in sides if value]
            sides += [
                (None, one)
                for one in revisions
                if one.changes.keys() - {DELETED}
                and not any(one is d or one.id in seen[d.id] or d.id in seen[one.id] for d in gone)
            ]
        sides.sort(key=lambda side: (rank(side[1].office), side[1].id))
        if sides[0][0] is not None:
            state.cells[cell] = sides[0][0]
        if len({value for value, _ in sides}) > 1:
            state.conflicts[cell] = ()
    return state


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_gives_what_the_rules_say(made: list[Revision], chance: random.Random) -> None:
    wanted = plainly(made)
    chance.shuffle(made)
    state = join(made)
    assert (state.cells, state.heads) == (wanted.cells, wanted.heads)
    assert state.conflicts.keys() == wanted.conflicts.keys()
    for cell, sides in state.conflicts.items():
        assert sides[0].value == state.cells.get(cell)
        assert len({side.value for side in sides}) == len(sides) > 1


@given(histories())
def test_a_revision_on_top_of_all_heads_settles_everything(made: list[Revision]) -> None:
    heads = tuple(int.from_bytes(head, "big") for head in join(made).heads)
    settled = join([*made, revision(200, heads, a=7, b=8, deleted=None)])
    assert (settled.cells, settled.conflicts, settled.heads) == ({"a": 7, "b": 8}, {}, (_id(200),))


def test_nothing_shows_nothing() -> None:
    assert join([]) == State()
    assert not join([]).live


def test_a_chain_shows_the_last_write_of_each_cell() -> None:
    chain = [revision(3, a=1, b=1), revision(2, (3,), a=2), revision(1, (2,), b=None)]
    for order in itertools.permutations(chain):
        assert join(order) == State({"a": 2}, (_id(1),))


def test_different_cells_join() -> None:
    assert join([revision(1, a=1), revision(2, (1,), b=2), revision(3, (1,), c=3)]).cells == {
        "a": 1,
        "b": 2,
        "c": 3,
    }


def test_the_same_value_twice_is_no_conflict() -> None:
    state = join([revision(1), revision(2, (1,), a=5), revision(3, (1,), a=5)])
    assert (state.cells, state.conflicts) == ({"a": 5}, {})


def test_a_conflict_shows_the_higher_office_and_tells_the_base() -> None:
    made = [
        revision(1, planted=120),
        revision(2, (1,), planted=150),
        revision(3, (1,), REGION, planted=130),
    ]
    state = join(made)
    sides = state.conflicts["planted"]
    assert state.cells == {"planted": 130}
    assert [(side.value, side.office) for side in sides] == [(130, REGION), (150, DISTRICT)]
    assert base(made, sides, "planted") == 120


def test_among_equals_the_smallest_id_is_shown() -> None:
    assert join([revision(9, a=1), revision(8, a=2)]).cells == {"a": 2}


def test_blanking_against_a_value_is_a_conflict() -> None:
    made = [revision(1, a=1), revision(3, (1,), a=None), revision(2, (1,), a=4)]
    assert [side.value for side in join(made).conflicts["a"]] == [4, None]


def test_editing_a_row_that_another_deletes_is_a_conflict() -> None:
    made = [revision(1, a=1), revision(2, (1,), deleted=True), revision(3, (1,), a=2)]
    state = join(made)
    assert [side.value for side in state.conflicts[DELETED]] == [True, None]
    assert not state.live
    kept = join([*made[:2], revision(3, (1,), REGION, a=2)])
    assert kept.live
    assert kept.cells == {"a": 2}
    for wanted in (True, None):
        assert join([*made, revision(4, (2, 3), deleted=wanted)]).conflicts == {}


def test_a_deletion_that_was_taken_back_stands_for_the_edit_that_came_with_it() -> None:
    made = [
        revision(1),
        revision(2, (1,), a=1, deleted=True),
        revision(3, (2,), deleted=None),
        revision(4, (1,), deleted=True),
    ]
    assert [side.value for side in join(made).conflicts[DELETED]] == [None, True]


def test_deleting_after_having_seen_the_edit_is_no_conflict() -> None:
    state = join([revision(1, a=1), revision(2, (1,), a=2), revision(3, (2,), deleted=True)])
    assert (state.live, state.conflicts) == (False, {})


def test_a_forged_circle_of_parents_ends_as_a_conflict() -> None:
    state = join([revision(1, (2,), a=1), revision(2, (1,), a=2)])
    assert [side.value for side in state.conflicts["a"]] == [1, 2]
    assert len(state.heads) == 2


@pytest.mark.parametrize(
    ("office", "height"), [(REPUBLIC, 0), (REGION, 1), (DISTRICT, 2), ("151015000", 3)]
)
def test_offices_rank_by_their_level(office: str, height: int) -> None:
    assert rank(office) == height


def test_an_office_ranks_above_all_that_it_covers() -> None:
    from taza_desktop.plan.catalogue import load_plan

    territories = load_plan().territories
    assert all(
        rank(above.kato) < rank(office.kato)
        for office in territories.offices()
        for above in territories.ancestors(office.kato)
    )
